/*!
Lists after their number: announced by 分为五类：, in brackets, or with ordinals, in the paragraph or below it.
*/

use super::{Miscount, Sure, is_open, with_noun};
use crate::facts::Context;
use crate::facts::quotation::KINDS;
use crate::facts::series::listing::{Listing, count_joints, parts};
use crate::facts::series::{Claim, Series, SeriesLevel, Style, ordinal};
use crate::manuscript::BlockKind;
use crate::text::{Span, han};

/// 分为五类：甲、乙、丙、丁。
pub(super) fn announced(cx: &Context) -> Vec<Miscount> {
    cx.claims().iter().filter_map(|claim| announced_list(cx, claim)).collect()
}

fn announced_list(cx: &Context, claim: &Claim) -> Option<Miscount> {
    let text = &cx.manuscript.text;
    if "人年处次".contains(cx.at(claim.measure)) || claim.value > 12 {
        return None;
    }
    let (list, opener) = introduced(cx, claim)?;
    let words = list.of(text);
    let papers = opener == '（' && "张件本篇份".contains(cx.at(claim.measure));
    let bracketed = papers
        || opener == '（' && (cx.at(claim.numeral) == "双" || words.starts_with("包括") || words.starts_with("含"));
    let single = opener == '（' && parts(text, list, &['、']).iter().any(|part| part.of(text).chars().count() < 2);
    if bracketed
        || single
        || is_open(words)
        || ordinal::read(words, BlockKind::Paragraph).is_some()
        || words.contains(['：', '？', '！', '|'])
    {
        return None;
    }
    let (readings, sure) = match chained(cx, list) {
        Some(count) => (vec![count], Sure::Certain),
        None => readings(text, list)?,
    };
    let fits = readings.contains(&claim.value);
    let near = claim.value.abs_diff(readings[0]) <= if opener == '（' { 2 } else { 4 } && !is_second_name(cx, claim);
    let exact = opener == '：' || opener == '（';
    if !exact && !are_short(text, &parts(text, list, &['、'])) {
        return None;
    }
    let sure = if exact { sure } else { Sure::Probable };
    (!fits && near).then(|| Miscount {
        claim: with_noun(cx, claim),
        count: claim.value,
        list,
        found: readings[0],
        sure,
    })
}

/// “三大高地”“五大战略”：the list is of both.
fn is_second_name(cx: &Context, claim: &Claim) -> bool {
    let before = cx.manuscript.text[..claim.span.start as usize].strip_suffix('“');
    before.is_some_and(|before| before.ends_with(['”', '、', '和', '与', '及']))
}

/// What introduces a list after the claim and its noun.
const INTRODUCTIONS: [&str; 9] = ["：", "——", "（", "，即", "，分别是", "，分别为", "，包括", "分别是", "分别为"];

/// The list that the claim announces, up to the end of the sentence or of the brackets.
fn introduced(cx: &Context, claim: &Claim) -> Option<(Span, char)> {
    let text = &cx.manuscript.text;
    let block = cx.manuscript.block_at(claim.span.start)?.span;
    let rest = &text[claim.span.end as usize..block.end as usize];
    let noun = rest.find(|c: char| !han::is_han(c)).unwrap_or(rest.len());
    let noun = ["分别是", "分别为"].iter().filter_map(|word| rest[..noun].find(word)).min().unwrap_or(noun);
    let quoted = rest[noun..].starts_with('”');
    let head = noun + if quoted { '”'.len_utf8() } else { 0 };
    let word = INTRODUCTIONS.iter().find(|word| rest[head..].starts_with(**word))?;
    let limit = match *word {
        "（" => 8,
        "：" => 14,
        _ => 6,
    };
    if rest[..noun].chars().count() > limit || spoils(&rest[..noun]) {
        return None;
    }
    let start = head + word.len();
    let start = start + if rest[start..].starts_with("分别是") { "分别是".len() } else { 0 };
    let ends = |c: char| if *word == "（" { c == '）' } else { matches!(c, '。' | '！' | '？') };
    let end = end_of(&rest[start..], ends).map(|end| start + end)?;
    let at = claim.span.end as usize;
    let opener = word.chars().next()?;
    Some((Span::new(at + start, at + end), opener))
}

/// Words between the claim and its list that make it count something else.
fn spoils(noun: &str) -> bool {
    ["以上", "以下", "之一", "以来", "左右", "多", "记者", "说", "表示", "指出", "问", "有明", "都", "均", "也", "之间"]
        .iter()
        .any(|word| noun.contains(word))
}

/// Where a mark stands outside brackets and quotes.
fn end_of(text: &str, ends: impl Fn(char) -> bool) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        if depth == 0 && ends(c) {
            return Some(at);
        } else if han::opens(c) {
            depth += 1;
        } else if han::closes(c) {
            depth = depth.saturating_sub(1);
        }
    }
    None
}

/// The number of quoted members, when the list is nothing else: “甲”“乙”和“丙”.
fn chained(cx: &Context, list: Span) -> Option<usize> {
    let inside = |kind: usize| matches!(KINDS[kind].0, '“' | '《');
    let pairs: Vec<Span> = cx
        .pairs()
        .pairs
        .iter()
        .filter(|pair| inside(pair.kind) && list.contains(pair.span()))
        .map(|p| p.span())
        .collect();
    let outer: Vec<Span> = pairs
        .iter()
        .copied()
        .filter(|pair| !pairs.iter().any(|other| other != pair && other.contains(*pair)))
        .collect();
    let length: usize = outer.iter().map(|pair| pair.len()).sum();
    let text = &cx.manuscript.text;
    let mut at = list.start as usize;
    for pair in &outer {
        let between = &text[at..pair.start as usize];
        if !["", "、", "和", "与", "及", "以及"].contains(&between) {
            return None;
        }
        at = pair.end as usize;
    }
    (outer.len() > 1 && length > 0 && at == list.end as usize).then_some(outer.len())
}

/// The ways to count a list after its number, the plainest first, and how sure they are together.
fn readings(text: &str, list: Span) -> Option<(Vec<usize>, Sure)> {
    let major = parts(text, list, &['；']);
    if major.len() > 1 {
        let joints = major.last().map_or(0, |last| count_joints(last.of(text)));
        return Some(((major.len()..=major.len() + joints).collect(), Sure::Probable));
    }
    let clauses = parts(text, list, &['，']);
    let first = *clauses.first()?;
    let listed = Listing::new(text, first).filter(|_| first.of(text).contains('、'));
    match (clauses.len(), listed) {
        (1, Some(list)) => {
            let sure = if are_short(text, &list.parts) { Sure::Certain } else { Sure::Probable };
            Some((list.or_suffix(text).readings, sure))
        }
        (_, Some(head)) => mixed(text, list, head, clauses.len()),
        (2.., None) if are_even(text, &clauses) => Some((vec![clauses.len()], Sure::Probable)),
        _ => None,
    }
}

/// 甲、乙、丙，各有特点: the first clause may be the list, or all of it.
fn mixed(text: &str, list: Span, head: Listing, clauses: usize) -> Option<(Vec<usize>, Sure)> {
    let all = parts(text, list, &['、', '，']);
    let short = are_short(text, &head.parts) && head.parts.len() > 1;
    let mut readings = head.readings.clone();
    let listed = parts(text, list, &['，']).iter().filter(|clause| clause.of(text).contains('、')).count();
    readings.extend([clauses, listed]);
    let tail = &text[head.span.end as usize..list.end as usize];
    if tail.contains('、') || ["，以及", "，及", "，和", "，还有", "，加上"].iter().any(|word| tail.contains(word))
    {
        readings.push(all.len());
    }
    short.then_some((readings, Sure::Probable))
}

fn are_short(text: &str, parts: &[Span]) -> bool {
    parts.iter().all(|part| part.of(text).chars().count() <= 12)
}

/// Whether clauses are of one length, as members of a list are.
fn are_even(text: &str, parts: &[Span]) -> bool {
    let lengths = parts.iter().map(|part| part.of(text).chars().count());
    let (least, most) = lengths.fold((usize::MAX, 0), |(least, most), length| (least.min(length), most.max(length)));
    most <= least + 1 && most <= 12
}

/// 提出三点要求：一是……二是……
pub(super) fn series(cx: &Context) -> Vec<Miscount> {
    cx.series().iter().filter_map(|series| announced_series(cx, series)).collect()
}

fn announced_series(cx: &Context, series: &Series) -> Option<Miscount> {
    let counted = matches!(series.style(), Style::Is | Style::Must | Style::Among | Style::Bracket | Style::Dot);
    let counted = counted || matches!(series.style(), Style::BracketDigit | Style::HalfBracket | Style::Circle);
    let counted = counted || matches!(series.style(), Style::Rank | Style::Comma);
    if !counted || series.items.len() < 2 || !series.is_intact() {
        return None;
    }
    let first = series.items[0].span;
    let before = before(cx, series)?;
    let (claim, sure) = announcing(cx, before)?;
    let last = series.items[series.items.len() - 1].span;
    let found = series.items.len();
    let fits = claim.value == found || claim.value == series.rival as usize;
    (!fits && claim.value <= 20).then(|| Miscount {
        claim: with_noun(cx, claim),
        count: claim.value,
        list: first.hull(last),
        found,
        sure,
    })
}

/// What stands before the series: the rest of its paragraph, or the block above.
fn before(cx: &Context, series: &Series) -> Option<Span> {
    let first = series.items[0].span;
    let block = cx.manuscript.block_at(first.start)?;
    if series.level == SeriesLevel::Inline {
        return Some(Span { start: block.span.start, end: first.start });
    }
    let index = cx.manuscript.blocks.partition_point(|other| other.span.start < block.span.start);
    let above = cx.manuscript.blocks.get(index.checked_sub(1)?)?;
    (above.article == block.article).then_some(above.span)
}

/// Whether the words before a claim tell that its members follow, though a full stop stands between.
fn is_said(before: &str) -> bool {
    let clause = before.rsplit(han::ends_clause).next().unwrap_or_default();
    let verbs =
        ["提出", "强调", "明确", "部署", "要求", "讲", "谈", "做好", "抓好", "突出", "分为", "包括", "以下", "如下"];
    verbs.iter().any(|verb| clause.contains(verb))
}

/// The claim with which a stretch ends, but for a noun and a mark.
fn announcing<'c>(cx: &'c Context, before: Span) -> Option<(&'c Claim, Sure)> {
    let text = &cx.manuscript.text;
    let words = before.of(text);
    let trimmed = words.trim_end_matches(['：', '。', '，', '；', '—', ' ', '　']);
    let trimmed = trimmed.strip_suffix('”').unwrap_or(trimmed);
    let end = before.start as usize + trimmed.len();
    let last = cx.claims().partition_point(|claim| (claim.span.end as usize) <= end).checked_sub(1)?;
    let claim = &cx.claims()[last];
    let between = &text[(claim.span.end as usize).min(end)..end];
    let measure = cx.at(claim.measure);
    let head = &text[before.start as usize..(claim.span.start as usize).max(before.start as usize)];
    // 从三个方面讲解了……的意义。一是……
    let sides = head.ends_with('从') && measure.ends_with("方面") || head.ends_with("从以下");
    let reach = if sides { 30 } else { 12 };
    let inside = before.contains(claim.span) && between.chars().count() <= reach && between.chars().all(han::is_han);
    let counts = ["点", "项", "方面", "个方面", "条", "个", "大", "类", "种", "步", "件", "层", "重", "维", "款", "道"];
    let colon = words.ends_with('：');
    let quoted = text[end..].starts_with('”');
    let sure = if colon && !quoted { Sure::Certain } else { Sure::Probable };
    (inside
        && (colon || sides || is_said(&text[before.start as usize..claim.span.start as usize]))
        && counts.contains(&measure)
        && !spoils(between))
    .then_some((claim, sure))
}
