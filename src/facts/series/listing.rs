/*!
How many members a list may have.

Chinese lists are ambiguous: 甲和乙、丙 has two members or three, and what stands before the first member may hold a mark
of its own. A listing is therefore not one number but all the numbers that some reading gives; who compares it with a
count may speak only where no reading fits.
*/

use crate::text::{Span, han};

/// A list and the ways to count it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    pub span: Span,
    /// The parts between its marks.
    pub parts: Vec<Span>,
    /// Numbers of members, the plainest reading first.
    pub readings: Vec<usize>,
}

/// Words that join two members.
const JOINTS: [&str; 7] = ["以及", "和", "与", "及", "或", "暨", "兼"];

/// Words in which the characters of joints join nothing.
const SOUND: [&str; 31] = [
    "和谐", "和平", "共和", "饱和", "和解", "和睦", "调和", "缓和", "温和", "总和", "和美", "祥和", "参与", "与会",
    "与时", "赋与", "及时", "普及", "涉及", "及其", "危及", "触及", "波及", "提及", "推及", "追及", "埃及", "或者",
    "或许", "和面", "顾及",
];

/// Marks that part the members of a list, by which the list is known.
const MARKS: [char; 7] = ['+', '＋', '→', '、', '—', '；', '，'];

impl Listing {
    /// Reads a stretch as a list; none if it has no mark.
    pub fn new(text: &str, span: Span) -> Option<Listing> {
        let mark = mark(text, span)?;
        let parts = parts(text, span, &mark.1);
        let readings = match mark.0 {
            '、' => joined(text, &parts),
            _ => vec![parts.len()],
        };
        (parts.len() > 1).then_some(Listing { span, parts, readings })
    }

    /// Whether some reading gives that number.
    pub fn may_be(&self, count: usize) -> bool {
        self.readings.contains(&count)
    }

    /// The plainest number of members.
    pub fn count(&self) -> usize {
        self.readings[0]
    }

    /// Adds the readings in which the list begins later than it seems: 把甲、乙的丙、丁 ends in a list of two.
    pub fn or_suffix(mut self, text: &str) -> Self {
        let count = self.parts.len();
        for index in 1..count {
            if breaks(self.parts[index].of(text)) {
                let rest = joined(text, &self.parts[index..]);
                self.readings.extend(rest);
            }
        }
        self
    }
}

/// Whether a list may begin inside this part, so that what stands before it is no member.
fn breaks(part: &str) -> bool {
    let words =
        ["的", "在", "对", "从", "由", "为", "到", "向", "以", "于", "了", "将", "把", "让", "使", "按", "组", "等"];
    let quoted = part.find('“').is_some_and(|at| at > 0);
    quoted || part.chars().count() > 9 || words.iter().any(|word| part.contains(word))
}

/// All numbers that a list with 、 may have: each joint may or may not part members.
fn joined(text: &str, parts: &[Span]) -> Vec<usize> {
    let joints: usize = parts.iter().map(|part| all_joints(part.of(text))).sum();
    let last = parts.last().map_or(0, |part| count_joints(part.of(text)));
    let plain = parts.len() + last.min(1);
    if are_alike(text, parts) {
        return vec![parts.len() + 1];
    }
    let mut readings = vec![plain];
    readings.extend((parts.len()..=parts.len() + joints).filter(|count| *count != plain));
    if joints > 0 {
        readings.push(joints + 1);
    }
    readings
}

/// 客渡、货渡和车渡: all members have one length, or nearly, so the joint parts the last two.
fn are_alike(text: &str, parts: &[Span]) -> bool {
    let Some((last, others)) = parts.split_last() else { return false };
    let words = last.of(text);
    let Some(joint) = ["和", "与", "及", "以及"].into_iter().find(|joint| words.matches(*joint).count() == 1)
    else {
        return false;
    };
    let halves = words.split(joint).map(|half| half.chars().count());
    let lengths: Vec<usize> = others.iter().map(|part| part.of(text).chars().count()).chain(halves).collect();
    let clean = others.iter().all(|part| all_joints(part.of(text)) == 0) && all_joints(words) <= 2;
    let first = lengths.last().copied().unwrap_or(0);
    let near = |length: &usize| *length > 1 && length.abs_diff(first) <= 1;
    clean && (2..=8).contains(&first) && lengths.iter().skip(1).all(near) && lengths[0] + 1 >= first
}

/// How often a text may join members: 和平方阶 holds 和平 and yet may join.
fn all_joints(text: &str) -> usize {
    JOINTS.iter().map(|joint| text.matches(joint).count()).sum()
}

/// How often a text joins members by a word.
pub fn count_joints(text: &str) -> usize {
    if !text.contains(['和', '与', '及', '或', '暨', '兼']) {
        return 0;
    }
    let mut rest = text.to_string();
    for word in SOUND {
        rest = rest.replace(word, "〇");
    }
    let mut count = 0;
    for joint in JOINTS {
        count += rest.matches(joint).count();
        rest = rest.replace(joint, "〇");
    }
    count
}

/// The mark that parts the members, and the characters that are it.
fn mark(text: &str, span: Span) -> Option<(char, Vec<char>)> {
    let outer = parts(text, span, &MARKS);
    let marks: Vec<char> =
        outer.iter().filter_map(|part| text[part.end as usize..span.end as usize].chars().next()).collect();
    let mark = MARKS.into_iter().find(|mark| marks.contains(mark))?;
    let same = if mark == '+' || mark == '＋' { vec!['+', '＋'] } else { vec![mark] };
    Some((mark, same))
}

/// Cuts a stretch at marks that stand in no brackets or quotation marks, without what is empty.
pub fn parts(text: &str, span: Span, marks: &[char]) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut start = span.start as usize;
    for (offset, c) in span.of(text).char_indices() {
        if han::opens(c) {
            depth += 1;
        } else if han::closes(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && marks.contains(&c) {
            let at = span.start as usize + offset;
            parts.push(Span::new(start, at));
            start = at + c.len_utf8();
        }
    }
    parts.push(Span::new(start, span.end as usize));
    parts.retain(|part| !part.of(text).trim().is_empty());
    parts
}
