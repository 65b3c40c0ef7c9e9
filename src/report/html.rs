/*!
审读单: the editor's half page, for a screen or a sheet of A4.

Sorted by what an editor fears and not by line; each file has a sheet. What was not checked stands at the very top, and
nothing is ever called right. One document that needs no network and no script; all words are escaped.
*/

mod errata;
mod escape;
mod quote;
mod sheet;
mod topic;

use std::io::{self, Write};

use self::escape::escape;
use self::sheet::{Listed, sheet};
use super::{Report, words};

const STYLE: &str = include_str!("html/sheet.css");

/// Writes the report as one document.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">")?;
    writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
    writeln!(out, "<title>审读单{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>", title(report))?;
    writeln!(out, "<h1>审读单</h1>")?;
    out.write_all(unread(report).as_bytes())?;
    for (number, file) in report.files.iter().enumerate() {
        if file.encoding.is_some() {
            out.write_all(sheet(report, file, &listed(report, number)).as_bytes())?;
        }
    }
    writeln!(out, "<footer>\n<p>{}</p>", escape(&words::summary(report).replace('\n', "")))?;
    if let Some(score) = &report.score {
        writeln!(out, "<p>{}</p>", escape(&words::rate(score)))?;
    }
    writeln!(out, "<p>kanwu {}</p>\n</footer>\n</body>\n</html>", env!("CARGO_PKG_VERSION"))
}

/// The name of the only file.
fn title(report: &Report) -> String {
    match report.files.as_slice() {
        [file] => format!("：{}", escape(&file.path)),
        _ => String::new(),
    }
}

/// The findings that begin in a file; those of a manuscript of several files stand with the first in the report.
fn listed(report: &Report, number: usize) -> Listed<'_> {
    report.findings().filter(|(first, finding)| first + finding.at.first().span.file as usize == number).collect()
}

/// What was not checked, or not wholly.
fn unread(report: &Report) -> String {
    let failed = report.files.iter().filter_map(|file| Some((&file.path, file.error.as_ref()?)));
    let items: Vec<String> =
        failed.map(|(path, error)| format!("<li><b>{}</b>：{}</li>\n", escape(path), escape(error))).collect();
    if items.is_empty() {
        return String::new();
    }
    format!("<div class=\"unread\" role=\"alert\">\n<h2>没有查完</h2>\n<ul>\n{}</ul>\n</div>\n", items.concat())
}
