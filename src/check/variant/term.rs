/*!
Names of bodies and coined terms that differ in one character: 展评中心 twice, 展示中心 once.

A term is told by its tail (中心, 平台, 机制), a body by its ending. The form that stands once is doubted where the other
one stands at least twice and is coined: no official text has it, so the article is about it.
*/

use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::how;
use crate::facts::{Context, Form, within};
use crate::finding::Findings;
use crate::lexicon::grams::is_attested;
use crate::lexicon::likeness::{Likeness, likeness};
use crate::lexicon::words::words;
use crate::manuscript::Article;
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// The tails of coined terms.
const TAILS: &[&str] = &[
    "中心",
    "平台",
    "机制",
    "工程",
    "计划",
    "行动",
    "联盟",
    "基地",
    "工作站",
    "工作室",
    "驿站",
    "课堂",
    "专班",
    "团队",
    "小组",
    "大厅",
    "品牌",
    "模式",
    "体系",
    "工作法",
    "服务站",
    "示范区",
    "集聚区",
    "产业园",
    "实验室",
    "大讲堂",
];

/// A form of a term: how often, and where first.
struct Seen {
    count: u32,
    first: Span,
}

/// Coined terms.
pub fn terms(cx: &Context, findings: &mut Findings) {
    for article in cx.manuscript.wholes().iter() {
        let mut places = tails(cx.at(article.span), article.span.start as usize);
        places.sort_unstable();
        for places in places.chunk_by(|a, b| a.0 == b.0).filter(|places| places.len() >= 3) {
            let tail = TAILS[places[0].0];
            doubt(cx, findings, &heads(cx, places, tail), tail);
        }
    }
}

/// The tails in a text that begins at `start` of the reading text: which, and where.
fn tails(text: &str, start: usize) -> Vec<(usize, usize)> {
    static FIRST: CharSet = CharSet::heads(TAILS);
    static SECOND: OnceLock<CharSet> = OnceLock::new();
    let second = SECOND.get_or_init(|| CharSet::of(TAILS.iter().filter_map(|tail| tail.chars().nth(1))));
    let mut found = Vec::new();
    let mut last = None;
    for (at, c) in text.char_indices() {
        let begun = last.take().filter(|_| second.contains(c));
        last = FIRST.contains(c).then_some(at);
        let Some(at) = begun else { continue };
        let stand = (0..).zip(TAILS).filter(|(_, tail)| text[at..].starts_with(**tail));
        found.extend(stand.map(|(index, _)| (index, start + at)));
    }
    found
}

/// The two characters before a tail, with counts.
fn heads<'m>(cx: &Context<'m>, places: &[(usize, usize)], tail: &str) -> BTreeMap<&'m str, Seen> {
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    for &(_, at) in places {
        let start = han::back(&cx.manuscript.text, at, 2);
        let head = Span::new(start, at);
        if cx.at(head).chars().all(han::is_han) && begins_word(cx, head) {
            let whole = Span::new(start, at + tail.len());
            seen.entry(cx.at(head)).or_insert(Seen { count: 0, first: whole }).count += 1;
        }
    }
    seen
}

/// Whether a word begins where the head does.
fn begins_word(cx: &Context, head: Span) -> bool {
    let text = cx.manuscript.text.as_str();
    let start = han::back(text, head.start as usize, 4);
    words().cut(&text[start..head.end as usize]).iter().any(|word| word.start == head.start as usize - start)
}

fn doubt(cx: &Context, findings: &mut Findings, seen: &BTreeMap<&str, Seen>, tail: &str) {
    let mut coined: HashMap<(usize, char), &str> = HashMap::default();
    for (head, _) in seen.iter().filter(|(head, form)| form.count >= 2 && is_coined(head, tail)) {
        for (place, c) in head.chars().enumerate() {
            coined.insert((place, c), head);
        }
    }
    for (head, form) in seen.iter().filter(|(_, form)| form.count == 1) {
        let mut other = head.chars().enumerate().filter_map(|(place, c)| coined.get(&(place, c)));
        if let Some(other) = other.find(|other| *other != head) {
            let draft =
                findings.at(form.first).slot("wrong", cx.at(form.first)).slot("right", format!("{other}{tail}"));
            draft.slot("count", seen[other].count.to_string()).note(seen[other].first).push();
        }
    }
}

/// Whether official text does not have a head before this tail, nor the dictionary as a common word.
fn is_coined(head: &str, tail: &str) -> bool {
    let run: Vec<char> = head.chars().chain(tail.chars().take(1)).collect();
    !head.starts_with(['的', '了', '在', '和', '等'])
        && words().get(head).is_none_or(|word| word.frequency < 5)
        && !is_attested(&run)
}

/// Full names of organizations that differ in one like character.
pub fn organizations(cx: &Context, findings: &mut Findings) {
    for article in cx.manuscript.wholes().iter() {
        let seen = named(cx, article);
        if seen.values().all(|form| form.count >= 2) || seen.values().all(|form| form.count == 1) {
            continue;
        }
        let mut open: HashMap<(Vec<char>, usize), Vec<&str>> = HashMap::default();
        for (name, _) in seen.iter().filter(|(_, form)| form.count >= 2) {
            for key in opened(name) {
                open.entry(key).or_default().push(name);
            }
        }
        for (name, form) in seen.iter().filter(|(_, form)| form.count == 1 && !is_listed(cx, form.first)) {
            let same = opened(name)
                .into_iter()
                .flat_map(|key| open.get(&key).into_iter().flatten().map(move |other| (*other, key.1)));
            let alike = same.into_iter().find_map(|(other, place)| {
                let (a, b) = (name.chars().nth(place)?, other.chars().nth(place)?);
                let kind = likeness(a, b).filter(|kind| *kind != Likeness::Near)?;
                let plain = !han::is_numeral(a) && !"东西南北上下前后左右".contains(a);
                plain.then_some((other, kind))
            });
            if let Some((other, kind)) = alike {
                let draft =
                    findings.at(form.first).slot("wrong", *name).slot("right", other).slot("how", how(Some(kind)));
                draft.slot("count", seen[other].count.to_string()).note(seen[other].first).push();
            }
        }
    }
}

/// Whether a name stands in a list.
fn is_listed(cx: &Context, span: Span) -> bool {
    let text = cx.manuscript.text.as_str();
    text[..span.start as usize].ends_with('、') || text[span.end as usize..].starts_with('、')
}

fn named<'m>(cx: &Context<'m>, article: &Article) -> BTreeMap<&'m str, Seen> {
    let mut seen: BTreeMap<&str, Seen> = BTreeMap::new();
    for org in within(cx.organizations(), article.span, |org| org.span) {
        if matches!(org.value.form, Form::Full | Form::Short)
            && (5..=30).contains(&cx.at(org.span).chars().count())
            && !cx.at(org.span).contains('级')
        {
            seen.entry(cx.at(org.span)).or_insert(Seen { count: 0, first: org.span }).count += 1;
        }
    }
    seen
}

/// A name with each of its characters left open.
fn opened(name: &str) -> Vec<(Vec<char>, usize)> {
    let characters: Vec<char> = name.chars().collect();
    let open = |place: usize| {
        let mut rest = characters.clone();
        rest[place] = '＿';
        (rest, place)
    };
    (0..characters.len()).map(open).collect()
}
