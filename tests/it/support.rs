//! What the tests share: where fixtures are, and goldens that can be rewritten.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use kanwu::finding::Level;
use kanwu::rule::RuleSet;

/// A path under `fixtures/`.
pub fn fixture(path: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

/// Compares with a golden file under `fixtures/`; `KANWU_BLESS=1` rewrites it instead.
pub fn check_golden(path: impl AsRef<Path>, actual: &str) {
    let path = fixture(path);
    if env::var_os("KANWU_BLESS").is_some() {
        fs::write(&path, actual).expect("a golden can be written");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == actual, "{} differs; KANWU_BLESS=1 rewrites it. Now:\n{actual}", path.display());
}

/// The texts between `⟦` and `⟧` as byte ranges of the text without the marks, and that text.
pub fn marked(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut plain = String::new();
    let mut open = 0;
    let mut marks = Vec::new();
    for c in text.chars() {
        match c {
            '⟦' => open = plain.len(),
            '⟧' => marks.push((open, plain.len())),
            c => plain.push(c),
        }
    }
    (plain, marks)
}

/// The built-in rules that are not off, loaded once.
pub fn built_in() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| {
        let mut set = kanwu::rule::built_in().expect("the built-in packs hold");
        set.rules.retain(|rule| rule.level != Level::Off);
        set
    })
}

/// A tenth of a count in a debug build, which is twenty times as slow: the same kinds of text in every build, and their
/// full size with `cargo test --release`.
pub const fn sized(count: usize) -> usize {
    if cfg!(debug_assertions) { count / 10 } else { count }
}
