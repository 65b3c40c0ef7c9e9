/*!
People: where a name is expected, and the names that stand there.

A *slot* is a place at which only a name can stand (after 记者 in a byline, between a role and 说). What stands in it may
be no name at all; that is for the check to say. A *name* is what looks like one, wherever a role, a label or a verb of
speech shows that a person is meant.
*/

use std::collections::HashMap;
use std::sync::OnceLock;

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
const SAYING: &[&str] = &["说", "表示", "介绍", "告诉", "坦言", "回忆说", "感慨", "告诉记者"];
/// Single characters that often follow a name.
const AFTER: &str = "说在是的与和及等为向对以从到将被把让也就还曾已于因作当任主参带介表告";
const LABELS: &[&str] = &["记者", "通讯员", "作者", "见习记者", "实习记者", "特约记者", "特约通讯员"];

/// All names of the manuscript, in order.
pub fn people(cx: &Context) -> Vec<Mention<Name>> {
    let text = cx.manuscript.text.as_str();
    let mut found: Vec<Mention<Name>> = Vec::new();
    for role in cx.roles() {
        let end = block_end(cx, role.span);
        let mut at = gap(text, role.span.end as usize, end);
        while let Some((span, kind)) = name_at(text, at, end) {
            found.push(Mention { span, value: Name { kind, role: Some(role.span) } });
            let next = next_in_list(text, span.end as usize, end);
            if next == span.end as usize || !is_label(cx.at(role.span)) {
                break;
            }
            at = next;
        }
    }
    for at in speakers(text) {
        let end = text[at..].find('\n').map_or(text.len(), |line| at + line);
        let known = |span: Span| found.iter().any(|name| name.span.overlaps(span));
        if let Some((span, kind)) = name_at(text, at, end).filter(|(span, _)| says(&text[span.end as usize..end]) && !known(*span)) {
            found.push(Mention { span, value: Name { kind, role: None } });
        }
    }
    found.sort_by_key(|name| name.span);
    found.dedup_by_key(|name| name.span);
    found
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
    found
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
    let first = cx.organizations().iter().find(|org| org.span.start >= block.span.start);
    let start = block.span.start as usize + (cx.at(block.span).len() - cx.at(block.span).trim_start().len());
    let last = cx.roles().iter().rev().find(|role| role.span.start < block.span.end);
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
        let next_role = cx.roles().iter().any(|other| other.span.start as usize == at);
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

fn block_end(cx: &Context, span: Span) -> usize {
    cx.manuscript.block_at(span.start).map_or(span.end as usize, |block| block.span.end as usize)
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
    if let Some(length) = foreign(run) {
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
    static KINDS: Kinds = OnceLock::new();
    let known = |head: &str| kind_of(&table::SURNAMES, &KINDS, head).is_some();
    [6, 3].into_iter().find(|&length| text.get(..length).is_some_and(known))
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
