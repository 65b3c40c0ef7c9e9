/*!
Days of the lunisolar calendar as they are written: 2025年农历乙巳年闰六月初一, 正月十五, 大年三十.

Each has 月 before its day, or 大年. What may stand before the month (year, 农历, stem and branch, 闰) is taken in.
*/

use super::sign::{Sign, Signs};
use super::written::{NUMERALS, digits, space, year_end};
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// The parts of a day as it is written.
pub struct Almanac<'t> {
    pub span: Span,
    pub year: Option<&'t str>,
    /// 农历 or its like stands before it.
    pub marked: bool,
    pub leap: bool,
    /// None of 大年.
    pub month: Option<&'t str>,
    pub day: &'t str,
    /// 日 or 号 stands after it.
    pub ended: bool,
}

const MARKS: [&str; 4] = ["农历", "阴历", "旧历", "夏历"];
pub static STEMS: CharSet = CharSet::new("甲乙丙丁戊己庚辛壬癸");
pub static BRANCHES: CharSet = CharSet::new("子丑寅卯辰巳午未申酉戌亥");
pub static ANIMALS: CharSet = CharSet::new("鼠牛虎兔龙蛇马羊猴鸡狗猪");
const MONTHS: [char; 3] = ['正', '腊', '冬'];
static TENS: CharSet = CharSet::new("一二三四五六七八九十");
static ONES: CharSet = CharSet::new("一二三四五六七八九");

/// The days of a text, in order; none overlaps another.
pub fn all<'t>(text: &'t str, signs: &Signs) -> Vec<Almanac<'t>> {
    let mut found: Vec<Almanac> = Vec::new();
    let mut at = 0;
    for sign in signs.of(&['年', '月']).filter(|sign| day_end(text, sign.end()).is_some()) {
        let day = starts(text, sign).filter(|start| *start >= at).find_map(|start| day_at(text, start));
        if let Some(day) = day {
            at = day.span.end as usize;
            found.push(day);
        }
    }
    found
}

/// Where a day with this 月 or 年 may begin, from left to right.
fn starts(text: &str, sign: Sign) -> impl Iterator<Item = usize> + '_ {
    let head = sign.head(text);
    let row = match sign.sign {
        '年' if head.ends_with('大') => '大'.len_utf8(),
        '年' => 0,
        _ if head.ends_with(MONTHS) => 3,
        _ if head.ends_with(|c: char| c.is_ascii_digit()) => numerals(head, 2, |c| c.is_ascii_digit()),
        _ => numerals(head, 3, |c| NUMERALS.contains(c)),
    };
    let first = sign.at - row;
    let before = if row == 0 { [first; 4] } else { before(text, first) };
    let ahead = before.into_iter().filter(move |start| *start < first);
    ahead.chain(text[first..sign.at].char_indices().map(move |(offset, _)| first + offset))
}

fn numerals(head: &str, most: usize, is_numeral: fn(char) -> bool) -> usize {
    head.chars().rev().take(most).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum()
}

/// Where a day may begin before its month: at the year, the mark, stem and branch, 闰.
fn before(text: &str, month: usize) -> [usize; 4] {
    let leap = text[..month].strip_suffix('闰').map_or(month, str::len);
    let cycle = cycle_before(&text[..leap]).unwrap_or(leap);
    let head = &text[..cycle];
    let mark = MARKS.iter().find_map(|mark| head.strip_suffix(mark)).map_or(cycle, str::len);
    let year = text[..mark].strip_suffix('年').and_then(|head| {
        let head = head.strip_suffix(' ').unwrap_or(head);
        let length = if head.ends_with(|c: char| c.is_ascii_digit()) { 4 } else { 12 };
        head.len().checked_sub(length).filter(|start| text.is_char_boundary(*start))
    });
    [year.unwrap_or(mark), mark, cycle, leap]
}

/// Where the year by stem and branch that ends a text begins.
fn cycle_before(head: &str) -> Option<usize> {
    let head = head.strip_suffix('年')?;
    let branch = head.strip_suffix(|c| ANIMALS.contains(c)).unwrap_or(head);
    let stem = branch.strip_suffix(|c| BRANCHES.contains(c))?;
    stem.strip_suffix(|c| STEMS.contains(c)).map(str::len)
}

/// The day that begins at a byte.
fn day_at(text: &str, start: usize) -> Option<Almanac<'_>> {
    let mut at = start;
    let year = year_end(text, at).filter(|end| text[space(text, *end)..].starts_with('年'));
    if let Some(end) = year {
        at = space(text, end) + '年'.len_utf8();
    }
    let marked = MARKS.iter().any(|mark| text[at..].starts_with(mark));
    at += if marked { MARKS[0].len() } else { 0 };
    at += cycle_length(&text[at..]);
    let leap = text[at..].starts_with('闰');
    at += if leap { '闰'.len_utf8() } else { 0 };
    let month_end = month_end(text, at)?;
    let from = if text[at..].starts_with("大年") { at + "大年".len() } else { month_end + '月'.len_utf8() };
    let end = day_end(text, from)?;
    let ended = text[end..].starts_with(['日', '号']);
    Some(Almanac {
        span: Span::new(start, end + if ended { '日'.len_utf8() } else { 0 }),
        year: year.map(|end| &text[start..end]),
        marked,
        leap,
        month: (!text[at..].starts_with("大年")).then(|| &text[at..month_end]),
        day: &text[from..end],
        ended,
    })
}

/// The length of 乙巳年 or 乙巳蛇年 at the beginning of a text.
fn cycle_length(text: &str) -> usize {
    let year = text.strip_prefix(|c| STEMS.contains(c)).and_then(|rest| rest.strip_prefix(|c| BRANCHES.contains(c)));
    let rest = year.map(|rest| rest.strip_prefix(|c| ANIMALS.contains(c)).unwrap_or(rest));
    rest.and_then(|rest| rest.strip_prefix('年')).map_or(0, |rest| text.len() - rest.len())
}

/// The end of a month's number before 月; of 大年 its own place.
fn month_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if rest.starts_with("大年") {
        return Some(at);
    }
    let row = rest.chars().take(4).take_while(|c| NUMERALS.contains(*c)).map(char::len_utf8).sum::<usize>();
    let end = match han::after(text, at)? {
        c if MONTHS.contains(&c) => at + c.len_utf8(),
        c if c.is_ascii_digit() => digits(text, at, 2)?,
        _ if (1..=9).contains(&row) => at + row,
        _ => return None,
    };
    text[end..].starts_with('月').then_some(end)
}

/// The end of the day that begins at a byte: 初一, 廿三, 15, 十五.
fn day_end(text: &str, at: usize) -> Option<usize> {
    let mut rest = text[at..].chars();
    let first = rest.next()?;
    let second = rest.next();
    match first {
        '初' => second.filter(|c| TENS.contains(*c)).map(|_| at + 6),
        '廿' if second.is_some_and(|c| ONES.contains(c)) => Some(at + 6),
        _ if first.is_ascii_digit() => Some(at + 1 + usize::from(second.is_some_and(|c| c.is_ascii_digit()))),
        _ => {
            let row = text[at..].chars().take(3).take_while(|c| NUMERALS.contains(*c));
            Some(at + row.map(char::len_utf8).sum::<usize>()).filter(|end| *end > at)
        }
    }
}
