/*!
An act of office by an organization that may not do it: 法院……批准逮捕.

The organization must be the subject, or marked as the doer by 由, 被 or 经: the first of its clause, nothing between it
and the act but adverbs and the object that 对, 将, 以 or 向 brings, no organization that may do the act in the clause.
*/

use super::families;
use crate::facts::clause::{clause_of, inside};
use crate::facts::{Context, Family, Mention, Org};
use crate::finding::Findings;
use crate::lexicon::table;
use crate::text::{Span, han};

/// What may stand between the clause's start and the organization.
const OPENERS: &[&str] = &[
    "由", "被", "经", "同日", "当日", "近日", "日前", "随后", "此后", "昨日", "今日", "最终", "去年", "今年", "该案",
    "此案", "本案", "案件",
];
/// What may stand between the organization and the act.
const ADVERBS: &[&str] = &[
    "依法",
    "近日",
    "日前",
    "当庭",
    "随后",
    "决定",
    "遂",
    "正式",
    "公开",
    "集中",
    "统一",
    "已",
    "还",
    "又",
    "再次",
    "同时",
    "分别",
    "及时",
    "当场",
    "果断",
    "迅速",
    "直接",
    "先后",
    "一审",
    "二审",
    "今日",
    "昨日",
    "今天",
    "昨天",
    "最终",
    "并",
    "当天",
    "即",
    "便",
    "于",
    "予以",
    "以上述理由",
    "据此",
    "审理后",
    "审查后",
    "侦查后",
    "经审理",
    "经审查",
    "经侦查",
    "经调查",
    "调查后",
    "研究后",
    "立案后",
];
/// Words of the object that show another subject or another time.
const OBJECTIONS: &[&str] = &[
    "提出",
    "申请",
    "不服",
    "移送",
    "提请",
    "报请",
    "认为",
    "建议",
    "要求",
    "商请",
    "收到",
    "接到",
    "不得",
    "无权",
    "不能",
    "没有",
    "是否",
    "能否",
    "未",
    "应",
    "可",
    "需",
    "如",
    "若",
    "配合",
    "协助",
    "监督",
    "支持",
    "参加",
    "旁听",
    "后",
    "前",
    "时",
    "等待",
    "请求",
    "提供",
    "邀请",
    "听取",
    "依据",
    "根据",
    "法官",
    "检察官",
    "被告",
    "原告",
    "上诉人",
    "们",
];

pub fn check(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    for &(act, row) in cx.finds().longest(&table::ACTIONS) {
        let Some(block) = cx.manuscript.block_at(act.start) else { continue };
        if !has_doer(cx, Span { end: act.start, ..block.span }) {
            continue;
        }
        let allowed = Family::list(row.column(1));
        if allowed.is_empty() || inside(cx.titles(), act) || !is_done(&text[act.end as usize..]) {
            continue;
        }
        let clause = clause_of(text, block.span, act);
        let doer = subject(cx, clause, act, &allowed)
            .or_else(|| earlier_subject(cx, block.span, clause, act))
            .or_else(|| carried_subject(cx, block.span, clause, act));
        if let Some(org) = doer.filter(|org| !allowed.contains(&org.value.family)) {
            report(cx, findings, org, act, &allowed);
        }
    }
}

/// Whether an organization that may be accused is named in what stands before an act.
fn has_doer(cx: &Context, before: Span) -> bool {
    within(cx, before).any(is_accused)
}

/// Whether what follows leaves the act a predicate: not 的案件, not a noun made of it.
fn is_done(rest: &str) -> bool {
    let nominal = [
        "的", "案件", "决定", "后", "前", "时", "之", "权", "条件", "标准", "程序", "阶段", "工作", "意见", "书",
        "期限", "期间", "环节", "率", "人数", "制度", "或", "、", "和", "”", "与", "等", "及",
    ];
    !nominal.iter().any(|word| rest.starts_with(word))
}

/// The organization before the act in its clause, when it is certainly the subject.
fn subject<'c>(cx: &'c Context, clause: Span, act: Span, allowed: &[Family]) -> Option<&'c Mention<Org>> {
    let mut inside = within(cx, clause);
    let org = inside.next()?;
    let alone = inside.all(|other| {
        let between = &cx.manuscript.text[org.span.end as usize..other.span.start.max(org.span.end) as usize];
        let addressed = !allowed.contains(&other.value.family) && between.contains(['向', '对', '将']);
        (other.value.family == org.value.family || addressed) && other.span.end <= act.start
    });
    let fits = org.span.end <= act.start && is_accused(org) && alone;
    let middle = fits.then(|| Span::new(org.span.end as usize, act.start as usize))?;
    let before = Span::new(clause.start as usize, org.span.start as usize);
    let (before, middle) = (cx.at(before), cx.at(middle));
    let doer = before.ends_with(['由', '被', '经']) && skip_adverbs(middle).is_empty();
    (doer || opens(before) && leads_to(middle)).then_some(org)
}

/// The subject of the clause before, when that holds nothing else (某院经审理，) and this one begins with the act.
fn earlier_subject<'c>(cx: &'c Context, block: Span, clause: Span, act: Span) -> Option<&'c Mention<Org>> {
    let text = cx.manuscript.text.as_str();
    let comma = text[block.start as usize..clause.start as usize].strip_suffix('，')?;
    let bare = skip_adverbs(&text[clause.start as usize..act.start as usize]).is_empty();
    let point = Span::point(block.start as usize + comma.len());
    let earlier = clause_of(text, block, point);
    let org = within(cx, earlier).next().filter(|org| bare && is_accused(org))?;
    let rest = &text[org.span.end as usize..point.end as usize];
    let before = Span::new(earlier.start as usize, org.span.start as usize);
    let alone = within(cx, clause).next().is_none() && !rest.is_empty() && skip_adverbs(rest).is_empty();
    (alone && opens(cx.at(before))).then_some(org)
}

/// The subject with which the sentence began, when the clause of the act goes on with 并, 还 or an adverb and nothing in
/// between brings another doer.
fn carried_subject<'c>(cx: &'c Context, block: Span, clause: Span, act: Span) -> Option<&'c Mention<Org>> {
    let text = cx.manuscript.text.as_str();
    let head = &text[clause.start as usize..act.start as usize];
    let goes_on = skip_adverbs(head).len() < head.len() && leads_to(head) && within(cx, clause).next().is_none();
    let mut start = Some(clause.start as usize).filter(|_| goes_on)?;
    for _ in 0..CARRIED {
        let comma = text[block.start as usize..start].strip_suffix('，')?;
        let earlier = clause_of(text, block, Span::point(block.start as usize + comma.len()));
        if HANDED_OVER.iter().any(|word| cx.at(earlier).contains(word)) {
            return None;
        }
        let mut organizations = within(cx, earlier);
        if let Some(org) = organizations.next() {
            let before = Span::new(earlier.start as usize, org.span.start as usize);
            let alone = organizations.all(|other| !other.value.family.is_legal());
            return Some(org).filter(|org| is_accused(org) && alone && opens(cx.at(before)));
        }
        start = earlier.start as usize;
    }
    None
}

/// Clauses between a subject and an act that still belongs to it, at the most.
const CARRIED: usize = 4;
/// Words after which somebody else may act.
const HANDED_OVER: &[&str] =
    &["移送", "提请", "报请", "申请", "起诉", "建议", "配合", "由", "被", "经", "联合", "会同", "：", "“", "请"];

fn is_accused(org: &Mention<Org>) -> bool {
    org.value.family.is_legal() && org.value.certain
}

fn within<'c>(cx: &'c Context, clause: Span) -> impl Iterator<Item = &'c Mention<Org>> {
    let organizations = cx.organizations();
    let first = organizations.partition_point(|org| org.span.start < clause.start);
    organizations[first..].iter().take_while(move |org| org.span.start < clause.end)
}

/// Whether the clause begins with the organization but for a time or 由.
fn opens(before: &str) -> bool {
    let mut rest = before.trim();
    while let Some(opener) = OPENERS.iter().find(|opener| rest.ends_with(**opener)) {
        rest = rest[..rest.len() - opener.len()].trim_end();
    }
    rest.is_empty() || is_time(rest)
}

fn is_time(text: &str) -> bool {
    text.ends_with(['日', '月', '年', '时'])
        && text.chars().all(|c| c.is_ascii_digit() || "年月日时上下午零〇一二三四五六七八九十".contains(c))
}

/// Whether adverbs and at most one object lead from the organization to the act.
fn leads_to(middle: &str) -> bool {
    let rest = skip_adverbs(middle);
    if rest.is_empty() {
        return true;
    }
    let object = ["对", "将", "以", "把", "向"].into_iter().find_map(|word| rest.strip_prefix(word));
    object.is_some_and(|object| {
        let short = (1..=24).contains(&object.chars().count());
        let plain = object.chars().all(|c| han::is_han(c) || c.is_alphanumeric() || "“”、×".contains(c));
        short && plain && !OBJECTIONS.iter().any(|word| object.contains(word))
    })
}

fn skip_adverbs(text: &str) -> &str {
    let mut rest = text;
    while let Some(adverb) =
        ADVERBS.iter().filter(|adverb| rest.starts_with(**adverb)).max_by_key(|adverb| adverb.len())
    {
        rest = &rest[adverb.len()..];
    }
    rest
}

fn report(cx: &Context, findings: &mut Findings, org: &Mention<Org>, act: Span, allowed: &[Family]) {
    findings
        .at(org.value.ending)
        .slot("org", cx.at(org.value.ending))
        .slot("action", cx.at(act))
        .slot("family", families(&allowed[..allowed.len().min(2)]))
        .note(act)
        .push();
}
