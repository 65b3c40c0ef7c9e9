/*!
`date`: dates that cannot be, or that disagree with the calendar or with each other.

`with = { fault = "exists" | "time" | "weekday" | "order" | "hours" | "duration" | "age" | "anniversary" | "era" | "cycle" |
"lunar" | "holiday" | "sequence" |
"term", year = "known" | "probable" }`. With `year = "known"` (the default) only dates whose
year is written or joined to a written one are judged; with `probable` those whose year is the article's, and only if no
other year of the article would make them right. The place is the wrong statement, the note its other side.

Slots of messages: `date`, `wrong`, `right`, `other`.
*/

mod age;
mod anniversary;
mod duration;
mod era;
mod exists;
mod holiday;
mod lunar;
mod order;
mod sequence;
mod term;
mod time;
mod weekday;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::facts::date::{Date, Known, Relative};
use crate::scan::Scan;
use crate::text::Span;

/// 今年.
const THIS_YEAR: Relative = Relative::Own(0);

/// The mechanism.
pub static DATE: Mechanism = Mechanism { name: "date", slots: &["date", "wrong", "right", "other"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    fault: Fault,
    #[serde(default)]
    year: Year,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Exists,
    Time,
    Weekday,
    Order,
    Hours,
    Duration,
    Age,
    Anniversary,
    Era,
    Cycle,
    Lunar,
    Holiday,
    Sequence,
    Term,
}

/// Which dates are judged.
#[derive(Clone, Copy, Deserialize, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Year {
    #[default]
    Known,
    Probable,
}

fn compile(options: Options<'_>, _scan: &mut Scan) -> Result<Check, OptionError> {
    let With { fault, year } = options.parse()?;
    Ok(match fault {
        Fault::Exists => Box::new(exists::check),
        Fault::Time => Box::new(time::check),
        Fault::Weekday => Box::new(move |cx, findings| weekday::check(cx, findings, year)),
        Fault::Order => Box::new(order::check),
        Fault::Hours => Box::new(time::check_hours),
        Fault::Duration => Box::new(duration::check),
        Fault::Age => Box::new(age::check),
        Fault::Anniversary => Box::new(anniversary::check),
        Fault::Era => Box::new(era::check),
        Fault::Cycle => Box::new(era::check_cycle),
        Fault::Lunar => Box::new(move |cx, findings| lunar::check(cx, findings, year)),
        Fault::Holiday => Box::new(move |cx, findings| holiday::check(cx, findings, year)),
        Fault::Sequence => Box::new(sequence::check),
        Fault::Term => Box::new(term::check),
    })
}

impl Year {
    /// The years in which a date may lie; empty if it is not to be judged.
    fn candidates(self, cx: &Context, date: &Date, at: Span) -> Vec<i32> {
        let Some(year) = date.year.filter(|_| date.sure() == (self == Year::Known)) else { return Vec::new() };
        let mut years = vec![year];
        if date.known == Known::Article && date.relative.is_none() {
            years.extend(cx.dates().years(article_of(cx, at)).iter().filter(|year| (1900..2100).contains(*year)));
        }
        years
    }
}

/// The article of a span.
fn article_of(cx: &Context, span: Span) -> usize {
    cx.manuscript.block_at(span.start).map_or(0, |block| block.article)
}

/// What follows a byte inside its block.
fn after<'c>(cx: &'c Context, at: u32) -> &'c str {
    let end = cx.manuscript.block_at(at).map_or(at, |block| block.span.end).max(at);
    cx.at(Span { start: at, end })
}

/// What stands before a byte inside its block.
fn before<'c>(cx: &'c Context, at: u32) -> &'c str {
    let start = cx.manuscript.block_at(at).map_or(at, |block| block.span.start).min(at);
    cx.at(Span { start, end: at })
}

/// What stands between two spans, the first before the second.
fn between<'c>(cx: &'c Context, one: Span, other: Span) -> &'c str {
    cx.at(Span { start: one.end, end: other.start.max(one.end) })
}
