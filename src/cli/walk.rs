/*!
From the paths of the command line to what is checked.

A file that was named is always tried. A folder is searched for files that are manuscripts by their name; hidden entries,
lock files of Word (`~$稿.docx`) and what `.gitignore`, `.ignore` and `.kanwuignore` name are left aside, links to folders
are not followed, because they may lead back. What else is passed over is counted, so that nobody takes it for checked.
*/

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::engine::Input;

/// The endings of manuscripts.
const ENDINGS: [&str; 15] = [
    "txt", "text", "md", "markdown", "mdown", "mkd", "mkdn", "html", "htm", "xhtml", "xht", "docx", "docm", "dotx",
    "dotm",
];

/// Bytes of a file without ending that are looked at; text has no zero byte.
const LOOK: u64 = 8 << 10;

/// What was found, and how many files of which ending were passed over.
#[derive(Debug, Default)]
pub struct Walk {
    pub inputs: Vec<Input>,
    pub skipped: BTreeMap<String, usize>,
    seen: BTreeSet<PathBuf>,
    /// Manuscripts found, those counted again that were found before.
    found: usize,
}

/// The inputs behind paths, in the order of the paths and of the names in folders, each once.
///
/// A folder that cannot be listed is an input too, so that the reader says why.
pub fn walk(paths: &[PathBuf]) -> Walk {
    let mut walk = Walk::default();
    for path in paths {
        if !path.is_dir() {
            walk.add(path);
            continue;
        }
        let before = walk.found;
        walk.folder(path);
        if walk.found == before {
            walk.inputs.push(Input::Nothing(path.clone()));
        }
    }
    walk
}

impl Walk {
    fn add(&mut self, path: &Path) {
        self.found += 1;
        if self.seen.insert(path.to_path_buf()) {
            self.inputs.push(Input::File(path.to_path_buf()));
        }
    }

    fn folder(&mut self, folder: &Path) {
        let mut walk = WalkBuilder::new(folder);
        walk.require_git(false).git_global(false).add_custom_ignore_filename(".kanwuignore");
        walk.sort_by_file_name(OsStr::cmp);
        for entry in walk.build() {
            match entry {
                Ok(entry) if is_file(&entry) => self.file(entry.path()),
                Ok(_) => {}
                Err(error) => self.add(place(&error).unwrap_or(folder)),
            }
        }
    }

    fn file(&mut self, path: &Path) {
        if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"~$")) {
            return;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let is_manuscript = match &ending {
            Some(ending) => ENDINGS.contains(&ending.as_str()),
            None => looks_like_text(path),
        };
        if is_manuscript {
            self.add(path);
        } else {
            *self.skipped.entry(ending.map_or_else(String::new, |ending| format!(".{ending}"))).or_default() += 1;
        }
    }

    /// `跳过3个文件（.docx 2、.png 1）`, when any were passed over.
    pub fn passed_over(&self) -> Option<String> {
        if self.skipped.is_empty() {
            return None;
        }
        let name = |ending: &str| if ending.is_empty() { "无扩展名".to_string() } else { ending.to_string() };
        let kinds: Vec<String> =
            self.skipped.iter().map(|(ending, count)| format!("{} {count}", name(ending))).collect();
        let total: usize = self.skipped.values().sum();
        Some(format!("跳过{total}个不能检查的文件（{}）", kinds.join("、")))
    }
}

/// A file, or a link that leads to no folder.
fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file() || kind.is_symlink() && !entry.path().is_dir())
}

/// The place that an error of the walk speaks of.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::Partial(errors) => errors.iter().find_map(place),
        _ => None,
    }
}

/// A path of a list, in whatever encoding the system has names.
#[cfg(unix)]
pub fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

/// A path of a list.
#[cfg(not(unix))]
pub fn path(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// A file that cannot be opened counts as text, so that the reader says why.
fn looks_like_text(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LOOK).read_to_end(&mut start));
    read.is_err() || !start.contains(&0)
}
