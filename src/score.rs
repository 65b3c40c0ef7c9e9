/*!
Layer 9: what the official measures of errors (差错率) would charge for a manuscript.

The measures are facts, carried in `rules/lexicon/error_points.json` with their source and, line by line, whether the
wording was verified. A machine finds only some of the errors and is not always right, so there are two bounds: the lower
one charges what is certain, the upper one everything that was asked. Neither says that a manuscript is good enough: that
is for the examiners, who count pages and not manuscripts.

Points are kept as whole tenths, so that sums do not depend on their order.
*/

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::engine::FileReport;
use crate::finding::{Class, Edit, Finding, Level, Piece};
use crate::text::SourceSpan;

/// The facts, as they are carried.
const FACTS: &str = include_str!("../rules/lexicon/error_points.json");

/// The measure where a gate is asked for and no measure is named.
pub const USUAL: &str = "newspaper-2020";

/// One official way of counting errors.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    pub name: String,
    pub title: String,
    /// The regulation that it is annexed to.
    pub document: String,
    /// What it counts over, and what its ceilings hold for.
    pub unit: String,
    /// The rate per 10,000 characters that the regulation names.
    pub limit: f64,
    pub headline: Option<Weight>,
    pub important: Option<Weight>,
    pub repeats: Repeats,
    /// How it counts characters; a manuscript has no pages, so nothing here follows it.
    pub count: String,
    pub count_verified: bool,
    /// What concerns only printed matter.
    pub left_out: Vec<String>,
    pub lines: Vec<Line>,
}

/// Faults that weigh more than others.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    pub multiplier: u64,
    /// The topics of rules whose findings it may concern; all if empty.
    #[serde(default)]
    pub topics: Vec<String>,
    pub verified: bool,
    pub what: String,
}

/// How often the same fault is charged.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeats {
    pub times: usize,
    pub verified: bool,
    pub what: String,
}

/// One line of a measure.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub id: String,
    pub what: String,
    /// The classes of findings that it charges; none where no finding can tell.
    pub classes: Vec<Class>,
    pub points: f64,
    /// Points by the number of characters at fault, in place of `points`.
    #[serde(default)]
    pub by_characters: Vec<Size>,
    /// The most points that the line charges.
    pub cap: Option<f64>,
    /// Whether it is about words, where headlines and repetitions have rules of their own.
    pub text: bool,
    pub verified: bool,
    pub note: Option<String>,
}

/// Points up to a number of characters.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    pub up_to: Option<usize>,
    pub points: f64,
}

/// A worked example of a measure.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub measure: String,
    pub characters: usize,
    pub findings: BTreeMap<Class, usize>,
    pub points: f64,
    pub per_10000: f64,
    pub source: String,
}

#[derive(Deserialize)]
struct Facts {
    measures: Vec<Measure>,
    examples: Vec<Example>,
}

/// What a measure charges for the findings of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    pub measure: &'static Measure,
    /// Characters that are not white space.
    pub characters: usize,
    /// What is certain: errors.
    pub lower: Bound,
    /// Everything found.
    pub upper: Bound,
}

/// One bound of a score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bound {
    /// Tenths of a point by the measure's lines, after ceilings; the same length as the lines.
    pub tenths: Vec<u64>,
    /// Those of them that rest on verified lines.
    verified: u64,
    characters: usize,
}

/// What one place costs.
struct Charge<'f> {
    line: usize,
    tenths: u64,
    fault: (&'f str, &'f str),
}

/// All measures.
pub fn measures() -> &'static [Measure] {
    &facts().measures
}

/// The worked examples of the measures.
pub fn examples() -> &'static [Example] {
    &facts().examples
}

/// The measure of that name.
pub fn measure(name: &str) -> Option<&'static Measure> {
    measures().iter().find(|measure| measure.name == name)
}

fn facts() -> &'static Facts {
    static READ: OnceLock<Facts> = OnceLock::new();
    READ.get_or_init(|| serde_json::from_str(FACTS).expect("the measures were read in the tests"))
}

/// Charges the findings of a run, as they are before anything is hidden.
pub fn score(measure: &'static Measure, files: &[&FileReport]) -> Score {
    let characters = files.iter().map(|file| file.characters).sum();
    let bound = |lowest, important| {
        let charges = charges(measure, files, lowest, important);
        measure.bound(&charges, characters)
    };
    Score { measure, characters, lower: bound(Level::Error, false), upper: bound(Level::Query, true) }
}

/// What each place costs, in order; where several rules speak of the very same place, the dearest counts.
fn charges<'f>(measure: &Measure, files: &[&'f FileReport], lowest: Level, important: bool) -> Vec<Charge<'f>> {
    let mut charges: BTreeMap<(usize, SourceSpan), Charge> = BTreeMap::new();
    for (first, file) in files.iter().enumerate() {
        for finding in file.findings.iter().filter(|finding| finding.level <= lowest) {
            for place in std::iter::once(&finding.at).chain(&finding.folded) {
                let Some(charge) = measure.charge(finding, important) else { continue };
                let span = place.first().span;
                let at = (first + span.file as usize, SourceSpan { file: 0, ..span });
                let dearest = charges.get(&at).is_some_and(|other| other.tenths >= charge.tenths);
                if !dearest {
                    charges.insert(at, charge);
                }
            }
        }
    }
    charges.into_values().collect()
}

impl Measure {
    fn charge<'f>(&self, finding: &'f Finding, important: bool) -> Option<Charge<'f>> {
        let index = self.lines.iter().position(|line| line.classes.contains(&finding.class))?;
        let line = &self.lines[index];
        let topic = finding.rule.split('/').next().unwrap_or_default();
        let headline = self.headline.as_ref().filter(|_| finding.headline && line.text);
        let weighty = |weight: &&Weight| important && weight.topics.iter().any(|known| known == topic);
        let weights = headline.into_iter().chain(self.important.as_ref().filter(weighty));
        let multiplier = weights.map(|weight| weight.multiplier).max().unwrap_or(1);
        let tenths = line.tenths(finding) * multiplier;
        Some(Charge { line: index, tenths, fault: (&finding.rule, &finding.message) })
    }

    /// Adds up, with the ceilings.
    fn bound(&self, charges: &[Charge], characters: usize) -> Bound {
        let mut times: HashMap<(&str, &str), usize> = HashMap::new();
        let mut sums = vec![0; self.lines.len()];
        for charge in charges {
            let so_far = times.entry(charge.fault).or_default();
            *so_far += 1;
            if *so_far <= self.repeats.times || !self.lines[charge.line].text {
                sums[charge.line] += charge.tenths;
            }
        }
        for (sum, line) in sums.iter_mut().zip(&self.lines) {
            *sum = line.cap.map_or(*sum, |cap| (*sum).min(tenths(cap)));
        }
        let verified = sums.iter().zip(&self.lines).filter(|(_, line)| line.verified).map(|(sum, _)| sum).sum();
        Bound { tenths: sums, verified, characters }
    }
}

impl Line {
    fn tenths(&self, finding: &Finding) -> u64 {
        let characters = characters_at_fault(finding);
        let size = self.by_characters.iter().find(|size| size.up_to.is_none_or(|most| characters <= most));
        tenths(size.map_or(self.points, |size| size.points))
    }
}

impl Bound {
    pub fn points(&self) -> f64 {
        self.tenths.iter().sum::<u64>() as f64 / 10.0
    }

    /// The points that rest on verified lines.
    pub fn verified(&self) -> f64 {
        self.verified as f64 / 10.0
    }

    /// Points per 10,000 characters; 0 for an empty manuscript.
    pub fn per_10000(&self) -> f64 {
        if self.characters == 0 { 0.0 } else { self.points() * 10_000.0 / self.characters as f64 }
    }
}

fn tenths(points: f64) -> u64 {
    (points * 10.0).round() as u64
}

/// Characters that the fix changes at the first place, a transposition being one; one where no fix says more.
fn characters_at_fault(finding: &Finding) -> usize {
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    let changed: usize = edits.filter_map(|edit| changed(&finding.at.pieces, edit)).sum();
    changed.max(1)
}

fn changed(pieces: &[Piece], edit: &Edit) -> Option<usize> {
    let within = |piece: &&Piece| piece.span.file == edit.span.file && piece.span.start <= edit.span.start;
    let piece = pieces.iter().filter(within).find(|piece| edit.span.end <= piece.span.end)?;
    let start = piece.span.start;
    let old = piece.text.get((edit.span.start - start) as usize..(edit.span.end - start) as usize)?;
    let sorted = |text: &str| {
        let mut characters: Vec<char> = text.chars().collect();
        characters.sort_unstable();
        characters
    };
    let (old, new) = (sorted(old), sorted(&edit.text));
    Some(if old == new { 1 } else { old.len().max(new.len()) })
}

#[cfg(test)]
#[path = "score/tests.rs"]
mod tests;
