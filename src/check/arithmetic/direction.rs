/*!
Words of direction against the numbers: 由38.6升至36.8, 超过标准 while below it.
*/

use super::{Figure, Slip, Sure, sentences};
use crate::facts::Context;
use crate::facts::number::{Bound, Direction, Kind, Standing, Value};

pub fn find(context: &Context) -> Vec<Slip> {
    let text = context.manuscript.text.as_str();
    let mut slips = Vec::new();
    for (_, figures) in sentences(context) {
        for pair in figures.windows(2) {
            slips.extend(change(text, &pair[0], &pair[1]));
            slips.extend(limit(text, &pair[0], &pair[1]));
        }
    }
    slips
}

/// 由a升至b, where b is less than a.
fn change(text: &str, from: &Figure, to: &Figure) -> Option<Slip> {
    let (a, b) = ends(from, to)?;
    let direction = to.value.direction?;
    let up = direction == Direction::Up;
    let lead = from.value.lead.of(text);
    let ranked = ["排名", "位次", "名次", "排位", "位居", "列", "名"].iter().any(|word| lead.contains(word));
    let ranked = ranked || to.value.unit.is_some_and(|unit| matches!(unit.name, "位" | "名"));
    let between = &text[from.span.end as usize..to.span.start as usize];
    let contrary = if up { a.exceeds(b) } else { b.exceeds(a) };
    if !contrary || ranked || between.chars().count() > 12 || between.contains(['。', '；', '：']) {
        return None;
    }
    let verb = said(text, to);
    let (stated, computed) = (verb, if up { "降" } else { "升" }.to_string());
    let whole = crate::text::Span { start: to.value.lead.start.max(from.span.end), end: to.span.end };
    Some(Slip { at: whole, parts: vec![from.span], stated, computed, reason: String::new(), sure: Sure::Certain })
}

/// The start and end of a change, when both are exact and of one kind.
pub fn ends(from: &Figure, to: &Figure) -> Option<(Value, Value)> {
    let stands = from.value.standing == Standing::From && to.value.standing == Standing::To;
    let exact = from.value.bound == Bound::Exact && to.value.bound == Bound::Exact;
    let same = from.value.kind == to.value.kind
        && matches!(from.value.kind, Kind::Count | Kind::Percent | Kind::Permille)
        && (from.value.adds_to(&to.value) || from.value.unit.is_none());
    if !(stands && exact && same) {
        return None;
    }
    match from.value.unit {
        Some(_) => Some((from.value.worth()?, to.value.worth()?)),
        None if from.value.value.exponent > 2 || to.value.value.exponent <= 2 => {
            Some((from.value.value, to.value.value))
        }
        None => None,
    }
}

/// The verb of a change: the last words before its number.
fn said(text: &str, to: &Figure) -> String {
    let lead = to.value.lead.of(text);
    let from = crate::text::han::back(lead, lead.len(), 3);
    lead[from..].trim_start_matches(['的', '年', '底', '末']).to_string()
}

/// 超过 a standard that is higher than what was measured, and 低于 one that is lower.
fn limit(text: &str, measured: &Figure, norm: &Figure) -> Option<Slip> {
    let exact = measured.value.is_exact() && norm.value.kind == Kind::Count && measured.value.adds_to(&norm.value);
    norm.value.unit.filter(|unit| exact && unit.dimension != "count")?;
    let names = ["标准", "限值", "限量", "警戒", "上限", "限额"];
    let near: String = norm.value.tail.of(text).chars().take(6).collect();
    let between = &text[measured.span.end as usize..norm.span.start as usize];
    let bare = between.trim_end_matches(['值', '的', '为', '线']);
    let named = names.iter().any(|name| near.contains(name) || bare.ends_with(name));
    if !named || near.contains("高标准") || between.chars().count() > 16 {
        return None;
    }
    let over = ["超过", "超出", "高于", "高出"].iter().any(|word| between.contains(word));
    let under = ["低于", "未超过", "没有超过", "不超过", "少于"].iter().any(|word| between.contains(word));
    let (a, b) = (measured.value.worth()?, norm.value.worth()?);
    let contrary = if under { a.exceeds(b) } else { over && b.exceeds(a) };
    if !contrary || (over && under && !between.contains("过")) {
        return None;
    }
    let stated = if under { "低于" } else { "超过" }.to_string();
    let computed = if under { "高" } else { "低" }.to_string();
    Some(Slip {
        at: norm.span,
        parts: vec![measured.span],
        stated,
        computed,
        reason: String::new(),
        sure: Sure::Probable,
    })
}
