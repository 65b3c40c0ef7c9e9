/*!
Packs: the files that rules come from.
*/

use std::borrow::Cow;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::error::{Error, Mistake};
use crate::finding::Level;

/// A rule of an embedded pack, as far as it is known without reading it.
pub(super) struct Written {
    pub id: &'static str,
    pub was: &'static [&'static str],
    pub check: &'static str,
    pub level: Level,
    /// Its first byte in the pack, and the byte behind its last.
    pub place: (usize, usize),
    /// Its number over all embedded packs.
    pub number: u16,
}

// `WRITTEN` (topic, rules), written by the build script.
include!(concat!(env!("OUT_DIR"), "/written.rs"));

// `PACKS` (topic, text) and `LISTS` (file name, text), written by the build script.
include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A file of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The name of the file without its ending: what its rules' ids begin with.
    pub topic: String,
    /// The file as messages name it.
    pub name: String,
    pub text: Cow<'static, str>,
    /// Where the tables are that its rules name; none for the built-in packs, whose tables are embedded.
    pub folder: Option<PathBuf>,
    /// Whether its examples run when it loads.
    pub examples: bool,
}

/// The built-in packs, by topic. Their examples run in the tests and not at start.
pub fn embedded() -> Vec<Pack> {
    let packs = PACKS.iter().map(|(topic, text)| Pack {
        topic: (*topic).to_string(),
        name: format!("rules/{topic}.toml"),
        text: Cow::Borrowed(*text),
        folder: None,
        examples: false,
    });
    packs.collect()
}

impl Pack {
    /// Reads a user's pack.
    ///
    /// # Errors
    /// The file cannot be read or is no UTF-8.
    pub fn read(path: &Path) -> Result<Pack, Error> {
        let text = fs::read_to_string(path).map_err(|cause| Error::File {
            attempt: "read the rule pack",
            path: path.to_path_buf(),
            cause,
        })?;
        let topic = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = Some(path.parent().unwrap_or(Path::new("")).to_path_buf());
        Ok(Pack { topic, name: path.display().to_string(), text: Cow::Owned(text), folder, examples: true })
    }

    /// One rule of an embedded pack, as a pack of its own.
    pub(super) fn of_rule(topic: &str, written: &Written) -> Pack {
        let text = PACKS.iter().find(|(known, _)| *known == topic).map_or("", |(_, text)| *text);
        let text = Cow::Borrowed(&text[written.place.0..written.place.1]);
        Pack { topic: topic.to_string(), name: format!("rules/{topic}.toml"), text, folder: None, examples: false }
    }

    /// The rules of an embedded pack, unread; none for a user's pack and for one whose examples are to be run.
    pub(super) fn written(&self) -> Option<&'static [Written]> {
        let known = WRITTEN.iter().find(|(topic, _)| *topic == self.topic);
        known.filter(|_| self.folder.is_none() && !self.examples).map(|(_, rules)| *rules)
    }

    /// The text of a table that a rule names as its `list`.
    pub(super) fn list(&self, name: &str) -> io::Result<Cow<'static, str>> {
        match &self.folder {
            // A configuration may name a table of its own for a rule of any pack.
            _ if Path::new(name).is_absolute() => fs::read_to_string(name).map(Cow::Owned),
            Some(folder) => fs::read_to_string(folder.join(name)).map(Cow::Owned),
            None => {
                let known = LISTS.iter().find(|(known, _)| *known == name);
                known.map(|(_, text)| Cow::Borrowed(*text)).ok_or_else(|| io::ErrorKind::NotFound.into())
            }
        }
    }

    /// A mistake at these bytes of the pack.
    pub(super) fn mistake(&self, span: Range<usize>, message: impl Into<String>) -> Mistake {
        Mistake::new(self.name.clone(), &self.text, span, message)
    }
}
