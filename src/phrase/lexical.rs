/*!
Slots that the characters alone decide: numbers, dates, one Han character.
*/

use super::Slot;

/// Where such a slot ends that begins at `at`, longest first; `None` for the slots that facts decide.
pub(super) fn ends(slot: Slot, text: &str, at: usize) -> Option<Vec<usize>> {
    let mut lengths = match slot {
        Slot::Number => number(&text[..at], &text[at..]),
        Slot::Date => date(&text[..at], &text[at..]),
        Slot::Han => han(&text[at..]),
        _ => return None,
    };
    lengths.reverse();
    Some(lengths.into_iter().map(|length| at + length).collect())
}

const DIGITS: &str = "〇零一二三四五六七八九";
const UNITS: &str = "十百千万亿";

fn is_chinese(c: char) -> bool {
    DIGITS.contains(c) || UNITS.contains(c) || c == '两'
}

/// The lengths at which a number may end, shortest first. None begins inside another number.
fn number(before: &str, text: &str) -> Vec<usize> {
    let inside = before.chars().next_back().is_some_and(|c| c.is_ascii_digit() || is_chinese(c));
    if inside {
        return Vec::new();
    }
    let arabic = arabic(text);
    if arabic > 0 {
        let tail: usize = run(&text[arabic..], |c| "百千万亿".contains(c));
        let percent = text[arabic + tail..].chars().next().filter(|c| matches!(c, '%' | '％' | '‰'));
        let mut ends = vec![arabic, arabic + tail, arabic + tail + percent.map_or(0, char::len_utf8)];
        ends.dedup();
        return ends;
    }
    let prefix = if text.starts_with("百分之") { "百分之".len() } else { 0 };
    let whole = run(&text[prefix..], is_chinese);
    if whole == 0 {
        return Vec::new();
    }
    let point = text[prefix + whole..].strip_prefix('点').map_or(0, |rest| run(rest, |c| DIGITS.contains(c)));
    let decimal = if point > 0 { '点'.len_utf8() + point } else { 0 };
    vec![prefix + whole + decimal]
}

/// The length of `1,234.5` and its like.
fn arabic(text: &str) -> usize {
    let mut end = run(text, |c| c.is_ascii_digit());
    if end == 0 {
        return 0;
    }
    while text[end..].starts_with([',', '，']) {
        let mark = text[end..].chars().next().map_or(0, char::len_utf8);
        if run(&text[end + mark..], |c| c.is_ascii_digit()) != 3 || text[end..].starts_with('，') {
            break;
        }
        end += mark + 3;
    }
    if let Some(rest) = text[end..].strip_prefix('.') {
        let decimals = run(rest, |c| c.is_ascii_digit());
        end += if decimals > 0 { 1 + decimals } else { 0 };
    }
    end
}

/// The lengths at which a date may end: after 年, 月 and 日.
fn date(before: &str, text: &str) -> Vec<usize> {
    if before.chars().next_back().is_some_and(|c| c.is_ascii_digit() || is_chinese(c)) {
        return Vec::new();
    }
    let mut ends = Vec::new();
    let mut at = 0;
    for unit in ['年', '月', '日'] {
        let digits = run(&text[at..], |c| c.is_ascii_digit() || is_chinese(c));
        let characters = text[at..at + digits].chars().count();
        let fits = (1..=4).contains(&characters) || unit == '年' && characters == 5;
        if fits && text[at + digits..].starts_with(unit) {
            at += digits + unit.len_utf8();
            ends.push(at);
        }
    }
    ends
}

fn han(text: &str) -> Vec<usize> {
    let first = text.chars().next().filter(|c| matches!(*c as u32, 0x3400..=0x9FFF | 0x3007 | 0x20000..=0x323AF));
    first.map(char::len_utf8).into_iter().collect()
}

/// The bytes of the leading characters that fit.
fn run(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|c| !fits(c)).unwrap_or(text.len())
}
