/*!
HTML: what a browser shows, block by block.

[`token`] says what stands where, [`element`] what an element is, [`walk`] makes blocks of it, [`extract`] writes the
text of the source, one line for each paragraph or row of a table, with anchors that lead back. No tree is built: text is
cut into blocks wherever a block element begins or ends, so that markup of any depth and brokenness is read in one pass.

Not read, because it is not on the page or no text of the manuscript: scripts, styles, templates, comments, what is
`hidden` or set to `display: none` or `visibility: hidden` (by its own style or by a class of the page's style sheet),
fields and buttons of forms, menus (`nav`), readings of ruby, drawings, formulas, what is crossed out. The `title` of the
page stands on its tab and not on the page; it is read as the title only where the page has no `h1`.
*/

mod charset;
mod element;
mod extract;
mod space;
mod style;
mod table;
#[cfg(test)]
mod tests;
mod token;
mod walk;
mod words;

use std::ops::Range;

use super::Document;
use super::block::Blocks;
use crate::text::Source;
use crate::text::han;

pub(super) use charset::decode;
pub(super) use space::{Raised, raise};
use token::Token;
use walk::Walk;

/// Reads a decoded HTML file; the text of `source` is its markup.
pub fn read(source: Source) -> Document {
    let tokens = token::tokens(&source.text);
    let mut blocks = Blocks::new(&source.text, false);
    let mut tables = 0;
    Walk::page(&source.text, &tokens, &mut blocks, &mut tables).run();
    let (blocks, passages) = blocks.finish();
    let nodes = token::nodes(&tokens);
    extract::extract(source, blocks, passages, &nodes)
}

/// HTML inside another text: its lines, and where they stand there.
#[derive(Debug, Default)]
pub(super) struct Fragment {
    html: String,
    /// Bytes of the fragment and of the text, at the start of each line.
    lines: Vec<(usize, usize)>,
}

impl Fragment {
    pub fn push(&mut self, line: &str, at: usize) {
        self.lines.push((self.html.len(), at));
        self.html.push_str(line);
    }

    /// Adds what the fragment shows to the blocks of the text; `tables` counts its tables.
    pub fn read(&self, blocks: &mut Blocks, tables: &mut u32) {
        let tokens = token::tokens(&self.html);
        let mut walk = Walk::page(&self.html, &tokens, blocks, tables);
        walk.origin = &self.lines;
        walk.run();
    }
}

/// A tag or comment inside a line of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inline<'t> {
    Break,
    Comment(&'t str),
    /// The element's name; its content is not read.
    Hides(String),
    Raises(Raised),
    Ends(String),
    Other,
}

/// What a single tag does.
pub(super) fn inline(tag: &str) -> Inline<'_> {
    if let Some(comment) = tag.strip_prefix("<!--") {
        return Inline::Comment(comment.strip_suffix("-->").unwrap_or(comment));
    }
    match token::tokens(tag).into_iter().next() {
        Some(Token::Start(start)) if start.name == "br" => Inline::Break,
        Some(Token::Start(start)) if element::is_void(&start.name) => Inline::Other,
        Some(Token::Start(start)) if start.hidden || element::hides(&start.name) => Inline::Hides(start.name),
        Some(Token::Start(start)) => Raised::of(&start.name).map_or(Inline::Other, Inline::Raises),
        Some(Token::End { name, .. }) => Inline::Ends(name),
        _ => Inline::Other,
    }
}

/// Whether a preformatted line is prose: mostly Han, with the marks of a sentence.
pub(super) fn is_prose(line: &str) -> bool {
    let han = line.chars().filter(|&c| han::is_han(c)).count();
    han * 2 > han::count(line) && line.contains(['，', '。', '、', '：', '；'])
}

/// Where a byte of a fragment stands in its text.
fn at(origin: &[(usize, usize)], offset: usize) -> usize {
    match origin.partition_point(|line| line.0 <= offset).checked_sub(1) {
        Some(line) => origin[line].1 + (offset - origin[line].0),
        None => offset,
    }
}

/// The stretch of the text that a stretch of a fragment covers.
fn across(origin: &[(usize, usize)], range: Range<usize>) -> Range<usize> {
    let start = at(origin, range.start);
    let end = if range.is_empty() { start } else { at(origin, range.end - 1) + 1 };
    start..end
}
