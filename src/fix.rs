/*!
Layer 9: makes fixes in the files they are about.

A file is never written anew from its text: each edit goes to the bytes that hold the words, and every other byte stays
as it was, line ends, marks of markup and the other parts of a package among them. [`splice`] knows bytes, [`markup`] the
way through anchors, [`package`] the zip, [`place`] the disk, [`round`] when to stop. A fix is made whole or not at all; one that cannot be made
is handed back with the reason. Which fixes are wanted is not decided here.
*/

mod markup;
mod package;
pub mod place;
mod round;
mod splice;
#[cfg(test)]
mod tests;

use crate::finding::{Edit, Finding};
use crate::text::{Form, Source};

pub use round::{Leaving, Outcome, Wanted, fixed, fixed_but};

/// A file with fixes made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    pub bytes: Vec<u8>,
    /// How many edits were made.
    pub edits: usize,
    /// Fixes that could not be made.
    pub left: Vec<Left>,
}

/// A fix that could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub rule: String,
    /// 1-based.
    pub line: u32,
    pub column: u32,
    /// In Chinese, for the person whose file it is.
    pub why: String,
}

/// Replaces a stretch of bytes, of a file or of a part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Splice {
    part: u16,
    start: usize,
    end: usize,
    /// As it is to be written: encoded, or escaped.
    bytes: Vec<u8>,
}

/// Makes the fixes of findings in the source with that number. The edits do not overlap.
///
/// # Errors
/// Why no fix at all could be made: a damaged package, or bytes that would not read back as the text that was meant.
pub fn make(source: &Source, file: u16, findings: &[Finding]) -> Result<Fixed, String> {
    let (splices, left) = planned(source, file, findings)?;
    let edits = splices.len();
    let bytes = match source.form {
        Form::Docx => package::spliced(source, splices)?,
        _ => splice::spliced(source, splices)?,
    };
    Ok(Fixed { bytes, edits, left })
}

/// What a person can read of the file: its decoded text, or the text of a package.
pub fn shown(source: &Source) -> String {
    match source.form {
        Form::Html => splice::decoded(source).map_or_else(|_| source.text.clone(), |decoded| decoded.text),
        _ => source.text.clone(),
    }
}

/// From an edit of the text to splices, or why there are none.
type Way<'s> = Box<dyn Fn(&Edit) -> Result<Vec<Splice>, String> + 's>;

/// The splices of the fixes that can be made whole, and the others.
fn planned(source: &Source, file: u16, findings: &[Finding]) -> Result<(Vec<Splice>, Vec<Left>), String> {
    let way: Way = match (source.form, source.anchors.is_empty()) {
        (Form::Docx, _) => {
            let parts = package::contents(source)?;
            Box::new(move |edit| markup::splices(source, &parts, edit))
        }
        (Form::Html, false) => {
            let html = [splice::decoded(source)?.text];
            Box::new(move |edit| splice::encoded(source, markup::splices(source, &html, edit)?))
        }
        _ => Box::new(|edit| splice::plain(source, edit)),
    };
    let (mut all, mut left) = (Vec::new(), Vec::new());
    for finding in findings {
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).filter(|edit| edit.span.file == file);
        match edits.map(&way).collect::<Result<Vec<_>, String>>() {
            Ok(splices) => all.extend(splices.into_iter().flatten()),
            Err(why) => left.push(Left::new(finding, why)),
        }
    }
    Ok((all, left))
}

impl Left {
    fn new(finding: &Finding, why: String) -> Self {
        let piece = finding.at.first();
        Left { rule: finding.rule.to_string(), line: piece.line, column: piece.column, why }
    }
}
