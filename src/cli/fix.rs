/*!
`kanwu fix`: what the fixes would change, as a diff, or the change itself. What is written is what the diff shows.
*/

use std::io::{self, Write};
use std::path::PathBuf;

use similar::TextDiff;

use super::pack::{self, Choice};
use super::walk::walk;
use super::{Status, say, written};
use crate::error::Error;
use crate::fix::{self, Left, Outcome, Wanted, fixed, place};
use crate::read::{Options, Revisions};
use crate::report::width::visible;
use crate::text::Source;
use crate::text::encoding::Encoding;

const STATUS: &str = "\
Exit status:
  without --write: 0 nothing to fix, 1 something to fix, 2 a file could not be read
  with --write:    0 all fixes made, 2 a file or a fix was left as it was";

#[derive(clap::Args)]
#[command(after_help = STATUS)]
pub struct Args {
    /// Files, or folders to search for manuscripts
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Make the changes in the files
    #[arg(long)]
    write: bool,
    /// Also fixes that a person must agree to
    #[arg(long)]
    ask: bool,
    #[command(flatten)]
    choice: Choice,
    /// Read the files in this encoding instead of the one they show
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// Read tracked changes of a Word file as made, or as not made
    #[arg(long, value_name = "HOW", value_enum, default_value = "accept")]
    revisions: Revisions,
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Error> {
    let mut set = pack::load(&args.choice.packs)?;
    pack::choose(&mut set, &args.choice)?;
    let walk = walk(&args.paths);
    if let Some(line) = walk.passed_over() {
        say(&line);
    }
    let reading = Options { encoding: args.encoding, revisions: args.revisions, ..Options::default() };
    let mut status = Status::Quiet;
    for input in &walk.inputs {
        let path = input.path().display().to_string();
        let own = match fixed(input, &set, Wanted { reading, ask: args.ask }) {
            Ok(outcome) => finish(&outcome, args, out)?,
            Err(why) => {
                say(&format!("{path}：{why}"));
                Status::Failed
            }
        };
        status = status.max(own);
    }
    Ok(status)
}

/// Shows or makes the changes of a file.
fn finish(outcome: &Outcome, args: &Args, out: &mut dyn Write) -> Result<Status, Error> {
    let Outcome { before, after, edits, left } = outcome;
    let name = visible(&before.name());
    for Left { rule, line, column, why } in left {
        say(&format!("{name}:{line}:{column} {rule} 没有改：{why}"));
    }
    let changed = before.bytes != after.bytes;
    if !args.write {
        if changed {
            written(diff(before, after, out))?;
        }
        return Ok(if changed || !left.is_empty() { Status::Found } else { Status::Quiet });
    }
    if changed {
        if let Err(error) = place::replace(&before.path, &before.bytes, &after.bytes) {
            say(&format!("error: {}", super::failed("write", &before.path, error)));
            return Ok(Status::Failed);
        }
        written(writeln!(out, "{name}：改了{edits}处"))?;
    }
    Ok(if left.is_empty() { Status::Quiet } else { Status::Failed })
}

/// A unified diff of what a person can read of the file.
fn diff(before: &Source, after: &Source, out: &mut dyn Write) -> io::Result<()> {
    let (old, new) = (fix::shown(before), fix::shown(after));
    let (from, to) = (format!("a/{}", before.name()), format!("b/{}", before.name()));
    let diff = TextDiff::from_lines(&old, &new);
    write!(out, "{}", diff.unified_diff().header(&from, &to))
}
