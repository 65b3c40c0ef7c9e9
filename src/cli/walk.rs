/*!
From the paths of the command line to what is checked.

A file that was named is always tried. A folder is searched, hidden entries left aside, for files that are text by their
name; what is passed over is counted, so that nobody takes it for checked.
*/

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::config::{CONFIG, LEDGER};
use crate::engine::Input;

/// The endings of manuscripts.
const ENDINGS: [&str; 2] = ["txt", "md"];

/// Bytes of a file without ending that are looked at; text has no zero byte.
const LOOK: u64 = 8 << 10;

/// What was found, and how many files of which ending were passed over.
#[derive(Debug, Default)]
pub struct Walk {
    pub inputs: Vec<Input>,
    pub skipped: BTreeMap<String, usize>,
    seen: BTreeSet<PathBuf>,
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
        let before = walk.inputs.len();
        walk.folder(path);
        if walk.inputs.len() == before {
            walk.inputs.push(Input::Nothing(path.clone()));
        }
    }
    walk
}

impl Walk {
    fn add(&mut self, path: &Path) {
        if self.seen.insert(path.to_path_buf()) {
            self.inputs.push(Input::File(path.to_path_buf()));
        }
    }

    /// Symbolic links to folders are not followed: they may lead back.
    fn folder(&mut self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else { return self.add(folder) };
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| !is_hidden(path)) {
            match path.is_dir() {
                true if path.is_symlink() => {}
                true => self.folder(path),
                false => self.file(path),
            }
        }
    }

    /// A house's own settings are no manuscript, and nobody takes them for one.
    fn file(&mut self, path: &Path) {
        if path.file_name().is_some_and(|name| [CONFIG, LEDGER].iter().any(|known| name == *known)) {
            return;
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let is_text = match &ending {
            Some(ending) => ENDINGS.contains(&ending.as_str()),
            None => looks_like_text(path),
        };
        if is_text {
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

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// A file that cannot be opened counts as text, so that the reader says why.
fn looks_like_text(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LOOK).read_to_end(&mut start));
    read.is_err() || !start.contains(&0)
}
