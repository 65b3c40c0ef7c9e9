/*!
Entries of a list of cited works, and what they lack.
*/

use std::sync::LazyLock;

use super::{Fault, Lack};
use crate::facts::Context;
use crate::manuscript::{Block, BlockKind};
use crate::text::pattern::Pattern;
use crate::text::{Span, han};

/// One entry.
pub(super) struct Entry {
    /// Without its number.
    pub span: Span,
    /// The authors, up to the first point.
    pub authors: Span,
    /// The mark of its kind, with its brackets.
    mark: Option<Span>,
}

static NUMBER: LazyLock<Pattern> = LazyLock::new(|| Pattern::with_cues(&["[", "［"], 24, r"^[\[［]\d{1,3}[\]］]\s*"));
static MARK: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"[\[［](?:[MCGNJDRSPAZ]|DB|CP|EB|CM|DS)(?:[/／](?:OL|MT|DK|CD))?[\]］]"));
static MARK_2025: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"[\[［](?:[MCGNJDRSPAZ]|DB|CP|EB|CM|DS|PP|PR|VM|SM)(?:[/／](?:OL|MT|DK|CD))?[\]］]")
});
static YEAR: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(?:1[89]|20)\d{2}"));
static VOLUME: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"\d+\s?[(（]|[(（]\d+[^)）]{0,6}[)）]|\d{4}\s?[,，]\s?\d+"));
static PAGES: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"[:：]\s?[A-Za-z]?\d+"));
static READ: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"[\[［(（]\d{4}[-–—年.]\d{1,2}[-–—月.]\d{1,2}日?[\]］)）]"));
static ADDRESS: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"(?i)https?://|doi|www\."));

/// The entries of a manuscript.
pub(super) fn entries(cx: &Context, newer: bool) -> Vec<Entry> {
    let mark = if newer { &MARK_2025 } else { &MARK };
    let mut entries = Vec::new();
    let mut listed = false;
    for block in &cx.manuscript.blocks {
        let text = cx.at(block.span);
        let heads = matches!(
            text.trim_matches(['[', ']', '【', '】', '：', ':', ' ', '　']),
            "参考文献" | "主要参考文献" | "引用文献"
        );
        if heads || matches!(block.kind, BlockKind::Title | BlockKind::Heading) && !is_numbered(text) {
            listed = heads;
            continue;
        }
        if block.kind != BlockKind::Code && block.kind != BlockKind::Cell && (listed || is_numbered(text)) {
            entries.extend(entry(text, block, mark).filter(|entry| listed || entry.mark.is_some()));
        }
    }
    entries
}

/// Whether a block begins with [1].
fn is_numbered(text: &str) -> bool {
    text.starts_with(['[', '［']) && NUMBER.is_match(text)
}

fn entry(text: &str, block: &Block, mark: &Pattern) -> Option<Entry> {
    let start = NUMBER.find(text).map_or(0, |number| number.end());
    let end = text[start..].find(['.', '．']).map(|end| start + end)?;
    let at = block.span.start as usize;
    let sentence = text[start..end].contains(['，', '。', '；']) && text[start..end].chars().count() > 40;
    let mark = mark.find(text).map(|mark| Span::new(at + mark.start(), at + mark.end()));
    let span = Span::new(at + start, block.span.end as usize);
    (!sentence && end > start).then(|| Entry { span, authors: Span::new(at + start, at + end), mark })
}

impl Entry {
    /// What the entry lacks, as far as its kind shows.
    pub(super) fn lacks(&self, cx: &Context) -> Vec<Lack> {
        let text = cx.at(self.span);
        let kind = self.mark.map_or("", |mark| cx.at(mark)).trim_matches(['[', ']', '［', '］']).to_string();
        let mut faults = Vec::new();
        if self.mark.is_none() {
            faults.push(Fault::Mark);
        }
        if !YEAR.is_match(text) {
            faults.push(Fault::Year);
        }
        let after = self.mark.map_or("", |mark| &text[(mark.end - self.span.start) as usize..]);
        if kind == "J" && YEAR.is_match(after) && !(VOLUME.is_match(after) && PAGES.is_match(after)) {
            faults.push(Fault::Volume);
        }
        if kind.ends_with("/OL") && !(READ.is_match(text) && ADDRESS.is_match(text)) {
            faults.push(Fault::Online);
        }
        let last = self.last(cx);
        let lack = |fault| Lack { fault, at: last, other: None, expected: String::new(), mark: kind.clone() };
        faults.into_iter().map(lack).chain(self.authors(cx)).collect()
    }

    /// Where something lacks: the end of the entry, a few characters long.
    fn last(&self, cx: &Context) -> Span {
        let text = &cx.manuscript.text;
        let start = han::back(text, self.span.end as usize, 12).max(self.span.start as usize);
        Span { start: start as u32, end: self.span.end }
    }

    /// Four authors and more: three are named, and 等 or et al.
    fn authors(&self, cx: &Context) -> Option<Lack> {
        let authors = cx.at(self.authors);
        let names: Vec<&str> = authors.split([',', '，', '、']).map(str::trim).collect();
        let han = |name: &&str| (2..=4).contains(&name.chars().count()) && name.chars().all(han::is_han);
        let latin = |name: &&str| name.contains(' ') && name.chars().all(|c| c.is_alphabetic() || " -'".contains(c));
        let people = names.iter().all(han) || names.iter().all(latin);
        let closed = authors.ends_with('等') || authors.to_lowercase().ends_with("et al");
        if names.len() < 4 || !people || closed {
            return None;
        }
        let rest = if names[0].chars().all(han::is_han) { "等" } else { "et al" };
        let expected = format!("{}, {rest}", names[..3].join(", "));
        Some(Lack { fault: Fault::Authors, at: self.authors, other: None, expected, mark: String::new() })
    }
}
