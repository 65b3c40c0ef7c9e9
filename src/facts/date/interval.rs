/*!
Intervals: two dates that 至 or a dash joins.
*/

use std::sync::LazyLock;

use super::joint::{self, JOINT};
use super::{Date, Known};
use crate::facts::{Context, Mention};
use crate::text::Span;
use crate::text::pattern::Pattern;

/// From one date to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Indices into the dates.
    pub from: usize,
    pub to: usize,
    pub span: Span,
}

static BETWEEN: LazyLock<Pattern> = LazyLock::new(|| {
    let text = format!(
        r"^(?:[（(][^（）()]{{1,12}}[）)])?(?:上午|下午|晚|起)?(?:\d{{1,2}}[时:：]\d{{0,2}}分?)?(?:起|开始)?，?{JOINT}$"
    );
    Pattern::new(text)
});

/// The intervals, in order.
pub fn find(cx: &Context, dates: &[Mention<Date>]) -> Vec<Interval> {
    let text = cx.manuscript.text.as_str();
    let mut found: Vec<Interval> = Vec::new();
    for (to, pair) in dates.windows(2).enumerate().map(|(at, pair)| (at + 1, pair)) {
        let gap = pair[0].span.end as usize..pair[1].span.start as usize;
        if gap.len() <= 80 && joins(text[gap].trim()) && found.last().is_none_or(|last| last.to < to - 1) {
            found.push(Interval { from: to - 1, to, span: pair[0].span.hull(pair[1].span) });
        }
    }
    found
}

/// Whether what stands between two dates makes them an interval.
fn joins(gap: &str) -> bool {
    joint::ends(gap) && (joint::after(gap) == Some("") || BETWEEN.is_match(gap))
}

impl Interval {
    /// Whether the end is certainly before the beginning.
    pub fn is_inverted(&self, dates: &[Mention<Date>]) -> bool {
        let (from, to) = (&dates[self.from].value, &dates[self.to].value);
        let years = |date: &Date| if date.known == Known::Written { date.year } else { None };
        match (years(from), years(to)) {
            (Some(first), Some(last)) if first != last => first > last,
            (Some(_), Some(_)) => match (from.month, to.month) {
                (Some(first), Some(last)) if first != last => first > last,
                (Some(_), Some(_)) => ends_early(from, to),
                _ => false,
            },
            (None, Some(_)) => false,
            _ => from.month == to.month && to.relative.is_none() && ends_early(from, to),
        }
    }
}

fn ends_early(from: &Date, to: &Date) -> bool {
    from.day.zip(to.day).is_some_and(|(first, last)| first > last)
}
