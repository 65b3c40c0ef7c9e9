/*!
Styles that mix: numerals of two kinds before one measure word, spaces beside Latin words, titles of laws with and
without their marks.
*/

use rustc_hash::FxHashMap as HashMap;
use std::collections::HashSet;

use crate::facts::{Context, within};
use crate::finding::Findings;
use crate::manuscript::BlockKind;
use crate::text::{Span, han};

/// Measure words that are counted in both ways of writing.
const MEASURES: &str = "家名件起次项户座台辆所吨亩份处条艘人";

/// 3家 and 五家 in one sentence: the Han numeral is told.
pub fn numerals(cx: &Context, findings: &mut Findings) {
    for sentence in &cx.manuscript.sentences {
        let counted = counted(cx, *sentence);
        let digits: HashMap<char, Span> = counted.iter().filter(|row| row.1).map(|row| (row.2, row.0)).collect();
        let mut told = HashSet::new();
        for (span, _, measure) in counted.iter().filter(|row| !row.1) {
            let Some(other) = digits.get(measure).filter(|_| told.insert(*measure)) else { continue };
            findings
                .at(*span)
                .slot("wrong", cx.at(*span))
                .slot("right", cx.at(*other))
                .slot("count", "1")
                .note(*other)
                .push();
        }
    }
}

/// The counted things of a sentence: the place, whether in digits, the measure word.
fn counted(cx: &Context, sentence: Span) -> Vec<(Span, bool, char)> {
    let text = sentence.of(&cx.manuscript.text);
    let mut found = Vec::new();
    for (at, measure) in text.char_indices().filter(|(_, c)| MEASURES.contains(*c)) {
        let head = &text[..at];
        let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let numerals = head.trim_end_matches(|c: char| han::is_numeral(c) && c != '一' && c != '两');
        let (length, in_digits) = if digits > 0 { (digits, true) } else { (head.len() - numerals.len(), false) };
        let before = head[..head.len() - length].chars().next_back();
        let ordinal = before.is_some_and(|c| "第初十百千万亿一两几数多.%—-~～至之分".contains(c));
        if length > 0 && !ordinal && !continues(&text[at + measure.len_utf8()..]) {
            let start = sentence.start as usize + at - length;
            found.push((Span::new(start, start + length + measure.len_utf8()), in_digits, measure));
        }
    }
    found
}

/// Whether what follows makes the measure word a part of another: 三人行, 五项原则 as a name.
fn continues(after: &str) -> bool {
    after.starts_with(['次', '们', '行', '组', '制', '级'])
}

/// A space between Han characters and Latin letters in one place, and none in another.
pub fn latin(cx: &Context, findings: &mut Findings) {
    for article in cx.manuscript.wholes().iter() {
        let (spaced, tight) = joints(cx, article.span);
        let (wrong, right) = if spaced.len() < tight.len() { (&spaced, &tight) } else { (&tight, &spaced) };
        if let (Some(first), Some(other)) = (wrong.first(), right.first()) {
            let name = |list: &Vec<Span>| if std::ptr::eq(list, &spaced) { "空格" } else { "不空" };
            let draft = findings.at(*first).slot("wrong", name(wrong)).slot("right", name(right));
            draft.slot("count", right.len().to_string()).note(*other).push();
        }
    }
}

/// The joints of Han characters and Latin letters: with a space, and without.
fn joints(cx: &Context, article: Span) -> (Vec<Span>, Vec<Span>) {
    let text = article.of(&cx.manuscript.text);
    let (mut spaced, mut tight) = (Vec::new(), Vec::new());
    let mut last: Option<(usize, char)> = None;
    let mut space = false;
    for (at, c) in text.char_indices() {
        if c == ' ' {
            space = true;
            continue;
        }
        if let Some((before, other)) = last {
            let joint = han::is_han(other) && c.is_ascii_alphabetic() || other.is_ascii_alphabetic() && han::is_han(c);
            let place = Span::new(before, at + c.len_utf8());
            let start = article.start as usize;
            let place = Span::new(start + place.start as usize, start + place.end as usize);
            if joint {
                if space { spaced.push(place) } else { tight.push(place) }
            }
        }
        last = Some((at, c));
        space = false;
    }
    (spaced, tight)
}

/// The title of a law that stands in 《》 and, in running text, without.
pub fn titles(cx: &Context, findings: &mut Findings) {
    for article in cx.manuscript.wholes().iter() {
        let pairs =
            within(&cx.pairs().pairs, article.span, |pair| pair.open).iter().filter(|pair| cx.at(pair.open) == "《");
        let mut titles: HashMap<&str, Span> = HashMap::default();
        for pair in pairs {
            let title = cx.at(pair.inside());
            if title.ends_with('法') && (3..=12).contains(&title.chars().count()) {
                titles.entry(title).or_insert(pair.span());
            }
        }
        let mut bare: Vec<(Span, Span, usize)> =
            titles.iter().filter_map(|(title, marked)| unmarked(cx, article.span, title, *marked)).collect();
        bare.sort_unstable_by_key(|row| row.0);
        for (place, marked, count) in bare {
            let draft = findings.at(place).slot("wrong", cx.at(place)).slot("right", cx.at(marked));
            draft.slot("count", count.to_string()).note(marked).push();
        }
    }
}

/// The first place at which a title stands without its marks, with the place with marks.
fn unmarked(cx: &Context, article: Span, title: &str, marked: Span) -> Option<(Span, Span, usize)> {
    let text = article.of(&cx.manuscript.text);
    let prose = |at: usize| cx.manuscript.block_at(at as u32).is_some_and(|block| block.kind != BlockKind::Title);
    let mut bare = None;
    let mut count = 0;
    for (at, _) in text.match_indices(title) {
        let start = article.start as usize + at;
        if text[..at].ends_with('《') {
            count += 1;
        } else if bare.is_none()
            && prose(start)
            && !text[at + title.len()..].starts_with(['》', '院', '官', '律', '治'])
        {
            bare = Some(Span::new(start, start + title.len()));
        }
    }
    bare.map(|bare| (bare, marked, count))
}
