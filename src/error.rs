/*!
The one error type.

An error says what was attempted, on which file, and why it failed. A mistake in a TOML file is shown in that file, with
its line under the eye of whoever wrote it. Errors are about the tool's own input and speak English; what a person reads
about a manuscript is a finding and no error.
*/

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use unicode_width::UnicodeWidthStr;

/// Why something could not be done.
#[derive(Debug)]
pub enum Error {
    /// A file could not be read or written.
    File { attempt: &'static str, path: PathBuf, cause: io::Error },
    /// Rules or settings hold mistakes; all that were found, never empty.
    Declared(Vec<Mistake>),
    /// What the user asked for does not exist or makes no sense.
    Asked { what: String, help: Option<String> },
}

/// A mistake in a declared file (a rule pack, a list, a configuration), with what is needed to show it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The file as the user named it.
    pub file: String,
    /// 1-based line; 1-based column in Unicode scalar values.
    pub line: usize,
    pub column: usize,
    pub message: String,
    /// What was probably meant.
    pub help: Option<String>,
    shown: String,
    marked: Range<usize>,
}

impl Mistake {
    /// A mistake at these bytes of a file's text. The mark ends with the line on which it begins.
    pub fn new(file: impl Into<String>, text: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        let start = crate::text::han::floor(text, span.start);
        let end = crate::text::han::floor(text, span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let shown = text[line_start..line_end].trim_end().to_string();
        let within = |offset: usize| (offset - line_start).min(shown.len());
        Mistake {
            file: file.into(),
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            message: message.into(),
            help: None,
            marked: within(start)..within(end.min(line_end)),
            shown,
        }
    }

    /// Adds what was probably meant.
    pub fn help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        let shown = self.shown.replace('\t', " ");
        let indent = " ".repeat(shown[..self.marked.start].width_cjk());
        let mark = "^".repeat(shown[self.marked.clone()].width_cjk().max(1));
        writeln!(f, "{}", self.message)?;
        writeln!(f, "{gutter}--> {}:{}:{}", self.file, self.line, self.column)?;
        writeln!(f, "{gutter} |")?;
        writeln!(f, "{number} | {shown}")?;
        write!(f, "{gutter} | {indent}{mark}")?;
        match &self.help {
            Some(help) => write!(f, "\n{gutter} = help: {help}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::File { attempt, path, cause } => write!(f, "cannot {attempt} {}: {cause}", path.display()),
            Error::Declared(mistakes) => {
                let shown: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
                f.write_str(&shown.join("\n\n"))
            }
            Error::Asked { what, help } => match help {
                Some(help) => write!(f, "{what}; {help}"),
                None => f.write_str(what),
            },
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::File { cause, .. } => Some(cause),
            Error::Declared(_) | Error::Asked { .. } => None,
        }
    }
}

/// The known name that a misspelt one is nearest to, as a suggestion.
pub fn did_you_mean<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let scored = known.into_iter().map(|known| (strsim::jaro_winkler(name, known), known));
    let best = scored.filter(|(score, _)| *score > 0.75).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, known)| format!("did you mean `{known}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_under_wide_characters() {
        let text = "a = 1\nwrong = \"截止目前（今\"\n";
        let at = text.find('（').unwrap();
        let mistake = Mistake::new("我社.toml", text, at..at + 3, "`（` is not closed").help(Some("close it".into()));
        assert_eq!(
            mistake.to_string(),
            "`（` is not closed\n --> 我社.toml:2:14\n  |\n2 | wrong = \"截止目前（今\"\n  |                  ^^\n  = help: close it"
        );
    }

    #[test]
    fn a_mark_ends_with_its_line() {
        let mistake = Mistake::new("x.toml", "甲\n乙", 0..7, "m");
        assert!(mistake.to_string().ends_with("1 | 甲\n  | ^^"));
        assert_eq!(Mistake::new("x.toml", "", 0..0, "m").line, 1);
    }

    #[test]
    fn suggestions_are_near() {
        assert_eq!(did_you_mean("mesage", ["level", "message"]).as_deref(), Some("did you mean `message`?"));
        assert_eq!(did_you_mean("qqq", ["level", "message"]), None);
    }
}
