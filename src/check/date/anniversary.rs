/*!
Anniversaries: 新中国成立76周年 in 2025, and those of what the sentence itself says was founded.
*/

use super::{after, article_of, before, between};
use crate::facts::Context;
use crate::facts::date::sign::{Sign, row_before};
use crate::facts::date::{Known, numeral};
use crate::finding::{Findings, Safety};
use crate::lexicon::table;
use crate::text::charset::CharSet;
use crate::text::{Span, han};

static NUMERALS: CharSet = CharSet::new("一二三四五六七八九十百");
static DIGITS: CharSet = CharSet::new("0123456789");
const FOUNDED: &[&str] =
    &["成立", "创办", "创建", "创立", "始建", "建立", "建校", "建院", "创刊", "建厂", "建成", "诞生", "结婚"];

/// What is kept: where it is said, from where to quote, and the year in which it was.
struct Event {
    span: Span,
    count: Span,
    number: i32,
    first: i32,
    said: Option<Span>,
}

pub fn check(cx: &Context, findings: &mut Findings) {
    for sign in cx.signs().of(&['年']) {
        let Some(event) = read(cx, sign) else { continue };
        let Some((year, source)) = year(cx, &event) else { continue };
        if year - event.first == event.number || year <= event.first {
            continue;
        }
        let right = (year - event.first).to_string();
        let mut draft = findings
            .at(event.span)
            .slot("wrong", format!("{}周年", cx.at(event.count)))
            .slot("date", format!("{}年", event.first))
            .slot("other", format!("{year}年"))
            .slot("right", format!("{right}周年"))
            .note_saying(source, format!("此处为{year}年"));
        if let Some(said) = event.said {
            draft = draft.note_saying(said, format!("此处说始于{}年", event.first));
        }
        draft.fix(format!("改为“{right}周年”"), Safety::Ask, &[(event.count, &right)]).push();
    }
}

fn read(cx: &Context, year: Sign) -> Option<Event> {
    let head = year.head(&cx.manuscript.text).strip_suffix('周')?;
    let start = row_before(head, &DIGITS, 3).min(row_before(head, &NUMERALS, 5));
    let number = numeral::value(&head[start..]).filter(|_| start < head.len())? as i32;
    let (span, count) = (Span::new(start, year.end()), Span::new(start, head.len()));
    if let Some((name, first)) = named(cx, span) {
        let quoted = !before(cx, span.start).ends_with(name);
        let length = if quoted { 0 } else { name.len() as u32 };
        let span = Span { start: span.start - length, end: span.end };
        return Some(Event { span, count, number, first, said: None });
    }
    let (said, first) = founded(cx, span)?;
    Some(Event { span, count, number, first, said: Some(said) })
}

/// The known event whose name ends before the count, and its year.
fn named(cx: &Context, span: Span) -> Option<(&'static str, i32)> {
    let head = before(cx, span.start);
    let from = han::back(head, head.len(), 30);
    let plain = head[from..].replace(['“', '”'], "");
    let rows = table::EVENTS.rows().iter().filter(|row| plain.ends_with(row.column(0)));
    let row = rows.max_by_key(|row| row.column(0).len())?;
    Some((row.column(0), row.column(1).parse().ok()?))
}

/// The year in which the sentence says that something was founded; only if it says so once.
fn founded(cx: &Context, span: Span) -> Option<(Span, i32)> {
    let sentence = cx.near(span);
    let head = Span { start: sentence.start, end: span.start };
    let mut dates = cx.dates().inside(head).iter().filter(|date| {
        let (lead, rest) = (before(cx, date.span.start), after(cx, date.span.end));
        let lead = lead.strip_suffix('于').unwrap_or("");
        date.value.known == Known::Written && FOUNDED.iter().any(|word| lead.ends_with(word) || rest.starts_with(word))
    });
    let only = dates.next().filter(|_| dates.next().is_none())?;
    Some((only.span, only.value.year?))
}

/// The year that is spoken of: the one of the sentence, else the article's, if no year of the article fits.
fn year(cx: &Context, event: &Event) -> Option<(i32, Span)> {
    let sentence = cx.near(event.span);
    let dates = cx.dates().inside(sentence).iter().filter(|date| date.value.known == Known::Written);
    let years = dates.filter_map(|date| Some((date.value.year?, date.span)));
    let later: Vec<(i32, Span)> = years.filter(|(year, _)| *year > event.first).collect();
    if is_elsewhere(cx, sentence) {
        return None;
    }
    if let [(year, span)] = later.as_slice() {
        let near = span.end <= event.span.start && between(cx, *span, event.span).chars().count() <= 20;
        return near.then_some((*year, *span));
    }
    let article = article_of(cx, event.span);
    let base = cx.dates().base(article).filter(|base| base.dated && later.is_empty())?;
    let told = cx.dates().years(article).iter().any(|year| *year - event.first == event.number);
    (!told).then_some((base.year, base.span))
}

/// Whether the sentence speaks of a year before or after its own.
fn is_elsewhere(cx: &Context, sentence: Span) -> bool {
    ["即将", "明年", "去年", "前年", "将迎来", "筹备", "时值", "当时", "将为", "献礼"]
        .iter()
        .any(|word| cx.at(sentence).contains(word))
}
