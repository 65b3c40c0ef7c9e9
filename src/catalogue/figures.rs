/*!
The committed figures: how often each rule speaks of edited text, and when that was counted.

`kanwu rules measure DIR --write` writes `rules/measured.tsv`; a run of some rules renews their rows and leaves the others.
*/

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use super::alarms::Alarms;
use crate::engine::DECLARED_ONLY;
use crate::rule::RuleSet;

const TABLE: &str = include_str!("../../rules/measured.tsv");

const HEAD: &str = "\
# How often each rule speaks of edited text: written by `kanwu rules measure DIR --write`, shown in README.md.
# hits: findings, the same one in the same file counted once. Edited is not clean: a hit is not always a false alarm.
# rule\thits\tcharacters\tper_million\tdate
";

/// What one run counted for a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub hits: usize,
    /// Characters of the text that are not white space.
    pub characters: usize,
    /// Year, month and day of the run.
    pub date: String,
}

/// Figures by rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures(pub BTreeMap<String, Figure>);

/// The committed figures.
pub fn measured() -> &'static Figures {
    static READ: OnceLock<Figures> = OnceLock::new();
    READ.get_or_init(|| Figures::read(TABLE))
}

impl Figure {
    pub fn per_million(&self) -> f64 {
        if self.characters == 0 { 0.0 } else { self.hits as f64 * 1e6 / self.characters as f64 }
    }
}

impl Figures {
    /// Reads a table; a row that is none is left out, and the rule counts as not measured.
    pub fn read(table: &str) -> Figures {
        let rows = table.lines().filter(|line| !line.starts_with('#')).filter_map(row);
        Figures(rows.collect())
    }

    /// Renews the rows of the rules that ran and drops those of rules that are no more. What the reader and the engine
    /// report is no alarm.
    pub fn renew(&mut self, alarms: &Alarms, known: &RuleSet, date: &str) {
        self.0.retain(|id, _| known.rules.iter().any(|rule| &*rule.id == id));
        let measures = |id: &str| known.rule(id).is_some_and(|rule| rule.mechanism != DECLARED_ONLY);
        for rule in alarms.rules.iter().filter(|rule| measures(&rule.rule)) {
            let figure = Figure { hits: rule.hits, characters: alarms.characters, date: date.to_string() };
            self.0.insert(rule.rule.to_string(), figure);
        }
    }
}

fn row(line: &str) -> Option<(String, Figure)> {
    let [rule, hits, characters, _, date] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let figure = Figure { hits: hits.parse().ok()?, characters: characters.parse().ok()?, date: date.to_string() };
    Some((rule.to_string(), figure))
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEAD)?;
        self.0.iter().try_for_each(|(rule, figure)| {
            let (hits, characters, rate, date) = (figure.hits, figure.characters, figure.per_million(), &figure.date);
            writeln!(f, "{rule}\t{hits}\t{characters}\t{rate:.2}\t{date}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let figure = Figure { hits: 3, characters: 2_000_000, date: "2026-11-24".into() };
        let figures = Figures([("law/one".to_string(), figure.clone())].into());
        assert!(figures.to_string().ends_with("law/one\t3\t2000000\t1.50\t2026-11-24\n"));
        assert_eq!(Figures::read(&figures.to_string()), figures);
        assert_eq!(Figures::read("law/one\tmany\t1\t1\t今天\nlaw/two\t3"), Figures::default());
        assert_eq!(Figure { characters: 0, ..figure }.per_million(), 0.0);
    }
}
