/*!
One line a finding: `path:line:column 错 rule message`, for a terminal, an editor's error list, `grep` and `wc`.
*/

use std::io::{self, Write};

use super::Report;
use super::width::visible;

/// Writes one line for each finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for (first, finding) in report.findings() {
        let piece = finding.at.first();
        let path = visible(report.path(first, piece.span.file));
        let (mark, rule, message) = (finding.level.mark(), &finding.rule, visible(&finding.message));
        write!(out, "{path}:{}:{} {mark} {rule} {message}", piece.line, piece.column)?;
        match finding.count() {
            1 => writeln!(out)?,
            count => writeln!(out, "（共{count}处）")?,
        }
    }
    Ok(())
}
