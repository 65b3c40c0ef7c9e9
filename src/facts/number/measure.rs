/*!
Measure words and units: what a numeral counts in. The words are those of `measures.tsv`.

Units of one dimension convert into each other; a measure word is comparable only with itself.
*/

use rustc_hash::FxHashMap as HashMap;
use std::ops::Deref;
use std::sync::OnceLock;

use super::value::Value;
use crate::lexicon::table::MEASURES;
use crate::text::han;

/// A unit of `measures.tsv`: a handle, because every number has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit(&'static Measure);

/// What is known of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    pub name: &'static str,
    /// `count` for measure words, else what is measured.
    pub dimension: &'static str,
    /// What one is worth in the unit of the dimension.
    pub factor: Value,
}

impl Deref for Unit {
    type Target = Measure;

    fn deref(&self) -> &Measure {
        self.0
    }
}

impl Unit {
    /// Whether two numbers with these units can be added.
    pub fn adds_to(self, other: Unit) -> bool {
        self.dimension == other.dimension && (self.dimension != "count" || self.name == other.name)
    }

    pub fn is_money(self) -> bool {
        self.dimension.starts_with("money")
    }
}

/// Characters of the longest unit.
const LONGEST: usize = 8;

/// The units by their first characters, the longer ones first.
fn units() -> &'static HashMap<char, Vec<Measure>> {
    static UNITS: OnceLock<HashMap<char, Vec<Measure>>> = OnceLock::new();
    UNITS.get_or_init(|| {
        let unit = |row: &crate::lexicon::table::Row| {
            let factor = Value::parse(row.column(2)).unwrap_or(Value::new(1, 0));
            Measure { name: row.column(0), dimension: row.column(1), factor }
        };
        let mut units: HashMap<char, Vec<Measure>> = HashMap::default();
        for measure in MEASURES.rows().iter().map(unit) {
            let known = measure.name.chars().next().map(|first| units.entry(first).or_default());
            if let Some(known) = known.filter(|_| measure.name.chars().count() <= LONGEST) {
                known.retain(|other: &Measure| other.name != measure.name);
                known.push(measure);
            }
        }
        units.values_mut().for_each(|units| units.sort_by_key(|unit| std::cmp::Reverse(unit.name.len())));
        units
    })
}

/// The longest unit that begins at a byte, and where it ends. A Latin one is none where letters go on.
pub fn unit_at(text: &str, at: usize) -> Option<(usize, Unit)> {
    let rest = &text[at..];
    let units = units().get(&rest.chars().next()?)?;
    let fits = |unit: &&Measure| rest.starts_with(unit.name) && !goes_on(text, at + unit.name.len());
    units.iter().find(fits).map(|unit| (at + unit.name.len(), Unit(unit)))
}

fn goes_on(text: &str, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| han::is_latin(c) || c.is_ascii_digit());
    han::before(text, end).is_some_and(han::is_latin) && letter(han::after(text, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unit_is_taken() {
        let name = |text| unit_at(text, 0).map(|(_, unit)| unit.name);
        assert_eq!(name("人次的"), Some("人次"));
        assert_eq!(name("千瓦时"), Some("千瓦时"));
        assert_eq!(name("mg。"), Some("mg"));
        assert_eq!(name("mgx"), None);
        assert_eq!(name("的"), None);
    }
}
