/*!
Times of day: hours and minutes that no clock shows, and opening hours that end before they begin.
*/

use std::ops::Range;
use std::sync::LazyLock;

use crate::facts::Context;
use crate::facts::date::sign::ends_in;
use crate::finding::Findings;
use crate::text::Span;
use crate::text::charset::CharSet;
use crate::text::pattern::{Captures, Pattern};

static TIME: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(\d[日号]|[于在]|上午|下午|中午|晚上|凌晨|早上|早晨|傍晚|今晚|当晚|时间：)(\d{1,2})(?:(?:时|点)(?:(\d{1,2})分)?|[:：](\d{2})(?:[^\d:：]|$))",
    )
});
static HOURS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(上午|下午)?(\d{1,2})(?:[:：](\d{2})|时(?:(\d{1,2})分)?)\s?(?:至|到|—{1,2}|－|–|-{1,2}|~|～)\s?(上午|下午|次日|翌日|第二天|凌晨|晚上?|晚间)?(\d{1,2})(?:[:：](\d{2})|时(?:(\d{1,2})分)?)",
    )
});
/// The last characters of what stands before a time of day.
static LEADS: CharSet = CharSet::new("日号于在午上晨晚：");

/// Bytes of a time of day on either side of its hours, and of opening hours.
const REACH: usize = 30;
const HOURS_REACH: usize = 60;

/// The rows of digits that stand where a time of day has its hours.
fn hours(cx: &Context) -> impl Iterator<Item = Range<usize>> {
    let text = cx.manuscript.text.as_str();
    let clock = |row: &&Span| {
        row.len() <= 2
            && text[row.end as usize..].starts_with(['时', '点', ':', '：'])
            && ends_in(&text[..row.start as usize], &LEADS)
    };
    cx.signs().digits.iter().filter(clock).map(|row| row.start as usize..row.end as usize)
}

/// The rows of digits that stand where opening hours begin: from the hours to a joint there is nothing but minutes.
fn openings(cx: &Context) -> impl Iterator<Item = Range<usize>> {
    let text = cx.manuscript.text.as_str();
    let opens = |row: &&Span| {
        let rest = &text[row.end as usize..];
        let Some(minutes) = rest.strip_prefix([':', '：', '时']) else { return false };
        let rest = minutes.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('分').trim_start();
        rest.starts_with(['至', '到', '—', '－', '–', '-', '~', '～'])
    };
    cx.signs().digits.iter().filter(opens).map(|row| row.start as usize..row.end as usize)
}

/// Hours over 24, minutes over 59, 上午15时.
pub fn check(cx: &Context, findings: &mut Findings) {
    for captures in TIME.near(&cx.manuscript.text, hours(cx), REACH) {
        let Some(right) = no_clock(&captures) else { continue };
        let word = captures
            .get(0)
            .is_some_and(|whole| cx.manuscript.text[whole.end()..].starts_with(['装', '尚', '代', '钟']));
        if word {
            continue;
        }
        let (Some(head), Some(whole)) = (captures.get(1), captures.get(0)) else { continue };
        let start = if head.as_str().starts_with(|c: char| c.is_ascii_digit()) { head.end() } else { head.start() };
        let end = whole.end()
            - whole
                .as_str()
                .chars()
                .next_back()
                .filter(|c| !c.is_ascii_digit() && !"时点分".contains(*c))
                .map_or(0, char::len_utf8);
        let span = Span::new(start, end);
        findings.at(span).slot("wrong", cx.at(span)).slot("right", right).push();
    }
}

fn no_clock(captures: &Captures) -> Option<&'static str> {
    let number = |index| captures.get(index).and_then(|part| part.as_str().parse::<u32>().ok());
    let hour = number(2)?;
    let bare = matches!(&captures[1], "于" | "在");
    if bare && (captures.get(4).is_some() || captures.get(0)?.as_str().ends_with(['点', '分'])) {
        return None;
    }
    if hour > 24 || hour == 24 && number(3).or(number(4)).is_some_and(|minute| minute > 0) {
        return Some("一天只有24小时");
    }
    if number(3).or(number(4)).is_some_and(|minute| minute > 59) {
        return Some("一小时只有60分");
    }
    let early = matches!(&captures[1], "上午" | "凌晨" | "早上" | "早晨");
    (early && hour > 12 && hour < 24).then_some("这一时刻不在上午")
}

/// 17:30—14:00 inside one day.
pub fn check_hours(cx: &Context, findings: &mut Findings) {
    for captures in HOURS.near(&cx.manuscript.text, openings(cx), HOURS_REACH) {
        let (Some(from), Some(to), Some(whole)) = (clock(&captures, 2), clock(&captures, 6), captures.get(0)) else {
            continue;
        };
        let half = captures.get(1).is_some();
        let worded = captures.get(5).is_some() || half && (from < 6 * 60 || to < 6 * 60);
        let same_half = from >= 12 * 60 && to >= 12 * 60 || from < 12 * 60 && to < 12 * 60 && from >= 6 * 60;
        let inverted = same_half && from > to && to >= 6 * 60 && from < 24 * 60 || to > 24 * 60;
        let before = cx.manuscript.text[..whole.start()].chars().next_back();
        let apart = before.is_none_or(|c| !c.is_ascii_digit() && c != ':');
        if apart && !worded && inverted && from <= 24 * 60 {
            let span = Span::new(whole.start(), whole.end());
            findings.at(span).slot("wrong", cx.at(span)).push();
        }
    }
}

/// Minutes since midnight.
fn clock(captures: &Captures, index: usize) -> Option<u32> {
    let number =
        |index| captures.get(index).and_then(|part: crate::text::pattern::Match| part.as_str().parse::<u32>().ok());
    let (hour, minute) = (number(index)?, number(index + 1).or(number(index + 2)).unwrap_or(0));
    (hour <= 39 && minute < 60 && minute % 5 == 0).then_some(hour * 60 + minute)
}
