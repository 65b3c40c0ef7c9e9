//! The catalogue: every rule's examples hold, and every rule explains itself.

use std::collections::BTreeSet;

use kanwu::check::MECHANISMS;
use kanwu::rule::{Settings, built_in, embedded, load};

#[test]
fn the_examples_of_every_rule_hold() {
    let mut packs = embedded();
    packs.iter_mut().for_each(|pack| pack.examples = true);
    if let Err(error) = load(&packs, &Settings::default()) {
        panic!("{error}");
    }
}

#[test]
fn every_mechanism_carries_a_rule() {
    let set = built_in().expect("the built-in packs hold");
    let used: BTreeSet<&str> = set.rules.iter().map(|rule| &*rule.mechanism).collect();
    for mechanism in MECHANISMS {
        assert!(used.contains(mechanism.name), "no rule uses {}", mechanism.name);
    }
}

/// A message is read in a margin: names the fault, quotes it, and stops.
#[test]
fn messages_are_short_and_say_whence() {
    for rule in built_in().expect("the built-in packs hold").rules {
        let declaration = rule.declaration();
        let fixed: usize = kanwu::finding::Template::new(&declaration.message).literal().chars().count();
        assert!(fixed <= 40, "{}: {fixed} characters besides what it quotes", rule.id);
        assert!(
            !declaration.why.is_empty() && !declaration.source.is_empty(),
            "{} does not say why or whence",
            rule.id
        );
    }
}
