/*!
What stands before the ending of an organization's name: the chain of places and the proper name.

Only as far as organizations need it. Whether a chain of places holds together is for the check of places.
*/

use crate::lexicon::table::{self, Finds};
use crate::lexicon::words::{Word, words};
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// Known places, by the byte at which they end; the longest of several.
pub struct Places(Vec<Span>);

/// The first part of an organization's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stem {
    /// Where the name begins.
    pub start: usize,
    /// The innermost place: the last of the chain, or a bare 省, 市, 县, 区.
    pub place: Option<Span>,
}

/// Characters that never belong to the name of a place or an institution when they stand alone.
static STOP: CharSet = CharSet::new(
    "在由向对和与及的被将把到从为该本我各某等经后同以于至并让据按请报送是有给受这那其此来去自因就也还都已了着过说道称叫驻赴随跟时个名位所称且或但家仅更又再很原",
);
/// What the names of national bodies begin with.
const NATION: &[&str] = &["国家", "中国", "中央", "中华人民共和国"];
/// The last characters of the names of divisions.
pub const LEVEL: &str = "省市县区州盟旗镇乡";

impl Places {
    /// The places among what was found.
    pub fn new(finds: &Finds) -> Self {
        let mut places: Vec<Span> = finds.of(&table::PLACES).iter().map(|hit| hit.0).collect();
        places.sort_unstable_by_key(|place| (place.end, place.start));
        places.dedup_by_key(|place| place.end);
        Places(places)
    }

    /// The place that ends at a byte.
    pub fn before(&self, at: usize) -> Option<Span> {
        self.0.binary_search_by_key(&at, |place| place.end as usize).ok().map(|index| self.0[index])
    }

    /// Reads the name backwards from its ending; `named` asks for a proper name where no place stands.
    pub fn stem(&self, text: &str, floor: usize, ending: usize, named: bool) -> Stem {
        let mut stem = Stem { start: ending, place: None };
        while stem.start > floor {
            let known = self.before(stem.start).filter(|place| place.start as usize >= floor);
            let Some(place) = known.or_else(|| unknown_place(text, floor, stem.start)) else { break };
            stem.place.get_or_insert(place);
            stem.start = place.start as usize;
        }
        let nation = NATION.iter().find(|word| text[floor..stem.start].ends_with(**word));
        stem.start -= nation.map_or(0, |word| word.len());
        if named && stem.place.is_none() && nation.is_none() {
            stem.start = proper_name(text, floor, ending);
            let inner = text[stem.start..ending].char_indices().skip(1);
            let inner = inner.filter_map(|(at, _)| self.before(stem.start + at));
            stem.place = inner.filter(|place| place.start as usize >= stem.start).last();
        }
        stem
    }
}

/// A place that the table does not know, told by its level: 澜江县, or 县 alone.
fn unknown_place(text: &str, floor: usize, at: usize) -> Option<Span> {
    let level = text[floor..at].chars().next_back().filter(|c| LEVEL.contains(*c))?;
    let end = at - level.len_utf8();
    let window = &text[han::back(text, at, 6).max(floor)..at];
    let last = words().cut(window).pop().map(|word| &window[word]);
    if last.is_some_and(|word| word.len() > level.len_utf8() && words().get(word).is_some_and(|word| word.tag != "ns"))
    {
        return None;
    }
    let start =
        walk_back(text, floor, end, 3, |word| word.chars().count() < 4 && words().get(word).is_none_or(nominal));
    Some(Span::new(start, at))
}

fn nominal(word: Word) -> bool {
    word.tag.starts_with('n') && word.frequency < 3000
}

fn proper_name(text: &str, floor: usize, at: usize) -> usize {
    walk_back(text, floor, at, 12, |word| {
        words().get(word).is_none_or(|known| matches!(&known.tag[..1], "n" | "j" | "b" | "i"))
    })
}

/// The start of the words before `at` that are accepted, at most `limit` characters of them.
fn walk_back(text: &str, floor: usize, at: usize, limit: usize, accept: impl Fn(&str) -> bool) -> usize {
    let mut from = at;
    for (offset, c) in text[floor..at].char_indices().rev().take(limit + 2) {
        if !han::is_han(c) {
            break;
        }
        from = floor + offset;
    }
    let (mut start, mut count) = (at, 0);
    for word in words().cut(&text[from..at]).into_iter().rev() {
        let piece = &text[from + word.start..from + word.end];
        let length = piece.chars().count();
        let stopped = piece.starts_with(|c| STOP.contains(c));
        if count + length > limit || stopped || length > 1 && !accept(piece) {
            break;
        }
        (start, count) = (from + word.start, count + length);
    }
    start
}
