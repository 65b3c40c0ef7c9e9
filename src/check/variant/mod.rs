/*!
`variant`: one thing written two ways in one article (or in all files of a submission): a person, a post, an
organization, a term.

`with = { of = "person" | "post" | "organization" | "term", evidence = … }`. Nothing is declared: the article's own words
accuse one another. A likeness alone proves nothing (brothers share a character, and two departments a tail), so each
kind asks for evidence of its own: the same sound or shape, the same post, one against many, or a wording that no
official text has. Every comparison looks in a bucket of what can match; nothing is compared pair by pair.

Slots of messages: `wrong` (the doubtful form), `right` (the other one), `count` (how often the other one stands),
`how` (音近, 形近), `role` and `other` (posts).
*/

mod frame;
mod near;
mod person;
mod post;
mod quoted;
mod term;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::lexicon::likeness::Likeness;
use crate::scan::Scan;

/// The mechanism.
pub static VARIANT: Mechanism =
    Mechanism { name: "variant", slots: &["wrong", "right", "count", "how", "role", "other"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    of: Of,
    evidence: Evidence,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Of {
    Person,
    Post,
    Organization,
    Term,
}

/// What accuses.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Evidence {
    /// Persons: the differing characters sound or look alike.
    Alike,
    /// Persons: one form once, the other at least three times.
    Lone,
    /// Posts: one person holds two posts of one unit that exclude each other.
    Unit,
    /// Posts: one person holds two posts that exclude each other, and a unit is not named.
    Holder,
    /// Posts: two persons hold the one post of an organization.
    Holders,
    /// Terms: between the same neighbours stands a confusable character once, and no official text has it there.
    Neighbours,
    /// Terms: two coined terms are run together.
    Blend,
    /// Terms: two quoted phrases of one pattern, one with a character that looks like what is meant.
    Quoted,
    /// Terms: what fills a frame is no word, and sounds or looks like one that fills it.
    Frame,
    /// Organizations and terms: one form once, another that differs in one character at least twice.
    Single,
}

fn compile(options: Options<'_>, _scan: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(match (with.of, with.evidence) {
        (Of::Person, Evidence::Alike) => Box::new(|cx, findings| person::check(cx, findings, true)),
        (Of::Person, Evidence::Lone) => Box::new(|cx, findings| person::check(cx, findings, false)),
        (Of::Post, Evidence::Unit) => Box::new(|cx, findings| post::two_posts(cx, findings, true)),
        (Of::Post, Evidence::Holder) => Box::new(|cx, findings| post::two_posts(cx, findings, false)),
        (Of::Post, Evidence::Holders) => Box::new(post::two_holders),
        (Of::Term, Evidence::Neighbours) => Box::new(near::repeats),
        (Of::Term, Evidence::Blend) => Box::new(near::blends),
        (Of::Term, Evidence::Quoted) => Box::new(quoted::check),
        (Of::Term, Evidence::Frame) => Box::new(frame::check),
        (Of::Term, Evidence::Single) => Box::new(term::terms),
        (Of::Organization, Evidence::Single) => Box::new(term::organizations),
        _ => return Err(OptionError::new("evidence", "this evidence is of another kind of variant")),
    })
}

/// How two characters are alike, in words.
fn how(likeness: Option<Likeness>) -> &'static str {
    match likeness {
        Some(Likeness::Sound) => "音同",
        Some(Likeness::Near) => "音近",
        Some(Likeness::Shape) => "形近",
        None => "一字不同",
    }
}
