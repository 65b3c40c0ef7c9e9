//! Names of edited text, each written once with another character of like sound or shape: nearly all are found, and
//! the text itself has next to none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kanwu::facts::shape::is_common_surname;
use kanwu::facts::{Context, NameKind};
use kanwu::lexicon::likeness::lookalikes;
use kanwu::lexicon::words::words;
use kanwu::manuscript::read_manuscript;
use kanwu::scan::Hits;
use kanwu::text::Source;

use crate::support::built_in;

const RULES: [&str; 2] = ["person/name-written-two-ways", "person/lone-form-of-name"];

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/clean");
    folder.is_dir().then_some(folder)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The forms of names that are doubted in a text.
fn doubted(text: &str) -> BTreeSet<String> {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    let findings = kanwu::engine::check(&manuscript, built_in());
    let own = findings.into_iter().filter(|finding| RULES.contains(&&*finding.rule));
    own.map(|finding| finding.at.text()).collect()
}

/// The names of three characters that a role or a verb shows and that stand three times or more.
fn names(text: &str) -> BTreeMap<String, usize> {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    let hits = Hits::default();
    let cx = Context::new(&manuscript, &hits);
    let people = cx.people().iter().filter(|name| name.value.kind == NameKind::Han);
    let names = people.map(|name| cx.at(name.span)).filter(|name| name.chars().count() == 3);
    let names = names.filter(|name| is_surely_a_name(name));
    let often = names.map(|name| (name.to_string(), text.matches(name).count()));
    often.filter(|(_, count)| *count >= 3).collect()
}

/// Whether a text begins with a surname that is not rare, and holds no word of the language.
fn is_surely_a_name(name: &str) -> bool {
    let first = name.chars().next().map_or(0, char::len_utf8);
    let single = |part: &str| part.chars().nth(1).is_none();
    let tagged = |part: &str| words().get(part).is_some_and(|word| word.tag.starts_with("nr"));
    is_common_surname(&name[..first])
        && words().cut(name).into_iter().all(|part| single(&name[part.clone()]) || tagged(&name[part]))
}

/// The last name of a text with one of its characters replaced by a lookalike.
fn variants(text: &str, name: &str) -> Vec<(String, String)> {
    let characters: Vec<char> = name.chars().collect();
    let Some(at) = text.rfind(name) else { return Vec::new() };
    let replaced = |place: usize| {
        let mut other = characters.clone();
        other[place] = lookalikes(characters[place]).next()?;
        let other: String = other.into_iter().collect();
        let changed = format!("{}{other}{}", &text[..at], &text[at + name.len()..]);
        (!text.contains(&other)).then_some((other, changed))
    };
    (1..3).filter_map(replaced).collect()
}

#[test]
#[ignore = "reads the whole corpus; run with --ignored"]
fn misspelt_names_are_found() {
    let Some(folder) = corpus() else {
        eprintln!("skipped: the corpus of edited text is not here");
        return;
    };
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    paths.sort();
    let (mut all, mut found, mut pairs, mut characters) = (0, 0, 0, 0);
    for path in paths {
        let text = fs::read_to_string(&path).unwrap_or_default();
        pairs += doubted(&text).len();
        characters += text.chars().count();
        for (other, changed) in names(&text).keys().flat_map(|name| variants(&text, name)) {
            all += 1;
            if doubted(&changed).contains(&other) {
                found += 1;
            } else {
                eprintln!("missed: {other} in {}", path.display());
            }
        }
    }
    eprintln!("{found} of {all} found; {pairs} pairs in {characters} characters of edited text");
    assert!(found * 100 >= all * 99 && pairs * 1_000_000 <= characters * 2);
}
