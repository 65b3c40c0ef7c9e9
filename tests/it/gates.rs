//! What stands between a manuscript and the press: the hook, the scripts of the action, the template.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const SOUND: &str = "水位下降了。\n";
const FAULTY: &str = "江西省上饶市万年县人民法院党组书记、检察长 谢谢\n";

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a file of the project")
}

/// The words between quotes, or between bars.
fn words(list: &str, separator: char) -> BTreeSet<String> {
    list.split(separator)
        .filter(|word| word.chars().all(char::is_alphanumeric) && !word.is_empty())
        .map(String::from)
        .collect()
}

/// The hooks take the files that a folder is searched for.
#[test]
fn the_hooks_are_for_every_manuscript() {
    let hooks = text(".pre-commit-hooks.yaml");
    let walk = text("src/cli/walk.rs");
    let endings = walk.split_once("const ENDINGS").and_then(|(_, rest)| rest.split_once("];")).expect("endings").0;
    let endings = words(endings.split_once("= [").expect("a list").1, '"');
    let hooks: Vec<&str> = hooks.split("- id: ").skip(1).collect();
    assert_eq!(hooks.len(), 2);
    for hook in hooks {
        let pattern =
            hook.split_once(r"files: (?i)\.(").and_then(|(_, rest)| rest.split_once(")$")).expect("a pattern").0;
        assert_eq!(words(pattern, '|'), endings);
        assert!(hook.contains("require_serial: true"), "a manuscript is not split between runs");
    }
}

/// Every value that a script reads is given by the action, and no other.
#[test]
fn the_action_and_its_scripts_speak_of_the_same() {
    let names = |text: &str| -> BTreeSet<String> {
        let ends = |c: char| !(c.is_ascii_uppercase() || c == '_');
        let starts = text.match_indices("KANWU_").map(|(at, _)| &text[at..]);
        starts.map(|rest| rest[..rest.find(ends).unwrap_or(rest.len())].to_string()).collect()
    };
    let mut read = names(&text("packaging/github/install.sh"));
    read.extend(names(&text("packaging/github/check.sh")));
    // For a server of one's own, and for tests.
    assert!(read.remove("KANWU_RELEASES"));
    assert_eq!(read, names(&text("action.yml")));
}

/// A step in a folder with manuscripts, as a runner would run it.
struct Step {
    folder: TempDir,
}

impl Step {
    fn new() -> Step {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("我 的稿")).expect("a folder");
        fs::write(folder.path().join("我 的稿/错.txt"), FAULTY).expect("a file");
        fs::write(folder.path().join("好.txt"), SOUND).expect("a file");
        Step { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, script: &str, environment: &[(&str, &str)]) -> Output {
        let binary = Path::new(env!("CARGO_BIN_EXE_kanwu")).parent().expect("a folder");
        let paths = env::var_os("PATH").unwrap_or_default();
        let paths = [binary.to_path_buf()].into_iter().chain(env::split_paths(&paths));
        Command::new("bash")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/github").join(script))
            .current_dir(self.folder.path())
            .env("PATH", env::join_paths(paths).expect("paths"))
            .env("GITHUB_OUTPUT", self.path("outputs"))
            .env("GITHUB_PATH", self.path("paths"))
            .env("RUNNER_TEMP", self.path("runner"))
            .envs([("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64"), ("KANWU_SARIF", "kanwu.sarif")])
            .envs(environment.iter().copied())
            .output()
            .expect("bash runs")
    }

    fn wrote(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_default()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[cfg(unix)]
#[test]
fn the_step_marks_lines_and_keeps_the_exit_status() {
    let cases = [
        ("我 的稿\n好.txt\n", "", 1, "::error file=我 的稿/错.txt,line=1"),
        ("好.txt", "", 0, ""),
        ("我 的稿", "--fail-on  never\n--level error", 0, "::error file="),
        ("我 的稿", "--only spelling", 0, ""),
        ("没有.txt", "", 2, "::error file=没有.txt"),
    ];
    for (paths, flags, status, shown) in cases {
        let step = Step::new();
        let output = step.run("check.sh", &[("KANWU_PATHS", paths), ("KANWU_ARGS", flags)]);
        assert_eq!(output.status.code(), Some(status), "{paths} {flags}: {}", said(&output));
        assert!(said(&output).contains(shown), "{paths} {flags}: {}", said(&output));
        assert_eq!(step.wrote("outputs"), format!("status={status}\nsarif=kanwu.sarif\n"));
        let sarif: serde_json::Value = serde_json::from_str(&step.wrote("kanwu.sarif")).expect("a report");
        assert_eq!(sarif["version"], "2.1.0");
    }
}

/// A command that makes no sense leaves no report, not even an old one.
#[cfg(unix)]
#[test]
fn a_step_that_makes_no_sense_hands_on_nothing() {
    let step = Step::new();
    fs::write(step.path("kanwu.sarif"), "{}").expect("an old report");
    let output = step.run("check.sh", &[("KANWU_PATHS", "好.txt"), ("KANWU_PROFILE", "newpaper")]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("newspaper"), "{}", said(&output));
    assert_eq!((step.wrote("outputs"), step.path("kanwu.sarif").exists()), ("status=2\n".to_string(), false));
}

/// The archive of a release that says `kanwu of a release`; nothing where the system lacks the tools.
#[cfg(unix)]
fn release(step: &Step) -> Option<String> {
    let make =
        "mkdir -p v0.1.0 && cd v0.1.0 && printf '#!/bin/sh\\necho kanwu of a release\\n' >kanwu && chmod +x kanwu &&
        name=kanwu-v0.1.0-x86_64-unknown-linux-gnu.tar.gz && tar -czf $name kanwu && sha256sum $name >$name.sha256 &&
        curl --version";
    let made = Command::new("bash").args(["-c", make]).current_dir(step.folder.path()).output().expect("bash runs");
    if !made.status.success() {
        println!("skipped: {}", said(&made));
        return None;
    }
    Some(format!("file://{}", step.folder.path().display()))
}

#[cfg(unix)]
#[test]
fn a_release_is_installed_and_a_wrong_one_refused() {
    let step = Step::new();
    let Some(releases) = release(&step) else { return };
    let set =
        [("KANWU_INSTALL", "auto"), ("KANWU_REF", "v0.1.0"), ("KANWU_RELEASES", &releases), ("KANWU_SOURCE", "无")];
    let output = step.run("install.sh", &set);
    assert!(output.status.success() && said(&output).contains("kanwu of a release"), "{}", said(&output));
    assert!(Path::new(step.wrote("paths").trim()).join("kanwu").exists());
    let archive = step.path("v0.1.0/kanwu-v0.1.0-x86_64-unknown-linux-gnu.tar.gz");
    fs::write(&archive, "not what was released").expect("the archive");
    let output = step.run("install.sh", &set);
    assert!(!output.status.success() && said(&output).contains("is not what its checksum says"), "{}", said(&output));
}

/// Without a release, `release` fails and `auto` builds from source.
#[cfg(unix)]
#[test]
fn without_a_release_it_is_built() {
    let step = Step::new();
    let tools = step.path("tools");
    fs::create_dir_all(&tools).expect("a folder");
    let cargo = "#!/bin/sh\nmkdir -p \"$RUNNER_TEMP/kanwu/bin\"\nprintf '#!/bin/sh\\necho built from %s\\n' \"$5\" \
                 >\"$RUNNER_TEMP/kanwu/bin/kanwu\"\nchmod +x \"$RUNNER_TEMP/kanwu/bin/kanwu\"\necho \"$*\"\n";
    fs::write(tools.join("cargo"), cargo).expect("a stand-in for cargo");
    Command::new("chmod").arg("+x").arg(tools.join("cargo")).status().expect("chmod runs");
    let paths = format!("{}:{}", tools.display(), env::var("PATH").unwrap_or_default());
    let set = |install| [("KANWU_INSTALL", install), ("KANWU_REF", "main"), ("KANWU_SOURCE", "/源"), ("PATH", &paths)];
    let output = step.run("install.sh", &set("release"));
    assert!(!output.status.success() && said(&output).contains("'main' is no version"), "{}", said(&output));
    let output = step.run("install.sh", &set("auto"));
    assert!(output.status.success() && said(&output).contains("install --locked --path /源"), "{}", said(&output));
    let output = step.run("install.sh", &set("relase"));
    assert!(!output.status.success() && said(&output).contains("auto, release or source"), "{}", said(&output));
}
