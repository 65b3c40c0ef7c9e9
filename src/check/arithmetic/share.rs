/*!
Shares of one whole: 满意的占91.2%，基本满意的占7.5%，不满意的占3.1%.

Percentages are added only where the words say that they part one whole: the steps of one scale, or 占 and 比重 with
labels that exclude each other. Rates (巩固率, 入学率) are of different wholes.
*/

use super::lists::{self, Line, Member};
use super::{Figure, Slip, Sure, sentences};
use crate::facts::Context;
use crate::facts::number::{Bound, Kind, Standing, Value};

/// Steps of a scale of opinion or quality.
#[rustfmt::skip]
const SCALE: &[&str] = &[
    "满意", "一般", "同意", "反对", "弃权", "赞成", "支持", "不清楚", "说不清", "说不准", "不了解", "无所谓", "良好",
    "优秀", "合格", "优良", "较好", "很好", "较差", "很差", "基本称职", "称职", "及格", "中立",
];

pub fn find(context: &Context) -> Vec<Slip> {
    let is_share = |figure: &&Figure| figure.value.kind == Kind::Percent && figure.value.bound == Bound::Exact;
    let shared = sentences(context).filter(|(_, figures)| figures.iter().filter(is_share).count() > 1);
    let lines = shared.map(|(span, figures)| Line::new(context, span, figures));
    lines.flat_map(|line| runs(&line).into_iter().filter_map(|run| judge(&line, &run)).collect::<Vec<_>>()).collect()
}

/// The runs of percentages that stand side by side: no clause without one between them.
fn runs<'c>(line: &Line<'c>) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut open = false;
    for index in 0..line.figures.len() {
        if !is_share(line, index) {
            open &= !matches!(line.figures[index].value.kind, Kind::Percent | Kind::Points | Kind::Date);
            continue;
        }
        let last = runs.last().and_then(|run| run.last()).copied();
        let joined = open && last.is_some_and(|last| continues(line, last, index));
        match runs.last_mut().filter(|_| joined) {
            Some(run) => run.push(index),
            None => runs.push(vec![index]),
        }
        open = true;
    }
    runs
}

fn is_share(line: &Line, index: usize) -> bool {
    let figure = &line.figures[index].value;
    let plain = matches!(figure.standing, Standing::Plain | Standing::Part | Standing::Total);
    let share = figure.kind == Kind::Percent && figure.bound == Bound::Exact && plain;
    share && !figure.lead.of(line.text).contains('率')
}

fn continues(line: &Line, last: usize, next: usize) -> bool {
    let between = &line.text[line.figures[last].span.end as usize..line.figures[next].span.start as usize];
    let stops = ["其中", "同比", "而", "此外", "另外", "同期", "上年", "去年"];
    between.chars().count() < 30
        && between.matches(['，', '；', '、']).count() <= 2
        && !stops.iter().any(|word| between.contains(word))
        && line.depths()[last] == line.depths()[next]
}

fn judge(line: &Line, run: &[usize]) -> Option<Slip> {
    let members: Vec<Member> = run.iter().map(|index| line.member(*index)).collect();
    if members.len() < 2 || members.len() == 2 && !lists::is_pair(&members[0], &members[1]) {
        return None;
    }
    let (sum, slack) = (lists::total(&members)?, slack(&members)?);
    let hundred = Value::new(100, 0);
    if lists::agree(sum, hundred, slack) || some_prefix_is_whole(&members) {
        return None;
    }
    let sure = sureness(line, &members, sum.exceeds(hundred), sum)?;
    let (first, last) = (members.first()?.figure, members.last()?.figure);
    let parts = members[..members.len() - 1].iter().map(|member| member.figure.span).collect();
    let computed = format!("{}%", sum.shown(""));
    let stated = Value::new(100, 0).shown("");
    let _ = first;
    let reason = if sum.exceeds(hundred) { "超过" } else { "不足" }.to_string();
    Some(Slip { at: last.span, parts, stated, computed, reason, sure })
}

/// Whether the first members are a whole by themselves, so that the rest is of another.
fn some_prefix_is_whole(members: &[Member]) -> bool {
    (2..members.len()).any(|end| lists::total(&members[..end]).is_some_and(|sum| sum.equals(Value::new(100, 0))))
}

/// Half a step of every share.
fn slack(members: &[Member]) -> Option<Value> {
    let steps = members.iter().try_fold(Value::default(), |sum, member| sum.plus(member.figure.value.value.step()))?;
    Some(Value::new(steps.top * 5, steps.exponent - 1))
}

fn sureness(line: &Line, members: &[Member], over: bool, sum: Value) -> Option<Sure> {
    let within = |low, high| sum.exceeds(Value::new(low, 0)) && !sum.exceeds(Value::new(high, 0));
    if members.len() > 2 && is_scale(members) && no_nesting(members) {
        return (within(85, 130) || ends_scale(members)).then_some(Sure::Certain);
    }
    let first = line.before(line.figures.iter().position(|figure| figure.span == members[0].figure.span)?);
    let headed = HEADS.iter().any(|word| first.contains(word));
    let text = |member: &Member| member.figure.value.piece.of(line.text);
    let taken = headed || members.iter().all(|member| ["占", "比重"].iter().any(|word| text(member).contains(word)));
    let rest =
        members.last().is_some_and(|last| ["其他", "其余", "其它"].iter().any(|word| last.label.starts_with(word)));
    let ends = |member: Option<&Member>, word: &str| member.is_some_and(|member| member.label.starts_with(word));
    let spanned = ends(members.first(), "以下") && ends(members.last(), "以上");
    let whole = rest || spanned || headed && first.contains("产业") || headed && first.contains("构成");
    match over {
        _ if !taken || lists::may_overlap(members) => None,
        _ if whole && members.len() > 2 && within(40, 200) => Some(Sure::Certain),
        true if within(100, 130) => {
            Some(if lists::are_alike(members) || headed { Sure::Certain } else { Sure::Probable })
        }
        false if headed && members.len() > 2 && within(97, 100) => Some(Sure::Probable),
        _ => None,
    }
}

/// Words before a list of shares of one whole.
const HEADS: &[&str] = &["比重分别", "占比分别", "比例分别", "分别占", "构成为", "比例为", "结构为", "比重为"];

/// Whether the labels, but for one at most, are steps of a scale.
fn is_scale(members: &[Member]) -> bool {
    let steps = members.iter().filter(|member| SCALE.iter().any(|word| member.label.contains(word))).count();
    steps > 1 && steps + 1 >= members.len()
}

/// Whether the lowest step is there, so that the scale is whole.
fn ends_scale(members: &[Member]) -> bool {
    let last = ["不满意", "反对", "不合格", "很差", "较差", "不同意", "不支持", "不称职", "不及格", "弃权"];
    members.iter().any(|member| last.iter().any(|word| member.label.contains(word)))
}

/// Whether no step of the scale holds another: 合格 holds 优秀.
fn no_nesting(members: &[Member]) -> bool {
    let some = |word: &str| members.iter().any(|member| member.label.contains(word));
    let passes = members.iter().any(|member| member.label.trim_end_matches('的') == "合格");
    let nested = passes && some("优") || some("和") || some("以上");
    !nested
}
