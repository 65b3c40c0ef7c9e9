/*!
People by name and the number of them: 张三、李四、王五3人.

With 等 the number may be larger than the names, never smaller.
*/

use super::{Miscount, Sure};
use crate::facts::Context;
use crate::facts::series::Claim;
use crate::facts::series::listing::{count_joints, parts};
use crate::facts::shape::surname;
use crate::lexicon::words::words;
use crate::text::{Span, han};

pub(super) fn find(cx: &Context) -> Vec<Miscount> {
    let people = |claim: &&Claim| match cx.at(claim.measure) {
        "人" | "位" => true,
        "名" => !claim.noun(&cx.manuscript.text).starts_with('下'),
        _ => false,
    };
    let claims = || cx.claims().iter().filter(people);
    let before = claims().filter_map(|claim| named(cx, claim));
    before.chain(claims().filter_map(|claim| told(cx, claim))).collect()
}

/// 一行5人：组长张三，成员李四、王五。
fn told(cx: &Context, claim: &Claim) -> Option<Miscount> {
    let text = &cx.manuscript.text;
    let noun = claim.noun(text);
    let rest = text[claim.span.end as usize + noun.len()..].strip_prefix('：')?;
    let start = claim.span.end as usize + noun.len() + '：'.len_utf8();
    let end = start + rest.find(['。', '；', '\n', '：', '（', '！', '？'])?;
    let list = Span::new(start, end);
    let members = parts(text, list, &['、', '，']);
    let closed = list.of(text).ends_with(['等', '人'])
        || ["其中", "以及", "和", "与", "及"].iter().any(|word| list.of(text).contains(word));
    let all = members.len() > 1 && members.iter().all(|part| is_labelled_name(part.of(text)));
    let wrong = noun.chars().count() <= 6 && !closed && all && claim.value != members.len();
    wrong.then_some(Miscount { claim: claim.span, count: claim.value, list, found: members.len(), sure: Sure::Certain })
}

/// A name, or one behind what the person is: 组长张三.
fn is_labelled_name(text: &str) -> bool {
    const LABELS: [&str; 12] =
        ["组长", "队长", "团长", "成员", "组员", "队员", "领队", "主任", "副主任", "秘书", "委员", "教练"];
    let label = LABELS.iter().filter_map(|label| text.find(label).map(|at| at + label.len())).max().unwrap_or(0);
    is_name(text[label..].trim_start_matches(['：', ' ']))
}

fn named(cx: &Context, claim: &Claim) -> Option<Miscount> {
    let text = &cx.manuscript.text;
    let sentence = cx.manuscript.sentence_at(claim.span.start);
    let before = &text[sentence.start as usize..claim.span.start as usize];
    let open = before.ends_with('等');
    let before = before.trim_end_matches('等');
    let start = before
        .rfind(|c| han::ends_clause(c) || han::opens(c) || c == '”')
        .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
    let list = Span::new(sentence.start as usize + start, sentence.start as usize + before.len());
    let members = members(text, list);
    if members.first().is_some_and(|first| count_joints(first.of(text)) > 0) {
        return None;
    }
    let (first, others) = members.split_first()?;
    let all = !others.is_empty() && others.iter().all(|name| is_name(name.of(text))) && ends_in_name(first.of(text));
    let wrong = if open { claim.value < members.len() } else { claim.value != members.len() };
    (all && wrong).then(|| Miscount {
        claim: claim.span,
        count: claim.value,
        list: others.iter().copied().fold(*first, Span::hull),
        found: members.len(),
        sure: Sure::Certain,
    })
}

/// The names of a list; the last two may be joined by 和.
fn members(text: &str, list: Span) -> Vec<Span> {
    let mut members = parts(text, list, &['、']);
    let Some(last) = members.last().copied() else { return members };
    let words = last.of(text);
    let joint = ["以及", "和", "与", "及"]
        .iter()
        .find_map(|joint| words.find(joint).filter(|at| *at >= 6).map(|at| (at, joint)));
    if let Some((at, joint)) = joint {
        members.pop();
        let middle = last.start as usize + at;
        members.push(Span::new(last.start as usize, middle));
        members.push(Span::new(middle + joint.len(), last.end as usize));
    }
    members
}

fn is_name(text: &str) -> bool {
    let length = text.chars().count();
    let plain = (2..=3).contains(&length) && text.chars().all(han::is_han) && !text.ends_with(ENDINGS);
    plain
        && surname(text).is_some()
        && words().get(text).is_none_or(|word| word.frequency < 50 || word.tag.starts_with("nr"))
}

/// Characters with which a place or a body ends, and a name hardly.
const ENDINGS: [char; 22] = [
    '村', '县', '市', '镇', '乡', '区', '省', '庄', '州', '局', '院', '部', '族', '科', '组', '队', '厂', '校', '所',
    '员', '的', '等',
];

/// Whether the last characters can be a name: 村民张三.
fn ends_in_name(text: &str) -> bool {
    (2..=3).any(|length| {
        let at = han::back(text, text.len(), length);
        is_name(&text[at..])
    })
}
