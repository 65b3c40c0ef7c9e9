//! Turns the knowledge in `rules/` into tables that the program only has to map into memory: the dictionary as a trie,
//! one trie for all lexicon tables whose first column is looked for in text, the packs themselves, and one trie for all
//! literals of the packs.
//!
//! The literals are gathered without knowing the mechanisms: every string in a rule's `with`, at any depth, is taken both
//! as it is and as a phrase, except under `right`, `regex` and `list`, and except plain ASCII outside of `wrong`,
//! `literals`, `words` and `given` (names of options). A `list` adds the terms of its table (see `listed`), `given` its phrases. A
//! mechanism that declares literals from elsewhere fails the test `nothing_is_built_at_start`.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

#[allow(dead_code, unused_imports)]
#[path = "src/phrase/mod.rs"]
mod phrase;

#[allow(dead_code)]
#[path = "src/lexicon/sieve.rs"]
mod sieve;

/// Tables of `rules/lexicon` whose first column is searched for, in the order of their numbers in `lexicon/table.rs`.
const SEARCHED: &[&str] =
    &["institutions", "roles", "actions", "hosts", "family_terms", "places", "former_places", "cues"];

/// Parts of speech of the dictionary, in the order of their codes.
const TAGS: &str = include_str!("rules/lexicon/tags.txt");

/// Frequency that a text outside the dictionary is credited with when it is offered as a word.
const GIVEN: u32 = 50;

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let lexicon = Path::new("rules/lexicon");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/phrase");
    println!("cargo::rerun-if-changed=src/lexicon/sieve.rs");
    write_words(&lexicon.join("words.tsv"), &out);
    write_tables(lexicon, &out);
    let packs = packs();
    write_packs(&packs, &out);
    write_starts(&lexicon.join("starts.tsv"), &out);
    let literals = literals(&packs);
    write_literals(&literals, &out);
    write_listed(&packs, &literals, &out);
    write_rules(&packs, &out);
    write_woken(&packs, &literals, &out);
}

/// The built-in packs: topic, path and text, by topic.
fn packs() -> Vec<(String, PathBuf, String)> {
    let entries = fs::read_dir("rules").expect("the rules are here");
    let mut packs = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let topic = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_string();
        if path.extension().is_some_and(|extension| extension == "toml") {
            packs.push((topic, path.clone(), read(&path)));
        }
    }
    packs.sort();
    packs
}

/// Writes the packs, and the tables that their rules name as `list`, as constants for `rule/pack.rs`.
///
/// The compiler knows where the project is when it compiles; what is written here still holds after a move.
fn write_packs(packs: &[(String, PathBuf, String)], out: &Path) {
    let include = |path: &Path| format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {path:?}))");
    let mut text = String::from("static PACKS: &[(&str, &str)] = &[\n");
    for (topic, path, _) in packs {
        text.push_str(&format!("    ({topic:?}, {}),\n", include(path)));
    }
    text.push_str("];\npub(super) static LISTS: &[(&str, &str)] = &[\n");
    for (list, path) in phrase_lists(packs) {
        text.push_str(&format!("    ({list:?}, {}),\n", include(&path)));
    }
    text.push_str("];\n");
    fs::write(out.join("packs.rs"), text).expect("OUT_DIR can be written");
}

/// Writes for `scan.rs` which line of a list each literal finds, so that no line need be read before it is found.
fn write_listed(packs: &[(String, PathBuf, String)], literals: &[String], out: &Path) {
    let mut text = String::from("static LISTED: &[(&str, &[(u32, u32)])] = &[\n");
    for (list, path) in phrase_lists(packs) {
        let mut listed: Vec<(usize, usize)> = Vec::new();
        for (index, line) in read(&path).lines().enumerate() {
            let wrong = line.split('\t').next().unwrap_or_default().trim();
            let phrase = phrase::Phrase::parse(wrong, phrase::Reach::default());
            if let Some(phrase) = phrase.ok().filter(|_| !line.starts_with('#')) {
                let ids = phrase.literals().iter().filter_map(|literal| literals.binary_search(literal).ok());
                listed.extend(ids.map(|id| (id, index)));
            }
        }
        listed.sort_unstable();
        text.push_str(&format!("    ({list:?}, &{listed:?}),\n"));
    }
    text.push_str("];\n");
    fs::write(out.join("listed.rs"), text).expect("OUT_DIR can be written");
}

/// The tables of wrong and right phrases that rules name, and where they are.
fn phrase_lists(packs: &[(String, PathBuf, String)]) -> Vec<(String, PathBuf)> {
    let rules = packs.iter().flat_map(|(_, _, text)| rules(text)).filter(lists_phrases);
    let names: BTreeSet<String> = rules.filter_map(|rule| list(&rule)).collect();
    let placed = names.into_iter().map(|name| (name.clone(), Path::new("rules/lexicon").join(name)));
    placed.filter(|(_, path)| path.exists()).collect()
}

/// The rules of a pack; none if it is no TOML, which the loader will show better than this script can.
fn rules(text: &str) -> Vec<toml::Table> {
    let table: toml::Table = toml::from_str(text).unwrap_or_default();
    let rules = table.get("rule").and_then(toml::Value::as_array);
    rules.into_iter().flatten().filter_map(|rule| rule.as_table().cloned()).collect()
}

/// The table that a rule names.
fn list(rule: &toml::Table) -> Option<String> {
    Some(rule.get("with")?.get("list")?.as_str()?.to_string())
}

/// Whether the table that a rule names is one of wrong and right phrases; other mechanisms' have columns of their own.
fn lists_phrases(rule: &toml::Table) -> bool {
    rule.get("check").and_then(toml::Value::as_str) == Some("phrase")
}

fn literals(packs: &[(String, PathBuf, String)]) -> Vec<String> {
    let mut all = BTreeSet::new();
    for rule in packs.iter().flat_map(|(_, _, text)| rules(text)) {
        rule.get("given").into_iter().for_each(|value| gather("given", value, &mut all));
        all.extend(sought(&rule));
    }
    all.into_iter().collect()
}

/// The literals that a rule looks for.
fn sought(rule: &toml::Table) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    rule.get("with").into_iter().for_each(|value| gather("with", value, &mut all));
    for term in listed(rule) {
        gather("wrong", &toml::Value::String(term), &mut all);
    }
    all
}

/// Writes for `rule/pack.rs` where each rule of a pack is written, so that no rule need be read before it is needed.
///
/// A pack whose rules cannot be told apart here is left out: then the loader reads it as a whole and shows what is wrong.
fn write_rules(packs: &[(String, PathBuf, String)], out: &Path) {
    let mut text = String::from("static WRITTEN: &[(&str, &[Written])] = &[\n");
    let mut number = 0;
    for (topic, _, pack) in packs {
        let (rules, starts) = (rules(pack), starts(pack));
        if rules.len() == starts.len() - 1 {
            let places = starts.windows(2).map(|pair| (pair[0], pair[1]));
            let written: Option<String> = rules.iter().zip(places).zip(number..).map(written).collect();
            written.into_iter().for_each(|rules| text.push_str(&format!("    ({topic:?}, &[\n{rules}    ]),\n")));
        }
        number += rules.len();
    }
    text.push_str("];\n");
    fs::write(out.join("written.rs"), text).expect("OUT_DIR can be written");
}

/// The bytes at which the rules of a pack begin, and the end of the pack.
fn starts(pack: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in pack.split_inclusive('\n') {
        if line.trim_end() == "[[rule]]" {
            starts.push(at);
        }
        at += line.len();
    }
    starts.push(at);
    starts
}

fn written(((rule, (start, end)), number): ((&toml::Table, (usize, usize)), usize)) -> Option<String> {
    let text = |key: &str| rule.get(key).and_then(toml::Value::as_str);
    let (id, check) = (text("id")?, text("check")?);
    let level =
        ["Error", "Warning", "Query", "Off"].into_iter().find(|level| Some(&*level.to_lowercase()) == text("level"))?;
    let was = rule.get("was").and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str);
    let was: Vec<&str> = was.collect();
    Some(format!(
        "        Written {{ id: {id:?}, was: &{was:?}, check: {check:?}, level: Level::{level}, place: ({start}, {end}), number: {number} }},\n"
    ))
}

/// Writes for `scan.rs` which rules of phrases each literal wakes, by the rule's number over all packs.
fn write_woken(packs: &[(String, PathBuf, String)], literals: &[String], out: &Path) {
    let mut woken: Vec<(usize, usize)> = Vec::new();
    for (number, rule) in packs.iter().flat_map(|(_, _, text)| rules(text)).enumerate() {
        if lists_phrases(&rule) {
            let ids = sought(&rule).into_iter().filter_map(|literal| literals.binary_search(&literal).ok());
            woken.extend(ids.map(|id| (id, number)));
        }
    }
    woken.sort_unstable();
    fs::write(out.join("woken.rs"), format!("static WOKEN: &[(u32, u16)] = &{woken:?};\n"))
        .expect("OUT_DIR can be written");
}

/// The terms of a rule's list: the first column of a table of phrases; of another, the columns that its head calls `name`
/// and `wrong`, in which several terms are parted by `|`.
fn listed(rule: &toml::Table) -> Vec<String> {
    let path = list(rule).map(|list| Path::new("rules/lexicon").join(list)).filter(|path| path.exists());
    let Some(path) = path else { return Vec::new() };
    if lists_phrases(rule) {
        return first_column(&path);
    }
    let text = read(&path);
    let head = text.lines().find_map(|line| line.strip_prefix("# columns:")).unwrap_or_default();
    let named = head.split('\t').enumerate().filter(|(_, name)| ["name", "wrong"].contains(&name.trim()));
    let columns: Vec<usize> = named.map(|(index, _)| index).collect();
    let cells = rows(&text).flat_map(|row| row.split('\t').enumerate().filter(|(at, _)| columns.contains(at)));
    cells.flat_map(|(_, cell)| cell.split('|')).map(|term| term.trim().to_string()).collect()
}

fn gather(key: &str, value: &toml::Value, all: &mut BTreeSet<String>) {
    match value {
        _ if ["right", "regex", "list"].contains(&key) => {}
        toml::Value::Table(table) => table.iter().for_each(|(key, value)| gather(key, value, all)),
        toml::Value::Array(values) => values.iter().for_each(|value| gather(key, value, all)),
        toml::Value::String(text) if text.is_empty() => {}
        toml::Value::String(text) if text.is_ascii() && !["wrong", "literals", "words", "given"].contains(&key) => {}
        toml::Value::String(text) => {
            let phrase = phrase::Phrase::parse(text, phrase::Reach::default());
            all.extend(phrase.into_iter().flat_map(|phrase| phrase.literals().to_vec()));
            all.insert(text.clone());
        }
        _ => {}
    }
}

/// The value of a word: its frequency, as an index into the frequencies there are, in the upper 24 bits, and the part of
/// speech in the lower 8.
fn write_words(path: &Path, out: &Path) {
    let tags: Vec<&str> = TAGS.split_whitespace().collect();
    let text = read(path);
    let mut records: Vec<(&str, u32, u32)> = Vec::new();
    for row in rows(&text) {
        let mut columns = row.split('\t');
        let (word, count, tag) = (columns.next(), columns.next(), columns.next());
        let (Some(word), Some(count)) = (word, count.and_then(|count| count.parse::<u32>().ok())) else {
            panic!("{}: a row is word, frequency, part of speech: {row}", path.display());
        };
        let code = tags.iter().position(|known| Some(*known) == tag).unwrap_or(tags.len()) as u32;
        records.push((word, count, code));
    }
    let total: u64 = records.iter().map(|record| u64::from(record.1)).sum();
    let frequencies: Vec<u32> = records.iter().map(|record| record.1).collect::<BTreeSet<u32>>().into_iter().collect();
    records.sort_unstable();
    records.dedup_by_key(|record| record.0);
    let value = |count| frequencies.binary_search(&count).expect("it is one of them") as u32;
    let records = records.iter().map(|&(word, count, code)| (word, value(count) << 8 | code));
    fs::write(out.join("words.bin"), trie(records.collect())).expect("OUT_DIR can be written");
    write_weights(&tags, &frequencies, total, out);
}

/// Writes for `lexicon/words.rs` the parts of speech, and the weight of each frequency as the bits of a number: the
/// logarithm of its share of all words.
fn write_weights(tags: &[&str], frequencies: &[u32], total: u64, out: &Path) {
    let weight = |frequency: u32| ((frequency.max(1) as f32).ln() - (total as f32).ln()).to_bits();
    let pairs: Vec<(u32, u32)> = frequencies.iter().map(|&frequency| (frequency, weight(frequency))).collect();
    let text = format!(
        "static TAGS: &[&str] = &{tags:?};\nstatic FREQUENCIES: &[(u32, u32)] = &{pairs:?};\n\
         const SINGLE_BITS: u32 = {};\nconst GIVEN_BITS: u32 = {};\n",
        weight(1),
        weight(GIVEN)
    );
    fs::write(out.join("words.rs"), text).expect("OUT_DIR can be written");
}

/// Writes one trie for all tables that are searched for, and for each of its terms the rows that begin with it: of every
/// table the first, as the place of the row in the text of the table.
fn write_tables(lexicon: &Path, out: &Path) {
    let texts: Vec<String> = SEARCHED.iter().map(|name| read(&lexicon.join(format!("{name}.tsv")))).collect();
    let mut terms: BTreeMap<&str, BTreeMap<usize, &str>> = BTreeMap::new();
    for (table, text) in texts.iter().enumerate() {
        for row in rows(text) {
            let term = row.split('\t').next().unwrap_or_default();
            terms.entry(term).or_default().entry(table).or_insert(row);
        }
    }
    let mut records: Vec<(&str, u32)> = Vec::new();
    let (mut code, mut count) = (String::from("static HOLDERS: &[Holder] = &[\n"), 0);
    for (term, rows) in terms {
        records.push((term, count));
        count += rows.len() as u32;
        let last = rows.last_key_value().map(|(table, _)| *table);
        for (table, row) in rows {
            let (start, length) = (row.as_ptr() as usize - texts[table].as_ptr() as usize, row.len());
            let more = Some(table) != last;
            code.push_str(&format!(
                "    Holder {{ more: {more}, table: {table}, start: {start}, length: {length} }},\n"
            ));
        }
    }
    code.push_str("];\n");
    assert!(records.iter().all(|(term, _)| term.len() >= 3), "a term is too short to be searched for");
    write_sieve(records.iter().map(|record| record.0), &out.join("tables_sieve.bin"));
    fs::write(out.join("tables.bin"), trie(records)).expect("OUT_DIR can be written");
    fs::write(out.join("tables.rs"), code).expect("OUT_DIR can be written");
}

/// Writes how terms begin that have three bytes at least.
fn write_sieve<'t>(terms: impl Iterator<Item = &'t str>, out: &Path) {
    let mut sieve = [0u8; sieve::SIZE];
    for term in terms.filter(|term| term.len() >= 3) {
        let place = sieve::places(term.as_bytes())[usize::from(term.len() < 6)];
        sieve[place / 8] |= 1 << (place % 8);
    }
    fs::write(out, sieve).expect("OUT_DIR can be written");
}

/// Writes the characters that begin no sentence for `lexicon/starts.rs`.
fn write_starts(path: &Path, out: &Path) {
    let characters: String = first_column(path).iter().filter_map(|cell| cell.chars().next()).collect();
    fs::write(out.join("starts.txt"), characters).expect("OUT_DIR can be written");
}

/// A trie for `lexicon/trie.rs`: the number of codes, the code of every character as two bytes, the nodes as eight.
fn trie(records: Vec<(&str, u32)>) -> Vec<u8> {
    let written = crawdad::Trie::from_records(records).expect("the words make a trie").serialize_to_vec();
    let number = |at: usize| u32::from_le_bytes(written[at..at + 4].try_into().expect("four bytes"));
    let count = number(0) as usize;
    let mut blob = number(0).to_le_bytes().to_vec();
    for c in 0..count {
        // Code 0 is the end of a text.
        let code = Some(number(4 + 4 * c)).filter(|code| *code != 0);
        blob.extend(code.and_then(|code| u16::try_from(code).ok()).unwrap_or(u16::MAX).to_le_bytes());
    }
    // Behind the codes stand how many there are of them, and how many nodes.
    blob.extend_from_slice(&written[4 + 4 * count + 8..]);
    blob
}

/// Writes the literals for `scan.rs`; the value of each is its number in their order.
fn write_literals(literals: &[String], out: &Path) {
    let numbered = literals.iter().zip(0..).filter(|(literal, _)| !literal.is_empty());
    let mut records: Vec<(&str, u32)> = numbered.map(|(literal, number)| (literal.as_str(), number)).collect();
    if records.is_empty() {
        records.push(("\u{FFFF}", 0));
    }
    write_sieve(records.iter().map(|record| record.0), &out.join("literals_sieve.bin"));
    fs::write(out.join("literals.bin"), trie(records)).expect("OUT_DIR can be written");
}

fn first_column(path: &Path) -> Vec<String> {
    rows(&read(path)).map(|row| row.split('\t').next().unwrap_or_default().to_string()).collect()
}

fn rows(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
