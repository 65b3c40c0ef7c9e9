/*!
The text inside blocks: white space collapses, a line end is not seen between Han, `br` begins anew.
*/

use std::ops::Range;

use super::space::{is_space, is_wide, raise};
use super::walk::{Space, Walk};
use super::{across, is_prose};
use crate::read::Mark;

impl Walk<'_, '_> {
    /// A stretch of text, or what an entity shows.
    pub(super) fn text(&mut self, range: Range<usize>, shown: Option<&str>) {
        if self.pre > 0 && self.cell().is_none() {
            return self.preformatted(range, shown);
        }
        match shown {
            Some(shown) if shown.chars().all(is_space) => self.blank(range, shown),
            Some(shown) => {
                let first = shown.chars().next();
                self.word(range, first, Some(shown));
            }
            None => self.running(range),
        }
    }

    /// Words and the white space between them.
    fn running(&mut self, range: Range<usize>) {
        let text = &self.html[range.clone()];
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let blank = rest.len() - rest.trim_start_matches(is_space).len();
            if blank > 0 {
                self.blank(range.start + at..range.start + at + blank, &rest[..blank]);
            }
            let rest = &rest[blank..];
            let length = rest.find(is_space).unwrap_or(rest.len());
            if length > 0 {
                let start = range.start + at + blank;
                self.word(start..start + length, rest.chars().next(), None);
            }
            at += blank + length;
        }
    }

    fn blank(&mut self, range: Range<usize>, shown: &str) {
        let wraps = shown.contains(['\n', '\r']);
        match &mut self.space {
            Some(space) => space.wraps |= wraps,
            None => self.space = Some(Space { range, wraps, breaks: false }),
        }
    }

    fn word(&mut self, range: Range<usize>, first: Option<char>, shown: Option<&str>) {
        self.begin_line();
        if let (Some(space), Some(last), Some(first)) = (self.space.take(), self.blocks.last(), first) {
            self.space_between(&space, last, first);
        }
        let raised = self.raised.last().copied();
        let raised = raised.and_then(|raised| raise(shown.unwrap_or(&self.html[range.clone()]), raised));
        let opaque = self.code > 0;
        let place = across(self.origin, range);
        match raised.or_else(|| shown.map(str::to_string)) {
            Some(shown) => self.blocks.show(place, shown, opaque),
            None if opaque => self.blocks.cover(place),
            None => self.blocks.keep(place),
        }
    }

    /// The number of an item stands before its first word.
    fn begin_line(&mut self) {
        if self.blocks.open.is_empty() {
            if let Some((range, number)) = self.label.take() {
                self.blocks.show(across(self.origin, range), number, false);
                self.space = None;
            }
        }
    }

    fn space_between(&mut self, space: &Space, last: char, first: char) {
        let unseen = space.wraps && !space.breaks && (is_wide(last) || is_wide(first));
        if unseen || is_space(last) {
            return;
        }
        let place = across(self.origin, space.range.clone());
        if &self.html[space.range.clone()] == " " {
            self.blocks.keep(place);
        } else {
            self.blocks.show(place, " ", false);
        }
    }

    /// Lines as they are set: each is a block, of code unless it is prose.
    fn preformatted(&mut self, range: Range<usize>, shown: Option<&str>) {
        if let Some(shown) = shown {
            if shown.contains('\n') {
                self.blocks.go_on(Mark::Code, 0);
            } else {
                self.blocks.show(across(self.origin, range), shown, false);
            }
            return;
        }
        let html = self.html;
        let mut at = range.start;
        for (index, line) in html[range].split(['\n', '\r']).enumerate() {
            if index > 0 {
                self.blocks.go_on(Mark::Code, 0);
            }
            if self.blocks.open.is_empty() {
                let prose = self.code == 0 && is_prose(line);
                self.blocks.open.mark = if prose { Mark::None } else { Mark::Code };
            }
            self.blocks.keep(across(self.origin, at..at + line.len()));
            at += line.len() + 1;
        }
    }

    /// A line ends where its writer ended it. In a heading or caption the line goes on; in a cell a space is seen.
    pub(super) fn line_break(&mut self, range: Range<usize>) {
        let mark = self.mark();
        match mark {
            Mark::Cell(..) => self.space = Some(Space { range, wraps: false, breaks: true }),
            Mark::Heading(_) | Mark::Caption => self.space = Some(Space { range, wraps: true, breaks: false }),
            _ => {
                self.space = None;
                self.blocks.close();
                let mark = self.mark();
                self.blocks.go_on(mark, 0);
            }
        }
    }
}
