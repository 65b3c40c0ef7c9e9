/*!
The clause round a number: its piece, what it counts, whether it is a total, a part or the end of a change.
*/

use super::{Bound, Direction, Kind, Number, Standing};
use crate::facts::Mention;
use crate::lexicon::words::words;
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// Words that make the number after them a total.
pub const TOTAL: &[&str] = &["合计", "总计", "共计", "一共", "总共", "累计", "总数", "总额", "总量", "总计为", "共"];
/// Words after which parts follow.
pub const PARTS: &[&str] = &["其中", "包括", "分别", "包含", "涵盖"];
/// Verbs of rising.
const UP: &[&str] = &[
    "增长", "增加", "上升", "提高", "上涨", "提升", "增幅", "涨幅", "升幅", "增速", "增至", "升至", "涨至", "升到",
    "增到", "涨到", "攀升", "扩大", "上浮", "回升", "多", "高", "增", "升", "涨", "延长",
];
/// Verbs of falling.
const DOWN: &[&str] = &[
    "下降", "减少", "降低", "下跌", "降幅", "跌幅", "减幅", "降至", "减至", "跌至", "降到", "减到", "跌到", "缩减",
    "缩小", "缩短", "回落", "下滑", "压减", "压降", "少", "低", "降", "跌", "减",
];
/// What may stand between such a verb and its number.
const FILLERS: &[&str] =
    &["约为", "达到", "仅为", "了", "为", "达", "约", "近", "超", "逾", "超过", "仅", "的", "：", "是", "幅"];
/// The first characters of the words of parts and totals.
static PART_STARTS: CharSet = CharSet::new("其包分涵");
static TOTAL_STARTS: CharSet = CharSet::new("合总共一累");
/// The last characters of the verbs and of what may stand behind them.
static VERB_ENDS: CharSet = CharSet::new("长加升高涨幅速至到大浮多增降少低跌减小短落滑");
static FILLER_ENDS: CharSet = CharSet::new("为到了达约近超逾过仅的：是幅");
/// What the words that loosen a number end and begin with.
static BOUND_ENDS: CharSet = CharSet::new("约为概合计超过逾破少于低达上近足到多接");
static BOUND_STARTS: CharSet = CharSet::new("左上前以多余之");
/// The marks that may cut a sentence into pieces.
static CUTS: CharSet = CharSet::new("。！？…!?，；：,;:\n、（）()\t|");
/// Characters of lead and tail that are looked at.
const REACH: usize = 40;

/// Gives every number of a sentence its place in the clause.
pub(super) fn place(text: &str, sentence: Span, numbers: &mut [Mention<Number>]) {
    if numbers.is_empty() {
        return;
    }
    let cuts = cuts(text, sentence);
    let mut floor = sentence.start;
    let mut parted = false;
    for index in 0..numbers.len() {
        let span = numbers[index].span;
        let after = cuts.partition_point(|cut| cut.end <= span.start);
        let start = after.checked_sub(1).map_or(sentence.start, |cut| cuts[cut].end);
        let beyond = cuts[after..].iter().find(|cut| cut.start >= span.end);
        let end = beyond.map_or(sentence.end, |cut| cut.start);
        let next = numbers.get(index + 1).map_or(end, |next| next.span.start.min(end));
        let (near, far) = (near(text, floor, span), far(text, next, span));
        let lead = Span { start: start.max(floor).max(near).min(span.start), end: span.start };
        let tail = Span { start: span.end, end: next.max(span.end).min(far) };
        let said = Span { start: floor.max(near).min(span.start), end: span.start };
        parted = parted || holds(said.of(text), &PART_STARTS, PARTS);
        let number = &mut numbers[index].value;
        number.piece = Span { start: start.min(span.start), end: end.max(span.end) };
        (number.lead, number.tail) = (lead, tail);
        frame(text, number, parted);
        floor = span.end;
    }
}

/// The place as far back as is looked at, where it matters: behind a floor.
fn near(text: &str, floor: u32, span: Span) -> u32 {
    let far = span.start.saturating_sub(floor) as usize > REACH;
    if far { han::back(text, span.start as usize, REACH) as u32 } else { 0 }
}

/// The place as far ahead as is looked at, where it matters: before the next number.
fn far(text: &str, next: u32, span: Span) -> u32 {
    let far = next.saturating_sub(span.end) as usize > REACH;
    if far { han::forth(text, span.end as usize, REACH) as u32 } else { u32::MAX }
}

/// Whether a text holds one of some words, whose first characters are those of a set.
fn holds(text: &str, starts: &CharSet, words: &[&str]) -> bool {
    let begins = |at: usize| words.iter().any(|word| text[at..].starts_with(word));
    text.char_indices().any(|(at, c)| starts.contains(c) && begins(at))
}

/// Whether a text begins with a character of a set.
fn begins_in(text: &str, set: &CharSet) -> bool {
    text.chars().next().is_some_and(|c| set.contains(c))
}

/// Whether a text ends with a character of a set.
fn ends_in(text: &str, set: &CharSet) -> bool {
    text.chars().next_back().is_some_and(|c| set.contains(c))
}

fn frame(text: &str, number: &mut Number, parted: bool) {
    let (lead, tail) = (number.lead.of(text), number.tail.of(text));
    if number.bound == Bound::Exact {
        number.bound = bound(lead, tail);
    }
    if !number.is_quantity() {
        return;
    }
    (number.standing, number.direction) = standing(lead, tail, number.kind, parted);
}

/// The marks that cut a sentence into pieces; marks between digits do not.
fn cuts(text: &str, sentence: Span) -> Vec<Span> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut cuts = Vec::new();
    let mut at = sentence.start as usize;
    while at < sentence.end as usize {
        // No mark among the Han characters, which are nearly all of a text.
        if (0xE4..=0xE9).contains(&bytes[at]) {
            at += 3;
            continue;
        }
        let Some(c) = han::after(text, at) else { break };
        let end = at + c.len_utf8();
        let stands = matches!(c, ',' | ':' | '：') && digit(at.checked_sub(1)) && digit(Some(end));
        if CUTS.contains(c) && !stands {
            cuts.push(Span::new(at, end));
        }
        at = end;
    }
    cuts
}

fn bound(lead: &str, tail: &str) -> Bound {
    let (led, followed) = (ends_in(lead, &BOUND_ENDS), begins_in(tail, &BOUND_STARTS));
    let before = |words: &[&str]| led && words.iter().any(|word| lead.ends_with(word));
    let after = |words: &[&str]| followed && words.iter().any(|word| tail.starts_with(word));
    if before(&["约", "大约", "约为", "大概", "约合", "估计"]) || after(&["左右", "上下", "前后"]) {
        Bound::About
    } else if before(&["超", "超过", "逾", "突破", "至少", "不少于", "不低于", "多达", "上"])
        || after(&["以上", "多", "余", "之多"])
    {
        Bound::Above
    } else if before(&["近", "将近", "不足", "不到", "至多", "最多", "不超过", "接近"])
        || after(&["以下", "以内", "之内"])
    {
        Bound::Below
    } else {
        Bound::Exact
    }
}

/// The standing that the words round a number give it, and which way a change goes.
fn standing(lead: &str, tail: &str, kind: Kind, parted: bool) -> (Standing, Option<Direction>) {
    let bare = strip(lead);
    let arrives = bare.strip_suffix(['至', '到']).or_else(|| bare.strip_suffix("成")).unwrap_or(bare);
    let direction = direction(if arrives.len() < bare.len() { strip(arrives) } else { bare });
    let plain = if parted { Standing::Part } else { Standing::Plain };
    let standing = if arrives.len() < bare.len() && (direction.is_some() || from(lead)) {
        Standing::To
    } else if direction.is_some() {
        Standing::Change
    } else if from(lead) {
        Standing::From
    } else if tail.starts_with(['多', '少', '快', '高', '低', '慢', '大', '小']) && lead.contains(['比', '较'])
    {
        Standing::Than
    } else if kind == Kind::Count && holds(lead, &TOTAL_STARTS, TOTAL) && !lead.contains("公共") {
        Standing::Total
    } else {
        plain
    };
    (standing, direction)
}

/// Takes off what may stand between a verb and its number.
pub fn strip(lead: &str) -> &str {
    let mut bare = lead.trim_end();
    while let Some(rest) = Some(bare)
        .filter(|bare| ends_in(bare, &FILLER_ENDS))
        .and_then(|bare| FILLERS.iter().find_map(|filler| bare.strip_suffix(filler)))
    {
        bare = rest.trim_end();
    }
    bare
}

/// Which way the verb at the end of some words goes.
pub fn direction(lead: &str) -> Option<Direction> {
    if !ends_in(lead, &VERB_ENDS) {
        return None;
    }
    let ends = |verbs: &[&str]| verbs.iter().any(|verb| lead.ends_with(verb));
    match (ends(UP), ends(DOWN)) {
        (true, _) => Some(Direction::Up),
        (_, true) => Some(Direction::Down),
        _ => None,
    }
}

/// Whether 由 or 从 stands before a number, as the start of a change.
fn from(lead: &str) -> bool {
    let at = lead.char_indices().rev().take(14).find(|(_, c)| matches!(c, '由' | '从'));
    at.is_some_and(|(at, _)| {
        let rest = &lead[at..];
        !["由于", "由此", "从事", "从而", "由来"].iter().any(|word| rest.starts_with(word))
            && !lead[..at].ends_with(['理', '自', '缘', '事', '服', '经', '跟'])
    })
}

/// Words that say nothing of what is counted.
#[rustfmt::skip]
const EMPTY: &[&str] = &[
    "为", "是", "达", "达到", "共", "约", "近", "有", "了", "完成", "实现", "超过", "超", "逾", "共计", "合计", "总计", "累计",
    "其中", "分别", "占", "的", "在", "和", "与", "及", "各", "每", "仅", "已", "就", "由", "从", "到", "至", "等",
];

/// The noun after the number, or else the words before it.
pub(super) fn head(text: &str, number: &Number) -> Option<Span> {
    noun_after(text, number.tail).or_else(|| words_before(text, number.lead))
}

fn noun_after(text: &str, tail: Span) -> Option<Span> {
    let words_of = run(tail.of(text));
    let mut end = 0;
    for word in words().cut(&tail.of(text)[..words_of]) {
        let piece = &tail.of(text)[word.start..word.end];
        let noun = words().get(piece).is_none_or(|word| matches!(&word.tag[..1], "n" | "b" | "j" | "v" | "a" | "s"));
        if !noun || EMPTY.contains(&piece) {
            break;
        }
        let verb = words().get(piece).is_some_and(|word| word.tag == "v");
        if verb && word.start == 0 {
            break;
        }
        end = word.end;
    }
    (end > 0).then(|| Span::new(tail.start as usize, tail.start as usize + end))
}

/// The length of the Han characters that begin a text, at most twelve.
fn run(text: &str) -> usize {
    text.chars().take(12).take_while(|c| han::is_han(*c)).map(char::len_utf8).sum()
}

fn words_before(text: &str, lead: Span) -> Option<Span> {
    let bare = lead.of(text).trim_end_matches(|c| !han::is_han(c));
    let run: usize = bare.chars().rev().take(12).take_while(|c| han::is_han(*c)).map(char::len_utf8).sum();
    let from = bare.len() - run;
    let mut cut = words().cut(&bare[from..]);
    while cut.last().is_some_and(|word| EMPTY.contains(&&bare[from + word.start..from + word.end])) {
        cut.pop();
    }
    let first = cut.iter().rposition(|word| EMPTY.contains(&&bare[from + word.start..from + word.end]));
    let cut = &cut[first.map_or(0, |first| first + 1)..];
    let (start, end) = (cut.first()?.start, cut.last()?.end);
    Some(Span::new(lead.start as usize + from + start, lead.start as usize + from + end))
}
