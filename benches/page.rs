//! One page and a long text, from decoded text to findings; and the whole program, start to exit, beside `true`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use kanwu::manuscript::read_manuscript;
use kanwu::rule::RuleSet;
use kanwu::text::Source;

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/page.txt")).expect("the page")
}

fn check(set: &RuleSet, text: &str) -> usize {
    let manuscript = read_manuscript(vec![Source::from_text("page.txt", text)]);
    kanwu::engine::check(&manuscript, set).len()
}

fn library(criterion: &mut Criterion) {
    let set = kanwu::rule::built_in().expect("the built-in packs");
    for (name, text) in [("page", page()), ("hundred pages", page().repeat(100))] {
        let mut group = criterion.benchmark_group("check");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.sample_size(20);
        group.bench_function(name, |bencher| bencher.iter(|| check(&set, &text)));
        group.finish();
    }
    criterion.bench_function("load the built-in packs", |bencher| {
        bencher.iter(|| kanwu::rule::built_in().map(|set| set.rules.len()))
    });
}

/// Start to exit. The empty program is the figure to subtract.
fn program(criterion: &mut Criterion) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/page.txt");
    let mut group = criterion.benchmark_group("process");
    group.sample_size(30);
    group.bench_function("empty program", |bencher| bencher.iter(|| run(&mut Command::new("true"))));
    group.bench_function("kanwu --version", |bencher| bencher.iter(|| run(kanwu().arg("--version"))));
    group.bench_function("kanwu check page", |bencher| bencher.iter(|| run(kanwu().arg("check").arg(&page))));
    group.finish();
}

fn kanwu() -> Command {
    Command::new(env!("CARGO_BIN_EXE_kanwu"))
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.is_ok(), "the program starts");
}

criterion_group!(benches, library, program);
criterion_main!(benches);
