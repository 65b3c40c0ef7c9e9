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

type Kinds = OnceLock<HashMap<&'static str, &'static str>>;

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
    let run = rest.find(|c: char| !(han::is_han(c) || c == '·')).unwrap_or(rest.len());
    let run = &rest[..run];
    if let Some(length) = foreign(run).or_else(|| transliterated(run)) {
        return Some((Span::new(at, at + length), NameKind::Transliterated));
    }
    let surname = surname(run)?;
    let given = &run[surname..];
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
    known_surname(text).is_some_and(|(length, kind)| length == text.len() && kind != "rare")
}

fn surname_kind(text: &str) -> Option<&'static str> {
    known_surname(text).map(|found| found.1)
}

fn known_surname(text: &str) -> Option<(usize, &'static str)> {
    static KINDS: Kinds = OnceLock::new();
    [6, 3].into_iter().find_map(|length| Some((length, kind_of(&table::SURNAMES, &KINDS, text.get(..length)?)?)))
}

/// The kind that a listed table gives a word: its second column.
fn kind_of(table: &'static Table, kinds: &'static Kinds, word: &str) -> Option<&'static str> {
    let kinds = kinds.get_or_init(|| table.rows().iter().map(|row| (row.column(0), row.column(1))).collect());
    kinds.get(word).copied()
}

/// Why a word cannot be a name: courtesy, placeholder or function; none when it can.
pub fn not_a_name(word: &str) -> Option<&'static str> {
    static KINDS: Kinds = OnceLock::new();
    kind_of(&table::NOT_NAMES, &KINDS, word)
}

/// The length of a name with a middle dot.
fn foreign(run: &str) -> Option<usize> {
    let dot = run.find('·')?;
    let head = run[..dot].chars().count();
    if head == 0 || head > 6 {
        return None;
    }
    let tail = &run[dot + '·'.len_utf8()..];
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
fn transliterated(run: &str) -> Option<usize> {
    let mut length = run.find(|c| !transliterates(c)).unwrap_or(run.len());
    if run[..length].chars().count() < 4 {
        return None;
    }
    let last = han::back(run, length, 1);
    if words().prefixes(&run[last..]).any(|(word, frequency)| last + word > length && frequency >= 100) {
        length = last;
    }
    Some(length)
}

/// Whether the character is one of those that foreign names are written with.
pub fn transliterates(c: char) -> bool {
    static KINDS: Kinds = OnceLock::new();
    kind_of(&table::TRANSLITERATION, &KINDS, c.encode_utf8(&mut [0; 4])) == Some("char")
}

/// The length of the given name after the surname: one or two characters, by what follows.
fn given_name(rest: &str, surname: usize) -> Option<usize> {
    let given = &rest[surname..];
    let lengths: Vec<usize> = given.char_indices().take(3).map(|(at, c)| at + c.len_utf8()).collect();
    let han = given.chars().take_while(|c| han::is_han(*c)).count();
    let ends = |count: usize| lengths.get(count - 1).is_some_and(|&length| is_end(&given[length..]));
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
fn by_words(given: &str, lengths: &[usize]) -> Option<usize> {
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
    let rare = surname_kind(name) == Some("rare");
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
    SPEECH.iter().any(|verb| rest.starts_with(verb))
}
