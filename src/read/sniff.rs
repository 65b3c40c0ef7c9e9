/*!
What a file is, by its first bytes and only then by its name: names lie.

Everything that is no text and is not read has one sentence that says what it is and what to do about it. Nothing is
unpacked here.
*/

use std::path::Path;

use super::{Unreadable, UnreadableKind};
use crate::text::Form;

/// The form of a file that may be text, or of a package.
///
/// # Errors
/// Files of other kinds, each with what it is and how to turn it into one that is read.
pub(super) fn form(path: &Path, bytes: &[u8]) -> Result<Form, Unreadable> {
    if let Some(what) = foreign(bytes) {
        return Err(what);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    Ok(match ending {
        "md" | "markdown" | "mdown" | "mkd" | "mkdn" => Form::Markdown,
        "html" | "htm" | "xhtml" | "xht" => Form::Html,
        _ if starts_as_html(bytes) => Form::Html,
        _ => Form::Text,
    })
}

/// Whether a text begins as an HTML page does.
pub(super) fn is_html(text: &str) -> bool {
    starts_as_html(&text.as_bytes()[..text.len().min(HEAD)])
}

/// How far into a file its kind is looked for, in bytes.
const HEAD: usize = 1024;

/// `<!doctype html`, `<html`, or an XML declaration before one of them.
fn starts_as_html(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let head = head.trim_start();
    let body =
        if head.starts_with("<?xml") { head.split_once("?>").map_or("", |(_, rest)| rest.trim_start()) } else { head };
    body.starts_with("<!doctype html")
        || body.starts_with("<html") && !body[5..].starts_with(|c: char| c.is_alphanumeric())
}

/// What a file is that is neither text nor a package that is read.
fn foreign(bytes: &[u8]) -> Option<Unreadable> {
    if bytes.starts_with(OLE) {
        return Some(compound(bytes));
    }
    let found = SIGNATURES.iter().find(|(at, mark, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark)));
    let (_, _, what) = found?;
    Some(Unreadable::new(UnreadableKind::Foreign, what.to_string()))
}

const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

const IMAGE: &str = "这是图片，里面的文字读不到；请先识别成文字，核对后存为 .docx 或 .txt";
const ARCHIVE: &str = "这是压缩包；请先解压，再检查里面的稿件";
const SOUND: &str = "这是音频或视频，没有可以检查的文字";

/// Offset, bytes, and what the file is.
const SIGNATURES: [(usize, &[u8], &str); 27] = [
    (0, b"%PDF-", "这是 PDF 文件；请用 Word 或 WPS 打开后另存为 .docx，或者检查排版之前的原稿"),
    (0, b"{\\rtf", "这是 RTF 文件；请用 Word 或 WPS 打开后另存为 .docx"),
    (0, b"CAJ", "这是知网的 CAJ 文件；请用 CAJViewer 打开，把文字另存为 .txt"),
    (0, b"HN\x00\x00", "这是知网的 CAJ 文件；请用 CAJViewer 打开，把文字另存为 .txt"),
    (0, b"KDH ", "这是知网的 KDH 文件；请用 CAJViewer 打开，把文字另存为 .txt"),
    (0, b"%!PS", "这是 PostScript 文件；请检查排版之前的原稿"),
    (0, b"\x89PNG", IMAGE),
    (0, b"\xFF\xD8\xFF", IMAGE),
    (0, b"GIF8", IMAGE),
    (0, b"II*\x00", IMAGE),
    (0, b"MM\x00*", IMAGE),
    (8, b"WEBP", IMAGE),
    (4, b"ftypheic", IMAGE),
    (4, b"ftypheix", IMAGE),
    (4, b"ftypmif1", IMAGE),
    (4, b"ftypavif", IMAGE),
    (0, b"8BPS", IMAGE),
    (0, b"Rar!\x1A\x07", ARCHIVE),
    (0, b"7z\xBC\xAF\x27\x1C", ARCHIVE),
    (0, b"\x1F\x8B", ARCHIVE),
    (0, b"BZh", ARCHIVE),
    (0, b"\xFD7zXZ\x00", ARCHIVE),
    (0, b"\x28\xB5\x2F\xFD", ARCHIVE),
    (257, b"ustar", ARCHIVE),
    (4, b"ftyp", SOUND),
    (0, b"ID3", SOUND),
    (0, b"RIFF", SOUND),
];

/// Names of the streams of a compound file, in the UTF-16 of its directory, and what it then is.
const STREAMS: [(&str, &str); 6] = [
    ("EncryptedPackage", ""),
    ("WordDocument", "这是旧版 Word 文件（.doc）或 WPS 文字；请用 Word 或 WPS 打开后另存为 .docx"),
    ("Workbook", "这是旧版 Excel 或 WPS 表格；请把要检查的文字另存为 .docx 或 .txt"),
    ("Book", "这是旧版 Excel 或 WPS 表格；请把要检查的文字另存为 .docx 或 .txt"),
    ("PowerPoint Document", "这是旧版演示文稿；请把要检查的文字另存为 .docx 或 .txt"),
    ("__substg1.0_", "这是 Outlook 邮件；请把正文和附件另存出来再检查"),
];

/// An OLE compound file, by the names in it.
fn compound(bytes: &[u8]) -> Unreadable {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        directory(bytes).chunks_exact(ENTRY).any(|entry| entry.starts_with(&wide))
    };
    match STREAMS.iter().find(|(name, _)| holds(name)) {
        Some((_, "")) => Unreadable::new(
            UnreadableKind::Encrypted,
            "文件有密码，读不出来；请用 Word 或 WPS 打开，去掉密码后另存为 .docx",
        ),
        Some((_, what)) => Unreadable::new(UnreadableKind::Foreign, *what),
        None => Unreadable::new(UnreadableKind::Foreign, "这是旧版 Office 文件；请用 Word 或 WPS 打开后另存为 .docx"),
    }
}

/// Bytes of a directory entry.
const ENTRY: usize = 128;

/// The directory of a compound file as its sectors stand from the first one on; sectors in between that belong to other
/// streams begin with no name that is looked for.
fn directory(bytes: &[u8]) -> &[u8] {
    let word = |at: usize| bytes.get(at..at + 4).and_then(|word| word.try_into().ok()).map(u32::from_le_bytes);
    let shift = bytes.get(30).copied().filter(|shift| (7..=16).contains(shift)).unwrap_or(9);
    let first = word(48).unwrap_or(0) as usize;
    let start = first.saturating_add(1).saturating_mul(1 << shift);
    bytes.get(start..).unwrap_or_default()
}
