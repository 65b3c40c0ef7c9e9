/*!
What a printed number can stand for, and whether a percentage fits two of them.

A number that was rounded may be half a step of its last digit off on either side; a count of things is what it is. All
in whole numbers: halves of the finest digit printed.
*/

use super::Figure;
use crate::facts::number::{Bound, Value};

/// From the least to the greatest that a number can stand for, in halves of 10^exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    pub low: i128,
    pub high: i128,
}

impl Band {
    /// The band of a number in steps of 10^`exponent`, which is no coarser than its own.
    pub fn of(value: Value, rounded: bool, exponent: i32) -> Option<Band> {
        let middle = value.at(exponent)?.checked_mul(2)?;
        let half = if rounded { value.step().at(exponent)? } else { 0 };
        Some(Band { low: middle - half, high: middle + half })
    }

    pub fn minus(self, other: Band) -> Band {
        Band { low: self.low - other.high, high: self.high - other.low }
    }

    /// The band without its sign.
    pub fn size(self) -> Band {
        match (self.low >= 0, self.high <= 0) {
            (true, _) => self,
            (_, true) => Band { low: -self.high, high: -self.low },
            _ => Band { low: 0, high: self.high.max(-self.low) },
        }
    }
}

/// Whether a figure may have been rounded when it was printed.
pub fn is_rounded(figure: &Figure) -> bool {
    figure.value.value.exponent != 0 || figure.value.unit.is_some_and(|unit| unit.dimension != "count")
}

/// The band of a figure's worth.
pub fn band(figure: &Figure, exponent: i32) -> Option<Band> {
    Band::of(figure.value.worth()?, is_rounded(figure), exponent)
}

/// The finer of the exponents of two figures' worths.
pub fn finest(a: &Figure, b: &Figure) -> Option<i32> {
    Some(a.value.worth()?.exponent.min(b.value.worth()?.exponent))
}

/// A printed rate: its value, how far the truth may lie from it in 10^exponent, and what a whole is (100 for per cent).
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub value: Value,
    pub slack: i128,
    pub bound: Bound,
    pub hundred: i128,
}

/// Whether the rate fits part ÷ whole, both printed and rounded.
pub fn fits(part: Band, whole: Band, rate: Rate) -> Option<bool> {
    if whole.low <= 0 {
        return None;
    }
    let unit = 10i128.checked_pow(u32::try_from((-rate.value.exponent).max(0)).ok()?)?;
    let (slack, tenth) = (rate.slack, rate.value.top / 10);
    let top = if rate.value.exponent > 0 { rate.value.at(0)? } else { rate.value.top };
    let (least, most) = match rate.bound {
        Bound::Exact => (top - slack, top + slack),
        Bound::About => (top - slack - tenth, top + slack + tenth),
        Bound::Above => (top - slack, i128::MAX >> 64),
        Bound::Below => (0, top + slack),
    };
    let low = part.low.checked_mul(rate.hundred)?.checked_mul(unit)?;
    let high = part.high.checked_mul(rate.hundred)?.checked_mul(unit)?;
    Some(low <= most.checked_mul(whole.high)? && high >= least.checked_mul(whole.low)?)
}

/// part ÷ whole in hundredths (or times), rounded to 10^`exponent`.
pub fn quotient(part: Value, whole: Value, hundred: i128, exponent: i32) -> Option<Value> {
    let common = part.exponent.min(whole.exponent);
    let (top, bottom) = (part.at(common)?.checked_mul(hundred)?, whole.at(common)?);
    let unit = 10i128.checked_pow(u32::try_from((-exponent).max(0)).ok()?)?;
    let top = top.checked_mul(unit)?.checked_mul(2)?;
    if bottom <= 0 {
        return None;
    }
    let rounded = (top + if top < 0 { -bottom } else { bottom }) / (2 * bottom);
    Some(Value::new(rounded, exponent.min(0)))
}

/// Whether two values differ as a slip of the pen makes them differ: in one digit, or by two digits that changed places.
pub fn is_slip(a: Value, b: Value) -> bool {
    let Some(difference) = a.minus(b) else { return false };
    let top = difference.plain().top.abs();
    (1..=9).contains(&top) || top % 9 == 0 && (18..=81).contains(&top)
}

/// Whether two values have the same digits, two neighbours of which changed places.
pub fn is_swapped(a: Value, b: Value) -> bool {
    let digits = |value: Value| value.plain().top.abs().to_string().into_bytes();
    let (a, b) = (digits(a), digits(b));
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|at| a[*at] != b[*at]).collect();
    match differing[..] {
        [first, second] => a.len() == b.len() && second == first + 1 && a[first] == b[second] && a[second] == b[first],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(digits: &str) -> Value {
        Value::parse(digits).expect("digits")
    }

    #[test]
    fn percentages_fit_within_the_digits_printed() {
        let band = |digits, exponent| Band::of(value(digits), true, exponent).expect("fits");
        let grown = band("48.62", -2).minus(band("41.05", -2));
        let rate = |digits| Rate { value: value(digits), slack: 1, bound: Bound::Exact, hundred: 100 };
        let fit = |digits| fits(grown, band("41.05", -2), rate(digits));
        assert_eq!(fit("18.4"), Some(true));
        assert_eq!(fit("18"), Some(true));
        assert_eq!(fit("15.3"), Some(false));
        assert_eq!(quotient(value("7.57"), value("41.05"), 100, -1), Some(value("18.4")));
    }

    #[test]
    fn slips_of_the_pen() {
        assert!(is_slip(value("1268"), value("1258")));
        assert!(is_slip(value("8650"), value("8560")));
        assert!(is_swapped(value("8650"), value("8560")));
        assert!(!is_slip(value("1268"), value("1231")));
    }
}
