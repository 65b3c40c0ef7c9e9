/*!
What of a marked-up file is not text: every character that is in no piece belongs to a block as its residue, so that
nothing of the file is lost without a word; and blank lines between blocks are counted.
*/

use std::ops::Range;

use super::RawBlock;
use crate::text::SourceSpan;

/// Gives each block what stands between its pieces and before it, and the last one what stands after it.
///
/// The pieces of the blocks must be of `text`.
pub(super) fn fill(blocks: &mut [RawBlock], text: &str) {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|&index| blocks[index].pieces[0].start);
    let mut at = 0;
    for &index in &order {
        let block = &mut blocks[index];
        let first = block.pieces[0].start as usize;
        // A block that stands aside begins inside another.
        if at <= first {
            block.gap = blank_lines(&text[at..first]);
            lines(text, at..first, block);
        }
        for next in 1..block.pieces.len() {
            let (before, after) = (block.pieces[next - 1], block.pieces[next]);
            if before.end < after.start {
                block.more().residue.push(SourceSpan { start: before.end, end: after.start, ..before });
            }
        }
        at = at.max(block.pieces.last().map_or(first, |last| last.end as usize));
    }
    if let Some(&last) = order.last() {
        lines(text, at..text.len(), &mut blocks[last]);
    }
}

/// Gives a block what is not blank on each line of a stretch.
fn lines(text: &str, stretch: Range<usize>, block: &mut RawBlock) {
    let mut at = stretch.start;
    for line in text[stretch].split(['\n', '\r']) {
        let head = line.len() - line.trim_start().len();
        let body = line.trim().len();
        if body > 0 {
            block.more().residue.push(SourceSpan::new(0, at + head, at + head + body));
        }
        at += line.len() + 1;
    }
}

/// Lines of a stretch that hold nothing, those apart on which it begins and ends.
fn blank_lines(between: &str) -> u32 {
    let lines = between.split('\n').count();
    let inner = between.split('\n').skip(1).take(lines.saturating_sub(2));
    inner.filter(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '>').is_empty()).count() as u32
}
