//! The measures' own worked examples, and what bounds, ceilings and weights do.

use super::*;
use crate::finding::{Fix, Place, Safety};
use crate::text::{Form, Source};

const CLASSES: [Class; 13] = [
    Class::Char,
    Class::Fact,
    Class::Digits,
    Class::NumeralForm,
    Class::Foreign,
    Class::LetterForm,
    Class::VariantChar,
    Class::UnitTerm,
    Class::UnitSymbol,
    Class::Punctuation,
    Class::Numbering,
    Class::Layout,
    Class::Figure,
];

/// A finding that is the only one of its kind, at the given byte.
fn finding(class: Class, at: usize) -> Finding {
    let source = Source::from_text("稿.txt", "水".repeat(at + 20));
    let piece = Piece::new(&source, SourceSpan::new(0, at * 3, at * 3 + 18));
    Finding {
        rule: "sample/rule".into(),
        level: Level::Error,
        class,
        headline: false,
        message: format!("{at}"),
        at: Place { pieces: vec![piece] },
        notes: Vec::new(),
        help: None,
        fix: None,
        folded: Vec::new(),
    }
}

fn several(class: Class, count: usize) -> Vec<Finding> {
    (0..count).map(|at| finding(class, at)).collect()
}

fn run(name: &str, characters: usize, findings: Vec<Finding>) -> Score {
    let file = FileReport {
        path: "稿.txt".into(),
        form: Form::Text,
        encoding: None,
        characters,
        error: None,
        findings,
        leaves: Vec::new(),
    };
    score(measure(name).unwrap_or_else(|| panic!("no {name}")), &[&file])
}

fn points(name: &str, findings: Vec<Finding>) -> (f64, f64) {
    let score = run(name, 10_000, findings);
    (score.lower.points(), score.upper.points())
}

/// Replaces the first characters of the place.
fn fixed(mut finding: Finding, old: usize, text: &str) -> Finding {
    let start = finding.at.first().span.start as usize;
    let edits = vec![Edit { span: SourceSpan::new(0, start, start + old * 3), text: text.to_string() }];
    finding.fix = Some(Fix { title: "改".into(), edits, safety: Safety::Ask });
    finding
}

#[test]
fn the_worked_examples_hold() {
    assert!(!examples().is_empty());
    for example in examples() {
        let mut findings = Vec::new();
        for (class, count) in &example.findings {
            let from = findings.len();
            findings.extend((from..from + count).map(|at| finding(*class, at)));
        }
        let score = run(&example.measure, example.characters, findings);
        assert_eq!((score.lower.points(), score.lower.per_10000()), (example.points, example.per_10000), "{example:?}");
    }
}

#[test]
fn every_class_is_charged_by_one_line_of_every_measure() {
    for measure in measures() {
        for class in CLASSES {
            let lines = measure.lines.iter().filter(|line| line.classes.contains(&class)).count();
            assert_eq!(lines, 1, "{} {class:?}", measure.name);
        }
        assert!(measure.lines.iter().all(|line| !line.classes.contains(&Class::None)));
    }
}

#[test]
fn the_bounds_differ_by_what_is_not_certain() {
    let mut all = several(Class::Fact, 3);
    all[1].level = Level::Warning;
    all[2].level = Level::Query;
    all.push(finding(Class::None, 9));
    let mut off = finding(Class::Fact, 8);
    off.level = Level::Off;
    all.push(off);
    assert_eq!(points("newspaper-2020", all), (1.0, 3.0));
}

#[test]
fn headlines_weigh_double_in_words_and_not_in_marks() {
    let mut all = vec![finding(Class::Char, 0), finding(Class::Punctuation, 1)];
    all.iter_mut().for_each(|finding| finding.headline = true);
    assert_eq!(points("newspaper-2020", all.clone()), (2.1, 2.1));
    assert_eq!(points("periodical-2020", all), (1.1, 1.1));
}

#[test]
fn an_important_name_weighs_double_in_the_upper_bound_only() {
    let mut name = finding(Class::Fact, 0);
    name.rule = "person/name-written-two-ways".into();
    assert_eq!(points("newspaper-2020", vec![name.clone()]), (1.0, 2.0));
    name.headline = true;
    assert_eq!(points("newspaper-2020", vec![name.clone()]), (2.0, 2.0));
    assert_eq!(points("book-2004", vec![name]), (2.0, 2.0));
}

#[test]
fn the_same_fault_is_charged_three_times() {
    let mut same = several(Class::Char, 9);
    same.iter_mut().for_each(|finding| finding.message = "“希奇”应为“稀奇”".into());
    assert_eq!(points("newspaper-2020", same.clone()).0, 3.0);
    assert_eq!(points("book-2004", same.clone()).0, 4.0);
    let places = same.drain(1..).map(|finding| finding.at).collect();
    same[0].folded = places;
    assert_eq!(points("newspaper-2020", same).0, 3.0);
}

#[test]
fn marks_add_up_and_have_ceilings() {
    assert_eq!(points("newspaper-2020", several(Class::Punctuation, 219)).0, 21.9);
    assert_eq!(points("newspaper-2020", several(Class::NumeralForm, 30)).0, 1.0);
    let score = run("newspaper-2020", 20_000, several(Class::VariantChar, 30));
    assert_eq!((score.lower.points(), score.lower.verified(), score.lower.per_10000()), (1.5, 0.0, 0.75));
}

#[test]
fn more_characters_cost_more_and_a_transposition_is_one() {
    let of = |old, text: &str| points("newspaper-2020", vec![fixed(finding(Class::Char, 0), old, text)]).0;
    assert_eq!((of(1, "山"), of(2, "山高"), of(5, ""), of(6, ""), of(0, "一二三四五六")), (1.0, 2.0, 2.0, 4.0, 4.0));
    let mut turned = finding(Class::Char, 0);
    turned.at.pieces[0].text = "长水水水水水".into();
    assert_eq!(points("newspaper-2020", vec![fixed(turned, 2, "水长")]).0, 1.0);
}

#[test]
fn one_place_is_charged_once() {
    let mut twice = vec![finding(Class::Punctuation, 4), finding(Class::Fact, 4), finding(Class::Layout, 4)];
    twice[1].message = "另一条".into();
    assert_eq!(points("newspaper-2020", twice).0, 1.0);
}

#[test]
fn nothing_is_divided_by_nothing() {
    let score = run("newspaper-2020", 0, several(Class::Char, 1));
    assert_eq!((score.lower.points(), score.lower.per_10000()), (1.0, 0.0));
}
