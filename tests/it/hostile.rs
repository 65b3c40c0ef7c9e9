//! Texts that were never meant to be read: each is read quickly and without a panic.

use std::time::{Duration, Instant};

use kanwu::engine::{FileReport, Input, Settings, check_files};
use kanwu::manuscript::{lay_out, read_manuscript};
use kanwu::read::{Options, read};
use kanwu::text::Source;

use crate::support::{built_in, sized};

fn check(text: &str) -> usize {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    kanwu::engine::check(&manuscript, built_in()).len()
}

#[test]
fn nothing_at_all() {
    for text in
        ["", "\n", "\r", "\u{FEFF}", " ", "　", "\0", "⟦⟧", "。", "“", "*", "**", "****", "|", "||", "```", "#", "# "]
    {
        check(text);
    }
}

#[test]
fn one_line_without_end() {
    check(&"检察院党组书记、检察长，".repeat(sized(80_000)));
    check(&"“（《".repeat(sized(100_000)));
    check(&"𠮷".repeat(sized(300_000)));
}

#[test]
fn lines_without_end() {
    check(&"一、二\n".repeat(sized(100_000)));
    check(&"党支部选\n\n拔".repeat(sized(30_000)));
    check(&"| 甲 | 乙 |\n".repeat(sized(50_000)));
}

#[test]
fn marks_that_never_close() {
    check(&"**".repeat(sized(50_000)));
    check(&"(".repeat(sized(50_000)));
    check(&"`".repeat(sized(50_000) + 1));
    check(&"\u{200B}".repeat(sized(50_000)));
    check(&"本报讯（记者".repeat(sized(20_000)));
}

#[test]
fn every_character_of_the_basic_plane() {
    let all: String = ('\u{0}'..='\u{FFFF}').filter(|c| *c != '\r').collect();
    check(&all);
}

/// What one text may take on a machine that is busy besides.
const PATIENCE: Duration = Duration::from_secs(20);

fn check_as(name: &str, bytes: Vec<u8>) -> FileReport {
    let start = Instant::now();
    let report = check_files(&[Input::Bytes { name: name.into(), bytes }], built_in(), &Settings::default()).remove(0);
    assert!(start.elapsed() < PATIENCE, "{name} took {:?}", start.elapsed());
    assert!(report.findings.iter().all(|finding| !finding.rule.ends_with("panicked")), "{name}: {:?}", report.error);
    report
}

/// Reads and lays out, which is where markup can hurt.
fn read_as(name: &str, text: &str) {
    let start = Instant::now();
    let document = read(name.as_ref(), text.as_bytes().to_vec(), Options::default()).expect("text is read");
    lay_out(vec![document]);
    assert!(
        start.elapsed() < PATIENCE,
        "{name} {:?}… took {:?}",
        &text.chars().take(20).collect::<String>(),
        start.elapsed()
    );
}

const DEEP: usize = sized(100_000);

#[test]
fn markdown_of_any_depth() {
    for mark in [
        "> ",
        ">",
        "- ",
        "1. ",
        "*",
        "**",
        "***甲",
        "_",
        "[",
        "![",
        "[甲](",
        "`",
        "~~",
        "<b>",
        "<div>",
        "&amp;",
        "\\*",
        "a**（甲）**",
    ] {
        read_as("稿.md", &mark.repeat(DEEP));
        read_as("稿.md", &format!("{}甲", mark.repeat(DEEP)));
    }
    read_as("稿.md", &"甲\n".repeat(DEEP));
    read_as("稿.md", &"- 甲\n\n".repeat(DEEP));
    read_as("稿.md", &"1. 甲\n".repeat(DEEP));
    read_as("稿.md", &"| 甲 | 乙 |\n|---|---|\n".repeat(DEEP / 4));
    read_as("稿.md", &"[^1]: 甲\n".repeat(DEEP / 4));
    read_as("稿.md", &(0..300).map(|depth| format!("{}- 甲\n", "  ".repeat(depth))).collect::<String>());
    read_as("稿.md", &format!("<div>{}", "<p>甲\n".repeat(DEEP)));
}

#[test]
fn html_of_any_depth() {
    for mark in [
        "<div>",
        "<p>",
        "<b>",
        "<ul><li>",
        "<table><tr><td>",
        "<span hidden>",
        "<x-y>",
        "</b>",
        "<b></i>",
        "<ul><b>",
        "<svg>",
        "<!--",
        "<ruby><rt>",
        "<ol><li>甲",
    ] {
        read_as("稿.html", &format!("<p>甲{}乙", mark.repeat(DEEP)));
    }
    read_as("稿.html", &format!("<ul>{}{}", "<b>".repeat(DEEP), "<li>甲</li>".repeat(DEEP)));
    read_as("稿.html", &format!("<table>{}", "<tr><td colspan=1000>甲<td rowspan=9999>乙".repeat(sized(5_000))));
    read_as("稿.html", &format!("<p {}>甲", "a=b ".repeat(DEEP)));
    read_as("稿.html", &format!("<style>{}</style>甲", ".a{display:none}".repeat(DEEP)));
    read_as("稿.html", &"&lt;".repeat(DEEP));
    read_as("稿.html", &"甲\n".repeat(DEEP));
}

#[test]
fn a_page_cut_anywhere() {
    let page = std::fs::read_to_string(crate::support::fixture("formats/manuscript.html")).expect("the page");
    let ends: Vec<usize> = (0..page.len()).filter(|&end| page.is_char_boundary(end)).collect();
    // A step that meets every kind of place sooner or later.
    for &end in ends.iter().step_by(if cfg!(debug_assertions) { 41 } else { 7 }) {
        read_as("稿.html", &page[..end]);
    }
}

#[test]
fn one_line_of_megabytes() {
    let line = "鄱阳湖退水，堤脚露了出来，正是查险补漏的时候，".repeat(sized(5 << 20) / 69);
    for name in ["稿.txt", "稿.md", "稿.html"] {
        read_as(name, &line);
    }
}

/// Fifty megabytes need the time of a release build; `/usr/bin/time -v` shows the memory.
#[test]
#[ignore = "takes minutes in a debug build"]
fn one_line_of_fifty_megabytes() {
    let line = "鄱阳湖退水，堤脚露了出来，正是查险补漏的时候，".repeat((50 << 20) / 69);
    for name in ["稿.txt", "稿.md", "稿.html"] {
        read_as(name, &line);
    }
}

#[test]
fn bytes_that_are_no_text() {
    let rows: [(&str, Vec<u8>, &str); 7] = [
        ("稿.txt", vec![0; 5000], "reading/binary-file"),
        ("稿.md", vec![0xFF; 5000], "reading/undecodable-file"),
        ("稿.html", b"%PDF-1.7\n".to_vec(), "reading/foreign-format"),
        ("稿.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), "reading/foreign-format"),
        ("稿.md", b"\x89PNG\r\n\x1A\n".to_vec(), "reading/foreign-format"),
        ("稿.docx", b"Rar!\x1A\x07\x01\x00".to_vec(), "reading/foreign-format"),
        ("稿.txt", b"\x7FELF\x02\x01".to_vec(), "reading/binary-file"),
    ];
    for (name, bytes, rule) in rows {
        let report = check_as(name, bytes);
        assert!(report.error.is_some(), "{name}");
        assert_eq!(report.findings.iter().map(|finding| &*finding.rule).collect::<Vec<_>>(), [rule], "{name}");
    }
}

/// A zero byte or two, half a surrogate pair: the text is read, and the place is told.
#[test]
fn faults_in_a_text_are_told() {
    let text = "鄱阳湖退水，堤脚露了出来。".repeat(40);
    let units: Vec<u16> = text.encode_utf16().chain([0xD800, '甲' as u16, 0xDC00]).collect();
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect();
    let report = check_as("稿.txt", wide);
    assert_eq!(report.error, None);
    assert!(report.findings.iter().any(|finding| &*finding.rule == "reading/replaced-bytes"));
    for name in ["稿.txt", "稿.md", "稿.html"] {
        let report = check_as(name, format!("{text}\0{text}").into_bytes());
        assert_eq!(report.error, None, "{name}");
    }
}

#[test]
fn mixed_line_ends_are_line_ends() {
    let text = "# 题目\r\n\r\n鄱阳湖退水，\r堤脚露了出来。\n\n- 甲处\r\n- 乙处\r\r正文在后。\n";
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    for name in ["稿.txt", "稿.md"] {
        let reading = |text: &str| {
            lay_out(vec![read(name.as_ref(), text.as_bytes().to_vec(), Options::default()).expect("is read")]).text
        };
        assert_eq!(reading(text), reading(&plain), "{name}");
    }
    let page = std::fs::read_to_string(crate::support::fixture("formats/manuscript.html")).expect("the page");
    for end in ["\r\n", "\r"] {
        let document =
            |page: &str| read("稿.html".as_ref(), page.as_bytes().to_vec(), Options::default()).expect("is read");
        assert_eq!(document(&page.replace('\n', end)).source.text, document(&page).source.text, "{end:?}");
    }
}

#[test]
fn a_file_over_the_cap_is_refused_and_the_others_are_checked() {
    let inputs = ["大", "小"]
        .map(|name| Input::Bytes { name: name.into(), bytes: vec![b'a'; if name == "大" { 2000 } else { 20 }] });
    let settings = Settings { reading: Options { largest: 1000, ..Options::default() }, ..Settings::default() };
    let reports = check_files(&inputs, built_in(), &settings);
    assert_eq!(&*reports[0].findings[0].rule, "reading/file-too-large");
    assert_eq!(reports[1].error, None);
}
