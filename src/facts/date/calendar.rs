/*!
The calendar: which days exist, their weekdays, and the longitude of the sun that makes solar terms.
*/

use jiff::civil::Date;

const WEEKDAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

/// The day, if there is one.
pub fn day(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The number of days of a month; of a February of no known year 29. None if there is no such month.
///
/// ```
/// use kanwu::facts::date::calendar::days_in;
/// assert_eq!(days_in(Some(2025), 2), Some(28));
/// assert_eq!(days_in(None, 2), Some(29));
/// assert_eq!(days_in(None, 13), None);
/// ```
pub fn days_in(year: Option<i32>, month: u32) -> Option<u32> {
    let first = day(year.unwrap_or(2000), month, 1)?;
    Some(first.days_in_month().unsigned_abs().into())
}

/// The weekday as the character after 星期.
///
/// ```
/// use kanwu::facts::date::calendar::{day, weekday};
/// assert_eq!(day(2025, 6, 10).map(weekday), Some('二'));
/// ```
pub fn weekday(date: Date) -> char {
    WEEKDAYS[date.weekday().to_monday_zero_offset().unsigned_abs() as usize]
}

/// Days from one day to another; negative if the second is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The day so many days later.
pub fn later(date: Date, days: i32) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The apparent longitude of the sun in degrees as the day begins in Beijing, exact to a hundredth of a degree.
///
/// Method: J. Meeus, Astronomical Algorithms, chapter 25, lower accuracy.
pub fn sun(date: Date) -> f64 {
    let origin = Date::constant(2000, 1, 1);
    let century = (f64::from(days_between(origin, date)) - 0.5 - 8.0 / 24.0) / 36525.0;
    let mean = 280.46646 + 36000.76983 * century;
    let anomaly = (357.52911 + 35999.05029 * century).to_radians();
    let centre = 1.914602 * anomaly.sin() + 0.019993 * (2.0 * anomaly).sin() + 0.000289 * (3.0 * anomaly).sin();
    let node = (125.04 - 1934.136 * century).to_radians();
    (mean + centre - 0.00569 - 0.00478 * node.sin()).rem_euclid(360.0)
}

/// Whether the sun reaches a longitude on the day, or within an hour of it.
pub fn reaches(date: Date, longitude: f64) -> bool {
    let Some(next) = later(date, 1) else { return false };
    let from = (longitude - sun(date) + 540.0).rem_euclid(360.0) - 180.0;
    let to = (longitude - sun(next) + 540.0).rem_euclid(360.0) - 180.0;
    from >= -MARGIN && to <= MARGIN
}

/// What the sun moves in about an hour.
const MARGIN: f64 = 0.04;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solar_terms_of_known_years() {
        for (year, month, on, longitude) in
            [(2025, 4, 4, 15.0), (2025, 12, 21, 270.0), (2026, 2, 4, 315.0), (1998, 9, 23, 180.0), (2024, 6, 21, 90.0)]
        {
            let date = day(year, month, on).expect("a day");
            assert!(reaches(date, longitude), "{date}");
            assert!(!later(date, 1).is_some_and(|next| reaches(next, longitude)), "{date}");
        }
    }
}
