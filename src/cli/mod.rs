/*!
Layer 11: the command line, one file for each command.

A command turns arguments into calls and results into output and an exit status: 0 nothing at or above the gate, 1
findings, 2 something could not be checked or makes no sense. No command knows how anything is found.
*/

mod allow;
mod check;
mod complete;
mod count;
mod fix;
mod measure;
mod pack;
mod progress;
mod read;
mod rules;
mod scope;
mod walk;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValue;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::error::Error;
use crate::finding::Level;
use crate::read::{Options, Revisions};
use crate::report::Format;

/// 勘误: reads Chinese manuscripts and reports where they disagree with themselves, with what is known, or with the
/// standards
#[derive(Parser)]
#[command(name = "kanwu", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check manuscripts (a bare path means check)
    Check(check::Args),
    /// Write down findings that may stand, so that they are not reported again
    Allow(allow::Args),
    /// Print what fixes would change, or make them
    Fix(fix::Args),
    /// Look at rules and test rule packs
    Rules(rules::Args),
    /// Print the text as it was understood, with what was mended
    Read(read::Args),
    /// Print the completions of a shell
    Completions(complete::Shells),
    /// Print the manual page
    #[command(hide = true)]
    Man(complete::Page),
    #[command(hide = true)]
    Count(count::Args),
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Nothing at or above the gate.
    Quiet = 0,
    /// Findings at or above the gate.
    Found = 1,
    /// Something could not be checked, or the command makes no sense.
    Failed = 2,
}

/// Runs the program on its arguments, the program's name first.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let command = match Cli::try_parse_from(with_command(args.into_iter().collect())) {
        Ok(cli) => cli.command,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(error.exit_code() as u8);
        }
    };
    let status = run(command).unwrap_or_else(|error| {
        say(&format!("error: {error}"));
        Status::Failed
    });
    ExitCode::from(status as u8)
}

fn run(command: Command) -> Result<Status, Error> {
    let out = &mut io::stdout().lock();
    match command {
        Command::Check(args) => check::run(&args),
        Command::Allow(args) => allow::run(&args, out),
        Command::Rules(args) => rules::run(&args, out),
        Command::Read(args) => read::run(&args, out),
        Command::Fix(args) => fix::run(&args, out),
        Command::Completions(args) => complete::completions(&args, Cli::command(), out),
        Command::Man(args) => complete::page(&args, Cli::command(), out),
        Command::Count(args) => count::run(&args, out),
    }
}

/// A first argument that is no command is what to check.
fn with_command(mut args: Vec<OsString>) -> Vec<OsString> {
    const GENERAL: [&str; 5] = ["help", "-h", "--help", "-V", "--version"];
    let known = |word: &str| GENERAL.contains(&word) || Command::has_subcommand(word);
    if args.get(1).is_some_and(|first| !first.to_str().is_some_and(known)) {
        args.insert(1, "check".into());
    }
    args
}

/// A number of bytes: 1000, 500K, 64M, 1G.
fn size(value: &str) -> Result<u64, String> {
    let (digits, shift) = match value.trim().trim_end_matches(['b', 'B']) {
        text if text.ends_with(['k', 'K']) => (&text[..text.len() - 1], 10),
        text if text.ends_with(['m', 'M']) => (&text[..text.len() - 1], 20),
        text if text.ends_with(['g', 'G']) => (&text[..text.len() - 1], 30),
        text => (text, 0),
    };
    let bytes = digits.parse::<u64>().ok().and_then(|count| count.checked_mul(1 << shift));
    let known = bytes.filter(|bytes| (1..=Options::LIMIT).contains(bytes));
    known.ok_or_else(|| "use a size up to 2G, such as 500K or 64M".into())
}

/// One line on standard error; there is nobody to tell when that fails.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// A reader that has seen enough and closed the pipe is no failure.
fn written(result: io::Result<()>) -> Result<(), Error> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(failed("write", "standard output", error)),
        _ => Ok(()),
    }
}

fn failed(attempt: &'static str, path: impl Into<PathBuf>, cause: io::Error) -> Error {
    Error::File { attempt, path: path.into(), cause }
}

impl ValueEnum for Level {
    fn value_variants<'a>() -> &'a [Self] {
        &[Level::Error, Level::Warning, Level::Query]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl ValueEnum for Revisions {
    fn value_variants<'a>() -> &'a [Self] {
        &[Revisions::Accept, Revisions::Reject]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Revisions::Accept => "accept",
            Revisions::Reject => "reject",
        }))
    }
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}
