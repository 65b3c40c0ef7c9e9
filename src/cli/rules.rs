/*!
`kanwu rules`: what rules there are, what one of them says, whether a pack holds, and how often each speaks.
*/

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Subcommand;

use super::{Status, measure, pack, written};
use crate::catalogue::page;
use crate::engine::DECLARED_ONLY;
use crate::error::{Error, did_you_mean};
use crate::rule::{Rule, RuleSet};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// One line a rule: id, level, mechanism, what it says
    List {
        /// Add the rules of a TOML file
        #[arg(long = "rules", value_name = "PACK")]
        packs: Vec<PathBuf>,
    },
    /// Everything about a rule
    Show {
        /// A rule, or a topic for all its rules
        id: String,
        /// Add the rules of a TOML file
        #[arg(long = "rules", value_name = "PACK")]
        packs: Vec<PathBuf>,
    },
    /// Load packs and run their examples
    Test {
        #[arg(value_name = "PACK", required = true)]
        packs: Vec<PathBuf>,
    },
    /// Run all rules, also those that are off, over edited text and count how often each speaks
    Measure(measure::Args),
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Error> {
    match &args.command {
        Command::List { packs } => written(list(&pack::load(packs)?, out))?,
        Command::Show { id, packs } => {
            let set = pack::load(packs)?;
            let named: Vec<&Rule> = set.rules.iter().filter(|rule| rule.is_named(id)).collect();
            if named.is_empty() {
                let help = did_you_mean(id, set.rules.iter().flat_map(|rule| [&*rule.id, rule.topic()]));
                return Err(Error::Asked { what: format!("there is no rule or topic `{id}`"), help });
            }
            written(named.iter().try_for_each(|rule| writeln!(out, "{}", page(rule))))?;
        }
        Command::Test { packs } => return test(packs, out),
        Command::Measure(args) => return measure::run(args, out),
    }
    Ok(Status::Quiet)
}

fn list(set: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let longest = set.rules.iter().map(|rule| rule.id.chars().count()).max().unwrap_or(0);
    for (topic, manifest) in &set.manifests {
        let rest = [&manifest.version, &manifest.licence, &manifest.description];
        let rest: Vec<&str> = rest.into_iter().flatten().map(String::as_str).collect();
        writeln!(out, "# {topic}: {}", [&[manifest.name.as_str()][..], &rest].concat().join(", "))?;
    }
    for rule in &set.rules {
        let declaration = rule.declaration();
        let says = if declaration.check == DECLARED_ONLY { &declaration.why } else { &declaration.message };
        let (id, mark, check) = (&rule.id, rule.level.mark(), &declaration.check);
        writeln!(out, "{id:longest$}  {mark}  {check:12}  {says}")?;
    }
    Ok(())
}

/// Every pack by itself, so that one that does not hold hides nothing about the others.
fn test(packs: &[PathBuf], out: &mut dyn Write) -> Result<Status, Error> {
    let built_in = pack::load(&[])?.rules.len();
    let mut status = Status::Quiet;
    for path in packs {
        match pack::load(std::slice::from_ref(path)) {
            Ok(set) => {
                let rules = &set.rules[built_in..];
                let examples: usize =
                    rules.iter().map(|rule| rule.declaration().bad.len() + rule.declaration().good.len()).sum();
                written(writeln!(out, "{}: {} rules, {examples} examples hold", path.display(), rules.len()))?;
            }
            Err(error) => {
                super::say(&format!("error: {error}"));
                status = Status::Failed;
            }
        }
    }
    Ok(status)
}
