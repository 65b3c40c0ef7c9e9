//! `--together`: one manuscript with several files. Names, forms and quantities are compared across them, and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kanwu::engine::{self, FileReport, Input, Settings};
use kanwu::finding::Finding;

use crate::support::{built_in, fixture};

fn together(texts: &[(&str, &str)]) -> Vec<FileReport> {
    let input = |(name, text): &(&str, &str)| Input::Bytes { name: name.into(), bytes: (*text).into() };
    let inputs: Vec<Input> = texts.iter().map(input).collect();
    engine::check_together(&inputs, built_in(), &Settings::default())
}

fn of<'r>(reports: &'r [FileReport], rule: &str) -> Vec<&'r Finding> {
    reports.iter().flat_map(|report| &report.findings).filter(|finding| &*finding.rule == rule).collect()
}

#[test]
fn a_name_written_two_ways_in_two_files() {
    let first = "渡口来了新站长\n\n站长周明远说，水涨了。周明远在渡口干了三年。周明远说，船还要修。\n";
    let second = "仓库里的账\n\n管账的人说，站长周明运来过两次，周明运介绍了情况。\n";
    let reports = together(&[("上.txt", first), ("下.txt", second)]);
    let found = of(&reports, "person/name-written-two-ways");
    assert_eq!(found.len(), 1, "{reports:?}");
    let files = (found[0].at.first().span.file, found[0].notes[0].at.first().span.file);
    assert_eq!((found[0].at.text(), files), ("周明运".to_string(), (1, 0)));
    for text in [first, second] {
        assert!(of(&together(&[("独.txt", text)]), "person/name-written-two-ways").is_empty());
    }
}

#[test]
fn a_quantity_restated_in_two_files() {
    let first = "清淤任务\n\n今年全县计划清淤渠道1350公里，三月开工。\n";
    let second = "完成情况\n\n今年全县计划清淤渠道1530公里，月底收尾。\n";
    let reports = together(&[("计划.txt", first), ("总结.txt", second)]);
    let found = of(&reports, "number/quantity-restated-differently");
    assert_eq!(found.len(), 1, "{reports:?}");
    assert_eq!((found[0].at.first().span.file, found[0].notes[0].at.first().span.file), (1, 0));
}

#[test]
fn a_form_that_two_files_write_differently() {
    let (first, second) = ("渔业集聚区建在湖东。集聚区有二十家工厂。\n", "聚集区明年还要扩大。\n");
    let reports = together(&[("甲.txt", first), ("乙.txt", second)]);
    assert_eq!(of(&reports, "consistency/two-forms-of-word").len(), 1);
}

#[test]
fn findings_stand_with_the_first_file_and_characters_with_their_own() {
    let reports = together(&[("甲.txt", "水涨了。\n"), ("乙.txt", "截止目前，水还在涨。\n")]);
    assert_eq!(reports.iter().map(|report| report.characters).collect::<Vec<_>>(), [4, 10]);
    assert_eq!((reports[0].findings.len(), reports[1].findings.len()), (1, 0));
    let edits = &reports[0].findings[0].fix.as_ref().expect("a fix").edits;
    assert!(edits.iter().all(|edit| edit.span.file == 1));
}

#[test]
fn what_cannot_be_read_fails_alone() {
    let inputs =
        [Input::File("无.txt".into()), Input::Bytes { name: "甲.txt".into(), bytes: "截止目前，水还在涨。\n".into() }];
    let reports = engine::check_together(&inputs, built_in(), &Settings::default());
    let status: Vec<(&str, bool)> =
        reports.iter().map(|report| (report.path.as_str(), report.error.is_some())).collect();
    assert_eq!(status, [("甲.txt", false), ("无.txt", true)]);
    assert_eq!(reports[0].findings.len(), 1);
}

/// What a finding says, without the number of its file.
fn said(finding: &Finding) -> String {
    let mut finding = finding.clone();
    finding.renumber(0);
    format!("{finding:?}")
}

fn compares(finding: &Finding) -> bool {
    let rule = &*finding.rule;
    let set = built_in();
    let check = &set.rule(rule).expect("a known rule").declaration().check;
    check == "variant" || check == "uniform" || rule.starts_with("number/quantity-")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        match path.is_dir() {
            true => files(&path, found),
            false if path.extension().is_some_and(|ending| ending == "txt") => found.push(path),
            false => {}
        }
    }
}

#[test]
fn nothing_else_compares_two_files() {
    let mut paths = Vec::new();
    for folder in ["allow", "annotated", "clean", "facts"] {
        files(&fixture(folder), &mut paths);
    }
    let inputs: Vec<Input> = paths.into_iter().map(Input::File).collect();
    let plain = |reports: Vec<FileReport>| -> BTreeSet<String> {
        let all = reports.iter().flat_map(|report| &report.findings);
        all.filter(|finding| !compares(finding)).map(said).collect()
    };
    let apart = plain(engine::check_files(&inputs, built_in(), &Settings::default()));
    let as_one = plain(engine::check_together(&inputs, built_in(), &Settings::default()));
    assert!(apart.len() > 50);
    assert_eq!(apart, as_one);
}
