/*!
Cuts from the lines of a manuscript what a finding needs to be understood on a terminal.

A paragraph is one line of a file and may be thousands of columns wide, so a row shows windows round the places and “…”
for the rest. A place carries its own excerpt, so no file is opened again. Nothing here draws; the drawing library sees
rows that are narrow, printable and one column position a character, and cannot go wrong on them.

Characters of which the library and a Chinese terminal disagree about the width go as *stand-ins*, wide characters that no
text has, and are put back afterwards.
*/

use std::collections::BTreeMap;
use std::ops::Range;

use super::width::{char_width, visible_char, width};
use crate::finding::Piece;

/// A piece to point at.
#[derive(Clone, Debug)]
pub struct Label<'p> {
    pub piece: &'p Piece,
    /// What to say there; not empty.
    pub said: String,
    /// Whether it is the place of the finding and not of a note.
    pub main: bool,
}

/// Rows of one file with lines that grow, so that they can be drawn under one heading.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub file: u16,
    pub rows: Vec<Row>,
}

/// What is shown of a line.
#[derive(Clone, Debug)]
pub struct Row {
    pub line: u32,
    pub text: String,
    pub marks: Vec<Mark>,
}

/// What is pointed at in a row.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Characters of the row's text.
    pub range: Range<usize>,
    /// The column in the file.
    pub column: u32,
    pub said: String,
    pub main: bool,
}

/// The excerpts of one finding.
#[derive(Clone, Debug, Default)]
pub struct Excerpt {
    /// The first has the finding's own place.
    pub sheets: Vec<Sheet>,
    /// What was too long to be said in a row, which has a number instead.
    pub remarks: Vec<String>,
    pub stand_ins: StandIns,
}

/// Characters in order of first use; the n-th is stood for by the n-th of the stand-ins.
#[derive(Clone, Debug, Default)]
pub struct StandIns(Vec<char>);

/// Two planes' last stretch: unassigned, and wide by the standard.
const STAND_INS: Range<u32> = 0x3FF00..0x3FFF0;

/// Characters of context on either side and columns of the text itself, from roomy to narrow.
const WINDOWS: [(usize, usize); 6] = [(15, 48), (12, 48), (9, 36), (7, 36), (5, 24), (4, 16)];

/// The context that a piece carries at most; where it is full, the line may go on.
const FULL: usize = 15;

/// Between the end of the last mark of a row and what is said there, at most: an arrow under two wide characters.
const ARROW: usize = 5;

/// Columns of the number of a remark.
const NUMBER: usize = 5;

/// Lays out labels in rows of at most `room` columns.
pub fn excerpt(labels: &[Label], room: usize) -> Excerpt {
    let mut excerpt = Excerpt::default();
    let mut lines: BTreeMap<(u16, u32), Vec<&Label>> = BTreeMap::new();
    for label in labels {
        lines.entry((label.piece.span.file, label.piece.line)).or_default().push(label);
    }
    let mut sheets: BTreeMap<(u16, usize), Vec<Row>> = BTreeMap::new();
    for ((file, line), mut labels) in lines {
        labels.sort_by_key(|label| (label.piece.column, label.piece.end_column));
        for (number, labels) in chunks(&labels, room).into_iter().enumerate() {
            sheets.entry((file, number)).or_default().push(excerpt.row(line, labels, room));
        }
    }
    excerpt.sheets = sheets.into_iter().map(|((file, _), rows)| Sheet { file, rows }).collect();
    excerpt.sheets.sort_by_key(|sheet| sheet.main().is_none());
    excerpt
}

/// Labels of one line, in as few rows as they fit in.
fn chunks<'l, 'p>(labels: &'l [&'l Label<'p>], room: usize) -> Vec<&'l [&'l Label<'p>]> {
    let narrow = WINDOWS[WINDOWS.len() - 1];
    let mut chunks = Vec::new();
    let mut start = 0;
    for end in 1..=labels.len() {
        if end - start > 1 && !Cut::new(&labels[start..end], narrow).fits(&labels[start..end], room) {
            chunks.push(&labels[start..end - 1]);
            start = end - 1;
        }
    }
    chunks.push(&labels[start..]);
    chunks
}

impl Excerpt {
    fn row(&mut self, line: u32, labels: &[&Label], room: usize) -> Row {
        let fits = |cut: &Cut| cut.fits(labels, room);
        let says = |cut: &Cut| labels.iter().all(|label| cut.reach(labels) + width(&label.said) <= room);
        let cuts: Vec<Cut> = WINDOWS.iter().map(|window| Cut::new(labels, *window)).collect();
        let best = cuts.iter().find(|cut| fits(cut) && says(cut)).or(cuts.iter().find(|cut| fits(cut)));
        let cut = best.unwrap_or(&cuts[cuts.len() - 1]);
        let left = room.saturating_sub(cut.reach(labels));
        let marks = labels.iter().map(|label| {
            let said = if width(&label.said) <= left { label.said.clone() } else { self.remark(&label.said) };
            Mark { range: cut.range(label), column: label.piece.column, said, main: label.main }
        });
        let marks = marks.collect();
        Row { line, text: self.stand_ins.text(&cut.cells), marks }
    }

    fn remark(&mut self, said: &str) -> String {
        self.remarks.push(said.to_string());
        format!("注{}", self.remarks.len())
    }
}

/// The characters that are shown of a line, by column; a hole is shown as “…” under the column before which it is.
struct Cut {
    cells: Vec<(u32, char)>,
}

impl Cut {
    fn new(labels: &[&Label], (context, columns): (usize, usize)) -> Self {
        let mut seen: BTreeMap<u32, char> = BTreeMap::new();
        let mut show = |column: u32, c: char| seen.insert(column, visible_char(c));
        let mut end = 0;
        let mut more = false;
        for label in labels {
            let piece = label.piece;
            for (back, c) in piece.before.chars().rev().take(context).enumerate() {
                show(piece.column.saturating_sub(back as u32 + 1), c);
            }
            ends(&piece.text, columns).for_each(|(at, c)| {
                show(piece.column + at as u32, c);
            });
            let after = piece.column + piece.text.chars().count() as u32;
            for (forth, c) in piece.after.chars().take(context).enumerate() {
                show(after + forth as u32, c);
            }
            let long = piece.after.chars().count();
            if after >= end {
                (end, more) = (after, long > context || long >= FULL);
            }
        }
        Cut { cells: with_holes(seen, more) }
    }

    /// The position of a column: its own cell, or the hole it lies in.
    fn position(&self, column: u32) -> usize {
        self.cells.partition_point(|cell| cell.0 < column)
    }

    /// A mark does not begin on a combining mark, under which nothing can be drawn.
    fn range(&self, label: &Label) -> Range<usize> {
        let piece = label.piece;
        let mut start = self.position(piece.column);
        let end = self.position(piece.column + piece.text.chars().count() as u32);
        while start > 0 && start < end && self.cells.get(start).is_some_and(|cell| char_width(cell.1) == 0) {
            start -= 1;
        }
        start..end.max(start)
    }

    /// Whether the row fits, with a number for each remark.
    fn fits(&self, labels: &[&Label], room: usize) -> bool {
        let columns: usize = self.cells.iter().map(|cell| char_width(cell.1)).sum();
        columns <= room && self.reach(labels) + NUMBER <= room
    }

    /// The column at which words about these labels can begin.
    fn reach(&self, labels: &[&Label]) -> usize {
        let end = labels.iter().map(|label| self.range(label).end).max().unwrap_or(0);
        self.cells[..end.min(self.cells.len())].iter().map(|cell| char_width(cell.1)).sum::<usize>() + ARROW
    }
}

/// The characters of a text, numbered; of a text wider than `columns` only both ends.
fn ends(text: &str, columns: usize) -> impl Iterator<Item = (usize, char)> {
    let all: Vec<char> = text.chars().collect();
    let total: usize = all.iter().map(|c| char_width(visible_char(*c))).sum();
    let count = if total <= columns { all.len() } else { columns / 4 };
    let shown = move |at: usize, length: usize| at < count || at + count >= length;
    let length = all.len();
    all.into_iter().enumerate().filter(move |(at, _)| shown(*at, length))
}

fn with_holes(seen: BTreeMap<u32, char>, more: bool) -> Vec<(u32, char)> {
    let mut cells = Vec::with_capacity(seen.len() + 4);
    let mut next = 1;
    for (column, c) in seen {
        if column > next {
            cells.push((column - 1, '…'));
        }
        cells.push((column, c));
        next = column + 1;
    }
    if more {
        cells.push((next, '…'));
    }
    cells
}

impl Sheet {
    /// The line and the mark of the finding's own place.
    pub fn main(&self) -> Option<(u32, &Mark)> {
        self.marks().find(|(_, mark)| mark.main)
    }

    /// All marks with their lines.
    pub fn marks(&self) -> impl Iterator<Item = (u32, &Mark)> {
        self.rows.iter().flat_map(|row| row.marks.iter().map(move |mark| (row.line, mark)))
    }
}

impl StandIns {
    fn text(&mut self, cells: &[(u32, char)]) -> String {
        cells.iter().map(|cell| self.stand_in(cell.1)).collect()
    }

    fn stand_in(&mut self, c: char) -> char {
        if STAND_INS.contains(&(c as u32)) {
            return '▯';
        }
        let narrow = unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if narrow == char_width(c) && !(c.is_whitespace() && narrow > 1) {
            return c;
        }
        let number = self.0.iter().position(|known| *known == c).unwrap_or_else(|| {
            self.0.push(c);
            self.0.len() - 1
        });
        char::from_u32(STAND_INS.start + number as u32).filter(|c| STAND_INS.contains(&(*c as u32))).unwrap_or(c)
    }

    /// The character that is stood for, or the character itself.
    pub fn restore(&self, c: char) -> char {
        let number = (c as u32).checked_sub(STAND_INS.start);
        number.and_then(|number| self.0.get(number as usize)).copied().unwrap_or(c)
    }
}
