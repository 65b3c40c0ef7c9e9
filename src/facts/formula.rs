/*!
Fixed formulas (固定提法): the table of them, and the places where a text has one almost but not quite.

A wording is looked for by runs of three characters, marks left out; where enough of them stand close together it is
laid against the text, and what differs is weighed: only a text that is plainly meant to be the formula and fails in one
place is a slip. A text that has one of the accepted wordings, adds or drops little words, or uses the words of the
formula freely is none.
*/

use rustc_hash::FxHashMap as HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::lexicon::table::{FORMULAS, Row};
use crate::text::{Span, han};

use super::alignment::{Alignment, align};
use super::slip::{self, Slip};
use crate::manuscript::{BlockKind, Manuscript};

/// A row of the table.
#[derive(Debug)]
pub struct Formula {
    pub name: &'static str,
    /// Number of its items; 0 where it has none.
    pub count: usize,
    /// The right wording first, then others that are accepted; empty where only the name is fixed.
    pub wordings: Vec<Wording>,
    pub sureness: Sureness,
    pub note: &'static str,
    /// Forms known to be wrong.
    pub wrong: Vec<&'static str>,
    items: OnceLock<Option<Vec<&'static str>>>,
}

/// What a near miss of a formula is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sureness {
    /// A fault.
    Certain,
    /// Probably a fault: others write such words freely.
    Probable,
    /// Perhaps one: there are good texts that differ.
    Open,
    /// Nothing; only what is known to be wrong is.
    None,
}

/// One way to say a formula.
#[derive(Debug)]
pub struct Wording {
    pub text: &'static str,
    /// Its characters without marks.
    pub characters: Vec<char>,
    /// Its members: ranges of `characters`.
    pub members: Vec<Range<usize>>,
}

/// A sentence without its marks.
pub struct Line<'t> {
    text: &'t str,
    pub characters: Vec<char>,
    /// Where each character begins in the reading text; one more for the end.
    pub at: Vec<usize>,
    /// Whether a mark, or an edge of the sentence, stands before each character; one more for the end.
    pub marked: Vec<bool>,
    /// Whether a mark stands there that parts words, as quotation marks do not.
    pub parted: Vec<bool>,
}

/// Where a run of three characters of a wording stands: formula, wording, index in it.
type Anchor = (usize, usize, usize);

/// The table, read at the first call.
pub fn formulas() -> &'static [Formula] {
    static FOUND: OnceLock<Vec<Formula>> = OnceLock::new();
    FOUND.get_or_init(|| FORMULAS.rows().iter().map(Formula::new).collect())
}

impl Formula {
    fn new(row: &Row) -> Formula {
        // The columns are id, name, count, wording, variants, context, sureness, note, wrong.
        let several = |column: usize| row.column(column).split('|').map(str::trim).filter(|text| !text.is_empty());
        let wordings = Some(row.column(3)).into_iter().filter(|text| !text.is_empty()).chain(several(4));
        Formula {
            name: row.column(1),
            count: row.column(2).parse().unwrap_or(0),
            wordings: wordings.map(Wording::new).collect(),
            sureness: Sureness::new(row.column(5), row.column(6)),
            note: row.column(7),
            wrong: several(8).collect(),
            items: OnceLock::new(),
        }
    }

    /// The items that its count counts, as stretches of a wording, if one shows them.
    pub fn items(&self) -> Option<&[&'static str]> {
        self.items.get_or_init(|| self.cut()).as_deref()
    }

    fn cut(&self) -> Option<Vec<&'static str>> {
        let cuts: [fn(char) -> bool; 3] = [|c| "、，；".contains(c), |c| "，；".contains(c), |c| c == '；'];
        let ways = self.wordings.iter().flat_map(|wording| cuts.map(|cut| (wording.text, cut)));
        let mut ways = ways.map(|(text, cut)| text.split(cut).collect::<Vec<_>>());
        ways.find(|items| items.len() == self.count)
    }
}

impl Sureness {
    /// From the columns `context` and `sureness`.
    fn new(context: &str, sureness: &str) -> Sureness {
        match (context.contains("wording"), context.contains("near"), sureness) {
            (false, false, _) => Sureness::None,
            (true, _, "H") => Sureness::Certain,
            (_, _, "H") => Sureness::Probable,
            _ => Sureness::Open,
        }
    }
}

impl Wording {
    fn new(text: &'static str) -> Wording {
        let mut wording = Wording { text, characters: Vec::new(), members: Vec::new() };
        for member in text.split(|c| !is_kept(c) && !is_quote(c)).filter(|member| !member.is_empty()) {
            let start = wording.characters.len();
            wording.characters.extend(member.chars().filter(|c| is_kept(*c)));
            wording.members.push(start..wording.characters.len());
        }
        wording
    }

    /// The text of the wording for a range of its characters, with the marks between them.
    pub fn shown(&self, range: Range<usize>) -> &'static str {
        let mut kept = self.text.char_indices().filter(|(_, c)| is_kept(*c)).skip(range.start).take(range.len());
        let Some((start, first)) = kept.next() else { return "" };
        let (end, last) = kept.last().unwrap_or((start, first));
        &self.text[with_quotes(self.text, start..end + last.len_utf8())]
    }
}

impl<'t> Line<'t> {
    pub fn new(text: &'t str, span: Span) -> Line<'t> {
        let most = span.len() / '一'.len_utf8() + 8;
        let mut line = Line {
            text,
            characters: Vec::with_capacity(most),
            at: Vec::with_capacity(most),
            marked: Vec::with_capacity(most),
            parted: Vec::with_capacity(most),
        };
        let (mut marked, mut parted) = (true, true);
        for (offset, c) in span.of(text).char_indices() {
            if is_kept(c) {
                line.characters.push(c);
                line.at.push(span.start as usize + offset);
                line.marked.push(marked);
                line.parted.push(parted);
            }
            parted = !is_kept(c) && (parted && marked || !is_quote(c));
            marked = !is_kept(c);
        }
        line.at.push(span.end as usize);
        line.marked.push(true);
        line.parted.push(true);
        line
    }

    /// The stretch of the reading text from one character to another, marks between them included.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.at[range.start];
        match range.is_empty() {
            true => Span::point(range.start.checked_sub(1).map_or(start, |last| self.end(last))),
            false => {
                let range = with_quotes(self.text, start..self.end(range.end - 1));
                Span::new(range.start, range.end)
            }
        }
    }

    fn end(&self, index: usize) -> usize {
        self.at[index] + self.characters[index].len_utf8()
    }
}

/// The range with the mark of a quotation that it cuts off.
fn with_quotes(text: &str, range: Range<usize>) -> Range<usize> {
    let count = |mark: char| text[range.clone()].matches(mark).count();
    let before = count('”') > count('“') && text[..range.start].ends_with('“');
    let after = count('“') > count('”') && text[range.end..].starts_with('”');
    range.start - if before { '“'.len_utf8() } else { 0 }..range.end + if after { '”'.len_utf8() } else { 0 }
}

fn is_kept(c: char) -> bool {
    match c {
        '一'..='鿿' => true,
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        _ => han::is_han(c) || !han::is_wide_mark(c) && c.is_alphanumeric(),
    }
}

/// Marks that stand round words and part nothing.
fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}

/// The slips of a manuscript, in reading order; one for each place.
pub fn find(manuscript: &Manuscript) -> Vec<Slip> {
    let mut slips = Vec::new();
    for block in manuscript.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
        find_in_block(&manuscript.text, block.span, &mut slips);
    }
    choose(slips)
}

/// A run of three characters that a sentence has in common with a wording.
#[derive(Clone, Copy)]
struct Common {
    /// Formula and wording.
    wording: (usize, usize),
    /// Index among the characters of the line, and of the wording.
    at: (usize, usize),
}

/// Reads a block sentence by sentence; most have no run in common with a wording, or too few.
fn find_in_block(text: &str, block: Span, slips: &mut Vec<Slip>) {
    let runs = runs();
    let mut common: Vec<Common> = Vec::new();
    let (mut start, mut run, mut length) = (block.start as usize, ['\n'; 3], 0);
    for (offset, c) in block.of(text).char_indices() {
        if is_kept(c) {
            run = [run[1], run[2], c];
            length += 1;
            if length > 2 && runs.may_have(&run) {
                let anchors = runs.anchors.get(run.as_slice()).into_iter().flatten();
                common.extend(anchors.map(|&(f, w, index)| Common { wording: (f, w), at: (length - 3, index) }));
            }
        } else if matches!(c, '。' | '！' | '？' | '!' | '?') {
            let at = block.start as usize + offset;
            slips.extend(find_in(text, Span::new(start, at), length, &mut common));
            (start, length) = (at + c.len_utf8(), 0);
        }
    }
    slips.extend(find_in(text, Span::new(start, block.end as usize), length, &mut common));
}

/// Of slips that overlap, the one that finds least wrong, by the first wording and covering most.
fn choose(mut slips: Vec<Slip>) -> Vec<Slip> {
    let other = |slip: &Slip| slip.formula.wordings.first().is_none_or(|first| first.text != slip.wording);
    slips.sort_by_key(|slip| (slip.wrong.len(), other(slip), std::cmp::Reverse(slip.span.len()), slip.wrong));
    let mut chosen: Vec<Slip> = Vec::new();
    for slip in slips {
        let taken = |other: &Slip| other.wrong.overlaps(slip.wrong) || other.span.contains(slip.wrong);
        if !chosen.iter().any(taken) {
            chosen.push(slip);
        }
    }
    chosen.sort_by_key(|slip| slip.wrong);
    chosen
}

/// A right mention in a line: formula, wording, range of characters.
type Sound = (usize, usize, Range<usize>);

/// The slips of a sentence of so many characters; takes up what it has in common with wordings.
fn find_in(text: &str, sentence: Span, length: usize, common: &mut Vec<Common>) -> Vec<Slip> {
    common.sort_by_key(|common| common.wording);
    let places = common.chunk_by(|one, other| one.wording == other.wording).filter_map(|common| {
        let (number, wording) = common[0].wording;
        let windows = windows(&formulas()[number].wordings[wording], common, length);
        (!windows.is_empty()).then_some((common, windows))
    });
    let places: Vec<(&[Common], Vec<Range<usize>>)> = places.collect();
    let slips = if places.is_empty() { Vec::new() } else { weigh(&Line::new(text, sentence), &places) };
    common.clear();
    slips
}

fn weigh(line: &Line, places: &[(&[Common], Vec<Range<usize>>)]) -> Vec<Slip> {
    let mut sound: Vec<Sound> = Vec::new();
    let mut slips: Vec<Slip> = Vec::new();
    for (common, window) in
        places.iter().flat_map(|(common, windows)| windows.iter().map(move |window| (common, window)))
    {
        let (number, wording_number) = common[0].wording;
        let formula = &formulas()[number];
        let wording = &formula.wordings[wording_number];
        let known = |sound: &Sound| sound.0 == number && sound.1 == 0 && overlap(&sound.2, window);
        if wording_number > 0 && sound.iter().any(known) {
            continue;
        }
        if let Some(start) = exact_start(wording, common, window) {
            sound.push((number, wording_number, start..start + wording.characters.len()));
            continue;
        }
        let mut laid = align(&wording.characters, &line.characters[window.clone()]);
        laid.shift(window.start);
        match slip::is_sound(wording, line, &laid) {
            true => sound.push((number, wording_number, laid.text.clone())),
            false => slips.extend(slip::weigh(formula, wording, line, &laid)),
        }
    }
    slips.retain(|slip| !sound.iter().any(|sound| excuses(line, sound, slip)));
    slips
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether a right mention covers what the slip calls wrong, or is the slip's own formula.
fn excuses(line: &Line, (formula, wording, range): &Sound, slip: &Slip) -> bool {
    let span = line.span(range.clone());
    let own = *wording == 0 && std::ptr::eq(&formulas()[*formula], slip.formula);
    span.overlaps(slip.wrong) || span.contains(slip.wrong) || own && span.overlaps(slip.span)
}

/// Where the wording stands word for word in the window, when the window has nothing else of it.
fn exact_start(wording: &Wording, common: &[Common], window: &Range<usize>) -> Option<usize> {
    let mut inside = common.iter().map(|common| common.at).filter(|(at, _)| window.contains(at));
    let start = inside.clone().next().and_then(|(at, index)| at.checked_sub(index))?;
    let one = inside.clone().all(|(at, index)| at == start + index);
    (one && inside.by_ref().count() == wording.characters.len() - 2).then_some(start)
}

impl Alignment {
    fn shift(&mut self, by: usize) {
        self.text = self.text.start + by..self.text.end + by;
        self.at.iter_mut().for_each(|at| *at += by);
        self.differences.iter_mut().for_each(|d| d.text = d.text.start + by..d.text.end + by);
    }
}

/// All runs of three characters of all wordings.
struct Runs {
    anchors: HashMap<&'static [char], Vec<Anchor>>,
    /// One bit for each value of [`trace`]: nearly every run of a text is turned away here.
    traces: Vec<u64>,
}

impl Runs {
    fn may_have(&self, run: &[char]) -> bool {
        let trace = trace(run);
        self.traces[trace / 64] >> (trace % 64) & 1 == 1
    }
}

fn trace(run: &[char]) -> usize {
    run.iter().fold(0, |trace, &c| (trace * 31 + c as usize) % TRACES)
}

const TRACES: usize = 1 << 18;

fn runs() -> &'static Runs {
    static RUNS: OnceLock<Runs> = OnceLock::new();
    RUNS.get_or_init(|| {
        let mut runs = Runs { anchors: HashMap::default(), traces: vec![0; TRACES / 64] };
        for (formula, row) in formulas().iter().enumerate() {
            for (wording, words) in row.wordings.iter().enumerate() {
                for (index, run) in words.characters.windows(3).enumerate() {
                    runs.traces[trace(run) / 64] |= 1 << (trace(run) % 64);
                    runs.anchors.entry(run).or_default().push((formula, wording, index));
                }
            }
        }
        runs
    })
}

/// The stretches of a line that may hold the wording: where enough of its runs stand together.
fn windows(wording: &Wording, common: &[Common], end: usize) -> Vec<Range<usize>> {
    let length = wording.characters.len();
    let enough = 3.max(length * 3 / 10);
    let mut windows = Vec::new();
    if common.len() * 3 < enough {
        return windows;
    }
    let mut rest = common;
    while let Some(first) = rest.first() {
        let reach = first.at.0 + length + SLACK;
        let near = rest.iter().take_while(|common| common.at.0 < reach).count();
        let cluster = rest[..near].iter().map(|common| common.at);
        rest = &rest[near..];
        let mut covered: Vec<usize> = cluster.clone().flat_map(|(_, index)| index..index + 3).collect();
        covered.sort_unstable();
        covered.dedup();
        if covered.len() >= enough {
            let start = cluster.clone().map(|(at, index)| at.saturating_sub(index)).min().unwrap_or_default();
            let stop = cluster.map(|(at, index)| at + length - index).max().unwrap_or_default();
            windows.push(start.saturating_sub(SLACK)..(stop + SLACK).min(end));
        }
    }
    windows
}

/// Characters that a text may have more than the wording.
const SLACK: usize = 8;

#[cfg(test)]
mod tests;
