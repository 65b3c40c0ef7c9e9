/*!
Layer 8: runs rules over manuscripts.

One manuscript at a time goes from bytes to findings and is dropped, its text with it; many do so side by side. Every
check runs behind a [`fence`]: what a broken check does to itself it must not do to the other checks, the other files or
the person waiting. What could not be read is a finding too, so that no format can lose it.

Nothing here decides what is shown or how; that is for the review and the report.
*/

mod fence;
mod open;
mod submission;

use std::path::PathBuf;

use rayon::prelude::*;

use crate::facts::Context;
use crate::finding::{Finding, Level};
use crate::manuscript::{Manuscript, lay_out};
use crate::read::Options;
use crate::rule::{Rule, RuleSet};
use crate::text::encoding::Encoding;
use crate::text::{Form, Leave};

pub use open::{Fault, FaultKind, open};
pub use submission::check_together;

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
    pub reading: Options,
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
    pub form: Form,
    /// None when the file has no text.
    pub encoding: Option<Encoding>,
    /// Characters that are not white space.
    pub characters: usize,
    /// Why the file was not checked, or not wholly.
    pub error: Option<String>,
    pub findings: Vec<Finding>,
    /// Leaves to let findings stand that are written into the file, each with the line on which its scope begins.
    pub leaves: Vec<(u32, Leave)>,
}

/// The rule of the finding that a panicking check leaves.
pub const CHECK_PANICKED: &str = "engine/check-panicked";

/// The mechanism of rules that only declare what the reader and the engine report.
pub const DECLARED_ONLY: &str = "reading";

/// Checks the inputs in parallel; the reports come in the order of the inputs.
pub fn check_files(inputs: &[Input], set: &RuleSet, settings: &Settings) -> Vec<FileReport> {
    check_watched(inputs, set, settings, &|| ())
}

/// Does the same and calls `done` after each file, from any thread.
pub fn check_watched(
    inputs: &[Input],
    set: &RuleSet,
    settings: &Settings,
    done: &(dyn Fn() + Sync),
) -> Vec<FileReport> {
    let one = |input: &Input| {
        let report = check_file(input, set, settings);
        done();
        report
    };
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
    run_all(manuscript, set, |_| true)
}

fn run_all(manuscript: &Manuscript, set: &RuleSet, wanted: impl Fn(&Rule) -> bool) -> Vec<Finding> {
    let hits = set.scan.hits(&manuscript.text);
    let context = Context::new(manuscript, &hits);
    let awake = hits.awake();
    let rules = set.rules.iter().filter(|rule| wanted(rule) && rule.is_awake(&awake));
    rules.flat_map(|rule| run(rule, &context, set)).collect()
}

fn run(rule: &Rule, context: &Context, set: &RuleSet) -> Vec<Finding> {
    fence::fenced(|| rule.run(context)).unwrap_or_else(|said| {
        let fault = Fault::new(FaultKind::CheckPanicked, format!("规则 {} 自身出错，没有查完：{said}", rule.id));
        vec![fault.finding(context.manuscript.sources.first(), set)]
    })
}

/// One input as a manuscript, and its findings.
///
/// # Errors
/// Whatever stands between the input and its findings, a broken check too.
pub fn examine(input: &Input, set: &RuleSet, reading: Options) -> Result<(Manuscript, Vec<Finding>), Fault> {
    if !has_rules(set) {
        return Err(no_rules());
    }
    let read = fence::fenced(|| open(input, reading).map(|document| lay_out(vec![document])));
    let manuscript = read.unwrap_or_else(|said| Err(reader_panicked(&said)))?;
    let findings = check(&manuscript, set);
    match findings.iter().find(|finding| &*finding.rule == CHECK_PANICKED) {
        Some(broken) => Err(Fault::new(FaultKind::CheckPanicked, &broken.message)),
        None => Ok((manuscript, findings)),
    }
}

fn no_rules() -> Fault {
    Fault::new(FaultKind::NoRules, "没有可用的规则，什么也没有检查")
}

fn reader_panicked(said: &str) -> Fault {
    Fault::new(FaultKind::ReaderPanicked, format!("读稿时程序自身出错，没有检查：{said}"))
}

fn check_file(input: &Input, set: &RuleSet, settings: &Settings) -> FileReport {
    let path = input.path().display().to_string();
    if !has_rules(set) {
        return failed(path, &no_rules(), set);
    }
    let checked = fence::fenced(|| match open(input, settings.reading) {
        Ok(document) => submission::check_documents(vec![document], set).remove(0),
        Err(fault) => failed(path.clone(), &fault, set),
    });
    checked.unwrap_or_else(|said| failed(path, &reader_panicked(&said), set))
}

fn failed(path: String, fault: &Fault, set: &RuleSet) -> FileReport {
    let finding = fault.finding(None, set);
    let error = Some(fault.what.clone());
    FileReport {
        path,
        form: Form::Text,
        encoding: None,
        characters: 0,
        error,
        findings: vec![finding],
        leaves: Vec::new(),
    }
}

/// Whether any rule of the set can find something.
fn has_rules(set: &RuleSet) -> bool {
    set.rules.iter().any(|rule| rule.mechanism != DECLARED_ONLY && rule.level != Level::Off)
}

impl Input {
    /// The path as the user gave it.
    pub fn path(&self) -> &PathBuf {
        match self {
            Input::File(path) | Input::Nothing(path) | Input::Bytes { name: path, .. } => path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{self, Pack};

    const PACK: &str = r#"
        [[rule]]
        id = "first"
        check = "phrase"
        with = { wrong = "希奇" }
        level = "error"
        message = "“{wrong}”"
        why = "试"
        source = "试"
        bad = ["⟦希奇⟧"]
        good = ["稀奇"]

        [[rule]]
        id = "second"
        check = "phrase"
        with = { wrong = "水位" }
        level = "query"
        message = "“{wrong}”"
        why = "试"
        source = "试"
        bad = ["⟦水位⟧"]
        good = ["水面"]
    "#;

    fn set() -> RuleSet {
        let pack = Pack {
            topic: "sample".to_string(),
            name: "sample.toml".to_string(),
            text: PACK.into(),
            folder: None,
            examples: false,
        };
        rule::load(&[pack], &rule::Settings::default()).unwrap_or_else(|error| panic!("{error}"))
    }

    fn bytes(name: &str, text: &str) -> Input {
        Input::Bytes { name: name.into(), bytes: text.into() }
    }

    fn rules(report: &FileReport) -> Vec<&str> {
        report.findings.iter().map(|finding| &*finding.rule).collect()
    }

    #[test]
    fn a_panicking_check_is_a_finding_and_everything_else_goes_on() {
        let mut set = set();
        set.rules[0].body_mut().check =
            Box::new(|context, _| assert!(!context.manuscript.text.contains('错'), "不认识“错”"));
        let inputs = [bytes("甲.txt", "水位错了。"), bytes("乙.txt", "水位涨了。")];
        let reports = check_files(&inputs, &set, &Settings::default());
        assert_eq!(rules(&reports[0]), [CHECK_PANICKED, "sample/second"]);
        assert_eq!(reports[0].error.as_deref(), Some("规则 sample/first 自身出错，没有查完：不认识“错”"));
        assert_eq!(reports[0].findings[0].at.first().column, 1);
        assert_eq!((rules(&reports[1]), &reports[1].error), (vec!["sample/second"], &None));
    }

    #[test]
    fn a_set_without_rules_passes_nothing() {
        let reports = check_files(&[bytes("甲.txt", "水位。")], &RuleSet::default(), &Settings::default());
        assert_eq!((rules(&reports[0]), reports[0].error.is_some()), (vec!["engine/no-rules"], true));
    }

    #[test]
    fn broken_bytes_are_pointed_at() {
        let mut text = "水面很高，".repeat(60).into_bytes();
        text.extend([0xFF]);
        text.extend("水位也高。".bytes());
        let input = Input::Bytes { name: "甲.txt".into(), bytes: text };
        let report = check_files(&[input], &set(), &Settings::default()).remove(0);
        assert_eq!(rules(&report), ["reading/replaced-bytes", "sample/second"]);
        assert_eq!((report.findings[0].at.first().column, report.findings[0].level), (301, Level::Warning));
        assert_eq!(report.error, None);
    }

    #[test]
    fn every_fault_is_declared() {
        let declared = rule::load(&rule::embedded(), &rule::Settings::default());
        let declared = declared.unwrap_or_else(|error| panic!("{error}"));
        for kind in FaultKind::ALL {
            let rule = declared.rule(kind.rule()).unwrap_or_else(|| panic!("{} is not declared", kind.rule()));
            assert_eq!((&*rule.mechanism, rule.level), (DECLARED_ONLY, kind.level()), "{}", rule.id);
        }
    }
}
