/*!
Where dates stand: full and partial ones, relative years, lunisolar days, weekdays and reigns, as they are written.

A bare day (15日) is one only where it goes on from another date or its month is said (每月15日): elsewhere it may be a
length of time.
*/

use std::sync::LazyLock;

use super::lunar::Lunar;
use super::numeral::value;
use super::{Date, Known, Relative, Unit};
use crate::facts::Mention;
use crate::text::pattern::{Captures, Pattern};
use crate::text::{Span, han};

/// What joins two dates to an interval.
pub const JOINT: &str = r"(?:至|到|—{1,2}|－{1,2}|–|-{1,2}|~|～|─{1,2})";
const YEAR: &str = r"[12]\d{3}|[一二][〇零○一二三四五六七八九]{3}";
const NUMBER: &str = r"\d{1,2}|[一二三四五六七八九十廿]{1,3}";

static DATE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::with_cues(
        &["年", "月", "日", "19", "20"],
        30,
        format!(
            r"(?P<iy>(?:19|20)\d\d)(?P<sep>[-/.])(?P<im>\d{{1,2}})(?P<sep2>[-/.])(?P<id>\d{{1,2}})|(?:(?P<y>{YEAR}) ?年|(?P<rel>今年|本年|去年|上年|前年|明年|后年|同年|当年|次年|翌年))(?: ?(?P<ym>{NUMBER}) ?月份?(?: ?(?P<yd>{NUMBER}) ?[日号])?)?|(?P<m>{NUMBER}) ?月 ?(?P<d>{NUMBER}) ?[日号]|(?P<om>\d{{1,2}}) ?月份?|(?P<od>\d{{1,2}}) ?日"
        ),
    )
});
static LUNAR: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::with_cues(
        &["初", "廿", "月", "大年"],
        60,
        format!(
            r"(?:(?P<y>{YEAR}) ?年)?(?P<mark>农历|阴历|旧历|夏历)?(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥][鼠牛虎兔龙蛇马羊猴鸡狗猪]?年)?(?P<leap>闰)?(?:(?P<m>正|腊|冬|{NUMBER})月|(?P<new>大年))(?P<d>初[一二三四五六七八九十]|廿[一二三四五六七八九]|{NUMBER})(?P<end>[日号])?"
        ),
    )
});
static WEEKDAY: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::with_cues(
        &["星期", "礼拜", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "周天"],
        12,
        r"(?:星期|礼拜|周)([一二三四五六日天])",
    )
});

/// The dates of a text, in order, as written.
pub fn dates(text: &str) -> Vec<Mention<Date>> {
    let mut found: Vec<Mention<Date>> = Vec::new();
    for captures in DATE.all(text) {
        let Some(mut mention) = read(&captures, text) else { continue };
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
    if text.contains('.') {
        found.extend(dotted(text));
        found.sort_by_key(|mention| mention.span);
    }
    found
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

fn read(captures: &Captures, text: &str) -> Option<Mention<Date>> {
    let whole = captures.get(0)?;
    let part = |name: &str| captures.name(name).and_then(|part| value(part.as_str()));
    let span = Span::new(whole.start(), whole.end());
    let clean = !text[..span.start as usize].ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let relative = captures.name("rel").and_then(|word| Relative::named(word.as_str()));
    let mut date = Date { relative, ..Date::default() };
    if captures.name("iy").is_some() {
        let even = captures.name("sep")?.as_str() == captures.name("sep2")?.as_str();
        (date.year, date.month, date.day) = (part("iy").map(|year| year as i32), part("im"), part("id"));
        (date.written, date.known) = (Unit::Year, Known::Written);
        return (even && is_numeric_date(text, span, &date)).then_some(Mention { span, value: date });
    }
    date.year = part("y").map(|year| year as i32);
    date.month = part("ym").or(part("m")).or(part("om"));
    date.day = part("yd").or(part("d")).or(part("od"));
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
    static HALF: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(format!(r"^ ?(\d{{1,2}}) ?{JOINT} ?\d{{1,2}} ?日")));
    if mention.value.day.is_some() || mention.value.month.is_none() {
        return;
    }
    let end = mention.span.end as usize;
    if let Some(day) = HALF.captures(&text[end..]).and_then(|captures| captures.get(1)) {
        mention.value.day = value(day.as_str());
        mention.span = Span::new(mention.span.start as usize, end + day.end());
    }
}

/// The first year of 2019—2021年, before the second.
fn open_year(text: &str, at: usize) -> Option<Mention<Date>> {
    static OPEN: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::new(format!(r"(?:^|[^\d.])((?:1[89]|20)\d\d) ?{JOINT} ?$")));
    let from = han::back(text, at, 9);
    let year = OPEN.captures(&text[from..at])?.get(1)?;
    let span = Span::new(from + year.start(), from + year.end());
    let year = value(year.as_str()).map(|year| year as i32);
    Some(Mention { span, value: Date { year, known: Known::Written, ..Date::default() } })
}

/// The first day of 25—20日, before the second.
fn open_day(text: &str, at: usize, last: Option<&Mention<Date>>) -> Option<Mention<Date>> {
    static OPEN: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(format!(r"(\d{{1,2}}) ?{JOINT} ?$")));
    let from = han::back(text, at, 8).max(last.map_or(0, |last| last.span.end as usize));
    let day = OPEN.captures(&text[from..at])?.get(1)?;
    let before = text[..from + day.start()].chars().next_back();
    if before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | '第' | ':')) {
        return None;
    }
    let span = Span::new(from + day.start(), from + day.end());
    let value = Date { day: value(day.as_str()), written: Unit::Day, ..Date::default() };
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
    GAP.is_match(gap.trim())
}

/// The days of the lunisolar calendar.
pub fn lunar(text: &str) -> Vec<Mention<Lunar>> {
    LUNAR.all(text).into_iter().filter_map(|captures| read_lunar(&captures, text)).collect()
}

fn read_lunar(captures: &Captures, text: &str) -> Option<Mention<Lunar>> {
    let whole = captures.get(0)?;
    let month = captures.name("m").map_or("正", |month| month.as_str());
    let day = captures.name("d")?.as_str();
    let named = matches!(month, "正" | "腊" | "冬") || day.starts_with(['初', '廿']);
    let marked = captures.name("mark").is_some() || captures.name("leap").is_some();
    let bare = captures.name("end").is_none() && month.chars().chain(day.chars()).all(|c| !c.is_ascii_digit());
    let goes_on = text[whole.end()..].starts_with(['月', '年', '个', '至', '到', '时', '点', '、']);
    if !(marked || named || bare && !goes_on) || text[..whole.start()].ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = match month {
        "正" => 1,
        "冬" => 11,
        "腊" => 12,
        _ => value(month)?,
    };
    let date = Lunar {
        year: captures.name("y").and_then(|year| value(year.as_str())).map(|year| year as i32),
        month: number,
        leap: captures.name("leap").is_some(),
        day: value(day.trim_start_matches('初'))?,
    };
    Some(Mention { span: Span::new(whole.start(), whole.end()), value: date })
}

/// The weekdays, as the character after 星期.
pub fn weekdays(text: &str) -> Vec<Mention<char>> {
    let read = |captures: Captures| {
        let (whole, day) = (captures.get(0)?, captures.get(1)?.as_str().chars().next()?);
        let value = if day == '天' { '日' } else { day };
        let every = text[..whole.start()].ends_with(['每', '逢', '一', '两', '几', '个']);
        (!every).then_some(Mention { span: Span::new(whole.start(), whole.end()), value })
    };
    WEEKDAY.all(text).into_iter().filter_map(read).collect()
}

/// The years by reign: the reign's name and the year in it.
pub fn reigns(text: &str) -> Vec<Mention<(&'static str, u32)>> {
    let read = |year: usize| {
        let number = year_before(&text[..year])?;
        let start = year - number.len();
        let head = |length| &text[han::back(text, start, length)..start];
        let name = [4, 3, 2].into_iter().find_map(|length| super::reign::reigns(head(length)).first())?.name;
        let span = Span::new(start - name.len(), year + '年'.len_utf8());
        Some(Mention { span, value: (name, value(number)?) })
    };
    text.match_indices('年').filter_map(|(year, _)| read(year)).collect()
}

/// The number of a year of a reign that ends a text: 元, up to four numerals or two digits.
fn year_before(head: &str) -> Option<&str> {
    let numerals = |kind: fn(char) -> bool, most: usize| {
        let taken = head.chars().rev().take(most).take_while(|c| kind(*c)).map(char::len_utf8).sum::<usize>();
        (taken > 0).then(|| &head[head.len() - taken..])
    };
    let han = |c| "一二三四五六七八九十廿卅".contains(c);
    numerals(|c| c == '元', 1).or_else(|| numerals(han, 4)).or_else(|| numerals(|c| c.is_ascii_digit(), 2))
}
