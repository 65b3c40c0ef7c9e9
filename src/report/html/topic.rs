/*!
What an editor fears first: the headings of the sheet in their order, and the topics under each.
*/

use crate::finding::Finding;

/// A heading and its topics.
type Heading = (&'static str, &'static [&'static str]);

/// Costly errors first. A finding of no known topic (a user's pack) stands under the last heading.
pub const HEADINGS: [Heading; 12] = [
    ("读稿", &["reading", "engine"]),
    ("机构职务", &["organization"]),
    ("提法", &["formula", "law"]),
    ("人名", &["person"]),
    ("地名", &["place"]),
    ("数字", &["number", "date", "enumeration", "unit"]),
    (TITLES, &["structure", "numbering"]),
    ("字词", &["spelling", "garbled", "suspect", "wording"]),
    ("语句", &["grammar", "consistency"]),
    ("标点", &["punctuation"]),
    ("体例", &["document", "reference"]),
    ("其他", &[]),
];

const TITLES: &str = "标题";

/// The number of the heading that a finding stands under: its topic's, or that of titles where it stands in one and
/// would come later.
pub fn heading(finding: &Finding) -> usize {
    let topic = finding.rule.split('/').next().unwrap_or_default();
    let own = HEADINGS.iter().position(|(_, topics)| topics.contains(&topic)).unwrap_or(HEADINGS.len() - 1);
    let titles = HEADINGS.iter().position(|(name, _)| *name == TITLES).unwrap_or(own);
    if finding.headline { own.min(titles) } else { own }
}
