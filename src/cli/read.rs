/*!
`kanwu read`: the text as it was understood, block by block, with what was mended and what the facts say.

For whoever doubts a finding, or the absence of one: joined paragraphs and intruding captions are the first thing to look
at, because everything else rests on them.
*/

use std::io::{self, Write};
use std::path::PathBuf;

use super::{Status, say, written};
use crate::engine::{Input, open};
use crate::error::Error;
use crate::facts::{Context, describe};
use crate::manuscript::{Alteration, Manuscript, Repair, lay_out};
use crate::read::{Options, Revisions};
use crate::report::width::visible;
use crate::scan::Hits;
use crate::text::SourceSpan;
use crate::text::encoding::Encoding;

#[derive(clap::Args)]
pub struct Args {
    /// The file to read
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print under each block what was understood of it
    #[arg(long)]
    facts: bool,
    /// Read the file in this encoding instead of the one it shows
    #[arg(long, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// Read tracked changes of a Word file as made, or as not made
    #[arg(long, value_name = "HOW", value_enum, default_value = "accept")]
    revisions: Revisions,
    /// The largest file to read, such as 500M or 2G; a Word file may unpack to four times as much, up to 1G
    #[arg(long, value_name = "SIZE", value_parser = super::size, default_value = "64M")]
    max_size: u64,
}

/// Characters of a quotation.
const QUOTED: usize = 24;

pub fn run(args: &Args, out: &mut dyn Write) -> Result<Status, Error> {
    let options = Options { encoding: args.encoding, revisions: args.revisions, largest: args.max_size };
    let document = match open(&Input::File(args.file.clone()), options) {
        Ok(document) => document,
        Err(fault) => {
            say(&format!("{}：{}", args.file.display(), fault.what));
            return Ok(Status::Failed);
        }
    };
    let manuscript = lay_out(vec![document]);
    let hits = Hits::default();
    let context = Context::new(&manuscript, &hits);
    written(print(&context, args.facts, out))?;
    Ok(Status::Quiet)
}

fn print(context: &Context, facts: bool, out: &mut dyn Write) -> io::Result<()> {
    let manuscript = context.manuscript;
    for source in &manuscript.sources {
        let replaced =
            if source.replaced > 0 { format!("，{}处字节读不通", source.replaced) } else { String::new() };
        writeln!(out, "{}（{}，{}字{replaced}）", source.name(), source.encoding, manuscript.characters())?;
    }
    let mut alterations = manuscript.alterations.iter().peekable();
    let mut article = None;
    for (number, block) in manuscript.blocks.iter().enumerate() {
        if article.replace(block.article) != Some(block.article) {
            writeln!(out, "\n—— 第{}篇 ——", block.article + 1)?;
        }
        writeln!(out, "{:>4}  {}  {}", number + 1, block.kind.name(), visible(manuscript.at(block.span)))?;
        while let Some(alteration) = alterations.next_if(|alteration| alteration.span.start <= block.span.end) {
            writeln!(out, "      · {}", altered(manuscript, alteration))?;
        }
        let said = if facts { describe(context, block.span) } else { Vec::new() };
        for line in said {
            writeln!(out, "      = {line}")?;
        }
    }
    Ok(())
}

/// `半角标点：“,”→“，”  3:15`
fn altered(manuscript: &Manuscript, alteration: &Alteration) -> String {
    let text = |span: &SourceSpan| span.of(&manuscript.sources[span.file as usize].text);
    let was: String = alteration.was.iter().map(text).collect();
    let is = manuscript.at(alteration.span);
    let change = match (alteration.what, is.is_empty()) {
        (Repair::Caption, _) => format!("“{}”移出段落", quoted(is)),
        (Repair::Break, _) => "段内断行，已接上".to_string(),
        (_, true) => format!("“{}”略去", quoted(&was)),
        (_, false) => format!("“{}”→“{}”", quoted(&was), quoted(is)),
    };
    format!("{}：{change}{}", alteration.what.name(), place(manuscript, alteration))
}

fn place(manuscript: &Manuscript, alteration: &Alteration) -> String {
    let known = alteration.was.first().copied();
    let Some(span) = known.or_else(|| manuscript.map.to_source(alteration.span).first().copied()) else {
        return String::new();
    };
    let at = manuscript.sources[span.file as usize].position(span.start);
    format!("  {}:{}", at.line, at.column)
}

fn quoted(text: &str) -> String {
    let head: String = visible(text).chars().take(QUOTED).collect();
    if text.chars().count() > QUOTED { format!("{head}…") } else { head }
}
