/*!
Tables of `rules/lexicon`: tab-separated rows whose first column can be found in text in one pass.
*/

use std::sync::OnceLock;

use daachorse::CharwiseDoubleArrayAhoCorasick as Automaton;

use crate::text::Span;

/// A table of knowledge.
pub struct Table {
    text: &'static str,
    blob: &'static [u8],
    rows: OnceLock<Vec<Row>>,
    automaton: OnceLock<Automaton<u32>>,
}

/// One row: a line, its columns parted by tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row(&'static str);

macro_rules! searched {
    ($(#[$doc:meta] $name:ident = $file:literal;)*) => {$(
        #[$doc]
        pub static $name: Table = Table::new(
            include_str!(concat!("../../rules/lexicon/", $file, ".tsv")),
            include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".bin")),
        );
    )*};
}

macro_rules! listed {
    ($(#[$doc:meta] $name:ident = $file:literal;)*) => {$(
        #[$doc]
        pub static $name: Table = Table::new(include_str!(concat!("../../rules/lexicon/", $file, ".tsv")), &[]);
    )*};
}

searched! {
    /// How names of organizations end: suffix, family, level, chief, form.
    INSTITUTIONS = "institutions";
    /// Offices and professions: role, families it is exclusive to, kind.
    ROLES = "roles";
    /// Acts of office: action, families it is exclusive to.
    ACTIONS = "actions";
    /// Words in the names of events that tell the host: term, family.
    HOSTS = "hosts";
    /// Words that show what an article is about: term, family.
    FAMILY_TERMS = "family_terms";
    /// Administrative divisions: name, level:code:parent.
    PLACES = "places";
    /// Divisions that are no longer: former name, parent, name now, since, authority.
    FORMER_PLACES = "former_places";
}

listed! {
    /// Family names: surname, kind.
    SURNAMES = "surnames";
    /// Words that cannot be a person's name: word, kind.
    NOT_NAMES = "not_names";
    /// Measure words and units: unit, dimension, factor.
    MEASURES = "measures";
    /// Characters and given names of transliteration: text, kind.
    TRANSLITERATION = "transliteration";
    /// Fixed formulas.
    FORMULAS = "formulas";
    /// Characters that begin no sentence: character, sentences begun, occurrences.
    STARTS = "starts";
    /// The lunisolar calendar: year, first day, leap month, months.
    LUNAR = "lunar";
    /// Reigns: name, dynasty, first year, last year.
    REIGNS = "reigns";
    /// Days with a name: name, kind, month, day.
    HOLIDAYS = "holidays";
    /// Events whose anniversaries are kept: event, year.
    EVENTS = "events";
    /// What fills the frames of official text: frame, filler, count.
    SLOTS = "slots";
    /// Characters that look alike: a group a row.
    SHAPES = "shapes";
    /// Radicals and compatibility forms: from, to, kind.
    RADICALS = "radicals";
}

impl Table {
    const fn new(text: &'static str, blob: &'static [u8]) -> Self {
        Table { text, blob, rows: OnceLock::new(), automaton: OnceLock::new() }
    }

    /// All rows, in the order of the file.
    pub fn rows(&'static self) -> &'static [Row] {
        self.rows.get_or_init(|| {
            let lines = self.text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            lines.map(Row).collect()
        })
    }

    /// Every place in the text where a first column stands, overlapping ones too, by where they end.
    pub fn find(&'static self, text: &str) -> Vec<(Span, &'static Row)> {
        let rows = self.rows();
        let found = self.automaton().find_overlapping_iter(text);
        found.map(|hit| (Span::new(hit.start(), hit.end()), &rows[hit.value() as usize])).collect()
    }

    /// The longest of the places that overlap, from left to right.
    pub fn find_longest(&'static self, text: &str) -> Vec<(Span, &'static Row)> {
        let mut found = self.find(text);
        found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        found.retain(|(span, _)| {
            let free = span.start >= end;
            end = if free { span.end } else { end };
            free
        });
        found
    }

    /// Opens the table, which takes some time when it is large.
    pub fn open(&'static self) {
        self.rows();
        if !self.blob.is_empty() {
            self.automaton();
        }
    }

    fn automaton(&self) -> &Automaton<u32> {
        self.automaton.get_or_init(|| Automaton::deserialize(self.blob).expect("the build script wrote this table").0)
    }
}

impl Row {
    /// A column, or the empty text where the row is short.
    pub fn column(&self, index: usize) -> &'static str {
        self.0.split('\t').nth(index).unwrap_or("")
    }
}
