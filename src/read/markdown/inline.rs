/*!
What stands inside a block of Markdown: words, code, tags, breaks, emphasis.
*/

use std::ops::Range;

use super::{Code, Mark, Reader, han, soft, txt};
use crate::read::RawBlock;
use crate::read::html::{self, Inline};

/// Longest stretch between two stars that may mask two names, in bytes.
const MASKED: usize = 120;

impl Reader<'_> {
    /// Begins the block of an item whose text stands in no paragraph.
    fn ready(&mut self) {
        if self.label.is_some() {
            self.begin(Mark::None);
        }
    }

    pub(super) fn keep(&mut self, range: Range<usize>) {
        if self.struck == 0 {
            self.ready();
            self.blocks.keep(range);
        }
    }

    /// Code or an address.
    pub(super) fn cover(&mut self, range: Range<usize>) {
        if self.struck == 0 {
            self.ready();
            self.blocks.cover(range);
        }
    }

    /// Text; an entity shows another than its own.
    pub(super) fn words(&mut self, shown: &str, range: Range<usize>) {
        let own = &self.text[range.clone()];
        let raised = self.raised.and_then(|raised| html::raise(shown, raised));
        match (self.front, self.code) {
            (true, _) => self.title(range),
            (_, Code::Indented | Code::Fenced) => self.code_lines(range),
            _ if raised.is_some() || own != shown => {
                self.ready();
                self.blocks.show(range, raised.unwrap_or_else(|| shown.to_string()), false);
            }
            _ => self.keep(range),
        }
    }

    /// The title of front matter is one of the manuscript.
    fn title(&mut self, range: Range<usize>) {
        let mut at = range.start;
        for line in self.text[range].split_inclusive('\n') {
            let key = ["title", "标题"].into_iter().find_map(|key| line.strip_prefix(key));
            let value = key.and_then(|rest| rest.trim_start().strip_prefix([':', '：', '=']));
            if let Some(value) = value {
                let bare = value.trim().trim_matches(['"', '\'']);
                let start = at + line.len() - value.len() + value.find(bare).unwrap_or(0);
                self.blocks.begin(Mark::Heading(1), 0);
                self.blocks.keep(start..start + bare.len());
                self.blocks.close();
                self.titled = !self.blocks.done.is_empty();
                return;
            }
            at += line.len();
        }
    }

    /// A block for each line of code; prose that is set in by four spaces is prose.
    fn code_lines(&mut self, range: Range<usize>) {
        let mut at = range.start;
        for line in self.text[range].split(['\n', '\r']) {
            let prose = self.code == Code::Indented && html::is_prose(line);
            self.blocks.go_on(if prose { Mark::None } else { Mark::Code }, 0);
            self.blocks.keep(at..at + line.len());
            at += line.len() + 1;
        }
    }

    /// Code without its backticks, on however many lines.
    pub(super) fn inline_code(&mut self, range: Range<usize>) {
        let code = &self.text[range.clone()];
        let ticks = code.bytes().take_while(|&byte| byte == b'`').count();
        let mut at = range.start + ticks;
        for (index, line) in self.text[at..range.end - ticks].split(['\n', '\r']).enumerate() {
            let body = if index == 0 { line.trim_start() } else { line.trim_start_matches([' ', '\t', '>']) };
            let start = at + line.len() - body.len();
            self.cover(start..start + body.trim_end().len());
            at += line.len() + 1;
        }
    }

    pub(super) fn inline_tag(&mut self, tag: &str, range: Range<usize>) {
        match html::inline(tag) {
            Inline::Break if self.struck == 0 => match self.blocks.open.mark {
                Mark::Cell(..) => self.blocks.show(range, " ", false),
                _ => self.hard_break(range),
            },
            Inline::Comment(said) => {
                self.ready();
                self.blocks.comment(said);
            }
            Inline::Hides(name) => {
                self.struck += 1;
                self.hidden.push(name);
            }
            Inline::Raises(raised) => self.raised = Some(raised),
            Inline::Ends(name) => {
                if self.hidden.pop_if(|hidden| *hidden == name).is_some() {
                    self.struck -= 1;
                }
                if matches!(name.as_str(), "sup" | "sub") {
                    self.raised = None;
                }
            }
            Inline::Break | Inline::Other => {}
        }
    }

    /// A tag that is not closed hides no more than its block.
    pub(super) fn end_of_tags(&mut self) {
        self.struck -= self.hidden.len();
        self.hidden.clear();
        self.raised = None;
    }

    pub(super) fn soft_break(&mut self, range: Range<usize>) {
        let above = &self.text[self.line.min(range.start)..range.start];
        let next = self.text[range.end..].lines().next().unwrap_or_default();
        let next = next.trim_start_matches([' ', '\t', '>']);
        let prose = matches!(self.blocks.open.mark, Mark::None | Mark::Item | Mark::Note) && self.images.is_empty();
        if prose && !self.blocks.open.is_empty() && soft::is_meant(above, next, self.widest) {
            self.blocks.go_on(Mark::None, 0);
        }
        self.line = range.end;
    }

    pub(super) fn hard_break(&mut self, range: Range<usize>) {
        if !matches!(self.blocks.open.mark, Mark::Heading(_) | Mark::Caption) {
            self.ready();
            self.blocks.go_on(Mark::None, 0);
        }
        self.line = range.end;
    }

    /// Stars that mask given names or digits are text.
    pub(super) fn emphasis(&mut self, range: Range<usize>, width: usize) {
        self.ready();
        let masks = self.masks(&range, width);
        self.stars.push(masks);
        if masks {
            self.keep(range.start..range.start + width);
        } else if width == 2 && self.blocks.open.is_empty() {
            self.lead = Some(self.stars.len());
        }
    }

    pub(super) fn end_emphasis(&mut self, range: Range<usize>, width: usize) {
        if self.lead == Some(self.stars.len()) {
            self.blocks.open.lead();
            self.lead = None;
        }
        if self.stars.pop() == Some(true) {
            self.keep(range.end - width..range.end);
        }
    }

    fn masks(&self, range: &Range<usize>, width: usize) -> bool {
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let inner = &self.text[range.start + width..range.end - width];
        if !self.text[range.clone()].starts_with('*') || inner.len() > MASKED {
            return false;
        }
        let nested = self.stars.last() == Some(&true) && before.ends_with('*');
        let digits = before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(|c: char| c.is_ascii_digit());
        nested || digits || txt::masks_names(before, inner.trim_matches('*'))
    }

    /// `~~…~~` is crossed out; `3~5` is a range.
    pub(super) fn is_struck(&self, range: &Range<usize>) -> bool {
        self.text[range.clone()].starts_with("~~")
    }

    /// Whether the front matter's title stands in the text once more.
    pub(super) fn is_title_repeated(&self) -> bool {
        let mut titles = self.blocks.done.iter().filter(|block| block.mark == Mark::Heading(1));
        let seen = |block: &RawBlock| block.shown(self.text).map(|piece| piece.text).collect::<String>();
        let first = titles.next().filter(|_| self.titled).map(seen);
        let bare = |title: String| title.chars().filter(|&c| !han::is_blank(c)).collect::<String>();
        first.is_some_and(|first| titles.any(|title| bare(seen(title)) == bare(first.clone())))
    }
}
