/*!
Tables and lists of a page: where a cell stands, which number an item has.
*/

use super::element;
use super::token::{Attribute, Start, Token};

/// Longest text of a cell that is a cell and no column of a page, in characters.
const CELL: usize = 300;
/// No table is wider or higher than this, whatever a cell says.
const SPAN: i64 = 1000;

/// Table, row and column of a cell, each from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub table: u32,
    pub row: u32,
    pub column: u32,
}

/// A table that is open.
pub(super) struct Table {
    /// Nothing where the table only lays out the page.
    id: Option<u32>,
    /// Rows begun.
    rows: u32,
    column: u32,
    next: u32,
    /// For each column, the rows that a cell above still covers.
    covered: Vec<i64>,
    open: bool,
}

impl Table {
    pub fn new(id: Option<u32>) -> Self {
        Table { id, rows: 0, column: 0, next: 0, covered: Vec::new(), open: false }
    }

    pub fn row(&mut self) {
        self.rows += 1;
        self.next = 0;
        self.open = false;
        self.covered.iter_mut().for_each(|rows| *rows = i64::max(*rows - 1, 0));
    }

    pub fn cell(&mut self, start: &Start) {
        self.rows = self.rows.max(1);
        while self.covered.get(self.next as usize).is_some_and(|&rows| rows > 0) {
            self.next += 1;
        }
        let span = |attribute| start.number(attribute).unwrap_or(1).clamp(1, SPAN);
        self.column = self.next;
        self.next = self.column.saturating_add(span(Attribute::Columns) as u32);
        if self.covered.len() < self.next as usize && i64::from(self.next) <= 2 * SPAN {
            self.covered.resize(self.next as usize, 0);
        }
        let end = self.covered.len().min(self.next as usize);
        let rows = span(Attribute::Rows);
        self.covered[end.min(self.column as usize)..end].fill(rows);
        self.open = true;
    }

    pub fn end_cell(&mut self) {
        self.open = false;
    }

    /// The cell that is open.
    pub fn open(&self) -> Option<Cell> {
        let table = self.id.filter(|_| self.open)?;
        Some(Cell { table, row: self.rows - 1, column: self.column })
    }
}

/// Which tables of a page only lay it out, in the order of their starts: those with headings or tables inside, with a
/// single cell, or with a cell as long as a column of text.
pub(super) fn layouts(tokens: &[Token]) -> Vec<bool> {
    let mut layouts = Vec::new();
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    for token in tokens {
        match token {
            Token::Start(start) if start.name == "table" => {
                open.iter().rev().take(1).for_each(|outer| layouts[outer.0] = true);
                open.push((layouts.len(), 0, 0));
                layouts.push(false);
            }
            Token::Start(start) => {
                let Some((index, cells, text)) = open.last_mut() else { continue };
                let cell = matches!(start.name.as_str(), "td" | "th");
                *cells += usize::from(cell);
                *text = if cell { 0 } else { *text };
                layouts[*index] |= element::heading(&start.name).is_some();
            }
            Token::Text { range, .. } => {
                let Some((index, _, text)) = open.last_mut() else { continue };
                *text += range.len();
                layouts[*index] |= *text > CELL * '字'.len_utf8();
            }
            Token::End { name, .. } if name == "table" => {
                if let Some((index, cells, _)) = open.pop() {
                    layouts[index] |= cells <= 1;
                }
            }
            _ => {}
        }
    }
    layouts
}

/// A list that is open.
pub(super) struct List {
    /// The next number; nothing where the list has bullets.
    next: Option<i64>,
    step: i64,
    form: char,
}

impl List {
    pub fn new(start: &Start) -> Self {
        let ordered = start.name == "ol";
        let form = start.attribute(Attribute::Type).and_then(|form| form.chars().next()).unwrap_or('1');
        let first = start.number(Attribute::Start).unwrap_or(1);
        let reversed = start.attribute(Attribute::Reversed).is_some();
        List { next: (ordered && !reversed).then_some(first), step: 1, form }
    }

    /// The number that a reader sees before the next item, with its point.
    pub fn next(&mut self, item: &Start) -> Option<String> {
        let number = item.number(Attribute::Value).or(self.next).filter(|_| self.next.is_some())?;
        self.next = number.checked_add(self.step);
        let letter = |first: u8| {
            let at = number.checked_sub(1).and_then(|at| u8::try_from(at).ok()).filter(|&at| at < 26)?;
            Some((first + at) as char)
        };
        let written = match self.form {
            'a' => letter(b'a').map(String::from),
            'A' => letter(b'A').map(String::from),
            'i' => roman(number),
            'I' => roman(number).map(|roman| roman.to_uppercase()),
            _ => None,
        };
        Some(format!("{}. ", written.unwrap_or_else(|| number.to_string())))
    }
}

fn roman(number: i64) -> Option<String> {
    const DIGITS: [(i64, &str); 7] = [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut rest = Some(number).filter(|number| (1..90).contains(number))?;
    let mut written = String::new();
    for (value, digit) in DIGITS {
        while rest >= value {
            written.push_str(digit);
            rest -= value;
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(name: &str, attributes: &[(Attribute, &str)]) -> Start {
        let attributes = attributes.iter().map(|(key, value)| (*key, value.to_string())).collect();
        Start { name: name.into(), attributes, ..Start::default() }
    }

    #[test]
    fn cells_stand_beside_those_that_reach_down() {
        let mut table = Table::new(Some(0));
        let mut at = Vec::new();
        for row in [&[(1, 2), (2, 1)][..], &[(1, 1), (1, 1)], &[(1, 1)]] {
            table.row();
            for (columns, rows) in row {
                let (columns, rows) = (columns.to_string(), rows.to_string());
                table.cell(&start("td", &[(Attribute::Columns, &columns), (Attribute::Rows, &rows)]));
                at.extend(table.open().map(|cell| (cell.row, cell.column)));
            }
        }
        assert_eq!(at, [(0, 0), (0, 1), (1, 1), (1, 2), (2, 0)]);
    }

    #[test]
    fn items_have_the_numbers_that_are_seen() {
        let mut list = List::new(&start("ol", &[(Attribute::Start, "3"), (Attribute::Type, "i")]));
        let item = start("li", &[]);
        assert_eq!(list.next(&item).as_deref(), Some("iii. "));
        assert_eq!(list.next(&start("li", &[(Attribute::Value, "9")])).as_deref(), Some("ix. "));
        assert_eq!(list.next(&item).as_deref(), Some("x. "));
        assert_eq!(List::new(&start("ul", &[])).next(&item), None);
    }
}
