/*!
Citations by author and year, （张三，2020）, against the list.
*/

use std::sync::LazyLock;

use super::entry::Entry;
use super::{Fault, Lack};
use crate::facts::Context;
use crate::text::Span;
use crate::text::pattern::Pattern;

static CITED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::with_cues(
        &["19", "20"],
        60,
        r"(?:[（(；;]\s?(\p{Han}{2,4})(?:等)?[,，]\s?((?:19|20)\d{2})[a-z]?[)）；;])|(?:(\p{Han}{2,4})(?:等)?[（(]((?:19|20)\d{2})[a-z]?[)）])",
    )
});
static YEAR: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(?:19|20)\d{2}"));

/// Citations whose year is not that of their author's entries, or whose author has none.
pub(super) fn find(cx: &Context, entries: &[Entry]) -> Vec<Lack> {
    let Some(first) = entries.first() else { return Vec::new() };
    let text = &cx.manuscript.text[..first.span.start as usize];
    let mut lacks = Vec::new();
    let mut known = 0;
    for found in CITED.all(text) {
        let bracketed = found.get(1).is_some();
        let (Some(name), Some(year)) = (found.get(1).or(found.get(3)), found.get(2).or(found.get(4))) else { continue };
        let own: Vec<&Entry> = entries.iter().filter(|entry| is_by(cx, entry, name.as_str(), bracketed)).collect();
        let span = Span::new(name.start(), year.end());
        known += usize::from(!own.is_empty());
        match own.first() {
            None if bracketed => lacks.push(lack(Fault::Absent, span, None, String::new())),
            Some(entry) if !own.iter().any(|entry| years(cx, entry).contains(&year.as_str())) => {
                lacks.push(lack(Fault::Cited, span, Some(entry.span), years(cx, entry).join("、")));
            }
            _ => {}
        }
    }
    lacks.retain(|lack| known > 0 || lack.fault != Fault::Absent);
    lacks
}

fn lack(fault: Fault, at: Span, other: Option<Span>, expected: String) -> Lack {
    Lack { fault, at, other, expected, mark: String::new() }
}

/// Whether the entry begins with the author; before （2020） the name may have other words in front of it.
fn is_by(cx: &Context, entry: &Entry, name: &str, bracketed: bool) -> bool {
    let first = cx.at(entry.authors).split([',', '，', '、', ' ']).next().unwrap_or_default();
    let first = first.trim_end_matches('等');
    !first.is_empty() && (first == name || !bracketed && first.chars().count() > 1 && name.ends_with(first))
}

fn years<'c>(cx: &'c Context, entry: &Entry) -> Vec<&'c str> {
    YEAR.all(cx.at(entry.span)).iter().filter_map(|year| Some(year.get(0)?.as_str())).collect()
}
