/*!
SARIF 2.1.0, the interchange format of code scanning services (OASIS, March 2020).

Columns count Unicode scalar values, which `columnKind` says. A place of a folded finding is a result of its own with its
own fix; notes and the further pieces of a split place are related locations. A file that was not checked is a result
without a region and a notification, and the run is then no success.
*/

mod log;

use std::collections::HashSet;
use std::io::{self, Write};

use self::log::*;
use super::spot::{Change, Spot, spots};
use super::uri::uri;
use super::{About, FileReport, Report};
use crate::finding::{Finding, Level, Piece, Place, Safety};

/// Writes the report as one log with one run.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let spots = spots(report);
    let rules = rules(report);
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            results: spots.iter().map(|spot| result(report, spot, &rules)).collect(),
            tool: Tool {
                driver: Driver { name: "kanwu", semantic_version: env!("CARGO_PKG_VERSION"), language: "zh-CN", rules },
            },
            invocations: [invocation(report)],
            artifacts: report.files.iter().map(artifact).collect(),
            column_kind: "unicodeCodePoints",
            newline_sequences: ["\r\n", "\n", "\r"],
            language: "zh-CN",
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// The rules that found something, in the order of their names.
fn rules(report: &Report) -> Vec<Rule<'_>> {
    let mut ids: Vec<&str> = report.findings().map(|(_, finding)| &*finding.rule).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| rule(id, report.rules.get(id))).collect()
}

fn rule<'r>(id: &'r str, about: Option<&'r About>) -> Rule<'r> {
    let about = about.filter(|about| !about.why.is_empty());
    Rule {
        id,
        name: id,
        full_description: about.map(|about| Text { text: about.why.as_str().into() }),
        help: about.map(|about| Text { text: about.text().into() }),
    }
}

fn invocation(report: &Report) -> Invocation<'_> {
    let failed = report.files.iter().filter(|file| file.error.is_some());
    Invocation {
        execution_successful: report.files.iter().all(|file| file.error.is_none()),
        exit_code: report.exit,
        tool_execution_notifications: failed.map(notification).collect(),
    }
}

fn notification(file: &FileReport) -> Notification<'_> {
    Notification {
        level: "error",
        message: Text { text: file.error.as_deref().unwrap_or_default().into() },
        locations: [Location { physical_location: whole(&file.path), message: None }],
    }
}

fn artifact(file: &FileReport) -> Artifact {
    Artifact { location: ArtifactLocation { uri: uri(&file.path) }, encoding: file.encoding.map(|it| it.name()) }
}

fn result<'r>(report: &'r Report, spot: &'r Spot, rules: &[Rule]) -> Outcome<'r> {
    let finding = spot.finding;
    let path = |piece: &Piece| report.path(spot.first, piece.span.file);
    let first = spot.place.first();
    let here = if report.is_read(spot.first) { physical(path(first), first) } else { whole(path(first)) };
    Outcome {
        rule_id: &finding.rule,
        rule_index: rules.iter().position(|rule| rule.id == &*finding.rule).unwrap_or_default(),
        level: match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Query | Level::Off => "note",
        },
        message: Text { text: message(finding).into() },
        locations: [Location { physical_location: here, message: None }],
        related_locations: related(report, spot),
        partial_fingerprints: Fingerprints { quotation: &spot.fingerprint },
        fixes: fix(report, spot).into_iter().collect(),
        properties: Properties { class: Some(finding.class), safety: None },
    }
}

fn message(finding: &Finding) -> String {
    match &finding.help {
        Some(help) => format!("{}。{help}", finding.message.trim_end_matches('。')),
        None => finding.message.clone(),
    }
}

/// The further pieces of the place, then the other sides, each once, as the standard has it.
fn related<'r>(report: &'r Report, spot: &'r Spot) -> Vec<Location<'r>> {
    let location = |piece: &Piece, said: &'r str| Location {
        physical_location: physical(report.path(spot.first, piece.span.file), piece),
        message: Some(Text { text: said.into() }),
    };
    let pieces = |place: &'r Place, said: &'r str| place.pieces.iter().map(move |piece| (piece, said));
    let further = pieces(spot.place, "接上处").skip(1);
    let notes = spot.finding.notes.iter().flat_map(|note| pieces(&note.at, said(&note.message)));
    let mut seen = HashSet::new();
    let new = further.chain(notes).filter(|(piece, said)| seen.insert((piece.span, *said)));
    new.map(|(piece, said)| location(piece, said)).collect()
}

fn said(message: &str) -> &str {
    if message.is_empty() { "参见此处" } else { message }
}

fn whole(path: &str) -> PhysicalLocation {
    PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(path) }, region: None, context_region: None }
}

/// The piece, and the words round it.
fn physical(path: &str, piece: &Piece) -> PhysicalLocation {
    let count = |text: &str| text.chars().count() as u32;
    let region = Region {
        start_line: piece.line,
        start_column: piece.column,
        end_line: piece.end_line,
        end_column: piece.end_column,
        snippet: Some(Text { text: piece.text.clone().into() }),
    };
    let context = Region {
        start_column: piece.column - count(&piece.before),
        end_column: piece.end_column + count(&piece.after),
        snippet: Some(Text { text: format!("{}{}{}", piece.before, piece.text, piece.after).into() }),
        ..region.clone()
    };
    PhysicalLocation { region: Some(region), context_region: Some(context), ..whole(path) }
}

fn fix<'r>(report: &'r Report, spot: &'r Spot) -> Option<Fix<'r>> {
    let fix = spot.finding.fix.as_ref().filter(|_| !spot.edits.is_empty())?;
    let mut files: Vec<u16> = spot.edits.iter().map(|change| change.edit.span.file).collect();
    files.sort_unstable();
    files.dedup();
    let change = |file: u16| ArtifactChange {
        artifact_location: ArtifactLocation { uri: uri(report.path(spot.first, file)) },
        replacements: spot.edits.iter().filter(|it| it.edit.span.file == file).map(replacement).collect(),
    };
    let ask = if fix.safety == Safety::Ask { "（请核实）" } else { "" };
    Some(Fix {
        description: Text { text: format!("{}{ask}", fix.title).into() },
        artifact_changes: files.into_iter().map(change).collect(),
        properties: Properties { class: None, safety: Some(fix.safety) },
    })
}

fn replacement<'r>(change: &Change<'r>) -> Replacement<'r> {
    let (start, end) = (change.start, change.end);
    Replacement {
        deleted_region: Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            snippet: None,
        },
        inserted_content: Text { text: change.edit.text.as_str().into() },
    }
}
