//! What holds for every text: the map is exact, nothing is lost, nothing panics.

use kanwu::manuscript::{Manuscript, Repair, read_manuscript};
use kanwu::text::encoding::{self, Encoding};
use kanwu::text::{Source, SourceSpan, Span};
use proptest::prelude::*;

/// Text of the kind that manuscripts are made of, whole words and single marks mixed.
fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "检察院",
        "党支部选",
        "拔",
        "法律知识",
        "律知识",
        "人民法院",
        "检察长",
        "谢谢",
        "本报讯（记者 洪涛）",
        "□江西省鄱阳县",
        "图为渡口。",
        "一、总体要求",
        "（一）",
        "# ",
        "**",
        "> ",
        "- ",
        "| 甲 | 乙 |",
        "|---|",
        "```",
        "`a:b`",
        "2025年6月3日",
        "http://example.org/a?b=c",
        "Rust",
        "AI",
        "3:2",
        "1,234",
        "…",
        "——",
        "𠮷",
        "e\u{301}",
        "👨‍👩‍👧",
        "⼀",
        "２０",
        "\u{FFFD}",
    ]);
    let marks = prop::sample::select(vec![
        "，", "。", "、", "；", "：", "“", "”", "‘", "’", "（", "）", "《", "》", ",", ".", ";", ":", "?", "!", "(",
        ")", "*", "\t", " ", "\u{A0}", "　", "\n", "\r\n", "\r", "\n\n", "\u{200B}", "\u{FEFF}", "\u{1}", "\0", "『",
        "』",
    ]);
    prop::collection::vec(prop_oneof![words, marks], 0..60).prop_map(|parts| parts.concat())
}

fn read(text: &str) -> Manuscript {
    read_manuscript(vec![Source::from_text("稿.txt", text)])
}

/// Every character of the reading text (line ends between blocks apart) has its place, and the place leads back to it.
fn map_is_exact(manuscript: &Manuscript) {
    let source = &manuscript.sources[0];
    for block in &manuscript.blocks {
        let shown = manuscript.at(block.span);
        for (at, c) in shown.char_indices() {
            let start = block.span.start as usize + at;
            let span = Span::new(start, start + c.len_utf8());
            let pieces = manuscript.map.to_source(span);
            assert_eq!(pieces.len(), 1, "{c:?} has one piece");
            let back = manuscript.map.to_reading(pieces[0]);
            assert!(back.iter().any(|back| back.contains(span)), "{c:?} leads back");
            let was = pieces[0].of(&source.text);
            let altered = manuscript.alterations.iter().any(|alteration| alteration.span == span);
            assert!(altered || was == c.to_string(), "{c:?} stands in the source or is an alteration of {was:?}");
        }
    }
}

/// Every character of the source is shown, altered or left out by name; only white space at the ends of lines goes
/// without saying.
fn nothing_is_lost(manuscript: &Manuscript) {
    let source = &manuscript.sources[0];
    let mut seen = vec![false; source.text.len()];
    let mut see = |span: SourceSpan| seen[span.range()].fill(true);
    manuscript.map.segments().iter().for_each(|segment| see(segment.source));
    manuscript.alterations.iter().flat_map(|alteration| &alteration.was).for_each(|was| see(*was));
    for (at, c) in source.text.char_indices() {
        let table_bar = c == '|' || manuscript_rule(&source.text, at);
        assert!(seen[at] || c.is_whitespace() || table_bar, "{c:?} at {at} is lost in {:?}", source.text);
    }
}

/// Inside the rule row of a table, which has no cells.
fn manuscript_rule(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |start| start + 1);
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
    text[start..end].chars().all(|c| matches!(c, '|' | '-' | ':') || c.is_whitespace())
}

fn blocks_tile(manuscript: &Manuscript) {
    let mut at = 0;
    for (index, block) in manuscript.blocks.iter().enumerate() {
        assert_eq!(block.span.start as usize, at);
        at = block.span.end as usize + 1;
        assert_eq!(&manuscript.text[at - 1..at], "\n");
        assert!(manuscript.articles[block.article].blocks.contains(&index));
    }
    assert_eq!(at, manuscript.text.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_reading_text_leads_back(text in text()) {
        let manuscript = read(&text);
        map_is_exact(&manuscript);
        nothing_is_lost(&manuscript);
        blocks_tile(&manuscript);
    }

    #[test]
    fn any_span_has_pieces_in_order(text in text(), a in 0usize..4000, b in 0usize..4000) {
        let manuscript = read(&text);
        let bound = |at: usize| kanwu::text::han::floor(&manuscript.text, at % (manuscript.text.len() + 1));
        let (a, b) = (bound(a), bound(b));
        let pieces = manuscript.map.to_source(Span::new(a.min(b), a.max(b)));
        for piece in pieces {
            let text = &manuscript.sources[0].text;
            prop_assert!(text.is_char_boundary(piece.start as usize) && text.is_char_boundary(piece.end as usize));
        }
    }

    #[test]
    fn every_encoding_gives_the_same_reading(text in text()) {
        let plain = read(&text);
        for encoding in [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Gb18030] {
            let Some(bytes) = encoding::encode(&text, encoding) else { continue };
            let Ok(decoded) = encoding::decode(&bytes, Some(encoding)) else { continue };
            if decoded.text == text {
                prop_assert_eq!(&read(&decoded.text).text, &plain.text);
            }
        }
    }

    #[test]
    fn random_characters_do_no_harm(text in any::<String>()) {
        let manuscript = read(&text);
        map_is_exact(&manuscript);
        blocks_tile(&manuscript);
    }
}

#[test]
fn mending_is_an_alteration_and_no_loss() {
    let manuscript = read("入冬以来，各村党支部共选\n\n拔护林员三十名，分片巡山。\n");
    let broken: Vec<_> = manuscript.alterations.iter().filter(|alteration| alteration.what == Repair::Break).collect();
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].was[0].of(&manuscript.sources[0].text), "\n\n");
    let word = manuscript.text.find("选拔").expect("the word is whole");
    assert_eq!(manuscript.map.to_source(Span::new(word, word + 6)).len(), 2);
}
