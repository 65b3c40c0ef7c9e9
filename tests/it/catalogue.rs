//! The catalogue of rules: current, complete, and measured.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;

use kanwu::catalogue::{Figures, coverage, measured, readme};
use kanwu::rule::built_in;

/// Checks of the inventory.
const CHECKS: usize = 114;

fn rules(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules").join(file)
}

/// `KANWU_BLESS=1` rewrites it.
#[test]
fn the_catalogue_is_current() {
    let now = readme(&built_in().expect("the built-in packs hold"));
    let path = rules("README.md");
    if env::var_os("KANWU_BLESS").is_some() {
        fs::write(&path, &now).expect("the catalogue can be written");
        return;
    }
    let then = fs::read_to_string(&path).unwrap_or_default();
    let differs = now.lines().zip(then.lines().chain(std::iter::repeat(""))).find(|(now, then)| now != then);
    assert!(now == then, "rules/README.md is not current; KANWU_BLESS=1 rewrites it. First: {differs:?}");
}

#[test]
fn every_check_has_a_rule_or_a_reason() {
    let set = built_in().expect("the built-in packs hold");
    let known: BTreeSet<&str> = set.rules.iter().map(|rule| &*rule.id).collect();
    let rows = coverage();
    let checks: BTreeSet<&str> = rows.iter().map(|row| row.check).collect();
    assert_eq!((rows.len(), checks.len()), (CHECKS, CHECKS), "a check is missing or stands twice");
    for row in &rows {
        assert!(!row.name.is_empty(), "{} has no name", row.check);
        assert!(!row.rules.is_empty() || !row.reason.is_empty(), "{} says nothing", row.check);
        row.rules.iter().for_each(|rule| assert!(known.contains(rule), "{}: there is no rule {rule}", row.check));
    }
}

/// Figures of rules that are no more would stand unread; a new rule may wait for the next measuring.
#[test]
fn every_figure_is_of_a_rule() {
    let set = built_in().expect("the built-in packs hold");
    for (id, figure) in &measured().0 {
        assert!(set.rules.iter().any(|rule| *rule.id == **id), "rules/measured.tsv: there is no rule {id}");
        assert!(figure.characters > 0, "{id} was measured on nothing");
    }
    let table = fs::read_to_string(rules("measured.tsv")).expect("the table of figures");
    assert_eq!(Figures::read(&table).to_string(), table, "rules/measured.tsv is not as it would be written");
}

/// An official measure is facts, and facts say whence.
#[test]
fn the_measures_name_their_source() {
    let text = fs::read_to_string(rules("lexicon/error_points.json")).expect("the measures");
    for key in ["\"source\"", "\"licence\"", "\"date\""] {
        assert!(text.contains(key), "error_points.json does not name its {key}");
    }
    let shown = fs::read_to_string(rules("README.md")).expect("the catalogue");
    for measure in kanwu::score::measures() {
        assert!(shown.contains(&measure.title), "{} is not explained", measure.name);
        assert!(measure.lines.iter().any(|line| line.verified) && measure.limit > 0.0);
    }
}
