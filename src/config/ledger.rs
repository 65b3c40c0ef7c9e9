/*!
kanwu.allow.toml: the allows that `kanwu allow` writes, which are the baseline of a house.

It is a configuration with nothing but `[[allow]]` tables, in an order of their own, so that two runs write the same file
and two branches merge. What a person wrote into it stays as it is, comments before an allow with the allow.
*/

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read;
use super::{Allow, Config, Part, Quote, keys, shown};
use crate::error::Error;

/// The head of a new file.
const HEAD: &str = "# Findings that may stand, written by `kanwu allow`. A reason can be edited, an allow taken out.\n";

/// A file of allows, as it was when it was read.
#[derive(Debug, Default)]
pub struct Ledger {
    path: PathBuf,
    /// `None` where there was no file.
    was: Option<String>,
    head: String,
    entries: Vec<Entry>,
    known: HashSet<Claim>,
}

/// File pattern, rule and quote: what makes an allow the same as another.
type Claim = (String, String, Quote);

/// One allow and the text that says it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub file: String,
    pub rule: String,
    pub quote: Quote,
    text: String,
}

/// Reads a file of allows as a configuration.
pub(super) fn read(path: &Path) -> Result<Arc<Config>, Error> {
    let file = Arc::new(super::find::file(path)?);
    let draft = read::read(&file, keys::LEDGER).map_err(Error::Declared)?;
    let part = Arc::new(Part::default());
    Ok(Arc::new(Config { file, extends: None, part, fors: Vec::new(), allows: draft.allows }))
}

impl Entry {
    /// An allow for a finding in a file, which is named as seen from the ledger.
    pub fn new(file: &str, rule: &str, quote: Quote, reason: &str) -> Entry {
        let glob = globset::escape(file);
        let text = written(rule, &glob, &quote, reason);
        Entry { file: glob, rule: rule.to_string(), quote, text }
    }

    fn of(allow: &Allow, text: String) -> Entry {
        let file = allow.file.as_ref().map(|file| file.pattern.clone()).unwrap_or_default();
        Entry { file, rule: allow.rule.value.clone(), quote: allow.quote.clone(), text }
    }

    fn claim(&self) -> Claim {
        (self.file.clone(), self.rule.clone(), self.quote.clone())
    }
}

impl Ledger {
    /// Reads the file, if there is one.
    ///
    /// # Errors
    /// A file that cannot be read, or its mistakes.
    pub fn open(path: &Path) -> Result<Ledger, Error> {
        if !path.exists() {
            return Ok(Ledger { path: path.to_path_buf(), head: HEAD.to_string(), ..Ledger::default() });
        }
        let config = read(path)?;
        let text = config.file.text.clone();
        let (mut head, texts) = parts(&text);
        // Tables that are written in another way than in blocks are written anew.
        let alike = texts.len() == config.allows.len();
        if !alike {
            let comments = text.lines().take_while(|line| line.starts_with('#') || line.trim().is_empty());
            head = comments.collect::<Vec<_>>().join("\n");
        }
        let entries = config.allows.iter().enumerate().map(|(index, allow)| match alike {
            true => Entry::of(allow, texts[index].clone()),
            false => {
                let file = allow.file.as_ref().map_or("", |file| file.pattern.as_str());
                Entry::of(allow, written(&allow.rule.value, file, &allow.quote, &allow.reason))
            }
        });
        let entries: Vec<Entry> = entries.collect();
        let known = entries.iter().map(Entry::claim).collect();
        Ok(Ledger { path: path.to_path_buf(), was: Some(text), head, entries, known })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an allow, unless it stands there; says whether it was added.
    pub fn add(&mut self, entry: Entry) -> bool {
        let new = self.known.insert(entry.claim());
        if new {
            self.entries.push(entry);
        }
        new
    }

    /// Takes out the allow of that file pattern, rule and quote; says whether it stood there.
    pub fn remove(&mut self, allow: &Allow) -> bool {
        let claim = Entry::of(allow, String::new()).claim();
        self.entries.retain(|entry| entry.claim() != claim);
        self.known.remove(&claim)
    }

    /// Writes the file by way of another one beside it, so that it is never half written.
    ///
    /// # Errors
    /// The file changed since it was read, or cannot be written; then it is as it was.
    pub fn write(mut self) -> Result<(), Error> {
        self.entries.sort();
        let texts: Vec<&str> = self.entries.iter().map(|entry| entry.text.trim_end()).collect();
        let text =
            [self.head.trim_end()].into_iter().chain(texts).collect::<Vec<_>>().join("\n\n").trim_start().to_string()
                + "\n";
        if self.was.as_deref() == Some(text.as_str()) {
            return Ok(());
        }
        let failed = |cause| Error::File { attempt: "write", path: shown(&self.path), cause };
        let beside = self.path.with_extension(format!("{}.tmp", std::process::id()));
        let written = write_new(&beside, &text).and_then(|()| {
            let now = self.path.exists().then(|| fs::read_to_string(&self.path)).transpose()?;
            if now != self.was {
                return Err(io::Error::other("it changed in the meantime; nothing was written"));
            }
            fs::rename(&beside, &self.path)
        });
        written.map_err(|cause| {
            let _ = fs::remove_file(&beside);
            failed(cause)
        })
    }
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn written(rule: &str, file: &str, quote: &Quote, reason: &str) -> String {
    let lines = [("rule", rule), ("file", file), ("quote", &quote.to_string()), ("reason", reason)];
    let lines = lines.iter().filter(|(_, value)| !value.is_empty());
    let lines: String = lines.map(|(key, value)| format!("{key:6} = {}\n", quoted(value))).collect();
    format!("[[allow]]\n{lines}")
}

/// What stands before the first allow, and the text of each with the comments directly above it.
fn parts(text: &str) -> (String, Vec<String>) {
    let lines: Vec<&str> = text.lines().collect();
    let mut starts = Vec::new();
    for (number, _) in lines.iter().enumerate().filter(|(_, line)| line.trim() == "[[allow]]") {
        let comments = lines[..number].iter().rev().take_while(|line| line.trim_start().starts_with('#')).count();
        let end = starts.last().map_or(0, |last| last + 1);
        starts.push((number - comments).max(end));
    }
    let first = starts.first().copied().unwrap_or(lines.len());
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let texts = starts.iter().zip(ends).map(|(start, end)| lines[*start..end].join("\n"));
    (lines[..first].join("\n"), texts.collect())
}

/// A text as a basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str) -> Entry {
        let quote = Quote { before: "何立秋说，".into(), text: "截止".into(), after: "目前".into() };
        Entry::new(file, "wording/cut-off-for-as-of", quote, "原话")
    }

    #[test]
    fn the_same_allows_make_the_same_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, files: &[&str]| {
            let mut ledger = Ledger::open(&folder.path().join(name)).expect("no file yet");
            files.iter().for_each(|file| assert!(ledger.add(entry(file))));
            assert!(!ledger.add(entry(files[0])));
            ledger.write().expect("it can be written");
            fs::read_to_string(folder.path().join(name)).expect("it was written")
        };
        let first = write("甲.toml", &["稿[1].txt", "二.txt", "一.txt"]);
        assert_eq!(first, write("乙.toml", &["一.txt", "稿[1].txt", "二.txt"]));
        assert!(first.starts_with(HEAD) && first.contains("file   = \"稿[[]1[]].txt\""), "{first}");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2, "nothing else is left in the folder");
    }

    #[test]
    fn writing_again_changes_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("k.toml");
        let texts = [
            "# 头\n\n# 一\n[[allow]]\nrule = \"a/一\"\nquote = \"⟦甲⟧\"\nreason = \"试\"\n",
            "allow = [{ rule = \"a/一\", quote = \"⟦甲⟧\", reason = \"试\\n二\" }]\n",
        ];
        for text in texts {
            fs::write(&path, text).expect("a file");
            let once = |_| {
                Ledger::open(&path).and_then(Ledger::write).expect("it can be written");
                fs::read_to_string(&path).expect("it was written")
            };
            let (first, second) = (once(1), once(2));
            assert_eq!(first, second);
            assert_eq!(read(&path).expect("it holds").allows.len(), 1, "{first}");
        }
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_as_it_is() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("k.toml");
        let mut ledger = Ledger::open(&path).expect("no file yet");
        ledger.add(entry("一.txt"));
        fs::write(&path, "# 别人写的\n").expect("a file");
        let said = ledger.write().expect_err("it changed").to_string();
        assert!(said.contains("it changed in the meantime; nothing was written"), "{said}");
        assert_eq!(fs::read_to_string(&path).expect("the other file"), "# 别人写的\n");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }
}
