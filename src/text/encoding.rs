//! The encoding a file is in, and its text.
//!
//! A manuscript arrives as bytes and seldom says how they were written: plain text from an old
//! editing system is GB18030, pages from Taiwan or Hong Kong are Big5, Windows editors write
//! UTF-16. A wrong guess turns the page into other Chinese characters without a single error, so
//! the order of the questions matters: a byte order mark, strict UTF-8, the shape of UTF-16, the
//! statistics of `chardetng`, and last whether GB18030 or Big5 gives more everyday characters.
//!
//! Reading is strict. A file that is sound but for a few broken bytes is read with U+FFFD in their
//! place, and [`Decoded::replaced`] tells how many; anything worse is an error. A file is never
//! written back through its encoding as a whole, because a few byte sequences of GB18030 do not
//! survive the way there and back: [`original_offsets`] tells where in the file a place of the text
//! lies, [`encode`] gives the bytes of a replacement, and the rest of the file keeps its own.
//!
//! This module opens no files, unpacks no containers, believes no `charset` declared inside a text,
//! corrects no characters, and knows no languages but Chinese: a Japanese or Korean page may come
//! out as Chinese nonsense.

mod evidence;
mod sequence;
#[cfg(test)]
mod tests;

use sequence::Fit;
use std::{fmt, str::FromStr};

/// The encodings a manuscript may be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Also reads GB 2312 and GBK, which it contains.
    Gb18030,
    /// With the Hong Kong characters, as browsers read it.
    Big5,
}

/// A file's text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    pub encoding: Encoding,
    /// Whether the file begins with a byte order mark; the text never contains it.
    pub bom: bool,
    pub text: String,
    /// How many invalid byte sequences stand in the text as U+FFFD; those that the file itself
    /// contains as characters are not counted.
    pub replaced: usize,
}

/// Why a file has no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// The first bytes are those of another kind of file; `what` names it in Chinese.
    NotText { what: &'static str },
    /// Many zero bytes, and not UTF-16.
    Binary,
    /// Too much is invalid in the encoding that was asked for or that the byte order mark names;
    /// the first invalid sequence begins at byte `offset`, from 0.
    Invalid { encoding: Encoding, offset: usize },
    /// The byte order mark names another encoding than the one that was asked for.
    Contradiction { marked: Encoding, asked: Encoding },
    /// None of the encodings makes Chinese text of it.
    Unknown,
}

/// A name that is no accepted label of an encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLabel(pub String);

/// One invalid sequence is put up with for so many valid characters of several bytes.
///
/// So much loss leaves a page readable, and every lost place can still be looked at. The limit
/// also guards the choice of the encoding: a UTF-8 page read as GB18030 breaks at five characters in
/// a hundred or more, a GB18030 page read as UTF-8 at nearly every one. It cannot tell GB18030 from
/// Big5 (a GB18030 page read as Big5 often breaks at one in a hundred, the reverse never), which is
/// why that choice is made by what the characters are and not by how many are broken.
const CHARACTERS_PER_FAULT: usize = 100;

/// More than one zero byte in so many bytes is not text, except in UTF-16.
const BYTES_PER_NUL: usize = 100;

/// Reads a file's bytes as text, in the encoding `forced` or else in the one they show.
///
/// `forced` is an encoding that a person has named; UTF-16 of one byte order stands for both where
/// the file has a byte order mark. Empty input is empty UTF-8.
///
/// # Errors
///
/// Binary files, bytes that do not fit the encoding, bytes that fit none: see [`DecodeError`].
///
/// Byte order marks and invalid sequences are those of the WHATWG Encoding Standard.
///
/// ```
/// use kanwu::text::encoding::{Encoding, decode};
/// let read = decode(b"\xb1\xa8\xd6\xbd\xb3\xf6\xb0\xe6\xc1\xcb\xa1\xa3", None).unwrap();
/// assert_eq!((read.encoding, read.text.as_str()), (Encoding::Gb18030, "报纸出版了。"));
/// assert_eq!(decode(b"%PDF-1.7", None).unwrap_err().to_string(), "这是 PDF 文件，不能当作文本读");
/// ```
pub fn decode(bytes: &[u8], forced: Option<Encoding>) -> Result<Decoded, DecodeError> {
    if let Some(what) = evidence::signature(bytes) {
        return Err(DecodeError::NotText { what });
    }
    let encoding = match (marked(bytes), forced) {
        (Some(marked), Some(asked)) => agreed(marked, asked)?,
        (Some(encoding), None) | (None, Some(encoding)) => encoding,
        (None, None) => return detect(bytes),
    };
    if !encoding.is_utf16() && many_nuls(bytes) {
        return Err(DecodeError::Binary);
    }
    let reading = read(bytes, encoding);
    match reading.first_fault {
        Some(offset) if !reading.tolerable() => Err(DecodeError::Invalid { encoding, offset }),
        _ => Ok(reading.decoded),
    }
}

/// Where in the file each place of its text lies.
///
/// Takes byte offsets in `decoded.text`, which must not decrease, and gives byte offsets in `bytes`,
/// the file that [`decode`] read. The start of a character is the start of its bytes; an offset
/// inside a character is taken as its start, also between the two characters that four sequences of
/// Big5 stand for. The end of the text is the end of the file. Offset 0 comes after a byte order mark.
///
/// The file is read again up to the last offset, one byte sequence at a time.
///
/// ```
/// use kanwu::text::encoding::{decode, original_offsets};
/// let file = b"\xff\xfe\x61\x00\xfd\x56";
/// let read = decode(file, None).unwrap();
/// assert_eq!(read.text, "a国");
/// assert_eq!(original_offsets(file, &read, &[0, 1, 4]), [2, 4, 6]);
/// ```
pub fn original_offsets(bytes: &[u8], decoded: &Decoded, sorted_text_offsets: &[u32]) -> Vec<usize> {
    debug_assert!(sorted_text_offsets.is_sorted());
    let mut at = usize::from(decoded.bom) * decoded.encoding.bom().len();
    if decoded.encoding == Encoding::Utf8 && decoded.replaced == 0 {
        return sorted_text_offsets
            .iter()
            .map(|&offset| at + decoded.text.floor_char_boundary(offset as usize))
            .collect();
    }
    let mut said = String::new();
    let (mut text_end, mut next) = (0, at);
    let mut found = Vec::with_capacity(sorted_text_offsets.len());
    for &offset in sorted_text_offsets {
        while text_end <= offset as usize && next < bytes.len() {
            said.clear();
            at = next;
            next += sequence::read_one(&bytes[at..], decoded.encoding, &mut said).0;
            text_end += said.len();
        }
        let ended = text_end <= offset as usize;
        found.push(if ended { next } else { at });
    }
    found
}

/// The bytes of `text` in an encoding, without a byte order mark.
///
/// `None` when the encoding cannot write one of the characters.
///
/// ```
/// use kanwu::text::encoding::{Encoding, encode};
/// assert_eq!(encode("检", Encoding::Gb18030).as_deref(), Some(&b"\xbc\xec"[..]));
/// assert_eq!(encode("检", Encoding::Big5), None);
/// ```
pub fn encode(text: &str, encoding: Encoding) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Utf8 => Some(text.into()),
        Encoding::Utf16Le => Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        Encoding::Utf16Be => Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        Encoding::Gb18030 | Encoding::Big5 => {
            let (bytes, _, unmappable) = encoding.table().encode(text);
            (!unmappable).then(|| bytes.into_owned())
        }
    }
}

impl Encoding {
    /// Every encoding with its accepted labels, its own name first.
    ///
    /// Letter case does not matter, nor whether the joint is `-` or `_`.
    pub const LABELS: [(Encoding, &[&str]); 5] = [
        (Encoding::Utf8, &["utf-8", "utf8"]),
        (Encoding::Utf16Le, &["utf-16le", "utf16le", "utf-16", "utf16", "unicode"]),
        (Encoding::Utf16Be, &["utf-16be", "utf16be"]),
        (Encoding::Gb18030, &["gb18030", "gbk", "gb2312", "gb-2312", "gb-18030", "cp936", "euc-cn"]),
        (Encoding::Big5, &["big5", "big-5", "big5-hkscs", "big5hkscs", "cp950"]),
    ];

    /// The name used in reports and settings.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Gb18030 => "gb18030",
            Encoding::Big5 => "big5",
        }
    }

    fn is_utf16(self) -> bool {
        matches!(self, Encoding::Utf16Le | Encoding::Utf16Be)
    }

    fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::Gb18030 => encoding_rs::GB18030,
            Encoding::Big5 => encoding_rs::BIG5,
        }
    }

    /// U+FEFF in this encoding; Big5 has none.
    fn bom(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => b"\xef\xbb\xbf",
            Encoding::Utf16Le => b"\xff\xfe",
            Encoding::Utf16Be => b"\xfe\xff",
            Encoding::Gb18030 => b"\x84\x31\x95\x33",
            Encoding::Big5 => b"",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Encoding {
    type Err = UnknownLabel;

    fn from_str(label: &str) -> Result<Self, UnknownLabel> {
        let plain = label.trim().replace('_', "-");
        let known = |labels: &[&str]| labels.iter().any(|name| name.eq_ignore_ascii_case(&plain));
        let found = Self::LABELS.iter().find(|(_, labels)| known(labels));
        found.map(|&(encoding, _)| encoding).ok_or_else(|| UnknownLabel(label.into()))
    }
}

impl fmt::Display for UnknownLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Encoding::LABELS.map(|(_, labels)| labels.join(", ")).join(", ");
        write!(f, "unknown encoding `{}`: accepted are {names}", self.0)
    }
}

impl std::error::Error for UnknownLabel {}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText { what } => write!(f, "这是 {what}，不能当作文本读"),
            Self::Binary => f.write_str("文件里有大量空字节，不是文本文件"),
            Self::Invalid { encoding, offset } => {
                write!(f, "不是有效的 {encoding} 文本：字节偏移 {offset}（从 0 数起）处读不通")
            }
            Self::Contradiction { marked, asked } => {
                write!(f, "文件开头的标记表明编码是 {marked}，与指定的 {asked} 不符")
            }
            Self::Unknown => f.write_str("认不出文件的编码，请指定编码，或另存为 utf-8"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// What a file says in one encoding, and how well it fits.
struct Reading {
    decoded: Decoded,
    /// Valid characters that took more than one byte: the evidence for the encoding.
    characters: usize,
    /// Whether the file ends inside a character: it was cut off, which says nothing against the
    /// encoding.
    cut: bool,
    first_fault: Option<usize>,
}

impl Reading {
    fn tolerable(&self) -> bool {
        let faults = self.decoded.replaced - usize::from(self.cut);
        self.decoded.replaced == 0 || self.characters > 0 && faults * CHARACTERS_PER_FAULT <= self.characters
    }

    fn accepted(self) -> Option<Decoded> {
        self.tolerable().then_some(self.decoded)
    }
}

fn read(bytes: &[u8], encoding: Encoding) -> Reading {
    let bom = !encoding.bom().is_empty() && bytes.starts_with(encoding.bom());
    let start = usize::from(bom) * encoding.bom().len();
    let sound = encoding.table().decode_without_bom_handling_and_without_replacement(&bytes[start..]);
    let whole = sound.is_some();
    let text = sound.map(String::from).unwrap_or_default();
    let decoded = Decoded { encoding, bom, text, replaced: 0 };
    let mut reading = Reading { decoded, characters: 0, cut: false, first_fault: None };
    if !whole {
        read_damaged(bytes, start, &mut reading);
    }
    reading
}

fn read_damaged(bytes: &[u8], mut at: usize, reading: &mut Reading) {
    while at < bytes.len() {
        let (length, fit) = sequence::read_one(&bytes[at..], reading.decoded.encoding, &mut reading.decoded.text);
        if fit == Fit::Valid {
            reading.characters += usize::from(length > 1);
        } else {
            reading.decoded.replaced += 1;
            reading.cut |= fit == Fit::Incomplete;
            reading.first_fault.get_or_insert(at);
        }
        at += length;
    }
}

fn marked(bytes: &[u8]) -> Option<Encoding> {
    let marks = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030];
    marks.into_iter().find(|encoding| bytes.starts_with(encoding.bom()))
}

fn agreed(marked: Encoding, asked: Encoding) -> Result<Encoding, DecodeError> {
    if marked == asked || marked.is_utf16() && asked.is_utf16() {
        return Ok(marked);
    }
    Err(DecodeError::Contradiction { marked, asked })
}

/// The chain for a file without a byte order mark and without a person's word.
fn detect(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let nuls = many_nuls(bytes);
    let utf8 = read(bytes, Encoding::Utf8);
    if utf8.decoded.replaced == 0 && !nuls {
        return Ok(utf8.decoded);
    }
    let accepted = |encoding| read(bytes, encoding).accepted();
    if let Some(decoded) = evidence::utf16(bytes).and_then(accepted) {
        return Ok(decoded);
    }
    if nuls {
        return Err(DecodeError::Binary);
    }
    let chinese = || evidence::chinese(bytes).and_then(accepted);
    utf8.accepted().or_else(chinese).ok_or(DecodeError::Unknown)
}

fn many_nuls(bytes: &[u8]) -> bool {
    bytes.iter().filter(|&&byte| byte == 0).count() * BYTES_PER_NUL > bytes.len()
}
