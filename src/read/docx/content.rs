/*!
The content of a part: paragraphs, runs, and the elements that are text or stand for it.
*/

use std::ops::Range;

use super::super::{Revisions, Unreadable, UnreadableKind};
use super::field::is_struck;
use super::flow::{Container, Flow, Paragraph, Role, Run, Sign, Story};
use super::line::{Edge, Line};
use super::package::damaged;
use super::sheet::Shape;
use super::style::ListPlace;
use super::symbol::{self, OPAQUE};
use super::xml::{Element, Space};

impl<'p> Flow<'p> {
    /// An element of WordprocessingML.
    pub fn word(&mut self, element: &Element<'p>) -> Result<(), Unreadable> {
        if self.property(element) {
            return Ok(());
        }
        match element.name {
            "p" => self.begin_paragraph(element),
            "r" => self.begin_run(element),
            "tbl" => self.begin_table(),
            "tr" => self.begin_row(),
            "tc" => self.begin_cell(),
            "txbxContent" => self.begin_box(),
            "footnote" | "endnote" => self.note(element),
            "altChunk" => {
                return Err(foreign("文件里嵌着另一份文档，只有 Word 能展开；请在 Word 中打开并另存，再检查"));
            }
            "subDoc" => return Err(foreign("这是主控文档，正文在别的文件里；请检查那些文件，或在 Word 中展开并另存")),
            "t" => self.begin_text(element),
            "delText" if self.guide.revisions == Revisions::Reject => self.begin_text(element),
            "delText" | "instrText" | "delInstrText" | "sdtPr" | "sdtEndPr" | "rubyPr" | "rt" => self.pass(),
            "object" => self.pass_as(element, OPAQUE),
            "commentRangeStart" => self.point(Edge::Start, element),
            "commentRangeEnd" => self.point(Edge::End, element),
            "commentReference" => self.point(Edge::Reference, element),
            name if is_struck(name, self.guide.revisions) => {
                self.struck += 1;
                self.roles.push(Role::Struck);
            }
            _ if matches!(self.roles.last(), Some(Role::Run | Role::Plain)) && !self.open_runs.is_empty() => {
                self.in_run(element)
            }
            _ => self.roles.push(Role::Plain),
        }
        Ok(())
    }

    /// What only a run may hold.
    fn in_run(&mut self, element: &Element<'p>) {
        match element.name {
            "tab" | "ptab" => self.pass_as(element, if self.in_cell() { ' ' } else { '\t' }),
            "noBreakHyphen" => self.pass_as(element, '-'),
            "br" | "cr" => {
                self.pass();
                self.sign = Some(Sign { start: element.start, c: ' ', breaks: true });
            }
            "sym" => {
                let said = |name| self.xml.attribute(element, Space::Word, name).unwrap_or_default();
                let code = u32::from_str_radix(&said("char"), 16);
                let c = code.map_or(OPAQUE, |code| symbol::shown(&said("font"), code));
                self.pass_as(element, c);
            }
            "fldChar" => {
                self.field(element);
                self.roles.push(Role::Plain);
            }
            "footnoteReference" | "endnoteReference" => {
                if self.is_shown()
                    && let Some(id) = self.xml.attribute(element, Space::Word, "id")
                {
                    let found = &mut self.found;
                    let notes =
                        if element.name == "footnoteReference" { &mut found.footnotes } else { &mut found.endnotes };
                    notes.insert(id);
                }
                self.pass();
            }
            _ => self.roles.push(Role::Plain),
        }
    }

    fn field(&mut self, element: &Element<'p>) {
        if self.struck > 0 {
            return;
        }
        match self.xml.attribute(element, Space::Word, "fldCharType").as_deref() {
            Some("begin") if !self.endless.contains(&element.start) => self.fields.begin(),
            Some("separate") => self.fields.separate(),
            Some("end") => self.fields.end(),
            _ => {}
        }
    }

    /// Notes that nothing refers to, and the lines that part notes from text, are not on the page.
    fn note(&mut self, element: &Element<'p>) {
        let said = |name| self.xml.attribute(element, Space::Word, name).unwrap_or_default();
        let plain = matches!(said("type").as_str(), "" | "normal");
        match &self.story {
            Story::Notes(referred) if plain && referred.contains(&said("id")) => {
                self.containers.push(Container::default());
                self.roles.push(Role::Box);
            }
            _ => self.pass(),
        }
    }

    fn begin_box(&mut self) {
        self.settle_carry();
        self.containers.push(Container::default());
        self.roles.push(Role::Box);
    }

    fn begin_paragraph(&mut self, element: &Element) {
        let slot = self.slot();
        let mut line = self.containers.last_mut().and_then(|container| container.carry.take()).unwrap_or_default();
        for (edge, comment) in self.points.drain(..) {
            line.point(edge, comment);
        }
        self.paragraphs.push(Paragraph {
            slot,
            line,
            style: None,
            list: ListPlace::default(),
            outline: None,
            joins: false,
            mark_hidden: false,
            label: None,
            start: element.end,
        });
        self.roles.push(Role::Paragraph);
    }

    /// The properties of a paragraph are known: it is counted, and its number written.
    pub fn begin_content(&mut self, end: usize) {
        let Some(open) = self.paragraphs.last_mut() else { return };
        open.start = end;
        if open.joins || open.mark_hidden || self.struck > 0 {
            return;
        }
        self.number();
    }

    /// Writes the number of a paragraph in front of it.
    fn number(&mut self) {
        let guide = &mut *self.guide;
        let Some(open) = self.paragraphs.last_mut() else { return };
        let label = guide.numbering.count(&open.list, open.style.as_deref(), &guide.styles);
        let Some(label) = label.filter(|label| !label.text.is_empty()) else { return };
        let mut line = Line::labeled(&label.text, open.start);
        if label.bullet {
            line.push_unplaced(' ');
            line.label = line.text.len();
        }
        let carried = std::mem::take(&mut open.line);
        line.append(carried);
        open.line = line;
        open.label = Some(label);
        self.written += 1;
    }

    pub fn end_paragraph(&mut self) {
        let Some(open) = self.paragraphs.pop() else { return };
        let in_cell = self.in_cell();
        let Some(container) = self.containers.last_mut() else { return };
        if open.joins {
            container.carry = Some(open.line);
        } else if in_cell {
            self.add_to_cell(open.line);
        } else if !(open.mark_hidden && open.line.text.is_empty()) {
            let shape = self.shape(&open);
            self.fill(open.slot, open.line, shape);
        }
    }

    /// What a last paragraph would have left to the next is a paragraph after all.
    pub fn settle_carry(&mut self) {
        let in_cell = self.in_cell();
        let Some(line) = self.containers.last_mut().and_then(|container| container.carry.take()) else { return };
        if in_cell {
            self.add_to_cell(line);
        } else if !line.is_blank() {
            let slot = self.slot();
            let shape = match self.story {
                Story::Body => Shape::Paragraph { role: None, item: false, bullet: false },
                Story::Notes(_) => Shape::Note,
                Story::Margin => Shape::Margin,
            };
            self.fill(slot, line, shape);
        }
    }

    pub fn leave_container(&mut self) {
        self.settle_carry();
        self.containers.pop();
    }

    pub fn in_cell(&self) -> bool {
        self.containers.last().is_some_and(|container| container.cell)
    }

    fn begin_run(&mut self, element: &Element) {
        let index = self.runs.len() as u32;
        self.runs.push(element.start as u32..element.end as u32);
        self.open_runs.push(Run { index, ..Run::default() });
        self.roles.push(Role::Run);
    }

    pub fn end_run(&mut self, end: usize) {
        if let Some(run) = self.open_runs.pop()
            && let Some(range) = self.runs.get_mut(run.index as usize)
        {
            range.end = end as u32;
        }
    }

    fn begin_text(&mut self, element: &Element<'p>) {
        let from = self.paragraphs.last().map_or(0, |open| open.line.text.len());
        self.roles.push(Role::Text { keeps: self.keeps_space(element), from });
    }

    /// Text of `w:t`; text anywhere else is white space between elements.
    pub fn text(&mut self, text: &str, at: usize) -> Result<(), Unreadable> {
        let Some(&Role::Text { keeps, from }) = self.roles.last() else { return Ok(()) };
        if !self.is_shown() {
            return Ok(());
        }
        let run = self.open_runs.last().map(|run| run.index);
        let Some(open) = self.paragraphs.last_mut() else {
            return if text.trim().is_empty() { Ok(()) } else { Err(damaged("有文字不在任何段落里")) };
        };
        let blank = [' ', '\t', '\n', '\r'];
        let skip =
            if keeps || open.line.text.len() > from { 0 } else { text.len() - text.trim_start_matches(blank).len() };
        let mut start = skip;
        for (index, c) in text.char_indices().filter(|&(index, _)| index >= skip) {
            if matches!(c, '\t' | '\n' | '\r') {
                open.line.push_if_any(&text[start..index], at + start, run);
                open.line.push_sign(' ', at + index..at + index + 1, run);
                start = index + 1;
            }
        }
        open.line.push_if_any(&text[start..], at + start, run);
        self.written += text.len() - skip;
        Ok(())
    }

    /// A character that is written as an entity inside `w:t`.
    pub fn sign(&mut self, c: char, xml: Range<usize>) -> Result<(), Unreadable> {
        if matches!(self.roles.last(), Some(Role::Text { .. })) && self.is_shown() {
            let c = if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c };
            self.write(c, xml)?;
        }
        Ok(())
    }

    fn write(&mut self, c: char, xml: Range<usize>) -> Result<(), Unreadable> {
        let run = self.open_runs.last().map(|run| run.index);
        let Some(open) = self.paragraphs.last_mut() else { return Err(damaged("有文字不在任何段落里")) };
        open.line.push_sign(c, xml, run);
        self.written += 1;
        Ok(())
    }

    /// An element that stands for a character has ended.
    pub fn end_sign(&mut self, sign: &Sign, end: usize) {
        if !self.is_shown() {
            return;
        }
        let run = self.open_runs.last().map(|run| run.index);
        let Some(open) = self.paragraphs.last_mut() else { return };
        let from = open.line.text.len() as u32;
        open.line.push_sign(sign.c, sign.start..end, run);
        if sign.breaks {
            open.line.breaks.push(from..open.line.text.len() as u32);
        }
        self.written += 1;
    }

    /// White space at the end of a `w:t` that does not say that it keeps it.
    pub fn trim(&mut self, from: usize) {
        if let Some(open) = self.paragraphs.last_mut()
            && from < open.line.text.len()
        {
            open.line.trim_end(from);
        }
    }

    fn point(&mut self, edge: Edge, element: &Element<'p>) {
        if let Some(id) = self.xml.attribute(element, Space::Word, "id") {
            match self.paragraphs.last_mut() {
                Some(open) => open.line.point(edge, id),
                None => self.points.push((edge, id)),
            }
        }
        self.pass();
    }
}

fn foreign(what: &str) -> Unreadable {
    Unreadable::new(UnreadableKind::Foreign, what)
}
