/*!
Layer 10: the report, and one small file for each format it can be written in.

A format is a pure function of the [`Report`]: it opens nothing, decides nothing and leaves no finding out.
*/

mod brief;
mod excerpt;
mod json;
mod pretty;
pub mod width;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use crate::finding::{Finding, Level};
use crate::review::allow::Idle;
use crate::rule::{Rule, RuleSet};
use crate::score::Score;

pub use crate::engine::FileReport;

/// What was checked and what was found, reviewed and in order.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// In the order of the inputs. A manuscript's findings stand with the first of its files.
    pub files: Vec<FileReport>,
    /// What there is to say about the rules that found something.
    pub rules: BTreeMap<Arc<str>, About>,
    /// What an official measure charges, when one was asked for.
    pub score: Option<Score>,
    /// Whether the files are one manuscript.
    pub together: bool,
    /// Places that a person has accepted.
    pub allowed: usize,
    /// Allows that are of no use.
    pub idle: Vec<Idle>,
}

/// Why a rule exists and whence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub why: String,
    pub source: String,
}

/// Places by level; folded places count one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub error: usize,
    pub warning: usize,
    pub query: usize,
    /// Findings that a person has accepted.
    pub allowed: usize,
}

/// The formats a report can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Pretty,
    Brief,
    Json,
    Jsonl,
}

/// Writes the report; `colour` concerns the formats that are for a terminal.
///
/// # Errors
/// Whatever the writer says.
pub fn write(report: &Report, format: Format, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Pretty => pretty::write(report, colour, out),
        Format::Brief => brief::write(report, out),
        Format::Json => json::write(report, out),
        Format::Jsonl => json::write_lines(report, out),
    }
}

impl Format {
    pub const ALL: [Format; 4] = [Format::Pretty, Format::Brief, Format::Json, Format::Jsonl];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Pretty => "pretty",
            Format::Brief => "brief",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
        }
    }
}

impl Report {
    /// A report on files, with what the set says of the rules that found something.
    pub fn new(files: Vec<FileReport>, set: &RuleSet) -> Self {
        let mut report = Report { files, ..Report::default() };
        report.explain(set);
        report
    }

    /// Adds what another set says of the rules that found something.
    pub fn explain(&mut self, set: &RuleSet) {
        let found = self.files.iter().flat_map(|file| &file.findings).map(|finding| finding.rule.clone());
        let found: BTreeSet<Arc<str>> = found.collect();
        let about =
            |rule: &Rule| About { why: rule.declaration().why.clone(), source: rule.declaration().source.clone() };
        let rules = set.rules.iter().filter(|rule| found.contains(&rule.id));
        self.rules.extend(rules.map(|rule| (rule.id.clone(), about(rule))));
    }

    /// The findings in order, each with the index of its manuscript's first file, for [`Report::path`].
    pub fn findings(&self) -> impl Iterator<Item = (usize, &Finding)> {
        self.files
            .iter()
            .enumerate()
            .flat_map(|(first, file)| file.findings.iter().map(move |finding| (first, finding)))
    }

    /// The path of the file that a piece of a finding lies in.
    pub fn path(&self, first: usize, file: u16) -> &str {
        self.files.get(first + file as usize).or(self.files.get(first)).map_or("", |file| &file.path)
    }

    /// Counts the places by level.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { allowed: self.allowed, ..Summary::default() };
        for (_, finding) in self.findings() {
            match finding.level {
                Level::Error => summary.error += finding.count(),
                Level::Warning => summary.warning += finding.count(),
                Level::Query => summary.query += finding.count(),
                Level::Off => {}
            }
        }
        summary
    }
}

impl Finding {
    /// How many places it stands for.
    pub fn count(&self) -> usize {
        1 + self.folded.len()
    }
}
