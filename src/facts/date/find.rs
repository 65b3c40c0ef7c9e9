/*!
Where dates stand: full and partial ones, relative years, lunisolar days, weekdays and reigns, as they are written.

A bare day (15日) is one only where it goes on from another date or its month is said (每月15日): elsewhere it may be a
length of time.
*/

use std::sync::LazyLock;

use super::almanac::{self, Almanac};
use super::joint::{self, JOINT};
use super::lunar::Lunar;
use super::numeral::value;
use super::sign::{Sign, Signs};
use super::written::{self, Written, digits, space};
use super::{Date, Known, Unit};
use crate::facts::Mention;
use crate::text::charset::CharSet;
use crate::text::pattern::{Captures, Pattern};
use crate::text::{Span, han};

/// The dates of a text, in order, as written.
pub fn dates(text: &str, signs: &Signs) -> Vec<Mention<Date>> {
    let mut found: Vec<Mention<Date>> = Vec::new();
    for written in written::all(text, signs) {
        let Some(mut mention) = read(&written, text) else { continue };
        widen(&mut mention, text);
        if mention.value.known == Known::Written {
            found.extend(open_year(text, mention.span.start as usize));
        }
        if mention.value.written == Unit::Day {
            found.extend(open_day(text, mention.span.start as usize, found.last()));
            if !is_day(text, mention.span, found.last()) {
                continue;
            }
        }
        found.push(mention);
    }
    if signs.digits.iter().any(|row| is_dotted(text, *row)) {
        found.extend(dotted(text));
        found.sort_by_key(|mention| mention.span);
    }
    found
}

/// Whether four digits may be the year of 2010.09.
fn is_dotted(text: &str, row: Span) -> bool {
    row.len() == 4 && text[row.end as usize..].starts_with('.') && row.of(text).starts_with(['1', '2'])
}

/// The months of 2010.09—2012.07, as they stand in curricula vitae.
fn dotted(text: &str) -> Vec<Mention<Date>> {
    static DOTTED: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(format!(r"(?:^|[^\d.])((?:19|20)\d\d)\.([01]\d) ?{JOINT} ?((?:19|20)\d\d)\.([01]\d)(?:$|[^\d.])"))
    });
    let month = |captures: &Captures, first: usize| {
        let (year, month) = (captures.get(first)?, captures.get(first + 1)?);
        let (number, month_) = (value(year.as_str())? as i32, value(month.as_str()));
        let date = Date { year: Some(number), month: month_, known: Known::Written, ..Date::default() };
        Some(Mention { span: Span::new(year.start(), month.end()), value: date })
    };
    DOTTED.all(text).into_iter().flat_map(|found| [month(&found, 1), month(&found, 3)]).flatten().collect()
}

fn read(written: &Written, text: &str) -> Option<Mention<Date>> {
    let span = written.span;
    let clean = !text[..span.start as usize].ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let year = written.year.and_then(value).map(|year| year as i32);
    let (month, day) = (written.month.and_then(value), written.day.and_then(value));
    let relative = written.relative;
    let mut date = Date { year, month, day, relative, ..Date::default() };
    if let Some(even) = written.numeric {
        (date.written, date.known) = (Unit::Year, Known::Written);
        return (even && is_numeric_date(text, span, &date)).then_some(Mention { span, value: date });
    }
    date.known = if date.year.is_some() { Known::Written } else { Known::Nothing };
    date.written = match (date.year.is_some() || relative.is_some(), date.month) {
        (true, _) => Unit::Year,
        (false, Some(_)) => Unit::Month,
        _ => Unit::Day,
    };
    let old = text[span.end as usize..].starts_with('龄') && date.day.is_none();
    let clean = clean && !old;
    let dated = date.month.is_some() || date.day.is_some() || is_year(text, span, &date);
    (clean && dated).then_some(Mention { span, value: date })
}

/// A numeric date and not a version, a number of a standard or a part of an address.
fn is_numeric_date(text: &str, span: Span, date: &Date) -> bool {
    let joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '/' | '.' | '_' | '=');
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let mut next = after.chars();
    let open = match (next.next(), next.next()) {
        (Some('T' | '.'), second) => !second.is_some_and(|c| c.is_ascii_digit()) || after.starts_with('T'),
        (Some(c), _) => !joined(c),
        _ => true,
    };
    open && !before.ends_with(joined) && date.month.is_some_and(|m| m <= 19) && date.day.is_some_and(|d| d <= 39)
}

/// A year, and not a span of so many years.
fn is_year(text: &str, span: Span, date: &Date) -> bool {
    let rest = &text[span.end as usize..];
    let length = ["前", "来", "多", "余", "历史", "以上", "左右"];
    date.relative.is_some()
        || date.year.is_some_and(|year| (1000..2200).contains(&year))
            && !length.iter().any(|word| rest.starts_with(word))
}

/// Takes the first day of 6月1—15日 into its month.
fn widen(mention: &mut Mention<Date>, text: &str) {
    if mention.value.day.is_some() || mention.value.month.is_none() {
        return;
    }
    let start = space(text, mention.span.end as usize);
    if let Some(end) = digits(text, start, 2).filter(|end| goes_to_day(&text[*end..])) {
        mention.value.day = value(&text[start..end]);
        mention.span = Span::new(mention.span.start as usize, end);
    }
}

/// Whether a text begins with a joint and a day.
fn goes_to_day(text: &str) -> bool {
    let Some(rest) = joint::after(&text[space(text, 0)..]) else { return false };
    digits(rest, space(rest, 0), 2).is_some_and(|end| rest[space(rest, end)..].starts_with('日'))
}

/// The first year of 2019—2021年, before the second.
fn open_year(text: &str, at: usize) -> Option<Mention<Date>> {
    let end = open_end(&text[..at])?;
    let start = end.checked_sub(4).filter(|start| *start >= han::back(text, at, 9))?;
    let year = text.get(start..end).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let modern = ["18", "19", "20"].iter().any(|century| year.starts_with(century));
    let alone = start == han::back(text, at, 9) || !text[..start].ends_with(|c: char| c.is_ascii_digit() || c == '.');
    if !modern || !alone {
        return None;
    }
    let year = value(year).map(|year| year as i32);
    let span = Span::new(start, end);
    Some(Mention { span, value: Date { year, known: Known::Written, ..Date::default() } })
}

/// Where the number ends that a joint at the end of a text goes on from.
fn open_end(head: &str) -> Option<usize> {
    let head = joint::before(head.strip_suffix(' ').unwrap_or(head))?;
    let head = head.strip_suffix(' ').unwrap_or(head);
    head.ends_with(|c: char| c.is_ascii_digit()).then_some(head.len())
}

/// The first day of 25—20日, before the second.
fn open_day(text: &str, at: usize, last: Option<&Mention<Date>>) -> Option<Mention<Date>> {
    let end = open_end(&text[..at])?;
    let from = han::back(text, at, 8).max(last.map_or(0, |last| last.span.end as usize));
    let row = text.get(from..end)?.bytes().rev().take(2).take_while(u8::is_ascii_digit).count();
    let start = end - row;
    let before = text[..start].chars().next_back();
    if row == 0 || before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | '第' | ':')) {
        return None;
    }
    let span = Span::new(start, end);
    let value = Date { day: value(&text[start..end]), written: Unit::Day, ..Date::default() };
    is_day(text, span, last).then_some(Mention { span, value })
}

/// Whether a bare day goes on from another date, or its month is said, or it begins a clause.
fn is_day(text: &str, span: Span, last: Option<&Mention<Date>>) -> bool {
    const MONTHS: &[&str] = &["每月", "本月", "当月", "上月", "下月", "该月", "次月", "同月", "每月的"];
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    if after.starts_with(['内', '游', '均', '子', '后', '元', '本', '常', '之']) {
        return false;
    }
    let follows = last.is_some_and(|last| {
        let gap = &text[last.span.end as usize..span.start as usize];
        last.value.day.is_some() && gap.chars().count() <= 12 && !gap.contains(['。', '\n']) && joins(gap)
    });
    follows
        || MONTHS.iter().any(|month| before.ends_with(month))
        || last.is_some_and(|last| continues(text, span, last))
}

/// Whether a bare day begins a clause of a sentence that has told a day.
fn continues(text: &str, span: Span, last: &Mention<Date>) -> bool {
    let gap = &text[last.span.end as usize..span.start as usize];
    last.value.day.is_some()
        && gap.len() < 180
        && !gap.contains(['。', '\n'])
        && gap.ends_with(['，', '、', '；', '于'])
}

/// Whether what stands between two dates makes an interval or a list of them.
fn joins(gap: &str) -> bool {
    static GAP: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::new(format!(
            r"^(?:[（(][^（）()]*[）)])?(?:上午|下午|晚|起|\d{{1,2}}[时:：]\d{{0,2}}分?)?(?:{JOINT}|、|和|及)$"
        ))
    });
    let gap = gap.trim();
    (joint::ends(gap) || gap.ends_with(['、', '和', '及'])) && GAP.is_match(gap)
}

/// The days of the lunisolar calendar.
pub fn lunar(text: &str, signs: &Signs) -> Vec<Mention<Lunar>> {
    almanac::all(text, signs).into_iter().filter_map(|written| read_lunar(&written, text)).collect()
}

fn read_lunar(written: &Almanac, text: &str) -> Option<Mention<Lunar>> {
    let (start, end) = (written.span.start as usize, written.span.end as usize);
    let (month, day) = (written.month.unwrap_or("正"), written.day);
    let named = matches!(month, "正" | "腊" | "冬") || day.starts_with(['初', '廿']);
    let marked = written.marked || written.leap;
    let bare = !written.ended && month.chars().chain(day.chars()).all(|c| !c.is_ascii_digit());
    let goes_on = text[end..].starts_with(['月', '年', '个', '至', '到', '时', '点', '、']);
    if !(marked || named || bare && !goes_on) || text[..start].ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = match month {
        "正" => 1,
        "冬" => 11,
        "腊" => 12,
        _ => value(month)?,
    };
    let date = Lunar {
        year: written.year.and_then(value).map(|year| year as i32),
        month: number,
        leap: written.leap,
        day: value(day.trim_start_matches('初'))?,
    };
    Some(Mention { span: written.span, value: date })
}

/// The weekdays, as the character after 星期.
pub fn weekdays(text: &str, signs: &Signs) -> Vec<Mention<char>> {
    signs.of(&['期', '拜', '周']).filter_map(|sign| weekday(text, sign)).collect()
}

fn weekday(text: &str, sign: Sign) -> Option<Mention<char>> {
    let head = sign.head(text);
    let head = match sign.sign {
        '期' => head.strip_suffix('星')?,
        '拜' => head.strip_suffix('礼')?,
        _ => head,
    };
    let day = han::after(text, sign.end()).filter(|day| "一二三四五六日天".contains(*day))?;
    let value = if day == '天' { '日' } else { day };
    let every = head.ends_with(['每', '逢', '一', '两', '几', '个']);
    (!every).then_some(Mention { span: Span::new(head.len(), sign.end() + day.len_utf8()), value })
}

/// The years by reign: the reign's name and the year in it.
pub fn reigns(text: &str, signs: &Signs) -> Vec<Mention<(&'static str, u32)>> {
    let read = |year: Sign| {
        let number = year_before(year.head(text))?;
        let start = year.at - number.len();
        let head = |length| &text[han::back(text, start, length)..start];
        let name = [4, 3, 2].into_iter().find_map(|length| super::reign::reigns(head(length)).first())?.name;
        let span = Span::new(start - name.len(), year.end());
        Some(Mention { span, value: (name, value(number)?) })
    };
    signs.of(&['年']).filter_map(read).collect()
}

/// The number of a year of a reign that ends a text: 元, up to four numerals or two digits.
fn year_before(head: &str) -> Option<&str> {
    static NUMERALS: CharSet = CharSet::new("一二三四五六七八九十廿卅");
    let numerals = |kind: fn(char) -> bool, most: usize| {
        let taken = head.chars().rev().take(most).take_while(|c| kind(*c)).map(char::len_utf8).sum::<usize>();
        (taken > 0).then(|| &head[head.len() - taken..])
    };
    match head.chars().next_back()? {
        '元' => numerals(|c| c == '元', 1),
        c if c.is_ascii_digit() => numerals(|c| c.is_ascii_digit(), 2),
        _ => numerals(|c| NUMERALS.contains(c), 4),
    }
}
