/*!
JUnit XML, as Jenkins, GitLab and other services show it, in the form of the Ant task's schema.

A suite is a file, a case a finding and its failure, because most readers show one failure of a case and no more; a file
without findings is one case that passed, and a file that was not checked is an error. The schema demands a time and a
host; there are none to tell, so that the same findings give the same bytes.
*/

use std::fmt::Write as _;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{FileReport, Report, words};
use crate::finding::{Finding, Place};

/// When nothing is known of the time.
const NO_TIME: &str = "1970-01-01T00:00:00";

/// Writes the report as one set of suites.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("testsuites")
        .write_inner_content(|writer| (0..report.files.len()).try_for_each(|number| suite(writer, report, number)))?;
    writeln!(out)
}

type Xml<'w, 'o> = Writer<&'w mut (dyn Write + 'o)>;

fn suite(writer: &mut Xml, report: &Report, number: usize) -> io::Result<()> {
    let file = &report.files[number];
    let failures = file.findings.iter().filter(|finding| !is_error(file, finding)).count();
    let errors = file.findings.len() - failures;
    let (name, id) = (token(&file.path), number.to_string());
    let counts = [file.findings.len().max(1), failures, errors].map(|count| count.to_string());
    let attributes = [
        ("name", name.as_str()),
        ("package", "kanwu"),
        ("id", &id),
        ("tests", &counts[0]),
        ("failures", &counts[1]),
        ("errors", &counts[2]),
        ("timestamp", NO_TIME),
        ("hostname", "localhost"),
        ("time", "0"),
    ];
    writer.create_element("testsuite").with_attributes(attributes).write_inner_content(|writer| {
        writer.create_element("properties").write_empty()?;
        for finding in &file.findings {
            case(writer, report, number, finding)?;
        }
        if file.findings.is_empty() {
            case_element(writer, &name, &name).write_empty()?;
        }
        writer.create_element("system-out").write_empty()?;
        writer.create_element("system-err").write_empty()?;
        Ok(())
    })?;
    Ok(())
}

fn case(writer: &mut Xml, report: &Report, number: usize, finding: &Finding) -> io::Result<()> {
    let file = &report.files[number];
    let piece = finding.at.first();
    let path = token(report.path(number, piece.span.file));
    let title = format!("{} ({}:{})", finding.rule, piece.line, piece.column);
    let (kind, message) = (format!("{} {}", finding.level.name(), finding.rule), legal(&finding.message));
    let outcome = if is_error(file, finding) { "error" } else { "failure" };
    case_element(writer, &title, &path).write_inner_content(|writer| {
        let element = writer.create_element(outcome).with_attributes([("message", message.as_str()), ("type", &kind)]);
        element.write_text_content(BytesText::new(&legal(&body(report, number, finding))))?;
        Ok(())
    })?;
    Ok(())
}

fn case_element<'a, 'w, 'o>(
    writer: &'a mut Xml<'w, 'o>,
    name: &str,
    class: &str,
) -> quick_xml::writer::ElementWriter<'a, &'w mut (dyn Write + 'o)> {
    writer.create_element("testcase").with_attributes([("name", name), ("classname", class), ("time", "0")])
}

/// The finding that says why the file was not checked.
fn is_error(file: &FileReport, finding: &Finding) -> bool {
    file.error.as_ref().is_some_and(|error| *error == finding.message)
}

/// The quotation, the other places, what to do and whence.
fn body(report: &Report, first: usize, finding: &Finding) -> String {
    let mut text = String::new();
    if report.is_read(first) {
        let places = std::iter::once(&finding.at).chain(&finding.folded);
        places.for_each(|place| line(&mut text, report, first, place));
    }
    for note in &finding.notes {
        let _ = writeln!(text, "{}", words::said(report, first, note));
    }
    let about = report.rules.get(&finding.rule).map(|about| about.text());
    for said in finding.help.iter().chain(&about) {
        let _ = writeln!(text, "{said}");
    }
    text
}

fn line(text: &mut String, report: &Report, first: usize, place: &Place) {
    for piece in &place.pieces {
        let path = report.path(first, piece.span.file);
        let _ = writeln!(text, "{path}:{}:{} {}", piece.line, piece.column, words::quoted(piece));
    }
}

/// A name without the white space that the schema's tokens collapse.
fn token(text: &str) -> String {
    legal(text).split([' ', '\t', '\n', '\r']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text with U+FFFD for characters that XML 1.0 has no way to write.
fn legal(text: &str) -> String {
    let is_legal = |c: char| matches!(c, '\t' | '\n' | '\r') || c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars().map(|c| if is_legal(c) { c } else { '\u{FFFD}' }).collect()
}
