/*!
What `kanwu check`, `kanwu allow` and others look at: the paths, what they are read as, and which configuration and rules
hold for them.

Files with one configuration run together, with one set of rules that is loaded once; the reports come back in the order
of the paths.
*/

use std::collections::HashSet;
use std::fs;
use std::io::{self, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::pack::{self, Choice};
use super::walk::{self, walk};
use super::{progress, say};
use crate::config::{self, Allow, Applied, At, Config, Finder, Part, Search, Whence};
use crate::engine::{self, FileReport, Input};
use crate::error::Error;
use crate::read::{Options, Revisions};
use crate::review::allow::{self, Allowed, Idle, Manuscript, Why};
use crate::rule::RuleSet;
use crate::text::encoding::Encoding;

#[derive(clap::Args)]
pub struct Scope {
    /// Files, or folders to search for manuscripts
    #[arg(value_name = "PATH", required_unless_present_any = ["stdin", "files_from"])]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub choice: Choice,
    /// Extend this profile: newspaper, official, thesis, court, or the path of a configuration
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Use this configuration for all files, instead of the kanwu.toml nearest above each
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,
    /// Use no configuration and no allows
    #[arg(long)]
    no_config: bool,
    /// The files are one manuscript: also compare them with one another
    #[arg(long)]
    pub together: bool,
    /// Check standard input under this name; name and content say what form it has
    #[arg(long, value_name = "NAME")]
    pub stdin: Option<PathBuf>,
    /// Also check the files and folders that this file lists, one a line or ended by NUL; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["stdin"])]
    files_from: Option<PathBuf>,
    /// The largest file to check, such as 500M or 2G; a Word file may unpack to four times as much, up to 1G. Plain text
    /// needs up to eight times its size in memory, and more where much is found in it
    #[arg(long, value_name = "SIZE", value_parser = super::size, default_value = "64M")]
    max_size: u64,
    /// Read the files in this encoding instead of the one they show
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// Read tracked changes of a Word file as made, or as not made
    #[arg(long, value_name = "HOW", value_enum, default_value = "accept")]
    revisions: Revisions,
    /// Nothing to check is no failure
    #[arg(long)]
    allow_empty: bool,
    /// How many files are checked at the same time [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// Inputs with one configuration.
pub struct Group {
    pub applied: Applied,
    pub inputs: Vec<Input>,
    /// The place of each input on the command line.
    order: Vec<usize>,
    /// The files whose allows hold.
    allowing: Vec<Arc<Config>>,
}

/// What was found, before anything is hidden.
pub struct Examined {
    /// In the order of the inputs, each with its group.
    pub files: Vec<(usize, FileReport)>,
    pub groups: Vec<(Applied, RuleSet)>,
    pub allowed: usize,
    /// Allows that are of no use.
    pub idle: Vec<Idle>,
    /// Those of them that stand in a configuration.
    pub stale: Vec<Arc<Allow>>,
}

/// The reports, each with its group, and what the groups ran with.
type Run<'r> = (&'r [(usize, FileReport)], &'r [(Applied, RuleSet)]);

impl Scope {
    /// The configurations, with what the command line settles above them.
    pub fn finder(&self, flags: Part) -> Result<Finder, Error> {
        let search = match (&self.config, self.no_config) {
            (Some(file), _) => Search::File(file.clone()),
            (None, true) => Search::Nowhere,
            (None, false) => Search::Upward,
        };
        let pack = |path: &PathBuf| At { value: path.clone(), whence: Whence::Flag("--rules") };
        let packs = self.choice.packs.iter().map(pack).collect();
        Finder::new(search, Part { packs, ..flags }, self.profile.as_deref())
    }

    /// The inputs by configuration; there is a group even when there is no input, so that its rules are loaded.
    pub fn groups(&self, finder: &mut Finder) -> Result<Vec<Group>, Error> {
        let inputs = self.inputs()?;
        let mut groups: Vec<Group> = Vec::new();
        let mut apart = false;
        for (place, input) in inputs.into_iter().enumerate() {
            let applied = finder.applied(input.path())?;
            let like = groups.iter_mut().position(|group| group.applied.is_like(&applied));
            apart |= like.is_none() && place > 0;
            let at = like.or_else(|| (self.together && place > 0).then_some(0)).unwrap_or(groups.len());
            if at == groups.len() {
                groups.push(Group::new(applied.clone()));
            }
            groups[at].add(&applied, input, place);
        }
        if self.together && apart {
            let first = groups[0].inputs[0].path().display();
            say(&format!("--together: the configuration of {first} holds for all files"));
        }
        if groups.is_empty() {
            let applied = finder.applied(Path::new("kanwu"))?;
            groups.push(Group::new(applied));
        }
        Ok(groups)
    }

    /// What to check, in the order of the command line; standard input comes first.
    fn inputs(&self) -> Result<Vec<Input>, Error> {
        let mut inputs = Vec::new();
        if let Some(name) = &self.stdin {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().take(self.max_size.saturating_add(1)).read_to_end(&mut bytes);
            read.map_err(|cause| super::failed("read", "standard input", cause))?;
            inputs.push(Input::Bytes { name: name.clone(), bytes });
        }
        let mut paths = self.paths.clone();
        if let Some(list) = &self.files_from {
            paths.extend(listed(list)?);
        }
        let walk = walk(&paths);
        if let Some(line) = walk.passed_over() {
            say(&line);
        }
        inputs.extend(walk.inputs);
        if self.allow_empty {
            inputs.retain(|input| !matches!(input, Input::Nothing(_)));
        }
        if self.together && inputs.len() > usize::from(u16::MAX) {
            let what = format!("{} files are too many for one manuscript", inputs.len());
            return Err(Error::Asked { what, help: Some(format!("--together takes up to {}", u16::MAX)) });
        }
        Ok(inputs)
    }

    /// How the files are read.
    pub fn reading(&self) -> Options {
        Options { encoding: self.encoding, revisions: self.revisions, largest: self.max_size }
    }

    /// Checks all groups and takes out what is allowed.
    pub fn examine(&self, groups: Vec<Group>) -> Result<Examined, Error> {
        let settings = engine::Settings { reading: self.reading(), threads: self.threads.map(NonZeroUsize::get) };
        let mut allowed = Allowed::default();
        let mut told = false;
        let (mut files, mut sets, mut all) = (Vec::new(), Vec::new(), Vec::new());
        for (number, group) in groups.into_iter().enumerate() {
            let mut set = group.applied.load()?;
            let known = names(&set);
            // A misspelt choice is said here and again, as a report that nothing was checked, in every format.
            if let Err(error) = pack::choose(&mut set, &self.choice)
                && !std::mem::replace(&mut told, true)
            {
                say(&format!("error: {error}"));
            }
            let reports = match self.together {
                true => engine::check_together(&group.inputs, &set, &settings),
                false => progress::check(&group.inputs, &set, &settings),
            };
            let allows = group.allows();
            let reports = self.left(reports, &allows, (&set, &known), &mut allowed);
            all.extend(allows);
            files.extend(group.order.iter().zip(reports).map(|(place, report)| (*place, number, report)));
            sets.push((group.applied, set));
        }
        files.sort_by_key(|(place, ..)| *place);
        let files: Vec<(usize, FileReport)> = files.into_iter().map(|(_, number, report)| (number, report)).collect();
        let stale = self.stale(all, (&files, &sets), &allowed);
        let idle = allowed.idle.into_iter().chain(stale.iter().filter_map(told_idle)).collect();
        Ok(Examined { files, groups: sets, allowed: allowed.count, idle, stale })
    }

    /// The reports without what is allowed.
    fn left(
        &self,
        mut reports: Vec<FileReport>,
        allows: &[Arc<Allow>],
        (set, known): (&RuleSet, &HashSet<String>),
        allowed: &mut Allowed,
    ) -> Vec<FileReport> {
        let paths: Vec<PathBuf> = reports.iter().map(|report| config::absolute(Path::new(&report.path))).collect();
        for first in 0..reports.len() {
            // The findings of a submission stand with its first file; those that follow are of files that were not read.
            if self.together && first > 0 && reports[first].findings.is_empty() {
                continue;
            }
            let findings = std::mem::take(&mut reports[first].findings);
            let last = if self.together && first == 0 { reports.len() } else { first + 1 };
            let (files, paths) = (&reports[first..last], &paths[first..last]);
            let manuscript = Manuscript { files, paths, allows, set, known };
            let left = manuscript.left(findings, allowed);
            reports[first].findings = left;
        }
        reports
    }

    /// The allows of no use, in the order of their places.
    fn stale(&self, mut allows: Vec<Arc<Allow>>, (files, sets): Run<'_>, allowed: &Allowed) -> Vec<Arc<Allow>> {
        let mut known = HashSet::new();
        allows.retain(|allow| known.insert(Arc::as_ptr(allow)));
        let checked: Vec<(PathBuf, &RuleSet)> = files
            .iter()
            .filter(|(_, file)| file.error.is_none())
            .map(|(group, file)| (config::absolute(Path::new(&file.path)), &sets[*group].1))
            .collect();
        let whole = files.len() == checked.len();
        let folders = self.paths.iter().filter(|path| whole && path.is_dir()).map(|path| config::absolute(path));
        allow::idle(&allows, &checked, &folders.collect::<Vec<_>>(), allowed)
    }
}

impl Group {
    fn new(applied: Applied) -> Group {
        let allowing = applied.allowing().cloned().collect();
        Group { applied, inputs: Vec::new(), order: Vec::new(), allowing }
    }

    /// Adds an input with a configuration that is alike but for its allows.
    fn add(&mut self, applied: &Applied, input: Input, place: usize) {
        for config in applied.allowing() {
            if self.allowing.iter().all(|known| !Arc::ptr_eq(known, config)) {
                self.allowing.push(config.clone());
            }
        }
        self.inputs.push(input);
        self.order.push(place);
    }

    /// Each allow once.
    pub fn allows(&self) -> Vec<Arc<Allow>> {
        let mut known = HashSet::new();
        let all = self.allowing.iter().flat_map(|config| &config.allows);
        all.filter(|allow| known.insert(Arc::as_ptr(allow))).cloned().collect()
    }
}

/// The paths of a list, one a line; where the list holds NUL, each is ended by one.
fn listed(list: &Path) -> Result<Vec<PathBuf>, Error> {
    let read = match list.to_str() {
        Some("-") => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        }
        _ => fs::read(list),
    };
    let bytes = read.map_err(|cause| super::failed("read the list of files", list, cause))?;
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines =
        bytes.split(|&byte| byte == end).map(|line| line.strip_suffix(b"\r").filter(|_| end != 0).unwrap_or(line));
    Ok(lines.filter(|line| !line.is_empty()).map(walk::path).collect())
}

fn told_idle(allow: &Arc<Allow>) -> Option<Idle> {
    let Whence::File(file, _) = &allow.whence else { return None };
    let line = allow.whence.line()?;
    let (rule, quote) = (allow.rule.value.clone(), allow.quote.to_string());
    Some(Idle { path: file.name.clone(), line, rule, quote, why: Why::Unused })
}

/// All names that rules and topics have or had.
pub fn names(set: &RuleSet) -> HashSet<String> {
    let mut names = HashSet::new();
    for rule in &set.rules {
        names.extend([rule.topic().to_string(), rule.id.to_string()]);
        names.extend(rule.was.iter().flat_map(|was| [was.to_string(), format!("{}/{was}", rule.topic())]));
    }
    names
}

/// Says on standard error which allows are of no use.
pub fn say_idle(idle: &[Idle]) {
    for Idle { path, line, rule, quote, why } in idle {
        let what = match why {
            Why::Unused => "没有用到",
            Why::NoReason => "没有写理由，不作数",
            Why::UnknownRule => "没有这条规则",
        };
        let quote =
            if quote.is_empty() { String::new() } else { format!(" “{}”", crate::report::width::visible(quote)) };
        say(&format!("{path}:{line}：这条放行{what}（{rule}{quote}）"));
    }
}
