/*!
A table of wrong and right wordings: one rule, however long. Columns: wrong, right, unless, note.
*/

use std::collections::HashMap;

use serde::Deserialize;

use super::super::OptionError;
use super::{Entry, at};
use crate::phrase::{Phrase, PhraseError, Reach};
use crate::scan::Scan;

/// The table as the loader hands it over: a rule names the file, the loader reads it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    text: String,
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

impl List {
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
        let rows = filled.map(|(index, line)| {
            let mut columns = line.split('\t').map(str::trim);
            let mut next = || columns.next().unwrap_or_default();
            Row { line: index + 1, wrong: next(), right: next(), unless: next(), note: next() }
        });
        rows.collect()
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
    let mut lines: HashMap<&str, usize> = HashMap::new();
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
