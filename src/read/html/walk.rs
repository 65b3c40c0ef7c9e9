/*!
From tokens to blocks: which elements are open, what is hidden, where a block ends.

Elements end as browsers end them (an `li` by the next `li`, a `p` by any block), as far as that decides what is one
block and what is hidden. Every step looks at the last open element of a name and never searches, so no nesting is too
deep.
*/

use std::collections::HashMap;
use std::ops::Range;

use super::element;
use super::space::Raised;
use super::style::Sheet;
use super::table::{Cell, List, Table, layouts};
use super::token::{Attribute, Start, Token};
use crate::read::Mark;
use crate::read::block::Blocks;

/// A walk over the tokens of a page.
pub(super) struct Walk<'w, 's> {
    pub(super) html: &'w str,
    tokens: &'w [Token],
    pub(super) blocks: &'w mut Blocks<'s>,
    tables: &'w mut u32,
    /// Where the lines of a fragment stand in the text of the blocks.
    pub origin: &'w [(usize, usize)],
    stack: Vec<Element>,
    ids: HashMap<String, usize>,
    /// The places on the stack of the open elements of each name.
    open: Vec<Vec<usize>>,
    block_places: Vec<usize>,
    hidden: usize,
    sheet: Sheet,
    /// The page has no `h1`, so that its `title` is read.
    untitled: bool,
    layouts: Vec<bool>,
    seen_tables: usize,
    /// What the open elements are to a reader, innermost last.
    marks: Vec<What>,
    pub(super) tabular: Vec<Table>,
    lists: Vec<List>,
    pub(super) raised: Vec<Raised>,
    pub(super) code: usize,
    pub(super) pre: usize,
    /// The place of bold text that began its block.
    lead: Option<usize>,
    pub(super) space: Option<Space>,
    /// The number that the next text of an item begins with.
    pub(super) label: Option<(Range<usize>, String)>,
}

/// White space that is seen if text follows on the same line.
pub(super) struct Space {
    pub range: Range<usize>,
    /// It holds a line end, which is not seen between Han.
    pub wraps: bool,
    /// It stands for the break between two paragraphs of a cell.
    pub breaks: bool,
}

struct Element {
    id: usize,
    block: bool,
    hides: bool,
    dead: bool,
    what: Option<What>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Heading(u8),
    /// An item, and how many blocks were done when it began.
    Item(usize),
    Cell,
    Caption,
    Pre,
    Code,
    Table,
    List,
    Raised,
    Bold,
}

impl What {
    /// It says what a block is.
    fn is_mark(self) -> bool {
        matches!(self, What::Heading(_) | What::Item(_) | What::Caption)
    }
}

impl<'w, 's> Walk<'w, 's> {
    pub fn page(html: &'w str, tokens: &'w [Token], blocks: &'w mut Blocks<'s>, tables: &'w mut u32) -> Self {
        let mut sheet = Sheet::default();
        let mut untitled = true;
        let mut styled = false;
        for token in tokens {
            match token {
                Token::Start(start) => {
                    untitled &= start.name != "h1";
                    styled = start.name == "style";
                }
                Token::Text { range, .. } if styled => sheet.add(&html[range.clone()]),
                _ => styled = false,
            }
        }
        Walk {
            html,
            tokens,
            blocks,
            tables,
            origin: &[],
            stack: Vec::new(),
            ids: HashMap::new(),
            open: Vec::new(),
            block_places: Vec::new(),
            hidden: 0,
            sheet,
            untitled,
            layouts: layouts(tokens),
            seen_tables: 0,
            marks: Vec::new(),
            tabular: Vec::new(),
            lists: Vec::new(),
            raised: Vec::new(),
            code: 0,
            pre: 0,
            lead: None,
            space: None,
            label: None,
        }
    }

    pub fn run(mut self) {
        self.blocks.begin(Mark::None, 1);
        for token in self.tokens {
            match token {
                Token::Start(start) => self.start(start),
                Token::End { name, range } => self.end(name, range),
                Token::Text { range, shown } if self.hidden == 0 => self.text(range.clone(), shown.as_deref()),
                Token::Text { .. } => {}
                Token::Comment(range) => {
                    let comment = self.html[range.clone()].trim_start_matches("<!--").trim_end_matches("-->");
                    self.blocks.comment(comment);
                }
            }
        }
        self.pop_to(0);
        self.blocks.close();
    }

    fn start(&mut self, start: &Start) {
        let name = start.name.as_str();
        if name == "br" {
            return self.line_break(start.range.clone());
        }
        let before = self.cell();
        let block = element::is_block(name);
        if element::is_void(name) {
            if block {
                self.turn(before, start.range.clone(), 1);
            }
            return;
        }
        self.end_implied(name);
        let title = name == "title" && self.untitled && self.origin.is_empty();
        let hides = start.hidden
            || self.sheet.hides(start)
            || element::hides(name) && !title
            || name == "dialog" && start.attribute(Attribute::Open).is_none();
        let what = self.what(start, title);
        self.push(name, Element { id: 0, block, hides, dead: false, what });
        if block {
            let apart = u32::from(!matches!(name, "li" | "dd" | "dt" | "td" | "th" | "tr"));
            self.turn(before, start.range.clone(), apart);
        }
        if what == Some(What::Bold) && self.lead.is_none() && self.blocks.open.is_empty() {
            self.lead = Some(self.stack.len() - 1);
        }
    }

    /// What an element is to a reader; counts rows, cells and items.
    fn what(&mut self, start: &Start, title: bool) -> Option<What> {
        Some(match start.name.as_str() {
            "title" if title => What::Heading(1),
            "li" => {
                let number = self.lists.last_mut().and_then(|list| list.next(start));
                self.label = number.map(|number| (start.range.end..start.range.end, number));
                What::Item(self.blocks.done.len() + usize::from(!self.blocks.open.is_empty()))
            }
            "figcaption" | "caption" => What::Caption,
            "pre" | "listing" | "xmp" | "plaintext" => What::Pre,
            "code" | "kbd" | "samp" => What::Code,
            "sup" | "sub" => What::Raised,
            "b" | "strong" => What::Bold,
            "ul" | "ol" | "menu" | "dir" => {
                self.lists.push(List::new(start));
                What::List
            }
            "table" => {
                let layout = self.layouts.get(self.seen_tables).copied().unwrap_or(false);
                self.seen_tables += 1;
                self.tabular.push(Table::new((!layout).then_some(*self.tables)));
                *self.tables += u32::from(!layout);
                What::Table
            }
            "tr" => {
                self.tabular.last_mut()?.row();
                return None;
            }
            "td" | "th" => {
                self.tabular.last_mut()?.cell(start);
                What::Cell
            }
            name => What::Heading(element::heading(name)?),
        })
    }

    fn end(&mut self, name: &str, range: &Range<usize>) {
        if name == "br" {
            return self.line_break(range.clone());
        }
        let before = self.cell();
        let block = element::is_block(name);
        let place = self.last(name).filter(|&place| {
            element::is_table_part(name)
                || element::CELLS.iter().filter_map(|cell| self.last(cell)).all(|cell| cell < place)
        });
        match place {
            Some(place) if !block && self.block_places.last().is_some_and(|&block| block > place) => self.kill(place),
            Some(place) => self.pop_to(place),
            None => {}
        }
        if block {
            self.turn(before, range.clone(), 1);
        }
    }

    fn end_implied(&mut self, name: &str) {
        let (ended, shields) = element::ends(name);
        let shield = shields.iter().filter_map(|shield| self.last(shield)).max();
        let first = ended.iter().filter_map(|ended| self.last(ended)).filter(|&place| Some(place) > shield).min();
        if let Some(place) = first {
            self.pop_to(place);
        }
    }

    /// The cell that is open, unless its table only lays out the page.
    pub(super) fn cell(&self) -> Option<Cell> {
        self.tabular.last().and_then(Table::open)
    }

    /// A block element began or ended. Inside a cell that is a space; elsewhere a new block begins.
    fn turn(&mut self, before: Option<Cell>, range: Range<usize>, gap: u32) {
        let cell = self.cell();
        if cell.is_some() && cell == before {
            self.space = Some(Space { range, wraps: false, breaks: true });
            return;
        }
        self.space = None;
        self.lead = None;
        if cell.is_some() || before.is_some() && !self.tabular.is_empty() {
            self.blocks.go_on(self.mark(), 0);
        } else {
            self.blocks.begin(Mark::None, gap);
            self.blocks.open.mark = self.mark();
        }
    }

    pub(super) fn mark(&self) -> Mark {
        if let Some(Cell { table, row, column }) = self.cell() {
            return Mark::Cell(table, row, column);
        }
        match self.marks.last() {
            Some(What::Heading(level)) => Mark::Heading(*level),
            Some(What::Caption) => Mark::Caption,
            Some(What::Item(begun)) if *begun == self.blocks.done.len() => Mark::Item,
            _ => Mark::None,
        }
    }

    fn last(&self, name: &str) -> Option<usize> {
        self.ids.get(name).and_then(|&id| self.open[id].last().copied())
    }

    fn push(&mut self, name: &str, element: Element) {
        let id = match self.ids.get(name) {
            Some(&id) => id,
            None => {
                self.open.push(Vec::new());
                self.ids.insert(name.to_string(), self.open.len() - 1);
                self.open.len() - 1
            }
        };
        let place = self.stack.len();
        self.open[id].push(place);
        self.block_places.extend(element.block.then_some(place));
        self.hidden += usize::from(element.hides);
        match element.what {
            Some(What::Code) => self.code += 1,
            Some(What::Pre) => self.pre += 1,
            Some(What::Raised) => self.raised.extend(Raised::of(name)),
            Some(what) if what.is_mark() => self.marks.push(what),
            _ => {}
        }
        self.stack.push(Element { id, ..element });
    }

    fn pop_to(&mut self, place: usize) {
        while self.stack.len() > place {
            let Some(element) = self.stack.pop() else { return };
            if !element.dead {
                self.leave(&element, self.stack.len());
            }
            if element.block {
                self.block_places.pop();
            }
        }
    }

    /// Ends an element of a line around blocks that stay open.
    fn kill(&mut self, place: usize) {
        let what = self.stack[place].what;
        let (id, hides) = (self.stack[place].id, self.stack[place].hides);
        self.stack[place].dead = true;
        self.leave(&Element { id, block: false, hides, dead: true, what }, place);
    }

    fn leave(&mut self, element: &Element, place: usize) {
        self.open[element.id].pop();
        self.hidden -= usize::from(element.hides);
        if self.lead == Some(place) {
            self.blocks.open.lead();
            self.lead = None;
        }
        match element.what {
            Some(What::Code) => self.code -= 1,
            Some(What::Pre) => self.pre -= 1,
            Some(What::Cell) => self.tabular.last_mut().map(Table::end_cell).unwrap_or_default(),
            Some(What::Table) => drop(self.tabular.pop()),
            Some(What::List) => drop(self.lists.pop()),
            Some(What::Raised) => drop(self.raised.pop()),
            Some(what) if what.is_mark() => {
                self.marks.pop();
                self.label = self.label.take().filter(|_| !matches!(what, What::Item(_)));
            }
            _ => {}
        }
    }
}
