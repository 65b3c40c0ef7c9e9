/*!
What a name looks like: surname and given name, a name with a middle dot, a name in characters of transliteration, a
name masked by 某; and where it ends.
*/

use std::sync::OnceLock;

use rustc_hash::FxHashMap as HashMap;

use super::NameKind;
use crate::lexicon::{Table, table, words::words};
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// Verbs that a person is the subject of, right after a name.
const SPEECH: &[&str] = &[
    "说", "表示", "介绍", "告诉", "指出", "认为", "强调", "坦言", "回忆", "感慨", "解释", "透露", "补充", "提醒",
    "回应", "总结", "谈到", "谈及", "称", "直言", "建议", "呼吁", "分析", "说道", "感叹", "讲述", "宣布", "带领",
    "率队", "带队", "主持", "讲话", "致辞", "出席", "参加", "深入", "讲解", "要求", "受访", "摄", "图", "文",
];
/// Those of them that only a person speaking is the subject of.
pub(super) const SAYING: &[&str] = &["说", "表示", "介绍", "告诉", "坦言", "回忆", "感慨"];
/// Single characters that often follow a name.
static AFTER: CharSet = CharSet::new("说在是的与和及等为向对以从到将被把让也就还曾已于因作当任主参带介表告");

/// The name that begins at a byte, if what stands there looks like one.
pub fn name_at(text: &str, at: usize, end: usize) -> Option<(Span, NameKind)> {
    let rest = &text[at..end];
    if let Some(length) = foreign(rest).or_else(|| transliterated(rest)) {
        return Some((Span::new(at, at + length), NameKind::Transliterated));
    }
    let surname = surname(rest)?;
    let given = &rest[surname..];
    if given.starts_with('某') {
        let length = given.find(|c| c != '某').unwrap_or(given.len());
        return Some((Span::new(at, at + surname + length), NameKind::Masked));
    }
    let length = given_name(rest, surname)?;
    Some((Span::new(at, at + surname + length), NameKind::Han))
}

/// The length of the surname that begins a text: two characters before one.
pub fn surname(text: &str) -> Option<usize> {
    known_surname(text).map(|found| found.0)
}

/// Whether a text is exactly a surname that is not rare.
pub fn is_common_surname(text: &str) -> bool {
    known_surname(text).is_some_and(|(length, rare)| length == text.len() && !rare)
}

/// The length of the surname that begins a text, if it is not rare.
pub(super) fn common_surname(text: &str) -> Option<usize> {
    known_surname(text).filter(|found| !found.1).map(|found| found.0)
}

/// The characters with which surnames begin that are not rare.
pub(super) fn surname_starts() -> &'static CharSet {
    &surnames().starts
}

/// The surname that begins a text: its length, and whether it is rare.
fn known_surname(text: &str) -> Option<(usize, bool)> {
    let surnames = surnames();
    let first = text.chars().next()?;
    if surnames.doubled.contains(first) {
        let kind = text.get(..6).and_then(|word| surnames.kinds.get(word));
        if let Some(kind) = kind {
            return Some((6, *kind == "rare"));
        }
    }
    surnames.single.contains(first).then(|| (first.len_utf8(), surnames.rare.contains(first)))
}

/// The table of surnames, with their first characters.
struct Surnames {
    kinds: HashMap<&'static str, &'static str>,
    single: CharSet,
    rare: CharSet,
    /// What surnames of two characters begin with.
    doubled: CharSet,
    /// What those begin with that are not rare.
    starts: CharSet,
}

fn surnames() -> &'static Surnames {
    static ALL: OnceLock<Surnames> = OnceLock::new();
    ALL.get_or_init(|| {
        let kinds = kinds(&table::SURNAMES);
        let of = |length: usize| kinds.iter().filter(move |(word, _)| word.len() == length);
        let first = |word: &str| word.chars().next().unwrap_or_default();
        let single = CharSet::of(of(3).map(|(word, _)| first(word)));
        let rare = CharSet::of(of(3).filter(|(_, kind)| **kind == "rare").map(|(word, _)| first(word)));
        let doubled = CharSet::of(of(6).map(|(word, _)| first(word)));
        let common = of(3).chain(of(6)).filter(|(_, kind)| **kind != "rare");
        let starts = CharSet::of(common.map(|(word, _)| first(word)));
        Surnames { kinds, single, rare, doubled, starts }
    })
}

/// The kinds that a listed table gives its words: its second column.
fn kinds(table: &'static Table) -> HashMap<&'static str, &'static str> {
    table.rows().iter().map(|row| (row.column(0), row.column(1))).collect()
}

/// Why a word cannot be a name: courtesy, placeholder or function; none when it can.
pub fn not_a_name(word: &str) -> Option<&'static str> {
    static KINDS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    KINDS.get_or_init(|| kinds(&table::NOT_NAMES)).get(word).copied()
}

/// The length of a name with a middle dot after one to six Han characters.
fn foreign(rest: &str) -> Option<usize> {
    let mut head = rest.char_indices().take(7).skip_while(|(_, c)| han::is_han(*c));
    let dot = head.next().filter(|(at, c)| *at > 0 && *c == '·')?.0;
    let tail = &rest[dot + '·'.len_utf8()..];
    let mut length = 0;
    for (offset, c) in tail.char_indices().take(12) {
        if !(c == '·' || transliterates(c)) {
            break;
        }
        length = offset + c.len_utf8();
    }
    (length > 0).then_some(dot + '·'.len_utf8() + length)
}

/// The length of a run of four or more characters of transliteration.
fn transliterated(rest: &str) -> Option<usize> {
    let run = rest.find(|c| !transliterates(c)).unwrap_or(rest.len());
    if run < 4 || rest[..run].chars().nth(3).is_none() {
        return None;
    }
    let last = han::back(rest, run, 1);
    let whole = run + rest[run..].find(|c: char| !(han::is_han(c) || c == '·')).unwrap_or(rest.len() - run);
    let taken = words().prefixes(&rest[last..whole]).any(|(word, frequency)| last + word > run && frequency >= 100);
    Some(if taken { last } else { run })
}

/// Whether the character is one of those that foreign names are written with.
pub fn transliterates(c: char) -> bool {
    static SET: OnceLock<CharSet> = OnceLock::new();
    let set = SET.get_or_init(|| {
        let rows = table::TRANSLITERATION.rows().iter().filter(|row| row.column(1) == "char");
        CharSet::of(rows.flat_map(|row| row.column(0).chars()))
    });
    set.contains(c)
}

/// The length of the given name after the surname: one or two characters, by what follows.
fn given_name(rest: &str, surname: usize) -> Option<usize> {
    let given = &rest[surname..];
    let (mut lengths, mut han) = ([0; 3], 0);
    for (at, c) in given.char_indices().take(3).take_while(|(_, c)| han::is_han(*c)) {
        lengths[han] = at + c.len_utf8();
        han += 1;
    }
    let ends = |count: usize| is_end(&given[lengths[count - 1]..]);
    match han {
        0 => None,
        1 => Some(lengths[0]),
        _ if says(&given[lengths[0]..]) && !says(&given[lengths[1]..]) => Some(lengths[0]),
        2 => Some(lengths[1]),
        _ if ends(2) => Some(lengths[1]),
        _ if ends(1) => Some(lengths[0]),
        _ => by_words(given, &lengths),
    }
}

/// Whether a name may end before this text.
pub(super) fn is_end(text: &str) -> bool {
    match text.chars().next() {
        None => true,
        Some(c) if !han::is_han(c) => true,
        Some(c) => says(text) || AFTER.contains(c),
    }
}

/// Leaves to the name what the following words do not need.
fn by_words(given: &str, lengths: &[usize; 3]) -> Option<usize> {
    let window = &given[..han::forth(given, 0, 6)];
    let second = &window[lengths[0]..];
    let word = words().prefixes(second).filter(|(length, _)| *length > 3).last();
    Some(if word.is_some_and(|(_, frequency)| frequency > 200) { lengths[0] } else { lengths[1] })
}

/// How sure it is that a name stands at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sure {
    /// After a label, or between an office and a verb of speech.
    Surely,
    /// After an office.
    Probably,
    /// Anywhere else.
    Perhaps,
}

/// Whether a text can be a name: where it is not sure, no common word and no rare surname.
pub(super) fn is_plausible(name: &str, sure: Sure) -> bool {
    if not_a_name(name).is_some() {
        return false;
    }
    let common = |word: &str, least: u32| {
        words().get(word).is_some_and(|known| !known.tag.starts_with("nr") && known.frequency >= least)
    };
    let rare = known_surname(name).is_some_and(|found| found.1);
    let starts: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    let head = starts.get(2).map_or(name, |&at| &name[..at]);
    match sure {
        Sure::Surely => true,
        Sure::Probably => !(common(name, if rare { 10 } else { 500 }) || starts.len() == 3 && common(head, 1000)),
        Sure::Perhaps => !rare && !common(name, 10) && !common(head, 100),
    }
}

/// Whether a verb that a person is the subject of begins a text.
pub(super) fn says(rest: &str) -> bool {
    static HEADS: CharSet = CharSet::heads(SPEECH);
    let likely = rest.chars().next().is_some_and(|c| HEADS.contains(c));
    likely && SPEECH.iter().any(|verb| rest.starts_with(verb))
}
