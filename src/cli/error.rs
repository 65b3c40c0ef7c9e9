/*!
What goes wrong on the command line, in English: what was attempted, on what, and why it failed.
*/

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a command could not be carried out.
#[derive(Debug)]
pub enum Error {
    /// A file could not be read or written.
    File { attempt: &'static str, path: PathBuf, cause: io::Error },
    /// What the user asked for does not exist or makes no sense.
    Asked { what: String, help: Option<String> },
}

impl Error {
    pub fn file(attempt: &'static str, path: impl Into<PathBuf>, cause: io::Error) -> Self {
        Error::File { attempt, path: path.into(), cause }
    }

    pub fn asked(what: impl Into<String>) -> Self {
        Error::Asked { what: what.into(), help: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::File { attempt, path, cause } => write!(f, "could not {attempt} {}: {cause}", path.display()),
            Error::Asked { what, help: Some(help) } => write!(f, "{what}\n  help: {help}"),
            Error::Asked { what, help: None } => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {}
