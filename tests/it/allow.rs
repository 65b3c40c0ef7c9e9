//! Allows hold on to their places while the manuscript is edited, and to no other place.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use kanwu::config::{Allow, At, Quote, Whence};
use kanwu::engine::{self, FileReport, Input, Settings};
use kanwu::finding::{Finding, Level, Place};
use kanwu::review::allow::{Allowed, Manuscript, Why, quote};
use kanwu::text::{Leave, SourceSpan};

use crate::support::{built_in, fixture};

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit
    }
}

/// An edit of a text: what is replaced by what.
struct Edit {
    start: usize,
    end: usize,
    text: String,
}

const PHRASES: [&str; 8] = ["后来", "据说", "这件事", "，大家都知道", "又过了几天", "。天晴了", "不多不少", "两岸的人"];

fn report(text: &str) -> FileReport {
    let input = Input::Bytes { name: "稿.txt".into(), bytes: text.into() };
    engine::check_files(&[input], built_in(), &Settings::default()).remove(0)
}

/// Places with their rules.
type Found = Vec<(String, Place)>;

fn places(findings: &[Finding]) -> Found {
    let all = findings.iter().filter(|finding| finding.level != Level::Off);
    all.flat_map(|finding| {
        let places = std::iter::once(&finding.at).chain(&finding.folded);
        places.map(|place| (finding.rule.to_string(), place.clone()))
    })
    .collect()
}

fn allow(rule: &str, quote: Quote) -> Arc<Allow> {
    let whence = Whence::Flag("test");
    let rule = At { value: rule.to_string(), whence: whence.clone() };
    Arc::new(Allow { rule, file: None, quote, reason: "试".to_string(), whence })
}

/// The places that are left of a text's findings.
fn left(text: &str, allows: &[Arc<Allow>]) -> (Found, Found) {
    let report = report(text);
    let all = places(&report.findings);
    let known = [].into();
    let manuscript =
        Manuscript { files: std::slice::from_ref(&report), paths: &[], allows, set: built_in(), known: &known };
    let left = manuscript.left(report.findings.clone(), &mut Allowed::default());
    (all, places(&left))
}

/// A random edit that touches none of the places.
fn edit(dice: &mut Dice, text: &str, kept: &[(usize, usize)]) -> Edit {
    loop {
        let at: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let from = dice.below(at.len());
        let phrase = PHRASES[dice.below(PHRASES.len())];
        let edit = match dice.below(3) {
            0 => Edit { start: at[from], end: at[from], text: phrase.to_string() },
            1 => {
                let to = (from + 1 + dice.below(6)).min(at.len() - 1);
                Edit { start: at[from], end: at[to], text: String::new() }
            }
            _ => {
                let start = text[..at[from]].rfind('\n').map_or(0, |line| line + 1);
                let end = text[at[from]..].find('\n').map_or(text.len(), |line| at[from] + line);
                Edit {
                    start, end, text: format!("{phrase}，这一行是后来补写的，与上下文没有关系。")
                }
            }
        };
        let touches = |(start, end): &(usize, usize)| edit.start < *end && *start < edit.end;
        let whole = !text[edit.start..edit.end].contains('\n');
        if whole && !kept.iter().any(touches) {
            return edit;
        }
    }
}

fn moved(edit: &Edit, place: (usize, usize)) -> (usize, usize) {
    let shift = |at: usize| if at >= edit.end { at + edit.text.len() - (edit.end - edit.start) } else { at };
    (shift(place.0), shift(place.0) + place.1 - place.0)
}

fn span(place: &Place) -> (usize, usize) {
    let (first, last) = (place.first().span, place.pieces.last().expect("a piece").span);
    (first.start as usize, last.end as usize)
}

/// How many allows still meet their finding, of how many findings that are still there; none may meet another.
fn survive(text: &str, edits: usize, together: bool, seed: u64) -> (usize, usize) {
    let mut dice = Dice(seed);
    let all = places(&report(text).findings);
    assert!(all.len() >= 8, "the manuscript has too few faults: {}", all.len());
    let allowed: Vec<&(String, Place)> = all.iter().step_by(2).collect();
    let allows: Vec<Arc<Allow>> = allowed.iter().map(|(rule, place)| allow(rule, quote(place))).collect();
    let (mut held, mut there) = (0, 0);
    let start: Vec<(usize, usize)> = all.iter().map(|(_, place)| span(place)).collect();
    let (mut now, mut kept) = (text.to_string(), start.clone());
    for round in 0..edits {
        if !together {
            (now, kept) = (text.to_string(), start.clone());
        }
        let edit = edit(&mut dice, &now, &kept);
        now.replace_range(edit.start..edit.end, &edit.text);
        kept.iter_mut().for_each(|place| *place = moved(&edit, *place));
        if together && round + 1 < edits {
            continue;
        }
        let (found, left) = left(&now, &allows);
        let name = |(rule, place): &(String, Place)| (rule.clone(), span(place));
        let meant: Vec<(String, (usize, usize))> =
            all.iter().zip(&kept).step_by(2).map(|((rule, _), place)| (rule.clone(), *place)).collect();
        for place in &found {
            let gone = !left.contains(place);
            if meant.contains(&name(place)) {
                there += 1;
                held += usize::from(gone);
            } else {
                assert!(!gone, "an allow drifted to {:?} in\n{now}", place.1.text());
            }
        }
    }
    (held, there)
}

#[test]
fn allows_survive_edits_and_never_drift() {
    let (mut held, mut there) = (0, 0);
    for (number, text) in manuscripts().iter().enumerate() {
        let (more, of) = survive(text, 60, false, number as u64);
        (held, there) = (held + more, there + of);
    }
    println!("{held} of {there} allows hold after one edit");
    assert!(there > 3000, "{there}");
    assert!(held as f64 >= 0.98 * there as f64, "{held} of {there}");
}

#[test]
fn allows_survive_a_revision() {
    let whole = manuscripts().join("\n");
    let (mut held, mut there) = (0, 0);
    for seed in 0..20 {
        let (more, of) = survive(&whole, 30, true, seed);
        (held, there) = (held + more, there + of);
    }
    println!("{held} of {there} allows hold after thirty edits of {} characters", whole.chars().count());
    assert!(there > 800, "{there}");
    assert!(held as f64 >= 0.98 * there as f64, "{held} of {there}");
}

#[test]
fn allowing_everything_leaves_nothing() {
    for text in manuscripts().iter().chain([&fs::read_to_string(fixture("page.txt")).expect("the page")]) {
        let all = places(&report(text).findings);
        let allows: Vec<Arc<Allow>> = all.iter().map(|(rule, place)| allow(rule, quote(place))).collect();
        let (_, left) = left(text, &allows);
        assert!(left.is_empty(), "{left:?}");
    }
}

fn manuscripts() -> Vec<String> {
    let mut paths: Vec<_> =
        fs::read_dir(fixture("allow")).expect("manuscripts").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("a manuscript")).collect()
}

fn leave(rule: &str, reason: &str, text: &str, scope: &str) -> (u32, Leave) {
    let start = text.find(scope).expect("it is there");
    let scope = SourceSpan::new(0, start, start + scope.len());
    (3, Leave { rule: rule.to_string(), reason: reason.to_string(), scope })
}

/// The rules of the places that are left beside leaves, and why leaves are of no use.
fn beside(text: &str, leaves: Vec<(u32, Leave)>) -> (BTreeMap<String, usize>, Vec<Why>) {
    let report = FileReport { leaves, ..report(text) };
    let known = ["spelling".to_string(), "wording".to_string(), "wording/cut-off-for-as-of".to_string()].into();
    let set = built_in();
    let manuscript = Manuscript { files: std::slice::from_ref(&report), paths: &[], allows: &[], set, known: &known };
    let mut allowed = Allowed::default();
    let mut rules = BTreeMap::new();
    for (rule, _) in places(&manuscript.left(report.findings.clone(), &mut allowed)) {
        *rules.entry(rule).or_default() += 1;
    }
    (rules, allowed.idle.iter().map(|idle| idle.why).collect())
}

#[test]
fn a_leave_in_the_manuscript_holds_in_its_scope() {
    let text = "截止目前，渡口停航。他希奇地看着。截止目前，水还在涨。\n";
    let count = |leaves| beside(text, leaves).0.values().sum::<usize>();
    assert_eq!(count(vec![]), 3);
    assert_eq!(count(vec![leave("wording", "原话", text, "截止目前，渡口停航。")]), 2);
    assert_eq!(count(vec![leave("wording/cut-off-for-as-of", "原话", text, "截止目前，渡口停航。他希奇")]), 2);
    assert_eq!(count(vec![leave("", "原话", text, "截止目前，渡口停航。他希奇")]), 1);
}

#[test]
fn a_leave_of_no_use_is_told() {
    let text = "截止目前，渡口停航。\n";
    let why = |rule, reason, scope| beside(text, vec![leave(rule, reason, text, scope)]);
    let (left, told) = why("wording", " ", "截止目前");
    assert_eq!((left.len(), told), (1, vec![Why::NoReason]));
    assert_eq!(why("wording", "原话", "渡口").1, [Why::Unused]);
    assert_eq!(why("wordings", "原话", "截止目前").1, [Why::UnknownRule]);
    assert_eq!(why("wording", "原话", "截止目前").1, []);
}
