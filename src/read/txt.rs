/*!
Plain text, with the marks of Markdown that people leave in it.

A mark that only says what a block is (`# `, `- `, `> `, `**…**`, table bars) is residue: it decides the block's mark and
is not reading text. Everything else, enumerators such as `1.` among it, stays text. This is no Markdown parser.
*/

use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use unicode_width::UnicodeWidthStr;

use super::{Mark, RawBlock};
use crate::lexicon::table;
use crate::text::{Source, SourceSpan, han};

/// The blocks of a plain text: one for each line that is not blank, one a cell in rows of a table.
pub fn read(file: u16, source: &Source) -> Vec<RawBlock> {
    let mut reader =
        Reader { file, text: &source.text, blocks: Vec::new(), gap: 0, fence: None, table: None, tables: 0 };
    for line in 1..=source.line_starts.len() as u32 {
        let range = source.line(line);
        reader.line(range.start, range.end);
    }
    let blocks = reader.blocks;
    match measure(&blocks, source) {
        Some(width) => unwrap(blocks, source, width),
        None => blocks,
    }
}

/// The line width in columns of a text whose paragraphs are set in lines of even width, as recognised and copied text
/// often is; none where a line is a paragraph.
fn measure(blocks: &[RawBlock], source: &Source) -> Option<usize> {
    let lines = || blocks.iter().filter(|block| block.mark == Mark::None);
    if lines().count() < SET_LINES {
        return None;
    }
    let mut widths: Vec<u32> = lines().map(|block| width(block, source) as u32).collect();
    widths.sort_unstable();
    let full = *widths.get(widths.len().saturating_sub(1) * 9 / 10)? as usize;
    if !SET_WIDTH.contains(&full) {
        return None;
    }
    let is_full = |block: &&RawBlock| is_full(block, source, full);
    let cut = lines().filter(is_full).filter(|block| !ends_sentence(block, source)).count();
    (cut * 2 > widths.len()).then_some(full)
}

/// A text must have this many lines before their widths say anything.
const SET_LINES: usize = 6;
/// Columns of a line in set text: 12 to 60 Han characters.
const SET_WIDTH: std::ops::Range<usize> = 24..120;
/// Columns by which a full line may differ from the others.
const SLACK: usize = 6;

fn is_full(block: &RawBlock, source: &Source, full: usize) -> bool {
    let width = width(block, source);
    width + SLACK >= full && width <= full + SLACK
}

fn ends_sentence(block: &RawBlock, source: &Source) -> bool {
    let last = block.pieces.last().and_then(|piece| piece.of(&source.text).chars().next_back());
    last.is_some_and(|c| han::ends_sentence(c) || han::closes(c))
}

/// Columns of a block; no more of them are counted than a line of set text can have.
fn width(block: &RawBlock, source: &Source) -> usize {
    block.pieces.iter().map(|piece| columns(piece.of(&source.text))).sum()
}

fn columns(text: &str) -> usize {
    let mut columns = 0;
    for c in text.chars() {
        columns += match c {
            ' '..='~' => 1,
            '\u{4E00}'..='\u{9FFF}' | '\u{3000}'..='\u{3029}' | '\u{FF01}'..='\u{FF60}' => 2,
            '“' | '”' | '‘' | '’' | '—' | '…' | '·' => 2,
            // What joins with its neighbours is for those who know.
            _ => return UnicodeWidthStr::width_cjk(text),
        };
        if columns > SET_WIDTH.end + SLACK {
            break;
        }
    }
    columns
}

/// Joins each line to the full line above it, unless it is indented or stands apart.
fn unwrap(blocks: Vec<RawBlock>, source: &Source, full: usize) -> Vec<RawBlock> {
    let mut joined: Vec<RawBlock> = Vec::with_capacity(blocks.len());
    let mut above_is_full = false;
    for block in blocks {
        let is_full = is_full(&block, source, full);
        let start = block.pieces[0].start;
        let indented = source.text[..start as usize].ends_with(['　', ' ', '\t']);
        let goes_on =
            above_is_full && block.gap == 0 && block.mark == Mark::None && !indented && block.residue().is_empty();
        above_is_full = is_full && block.mark == Mark::None;
        match joined.last_mut().filter(|_| goes_on) {
            Some(above) => {
                let end = above.pieces[above.pieces.len() - 1].end;
                above.more().residue.push(SourceSpan { file: block.pieces[0].file, start: end, end: start });
                above.pieces.extend(block.pieces.iter().copied());
            }
            None => joined.push(block),
        }
    }
    joined
}

struct Reader<'s> {
    file: u16,
    text: &'s str,
    blocks: Vec<RawBlock>,
    gap: u32,
    /// The fence that closes the code block we are in.
    fence: Option<&'s str>,
    /// Table and row, while rows follow each other.
    table: Option<(u32, u32)>,
    tables: u32,
}

impl<'s> Reader<'s> {
    fn line(&mut self, start: usize, end: usize) {
        let (start, end) = trim(self.text, start, end);
        let line = &self.text[start..end];
        if line.is_empty() {
            self.gap += 1;
            self.table = None;
            return;
        }
        if self.fenced(line) {
            self.push(Mark::Code, vec![(start, end)], 0, Vec::new());
        } else if let Some(cells) = cells(line) {
            self.row(start, &cells);
        } else {
            self.table = None;
            self.prose(start, end);
        }
    }

    fn fenced(&mut self, line: &'s str) -> bool {
        let fence = ["```", "~~~"].into_iter().find(|fence| line.starts_with(fence));
        match (self.fence, fence) {
            (None, None) => false,
            (None, Some(_)) => {
                self.fence = fence;
                true
            }
            (Some(open), Some(close)) if open == close => {
                self.fence = None;
                true
            }
            (Some(_), _) => true,
        }
    }

    fn row(&mut self, start: usize, cells: &[(usize, usize)]) {
        let (table, row) = match self.table {
            Some((table, row)) => (table, row + 1),
            None => {
                self.tables += 1;
                (self.tables - 1, 0)
            }
        };
        self.table = Some((table, row));
        for (column, &(from, to)) in cells.iter().enumerate() {
            let (from, to) = trim(self.text, start + from, start + to);
            if from < to {
                let mark = Mark::Cell(table, row, column as u32);
                let strong = strong_marks(&self.text[from..to]);
                let (pieces, residue, _) = without(from, to, &strong);
                self.push(mark, pieces, 0, residue);
            }
        }
    }

    fn prose(&mut self, mut start: usize, end: usize) {
        let mut residue = Vec::new();
        let mut mark = Mark::None;
        while let Some((length, said)) = prefix(&self.text[start..end]) {
            residue.push((start, start + length));
            mark = if said == Mark::None { mark } else { said };
            start = trim(self.text, start + length, end).0;
        }
        let strong = strong_marks(&self.text[start..end]);
        let (pieces, marks, lead) = without(start, end, &strong);
        residue.extend(marks);
        if !pieces.is_empty() {
            self.push(mark, pieces, lead, residue);
        }
    }

    fn push(&mut self, mark: Mark, pieces: Vec<(usize, usize)>, lead: usize, residue: Vec<(usize, usize)>) {
        let span = |(start, end): (usize, usize)| SourceSpan::new(self.file, start, end);
        let pieces = pieces.into_iter().map(span).collect();
        let mut block = RawBlock { mark, pieces, lead, gap: self.gap, ..RawBlock::default() };
        if !residue.is_empty() {
            block.more().residue.extend(residue.into_iter().map(span));
        }
        self.blocks.push(block);
        self.gap = 0;
    }
}

/// Takes white space off both ends; a control character is not white space here, since it has to be reported.
pub(super) fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let line = &text[start..end];
    let head = line.len() - line.trim_start_matches(han::is_blank).len();
    let body = line.trim_matches(han::is_blank).len();
    (start + head, start + head + body)
}

/// A mark at the start of a line, its length with the white space after it, and what it says.
fn prefix(line: &str) -> Option<(usize, Mark)> {
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        return Some((hashes + 1, Mark::Heading(hashes as u8)));
    }
    if line.starts_with("> ") {
        return Some((2, Mark::None));
    }
    let bullet = ["- ", "* ", "+ "].iter().any(|bullet| line.starts_with(bullet));
    bullet.then_some((2, Mark::Item))
}

/// The cells of a table row, as ranges of the line: between bars, or between tabs. A Markdown rule row has none.
fn cells(line: &str) -> Option<Vec<(usize, usize)>> {
    if line.starts_with('|') && line.ends_with('|') && line.len() > 1 {
        let inner = &line[1..line.len() - 1];
        let rule = inner.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) && inner.contains('-');
        return Some(if rule { Vec::new() } else { split(inner, '|', 1) });
    }
    line.contains('\t').then(|| split(line, '\t', 0))
}

fn split(line: &str, by: char, offset: usize) -> Vec<(usize, usize)> {
    let mut cells = Vec::new();
    let mut start = 0;
    for cell in line.split(by) {
        cells.push((offset + start, offset + start + cell.len()));
        start += cell.len() + by.len_utf8();
    }
    cells
}

/// Pairs of `**` that enclose bold text, as offsets in the line.
///
/// `张**、李**` masks two names and encloses nothing: bold text begins with no mark and no space, and digits do not touch
/// its outside.
pub(super) fn strong_marks(line: &str) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    if memchr::memchr(b'*', line.as_bytes()).is_none() {
        return pairs;
    }
    let mut open: Option<usize> = None;
    let found: Vec<usize> = line.match_indices("**").map(|(at, _)| at).collect();
    for at in found {
        match open {
            Some(start) if encloses(line, start, at) => {
                pairs.push((start, at));
                open = None;
            }
            _ => open = Some(at),
        }
    }
    pairs
}

fn encloses(line: &str, open: usize, close: usize) -> bool {
    let inner = &line[open + 2..close];
    let masks = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || c == '*');
    let starts_well =
        inner.chars().next().is_some_and(|c| !c.is_whitespace() && !"，。、；：！？*,.;:!?）)".contains(c));
    let ends_well = inner.chars().next_back().is_some_and(|c| !c.is_whitespace() && c != '*');
    let outside = masks(line[..open].chars().next_back()) || masks(line[close + 2..].chars().next());
    starts_well && ends_well && !outside && !masks_names(&line[..open], inner)
}

/// Whether stars before and behind `inner` mask two given names, as in 张**和李**: each follows a family name, and what
/// is between them joins two people. With one star the rest of the first name follows it: 张*伟和李*强.
pub(super) fn masks_names(before: &str, inner: &str) -> bool {
    let is_surname = |c: Option<char>| c.is_some_and(|c| surnames().contains(&c));
    let links = |c: char| "、和与及跟同诉对向给将".contains(c);
    let joins = inner.chars().take(3).any(links) || inner.contains(['、', '，']);
    let ends_well = inner.chars().all(links) || joins && is_surname(inner.chars().next_back());
    is_surname(before.chars().next_back()) && ends_well
}

/// The family names of one character.
fn surnames() -> &'static FxHashSet<char> {
    static SURNAMES: OnceLock<FxHashSet<char>> = OnceLock::new();
    let single = |name: &str| name.chars().next().filter(|c| c.len_utf8() == name.len());
    SURNAMES.get_or_init(|| table::SURNAMES.rows().iter().filter_map(|row| single(row.column(0))).collect())
}

type Ranges = Vec<(usize, usize)>;

/// The text of `start..end` without its bold marks: pieces, marks, and how many first pieces are a bold lead.
fn without(start: usize, end: usize, strong: &[(usize, usize)]) -> (Ranges, Ranges, usize) {
    let mut pieces = Vec::new();
    let mut marks = Vec::new();
    let mut at = start;
    for &(open, close) in strong {
        for mark in [start + open, start + close] {
            if at < mark {
                pieces.push((at, mark));
            }
            marks.push((mark, mark + 2));
            at = mark + 2;
        }
    }
    if at < end {
        pieces.push((at, end));
    }
    let lead = usize::from(strong.first().is_some_and(|first| first.0 == 0));
    (pieces, marks, lead)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<(Mark, String, usize)> {
        let source = Source::from_text("稿.txt", text);
        let text =
            |block: &RawBlock| block.pieces.iter().map(|piece| piece.of(&source.text)).collect::<Vec<_>>().join("|");
        read(0, &source).iter().map(|block| (block.mark, text(block), block.lead)).collect()
    }

    fn block(text: &str) -> (Mark, String, usize) {
        blocks(text).remove(0)
    }

    #[test]
    fn columns_are_those_of_the_standard() {
        let plain = "渔船 1,024 艘（占 3%）——“近海”、·…～￥々〇《》！Ａａ﹏";
        for c in plain.chars() {
            assert_eq!(columns(&c.to_string()), UnicodeWidthStr::width_cjk(&*c.to_string()), "{c}");
        }
        assert_eq!(columns(plain), UnicodeWidthStr::width_cjk(plain));
    }

    #[test]
    fn marks_are_residue() {
        assert_eq!(block("# 红旗渠畔"), (Mark::Heading(1), "红旗渠畔".into(), 0));
        assert_eq!(block("> - 一条"), (Mark::Item, "一条".into(), 0));
        assert_eq!(block("**抓早。**从小抓起。"), (Mark::None, "抓早。|从小抓起。".into(), 1));
        assert_eq!(block("人民**法院**工作"), (Mark::None, "人民|法院|工作".into(), 0));
        assert_eq!(block("　　首行缩进。"), (Mark::None, "首行缩进。".into(), 0));
    }

    #[test]
    fn masks_are_text() {
        assert_eq!(block("张**、李**等人"), (Mark::None, "张**、李**等人".into(), 0));
        assert_eq!(block("防滑垫**。"), (Mark::None, "防滑垫**。".into(), 0));
        assert_eq!(block("尾号**1234**5"), (Mark::None, "尾号**1234**5".into(), 0));
    }

    #[test]
    fn rows_have_cells() {
        let cells = blocks("| 项 | 数 |\n|---|---:|\n| 午餐 | 12 |\n\n甲\t3\n");
        let marks: Vec<Mark> = cells.iter().map(|cell| cell.0).collect();
        let cell = Mark::Cell;
        assert_eq!(marks, [cell(0, 0, 0), cell(0, 0, 1), cell(0, 2, 0), cell(0, 2, 1), cell(1, 0, 0), cell(1, 0, 1)]);
        assert_eq!(cells[2].1, "午餐");
    }

    #[test]
    fn lines_of_even_width_are_one_paragraph() {
        let line = "湖面上的渔船一只接一只地靠了岸人们忙着卸鱼";
        let text = format!("渔汛\n{line}\n{line}\n{line}\n{line}\n{line}\n收工。\n");
        let source = Source::from_text("稿.txt", text);
        let blocks = read(0, &source);
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[1].pieces.len(), 6);
    }

    #[test]
    fn code_is_fenced() {
        let marks: Vec<Mark> = blocks("```\n# 注释\n```\n正文。").iter().map(|block| block.0).collect();
        assert_eq!(marks, [Mark::Code, Mark::Code, Mark::Code, Mark::None]);
    }
}
