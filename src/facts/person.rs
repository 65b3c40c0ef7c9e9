/*!
People: where a name is expected, and the names that stand there.

A *slot* is a place at which only a name can stand (after 记者 in a byline, between a role and 说). What stands in it may
be no name at all; that is for the check to say. A *name* is what looks like one, wherever a role, a label or a verb of
speech shows that a person is meant.
*/

use std::collections::HashMap;
use std::sync::OnceLock;

use super::clause::skip_space;
use super::role::Role;
use super::{Context, Form, Mention};
use crate::lexicon::{Table, table, words::words};
use crate::manuscript::{Block, BlockKind};
use crate::text::{Span, han};

/// How a name is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// Surname and given name, two to four characters.
    Han,
    /// With a middle dot, or in characters of transliteration: foreign or of a minority.
    Transliterated,
    /// Masked by 某.
    Masked,
}

/// A person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub kind: NameKind,
    /// The role or label before it.
    pub role: Option<Span>,
}

/// Why a name is expected at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlotKind {
    /// In （记者… 通讯员…）.
    Label,
    /// After the posts of a byline.
    Byline,
    /// Between a role and a verb of speech.
    Speech,
}

/// A place at which only a name can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub span: Span,
    pub role: Span,
    pub kind: SlotKind,
}

type Kinds = OnceLock<HashMap<&'static str, &'static str>>;

/// Verbs that a person is the subject of, right after a name.
const SPEECH: &[&str] = &[
    "说", "表示", "介绍", "告诉", "指出", "认为", "强调", "坦言", "回忆", "感慨", "解释", "透露", "补充", "提醒", "回应",
    "总结", "谈到", "谈及", "称", "直言", "建议", "呼吁", "分析", "说道", "感叹", "讲述", "宣布", "带领", "率队", "带队",
    "主持", "出席", "参加", "深入", "讲解", "致辞", "要求", "受访", "摄", "图", "文",
];
/// Those of them that only a person speaking is the subject of.
const SAYING: &[&str] = &["说", "表示", "介绍", "告诉", "坦言", "回忆", "感慨"];
/// Single characters that often follow a name.
const AFTER: &str = "说在是的与和及等为向对以从到将被把让也就还曾已于因作当任主参带介表告";
const LABELS: &[&str] = &["记者", "通讯员", "作者", "见习记者", "实习记者", "特约记者", "特约通讯员"];

/// All names of the manuscript, in order.
pub fn people(cx: &Context) -> Vec<Mention<Name>> {
    let text = cx.manuscript.text.as_str();
    let mut found: Vec<Mention<Name>> = cx.roles().iter().flat_map(|role| after_role(cx, role)).collect();
    let starts = speakers(text).map(|at| (at, SAYING)).chain(photographers(text).map(|at| (at, &["摄"][..])));
    for (at, verbs) in starts {
        let end = line_end(text, at);
        let Some((span, kind)) = name_at(text, at, end) else { continue };
        let rest = &text[skip_space(text, span.end as usize, end)..end];
        let said = verbs.iter().any(|verb| rest.starts_with(verb));
        if said && !on_role(cx, span) && is_plausible(cx.at(span), false) {
            found.push(Mention { span, value: Name { kind, role: None } });
        }
    }
    found.sort_by_key(|name| name.span);
    found.dedup_by(|next, last| next.span.overlaps(last.span));
    found
}

/// The name after a role, or all the names after a label.
fn after_role(cx: &Context, role: &Mention<Role>) -> Vec<Mention<Name>> {
    let text = cx.manuscript.text.as_str();
    let end = line_end(text, role.span.end as usize);
    let label = is_label(cx.at(role.span));
    let mut found = Vec::new();
    let mut at = gap(text, role.span.end as usize, end);
    while let Some((span, kind)) = name_at(text, at, end) {
        let rest = &text[span.end as usize..end];
        let ends = is_end(rest);
        let sure = label || role.value.office && ends;
        if !(ends || verb_follows(rest)) || on_role(cx, span) || !is_plausible(cx.at(span), sure) {
            break;
        }
        found.push(Mention { span, value: Name { kind, role: Some(role.span) } });
        let next = next_in_list(text, span.end as usize, end);
        if !label || next == span.end as usize {
            break;
        }
        at = next;
    }
    found
}

/// Whether a role begins inside the span: 干警 is no name.
fn on_role(cx: &Context, span: Span) -> bool {
    let next = cx.roles().partition_point(|role| role.span.end <= span.start);
    cx.roles().get(next).is_some_and(|role| role.span.overlaps(span))
}

/// Whether a text can be a name: no common word, unless the place is sure; a rare surname only where it is.
fn is_plausible(name: &str, sure: bool) -> bool {
    let common = |word: &str, least: u32| {
        words().get(word).is_some_and(|known| !known.tag.starts_with("nr") && known.frequency >= least)
    };
    let rare = surname_kind(name) == Some("rare");
    let starts: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
    let head = starts.get(2).map_or(name, |&at| &name[..at]);
    let word = not_a_name(name).is_some() || common(name, if sure && !rare { 500 } else { 10 });
    !word && (sure || !rare && !common(head, 100)) && !(starts.len() == 3 && common(head, 1000))
}

/// Whether a word of two or more characters that is a verb begins a text.
fn verb_follows(rest: &str) -> bool {
    let verb = |length: usize| words().get(&rest[..length]).is_some_and(|word| word.tag.starts_with('v'));
    words().prefixes(rest).any(|(length, _)| length > 3 && verb(length))
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |line| at + line)
}

/// Where the name before 摄 may begin: after the last space or mark before it.
fn photographers(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('摄').map(|(at, _)| {
        let head = text[..at].trim_end_matches([' ', '\u{3000}']);
        let mark = head.char_indices().rev().find(|(_, c)| !han::is_han(*c));
        mark.map_or(0, |(mark, c)| mark + c.len_utf8())
    })
}

/// The places at which only a name can stand, in order.
pub fn slots(cx: &Context) -> Vec<Slot> {
    let mut found = Vec::new();
    for role in cx.roles() {
        let Some(block) = cx.manuscript.block_at(role.span.start) else { continue };
        if is_label(cx.at(role.span)) && in_label(cx, block, role.span) {
            found.extend(items(cx, block, role.span, SlotKind::Label));
        } else if is_byline(cx, block) {
            found.extend(items(cx, block, role.span, SlotKind::Byline));
        } else {
            found.extend(speech(cx, block, role.span));
        }
    }
    let lone: Vec<Slot> = cx.manuscript.blocks.iter().filter_map(|block| lone(cx, block, &found)).collect();
    found.extend(lone);
    found.sort_by_key(|slot| slot.span);
    found
}

/// The last item of a boxed byline without a role: □…人民检察院 某某某.
fn lone(cx: &Context, block: &Block, known: &[Slot]) -> Option<Slot> {
    let text = cx.at(block.span).trim_end();
    let boxed = text.trim_start().starts_with('□') && is_byline(cx, block);
    let at = text.rfind(char::is_whitespace).filter(|_| boxed)?;
    let start = block.span.start as usize + at + text[at..].chars().next().map_or(0, char::len_utf8);
    let span = Span::new(start, block.span.start as usize + text.len());
    let organizations = cx.organizations();
    let before = organizations[..organizations.partition_point(|org| org.span.end <= span.start)].last()?;
    let free = block.span.contains(before.span) && !known.iter().any(|slot| slot.span.overlaps(span));
    let plain = cx.at(span).chars().all(is_name_char) && !on_role(cx, span);
    (free && plain).then(|| Slot { span, role: before.value.ending, kind: SlotKind::Byline })
}

/// Whether a block reads like a byline, whatever its kind: short, no sentence, an organization or □ at its head.
pub fn is_byline(cx: &Context, block: &Block) -> bool {
    match block.kind {
        BlockKind::Byline | BlockKind::Signature => return true,
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Title | BlockKind::Heading => {}
        _ => return false,
    }
    let text = cx.at(block.span).trim();
    let plain = !text.contains(|c| han::ends_clause(c) || matches!(c, '“' | '《' | '（' | '('));
    let boxed = text.starts_with(['□', '■', '◎', '◇']);
    plain && text.chars().count() <= 45 && (boxed || headed_by_post(cx, block))
}

/// Whether a block is one post and at most a name: an organization first, a role in the last third.
fn headed_by_post(cx: &Context, block: &Block) -> bool {
    let organizations = cx.organizations();
    let first = organizations.get(organizations.partition_point(|org| org.span.start < block.span.start));
    let start = block.span.start as usize + (cx.at(block.span).len() - cx.at(block.span).trim_start().len());
    let last = cx.roles()[..cx.roles().partition_point(|role| role.span.start < block.span.end)].last();
    match (first, last) {
        (Some(org), Some(role)) if org.value.form != Form::Collective => {
            org.span.start as usize == start
                && role.span.start >= org.span.end
                && han::count(&cx.manuscript.text[role.span.end as usize..block.span.end as usize]) <= 4
        }
        _ => false,
    }
}

/// What stands after a label or post of a byline, item by item.
fn items(cx: &Context, block: &Block, role: Span, kind: SlotKind) -> Vec<Slot> {
    let text = cx.manuscript.text.as_str();
    let end = block.span.end as usize;
    let mut found = Vec::new();
    let mut at = gap(text, role.end as usize, end);
    loop {
        let rest = &text[at..end];
        let stop = rest.find(|c: char| !is_name_char(c)).unwrap_or(rest.len());
        let next_role = on_role(cx, Span::new(at, han::forth(text, at, 1)));
        let heads = rest[stop..].starts_with(['：', ':']);
        if stop == 0 || next_role || heads || rest[..stop].chars().count() > 12 {
            return found;
        }
        found.push(Slot { span: Span::new(at, at + stop), role, kind });
        let next = next_in_list(text, at + stop, end);
        if next == at + stop {
            return found;
        }
        at = next;
    }
}

fn speech(cx: &Context, block: &Block, role: Span) -> Option<Slot> {
    let text = cx.manuscript.text.as_str();
    let at = role.end as usize;
    let rest = &text[at..block.span.end as usize];
    let window = &rest[..han::forth(rest, 0, 7)];
    let verb = SAYING.iter().filter_map(|verb| window.find(verb)).min()?;
    let plain = verb > 0 && rest[..verb].chars().all(is_name_char);
    plain.then(|| Slot { span: Span::new(at, at + verb), role, kind: SlotKind::Speech })
}

/// Whether a label stands where reporters are named: in a byline, or right after an opening bracket or another item.
fn in_label(cx: &Context, block: &Block, role: Span) -> bool {
    if block.kind == BlockKind::Byline {
        return true;
    }
    let head = &cx.manuscript.text[block.span.start as usize..role.start as usize];
    let open = head.rfind(['（', '(']);
    let close = head.rfind(['）', ')']);
    open.is_some() && open > close && head.chars().count() < 40 && !head.contains('。')
}

fn is_label(role: &str) -> bool {
    LABELS.contains(&role)
}

fn is_name_char(c: char) -> bool {
    han::is_han(c) || c.is_ascii_alphabetic() || matches!(c, '·' | '×' | '*' | '＊' | '○' | '〇' | 'Ｘ' | '？' | '_')
}

/// After the space or colon that may stand between a role and a name.
fn gap(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    at + rest.find(|c: char| c == '\n' || !(c.is_whitespace() || c == '：' || c == ':')).unwrap_or(rest.len())
}

fn next_in_list(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    at + rest.find(|c: char| c == '\n' || !(c.is_whitespace() || c == '、')).unwrap_or(rest.len())
}

/// Where clauses begin: after a mark, a closing quotation mark or a line end.
fn speakers(text: &str) -> impl Iterator<Item = usize> {
    let marks = text.char_indices().filter(|(_, c)| han::ends_clause(*c) || han::closes(*c));
    std::iter::once(0).chain(marks.map(|(at, c)| at + c.len_utf8()))
}

fn says(rest: &str) -> bool {
    SPEECH.iter().any(|verb| rest.starts_with(verb))
}

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
fn is_end(text: &str) -> bool {
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
