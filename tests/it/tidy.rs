//! The repository tests itself: what DESIGN promises of the code's shape, with the reasons.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The `.rs` files below a folder, with their text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).expect("source is UTF-8");
                files.push((path, text));
            }
        }
    }
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The layer of a module of `src`: dependencies point to the same number or a smaller one.
fn layer(module: &str) -> Option<u32> {
    Some(match module {
        "text" => 0,
        "lexicon" => 1,
        "read" => 2,
        "manuscript" => 3,
        "scan" => 3,
        "facts" => 4,
        "phrase" | "guard" | "finding" => 5,
        "check" => 6,
        "rule" => 7,
        "engine" => 8,
        "config" | "review" | "fix" | "score" => 9,
        "report" | "catalogue" => 10,
        "cli" | "count" => 11,
        _ => return None,
    })
}

fn module_of(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).expect("a file of src");
    let first = relative.components().next().expect("a name").as_os_str().to_string_lossy().to_string();
    first.trim_end_matches(".rs").to_string()
}

/// The code of a file without its head, unit tests and comments.
fn code(text: &str) -> String {
    let body = text.split_once("*/").map_or(text, |(_, body)| body);
    let body = body.split("#[cfg(test)]").next().unwrap_or(body);
    body.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn dependencies_point_down() {
    for (path, text) in sources("src") {
        let Some(own) = layer(&module_of(&path)) else { continue };
        for (at, _) in code(&text).match_indices("crate::") {
            let rest: String =
                code(&text)[at + 7..].chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            if let Some(other) = layer(&rest) {
                assert!(other <= own, "{} uses {rest}, which stands above it", name(&path));
            }
        }
    }
}

/// A check reads manuscript and facts; a check that opens files, reads TOML or calls another check cannot be run alone,
/// in any order, or in an editor.
#[test]
fn checks_keep_to_themselves() {
    for (path, text) in sources("src/check") {
        let text = code(&text);
        for word in ["std::fs", "toml::", "crate::report", "ariadne", "rayon"] {
            assert!(!text.contains(word), "{} uses {word}", name(&path));
        }
    }
}

/// One crate, one room: whatever replaces it is written there.
#[test]
fn crates_stay_in_their_rooms() {
    let rooms = [
        ("ariadne::", &["src/report/pretty.rs"][..]),
        ("rayon::", &["src/engine.rs", "src/engine/"][..]),
        ("toml::", &["src/rule/", "src/config.rs", "src/config/"][..]),
        ("encoding_rs::", &["src/text/encoding"][..]),
        ("rawzip::", &["src/read/docx/package.rs", "src/fix/package.rs"][..]),
        ("flate2::", &["src/read/docx/package.rs", "src/fix/package.rs"][..]),
        ("clap::", &["src/cli/", "src/main.rs"][..]),
        ("pulldown_cmark::", &["src/read/markdown"][..]),
        ("html5gum::", &["src/read/html/token.rs"][..]),
        ("ignore::", &["src/cli/walk.rs"][..]),
        ("clap_complete::", &["src/cli/complete.rs"][..]),
        ("clap_mangen::", &["src/cli/complete.rs"][..]),
        ("indicatif::", &["src/cli/progress.rs"][..]),
        ("similar::", &["src/cli/fix.rs"][..]),
        ("tempfile::", &["src/fix/place.rs"][..]),
    ];
    for (path, text) in sources("src") {
        let (path, text) = (name(&path), code(&text));
        for (word, allowed) in rooms {
            let uses = text
                .match_indices(word)
                .any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
            assert!(!uses || allowed.iter().any(|room| path.starts_with(room)), "{path} uses {word}");
        }
    }
}

#[test]
fn files_and_functions_fit() {
    for (path, text) in sources("src") {
        let lines = text.split("#[cfg(test)]").next().unwrap_or(&text).lines().count();
        assert!(lines <= 400, "{} has {lines} lines", name(&path));
        for (function, length) in functions(&text) {
            assert!(length <= 60, "{}: {function} has {length} lines", name(&path));
        }
    }
}

/// Functions with their length in lines, by indentation, which rustfmt guarantees.
fn functions(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize, usize)> = None;
    for (number, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let starts = ["fn ", "pub fn ", "pub(crate) fn ", "pub(super) fn ", "const fn ", "pub const fn "];
        match &open {
            None if starts.iter().any(|start| line.trim_start().starts_with(start))
                && !line.trim_end().ends_with(['}', ';']) =>
            {
                open = Some((line.trim().to_string(), indent, number));
            }
            Some((function, start, from)) if indent == *start && line.trim_start().starts_with('}') => {
                found.push((function.clone(), number - from));
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[test]
fn nothing_is_left_over() {
    let words = ["TODO", "FIXME", "dbg!", "todo!", "unimplemented!", ".unwrap()"];
    for (path, text) in sources("src") {
        let text = code(&text);
        for word in words {
            assert!(!text.contains(word), "{} has {word}", name(&path));
        }
        let file = name(&path);
        for word in ["utils", "helper", "manager", "common", "misc"] {
            assert!(!file.contains(word), "{file}: what is it about?");
        }
    }
}

#[test]
fn every_module_says_why_it_exists() {
    for (path, text) in sources("src") {
        let head = text.trim_start();
        assert!(head.starts_with("/*!") || head.starts_with("//!"), "{} has no module head", name(&path));
    }
}

/// Knowledge ships with its source, its licence and its date.
#[test]
fn tables_name_their_source() {
    for entry in fs::read_dir(root().join("rules/lexicon")).expect("the tables").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "tsv") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a table is UTF-8");
        let head: String =
            text.lines().take_while(|line| line.starts_with('#')).collect::<Vec<_>>().join("\n").to_lowercase();
        for word in ["source", "licence", "date"] {
            assert!(head.contains(word), "{} does not name its {word}", name(&path));
        }
    }
}
