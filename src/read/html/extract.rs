/*!
The text of an HTML source: one line for each paragraph or row of a table, cells joined by tabs, and the anchors that say
where in the markup every character stands.

A number of a list that the browser makes is text without an anchor, since it stands nowhere.
*/

use std::ops::Range;

use crate::read::block::Passages;
use crate::read::{Document, Mark, RawBlock};
use crate::text::{Anchor, Form, Source, SourceSpan};

/// Writes down the blocks, whose pieces are of the markup that `source` holds as its text.
pub(super) fn extract(source: Source, blocks: Vec<RawBlock>, passages: Passages, nodes: &[Range<usize>]) -> Document {
    let mut written = Written { markup: &source.text, nodes, text: String::new(), anchors: Vec::new() };
    let mut lines: Vec<RawBlock> = Vec::with_capacity(blocks.len());
    let mut last = None;
    for block in &blocks {
        written.separate(last, block.mark);
        lines.push(written.block(block));
        last = Some(block.mark);
    }
    let Written { mut text, anchors, .. } = written;
    if !text.is_empty() {
        text.push('\n');
    }
    let leaves = passages.leaves(&lines);
    let Source { path, bytes, encoding, bom, replaced, .. } = source;
    let plain = Source::new(path, Form::Html, text);
    Document { source: Source { bytes, encoding, bom, replaced, anchors, leaves, ..plain }, blocks: lines }
}

struct Written<'m> {
    markup: &'m str,
    nodes: &'m [Range<usize>],
    text: String,
    anchors: Vec<Anchor>,
}

impl Written<'_> {
    /// Ends the line above, or the cell before.
    fn separate(&mut self, last: Option<Mark>, next: Mark) {
        let column = match next {
            Mark::Cell(_, _, column) => column,
            _ => 0,
        };
        let tabs = match (last, next) {
            (None, _) => column,
            (Some(Mark::Cell(table, row, before)), Mark::Cell(same, this, column)) if (table, row) == (same, this) => {
                column.saturating_sub(before).max(1)
            }
            _ => {
                self.text.push('\n');
                column
            }
        };
        self.text.extend(std::iter::repeat_n('\t', tabs as usize));
    }

    /// Writes a block and gives it as it stands in the text.
    fn block(&mut self, block: &RawBlock) -> RawBlock {
        let mut line = RawBlock { mark: block.mark, gap: block.gap, lead: block.lead, ..RawBlock::default() };
        for (index, piece) in block.shown(self.markup).enumerate() {
            let start = self.text.len();
            self.text.push_str(piece.text);
            let end = self.text.len();
            self.anchor(start..end, piece.span, piece.verbatim);
            if piece.opaque {
                line.more().opaque.push(index);
            }
            line.pieces.push(SourceSpan::new(0, start, end));
        }
        line
    }

    /// An anchor for each piece; neighbours in the same text node that stand as they are written are one.
    fn anchor(&mut self, text: Range<usize>, markup: SourceSpan, verbatim: bool) {
        if markup.is_empty() {
            return;
        }
        let (text, xml) = (text.start as u32..text.end as u32, markup.start..markup.end);
        let goes_on = |last: &Anchor| {
            last.text.end == text.start
                && last.xml.end == xml.start
                && last.text.len() == last.xml.len()
                && last.run.end >= xml.end
        };
        if let Some(last) = self.anchors.last_mut().filter(|last| verbatim && goes_on(last)) {
            last.text.end = text.end;
            last.xml.end = xml.end;
            return;
        }
        let node = self.nodes.partition_point(|node| node.end <= xml.start as usize);
        let node = self.nodes.get(node).filter(|node| node.start <= xml.start as usize).cloned();
        let run = node.map_or(xml.clone(), |node| node.start as u32..node.end as u32);
        self.anchors.push(Anchor { text, part: 0, xml, run });
    }
}
