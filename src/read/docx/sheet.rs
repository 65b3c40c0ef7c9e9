/*!
The extracted text, written line by line, with its anchors and blocks.

A line is a paragraph or a row of a table. An empty paragraph is an empty line, so that line numbers count paragraphs as
Word shows them. Two paragraphs are never set closer than one blank line apart (`gap`), because nothing but their author
parted them; the lines into which an author broke one paragraph (`w:br`) are blocks without a gap, as the lines of a plain
text are.
*/

use std::collections::HashMap;
use std::ops::Range;

use super::line::{Edge, Line};
use super::style::{self, Role};
use super::symbol::OPAQUE;
use crate::read::{Mark, RawBlock, txt};
use crate::text::{Anchor, SourceSpan};

/// What a line is.
#[derive(Clone, Debug)]
pub enum Shape {
    Paragraph {
        role: Option<Role>,
        /// The member of a list that its text does not show to be one.
        item: bool,
        /// It is marked by a bullet, which is not read.
        bullet: bool,
    },
    /// Of a foot- or endnote.
    Note,
    /// Of a header or footer.
    Margin,
    /// Table, row, and the column and bytes of every cell.
    Row(u32, u32, Vec<(u32, Range<usize>)>),
}

/// The text so far.
#[derive(Debug, Default)]
pub struct Sheet {
    pub text: String,
    pub anchors: Vec<Anchor>,
    pub blocks: Vec<RawBlock>,
    pub parts: Vec<String>,
    lines: usize,
    blank: u32,
    /// Bytes of the text under each comment.
    ranges: HashMap<String, Range<u32>>,
    /// Blocks that are the title by their style, and those of the first heading level.
    titles: Vec<usize>,
    heads: Vec<usize>,
}

impl Sheet {
    /// Writes a line of the last part; `runs` are the bytes of its runs.
    pub fn write(&mut self, line: Line, shape: &Shape, runs: &[Range<u32>]) {
        if self.lines > 0 {
            self.text.push('\n');
        }
        self.lines += 1;
        let start = self.text.len();
        self.text.push_str(&line.text);
        self.anchor(&line, start as u32, runs);
        self.comments(&line, start as u32);
        let before = self.blocks.len();
        match shape {
            Shape::Row(table, row, cells) => {
                for (column, cell) in cells {
                    let mark = Mark::Cell(*table, *row, *column);
                    self.block(mark, start + cell.start, start + cell.end, &[]);
                }
            }
            Shape::Note => self.block(Mark::Note, start, self.text.len(), &[]),
            Shape::Margin if line.text.chars().any(char::is_alphabetic) => {
                self.block(Mark::Note, start, self.text.len(), &[]);
            }
            Shape::Margin => {}
            Shape::Paragraph { role, item, bullet } => self.paragraph(&line, start, *role, (*item, *bullet)),
        }
        self.blank = if self.blocks.len() > before { 0 } else { self.blank + 1 };
    }

    fn paragraph(&mut self, line: &Line, start: usize, role: Option<Role>, (item, bullet): (bool, bool)) {
        if line.text[line.label..].trim().is_empty() {
            return;
        }
        let mark = match style::mark(role) {
            Mark::None if item || bullet => Mark::Item,
            mark => mark,
        };
        let residue = if bullet { vec![SourceSpan::new(0, start, start + line.label)] } else { Vec::new() };
        let mut from = start + if bullet { line.label } else { 0 };
        let end = self.text.len();
        let first = self.blocks.len();
        let broken = matches!(mark, Mark::None | Mark::Item);
        for stop in line.breaks.iter().filter(|_| broken) {
            let stop = start + stop.start as usize..start + stop.end as usize;
            self.block(mark, from, stop.start.max(from), &residue);
            from = stop.end;
        }
        self.block(mark, from.min(end), end, &residue);
        match role {
            Some(Role::Title) if self.blocks.len() > first => self.titles.push(first),
            Some(Role::Heading(1)) if self.blocks.len() > first => self.heads.push(first),
            _ => {}
        }
    }

    /// Adds a block of the text between two bytes, unless there is nothing to read in it.
    fn block(&mut self, mark: Mark, from: usize, to: usize, residue: &[SourceSpan]) {
        let (from, to) = txt::trim(&self.text, from, to);
        if self.text[from..to].chars().all(|c| c == OPAQUE || c.is_whitespace()) {
            return;
        }
        let first_of_line =
            self.blocks.last().is_none_or(|last| self.text[last.pieces[0].range().end..from].contains('\n'));
        let apart = u32::from(first_of_line && !self.blocks.is_empty());
        let pieces = SourceSpan::new(0, from, to).into();
        let gap = if first_of_line { self.blank + apart } else { 0 };
        let mut block = RawBlock { mark, pieces, gap, ..RawBlock::default() };
        if first_of_line && !residue.is_empty() {
            block.more().residue.extend(residue);
        }
        self.blocks.push(block);
    }

    fn anchor(&mut self, line: &Line, by: u32, runs: &[Range<u32>]) {
        let part = self.parts.len().saturating_sub(1) as u16;
        self.anchors.extend(line.places.iter().map(|place| Anchor {
            text: place.text.start + by..place.text.end + by,
            part,
            xml: place.xml.clone(),
            run: place.run.and_then(|run| runs.get(run as usize)).unwrap_or(&place.xml).clone(),
        }));
    }

    fn comments(&mut self, line: &Line, by: u32) {
        let end = by + line.text.len() as u32;
        for point in &line.points {
            let at = point.at + by;
            match point.edge {
                Edge::Start => {
                    self.ranges.insert(point.comment.clone(), at..end);
                }
                Edge::End => {
                    self.ranges.entry(point.comment.clone()).or_insert(by..at).end = at;
                }
                Edge::Reference => {
                    self.ranges.entry(point.comment.clone()).or_insert(by..end);
                }
            }
        }
    }

    /// The text that a comment is about.
    pub fn range(&self, comment: &str) -> Option<SourceSpan> {
        let range = self.ranges.get(comment)?;
        Some(SourceSpan { file: 0, start: range.start, end: range.end.max(range.start) })
    }

    /// Settles what headings of the first level are: the title, or else, below a title of its own or numbered, sections.
    pub fn settle(&mut self) {
        let numbered = |&block: &usize| is_numbered(self.blocks[block].pieces[0].of(&self.text));
        let sections = !self.titles.is_empty() || self.heads.len() > 1 && self.heads.iter().any(numbered);
        if !sections {
            return;
        }
        let mut titles = self.titles.iter().peekable();
        for (index, block) in self.blocks.iter_mut().enumerate() {
            let title = titles.next_if_eq(&&index).is_some();
            if let Mark::Heading(level) = block.mark
                && !title
            {
                block.mark = Mark::Heading((level + 1).min(6));
            }
        }
    }
}

/// Whether a heading begins with a number: 第一章, 一、, （一）, 1.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(', '第']);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(c));
    rest.len() < text.len() && rest.starts_with(['、', '.', '．', ' ', '）', ')', '章', '节', '编', '篇', '部', '条'])
}
