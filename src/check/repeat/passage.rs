/*!
Clauses, sentences and paragraphs that stand twice, each found in a table of what has been read, never by comparison.
*/

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::facts::series::{parts, split};
use crate::facts::{Context, within};
use crate::finding::Findings;
use crate::lexicon::words::words;
use crate::manuscript::{Article, BlockKind};
use crate::text::{Span, han};

/// A clause that repeats the end of the clause before it.
pub fn clauses(cx: &Context, findings: &mut Findings, least: usize) {
    for block in cx.manuscript.blocks.iter().filter(|block| block.kind.is_prose()) {
        let mut before = None;
        for clause in parts(&cx.manuscript.text, block.span, han::ends_clause) {
            if let Some(first) = before.replace(clause).filter(|first| repeats(cx, *first, clause, least)) {
                let twice = Span::new(first.end as usize - clause.len(), first.end as usize);
                findings.at(clause).slot("text", cx.at(clause)).note(twice).push();
            }
        }
    }
}

/// Whether a clause of so many Han characters is the end of the clause before it, from the start of a word on.
fn repeats(cx: &Context, first: Span, second: Span, least: usize) -> bool {
    let Some(head) = cx.at(first).strip_suffix(cx.at(second)) else { return false };
    let comma = cx.manuscript.text[first.end as usize..].starts_with(['，', ',']);
    let long = comma && cx.at(second).chars().count() >= least && cx.at(second).chars().all(han::is_han);
    long && ends_word(head, cx.at(second)) && !is_spoken(cx, second)
}

/// Whether a word begins where the head ends.
fn ends_word(head: &str, tail: &str) -> bool {
    let start = han::back(head, head.len(), 5);
    let window = format!("{}{}", &head[start..], tail);
    words().cut(&window).iter().any(|word| word.start == head.len() - start)
}

/// Whether a place lies between paired marks, or its sentence is cried or asked.
fn is_spoken(cx: &Context, span: Span) -> bool {
    let pairs = &cx.pairs().pairs;
    let mut near = pairs.partition_point(|pair| pair.open.start < span.start).checked_sub(1);
    while let Some(pair) = near.map(|index| &pairs[index]) {
        if pair.inside().contains(span) {
            return true;
        }
        near = pair.parent;
    }
    cx.at(cx.manuscript.sentence_at(span.start)).ends_with(['！', '？', '!', '?', '~'])
}

/// A clause that begins as an earlier one of its sentence, with another clause between.
pub fn again(cx: &Context, findings: &mut Findings, least: usize) {
    for sentence in &cx.manuscript.sentences {
        // The heads of the two clauses before.
        let mut heads: [Option<Span>; 2] = [None; 2];
        for clause in parts(&cx.manuscript.text, *sentence, han::ends_clause) {
            let head = head(cx, clause, least);
            let is_again = |first: &Span| head.is_some_and(|head| cx.at(head) == cx.at(*first));
            let [first, between] = heads;
            let twice = first.filter(|first| is_again(first) && !between.is_some_and(|between| is_again(&between)));
            if let (Some(first), Some(place)) = (twice, head)
                && begins_with_verb(cx.at(place))
                && is_one_thought(cx, *sentence)
            {
                findings.at(place).slot("text", cx.at(place)).note(first).push();
            }
            heads = [between, head];
        }
    }
}

/// The first so many characters of a clause, where they are Han.
fn head(cx: &Context, clause: Span, least: usize) -> Option<Span> {
    let clause = trim(&cx.manuscript.text, clause);
    let text = cx.at(clause);
    let mut length = 0;
    let mut characters = text.chars();
    for _ in 0..least {
        let c = characters.next().filter(|c| han::is_han(*c))?;
        length += c.len_utf8();
    }
    Some(Span::new(clause.start as usize, clause.start as usize + length))
}

/// Whether a sentence of prose is no row of parallel members.
fn is_one_thought(cx: &Context, sentence: Span) -> bool {
    let kind = cx.manuscript.block_at(sentence.start).map(|block| block.kind);
    let text = cx.at(sentence);
    kind.is_some_and(BlockKind::is_prose) && !text.contains(['；', ';']) && !text.contains("的，")
}

/// Whether the first word is a verb.
fn begins_with_verb(head: &str) -> bool {
    let first = words().cut(head).into_iter().next();
    first.and_then(|word| words().get(&head[word])).is_some_and(|word| word.tag.starts_with('v'))
}

/// Without the white space and closing marks at the start.
fn trim(text: &str, span: Span) -> Span {
    let rest = span.of(text);
    let skipped = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || han::closes(c)).len();
    Span::new(span.start as usize + skipped, span.end as usize)
}

/// A sentence that stands twice in an article.
pub fn sentences(cx: &Context, findings: &mut Findings, least: usize, near: Option<usize>) {
    for article in &cx.manuscript.articles {
        let list = within(&cx.manuscript.sentences, article.span, |sentence| *sentence);
        if any_twice(cx, list.iter().copied(), least) && !is_statute(cx, article) {
            let running = list.iter().copied().filter(|sentence| is_running(cx, *sentence, least));
            twice(cx, findings, running, near);
        }
    }
}

/// Whether some text of so many characters stands twice, whatever it is: one pass that most articles leave with nothing.
fn any_twice(cx: &Context, texts: impl Iterator<Item = Span>, least: usize) -> bool {
    let long = texts.map(|span| core(cx.at(span))).filter(|text| text.len() >= least * '一'.len_utf8());
    let mut known: HashSet<&str> = HashSet::default();
    long.into_iter().any(|text| !known.insert(text))
}

/// A long clause that stands twice in an article, where the sentences round it differ.
pub fn passages(cx: &Context, findings: &mut Findings, least: usize, near: Option<usize>) {
    let text = cx.manuscript.text.as_str();
    for article in cx.manuscript.articles.iter().filter(|article| !is_statute(cx, article)) {
        let blocks = cx.manuscript.blocks_of(article).iter().filter(|block| block.kind == BlockKind::Paragraph);
        let sentences = blocks.flat_map(|block| split(text, block.span, han::ends_sentence));
        let several = sentences.map(|sentence| split(text, sentence, han::ends_clause)).filter(|parts| parts.len() > 1);
        let plain = |span: &Span| cx.at(*span).chars().all(han::is_han) && is_long(cx.at(*span), least);
        twice(cx, findings, several.flatten().filter(plain), near);
    }
}

/// Whether an article is a text of provisions or a manual, which repeat themselves: three blocks begin with 第…条, or
/// one is code.
fn is_statute(cx: &Context, article: &Article) -> bool {
    let numbered = |text: &str| text.starts_with('第') && text.chars().take(8).any(|c| c == '条');
    let blocks = cx.manuscript.blocks_of(article).iter();
    let code = blocks.clone().any(|block| block.kind == BlockKind::Code);
    code || blocks.filter(|block| numbered(cx.at(block.span).trim_start())).nth(2).is_some()
}

/// A paragraph that stands twice in an article.
pub fn paragraphs(cx: &Context, findings: &mut Findings, least: usize) {
    for article in &cx.manuscript.articles {
        let blocks = cx.manuscript.blocks_of(article).iter().filter(|block| block.kind == BlockKind::Paragraph);
        let spans = blocks.map(|block| block.span);
        if any_twice(cx, spans.clone(), least) && !is_statute(cx, article) {
            let several = |span: &Span| cx.at(*span).matches(['。', '！', '？']).count() >= 2;
            let long = spans.filter(|span| is_long(cx.at(*span), least) && several(span));
            twice(cx, findings, long, None);
        }
    }
}

/// Tells every text that stood before.
fn twice(cx: &Context, findings: &mut Findings, texts: impl Iterator<Item = Span>, near: Option<usize>) {
    let mut known: HashMap<&str, Span> = HashMap::default();
    let mut found: Vec<(Span, Span)> = Vec::new();
    let mut often: HashMap<&str, usize> = HashMap::default();
    for span in texts {
        let text = core(cx.at(span));
        *often.entry(text).or_default() += 1;
        if let Some(first) = known.insert(text, span) {
            let gap = Span::new(first.end as usize, span.start as usize);
            if near.is_none_or(|near| gap.len() <= near * 4 && cx.at(gap).chars().count() <= near) {
                found.push((first, span));
            }
        }
    }
    // Three times is a refrain, and several passages twice are a form that is filled in.
    found.retain(|(_, span)| often[core(cx.at(*span))] == 2);
    for (first, span) in found.iter().filter(|_| found.len() <= MANY) {
        findings.at(*span).slot("text", excerpt(core(cx.at(*span)))).note(*first).push();
    }
}

/// More passages than these that stand twice in one article are meant.
const MANY: usize = 2;

/// The text without white space and marks at its ends.
fn core(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || han::ends_clause(c) || han::closes(c) || han::opens(c))
}

/// The head of a text, short enough for a message.
fn excerpt(text: &str) -> String {
    let head: String = text.chars().take(12).collect();
    if head.len() < text.len() { format!("{head}……") } else { head }
}

fn is_long(text: &str, least: usize) -> bool {
    text.chars().filter(|c| han::is_han(*c)).count() >= least
}

/// Whether a sentence is running text: it ends as a sentence in a paragraph that holds more, and is no quotation.
fn is_running(cx: &Context, sentence: Span, least: usize) -> bool {
    let text = cx.at(sentence);
    let block = cx.manuscript.block_at(sentence.start);
    let prose = block.is_some_and(|block| block.kind == BlockKind::Paragraph);
    let ends = text.trim_end().ends_with('。');
    let head = &cx.manuscript.text[..sentence.start as usize];
    let latin = text.contains(|c: char| c.is_ascii_alphabetic());
    let open = text.matches('“').count() != text.matches('”').count();
    let quoted = latin || open || text.contains(['：', '；']) || head.ends_with('“');
    prose && ends && !quoted && is_long(text, least)
}
