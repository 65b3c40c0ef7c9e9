/*!
`kanwu count`, hidden: prints a table counted from a folder of official text, to be looked over and committed under
`rules/lexicon`. Nobody who checks manuscripts needs it.
*/

use std::io::Write;
use std::path::PathBuf;

use super::walk::walk;
use super::{Status, say, written};
use crate::count;
use crate::engine::open;
use crate::error::Error;
use crate::read::Options;

#[derive(clap::Args)]
pub struct Args {
    /// A folder of text
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Which table
    #[arg(long, value_enum, default_value = "starts")]
    table: Table,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Table {
    /// Characters that begin no sentence
    Starts,
    /// Runs of two and three characters, binary
    Grams,
    /// What fills the frames of clauses
    Slots,
}

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Error> {
    let mut status = Status::Quiet;
    let mut texts = Vec::new();
    for input in walk(std::slice::from_ref(&args.folder)).inputs {
        match open(&input, Options::default()) {
            Ok(document) => texts.push(document.source.text),
            Err(fault) => {
                say(&format!("{}：{}", input.path().display(), fault.what));
                status = Status::Failed;
            }
        }
    }
    let lines = texts.iter().flat_map(|text| text.lines());
    match args.table {
        Table::Starts => {
            for (c, begun, all) in count::starts(lines) {
                written(writeln!(out, "{c}\t{begun}\t{all}"))?;
            }
        }
        Table::Grams => written(out.write_all(&count::grams(lines)))?,
        Table::Slots => {
            for (frame, filler, count) in count::slots(lines) {
                written(writeln!(out, "{}\t{filler}\t{count}", frame.name()))?;
            }
        }
    }
    Ok(status)
}
