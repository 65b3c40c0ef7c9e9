/*!
Layer 2: formats, and only formats.

A reader turns a source into raw blocks: pieces of its text with what the format itself says of them. What a block means
to a person is decided later, by the same code for every format.
*/

pub mod txt;

use crate::text::SourceSpan;

/// One block as the format has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawBlock {
    pub mark: Mark,
    /// The visible pieces, in order.
    pub pieces: Vec<SourceSpan>,
    /// How many of the first pieces are set in bold, as a run-in heading is.
    pub lead: usize,
    /// Marks of markup that are not text.
    pub residue: Vec<SourceSpan>,
    /// Blank lines before it.
    pub gap: u32,
}

/// What the format says of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    None,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// The member of a list.
    Item,
    /// Table, row and column, each from 0.
    Cell(u32, u32, u32),
    Caption,
    Note,
    Code,
}
