/*!
The XML of a part, as events with exact byte ranges and with names resolved to their namespaces.

Prefixes mean nothing; only namespace addresses do, transitional and strict alike. Nothing here recurses or expands
entities of its own: a DOCTYPE is refused, so the five names of XML and numbers are all the entities there are. The cost of
an event does not depend on the depth.
*/

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event as Raw};

/// The namespaces that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    Word,
    /// `w14` and `w15`: what newer versions of Word added.
    WordNew,
    Math,
    /// `mc`: markup compatibility.
    Compatibility,
    /// `r`: ids of relationships.
    Relationship,
    /// Relationship parts and `[Content_Types].xml`.
    Package,
    Other,
}

/// One event; ranges are bytes of the part.
#[derive(Debug)]
pub enum Event<'x> {
    Open(Element<'x>),
    /// An element ends before this byte.
    Close(usize),
    /// Text as it is written, and where.
    Text(&'x str, usize),
    /// A character written as an entity, from and to.
    Char(char, usize, usize),
    End,
}

/// A start tag.
#[derive(Debug)]
pub struct Element<'x> {
    pub space: Space,
    /// The name without its prefix.
    pub name: &'x str,
    /// Bytes of the tag.
    pub start: usize,
    pub end: usize,
    tag: BytesStart<'x>,
}

/// Why a part cannot be read as XML, in Chinese.
pub type Malformed = String;

/// A reader of one part.
pub struct Xml<'x> {
    text: &'x str,
    reader: Reader<&'x [u8]>,
    /// What every prefix stands for, innermost last, with the depth that bound it.
    bound: HashMap<&'x str, Vec<Space>>,
    /// The prefixes that were bound, with the depth.
    bindings: Vec<(usize, &'x str)>,
    depth: usize,
    started: bool,
    /// Bytes before `text`: a byte order mark.
    shift: usize,
}

impl<'x> Xml<'x> {
    pub fn new(part: &'x str) -> Self {
        let text = part.strip_prefix('\u{FEFF}').unwrap_or(part);
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml {
            text,
            reader,
            bound: HashMap::new(),
            bindings: Vec::new(),
            depth: 0,
            started: false,
            shift: part.len() - text.len(),
        }
    }

    /// The next event. Comments, instructions and white space between elements are passed over by the caller or here.
    pub fn next(&mut self) -> Result<Event<'x>, Malformed> {
        loop {
            let start = self.reader.buffer_position() as usize;
            let raw = self.reader.read_event().map_err(|error| format!("标记有错：{error}"))?;
            let end = self.reader.buffer_position() as usize;
            match raw {
                Raw::Start(tag) => return self.open(tag, start, end).map(Event::Open),
                Raw::End(_) => {
                    self.close();
                    return Ok(Event::Close(end + self.shift));
                }
                Raw::Text(_) => return Ok(Event::Text(&self.text[start..end], start + self.shift)),
                Raw::CData(_) => {
                    let inner = (start + "<![CDATA[".len()).min(end)..end.saturating_sub("]]>".len()).max(start);
                    let text = self.text.get(inner.clone()).unwrap_or("");
                    return Ok(Event::Text(text, inner.start + self.shift));
                }
                Raw::GeneralRef(_) => return self.entity(start, end),
                Raw::DocType(_) => return Err("含有 DOCTYPE，不是文稿应有的".to_string()),
                Raw::Eof if self.depth > 0 || !self.started => return Err("标记没有写完".to_string()),
                Raw::Eof => return Ok(Event::End),
                Raw::Comment(_) | Raw::PI(_) | Raw::Decl(_) | Raw::Empty(_) => {}
            }
        }
    }

    fn open(&mut self, tag: BytesStart<'x>, start: usize, end: usize) -> Result<Element<'x>, Malformed> {
        self.depth += 1;
        self.started = true;
        let written = &self.text[start..end];
        if written.contains("xmlns") {
            self.bind(written);
        }
        let name = written[1..].split(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').next().unwrap_or("");
        let (prefix, name) = name.split_once(':').unwrap_or(("", name));
        Ok(Element { space: self.space(prefix), name, start: start + self.shift, end: end + self.shift, tag })
    }

    /// Takes up the namespace declarations of a start tag.
    fn bind(&mut self, written: &'x str) {
        let body = written[1..].trim_end_matches('>').trim_end_matches('/');
        let name = body.find(|c: char| c.is_ascii_whitespace()).unwrap_or(body.len());
        let tag = quick_xml::events::attributes::Attributes::new(body, name);
        for attribute in tag.clone().with_checks(false).flatten() {
            let prefix = match attribute.key.0 {
                "xmlns" => "",
                key => match key.strip_prefix("xmlns:") {
                    Some(prefix) => prefix,
                    None => continue,
                },
            };
            self.bound.entry(prefix).or_default().push(space(&attribute.value));
            self.bindings.push((self.depth, prefix));
        }
    }

    fn close(&mut self) {
        while let Some(&(depth, prefix)) = self.bindings.last()
            && depth == self.depth
        {
            self.bindings.pop();
            if let Some(bound) = self.bound.get_mut(prefix) {
                bound.pop();
            }
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn space(&self, prefix: &str) -> Space {
        self.bound.get(prefix).and_then(|bound| bound.last()).copied().unwrap_or(Space::Other)
    }

    fn entity(&self, start: usize, end: usize) -> Result<Event<'x>, Malformed> {
        let name = &self.text[start + 1..end - 1];
        let c = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.strip_prefix('#').and_then(numbered),
        };
        let c = c.ok_or_else(|| format!("不认识的实体“&{name};”"))?;
        Ok(Event::Char(c, start + self.shift, end + self.shift))
    }

    /// The value of an attribute of that namespace; one without prefix counts as the element's own.
    pub fn attribute(&self, element: &Element<'x>, space: Space, name: &str) -> Option<String> {
        let mut attributes = element.tag.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| {
            let (prefix, local) = attribute.key.0.split_once(':').unwrap_or(("", attribute.key.0));
            let own = if prefix.is_empty() { element.space } else { self.space(prefix) };
            local == name && own == space
        })?;
        Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or(Cow::Borrowed("")).into_owned())
    }

    /// `w:val`.
    pub fn value(&self, element: &Element<'x>) -> Option<String> {
        self.attribute(element, Space::Word, "val")
    }

    /// Whether a property that may be on or off is on.
    pub fn is_on(&self, element: &Element<'x>) -> bool {
        !matches!(self.value(element).as_deref(), Some("0" | "false" | "off" | "none"))
    }

    /// `xml:space`, where it is said.
    pub fn keeps_space(&self, element: &Element<'x>) -> Option<bool> {
        let mut attributes = element.tag.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.0 == "xml:space")?;
        Some(&*found.value == "preserve")
    }
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    code.ok().filter(|&code| code != 0).and_then(char::from_u32)
}

fn space(address: &str) -> Space {
    match address {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.microsoft.com/office/word/2010/wordml"
        | "http://schemas.microsoft.com/office/word/2012/wordml" => Space::WordNew,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        | "http://purl.oclc.org/ooxml/officeDocument/relationships" => Space::Relationship,
        "http://schemas.openxmlformats.org/package/2006/relationships"
        | "http://schemas.openxmlformats.org/package/2006/content-types" => Space::Package,
        _ => Space::Other,
    }
}
