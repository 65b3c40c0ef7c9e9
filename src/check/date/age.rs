/*!
An age against the year of birth: 1953年出生、今年65岁. A year of 虚岁 or of a birthday to come is let pass.
*/

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{article_of, between};
use crate::facts::Context;
use crate::facts::Mention;
use crate::facts::date::{Date, Known, numeral};
use crate::finding::Findings;
use crate::text::Span;

static AGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(今年|现年|年龄|年已|年仅|已经|时年|终年|享年|当时|时|才|已|刚满|年满|，|、|（)?(?:已|才|刚|快|是|为)?(\d{1,3}|[一二三四五六七八九十百]{2,4})岁",
    )
    .expect("a pattern of this module")
});
/// Words that bring another person, or another time, between birth and age.
const OTHERS: &[&str] = &[
    "儿", "女儿", "孙", "妻", "丈夫", "父", "母", "弟", "妹", "哥", "姐", "和", "与", "及", "同", "比", "其中", "平均", "退休", "婆", "爷爷和",
    "夫妇", "他们", "对象", "以上", "以下", "满",
];

/// What an age is of.
struct Age {
    span: Span,
    number: i32,
    word: String,
}

pub fn check(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    for captures in AGE.captures_iter(text) {
        let Some(age) = read(text, &captures) else { continue };
        let Some(birth) = birth(cx, age.span) else { continue };
        let Some((year, source)) = then(cx, &age, birth) else { continue };
        let Some(born) = birth.value.year else { continue };
        if (year - born - 1..=year - born + 1).contains(&age.number) || !(0..=120).contains(&(year - born)) {
            continue;
        }
        let mut draft = findings
            .at(birth.span.hull(age.span))
            .slot("wrong", format!("{}岁", age.number))
            .slot("date", format!("{born}年"))
            .slot("other", format!("{year}年"))
            .slot("right", format!("{}岁", year - born));
        if let Some(span) = source {
            draft = draft.note_saying(span, format!("此处为{year}年"));
        }
        draft.push();
    }
}

fn read(text: &str, captures: &Captures) -> Option<Age> {
    let (whole, number) = (captures.get(0)?, captures.get(2)?);
    let word = captures.get(1).map_or("", |word| word.as_str());
    let rest = &text[whole.end()..];
    let exact = !rest.starts_with(['以', '多', '左', '上', '至', '到', '—', '、', '儿', '组', '那', '时', '就']);
    let number = numeral::value(number.as_str())? as i32;
    exact.then(|| Age { span: Span::new(whole.start(), whole.end()), number, word: word.to_string() })
}

/// The date of birth that stands before the age, with nobody else between them.
fn birth<'c>(cx: &'c Context, age: Span) -> Option<&'c Mention<Date>> {
    let sentence = cx.manuscript.sentence_at(age.start);
    let head = Span { start: sentence.start, end: age.start };
    let birth = cx.dates().inside(head).iter().rev().find(|date| is_birth(cx, date))?;
    let rest = between(cx, birth.span, age);
    let near = rest.chars().count() <= 30 && !rest.contains(['；', '。']);
    (near && birth.value.known == Known::Written && !OTHERS.iter().any(|word| rest.contains(word))).then_some(birth)
}

fn is_birth(cx: &Context, date: &Mention<Date>) -> bool {
    let after = super::after(cx, date.span.end);
    let before = super::before(cx, date.span.start);
    let year = date.value.known == Known::Written;
    year && (["出生", "生，", "生于", "生人", "生、"].iter().any(|word| after.starts_with(word))
        || ["出生于", "生于", "出生日期：", "出生年月："].iter().any(|word| before.ends_with(word)))
}

/// The year in which the age is told, and where it says so.
fn then(cx: &Context, age: &Age, birth: &Mention<Date>) -> Option<(i32, Option<Span>)> {
    let gap = Span { start: birth.span.end, end: age.span.start };
    let named = cx.dates().inside(gap).iter().rfind(|date| date.value.known == Known::Written);
    if let Some(date) = named {
        return Some((date.value.year?, Some(date.span)));
    }
    if cx.dates().inside(gap).first().is_some() || matches!(age.word.as_str(), "时年" | "终年" | "享年" | "当时" | "时") {
        return None;
    }
    let article = article_of(cx, age.span);
    let base = cx.dates().base(article)?;
    let born = birth.value.year?;
    let other = |year: &i32| (*year - born - age.number).abs() <= 1;
    let told = cx.dates().years(article).iter().filter(|year| **year > born).any(other);
    (!told && (base.dated || base.year > born + 3)).then_some((base.year, Some(base.span)))
}
