/*!
A day of the lunisolar calendar against the day of the Christian one beside it, and days that its month does not have.
*/

use super::{Year, before, between};
use crate::facts::date::{Date, Lunar, calendar, lunar};
use crate::facts::{Context, Mention};
use crate::finding::Findings;
use crate::text::Span;

pub fn check(cx: &Context, findings: &mut Findings, year: Year) {
    for mention in &cx.dates().lunar {
        if year == Year::Known && is_impossible(&mention.value) {
            let right = "农历一个月最多30天、一年12个月".to_string();
            findings.at(mention.span).slot("date", cx.at(mention.span)).slot("right", right).push();
            continue;
        }
        let Some(date) = beside(cx, mention.span) else { continue };
        let Some(right) = disagrees(cx, date, &mention.value, year) else { continue };
        let solar = crate::facts::date::describe(&date.value);
        findings
            .at(mention.span)
            .slot("wrong", cx.at(mention.span))
            .slot("date", solar.clone())
            .slot("right", format!("{solar}是{right}"))
            .note(date.span)
            .push();
    }
}

fn is_impossible(date: &Lunar) -> bool {
    !(1..=30).contains(&date.day) || !(1..=12).contains(&date.month)
}

/// The Christian day in brackets beside it.
fn beside<'c>(cx: &'c Context, span: Span) -> Option<&'c Mention<Date>> {
    let dates = &cx.dates().all;
    let next = dates.partition_point(|date| date.span.start < span.end);
    let opens = |gap: &str| {
        let gap = gap.trim().trim_start_matches(['（', '(', '，', ',']);
        gap.is_empty()
            || ["即", "是", "为", "公历", "阳历", "也就是", "农历", "星期"]
                .iter()
                .any(|word| gap.starts_with(word) && gap.len() <= 12 + word.len())
    };
    let bracketed = |gap: &str| gap.starts_with(['（', '(', '是', '为']) || gap.contains('即');
    let ahead = dates.get(next).filter(|date| {
        let gap = between(cx, span, date.span);
        bracketed(gap) && opens(gap)
    });
    let behind = next.checked_sub(1).map(|at| &dates[at]).filter(|date| {
        let gap = cx.at(Span { start: date.span.end.min(span.start), end: span.start });
        (bracketed(gap) || gap.starts_with('，') && before(cx, span.start).ends_with(['，', '历'])) && opens(gap)
    });
    ahead.or(behind).filter(|date| date.value.day.is_some())
}

/// The lunisolar day that it is, if no possible year makes the written one right.
fn disagrees(cx: &Context, date: &Mention<Date>, written: &Lunar, year: Year) -> Option<String> {
    let (month, day) = (date.value.month?, date.value.day?);
    let on = |year: i32| calendar::day(year, month, day).and_then(lunar::from_solar);
    let years = year.candidates(cx, &date.value, date.span);
    let right = on(*years.first()?)?;
    let same = |found: Lunar| (found.month, found.day) == (written.month, written.day);
    years.iter().all(|year| !on(*year).is_some_and(same)).then(|| format!("农历{}", lunar::name(right)))
}
