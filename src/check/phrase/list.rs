/*!
A table of wrong and right wordings: one rule, however long. Columns: wrong, right, unless, note.

Of an embedded table it is known from the build which literal finds which line, so a line is read only when it is first
found and thousands of rows cost a start nothing. A user's table is read, and its mistakes are told, when it loads.
*/

use rustc_hash::FxHashMap as HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::super::OptionError;
use super::{Entry, at};
use crate::phrase::{Phrase, PhraseError, Reach};
use crate::scan::{self, Hits, LiteralId, Scan};

/// The table as the loader hands it over: a rule names the file, the loader reads it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    text: String,
    /// The name of the table, if it came with the program.
    embedded: Option<String>,
}

/// An embedded table whose rows are read as they are found.
pub(super) struct Listed {
    text: String,
    reach: Reach,
    /// Literal and line, by literal.
    index: &'static [(u32, u32)],
    rows: OnceLock<Vec<OnceLock<Option<Entry>>>>,
}

/// One row.
struct Row<'t> {
    /// 1-based line in the file.
    line: usize,
    wrong: &'t str,
    right: &'t str,
    unless: &'t str,
    note: &'t str,
}

impl Listed {
    /// The rows of which a literal stands in the text, with that literal.
    pub(super) fn found<'l>(&'l self, hits: &'l Hits) -> impl Iterator<Item = (usize, LiteralId, &'l Entry)> {
        let found = hits.rows(self.index);
        found.filter_map(|(literal, line)| Some((*line as usize, literal, self.entry(*line as usize)?)))
    }

    pub(super) fn entry(&self, line: usize) -> Option<&Entry> {
        let rows = self.rows.get_or_init(|| self.text.lines().map(|_| OnceLock::new()).collect());
        let entry = || row(line, self.text.lines().nth(line)?).entry(self.reach, &mut Scan::default()).ok();
        rows.get(line)?.get_or_init(entry).as_ref()
    }
}

/// Reads a line, counted from 0.
fn row(index: usize, line: &str) -> Row<'_> {
    let mut columns = line.split('\t').map(str::trim);
    let mut next = || columns.next().unwrap_or_default();
    Row { line: index + 1, wrong: next(), right: next(), unless: next(), note: next() }
}

impl List {
    /// The table to be read row by row, if it is an embedded one.
    pub(super) fn listed(&self, reach: Reach) -> Option<Listed> {
        let index = scan::listed(self.embedded.as_deref()?)?;
        Some(Listed { text: self.text.clone(), reach, index, rows: OnceLock::new() })
    }

    /// Compiles the rows.
    ///
    /// # Errors
    /// The first row that is a bad phrase, changes nothing, is shadowed by one before, or sends its right wording on to
    /// another row. The path is `list[line]`.
    pub(super) fn entries(&self, reach: Reach, scan: &mut Scan) -> Result<Vec<Entry>, OptionError> {
        let rows = self.rows();
        refuse_chains(&rows)?;
        rows.iter().map(|row| row.entry(reach, scan)).collect()
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let lines = self.text.lines().enumerate();
        let filled = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        filled.map(|(index, line)| row(index, line)).collect()
    }
}

impl Row<'_> {
    fn entry(&self, reach: Reach, scan: &mut Scan) -> Result<Entry, OptionError> {
        let placed = |column: &str, mut error: PhraseError| {
            error.message = format!("{column}: {}", error.message);
            let mut error = at(self.path(), error);
            error.at = None;
            error
        };
        let mut entry = Entry::new(self.wrong, reach, scan).map_err(|error| placed("wrong", error))?;
        entry.note = self.note.to_string();
        if !self.right.is_empty() {
            entry.right(self.right, self.wrong).map_err(|error| placed("right", error))?;
        }
        for unless in self.unless.split('；').filter(|unless| !unless.is_empty()) {
            entry.unless.push(Phrase::parse(unless, reach).map_err(|error| placed("unless", error))?);
        }
        Ok(entry)
    }

    fn path(&self) -> String {
        format!("list[{}]", self.line)
    }
}

fn refuse_chains(rows: &[Row]) -> Result<(), OptionError> {
    let mut lines: HashMap<&str, usize> = HashMap::default();
    for row in rows {
        if row.wrong == row.right {
            return Err(OptionError::new(row.path(), "wrong and right are the same"));
        }
        if let Some(first) = lines.insert(row.wrong, row.line) {
            return Err(OptionError::new(row.path(), format!("`{}` stands on line {first} already", row.wrong)));
        }
    }
    for row in rows {
        if let Some(next) = lines.get(row.right) {
            let message = format!("`{}` is itself wrong by line {next}", row.right);
            return Err(OptionError::new(row.path(), message));
        }
    }
    Ok(())
}
