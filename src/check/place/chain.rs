/*!
A city or county directly below a province or city to which it does not belong: 河南省信阳市南召县.
*/

use super::{is_past, is_quoted};
use crate::facts::Context;
use crate::facts::division::{Chain, Division, Link, named, parent};
use crate::finding::{Findings, Safety};
use crate::lexicon::table;

/// Names that are also what any city calls its parts.
const GENERIC: &[&str] =
    &["城区", "郊区", "矿区", "东区", "西区", "新城区", "城中区", "市中区", "新市区", "城关区", "河西区", "河东区"];
/// Texts from before this year are about divisions that the table does not know.
const KNOWN_SINCE: i32 = 2005;

pub fn check(cx: &Context, findings: &mut Findings) {
    for chain in cx.chains() {
        for pair in chain.links.windows(2) {
            let (upper, lower) = (&pair[0], &pair[1]);
            let old = super::year_of(cx, upper.span).is_some_and(|year| year < KNOWN_SINCE);
            if upper.fits(lower) || old || is_left_alone(cx, upper, lower) {
                continue;
            }
            report(cx, findings, upper, lower, chain.links.first());
        }
    }
    for pair in cx.chains().windows(2) {
        if let Some((lower, upper)) = told(cx, &pair[0], &pair[1]) {
            let Some(home) = lower.meanings.first().and_then(parent) else { continue };
            let draft = findings.at(lower.span).slot("name", cx.at(lower.span)).slot("wrong", cx.at(upper.span));
            draft.slot("right", full_name(&home)).note(upper.span).push();
        }
    }
}

/// What tells where a division lies.
const LIES: &[&str] = &["地处", "位于", "坐落于", "坐落在", "隶属于", "隶属", "地属", "属于", "属"];
/// Words after the wider division that make it a neighbour.
const BORDERS: &[&str] = &[
    "与", "和", "、", "同", "及", "交界", "边界", "边境", "接壤", "毗邻", "境", "之间", "省界", "西", "东", "南", "北",
];

/// 平江县地处湖北省: a division and the one that it is said to lie in, which does not hold it.
fn told<'c>(cx: &Context, inner: &'c Chain, outer: &'c Chain) -> Option<(&'c Link, &'c Link)> {
    let (lower, upper) = (inner.links.last()?, outer.links.last()?);
    let text = cx.manuscript.text.as_str();
    let gap = text.get(lower.span.end as usize..outer.links.first()?.span.start as usize)?;
    let lies = LIES.contains(&gap) && upper.full && upper.level() < lower.level();
    let rest = &text[upper.span.end as usize..];
    let side = rest.trim_start_matches(['东', '西', '南', '北', '中']);
    let inside = side.starts_with('部') || !BORDERS.iter().any(|word| rest.starts_with(word));
    let near: String = rest.chars().take_while(|c| !matches!(c, '，' | '。' | '；' | '\n')).take(16).collect();
    let border = ["交界", "接壤", "毗邻", "相邻", "之间", "结合部"].iter().any(|word| near.contains(word));
    let old = super::year_of(cx, upper.span).is_some_and(|year| year < KNOWN_SINCE);
    let wrong = lies && inside && !border && !old && !upper.fits(lower) && !is_left_alone(cx, upper, lower);
    wrong.then_some((lower, upper))
}

fn is_left_alone(cx: &Context, upper: &Link, lower: &Link) -> bool {
    let (above, name) = (cx.at(upper.span), cx.at(lower.span));
    let moved = table::FORMER_PLACES.rows().iter().any(|row| row.column(0) == name && row.column(1).starts_with(above));
    let functional = lower.meanings.iter().any(is_zone);
    let rest = &cx.manuscript.text[lower.span.end as usize..];
    let managed = rest.starts_with("管委") || rest.starts_with("管理委员会");
    moved
        || functional
        || managed
        || GENERIC.contains(&name)
        || is_past(cx, upper.span, KNOWN_SINCE)
        || is_quoted(cx, upper.span)
}

/// The statistical codes of development zones, which are no divisions.
fn is_zone(division: &Division) -> bool {
    division.code.len() == 6 && matches!(division.code.as_bytes()[4], b'7')
}

fn report(cx: &Context, findings: &mut Findings, upper: &Link, lower: &Link, first: Option<&Link>) {
    let name = cx.at(lower.span);
    let inside = |meaning: &&Division| {
        first.is_some_and(|first| first.span != upper.span && first.meanings.iter().any(|wide| wide.holds(meaning)))
    };
    let meant = lower.meanings.iter().find(inside).or(lower.meanings.first());
    let Some(home) = meant.and_then(parent) else { return };
    let mut draft = findings
        .at(upper.span)
        .slot("name", name)
        .slot("wrong", cx.at(upper.span))
        .slot("right", full_name(&home))
        .note(lower.span);
    let same = upper.full && upper.meanings.iter().any(|meaning| meaning.level == home.level);
    if same && named(name).len() == 1 {
        draft = draft.fix(format!("改为“{}”", home.name), Safety::Ask, &[(upper.span, home.name)]);
    }
    draft.push();
}

/// 河南省南阳市.
fn full_name(division: &Division) -> String {
    format!("{}{}", parent(division).map_or("", |province| province.name), division.name)
}
