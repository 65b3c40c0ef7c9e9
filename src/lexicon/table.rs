/*!
Tables of `rules/lexicon`: tab-separated rows, those of some tables found in text by their first column.

All tables that are searched for share one trie, so that one pass finds the rows of all of them.
*/

use std::sync::OnceLock;

use super::trie::Terms;
use crate::text::Span;

/// A table of knowledge.
pub struct Table {
    text: &'static str,
    rows: OnceLock<Vec<Row>>,
    /// Which of the searched tables it is.
    number: usize,
}

/// One row: a line, its columns parted by tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row(&'static str);

/// A place where the first column of a row stands.
pub type Hit = (Span, Row);

/// What stands in a text of all tables that are searched for.
pub struct Finds([Vec<Hit>; SEARCHED.len()]);

/// Of each term of the trie, the rows that have it.
struct Holder {
    /// Whether the next holder has the same term.
    more: bool,
    /// The number of the table.
    table: u8,
    /// Where the row lies in the text of the table.
    start: u32,
    length: u16,
}

/// The terms of all tables; their values are places in `HOLDERS`.
static TERMS: Terms = Terms::new(
    include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin")),
    include_bytes!(concat!(env!("OUT_DIR"), "/tables_sieve.bin")),
);
include!(concat!(env!("OUT_DIR"), "/tables.rs"));

macro_rules! searched {
    ($($(#[$doc:meta])* $name:ident = $number:literal $file:literal;)*) => {
        $(
            $(#[$doc])*
            pub static $name: Table = Table::new(include_str!(concat!("../../rules/lexicon/", $file, ".tsv")), $number);
        )*
        /// The searched tables by their numbers, which are those of the build script.
        static SEARCHED: [&Table; [$($number),*].len()] = [$(&$name),*];
    };
}

macro_rules! listed {
    ($(#[$doc:meta] $name:ident = $file:literal;)*) => {$(
        #[$doc]
        pub static $name: Table = Table::new(include_str!(concat!("../../rules/lexicon/", $file, ".tsv")), UNSEARCHED);
    )*};
}

searched! {
    /// How names of organizations end: suffix, family, level, chief, form.
    INSTITUTIONS = 0 "institutions";
    /// Offices and professions: role, families it is exclusive to, kind.
    ROLES = 1 "roles";
    /// Acts of office: action, families it is exclusive to.
    ACTIONS = 2 "actions";
    /// Words in the names of events that tell the host: term, family.
    HOSTS = 3 "hosts";
    /// Words that show what an article is about: term, family.
    FAMILY_TERMS = 4 "family_terms";
    /// Administrative divisions: name, level:code:parent.
    PLACES = 5 "places";
    /// Divisions that are no longer: former name, parent, name now, since, authority.
    FORMER_PLACES = 6 "former_places";
    /// Words that show where to look: word, kind.
    CUES = 7 "cues";
}

listed! {
    /// Townships by county: code of the county, names parted by spaces; in the order of the codes.
    TOWNSHIPS = "townships";
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

/// The number of a table that is not searched for.
const UNSEARCHED: usize = usize::MAX;

impl Table {
    const fn new(text: &'static str, number: usize) -> Self {
        Table { text, rows: OnceLock::new(), number }
    }

    /// All rows, in the order of the file.
    pub fn rows(&'static self) -> &'static [Row] {
        self.rows.get_or_init(|| {
            let lines = self.text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
            lines.map(Row).collect()
        })
    }

    /// The first row whose first column is a text.
    pub fn get(&'static self, term: &str) -> Option<Row> {
        let mut found = TERMS.trie.get(term).into_iter().flat_map(holders);
        found.find(|holder| usize::from(holder.table) == self.number).map(Holder::row)
    }

    /// Every place in the text where a first column stands, overlapping ones too, by where they begin and end.
    pub fn find(&'static self, text: &str) -> Vec<Hit> {
        let starts = text.char_indices().map(|(at, _)| at);
        let found = starts.flat_map(|at| {
            let here = self.prefixes(&text[at..]);
            here.map(move |(length, row)| (Span::new(at, at + length), row))
        });
        found.collect()
    }

    /// The longest of the places that overlap, from left to right.
    pub fn find_longest(&'static self, text: &str) -> Vec<Hit> {
        longest(&self.find(text)).copied().collect()
    }

    /// The first columns that begin the text, shortest first: length in bytes and row.
    pub fn prefixes(&'static self, text: &str) -> impl Iterator<Item = (usize, Row)> {
        let found =
            TERMS.trie.prefixes(text).flat_map(|(length, value)| holders(value).map(move |holder| (length, holder)));
        found
            .filter(|(_, holder)| usize::from(holder.table) == self.number)
            .map(|(length, holder)| (length, holder.row()))
    }
}

impl Finds {
    /// Finds the rows of all tables in one pass.
    pub fn new(text: &str) -> Self {
        let mut found = Finds([const { Vec::new() }; SEARCHED.len()]);
        TERMS.each_in(text, |at, length, value| {
            for holder in holders(value) {
                found.0[usize::from(holder.table)].push((Span::new(at, at + length), holder.row()));
            }
        });
        found
    }

    /// Every place where a first column of the table stands, overlapping ones too, by where they begin and end.
    pub fn of(&self, table: &'static Table) -> &[Hit] {
        self.0.get(table.number).map_or(&[], Vec::as_slice)
    }

    /// The longest of the places that overlap, from left to right.
    pub fn longest(&self, table: &'static Table) -> impl Iterator<Item = &Hit> {
        longest(self.of(table))
    }
}

/// The longest of the places that overlap, from left to right.
fn longest(found: &[Hit]) -> impl Iterator<Item = &Hit> {
    let mut end = 0;
    found.chunk_by(|one, other| one.0.start == other.0.start).filter_map(move |here| {
        let last = here.last().filter(|(span, _)| span.start >= end)?;
        end = last.0.end;
        Some(last)
    })
}

/// The rows that a value of the trie stands for.
fn holders(value: u32) -> impl Iterator<Item = &'static Holder> {
    let all = HOLDERS.get(value as usize..).unwrap_or_default();
    let last = all.iter().position(|holder| !holder.more).unwrap_or(0);
    all.iter().take(last + 1)
}

impl Holder {
    fn row(&self) -> Row {
        let (table, start) = (SEARCHED[usize::from(self.table)], self.start as usize);
        Row(&table.text[start..start + usize::from(self.length)])
    }
}

impl Row {
    /// A column, or the empty text where the row is short.
    pub fn column(&self, index: usize) -> &'static str {
        self.0.split('\t').nth(index).unwrap_or("")
    }

    /// The first columns, empty where the row is short.
    pub fn columns<const COUNT: usize>(&self) -> [&'static str; COUNT] {
        let mut cells = [""; COUNT];
        let mut rest = self.0;
        for cell in &mut cells {
            let end = rest.as_bytes().iter().position(|byte| *byte == b'\t').unwrap_or(rest.len());
            *cell = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or("");
        }
        cells
    }
}
