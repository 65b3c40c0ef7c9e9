//! The program from outside: each `fixtures/cli/*.toml` is one run in a folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use kanwu::report::Format;
use serde::Deserialize;
use tempfile::TempDir;

use crate::schema;
use crate::support::{check_golden, fixture};

/// One run.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    args: Vec<String>,
    status: i32,
    /// Path to text.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// Path to bytes.
    #[serde(default)]
    bytes: BTreeMap<String, Vec<u8>>,
    #[serde(default)]
    folders: Vec<String>,
    #[serde(default)]
    stdin: String,
    /// What standard output has, each.
    #[serde(default)]
    stdout: Vec<String>,
    /// What standard output does not have.
    #[serde(default)]
    absent: Vec<String>,
    /// What standard error has; it is empty where this is.
    #[serde(default)]
    stderr: Vec<String>,
    /// Whether all of standard output is compared with the golden of the same name.
    #[serde(default)]
    golden: bool,
    /// Files that the run writes, and what they have.
    #[serde(default)]
    written: BTreeMap<String, String>,
}

impl Case {
    fn folder(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = self.files.iter().map(|(path, text)| (path, text.as_bytes()));
        for (path, bytes) in files.chain(self.bytes.iter().map(|(path, bytes)| (path, bytes.as_slice()))) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
        for path in &self.folders {
            fs::create_dir_all(folder.path().join(path)).expect("a folder");
        }
        fs::copy(fixture("cli/pack.rules"), folder.path().join("sample.toml")).expect("the sample pack");
        folder
    }
}

fn kanwu(folder: &Path, args: &[String], stdin: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kanwu"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A run that does not read its input closes the pipe.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin.as_bytes());
    child.wait_with_output().expect("the program ends")
}

fn check(name: &str, case: &Case) {
    let folder = case.folder();
    let output = kanwu(folder.path(), &case.args, &case.stdin);
    let stdout = String::from_utf8(output.stdout).expect("UTF-8");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    let told = format!("{name}\n--- stdout\n{stdout}\n--- stderr\n{stderr}");
    assert_eq!(output.status.code(), Some(case.status), "{told}");
    case.stdout.iter().for_each(|part| assert!(stdout.contains(part), "no {part:?} in {told}"));
    case.absent.iter().for_each(|part| assert!(!stdout.contains(part), "{part:?} in {told}"));
    case.stderr.iter().for_each(|part| assert!(stderr.contains(part), "no {part:?} in {told}"));
    if let Some(format) = Format::ALL.into_iter().find(|format| case.args.iter().any(|arg| arg == format.name())) {
        schema::check(format, &stdout);
    }
    assert!(!case.stderr.is_empty() || stderr.is_empty(), "something on standard error in {told}");
    for (path, part) in &case.written {
        let text = fs::read_to_string(folder.path().join(path)).unwrap_or_default();
        assert!(text.contains(part), "no {part:?} in {path}: {text}");
    }
    if case.golden {
        check_golden(format!("cli/{name}.stdout"), &stdout);
    }
}

#[test]
fn every_case() {
    let mut paths: Vec<_> =
        fs::read_dir(fixture("cli")).expect("cases").map(|entry| entry.expect("a case").path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "toml")) {
        let text = fs::read_to_string(path).expect("a case");
        let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        check(&path.file_stem().expect("a name").to_string_lossy(), &case);
    }
}

fn strings(args: &[&str]) -> Vec<String> {
    args.iter().map(|arg| arg.to_string()).collect()
}

fn case(args: &[&str], status: i32, files: &[(&str, &str)]) -> Case {
    let files = files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect();
    let empty = Case {
        args: strings(args),
        status,
        files,
        bytes: BTreeMap::new(),
        folders: vec!["空".to_string()],
        stdin: String::new(),
        stdout: Vec::new(),
        absent: Vec::new(),
        stderr: Vec::new(),
        golden: false,
        written: BTreeMap::new(),
    };
    Case { bytes: [("坏.txt".to_string(), vec![0xE6, 0xB0, 0xFF, 0x81, 0xFE, 0xFF, 0xFF])].into(), ..empty }
}

/// What the sheet says instead of a rule's name.
fn sheet_words(rule: &str) -> &str {
    match rule {
        "sample/variant-word" => "应为“稀奇”",
        "reading/missing-file" => "找不到这个文件",
        "reading/undecodable-file" => "坏.txt</b>：",
        "reading/no-input" => "没有可以检查的稿件",
        "engine/no-rules" => "没有可用的规则",
        other => other,
    }
}

#[test]
fn exit_statuses_are_the_same_in_every_format() {
    let files = [
        ("净.txt", "春天来了。\n"),
        ("误.txt", "他希奇地看着。\n"),
        ("宽.toml", "fail-on = \"never\"\n"),
        ("放.toml", "[[allow]]\nrule = \"sample\"\nquote = \"⟦希奇⟧\"\nreason = \"方言\"\n"),
    ];
    let rows: [(&[&str], i32, &str); 13] = [
        (&["净.txt"], 0, ""),
        (&["误.txt"], 1, "sample/variant-word"),
        (&["误.txt", "--fail-on", "never"], 0, "sample/variant-word"),
        (&["误.txt", "--config", "宽.toml"], 0, "sample/variant-word"),
        (&["误.txt", "--config", "放.toml"], 0, ""),
        (&["净.txt", "误.txt", "--together"], 1, "sample/variant-word"),
        (&["误.txt", "无.txt", "--together"], 2, "reading/missing-file"),
        (&["无.txt", "误.txt"], 2, "reading/missing-file"),
        (&["坏.txt", "误.txt"], 2, "reading/undecodable-file"),
        (&["空"], 2, "reading/no-input"),
        (&["空", "--allow-empty"], 0, ""),
        (&["坏.txt", "--encoding", "gb18030"], 2, "reading/undecodable-file"),
        (&["误.txt", "--only", "sample/variant-wrod"], 2, "engine/no-rules"),
    ];
    for format in Format::ALL {
        for (args, status, rule) in &rows {
            let rule = if format == Format::Html { sheet_words(rule) } else { rule };
            let only = if args.contains(&"--only") { &[][..] } else { &["--only", "sample"][..] };
            let args = [&["check", "--rules", "sample.toml", "--format", format.name()], only, args].concat();
            let mut case = case(&args, *status, &files);
            case.stdout.push(rule.to_string());
            case.stderr.extend(args.contains(&"sample/variant-wrod").then(|| "did you mean".to_string()));
            check(&args.join(" "), &case);
        }
    }
}

#[test]
fn every_rule_is_listed() {
    let output = kanwu(Path::new("."), &strings(&["rules", "list"]), "");
    let list = String::from_utf8(output.stdout).expect("UTF-8");
    let listed: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let rules = kanwu::rule::built_in().expect("the built-in packs hold").rules;
    let known: Vec<&str> = rules.iter().map(|rule| &*rule.id).collect();
    assert_eq!(listed, known);
}

#[test]
fn the_same_bytes_at_any_thread_count() {
    let texts: Vec<(String, String)> =
        (0..40).map(|n| (format!("稿件/{n:02}.txt"), "他希奇地看着,没有说话。\n".repeat(n % 7 + 1))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    for format in ["pretty", "brief", "json", "jsonl"] {
        let folder = case(&[], 1, &files).folder();
        let run = |threads: &str| {
            let args = ["check", "稿件", "无.txt", "--rules", "sample.toml", "--format", format, "--threads", threads];
            kanwu(folder.path(), &strings(&args), "").stdout
        };
        let one = run("1");
        assert!(!one.is_empty());
        assert_eq!(one, run("4"), "{format}");
    }
}

#[test]
fn a_closed_pipe_is_quiet() {
    let files = [("误.txt", "他希奇地看着。\n".repeat(4000))];
    let folder = case(&[], 1, &[(files[0].0, &files[0].1)]).folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_kanwu"))
        .args(["误.txt", "--rules", "sample.toml", "--only", "sample", "--no-fold", "--format", "jsonl"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), &b""[..]));
}
