/*!
`antecedent`: a word that points back where nothing stands to point at.

`with = { of = "organization" | "acronym", needs = "head" | "name" }`. 该院 needs an institution of its kind before it in
the article; title and byline count. Where the head of the article is lost the fault is certain, and the remedy is to
find the head (`needs = "head"`). Elsewhere it is a question (`needs = "name"`), because a name may be worded in ways
that no list knows: so any earlier word that ends as the pointer does will serve. An acronym needs its Chinese name, or
to be one that every reader knows.

Slots of messages: `pointer`, `kind`.
*/

use std::collections::HashSet;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::finding::Findings;
use crate::lexicon::words::words;
use crate::manuscript::{Article, BlockKind};
use crate::scan::Scan;
use crate::text::{Span, han};

/// The mechanism.
pub static ANTECEDENT: Mechanism = Mechanism { name: "antecedent", slots: &["pointer", "kind"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    of: Of,
    #[serde(default)]
    needs: Needs,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Of {
    Organization,
    Acronym,
}

/// What is missing.
#[derive(Clone, Copy, Deserialize, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Needs {
    /// The head of the article, with whatever it named.
    Head,
    #[default]
    Name,
}

/// What 该 may point at, longest first, with what may stand for it.
const KINDS: &[(&str, &[&str])] = &[
    ("检察院", &["检察院", "检察机关"]),
    ("法院", &["法院", "法庭"]),
    ("医院", &["医院"]),
    ("学院", &["学院", "大学"]),
    ("公司", &["公司", "集团", "企业", "银行", "厂", "股份", "店", "商", "平台", "机构", "社", "单位", "科技", "法人"]),
    ("集团", &["集团", "公司"]),
    ("支队", &["支队"]),
    ("大队", &["大队"]),
    ("院", &["院"]),
    ("局", &["局"]),
    ("厅", &["厅"]),
    ("县", &["县"]),
    ("镇", &["镇"]),
    ("乡", &["乡"]),
    ("村", &["村", "庄", "寨", "屯", "沟"]),
    ("校", &["校", "学院", "大学", "中学", "小学"]),
    ("所", &["所"]),
    ("厂", &["厂", "企业", "公司"]),
];
/// Acronyms that every reader of the press knows.
const KNOWN: &[&str] = &[
    "APP", "CCTV", "WTO", "GDP", "CPI", "PPI", "IT", "AI", "VR", "AR", "CT", "DNA", "RNA", "LED", "KTV", "NBA", "CBA",
    "IP", "PC", "USB", "CPU", "GPU", "WIFI", "WiFi", "SUV", "ATM", "GPS", "UFO", "VIP", "EMS", "ETC", "QQ", "PM",
    "PDF", "PPT", "HIV", "ICU", "APEC", "EU", "UN", "CEO", "MBA", "TV", "CD", "DVD", "BBC", "CNN", "APEC", "B2B", "OK",
    "ID",
];

fn compile(options: Options<'_>, _scan: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(match with.of {
        Of::Organization => Box::new(move |cx, findings| organizations(cx, findings, with.needs)),
        Of::Acronym => Box::new(acronyms),
    })
}

fn organizations(cx: &Context, findings: &mut Findings, needs: Needs) {
    for article in &cx.manuscript.articles {
        let headless = cx.manuscript.blocks_of(article).first().is_some_and(|block| block.headless);
        if headless != (needs == Needs::Head) {
            continue;
        }
        let text = cx.at(article.span);
        let mut told: HashSet<&str> = HashSet::new();
        for (at, _) in text.match_indices('该') {
            let Some((head, kinds)) = kind_at(text, at) else { continue };
            let span = Span::new(article.span.start as usize + at, article.span.start as usize + at + 3 + head.len());
            if told.insert(head) && is_pointer(cx, span) && !is_named(&text[..at], kinds) {
                findings.at(span).slot("pointer", cx.at(span)).slot("kind", head).push();
            }
        }
    }
}

fn kind_at(text: &str, at: usize) -> Option<(&'static str, &'static [&'static str])> {
    let rest = &text[at + '该'.len_utf8()..];
    KINDS.iter().find(|(head, _)| rest.starts_with(head)).copied()
}

/// Whether 该 and the head are words of their own in running text, and nothing goes on after the head.
fn is_pointer(cx: &Context, span: Span) -> bool {
    let text = cx.manuscript.text.as_str();
    let Some(block) = cx.manuscript.block_at(span.start).filter(|block| block.kind.is_prose()) else { return false };
    let start = han::back(text, span.start as usize, 4).max(block.span.start as usize);
    let end = han::forth(text, span.end as usize, 4).min(block.span.end as usize);
    let whole = span.start as usize - start..span.end as usize - start;
    let modal = text[start..span.start as usize].ends_with(['应', '本', '活', '理']);
    let crossed = words().crosses(&text[start..end], whole) || modal;
    !crossed
}

/// Whether a text before names one of the kinds: the word stands there, and not only after 该, 我 or 本.
fn is_named(before: &str, kinds: &[&str]) -> bool {
    kinds.iter().any(|kind| {
        let mut places = before.match_indices(kind);
        places.any(|(at, _)| !before[..at].ends_with(['该', '我', '本', '各', '全']) && at > 0)
    })
}

fn acronyms(cx: &Context, findings: &mut Findings) {
    for article in &cx.manuscript.articles {
        for span in first_acronyms(cx, article) {
            findings.at(span).slot("pointer", cx.at(span)).slot("kind", "缩写").push();
        }
    }
}

/// The first place of every acronym of an article that is neither explained there nor known to everybody.
fn first_acronyms(cx: &Context, article: &Article) -> Vec<Span> {
    let text = cx.manuscript.text.as_str();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    let blocks = cx.manuscript.blocks_of(article).iter();
    for block in blocks.filter(|block| block.kind == BlockKind::Paragraph) {
        for span in capitals(text, block.span) {
            let acronym = cx.at(span);
            if seen.insert(acronym) && !KNOWN.contains(&acronym) && !is_explained(text, span) {
                found.push(span);
            }
        }
    }
    found
}

/// Runs of three to six capital letters between Han characters or marks.
fn capitals(text: &str, block: Span) -> Vec<Span> {
    let mut found = Vec::new();
    if !block.of(text).bytes().any(|byte| byte.is_ascii_uppercase()) {
        return found;
    }
    let mut start = None;
    for (at, c) in block.of(text).char_indices().chain([(block.len(), '\n')]) {
        let at = block.start as usize + at;
        match (start, c.is_ascii_uppercase()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let apart = |c: Option<char>| c.is_none_or(|c| han::is_han(c) || han::is_wide_mark(c));
                if (3..=6).contains(&(at - from)) && apart(han::before(text, from)) && apart(Some(c)) {
                    found.push(Span::new(from, at));
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether a bracket beside an acronym gives its name.
fn is_explained(text: &str, span: Span) -> bool {
    let before = &text[..span.start as usize];
    let after = &text[span.end as usize..];
    before.ends_with(['（', '(', '“']) || after.starts_with(['（', '('])
}
