/*!
Marks after ordinals: （一）、 ① 、 1、 一. 第一、 (GB/T 15834—2011, B.3).
*/

use super::{Fault, Slip};
use crate::facts::Context;
use crate::facts::series::{Ordinal, Style};
use crate::text::{Span, han};

pub(super) fn find(cx: &Context) -> Vec<Slip> {
    let mut slips = Vec::new();
    for series in cx.series() {
        let mixed = series.items.iter().any(|item| cx.at(item.span).ends_with(['.', '．']));
        let found = series.items.iter().filter_map(|item| mark(cx, item.span, &item.value));
        slips.extend(found.map(|slip| Slip { sure: slip.sure || mixed, ..slip }));
    }
    slips.sort_by_key(|slip| slip.at);
    slips
}

fn mark(cx: &Context, span: Span, ordinal: &Ordinal) -> Option<Slip> {
    let text = cx.at(span);
    let noted = cx.manuscript.block_at(span.start).is_some_and(|block| cx.at(block.span).starts_with("附件"));
    if noted {
        return None;
    }
    let after = han::after(&cx.manuscript.text, span.end as usize)?;
    let bracketed = matches!(ordinal.style, Style::Bracket | Style::BracketDigit | Style::Circle);
    if bracketed && matches!(after, '、' | '，' | '．') {
        let whole = Span::new(span.start as usize, span.end as usize + after.len_utf8());
        return Some(Slip {
            expected: text.to_string(),
            edit: Some(text.to_string()),
            ..Slip::new(Fault::Form, whole)
        });
    }
    let right = match ordinal.style {
        Style::Dot => text.strip_suffix('、').map(|number| format!("{number}.")),
        Style::Comma => text.strip_suffix(['.', '．']).map(|number| format!("{number}、")),
        _ => None,
    }?;
    let sure = ordinal.style == Style::Comma;
    Some(Slip { expected: right.clone(), edit: Some(right), sure, ..Slip::new(Fault::Form, span) })
}
