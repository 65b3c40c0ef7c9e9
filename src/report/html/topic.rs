/*!
What an editor fears first: the headings of the sheet in their order, and the topics and rules under each.
*/

use crate::finding::Finding;

/// A heading, and its topics or rules; a rule has the last word over its topic.
type Heading = (&'static str, &'static [&'static str]);

/// Costly errors first. A finding of no known topic (a user's pack) stands under the last heading.
pub const HEADINGS: [Heading; 13] = [
    ("读稿", &["reading", "engine"]),
    ("机构职务", &["organization"]),
    ("提法", &["formula", "law"]),
    ("人名", &["person"]),
    ("地名", &["place"]),
    ("数字", &["number", "date", "enumeration", "unit"]),
    (TITLES, TITLE_RULES),
    ("版面", &["structure", "numbering"]),
    ("字词", &["spelling", "garbled", "suspect", "wording"]),
    ("语句", &["grammar", "consistency"]),
    ("标点", &["punctuation"]),
    ("体例", &["document", "reference"]),
    ("其他", &[]),
];

const TITLES: &str = "标题";

/// Rules about titles among those about the page.
const TITLE_RULES: &[&str] = &[
    "structure/title-without-text",
    "structure/byline-without-title",
    "structure/headless-text",
    "structure/title-alone",
    "structure/title-ends-in-mark",
    "document/two-kinds-in-title",
    "document/title-too-long",
];

/// The number of the heading that a finding stands under: its topic's, or that of titles where it stands in one and
/// would come later.
pub fn heading(finding: &Finding) -> usize {
    let topic = finding.rule.split('/').next().unwrap_or_default();
    let of = |name: &str| HEADINGS.iter().position(|(_, names)| names.contains(&name));
    let own = of(&finding.rule).or_else(|| of(topic)).unwrap_or(HEADINGS.len() - 1);
    let titles = HEADINGS.iter().position(|(name, _)| *name == TITLES).unwrap_or(own);
    if finding.headline { own.min(titles) } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule;

    /// Every topic of the built-in packs has its heading, and every rule named here exists.
    #[test]
    fn headings_and_rules_agree() {
        let set = rule::built_in().unwrap_or_else(|error| panic!("{error}"));
        let names: Vec<&str> = HEADINGS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        for rule in &set.rules {
            assert!(names.contains(&rule.topic()), "{} stands under no heading", rule.id);
        }
        for name in names.iter().filter(|name| name.contains('/')) {
            assert!(set.rule(name).is_some(), "there is no {name}");
        }
    }
}
