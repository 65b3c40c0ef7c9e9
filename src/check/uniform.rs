/*!
`uniform`: two forms of one thing in one article (or in all files of a submission), each of them right.

`with = { forms = [["集聚区", "聚集区"], …], prefer = "…" }` or `with = { style = "numerals" | "latin" | "titles" | "spaces" | "symbols" |
"names" }`. It
does not say which form is right, only that a manuscript should keep to one; the rarer form is told, or the one that is
not preferred. House style, so nearly all of it is off or a question.

Slots of messages: `wrong` (the form to change), `right`, `count` (how often the other form stands).
*/

mod name;
mod quantity;
mod style;

use std::cmp::Reverse;
use std::collections::HashSet;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options, Texts};
use crate::facts::Context;
use crate::finding::Findings;
use crate::manuscript::Article;
use crate::scan::{LiteralId, Scan};
use crate::text::Span;

/// The mechanism.
pub static UNIFORM: Mechanism = Mechanism { name: "uniform", slots: &["wrong", "right", "count"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    /// Sets of forms of one thing.
    #[serde(default)]
    forms: Vec<Texts>,
    /// The forms to keep, whatever is more frequent.
    #[serde(default)]
    prefer: Texts,
    style: Option<Style>,
}

/// Forms that no list of words can name.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Style {
    /// 3家 and 五家 in one sentence.
    Numerals,
    /// A space between Han characters and Latin letters, and none.
    Latin,
    /// 《公司法》 and 公司法.
    Titles,
    /// 5 kg and 5kg.
    Spaces,
    /// 5 kg and 5千克.
    Symbols,
    /// A short name of an organization before the full one.
    Names,
}

/// One form, as it is found.
struct Form {
    text: String,
    literal: LiteralId,
    preferred: bool,
}

fn compile(options: Options<'_>, scan: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    match with.style {
        Some(Style::Numerals) => return Ok(Box::new(style::numerals)),
        Some(Style::Latin) => return Ok(Box::new(style::latin)),
        Some(Style::Titles) => return Ok(Box::new(style::titles)),
        Some(Style::Spaces) => return Ok(Box::new(quantity::spaces)),
        Some(Style::Symbols) => return Ok(Box::new(quantity::symbols)),
        Some(Style::Names) => return Ok(Box::new(name::names)),
        None if with.forms.is_empty() => return Err(OptionError::new("", "`forms` or `style` is needed")),
        None => {}
    }
    let mut sets = Vec::new();
    for (index, Texts(texts)) in with.forms.into_iter().enumerate() {
        if texts.len() < 2 || texts.iter().any(|text| text.is_ascii()) {
            return Err(OptionError::new(format!("forms[{index}]"), "a set has two forms or more, of Han characters"));
        }
        let form = |text: String| {
            let preferred = with.prefer.0.contains(&text);
            Form { literal: scan.literal(&text), text, preferred }
        };
        sets.push(texts.into_iter().map(form).collect::<Vec<Form>>());
    }
    Ok(Box::new(move |cx, findings| sets.iter().for_each(|set| check(cx, findings, set))))
}

/// Tells the forms of a set that are not the article's main one.
fn check(cx: &Context, findings: &mut Findings, set: &[Form]) {
    let articles: HashSet<usize> = set.iter().flat_map(|form| articles(cx, form)).collect();
    let mut articles: Vec<usize> = articles.into_iter().collect();
    articles.sort_unstable();
    let wholes = cx.manuscript.wholes();
    for article in articles.into_iter().map(|index| &wholes[index]) {
        let found: Vec<(&Form, Vec<Span>)> = set.iter().map(|form| (form, places(cx, form, article))).collect();
        let main = found.iter().filter(|(_, places)| !places.is_empty());
        let Some((main, first)) = main.max_by_key(|(form, places)| (form.preferred, places.len(), Reverse(places[0])))
        else {
            continue;
        };
        for (form, places) in found.iter().filter(|(form, places)| form.text != main.text && !places.is_empty()) {
            let draft = findings.at(places[0]).slot("wrong", form.text.as_str()).slot("right", main.text.as_str());
            draft.slot("count", first.len().to_string()).words(vec![places[0]]).note(first[0]).push();
        }
    }
}

fn articles<'c>(cx: &'c Context, form: &Form) -> impl Iterator<Item = usize> + use<'c> {
    let whole = |span: &Span| cx.manuscript.block_at(span.start).map(|block| cx.manuscript.whole_of(block.article));
    cx.hits.of(form.literal).iter().filter_map(whole)
}

fn places(cx: &Context, form: &Form, article: &Article) -> Vec<Span> {
    let hits = cx.hits.of(form.literal);
    let start = hits.partition_point(|hit| hit.start < article.span.start);
    hits[start..].iter().take_while(|hit| hit.end <= article.span.end).copied().collect()
}
