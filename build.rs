//! Turns the knowledge in `rules/` into tables that the program only has to map into memory: the dictionary as a trie,
//! and one automaton for each lexicon table whose first column is looked for in text.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Tables of `rules/lexicon` whose first column is searched for.
const SEARCHED: &[&str] = &["institutions", "roles", "actions", "hosts", "family_terms", "places"];

/// Parts of speech of the dictionary, in the order of their codes; `lexicon/words.rs` reads the same file.
const TAGS: &str = include_str!("rules/lexicon/tags.txt");

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let lexicon = Path::new("rules/lexicon");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=rules");
    write_words(&lexicon.join("words.tsv"), &out);
    for name in SEARCHED {
        write_automaton(&first_column(&lexicon.join(format!("{name}.tsv"))), &out.join(format!("{name}.bin")));
    }
}

/// One `u32` a word: the frequency in the upper 24 bits, the part of speech in the lower 8.
fn write_words(path: &Path, out: &Path) {
    let tags: Vec<&str> = TAGS.split_whitespace().collect();
    let text = read(path);
    let mut total = 0u64;
    let mut records: Vec<(&str, u32)> = Vec::new();
    for row in rows(&text) {
        let mut columns = row.split('\t');
        let (word, count, tag) = (columns.next(), columns.next(), columns.next());
        let (Some(word), Some(count)) = (word, count.and_then(|count| count.parse::<u32>().ok())) else {
            panic!("{}: a row is word, frequency, part of speech: {row}", path.display());
        };
        let code = tags.iter().position(|known| Some(*known) == tag).unwrap_or(tags.len()) as u32;
        total += u64::from(count);
        records.push((word, (count.min((1 << 24) - 1) << 8) | code));
    }
    records.sort_unstable();
    records.dedup_by_key(|record| record.0);
    let trie = crawdad::Trie::from_records(records).expect("the dictionary makes a trie");
    fs::write(out.join("words.bin"), trie.serialize_to_vec()).expect("OUT_DIR can be written");
    fs::write(out.join("words_total.txt"), total.to_string()).expect("OUT_DIR can be written");
}

/// The value of a term is its row, counted from 0 over all rows of its table.
fn write_automaton(terms: &[String], out: &Path) {
    let mut rows: Vec<(&str, u32)> = Vec::new();
    for (row, term) in terms.iter().enumerate() {
        rows.push((term, row as u32));
    }
    rows.sort_unstable();
    rows.dedup_by_key(|row| row.0);
    if rows.is_empty() {
        rows.push(("\u{FFFF}", 0));
    }
    let automaton: daachorse::CharwiseDoubleArrayAhoCorasick<u32> =
        daachorse::CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build_with_values(rows)
            .expect("terms make an automaton");
    fs::write(out, automaton.serialize()).expect("OUT_DIR can be written");
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
