/*!
The flow of one part: from its XML events to lines.

A stack of [`Role`]s says what every open element is for; nothing recurses, and an event costs the same at any depth. A
line gets its slot when its paragraph or row begins and is filled when that ends, so a text box comes after the paragraph
that it hangs on.
*/

use std::collections::HashSet;
use std::ops::Range;

use super::super::{Revisions, Unreadable};
use super::field::Fields;
use super::line::{Edge, Line};
use super::numbering::{Label, Numbering};
use super::package::damaged;
use super::sheet::{Shape, Sheet};
use super::style::{ListPlace, Styles};
use super::symbol::OPAQUE;
use super::table::{Row, Table};
use super::xml::{Element, Event, Space, Xml};

/// What stands beside the parts and is needed to read them.
pub struct Guide {
    pub styles: Styles,
    pub numbering: Numbering,
    pub revisions: Revisions,
    /// Tables so far, over all parts.
    pub tables: u32,
}

/// Which part is read.
#[derive(Clone, Debug)]
pub enum Story {
    Body,
    /// Footnotes or endnotes, of which only those with these ids are on the page.
    Notes(HashSet<String>),
    /// A header or footer.
    Margin,
}

/// What the part refers to.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub footnotes: HashSet<String>,
    pub endnotes: HashSet<String>,
    /// `header` or `footer`, and the id of the relationship.
    pub margins: Vec<(&'static str, String)>,
}

/// What an open element is for.
#[derive(Clone, Debug)]
pub enum Role {
    Plain,
    Paragraph,
    ParagraphProperties,
    NumberProperties,
    /// `w:rPr` of a paragraph: of the mark at its end.
    MarkProperties,
    Section,
    Run,
    RunProperties,
    /// `w:t`: whether white space at its ends stays, and where in the line it begins.
    Text {
        keeps: bool,
        from: usize,
    },
    /// Holds text that tracked changes take away.
    Struck,
    Table,
    Row,
    /// A row or cell of a frame, whose paragraphs are paragraphs.
    Frame,
    RowProperties,
    Cell,
    CellProperties,
    Box,
    Alternate {
        written: usize,
        chosen: bool,
    },
}

/// A paragraph that is open.
#[derive(Debug)]
pub struct Paragraph {
    pub slot: usize,
    pub line: Line,
    pub style: Option<String>,
    pub list: ListPlace,
    pub outline: Option<u8>,
    /// The mark at its end is taken away by a tracked change: it goes on in the next paragraph.
    pub joins: bool,
    pub mark_hidden: bool,
    pub label: Option<Label>,
    /// Where its content begins.
    pub start: usize,
}

/// A run that is open.
#[derive(Debug, Default)]
pub struct Run {
    pub index: u32,
    pub hidden: Option<bool>,
    pub style: Option<String>,
}

/// What holds paragraphs: the body, a cell, a text box.
#[derive(Debug, Default)]
pub struct Container {
    /// What a paragraph without a mark at its end leaves to the next.
    pub carry: Option<Line>,
    pub cell: bool,
}

/// An element that stands for one character, until its end is known.
pub struct Sign {
    pub start: usize,
    pub c: char,
    pub breaks: bool,
}

pub struct Flow<'p> {
    pub xml: Xml<'p>,
    pub guide: &'p mut Guide,
    pub story: Story,
    pub endless: HashSet<usize>,
    pub roles: Vec<Role>,
    /// Elements that are open since one that is passed over, itself included.
    pub past: usize,
    pub sign: Option<Sign>,
    /// Open elements that hold text taken away.
    pub struck: usize,
    pub fields: Fields,
    pub paragraphs: Vec<Paragraph>,
    pub runs: Vec<Range<u32>>,
    pub open_runs: Vec<Run>,
    pub containers: Vec<Container>,
    pub tables: Vec<Table>,
    pub rows: Vec<Row>,
    slots: Vec<Option<(Line, Shape)>>,
    /// Edges of comments between paragraphs.
    pub points: Vec<(Edge, String)>,
    pub found: Found,
    /// Characters so far.
    pub written: usize,
    /// `xml:space` of the root.
    keeps: bool,
}

/// Whether the root of a part is that of a manuscript.
pub fn is_manuscript(name: &str, text: &str) -> Result<bool, Unreadable> {
    let mut xml = Xml::new(text);
    loop {
        match xml.next().map_err(|why| damaged(format!("其中的 {name} {why}")))? {
            Event::Open(element) => return Ok(element.space == Space::Word && element.name == "document"),
            Event::End => return Ok(false),
            _ => {}
        }
    }
}

impl<'p> Flow<'p> {
    pub fn new(text: &'p str, story: Story, guide: &'p mut Guide, endless: HashSet<usize>) -> Self {
        Flow {
            xml: Xml::new(text),
            guide,
            story,
            endless,
            roles: Vec::new(),
            past: 0,
            sign: None,
            struck: 0,
            fields: Fields::default(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            open_runs: Vec::new(),
            containers: vec![Container::default()],
            tables: Vec::new(),
            rows: Vec::new(),
            slots: Vec::new(),
            points: Vec::new(),
            found: Found::default(),
            written: 0,
            keeps: false,
        }
    }

    /// Reads the whole part onto the sheet.
    pub fn run(mut self, name: &str, sheet: &mut Sheet) -> Result<Found, Unreadable> {
        loop {
            match self.xml.next().map_err(|why| damaged(format!("其中的 {name} {why}")))? {
                Event::Open(_) if self.past > 0 => self.past += 1,
                Event::Open(element) => self.open(&element)?,
                Event::Close(end) => {
                    self.close(end);
                    if self.is_between() {
                        self.flush(sheet);
                    }
                }
                Event::Text(text, at) if self.past == 0 => self.text(text, at)?,
                Event::Char(c, from, to) if self.past == 0 => self.sign(c, from..to)?,
                Event::Text(..) | Event::Char(..) => {}
                Event::End => break,
            }
        }
        self.leave_container();
        self.flush(sheet);
        Ok(self.found)
    }

    fn open(&mut self, element: &Element<'p>) -> Result<(), Unreadable> {
        if self.roles.is_empty() {
            self.keeps = self.xml.keeps_space(element).unwrap_or(false);
        }
        match element.space {
            Space::Word => return self.word(element),
            Space::Math if element.name == "oMath" => self.pass_as(element, OPAQUE),
            Space::Compatibility => self.compatibility(element),
            _ => self.roles.push(Role::Plain),
        }
        Ok(())
    }

    /// Passes over an element and all that it holds.
    pub fn pass(&mut self) {
        self.past = 1;
    }

    /// The same, and reads a character in its place.
    pub fn pass_as(&mut self, element: &Element, c: char) {
        self.past = 1;
        self.sign = Some(Sign { start: element.start, c, breaks: false });
    }

    /// Of the forms that a thing is written in for newer and older programs, the first that has text.
    fn compatibility(&mut self, element: &Element) {
        let written = self.written;
        let role = match (element.name, self.roles.last_mut()) {
            ("AlternateContent", _) => Role::Alternate { written, chosen: false },
            ("Choice" | "Fallback", Some(Role::Alternate { written: before, chosen })) => {
                if std::mem::replace(chosen, true) && *before < written {
                    return self.pass();
                }
                Role::Plain
            }
            _ => Role::Plain,
        };
        self.roles.push(role);
    }

    fn close(&mut self, end: usize) {
        if self.past > 0 {
            self.past -= 1;
            if self.past == 0
                && let Some(sign) = self.sign.take()
            {
                self.end_sign(&sign, end);
            }
            return;
        }
        match self.roles.pop() {
            Some(Role::Paragraph) => self.end_paragraph(),
            Some(Role::ParagraphProperties) => self.begin_content(end),
            Some(Role::Run) => self.end_run(end),
            Some(Role::Text { keeps: false, from }) => self.trim(from),
            Some(Role::Struck) => self.struck -= 1,
            Some(Role::Table) => self.end_table(),
            Some(Role::Row) => self.end_row(),
            Some(Role::Cell) => self.end_cell(),
            Some(Role::Box | Role::Frame) => self.leave_container(),
            _ => {}
        }
    }

    /// Whether text that comes now is on the page.
    pub fn is_shown(&self) -> bool {
        self.struck == 0 && !self.fields.hide() && !self.is_hidden()
    }

    fn is_hidden(&self) -> bool {
        let Some(run) = self.open_runs.last() else { return false };
        let style = || match &run.style {
            Some(style) if self.guide.styles.hides(Some(style)) => true,
            _ => self.paragraphs.last().is_some_and(|open| self.guide.styles.hides(open.style.as_deref())),
        };
        run.hidden.unwrap_or_else(style)
    }

    /// A place for a line that is known only later.
    pub fn slot(&mut self) -> usize {
        self.slots.push(None);
        self.slots.len() - 1
    }

    pub fn fill(&mut self, slot: usize, line: Line, shape: Shape) {
        self.slots[slot] = Some((line, shape));
    }

    /// Whether nothing is open that a line or a run still belongs to.
    fn is_between(&self) -> bool {
        let carries = self.containers.last().is_some_and(|container| container.carry.is_some());
        self.paragraphs.is_empty() && self.rows.is_empty() && self.open_runs.is_empty() && !carries
    }

    fn flush(&mut self, sheet: &mut Sheet) {
        for (line, shape) in self.slots.drain(..).flatten() {
            sheet.write(line, &shape, &self.runs);
        }
        self.runs.clear();
    }

    /// The shape of a paragraph outside tables.
    pub fn shape(&self, open: &Paragraph) -> Shape {
        match self.story {
            Story::Notes(_) => Shape::Note,
            Story::Margin => Shape::Margin,
            Story::Body => Shape::Paragraph {
                role: self.guide.styles.role(open.style.as_deref(), open.outline),
                item: open.label.as_ref().is_some_and(|label| label.lettered),
                bullet: open.label.as_ref().is_some_and(|label| label.bullet),
            },
        }
    }

    /// `xml:space` of an element, which its root may have said for all.
    pub fn keeps_space(&self, element: &Element<'p>) -> bool {
        self.xml.keeps_space(element).unwrap_or(self.keeps)
    }
}
