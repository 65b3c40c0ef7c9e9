/*!
Days with a name: fixed ones, those of the lunisolar calendar, n-th weekdays and solar terms.
*/

use std::sync::OnceLock;

use super::calendar::{day, later, reaches};
use super::lunar::{Lunar, days_in, to_solar};
use crate::lexicon::{Row, table};

/// A day with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holiday {
    pub name: &'static str,
    pub on: On,
}

/// When it falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    Solar(u32, u32),
    Lunar(u32, u32),
    /// The last day of the lunisolar year.
    Eve,
    /// The n-th weekday (0 for Monday) of a month.
    Weekday(u32, i32, u32),
    /// The day of a month on which the sun reaches a longitude.
    Term(u32, u32),
}

/// All of them, longest names first.
pub fn holidays() -> &'static [Holiday] {
    static HOLIDAYS: OnceLock<Vec<Holiday>> = OnceLock::new();
    HOLIDAYS.get_or_init(|| {
        let mut all: Vec<Holiday> = table::HOLIDAYS.rows().iter().filter_map(read).collect();
        all.sort_by_key(|holiday| std::cmp::Reverse(holiday.name.len()));
        all
    })
}

fn read(row: &'static Row) -> Option<Holiday> {
    let (month, day): (u32, u32) = (row.column(2).parse().ok()?, row.column(3).parse().ok()?);
    let on = match row.column(1) {
        "solar" => On::Solar(month, day),
        "lunar" => On::Lunar(month, day),
        "eve" => On::Eve,
        "sunday" => On::Weekday(month, 6, day),
        "thursday" => On::Weekday(month, 3, day),
        "term" => On::Term(month, day),
        _ => return None,
    };
    Some(Holiday { name: row.column(0), on })
}

impl Holiday {
    /// Month and day in a year; without the year only of fixed days.
    pub fn date(&self, year: Option<i32>) -> Option<(u32, u32)> {
        match (self.on, year) {
            (On::Solar(month, day), _) => Some((month, day)),
            (On::Lunar(month, day), Some(year)) => solar(year, month, day),
            (On::Eve, Some(year)) => solar(year - 1, 12, days_in(year - 1, 12, false)?),
            (On::Weekday(month, weekday, nth), Some(year)) => nth_weekday(year, month, weekday, nth),
            (On::Term(month, longitude), Some(year)) => {
                let term = |on: &u32| day(year, month, *on).is_some_and(|date| reaches(date, f64::from(longitude)));
                (1..=31).find(term).map(|on| (month, on))
            }
            (_, None) => None,
        }
    }

    /// Whether it may be said to fall on that day; solar terms have an hour's grace.
    pub fn falls(&self, year: Option<i32>, month: u32, on: u32) -> bool {
        match (self.on, year) {
            (On::Term(_, longitude), Some(year)) => {
                day(year, month, on).is_some_and(|date| reaches(date, f64::from(longitude)))
            }
            _ => self.date(year).is_none_or(|known| known == (month, on)),
        }
    }
}

fn solar(year: i32, month: u32, day: u32) -> Option<(u32, u32)> {
    let date = to_solar(Lunar { year: Some(year), month, leap: false, day })?;
    Some((date.month().unsigned_abs().into(), date.day().unsigned_abs().into()))
}

fn nth_weekday(year: i32, month: u32, weekday: i32, nth: u32) -> Option<(u32, u32)> {
    let first = day(year, month, 1)?;
    let ahead = (weekday - i32::from(first.weekday().to_monday_zero_offset())).rem_euclid(7);
    let date = later(first, ahead + 7 * (nth as i32 - 1))?;
    Some((month, date.day().unsigned_abs().into()))
}
