/*!
Steps of one procedure in an order in which they cannot follow: 判决 before 起诉, 出院 before 入院.

Only inside one paragraph in which every step is told once, each beside its own date: two cases, or two stays, would have
two of them.
*/

use crate::facts::date::{Date, Unit};
use crate::facts::{Context, Mention};
use crate::finding::Findings;
use crate::manuscript::Block;
use crate::text::{Span, han};

/// Procedures: their steps in order, each by the words that tell it.
const PROCEDURES: &[&[&[&str]]] = &[
    &[
        &["案发", "报案"],
        &["立案侦查", "立案"],
        &["刑事拘留"],
        &["批准逮捕", "执行逮捕", "被逮捕"],
        &["侦查终结"],
        &["移送审查起诉", "移送检察院审查起诉"],
        &["提起公诉"],
        &["一审判决", "作出一审判决", "公开宣判", "法院判决", "法院作出判决"],
        &["二审维持原判", "作出二审"],
    ],
    &[
        &["递交起诉状", "诉至法院", "起诉至", "提起诉讼"],
        &["立案受理", "受理该案", "受理此案"],
        &["开庭审理", "公开开庭"],
        &["一审判决", "作出判决", "当庭宣判", "公开宣判"],
        &["提起上诉", "提出上诉"],
        &["二审判决", "终审判决", "维持原判"],
    ],
    &[
        &["立案审查调查", "立案审查", "立案调查"],
        &["采取留置措施", "被留置"],
        &["开除党籍", "开除公职"],
        &["移送审查起诉", "移送检察机关"],
        &["提起公诉"],
    ],
    &[&["发布招标公告", "招标公告"], &["开标"], &["中标"], &["签订合同"]],
    &[&["提出申请", "提交申请"], &["受理申请", "受理了申请"], &["予以批准", "获批"]],
    &[&["入院", "住院治疗", "住进医院"], &["出院"]],
    &[&["出生"], &["去世", "逝世", "病逝"]],
    &[&["开工", "动工", "破土动工", "奠基"], &["竣工", "完工", "建成通车", "正式通车", "投入使用", "交付使用"]],
    &[&["入学", "考入"], &["毕业"]],
    &[&["登记结婚", "结婚"], &["离婚"]],
    &[&["开幕"], &["闭幕"]],
];

/// More dated steps than one case has.
const MANY: usize = 20;

/// Bytes of the shortest word that tells a step.
const SHORTEST: usize = 6;

struct Step<'c> {
    date: &'c Mention<Date>,
    rank: usize,
    word: Span,
}

pub fn check(cx: &Context, findings: &mut Findings) {
    for block in cx.manuscript.blocks.iter().filter(|block| block.kind.is_prose()) {
        if cx.dates().inside(block.span).len() < 2 {
            continue;
        }
        let clauses = clauses(cx, block);
        for procedure in PROCEDURES {
            let steps = steps(cx, &clauses, procedure);
            let unique = steps.len() <= MANY
                && steps.iter().all(|step| steps.iter().filter(|other| other.rank == step.rank).count() == 1);
            if unique && steps.len() > 1 && !again(cx, block) {
                inverted(cx, findings, &steps);
            }
        }
    }
}

/// Whether a block tells of a second time.
fn again(cx: &Context, block: &Block) -> bool {
    ["重审", "再审", "撤销原判", "再次", "第二次"].iter().any(|word| cx.at(block.span).contains(word))
}

/// The dates of a block with the rest of their clauses, where one may tell a step.
fn clauses<'c>(cx: &'c Context, block: &Block) -> Vec<(&'c Mention<Date>, &'c str)> {
    let dates = cx.dates().inside(block.span);
    let clause = |(at, date): (usize, &'c Mention<Date>)| {
        let end = dates.get(at + 1).map_or(block.span.end, |next| next.span.start);
        let rest = cx.at(Span { start: date.span.end, end });
        let lead = if rest.starts_with('，') { '，'.len_utf8() } else { 0 };
        (date, &rest[..lead + rest[lead..].find(han::ends_clause).unwrap_or(rest.len() - lead)])
    };
    dates.iter().enumerate().map(clause).filter(|(_, clause)| clause.len() >= SHORTEST).collect()
}

/// The steps of a procedure with their dates: the date's clause tells exactly this one.
fn steps<'c>(cx: &'c Context, clauses: &[(&'c Mention<Date>, &'c str)], procedure: &[&[&str]]) -> Vec<Step<'c>> {
    let mut steps = Vec::new();
    for &(date, clause) in clauses {
        let told = procedure.iter().enumerate().filter_map(|(rank, words)| {
            let word = words.iter().find(|word| clause.contains(*word))?;
            Some((rank, clause.find(word)?, word.len()))
        });
        if let [(rank, offset, length)] = told.collect::<Vec<_>>()[..] {
            let start = date.span.end as usize + offset;
            let filed = &clause[offset..offset + length] == "立案" && filed_in_court(cx, date.span, &clause[..offset]);
            if filed {
                continue;
            }
            steps.push(Step { date, rank, word: Span::new(start, start + length) });
        }
    }
    steps
}

/// Whether a court files the case, which it does after the charge.
fn filed_in_court(cx: &Context, date: Span, clause: &str) -> bool {
    let text = cx.manuscript.text.as_str();
    let head = &text[han::back(text, date.start as usize, 12)..date.start as usize];
    head.contains('院') || clause.contains(['院', '审'])
}

fn inverted(cx: &Context, findings: &mut Findings, steps: &[Step]) {
    for step in steps {
        let later = steps.iter().find(|other| other.rank < step.rank && is_before(&step.date.value, &other.date.value));
        let Some(first) = later else { continue };
        findings
            .at(step.date.span.hull(step.word))
            .slot("wrong", cx.at(step.word))
            .slot("date", cx.at(step.date.span))
            .slot("other", cx.at(first.word))
            .slot("right", cx.at(first.date.span))
            .note(first.date.span.hull(first.word))
            .push();
        return;
    }
}

/// Whether a date is certainly earlier than another.
fn is_before(one: &Date, other: &Date) -> bool {
    let years = one.year.zip(other.year);
    let written = one.written == Unit::Year && other.written == Unit::Year && one.sure() && other.sure();
    let linked = one.sure() && other.sure() || one.known == other.known;
    match years {
        Some((first, last)) if first != last => written && first < last,
        _ if linked => {
            let key = |date: &Date| Some((date.month?, date.day));
            let full = one.day.is_some() == other.day.is_some();
            full && key(one).zip(key(other)).is_some_and(|(first, last)| first < last)
        }
        _ => false,
    }
}
