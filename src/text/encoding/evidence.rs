//! What the bytes of a file say about their encoding.
//!
//! Each question is answered from the bytes alone; when it is asked is the parent module's business.
//! Nothing here decodes a file, so an answer is a proposal that reading has yet to confirm.

use super::Encoding;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// How much of a file the statistics look at: more does not change the answer on real pages.
const SAMPLE: usize = 64 * 1024;

/// Files that are not plain text, by their first bytes.
const SIGNATURES: [(&[u8], &str); 15] = [
    (b"PK\x03\x04", "ZIP 压缩包（DOCX、XLSX、PPTX 等也是）"),
    (b"PK\x05\x06", "空的 ZIP 压缩包"),
    (b"%PDF-", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（DOC、XLS、PPT、WPS）"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF87a", "GIF 图片"),
    (b"GIF89a", "GIF 图片"),
    (b"\x1f\x8b", "GZIP 压缩文件"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7Z 压缩包"),
    (b"\x7fELF", "可执行程序"),
    (b"\xff\xfe\x00\x00", "UTF-32 文件"),
    (b"\x00\x00\xfe\xff", "UTF-32 文件"),
];

/// The share of everyday characters, in percent, from which a page is surely in that encoding: real
/// pages have 95 to 100, and at most 62 when read as the other encoding.
const SURE: usize = 75;

/// The share below which nothing but the density of the bytes speaks for Chinese.
const DOUBTFUL: usize = 50;

/// What kind of file the first bytes announce, in Chinese, when it is not text.
pub(super) fn signature(bytes: &[u8]) -> Option<&'static str> {
    SIGNATURES.iter().find(|(first, _)| bytes.starts_with(first)).map(|&(_, what)| what)
}

/// UTF-16 of the byte order in which the units look like a Chinese or a Latin page, if there is one.
pub(super) fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let little = utf16_score(bytes, u16::from_le_bytes);
    let big = utf16_score(bytes, u16::from_be_bytes);
    match (little > big, little.max(big)) {
        (_, 0) => None,
        (true, _) => Some(Encoding::Utf16Le),
        (false, _) => Some(Encoding::Utf16Be),
    }
}

/// How many units look right, or 0 when too many do not.
///
/// A Han character whose two bytes are both printable ASCII proves nothing, because Latin text read
/// in pairs consists of them; a Chinese page has about one in four, so they must not outnumber the
/// rest.
fn utf16_score(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> usize {
    let (mut right, mut open, mut wrong) = (0, 0, 0);
    for pair in bytes.chunks_exact(2) {
        match unit([pair[0], pair[1]]) {
            0x4E00..=0x9FFF if pair.iter().all(|byte| matches!(byte, 0x20..=0x7E)) => open += 1,
            0x09 | 0x0A | 0x0D | 0x20..=0x7E => right += 1,
            0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF01..=0xFF5E => right += 1,
            0xA0..=0x24F | 0x2010..=0x206F | 0x2460..=0x25FF | 0xD800..=0xDFFF => open += 1,
            _ => wrong += 1,
        }
    }
    if wrong * 10 <= right && open <= right { right } else { 0 }
}

/// GB18030 or Big5, when the bytes can be Chinese at all.
///
/// The statistics are trusted only where the characters agree: one broken byte rules an encoding
/// out for `chardetng`, and it then takes a Big5 page for GB18030, in which hardly a sequence is
/// invalid. A file of rare characters (a name list, a character table) has no everyday ones.
pub(super) fn chinese(bytes: &[u8]) -> Option<Encoding> {
    let share = |encoding| everyday(bytes, encoding);
    if let Some(guessed) = guess(bytes).filter(|&encoding| share(encoding) >= SURE) {
        return Some(guessed);
    }
    let (gb18030, big5) = (share(Encoding::Gb18030), share(Encoding::Big5));
    if gb18030.max(big5) < DOUBTFUL {
        return dense(bytes).then_some(Encoding::Gb18030);
    }
    Some(if big5 > gb18030 { Encoding::Big5 } else { Encoding::Gb18030 })
}

/// What `chardetng` says, without the hint of a domain name, which would rule out Big5.
fn guess(bytes: &[u8]) -> Option<Encoding> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], bytes.len() <= SAMPLE);
    match detector.guess(None, Utf8Detection::Deny) {
        guessed if guessed == encoding_rs::GBK => Some(Encoding::Gb18030),
        guessed if guessed == encoding_rs::BIG5 => Some(Encoding::Big5),
        _ => None,
    }
}

/// Whether bytes above ASCII are at least as many as Latin letters: a Western page with accents has
/// a few of them among many letters.
fn dense(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    high >= bytes.iter().filter(|byte| byte.is_ascii_alphabetic()).count()
}

/// How many in a hundred characters of several bytes are punctuation or Han of the first level.
///
/// That level is 3,755 characters in GB 2312 and 5,401 in Big5, nearly all of running text.
fn everyday(bytes: &[u8], encoding: Encoding) -> usize {
    let (mut all, mut common, mut at) = (0, 0, 0);
    while at + 1 < bytes.len() {
        if !matches!(bytes[at], 0x81..=0xFE) {
            at += 1;
            continue;
        }
        all += 1;
        let pair = (encoding, bytes[at], bytes[at + 1]);
        common += usize::from(matches!(
            pair,
            (Encoding::Big5, 0xA1..=0xC6, 0x40..=0x7E | 0xA1..=0xFE)
                | (Encoding::Gb18030, 0xA1..=0xA9 | 0xB0..=0xD7, 0xA1..=0xFE)
        ));
        at += 2;
    }
    common * 100 / all.max(1)
}
