/*!
Layer 2: formats, and only formats.

A reader turns a source into raw blocks: pieces of its text with what the format itself says of them. What a block means
to a person is decided later, by the same code for every format.
*/

pub mod docx;
pub mod txt;

use std::path::Path;

use crate::text::encoding::{DecodeError, Encoding, decode};
use crate::text::{Form, Source, SourceSpan};

/// A source and its blocks, in reading order.
#[derive(Clone, Debug)]
pub struct Document {
    pub source: Source,
    /// Their pieces are of the source at index 0 until [`Document::renumber`].
    pub blocks: Vec<RawBlock>,
}

/// How to read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The encoding a person named, instead of the one the bytes show.
    pub encoding: Option<Encoding>,
    /// Whether tracked changes count as made.
    pub revisions: Revisions,
}

/// What tracked changes of a package are read as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revisions {
    /// Insertions are read, deletions are not.
    #[default]
    Accept,
    /// The text as it was before them.
    Reject,
}

/// Why bytes are no manuscript, in one Chinese sentence for the person whose file it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub kind: UnreadableKind,
    pub what: String,
}

/// The kinds of [`Unreadable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnreadableKind {
    /// No text: an image, a program, a database.
    Binary,
    /// Text in no encoding that is known.
    Undecodable,
    /// Another format, which has to be converted first.
    Foreign,
    /// A format that is read, but this file is broken.
    Damaged,
    /// Behind a password.
    Encrypted,
    /// More text or markup than a manuscript can have.
    TooLarge,
}

/// Reads the bytes of a file as the form they show.
///
/// # Errors
/// Bytes that are no manuscript.
pub fn read(path: &Path, bytes: Vec<u8>, options: Options) -> Result<Document, Unreadable> {
    if docx::is_zip(&bytes) {
        return docx::read(path, bytes, options);
    }
    let decoded = decode(&bytes, options.encoding).map_err(Unreadable::from)?;
    let source = Source::new(path, Form::Text, decoded.text);
    let source = Source { bytes, encoding: decoded.encoding, bom: decoded.bom, replaced: decoded.replaced, ..source };
    Ok(Document::text(source))
}

impl Document {
    /// A plain text.
    pub fn text(source: Source) -> Self {
        Document { blocks: txt::read(0, &source), source }
    }

    /// Says which of a manuscript's sources this one is.
    pub fn renumber(&mut self, file: u16) {
        for block in &mut self.blocks {
            block.pieces.iter_mut().chain(&mut block.residue).for_each(|span| span.file = file);
        }
        self.source.leaves.iter_mut().for_each(|leave| leave.scope.file = file);
    }
}

impl Unreadable {
    pub fn new(kind: UnreadableKind, what: impl Into<String>) -> Self {
        Unreadable { kind, what: what.into() }
    }
}

impl From<DecodeError> for Unreadable {
    fn from(error: DecodeError) -> Self {
        let kind = match error {
            DecodeError::NotText { .. } | DecodeError::Binary => UnreadableKind::Binary,
            DecodeError::Invalid { .. } | DecodeError::Contradiction { .. } | DecodeError::Unknown => {
                UnreadableKind::Undecodable
            }
        };
        Unreadable::new(kind, error.to_string())
    }
}

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
