/*!
From the characters of the source to the characters of the reading text, one block at a time.

Each decision looks at the neighbours only, and each change is an alteration that can be undone. What stays as it is: marks
between digits, Latin sentences, addresses, code, cells; spaces that mean something (in titles, bylines, signatures,
tables, brackets, after 第…条).
*/

use super::draft::Draft;
use super::{BlockKind, Repair};
use crate::lexicon::table;
use crate::lexicon::words::words;
use crate::read::{RawBlock, Shown};
use crate::text::{Segment, Source, SourceSpan, Span, han};

/// One character of a raw block and where it stands.
#[derive(Clone, Copy)]
struct Glyph {
    c: char,
    source: SourceSpan,
    /// The source has the same character there.
    verbatim: bool,
    /// The format says that it is code or an address.
    opaque: bool,
}

/// Writes a raw block of a known kind as a draft.
pub fn normalise(raw: &RawBlock, kind: BlockKind, source: &Source) -> Draft {
    let mut draft = Draft::new(raw.mark, raw.gap);
    draft.kind = kind;
    draft.text.reserve_exact(raw.shown(&source.text).map(|piece| piece.text.len()).sum());
    draft.segments.reserve_exact(1);
    for residue in raw.residue() {
        let wrapped = residue.of(&source.text).contains(['\n', '\r']);
        draft.drop(*residue, if wrapped { Repair::Wrap } else { Repair::Residue });
    }
    let lead_end = raw.lead.checked_sub(1).map(|last| raw.pieces[last].end);
    if let Some(piece) = as_it_stands(raw, kind, source) {
        draft.text.push_str(piece.text);
        draft.segments.push(Segment { reading: Span::new(0, piece.text.len()), source: piece.span, verbatim: true });
        draft.lead = if lead_end == Some(piece.span.end) { draft.text.len() } else { 0 };
        return draft;
    }
    let mut glyphs: Vec<Glyph> = Vec::new();
    for piece in raw.shown(&source.text) {
        glyphs.extend(word_space(glyphs.last(), &piece, source));
        for glyph in of(piece) {
            let whole = glyphs.len() >= WINDOW && ends(glyphs.last());
            glyphs.push(glyph);
            if whole || glyphs.len() >= 2 * WINDOW {
                let last = glyphs.split_off(glyphs.len() - 1);
                write_all(&mut draft, &glyphs, lead_end);
                glyphs = last;
            }
        }
    }
    write_all(&mut draft, &glyphs, lead_end);
    draft
}

/// The only piece of a block in which nothing is to be decided, as most paragraphs are.
fn as_it_stands<'s>(raw: &'s RawBlock, kind: BlockKind, source: &'s Source) -> Option<Shown<'s>> {
    let [_] = raw.pieces[..] else { return None };
    let piece = raw.shown(&source.text).next()?;
    let plain = piece.verbatim && !piece.opaque && !piece.text.is_empty() && kind != BlockKind::Code;
    (plain && han::find_mark(piece.text, 0..piece.text.len(), |c| !is_plain(c)).is_none()).then_some(piece)
}

/// A character that stands for itself whatever stands round it.
fn is_plain(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_graphic() && !matches!(c, '(' | ')' | ',' | ';' | ':' | '?' | '!' | '`'),
        '\u{3000}'..='\u{9FFF}' => true,
        _ => han::is_wide_mark(c),
    }
}

/// So many characters are looked at at a time, up to the end of a sentence: a line of fifty megabytes is no paragraph, and
/// no reason to take up a gigabyte.
const WINDOW: usize = 1 << 16;

fn ends(glyph: Option<&Glyph>) -> bool {
    glyph.is_some_and(|glyph| han::ends_sentence(glyph.c))
}

fn write_all(draft: &mut Draft, glyphs: &[Glyph], lead_end: Option<u32>) {
    let plan = Plan::new(glyphs, draft.kind);
    for index in 0..glyphs.len() {
        write(draft, glyphs, index, &plan);
        if lead_end == Some(glyphs[index].source.end) {
            draft.lead = draft.text.len();
        }
    }
}

/// The characters of a piece.
fn of(piece: Shown) -> impl Iterator<Item = Glyph> {
    let Shown { span, text, verbatim, opaque } = piece;
    text.char_indices().map(move |(at, c)| {
        // What stands for several characters has its place with the first of them.
        let source = match (verbatim, at) {
            (true, _) => SourceSpan::new(span.file, span.start as usize + at, span.start as usize + at + c.len_utf8()),
            (false, 0) => span,
            (false, _) => SourceSpan { start: span.end, ..span },
        };
        Glyph { c, source, verbatim, opaque }
    })
}

/// A line end between two Latin words, or a word and a number, is read as a space.
fn word_space(last: Option<&Glyph>, next: &Shown, source: &Source) -> Option<Glyph> {
    let before = last?;
    let between = SourceSpan { file: next.span.file, start: before.source.end, end: next.span.start };
    let wrapped = between.start <= between.end && between.of(&source.text).contains(['\n', '\r']);
    let first = next.text.chars().next()?;
    let words = han::is_latin(before.c) && (han::is_latin(first) || first.is_ascii_digit())
        || before.c.is_ascii_digit() && han::is_latin(first);
    (wrapped && words).then_some(Glyph { c: ' ', source: between, verbatim: false, opaque: false })
}

/// What is decided over the whole block before its characters are written.
struct Plan {
    kind: BlockKind,
    /// Stretches of code or addresses.
    opaque: Vec<bool>,
    /// Half-width brackets that become full-width.
    brackets: Vec<bool>,
    /// Inside a pair of brackets or 《》.
    enclosed: Vec<bool>,
    /// The block has sentences.
    sentences: bool,
    /// The block is an entry of a list of cited works, which has its own half-width marks (GB/T 7714).
    work: bool,
}

impl Plan {
    fn new(glyphs: &[Glyph], kind: BlockKind) -> Self {
        let opaque = opaque(glyphs, kind);
        let (brackets, enclosed) = brackets(glyphs, &opaque);
        let sentences =
            kind.is_prose() && glyphs.iter().any(|glyph| matches!(glyph.c, '，' | '。' | ',' | '；' | '、'));
        Plan { kind, opaque, brackets, enclosed, sentences, work: is_work(glyphs) }
    }
}

/// `[3] 张三. 题名[J]. …`
fn is_work(glyphs: &[Glyph]) -> bool {
    const MARKS: &str = "MCGNJDRSPAZ";
    let numbered = matches!(glyphs, [open, number, ..] if matches!(open.c, '[' | '［') && number.c.is_ascii_digit());
    let marked = |three: &[Glyph]| {
        matches!(three[0].c, '[' | '［') && MARKS.contains(three[1].c) && matches!(three[2].c, ']' | '］' | '/' | '／')
    };
    numbered && glyphs.windows(3).any(marked)
}

fn write(draft: &mut Draft, glyphs: &[Glyph], index: usize, plan: &Plan) {
    let Glyph { c, source, .. } = glyphs[index];
    if plan.opaque[index] {
        return keep(draft, &glyphs[index]);
    }
    if let Some(repair) = unseen(glyphs, index) {
        return draft.drop(source, repair);
    }
    if let Some(plain) = lookalike(c) {
        return draft.alter(plain, source, Repair::Lookalike);
    }
    if let Some(plain) = narrow(c) {
        return draft.alter(plain, source, Repair::FullWidth);
    }
    if plan.brackets[index] {
        return draft.alter(if c == '(' { '（' } else { '）' }, source, Repair::HalfWidth);
    }
    if let Some(wide) = wide(glyphs, index, draft, plan).filter(|_| !plan.work) {
        return draft.alter(wide, source, Repair::HalfWidth);
    }
    if matches!(c, ' ' | '\u{A0}') && plan.sentences && !plan.enclosed[index] && splits_word(glyphs, index) {
        return draft.drop(source, Repair::Space);
    }
    keep(draft, &glyphs[index]);
}

/// An entity, or a line end between Latin words, is written out, and nothing is wrong with it.
fn keep(draft: &mut Draft, glyph: &Glyph) {
    let from = draft.text.len();
    if glyph.verbatim {
        draft.keep(glyph.c, glyph.source);
    } else {
        draft.alter(glyph.c, glyph.source, Repair::Residue);
    }
    if glyph.opaque {
        draft.cover(from);
    }
}

/// Characters that no reader sees. Joiners between signs other than Han (emoji, Indic scripts) do their work.
fn unseen(glyphs: &[Glyph], index: usize) -> Option<Repair> {
    let c = glyphs[index].c;
    if han::is_zero_width(c) {
        let near = |at: Option<usize>| at.and_then(|at| glyphs.get(at)).map(|glyph| glyph.c);
        let plain = |c: Option<char>| {
            c.is_none_or(|c| c.is_ascii() || han::is_han(c) || han::is_wide_mark(c) || han::is_zero_width(c))
        };
        let joins = matches!(c, '\u{200C}' | '\u{200D}');
        let idle = plain(near(index.checked_sub(1))) || plain(near(Some(index + 1)));
        return (!joins || idle).then_some(Repair::Invisible);
    }
    let control = (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || ('\u{7F}'..='\u{9F}').contains(&c);
    control.then_some(Repair::Control)
}

/// The character that a radical or compatibility form stands for.
fn lookalike(c: char) -> Option<char> {
    let code = c as u32;
    if !matches!(code, 0x2E80..=0x2FD5 | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F) {
        return None;
    }
    let row = table::RADICALS.rows().iter().find(|row| row.column(0).starts_with(c))?;
    row.column(1).chars().next()
}

/// The narrow form of a full-width letter or digit.
fn narrow(c: char) -> Option<char> {
    let letter = matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    letter.then(|| char::from_u32(c as u32 - 0xFEE0)).flatten()
}

/// The full-width form of a half-width mark that stands in Chinese text.
fn wide(glyphs: &[Glyph], index: usize, draft: &Draft, plan: &Plan) -> Option<char> {
    let wide = match glyphs[index].c {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        _ => return None,
    };
    if plan.kind == BlockKind::Cell {
        return None;
    }
    let left = draft.text.chars().rev().find(|&c| c != '*')?;
    let right = glyphs.get(index + 1).map(|glyph| glyph.c);
    let chinese = han::is_han(left) || han::is_wide_mark(left);
    let foreign = right.is_some_and(|c| han::is_latin(c) || "=/\\:)(-".contains(c));
    (chinese && !foreign).then_some(wide)
}

/// Inline code between backticks, addresses, and whole blocks of code.
fn opaque(glyphs: &[Glyph], kind: BlockKind) -> Vec<bool> {
    let mut opaque: Vec<bool> = glyphs.iter().map(|glyph| glyph.opaque || kind == BlockKind::Code).collect();
    let mut tick = None;
    let mut index = 0;
    while index < glyphs.len() {
        if glyphs[index].c == '`' {
            match tick.take() {
                Some(open) => opaque[open..=index].fill(true),
                None => tick = Some(index),
            }
        }
        if glyphs[index].c == ':' && address(glyphs, index) {
            let start = (0..index).rev().take_while(|&at| glyphs[at].c.is_ascii_alphabetic()).last().unwrap_or(index);
            let end = (index..glyphs.len()).find(|&at| !is_address(glyphs[at].c)).unwrap_or(glyphs.len());
            opaque[start..end].fill(true);
            index = end;
            continue;
        }
        index += 1;
    }
    opaque
}

fn address(glyphs: &[Glyph], colon: usize) -> bool {
    let follows = glyphs.get(colon + 1).map(|glyph| glyph.c) == Some('/');
    follows && colon > 0 && glyphs[colon - 1].c.is_ascii_alphabetic()
}

fn is_address(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | ')')
}

/// Which half-width brackets become full-width, and what stands inside brackets or 《》. Both of a pair or neither.
fn brackets(glyphs: &[Glyph], opaque: &[bool]) -> (Vec<bool>, Vec<bool>) {
    let mut convert = vec![false; glyphs.len()];
    let mut enclosed = vec![false; glyphs.len()];
    let mut open: Vec<usize> = Vec::new();
    for index in 0..glyphs.len() {
        match glyphs[index].c {
            _ if opaque[index] => {}
            '(' | '（' | '《' | '〈' | '[' | '【' | '〔' | '“' => open.push(index),
            close @ (')' | '）' | '》' | '〉' | ']' | '】' | '〕' | '”') => {
                let Some(start) = open.iter().rposition(|&start| pairs(glyphs[start].c, close)) else { continue };
                let start = open.drain(start..).next().unwrap_or(index);
                let sentence = glyphs[start..index].iter().any(|glyph| matches!(glyph.c, '，' | '。' | ','));
                enclosed[start..=index].fill(close != '”' || !sentence);
                if chinese_inside(glyphs, start, index) {
                    convert[start] = glyphs[start].c == '(';
                    convert[index] = close == ')';
                }
            }
            _ => {}
        }
    }
    (convert, enclosed)
}

fn pairs(open: char, close: char) -> bool {
    match close {
        ')' | '）' => matches!(open, '(' | '（'),
        '》' => open == '《',
        '〉' => open == '〈',
        ']' => open == '[',
        '”' => open == '“',
        '】' => open == '【',
        _ => open == '〔',
    }
}

/// Han and no Latin word inside, and no call of a function (`f(参数)`) or link (`[…](…)`) outside.
fn chinese_inside(glyphs: &[Glyph], open: usize, close: usize) -> bool {
    let inside = &glyphs[open + 1..close];
    let latin = inside.windows(2).any(|pair| han::is_latin(pair[0].c) && han::is_latin(pair[1].c));
    let before = open.checked_sub(1).map(|at| glyphs[at].c);
    let called = before.is_some_and(|c| han::is_latin(c) || matches!(c, '_' | ']' | '`' | ')'));
    inside.iter().any(|glyph| han::is_han(glyph.c)) && !latin && !called
}

/// A single space between Han that cuts a dictionary word in two.
fn splits_word(glyphs: &[Glyph], index: usize) -> bool {
    let left = run(glyphs[..index].iter().rev());
    let right = run(glyphs[index + 1..].iter());
    if left.is_empty() || right.is_empty() || left.starts_with(han::is_numeral) && !right.starts_with('条') {
        return false;
    }
    if after_ordinal(&left) {
        return false;
    }
    let left: String = left.chars().rev().collect();
    words().joint(&left, &right) >= PROOF
}

/// Up to six Han characters next to a place.
fn run<'g>(glyphs: impl Iterator<Item = &'g Glyph>) -> String {
    glyphs.map(|glyph| glyph.c).take_while(|&c| han::is_han(c)).take(6).collect()
}

/// Whether the text (reversed) ends in 第…条, 章, 节 and the like, after which a space is the custom.
fn after_ordinal(reversed: &str) -> bool {
    let mut characters = reversed.chars();
    let unit = characters.next().is_some_and(|c| "条章节编款项回集期部分卷讲课".contains(c));
    unit && characters.find(|&c| !han::is_numeral(c)) == Some('第')
}

/// How much more probable (as a difference of logarithms) two halves must be together than apart.
const PROOF: f32 = 1.5;
