/*!
Days that are in no calendar: 2月30日, 11月31日, 13月1日.
*/

use super::before;
use crate::facts::Context;
use crate::facts::date::{Date, Unit, calendar::days_in};
use crate::finding::Findings;
use crate::text::Span;

pub fn check(cx: &Context, findings: &mut Findings) {
    for mention in &cx.dates().all {
        let Some(right) = impossible(&mention.value) else { continue };
        if mention.value.day.is_none() && mention.value.written != Unit::Year || is_far(cx, mention.span) {
            continue;
        }
        findings.at(mention.span).slot("date", cx.at(mention.span)).slot("right", right).push();
    }
}

/// Why there is no such day.
fn impossible(date: &Date) -> Option<String> {
    let month = date.month?;
    let year = date.year.filter(|_| date.sure());
    let Some(days) = days_in(year, month) else { return Some(format!("没有{month}月")) };
    let day = date.day?;
    if (1..=days).contains(&day) {
        return None;
    }
    let year = year.filter(|_| month == 2 && day == 29).map_or(String::new(), |year| format!("{year}年"));
    Some(if day == 0 { "没有0日".to_string() } else { format!("{year}{month}月只有{days}天") })
}

/// Whether the date is of another calendar.
fn is_far(cx: &Context, span: Span) -> bool {
    ["农历", "阴历", "旧历", "夏历", "闰", "伊斯兰历", "藏历", "回历", "彝历", "傣历"]
        .iter()
        .any(|word| before(cx, span.start).ends_with(word))
}
