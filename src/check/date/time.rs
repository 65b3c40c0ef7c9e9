/*!
Times of day: hours and minutes that no clock shows, and opening hours that end before they begin.
*/

use std::sync::LazyLock;

use crate::facts::Context;
use crate::finding::Findings;
use crate::text::Span;
use crate::text::pattern::{Captures, Pattern};

/// A number of hours and what follows it.
const CLOCK: &[&str] = &[
    "0:", "0：", "0时", "0点", "1:", "1：", "1时", "1点", "2:", "2：", "2时", "2点", "3:", "3：", "3时", "3点", "4:",
    "4：", "4时", "4点", "5:", "5：", "5时", "5点", "6:", "6：", "6时", "6点", "7:", "7：", "7时", "7点", "8:", "8：",
    "8时", "8点", "9:", "9：", "9时", "9点",
];
static TIME: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::with_cues(
        CLOCK,
        30,
        r"(\d[日号]|[于在]|上午|下午|中午|晚上|凌晨|早上|早晨|傍晚|今晚|当晚|时间：)(\d{1,2})(?:(?:时|点)(?:(\d{1,2})分)?|[:：](\d{2})(?:[^\d:：]|$))",
    )
});
static HOURS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::with_cues(
        CLOCK,
        60,
        r"(上午|下午)?(\d{1,2})(?:[:：](\d{2})|时(?:(\d{1,2})分)?)\s?(?:至|到|—{1,2}|－|–|-{1,2}|~|～)\s?(上午|下午|次日|翌日|第二天|凌晨|晚上?|晚间)?(\d{1,2})(?:[:：](\d{2})|时(?:(\d{1,2})分)?)",
    )
});

/// Hours over 24, minutes over 59, 上午15时.
pub fn check(cx: &Context, findings: &mut Findings) {
    for captures in TIME.all(&cx.manuscript.text) {
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
    for captures in HOURS.all(&cx.manuscript.text) {
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
