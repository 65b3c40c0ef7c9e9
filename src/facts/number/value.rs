/*!
Exact decimals: what a numeral is worth and how finely it was printed.

No floating point anywhere: 48.62亿 is 4862 × 10⁶, and the last digit printed stands for 10⁶. Comparing two values
therefore knows how far rounding may have moved each. Nothing here overflows: what does not fit is no value.
*/

use std::cmp::Ordering;

/// `top` × 10^`exponent`; the last digit printed stands for 10^`exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Value {
    pub top: i128,
    pub exponent: i32,
}

/// Digits beyond which a row of digits is a code and no quantity.
pub const LONGEST: usize = 18;
/// The furthest that two exponents may lie apart in one comparison.
const APART: i32 = 16;

impl Value {
    pub const fn new(top: i128, exponent: i32) -> Self {
        Value { top, exponent }
    }

    /// Reads digits with at most one point in them.
    pub fn parse(digits: &str) -> Option<Value> {
        let (mut top, mut count, mut places, mut behind) = (0i64, 0, 0, false);
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' if count == LONGEST => return None,
                b'0'..=b'9' => {
                    top = top * 10 + i64::from(byte - b'0');
                    count += 1;
                    places += i32::from(behind);
                }
                b'.' => behind = true,
                _ => {}
            }
        }
        (count > 0).then(|| Value::new(top.into(), -places))
    }

    /// The same worth with a finer (or the same) last digit, if it fits.
    pub fn at(self, exponent: i32) -> Option<i128> {
        let shift = self.exponent - exponent;
        (0..=APART).contains(&shift).then(|| self.top.checked_mul(power(shift))).flatten()
    }

    /// The sum, as fine as the finer of the two.
    pub fn plus(self, other: Value) -> Option<Value> {
        let exponent = self.exponent.min(other.exponent);
        Some(Value::new(self.at(exponent)?.checked_add(other.at(exponent)?)?, exponent))
    }

    pub fn minus(self, other: Value) -> Option<Value> {
        self.plus(other.negative())
    }

    /// The product; its last digit is this value's own, so that a unit's factor does not blur what was printed.
    pub fn times(self, other: Value) -> Option<Value> {
        let other = other.plain();
        Some(Value::new(self.top.checked_mul(other.top)?, self.exponent + other.exponent))
    }

    pub fn negative(self) -> Value {
        Value::new(-self.top, self.exponent)
    }

    pub fn abs(self) -> Value {
        Value::new(self.top.abs(), self.exponent)
    }

    /// The worth that one step of the last digit has.
    pub fn step(self) -> Value {
        Value::new(1, self.exponent)
    }

    pub fn is_zero(self) -> bool {
        self.top == 0
    }

    /// The order by worth; none where the two lie too far apart to be written with one exponent.
    pub fn order(self, other: Value) -> Option<Ordering> {
        let (a, b) = (self.plain(), other.plain());
        let exponent = a.exponent.min(b.exponent);
        Some(a.at(exponent)?.cmp(&b.at(exponent)?))
    }

    pub fn equals(self, other: Value) -> bool {
        self.order(other) == Some(Ordering::Equal)
    }

    pub fn exceeds(self, other: Value) -> bool {
        self.order(other) == Some(Ordering::Greater)
    }

    /// Without zeros at the end.
    pub fn plain(self) -> Value {
        if let Ok(mut top) = i64::try_from(self.top) {
            let mut exponent = self.exponent;
            while top != 0 && top % 10 == 0 {
                (top, exponent) = (top / 10, exponent + 1);
            }
            return if top == 0 { Value::new(0, 0) } else { Value::new(top.into(), exponent) };
        }
        let mut plain = self;
        while plain.top != 0 && plain.top % 10 == 0 {
            plain = Value::new(plain.top / 10, plain.exponent + 1);
        }
        if plain.top == 0 { Value::new(0, 0) } else { plain }
    }

    /// The worth as a whole number, if it is one.
    pub fn whole(self) -> Option<i128> {
        self.plain().at(0)
    }

    /// Written with 万 or 亿 as `like` was: 47.62亿.
    pub fn shown(self, scale: &str) -> String {
        let shift = match scale {
            "万亿" => 12,
            "亿" => 8,
            "万" => 4,
            "千" => 3,
            _ => 0,
        };
        format!("{}{}", Value::new(self.top, self.exponent - shift).digits(), scale)
    }

    fn digits(self) -> String {
        let exponent = self.exponent.max(-30);
        if exponent >= 0 {
            return self.at(0).map_or_else(|| format!("{}e{exponent}", self.top), |whole| whole.to_string());
        }
        let places = exponent.unsigned_abs() as usize;
        let sign = if self.top < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.top.unsigned_abs(), width = places + 1);
        let (whole, part) = digits.split_at(digits.len() - places);
        format!("{sign}{whole}.{part}")
    }
}

fn power(exponent: i32) -> i128 {
    10i128.pow(exponent.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_exact_and_know_their_last_digit() {
        let value = |digits| Value::parse(digits).expect("digits");
        let sum = value("21.4").plus(value("15.8")).and_then(|sum| sum.plus(value("11.42"))).expect("fits");
        assert_eq!(sum, Value::new(4862, -2));
        assert!(value("1.50").equals(value("1.5")));
        assert!(value("0.1").exceeds(value("0.09")));
        assert_eq!(Value::new(4862, 6).shown("亿"), "48.62亿");
        assert_eq!(Value::new(-5, -2).shown(""), "-0.05");
        assert_eq!(Value::new(12, 3).shown(""), "12000");
        assert_eq!(Value::parse("1234567890123456789"), None);
    }
}
