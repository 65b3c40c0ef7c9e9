/*!
Layer 10: the report, and one small file for each format it can be written in.

A format is a pure function of the [`Report`]: it opens nothing, decides nothing and leaves no finding out.
*/

mod brief;
mod excerpt;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod pretty;
mod rdjson;
mod sarif;
mod spot;
mod uri;
pub mod width;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;
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
    /// The exit status of the run, where there is one.
    pub exit: Option<u8>,
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
    Sarif,
    Github,
    Gitlab,
    Junit,
    Rdjson,
    Html,
}

/// What a terminal can show, for the format that is for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub colour: bool,
    /// The folder that relative paths start from, where places are to be links.
    pub links: Option<PathBuf>,
}

/// Writes the report; the style concerns `pretty` alone.
///
/// # Errors
/// Whatever the writer says.
pub fn write(report: &Report, format: Format, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Pretty => pretty::write(report, style, out),
        Format::Brief => brief::write(report, out),
        Format::Json => json::write(report, out),
        Format::Jsonl => json::write_lines(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, out),
        Format::Gitlab => gitlab::write(report, out),
        Format::Junit => junit::write(report, out),
        Format::Rdjson => rdjson::write(report, out),
        Format::Html => html::write(report, out),
    }
}

impl Format {
    pub const ALL: [Format; 10] = [
        Format::Pretty,
        Format::Brief,
        Format::Json,
        Format::Jsonl,
        Format::Sarif,
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Rdjson,
        Format::Html,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Pretty => "pretty",
            Format::Brief => "brief",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
            Format::Junit => "junit",
            Format::Rdjson => "rdjson",
            Format::Html => "html",
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

    /// Whether a file has text; the places of one that has none mean nothing.
    pub fn is_read(&self, file: usize) -> bool {
        self.files.get(file).is_some_and(|file| file.encoding.is_some())
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

impl About {
    /// Why and whence, as one text.
    pub fn text(&self) -> String {
        if self.source.is_empty() { self.why.clone() } else { format!("{}（依据：{}）", self.why, self.source) }
    }
}

impl Finding {
    /// How many places it stands for.
    pub fn count(&self) -> usize {
        1 + self.folded.len()
    }
}
