/*!
Numerals: 1,268 and 48.62亿, 3万5千, 一百二十, 二〇二五, 三五, 几百, 数十, 10余万.

A numeral is digits with what multiplies them. What it counts, and whether it counts anything, is decided elsewhere.
*/

use super::value::{LONGEST, Value};
use crate::text::charset::CharSet;
use crate::text::han;

/// A numeral at a place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Where it ends, in bytes of the text.
    pub end: usize,
    pub value: Value,
    /// 几, 数, 多, 余 or two neighbouring digits stand in it: it is not meant exactly.
    pub vague: bool,
    pub form: Form,
}

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Digits with a point, groups or a multiplier.
    Arabic,
    /// Nothing but Arabic digits, so many.
    Digits(usize),
    /// 一百二十.
    Han,
    /// 二〇二五, so many.
    HanDigits(usize),
}

/// The numeral that begins at a byte.
pub fn numeral(text: &str, at: usize) -> Option<Numeral> {
    match han::after(text, at)? {
        c if c.is_ascii_digit() => arabic(text, at),
        _ => chinese(text, at),
    }
}

fn arabic(text: &str, at: usize) -> Option<Numeral> {
    let mut end = digits(text, at);
    let plain = end - at;
    let mut value = Value::parse(&text[at..end])?;
    if plain < 4 {
        end = groups(text, end);
    }
    if text[end..].starts_with('.') && digits(text, end + 1) > end + 1 {
        end = digits(text, end + 1);
    }
    let whole = end - at == plain;
    if !whole {
        value = Value::parse(&text[at..end].replace(',', ""))?;
    }
    let first = Numeral { end, value, vague: false, form: if whole { Form::Digits(plain) } else { Form::Arabic } };
    Some(multiplied(text, first))
}

fn digits(text: &str, at: usize) -> usize {
    at + text[at..].bytes().take(LONGEST * 3).take_while(u8::is_ascii_digit).count()
}

/// After the groups of three that follow: `,268`.
fn groups(text: &str, mut end: usize) -> usize {
    while text[end..].starts_with(',') && digits(text, end + 1) == end + 4 {
        end += 4;
    }
    end
}

/// Takes in 万, 亿 and what follows them: 3万5千, 10余万.
fn multiplied(text: &str, first: Numeral) -> Numeral {
    let mut all = first;
    let mut part = first;
    let mut sum = Value::default();
    loop {
        let (end, exponent, vague) = multipliers(text, part.end);
        if exponent == 0 {
            return all;
        }
        let scaled = Value::new(part.value.top, part.value.exponent + exponent);
        let Some(next) = (if sum.is_zero() { Some(scaled) } else { sum.plus(scaled) }) else { return all };
        sum = next;
        all = Numeral { end, value: sum, vague: all.vague || vague, form: Form::Arabic };
        let from = digits(text, end);
        if from == end {
            return all;
        }
        let Some(value) = Value::parse(&text[end..from]) else { return all };
        let lower = multipliers(text, from).1;
        if lower >= exponent || lower == 0 && value.top < 1000 {
            return all;
        }
        if lower == 0 {
            let value = sum.plus(value).unwrap_or(sum);
            return Numeral { end: from, value, ..all };
        }
        part = Numeral { end: from, value, ..part };
    }
}

/// What multiplies at a byte: where it ends, its power of ten, and whether 多 or 余 stands in it.
fn multipliers(text: &str, at: usize) -> (usize, i32, bool) {
    let mut end = at;
    let (mut exponent, mut vague) = (0, false);
    while let Some(c) = han::after(text, end) {
        let power = match c {
            _ if exponent == 0 && "多余几来".contains(c) && text[end + c.len_utf8()..].starts_with(['万', '亿']) =>
            {
                vague = true;
                0
            }
            '百' | '千' | '万' | '亿' if !is_unit(&text[end..]) => power(c),
            _ => break,
        };
        (end, exponent) = (end + c.len_utf8(), exponent + power);
    }
    if exponent == 0 { (at, 0, false) } else { (end, exponent, vague) }
}

/// 千克 and 百分点 are units, not 千 and 百 of something.
fn is_unit(rest: &str) -> bool {
    const UNITS: &[&str] = &[
        "千克",
        "千米",
        "千瓦",
        "千卡",
        "千帕",
        "千伏",
        "千焦",
        "千赫",
        "千字节",
        "百帕",
        "百分",
        "百货",
        "百姓",
        "万能",
        "千里",
        "百里",
        "万里",
    ];
    UNITS.iter().any(|unit| rest.starts_with(unit))
}

fn power(c: char) -> i32 {
    match c {
        '十' => 1,
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '亿' => 8,
        _ => 0,
    }
}

/// The digit that a character is.
pub fn digit(c: char) -> Option<i128> {
    match c {
        '〇' | '零' => Some(0),
        '两' => Some(2),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

/// What a Chinese numeral consists of.
static PARTS: CharSet = CharSet::new("〇零一二两三四五六七八九十百千万亿几数");

/// The longest row of characters read as one numeral.
const ROW: usize = 16;

fn chinese(text: &str, at: usize) -> Option<Numeral> {
    let mut characters = ['\0'; ROW];
    let parts = text[at..].chars().take_while(|c| PARTS.contains(*c));
    let count = characters.iter_mut().zip(parts).map(|(slot, c)| *slot = c).count();
    let row = &characters[..count];
    let first = *row.first()?;
    if matches!(first, '百' | '千' | '万' | '亿') && row.len() == 1 || first == '亿' {
        return None;
    }
    let row = without_unit(text, at, row);
    let end = at + row.iter().map(|c| c.len_utf8()).sum::<usize>();
    let positional = row.len() > 1 && row.iter().all(|c| digit(*c).is_some() && *c != '两');
    if positional && (row.len() > 2 || row.contains(&'〇')) {
        return positional_value(row).map(|value| Numeral {
            end,
            value,
            vague: false,
            form: Form::HanDigits(row.len()),
        });
    }
    let (value, vague) = sum(row)?;
    let numeral = Numeral { end, value, vague, form: Form::Han };
    Some(point(text, numeral).unwrap_or(numeral))
}

/// Leaves 千 of 千克 and 两 of 三两 to the unit.
fn without_unit<'r>(text: &str, at: usize, row: &'r [char]) -> &'r [char] {
    let mut end = at;
    for (index, c) in row.iter().enumerate() {
        if index > 0 && power(*c) > 1 && is_unit(&text[end..]) {
            return &row[..index];
        }
        end += c.len_utf8();
    }
    row
}

fn positional_value(row: &[char]) -> Option<Value> {
    let digits = row.iter().map(|c| digit(*c));
    let top = digits.take(LONGEST).try_fold(0i128, |sum, digit| Some(sum * 10 + digit?))?;
    Some(Value::new(top, 0))
}

/// 三点五: digits after 点, where nothing of a time can be meant.
fn point(text: &str, whole: Numeral) -> Option<Numeral> {
    let rest = text[whole.end..].strip_prefix('点')?;
    digit(rest.chars().next()?)?;
    let row: Vec<char> = rest.chars().take(6).take_while(|c| digit(*c).is_some()).collect();
    let end = text.len() - rest.len() + row.iter().map(|c| c.len_utf8()).sum::<usize>();
    let part = positional_value(&row)?;
    let next = han::after(text, end)?;
    if matches!(next, '十' | '分' | '刻' | '半' | '整') {
        return None;
    }
    let part = Value::new(part.top, -(row.len() as i32));
    let value = whole.value.plus(part)?;
    Some(multiplied(text, Numeral { end, value, vague: false, form: Form::Han }))
}

/// The worth of 三千五百, 十几, 三五, 几百万; whether it is vague.
fn sum(row: &[char]) -> Option<(Value, bool)> {
    let (mut total, mut section, mut pending) = (0i128, 0i128, None::<i128>);
    let (mut vague, mut fine) = (false, 1i128);
    for &c in row {
        if let Some(next) = digit(c) {
            vague |= pending.is_some_and(|last| last > 0);
            pending = Some(next);
            fine = 1;
        } else if matches!(c, '几' | '数') {
            vague = true;
            pending = Some(1);
        } else {
            let power = 10i128.pow(power(c).unsigned_abs());
            fine = if power >= 10_000 { fine * power } else { power };
            if power >= 10_000 {
                section += pending.take().unwrap_or(i128::from(section == 0));
                total = (total + section).checked_mul(power).filter(|sum| *sum < 10i128.pow(17))?;
                section = 0;
            } else {
                section += pending.take().unwrap_or(1) * power;
            }
        }
    }
    total += section + pending.unwrap_or(0);
    let mut value = Value::new(total, 0);
    while fine >= 10 && value.top % 10 == 0 && value.top != 0 {
        value = Value::new(value.top / 10, value.exponent + 1);
        fine /= 10;
    }
    Some((value, vague))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, read: &str, top: i128, exponent: i32, vague: bool) {
        let numeral = numeral(text, 0).expect(text);
        let found = (&text[..numeral.end], numeral.value, numeral.vague);
        assert_eq!(found, (read, Value::new(top, exponent), vague), "{text}");
    }

    #[test]
    fn numerals_are_read() {
        check("1,268件", "1,268", 1268, 0, false);
        check("48.62亿元", "48.62亿", 4862, 6, false);
        check("3万5千人", "3万5千", 35, 3, false);
        check("1.2万亿元", "1.2万亿", 12, 11, false);
        check("10余万人", "10余万", 10, 4, true);
        check("5千克", "5", 5, 0, false);
        check("2.3个百分点", "2.3", 23, -1, false);
        check("一百二十六件", "一百二十六", 126, 0, false);
        check("三万五千人", "三万五千", 35, 3, false);
        check("十二个", "十二", 12, 0, false);
        check("二〇二五年", "二〇二五", 2025, 0, false);
        check("三五个", "三五", 5, 0, true);
        check("几百人", "几百", 1, 2, true);
        check("十几个", "十几", 11, 0, true);
        check("三点五倍", "三点五", 35, -1, false);
        check("两千零八元", "两千零八", 2008, 0, false);
    }
}
