/*!
For a person at a terminal: each finding with the text it is about, both sides marked, and a summary.

The only file that knows ariadne. It draws excerpts and nothing else: heading and remarks are written here, because its
own are English, and long lines, odd spans and disputed widths never reach it (see [`excerpt`](super::excerpt)).
*/

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use ariadne::{Color, Config, IndexType, LabelAttach, ReportKind};

use super::excerpt::{self, Excerpt, Label, Sheet};
use super::uri::uri;
use super::width::{tail, visible, width, wrap};
use super::{About, Report, Style, words};
use crate::finding::{Edit, Finding, Level, Piece, Place, Safety};

/// No line is wider.
const COLUMNS: usize = 100;

/// How far remarks are set in.
const INDENT: usize = 3;

/// Columns of a path in a heading.
const PATH: usize = 68;

/// Folded places that are named.
const NAMED: usize = 8;

/// Columns of a remedy that stands beside the text.
const REMEDY: usize = 40;

/// Has no width and is taken out again.
const KEEP: char = '\u{2060}';

/// The start of a row, because ariadne takes an empty place at the start of a line for the end of the line before.
const START: &str = "\u{2060}";

/// The end of a row: a blank to point at, which is kept because something follows it.
const END: &str = "  \u{2060}";

/// Stands for the heading of the first sheet, and so on. Ariadne counts columns of the excerpt, not of the line.
const HEADING: Range<u32> = 0x3FE00..0x3FF00;

/// Writes the findings and a summary.
pub fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for (first, finding) in report.findings() {
        let mut text = head(finding);
        text.push_str(&body(report, style, first, finding)?);
        text.push_str(&foot(finding, report.rules.get(&finding.rule)));
        let text = if style.colour { text } else { anstream::adapter::strip_str(&text).to_string() };
        for line in text.lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}", words::summary(report))?;
    let rate = |score| wrap(&words::rate(score), COLUMNS, COLUMNS).join("\n");
    report.score.as_ref().map_or(Ok(()), |score| writeln!(out, "{}", rate(score)))
}

/// `错 message  topic/name`, broken into lines where it is long.
fn head(finding: &Finding) -> String {
    let colour = match finding.level {
        Level::Error => "\x1b[1;31m",
        Level::Warning => "\x1b[1;33m",
        Level::Query | Level::Off => "\x1b[1;36m",
    };
    let lines = wrap(&finding.message, COLUMNS - INDENT, COLUMNS - INDENT);
    let mut text = format!("{colour}{}\x1b[0m \x1b[1m{}\x1b[0m", finding.level.mark(), lines.join("\n   "));
    let used = INDENT + lines.last().map_or(0, |line| width(line));
    let gap = if used + 2 + width(&finding.rule) <= COLUMNS { "  " } else { "\n   " };
    let _ = writeln!(text, "{gap}\x1b[2m{}\x1b[0m", finding.rule);
    text
}

/// The excerpts, or the bare place of a finding that has no text.
fn body(report: &Report, style: &Style, first: usize, finding: &Finding) -> io::Result<String> {
    let piece = finding.at.first();
    if piece.before.is_empty() && piece.text.is_empty() && piece.after.is_empty() && finding.notes.is_empty() {
        let unread = report.files.get(first).is_some_and(|file| file.encoding.is_none());
        let at = if unread { String::new() } else { format!(":{}:{}", piece.line, piece.column) };
        let path = tail(&visible(report.path(first, piece.span.file)), COLUMNS - INDENT - 20);
        return Ok(remark("位置", &format!("{path}{at}")));
    }
    let labels = labels(finding);
    let last = labels.iter().map(|label| label.piece.line).max().unwrap_or(1);
    let margin = last.to_string().len() + 5;
    let excerpt = excerpt::excerpt(&labels, COLUMNS - margin);
    let place = |file, line: u32, column: u32| {
        let path = report.path(first, file);
        linked(style, path, format!("{}:{line}:{column}", tail(&visible(path), PATH)))
    };
    let mut text = drawn(&excerpt, finding.level, place)?;
    for (number, said) in excerpt.remarks.iter().enumerate() {
        text.push_str(&remark(&format!("注{}", number + 1), said));
    }
    Ok(text)
}

/// Every piece of the finding's place and of its notes.
fn labels(finding: &Finding) -> Vec<Label<'_>> {
    let mut labels = Vec::new();
    let said = remedy(finding).unwrap_or_else(|| "此处".to_string());
    push(&mut labels, &finding.at, said, true);
    for note in &finding.notes {
        let said = if note.message.is_empty() { "参见此处".to_string() } else { visible(&note.message) };
        push(&mut labels, &note.at, said, false);
    }
    labels
}

fn push<'p>(labels: &mut Vec<Label<'p>>, place: &'p Place, said: String, main: bool) {
    let mut said = Some(said);
    for (number, piece) in place.pieces.iter().enumerate() {
        let said = said.take().unwrap_or_else(|| "接上处".to_string());
        labels.push(Label { piece, said, main: main && number == 0 });
    }
}

/// The remedy in the fewest words, when it changes nothing but the first piece.
fn remedy(finding: &Finding) -> Option<String> {
    let (fix, piece) = (finding.fix.as_ref()?, finding.at.first());
    let inside = |edit: &&Edit| edit.span.file == piece.span.file && contains(piece, edit);
    let edits: Vec<&Edit> = fix.edits.iter().filter(inside).collect();
    if edits.is_empty() || finding.folded.is_empty() && edits.len() < fix.edits.len() {
        return None;
    }
    let text = visible(&words::amended(piece, edits)?);
    let deleted = text.is_empty();
    let text = if text.contains(['“', '”']) { format!("「{text}」") } else { format!("“{text}”") };
    let said = match (fix.safety, piece.text.is_empty(), deleted) {
        (Safety::Safe, _, true) => "删去".to_string(),
        (Safety::Ask, _, true) => "拟删去".to_string(),
        (Safety::Safe, true, _) => format!("补{text}"),
        (Safety::Ask, true, _) => format!("拟补{text}"),
        (Safety::Safe, ..) => format!("改为{text}"),
        (Safety::Ask, ..) => format!("拟改为{text}"),
    };
    (width(&said) <= REMEDY).then_some(said)
}

fn contains(piece: &Piece, edit: &Edit) -> bool {
    piece.span.start <= edit.span.start && edit.span.end <= piece.span.end
}

/// Ariadne's drawing, without its first line, with the stand-ins and headings put right.
fn drawn(excerpt: &Excerpt, level: Level, place: impl Fn(u16, u32, u32) -> String) -> io::Result<String> {
    let config = Config::new().with_index_type(IndexType::Char).with_label_attach(LabelAttach::Start);
    let kind = ReportKind::Custom("", Color::Primary);
    let mut drawing = ariadne::Report::build(kind, (name(0), 0..0)).with_config(config);
    let mut texts = Vec::new();
    for (number, sheet) in excerpt.sheets.iter().enumerate() {
        let (text, labels) = page(sheet, name(number), level);
        texts.push((name(number), text));
        drawing = drawing.with_labels(labels);
    }
    let mut bytes = Vec::new();
    drawing.finish().write(ariadne::sources(texts), &mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let below = text.split_once('\n').map_or("", |(_, below)| below);
    let headings: Vec<String> = excerpt.sheets.iter().map(|sheet| heading(sheet, &place)).collect();
    Ok(restored(below, excerpt, &headings))
}

/// The name of a sheet, one character that no text has.
fn name(sheet: usize) -> char {
    char::from_u32(HEADING.start + sheet as u32).unwrap_or(KEEP)
}

type Pointer = ariadne::Label<(char, Range<usize>)>;

/// A sheet as a text in which every row is at its line, and what to point at.
fn page(sheet: &Sheet, name: char, level: Level) -> (String, Vec<Pointer>) {
    let (mut text, mut labels) = (String::new(), Vec::new());
    let (mut line, mut offset) = (1, 0);
    for row in &sheet.rows {
        let skipped = row.line.saturating_sub(line) as usize;
        text.extend(std::iter::repeat_n('\n', skipped));
        text.push_str(START);
        text.push_str(&row.text);
        text.push_str(END);
        offset += skipped + START.chars().count();
        for mark in &row.marks {
            let range = offset + mark.range.start..offset + mark.range.end;
            let colour = if mark.main { colour(level) } else { Color::Blue };
            labels.push(ariadne::Label::new((name, range)).with_message(&mark.said).with_color(colour));
        }
        line = row.line;
        offset += row.text.chars().count() + END.chars().count();
    }
    (text, labels)
}

fn colour(level: Level) -> Color {
    match level {
        Level::Error => Color::Red,
        Level::Warning => Color::Yellow,
        Level::Query | Level::Off => Color::Cyan,
    }
}

/// `path:line:column` of the finding, or of the first thing pointed at.
fn heading(sheet: &Sheet, place: impl Fn(u16, u32, u32) -> String) -> String {
    let mark = sheet.main().or_else(|| sheet.marks().next());
    mark.map_or_else(String::new, |(line, mark)| place(sheet.file, line, mark.column))
}

/// The words as a link to the file (OSC 8), where links are wanted; a terminal that knows none shows the words.
fn linked(style: &Style, path: &str, words: String) -> String {
    match &style.links {
        Some(folder) => format!("\x1b]8;;{}\x1b\\{words}\x1b]8;;\x1b\\", uri(&folder.join(path).to_string_lossy())),
        None => words,
    }
}

/// Puts back what was stood for; a sheet's name takes the line and column that ariadne counted with it.
fn restored(drawing: &str, excerpt: &Excerpt, headings: &[String]) -> String {
    let mut text = String::with_capacity(drawing.len());
    let mut rest = drawing.chars().peekable();
    while let Some(c) = rest.next() {
        match heading_number(c).and_then(|number| headings.get(number)) {
            Some(heading) => {
                text.push_str(heading);
                while rest.next_if(|c| c.is_ascii_digit() || *c == ':').is_some() {}
            }
            None if c == KEEP => {}
            None => text.push(excerpt.stand_ins.restore(c)),
        }
    }
    text
}

fn heading_number(c: char) -> Option<usize> {
    HEADING.contains(&(c as u32)).then(|| (c as u32 - HEADING.start) as usize)
}

/// What to do, why, and where else.
fn foot(finding: &Finding, about: Option<&About>) -> String {
    let mut text = String::new();
    if let Some(fix) = finding.fix.as_ref().filter(|_| remedy(finding).is_none()) {
        let ask = if fix.safety == Safety::Ask { "（请核实）" } else { "" };
        text.push_str(&remark("改法", &format!("{}{ask}", fix.title)));
    }
    if let Some(help) = &finding.help {
        text.push_str(&remark("建议", help));
    }
    if let Some(about) = about.filter(|about| !about.source.is_empty()) {
        text.push_str(&remark("依据", &about.source));
    }
    if !finding.folded.is_empty() {
        text.push_str(&remark("同样", &elsewhere(finding)));
    }
    text
}

/// `共219处，另见3:5、3:18……`
fn elsewhere(finding: &Finding) -> String {
    let places: Vec<String> = finding
        .folded
        .iter()
        .take(NAMED)
        .map(|place| format!("{}:{}", place.first().line, place.first().column))
        .collect();
    let more = if finding.folded.len() > NAMED { "等" } else { "" };
    format!("共{}处，另见{}{more}", finding.count(), places.join("、"))
}

fn remark(word: &str, text: &str) -> String {
    let hang = INDENT + width(word) + 2;
    let lines = wrap(text, COLUMNS - hang, COLUMNS - hang);
    let below = format!("\n{}", " ".repeat(hang));
    format!("{}\x1b[1m{word}\x1b[0m：{}\n", " ".repeat(INDENT), lines.join(&below))
}
