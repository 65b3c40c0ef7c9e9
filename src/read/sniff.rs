/*!
What a file is, by its first bytes and only then by its name: names lie.

Everything that is no text and is not read has one sentence that says what it is and what to do about it. Nothing is
unpacked here: every package goes to the reader of Word files, which says what it is instead if it is none.
*/

use std::path::Path;

use super::{Unreadable, UnreadableKind, docx};
use crate::text::Form;

/// The form of a file that may be text, or of a zip; what a zip is that is no Word file, its reader says.
///
/// # Errors
/// Files of other kinds, each with what it is and how to turn it into one that is read.
pub(super) fn form(path: &Path, bytes: &[u8]) -> Result<Form, Unreadable> {
    if docx::is_zip(bytes) {
        return Ok(Form::Docx);
    }
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
    let head = &bytes[..bytes.len().min(HEAD)];
    if memchr::memchr(b'<', head).is_none() {
        return false;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
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
        bytes.chunks_exact(ENTRY).any(|entry| entry.starts_with(&wide))
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

/// Bytes of an entry of the directory; entries stand at multiples of it.
const ENTRY: usize = 128;

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> (UnreadableKind, String) {
        let unreadable = form(Path::new("稿.docx"), bytes).expect_err("is refused");
        (unreadable.kind, unreadable.what)
    }

    /// A compound file with these streams.
    fn compound_file(streams: &[&str]) -> Vec<u8> {
        let mut bytes = OLE.to_vec();
        bytes.resize(512, 0);
        for name in std::iter::once(&"Root Entry").chain(streams) {
            let start = bytes.len();
            bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
            bytes.resize(start + ENTRY, 0);
        }
        bytes
    }

    #[test]
    fn each_kind_has_its_sentence() {
        let rows: [(Vec<u8>, &str); 8] = [
            (compound_file(&["WordDocument"]), ".doc"),
            (compound_file(&["Workbook"]), "Excel"),
            (compound_file(&["PowerPoint Document"]), "演示文稿"),
            (compound_file(&[]), "旧版 Office"),
            (b"%PDF-1.7".to_vec(), "PDF"),
            (b"{\\rtf1".to_vec(), "RTF"),
            (b"\x89PNG\r\n".to_vec(), "图片"),
            (b"Rar!\x1A\x07\x01".to_vec(), "压缩包"),
        ];
        for (bytes, word) in rows {
            let (kind, what) = told(&bytes);
            assert_eq!(kind, UnreadableKind::Foreign, "{what}");
            assert!(what.contains(word), "{what} names {word}");
        }
        assert_eq!(told(&compound_file(&["EncryptionInfo", "EncryptedPackage"])).0, UnreadableKind::Encrypted);
    }

    #[test]
    fn the_form_is_that_of_the_content() {
        let form = |name: &str, text: &str| form(Path::new(name), text.as_bytes()).ok();
        assert_eq!(form("稿.txt", " \n<!DOCTYPE HTML><p>"), Some(Form::Html));
        assert_eq!(form("稿", "<html lang=zh>"), Some(Form::Html));
        assert_eq!(form("稿.txt", "\u{FEFF}<?xml version='1.0'?>\n<html>"), Some(Form::Html));
        assert_eq!(form("稿.txt", "<p>甲</p>"), Some(Form::Text));
        assert_eq!(form("稿.txt", "<html5是什么>"), Some(Form::Text));
        assert_eq!(form("稿.HTM", "甲"), Some(Form::Html));
        assert_eq!(form("稿.Markdown", "甲"), Some(Form::Markdown));
        assert_eq!(form("稿.doc", "其实是文字"), Some(Form::Text));
        assert_eq!(self::form(Path::new("稿.txt"), b"PK\x03\x04"), Ok(Form::Docx));
    }
}
