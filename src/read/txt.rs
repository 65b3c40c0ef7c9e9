/*!
Plain text.
*/

use super::{Mark, RawBlock};
use crate::text::{Source, SourceSpan};

/// The blocks of a plain text: one for each line that is not blank.
pub fn read(file: u16, source: &Source) -> Vec<RawBlock> {
    let mut blocks = Vec::new();
    let mut gap = 0;
    for line in 1..=source.line_starts.len() as u32 {
        let range = source.line(line);
        if source.text[range.clone()].trim().is_empty() {
            gap += 1;
            continue;
        }
        let piece = SourceSpan::new(file, range.start, range.end);
        blocks.push(RawBlock { mark: Mark::None, pieces: vec![piece], lead: 0, residue: Vec::new(), gap });
        gap = 0;
    }
    blocks
}
