/*!
What an article is about: the shares of the families in its words. It never counts the mention that a check accuses.
*/

use std::collections::BTreeMap;

use super::family::Family;
use super::{Context, within};
use crate::lexicon::table;
use crate::manuscript::ArticleId;
use crate::text::Span;

/// The leading family of an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    pub family: Family,
    /// Its share among the terms of the families of law and order, 0 to 1.
    pub share: f32,
    /// How many terms were counted.
    pub terms: usize,
}

/// A term of a family at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub span: Span,
    pub family: Family,
}

/// All terms of families in the manuscript, in order; a longer one hides those inside.
pub fn terms(cx: &Context) -> Vec<Term> {
    let hits = cx.finds().longest(&table::FAMILY_TERMS);
    hits.filter_map(|(span, row)| Some(Term { span: *span, family: Family::named(row.column(1))? })).collect()
}

/// The profile of an article without the spans that are accused; none when it has no such terms.
pub fn profile(cx: &Context, article: ArticleId, without: &[Span]) -> Option<Profile> {
    let counts = counts(cx, article, without);
    let total: usize = counts.values().sum();
    let (family, count) = counts.into_iter().max_by_key(|(family, count)| (*count, std::cmp::Reverse(*family)))?;
    Some(Profile { family, share: count as f32 / total as f32, terms: total })
}

/// The share of one family in an article, without the spans that are accused.
pub fn share(cx: &Context, article: ArticleId, family: Family, without: &[Span]) -> f32 {
    let counts = counts(cx, article, without);
    let total: usize = counts.values().sum();
    counts.get(&family).copied().unwrap_or(0) as f32 / total.max(1) as f32
}

fn counts(cx: &Context, article: ArticleId, without: &[Span]) -> BTreeMap<Family, usize> {
    let span = cx.manuscript.articles[article].span;
    let mut counts = BTreeMap::new();
    let terms = within(cx.terms(), span, |term| term.span).iter().filter(|term| term.family.is_legal());
    for term in terms.filter(|term| !without.iter().any(|accused| accused.overlaps(term.span))) {
        *counts.entry(term.family).or_insert(0) += 1;
    }
    counts
}
