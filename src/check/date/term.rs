/*!
A prison term against the days from which to which it runs: 有期徒刑三年（刑期自…起至…止）.

Days in custody before the sentence count, so a term may run shorter; it never runs longer.
*/

use std::sync::LazyLock;

use crate::facts::Context;
use crate::facts::date::sign::{Sign, ends_in, row_before};
use crate::facts::date::{calendar, numeral};
use crate::finding::Findings;
use crate::text::Span;
use crate::text::charset::CharSet;
use crate::text::pattern::{Captures, Pattern};

static TERM: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(?:有期徒刑|拘役|管制)(?:([一二三四五六七八九十]{1,3}|\d{1,2})年)?零?(?:([一二三四五六七八九十]{1,3}|\d{1,2})个月)?",
    )
});

static NUMERALS: CharSet = CharSet::new("0123456789一二三四五六七八九十");
/// What stands before the number of years, and before that of months.
static YEAR_LEADS: CharSet = CharSet::new("刑役制");
static MONTH_LEADS: CharSet = CharSet::new("刑役制年零");
/// Bytes of a term before its end.
const REACH: usize = 60;

pub fn check(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    let units = cx.signs().of(&['年', '月']).filter(|unit| is_told(text, *unit));
    for captures in TERM.near(text, units.map(|unit| unit.at..unit.end()), REACH) {
        let Some((span, months)) = read(&captures) else { continue };
        let Some((run, length)) = runs(cx, span) else { continue };
        let sentence = cx.at(cx.near(span));
        let credited = ["羁押", "折抵", "取保", "扣除", "减刑"].iter().any(|word| sentence.contains(word));
        let days = months * 30 + months * 5 / 12;
        if length <= days + 4 && (credited || length * 4 >= days * 3) {
            continue;
        }
        findings
            .at(run)
            .slot("wrong", cx.at(span))
            .slot("date", cx.at(run))
            .slot("right", format!("{}个月", (length + 15) / 30))
            .note(span)
            .push();
    }
}

/// Whether years or months are those of a term.
fn is_told(text: &str, unit: Sign) -> bool {
    let head = unit.head(text);
    let (head, leads) = match unit.sign {
        '年' => (head, &YEAR_LEADS),
        _ => (head.strip_suffix('个').unwrap_or_default(), &MONTH_LEADS),
    };
    let number = row_before(head, &NUMERALS, 3);
    number < head.len() && ends_in(&head[..number], leads)
}

fn read(captures: &Captures) -> Option<(Span, i32)> {
    let whole = captures.get(0)?;
    let number =
        |index| captures.get(index).and_then(|part: crate::text::pattern::Match| numeral::value(part.as_str()));
    let months = number(1).unwrap_or(0) * 12 + number(2).unwrap_or(0);
    (months > 0).then_some((Span::new(whole.start(), whole.end()), months as i32))
}

/// The interval that the same sentence gives as the term's, and its days, both ends counted.
fn runs(cx: &Context, term: Span) -> Option<(Span, i32)> {
    let sentence = cx.near(term);
    let dates = cx.dates();
    let tail = Span { start: term.end, end: sentence.end.max(term.end) };
    let [from, to] = dates.inside(tail) else { return None };
    let gap = cx.at(Span { start: term.end, end: from.span.start });
    let joined = dates.interval_at(from.span).is_some_and(|interval| interval.span.start == from.span.start);
    let told = gap.contains("刑期") && joined && !TERM.is_match(gap);
    let (first, last) = (from.value.civil()?, to.value.civil()?);
    (told && first < last && from.value.sure() && to.value.sure())
        .then(|| (from.span.hull(to.span), calendar::days_between(first, last) + 1))
}
