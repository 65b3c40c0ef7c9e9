/*!
Parts and their total: 1268件，其中甲412件、乙386件……; 甲、乙、丙，合计……; 共……：甲、乙、丙.

Parts after 其中 need not be all of the whole. They are judged when there are more of them than the whole, or when the
list says that it is complete (其他, 男 and 女) or misses the total by a slip of the pen. A list after a colon or before 合计
is complete. Where any stretch of neighbouring parts gives the total, the rest is another division and nothing is wrong.
*/

use std::collections::HashSet;

use super::lists::{self, Line, Member};
use super::{Slip, Sure, band, like, sentences};
use crate::facts::Context;
use crate::facts::number::{Standing, Value};
use crate::text::{Span, han};

/// The most numbers of one sentence that are looked at for one list, so that a page without a full stop costs no more.
const REACH: usize = 40;

/// How the list is bound to its total.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// 其中: perhaps not all.
    Among,
    /// After a colon, in brackets, after 分别为: all.
    Closed,
    /// Before 合计: all.
    Before,
    /// Before 共 with a verb of its own: perhaps of something else.
    Loose,
}

/// Parts that were found, and what the text says of them.
struct Parts<'c> {
    members: Vec<Member<'c>>,
    /// They stand between 、 and not between whole clauses.
    listed: bool,
    /// 等 or 主要 says that there are more, or one is no exact number.
    open: bool,
}

pub fn find(context: &Context) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    let mut said: HashSet<Span> = HashSet::new();
    let mut last: Option<Line> = None;
    for (span, figures) in sentences(context) {
        let line = Line::new(context, span, figures);
        let near = last.filter(|last| is_next(line.text, last.span, span));
        // Parts after a total are two at the least, and a total before them has a sentence of its own or theirs.
        for index in (0..figures.len()).filter(|_| figures.len() > 1 || near.is_some()) {
            let found = after_total(context, near.as_ref(), &line, index)
                .or_else(|| before_total(context, near.as_ref(), &line, index));
            slips.extend(found.filter(|slip| said.insert(slip.at)));
        }
        last = Some(line);
    }
    slips
}

/// Whether one sentence follows another in the same block.
fn is_next(text: &str, last: Span, next: Span) -> bool {
    let between = text.get(last.end as usize..next.start as usize);
    between.is_some_and(|between| between.len() < 4 && !between.contains('\n'))
}

/// The parts that begin at a figure, after their total.
fn after_total(context: &Context, last: Option<&Line>, line: &Line, first: usize) -> Option<Slip> {
    if first + 1 >= line.figures.len() {
        return None;
    }
    let form = introduced(line, first)?;
    let parts = parts(line, first, form)?;
    let unit = line.units()[first];
    let own = (0..first).rev().take(REACH).filter(|index| line.depths()[*index] <= line.depths()[first]);
    let own: Vec<Member> = own.filter(|index| line.counts(*index, unit)).map(|index| line.member(index)).collect();
    let opens = first == 0 && line.before(0).chars().count() < 20 && line.before(0).starts_with("其中");
    let before: Vec<Member> = match last.filter(|_| own.is_empty() && opens) {
        Some(last) => (0..last.figures.len())
            .rev()
            .take(REACH)
            .filter(|index| last.counts(*index, unit))
            .map(|index| last.member(index))
            .collect(),
        None => own,
    };
    let totals: Vec<&Member> = before.iter().filter(|total| lists::is_addend(total.figure)).collect();
    let total = *totals.first()?;
    if form == Form::Closed && before.first().is_some_and(|nearest| nearest.figure.span != total.figure.span) {
        return None;
    }
    let explained = totals.iter().any(|total| agrees(&parts, total));
    if explained || parts.open {
        return None;
    }
    let sure = judge(&parts, total, form)?;
    slip(context, total, &parts.members, sure)
}

/// How the parts that begin at a figure are bound to what stands before them.
fn introduced(line: &Line, first: usize) -> Option<Form> {
    let before = line.before(first);
    if first > 0 && before.contains("其中") || first == 0 && before.starts_with("其中") {
        return Some(Form::Among);
    }
    let total = (0..first).rev().take(REACH).find(|index| line.figures[*index].value.is_quantity())?;
    line.figures[total].value.unit?;
    let before = line.between(total, first);
    let head = before.find(['：', '（', '，', '。'])?;
    let short = before[..head].chars().count() <= 12 && before[..head].chars().all(han::is_han);
    let rest = &before[head..];
    if short && rest.starts_with(['：', '（']) {
        return Some(Form::Closed);
    }
    if short && (rest.starts_with("，分别为") || rest.starts_with("，分别是") || rest.starts_with("，即")) {
        return Some(Form::Closed);
    }
    let within = before[..head].ends_with('中') || rest.starts_with("，包括");
    (short && within).then_some(Form::Among)
}

/// Gathers the parts from a figure on.
fn parts<'c>(line: &Line<'c>, first: usize, form: Form) -> Option<Parts<'c>> {
    let unit = line.units()[first];
    let (mut members, mut listed, mut open) = (Vec::new(), false, false);
    let mut last = first;
    for index in (first..line.figures.len()).take(REACH) {
        let before = if index == first { "" } else { line.between(last, index) };
        if line.depths()[index] < line.depths()[first] || index > first && ends(line, index, before, form) {
            break;
        }
        if line.depths()[index] > line.depths()[first] || !line.counts(index, unit) {
            continue;
        }
        if members.len() == 1 {
            listed = joins(before);
        } else if listed && !members.is_empty() && !joins(before) && !closes(&[line.member(index)]) {
            break;
        }
        let figure = &line.figures[index];
        if matches!(figure.value.standing, Standing::Change | Standing::From | Standing::To | Standing::Than) {
            continue;
        }
        open |= !lists::is_addend(figure);
        members.push(line.member(index));
        last = index;
    }
    let rest = line.after(last);
    open |= is_open(rest) || line.before(first).contains("主要") || line.before(first).contains("重点");
    (members.len() > 1).then_some(Parts { members, listed, open })
}

/// Whether nothing but 、 or 和 stands between two members, their nouns and labels apart.
fn joins(between: &str) -> bool {
    !between.contains(['，', '；', '。', '：', ',', ';'])
}

/// Whether the list ends before a figure: a new total, a new 其中, another subject.
fn ends(line: &Line, index: usize, between: &str, form: Form) -> bool {
    const WORDS: &[&str] = &[
        "其中",
        "合计",
        "共计",
        "总计",
        "累计",
        "同时",
        "此外",
        "另外",
        "目前",
        "人均",
        "平均",
        "截至",
        "全年",
        "比上年",
        "较上年",
        "去年",
        "上年",
        "同期",
        "占比",
        "。",
    ];
    let total = line.figures[index].value.standing == Standing::Total && form != Form::Before;
    total || WORDS.iter().any(|word| between.contains(word))
}

/// Whether the text after a list says that there is more: 等.
fn is_open(rest: &str) -> bool {
    let head: String = rest.chars().take_while(|c| han::is_han(*c)).take(8).collect();
    head.contains('等')
}

/// The list before a figure that is its total.
fn before_total(context: &Context, last: Option<&Line>, line: &Line, index: usize) -> Option<Slip> {
    let form = summed(line, index).filter(|_| lists::is_addend(&line.figures[index]))?;
    let total = line.member(index);
    let mut members = preceding(line, index, total);
    let lead = &line.text[line.span.start as usize..total.figure.span.start as usize];
    let leads = lead.len() < 36 && (0..index.min(REACH)).all(|index| !line.counts(index, total.unit));
    if let Some(last) = last.filter(|_| leads) {
        members = preceding(last, last.figures.len(), total);
    }
    let open = members.iter().any(|member| !lists::is_addend(member.figure));
    let listed = members.windows(2).all(|pair| {
        let between = &line.text[pair[0].figure.span.end as usize..pair[1].figure.span.start as usize];
        joins(between)
    });
    let parts = Parts { members, listed, open };
    if parts.members.len() < 2 || parts.open || agrees(&parts, &total) {
        return None;
    }
    let sure = judge(&parts, &total, form)?;
    slip(context, &total, &parts.members, sure)
}

/// Whether the words before a figure make it the sum of what stands before them.
fn summed(line: &Line, index: usize) -> Option<Form> {
    let lead = line.figures[index].value.lead.of(line.text).trim();
    if !lead.contains(['共', '计', '加']) {
        return None;
    }
    let strict = [
        "合计",
        "总计",
        "共计",
        "一共",
        "总共",
        "合计为",
        "总计为",
        "共为",
        "合共",
        "加起来",
        "相加",
        "三项合计",
        "两项合计",
    ];
    if strict
        .iter()
        .any(|word| lead == *word || lead.starts_with(word) && lead.chars().count() <= word.chars().count() + 4)
    {
        return Some(Form::Before);
    }
    if lead == "共" || lead == "共有" {
        return Some(Form::Before);
    }
    let sums = ["合计", "共计", "总计"].iter().any(|word| lead.contains(word));
    if (lead.contains("合计") || lead.contains("总计")) && lead.chars().count() <= 10 {
        return Some(Form::Before);
    }
    let other = ["公共", "共同", "共建", "共享", "共产"].iter().any(|word| lead.contains(word));
    (sums || lead.contains('共') && !other && lead.chars().count() < 12).then_some(Form::Loose)
}

/// The members of the list that ends before a figure.
fn preceding<'c>(line: &Line<'c>, index: usize, total: Member<'c>) -> Vec<Member<'c>> {
    let mut members = Vec::new();
    let depth = line.depths().get(index).copied().unwrap_or(0);
    for at in (0..index).rev().take(REACH) {
        let figure = &line.figures[at];
        let between = line.after(at);
        if between.contains(['；', '。']) && at + 1 < line.figures.len() {
            break;
        }
        let change = matches!(figure.value.standing, Standing::Change | Standing::From | Standing::To | Standing::Than);
        if line.counts(at, total.unit) && line.depths()[at] == depth && !change {
            members.push(line.member(at));
        }
        if figure.value.standing == Standing::Total {
            break;
        }
    }
    members.reverse();
    members
}

/// Whether the parts, or some stretch of them, add up to the total.
fn agrees(parts: &Parts, total: &Member) -> bool {
    let (Some(stated), Some(slack)) = (lists::worth(total), lists::slack(&parts.members, total)) else { return true };
    lists::some_stretch_agrees(&parts.members, stated, slack, 2)
        || parts.members.iter().any(|member| lists::worth(member).is_some_and(|worth| worth.equals(stated)))
}

/// How sure it is that parts and total do not fit.
fn judge(parts: &Parts, total: &Member, form: Form) -> Option<Sure> {
    let members = &parts.members;
    let small = total.figure.value.value.whole().is_some_and(|whole| whole < 6);
    let taken = ["减去", "扣除", "减掉", "上年", "去年", "每"];
    let apart =
        members.iter().any(|member| taken.iter().any(|word| member.label.contains(word) || member.noun.contains(word)));
    if small || apart || total.unit.is_none() {
        return None;
    }
    let (stated, sum) = (lists::worth(total)?, lists::total(members)?);
    let pair = members.len() == 2 && lists::is_pair(&members[0], &members[1]);
    let seen = Seen { near: band::is_slip(stated, sum), pair, many: members.len() > 2, over: sum.exceeds(stated) };
    match form {
        Form::Among => among(parts, &seen, is_coarse(stated, sum, members)),
        Form::Closed => closed(parts, &seen),
        Form::Before if seen.pair || seen.many && (seen.near || parts.listed) => Some(Sure::Certain),
        Form::Before => (seen.near || parts.listed).then_some(Sure::Probable),
        Form::Loose if seen.pair => Some(Sure::Certain),
        Form::Loose => (seen.many && seen.near && is_coarse(stated, sum, members)).then_some(Sure::Probable),
    }
}

/// What parts and total look like.
struct Seen {
    /// They differ by a slip of the pen.
    near: bool,
    /// The two parts are halves of one whole: 男 and 女.
    pair: bool,
    many: bool,
    over: bool,
}

fn among(parts: &Parts, seen: &Seen, coarse: bool) -> Option<Sure> {
    let alike = lists::are_alike(&parts.members);
    if seen.pair {
        return Some(Sure::Certain);
    }
    if lists::may_overlap(&parts.members) {
        return None;
    }
    match seen.over {
        true if seen.many && (parts.listed || alike && seen.near) => Some(Sure::Certain),
        true => seen.near.then_some(Sure::Probable),
        false if closes(&parts.members) => Some(if seen.many { Sure::Certain } else { Sure::Probable }),
        false if seen.many && seen.near && coarse => Some(Sure::Probable),
        false => (seen.many && seen.near && alike).then_some(Sure::Open),
    }
}

fn closed(parts: &Parts, seen: &Seen) -> Option<Sure> {
    let labelled = parts.members.iter().all(|member| !member.label.is_empty() || !member.noun.is_empty());
    match seen.near || parts.listed || seen.pair {
        true if labelled => Some(if seen.many && seen.near { Sure::Certain } else { Sure::Probable }),
        _ => None,
    }
}

/// Whether a list says that it is complete: its last member is what is left.
fn closes(members: &[Member]) -> bool {
    let rest = ["其他", "其它", "其余", "剩余", "余下", "另"];
    members.last().is_some_and(|last| rest.iter().any(|word| last.label.starts_with(word)))
}

/// Whether what is missing is rounder than the numbers themselves: a list that is not complete misses any number.
fn is_coarse(stated: Value, sum: Value, members: &[Member]) -> bool {
    let worths = members.iter().filter_map(lists::worth).chain([stated]);
    let finest = worths.map(|worth| worth.plain().exponent).min().unwrap_or_default();
    let missing = stated.minus(sum).map(Value::plain);
    let exact = stated.plain().top.abs() > 99;
    exact && (missing.is_some_and(|missing| missing.exponent > finest) || band::is_swapped(stated, sum))
}

fn slip(context: &Context, total: &Member, members: &[Member], sure: Sure) -> Option<Slip> {
    let sum = lists::total(members)?;
    let factor = total.unit.map_or(Value::new(1, 0), |unit| unit.factor.plain());
    let shown = if factor.top == 1 { Value::new(sum.top, sum.exponent - factor.exponent) } else { sum };
    let parts = members.iter().map(|member| member.figure.span).collect();
    let stated = context.at(total.figure.span).to_string();
    let computed = like(context, total.figure, shown);
    Some(Slip { at: total.figure.span, parts, stated, computed, reason: String::new(), sure })
}
