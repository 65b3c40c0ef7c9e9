/*!
kanwu 勘误 reads a Chinese manuscript as a 校对 does and reports every place where the document disagrees with itself,
with what is known, or with the standards.

# The way of a manuscript

```text
bytes ─▶ Source ─▶ Manuscript ─▶ Facts ─┐
                            packs ─▶ RuleSet ─▶ engine ─▶ [Finding] ─▶ review ─▶ Report ─▶ report
```

One way, no back and forth. A [`Source`](text::Source) is a file as it is. A [`Manuscript`](manuscript::Manuscript) is
what a person would read: the canonical reading text, with every repair kept as an alteration that maps back exactly.
[`facts`] say what was understood. A rule is a TOML table that names a mechanism of [`check`]; the mechanism hands in
[`Finding`](finding::Finding)s, which carry their places and quotations with them.

# Where things live

| layer | module | what |
|---|---|---|
| 0 | [`text`] | coordinates: spans, sources, encodings, the map, what a character is |
| 1 | [`lexicon`] | the dictionary and the tables of knowledge, embedded |
| 2 | [`read`] | formats, and only formats |
| 3 | [`manuscript`], [`scan`] | normalise, classify, mend, cut into articles and sentences; literals |
| 4 | [`facts`] | organizations, roles, people, posts, quotations, series, numbers, dates, divisions, profiles |
| 5 | [`phrase`], [`guard`], [`finding`] | the phrase language, where rules are silent, findings |
| 6 | [`check`] | the mechanisms, one file each, and the one list of them |
| 7 | [`rule`] | the TOML schema, packs, examples, the set that runs |
| 8 | [`engine`] | runs rules over manuscripts, in parallel, behind a fence |
| 9 | [`config`], [`review`], [`fix`], [`score`] | kanwu.toml; level, allow, overlap, fold, sort, the gate; edits spliced into the bytes of the file; what the official measures of errors charge |
| 10 | [`report`], [`catalogue`] | one small file per output format; what there is to say about the rules themselves |
| 11 | `cli` | one file per command |

# What never happens

* Dependencies never point up this list.
* A check never opens a file, reads TOML, knows a report or calls another check.
* A span of the reading text is never used on a source, nor the other way round; only [`text::SpanMap`] converts, and
  nothing finds a place by searching the text again.
* Nothing is passed over in silence: a file that cannot be read is a finding, and so is every fault of reading.
* A finding never exists without rule, level, class and place: [`finding::Findings`] stamps them on.
* No automaton or dictionary is built at start: they are embedded as they were built at compile time. Rules are read from
  their TOML, and a regular expression is built when it is first needed.

# Example

```
use kanwu::{engine, finding::Level, manuscript::read_manuscript, rule, text::Source};

let source = Source::from_text("稿.txt", "新任所长到任，全所干警热情高涨。");
let manuscript = read_manuscript(vec![source]);
let mut rules = rule::built_in().expect("the built-in packs are sound");
rules.rules.retain(|rule| rule.level != Level::Off);
assert!(engine::check(&manuscript, &rules).is_empty());
```
*/

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
// The pages name the file that a block is, behind its language.
#[allow(rustdoc::invalid_codeblock_attributes)]
pub mod readme {}

pub mod catalogue;
pub mod check;
pub mod cli;
pub mod config;
pub mod count;
pub mod engine;
pub mod error;
pub mod facts;
pub mod finding;
pub mod fix;
pub mod guard;
pub mod lexicon;
pub mod manuscript;
pub mod phrase;
pub mod read;
pub mod report;
pub mod review;
pub mod rule;
pub mod scan;
pub mod score;
pub mod text;
