//! One manuscript in several forms gives the same findings, each at its place in its own file.

use std::fs;

use kanwu::engine::{Input, Settings, check_files};
use kanwu::finding::Finding;
use kanwu::text::encoding::{self, Encoding};

use crate::support::{built_in, fixture};

fn findings(bytes: Vec<u8>, encoding: Option<Encoding>) -> Vec<Finding> {
    let input = Input::Bytes { name: "稿.txt".into(), bytes };
    let report = check_files(
        &[input],
        built_in(),
        &Settings { reading: kanwu::read::Options { encoding, ..Default::default() }, threads: Some(1) },
    )
    .remove(0);
    assert_eq!(report.error, None);
    report.findings
}

#[test]
fn every_encoding_has_the_same_findings() {
    let text = fs::read_to_string(fixture("page.txt")).expect("the page");
    let plain = findings(text.clone().into_bytes(), None);
    assert!(!plain.is_empty());
    for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be] {
        let bytes = encoding::encode(&text, encoding).expect("every character can be written");
        assert_eq!(findings(bytes, None), plain, "{}", encoding.name());
    }
    for (mark, encoding) in [("\u{FEFF}", Encoding::Utf8), ("\u{FEFF}", Encoding::Utf16Le)] {
        let bytes = encoding::encode(&format!("{mark}{text}"), encoding).expect("every character can be written");
        assert_eq!(findings(bytes, None), plain, "{} with its mark", encoding.name());
    }
}

/// The line ends of a file move offsets and nothing else.
#[test]
fn line_ends_make_no_difference() {
    let text = fs::read_to_string(fixture("page.txt")).expect("the page");
    let places = |text: String| -> Vec<(String, u32, u32)> {
        let row = |finding: &Finding| (finding.rule.to_string(), finding.at.first().line, finding.at.first().column);
        findings(text.into_bytes(), None).iter().map(row).collect()
    };
    assert_eq!(places(text.replace('\n', "\r\n")), places(text.clone()));
    assert_eq!(places(text.replace('\n', "\r")), places(text));
}

/// Rule, level, message and quoted text of every finding; a phrase that markup splits is quoted as one.
fn told(name: &str, bytes: Vec<u8>) -> Vec<(String, String, String, String)> {
    let input = Input::Bytes { name: name.into(), bytes };
    let report = check_files(&[input], built_in(), &Settings::default()).remove(0);
    assert_eq!(report.error, None, "{name}");
    let row = |finding: &Finding| {
        let text = finding.at.pieces.iter().map(|piece| piece.text.as_str()).collect();
        (finding.rule.to_string(), finding.level.name().to_string(), finding.message.clone(), text)
    };
    report.findings.iter().map(row).collect()
}

/// `fixtures/formats` holds one manuscript in every form that is read.
#[test]
fn every_form_has_the_same_findings() {
    let plain = told("manuscript.txt", fs::read(fixture("formats/manuscript.txt")).expect("the manuscript"));
    assert!(plain.len() >= 11, "{plain:#?}");
    let mut forms = 0;
    for entry in fs::read_dir(fixture("formats")).expect("the forms") {
        let path = entry.expect("a form").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        assert_eq!(told(&name, fs::read(&path).expect("bytes")), plain, "{name}");
        forms += 1;
    }
    assert!(forms >= 5);
}

/// A place in Markdown is a place in the file; a place in a page leads through its anchors to the page.
#[test]
fn places_are_those_of_the_file() {
    for name in ["manuscript.md", "manuscript.html"] {
        let bytes = fs::read(fixture("formats").join(name)).expect("the manuscript");
        let file = String::from_utf8(bytes.clone()).expect("UTF-8");
        let document = kanwu::read::read(name.as_ref(), bytes.clone(), Default::default()).expect("is read");
        let input = Input::Bytes { name: name.into(), bytes };
        let anchors = &document.source.anchors;
        let place = |at: u32| match anchors.iter().find(|anchor| anchor.text.contains(&at)) {
            Some(anchor) => (anchor.xml.start + at - anchor.text.start) as usize,
            None => at as usize,
        };
        let report = check_files(&[input], built_in(), &Settings::default()).remove(0);
        for piece in report.findings.iter().flat_map(|finding| &finding.at.pieces) {
            for (at, c) in piece.text.char_indices() {
                let there = &file[place(piece.span.start + at as u32)..];
                assert!(there.starts_with(c) || there.starts_with('&'), "{name}: {c} of {}", piece.text);
            }
        }
    }
}

/// Pages that declare one encoding and are in another, and files that are no text by their names only.
#[test]
fn a_page_is_read_in_the_encoding_it_is_in() {
    let page = fs::read_to_string(fixture("formats/manuscript.html")).expect("the page");
    let plain = told("稿.html", page.clone().into_bytes());
    for (charset, encoding) in [
        ("gbk", Encoding::Gb18030),
        ("gb2312", Encoding::Utf8),
        ("utf-8", Encoding::Gb18030),
        ("utf-16", Encoding::Utf16Le),
    ] {
        let page = page.replace("charset=\"utf-8\"", &format!("charset=\"{charset}\""));
        let bytes = encoding::encode(&page, encoding).expect("every character can be written");
        assert_eq!(told("稿.txt", bytes), plain, "{charset} in {encoding}");
    }
}
