/*!
How often each rule speaks of a folder of edited text, with samples: the instrument for guards.

The samples of a rule are drawn by a hash of what they quote, so that they are spread over the whole text, the same in
every run and at any thread count.
*/

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::{self, FileReport, Input};
use crate::finding::{Finding, Level};
use crate::review::fold::fold;
use crate::rule::RuleSet;
use crate::text::han;

/// Files that are checked before their findings are counted and dropped.
const AT_ONCE: usize = 256;

/// Characters of context on either side of a sample.
const ROUND: usize = 10;

/// What the rules said of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alarms {
    /// Files that were checked.
    pub files: usize,
    /// Path and reason of the files that were not, or not wholly.
    pub failed: Vec<(String, String)>,
    /// Characters that are not white space.
    pub characters: usize,
    /// In the order of the rules, every rule.
    pub rules: Vec<RuleAlarms>,
}

/// What one rule said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleAlarms {
    pub rule: Arc<str>,
    /// As declared.
    pub level: Level,
    /// Findings; the same one in the same file counts once.
    pub hits: usize,
    /// Places of the findings.
    pub places: usize,
    /// In the order of the files.
    pub samples: Vec<Sample>,
}

/// A place of a finding, with a little of the text round it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    pub path: String,
    pub line: u32,
    pub column: u32,
    pub before: String,
    pub text: String,
    pub after: String,
    /// Findings that quote the very same.
    pub times: usize,
}

/// The samples of one rule while it is counted: the smallest hashes, each with its place in the order of the findings.
type Drawn = BTreeMap<u64, (usize, Sample)>;

/// Runs all rules of the set, whatever their level, over the inputs.
pub fn count(inputs: &[Input], set: &RuleSet, settings: &engine::Settings, samples: usize) -> Alarms {
    let mut alarms = Alarms::default();
    let rule = |rule: &crate::rule::Rule| RuleAlarms {
        rule: rule.id.clone(),
        level: rule.declaration().level,
        hits: 0,
        places: 0,
        samples: Vec::new(),
    };
    alarms.rules = set.rules.iter().map(rule).collect();
    let index: BTreeMap<Arc<str>, usize> =
        set.rules.iter().enumerate().map(|(index, rule)| (rule.id.clone(), index)).collect();
    let mut drawn = vec![Drawn::new(); set.rules.len()];
    for inputs in inputs.chunks(AT_ONCE) {
        for file in engine::check_files(inputs, set, settings) {
            alarms.add(file, &index, &mut drawn, samples);
        }
    }
    for (rule, drawn) in alarms.rules.iter_mut().zip(drawn) {
        let mut ordered: Vec<(usize, Sample)> = drawn.into_values().collect();
        ordered.sort_by_key(|(order, _)| *order);
        rule.samples = ordered.into_iter().map(|(_, sample)| sample).collect();
    }
    alarms
}

impl Alarms {
    fn add(&mut self, file: FileReport, index: &BTreeMap<Arc<str>, usize>, drawn: &mut [Drawn], samples: usize) {
        match file.error {
            Some(error) => self.failed.push((file.path.clone(), error)),
            None => self.files += 1,
        }
        self.characters += file.characters;
        for finding in fold(file.findings) {
            let Some(&at) = index.get(&finding.rule) else { continue };
            let rule = &mut self.rules[at];
            draw(&mut drawn[at], rule.hits, Sample::new(&file.path, &finding), samples);
            rule.hits += 1;
            rule.places += finding.count();
        }
    }

    /// Findings per so many characters.
    pub fn per(&self, characters: f64, hits: usize) -> f64 {
        if self.characters == 0 { 0.0 } else { hits as f64 * characters / self.characters as f64 }
    }

    /// Findings of a level, first of the topics that are about slips of form, then of the others.
    pub fn by_level(&self, level: Level) -> (usize, usize) {
        const FORM: [&str; 3] = ["punctuation/", "garbled/", "unit/"];
        let is_form = |rule: &&RuleAlarms| FORM.iter().any(|topic| rule.rule.starts_with(topic));
        let sum = |rules: Vec<&RuleAlarms>| rules.iter().map(|rule| rule.hits).sum();
        let (form, other) = self.rules.iter().filter(|rule| rule.level == level).partition(is_form);
        (sum(form), sum(other))
    }
}

impl Sample {
    fn new(path: &str, finding: &Finding) -> Sample {
        let (first, last) = (finding.at.first(), finding.at.pieces.last());
        let after = last.map_or("", |piece| &piece.after);
        Sample {
            path: path.to_string(),
            line: first.line,
            column: first.column,
            before: first.before[han::back(&first.before, first.before.len(), ROUND)..].to_string(),
            text: finding.at.text(),
            after: after[..han::forth(after, 0, ROUND)].to_string(),
            times: 1,
        }
    }
}

fn draw(drawn: &mut Drawn, order: usize, sample: Sample, most: usize) {
    let hash = hash([&sample.before, &sample.text, &sample.after]);
    match drawn.get_mut(&hash) {
        Some((_, known)) => known.times += 1,
        None => {
            drawn.insert(hash, (order, sample));
            if drawn.len() > most {
                drawn.pop_last();
            }
        }
    }
}

/// FNV-1a, whose results never change.
fn hash(parts: [&str; 3]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
