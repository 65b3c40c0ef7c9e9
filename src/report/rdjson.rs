/*!
The Reviewdog Diagnostic Format, one document: columns count bytes of UTF-8, ends are exclusive.

Reviewdog shows what lies on changed lines only, so each place of a folded finding is a diagnostic of its own; the other
sides of a disagreement and the further pieces of a split place are related locations.
*/

use std::io::{self, Write};

use serde::Serialize;

use super::Report;
use super::spot::{Point, Spot, spots};
use crate::finding::{Level, Piece};

#[derive(Serialize)]
struct Document<'r> {
    source: Source,
    diagnostics: Vec<Diagnostic<'r>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'r> {
    message: String,
    location: Location<'r>,
    severity: &'static str,
    code: Code<'r>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'r>>,
}

#[derive(Serialize)]
struct Code<'r> {
    value: &'r str,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Suggestion<'r> {
    range: Range,
    text: &'r str,
}

#[derive(Serialize)]
struct Related<'r> {
    message: &'r str,
    location: Location<'r>,
}

/// Writes the report as one document.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let spots = spots(report);
    let diagnostics = spots.iter().map(|spot| diagnostic(report, spot)).collect();
    serde_json::to_writer_pretty(&mut *out, &Document { source: Source { name: "kanwu" }, diagnostics })?;
    writeln!(out)
}

fn diagnostic<'r>(report: &'r Report, spot: &'r Spot) -> Diagnostic<'r> {
    let finding = spot.finding;
    let location = |piece: &Piece| Location {
        path: report.path(spot.first, piece.span.file),
        range: report.is_read(spot.first).then(|| range(piece.start(), piece.end())),
    };
    let pieces = spot.place.pieces[1..].iter().map(|piece| Related { message: "接上处", location: location(piece) });
    let notes = finding.notes.iter();
    let notes = notes.map(|note| Related { message: &note.message, location: location(note.at.first()) });
    Diagnostic {
        message: finding.help.as_ref().map_or(finding.message.clone(), |help| format!("{}\n{help}", finding.message)),
        location: location(spot.place.first()),
        severity: match finding.level {
            Level::Error => "ERROR",
            Level::Warning => "WARNING",
            Level::Query | Level::Off => "INFO",
        },
        code: Code { value: &finding.rule },
        suggestions: suggestions(spot),
        related_locations: pieces.chain(notes).collect(),
    }
}

/// Reviewdog offers each suggestion by itself, in the file of the finding: only a fix of one edit is whole there.
fn suggestions<'r>(spot: &'r Spot) -> Vec<Suggestion<'r>> {
    let home = spot.place.first().span.file;
    match spot.edits.as_slice() {
        [change] if change.edit.span.file == home => {
            vec![Suggestion { range: range(change.start, change.end), text: &change.edit.text }]
        }
        _ => Vec::new(),
    }
}

fn range(start: Point, end: Point) -> Range {
    let position = |point: Point| Position { line: point.line, column: point.byte };
    Range { start: position(start), end: position(end) }
}
