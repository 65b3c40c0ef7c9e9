//! What the pages say is so: screens, commands, flags, the files that they show, and where links lead.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use kanwu::check::MECHANISMS;
use kanwu::config::{PROFILES, keys};
use kanwu::report::Format;
use tempfile::TempDir;

use crate::package::{Package, p};

const PAGES: [&str; 5] = ["README.md", "README.zh-CN.md", "docs/configuration.md", "docs/gates.md", "docs/rules.md"];

/// The manuscript that the allows of the pages speak of.
const PIECE: &str = "江西省上饶市万年县人民法院党组书记、检察长 谢谢";

/// A fenced block: what stands behind the fence, and its lines without the fence's indent.
struct Fenced {
    info: String,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).expect("a page of the project")
}

fn fenced(page: &str) -> Vec<Fenced> {
    let mut blocks = Vec::new();
    let mut open: Option<Fenced> = None;
    for line in page.lines() {
        match (line.trim().strip_prefix("```"), &mut open) {
            (Some(info), None) => open = Some(Fenced { info: info.to_string(), text: String::new() }),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => block.text.push_str(&format!("{line}\n")),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

/// What stands between backticks outside of fenced blocks.
fn spans(page: &str) -> Vec<String> {
    let prose: Vec<&str> = page.split("```").step_by(2).collect();
    prose.iter().flat_map(|text| text.split('`').skip(1).step_by(2)).map(|span| span.replace('\n', " ")).collect()
}

fn kanwu(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kanwu")).args(args).current_dir(folder).output().expect("kanwu runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A folder with the files that a page shows, and what they speak of.
fn folder(name: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, bytes: &[u8]| fs::write(folder.path().join(path), bytes).expect("a file");
    for block in fenced(&page(name)) {
        if let Some((_, path)) = block.info.split_once(' ') {
            write(path, block.text.as_bytes());
        }
    }
    write("人名.txt", "谢推动\n".as_bytes());
    write("三版.txt", PIECE.as_bytes());
    write("三版.docx", &Package::body(&p(PIECE)).zip());
    folder
}

#[test]
fn the_screens_are_what_the_program_prints() {
    let output = kanwu(root(), &["check", "fixtures/page.txt", "--no-config"]);
    assert_eq!(output.status.code(), Some(1));
    let printed = said(&output);
    for name in ["README.md", "README.zh-CN.md"] {
        let screens: Vec<Fenced> = fenced(&page(name)).into_iter().filter(|block| block.info == "text").collect();
        assert!(!screens.is_empty(), "{name} shows no screen");
        for screen in screens {
            let mut rest = printed.as_str();
            for part in screen.text.split("\n…\n").map(str::trim).filter(|part| !part.is_empty()) {
                for finding in part.split("\n\n") {
                    let (_, after) = rest.split_once(finding).unwrap_or_else(|| panic!("{name}:\n{finding}"));
                    rest = after;
                }
            }
        }
    }
}

/// The flags of each command, by what its help lists.
fn flags() -> BTreeMap<&'static str, BTreeSet<String>> {
    const COMMANDS: [&str; 11] = [
        "check",
        "fix",
        "allow",
        "read",
        "rules list",
        "rules show",
        "rules test",
        "rules measure",
        "completions",
        "man",
        "--version",
    ];
    let help = |command: &'static str| {
        let mut args: Vec<&str> = command.split(' ').collect();
        args.extend((command != "--version").then_some("--help"));
        let output = kanwu(root(), &args);
        assert!(output.status.success(), "there is no `kanwu {command}`");
        let listed = said(&output);
        let words = listed.split_whitespace().filter(|word| word.starts_with("--"));
        (command, words.map(|word| word.trim_end_matches([',', '.']).to_string()).collect())
    };
    COMMANDS.map(help).into()
}

#[test]
fn every_command_and_flag_exists() {
    let known = flags();
    let anywhere: BTreeSet<&String> = known.values().flatten().collect();
    let mut seen = 0;
    for name in PAGES {
        let text = page(name);
        let blocks = fenced(&text).into_iter().filter(|block| block.info == "console");
        let lines: Vec<String> =
            blocks.flat_map(|block| block.text.lines().map(String::from).collect::<Vec<_>>()).collect();
        for line in lines.iter().chain(&spans(&text)) {
            let line = line.split(" | ").next().unwrap_or_default().split('#').next().unwrap_or_default().trim();
            let words: Vec<&str> = line.split_whitespace().collect();
            let flags = words.iter().map(|word| word.split('=').next().unwrap_or(word));
            let mut flags = flags.filter(|word| word.starts_with("--") && word.len() > 2);
            if words.first() == Some(&"kanwu") && words.len() > 1 {
                let two = words.get(1..3).map(|two| two.join(" ")).unwrap_or_default();
                let own = known.get(two.as_str()).or_else(|| known.get(words[1]));
                let own = own.unwrap_or_else(|| panic!("{name}: `{line}` is no command"));
                seen += 1;
                assert!(flags.all(|flag| own.contains(flag)), "{name}: a flag of `{line}` does not exist");
            } else if words.first().is_some_and(|first| first.starts_with("--")) {
                assert!(flags.all(|flag| anywhere.contains(&flag.to_string())), "{name}: {line}");
            }
        }
    }
    assert!(seen > 30, "only {seen} commands were seen in the pages");
}

/// The pages show a pack, a configuration and an allow; they do together what the pages say.
#[test]
fn the_files_of_the_pages_hold() {
    for name in ["README.md", "README.zh-CN.md"] {
        let folder = folder(name);
        let shown = fs::read_to_string(folder.path().join("kanwu.allow.toml")).expect("the allow of the page");
        let manuscript = if shown.contains("三版.docx") { "三版.docx" } else { "三版.txt" };
        let output = kanwu(folder.path(), &["check", manuscript, "--show-config"]);
        assert!(output.status.success(), "{name}: {}", said(&output));
        for part in ["我社.toml", "人名.txt", "newspaper", "wording = query", "allow"] {
            assert!(said(&output).contains(part), "{name}: {part} in {}", said(&output));
        }
        let output = kanwu(folder.path(), &["check", manuscript, "--format", "brief"]);
        assert!(!said(&output).contains("name-is-common-word"), "{name}: {}", said(&output));
        assert!(said(&output).contains("role-outside-institution"), "{name}: {}", said(&output));
        assert!(!said(&output).contains("没有用到"), "{name}: {}", said(&output));
        fs::remove_file(folder.path().join("kanwu.allow.toml")).expect("the allow");
        let output = kanwu(folder.path(), &["check", manuscript, "--format", "brief"]);
        assert!(said(&output).contains("name-is-common-word"), "{name}: {}", said(&output));
    }
}

#[test]
fn the_packs_of_the_pages_hold() {
    for name in ["README.md", "README.zh-CN.md", "docs/rules.md"] {
        let output = kanwu(folder(name).path(), &["rules", "test", "我社.toml"]);
        assert!(output.status.success() && said(&output).contains("examples hold"), "{name}: {}", said(&output));
    }
}

/// `kanwu allow` writes the allow that the page shows.
#[test]
fn the_allow_of_the_page_is_written_as_shown() {
    let folder = folder("README.md");
    let path = folder.path().join("kanwu.allow.toml");
    let shown = fs::read_to_string(&path).expect("the allow of the page");
    fs::remove_file(&path).expect("the allow");
    let args = ["allow", "三版.txt", "--only", "person", "--reason", "本名，已核实"];
    assert!(kanwu(folder.path(), &args).status.success());
    let written = fs::read_to_string(&path).expect("the allows");
    assert!(written.contains(shown.trim()), "{written}");
}

#[test]
fn links_lead_somewhere() {
    for name in PAGES {
        let folder = root().join(name).parent().map(PathBuf::from).expect("a folder");
        for link in page(name).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(folder.join(link).exists(), "{name}: {link}");
        }
    }
}

/// Tables of the pages that list what the program has.
#[test]
fn the_tables_are_complete() {
    let has = |name: &str, word: &str| assert!(page(name).contains(word), "{name} does not tell of {word}");
    for format in Format::ALL {
        has("README.md", &format!("`{}`", format.name()));
    }
    for (profile, _) in PROFILES {
        for name in ["README.md", "README.zh-CN.md", "docs/configuration.md"] {
            has(name, &format!("`{profile}`"));
        }
    }
    for key in keys::names(keys::TOP) {
        assert!(page("docs/configuration.md").lines().any(|line| line.starts_with('|') && line.contains(key)), "{key}");
    }
    for mechanism in MECHANISMS {
        has("docs/rules.md", &format!("| `{}` |", mechanism.name));
    }
}
