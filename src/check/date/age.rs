/*!
An age against the year of birth: 1953年出生、今年65岁. A year of 虚岁 or of a birthday to come is let pass.
*/

use std::sync::LazyLock;

use super::{after, article_of, before};
use crate::facts::date::sign::{Sign, ends_in};
use crate::facts::date::{Date, Known, numeral};
use crate::facts::{Context, Mention};
use crate::finding::Findings;
use crate::text::Span;
use crate::text::charset::CharSet;
use crate::text::pattern::{Captures, Pattern};

static AGE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"(今年|现年|现|年龄|年已|年仅|时年|终年|享年|享寿|当时|当年|那年|，|、|（)?(?:虚岁|周岁|已经|已|才|刚|快|是|为|年满|刚满)*(\d{1,3}|[一二三四五六七八九十百]{2,4})(?:周|虚)?岁",
    )
});
static LIFE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"[（(]([12]\d{3})(?:年[^（）()—－～]{0,6})?(?:—{1,2}|－{1,2}|–|-|~|～)([12]\d{3})[^（）()]{0,8}[）)]([^。；\n]{0,30}?)(享年|终年|享寿)(\d{1,3})岁",
    )
});
static NUMERALS: CharSet = CharSet::new("0123456789一二三四五六七八九十百");
/// Bytes of an age before 岁, and of a life on either side of 享年.
const REACH: usize = 90;
const LIFE_REACH: usize = 240;
/// Words that bring another person, or another time, between birth and age.
const OTHERS: &[&str] = &[
    "儿",
    "孙",
    "妻",
    "丈夫",
    "父",
    "母",
    "弟",
    "妹",
    "哥",
    "姐",
    "和",
    "与",
    "及",
    "比",
    "其中",
    "平均",
    "婆媳",
    "夫妇",
    "他们",
    "对象",
    "以上",
    "以下",
    "年前",
    "退休年龄",
];
const BORN: &[&str] = &["出生", "生，", "生于", "生人", "生、", "生）", "生)", "生。", "生的"];

/// An age, and the word that says when.
struct Age {
    span: Span,
    number: i32,
    word: String,
}

pub fn check(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    let told = |sign: &Sign| {
        let head = sign.head(text);
        ends_in(head.strip_suffix(['周', '虚']).unwrap_or(head), &NUMERALS)
    };
    let mut ages = cx.signs().of(&['岁']).filter(told).map(|sign| sign.at..sign.end()).peekable();
    let births = ages.peek().is_some() && cx.dates().all.iter().any(|date| is_birth(cx, date));
    for captures in AGE.near(text, ages.filter(|_| births), REACH) {
        let Some(age) = read(text, &captures) else { continue };
        let Some(birth) = birth(cx, age.span) else { continue };
        let Some((year, source)) = then(cx, &age, birth) else { continue };
        let Some(born) = birth.value.year else { continue };
        if (year - born - 1..=year - born + 1).contains(&age.number) || !(0..=120).contains(&(year - born)) {
            continue;
        }
        report(findings, birth.span.hull(age.span), (born, year), source);
    }
    lives(cx, findings);
}

fn report(findings: &mut Findings, span: Span, (born, year): (i32, i32), source: Option<Span>) {
    let draft = findings
        .at(span)
        .slot("date", format!("{born}年"))
        .slot("other", format!("{year}年"))
        .slot("right", format!("{}岁", year - born));
    source.into_iter().fold(draft, |draft, span| draft.note_saying(span, format!("此处为{year}年"))).push();
}

/// The years of a life in brackets against the age at death; 享年 is often 虚岁.
fn lives(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    let ends = |sign: &Sign| match sign.sign {
        '年' => sign.head(text).ends_with('终'),
        _ => sign.tail(text).starts_with(['年', '寿']),
    };
    let ends = cx.signs().of(&['享', '年']).filter(ends);
    for captures in LIFE.near(text, ends.map(|sign| sign.at..sign.end()), LIFE_REACH) {
        let year = |index: usize| captures.get(index).and_then(|part| part.as_str().parse::<i32>().ok());
        let (Some(born), Some(died), Some(age)) = (year(1), year(2), year(5)) else { continue };
        let plain = captures.get(3).is_none_or(|gap| gap.len() <= 90 && !gap.as_str().contains(['（', '(']));
        let (Some(word), Some(whole)) = (captures.get(4), captures.get(0)) else { continue };
        if plain && !(died - born - 1..=died - born + 1).contains(&age) {
            let life = Span::new(whole.start(), captures.get(3).map_or(whole.end(), |gap| gap.start()));
            report(findings, Span::new(word.start(), whole.end()), (born, died), Some(life));
        }
    }
}

fn read(text: &str, captures: &Captures) -> Option<Age> {
    let (whole, number) = (captures.get(0)?, captures.get(2)?);
    let word = captures.get(1).map_or("", |word| word.as_str());
    let rest = &text[whole.end()..];
    let limit = whole.as_str().contains("满") || text[..whole.start()].ends_with(['满', '足']);
    let limit = limit && ["未满", "不满", "已满"].iter().any(|word| text[..number.start()].ends_with(word));
    let exact = !limit && !rest.starts_with(['以', '多', '左', '上', '至', '到', '—', '儿', '组', '就']);
    let number = numeral::value(number.as_str())? as i32;
    let word = if rest.starts_with(['时', '那']) { "时" } else { word };
    exact.then(|| Age { span: Span::new(whole.start(), whole.end()), number, word: word.to_string() })
}

/// The date of birth that the sentence tells before the age, or right after it, with nobody else between.
fn birth<'c>(cx: &'c Context, age: Span) -> Option<&'c Mention<Date>> {
    let sentence = cx.near(age);
    let head = Span { start: sentence.start, end: age.start };
    let earlier = cx.dates().inside(head).iter().rev().find(|date| is_birth(cx, date)).map(|date| (date, 40));
    let tail = Span { start: age.end, end: sentence.end.max(age.end) };
    let later = cx.dates().inside(tail).first().filter(|date| is_birth(cx, date)).map(|date| (date, 15));
    let (birth, reach) = earlier.or(later)?;
    let hull = birth.span.hull(age);
    let gap = Span { start: birth.span.end.min(age.end), end: birth.span.start.max(age.start) };
    let gap = if hull.start == birth.span.start {
        Span { start: birth.span.end, end: age.start.max(birth.span.end) }
    } else {
        gap
    };
    let between = cx.at(gap);
    let near = between.chars().count() <= reach && !between.contains(['；', '。']);
    let alone = cx.at(hull).matches('岁').count() == 1 && !OTHERS.iter().any(|word| between.contains(word));
    (near && alone).then_some(birth)
}

fn is_birth(cx: &Context, date: &Mention<Date>) -> bool {
    let (rest, head) = (after(cx, date.span.end), before(cx, date.span.start));
    date.value.known == Known::Written
        && (BORN.iter().any(|word| rest.starts_with(word))
            || ["出生于", "生于", "出生日期：", "出生年月："].iter().any(|word| head.ends_with(word)))
}

/// The year in which the age is told, and where it says so.
fn then(cx: &Context, age: &Age, birth: &Mention<Date>) -> Option<(i32, Option<Span>)> {
    let gap = Span { start: birth.span.end.min(age.span.start), end: age.span.start };
    let dates = cx.dates().inside(gap);
    if let Some(date) = dates.iter().rfind(|date| date.value.known == Known::Written) {
        return Some((date.value.year?, Some(date.span)));
    }
    let past = matches!(age.word.as_str(), "时年" | "终年" | "享年" | "享寿" | "当时" | "当年" | "那年" | "时");
    if past || dates.iter().any(|date| date.value.relative.is_none_or(|word| word != super::THIS_YEAR)) {
        return None;
    }
    let article = article_of(cx, age.span);
    let base = cx.dates().base(article)?;
    let born = birth.value.year?;
    let fits = |year: &i32| (*year - born - age.number).abs() <= 1;
    let told = cx.dates().years(article).iter().filter(|year| **year > born).any(fits);
    (!told && (base.dated || base.year > born + 3)).then_some((base.year, Some(base.span)))
}
