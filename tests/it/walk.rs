//! Folders as people have them: what is searched, what is left aside, what cannot be read.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use kanwu::read::Options;
use tempfile::TempDir;

use crate::package::{Package, p};

const FAULTY: &str = "截止目前，全乡已巡堤一千里。\n";

fn folder(files: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in files {
        write(folder.path(), file, FAULTY);
    }
    folder
}

fn write(folder: &Path, file: impl AsRef<Path>, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn kanwu(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kanwu")).args(args).current_dir(folder).output().expect("the program runs")
}

/// The paths of the files in the report, in its order.
fn files(output: &Output) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let files = report["files"].as_array().expect("files");
    files.iter().map(|file| file["path"].as_str().expect("a path").replace('\\', "/")).collect()
}

fn check(folder: &Path, args: &[&str]) -> (Option<i32>, Vec<String>) {
    let output = kanwu(folder, &[&["check", "--format", "json"], args].concat());
    (output.status.code(), files(&output))
}

#[test]
fn what_is_searched_and_what_is_left_aside() {
    let all = [
        "b.TXT",
        "a.md",
        "子/c.html",
        "子/d.htm",
        "~$稿.docx",
        ".hidden.txt",
        ".git/e.txt",
        "图.png",
        "旧/f.txt",
        "草稿.txt",
        "g.markdown",
        "忽略.md",
    ];
    let folder = folder(&all);
    write(folder.path(), ".gitignore", "旧/\n");
    write(folder.path(), ".kanwuignore", "草稿.txt\n");
    write(folder.path(), ".ignore", "忽略.md\n");
    let (status, files) = check(folder.path(), &["."]);
    assert_eq!(files, ["./a.md", "./b.TXT", "./g.markdown", "./子/c.html", "./子/d.htm"]);
    assert_eq!(status, Some(1));
    let named = check(folder.path(), &["草稿.txt", ".hidden.txt", "旧/f.txt"]).1;
    assert_eq!(named, ["草稿.txt", ".hidden.txt", "旧/f.txt"], "what is named is checked");
}

#[test]
fn lists_of_files() {
    let folder = folder(&["a.txt", "子/b.md", "c d.txt"]);
    write(folder.path(), "lines", "a.txt\r\n\n子\n");
    write(folder.path(), "nuls", "c d.txt\0a.txt\0");
    assert_eq!(check(folder.path(), &["--files-from", "lines"]).1, ["a.txt", "子/b.md"]);
    assert_eq!(check(folder.path(), &["--files-from", "nuls"]).1, ["c d.txt", "a.txt"]);
    assert_eq!(check(folder.path(), &["子", "--files-from", "lines"]).1, ["子/b.md", "a.txt"]);
    let missing = kanwu(folder.path(), &["check", "--files-from", "无"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("read the list of files"));
}

#[test]
fn a_size_is_a_number_with_a_unit() {
    let folder = folder(&["a.txt"]);
    for (size, status) in [("1K", 1), ("10", 2), ("3000000", 1), ("x", 2), ("9G", 2), ("0", 2)] {
        assert_eq!(kanwu(folder.path(), &["check", "a.txt", "--max-size", size]).status.code(), Some(status), "{size}");
    }
}

/// What a package holds is measured as it is unpacked: four times the largest file, all parts together.
#[test]
fn a_package_may_unpack_to_four_times_the_largest_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = Package::body(&p(&"甲乙丙丁".repeat(3000))).zip();
    assert!(bytes.len() < 3 << 10, "{} bytes", bytes.len());
    fs::write(folder.path().join("稿.docx"), bytes).expect("a file");
    for command in ["check", "read"] {
        let ran = |size: &str| kanwu(folder.path(), &[command, "稿.docx", "--max-size", size]);
        assert_ne!(ran("10K").status.code(), Some(2), "{command}");
        let output = ran("8K");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(output.status.code(), Some(2), "{command}: {said}");
        assert!(said.contains("解压后超过32768字节") && said.contains("--max-size"), "{command}: {said}");
    }
    let most = |largest: u64| kanwu::read::docx::most_unpacked(Options { largest, ..Options::default() });
    assert_eq!([1 << 20, Options::LARGEST, Options::LIMIT].map(most), [4 << 20, 256 << 20, 1 << 30]);
}

#[test]
fn hundreds_of_files_in_the_same_order() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..400 {
        write(folder.path(), format!("{:02}/{number:04}.txt", number % 7), FAULTY);
    }
    let (status, files) = check(folder.path(), &["."]);
    assert_eq!((status, files.len()), (Some(1), 400));
    let mut sorted = files.clone();
    sorted.sort();
    assert_eq!(files, sorted);
}

#[test]
#[ignore = "writes ten thousand files"]
fn ten_thousand_files() {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..10_000 {
        write(folder.path(), format!("{:02}/{number:05}.md", number % 50), FAULTY);
    }
    assert_eq!(check(folder.path(), &["."]).1.len(), 10_000);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_that_lead_back_are_not_followed() {
        let folder = folder(&["子/a.txt"]);
        symlink("..", folder.path().join("子/回")).expect("a link");
        symlink("回", folder.path().join("回")).expect("a link");
        symlink("子/a.txt", folder.path().join("b.txt")).expect("a link");
        let (status, files) = check(folder.path(), &["."]);
        assert_eq!(files.iter().filter(|file| file.ends_with(".txt")).count(), 2, "{files:?}");
        assert!(status == Some(1) || status == Some(2));
    }

    #[test]
    fn names_in_another_encoding_are_read() {
        let folder = folder(&[]);
        let name = OsStr::from_bytes(b"\xb8\xe5.txt");
        fs::write(folder.path().join(name), FAULTY).expect("a file");
        assert_eq!(check(folder.path(), &["."]), (Some(1), vec!["./\u{FFFD}\u{FFFD}.txt".to_string()]));
        fs::write(folder.path().join("list"), b"\xb8\xe5.txt\n").expect("a list");
        assert_eq!(check(folder.path(), &["--files-from", "list"]).0, Some(1));
    }

    #[test]
    fn a_folder_that_cannot_be_listed_is_told() {
        let folder = folder(&["a.txt", "密/b.txt"]);
        let closed = folder.path().join("密");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).expect("rights");
        if fs::read_dir(&closed).is_ok() {
            println!("skipped: this user may read everything");
            return;
        }
        let (status, files) = check(folder.path(), &["."]);
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).expect("rights");
        assert_eq!((status, files), (Some(2), vec!["./a.txt".to_string(), "./密".to_string()]));
    }

    /// A name that is longer than any may be cannot be opened, whoever asks.
    #[test]
    fn a_path_that_cannot_be_opened_is_told_and_the_others_are_checked() {
        let folder = folder(&["a.txt"]);
        let long = format!("{}.txt", "长".repeat(200));
        let (status, files) = check(folder.path(), &[&long, "a.txt"]);
        assert_eq!((status, files), (Some(2), vec![long.clone(), "a.txt".to_string()]));
    }
}
