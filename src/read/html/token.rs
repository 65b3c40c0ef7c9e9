/*!
Tags, text and comments of HTML, each with its bytes: the only place that knows the tokenizer.
*/

use std::collections::VecDeque;
use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::style;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Start(Start),
    End {
        name: String,
        range: Range<usize>,
    },
    /// Text as it stands, or what an entity or line end shows.
    Text {
        range: Range<usize>,
        shown: Option<String>,
    },
    Comment(Range<usize>),
}

/// A start tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Start {
    pub name: String,
    pub range: Range<usize>,
    /// Its attributes say that it is not shown.
    pub hidden: bool,
    pub closed: bool,
    /// `class`, `id`, `start`, `value`, `colspan`, `rowspan`, `type`, `open`, as far as they are there.
    pub attributes: Vec<(Attribute, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Class,
    Id,
    Start,
    Value,
    Type,
    Columns,
    Rows,
    Open,
    Reversed,
}

impl Start {
    pub fn attribute(&self, attribute: Attribute) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == attribute).map(|(_, value)| value.as_str())
    }

    pub fn number(&self, attribute: Attribute) -> Option<i64> {
        self.attribute(attribute).and_then(|value| value.trim().parse().ok())
    }
}

/// All tokens of a text. Comments of type `<!DOCTYPE …>` are none.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let emitter = Places { html, ..Places::default() };
    Tokenizer::new_with_emitter(html, emitter)
        .map(|token| token.unwrap_or_else(|never: Infallible| match never {}))
        .collect()
}

/// The stretches of text between tags, in order.
pub(super) fn nodes(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut nodes: Vec<Range<usize>> = Vec::new();
    for token in tokens {
        let Token::Text { range, .. } = token else { continue };
        match nodes.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => nodes.push(range.clone()),
        }
    }
    nodes
}

/// An emitter that keeps the place of everything.
#[derive(Default)]
struct Places<'h> {
    html: &'h str,
    position: usize,
    ready: VecDeque<Token>,
    /// Text as it stands that is not ready yet, and where the next text begins.
    text: Range<usize>,
    from: usize,
    tag: Start,
    ends: bool,
    tag_from: usize,
    name: Vec<u8>,
    attribute: Vec<u8>,
    value: Vec<u8>,
    last_start: Vec<u8>,
}

impl Places<'_> {
    fn flush_text(&mut self) {
        let range = std::mem::take(&mut self.text);
        if !range.is_empty() {
            self.ready.push_back(Token::Text { range, shown: None });
        }
    }

    fn flush_attribute(&mut self) {
        let (name, value) = (std::mem::take(&mut self.attribute), std::mem::take(&mut self.value));
        let value = || String::from_utf8_lossy(&value).into_owned();
        let known = match name.as_slice() {
            b"hidden" => return self.tag.hidden = true,
            b"style" => return self.tag.hidden |= style::hides(&value()),
            b"class" => Attribute::Class,
            b"id" => Attribute::Id,
            b"start" => Attribute::Start,
            b"value" => Attribute::Value,
            b"type" => Attribute::Type,
            b"colspan" => Attribute::Columns,
            b"rowspan" => Attribute::Rows,
            b"open" => Attribute::Open,
            b"reversed" => Attribute::Reversed,
            _ => return,
        };
        self.tag.attributes.push((known, value()));
    }

    fn begin_tag(&mut self, ends: bool) {
        self.flush_text();
        self.ends = ends;
        self.tag = Start::default();
        self.name.clear();
        self.attribute.clear();
        self.value.clear();
    }
}

impl Emitter for Places<'_> {
    type Token = Token;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn set_last_start_tag(&mut self, last: Option<&[u8]>) {
        self.last_start = last.unwrap_or_default().to_vec();
    }

    fn pop_token(&mut self) -> Option<Token> {
        self.ready.pop_front()
    }

    fn emit_eof(&mut self) {
        self.flush_text();
    }

    fn init_string(&mut self) {
        self.from = self.position;
    }

    fn emit_string(&mut self, shown: &[u8]) {
        let range = self.from.min(self.position)..self.position;
        self.from = self.position;
        if let (true, Some(Token::Text { range: last, .. })) = (shown.is_empty(), self.ready.back_mut()) {
            // The second half of a line end of two bytes.
            last.end = range.end;
            return;
        }
        if self.html.as_bytes().get(range.clone()) == Some(shown) {
            if self.text.end != range.start || self.text.is_empty() {
                self.flush_text();
                self.text.start = range.start;
            }
            self.text.end = range.end;
        } else {
            self.flush_text();
            let shown = Some(String::from_utf8_lossy(shown).into_owned());
            self.ready.push_back(Token::Text { range, shown });
        }
    }

    fn start_open_tag(&mut self) {
        self.tag_from = self.position.saturating_sub(1);
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    fn push_tag_name(&mut self, part: &[u8]) {
        self.name.extend_from_slice(part);
    }

    fn init_attribute(&mut self) {
        self.flush_attribute();
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.attribute.extend_from_slice(part);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        self.value.extend_from_slice(part);
    }

    fn set_self_closing(&mut self) {
        self.tag.closed = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush_attribute();
        let name = String::from_utf8_lossy(&self.name).into_owned();
        let range = self.tag_from..self.position;
        self.from = self.position;
        if self.ends {
            self.last_start.clear();
            self.ready.push_back(Token::End { name, range });
            return None;
        }
        self.last_start = self.name.clone();
        let start = Start { name, range, ..std::mem::take(&mut self.tag) };
        let state = naive_next_state(&self.name).filter(|_| !start.closed);
        self.ready.push_back(Token::Start(start));
        state
    }

    fn init_comment(&mut self) {
        self.flush_text();
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn emit_current_comment(&mut self) {
        self.ready.push_back(Token::Comment(self.tag_from..self.position));
        self.from = self.position;
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.ends && !self.last_start.is_empty() && self.last_start == self.name
    }

    fn init_doctype(&mut self) {
        self.flush_text();
    }

    fn emit_error(&mut self, _: Error) {}
    fn should_emit_errors(&mut self) -> bool {
        false
    }
    fn emit_current_doctype(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens with their text, for looking at.
    fn seen(html: &str) -> Vec<String> {
        let one = |token: &Token| match token {
            Token::Start(start) => format!("<{}> {}", start.name, &html[start.range.clone()]),
            Token::End { name, range } => format!("</{name}> {}", &html[range.clone()]),
            Token::Text { range, shown: None } => html[range.clone()].to_string(),
            Token::Text { range, shown: Some(shown) } => format!("{}={shown}", &html[range.clone()]),
            Token::Comment(range) => html[range.clone()].to_string(),
        };
        tokens(html).iter().map(one).collect()
    }

    #[test]
    fn every_piece_has_its_bytes() {
        assert_eq!(
            seen("<!DOCTYPE html><p class=x>甲&nbsp;乙&中&amp;丙 < 丁&#x4e2d;\r\n&copy戊<!-- 己 --></p>庚"),
            [
                "<p> <p class=x>",
                "甲",
                "&nbsp;=\u{A0}",
                "乙&中",
                "&amp;=&",
                "丙 < 丁",
                "&#x4e2d;=中",
                "\r\n=\n",
                "&copy=©",
                "戊",
                "<!-- 己 -->",
                "</p> </p>",
                "庚"
            ]
        );
    }

    #[test]
    fn scripts_are_no_markup() {
        assert_eq!(
            seen("<script>if(a<b)'<p>'</script>甲"),
            ["<script> <script>", "if(a<b)'<p>'", "</script> </script>", "甲"]
        );
        assert_eq!(seen("<title>甲&lt;乙</title>"), ["<title> <title>", "甲", "&lt;=<", "乙", "</title> </title>"]);
    }
}
