/*!
`kanwu rules measure`: how often each rule speaks of a folder of edited text, with samples to be judged.

The instrument for guards, and the source of the figures in the catalogue. It judges nothing: edited is not clean.
*/

use std::fs;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::ValueEnum;
use serde::Serialize;

use super::pack::{self, Choice};
use super::walk::walk;
use super::{Status, failed, say, written};
use crate::catalogue::{Alarms, Figures, RuleAlarms, Sample, count};
use crate::engine;
use crate::error::Error;
use crate::finding::Level;
use crate::read::Options;
use crate::report::width::visible;
use crate::rule::RuleSet;

#[derive(clap::Args)]
pub struct Args {
    /// Folders of edited text
    #[arg(value_name = "DIR", required = true)]
    folders: Vec<PathBuf>,
    #[command(flatten)]
    choice: Choice,
    /// How many samples of each rule to print
    #[arg(long, value_name = "N", default_value_t = 3)]
    samples: usize,
    /// The format of what is printed
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "table")]
    format: Shape,
    /// Also write the figures to a table, beside those of rules that did not run [default file: rules/measured.tsv]
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = "rules/measured.tsv")]
    write: Option<PathBuf>,
    /// How many files are checked at the same time [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shape {
    Table,
    Json,
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u32,
    files: usize,
    characters: usize,
    failed: Vec<FailedOut<'a>>,
    rules: Vec<RuleOut<'a>>,
    levels: Vec<LevelOut>,
}

#[derive(Serialize)]
struct FailedOut<'a> {
    path: &'a str,
    error: &'a str,
}

#[derive(Serialize)]
struct RuleOut<'a> {
    rule: &'a str,
    level: Level,
    hits: usize,
    places: usize,
    per_10000: f64,
    per_million: f64,
    samples: Vec<SampleOut<'a>>,
}

#[derive(Serialize)]
struct SampleOut<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    before: &'a str,
    text: &'a str,
    after: &'a str,
    times: usize,
}

/// The hits of a level; `form` are those of the topics punctuation, garbled and unit.
#[derive(Serialize)]
struct LevelOut {
    level: Level,
    form: usize,
    form_per_10000: f64,
    other: usize,
    other_per_10000: f64,
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Error> {
    let known = pack::load(&args.choice.packs)?;
    let mut set = pack::load(&args.choice.packs)?;
    set.select(&args.choice.only, &args.choice.except)?;
    // The engine refuses a set in which everything is off.
    set.rules.iter_mut().filter(|rule| rule.level == Level::Off).for_each(|rule| rule.level = Level::Query);
    let settings = engine::Settings { reading: Options::default(), threads: args.threads.map(NonZeroUsize::get) };
    let walk = walk(&args.folders);
    if let Some(line) = walk.passed_over() {
        say(&line);
    }
    let alarms = count(&walk.inputs, &set, &settings, args.samples);
    for (path, error) in &alarms.failed {
        say(&format!("{path}：{error}"));
    }
    written(match args.format {
        Shape::Table => table(&alarms, out),
        Shape::Json => json(&alarms, out),
    })?;
    if !alarms.failed.is_empty() {
        return Ok(Status::Failed);
    }
    if let Some(path) = &args.write {
        write(path, &alarms, &known)?;
    }
    Ok(Status::Quiet)
}

/// Renews the table of figures; a run with files that could not be read renews nothing.
fn write(path: &Path, alarms: &Alarms, known: &RuleSet) -> Result<(), Error> {
    let mut figures = match fs::read_to_string(path) {
        Ok(text) => Figures::read(&text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Figures::default(),
        Err(error) => return Err(failed("read the figures in", path, error)),
    };
    figures.renew(alarms, known, &today());
    fs::write(path, figures.to_string()).map_err(|cause| failed("write the figures to", path, cause))
}

fn table(alarms: &Alarms, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} files, {} characters; rules that are off ran too", alarms.files, alarms.characters)?;
    writeln!(out, "\n    hits   places  per 10,000  per million  level    rule")?;
    let (mut rules, silent): (Vec<&RuleAlarms>, Vec<&RuleAlarms>) = alarms.rules.iter().partition(|rule| rule.hits > 0);
    rules.sort_by_key(|rule| (std::cmp::Reverse(rule.hits), rule.rule.clone()));
    for rule in rules {
        let (small, large) = (alarms.per(1e4, rule.hits), alarms.per(1e6, rule.hits));
        let (hits, places, level, id) = (rule.hits, rule.places, rule.level.name(), &rule.rule);
        writeln!(out, "{hits:>8} {places:>8} {small:>11.3} {large:>12.2}  {level:7}  {id}")?;
        rule.samples.iter().try_for_each(|sample| sampled(sample, out))?;
    }
    if !silent.is_empty() {
        writeln!(out, "\n{} rules say nothing:", silent.len())?;
        silent.iter().try_for_each(|rule| writeln!(out, "  {:7}  {}", rule.level.name(), rule.rule))?;
    }
    writeln!(out, "\nper 10,000 characters, punctuation, garbled and unit apart:")?;
    for level in levels(alarms) {
        let (name, other, form) = (level.level.name(), level.other_per_10000, level.form_per_10000);
        writeln!(out, "  {name:7} {other:>8.3} {form:>8.3}")?;
    }
    Ok(())
}

fn sampled(sample: &Sample, out: &mut dyn Write) -> io::Result<()> {
    let [path, before, text, after] =
        [&sample.path, &sample.before, &sample.text, &sample.after].map(|text| visible(text));
    let times = if sample.times > 1 { format!("  ×{}", sample.times) } else { String::new() };
    writeln!(out, "         {before}⟦{text}⟧{after}  {path}:{}:{}{times}", sample.line, sample.column)
}

fn json(alarms: &Alarms, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema: 1,
        files: alarms.files,
        characters: alarms.characters,
        failed: alarms.failed.iter().map(|(path, error)| FailedOut { path, error }).collect(),
        rules: alarms.rules.iter().map(|rule| rule_out(alarms, rule)).collect(),
        levels: levels(alarms),
    };
    serde_json::to_writer(&mut *out, &document)?;
    writeln!(out)
}

fn rule_out<'a>(alarms: &Alarms, rule: &'a RuleAlarms) -> RuleOut<'a> {
    let sample = |sample: &'a Sample| SampleOut {
        path: &sample.path,
        line: sample.line,
        column: sample.column,
        before: &sample.before,
        text: &sample.text,
        after: &sample.after,
        times: sample.times,
    };
    RuleOut {
        rule: &rule.rule,
        level: rule.level,
        hits: rule.hits,
        places: rule.places,
        per_10000: rounded(alarms.per(1e4, rule.hits)),
        per_million: rounded(alarms.per(1e6, rule.hits)),
        samples: rule.samples.iter().map(sample).collect(),
    }
}

fn levels(alarms: &Alarms) -> Vec<LevelOut> {
    let one = |level| {
        let (form, other) = alarms.by_level(level);
        let (form_per_10000, other_per_10000) = (rounded(alarms.per(1e4, form)), rounded(alarms.per(1e4, other)));
        LevelOut { level, form, form_per_10000, other, other_per_10000 }
    };
    [Level::Error, Level::Warning, Level::Query, Level::Off].map(one).into()
}

fn rounded(rate: f64) -> f64 {
    (rate * 1000.0).round() / 1000.0
}

/// Today in the calendar of Greenwich.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (year, month, day) = civil(seconds / 86_400);
    format!("{year:04}-{month:02}-{day:02}")
}

/// The date of a day counted from 1970-01-01, by eras of 400 years that begin in March (Hinnant's `civil_from_days`).
fn civil(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    (year + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!((civil(0), civil(11_016), civil(19_782)), ((1970, 1, 1), (2000, 2, 29), (2024, 2, 29)));
        assert_eq!((civil(20_453), civil(20_454)), ((2025, 12, 31), (2026, 1, 1)));
    }
}
