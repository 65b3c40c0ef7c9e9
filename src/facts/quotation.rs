/*!
Marks that come in pairs: what each one encloses, how they nest, and which stand alone.

A pair may run over several paragraphs: a long quotation repeats its opening mark at the head of each of them and closes
once (GB/T 15834—2011, 4.8), or it simply goes on until it closes. Both are read as one pair. What cannot be a mark of a
pair (the apostrophe of Latin words, 1）, inches, emoticons, the brackets of code) is not read as one. Whether a mark
that stands alone is a fault is for the checks to say.
*/

use super::cue::{Cues, Sign};
use crate::manuscript::{Block, BlockKind, Manuscript};
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// The kinds of pair: opening and closing mark.
pub const KINDS: [(char, char); 11] = [
    ('“', '”'),
    ('‘', '’'),
    ('（', '）'),
    ('《', '》'),
    ('〈', '〉'),
    ('〔', '〕'),
    ('【', '】'),
    ('「', '」'),
    ('『', '』'),
    ('［', '］'),
    ('"', '"'),
];

/// Index of the straight quotation mark, which opens and closes alike.
const STRAIGHT: usize = KINDS.len() - 1;

/// A pair, its marks at both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Index into [`KINDS`].
    pub kind: usize,
    pub open: Span,
    pub close: Span,
    /// The innermost pair round it: index into [`Pairs::pairs`].
    pub parent: Option<usize>,
}

/// A mark without its partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lone {
    /// Index into [`KINDS`].
    pub kind: usize,
    pub at: Span,
    pub opens: bool,
    /// A mark that it would pair with if that did not cross another pair, or if it were of the same kind.
    pub near: Option<Span>,
}

/// The paired marks of a manuscript.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// By where they open.
    pub pairs: Vec<Pair>,
    /// In reading order.
    pub lone: Vec<Lone>,
}

#[derive(Clone, Copy)]
struct Mark {
    kind: usize,
    at: Span,
    opens: bool,
    /// Index among the blocks of the article.
    block: usize,
}

impl Pair {
    /// The whole, both marks included.
    pub fn span(&self) -> Span {
        self.open.hull(self.close)
    }

    /// What stands between the marks.
    pub fn inside(&self) -> Span {
        Span { start: self.open.end, end: self.close.start }
    }
}

/// Pairs the marks of a manuscript, article by article.
pub fn find(manuscript: &Manuscript, cues: &Cues) -> Pairs {
    let mut found = Pairs::default();
    let mut walk = cues.walk();
    for article in &manuscript.articles {
        let blocks = manuscript.blocks_of(article);
        let mut left = Vec::new();
        for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.kind != BlockKind::Code) {
            let signs = walk.through(block.span);
            pair_straight(signs, &mut found.pairs);
            pair_block(&manuscript.text, (index, block.span), signs, &mut found, &mut left);
        }
        for kind in (0..STRAIGHT).filter(|_| !left.is_empty()) {
            let mine: Vec<Mark> = left.iter().copied().filter(|mark| mark.kind == kind).collect();
            bridge(&manuscript.text, blocks, mine, &mut found);
        }
    }
    found.lone.sort_by_key(|lone| lone.at);
    introduce(manuscript, &mut found);
    found.pairs.sort_by_key(|pair| pair.open);
    enclose(&mut found.pairs);
    found
}

/// Pairs the marks inside one block; what is left over goes to `left`, what crosses another pair is alone.
fn pair_block(text: &str, (index, span): (usize, Span), signs: &[Sign], found: &mut Pairs, left: &mut Vec<Mark>) {
    let before = left.len();
    let mut open: Vec<Mark> = Vec::new();
    let mut crossed: Vec<Mark> = Vec::new();
    for mark in marks(text, signs, index) {
        let same = |other: &Mark| other.kind == mark.kind;
        if mark.opens {
            open.push(mark);
        } else if let Some(at) = open.iter().rposition(same) {
            crossed.extend(open.drain(at + 1..));
            found.pairs.extend(open.pop().map(|other| pair(other, mark)));
        } else if let Some(at) = crossed.iter().rposition(same) {
            let other = crossed.remove(at);
            found.lone.push(Lone { kind: mark.kind, at: other.at, opens: true, near: Some(mark.at) });
        } else {
            left.push(mark);
        }
    }
    left.extend(open.into_iter().chain(crossed));
    if left.len() == before {
        return;
    }
    left.retain(|mark| {
        mark.block != index || !(is_label(text, span, *mark) || is_emoticon(text, *mark) || is_foreign(text, *mark))
    });
    left.sort_by_key(|mark| mark.at);
}

/// Pairs the straight quotation marks of a block by turns, when they come out even.
fn pair_straight(signs: &[Sign], pairs: &mut Vec<Pair>) {
    let at: Vec<usize> = signs.iter().filter(|sign| sign.mark == '"').map(|sign| sign.at as usize).collect();
    let (turns, rest) = at.as_chunks::<2>();
    if rest.is_empty() {
        let one = |at: usize| Span::new(at, at + 1);
        pairs.extend(turns.iter().map(|turn| Pair {
            kind: STRAIGHT,
            open: one(turn[0]),
            close: one(turn[1]),
            parent: None,
        }));
    }
}

/// What the pairing over blocks goes by.
enum Event {
    Mark(Mark),
    /// A pair that begins a block, whose mark may repeat the opening mark of an earlier one: block and mark.
    Head(usize, Span),
}

impl Event {
    fn block(&self) -> usize {
        match self {
            Event::Mark(mark) => mark.block,
            Event::Head(block, _) => *block,
        }
    }
}

/// Pairs the marks of one kind that are left over in the blocks of an article.
fn bridge(text: &str, blocks: &[Block], marks: Vec<Mark>, found: &mut Pairs) {
    let mut open: Option<(Mark, usize)> = None;
    for event in events(text, blocks, marks, &found.pairs) {
        if let Some((first, last)) = open
            && event.block() - last > reach(text, blocks, first)
        {
            found.lone.push(lone(first));
            open = None;
        }
        match (open, event) {
            (Some((first, last)), Event::Head(block, head)) if block == last + 1 && quotes(first.kind) => {
                found.pairs.iter_mut().filter(|pair| pair.open == head).for_each(|pair| pair.open = first.at);
                open = None;
            }
            (_, Event::Head(..)) => {}
            (Some((first, _)), Event::Mark(mark)) if !mark.opens => {
                found.pairs.push(pair(first, mark));
                open = None;
            }
            (Some((first, _)), Event::Mark(mark))
                if quotes(mark.kind) && begins(text, blocks[mark.block].span, mark) =>
            {
                open = Some((first, mark.block));
            }
            (before, Event::Mark(mark)) => {
                found.lone.extend(before.map(|(first, _)| lone(first)));
                open = Some((mark, mark.block)).filter(|_| mark.opens && runs_on(text, blocks[mark.block].span, mark));
                found.lone.extend(Some(lone(mark)).filter(|_| open.is_none()));
            }
        }
    }
    found.lone.extend(open.map(|(first, _)| lone(first)));
}

/// The left-over marks of a kind and, where there are any that open, the blocks that begin with a pair of the kind.
fn events(text: &str, blocks: &[Block], marks: Vec<Mark>, pairs: &[Pair]) -> Vec<Event> {
    let Some(first) = marks.iter().find(|mark| mark.opens).copied() else {
        return marks.into_iter().map(Event::Mark).collect();
    };
    let heads = pairs.iter().filter(|pair| pair.kind == first.kind && pair.open > first.at);
    let heads = heads.filter_map(|pair| {
        let block = blocks.partition_point(|block| block.span.end <= pair.open.start);
        begins(text, blocks.get(block)?.span, Mark { at: pair.open, block, ..first })
            .then_some(Event::Head(block, pair.open))
    });
    let mut events: Vec<Event> = heads.chain(marks.iter().copied().map(Event::Mark)).collect();
    events.sort_by_key(Event::block);
    events
}

/// Blocks that a pair may run over without a sign of itself: a quoted clause of a law is long, brackets are short.
fn reach(text: &str, blocks: &[Block], mark: Mark) -> usize {
    match (quotes(mark.kind), begins(text, blocks[mark.block].span, mark)) {
        (true, true) => 80,
        (true, false) => 12,
        (false, true) => 8,
        (false, false) => 3,
    }
}

/// Whether marks of the kind quote, and so may run over paragraphs.
fn quotes(kind: usize) -> bool {
    matches!(KINDS[kind].0, '“' | '‘' | '「' | '『')
}

/// Bytes of white space and opening marks before a mark that begins a block, at the most.
const HEAD: usize = 30;

/// Whether the mark is the first thing in its block.
fn begins(text: &str, block: Span, mark: Mark) -> bool {
    let head = &text[block.start as usize..mark.at.start as usize];
    head.len() <= HEAD && head.chars().all(|c| c.is_whitespace() || han::opens(c))
}

/// Whether what the mark opens can go on in the next block: it begins a statement, or the block breaks off.
fn runs_on(text: &str, block: Span, mark: Mark) -> bool {
    let before = text[block.start as usize..mark.at.start as usize].trim_end().chars().next_back();
    let ends = text[mark.at.end as usize..block.end as usize].trim_end().trim_end_matches(han::closes);
    let breaks_off = !ends.ends_with(|c| han::ends_sentence(c) || c == '；');
    let states = before.is_none_or(|c| han::ends_clause(c) || han::opens(c) || c == '—');
    breaks_off || before.is_none() || (states && quotes(mark.kind))
}

/// Shows two lone marks of one block to each other when nothing but text is between them: “甲》.
fn introduce(manuscript: &Manuscript, found: &mut Pairs) {
    for at in 1..found.lone.len() {
        let (first, second) = (found.lone[at - 1], found.lone[at]);
        let between = Span { start: first.at.end, end: second.at.start };
        let plain = first.opens && !second.opens && between.start <= between.end;
        if plain && !manuscript.at(between).contains(|c: char| c == '\n' || han::opens(c) || han::closes(c)) {
            found.lone[at - 1].near = Some(second.at);
            found.lone[at].near = Some(first.at);
        }
    }
}

/// Tells each pair which one holds it.
fn enclose(pairs: &mut [Pair]) {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..pairs.len() {
        let span = pairs[index].span();
        open.retain(|&outer| pairs[outer].close.start > span.start);
        pairs[index].parent = open.iter().rev().copied().find(|&outer| pairs[outer].span().contains(span));
        open.push(index);
    }
}

/// The marks of a block that can be marks of a pair; half-width brackets count as the full-width ones.
fn marks<'t>(text: &'t str, signs: &'t [Sign], block: usize) -> impl Iterator<Item = Mark> + 't {
    static PAIRED: CharSet = CharSet::new("“”‘’（）《》〈〉〔〕【】「」『』［］()");
    signs.iter().filter(|sign| PAIRED.contains(sign.mark)).filter_map(move |sign| {
        let at = Span { start: sign.at, end: sign.end() };
        let c = match sign.mark {
            '(' => '（',
            ')' => '）',
            c => c,
        };
        let kind = KINDS[..STRAIGHT].iter().position(|kind| c == kind.0 || c == kind.1)?;
        let mark = Mark { kind, at, opens: c == KINDS[kind].0, block };
        (!is_apostrophe(text, mark)).then_some(mark)
    })
}

/// ’ in Let’s, Jones’ and ’98, and ‘ and ” where they stand for an apostrophe or for inches.
fn is_apostrophe(text: &str, mark: Mark) -> bool {
    let before = han::before(text, mark.at.start as usize);
    let after = han::after(text, mark.at.end as usize);
    let latin = |c: Option<char>| c.is_some_and(|c| han::is_latin(c) || han::is_digit(c));
    match mark.at.of(text) {
        "’" => latin(before) && latin(after) || after.is_some_and(han::is_digit) && !latin(before),
        "‘" => latin(before) && latin(after),
        "”" => before.is_some_and(han::is_digit) && is_inch(text, mark.at),
        _ => false,
    }
}

/// A ” after a figure that no “ of the same clause has opened.
fn is_inch(text: &str, at: Span) -> bool {
    let ahead = text[..at.start as usize].chars().rev().take(40).take_while(|&c| !han::ends_sentence(c) && c != '\n');
    !ahead.take_while(|&c| c != '”').any(|c| c == '“')
}

/// A bracket in :) and the like.
fn is_emoticon(text: &str, mark: Mark) -> bool {
    let next =
        if mark.opens { han::after(text, mark.at.end as usize) } else { han::before(text, mark.at.start as usize) };
    let eyes = han::before(text, mark.at.start as usize);
    KINDS[mark.kind].0 == '（'
        && (matches!(eyes, Some(':' | ';' | '^' | '=')) || matches!(next, Some('：' | '；' | '^' | ':')))
}

/// A half-width bracket that holds no Han characters on its side: code, Latin text.
fn is_foreign(text: &str, mark: Mark) -> bool {
    let inner =
        if mark.opens { han::after(text, mark.at.end as usize) } else { han::before(text, mark.at.start as usize) };
    matches!(mark.at.of(text), "(" | ")") && !inner.is_some_and(|c| han::is_han(c) || han::is_wide_mark(c))
}

/// A closing bracket that ends a label: 1） a) 一）, at the start of the block or after a mark or a space.
fn is_label(text: &str, block: Span, mark: Mark) -> bool {
    let before = &text[block.start as usize..mark.at.start as usize];
    let label = before
        .trim_end_matches(|c: char| c.is_ascii_alphanumeric() || han::is_digit(c) || han::is_numeral(c) || c == '.');
    let length = before[label.len()..].chars().count();
    let stands = label.chars().next_back().is_none_or(|c| !han::is_han(c) || c == '第' || c == '有' || c == '和');
    KINDS[mark.kind].1 == '）' && !mark.opens && (1..=4).contains(&length) && stands
}

fn pair(open: Mark, close: Mark) -> Pair {
    Pair { kind: open.kind, open: open.at, close: close.at, parent: None }
}

fn lone(mark: Mark) -> Lone {
    Lone { kind: mark.kind, at: mark.at, opens: mark.opens, near: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::cue;
    use crate::manuscript::read_manuscript;
    use crate::text::Source;

    /// The marks that stand alone, as `⟦⟧` in the text says.
    fn check(marked: &str) {
        let text = marked.replace(['⟦', '⟧'], "");
        let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
        let mut told = manuscript.text.trim_end().to_string();
        for lone in find(&manuscript, &cue::find(&manuscript.text)).lone.iter().rev() {
            told.insert(lone.at.end as usize, '⟧');
            told.insert(lone.at.start as usize, '⟦');
        }
        assert_eq!(told, marked);
    }

    #[test]
    fn marks_that_stand_alone() {
        check("办起⟦“⟧流动课堂，又办起“夜校”。");
        check("办起流动课堂⟦”⟧，又办起“夜校”。");
        check("请报名⟦（⟧电话见附件。");
        check("他说“好⟦（⟧”又笑了⟦）⟧。".replace("⟦）⟧", "）").as_str());
    }

    #[test]
    fn quotations_over_paragraphs() {
        check("他说：“头一件是修路。\n“第二件是引水。\n“第三件是种树。”");
        check("将第一条修改为：\n“法院受理下列案件：\n1.合同案件；\n2.侵权案件。”\n删除第二条。");
    }

    #[test]
    fn marks_of_other_kinds() {
        check("1）查看现场；2）询问证人。");
        check("Let’s go 是店名，’98 是年份，55”是尺寸。");
        check("foo(() => { 好的:)");
    }

    #[test]
    fn pairs_hold_pairs() {
        let manuscript = read_manuscript(vec![Source::from_text("稿.txt", "他说：“这叫‘老规矩’（见《边城》）。”")]);
        let pairs = find(&manuscript, &cue::find(&manuscript.text)).pairs;
        let parents: Vec<Option<usize>> = pairs.iter().map(|pair| pair.parent).collect();
        assert_eq!(parents, [None, Some(0), Some(0), Some(2)]);
    }
}
