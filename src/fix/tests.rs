//! Edits in bytes, markup and packages made by hand, so that no reader and no rule can change them.

use std::io::Write;

use super::*;
use crate::finding::{Class, Finding, Fix, Level, Piece, Place, Safety};
use crate::text::encoding::{Encoding, decode, encode};
use crate::text::{Anchor, SourceSpan};

/// A finding whose fix replaces each `(from, to, text)` of the source's text.
fn finding(source: &Source, edits: &[(usize, usize, &str)]) -> Finding {
    let edit = |&(start, end, text): &(usize, usize, &str)| Edit {
        span: SourceSpan::new(0, start, end),
        text: text.to_string(),
    };
    let edits: Vec<Edit> = edits.iter().map(edit).collect();
    Finding {
        rule: "sample/rule".into(),
        level: Level::Warning,
        class: Class::None,
        headline: false,
        message: String::new(),
        at: Place { pieces: vec![Piece::new(source, edits[0].span)] },
        notes: Vec::new(),
        help: None,
        fix: Some(Fix { title: String::new(), edits, safety: Safety::Safe }),
        folded: Vec::new(),
    }
}

/// Replaces every occurrence of a word in the source's text.
fn replacing(source: &Source, from: &str, to: &str) -> Vec<Finding> {
    let found = source.text.match_indices(from);
    found.map(|(at, word)| finding(source, &[(at, at + word.len(), to)])).collect()
}

fn read(bytes: Vec<u8>, encoding: Encoding) -> Source {
    let decoded = decode(&bytes, Some(encoding)).expect("sound bytes");
    let source = Source::new("稿.txt", Form::Text, decoded.text);
    Source { bytes, encoding, bom: decoded.bom, replaced: decoded.replaced, ..source }
}

#[test]
fn every_encoding_keeps_its_other_bytes() {
    let text = "𠮷野家,来了\r\n人,走了,\n";
    for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030] {
        for bom in [false, true] {
            let mark = if bom { "\u{FEFF}" } else { "" };
            let bytes = encode(&format!("{mark}{text}"), encoding).expect("writable");
            let source = read(bytes, encoding);
            let fixed = make(&source, 0, &replacing(&source, ",", "，")).expect("it can be fixed");
            let meant = encode(&format!("{mark}{}", text.replace(',', "，")), encoding).expect("writable");
            assert_eq!((fixed.bytes, fixed.edits, fixed.left), (meant, 3, Vec::new()), "{encoding} {bom}");
        }
    }
}

#[test]
fn sequences_that_do_not_survive_a_round_trip_stay() {
    // 0xA6D9 reads as U+FE10, which GB18030 writes in four bytes.
    let mut bytes = encode("山,水", Encoding::Gb18030).expect("writable");
    bytes.extend([0xA6, 0xD9]);
    let source = read(bytes.clone(), Encoding::Gb18030);
    let fixed = make(&source, 0, &replacing(&source, ",", "，")).expect("it can be fixed");
    assert!(fixed.bytes.ends_with(&[0xA6, 0xD9]) && fixed.bytes.len() == bytes.len() + 1);
}

#[test]
fn what_the_encoding_cannot_write_is_left_and_said() {
    let source = read(encode("檢察,法院", Encoding::Big5).expect("writable"), Encoding::Big5);
    let mut findings = replacing(&source, "檢", "检");
    findings.extend(replacing(&source, ",", "，"));
    let fixed = make(&source, 0, &findings).expect("the other can be fixed");
    assert_eq!(fixed.bytes, encode("檢察，法院", Encoding::Big5).expect("writable"));
    assert_eq!(fixed.left[0].why, "文件的编码big5写不出“检”（U+68C0）");
    assert_eq!((fixed.left.len(), fixed.edits, fixed.left[0].column), (1, 1, 1));
}

#[test]
fn an_edit_that_would_join_broken_bytes_is_refused() {
    let mut bytes = "水面很高。".repeat(60).into_bytes();
    let broken = bytes.len();
    bytes.extend([0xE6, 0xB0]);
    bytes.extend(b",");
    let source = read(bytes, Encoding::Utf8);
    let at = source.text.len() - 1;
    assert_eq!(source.bytes.len(), broken + 3);
    let fixed = make(&source, 0, &[finding(&source, &[(at, at + 1, "，")])]).expect("nothing is joined");
    assert_eq!(fixed.bytes[broken..], [0xE6, 0xB0, 0xEF, 0xBC, 0x8C]);
    // A lead byte of GB18030 takes the next byte for its own.
    let mut bytes = encode(&"水面很高。".repeat(60), Encoding::Gb18030).expect("writable");
    bytes.extend([0x81, b',']);
    let source = read(bytes, Encoding::Gb18030);
    let at = source.text.len() - 1;
    assert_eq!(source.text.as_bytes()[at], b',');
    assert!(make(&source, 0, &[finding(&source, &[(at, at + 1, "A")])]).is_err());
}

/// A source whose text is what stands between the tags of a markup; each entity has an anchor of its own.
fn extracted(form: Form, name: &str, markup: &str) -> Source {
    let (mut text, mut anchors, mut at) = (String::new(), Vec::new(), 0);
    while at < markup.len() {
        let rest = &markup[at..];
        let length = match rest.as_bytes()[0] {
            b'<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            b'&' => rest.find(';').map_or(rest.len(), |end| end + 1),
            _ => rest.find(['<', '&']).unwrap_or(rest.len()),
        };
        let part = &rest[..length];
        let shown = match part {
            "&amp;" => "&",
            "&lt;" => "<",
            "</p>" | "</w:p>" => "\n",
            part if part.starts_with('<') => "",
            part => part,
        };
        let start = text.len() as u32;
        text.push_str(shown);
        if !shown.is_empty() && shown != "\n" {
            let xml = at as u32..(at + length) as u32;
            anchors.push(Anchor { text: start..text.len() as u32, part: 0, xml: xml.clone(), run: xml });
        }
        at += length;
    }
    Source { bytes: markup.as_bytes().to_vec(), anchors, ..Source::new(name, form, text) }
}

fn check_html(markup: &str, from: &str, to: &str, meant: &str) {
    let source = extracted(Form::Html, "稿.html", markup);
    let fixed = make(&source, 0, &replacing(&source, from, to)).expect("it can be fixed");
    assert_eq!(String::from_utf8(fixed.bytes).expect("UTF-8"), meant);
}

#[test]
fn html_is_edited_between_its_tags() {
    check_html("<p title=\"a,b\">山,<b>水</b></p>", ",", "，", "<p title=\"a,b\">山，<b>水</b></p>");
    check_html("<p>加<b>强力</b>度</p>", "强力度", "大A&B<", "<p>加<b>大A&amp;B&lt;</b></p>");
    check_html("<p>山&amp;水</p>", "&", "和", "<p>山和水</p>");
    check_html("<p>山&lt;水</p>", "山<水", "山", "<p>山</p>");
    check_html("<p>山高</p><p>水长</p>", "山高", "山高。", "<p>山高。</p><p>水长</p>");
}

#[test]
fn what_is_between_paragraphs_cannot_be_edited() {
    let source = extracted(Form::Html, "稿.html", "<p>选</p><p>拔</p>");
    let fixed = make(&source, 0, &replacing(&source, "选\n拔", "选拔")).expect("nothing breaks");
    assert_eq!((fixed.edits, fixed.left.len(), &fixed.bytes), (0, 1, &source.bytes));
}

const TYPES: &str = "<Types/>";

/// A package with a picture, the document and another part, written as word processors do, data descriptor and all.
fn package(document: &str) -> Vec<u8> {
    let mut archive = rawzip::ZipArchiveWriter::new(Vec::new());
    let parts = [("[Content_Types].xml", TYPES), ("word/document.xml", document), ("word/styles.xml", "<styles/>")];
    for (name, content) in parts {
        let file = archive.new_file(name).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().expect("an entry");
        let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best()));
        writer.write_all(content.as_bytes()).expect("a vector");
        let (encoder, descriptor) = writer.finish().expect("a vector");
        encoder.finish().expect("a vector");
        entry.finish(descriptor).expect("a vector");
    }
    archive.finish().expect("a vector")
}

fn packed(document: &str) -> Source {
    let source = extracted(Form::Docx, "稿.docx", document);
    Source { bytes: package(document), parts: vec!["word/document.xml".to_string()], ..source }
}

/// Every entry as it is stored: name, checksum, compressed bytes.
fn entries(bytes: &[u8]) -> Vec<(String, u32, Vec<u8>)> {
    let archive = rawzip::ZipArchive::from_slice(bytes).expect("a zip");
    let mut list = Vec::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().expect("a directory") {
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        let stored = archive.get_entry(entry.wayfinder()).expect("an entry");
        let mut content = Vec::new();
        let reader = flate2::read::DeflateDecoder::new(stored.data());
        std::io::copy(&mut stored.verifying_reader(reader), &mut content).expect("the checksum holds");
        list.push((name, entry.crc32(), stored.data().to_vec()));
    }
    list
}

fn check_docx(document: &str, edits: &[Finding], meant: &str) {
    let source = packed(document);
    let fixed = make(&source, 0, edits).expect("it can be fixed");
    let again = Source { bytes: fixed.bytes, ..source.clone() };
    assert_eq!(package::contents(&again).expect("a package"), [meant]);
    let (old, new) = (entries(&source.bytes), entries(&again.bytes));
    assert_eq!((&old[0], &old[2], old.len()), (&new[0], &new[2], new.len()));
}

const RUNS: &str = "<w:p><w:r><w:t>任为</w:t></w:r><w:r><w:t>民 主任&amp;</w:t></w:r></w:p>";

#[test]
fn a_package_keeps_its_other_parts() {
    let source = packed(RUNS);
    let at = source.text.find("民").expect("the text");
    let name = [finding(&source, &[(at - 3, at + 3, "为珉")])];
    check_docx(
        RUNS,
        &name,
        "<w:p><w:r><w:t>任为珉</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 主任&amp;</w:t></w:r></w:p>",
    );
    check_docx(RUNS, &replacing(&source, "主任", "<主任>"), &RUNS.replace("主任", "&lt;主任&gt;"));
    check_docx(RUNS, &[], RUNS);
}

#[test]
fn white_space_at_an_end_is_kept() {
    let source = packed(RUNS);
    let at = source.text.find("任为").expect("the text");
    let space = [finding(&source, &[(at, at, " ")])];
    check_docx(RUNS, &space, &RUNS.replacen("<w:t>任", "<w:t xml:space=\"preserve\"> 任", 1));
    let kept = "<w:p><w:r><w:t xml:space=\"preserve\"> 山,</w:t></w:r></w:p>";
    let source = packed(kept);
    check_docx(kept, &replacing(&source, ",", "，"), &kept.replace(',', "，"));
}

#[test]
fn counted_numbers_are_left_and_said() {
    let mut source = packed(RUNS);
    source.anchors[0].xml = source.anchors[0].xml.start..source.anchors[0].xml.start;
    let fixed = make(&source, 0, &replacing(&source, "任为", "任")).expect("nothing breaks");
    assert_eq!((fixed.bytes == source.bytes, fixed.left.len(), fixed.edits), (true, 1, 0));
    assert!(fixed.left[0].why.contains("编号"));
}

#[test]
fn an_element_goes_whole_and_takes_no_text() {
    let markup = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>";
    let tab = markup.find("<w:tab/>").expect("the tab") as u32;
    let mut source = packed(markup);
    source.text.insert(3, '\t');
    let later = &mut source.anchors[1];
    later.text = later.text.start + 1..later.text.end + 1;
    source.anchors.insert(1, Anchor { text: 3..4, part: 0, xml: tab..tab + 8, run: tab..tab + 8 });
    let fixed = make(&source, 0, &[finding(&source, &[(3, 4, "、")])]).expect("it can be fixed");
    let again = Source { bytes: fixed.bytes, ..source };
    assert_eq!(package::contents(&again).expect("a package"), [markup.replace("甲</w:t><w:tab/>", "甲、</w:t>")]);
}

#[test]
fn a_fix_is_made_whole_or_not_at_all() {
    let source = read(encode("檢察,", Encoding::Big5).expect("writable"), Encoding::Big5);
    let fixed = make(&source, 0, &[finding(&source, &[(6, 7, "，"), (0, 3, "检")])]).expect("nothing breaks");
    assert_eq!((fixed.bytes, fixed.left.len()), (source.bytes, 1));
}

#[test]
fn a_broken_package_is_an_error() {
    let source = packed(RUNS);
    let cut = Source { bytes: source.bytes[..source.bytes.len() / 2].to_vec(), ..source.clone() };
    assert!(make(&cut, 0, &replacing(&source, "主任", "书记")).is_err());
    let absent = Source { parts: vec!["word/footnotes.xml".to_string()], ..source.clone() };
    assert_eq!(make(&absent, 0, &[]).unwrap_err(), "文件已损坏：其中没有 word/footnotes.xml");
}
