/*!
A submission: several files that are one manuscript.

Names, forms of words and quantities are compared across its files, by the mechanisms that are made for it; every other
rule looks at each file by itself, as if it had come alone. A manuscript of one file is the usual case of it.
*/

use super::{CHECK_PANICKED, FileReport, Input, Settings, check, check_file, failed, has_rules, reader_panicked};
use super::{fence, open, run_all};
use crate::finding::Finding;
use crate::manuscript::lay_out;
use crate::read::Document;
use crate::rule::{Rule, RuleSet};
use crate::text::{Leave, Source};

/// Checks the inputs as one manuscript. Its files come first, in the order of the inputs, its findings with the first of
/// them; then what could not be read, each for itself.
pub fn check_together(inputs: &[Input], set: &RuleSet, settings: &Settings) -> Vec<FileReport> {
    if !has_rules(set) {
        return inputs.iter().map(|input| check_file(input, set, settings)).collect();
    }
    let (mut documents, mut unread) = (Vec::new(), Vec::new());
    for input in inputs {
        let path = || input.path().display().to_string();
        match fence::fenced(|| open::open(input, settings.reading)) {
            Ok(Ok(document)) => documents.push(document),
            Ok(Err(fault)) => unread.push(failed(path(), &fault, set)),
            Err(said) => unread.push(failed(path(), &reader_panicked(&said), set)),
        }
    }
    let paths: Vec<String> = documents.iter().map(|document| document.source.name()).collect();
    let checked = fence::fenced(|| check_documents(documents, set))
        .unwrap_or_else(|said| paths.into_iter().map(|path| failed(path, &reader_panicked(&said), set)).collect());
    checked.into_iter().chain(unread).collect()
}

/// Checks the documents of one manuscript; there is a report for each.
pub(super) fn check_documents(documents: Vec<Document>, set: &RuleSet) -> Vec<FileReport> {
    let sources = documents.iter().enumerate();
    let replaced = sources.filter_map(|(file, document)| open::replaced_bytes(&document.source, file as u16, set));
    let mut findings: Vec<Finding> = replaced.collect();
    let manuscript = if documents.len() == 1 {
        let manuscript = lay_out(documents);
        findings.extend(check(&manuscript, set));
        manuscript
    } else {
        findings.extend(alone(&documents, set));
        let manuscript = lay_out(documents);
        findings.extend(run_all(&manuscript, set, is_across));
        manuscript
    };
    let broken = findings.iter().find(|finding| &*finding.rule == CHECK_PANICKED);
    let error = broken.map(|finding| finding.message.clone());
    let report = |source: &Source| FileReport {
        error: error.clone(),
        findings: std::mem::take(&mut findings),
        ..FileReport::of(source)
    };
    manuscript.sources.iter().map(report).collect()
}

/// The findings of all rules that look at each file of a submission by itself.
fn alone(documents: &[Document], set: &RuleSet) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, document) in documents.iter().enumerate() {
        let manuscript = lay_out(vec![document.clone()]);
        let mut own = run_all(&manuscript, set, |rule| !is_across(rule));
        own.iter_mut().for_each(|finding| finding.renumber(file as u16));
        findings.extend(own);
    }
    findings
}

/// Whether a rule compares the files of a submission with one another. No other rule ever compares two files.
fn is_across(rule: &Rule) -> bool {
    match &*rule.mechanism {
        "variant" | "uniform" => true,
        "arithmetic" => rule.declaration().with.get("fault").is_some_and(|fault| fault == "restated"),
        _ => false,
    }
}

impl FileReport {
    /// What there is to say of a file before anything is found.
    pub fn of(source: &Source) -> Self {
        let line = |leave: &Leave| source.position(leave.scope.start).line;
        FileReport {
            path: source.name(),
            form: source.form,
            encoding: Some(source.encoding),
            characters: source.characters,
            error: None,
            findings: Vec::new(),
            leaves: source.leaves.iter().map(|leave| (line(leave), leave.clone())).collect(),
        }
    }
}

impl Finding {
    /// Says which of a manuscript's sources it is about.
    pub fn renumber(&mut self, file: u16) {
        let notes = self.notes.iter_mut().map(|note| &mut note.at);
        for place in std::iter::once(&mut self.at).chain(&mut self.folded).chain(notes) {
            place.pieces.iter_mut().for_each(|piece| piece.span.file = file);
        }
        self.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| edit.span.file = file);
    }
}
