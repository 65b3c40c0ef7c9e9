//! Texts that were never meant to be read: each is read quickly and without a panic.

use kanwu::manuscript::read_manuscript;
use kanwu::text::Source;

use crate::support::built_in;

fn check(text: &str) -> usize {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    kanwu::engine::check(&manuscript, built_in()).len()
}

#[test]
fn nothing_at_all() {
    for text in
        ["", "\n", "\r", "\u{FEFF}", " ", "　", "\0", "⟦⟧", "。", "“", "*", "**", "****", "|", "||", "```", "#", "# "]
    {
        check(text);
    }
}

#[test]
fn one_line_of_a_million_characters() {
    check(&"检察院党组书记、检察长，".repeat(80_000));
    check(&"“（《".repeat(100_000));
    check(&"𠮷".repeat(300_000));
}

#[test]
fn a_hundred_thousand_lines() {
    check(&"一、二\n".repeat(100_000));
    check(&"党支部选\n\n拔".repeat(30_000));
    check(&"| 甲 | 乙 |\n".repeat(50_000));
}

#[test]
fn marks_that_never_close() {
    check(&"**".repeat(50_000));
    check(&"(".repeat(50_000));
    check(&"`".repeat(50_001));
    check(&"\u{200B}".repeat(50_000));
    check(&"本报讯（记者".repeat(20_000));
}

#[test]
fn every_character_of_the_basic_plane() {
    let all: String = ('\u{0}'..='\u{FFFF}').filter(|c| *c != '\r').collect();
    check(&all);
}
