/*!
Layer 7: runs rules over manuscripts.

One manuscript at a time goes from bytes to findings and is dropped, its text with it; many do so side by side. Every
check runs behind a [`fence`]: what a broken check does to itself it must not do to the other checks, the other files or
the person waiting. What could not be read is a finding too, so that no format can lose it.

Nothing here decides what is shown or how; that is for [`review`](crate::review) and [`report`](crate::report).
*/

mod fence;
mod open;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::facts::Context;
use crate::finding::{Finding, Level};
use crate::manuscript::{Manuscript, read_manuscript};
use crate::rule::{Rule, RuleSet};
use crate::text::Source;
use crate::text::encoding::Encoding;

pub use open::{Fault, FaultKind, MAX_BYTES, open};

/// Something to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    File(PathBuf),
    /// Bytes that are no file: standard input, an editor's buffer.
    Bytes {
        name: PathBuf,
        bytes: Vec<u8>,
    },
    /// A place that was asked for and holds no manuscript, such as an empty folder.
    Nothing(PathBuf),
}

/// How to read and run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// The encoding a person named, instead of the one the bytes show.
    pub encoding: Option<Encoding>,
    /// Threads to use; none means one for each core. The result does not depend on it.
    pub threads: Option<usize>,
}

/// What became of one file.
///
/// The files of one manuscript stand together, and its findings with the first of them: a piece's `span.file` counts from
/// there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    pub path: String,
    /// None when the file has no text.
    pub encoding: Option<Encoding>,
    /// Characters that are not white space.
    pub characters: usize,
    /// Why the file was not checked, or not wholly.
    pub error: Option<String>,
    pub findings: Vec<Finding>,
}

/// The rule of the finding that a panicking check leaves.
pub const CHECK_PANICKED: &str = "engine/check-panicked";

/// The mechanism of rules that only declare what the reader and the engine report.
pub const DECLARED_ONLY: &str = "reading";

/// Checks the inputs in parallel; the reports come in the order of the inputs.
pub fn check_files(inputs: &[Input], set: &RuleSet, settings: &Settings) -> Vec<FileReport> {
    let one = |input: &Input| check_file(input, set, settings);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads.unwrap_or(0));
    let pool = if inputs.len() > 1 && settings.threads != Some(1) { pool.build().ok() } else { None };
    match pool {
        Some(pool) => pool.install(|| inputs.par_iter().map(one).collect()),
        None => inputs.iter().map(one).collect(),
    }
}

/// The findings of all rules on one manuscript, in the order of the rules.
///
/// A check that panics leaves one finding `engine/check-panicked` in place of its own.
pub fn check(manuscript: &Manuscript, set: &RuleSet) -> Vec<Finding> {
    let hits = set.scan.hits(&manuscript.text);
    let context = Context::new(manuscript, &hits);
    set.rules.iter().flat_map(|rule| run(rule, &context, set)).collect()
}

fn run(rule: &Rule, context: &Context, set: &RuleSet) -> Vec<Finding> {
    fence::fenced(|| rule.run(context)).unwrap_or_else(|said| {
        let fault = Fault::new(FaultKind::CheckPanicked, format!("规则 {} 自身出错，没有查完：{said}", rule.id));
        vec![fault.finding(context.manuscript.sources.first(), set)]
    })
}

fn check_file(input: &Input, set: &RuleSet, settings: &Settings) -> FileReport {
    let path = input.path().display().to_string();
    if !has_rules(set) {
        return failed(path, &Fault::new(FaultKind::NoRules, "没有可用的规则，什么也没有检查"), set);
    }
    let checked = fence::fenced(|| match open(input, settings.encoding) {
        Ok(source) => check_source(source, set),
        Err(fault) => failed(path.clone(), &fault, set),
    });
    checked.unwrap_or_else(|said| {
        failed(path, &Fault::new(FaultKind::ReaderPanicked, format!("读稿时程序自身出错，没有检查：{said}")), set)
    })
}

fn check_source(source: Source, set: &RuleSet) -> FileReport {
    let replaced = open::replaced_bytes(&source, set);
    let manuscript = read_manuscript(vec![source]);
    let mut findings: Vec<Finding> = replaced.into_iter().collect();
    findings.extend(check(&manuscript, set));
    let source = &manuscript.sources[0];
    FileReport {
        path: source.name(),
        encoding: Some(source.encoding),
        characters: manuscript.characters(),
        error: findings.iter().find(|finding| &*finding.rule == CHECK_PANICKED).map(|finding| finding.message.clone()),
        findings,
    }
}

fn failed(path: String, fault: &Fault, set: &RuleSet) -> FileReport {
    let finding = fault.finding(None, set);
    FileReport { path, encoding: None, characters: 0, error: Some(fault.what.clone()), findings: vec![finding] }
}

/// Whether any rule of the set can find something.
fn has_rules(set: &RuleSet) -> bool {
    set.rules.iter().any(|rule| rule.declaration.check != DECLARED_ONLY && rule.stamp.level != Level::Off)
}

impl Input {
    /// The path as the user gave it.
    pub fn path(&self) -> &PathBuf {
        match self {
            Input::File(path) | Input::Nothing(path) | Input::Bytes { name: path, .. } => path,
        }
    }
}
