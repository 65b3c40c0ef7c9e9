/*!
Workflow commands of GitHub Actions: `::error file=…,line=…,col=…,title=…::message`, one line a finding.

GitHub shows ten of a level for each step, so a folded finding stays one line with a count, and the other side of a
disagreement is said in the message. Columns are given only where a place lies on one line: GitHub drops others.
*/

use std::fmt::Write as _;
use std::io::{self, Write};

use super::width::visible;
use super::{Report, words};
use crate::finding::{Finding, Level};

/// Writes one command for each finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for (first, finding) in report.findings() {
        let command = match finding.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Query | Level::Off => "notice",
        };
        let properties = properties(report, first, finding);
        writeln!(out, "::{command} {properties}::{}", escaped(&message(report, first, finding), false))?;
    }
    Ok(())
}

fn properties(report: &Report, first: usize, finding: &Finding) -> String {
    let piece = finding.at.first();
    let path = report.path(first, piece.span.file);
    let mut text = format!("file={}", escaped(path, true));
    if report.is_read(first) {
        let _ = write!(text, ",line={},endLine={}", piece.line, piece.end_line);
        if piece.line == piece.end_line {
            let _ = write!(text, ",col={},endColumn={}", piece.column, piece.end_column);
        }
    }
    let _ = write!(text, ",title={}", escaped(&format!("{} {}", finding.level.mark(), finding.rule), true));
    text
}

fn message(report: &Report, first: usize, finding: &Finding) -> String {
    let mut text = visible(&finding.message);
    if finding.count() > 1 {
        let _ = write!(text, "（共{}处）", finding.count());
    }
    for note in &finding.notes {
        let _ = write!(text, "\n{}", words::said(report, first, note));
    }
    if let Some(help) = &finding.help {
        let _ = write!(text, "\n{}", visible(help));
    }
    text
}

/// Escapes what the runner would take for the end of a line, or of a property.
fn escaped(text: &str, property: bool) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    if property { text.replace(':', "%3A").replace(',', "%2C") } else { text }
}
