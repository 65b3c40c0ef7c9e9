/*!
The Code Quality report of GitLab: an array of findings, each at one place with a fingerprint.

GitLab compares the fingerprints of two branches and reads `lines` or `positions`; a place that was folded or split is
given by its first piece, a folded finding as one entry for each place, so that each shows on its own line.
*/

use std::io::{self, Write};

use serde::Serialize;

use super::spot::{Point, Spot, spots};
use super::width::visible;
use super::{Report, words};
use crate::finding::Level;

#[derive(Serialize)]
struct Entry<'r> {
    #[serde(rename = "type")]
    kind: &'static str,
    check_name: &'r str,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content>,
    categories: [&'static str; 1],
    severity: &'static str,
    fingerprint: &'r str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Content {
    body: String,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
    positions: Positions,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

/// Writes the report as one array.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let spots = spots(report);
    let entries: Vec<Entry> = spots.iter().map(|spot| entry(report, spot)).collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}

fn entry<'r>(report: &'r Report, spot: &'r Spot) -> Entry<'r> {
    let (piece, finding) = (spot.place.first(), spot.finding);
    let severity = match finding.level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Query | Level::Off => "info",
    };
    Entry {
        kind: "issue",
        check_name: &finding.rule,
        description: described(report, spot),
        content: report.rules.get(&finding.rule).map(|about| Content { body: about.text() }),
        categories: ["Style"],
        severity: if report.is_read(spot.first) { severity } else { "blocker" },
        fingerprint: &spot.fingerprint,
        location: Location {
            path: report.path(spot.first, piece.span.file),
            lines: Lines { begin: piece.line, end: piece.end_line },
            positions: Positions { begin: position(piece.start()), end: position(piece.end()) },
        },
    }
}

/// The message, the other places, and what to do, on one line.
fn described(report: &Report, spot: &Spot) -> String {
    let notes = spot.finding.notes.iter().map(|note| words::said(report, spot.first, note));
    let said = [spot.finding.message.clone()].into_iter().chain(notes).chain(spot.finding.help.clone());
    visible(&said.collect::<Vec<_>>().join("；"))
}

fn position(point: Point) -> Position {
    Position { line: point.line, column: point.column }
}
