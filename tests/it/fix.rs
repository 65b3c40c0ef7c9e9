//! Fixes from bytes to bytes: what is made stays made, in every encoding, and nothing else changes.

use std::fs;
use std::path::Path;

use kanwu::engine::Input;
use kanwu::fix::{Outcome, Wanted, fixed, place};
use kanwu::read::{Options, docx};
use kanwu::text::encoding::{self, Encoding};
use proptest::prelude::*;

use crate::package::Package;
use crate::support::built_in;

fn run(bytes: Vec<u8>, encoding: Option<Encoding>, ask: bool) -> Result<Outcome, String> {
    let input = Input::Bytes { name: "稿.txt".into(), bytes };
    fixed(&input, built_in(), Wanted { reading: Options { encoding, ..Options::default() }, ask })
}

/// Text of which much is at fault, some of it twice over.
fn faulty() -> impl Strategy<Value = String> {
    let fragments = prop::sample::select(vec![
        "会议强调,",
        "他说:",
        "好的;",
        "(一)要",
        "“引文",
        "”",
        "『红映弋江』",
        "\"直引号\"",
        "。。。",
        "....",
        "--",
        "等……",
        "、等",
        "图为渡口。",
        "各村党支部共选\n\n拔护林员三十名，",
        "５月３日",
        "２０2５年",
        "⼀定",
        "检 察 院",
        "人民法院检察长",
        "加强力度，",
        "截止目前",
        "3-5天",
        "《甲》、《乙》",
        "他希奇地看着",
        "第一，",
        "一、总则\n",
        "\n\n",
        "\r\n",
        "　　",
        "a,b",
        "**粗**",
        "1.5%-2%",
        "𠮷",
        "e\u{301}",
        "\u{200B}",
        ",",
        ",,",
        "?",
        "!",
        " ",
        "（",
        ")",
    ]);
    prop::collection::vec(fragments, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fixing_twice_is_fixing_once(text in faulty(), ask in any::<bool>()) {
        let once = run(text.clone().into_bytes(), Some(Encoding::Utf8), ask).expect("it converges");
        let twice = run(once.after.file().to_vec(), Some(Encoding::Utf8), ask).expect("it converges");
        prop_assert_eq!(&once.after.text, &twice.after.text);
        prop_assert_eq!(twice.edits, 0);
        prop_assert_eq!(once.edits == 0, text == once.after.text);
    }

    #[test]
    fn every_encoding_is_fixed_alike(text in faulty()) {
        let plain = run(text.clone().into_bytes(), Some(Encoding::Utf8), false).expect("it converges");
        for encoding in [Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030] {
            let bytes = encoding::encode(&text, encoding).expect("these can write everything");
            let Ok(other) = run(bytes, Some(encoding), false) else { continue };
            prop_assert_eq!(&other.after.text, &plain.after.text);
            let meant = encoding::encode(&plain.after.text, encoding).expect("these can write everything");
            prop_assert_eq!(other.after.file(), &meant);
        }
    }
}

#[test]
fn what_is_not_at_fault_stays_byte_for_byte() {
    let text = "\u{FEFF}# 标题\r\n\r\n会议**强调**,要抓落实。\r\n| 甲 | 乙 |\r\n|---|---|\r\n`a,b`\r末";
    let outcome = run(text.as_bytes().to_vec(), None, false).expect("it converges");
    assert_eq!(String::from_utf8(outcome.after.file().to_vec()).expect("UTF-8"), text.replace("**,要", "**，要"));
    assert_eq!((outcome.edits, outcome.left.len()), (1, 0));
}

const HTML: &str = "<!DOCTYPE html>\r\n<html><head><meta charset=\"gb18030\"><title>晨报</title>\
    <style>p,b { color: red }</style></head>\r\n<body><h1>要闻</h1>\r\n<p title=\"甲,乙\">会议<b>强调</b>,要&ldquo;抓&rdquo;落实,\
    不<em>搞</em>形式主义。</p><!-- 注,释 --><script>f(1,2)</script></body></html>\r\n";

#[test]
fn html_keeps_its_markup() {
    let bytes = encoding::encode(HTML, Encoding::Gb18030).expect("GB18030 writes everything");
    let input = Input::Bytes { name: "稿.html".into(), bytes };
    let outcome = fixed(&input, built_in(), Wanted::default()).expect("it converges");
    let meant = HTML.replace("</b>,", "</b>，").replace("落实,", "落实，");
    assert_eq!(encoding::decode(outcome.after.file(), Some(Encoding::Gb18030)).expect("text").text, meant);
    assert_eq!((outcome.edits, outcome.left.len()), (2, 0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn html_and_markdown_are_fixed_once(text in faulty(), ask in any::<bool>()) {
        let html = format!("<html><body><p>{}</p></body></html>", text.replace("\n\n", "</p><p>"));
        let markdown = format!("# 题\n\n{text}\n\n> {text}\n");
        for (name, text) in [("稿.html", html), ("稿.md", markdown)] {
            let once = |bytes: Vec<u8>| {
                let input = Input::Bytes { name: name.into(), bytes };
                fixed(&input, built_in(), Wanted { ask, ..Wanted::default() })
            };
            let first = once(text.into_bytes()).expect("it converges");
            let second = once(first.after.file().to_vec()).expect("it converges");
            prop_assert_eq!(second.after.file(), first.after.file());
        }
    }
}

/// Every part of a package as it is stored.
fn stored(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let archive = rawzip::ZipArchive::from_slice(bytes).expect("a zip");
    let (mut entries, mut parts) = (archive.entries(), Vec::new());
    while let Some(entry) = entries.next_entry().expect("a directory") {
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        parts.push((name, archive.get_entry(entry.wayfinder()).expect("a part").data().to_vec()));
    }
    parts
}

fn word(bytes: Vec<u8>, ask: bool) -> Result<Outcome, String> {
    fixed(&Input::Bytes { name: "稿.docx".into(), bytes }, built_in(), Wanted { ask, ..Wanted::default() })
}

#[test]
fn a_word_file_keeps_its_other_parts() {
    let body = r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>会议强调</w:t></w:r><w:r><w:t>,要抓落实,不</w:t></w:r><w:r>
        <w:t>搞A&amp;B形式。</w:t></w:r><w:footnoteReference w:id="1"/></w:p>"#;
    let note = r#"<w:footnote w:id="1"><w:p><w:r><w:t>见本报,三版。</w:t></w:r></w:p></w:footnote>"#;
    let package = Package::body(body).with("footnotes", "footnotes", note).raw("word/media/图.png", vec![7; 999]);
    let bytes = package.zip();
    let outcome = word(bytes.clone(), false).expect("it converges");
    let part = |name: &str| docx::part(outcome.after.file(), name).expect("a part");
    assert!(part("word/document.xml").contains("<w:t>，要抓落实，不</w:t>"), "{}", part("word/document.xml"));
    let old = docx::part(&bytes, "word/document.xml").expect("a part");
    assert_eq!(part("word/document.xml"), old.replace(",要", "，要").replace("落实,", "落实，"));
    let changed = ["word/document.xml", "word/footnotes1.xml"];
    let kept = |bytes: &[u8]| -> Vec<_> {
        stored(bytes).into_iter().filter(|(name, _)| !changed.contains(&name.as_str())).collect()
    };
    assert_eq!(kept(&bytes), kept(outcome.after.file()));
    assert_eq!(kept(&bytes).len() + 2, stored(outcome.after.file()).len());
    assert_eq!(outcome.left, []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Runs cut anywhere: what is made is what was meant, and stays.
    #[test]
    fn word_files_are_fixed_once(text in faulty(), cut in 1usize..5, ask in any::<bool>()) {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let paragraph = |line: &str| {
            let characters: Vec<char> = line.chars().filter(|c| !c.is_control()).collect();
            let run = |run: &[char]| {
                let text = escaped(&run.iter().collect::<String>());
                format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
            };
            format!("<w:p>{}</w:p>", characters.chunks(cut).map(run).collect::<String>())
        };
        let body: String = text.lines().map(paragraph).collect();
        let first = word(Package::body(&body).zip(), ask).expect("it converges");
        let second = word(first.after.file().to_vec(), ask).expect("it converges");
        prop_assert_eq!(second.after.file(), first.after.file());
        prop_assert_eq!(first.edits == 0, first.before.bytes == first.after.bytes);
    }
}

fn folder(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("稿.txt");
    fs::write(&path, text).expect("a file");
    (folder, path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_file_that_changed_meanwhile_is_not_touched() {
    let (folder, path) = folder("新稿");
    let error = place::replace(&path, "旧稿".as_bytes(), "改稿".as_bytes()).expect_err("it changed");
    assert!(error.to_string().contains("changed since"), "{error}");
    assert_eq!((fs::read_to_string(&path).expect("the file"), names(folder.path()).len()), ("新稿".to_string(), 1));
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, path) = folder("旧稿");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
    let link = folder.path().join("链接.txt");
    symlink("稿.txt", &link).expect("a link");
    place::replace(&link, "旧稿".as_bytes(), "改稿".as_bytes()).expect("it is replaced");
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&path).expect("the file"), "改稿");
    assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);
    assert_eq!(names(folder.path()).len(), 2);
}
