/*!
The formats for programs: `json`, one document, and `jsonl`, one finding a line.

The types here are the published contract and nothing else; they change only with `schema`.
*/

use std::io::{self, Write};

use serde::Serialize;

use super::{FileReport, Report, Summary};
use crate::finding::{Class, Edit, Finding, Fix, Level, Note, Piece, Place, Safety};
use crate::review::allow::Idle;
use crate::score::{Bound, Line, Score};

const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Document<'r> {
    schema: u32,
    tool: Tool,
    findings: Vec<FindingOut<'r>>,
    files: Vec<FileOut<'r>>,
    summary: SummaryOut<'r>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct FindingOut<'r> {
    rule: &'r str,
    level: Level,
    class: Class,
    message: &'r str,
    #[serde(flatten)]
    at: PlaceOut<'r>,
    notes: Vec<NoteOut<'r>>,
    help: Option<&'r str>,
    fix: Option<FixOut<'r>>,
    count: usize,
    /// All places of a folded finding, the first among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<PlaceOut<'r>>,
}

#[derive(Serialize)]
struct NoteOut<'r> {
    #[serde(flatten)]
    at: PlaceOut<'r>,
    message: &'r str,
}

#[derive(Serialize)]
struct PlaceOut<'r> {
    #[serde(flatten)]
    first: PieceOut<'r>,
    /// All pieces of a split place, the first among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pieces: Vec<PieceOut<'r>>,
}

#[derive(Serialize)]
struct PieceOut<'r> {
    path: &'r str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    start: u32,
    end: u32,
    text: &'r str,
    before: &'r str,
    after: &'r str,
}

#[derive(Serialize)]
struct FixOut<'r> {
    title: &'r str,
    safety: Safety,
    edits: Vec<EditOut<'r>>,
}

#[derive(Serialize)]
struct EditOut<'r> {
    /// Where the files are one manuscript, or it is not the path of the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'r str>,
    start: u32,
    end: u32,
    text: &'r str,
}

#[derive(Serialize)]
struct FileOut<'r> {
    path: &'r str,
    encoding: Option<&'static str>,
    characters: usize,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'r str>,
}

#[derive(Serialize)]
struct SummaryOut<'r> {
    #[serde(flatten)]
    places: Summary,
    /// Allows that are of no use.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unused_allows: Vec<IdleOut<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<ScoreOut<'r>>,
}

#[derive(Serialize)]
struct IdleOut<'r> {
    path: &'r str,
    line: usize,
    rule: &'r str,
    quote: &'r str,
    why: &'static str,
}

/// The lower bound, and the upper one inside it.
#[derive(Serialize)]
struct ScoreOut<'r> {
    measure: &'r str,
    #[serde(flatten)]
    lower: BoundOut,
    upper: BoundOut,
    characters: usize,
    /// The lines that charge anything.
    lines: Vec<LineOut<'r>>,
}

#[derive(Serialize)]
struct BoundOut {
    points: f64,
    per_10000: f64,
    /// The points that rest on verified lines of the measure.
    verified_points: f64,
}

#[derive(Serialize)]
struct LineOut<'r> {
    line: &'r str,
    verified: bool,
    points: f64,
    upper: f64,
}

/// Writes the whole report as one document on one line.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        findings: report.findings().map(|(first, finding)| View { report, first }.finding(finding)).collect(),
        files: report.files.iter().map(file).collect(),
        summary: SummaryOut {
            places: report.summary(),
            unused_allows: report.idle.iter().map(idle).collect(),
            score: report.score.as_ref().map(score),
        },
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

/// Writes each finding as one line.
pub fn write_lines(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for (first, finding) in report.findings() {
        serde_json::to_writer(&mut *out, &View { report, first }.finding(finding))?;
        writeln!(out)?;
    }
    Ok(())
}

fn idle(idle: &Idle) -> IdleOut<'_> {
    IdleOut { path: &idle.path, line: idle.line, rule: &idle.rule, quote: &idle.quote, why: idle.why.name() }
}

fn score(score: &Score) -> ScoreOut<'_> {
    let charged = score.lower.tenths.iter().zip(&score.upper.tenths);
    let lines = score.measure.lines.iter().zip(charged).filter(|(_, (_, upper))| **upper > 0);
    let line = |(line, (lower, upper)): (&'static Line, (&u64, &u64))| LineOut {
        line: &line.id,
        verified: line.verified,
        points: *lower as f64 / 10.0,
        upper: *upper as f64 / 10.0,
    };
    ScoreOut {
        measure: &score.measure.name,
        lower: bound(&score.lower),
        upper: bound(&score.upper),
        characters: score.characters,
        lines: lines.map(line).collect(),
    }
}

/// Rates have two decimals, as printed.
fn bound(bound: &Bound) -> BoundOut {
    let per_10000 = (bound.per_10000() * 100.0).round() / 100.0;
    BoundOut { points: bound.points(), per_10000, verified_points: bound.verified() }
}

fn file(file: &FileReport) -> FileOut<'_> {
    FileOut {
        path: &file.path,
        encoding: file.encoding.map(|encoding| encoding.name()),
        characters: file.characters,
        status: if file.error.is_some() { "failed" } else { "checked" },
        error: file.error.as_deref(),
    }
}

/// The findings of one manuscript: they name their files by number.
#[derive(Clone, Copy)]
struct View<'r> {
    report: &'r Report,
    first: usize,
}

impl<'r> View<'r> {
    fn finding(self, finding: &'r Finding) -> FindingOut<'r> {
        let home = finding.at.first().span.file;
        let folded = if finding.folded.is_empty() { None } else { Some(&finding.at) };
        FindingOut {
            rule: &finding.rule,
            level: finding.level,
            class: finding.class,
            message: &finding.message,
            at: self.place(&finding.at),
            notes: finding.notes.iter().map(|note| self.note(note)).collect(),
            help: finding.help.as_deref(),
            fix: finding.fix.as_ref().map(|fix| self.fix(fix, home)),
            count: finding.count(),
            places: folded.into_iter().chain(&finding.folded).map(|place| self.place(place)).collect(),
        }
    }

    fn note(self, note: &'r Note) -> NoteOut<'r> {
        NoteOut { at: self.place(&note.at), message: &note.message }
    }

    fn place(self, place: &'r Place) -> PlaceOut<'r> {
        let split = if place.pieces.len() > 1 { place.pieces.as_slice() } else { &[] };
        PlaceOut { first: self.piece(place.first()), pieces: split.iter().map(|piece| self.piece(piece)).collect() }
    }

    fn piece(self, piece: &'r Piece) -> PieceOut<'r> {
        PieceOut {
            path: self.report.path(self.first, piece.span.file),
            line: piece.line,
            column: piece.column,
            end_line: piece.end_line,
            end_column: piece.end_column,
            start: piece.span.start,
            end: piece.span.end,
            text: &piece.text,
            before: &piece.before,
            after: &piece.after,
        }
    }

    fn fix(self, fix: &'r Fix, home: u16) -> FixOut<'r> {
        let edit = |edit: &'r Edit| EditOut {
            path: (self.report.together || edit.span.file != home)
                .then(|| self.report.path(self.first, edit.span.file)),
            start: edit.span.start,
            end: edit.span.end,
            text: &edit.text,
        };
        FixOut { title: &fix.title, safety: fix.safety, edits: fix.edits.iter().map(edit).collect() }
    }
}
