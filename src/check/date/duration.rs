/*!
A length of time against the dates between which it lies: 3月12日入院、3月25日出院，共住院7天.
*/

use std::sync::LazyLock;

use crate::text::pattern::{Captures, Pattern};
use jiff::civil::Date as Day;

use super::between;
use crate::facts::date::sign::{Sign, ends_in, row_before};
use crate::facts::date::{Date, calendar, numeral};
use crate::facts::{Context, Mention};
use crate::finding::Findings;
use crate::text::Span;
use crate::text::charset::CharSet;

static LENGTH: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(为期|历时|历经|会期|展期|工期|赛期|行程|住院|公示期?|有效期|任期|聘期|服务期|租期|期限|假期|放假|连休|共计|共|住了|住|持续|时长|长达)(?:时间)?(?:为|了|共)?(半|[\d一二两三四五六七八九十百]{1,4})\s?(个半月|个月|个周|个星期|天|日|晚|夜|周|年)(半|多|余|零)?",
    )
});
/// The last characters of what stands before the number.
static LEADS: CharSet = CharSet::new("期时经程院示限假休共计住了续长达间为");
static NUMERALS: CharSet = CharSet::new("0123456789一二两三四五六七八九十百");
/// Bytes of a length of time before its unit.
const REACH: usize = 60;
/// What begins and what ends, by pairs.
const ACTS: &[(&str, &str)] = &[
    ("入院", "出院"),
    ("住院", "出院"),
    ("住进", "出院"),
    ("收治", "出院"),
    ("开幕", "闭幕"),
    ("开工", "竣工"),
    ("开工", "完工"),
    ("动工", "竣工"),
    ("开工", "通车"),
    ("开工", "建成"),
    ("启动", "结束"),
    ("开始", "结束"),
    ("出发", "返回"),
    ("出发", "抵达"),
    ("立案", "结案"),
    ("受理", "办结"),
    ("进场", "撤场"),
    ("入住", "退房"),
];

/// What parts a length from the dates before it.
const APART: &[&str] = &["其中", "扣除", "除去", "每", "分别", "平均", "工作日", "另"];

/// Whether a length of so many units fits between two days.
struct Length {
    number: i32,
    unit: Unit,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Night,
    Week,
    Month,
    Year,
}

pub fn check(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    let units = cx.signs().of(&['天', '日', '晚', '夜', '周', '年', '月', '期']);
    let units = units.filter(|unit| is_told(text, *unit) && is_dated(cx, *unit));
    for captures in LENGTH.near(text, units.map(|unit| unit.at..unit.end()), REACH) {
        let Some((span, length)) = read(text, &captures) else { continue };
        let Some((from, to)) = ends(cx, span) else { continue };
        let Some((first, last)) = days(&from.value, &to.value) else { continue };
        if length.fits(first, last) || to.value.day.is_none() && !matches!(length.unit, Unit::Month | Unit::Year) {
            continue;
        }
        findings
            .at(span)
            .slot("wrong", cx.at(span))
            .slot("date", cx.at(from.span))
            .slot("other", cx.at(to.span))
            .slot("right", length.right(first, last))
            .note(from.span.hull(to.span))
            .push();
    }
}

/// Whether the block has two dates between which a length of time may lie.
fn is_dated(cx: &Context, unit: Sign) -> bool {
    cx.manuscript.block_at(unit.at as u32).is_some_and(|block| cx.dates().inside(block.span).len() > 1)
}

/// Whether a number stands before a unit, and before the number what a length of time is told with.
fn is_told(text: &str, unit: Sign) -> bool {
    let head = unit.head(text);
    let head = match unit.sign {
        '月' => head.strip_suffix('半').filter(|head| head.ends_with('个')).unwrap_or(head).strip_suffix('个'),
        '期' => head.strip_suffix("个星"),
        '周' => head.strip_suffix('个').or(Some(head)),
        _ => Some(head),
    };
    let Some(head) = head else { return false };
    let head = head.strip_suffix(|c: char| c.is_whitespace()).unwrap_or(head);
    let number = if head.ends_with('半') { head.len() - '半'.len_utf8() } else { row_before(head, &NUMERALS, 4) };
    number < head.len() && ends_in(&head[..number], &LEADS)
}

fn read(text: &str, captures: &Captures) -> Option<(Span, Length)> {
    let whole = captures.get(0)?;
    let open = captures.get(4).is_some();
    let ended = text.len() == whole.end()
        || text[whole.end()..].starts_with(['，', '。', '；', '）', ')', '（', '(', ',', '\n', '的', '、', '！', '院']);
    let (number, unit) = (captures.get(2)?.as_str(), captures.get(3)?.as_str());
    if number == "半" {
        let length = Length { number: 6, unit: Unit::Month };
        return (ended && !open && unit == "年").then(|| (Span::new(whole.start(), whole.end()), length));
    }
    let number = numeral::value(number)? as i32;
    let unit = match unit {
        "天" | "日" => Unit::Day,
        "晚" | "夜" => Unit::Night,
        "周" | "个周" | "个星期" => Unit::Week,
        "个月" => Unit::Month,
        "年" => Unit::Year,
        _ => return None,
    };
    (ended && !open && number > 0).then(|| (Span::new(whole.start(), whole.end()), Length { number, unit }))
}

/// The two dates of the sentence: its only interval, or its only dates with what begins and ends.
fn ends<'c>(cx: &'c Context, length: Span) -> Option<(&'c Mention<Date>, &'c Mention<Date>)> {
    let sentence = cx.near(length);
    let dates = cx.dates();
    let head = Span { start: sentence.start, end: length.start };
    let tail = Span { start: length.end, end: sentence.end.max(length.end) };
    let ([from, to], rest) = match (dates.inside(head), dates.inside(tail)) {
        ([from, to], _) => ([from, to], between(cx, to.span, length)),
        ([], [from, to]) => ([from, to], leading(cx, length, from)?),
        _ => return None,
    };
    if APART.iter().any(|word| rest.contains(word)) || rest.chars().count() > 40 {
        return None;
    }
    let joined = dates.interval_at(from.span).is_some_and(|interval| interval.span.start == from.span.start);
    let gap = between(cx, from.span, to.span);
    let acted = ACTS.iter().any(|(first, last)| tells(gap, first) && tells(rest, last));
    (joined || acted).then_some((from, to))
}

/// Whether a clause begins with a word, or with at most four characters and the word: 康复出院.
fn tells(clause: &str, word: &str) -> bool {
    let clause = clause.split(['，', '。', '、', '；', ' ']).next().unwrap_or_default();
    clause.find(word).is_some_and(|at| clause[..at].chars().count() <= 4)
}

/// What stands between a length and the dates that follow it, if it is only a bracket or the rest of a clause.
fn leading<'c>(cx: &'c Context, length: Span, from: &Mention<Date>) -> Option<&'c str> {
    let gap = between(cx, length, from.span);
    let short = matches!(gap, "（" | "(" | "，自" | "，从" | "（自" | "（从");
    let noun = gap.starts_with('的') && gap.chars().count() <= 12 && gap.ends_with(['于', '将', '（']);
    (short || noun).then_some(gap)
}

/// Both as days of a calendar; whether the year has a 29 February is left open where the year is.
fn days(from: &Date, to: &Date) -> Option<(Day, Day)> {
    let first = from.year.unwrap_or(2025);
    let last = if from.sure() == to.sure() { to.year.unwrap_or(first) } else { first };
    let start = calendar::day(first, from.month.unwrap_or(1), from.day.unwrap_or(1))?;
    let end = calendar::day(last, to.month.unwrap_or(1), to.day.unwrap_or(1))?;
    let whole = from.day.is_some() == to.day.is_some() && from.month.is_some() == to.month.is_some();
    (whole && start < end).then_some((start, end))
}

impl Length {
    fn fits(&self, from: Day, to: Day) -> bool {
        let days = calendar::days_between(from, to);
        let months = months(from, to);
        match self.unit {
            Unit::Day => (days..=days + 1).contains(&self.number),
            Unit::Night => (days - 1..=days + 1).contains(&self.number),
            Unit::Week => (days - 4..=days + 4).contains(&(self.number * 7)),
            Unit::Month => (months - 1..=months + 1).contains(&self.number),
            Unit::Year if from.month() == 1 && to.month() == 1 => {
                (months - 12..=months + 12).contains(&(self.number * 12))
            }
            Unit::Year => (months - 11..=months + 11).contains(&(self.number * 12)),
        }
    }

    fn right(&self, from: Day, to: Day) -> String {
        let days = calendar::days_between(from, to);
        match self.unit {
            Unit::Day => format!("{days}天（首尾都算{}天）", days + 1),
            Unit::Night => format!("{days}晚"),
            Unit::Week => format!("{days}天"),
            Unit::Month | Unit::Year => format!("{}个月", months(from, to)),
        }
    }
}

fn months(from: Day, to: Day) -> i32 {
    let number = |day: Day| i32::from(day.year()) * 12 + i32::from(day.month());
    number(to) - number(from)
}
