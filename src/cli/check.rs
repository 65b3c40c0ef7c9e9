/*!
`kanwu check`: read, check, review, report, and say by the exit status whether a gate may open.
*/

use std::env;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::scope::{Examined, Group, Scope, say_idle};
use super::{Status, say, written};
use crate::config::{self, Applied, At, Part, Whence};
use crate::engine::FileReport;
use crate::error::Error;
use crate::finding::Level;
use crate::report::{self, Format, Report, Style};
use crate::review::gate::{GATES, Gate};
use crate::review::{self, review};
use crate::score::{self, Measure, Score};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    scope: Scope,
    /// Print which settings apply to the files and whence, and check nothing
    #[arg(long)]
    show_config: bool,
    /// The lowest level to show
    #[arg(long, value_name = "LEVEL", default_value = "query")]
    level: Level,
    /// Show repetitions of the same finding one by one
    #[arg(long)]
    no_fold: bool,
    /// The lowest level that makes the exit status 1: error, warning, query or never [default: error, or never with
    /// --fail-over]
    #[arg(long, value_name = "LEVEL", value_parser = gate)]
    fail_on: Option<Gate>,
    /// Charge the findings by an official measure of errors: newspaper-2020, periodical-2020 or book-2004
    #[arg(long, value_name = "NAME", value_parser = measure)]
    measure: Option<&'static Measure>,
    /// Exit status 1 where certain errors exceed N points per 10,000 characters [measure: newspaper-2020]
    #[arg(long, value_name = "N", value_parser = rate)]
    fail_over: Option<f64>,
    /// The format of the report on standard output
    #[arg(long, value_name = "FORMAT", default_value = "pretty")]
    format: Format,
    /// Also write the report to a file, such as json=report.json
    #[arg(long, value_name = "FORMAT=FILE", value_parser = copy)]
    output: Vec<(Format, PathBuf)>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto")]
    color: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

pub fn run(args: &Args) -> Result<Status, Error> {
    let mut finder = args.scope.finder(flags(args))?;
    let groups = args.scope.groups(&mut finder)?;
    if args.show_config {
        return show(&groups);
    }
    let examined = args.scope.examine(groups)?;
    let (rates, score) = rates(&examined);
    let status = status(&examined).max(rates);
    say_idle(&examined.idle);
    write(args, &Report { exit: Some(status as u8), ..reviewed(args, examined, score) })?;
    Ok(status)
}

/// What the command line settles, above every configuration.
fn flags(args: &Args) -> Part {
    Part {
        measure: args.measure.map(|value| At { value, whence: Whence::Flag("--measure") }),
        fail_on: args.fail_on.map(|value| At { value, whence: Whence::Flag("--fail-on") }),
        fail_over: args.fail_over.map(|value| At { value, whence: Whence::Flag("--fail-over") }),
        ..Part::default()
    }
}

/// Loads the rules too, so that every mistake is told.
fn show(groups: &[Group]) -> Result<Status, Error> {
    let mut text = String::new();
    for group in groups {
        group.applied.load()?;
        for input in &group.inputs {
            text.push_str(&format!("{}\n", input.path().display()));
        }
        text.push_str(&config::show(&group.applied));
    }
    written(io::stdout().lock().write_all(text.as_bytes()))?;
    Ok(Status::Quiet)
}

/// The gate on the rate, and the rate where one measure holds for all files.
///
/// The gate looks at the lower bound: what is not certain closes nothing.
fn rates(examined: &Examined) -> (Status, Option<Score>) {
    let setting = |applied: &Applied| (applied.measure(), applied.fail_over());
    let settings: Vec<_> = examined.groups.iter().map(|(applied, _)| setting(applied)).collect();
    let mut different: Vec<(Option<&'static Measure>, Option<f64>)> = Vec::new();
    settings.iter().for_each(|setting| {
        if !different.contains(setting) {
            different.push(*setting)
        }
    });
    let (mut status, mut scores) = (Status::Quiet, Vec::new());
    for (measure, most) in &different {
        let Some(measure) = measure else { continue };
        let meant = examined.files.iter().filter(|(group, _)| settings[*group] == (Some(*measure), *most));
        let files: Vec<&FileReport> = meant.map(|(_, file)| file).collect();
        let score = score::score(measure, &files);
        let rate = score.lower.per_10000();
        if let Some(most) = most.filter(|most| rate > *most) {
            say(&format!("差错率下限{rate:.2}，超过所设的{most}（万分之）"));
            status = Status::Found;
        } else if different.len() > 1 {
            say(&format!("差错率下限{rate:.2}（万分之，{}，{}个文件）", measure.name, files.len()));
        }
        scores.push(score);
    }
    (status, scores.pop().filter(|_| different.len() == 1))
}

/// The gate looks at all findings, shown or not; a file that was not checked outweighs them.
fn status(examined: &Examined) -> Status {
    let stops = |(group, file): &(usize, FileReport)| {
        let gate = examined.groups[*group].0.gate();
        file.findings.iter().any(|finding| gate.stops(finding))
    };
    if examined.files.iter().any(|(_, file)| file.error.is_some()) {
        Status::Failed
    } else if examined.files.iter().any(stops) {
        Status::Found
    } else {
        Status::Quiet
    }
}

fn reviewed(args: &Args, examined: Examined, score: Option<Score>) -> Report {
    let settings = review::Settings { level: args.level, fold: !args.no_fold };
    let shown = |file: FileReport| FileReport { findings: review(file.findings, settings), ..file };
    let files = examined.files.into_iter().map(|(_, file)| shown(file)).collect();
    let (together, allowed, idle) = (args.scope.together, examined.allowed, examined.idle);
    let mut report = Report { files, score, together, allowed, idle, ..Report::default() };
    examined.groups.iter().for_each(|(_, set)| report.explain(set));
    report
}

fn write(args: &Args, report: &Report) -> Result<(), Error> {
    for (format, path) in &args.output {
        let failed = |cause| super::failed("write the report to", path, cause);
        let mut file = BufWriter::new(File::create(path).map_err(failed)?);
        report::write(report, *format, &Style::default(), &mut file).and_then(|()| file.flush()).map_err(failed)?;
    }
    written(print(report, args.format, args.color))
}

fn print(report: &Report, format: Format, when: When) -> io::Result<()> {
    let choice = match when {
        When::Auto => AutoStream::choice(&io::stdout()),
        When::Always => ColorChoice::AlwaysAnsi,
        When::Never => ColorChoice::Never,
    };
    let colour = format == Format::Pretty && choice != ColorChoice::Never;
    let stdout = io::stdout().lock();
    let mut out: Box<dyn Write> = if colour { Box::new(AutoStream::new(stdout, choice)) } else { Box::new(stdout) };
    let mut buffer = BufWriter::new(&mut out);
    let links = if colour && io::stdout().is_terminal() { env::current_dir().ok() } else { None };
    report::write(report, format, &Style { colour, links }, &mut buffer)?;
    buffer.flush()
}

fn gate(value: &str) -> Result<Gate, String> {
    let names = || format!("use {} or {}", GATES[..3].join(", "), GATES[3]);
    Gate::named(value).ok_or_else(names)
}

fn measure(value: &str) -> Result<&'static Measure, String> {
    let names = || score::measures().iter().map(|measure| measure.name.as_str()).collect::<Vec<_>>().join(", ");
    score::measure(value).ok_or_else(|| format!("use one of {}", names()))
}

fn rate(value: &str) -> Result<f64, String> {
    let rate = value.parse().ok().filter(|rate: &f64| rate.is_finite() && *rate >= 0.0);
    rate.ok_or_else(|| "use points per 10,000 characters, such as 3.0".into())
}

fn copy(value: &str) -> Result<(Format, PathBuf), String> {
    let (format, path) = value.split_once('=').ok_or("use FORMAT=FILE, such as json=report.json")?;
    let format = Format::from_str(format, false).map_err(|_| format!("`{format}` is not a format"))?;
    if path.is_empty() { Err("the file has no name".into()) } else { Ok((format, path.into())) }
}
