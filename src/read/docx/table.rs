/*!
Tables: rows are lines, cells keep the grid column that they begin in.

A cell that spans columns moves those behind it; one that goes on from the row above stands in its column, empty. A table
of one column is a frame around paragraphs and no table.
*/

use std::ops::Range;

use super::flow::{Container, Flow, Role};
use super::line::Line;
use super::sheet::Shape;

/// The most columns that a span may claim.
const COLUMNS: u32 = 1 << 10;

/// A table that is open.
#[derive(Debug)]
pub struct Table {
    number: u32,
    rows: u32,
    /// Columns of its grid.
    pub columns: u32,
}

/// A row that is open.
#[derive(Debug)]
pub struct Row {
    slot: usize,
    table: u32,
    number: u32,
    line: Line,
    cells: Vec<(u32, Range<usize>)>,
    column: u32,
    span: u32,
    /// Where in the line the open cell begins.
    from: usize,
    begun: bool,
    /// A tracked change takes it away.
    pub gone: bool,
    pub cell_gone: bool,
}

impl Table {
    pub fn is_frame(&self) -> bool {
        self.columns == 1
    }
}

impl Row {
    /// Leaves grid columns at its start empty.
    pub fn skip(&mut self, columns: u32) {
        self.column += columns.min(COLUMNS);
    }

    /// The open cell spans so many columns.
    pub fn span(&mut self, columns: u32) {
        self.span = columns.clamp(1, COLUMNS);
    }
}

impl Flow<'_> {
    pub fn begin_table(&mut self) {
        self.settle_carry();
        self.tables.push(Table { number: self.guide.tables, rows: 0, columns: 0 });
        self.guide.tables += 1;
        self.roles.push(Role::Table);
    }

    pub fn end_table(&mut self) {
        self.tables.pop();
    }

    pub fn begin_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return self.roles.push(Role::Plain) };
        if table.is_frame() {
            self.containers.push(Container::default());
            return self.roles.push(Role::Frame);
        }
        let (table, number) = (table.number, table.rows);
        let slot = self.slot();
        self.rows.push(Row {
            slot,
            table,
            number,
            line: Line::default(),
            cells: Vec::new(),
            column: 0,
            span: 1,
            from: 0,
            begun: false,
            gone: false,
            cell_gone: false,
        });
        self.roles.push(Role::Row);
    }

    pub fn begin_cell(&mut self) {
        let in_frame = self.tables.last().is_none_or(Table::is_frame);
        let row = self.rows.last_mut().filter(|_| !in_frame);
        let Some(row) = row else {
            self.containers.push(Container::default());
            return self.roles.push(Role::Frame);
        };
        if std::mem::replace(&mut row.begun, true) {
            row.line.push_unplaced('\t');
        }
        row.from = row.line.text.len();
        (row.span, row.cell_gone) = (1, false);
        self.containers.push(Container { carry: None, cell: true });
        self.roles.push(Role::Cell);
    }

    /// Adds a paragraph to the open cell.
    pub fn add_to_cell(&mut self, line: Line) {
        let Some(row) = self.rows.last_mut().filter(|row| !row.gone && !row.cell_gone) else { return };
        if line.is_blank() && line.points.is_empty() {
            return;
        }
        if row.line.text.len() > row.from {
            row.line.push_unplaced(' ');
        }
        row.line.append(line);
    }

    pub fn end_cell(&mut self) {
        self.leave_container();
        if let Some(row) = self.rows.last_mut() {
            row.cells.push((row.column, row.from..row.line.text.len()));
            row.column += row.span;
        }
    }

    pub fn end_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        if row.gone {
            return;
        }
        if let Some(table) = self.tables.last_mut() {
            table.rows += 1;
        }
        self.fill(row.slot, row.line, Shape::Row(row.table, row.number, row.cells));
    }
}
