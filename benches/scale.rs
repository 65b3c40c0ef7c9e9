//! Time per character from one kilobyte to fifty megabytes: `cargo bench --bench scale [-- MEGABYTES]`.
//!
//! A pairwise comparison without a bucket would show as a column that grows. Two texts are read: a page repeated, so that
//! the file holds ever more articles, and one article that goes on for ever.

use std::fs;
use std::path::Path;
use std::time::Instant;

use kanwu::finding::Level;
use kanwu::manuscript::read_manuscript;
use kanwu::rule::{RuleSet, built_in};
use kanwu::text::Source;
use kanwu::{engine, text::han};

/// Kilobytes of text.
const SIZES: [usize; 6] = [1, 10, 100, 1_000, 10_000, 50_000];

fn main() {
    let most = std::env::args().skip(1).find_map(|word| word.parse::<usize>().ok()).unwrap_or(50) * 1_000;
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/page.txt")).expect("the page");
    let mut set = built_in().expect("the built-in packs hold");
    set.rules.retain(|rule| rule.level != Level::Off);
    println!("{:>9}  {:>22}  {:>22}", "", "many articles", "one article");
    println!("{:>9}  {:>11}{:>11}  {:>11}{:>11}", "kilobytes", "ns/char", "findings", "ns/char", "findings");
    time(&set, &pages(&page, 200_000));
    for size in SIZES.into_iter().filter(|size| *size <= most) {
        let (many, one) = (pages(&page, size * 1_000), article(&page, size * 1_000));
        let ((many, found), (one, of_one)) = (time(&set, &many), time(&set, &one));
        println!("{size:>9}  {many:>11.0}{found:>11}  {one:>11.0}{of_one:>11}");
    }
}

/// Nanoseconds per character, the best of a few runs for small texts, and the number of findings.
fn time(set: &RuleSet, text: &str) -> (f64, usize) {
    let runs = (2_000_000 / text.len()).clamp(1, 50);
    let mut best = f64::MAX;
    let mut findings = 0;
    for _ in 0..runs {
        let start = Instant::now();
        let manuscript = read_manuscript(vec![Source::from_text("page.txt", text)]);
        findings = engine::check(&manuscript, set).len();
        best = best.min(start.elapsed().as_nanos() as f64);
    }
    (best / han::count(text) as f64, findings)
}

/// The page again and again, up to so many bytes.
fn pages(page: &str, bytes: usize) -> String {
    let mut text = page.repeat(bytes / page.len() + 1);
    text.truncate(han::floor(&text, bytes));
    text
}

/// The paragraphs of the page as one article, each with a number of its own in it, so that no two are the same.
fn article(page: &str, bytes: usize) -> String {
    let paragraphs: Vec<&str> = page.lines().filter(|line| line.chars().count() > 50).collect();
    let mut text = String::new();
    for (number, paragraph) in paragraphs.iter().cycle().enumerate() {
        text.push_str(&format!("{paragraph}编号{number}的线索已办结。\n\n"));
        if text.len() >= bytes {
            break;
        }
    }
    text.truncate(han::floor(&text, bytes));
    text
}
