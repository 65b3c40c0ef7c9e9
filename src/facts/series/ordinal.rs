/*!
Ordinals that head the members of a series: 一、 （一） 1. （1） 1） ① 一是 第一， 首先， 第三条 1.2.

An ordinal is read where a member can begin: at the head of a block, or after a mark inside one. 第一时间, 第一书记 and
一、二、三产业 are not ordinals of a series.
*/

use super::numeral;
use crate::facts::cue::{Cues, Sign};
use crate::manuscript::{Block, BlockKind, Manuscript};
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// How an ordinal is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// 一是
    Is,
    /// 一要
    Must,
    /// 其一
    Among,
    /// 一、
    Comma,
    /// （一）
    Bracket,
    /// 1. (and 1、)
    Dot,
    /// （1）
    BracketDigit,
    /// 1）
    HalfBracket,
    /// ①
    Circle,
    /// 第一，
    Rank,
    /// 首先，其次，最后
    Turn,
    /// 1.2
    Decimal,
    /// 第一章, and other parts of a book by their own character
    Part(char),
    /// 第一条
    Clause,
}

/// One ordinal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordinal {
    pub style: Style,
    /// From 1; 0 for 最后.
    pub number: u32,
    /// The numbers before it: 1 in 1.2, 120 in 第一百二十条之一.
    pub path: Vec<u32>,
}

/// An ordinal in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub span: Span,
    pub ordinal: Ordinal,
    /// Index of its block.
    pub block: usize,
    /// It heads its block.
    pub initial: bool,
}

impl Style {
    /// Whether members begin inside a paragraph with this ordinal.
    fn runs_on(self) -> bool {
        !matches!(self, Style::Decimal | Style::Part(_) | Style::Clause)
    }
}

/// The ordinals of a manuscript, in reading order.
pub fn find(manuscript: &Manuscript, cues: &Cues) -> Vec<Found> {
    let mut found = Vec::new();
    let mut walk = cues.walk();
    for (index, block) in manuscript.blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Code | BlockKind::Cell | BlockKind::Caption | BlockKind::Byline) {
            in_block(&manuscript.text, (index, block), walk.through(block.span), &mut found);
        }
    }
    found
}

/// Marks after which a member begins inside a paragraph.
static BEFORE: CharSet = CharSet::new("。；：，、！？）”,;:　 ");

fn in_block(text: &str, (index, block): (usize, &Block), signs: &[Sign], found: &mut Vec<Found>) {
    let end = block.span.end as usize;
    let mut add = |at: usize, after: Option<char>| {
        let Some((ordinal, length)) = read(&text[at..end], block.kind) else { return };
        let initial = after.is_none();
        if initial || ordinal.style.runs_on() && stands(&ordinal, after, &text[at + length..]) {
            found.push(Found { span: Span::new(at, at + length), ordinal, block: index, initial });
        }
    };
    add(block.span.start as usize, None);
    for sign in signs.iter().filter(|sign| BEFORE.contains(sign.mark)) {
        add(sign.end() as usize, Some(sign.mark));
    }
}

/// Whether an ordinal inside a paragraph heads a member: not （一）项, not 一、二、三.
fn stands(ordinal: &Ordinal, after: Option<char>, rest: &str) -> bool {
    match ordinal.style {
        Style::Comma | Style::Dot => after.is_some_and(|mark| "。；：;:".contains(mark)),
        Style::Bracket | Style::BracketDigit | Style::Circle | Style::HalfBracket => {
            let listed = rest.strip_prefix('、').is_some_and(|rest| rest.starts_with(['（', '①', '②', '③', '④', '⑤']));
            after != Some('、') && !listed && !rest.starts_with(['项', '款', '目', '至', '和', '或', '，', '。', '（'])
        }
        _ => true,
    }
}

/// Reads the ordinal that a text begins with, and its length in bytes.
pub fn read(text: &str, kind: BlockKind) -> Option<(Ordinal, usize)> {
    let first = text.chars().next()?;
    match first {
        '（' | '(' => bracket(text),
        '①'..='⑳' => Some((plain(Style::Circle, first as u32 - '①' as u32 + 1), first.len_utf8())),
        '⑴'..='⒇' => Some((plain(Style::BracketDigit, first as u32 - '⑴' as u32 + 1), first.len_utf8())),
        '⒈'..='⒛' => Some((plain(Style::Dot, first as u32 - '⒈' as u32 + 1), first.len_utf8())),
        '第' => ranked(text),
        '其' => among(text).or_else(|| turn(text)),
        '首' | '再' | '最' => turn(text),
        '0'..='9' => digits(text, kind),
        _ if numeral::belongs(first) => chinese(text),
        _ => None,
    }
}

fn plain(style: Style, number: u32) -> Ordinal {
    Ordinal { style, number, path: Vec::new() }
}

fn bracket(text: &str) -> Option<(Ordinal, usize)> {
    let open = text.chars().next()?.len_utf8();
    let inner = numeral::length(&text[open..]);
    let close = text[open + inner..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let number = numeral::value(&text[open..open + inner]).filter(|number| *number <= 200)?;
    let arabic = text[open..].starts_with(|c: char| c.is_ascii_digit());
    let style = if arabic { Style::BracketDigit } else { Style::Bracket };
    Some((plain(style, number), open + inner + close.len_utf8()))
}

/// 第一章, 第三条, 第一百二十条之一, or 第一，.
fn ranked(text: &str) -> Option<(Ordinal, usize)> {
    let head = '第'.len_utf8();
    let end = head + numeral::length(&text[head..]);
    let number = numeral::value(&text[head..end])?;
    let spaced = text[end..].starts_with(" 条");
    let end = if spaced { end + 1 } else { end };
    let unit = text[end..].chars().next()?;
    let after = &text[end + unit.len_utf8()..];
    let apart = spaced || after.is_empty() || after.starts_with(|c: char| c.is_whitespace());
    match unit {
        '章' | '节' | '编' | '篇' if apart => Some((plain(Style::Part(unit), number), end + unit.len_utf8())),
        '条' if apart || after.starts_with('之') => Some(clause(after, number, end + unit.len_utf8())),
        '，' | '、' | '：' | ',' => Some((plain(Style::Rank, number), end)),
        '是' => Some((plain(Style::Rank, number), end + unit.len_utf8())),
        _ => None,
    }
}

fn clause(after: &str, number: u32, end: usize) -> (Ordinal, usize) {
    let inserted = after.strip_prefix('之').map(|rest| &rest[..numeral::length(rest)]);
    match inserted.and_then(|numeral| Some((numeral::value(numeral)?, numeral.len()))) {
        Some((sub, length)) => {
            let ordinal = Ordinal { style: Style::Clause, number: sub, path: vec![number] };
            (ordinal, end + '之'.len_utf8() + length)
        }
        None => (plain(Style::Clause, number), end),
    }
}

fn among(text: &str) -> Option<(Ordinal, usize)> {
    let head = '其'.len_utf8();
    let end = head + numeral::length(&text[head..]);
    let number = numeral::value(&text[head..end])?;
    text[end..].starts_with(['，', '是', '、', '：']).then(|| (plain(Style::Among, number), end))
}

fn turn(text: &str) -> Option<(Ordinal, usize)> {
    let words = [("首先", 1), ("其次", 2), ("再次", 3), ("最后", 0)];
    let (word, number) = words.into_iter().find(|(word, _)| text.starts_with(word))?;
    text[word.len()..].starts_with(['，', '是', '要', '：']).then(|| (plain(Style::Turn, number), word.len()))
}

/// 一、 一是 一要
fn chinese(text: &str) -> Option<(Ordinal, usize)> {
    let end = numeral::length(text);
    let number = numeral::value(&text[..end]).filter(|number| *number <= 100)?;
    let mark = text[end..].chars().next()?;
    let rest = &text[end + mark.len_utf8()..];
    let style = match mark {
        '、' | '．' | '.' if !counts_on(rest) => Style::Comma,
        '是' => Style::Is,
        '要' if number < 10 && !rest.starts_with(['素', '求', '点']) => Style::Must,
        _ => return None,
    };
    Some((plain(style, number), end + mark.len_utf8()))
}

/// 一、二、三产业, 一、二季度: the numbers are no ordinals.
fn counts_on(rest: &str) -> bool {
    let length = numeral::length(rest);
    length > 0
        && rest[length..]
            .starts_with(['、', '季', '产', '级', '类', '等', '年', '月', '班', '线', '审', '楼', '期', '号', '和'])
}

/// 1、2号, 1、2、3, 1、2月: two numbers in a row, where 9、10个 is a member that begins with a number.
fn runs_on(rest: &str) -> bool {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest[length..].chars().next();
    length > 0 && after.is_none_or(|c| "、号月日季楼班级条款项期,.和-".contains(c))
}

/// 1. 1、 1） 1.2 and, in headings, 1 followed by a space.
fn digits(text: &str, kind: BlockKind) -> Option<(Ordinal, usize)> {
    let (numbers, end) = chain(text)?;
    let mark = text[end..].chars().next();
    let rest = mark.map_or("", |mark| &text[end + mark.len_utf8()..]);
    let apart = mark.is_some_and(char::is_whitespace);
    let (last, path) = numbers.split_last()?;
    if *last == 0 || *last > 200 {
        return None;
    }
    if !path.is_empty() {
        let headed = apart || path.len() > 1 && mark.is_some_and(han::is_han);
        let ordinal = Ordinal { style: Style::Decimal, number: *last, path: path.to_vec() };
        return headed.then_some((ordinal, end));
    }
    match mark? {
        mark @ ('.' | '．') if !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) => {
            Some((plain(Style::Dot, *last), end + mark.len_utf8()))
        }
        '、' if !runs_on(rest) => Some((plain(Style::Dot, *last), end + '、'.len_utf8())),
        mark @ ('）' | ')') => Some((plain(Style::HalfBracket, *last), end + mark.len_utf8())),
        _ if apart && matches!(kind, BlockKind::Heading) && rest.trim_start().starts_with(han::is_han) => {
            Some((plain(Style::Decimal, *last), end))
        }
        _ => None,
    }
}

/// Numbers joined by points, and where they end.
fn chain(text: &str) -> Option<(Vec<u32>, usize)> {
    let mut numbers = Vec::new();
    let mut end = 0;
    loop {
        let length = text[end..].bytes().take_while(u8::is_ascii_digit).count();
        numbers.push(text[end..end + length].parse().ok().filter(|_| length <= 3)?);
        end += length;
        let more = text[end..].starts_with('.') && text[end + 1..].starts_with(|c: char| c.is_ascii_digit());
        if !more {
            return Some((numbers, end));
        }
        end += 1;
    }
}
