/*!
Frames: places in a clause that few words can fill, as 以…为X before a mark.

The words that fill them are counted from official text (`slots.tsv`) by the same reading that a check uses.
*/

use rustc_hash::FxHashMap as HashMap;
use std::sync::OnceLock;

use super::table::SLOTS;
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// A frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frame {
    /// 进行X before a mark: what is done.
    Act,
    /// 取得X before a mark: what is got.
    Gain,
    /// 以…为X before a mark.
    As,
    /// 在…X下 before a mark.
    Under,
    /// 把…X在…上 before a mark: the verb of putting, one character.
    Put,
}

/// A place and the frame that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub frame: Frame,
    pub span: Span,
}

const ACTS: &[&str] = &["进行", "开展", "实施", "予以", "给予", "加以", "依法", "组织", "参加", "负责"];
const GAINS: &[&str] = &[
    "得到", "取得", "获得", "实现", "受到", "加强", "推进", "提高", "提升", "完善", "健全", "强化", "深化", "促进",
    "推动", "落实", "保障", "维护", "形成", "提供", "承担", "履行", "制定", "建立", "优化", "规范", "增强", "改善",
    "扩大",
];
/// How the place ends to which something is put.
const PLACES: &[&str] = &[
    "前沿",
    "一线",
    "首位",
    "第一位",
    "前列",
    "前面",
    "前头",
    "心上",
    "心中",
    "肩上",
    "手上",
    "手中",
    "脑中",
    "位置",
    "基层",
    "阵地",
    "上",
    "里",
    "中",
];
/// The last characters of the words above, one of which nearly no clause has where it must.
static ENDS_PLACE: CharSet = CharSet::tails(PLACES);
static ENDS_ACT: CharSet = CharSet::tails(ACTS);
static ENDS_GAIN: CharSet = CharSet::tails(GAINS);
/// Marks before which a frame ends.
static STOPS: CharSet = CharSet::new("、。！？…!?，；：,;:\n");
/// Characters of a clause that a frame may span.
const REACH: usize = 16;

impl Frame {
    pub const ALL: [Frame; 5] = [Frame::Act, Frame::Gain, Frame::As, Frame::Under, Frame::Put];

    /// The name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Frame::Act => "act",
            Frame::Gain => "gain",
            Frame::As => "as",
            Frame::Under => "under",
            Frame::Put => "put",
        }
    }

    /// The fillers of official text with their counts.
    pub fn fillers(self) -> &'static HashMap<&'static str, u32> {
        static FILLERS: OnceLock<Vec<HashMap<&'static str, u32>>> = OnceLock::new();
        let all = FILLERS.get_or_init(|| {
            let rows = |frame: Frame| SLOTS.rows().iter().filter(move |row| row.column(0) == frame.name());
            let count = |text: &str| text.parse().unwrap_or(0);
            let fillers = |frame| rows(frame).map(|row| (row.column(1), count(row.column(2)))).collect();
            Frame::ALL.into_iter().map(fillers).collect()
        });
        &all[self as usize]
    }
}

/// The places of all frames in a text that begins at `start` of the reading text, in order.
pub fn slots(text: &str, start: usize) -> Vec<Slot> {
    let mut found = Vec::new();
    let mut clause = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| STOPS.contains(*c)) {
        found.extend(ending(&text[clause..at]).map(|slot| Slot { span: shift(slot.span, start + clause), ..slot }));
        if c != '、' {
            clause = at + c.len_utf8();
        }
    }
    found.extend(ending(&text[clause..]).map(|slot| Slot { span: shift(slot.span, start + clause), ..slot }));
    found
}

fn shift(span: Span, by: usize) -> Span {
    Span::new(span.start as usize + by, span.end as usize + by)
}

/// The frame at the end of a clause.
fn ending(clause: &str) -> Option<Slot> {
    let last = clause.chars().next_back()?;
    if ENDS_PLACE.contains(last) && PLACES.iter().any(|place| clause.ends_with(place)) {
        return put(clause);
    }
    if last == '下' {
        return under(clause);
    }
    let start = han::back(clause, clause.len(), 2);
    let head = &clause[..start];
    let before = head.chars().next_back()?;
    let frame = if before == '为' && head[han::back(clause, clause.len(), REACH).min(start)..].contains('以') {
        Frame::As
    } else if ENDS_ACT.contains(before) && ACTS.iter().any(|verb| head.ends_with(verb)) {
        Frame::Act
    } else if ENDS_GAIN.contains(before) && GAINS.iter().any(|verb| head.ends_with(verb)) {
        Frame::Gain
    } else {
        return None;
    };
    filled(clause, frame, Span::new(start, clause.len()))
}

/// The two characters before 下 in 在…X下.
fn under(clause: &str) -> Option<Slot> {
    let last = |n: usize| han::back(clause, clause.len(), n);
    let (end, start) = (last(1), last(3));
    clause[last(REACH + 4)..start].contains('在').then(|| filled(clause, Frame::Under, Span::new(start, end))).flatten()
}

/// A place of nothing but Han characters.
fn filled(clause: &str, frame: Frame, span: Span) -> Option<Slot> {
    span.of(clause).chars().all(han::is_han).then_some(Slot { frame, span })
}

/// The character before 在 in 把…X在 and a place.
fn put(clause: &str) -> Option<Slot> {
    let window = han::back(clause, clause.len(), 30);
    let at = window + clause[window..].rfind('在')?;
    let start = han::back(clause, at, 1).max(window);
    let taken = clause[window..start].rfind(['把', '将'])? + window;
    let between = clause[taken..start].chars().count();
    let tail = clause[at..].chars().count();
    let plain = clause[start..at].chars().all(han::is_han);
    ((3..=REACH + 2).contains(&between) && (3..=13).contains(&tail) && plain)
        .then(|| Slot { frame: Frame::Put, span: Span::new(start, at) })
}
