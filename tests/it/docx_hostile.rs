//! Packages that were never meant to be read: each is read or refused with one sentence, quickly and without a panic.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kanwu::engine::{Input, Settings, check_files};
use kanwu::read::{Options, Revisions, UnreadableKind, docx, read};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::package::{NAMESPACES, Package, p, r, zip};
use crate::support::{built_in, sized};

fn refused(bytes: Vec<u8>) -> (UnreadableKind, String) {
    let begun = Instant::now();
    let unreadable = read("稿.docx".as_ref(), bytes, Options::default()).expect_err("refused");
    assert!(begun.elapsed() < Duration::from_secs(2), "{}", unreadable.what);
    assert!(!unreadable.what.contains('\n'), "one sentence: {}", unreadable.what);
    (unreadable.kind, unreadable.what)
}

#[test]
fn zips_that_are_no_manuscript_say_what_they_are() {
    let only = |name: &str, text: &str| refused(zip(&[(name.to_string(), text.as_bytes().to_vec())]));
    let cases = [
        (only("xl/workbook.xml", ""), "xlsx"),
        (only("ppt/presentation.xml", ""), "pptx"),
        (only("META-INF/container.xml", ""), "epub"),
        (only("content.xml", ""), "OpenDocument"),
        (only("Index/Document.iwa", ""), "Pages"),
        (only("OFD.xml", ""), "OFD"),
        (only("稿件/甲.txt", "甲"), "压缩包"),
        (refused(zip(&[])), "压缩包"),
    ];
    for ((kind, what), word) in cases {
        assert!(kind == UnreadableKind::Foreign && what.contains(word), "{kind:?} {what}");
    }
    let sheet = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>"#;
    let (kind, what) = refused(Package::document(sheet.into()).raw("xl/a.xml", "").zip());
    assert!(kind == UnreadableKind::Foreign && what.contains("Excel"), "{what}");
}

#[test]
fn broken_packages() {
    let whole = Package::body(&p("甲")).zip();
    for cut in (4..whole.len()).step_by(7) {
        assert_eq!(refused(whole[..cut].to_vec()).0, UnreadableKind::Damaged, "cut at {cut}");
    }
    let relations = |target: &str| {
        format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="x/officeDocument" Target="{target}"/></Relationships>"#
        )
    };
    for target in ["word/nothing.xml", "../../etc/passwd", "/etc/passwd", "file:///etc/passwd"] {
        let bytes = Package::default().raw("_rels/.rels", relations(target)).zip();
        assert_eq!(refused(bytes).0, UnreadableKind::Damaged, "{target}");
    }
    assert_eq!(refused(Package::default().raw("word/document.xml", "").zip()).0, UnreadableKind::Damaged);
    let twice = Package::body(&p("甲")).raw("Word/Document.xml", "x");
    assert!(refused(twice.zip()).1.contains("两个"));
    for xml in ["", "<", "<a>", "<w:document", "<w:document xmlns:w='x'></a>", "<a/><b", "<w:p>&nbsp;</w:p>"] {
        let kind = refused(Package::document(xml.into()).zip()).0;
        assert!(matches!(kind, UnreadableKind::Damaged | UnreadableKind::Foreign), "{xml}");
    }
    let document = |inner: &str| {
        Package::document(format!("<w:document {NAMESPACES}><w:body>{inner}</w:body></w:document>").into())
    };
    for inner in
        ["<w:p>", &p("&unknown;"), &p("&#0;"), &p("&#xD800;"), "<w:r><w:t>无段</w:t></w:r>", "<w:p><w:r></w:p></w:r>"]
    {
        assert_eq!(refused(document(inner).zip()).0, UnreadableKind::Damaged, "{inner}");
    }
    assert_eq!(refused(document("<w:altChunk r:id=\"a\"/>").zip()).0, UnreadableKind::Foreign);
    let gbk =
        [format!("<w:document {NAMESPACES}><w:body>").as_bytes(), &[0xC4, 0xE3], b"</w:body></w:document>"].concat();
    assert_eq!(refused(Package::document(gbk).zip()).0, UnreadableKind::Damaged);
    for kind in ["styles", "numbering", "comments"] {
        let (is, what) = refused(Package::body(&p("甲")).related(kind, "<broken").zip());
        assert!(is == UnreadableKind::Damaged && what.contains(kind), "{what}");
    }
}

#[test]
fn entity_bombs_are_not_expanded() {
    let bomb = r#"<!DOCTYPE w [<!ENTITY a "哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>"#;
    let document = format!("{bomb}<w:document {NAMESPACES}><w:body>{}</w:body></w:document>", p("&c;"));
    let (kind, what) = refused(Package::document(document.into()).zip());
    assert!(kind == UnreadableKind::Damaged && what.contains("DOCTYPE"), "{what}");
}

/// Four bytes of a header, wherever it says a size.
fn lie(mut bytes: Vec<u8>, size: u32, said: u32) -> Vec<u8> {
    let (size, said) = (size.to_le_bytes(), said.to_le_bytes());
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == size {
            bytes[at..at + 4].copy_from_slice(&said);
        }
    }
    bytes
}

#[test]
fn zip_bombs_honest_and_lying() {
    // More than 256 MB, the default of the cap.
    let size = 257 << 20;
    let bomb = Package::document(vec![b' '; size]).zip();
    assert!(bomb.len() < 8 << 20);
    let begun = Instant::now();
    assert_eq!(refused(bomb.clone()).0, UnreadableKind::TooLarge);
    assert!(begun.elapsed() < Duration::from_millis(500), "refused before it is unpacked");
    let begun = Instant::now();
    assert_eq!(refused(lie(bomb, size as u32, 1000)).0, UnreadableKind::Damaged);
    assert!(begun.elapsed() < Duration::from_millis(500), "unpacked no further than it said");
    let many: Package = (0..40).fold(Package::body(&p("甲")), |package, _| package.with("header", "hdr", &p("眉")));
    assert_eq!(many.text(), "甲");
    assert_eq!(docx::most_unpacked(Options::default()), 256 << 20);
    let small = Options { largest: 100, ..Options::default() };
    let refused = read("稿.docx".as_ref(), Package::body(&p(&"甲".repeat(200))).zip(), small).expect_err("too large");
    assert_eq!((refused.kind, refused.what.contains("400字节")), (UnreadableKind::TooLarge, true));
}

#[test]
fn names_never_leave_the_package() {
    let package =
        Package::body(&p("甲")).raw("../../../tmp/kanwu", "x").raw("/etc/passwd", "x").raw("c:\\x\\..\\..\\y", "x");
    assert_eq!(package.text(), "甲");
    let back = zip(&Package::body(&p("甲"))
        .parts
        .into_iter()
        .map(|(name, bytes)| (name.replace('/', "\\"), bytes))
        .collect::<Vec<_>>());
    assert_eq!(read("稿.docx".as_ref(), back, Options::default()).expect("read").source.text, "甲");
}

#[test]
fn encrypted_entries_are_named() {
    let mut bytes = Package::body(&p("甲")).zip();
    let names: Vec<usize> = (0..bytes.len() - 4).filter(|&at| bytes[at..].starts_with(b"PK\x01\x02")).collect();
    names.iter().for_each(|at| bytes[at + 8] |= 1);
    assert_eq!(refused(bytes).0, UnreadableKind::Encrypted);
}

/// Depth costs nothing: no element looks further than its parent, and nothing recurses.
#[test]
fn any_depth() {
    let deep = |open: &str, close: &str, inner: &str, count: usize| {
        format!("{}{inner}{}", open.repeat(count), close.repeat(count))
    };
    let run = r("芯");
    let bodies = [
        format!("<w:p>{}</w:p>", deep("<w:ins>", "</w:ins>", &run, sized(100_000))),
        format!("<w:p>{}</w:p>", deep("<w:r>", "</w:r>", "<w:t>芯</w:t>", sized(100_000))),
        deep("<w:tbl><w:tr><w:tc><w:p/>", "</w:tc></w:tr></w:tbl>", &p("芯"), sized(30_000)),
        deep("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>", &p("芯"), sized(30_000)),
        format!(
            "<w:p>{}</w:p>",
            deep("<mc:AlternateContent><mc:Fallback>", "</mc:Fallback></mc:AlternateContent>", &run, sized(50_000))
        ),
        format!("<w:p>{}</w:p>", deep("<x:a xmlns:x=\"u\">", "</x:a>", &run, sized(100_000))),
        format!(
            "<w:p>{}{}</w:p>",
            run.repeat(3),
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>".repeat(sized(100_000))
        ),
    ];
    for body in bodies {
        let bytes = Package::body(&body).zip();
        let begun = Instant::now();
        let document = read("稿.docx".as_ref(), bytes, Options::default()).expect("read");
        assert!(document.source.text.contains('芯'), "{}", &body[..60]);
        assert!(begun.elapsed() < LIMIT, "{:?} {}", begun.elapsed(), &body[..60]);
    }
    let many = (0..sized(50_000)).map(|n| format!(" xmlns:p{n}=\"u{n}\" a{n}=\"x\"")).collect::<String>();
    assert_eq!(Package::body(&format!("<w:p{many}>{run}</w:p>")).text(), "芯");
    let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>字</w:t></w:r></w:p>".repeat(sized(50_000));
    assert_eq!(Package::body(&joined).text().chars().count(), sized(50_000));
}

/// Found by `fuzz_docx`: a tag may hold white space behind its name, and the run still ends with it.
#[test]
fn white_space_inside_tags() {
    let body = "<w:p\n><w:r\t><w:t >甲</w:t\r\n></w:r\n><w:r ><w:t\n>乙</w:t ></w:r ></w:p >";
    let package = Package::body(body);
    assert_eq!(package.text(), "甲乙");
    let document = package.read().expect("sound");
    let part = docx::part(&package.zip(), "word/document.xml").expect("the part");
    let run = |index: usize| {
        &part[document.source.anchors[index].run.start as usize..document.source.anchors[index].run.end as usize]
    };
    assert_eq!(run(0), "<w:r\t><w:t >甲</w:t\r\n></w:r\n>");
    assert_eq!(run(1), "<w:r ><w:t\n>乙</w:t ></w:r >");
}

/// A package with some of everything.
fn sample() -> Package {
    let table = format!(
        "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        p("甲"),
        p("12")
    );
    let field = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>REF</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>果</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}<w:del><w:r><w:delText>删</w:delText></w:r></w:del>{field}<w:r><w:footnoteReference w:id=\"1\"/><w:br/><w:sym w:font=\"Symbol\" w:char=\"F061\"/></w:r></w:p>{table}<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{}</w:txbxContent></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r><m:oMath/></w:p>",
        r("标题&amp;"),
        p("框"),
        p("框")
    );
    Package::body(&body)
        .with("footnotes", "footnotes", &format!("<w:footnote w:id=\"1\">{}</w:footnote>", p("注")))
        .with("styles", "styles", "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>")
        .with("numbering", "numbering", "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>")
}

/// A change of bytes: where (as a share of all), and what is put there.
fn mutations() -> impl Strategy<Value = Vec<(f64, u8, usize)>> {
    prop::collection::vec((0.0..1.0_f64, any::<u8>(), 0..4_usize), 1..8)
}

fn mutate(bytes: &mut Vec<u8>, mutations: &[(f64, u8, usize)]) {
    for &(place, byte, how) in mutations {
        let at = ((bytes.len() as f64) * place) as usize;
        match how {
            0 if at < bytes.len() => bytes[at] = byte,
            1 => bytes.insert(at.min(bytes.len()), byte),
            2 if at < bytes.len() => {
                bytes.remove(at);
            }
            _ => {
                let end = (at + byte as usize).min(bytes.len());
                let copy = bytes[at.min(end)..end].to_vec();
                let to = (byte as usize * 37) % (bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
        }
    }
}

/// Reads mutated bytes; whatever is read must lead back to its XML.
fn survive(zipped: &[(f64, u8, usize)], inner: &[(f64, u8, usize)], part: usize) {
    let mut package = sample();
    let at = part % package.parts.len();
    mutate(&mut package.parts[at].1, inner);
    for revisions in [Revisions::Accept, Revisions::Reject] {
        if let Ok(document) = package.read_as(revisions) {
            kanwu::manuscript::lay_out(vec![document]);
        }
    }
    let mut bytes = sample().zip();
    mutate(&mut bytes, zipped);
    let _ = read("稿.docx".as_ref(), bytes, Options::default());
}

#[test]
fn mutated_packages_are_read_or_refused() {
    let mut runner = TestRunner::new(Config { cases: 400, failure_persistence: None, ..Config::default() });
    let strategy = (mutations(), mutations(), any::<usize>());
    let survived = runner.run(&strategy, |(zipped, inner, part)| {
        survive(&zipped, &inner, part);
        Ok(())
    });
    survived.expect("no panic");
}

/// The same for `KANWU_FUZZ_MINUTES` minutes: `cargo test --release --test it fuzz_docx -- --ignored`.
#[test]
#[ignore = "runs for KANWU_FUZZ_MINUTES"]
fn fuzz_docx() {
    let minutes: u64 = std::env::var("KANWU_FUZZ_MINUTES").ok().and_then(|minutes| minutes.parse().ok()).unwrap_or(1);
    let begun = Instant::now();
    let mut round = 0_u64;
    while begun.elapsed() < Duration::from_secs(60 * minutes) {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&(begun.elapsed().as_nanos() as u64 ^ round << 48).to_le_bytes());
        let config = Config { cases: 2000, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        let survived = runner.run(&(mutations(), mutations(), any::<usize>()), |(zipped, inner, part)| {
            survive(&zipped, &inner, part);
            Ok(())
        });
        survived.unwrap_or_else(|error| panic!("seed {seed:?}: {error}"));
        round += 1;
    }
    println!("{} cases in {minutes} minutes", round * 2000);
}

/// A stretch of a paragraph: its XML, and what is read of it when changes are accepted and rejected.
fn stretch() -> impl Strategy<Value = (String, String, String)> {
    let words = prop::sample::select(vec![
        "人民", "法院", "检", "察", "长", "，", "&", "<", "\"", " ", "𠮷", "e\u{301}", "3:15", "AI",
    ]);
    let text = prop::collection::vec(words, 0..5).prop_map(|words| words.concat());
    let kind = 0..10_usize;
    (text, kind, any::<bool>()).prop_map(|(text, kind, numbered)| {
        let written: String = text
            .chars()
            .map(|c| match c {
                '&' => "&amp;".to_string(),
                '<' => "&lt;".to_string(),
                '"' if numbered => "&quot;".to_string(),
                c if numbered && !c.is_ascii() => format!("&#{};", c as u32),
                c => c.to_string(),
            })
            .collect();
        let run =
            format!("<w:r><w:rPr><w:b/><w:sz w:val=\"21\"/></w:rPr><w:t xml:space=\"preserve\">{written}</w:t></w:r>");
        let (both, none) = ((text.clone(), text.clone()), (String::new(), String::new()));
        let (xml, (accepted, rejected)) = match kind {
            0 => (format!("<w:ins>{run}</w:ins>"), (text, String::new())),
            1 => (
                format!("<w:del>{}</w:del>", run.replace("w:t>", "w:delText>").replace("w:t ", "w:delText ")),
                (String::new(), text),
            ),
            2 => (format!("<w:moveFrom>{run}</w:moveFrom>"), (String::new(), text)),
            3 => (format!("<w:moveTo>{run}</w:moveTo>"), (text, String::new())),
            4 => (format!("<w:hyperlink>{run}<w:bookmarkEnd/></w:hyperlink>"), both),
            5 => (run.replace("<w:b/>", "<w:vanish/>"), none),
            6 => (format!("<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>"), both),
            7 => (
                format!(
                    "<w:ins><w:del>{}</w:del></w:ins>",
                    run.replace("w:t>", "w:delText>").replace("w:t ", "w:delText ")
                ),
                none,
            ),
            _ => (run, both),
        };
        (xml, accepted, rejected)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// However a text is cut into runs, the runs are the text, and every anchor leads back to its bytes.
    #[test]
    fn the_text_is_the_sum_of_its_runs(paragraphs in prop::collection::vec(prop::collection::vec(stretch(), 0..8), 1..6)) {
        let body: String = paragraphs.iter().map(|parts| format!("<w:p>{}</w:p>", parts.iter().map(|part| part.0.as_str()).collect::<String>())).collect();
        let text = |side: fn(&(String, String, String)) -> &String| {
            let line = |parts: &Vec<(String, String, String)>| parts.iter().map(|part| side(part).as_str()).collect::<String>();
            paragraphs.iter().map(line).collect::<Vec<_>>().join("\n")
        };
        let package = Package::body(&body);
        prop_assert_eq!(package.read().expect("sound").source.text, text(|part| &part.1));
        prop_assert_eq!(package.read_as(Revisions::Reject).expect("sound").source.text, text(|part| &part.2));
    }
}

/// The longest that reading a file may take; a build for debugging is many times slower.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 20 } else { 2 });

fn corpus(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/docx").join(folder);
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

#[test]
fn manuscripts_from_everywhere_are_read_or_refused() {
    for path in corpus("zh").into_iter().chain(corpus("torture")) {
        let bytes = fs::read(&path).expect("a file of the corpus");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let begun = Instant::now();
        let read = read(&path, bytes.clone(), Options::default());
        let took = begun.elapsed();
        assert!(took < LIMIT, "{name}: {took:?}");
        match read {
            Ok(document) => {
                println!("{name}\tread, {}\t{}", document.source.characters, took.as_millis());
                crate::package::anchors_hold(&document, &bytes);
                let input = Input::Bytes { name: "稿.docx".into(), bytes };
                // What is long is checked in a release build; all is read in any.
                if cfg!(debug_assertions) && document.source.characters > 5_000 {
                    continue;
                }
                let report =
                    check_files(&[input], built_in(), &Settings { threads: Some(1), ..Settings::default() }).remove(0);
                assert_eq!(report.error, None, "{name}");
            }
            Err(unreadable) => {
                println!("{name}\t{:?}: {}\t{}", unreadable.kind, unreadable.what, took.as_millis());
                assert!(!unreadable.what.contains('\n') && unreadable.kind != UnreadableKind::Undecodable, "{name}");
            }
        }
    }
}
