/*!
Numbering as it is read on the page: 一、, （一）, 1., 第三章, •.

Word keeps no numbers in paragraphs; it counts them when it draws the page. Here they are counted the same way: lists that
share an abstract definition share its counters, a list may override the start of a level once, a level begins again
after a higher one.
*/

use std::collections::{HashMap, HashSet};

use super::numeral;
use super::style::{ListPlace, Styles};
use super::symbol;
use super::xml::{Element, Event, Malformed, Space, Xml};

/// Levels of a list.
const LEVELS: usize = 9;
/// Longest label, in characters; a page has none near it.
const LABEL: usize = 64;

/// What is printed before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub text: String,
    /// A bullet marks the member of a list and is not read.
    pub bullet: bool,
    /// Letters and Roman numbers, which do not tell a list from running text by themselves.
    pub lettered: bool,
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    font: String,
    /// `w:lvlRestart`: the level (from 1) after which it begins again; 0 for never.
    restart: Option<usize>,
    all_decimal: bool,
    bare: bool,
    style: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// `w:numStyleLink`: the definition stands with the list of that style.
    borrowed: Option<String>,
    /// `w:styleLink`: the style that others borrow it by.
    lent: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct List {
    of: String,
    levels: [Option<Level>; LEVELS],
    starts: [Option<u32>; LEVELS],
}

/// The lists of a package and how far they have been counted.
#[derive(Clone, Debug, Default)]
pub struct Numbering {
    abstracts: HashMap<String, Abstract>,
    lists: HashMap<u32, List>,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(u32, usize)>,
}

impl Default for Level {
    fn default() -> Self {
        Level {
            start: 1,
            format: "decimal".to_string(),
            text: String::new(),
            font: String::new(),
            restart: None,
            all_decimal: false,
            bare: false,
            style: None,
        }
    }
}

/// Where in the part the reader is.
#[derive(Default)]
struct Place {
    of: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
    in_level: bool,
}

impl Numbering {
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let mut xml = Xml::new(text);
        let mut numbering = Numbering::default();
        let mut place = Place::default();
        let mut open: Vec<&str> = Vec::new();
        loop {
            match xml.next()? {
                Event::Open(element) => {
                    let fallback = element.space == Space::Compatibility && element.name == "Fallback";
                    let silent = fallback || open.last() == Some(&"Fallback");
                    open.push(if silent { "Fallback" } else { element.name });
                    if element.space == Space::Word && !silent {
                        numbering.open(&xml, &element, &mut place);
                    }
                }
                Event::Close(_) => match open.pop() {
                    Some("lvl") => place.in_level = false,
                    Some("abstractNum") => place.of = None,
                    Some("num") => place.list = None,
                    _ => {}
                },
                Event::End => return Ok(numbering),
                Event::Text(..) | Event::Char(..) => {}
            }
        }
    }

    fn open(&mut self, xml: &Xml, element: &Element, place: &mut Place) {
        let said = |name: &str| xml.attribute(element, Space::Word, name);
        match element.name {
            "abstractNum" => {
                let id = said("abstractNumId").unwrap_or_default();
                self.abstracts.entry(id.clone()).or_default();
                place.of = Some(id);
            }
            "num" => {
                place.list = said("numId").and_then(|id| id.parse().ok());
                if let Some(list) = place.list {
                    self.lists.entry(list).or_default();
                }
            }
            "lvl" | "lvlOverride" => {
                place.level = said("ilvl").and_then(|level| level.parse().ok()).filter(|&level| level < LEVELS);
                place.in_level = element.name == "lvl";
                if place.in_level
                    && let Some(slot) = self.slot(place)
                {
                    *slot = Some(Level::default());
                }
            }
            "rFonts" => {
                let font = said("ascii").or_else(|| said("hAnsi")).unwrap_or_default();
                self.level(place, |level| level.font = font);
            }
            name => self.take(name, xml.value(element), place),
        }
    }

    /// A property of a level, a list or a definition.
    fn take(&mut self, name: &str, value: Option<String>, place: &Place) {
        let number = value.as_deref().and_then(|value| value.parse::<u32>().ok());
        let value = value.unwrap_or_default();
        match name {
            "start" => self.level(place, |level| level.start = number.unwrap_or(1)),
            "numFmt" => self.level(place, |level| level.format = value),
            "lvlText" => self.level(place, |level| level.text = value),
            "lvlRestart" => self.level(place, |level| level.restart = number.map(|number| number as usize)),
            "isLgl" => self.level(place, |level| level.all_decimal = !matches!(value.as_str(), "0" | "false" | "off")),
            "suff" => self.level(place, |level| level.bare = value == "nothing"),
            "pStyle" => self.level(place, |level| level.style = Some(value)),
            "startOverride" => {
                let list = place.list.and_then(|list| self.lists.get_mut(&list));
                if let (Some(list), Some(level)) = (list, place.level) {
                    list.starts[level] = number;
                }
            }
            "abstractNumId" => {
                if let Some(list) = place.list.and_then(|list| self.lists.get_mut(&list)) {
                    list.of = value;
                }
            }
            "numStyleLink" | "styleLink" => {
                let Some(of) = place.of.as_ref().and_then(|of| self.abstracts.get_mut(of)) else { return };
                let link = if name == "styleLink" { &mut of.lent } else { &mut of.borrowed };
                *link = Some(value);
            }
            _ => {}
        }
    }

    fn level(&mut self, place: &Place, set: impl FnOnce(&mut Level)) {
        if place.in_level
            && let Some(level) = self.slot(place).and_then(|slot| slot.as_mut())
        {
            set(level);
        }
    }

    fn slot(&mut self, place: &Place) -> Option<&mut Option<Level>> {
        let level = place.level?;
        if let Some(list) = place.list {
            return self.lists.get_mut(&list).map(|list| &mut list.levels[level]);
        }
        self.abstracts.get_mut(place.of.as_ref()?).map(|of| &mut of.levels[level])
    }

    /// Counts a paragraph and gives what is printed before it.
    pub fn count(&mut self, own: &ListPlace, style: Option<&str>, styles: &Styles) -> Option<Label> {
        let inherited = styles.list(style);
        let id = own.list.or(inherited.list).filter(|&list| list != 0)?;
        let of = self.definition(id)?;
        let level = own.level.or(inherited.level).map(usize::from);
        let level = level.or_else(|| self.level_of_style(id, &of, style, styles)).unwrap_or(0).min(LEVELS - 1);
        self.resolved(id, &of, level)?;
        self.advance(id, &of, level);
        Some(self.label(id, &of, level))
    }

    /// The abstract definition of a list, links of styles followed once.
    fn definition(&self, list: u32) -> Option<String> {
        let of = &self.lists.get(&list)?.of;
        let Some(link) = &self.abstracts.get(of)?.borrowed else { return Some(of.clone()) };
        let lent = self.abstracts.iter().filter(|(_, lent)| lent.lent.as_ref() == Some(link));
        Some(lent.map(|(id, _)| id).min().unwrap_or(of).clone())
    }

    fn resolved(&self, list: u32, of: &str, level: usize) -> Option<&Level> {
        let own = self.lists.get(&list).and_then(|list| list.levels[level].as_ref());
        own.or_else(|| self.abstracts.get(of)?.levels[level].as_ref())
    }

    fn level_of_style(&self, list: u32, of: &str, style: Option<&str>, styles: &Styles) -> Option<usize> {
        let linked = |id: &str| {
            (0..LEVELS)
                .find(|&level| self.resolved(list, of, level).is_some_and(|level| level.style.as_deref() == Some(id)))
        };
        styles.ids(style).find_map(linked)
    }

    fn start(&self, list: u32, of: &str, level: usize) -> u32 {
        let own = self.lists.get(&list).and_then(|list| list.starts[level]);
        own.or_else(|| self.resolved(list, of, level).map(|level| level.start)).unwrap_or(1)
    }

    fn advance(&mut self, list: u32, of: &str, level: usize) {
        let start = self.start(list, of, level);
        let overridden = self.lists.get(&list).is_some_and(|list| list.starts[level].is_some());
        let begins = overridden && self.begun.insert((list, level));
        let restarts: Vec<bool> = (0..LEVELS)
            .map(|deep| match self.resolved(list, of, deep).and_then(|level| level.restart) {
                Some(after) => level < after,
                None => true,
            })
            .collect();
        let counters = self.counters.entry(of.to_string()).or_default();
        counters[level] = Some(match counters[level] {
            Some(count) if !begins => count.saturating_add(1),
            _ => start,
        });
        for deep in level + 1..LEVELS {
            if restarts[deep] {
                counters[deep] = None;
            }
        }
    }

    fn label(&self, list: u32, of: &str, level: usize) -> Label {
        let Some(own) = self.resolved(list, of, level) else { return Label::none() };
        if own.format == "bullet" {
            let text = symbol::bullet(&own.font, &own.text);
            return Label { text: text.trim().to_string(), bullet: true, lettered: false };
        }
        let mut text = String::new();
        let mut characters = own.text.chars().peekable();
        while let Some(c) = characters.next() {
            let other = characters.peek().and_then(|c| c.to_digit(10)).filter(|&digit| c == '%' && digit > 0);
            match other {
                Some(digit) => {
                    characters.next();
                    text.push_str(&self.number(list, of, digit as usize - 1, own.all_decimal));
                }
                None => text.push(c),
            }
        }
        let text: String = text.trim().chars().filter(|c| !c.is_control()).take(LABEL).collect();
        let lettered = ["lowerLetter", "upperLetter", "lowerRoman", "upperRoman"].contains(&own.format.as_str());
        let gap = if own.bare || text.is_empty() || text.ends_with(is_closed) { "" } else { " " };
        Label { text: format!("{text}{gap}"), bullet: false, lettered }
    }

    fn number(&self, list: u32, of: &str, level: usize, decimal: bool) -> String {
        let count = self.counters.get(of).and_then(|counters| counters[level]);
        let count = count.unwrap_or_else(|| self.start(list, of, level));
        let format = self.resolved(list, of, level).map_or("decimal", |level| level.format.as_str());
        let decimal = decimal && !matches!(format, "none" | "bullet");
        numeral::write(if decimal { "decimal" } else { format }, count)
    }
}

impl Label {
    fn none() -> Self {
        Label { text: String::new(), bullet: false, lettered: false }
    }
}

/// Marks and signs after which no space is set: the tab that Word puts there is only how the page is drawn.
fn is_closed(c: char) -> bool {
    matches!(c, '、' | '，' | '。' | '．' | '：' | '）' | '】' | '〕' | '》' | '①'..='⒛' | '㉑'..='㊿' | '❶'..='❿')
}
