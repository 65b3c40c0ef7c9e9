/*!
`kanwu fix`: what the fixes would change, as a diff, or the change itself. What is written is what the diff shows.
*/

use std::collections::HashSet;
use std::io::{self, Write};
use std::sync::Arc;

use similar::TextDiff;

use super::pack;
use super::scope::{Scope, names};
use super::{Status, say, written};
use crate::config::{self, Allow, Part};
use crate::engine::FileReport;
use crate::error::Error;
use crate::finding::Finding;
use crate::fix::{self, Left, Outcome, Wanted, fixed_but, place};
use crate::report::width::visible;
use crate::review::allow::{Allowed, Manuscript};
use crate::rule::RuleSet;
use crate::text::Source;

const STATUS: &str = "\
Exit status:
  without --write: 0 nothing to fix, 1 something to fix, 2 a file could not be read
  with --write:    0 all fixes made, 2 a file or a fix was left as it was";

#[derive(clap::Args)]
#[command(after_help = STATUS)]
pub struct Args {
    #[command(flatten)]
    scope: Scope,
    /// Make the changes in the files
    #[arg(long)]
    write: bool,
    /// Also fixes that a person must agree to
    #[arg(long)]
    ask: bool,
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Error> {
    refuse(args)?;
    let mut finder = args.scope.finder(Part::default())?;
    let mut status = Status::Quiet;
    for group in args.scope.groups(&mut finder)? {
        let mut set = group.applied.load()?;
        let known = names(&set);
        pack::choose(&mut set, &args.scope.choice)?;
        let allows = group.allows();
        let left = |source: &Source, findings: Vec<Finding>| unallowed(source, findings, (&allows, &set, &known));
        let wanted = Wanted { reading: args.scope.reading(), ask: args.ask };
        for input in &group.inputs {
            let own = match fixed_but(input, &set, wanted, &left) {
                Ok(outcome) => finish(&outcome, args, out)?,
                Err(why) => {
                    say(&format!("{}：{why}", input.path().display()));
                    Status::Failed
                }
            };
            status = status.max(own);
        }
    }
    Ok(status)
}

/// A fix is of one file, and standard input cannot be written to.
fn refuse(args: &Args) -> Result<(), Error> {
    let asked = |what: &str, help: &str| Err(Error::Asked { what: what.into(), help: Some(help.into()) });
    if args.scope.together {
        return asked("fixes are made file by file", "leave --together out");
    }
    if args.write && args.scope.stdin.is_some() {
        return asked("standard input cannot be written to", "leave --write out for a diff");
    }
    Ok(())
}

/// What holds for a file: the allows, the rules, and all names of rules.
type Holding<'h> = (&'h [Arc<Allow>], &'h RuleSet, &'h HashSet<String>);

/// The findings of a file that nobody has allowed.
fn unallowed(source: &Source, findings: Vec<Finding>, (allows, set, known): Holding<'_>) -> Vec<Finding> {
    let files = [FileReport::of(source)];
    let paths = [config::absolute(&source.path)];
    Manuscript { files: &files, paths: &paths, allows, set, known }.left(findings, &mut Allowed::default())
}

/// Shows or makes the changes of a file.
fn finish(outcome: &Outcome, args: &Args, out: &mut dyn Write) -> Result<Status, Error> {
    let Outcome { before, after, edits, left } = outcome;
    let name = visible(&before.name());
    for Left { rule, line, column, why } in left {
        say(&format!("{name}:{line}:{column} {rule} 没有改：{why}"));
    }
    let changed = before.file() != after.file();
    if !args.write {
        if changed {
            written(diff(before, after, out))?;
        }
        return Ok(if changed || !left.is_empty() { Status::Found } else { Status::Quiet });
    }
    if changed {
        if let Err(error) = place::replace(&before.path, before.file(), after.file()) {
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
