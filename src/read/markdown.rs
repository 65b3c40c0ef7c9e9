/*!
Markdown: CommonMark with tables, footnotes, front matter and task lists.

The text of the source is the file itself, so every piece is a stretch of it. Emphasis is transparent, what is crossed
out is not read, the text of images stands as captions; addresses, comments and tags are not seen; numbers of lists are
read as they are written. Where the letter of CommonMark is not what a person reads (`张**和李**`, a bold mark next to
a Chinese one, a title and its byline on two lines) the person is right.

A link's title, the language of a code block and front matter other than the title are not read.
*/

mod inline;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::block::{Blocks, Open};
use super::html::{Fragment, Raised};
use super::{Document, Mark, RawBlock, residue, soft, txt};
use crate::read::block::Passages;
use crate::text::{Form, Source, han};

/// Reads a decoded Markdown file.
pub fn read(source: Source) -> Document {
    let mut reader = Reader::new(&source.text);
    for (event, range) in Parser::new_ext(&source.text, options()).into_offset_iter() {
        reader.event(event, range);
    }
    let (mut blocks, passages) = reader.finish();
    let leaves = passages.leaves(&blocks);
    residue::fill(&mut blocks, &source.text);
    let characters =
        blocks.iter().flat_map(|block| block.shown(&source.text)).map(|piece| han::count(piece.text)).sum();
    Document { source: Source { form: Form::Markdown, leaves, characters, ..source }, blocks }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_GFM
}

struct Reader<'s> {
    text: &'s str,
    blocks: Blocks<'s>,
    /// The number or label that the next block begins with.
    label: Option<(Range<usize>, Mark)>,
    lists: Vec<List>,
    /// Emphasis that is open: whether its stars mask names or digits.
    stars: Vec<bool>,
    /// Bold text that is open since the start of its block.
    lead: Option<usize>,
    /// Depth of text that is crossed out or hidden.
    struck: usize,
    /// Tags that hide what is in them, and the height of the line at which text stands.
    hidden: Vec<String>,
    raised: Option<Raised>,
    /// Blocks that wait for the end of an image in them.
    images: Vec<Open>,
    /// Table, row and column of the cell.
    cell: (u32, u32, u32),
    code: Code,
    front: bool,
    /// The first block is the title of front matter.
    titled: bool,
    html: Option<Fragment>,
    /// The widest line of the paragraph, in columns, and where its last line begins.
    widest: usize,
    line: usize,
}

/// A list: block, number and place of each of its numbers; nothing where they are bullets.
#[derive(Default)]
struct List {
    numbers: Vec<(usize, Range<usize>)>,
    ordered: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    None,
    /// Text that is set in by four spaces, as paragraphs of prose are too.
    Indented,
    Fenced,
}

impl<'s> Reader<'s> {
    fn new(text: &'s str) -> Self {
        Reader {
            text,
            blocks: Blocks::new(text, true),
            label: None,
            lists: Vec::new(),
            stars: Vec::new(),
            lead: None,
            struck: 0,
            hidden: Vec::new(),
            raised: None,
            images: Vec::new(),
            cell: (0, 0, 0),
            code: Code::None,
            front: false,
            titled: false,
            html: None,
            widest: 0,
            line: 0,
        }
    }

    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Html(_) => {
                if let Some(html) = &mut self.html {
                    html.push(&self.text[range.clone()], range.start);
                }
            }
            Event::InlineHtml(tag) => self.inline_tag(&tag, range),
            _ if self.struck > 0 => {}
            Event::Text(shown) => self.words(&shown, range),
            Event::Code(_) => self.inline_code(range),
            Event::FootnoteReference(_) => self.keep(range),
            Event::SoftBreak => self.soft_break(range),
            Event::HardBreak => self.hard_break(range),
            Event::Rule => self.blocks.close(),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.paragraph(range),
            Tag::Heading { level, .. } => self.begin(self.heading(level, &range)),
            Tag::CodeBlock(kind) => {
                self.code = if kind == CodeBlockKind::Indented { Code::Indented } else { Code::Fenced };
                self.begin(Mark::Code);
            }
            Tag::HtmlBlock => {
                self.end_of_label();
                self.html = Some(Fragment::default());
            }
            Tag::List(first) => {
                self.end_of_label();
                self.lists.push(List { ordered: first.is_some(), ..List::default() });
            }
            Tag::Item => self.item(range),
            Tag::FootnoteDefinition(_) => {
                self.close();
                let label = self.text[range.clone()].find("]:").map_or(0, |at| at + 2);
                self.label = Some((range.start..range.start + label, Mark::Note));
            }
            Tag::Table(_) => {
                self.end_of_label();
                self.blocks.begin(Mark::None, 0);
            }
            Tag::TableHead => self.cell = (self.cell.0, 0, 0),
            Tag::TableCell => self.blocks.go_on(Mark::Cell(self.cell.0, self.cell.1, self.cell.2), 0),
            Tag::Emphasis => self.emphasis(range, 1),
            Tag::Strong => self.emphasis(range, 2),
            Tag::Strikethrough if self.is_struck(&range) => self.struck += 1,
            Tag::Strikethrough => self.keep(range.start..range.start + 1),
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                self.cover(range.start + 1..range.end - 1);
                self.struck += 1;
            }
            Tag::Image { .. } => {
                self.images.push(std::mem::replace(&mut self.blocks.open, Open::new(Mark::Caption)));
            }
            Tag::MetadataBlock(_) => self.front = true,
            Tag::BlockQuote(_) => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Item | TagEnd::FootnoteDefinition => self.end_of_label(),
            TagEnd::List(_) => self.renumber(),
            TagEnd::CodeBlock => self.code = Code::None,
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    html.read(&mut self.blocks, &mut self.cell.0);
                }
            }
            TagEnd::Table => {
                self.blocks.close();
                self.cell.0 += 1;
            }
            TagEnd::TableHead | TagEnd::TableRow => self.cell = (self.cell.0, self.cell.1 + 1, 0),
            TagEnd::TableCell => {
                self.blocks.close();
                self.cell.2 += 1;
            }
            TagEnd::Emphasis => self.end_emphasis(range, 1),
            TagEnd::Strong => self.end_emphasis(range, 2),
            TagEnd::Strikethrough if self.is_struck(&range) => self.struck -= 1,
            TagEnd::Strikethrough => self.keep(range.end - 1..range.end),
            TagEnd::Link if self.text[range.clone()].starts_with('<') => self.struck -= 1,
            TagEnd::Image => {
                if let Some(open) = self.images.pop() {
                    let caption = std::mem::replace(&mut self.blocks.open, open);
                    self.blocks.set_aside(caption);
                }
            }
            TagEnd::MetadataBlock(_) => self.front = false,
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::BlockQuote(_) => self.close(),
            _ => {}
        }
    }

    fn finish(mut self) -> (Vec<RawBlock>, Passages) {
        self.close();
        let repeated = self.is_title_repeated();
        let (mut blocks, mut passages) = self.blocks.finish();
        if repeated {
            blocks.remove(0);
            passages.remove(0);
        }
        (blocks, passages)
    }

    /// Ends the open block; one that is not begun leaves its number to the next.
    fn close(&mut self) {
        self.blocks.close();
        self.lead = None;
        self.end_of_tags();
    }

    /// Begins a block, with the number or label that waits for it.
    fn begin(&mut self, mark: Mark) {
        self.close();
        let (label, said) = self.label.take().unzip();
        let mark = if mark == Mark::None { said.unwrap_or(Mark::None) } else { mark };
        self.blocks.begin(mark, 0);
        if let Some(label) = label.filter(|label| !label.is_empty()) {
            let listed = mark != Mark::Note;
            if let Some(list) = self.lists.last_mut().filter(|list| listed && list.ordered) {
                list.numbers.push((self.blocks.done.len(), label.clone()));
            }
            let rest = &self.text[label.end..];
            let point = usize::from(listed && rest.starts_with(['.', ')']));
            let spaces = rest[point..].bytes().take_while(|&byte| byte == b' ').count();
            let end = label.end + point + spaces;
            self.blocks.keep(label.clone());
            self.blocks.open.seal();
            self.blocks.keep(label.end..end);
        }
    }

    fn paragraph(&mut self, range: Range<usize>) {
        let lines = self.text[range.clone()].lines();
        self.widest = lines.map(soft::width).max().unwrap_or(0);
        self.line = range.start;
        self.begin(Mark::None);
    }

    /// A paragraph with a rule right under it is no heading, whatever CommonMark says.
    fn heading(&self, level: HeadingLevel, range: &Range<usize>) -> Mark {
        let text = &self.text[range.clone()];
        let body = text.trim_end().trim_end_matches(['-', '=']).trim_end();
        let sentence = !text.starts_with('#') && body.ends_with(han::ends_sentence);
        if sentence { Mark::None } else { Mark::Heading(level as u8) }
    }

    /// The number of an item is text (`1.`); a bullet is not.
    fn item(&mut self, range: Range<usize>) {
        self.close();
        let digits = self.text[range.clone()].bytes().take_while(u8::is_ascii_digit).count();
        self.label = Some((range.start..range.start + digits, Mark::Item));
    }

    /// An item or note without text still has its number.
    fn end_of_label(&mut self) {
        if self.label.is_some() {
            self.begin(Mark::None);
        }
        self.close();
    }

    /// A list whose numbers are all the same is one that its writer left to be numbered.
    fn renumber(&mut self) {
        self.close();
        let Some(List { numbers, .. }) = self.lists.pop() else { return };
        let written = |index: usize| numbers.get(index).map(|(_, range)| &self.text[range.clone()]);
        let Some(first) = written(0).and_then(|first| first.parse::<u64>().ok()) else { return };
        if numbers.len() > 1 && (1..numbers.len()).all(|index| written(index) == written(0)) {
            for (index, (block, _)) in numbers.iter().enumerate().skip(1) {
                if *block < self.blocks.done.len() {
                    self.blocks.show_in(*block, 0, (first + index as u64).to_string());
                }
            }
        }
    }
}
