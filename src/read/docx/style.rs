/*!
Styles: what a paragraph is by the name of its style, and what it inherits.

A style says of a paragraph that it is a heading, a caption or code, that it is numbered, and of a run that it is hidden.
What it does not say itself, the style that it is based on says.
*/

use std::collections::HashMap;

use super::super::Mark;
use super::xml::{Event, Malformed, Space, Xml};

/// What one style says.
#[derive(Clone, Debug, Default)]
pub struct Style {
    based_on: Option<String>,
    role: Option<Role>,
    /// `w:outlineLvl`, from 0; 9 is body text.
    outline: Option<u8>,
    list: ListPlace,
    hidden: Option<bool>,
}

/// The list and level that a paragraph or style names.
#[derive(Clone, Debug, Default)]
pub struct ListPlace {
    /// `w:numId`; 0 takes a paragraph out of every list.
    pub list: Option<u32>,
    /// `w:ilvl`.
    pub level: Option<u8>,
}

/// What a style is by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Title,
    Heading(u8),
    Caption,
    /// A line of a table of contents: a copy that Word makes of headings and captions.
    Contents,
    Code,
}

/// The styles of a package, by id.
#[derive(Clone, Debug, Default)]
pub struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

impl Styles {
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let mut xml = Xml::new(text);
        let mut styles = Styles::default();
        let mut open: Option<(String, Style)> = None;
        let mut depth = 0_usize;
        let mut past = 0;
        loop {
            match xml.next()? {
                Event::Open(element) => {
                    depth += 1;
                    if past > 0 || element.space != Space::Word {
                        continue;
                    }
                    match element.name {
                        "style" => {
                            let id = xml.attribute(&element, Space::Word, "styleId").unwrap_or_default();
                            let paragraph =
                                xml.attribute(&element, Space::Word, "type").as_deref() == Some("paragraph");
                            let default = xml.attribute(&element, Space::Word, "default");
                            if paragraph && matches!(default.as_deref(), Some("1" | "true" | "on")) {
                                styles.default = Some(id.clone());
                            }
                            open = Some((id, Style::default()));
                        }
                        "pPrChange" | "rPrChange" | "tblStylePr" => past = depth,
                        name => {
                            if let Some((_, style)) = &mut open {
                                style.take(name, xml.value(&element), xml.is_on(&element));
                            }
                        }
                    }
                }
                Event::Close(_) => {
                    past = if past == depth { 0 } else { past };
                    depth -= 1;
                    if depth == 1
                        && let Some((id, style)) = open.take()
                    {
                        styles.styles.insert(id, style);
                    }
                }
                Event::End => return Ok(styles),
                Event::Text(..) | Event::Char(..) => {}
            }
        }
    }

    /// The style and those that it is based on; a circle ends where it began.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = id.or(self.default.as_deref()).and_then(|id| self.styles.get(id));
        let next = |style: &&'s Style| style.based_on.as_deref().and_then(|id| self.styles.get(id));
        std::iter::successors(first, next).take(CHAIN)
    }

    /// What a paragraph is by its style and the outline level that it says itself.
    pub fn role(&self, id: Option<&str>, outline: Option<u8>) -> Option<Role> {
        let leveled = |outline: u8| (outline < 9).then_some(Role::Heading(outline + 1));
        if let Some(role) = outline.and_then(leveled) {
            let title = self.chain(id).find_map(|style| style.role) == Some(Role::Title);
            return Some(if title { Role::Title } else { role });
        }
        let own = self.chain(id).find(|style| style.role.is_some() || style.outline.is_some())?;
        let leveled = own.outline.filter(|_| outline.is_none()).and_then(leveled);
        own.role.filter(|role| outline.is_none() || !matches!(role, Role::Heading(_))).or(leveled)
    }

    /// The list of a style, and the style that names it, which may also be named by the list's level.
    pub fn list(&self, id: Option<&str>) -> ListPlace {
        let list = self.chain(id).find_map(|style| style.list.list);
        let level = self.chain(id).find_map(|style| style.list.level);
        ListPlace { list, level }
    }

    /// The ids of a paragraph style and those that it is based on.
    pub fn ids<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s str> {
        let next = |id: &&'s str| self.styles.get(*id).and_then(|style| style.based_on.as_deref());
        std::iter::successors(id.or(self.default.as_deref()), next).take(CHAIN)
    }

    /// Whether a style hides its text.
    pub fn hides(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|style| style.hidden).unwrap_or(false)
    }
}

/// Styles that may be based on each other in a row.
const CHAIN: usize = 32;

impl Style {
    fn take(&mut self, name: &str, value: Option<String>, on: bool) {
        match (name, value) {
            ("name", Some(value)) => self.role = role(&value),
            ("basedOn", value) => self.based_on = value,
            ("outlineLvl", Some(value)) => self.outline = value.parse().ok(),
            ("numId", Some(value)) => self.list.list = value.parse().ok(),
            ("ilvl", Some(value)) => self.list.level = value.parse().ok(),
            ("vanish", _) => self.hidden = Some(on),
            _ => {}
        }
    }
}

/// What the name of a style says, in the English that Word keeps for its own and in the Chinese of templates.
fn role(name: &str) -> Option<Role> {
    let name = name.trim().to_lowercase();
    let level = |prefix: &str| {
        let rest = name.strip_prefix(prefix)?.trim();
        let number = rest.trim_start_matches("级").trim();
        number.parse().ok().filter(|level| (1..=9).contains(level))
    };
    if let Some(level) = ["heading", "标题"].into_iter().find_map(level) {
        return Some(Role::Heading(level));
    }
    let chinese = ["一级标题", "二级标题", "三级标题", "四级标题", "五级标题", "六级标题"];
    if let Some(level) = chinese.iter().position(|word| name == *word) {
        return Some(Role::Heading(level as u8 + 1));
    }
    if ["toc", "目录", "index", "索引"].into_iter().find_map(level).is_some() {
        return Some(Role::Contents);
    }
    match name.as_str() {
        "title" | "标题" | "文章标题" | "主标题" | "大标题" | "文档标题" => Some(Role::Title),
        "subtitle" | "副标题" => Some(Role::Heading(2)),
        "caption" | "题注" | "图题" | "表题" | "图名" | "表名" | "图注" | "图片说明" | "图标题" | "表标题" => {
            Some(Role::Caption)
        }
        "table of figures" | "图表目录" => Some(Role::Contents),
        "toc heading" | "目录" | "目录标题" | "目录 标题" => Some(Role::Heading(2)),
        "source code" | "code" | "html preformatted" | "html 预设格式" | "代码" | "程序代码" | "verbatim" | "macro" => {
            Some(Role::Code)
        }
        _ => None,
    }
}

/// The mark of a paragraph that is that.
pub fn mark(role: Option<Role>) -> Mark {
    match role {
        None => Mark::None,
        Some(Role::Title) => Mark::Heading(1),
        Some(Role::Heading(level)) => Mark::Heading(level.min(6)),
        Some(Role::Caption) => Mark::Caption,
        Some(Role::Contents | Role::Code) => Mark::Code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_paragraph_is() {
        let cases = [
            ("heading 2", Some(Role::Heading(2))),
            ("标题 3", Some(Role::Heading(3))),
            ("标题1", Some(Role::Heading(1))),
            ("二级标题", Some(Role::Heading(2))),
            ("Title", Some(Role::Title)),
            ("标题", Some(Role::Title)),
            ("题注", Some(Role::Caption)),
            ("toc 1", Some(Role::Contents)),
            ("目录 2", Some(Role::Contents)),
            ("Normal", None),
            ("标题外的", None),
        ];
        for (name, is) in cases {
            assert_eq!(role(name), is, "{name}");
        }
    }
}
