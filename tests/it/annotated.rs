//! Manuscripts with every fault marked: `⟦topic/rule: the words⟧`. Nothing more and nothing less is found, in order.

use std::fs;

use kanwu::finding::Finding;
use kanwu::manuscript::read_manuscript;
use kanwu::text::Source;

use crate::support::{built_in, check_golden, fixture};

/// A rule and the bytes of the hull of a place.
type Expected = (String, usize, usize);

/// Takes the marks out of a text; they may be nested.
fn expectations(text: &str) -> (String, Vec<Expected>) {
    let mut plain = String::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        plain.push_str(&rest[..at]);
        let mark = rest[at..].chars().next().expect("a mark");
        rest = &rest[at + mark.len_utf8()..];
        if mark == '⟧' {
            let (rule, start) = open.pop().expect("an opening mark");
            found.push((rule, start, plain.len()));
        } else {
            let (rule, tail) = rest.split_once(": ").expect("a rule and its words");
            open.push((rule.to_string(), plain.len()));
            rest = tail;
        }
    }
    plain.push_str(rest);
    found.sort_by_key(|(rule, start, end)| (*start, *end, rule.clone()));
    (plain, found)
}

fn found(findings: &[Finding]) -> Vec<Expected> {
    let hull = |finding: &Finding| {
        let pieces = &finding.at.pieces;
        let start = pieces.iter().map(|piece| piece.span.start).min().expect("a piece");
        let end = pieces.iter().map(|piece| piece.span.end).max().expect("a piece");
        (finding.rule.to_string(), start as usize, end as usize)
    };
    let mut found: Vec<Expected> = findings.iter().map(hull).collect();
    found.sort_by_key(|(rule, start, end)| (*start, *end, rule.clone()));
    found
}

#[test]
fn every_marked_fault_is_found_and_no_other() {
    for entry in fs::read_dir(fixture("annotated")).expect("the fixtures").flatten() {
        let (text, expected) = expectations(&fs::read_to_string(entry.path()).expect("UTF-8"));
        let manuscript = read_manuscript(vec![Source::from_text(entry.path(), text.as_str())]);
        let found = found(&kanwu::engine::check(&manuscript, built_in()));
        let show = |rows: &[Expected]| {
            let row = |(rule, start, end): &Expected| format!("{rule}: {}", &text[*start..*end]);
            rows.iter().map(row).collect::<Vec<_>>().join("\n")
        };
        assert!(
            found == expected,
            "{}\n-- expected\n{}\n-- found\n{}",
            entry.path().display(),
            show(&expected),
            show(&found)
        );
    }
}

/// The page that the README shows is the annotated page without its marks.
#[test]
fn the_page_is_the_annotated_page() {
    let text = fs::read_to_string(fixture("annotated/page.txt")).expect("the page");
    check_golden("page.txt", &expectations(&text).0);
}
