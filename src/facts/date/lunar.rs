/*!
The lunisolar calendar from 1900 to 2100, by table.
*/

use std::sync::OnceLock;

use jiff::civil::Date;

use super::calendar::{day, days_between, later};
use super::numeral::han;
use crate::lexicon::table;

/// A day of the lunisolar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lunar {
    /// The Christian year in which its year begins.
    pub year: Option<i32>,
    pub month: u32,
    pub leap: bool,
    pub day: u32,
}

struct Year {
    first: Date,
    leap: usize,
    /// The months in order; `1` has 30 days, `0` has 29.
    months: &'static str,
}

/// The first year of the table.
const FIRST: i32 = 1900;

fn years() -> &'static [Year] {
    static YEARS: OnceLock<Vec<Year>> = OnceLock::new();
    YEARS.get_or_init(|| table::LUNAR.rows().iter().enumerate().filter_map(|(at, row)| read(at, row)).collect())
}

fn read(at: usize, row: &crate::lexicon::Row) -> Option<Year> {
    let (month, date) = row.column(1).split_once('-')?;
    let first = day(FIRST + at as i32, month.parse().ok()?, date.parse().ok()?)?;
    Some(Year { first, leap: row.column(2).parse().ok()?, months: row.column(3) })
}

fn year_of(year: i32) -> Option<&'static Year> {
    years().get(usize::try_from(year - FIRST).ok()?)
}

impl Year {
    /// The month at an index, as number and whether it is the leap month.
    fn month(&self, index: usize) -> (u32, bool) {
        let leap = self.leap > 0 && index == self.leap;
        let passed = self.leap > 0 && index >= self.leap;
        ((index + usize::from(!passed)) as u32, leap)
    }

    /// The months with their lengths.
    fn lengths(&self) -> impl Iterator<Item = ((u32, bool), u32)> {
        self.months.chars().enumerate().map(|(index, long)| (self.month(index), if long == '1' { 30 } else { 29 }))
    }
}

/// The number of days of a month; none if the year has no such month or lies outside the table.
pub fn days_in(year: i32, month: u32, leap: bool) -> Option<u32> {
    year_of(year)?.lengths().find(|(name, _)| *name == (month, leap)).map(|(_, length)| length)
}

/// The day in the Christian calendar.
///
/// ```
/// use kanwu::facts::date::{calendar::day, lunar::{Lunar, to_solar}};
/// let festival = Lunar { year: Some(2026), month: 8, leap: false, day: 15 };
/// assert_eq!(to_solar(festival), day(2026, 9, 25));
/// ```
pub fn to_solar(lunar: Lunar) -> Option<Date> {
    let year = year_of(lunar.year?)?;
    let length = days_in(lunar.year?, lunar.month, lunar.leap)?;
    let before = year.lengths().take_while(|(name, _)| *name != (lunar.month, lunar.leap)).map(|(_, days)| days);
    let before = before.sum::<u32>();
    (lunar.day >= 1 && lunar.day <= length).then(|| later(year.first, (before + lunar.day) as i32 - 1)).flatten()
}

/// The day in the lunisolar calendar.
pub fn from_solar(date: Date) -> Option<Lunar> {
    let at = years().partition_point(|year| year.first <= date).checked_sub(1)?;
    let mut left = u32::try_from(days_between(years()[at].first, date)).ok()?;
    for ((month, leap), length) in years()[at].lengths() {
        if left < length {
            return Some(Lunar { year: Some(FIRST + at as i32), month, leap, day: left + 1 });
        }
        left -= length;
    }
    None
}

/// Month and day as they are read: 正月初一, 闰六月廿三.
pub fn name(lunar: Lunar) -> String {
    let month = match lunar.month {
        1 => "正".to_string(),
        12 => "腊".to_string(),
        month => han(month),
    };
    let day = if lunar.day <= 10 { format!("初{}", han(lunar.day)) } else { han(lunar.day) };
    format!("{}{month}月{day}", if lunar.leap { "闰" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days() {
        for (solar, name_, year) in [
            ((1949, 10, 1), "八月初十", 1949),
            ((2025, 1, 28), "腊月二十九", 2024),
            ((2025, 1, 29), "正月初一", 2025),
            ((2025, 7, 25), "闰六月初一", 2025),
            ((2023, 3, 22), "闰二月初一", 2023),
            ((2020, 6, 25), "五月初五", 2020),
            ((2024, 9, 17), "八月十五", 2024),
            ((2034, 2, 18), "腊月三十", 2033),
            ((2033, 12, 22), "闰十一月初一", 2033),
            ((1998, 1, 28), "正月初一", 1998),
        ] {
            let found = day(solar.0, solar.1, solar.2).and_then(from_solar).expect("in the table");
            assert_eq!((name(found).as_str(), found.year), (name_, Some(year)));
            assert_eq!(to_solar(found), day(solar.0, solar.1, solar.2));
        }
    }

    #[test]
    fn years_follow_each_other() {
        for pair in years().windows(2) {
            let days: u32 = pair[0].lengths().map(|(_, days)| days).sum();
            assert_eq!(later(pair[0].first, days as i32), Some(pair[1].first));
        }
        assert_eq!(years().len(), 201);
    }
}
