//! Silence: on the fixtures of clean text nothing is found, and on edited text next to nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kanwu::finding::{Finding, Level};
use kanwu::manuscript::read_manuscript;
use kanwu::review::{Settings, review};
use kanwu::text::{Source, encoding};

use crate::support::{built_in, fixture};

/// Topics of form, which edited text really slips in; they have a ceiling of their own.
const FORM: [&str; 3] = ["punctuation/", "garbled/", "unit/"];

#[test]
fn clean_fixtures_are_silent() {
    for path in files(&fixture("clean")) {
        let (_, findings) = check(&path);
        let shown: Vec<String> = findings.iter().map(show).collect();
        assert!(findings.is_empty(), "{}:\n{}", path.display(), shown.join("\n"));
    }
}

#[test]
fn edited_text_is_next_to_silent() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/clean");
    if !folder.is_dir() {
        eprintln!("skipped: the corpus of edited text is not here");
        return;
    }
    let mut characters = 0;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for path in files(&folder) {
        let (count, findings) = check(&path);
        characters += count;
        for finding in &findings {
            let form = FORM.iter().any(|topic| finding.rule.starts_with(topic));
            let kind = match finding.level {
                Level::Query => "query",
                _ if form => "form",
                level => level.name(),
            };
            *counts.entry(kind).or_default() += 1;
        }
    }
    let per = |kind: &str| counts.get(kind).copied().unwrap_or(0) as f64 * 10_000.0 / characters as f64;
    eprintln!(
        "{characters} characters, findings per 10,000: {:?}",
        counts.keys().map(|kind| (*kind, per(kind))).collect::<Vec<_>>()
    );
    assert!(per("error") <= 0.1 && per("warning") <= 1.0 && per("form") <= 1.5 && per("query") <= 3.0);
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

fn check(path: &Path) -> (usize, Vec<Finding>) {
    let bytes = fs::read(path).expect("a file");
    let decoded = encoding::decode(&bytes, None).expect("text");
    let manuscript = read_manuscript(vec![Source::from_text(path, decoded.text)]);
    let findings = review(kanwu::engine::check(&manuscript, built_in()), Settings { level: Level::Query, fold: true });
    (manuscript.characters(), findings)
}

fn show(finding: &Finding) -> String {
    let place = finding.at.first();
    format!("{}:{} {} {} {}", place.line, place.column, finding.level.mark(), finding.rule, finding.message)
}
