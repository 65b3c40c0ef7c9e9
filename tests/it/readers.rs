//! What holds for every file in markup: pieces are of the source, in order and whole; what is seen is what was written;
//! nothing panics.

use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use kanwu::manuscript::{Manuscript, lay_out};
use kanwu::read::{Document, Options, RawBlock, read};
use kanwu::text::{Form, SourceSpan, Span};
use proptest::prelude::*;

use crate::support::fixture;

fn document(name: &str, text: &str) -> Document {
    read(Path::new(name), text.as_bytes().to_vec(), Options::default()).expect("text is read")
}

/// What is seen, block by block.
fn seen(document: &Document) -> Vec<String> {
    let text = |block: &RawBlock| block.shown(&document.source.text).map(|piece| piece.text).collect();
    document.blocks.iter().map(text).collect()
}

/// Pieces lie in the source in order; pieces that show another text are there; nothing of a Markdown file is lost.
fn pieces_hold(document: &Document) {
    let text = &document.source.text;
    let mut told = vec![false; text.len()];
    for block in &document.blocks {
        assert!(!block.pieces.is_empty(), "a block is seen");
        assert!(block.lead <= block.pieces.len());
        for piece in block.pieces.iter().chain(block.residue()) {
            assert!(
                text.is_char_boundary(piece.start as usize) && text.is_char_boundary(piece.end as usize),
                "{piece:?}"
            );
            told[piece.range()].fill(true);
        }
        assert!(block.pieces.windows(2).all(|pair| pair[0].end <= pair[1].start), "{:?} of {text:?}", block.pieces);
        let shown = block.more.as_ref().map_or(&[][..], |more| &more.shown);
        assert!(shown.iter().all(|(index, _)| *index < block.pieces.len()));
        assert!(shown.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(block.shown(text).all(|piece| !piece.text.contains(['\n', '\r'])), "{text:?}");
    }
    if document.source.form == Form::Markdown && !document.blocks.is_empty() {
        let lost = text.char_indices().find(|(at, c)| !told[*at] && !c.is_whitespace() && !is_lost_on_purpose(*c));
        assert_eq!(lost, None, "{text:?}");
    }
}

/// A byte order mark inside a text is white space to the line reader.
fn is_lost_on_purpose(c: char) -> bool {
    c == '\u{FEFF}'
}

/// Anchors are in order on the side of the text, and stand in the markup.
fn anchors_hold(document: &Document, markup: &str) {
    let mut end = 0;
    for anchor in &document.source.anchors {
        assert!(end <= anchor.text.start && anchor.text.start < anchor.text.end);
        end = anchor.text.end;
        let written = &markup[anchor.xml.start as usize..anchor.xml.end as usize];
        let shown = &document.source.text[anchor.text.start as usize..anchor.text.end as usize];
        assert!(written == shown || !written.is_empty(), "{shown:?} is {written:?}");
        let plain = !written.contains(['&', '\n', '\r', '\t', ' ', '<', '\0', '\u{C}']);
        assert!(
            !plain || written == shown || shown.chars().all(|c| "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁻₋".contains(c)),
            "{shown:?} is {written:?}"
        );
    }
    assert!(end as usize <= document.source.text.len());
}

/// Every character of the reading text has its place, and the place leads back to it.
fn map_holds(manuscript: &Manuscript) {
    let text = &manuscript.sources[0].text;
    for block in &manuscript.blocks {
        for (at, c) in manuscript.at(block.span).char_indices() {
            let start = block.span.start as usize + at;
            let span = Span::new(start, start + c.len_utf8());
            let places: Vec<SourceSpan> = manuscript.map.to_source(span);
            assert_eq!(places.len(), 1, "{c:?} has one place");
            let altered = manuscript.alterations.iter().any(|alteration| alteration.span == span);
            assert!(altered || places[0].of(text) == c.to_string(), "{c:?} stands in the source");
        }
    }
}

fn everything_holds(name: &str, bytes: &[u8]) {
    let Ok(document) = read(Path::new(name), bytes.to_vec(), Options::default()) else { return };
    pieces_hold(&document);
    if document.source.form == Form::Html {
        let markup = String::from_utf8_lossy(bytes);
        if document.source.encoding == kanwu::text::encoding::Encoding::Utf8
            && document.source.replaced == 0
            && !document.source.bom
        {
            anchors_hold(&document, &markup);
        }
    }
    map_holds(&lay_out(vec![document]));
}

/// Markup and what is seen of it.
type Part = (&'static str, &'static str);

const MARKDOWN: [Part; 15] = [
    ("湖水", "湖水"),
    ("**人民法院**", "人民法院"),
    ("*检察院*", "检察院"),
    ("***两院***", "两院"),
    ("`a  b`", "a  b"),
    ("``a`b``", "a`b"),
    ("[渡口](http://example.org/甲 \"题\")", "渡口"),
    ("<https://example.org>", "https://example.org"),
    ("&lt;&nbsp;&#x4e2d;", "<\u{A0}中"),
    ("\\*\\_\\[", "*_["),
    ("<b>渡船</b>", "渡船"),
    ("<!-- 编者注 -->", ""),
    ("~~删去~~", ""),
    ("10<sup>4</sup>", "10⁴"),
    ("[^1]", "[^1]"),
];

const HTML: [Part; 17] = [
    ("湖水", "湖水"),
    ("<b>人民</b>法院", "人民法院"),
    ("<span class=k>检察<i>院</i></span>", "检察院"),
    ("<code>a b</code>", "a b"),
    ("<a href='x?a=1&b=2'>渡口</a>", "渡口"),
    ("&lt;&nbsp;&#x4e2d;&copy", "<\u{A0}中©"),
    ("渡\n  船", "渡船"),
    ("in\n this", "in this"),
    ("渡\r\n口\n边", "渡口边"),
    ("甲 \t 乙", "甲 乙"),
    ("<!-- 编者注 -->", ""),
    ("<span hidden>藏<b>起</b></span>", ""),
    ("<i style='display:none'>藏</i>", ""),
    ("<script>if (a < b) '</p>'</script>", ""),
    ("<ruby>漢<rp>（</rp><rt>hàn</rt><rp>）</rp></ruby>", "漢"),
    ("CO<sub>2</sub>", "CO₂"),
    ("<del>删去</del>", ""),
];

fn parts(all: &'static [Part]) -> impl Strategy<Value = Vec<Part>> {
    prop::collection::vec(prop::sample::select(all), 1..8)
}

/// Parts with a Han character between them, so that none changes its neighbour, as markup and as seen.
fn line(parts: &[Part]) -> (String, String) {
    let join =
        |side: fn(&Part) -> &'static str| format!("和{}和", parts.iter().map(side).collect::<Vec<_>>().join("和"));
    (join(|part| part.0), join(|part| part.1))
}

/// Marks and words in any order.
fn soup(marks: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(marks), 0..80).prop_map(|parts| parts.concat())
}

const MARKDOWN_MARKS: &[&str] = &[
    "检察院",
    "党支部选",
    "。",
    "，",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "# ",
    "> ",
    "- ",
    "1. ",
    "2) ",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "`",
    "```",
    "~~~",
    "| 甲 | 乙 |",
    "|---|---|",
    "[",
    "]",
    "(",
    ")",
    "![",
    "[^1]",
    "[^1]: ",
    "<",
    ">",
    "<b>",
    "</b>",
    "<br>",
    "<!--",
    "-->",
    "<div>",
    "</div>",
    "<table><tr><td>",
    "&amp;",
    "&#x4e2d;",
    "&",
    ";",
    "\\",
    "~~",
    "~",
    "---",
    "===",
    "+++",
    "title: 题",
    "　",
    "\0",
    "\u{FEFF}",
    "a",
    "3",
    "http://a.cn/b",
    "<http://a.cn>",
    "[x]: /u 'v'",
    "<sup>",
    "</sup>",
    "<span hidden>",
    "</span>",
    "[ ] ",
    "\u{A0}",
    "<!-- kanwu-allow x: y -->",
    "[!NOTE]",
];

const HTML_MARKS: &[&str] = &[
    "检察院",
    "选",
    " ",
    "\n",
    "\r\n",
    "\t",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<th colspan=3 rowspan=2>",
    "<ul>",
    "<ol start=2>",
    "<li>",
    "</li>",
    "</ul>",
    "</ol>",
    "<h1>",
    "</h1>",
    "<title>",
    "</title>",
    "<script>",
    "</script>",
    "<style>",
    ".a{display:none}",
    "</style>",
    "<span class=a>",
    "<span hidden>",
    "</span>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<br>",
    "<br/>",
    "<hr>",
    "<rt>",
    "<ruby>",
    "</ruby>",
    "<sup>",
    "2",
    "</sup>",
    "&amp;",
    "&nbsp;",
    "&#x4e2d;",
    "&",
    "&copy",
    "&NotEqualTilde;",
    "<",
    ">",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?x?>",
    "</",
    "<a b='",
    "'",
    "\"",
    "\0",
    "<caption>",
    "<figcaption>",
    "<!-- kanwu-allow x: y -->",
    "<textarea>",
    "<select><option>",
    "<svg>",
    "</svg>",
    "<plaintext>",
    "，",
    "。",
    "\u{FEFF}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn markdown_shows_what_was_written(lines in prop::collection::vec(parts(&MARKDOWN), 1..6), before in prop::sample::select(vec!["", "# ", "- ", "> "])) {
        let lines: Vec<(String, String)> = lines.iter().map(|parts| line(parts)).collect();
        let text: String = lines.iter().map(|(written, _)| format!("{before}{written}\n\n")).collect();
        let expected: Vec<String> = lines.iter().map(|(_, seen)| seen.clone()).collect();
        prop_assert_eq!(seen(&document("稿.md", &text)), expected, "{}", text);
    }

    #[test]
    fn html_shows_what_was_written(lines in prop::collection::vec(parts(&HTML), 1..6), name in prop::sample::select(vec!["p", "h2", "li", "div", "td"])) {
        let lines: Vec<(String, String)> = lines.iter().map(|parts| line(parts)).collect();
        let text: String = lines.iter().map(|(written, _)| format!("<{name}>\n {written}\n")).collect();
        let expected: Vec<String> = lines.iter().map(|(_, seen)| seen.clone()).collect();
        let document = document("稿.html", &text);
        prop_assert_eq!(seen(&document), expected, "{}", text);
        anchors_hold(&document, &text);
    }

    #[test]
    fn markdown_marks_in_any_order(text in soup(MARKDOWN_MARKS)) {
        everything_holds("稿.md", text.as_bytes());
    }

    #[test]
    fn html_marks_in_any_order(text in soup(HTML_MARKS)) {
        everything_holds("稿.html", text.as_bytes());
    }

    #[test]
    fn random_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400), name in prop::sample::select(vec!["稿.md", "稿.html", "稿.txt", "稿.docx"])) {
        everything_holds(name, &bytes);
    }

    #[test]
    fn random_text_does_no_harm(text in any::<String>(), name in prop::sample::select(vec!["稿.md", "稿.html", "稿.txt"])) {
        everything_holds(name, text.as_bytes());
    }
}

/// A sequence of numbers that looks random; the same seed gives the same one.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// The manuscript of `fixtures/formats` in each of its forms.
fn seeds() -> Vec<(String, Vec<u8>)> {
    let mut seeds: Vec<(String, Vec<u8>)> = fs::read_dir(fixture("formats"))
        .expect("the forms")
        .map(|entry| entry.expect("a form").path())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(&path).expect("bytes")))
        .collect();
    seeds.sort();
    seeds
}

/// Bytes with a few places changed, cut, doubled or moved.
fn mutated(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len());
        let end = (at + numbers.below(40)).min(bytes.len());
        match numbers.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.truncate(at),
            2 => {
                let part = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len());
                bytes.splice(to..to, part);
            }
            3 => {
                let marks = if numbers.below(2) == 0 { MARKDOWN_MARKS } else { HTML_MARKS };
                let mark = marks[numbers.below(marks.len())];
                bytes.splice(at..at, mark.bytes());
            }
            4 => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << numbers.below(8)),
            _ => bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte = numbers.below(256) as u8),
        }
    }
    bytes
}

fn mutate(seed: u64, mut goes_on: impl FnMut(usize) -> bool) -> usize {
    let seeds = seeds();
    let mut numbers = Numbers(seed | 1);
    let mut cases = 0;
    while goes_on(cases) {
        let (name, bytes) = &seeds[cases % seeds.len()];
        let bytes = mutated(bytes, &mut numbers);
        let held = std::panic::catch_unwind(|| everything_holds(name, &bytes));
        if held.is_err() {
            let path = env::temp_dir().join(format!("kanwu-{seed}-{cases}-{name}"));
            fs::write(&path, &bytes).expect("the case can be kept");
            panic!("seed {seed}, case {cases}: {}", path.display());
        }
        cases += 1;
    }
    cases
}

#[test]
fn changed_files_do_no_harm() {
    mutate(20_250_301, |done| done < 240);
}

/// As long as `KANWU_FUZZ_MINUTES` says, an hour by default.
#[test]
#[ignore = "runs for an hour"]
fn changed_files_do_no_harm_for_an_hour() {
    let minutes = env::var("KANWU_FUZZ_MINUTES").ok().and_then(|minutes| minutes.parse().ok()).unwrap_or(60);
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    let seed =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_nanos() as u64;
    println!("seed {seed}");
    let cases = mutate(seed, |_| Instant::now() < end);
    println!("{cases} cases");
}
