/*!
Lists before their number: quoted, with the number's noun, or in apposition.
*/

use rustc_hash::FxHashMap as HashMap;

use super::{Miscount, Sure, is_open, with_noun};
use crate::facts::Context;
use crate::facts::quotation::{KINDS, Pair};
use crate::facts::series::listing::{Listing, parts};
use crate::facts::series::{Claim, numeral};
use crate::text::{Span, han};

/// “甲、乙、丙”四级平台, “甲”“乙”“丙”四项工程, 《甲》《乙》三部
pub(super) fn quoted(cx: &Context) -> Vec<Miscount> {
    let text = &cx.manuscript.text;
    let closed = |claim: &&Claim| text[..claim.span.start as usize].ends_with(['”', '’', '》']);
    let mut claims = cx.claims().iter().filter(closed).peekable();
    if claims.peek().is_none() {
        return Vec::new();
    }
    let ends: HashMap<u32, &Pair> = cx.pairs().pairs.iter().map(|pair| (pair.close.end, pair)).collect();
    claims.filter_map(|claim| quoted_list(cx, claim, &ends)).collect()
}

fn quoted_list(cx: &Context, claim: &Claim, ends: &HashMap<u32, &Pair>) -> Option<Miscount> {
    let last = ends.get(&claim.span.start)?;
    let measure = cx.at(claim.measure);
    if !matches!(KINDS[last.kind].0, '“' | '‘' | '《')
        || "人名位者点条本".contains(measure)
        || names_characters(cx, claim)
    {
        return None;
    }
    let chain = chain(cx, last, ends)?;
    let span = chain.iter().map(|pair| pair.span()).reduce(Span::hull)?;
    let readings = match chain.as_slice() {
        [only] => inner_list(cx, only)?.readings,
        several => chain_readings(cx, several),
    };
    let fits = readings.contains(&claim.value) || is_open(cx.at(span));
    let miscount = Miscount {
        claim: with_noun(cx, claim),
        count: claim.value,
        list: span,
        found: readings[0],
        sure: Sure::Certain,
    };
    (!fits).then_some(miscount)
}

/// 《甲》和《乙》《丙》两部 may have named the first one for itself.
fn chain_readings(cx: &Context, chain: &[&Pair]) -> Vec<usize> {
    let mut readings = vec![chain.len()];
    for (index, two) in chain.windows(2).enumerate().take(chain.len().saturating_sub(2)) {
        let between = Span { start: two[0].close.end, end: two[1].open.start };
        if !matches!(cx.at(between), "" | "、") {
            readings.push(chain.len() - index - 1);
        }
    }
    readings
}

/// “仁、义、礼”三个字 counts characters.
fn names_characters(cx: &Context, claim: &Claim) -> bool {
    let noun = claim.noun(&cx.manuscript.text);
    ["字", "大字", "词", "关键", "月", "小时"].iter().any(|word| noun.starts_with(word))
}

/// The pairs that stand side by side and end with the last one; none if something unquoted is one of the row.
fn chain<'p>(cx: &Context, last: &'p Pair, ends: &HashMap<u32, &'p Pair>) -> Option<Vec<&'p Pair>> {
    let text = &cx.manuscript.text;
    let mut chain = vec![last];
    let mut at = last.open.start;
    loop {
        let before = &text[..at as usize];
        let joint = ["以及", "、", "和", "与", "及"].iter().find(|joint| before.ends_with(**joint));
        let end = at - joint.map_or(0, |joint| joint.len() as u32);
        match ends.get(&end).filter(|pair| pair.kind == last.kind) {
            Some(pair) => {
                chain.insert(0, pair);
                at = pair.open.start;
            }
            None if joint.is_some() || before.ends_with(['）', '》', '”']) => return None,
            None => return Some(chain),
        }
    }
}

fn inner_list(cx: &Context, pair: &Pair) -> Option<Listing> {
    let inside = cx.at(pair.inside());
    let plain =
        KINDS[pair.kind].0 != '《' && !inside.contains(['。', '，', '；', '：', '！', '？', '—']) || dashed(inside);
    let list = Listing::new(&cx.manuscript.text, pair.inside()).filter(|_| plain)?;
    (list.parts.len() > 1).then_some(list)
}

/// 部署—督办—抽查: single dashes between short words.
fn dashed(inside: &str) -> bool {
    let words: Vec<&str> = inside.split('—').collect();
    words.len() > 2 && words.iter().all(|word| (2..=8).contains(&word.chars().count()) && word.chars().all(han::is_han))
}

/// 甲课堂、乙课堂“三大课堂”
pub(super) fn shared(cx: &Context) -> Vec<Miscount> {
    let claims = cx.claims().iter();
    claims.filter_map(|claim| shared_list(cx, claim).or_else(|| led_list(cx, claim))).collect()
}

/// “四个聚焦”：聚焦……，聚焦……，聚焦……
fn led_list(cx: &Context, claim: &Claim) -> Option<Miscount> {
    let text = &cx.manuscript.text;
    let noun = claim.noun(text);
    let block = cx.manuscript.block_at(claim.span.start)?.span;
    let rest = text[claim.span.end as usize + noun.len()..block.end as usize].strip_prefix('”')?;
    let rest = ["：", "，即", "——"].iter().find_map(|mark| rest.strip_prefix(mark))?;
    let list = Span::new(block.end as usize - rest.len(), block.end as usize);
    let members = parts(text, list, &['、', '，', '；', '。']);
    let led = |span: &&Span| span.of(text).trim_start_matches('“').starts_with(noun);
    let found: Vec<Span> = members.iter().filter(led).copied().collect();
    let first = found.first() == members.first() && (2..=3).contains(&noun.chars().count());
    let wrong = found.len() > 1 && found.len() != claim.value && claim.value <= 12;
    let list = found.iter().copied().reduce(Span::hull)?;
    let found = found.len();
    (first && wrong).then(|| Miscount {
        claim: with_noun(cx, claim),
        count: claim.value,
        list,
        found,
        sure: Sure::Certain,
    })
}

fn shared_list(cx: &Context, claim: &Claim) -> Option<Miscount> {
    let text = &cx.manuscript.text;
    let before = text[..claim.span.start as usize].trim_end_matches('“');
    let sentence = cx.manuscript.sentence_at(claim.span.start);
    let span = Span { start: sentence.start, end: (before.len() as u32).max(sentence.start) };
    let noun = claim.noun(text);
    let longest = noun.chars().take(4).count();
    let head = span.of(text).trim_end_matches(['”', '》', '’']);
    let members = (2..=longest).rev().find_map(|length| {
        let class = Some(&noun[..han::forth(noun, 0, length)]).filter(|class| head.ends_with(class))?;
        let members = ending_in(cx, span, class);
        (members.len() > 1).then_some(members)
    })?;
    let found = members.len();
    let likely = claim.value != found && claim.value <= found * 2 + 1 && !followed_by_part(cx, claim);
    let list = members.iter().copied().reduce(Span::hull)?;
    likely.then(|| Miscount { claim: with_noun(cx, claim), count: claim.value, list, found, sure: Sure::Certain })
}

/// 三大课堂之一 does not say what there is.
fn followed_by_part(cx: &Context, claim: &Claim) -> bool {
    let noun = claim.noun(&cx.manuscript.text);
    noun.contains("之一") || noun.contains("以上") || noun.contains("以外")
}

/// The last members of the stretch, as far back as all end in the noun; joined ones are parted.
fn ending_in(cx: &Context, span: Span, class: &str) -> Vec<Span> {
    let text = &cx.manuscript.text;
    let parts = parts(text, span, &['、', '，']);
    let mut members = Vec::new();
    for (index, part) in parts.iter().enumerate().rev() {
        let plain = part.of(text).trim_end_matches(['”', '》', '’']);
        if !plain.ends_with(class) || members.is_empty() && part.end != span.end {
            let joined =
                parts.get(index + 1).is_some_and(|next| text[part.end as usize..next.start as usize].contains('、'));
            return if joined { Vec::new() } else { members };
        }
        let joined = plain.match_indices(class).filter(|(at, _)| is_joined(&plain[at + class.len()..])).count();
        members.extend(std::iter::repeat_n(*part, joined + 1));
    }
    members
}

fn is_joined(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['”', '》']);
    ["以及", "和", "与", "及"].iter().any(|joint| rest.starts_with(joint))
}

/// 调解员、法律明白人、网格员四支队伍
pub(super) fn apposed(cx: &Context) -> Vec<Miscount> {
    cx.claims().iter().filter_map(|claim| apposed_list(cx, claim)).collect()
}

fn apposed_list(cx: &Context, claim: &Claim) -> Option<Miscount> {
    let text = &cx.manuscript.text;
    let kind = class(cx, claim)?;
    let stretch = stretch_before(cx, claim)?;
    let words = stretch.of(text);
    let list = Listing::new(text, stretch).filter(|_| !is_open(words) && !words.contains("——"))?.or_suffix(text);
    if !is_plain_list(text, &list) || list.may_be(claim.value) {
        return None;
    }
    let found = list.count();
    let near = claim.value.abs_diff(found) <= 3 && claim.value <= 12 && !is_compound(text, &list, claim);
    let chinese = !cx.at(claim.numeral).starts_with(|c: char| c.is_ascii_digit());
    let sure = if kind == Sure::Certain && chinese && near { Sure::Certain } else { Sure::Probable };
    let near = near && (sure == Sure::Certain || list.parts.len() > 2);
    (near && (chinese || claim.value < 10)).then(|| Miscount {
        claim: with_noun(cx, claim),
        count: claim.value,
        list: stretch,
        found,
        sure,
    })
}

/// 深浅两种, 省市县三级, 鄂豫皖三省: the last part is itself what is counted. Two members joined by + are a name.
fn is_compound(text: &str, list: &Listing, claim: &Claim) -> bool {
    let last = list.parts.last().map_or("", |part| part.of(text));
    let plus = list.parts.len() == 2 && list.span.of(text).contains(['+', '＋']);
    let measure = claim.measure.of(text);
    let abbreviates = claim.value == 2 && measure != "大" || "级省市县区国地方校院局".contains(measure);
    last.chars().count() == claim.value && abbreviates || plus
}

/// The clause up to the claim, in the innermost brackets; a Han character or a closing quote must touch the claim.
fn stretch_before(cx: &Context, claim: &Claim) -> Option<Span> {
    let text = &cx.manuscript.text;
    let sentence = cx.manuscript.sentence_at(claim.span.start);
    let before = &text[sentence.start as usize..claim.span.start as usize];
    if !before.ends_with(|c| han::is_han(c) || c == '”' || c == '》') {
        return None;
    }
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in before.char_indices().rev() {
        if han::closes(c) {
            depth += 1;
        } else if depth == 0 && (han::opens(c) || han::ends_clause(c)) {
            start = at + c.len_utf8();
            break;
        } else if han::opens(c) {
            depth -= 1;
        }
    }
    Some(Span::new(sentence.start as usize + start, claim.span.start as usize))
}

/// Whether the members are names of things: short, without numbers, the last one no verb or adverb.
fn is_plain_list(text: &str, list: &Listing) -> bool {
    let Some((last, others)) = list.parts.split_last() else { return false };
    let words = |part: &Span| part.of(text);
    let numbered = list.parts.iter().any(|part| words(part).contains(numeral::belongs));
    let inner = others.iter().skip(1).chain([last]);
    let short = inner.clone().all(|part| (2..=10).contains(&words(part).chars().count()));
    let ends = "的了共计达在由从向有是为至到近约超各每等以又再已均都仅只把将被并按分成这那";
    let bound = list.parts.iter().any(|part| words(part).ends_with(|c| ends.contains(c)));
    let verb = [
        "合计", "累计", "建成", "新建", "打造", "形成", "设立", "提出", "设置", "连跨", "进入", "安排", "获得", "达到",
        "新增", "分布", "实现", "完成", "开展", "办理", "任选",
    ];
    let acts = verb.iter().any(|verb| words(last).ends_with(verb));
    !numbered && short && !bound && !acts
}

/// Nouns of classes: what a list in apposition is said to be.
const CLASSES: [&str; 70] = [
    "队伍", "平台", "环节", "领域", "部门", "阶段", "城市", "省份", "省区", "乡镇", "街道", "社区", "单位", "机关",
    "类型", "等级", "层次", "层面", "步骤", "专业", "学科", "专科", "科室", "专病", "联盟", "机制", "体系", "系统",
    "行业", "产业", "工程", "行动", "板块", "模块", "要素", "维度", "课程", "季节", "方向", "渠道", "品种", "指标",
    "关系", "重点", "主题", "栏目", "窗口", "中心", "基地", "系列", "奖项", "民族", "地区", "小组", "支部", "方式",
    "形式", "途径", "关口", "课堂", "品牌", "阵地", "清单", "问题", "方面", "任务", "目标", "原则", "特点", "功能",
];

/// What is said of levels that are listed; 二级保护 and 四级响应 are grades.
const RANKED: [&str; 14] =
    ["联动", "网络", "法院", "检察", "政府", "组织", "架构", "干部", "书记", "党组织", "调解", "治理", "服务", "站点"];

/// How surely the claim names the class of a list before it; none if it counts something else.
fn class(cx: &Context, claim: &Claim) -> Option<Sure> {
    let measure = cx.at(claim.measure);
    let noun = claim.noun(&cx.manuscript.text);
    let known = |noun: &str| CLASSES.iter().any(|class| noun.starts_with(class));
    match measure {
        "级" if known(noun) || RANKED.iter().any(|word| noun.starts_with(word)) => Some(Sure::Certain),
        "大" | "类" | "种" | "方面" | "个方面" | "大类"
            if !noun.starts_with(['以', '多', '行', '队', '学', '会', '道']) =>
        {
            Some(Sure::Certain)
        }
        "个" | "项" | "支" | "家" | "条" | "维" | "重" | "门" | "处" | "段" | "道" if known(noun) => {
            Some(Sure::Certain)
        }
        "省" | "市" | "县" | "区" | "国" | "乡" | "镇" | "村" | "院" | "校" | "局" if noun.is_empty() => {
            Some(Sure::Probable)
        }
        "个" | "项" | "家" if han_noun(noun) => Some(Sure::Probable),
        _ => None,
    }
}

fn han_noun(noun: &str) -> bool {
    noun.chars().count() >= 2 && !noun.starts_with(['月', '小', '多', '以', '的', '年', '工', '百'])
}
