/*!
`kanwu check`: read, check, review, report, and say by the exit status whether a gate may open.
*/

use std::env;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use super::pack::{self, Choice};
use super::walk::{self, walk};
use super::{Status, progress, say, written};
use crate::engine::{self, FileReport, Input};
use crate::error::Error;
use crate::finding::Level;
use crate::read::{Options, Revisions};
use crate::report::{self, Format, Report, Style};
use crate::review::{self, review};
use crate::rule::RuleSet;
use crate::score::{self, Measure, Score};
use crate::text::encoding::Encoding;

#[derive(clap::Args)]
pub struct Args {
    /// Files, or folders to search for manuscripts
    #[arg(value_name = "PATH", required_unless_present_any = ["stdin", "files_from"])]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    choice: Choice,
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
    /// Check standard input under this name; name and content say what form it has
    #[arg(long, value_name = "NAME")]
    stdin: Option<PathBuf>,
    /// Also check the files and folders that this file lists, one a line or ended by NUL; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["stdin"])]
    files_from: Option<PathBuf>,
    /// The largest file to check, such as 500M or 1G; text needs up to eight times its size in memory
    #[arg(long, value_name = "SIZE", value_parser = super::size, default_value = "64M")]
    max_size: u64,
    /// Read the files in this encoding instead of the one they show
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// Read tracked changes of a Word file as made, or as not made
    #[arg(long, value_name = "HOW", value_enum, default_value = "accept")]
    revisions: Revisions,
    /// Nothing to check is no failure
    #[arg(long)]
    allow_empty: bool,
    /// How many files are checked at the same time [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto")]
    color: When,
}

/// What makes the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gate {
    At(Level),
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

pub fn run(args: &Args) -> Result<Status, Error> {
    let mut set = pack::load(&args.choice.packs)?;
    // A misspelt choice is said here and again, as a report that nothing was checked, in every format.
    if let Err(error) = pack::choose(&mut set, &args.choice) {
        say(&format!("error: {error}"));
    }
    let reading = Options { encoding: args.encoding, revisions: args.revisions, largest: args.max_size };
    let settings = engine::Settings { reading, threads: args.threads.map(NonZeroUsize::get) };
    let files = progress::check(&inputs(args)?, &set, &settings);
    let score = measured(args).map(|measure| score::score(measure, &files));
    let status = status(&files, gate_of(args)).max(over(args, score.as_ref()));
    write(args, &Report { score, exit: Some(status as u8), ..reviewed(args, files, &set) })?;
    Ok(status)
}

/// What to check, in the order of the command line; standard input comes first.
fn inputs(args: &Args) -> Result<Vec<Input>, Error> {
    let mut inputs = Vec::new();
    if let Some(name) = &args.stdin {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(args.max_size.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|cause| super::failed("read", "standard input", cause))?;
        inputs.push(Input::Bytes { name: name.clone(), bytes });
    }
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        paths.extend(listed(list)?);
    }
    let walk = walk(&paths);
    if let Some(line) = walk.passed_over() {
        say(&line);
    }
    inputs.extend(walk.inputs);
    if args.allow_empty {
        inputs.retain(|input| !matches!(input, Input::Nothing(_)));
    }
    Ok(inputs)
}

/// The paths of a list, one a line; where the list holds NUL, each is ended by one.
fn listed(list: &Path) -> Result<Vec<PathBuf>, Error> {
    let read = match list.to_str() {
        Some("-") => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        }
        _ => fs::read(list),
    };
    let bytes = read.map_err(|cause| super::failed("read the list of files", list, cause))?;
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines =
        bytes.split(|&byte| byte == end).map(|line| line.strip_suffix(b"\r").filter(|_| end != 0).unwrap_or(line));
    Ok(lines.filter(|line| !line.is_empty()).map(walk::path).collect())
}

/// A gate on the rate makes the rate the gate, unless a level is asked for too.
fn gate_of(args: &Args) -> Gate {
    let usual = if args.fail_over.is_some() { Gate::Never } else { Gate::At(Level::Error) };
    args.fail_on.unwrap_or(usual)
}

fn measured(args: &Args) -> Option<&'static Measure> {
    args.measure.or_else(|| args.fail_over.and_then(|_| score::measure(score::USUAL)))
}

/// The gate on the rate looks at the lower bound: what is not certain closes nothing.
fn over(args: &Args, score: Option<&Score>) -> Status {
    let (Some(most), Some(score)) = (args.fail_over, score) else { return Status::Quiet };
    let rate = score.lower.per_10000();
    if rate <= most {
        return Status::Quiet;
    }
    say(&format!("差错率下限{rate:.2}，超过所设的{most}（万分之）"));
    Status::Found
}

/// The gate looks at all findings, shown or not; a file that was not checked outweighs them.
fn status(files: &[FileReport], gate: Gate) -> Status {
    let found = |level: Level| match gate {
        Gate::At(lowest) => level <= lowest && level != Level::Off,
        Gate::Never => false,
    };
    if files.iter().any(|file| file.error.is_some()) {
        Status::Failed
    } else if files.iter().flat_map(|file| &file.findings).any(|finding| found(finding.level)) {
        Status::Found
    } else {
        Status::Quiet
    }
}

fn reviewed(args: &Args, files: Vec<FileReport>, set: &RuleSet) -> Report {
    let settings = review::Settings { level: args.level, fold: !args.no_fold };
    let files = files.into_iter().map(|file| FileReport { findings: review(file.findings, settings), ..file });
    Report::new(files.collect(), set)
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
    match value {
        "never" => Ok(Gate::Never),
        level => Level::from_str(level, false).map(Gate::At).map_err(|_| "use error, warning, query or never".into()),
    }
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
