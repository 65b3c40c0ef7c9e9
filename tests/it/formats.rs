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
