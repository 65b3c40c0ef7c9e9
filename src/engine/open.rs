/*!
From a path to a source, and what to say when there is none.

Every fault has a rule id declared in `rules/reading.toml` or `rules/engine.toml`, where its level can be set; the words
are made here, because they say what happened to this one file.
*/

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::{CHECK_PANICKED, Input};
use crate::finding::{Class, Finding, Level, Piece, Place};
use crate::read::{Document, Options, Unreadable, UnreadableKind, read};
use crate::rule::RuleSet;
use crate::text::{Source, SourceSpan};

/// The kinds of fault of reading and of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    MissingFile,
    UnreadableFile,
    UndecodableFile,
    BinaryFile,
    ForeignFormat,
    DamagedFile,
    EncryptedFile,
    FileTooLarge,
    NoInput,
    ReplacedBytes,
    NoRules,
    CheckPanicked,
    ReaderPanicked,
}

/// Why a file was not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// In Chinese, for the person whose manuscript it is.
    pub what: String,
}

impl FaultKind {
    pub const ALL: [FaultKind; 13] = [
        FaultKind::MissingFile,
        FaultKind::UnreadableFile,
        FaultKind::UndecodableFile,
        FaultKind::BinaryFile,
        FaultKind::ForeignFormat,
        FaultKind::DamagedFile,
        FaultKind::EncryptedFile,
        FaultKind::FileTooLarge,
        FaultKind::NoInput,
        FaultKind::ReplacedBytes,
        FaultKind::NoRules,
        FaultKind::CheckPanicked,
        FaultKind::ReaderPanicked,
    ];

    /// The rule that declares it.
    pub fn rule(self) -> &'static str {
        match self {
            FaultKind::MissingFile => "reading/missing-file",
            FaultKind::UnreadableFile => "reading/unreadable-file",
            FaultKind::UndecodableFile => "reading/undecodable-file",
            FaultKind::BinaryFile => "reading/binary-file",
            FaultKind::ForeignFormat => "reading/foreign-format",
            FaultKind::DamagedFile => "reading/damaged-file",
            FaultKind::EncryptedFile => "reading/encrypted-file",
            FaultKind::FileTooLarge => "reading/file-too-large",
            FaultKind::NoInput => "reading/no-input",
            FaultKind::ReplacedBytes => "reading/replaced-bytes",
            FaultKind::NoRules => "engine/no-rules",
            FaultKind::CheckPanicked => CHECK_PANICKED,
            FaultKind::ReaderPanicked => "engine/reader-panicked",
        }
    }

    /// The level where no set of rules declares another.
    pub fn level(self) -> Level {
        if self == FaultKind::ReplacedBytes { Level::Warning } else { Level::Error }
    }
}

impl Fault {
    pub fn new(kind: FaultKind, what: impl Into<String>) -> Self {
        Fault { kind, what: what.into() }
    }

    /// The fault as a finding at the start of the file; without a source its place is a path and nothing more.
    pub fn finding(&self, source: Option<&Source>, set: &RuleSet) -> Finding {
        let piece = source.map_or_else(nowhere, |source| Piece::new(source, SourceSpan::new(0, 0, 0)));
        let rule = set.rule(self.kind.rule());
        Finding {
            rule: rule.map_or_else(|| self.kind.rule().into(), |rule| rule.id.clone()),
            level: rule.map(|rule| rule.level).filter(|level| may_be(self.kind, *level)).unwrap_or(self.kind.level()),
            class: Class::None,
            headline: false,
            message: self.what.clone(),
            at: Place { pieces: vec![piece] },
            notes: Vec::new(),
            help: None,
            fix: None,
            folded: Vec::new(),
        }
    }
}

/// What says that a file was not checked cannot be switched off.
fn may_be(kind: FaultKind, level: Level) -> bool {
    kind == FaultKind::ReplacedBytes || level != Level::Off
}

/// Reads an input as the form it shows.
///
/// # Errors
/// Whatever stands between the path and its text, as a [`Fault`].
pub fn open(input: &Input, options: Options) -> Result<Document, Fault> {
    let (path, bytes) = match input {
        Input::File(path) => (path, bytes(path, options.largest)?),
        Input::Bytes { bytes, .. } if bytes.len() as u64 > options.largest => return Err(too_large(options.largest)),
        Input::Bytes { name, bytes } => (name, bytes.clone()),
        Input::Nothing(_) => return Err(Fault::new(FaultKind::NoInput, "这里没有可以检查的稿件")),
    };
    Ok(read(path, bytes, options)?)
}

fn bytes(path: &Path, largest: u64) -> Result<Vec<u8>, Fault> {
    let fault = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Fault::new(FaultKind::MissingFile, "找不到这个文件"),
        io::ErrorKind::PermissionDenied => Fault::new(FaultKind::UnreadableFile, "没有读取它的权限"),
        _ => Fault::new(FaultKind::UnreadableFile, format!("读不出来：{error}")),
    };
    let known = fs::metadata(path).map_err(fault)?;
    if known.is_dir() {
        fs::read_dir(path).map_err(fault)?;
        return Err(Fault::new(FaultKind::UnreadableFile, "这是文件夹，不是文件"));
    }
    // One byte more than there is lets the end be seen without more room.
    let mut bytes = Vec::with_capacity(known.len().min(largest) as usize + 1);
    File::open(path).map_err(fault)?.take(largest.saturating_add(1)).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() as u64 > largest { Err(too_large(largest)) } else { Ok(bytes) }
}

fn too_large(largest: u64) -> Fault {
    let size = match largest {
        0..1024 => format!("{largest}字节"),
        1024..0x10_0000 => format!("{}千字节", largest >> 10),
        _ => format!("{}兆字节", largest >> 20),
    };
    Fault::new(FaultKind::FileTooLarge, format!("文件超过{size}，没有检查；确实要查，用 --max-size 放宽"))
}

impl From<Unreadable> for Fault {
    fn from(unreadable: Unreadable) -> Self {
        let kind = match unreadable.kind {
            UnreadableKind::Binary => FaultKind::BinaryFile,
            UnreadableKind::Undecodable => FaultKind::UndecodableFile,
            UnreadableKind::Foreign => FaultKind::ForeignFormat,
            UnreadableKind::Damaged => FaultKind::DamagedFile,
            UnreadableKind::Encrypted => FaultKind::EncryptedFile,
            UnreadableKind::TooLarge => FaultKind::FileTooLarge,
        };
        Fault::new(kind, unreadable.what)
    }
}

/// The finding about invalid bytes that stand as U+FFFD in the text.
///
/// A file may hold U+FFFD of its own; then only the first of all is pointed at.
pub fn replaced_bytes(source: &Source, file: u16, set: &RuleSet) -> Option<Finding> {
    if source.replaced == 0 {
        return None;
    }
    let mut places: Vec<Place> = source
        .text
        .match_indices('\u{FFFD}')
        .map(|(at, mark)| SourceSpan::new(file, at, at + mark.len()))
        .map(|span| Place { pieces: vec![Piece::new(source, span)] })
        .collect();
    let what = format!("有{}处字节不是{}文字，以“\u{FFFD}”代替", source.replaced, source.encoding);
    let mut finding = Fault::new(FaultKind::ReplacedBytes, what).finding(Some(source), set);
    finding.at.pieces[0].span.file = file;
    if places.len() != source.replaced {
        places.truncate(1);
    }
    let mut places = places.into_iter();
    finding.at = places.next().unwrap_or(finding.at);
    finding.folded = places.collect();
    Some(finding)
}

/// The place of a file that has no text.
fn nowhere() -> Piece {
    Piece {
        span: SourceSpan::default(),
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
        line_start: 0,
        end_line_start: 0,
        before: String::new(),
        text: String::new(),
        after: String::new(),
    }
}
