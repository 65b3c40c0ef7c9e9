/*!
Layer 2: formats, and only formats.

A reader turns a source into raw blocks: pieces of its text with what the format itself says of them. What a block means
to a person is decided later, by the same code for every format.
*/

mod block;
pub mod docx;
pub mod html;
pub mod markdown;
mod residue;
mod sniff;
mod soft;
pub mod txt;

use std::path::Path;

use crate::text::encoding::{DecodeError, Encoding, decode};
use crate::text::{Form, Source, SourceSpan, Spans};

/// A source and its blocks, in reading order.
#[derive(Clone, Debug)]
pub struct Document {
    pub source: Source,
    /// Their pieces are of the source at index 0 until [`Document::renumber`].
    pub blocks: Vec<RawBlock>,
}

/// How to read.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The encoding a person named, instead of the one the bytes show.
    pub encoding: Option<Encoding>,
    /// Whether tracked changes count as made.
    pub revisions: Revisions,
    /// The largest file that is read, in bytes; a package may unpack to four times as much, and never over 1 GB.
    pub largest: u64,
}

impl Options {
    /// The largest file that is read where nobody says otherwise, in bytes: 64 MB, some twenty million characters.
    pub const LARGEST: u64 = 64 << 20;
    /// No file is larger than this, because places are counted in 32 bits.
    pub const LIMIT: u64 = 2 << 30;
}

impl Default for Options {
    fn default() -> Self {
        Options { encoding: None, revisions: Revisions::default(), largest: Options::LARGEST }
    }
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
    let form = sniff::form(path, &bytes)?;
    let decoded = match form {
        Form::Docx => return docx::read(path, bytes, options),
        Form::Html => html::decode(&bytes, options.encoding),
        Form::Text | Form::Markdown => decode(&bytes, options.encoding),
    };
    let decoded = decoded.map_err(Unreadable::from)?;
    let form = if form == Form::Text && sniff::is_html(&decoded.text) { Form::Html } else { form };
    let bytes = if form != Form::Html && decoded.text.as_bytes() == bytes { Vec::new() } else { bytes };
    let source = Source::new(path, form, decoded.text);
    let source = Source { bytes, encoding: decoded.encoding, bom: decoded.bom, replaced: decoded.replaced, ..source };
    Ok(Document::of(source))
}

impl Document {
    /// A source whose text is the decoded file, read as its form.
    pub fn of(source: Source) -> Self {
        match source.form {
            Form::Markdown => markdown::read(source),
            Form::Html => html::read(source),
            Form::Text | Form::Docx => Document::text(source),
        }
    }

    /// A plain text.
    pub fn text(source: Source) -> Self {
        Document { blocks: txt::read(0, &source), source }
    }

    /// Says which of a manuscript's sources this one is.
    pub fn renumber(&mut self, file: u16) {
        for block in &mut self.blocks {
            block.pieces.iter_mut().for_each(|span| span.file = file);
            block.more.iter_mut().flat_map(|more| &mut more.residue).for_each(|span| span.file = file);
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

/// One block as the format has it. There may be millions, so what few of them have stands apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawBlock {
    pub mark: Mark,
    /// The visible pieces, in order.
    pub pieces: Spans,
    /// How many of the first pieces are set in bold, as a run-in heading is.
    pub lead: usize,
    /// Blank lines before it.
    pub gap: u32,
    pub more: Option<Box<More>>,
}

/// What only few blocks have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// What a reader sees for pieces that show another text than their own (`&nbsp;`), by their index, in order.
    pub shown: Vec<(usize, String)>,
    /// The indexes of the pieces that are code or addresses and no prose, in order.
    pub opaque: Vec<usize>,
    /// Marks of markup that are not text.
    pub residue: Vec<SourceSpan>,
}

/// A piece of a block as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<'b> {
    pub span: SourceSpan,
    pub text: &'b str,
    /// The source has the same text.
    pub verbatim: bool,
    pub opaque: bool,
}

impl RawBlock {
    /// What the block has besides, to be added to.
    pub fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// Marks of markup that are not text.
    pub fn residue(&self) -> &[SourceSpan] {
        self.more.as_ref().map_or(&[], |more| &more.residue)
    }

    /// Whether every piece shows its own text.
    pub fn is_verbatim(&self) -> bool {
        self.more.as_ref().is_none_or(|more| more.shown.is_empty())
    }

    /// The pieces as a reader sees them.
    pub fn shown<'b>(&'b self, source: &'b str) -> impl Iterator<Item = Shown<'b>> {
        let more = self.more.as_deref();
        let mut others = more.map_or(&[][..], |more| &more.shown).iter().peekable();
        let mut opaque = more.map_or(&[][..], |more| &more.opaque).iter().peekable();
        self.pieces.iter().enumerate().map(move |(index, &span)| {
            let other = others.next_if(|other| other.0 == index);
            Shown {
                span,
                text: other.map_or_else(|| span.of(source), |other| &other.1),
                verbatim: other.is_none(),
                opaque: opaque.next_if(|&&opaque| opaque == index).is_some(),
            }
        })
    }
}

/// What the format says of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    #[default]
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
