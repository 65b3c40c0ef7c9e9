/*!
勘误表: what is to be changed, as an editor sends it on: page, line, as it was, as it is to be, and why.

The page is left open: whoever has the layout knows it. Trifles are one row each with a count.
*/

use std::fmt::Write;

use super::escape::escape;
use super::quote;
use crate::finding::{Edit, Finding, Piece, Safety};
use crate::report::words;
use crate::text::han;

/// Characters of context on either side.
const CONTEXT: usize = 6;

/// The table, or nothing where nothing is to be changed.
pub fn table(findings: &[&Finding]) -> String {
    let rows: Vec<String> = findings.iter().filter_map(|finding| row(finding)).collect();
    if rows.is_empty() {
        return String::new();
    }
    let head =
        "<tr><th class=\"page\">页</th><th class=\"line\">段（行）</th><th>原文</th><th>改为</th><th>理由</th></tr>";
    format!(
        "<h3>勘误表</h3>\n<table>\n<thead>{head}</thead>\n<tbody>\n{}</tbody>\n</table>\n\
         <p class=\"small\">页码由编辑填写。加“？”的改法请核实后再改。</p>\n",
        rows.concat()
    )
}

fn row(finding: &Finding) -> Option<String> {
    let fix = finding.fix.as_ref()?;
    let piece = finding.at.first();
    let home = |edit: &&Edit| edit.span.file == piece.span.file;
    let own = fix.edits.iter().filter(home).filter(|edit| inside(piece, edit)).collect::<Vec<_>>();
    let whole = !own.is_empty() && (own.len() == fix.edits.len() || !finding.folded.is_empty());
    let amended = if whole { words::amended(piece, own) } else { None };
    let (old, new) = match &amended {
        Some(text) => (in_context(piece, &piece.text, "del"), in_context(piece, text, "ins")),
        None => (quote::quote(finding), escape(&fix.title)),
    };
    let mut why = escape(&finding.message);
    if finding.count() > 1 {
        let _ = write!(why, "（共{}处）", finding.count());
    }
    let ask = if fix.safety == Safety::Ask { "？" } else { "" };
    Some(format!("<tr><td></td><td>{}</td><td>{old}</td><td>{new}{ask}</td><td>{why}</td></tr>\n", piece.line))
}

fn inside(piece: &Piece, edit: &Edit) -> bool {
    piece.span.start <= edit.span.start && edit.span.end <= piece.span.end
}

fn in_context(piece: &Piece, text: &str, tag: &str) -> String {
    let before = &piece.before[han::back(&piece.before, piece.before.len(), CONTEXT)..];
    let after = &piece.after[..han::forth(&piece.after, 0, CONTEXT)];
    let words = if text.is_empty() { String::new() } else { format!("<{tag}>{}</{tag}>", escape(text)) };
    format!("{}{words}{}", escape(before), escape(after))
}
