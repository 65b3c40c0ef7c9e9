//! What was understood, under each sentence of a page: a golden to read.

use std::fmt::Write;
use std::fs;

use kanwu::facts::{Context, describe};
use kanwu::manuscript::read_manuscript;
use kanwu::text::Source;

use crate::support::{built_in, check_golden, fixture};

#[test]
fn a_page_is_understood() {
    let text = fs::read_to_string(fixture("facts/page.txt")).expect("the page");
    let manuscript = read_manuscript(vec![Source::from_text("page.txt", text)]);
    let hits = built_in().scan.hits(&manuscript.text);
    let context = Context::new(&manuscript, &hits);
    let mut shown = String::new();
    for sentence in &manuscript.sentences {
        writeln!(shown, "{}", manuscript.at(*sentence)).expect("a string");
        for line in describe(&context, *sentence) {
            writeln!(shown, "    {line}").expect("a string");
        }
    }
    check_golden("facts/page.golden", &shown);
}
