/*!
Which configuration is a manuscript's: looked for upward from its folder, each folder once, each file read once.
*/

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::applied::Applied;
use super::keys;
use super::profile::{PROFILES, profile};
use super::read::{self, Settings};
use super::{At, CONFIG, Config, File, For, LEDGER, Part, Whence, absolute, shown};
use crate::error::{Error, Mistake, did_you_mean};

/// Where to look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Search {
    /// Upward from each manuscript.
    #[default]
    Upward,
    /// This file, for all.
    File(PathBuf),
    /// Nowhere.
    Nowhere,
}

/// Finds and keeps configurations.
pub struct Finder {
    search: Search,
    /// What the command line settles, above everything.
    flags: Arc<Part>,
    /// What it extends, in place of what any configuration extends.
    profile: Option<At<Arc<Config>>>,
    folders: HashMap<PathBuf, Found>,
    read: HashMap<PathBuf, Arc<Config>>,
}

/// What stands above a folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    pub config: Option<Arc<Config>>,
    pub ledger: Option<Arc<Config>>,
}

impl Finder {
    /// # Errors
    /// A profile that there is not, or one with mistakes.
    pub fn new(search: Search, flags: Part, profile: Option<&str>) -> Result<Finder, Error> {
        let mut finder =
            Finder { search, flags: Arc::new(flags), profile: None, folders: HashMap::new(), read: HashMap::new() };
        if let Some(name) = profile {
            let whence = Whence::Flag("--profile");
            finder.profile = Some(finder.base(&At::new(name.to_string(), whence), Path::new("."), &mut Vec::new())?);
        }
        Ok(finder)
    }

    /// What applies to a manuscript of that path.
    ///
    /// # Errors
    /// A configuration that cannot be read, or its mistakes.
    pub fn applied(&mut self, path: &Path) -> Result<Applied, Error> {
        let path = absolute(path);
        let found = self.found(&path)?;
        Ok(Applied::new(&path, found, self.profile.as_ref(), &self.flags))
    }

    /// The file into which allows for a manuscript of that path are written.
    ///
    /// # Errors
    /// A configuration that cannot be read, or its mistakes.
    pub fn ledger(&mut self, path: &Path) -> Result<PathBuf, Error> {
        let path = absolute(path);
        let found = self.found(&path)?;
        let here = absolute(Path::new("."));
        let own = if path.starts_with(&here) { Some(here.as_path()) } else { path.parent() };
        let folder = match (&found.config, &found.ledger) {
            (Some(config), _) | (None, Some(config)) => config.file.root.as_path(),
            (None, None) => own.unwrap_or(&here),
        };
        Ok(folder.join(LEDGER))
    }

    fn found(&mut self, path: &Path) -> Result<Found, Error> {
        let folder = path.parent().unwrap_or(path).to_path_buf();
        match self.search.clone() {
            Search::Upward => self.above(&folder),
            Search::Nowhere => Ok(Found::default()),
            Search::File(file) => {
                let file = absolute(&file);
                let config = self.config(&file, &mut Vec::new())?;
                let ledger = file.with_file_name(LEDGER);
                let ledger = if ledger.is_file() { Some(self.ledger_at(&ledger)?) } else { None };
                Ok(Found { config: Some(config), ledger })
            }
        }
    }

    /// What stands in a folder or above it; the nearest wins, and a ledger goes with its configuration.
    fn above(&mut self, folder: &Path) -> Result<Found, Error> {
        if let Some(known) = self.folders.get(folder) {
            return Ok(known.clone());
        }
        let (config, ledger) = (folder.join(CONFIG), folder.join(LEDGER));
        let own = config.is_file();
        let mut found = match folder.parent() {
            Some(parent) if !own => self.above(parent)?,
            _ => Found::default(),
        };
        if own {
            found.config = Some(self.config(&config, &mut Vec::new())?);
        }
        if found.config.is_none() || own {
            found.ledger = if ledger.is_file() { Some(self.ledger_at(&ledger)?) } else { found.ledger };
        }
        self.folders.insert(folder.to_path_buf(), found.clone());
        Ok(found)
    }

    fn ledger_at(&mut self, path: &Path) -> Result<Arc<Config>, Error> {
        if let Some(known) = self.read.get(path) {
            return Ok(known.clone());
        }
        let ledger = super::ledger::read(path)?;
        self.read.insert(path.to_path_buf(), ledger.clone());
        Ok(ledger)
    }

    /// The configuration at an absolute path; `open` are those that are being read because of one another.
    fn config(&mut self, path: &Path, open: &mut Vec<PathBuf>) -> Result<Arc<Config>, Error> {
        if let Some(known) = self.read.get(path) {
            return Ok(known.clone());
        }
        let config = self.settle(Arc::new(file(path)?), path.to_path_buf(), open)?;
        self.read.insert(path.to_path_buf(), config.clone());
        Ok(config)
    }

    fn settle(&mut self, file: Arc<File>, own: PathBuf, open: &mut Vec<PathBuf>) -> Result<Arc<Config>, Error> {
        let draft = read::read(&file, keys::TOP).map_err(Error::Declared)?;
        open.push(own);
        let main = self.extended(draft.main, &file, open)?;
        let mut fors = Vec::new();
        for settings in draft.fors {
            fors.push(self.extended(settings, &file, open)?);
        }
        open.pop();
        Ok(Arc::new(Config { file, extends: main.extends, part: main.part, fors, allows: draft.allows }))
    }

    fn extended(&mut self, settings: Settings, file: &File, open: &mut Vec<PathBuf>) -> Result<For, Error> {
        let base = settings.extends.map(|base| self.base(&base, &file.root, open)).transpose()?;
        Ok(For { files: settings.files, extends: base, part: Arc::new(settings.part) })
    }

    /// The profile or file that is extended.
    fn base(&mut self, base: &At<String>, root: &Path, open: &mut Vec<PathBuf>) -> Result<At<Arc<Config>>, Error> {
        let name = base.value.as_str();
        if !name.ends_with(".toml") {
            let Some(file) = profile(name) else { return Err(unknown(base)) };
            let config = self.settle(Arc::new(file), PathBuf::from(name), open)?;
            return Ok(At::new(config, base.whence.clone()));
        }
        let path = absolute(&root.join(name));
        if let Some(at) = open.iter().position(|known| *known == path) {
            let circle: Vec<String> =
                open[at..].iter().chain([&path]).map(|path| shown(path).display().to_string()).collect();
            return Err(told(base, format!("these extend each other: {}", circle.join(" → ")), None));
        }
        match self.config(&path, open) {
            Ok(config) => Ok(At::new(config, base.whence.clone())),
            Err(Error::File { cause, .. }) => {
                Err(told(base, format!("cannot read {}: {cause}", shown(&path).display()), None))
            }
            Err(error) => Err(error),
        }
    }
}

fn unknown(base: &At<String>) -> Error {
    let names: Vec<&str> = PROFILES.iter().map(|(name, _)| *name).collect();
    let all = format!("the profiles are {}; a file ends in .toml", names.join(", "));
    let help = did_you_mean(&base.value, names.iter().copied()).unwrap_or(all);
    told(base, format!("there is no profile `{}`", base.value), Some(help))
}

fn told(base: &At<String>, message: String, help: Option<String>) -> Error {
    match base.whence.mistake(&message) {
        Some(mistake) => Error::Declared(vec![Mistake::help(mistake, help)]),
        None => Error::Asked { what: message, help },
    }
}

/// The file at an absolute path.
pub(super) fn file(path: &Path) -> Result<File, Error> {
    let failed = |cause| Error::File { attempt: "read the configuration", path: shown(path), cause };
    let text = fs::read_to_string(path).map_err(failed)?;
    let root = path.parent().unwrap_or(path).to_path_buf();
    Ok(File { name: shown(path).display().to_string(), text, folder: shown(&root), root })
}
