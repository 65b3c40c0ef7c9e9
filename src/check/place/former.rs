/*!
Names of divisions that are no longer: 繁昌县 after 2020, 横县 beside 横州市.
*/

use super::{Evidence, is_past, is_quoted, year_of};
use crate::facts::{Context, division};
use crate::finding::{Findings, Safety};
use crate::lexicon::{Row, table, words::words};
use crate::text::{Span, han};

/// What keeps an old name, or is only called after the place.
const KEEPS: &[&str] = &[
    "医院",
    "中学",
    "小学",
    "学校",
    "大学",
    "学院",
    "公司",
    "厂",
    "集团",
    "志",
    "小吃",
    "战役",
    "会战",
    "起义",
    "事件",
    "惨案",
    "人士",
    "籍",
    "路",
    "街",
    "站",
    "大桥",
    "高速",
    "机场",
    "码头",
    "渔港",
    "银行",
    "信用社",
    "一中",
    "二中",
    "三中",
    "老街",
    "古城",
    "酒",
];

pub fn check(cx: &Context, findings: &mut Findings, evidence: Evidence) {
    let text = cx.manuscript.text.as_str();
    for &(span, row) in cx.finds().longest(&table::FORMER_PLACES) {
        let Some(since) = row.column(3).get(..4).and_then(|year| year.parse::<i32>().ok()) else { continue };
        let row = &row_of(text, span, row);
        let below = has_parent(text, span, row);
        let both = named_at(cx, new_name(row)).is_some();
        let later = year_of(cx, span).is_some_and(|year| year > since) || both;
        let asked = match evidence {
            Evidence::Dated => later && (below || stands_alone(text, span, both)),
            Evidence::Undated => !later && below && year_of(cx, span).is_none(),
        };
        if asked && !is_kept(cx, span, row, below) && !is_past(cx, span, since) && !is_quoted(cx, span) {
            report(cx, findings, span, row);
        }
    }
}

/// Of several rows of one name, the one whose parent stands before it.
fn row_of(text: &str, span: Span, row: Row) -> Row {
    let same = table::FORMER_PLACES.rows().iter().filter(|other| other.column(0) == row.column(0));
    same.copied().find(|other| has_parent(text, span, other)).unwrap_or(row)
}

/// Where the text first names a division.
fn named_at(cx: &Context, name: &str) -> Option<Span> {
    cx.chains().iter().flat_map(|chain| &chain.links).map(|link| link.span).find(|span| cx.at(*span) == name)
}

/// The last division of the new name: 繁昌区, 莱芜区 of 济南市莱芜区.
fn new_name(row: &Row) -> &'static str {
    let name = row.column(2);
    let known = |at: &usize| !division::named(&name[*at..]).is_empty();
    name.char_indices().map(|(at, _)| at).find(known).map_or(name, |at| &name[at..])
}

fn has_parent(text: &str, span: Span, row: &Row) -> bool {
    let head = &text[..span.start as usize];
    let parent = row.column(1);
    let short = parent.trim_end_matches(['市', '省']);
    head.ends_with(parent) || short.chars().count() >= 2 && head.ends_with(short)
}

/// Whether a name without its parent can only be that division: no other has it, and no longer word holds it.
fn stands_alone(text: &str, span: Span, used: bool) -> bool {
    let name = span.of(text);
    let (from, to) = (han::back(text, span.start as usize, 3), han::forth(text, span.end as usize, 3));
    let range = span.start as usize - from..span.end as usize - from;
    let before = han::before(text, span.start as usize);
    let open = before.is_none_or(|c| !han::is_han(c) || "在于到从自对与和及为往是赴来向将的由去经住省".contains(c));
    let telling = used || name.chars().count() >= 3 && !name.ends_with("地区");
    telling && division::named(name).is_empty() && open && !words().crosses(&text[from..to], range)
}

/// Whether the name is part of a present one, stands for something that keeps it, or is still right.
fn is_kept(cx: &Context, span: Span, row: &Row, below: bool) -> bool {
    let text = cx.manuscript.text.as_str();
    let rest = &text[span.end as usize..han::forth(text, span.end as usize, 8)];
    let rest = rest.split(|c| !han::is_han(c)).next().unwrap_or_default();
    let within =
        table::PLACES.find(&text[han::back(text, span.start as usize, 6)..han::forth(text, span.end as usize, 4)]);
    let start = han::back(text, span.start as usize, 6) as u32;
    let held = within.iter().any(|(other, _)| {
        let other = Span { start: other.start + start, end: other.end + start };
        other.overlaps(span) && other.contains(span) && (other != span || !below)
    });
    let still = !division::named(row.column(0)).is_empty() && !below;
    held || still || KEEPS.iter().any(|word| rest.contains(word))
}

fn report(cx: &Context, findings: &mut Findings, span: Span, row: &Row) {
    let (name, new) = (row.column(0), row.column(2));
    let year = &row.column(3)[..4.min(row.column(3).len())];
    let mut draft =
        findings.at(span).slot("name", name).slot("wrong", cx.at(span)).slot("right", new).slot("since", year);
    if let Some(used) = named_at(cx, new_name(row)) {
        draft = draft.note(used);
    }
    if new_name(row) == new && new != name {
        draft = draft.fix(format!("改为“{new}”"), Safety::Ask, &[(span, new)]);
    }
    draft.push();
}
