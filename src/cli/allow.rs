/*!
`kanwu allow`: writes down the findings of some files as findings that may stand, with a reason, and takes out what is of
no use any more. What is written is the baseline: from then on only new findings are reported.
*/

use std::collections::{BTreeMap, btree_map};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::scope::{Examined, Scope, say_idle};
use super::{Status, written};
use crate::config::ledger::{Entry, Ledger};
use crate::config::{Allow, Finder, Part, Whence, absolute, relative, shown};
use crate::error::Error;
use crate::finding::Level;
use crate::review::allow::{Idle, allowable, quote};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    scope: Scope,
    /// Why these findings may stand
    #[arg(long, value_name = "TEXT", required_unless_present = "prune", value_parser = reason)]
    reason: Option<String>,
    /// Take out allows of kanwu.allow.toml that are of no use; without --reason, nothing is added
    #[arg(long)]
    prune: bool,
    /// The lowest level to allow
    #[arg(long, value_name = "LEVEL", default_value = "query")]
    level: Level,
}

/// A file of allows and what was done to it.
struct Change {
    ledger: Ledger,
    added: usize,
    dropped: usize,
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Error> {
    let mut finder = args.scope.finder(Part::default())?;
    let groups = args.scope.groups(&mut finder)?;
    let examined = args.scope.examine(groups)?;
    let mut changes = BTreeMap::new();
    let mut left = examined.idle.clone();
    if let Some(reason) = &args.reason {
        add(&examined, &mut finder, (args.level, reason), &mut changes)?;
    }
    if args.prune {
        for allow in &examined.stale {
            if prune(allow, &mut changes)? {
                left.retain(|idle| !is_of(idle, allow));
            }
        }
    }
    for Change { ledger, added, dropped } in changes.into_values() {
        let (path, count) = (shown(ledger.path()), ledger.len());
        ledger.write()?;
        written(writeln!(out, "{}: {added} added, {dropped} dropped, {count} in all", path.display()))?;
    }
    say_idle(&left);
    for (_, file) in &examined.files {
        if let Some(error) = &file.error {
            super::say(&format!("{}：{error}", file.path));
        }
    }
    Ok(if examined.files.iter().any(|(_, file)| file.error.is_some()) { Status::Failed } else { Status::Quiet })
}

/// Adds an allow for each place of each finding.
fn add(
    examined: &Examined,
    finder: &mut Finder,
    (level, reason): (Level, &str),
    changes: &mut BTreeMap<PathBuf, Change>,
) -> Result<(), Error> {
    for (first, (_, report)) in examined.files.iter().enumerate() {
        for finding in report.findings.iter().filter(|finding| finding.level <= level && finding.level != Level::Off) {
            for place in allowable(finding) {
                let file = examined.files.get(first + place.first().span.file as usize);
                let path = absolute(Path::new(file.map_or(&report.path, |(_, file)| &file.path)));
                let at = finder.ledger(&path)?;
                let file = relative(&path, at.parent().unwrap_or(Path::new("")));
                let change = open(at, changes)?;
                change.added += usize::from(change.ledger.add(Entry::new(&file, &finding.rule, quote(place), reason)));
            }
        }
    }
    Ok(())
}

/// Takes an allow out, if it stands in a file of allows.
fn prune(allow: &Arc<Allow>, changes: &mut BTreeMap<PathBuf, Change>) -> Result<bool, Error> {
    let Whence::File(file, _) = &allow.whence else { return Ok(false) };
    let path = file.root.join(crate::config::LEDGER);
    if Path::new(&file.name).file_name() != path.file_name() {
        return Ok(false);
    }
    let change = open(path, changes)?;
    let dropped = change.ledger.remove(allow);
    change.dropped += usize::from(dropped);
    Ok(dropped)
}

fn open(path: PathBuf, changes: &mut BTreeMap<PathBuf, Change>) -> Result<&mut Change, Error> {
    match changes.entry(path) {
        btree_map::Entry::Occupied(known) => Ok(known.into_mut()),
        btree_map::Entry::Vacant(place) => {
            let ledger = Ledger::open(place.key())?;
            Ok(place.insert(Change { ledger, added: 0, dropped: 0 }))
        }
    }
}

fn is_of(idle: &Idle, allow: &Allow) -> bool {
    let Whence::File(file, _) = &allow.whence else { return false };
    idle.path == file.name && Some(idle.line) == allow.whence.line()
}

fn reason(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("say why these findings may stand".into()) } else { Ok(text.to_string()) }
}
