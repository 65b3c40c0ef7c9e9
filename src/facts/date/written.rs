/*!
Dates as they are written: 2025-06-10, 二〇二五年六月十日, 今年6月, 6月10日, 6月份, 10日.

Every date but the numeric one has 年, 月 or 日 behind its first number; so only there one is looked for, from the number
on. What is taken is the longest that the forms allow at the leftmost place.
*/

use super::Relative;
use super::sign::{Sign, Signs};
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// The parts of a date.
#[derive(Default)]
pub struct Written<'t> {
    pub span: Span,
    pub year: Option<&'t str>,
    pub month: Option<&'t str>,
    pub day: Option<&'t str>,
    pub relative: Option<Relative>,
    /// Of a date in digits and marks, whether both marks are the same.
    pub numeric: Option<bool>,
}

/// The numerals of months and days, and of years.
pub static NUMERALS: CharSet = CharSet::new("一二三四五六七八九十廿");
static YEARS: CharSet = CharSet::new("〇零○一二三四五六七八九");
static RELATIVE: CharSet = CharSet::new("今本去上前明后同当次翌");
/// Marks of a date in digits.
const MARKS: [char; 3] = ['-', '/', '.'];

/// The dates of a text, in order; none overlaps another.
pub fn all<'t>(text: &'t str, signs: &Signs) -> Vec<Written<'t>> {
    let mut finder = Finder { text, at: 0, found: Vec::new() };
    let mut rows = signs.digits.iter().peekable();
    for sign in &signs.signs {
        while let Some(row) = rows.next_if(|row| row.end as usize <= sign.at) {
            finder.try_row(*row);
        }
        finder.try_sign(*sign);
    }
    rows.for_each(|row| finder.try_row(*row));
    finder.found
}

struct Finder<'t> {
    text: &'t str,
    /// Where the date before ends.
    at: usize,
    found: Vec<Written<'t>>,
}

impl Finder<'_> {
    fn try_at(&mut self, start: usize) -> bool {
        if start < self.at {
            return false;
        }
        let Some(date) = date_at(self.text, start) else { return false };
        self.at = date.span.end as usize;
        self.found.push(date);
        true
    }

    /// A date in digits and marks begins with the last four of a row.
    fn try_row(&mut self, row: Span) {
        if row.len() >= 4 && self.text[row.end as usize..].starts_with(MARKS) {
            self.try_at(row.end as usize - 4);
        }
    }

    fn try_sign(&mut self, sign: Sign) {
        let head = sign.head(self.text);
        let bare = head.strip_suffix(' ').unwrap_or(head);
        let digit = bare.ends_with(|c: char| c.is_ascii_digit());
        match sign.sign {
            '年' => {
                let relative = han::before(self.text, sign.at).filter(|c| RELATIVE.contains(*c));
                let length = if digit { 4 } else { 12 };
                let start = match relative {
                    Some(c) => Some(sign.at - c.len_utf8()),
                    None => bare.len().checked_sub(length).filter(|start| self.text.is_char_boundary(*start)),
                };
                if let Some(start) = start {
                    self.try_at(start);
                }
            }
            '月' | '日' if digit => self.try_number(bare, 2, |c| c.is_ascii_digit()),
            '月' => self.try_number(bare, 3, |c| NUMERALS.contains(c)),
            _ => {}
        }
    }

    /// From the furthest character of a number that ends a text to the nearest.
    fn try_number(&mut self, head: &str, most: usize, is_numeral: fn(char) -> bool) {
        let row = head.chars().rev().take(most).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum::<usize>();
        let start = head.len() - row;
        let _ = head[start..].char_indices().any(|(offset, _)| self.try_at(start + offset));
    }
}

/// The date that begins at a byte.
fn date_at(text: &str, start: usize) -> Option<Written<'_>> {
    numeric(text, start)
        .or_else(|| of_year(text, start))
        .or_else(|| of_month(text, start))
        .or_else(|| bare(text, start))
}

fn numeric(text: &str, start: usize) -> Option<Written<'_>> {
    let year_end = digits(text, start, 4).filter(|end| *end == start + 4)?;
    let year = &text[start..year_end];
    let first = text[year_end..].chars().next().filter(|c| MARKS.contains(c) && year.starts_with(['1', '2']))?;
    let month_end = digits(text, year_end + 1, 2)?;
    let second = text[month_end..].chars().next().filter(|c| MARKS.contains(c))?;
    let row = text[month_end + 1..].bytes().take(2).take_while(u8::is_ascii_digit).count();
    let end = month_end + 1 + row;
    (row > 0 && (year.starts_with("19") || year.starts_with("20"))).then(|| Written {
        span: Span::new(start, end),
        year: Some(year),
        month: Some(&text[year_end + 1..month_end]),
        day: Some(&text[month_end + 1..end]),
        relative: None,
        numeric: Some(first == second),
    })
}

/// A year, said or named by its distance, with what follows it.
fn of_year(text: &str, start: usize) -> Option<Written<'_>> {
    let mut date = Written::default();
    let mut end = if let Some(end) = year_end(text, start) {
        date.year = Some(&text[start..end]);
        sign(text, space(text, end), "年")?
    } else {
        let word = text.get(start..start + 6)?;
        date.relative = Some(Relative::named(word)?);
        start + 6
    };
    if let Some((month, month_end)) = month(text, space(text, end)) {
        (date.month, end) = (Some(month), month_end);
        if let Some((day, day_end)) = day(text, space(text, end)) {
            (date.day, end) = (Some(day), day_end);
        }
    }
    date.span = Span::new(start, end);
    Some(date)
}

/// The end of a year of four digits or numerals.
pub fn year_end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    if rest.starts_with(['1', '2']) {
        return digits(text, start, 4).filter(|end| *end == start + 4);
    }
    if !rest.starts_with(['一', '二']) {
        return None;
    }
    let row = rest.chars().take(4).take_while(|c| YEARS.contains(*c));
    let (count, length) = row.fold((0, 0), |(count, length), c| (count + 1, length + c.len_utf8()));
    (count == 4).then_some(start + length)
}

fn of_month(text: &str, start: usize) -> Option<Written<'_>> {
    let month_end = number(text, start)?;
    let (day, end) = day(text, space(text, sign(text, space(text, month_end), "月")?))?;
    Some(Written {
        span: Span::new(start, end),
        month: Some(&text[start..month_end]),
        day: Some(day),
        ..Written::default()
    })
}

/// A month or a day alone, which are dates only in digits.
fn bare(text: &str, start: usize) -> Option<Written<'_>> {
    let end = digits(text, start, 2)?;
    if let Some((month, end)) = month(text, start) {
        return Some(Written { span: Span::new(start, end), month: Some(month), ..Written::default() });
    }
    let day = &text[start..end];
    let end = sign(text, space(text, end), "日")?;
    Some(Written { span: Span::new(start, end), day: Some(day), ..Written::default() })
}

/// 6月 and 六月份: the number, and where all ends.
fn month(text: &str, start: usize) -> Option<(&str, usize)> {
    let number_end = number(text, start)?;
    let end = sign(text, space(text, number_end), "月")?;
    Some((&text[start..number_end], sign(text, end, "份").unwrap_or(end)))
}

/// 10日 and 十号: the number, and where all ends.
fn day(text: &str, start: usize) -> Option<(&str, usize)> {
    let number_end = number(text, start)?;
    let at = space(text, number_end);
    let end = sign(text, at, "日").or_else(|| sign(text, at, "号"))?;
    Some((&text[start..number_end], end))
}

/// The end of a number of two digits or three numerals at most.
fn number(text: &str, start: usize) -> Option<usize> {
    digits(text, start, 2).or_else(|| {
        let row = text[start..].chars().take(4).take_while(|c| NUMERALS.contains(*c));
        let (count, length) = row.fold((0, 0), |(count, length), c| (count + 1, length + c.len_utf8()));
        (1..=3).contains(&count).then_some(start + length)
    })
}

/// The end of a row of digits that has at most so many.
pub fn digits(text: &str, start: usize, most: usize) -> Option<usize> {
    let count = text[start..].bytes().take(most + 1).take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&count).then_some(start + count)
}

fn sign(text: &str, at: usize, sign: &str) -> Option<usize> {
    text[at..].starts_with(sign).then_some(at + sign.len())
}

/// The place after a space, if one stands there.
pub fn space(text: &str, at: usize) -> usize {
    at + usize::from(text.as_bytes().get(at) == Some(&b' '))
}
