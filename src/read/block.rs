/*!
Blocks in the making, for the readers of markup.

A reader says what is seen and where it stands; here pieces that touch become one, blank ends are taken off, bold marks
that the markup did not understand are left out, and comments that give a leave find the text that they speak of. Nothing
here knows a format.
*/

use std::ops::Range;

use super::txt::strong_marks;
use super::{Mark, RawBlock};
use crate::text::{Leave, SourceSpan, han};

/// The blocks of a text so far.
#[derive(Debug)]
pub(super) struct Blocks<'s> {
    text: &'s str,
    pub done: Vec<RawBlock>,
    /// The passage of each block done: what a person takes for one paragraph, item or table.
    passages: Vec<u32>,
    passage: u32,
    pub open: Open,
    /// Blocks that stand beside the open one and follow it.
    aside: Vec<Open>,
    leaves: Vec<(u32, Leave)>,
    /// Whether `**` in the text may be a bold mark.
    stars: bool,
}

/// A block that is not done.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub mark: Mark,
    gap: u32,
    pieces: Vec<Piece>,
    /// How many of the first pieces are set in bold.
    lead: usize,
    /// Pieces that nothing is joined to.
    sealed: usize,
}

#[derive(Debug)]
struct Piece {
    range: Range<usize>,
    /// What a reader sees, where it is not the text itself.
    shown: Option<String>,
    opaque: bool,
}

impl<'s> Blocks<'s> {
    pub fn new(text: &'s str, stars: bool) -> Self {
        let (done, passages, aside, leaves) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Blocks { text, done, passages, passage: 0, open: Open::default(), aside, leaves, stars }
    }

    /// Ends the open block and begins a new passage.
    pub fn begin(&mut self, mark: Mark, gap: u32) {
        self.close();
        if self.passages.last() == Some(&self.passage) {
            self.passage += 1;
        }
        self.open = Open { mark, gap, ..Open::default() };
    }

    /// Ends the open block and begins another of the same passage.
    pub fn go_on(&mut self, mark: Mark, gap: u32) {
        self.close();
        self.open = Open { mark, gap, ..Open::default() };
    }

    /// A block that belongs to no paragraph and stands behind the open one.
    pub fn set_aside(&mut self, block: Open) {
        self.aside.push(block);
    }

    /// Text as it stands.
    pub fn keep(&mut self, range: Range<usize>) {
        self.open.keep(self.text, range, false);
    }

    /// Code or an address, as it stands.
    pub fn cover(&mut self, range: Range<usize>) {
        self.open.keep(self.text, range, true);
    }

    /// A stretch that shows another text.
    pub fn show(&mut self, range: Range<usize>, text: impl Into<String>, opaque: bool) {
        self.open.pieces.push(Piece { range, shown: Some(text.into()), opaque });
    }

    /// Says that a piece of a block that is done shows another text.
    pub fn show_in(&mut self, block: usize, piece: usize, text: String) {
        let shown = &mut self.done[block].more().shown;
        let at = shown.partition_point(|shown| shown.0 < piece);
        shown.insert(at, (piece, text));
    }

    /// The last character that is seen of the open block.
    pub fn last(&self) -> Option<char> {
        self.open.pieces.last().and_then(|piece| piece.seen(self.text).chars().next_back())
    }

    /// A comment: it may give a leave for the passage that it stands in or before.
    pub fn comment(&mut self, comment: &str) {
        let Some((rule, reason)) = leave(comment) else { return };
        let begun = !self.open.is_empty() || self.passages.last() != Some(&self.passage);
        let passage = if begun { self.passage } else { self.passage + 1 };
        self.leaves.push((passage, Leave { rule, reason, scope: SourceSpan::default() }));
    }

    /// Ends the open block; nothing becomes of it when nothing is seen.
    pub fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        for mut block in std::iter::once(open).chain(std::mem::take(&mut self.aside)) {
            if self.stars {
                block.drop_stars(self.text);
            }
            block.trim(self.text);
            if !block.is_empty() {
                self.done.push(block.done());
                self.passages.push(self.passage);
            }
        }
    }

    /// The blocks, their passages, and the leaves, each with the passage that it is given for.
    pub fn finish(mut self) -> (Vec<RawBlock>, Passages) {
        self.close();
        (self.done, Passages { of: self.passages, leaves: self.leaves })
    }
}

/// Which blocks are one passage, and the leaves given for passages.
#[derive(Debug)]
pub(super) struct Passages {
    of: Vec<u32>,
    leaves: Vec<(u32, Leave)>,
}

impl Passages {
    /// Forgets a block.
    pub fn remove(&mut self, block: usize) {
        self.of.remove(block);
    }

    /// The leaves with their scopes, once it is known where the blocks stand. A leave before nothing holds at the end.
    pub fn leaves(self, blocks: &[RawBlock]) -> Vec<Leave> {
        let end = blocks.iter().flat_map(|block| block.pieces.last()).map(|piece| piece.end).max().unwrap_or(0);
        let scope = |passage: u32| {
            let first = self.of.partition_point(|&of| of < passage);
            let held = blocks[first..].iter().zip(&self.of[first..]).take_while(|(_, of)| **of == passage);
            let spans = held.flat_map(|(block, _)| &block.pieces).copied();
            let hull =
                |a: SourceSpan, b: SourceSpan| SourceSpan { start: a.start.min(b.start), end: a.end.max(b.end), ..a };
            spans.reduce(hull).unwrap_or(SourceSpan { file: 0, start: end, end })
        };
        self.leaves.into_iter().map(|(passage, leave)| Leave { scope: scope(passage), ..leave }).collect()
    }
}

impl Open {
    pub fn new(mark: Mark) -> Self {
        Open { mark, ..Open::default() }
    }

    /// Nothing is seen of it yet.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Nothing will be joined to the pieces so far; their number.
    pub fn seal(&mut self) -> usize {
        self.sealed = self.pieces.len();
        self.sealed
    }

    /// All that is seen so far is the bold lead.
    pub fn lead(&mut self) {
        self.lead = self.pieces.len();
    }

    /// Line ends are not text.
    fn keep(&mut self, text: &str, range: Range<usize>, opaque: bool) {
        let mut at = range.start;
        for part in text[range].split(['\n', '\r']) {
            let piece = at..at + part.len();
            at = piece.end + 1;
            let joined = self.sealed < self.pieces.len();
            match self.pieces.last_mut().filter(|last| joined && last.goes_on(&piece, opaque)) {
                _ if part.is_empty() => {}
                Some(last) => last.range.end = piece.end,
                None => self.pieces.push(Piece { range: piece, shown: None, opaque }),
            }
        }
    }

    /// Takes white space off both ends.
    fn trim(&mut self, text: &str) {
        let blank = |piece: &Piece| piece.seen(text).chars().all(han::is_blank);
        let first = self.pieces.iter().take_while(|piece| blank(piece)).count();
        self.pieces.drain(..first);
        self.lead = self.lead.saturating_sub(first);
        while self.pieces.pop_if(|piece| blank(piece)).is_some() {}
        self.lead = self.lead.min(self.pieces.len());
        if let Some(first) = self.pieces.first_mut().filter(|piece| piece.shown.is_none()) {
            first.range.start = first.range.end - text[first.range.clone()].trim_start_matches(han::is_blank).len();
        }
        if let Some(last) = self.pieces.last_mut().filter(|piece| piece.shown.is_none()) {
            last.range.end = last.range.start + text[last.range.clone()].trim_end_matches(han::is_blank).len();
        }
    }

    /// Leaves out the pairs of `**` that a person reads as bold and the markup does not, because a mark stands next to
    /// them: `**本报讯（记者…）**入冬`.
    fn drop_stars(&mut self, text: &str) {
        let prose = |piece: &Piece| if piece.opaque { "" } else { piece.seen(text) }.to_string();
        let seen: String = self.pieces.iter().map(prose).collect();
        if !seen.contains("**") {
            return;
        }
        let starts: Vec<usize> =
            self.pieces.iter().scan(0, |at, piece| Some(std::mem::replace(at, *at + prose(piece).len()))).collect();
        // Both stars stand in one piece: two that are written as `\\*` are no mark.
        let place = |at: usize| {
            let index = starts.partition_point(|&start| start <= at) - 1;
            let (piece, inside) = (&self.pieces[index], at - starts[index]);
            (piece.shown.is_none() && inside + 2 <= piece.range.len()).then(|| piece.range.start + inside)
        };
        let pairs = strong_marks(&seen);
        let pairs: Vec<(usize, usize)> =
            pairs.iter().filter_map(|&(open, close)| Some((place(open)?, place(close)?))).collect();
        let lead = pairs.first().filter(|pair| pair.0 == self.pieces[0].range.start).map(|pair| pair.1);
        self.cut_out(&pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect::<Vec<_>>());
        if let Some(end) = lead {
            self.lead = self.pieces.iter().take_while(|piece| piece.range.start < end).count();
        }
    }

    /// Takes marks of two bytes out of the pieces; they are in order.
    fn cut_out(&mut self, marks: &[usize]) {
        let mut marks = marks.iter().copied().peekable();
        let mut kept = Vec::with_capacity(self.pieces.len());
        for mut piece in std::mem::take(&mut self.pieces) {
            while let Some(mark) = marks.next_if(|&mark| piece.shown.is_none() && mark < piece.range.end) {
                let rest = mark + 2..piece.range.end;
                kept.push(Piece { range: piece.range.start..mark, shown: None, opaque: piece.opaque });
                piece.range = rest;
            }
            kept.push(piece);
        }
        kept.retain(|piece| piece.shown.is_some() || !piece.range.is_empty());
        self.pieces = kept;
    }

    fn done(self) -> RawBlock {
        let mut block = RawBlock { mark: self.mark, gap: self.gap, lead: self.lead, ..RawBlock::default() };
        for (index, piece) in self.pieces.into_iter().enumerate() {
            block.pieces.push(SourceSpan::new(0, piece.range.start, piece.range.end));
            if let Some(shown) = piece.shown {
                block.more().shown.push((index, shown));
            }
            if piece.opaque {
                block.more().opaque.push(index);
            }
        }
        block
    }
}

impl Piece {
    fn seen<'p>(&'p self, text: &'p str) -> &'p str {
        self.shown.as_deref().unwrap_or_else(|| &text[self.range.clone()])
    }

    fn goes_on(&self, next: &Range<usize>, opaque: bool) -> bool {
        self.shown.is_none() && self.opaque == opaque && self.range.end == next.start
    }
}

/// The rule and reason of a comment `kanwu-allow rule: reason`; each may be missing.
fn leave(comment: &str) -> Option<(String, String)> {
    let said = comment.trim().strip_prefix("kanwu-allow")?;
    if !said.is_empty() && !said.starts_with([' ', '\t', '\n', '\r', ':', '：']) {
        return None;
    }
    let (rule, reason) = said.split_once([':', '：']).unwrap_or((said, ""));
    Some((rule.trim().to_string(), reason.trim().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leave_has_a_rule_and_a_reason() {
        let read = |comment: &str| leave(comment);
        let pair = |rule: &str, reason: &str| Some((rule.to_string(), reason.to_string()));
        assert_eq!(
            read(" kanwu-allow person/placeholder-name: 本名，已核实 "),
            pair("person/placeholder-name", "本名，已核实")
        );
        assert_eq!(read("kanwu-allow wording：引文：原话"), pair("wording", "引文：原话"));
        assert_eq!(read("kanwu-allow wording"), pair("wording", ""));
        assert_eq!(read("kanwu-allow: 全段照录"), pair("", "全段照录"));
        assert_eq!(read("kanwu-allowed x: y"), None);
        assert_eq!(read("编者：kanwu-allow x: y"), None);
    }

    #[test]
    fn stars_that_enclose_are_left_out() {
        let text = "**本报讯（记者 洪涛）**入冬，张**、李**等人";
        let mut blocks = Blocks::new(text, true);
        blocks.keep(0..text.len());
        let (done, _) = blocks.finish();
        let seen: Vec<&str> = done[0].pieces.iter().map(|piece| piece.of(text)).collect();
        assert_eq!(seen, ["本报讯（记者 洪涛）", "入冬，张**、李**等人"]);
        assert_eq!(done[0].lead, 1);
    }
}
