/*!
Manuscripts of Word: `.docx`, and `.docm`, `.dotx`, `.dotm`, whose macros nobody looks at.

The text is what a person reads on the page, in this order: the body, then footnotes and endnotes that are referred to,
then headers and footers, each once. Text boxes follow the paragraph (or row) that they hang on. A part that should be
read and is broken makes the whole file unreadable: what was not read is never passed.

| in the file | in the text |
|---|---|
| paragraph, row of a table | a line; an empty paragraph is an empty line |
| cells of a row | joined by a tab; paragraphs of a cell by a space |
| table inside a cell | its rows are lines after the row that holds it |
| table of one column | a frame: its paragraphs are paragraphs |
| `w:br`, `w:cr` | a space; in body text a new block without a gap, as a line of plain text |
| `w:tab`, `w:noBreakHyphen`, `w:softHyphen` | a tab (in a cell a space), `-`, nothing |
| `w:sym` | the character that is seen, or U+FFFC where the font is not known ([`symbol`]) |
| equation, embedded object | U+FFFC |
| field, hyperlink, content control | what it shows |
| ruby | its base text |
| hidden text, comments, deletions | nothing ([`Revisions::Reject`]: insertions are nothing, deletions text) |
| number of a list | text in front of its paragraph |
| references to notes, pictures, charts, diagrams | nothing |

**Numbers that Word counts** (一、, 第三章, ①) are in the text because a person reads them and rules speak of them, but no
byte of the file holds them. Their anchor has an empty `xml` and `run` at the place where the paragraph's content begins:
an anchor that is text on one side and nothing on the other cannot be edited. A bullet is residue of its block.
What joins lines and cells (line end, tab, space) has no anchor at all.

A line of a table of contents is a copy that Word makes of headings, and is marked as code, so that one fault is not said
twice. Ranges of a part in UTF-16 count in its transcoded text.
*/

mod comment;
mod content;
mod field;
mod flow;
mod line;
mod numbering;
mod numeral;
mod package;
mod property;
mod relations;
mod sheet;
mod style;
mod symbol;
mod table;
mod xml;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{Document, Options, Revisions, Unreadable, UnreadableKind};
use crate::text::{Form, Leave, Source};
use flow::{Flow, Guide, Story};
use numbering::Numbering;
use package::{Package, damaged};
use relations::Relation;
use sheet::Sheet;
use style::Styles;

pub use package::{MAX_UNPACKED, is_zip};

/// Reads the bytes of a zip as a manuscript of Word.
///
/// # Errors
/// A zip that is none, and one that cannot be read whole.
pub fn read(path: &Path, bytes: Vec<u8>, options: Options) -> Result<Document, Unreadable> {
    let (sheet, leaves) = extract(&bytes, options.revisions)?;
    let source = Source::new(path, Form::Docx, sheet.text);
    let source = Source { bytes, anchors: sheet.anchors, parts: sheet.parts, leaves, ..source };
    Ok(Document { source, blocks: sheet.blocks })
}

/// The text of a part as anchors count in it.
///
/// # Errors
/// A package or part that cannot be read, or is not there.
pub fn part(bytes: &[u8], name: &str) -> Result<String, Unreadable> {
    let package = Package::open(bytes)?;
    package.part(name)?.ok_or_else(|| damaged(format!("其中没有 {name}")))
}

fn extract(bytes: &[u8], revisions: Revisions) -> Result<(Sheet, Vec<Leave>), Unreadable> {
    let package = Package::open(bytes)?;
    if package.is_encrypted() {
        return Err(Unreadable::new(UnreadableKind::Encrypted, "文件设了密码，请去掉密码再检查"));
    }
    let main = relations::main_part(&package)?;
    let body = package.part(&main)?.ok_or_else(|| damaged("其中没有正文"))?;
    if !flow::is_manuscript(&main, &body)? {
        return Err(relations::other(&package));
    }
    let relations = relations::relations(&package, &main)?;
    let mut reader = Reader { guide: guide(&package, &relations, revisions)?, sheet: Sheet::default() };
    let found = reader.story(Story::Body, main, &body)?;
    drop(body);
    reader.notes(&package, &relations, &found)?;
    reader.margins(&package, &relations, &found)?;
    let leaves = leaves(&package, &relations, &reader.sheet)?;
    reader.sheet.settle();
    Ok((reader.sheet, leaves))
}

/// What the parts beside the body say about it.
fn guide(package: &Package, relations: &[Relation], revisions: Revisions) -> Result<Guide, Unreadable> {
    let styles = side(package, relations, "styles")?;
    let numbering = side(package, relations, "numbering")?;
    Ok(Guide {
        styles: styles.map_or_else(|| Ok(Styles::default()), |(name, text)| parsed(&name, Styles::read(&text)))?,
        numbering: numbering
            .map_or_else(|| Ok(Numbering::default()), |(name, text)| parsed(&name, Numbering::read(&text)))?,
        revisions,
        tables: 0,
    })
}

/// The first part of a kind, with its name; none when nothing relates to one or it is not there.
fn side(package: &Package, relations: &[Relation], kind: &str) -> Result<Option<(String, String)>, Unreadable> {
    let Some(name) = relations.iter().find(|relation| relation.kind == kind).and_then(|relation| relation.part.clone())
    else {
        return Ok(None);
    };
    Ok(package.part(&name)?.map(|text| (name, text)))
}

fn parsed<T>(name: &str, result: Result<T, xml::Malformed>) -> Result<T, Unreadable> {
    result.map_err(|why| damaged(format!("其中的 {name} {why}")))
}

struct Reader {
    guide: Guide,
    sheet: Sheet,
}

impl Reader {
    fn story(&mut self, story: Story, name: String, text: &str) -> Result<flow::Found, Unreadable> {
        let endless = parsed(&name, field::endless(text, self.guide.revisions))?;
        self.sheet.parts.push(name.clone());
        Flow::new(text, story, &mut self.guide, endless).run(&name, &mut self.sheet)
    }

    fn notes(&mut self, package: &Package, relations: &[Relation], found: &flow::Found) -> Result<(), Unreadable> {
        for (kind, referred) in [("footnotes", &found.footnotes), ("endnotes", &found.endnotes)] {
            if referred.is_empty() {
                continue;
            }
            let Some((name, text)) = side(package, relations, kind)? else {
                return Err(damaged(format!("正文有注，但其中没有 {kind}")));
            };
            self.story(Story::Notes(referred.clone()), name, &text)?;
        }
        Ok(())
    }

    /// Headers and footers that a section refers to, each once.
    fn margins(&mut self, package: &Package, relations: &[Relation], found: &flow::Found) -> Result<(), Unreadable> {
        let mut seen = HashSet::new();
        for kind in ["header", "footer"] {
            for id in found.margins.iter().filter(|margin| margin.0 == kind).map(|margin| &margin.1) {
                let relation = relations.iter().find(|relation| &relation.id == id);
                let Some(name) = relation.and_then(|relation| relation.part.clone()) else { continue };
                if !seen.insert(name.clone()) {
                    continue;
                }
                if let Some(text) = package.part(&name)? {
                    self.story(Story::Margin, name, &text)?;
                }
            }
        }
        Ok(())
    }
}

/// The leaves that stand in the comments.
fn leaves(package: &Package, relations: &[Relation], sheet: &Sheet) -> Result<Vec<Leave>, Unreadable> {
    let Some((name, text)) = side(package, relations, "comments")? else { return Ok(Vec::new()) };
    let comments = parsed(&name, comment::read(&text))?;
    let threads = match side(package, relations, "commentsExtended")? {
        Some((name, text)) => parsed(&name, comment::threads(&text))?,
        None => HashMap::new(),
    };
    let answers = comment::answers(&comments, &threads).into_iter();
    let leave = |answer: comment::Answer| {
        Some(Leave { scope: sheet.range(&answer.comment)?, rule: answer.rule, reason: answer.reason })
    };
    Ok(answers.filter_map(leave).collect())
}
