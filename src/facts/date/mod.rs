/*!
Dates: what day the text speaks of, as far as it can be known.

Written parts are kept as written, impossible ones too; a missing year comes from the date that it is joined to, or else
from the article's own date. Whether a date can be right is for the checks.
*/

mod almanac;
pub mod calendar;
mod find;
pub mod holiday;
pub mod interval;
mod joint;
pub mod lunar;
pub mod numeral;
pub mod reign;
mod resolve;
pub mod sign;
mod written;

#[cfg(test)]
mod tests;

use super::{Context, Mention};
use crate::manuscript::ArticleId;
use crate::text::Span;

pub use almanac::{ANIMALS, BRANCHES, STEMS};
pub use interval::Interval;
pub use joint::JOINT;
pub use lunar::Lunar;
pub use sign::Signs;

/// A date of the Christian era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Date {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
    /// 今年, 次年 before it.
    pub relative: Option<Relative>,
    /// Where the year is from.
    pub known: Known,
    /// The largest unit that is written.
    pub written: Unit,
}

/// A year that is named by its distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relative {
    /// From the article's year: 今年 0, 去年 -1.
    Own(i32),
    /// From the year named last: 同年 0, 次年 1.
    Last(i32),
}

/// How a date's year is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Known {
    #[default]
    Nothing,
    /// From the article's own date, so that another year is possible.
    Article,
    /// From the date that it is joined to.
    Linked,
    Written,
}

/// A unit of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Unit {
    #[default]
    Year,
    Month,
    Day,
}

/// The year of an article, and where it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Base {
    pub year: i32,
    pub span: Span,
    /// It is the date of a signature, byline or issue, and not only the newest date of the text.
    pub dated: bool,
}

/// What the text says of time.
#[derive(Default)]
pub struct Dates {
    /// In order.
    pub all: Vec<Mention<Date>>,
    pub intervals: Vec<Interval>,
    pub lunar: Vec<Mention<Lunar>>,
    pub weekdays: Vec<Mention<char>>,
    /// Reign and year in it.
    pub reigns: Vec<Mention<(&'static str, u32)>>,
    /// By article.
    bases: Vec<Option<Base>>,
    /// The years written in each article, sorted.
    years: Vec<Vec<i32>>,
}

impl Date {
    /// Whether the year is written or joined to one that is.
    pub fn sure(&self) -> bool {
        matches!(self.known, Known::Written | Known::Linked)
    }

    /// The day of the calendar, if all is known and it exists.
    pub fn civil(&self) -> Option<jiff::civil::Date> {
        calendar::day(self.year?, self.month?, self.day?)
    }
}

impl Relative {
    fn named(word: &str) -> Option<Relative> {
        Some(match word {
            "今年" | "本年" => Relative::Own(0),
            "去年" | "上年" => Relative::Own(-1),
            "前年" => Relative::Own(-2),
            "明年" => Relative::Own(1),
            "后年" => Relative::Own(2),
            "同年" | "当年" => Relative::Last(0),
            "次年" | "翌年" => Relative::Last(1),
            _ => return None,
        })
    }
}

impl Dates {
    /// The year of an article.
    pub fn base(&self, article: ArticleId) -> Option<Base> {
        self.bases.get(article).copied().flatten()
    }

    /// The years that are written in an article, sorted.
    pub fn years(&self, article: ArticleId) -> &[i32] {
        self.years.get(article).map_or(&[], Vec::as_slice)
    }

    /// The interval that begins or goes on at a date's span.
    pub fn interval_at(&self, span: Span) -> Option<&Interval> {
        let next = self.intervals.partition_point(|interval| interval.span.start <= span.start);
        next.checked_sub(1).map(|at| &self.intervals[at]).filter(|interval| interval.span.contains(span))
    }

    /// The dates inside a span.
    pub fn inside(&self, span: Span) -> &[Mention<Date>] {
        let from = self.all.partition_point(|date| date.span.start < span.start);
        let to = self.all.partition_point(|date| date.span.start < span.end);
        &self.all[from..to.max(from)]
    }
}

/// All of the manuscript.
pub fn dates(cx: &Context) -> Dates {
    let (text, signs) = (cx.manuscript.text.as_str(), cx.signs());
    let lunar = find::lunar(text, signs);
    let mut all = find::dates(text, signs);
    let mut next = 0;
    all.retain(|date| {
        while lunar.get(next).is_some_and(|day: &Mention<Lunar>| day.span.end <= date.span.start) {
            next += 1;
        }
        !lunar.get(next).is_some_and(|day| day.span.overlaps(date.span))
    });
    let (weekdays, reigns) = (find::weekdays(text, signs), find::reigns(text, signs));
    let mut dates = Dates { all, lunar, weekdays, reigns, ..Dates::default() };
    resolve::resolve(cx, &mut dates);
    dates.intervals = interval::find(cx, &dates.all);
    dates
}

/// A date in words: 2025年6月10日, with what is known.
pub fn describe(date: &Date) -> String {
    let part = |value: Option<u32>, unit: &str| value.map_or(String::new(), |value| format!("{value}{unit}"));
    let year = date.year.map_or(String::new(), |year| format!("{year}年"));
    format!("{year}{}{}", part(date.month, "月"), part(date.day, "日"))
}
