/*!
Fields: what is shown is read, what asks for it is not.

A field runs from its begin over an instruction to a separator, and from there over its result to its end. Until the
separator nothing is shown. A broken file may have a field that never ends; its instruction would swallow all the text
behind it, so such a beginning counts as none.
*/

use std::collections::HashSet;

use super::super::Revisions;
use super::xml::{Event, Malformed, Space, Xml};

/// Fields that are open, innermost last: whether their instruction goes on.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    open: Vec<bool>,
    instructions: usize,
}

impl Fields {
    pub fn begin(&mut self) {
        self.open.push(true);
        self.instructions += 1;
    }

    pub fn separate(&mut self) {
        if let Some(instruction) = self.open.last_mut() {
            self.instructions -= usize::from(std::mem::take(instruction));
        }
    }

    pub fn end(&mut self) {
        self.instructions -= usize::from(self.open.pop() == Some(true));
    }

    /// Whether text that comes now is not shown.
    pub fn hide(&self) -> bool {
        self.instructions > 0
    }
}

/// Where in a part fields begin whose instruction never ends.
pub fn endless(text: &str, revisions: Revisions) -> Result<HashSet<usize>, Malformed> {
    if !text.contains("fldChar") {
        return Ok(HashSet::new());
    }
    let mut xml = Xml::new(text);
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut struck: Vec<bool> = Vec::new();
    let mut deep = 0_usize;
    loop {
        match xml.next()? {
            Event::Open(element) => {
                let gone = element.space == Space::Word && is_struck(element.name, revisions);
                struck.push(gone);
                deep += usize::from(gone);
                if element.space != Space::Word || element.name != "fldChar" || deep > 0 {
                    continue;
                }
                match xml.attribute(&element, Space::Word, "fldCharType").as_deref() {
                    Some("begin") => open.push((element.start, true)),
                    Some("separate") => {
                        if let Some(last) = open.last_mut() {
                            last.1 = false;
                        }
                    }
                    Some("end") => {
                        open.pop();
                    }
                    _ => {}
                }
            }
            Event::Close(_) => deep -= usize::from(struck.pop() == Some(true)),
            Event::End => return Ok(open.into_iter().filter(|field| field.1).map(|field| field.0).collect()),
            Event::Text(..) | Event::Char(..) => {}
        }
    }
}

/// Whether an element of that name holds text that is not there when tracked changes are read so.
pub fn is_struck(name: &str, revisions: Revisions) -> bool {
    match revisions {
        Revisions::Accept => matches!(name, "del" | "moveFrom"),
        Revisions::Reject => matches!(name, "ins" | "moveTo"),
    }
}
