/*!
A name below a known parent that no division has, one character away from one that lies there: 伊金霍格旗.
*/

use std::collections::BTreeSet;

use super::{is_past, is_quoted};
use crate::facts::Context;
use crate::facts::division::{Chain, Division, ENDINGS, below, named};
use crate::finding::{Findings, Safety};
use crate::lexicon::{table, words::words};
use crate::text::{Span, han};

/// The most characters of a name.
const LONGEST: usize = 14;
/// What is called after a city and is no division.
const ZONES: &[&str] = &[
    "新区",
    "开发",
    "高新",
    "经开",
    "工业",
    "园区",
    "示范",
    "管理区",
    "林区",
    "景区",
    "城区",
    "社区",
    "小区",
    "地区",
    "市区",
    "辖区",
    "郊区",
    "老区",
    "片区",
    "校区",
    "灾区",
    "山区",
    "港区",
    "库区",
    "战区",
    "全市",
    "全县",
    "本市",
    "各县",
    "各市",
    "各区",
    "我市",
    "我县",
    "该市",
    "该县",
];

pub fn check(cx: &Context, findings: &mut Findings) {
    for chain in cx.chains() {
        let Some((span, near)) = unknown(cx, chain) else { continue };
        let Some(last) = chain.links.last() else { continue };
        if is_past(cx, span, 2005) || is_quoted(cx, span) {
            continue;
        }
        let mut draft = findings
            .at(span)
            .slot("name", cx.at(last.span))
            .slot("wrong", cx.at(span))
            .slot("right", near.join("”或“"))
            .note(last.span);
        if let [right] = near[..] {
            draft = draft.fix(format!("改为“{right}”"), Safety::Ask, &[(span, right)]);
        }
        draft.push();
    }
}

/// The unknown name right after a chain, and the one or two divisions that it nearly names.
fn unknown(cx: &Context, chain: &Chain) -> Option<(Span, Vec<&'static str>)> {
    let last = chain.links.last()?;
    let text = cx.manuscript.text.as_str();
    let start = last.span.end as usize;
    let name = candidate(&text[start..])?;
    let former = table::FORMER_PLACES.get(name).is_some();
    let known = !named(name).is_empty() || former || words().has(name);
    if known || is_phrase(text, start, name) || ZONES.iter().any(|zone| name.contains(zone)) {
        return None;
    }
    let children = last.meanings.iter().flat_map(|meaning| below(meaning));
    if children.clone().any(|division| is_short(name, division)) {
        return None;
    }
    let near = children.map(|division: &Division| division.name).filter(|right| is_near(name, right));
    let near: BTreeSet<&'static str> = near.collect();
    let span = Span::new(start, start + name.len());
    (1..=2).contains(&near.len()).then(|| (span, near.into_iter().collect()))
}

/// Whether what looks like a name is words: 的城市, 和祁县, 荣誉市民, 东某区.
fn is_phrase(text: &str, start: usize, name: &str) -> bool {
    let joined = name
        .starts_with(['和', '与', '及', '到', '至', '在', '从', '往', '赴', '等', '或', '同', '的', '各', '全', '该']);
    let end = start + name.len();
    let window = &text[start..han::forth(text, end, 2)];
    joined
        || name.contains('某')
        || words().cut(window).iter().any(|word| word.start < name.len() && word.end > name.len())
}

/// Whether a division's full name begins with the name's stem: 寻甸县 for 寻甸回族彝族自治县.
fn is_short(name: &str, division: &Division) -> bool {
    let stem = &name[..name.len() - name.chars().next_back().map_or(0, char::len_utf8)];
    division.name.starts_with(stem) && division.name.len() > name.len()
}

/// What stands up to the first ending of a division's name, three characters at least.
fn candidate(text: &str) -> Option<&str> {
    let mut characters = text.char_indices().take(LONGEST).take_while(|(_, c)| han::is_han(*c)).enumerate();
    let end =
        characters.find(|(index, (_, c))| *index >= 2 && ENDINGS.contains(c)).map(|(_, (at, c))| at + c.len_utf8());
    end.map(|end| &text[..end])
}

/// One character put for another, two changed places, or in a long name one lost or added; the ending is the same.
fn is_near(name: &str, right: &str) -> bool {
    let (name, right): (Vec<char>, Vec<char>) = (name.chars().collect(), right.chars().collect());
    if name.last() != right.last() || right.len() < 3 {
        return false;
    }
    let differing: Vec<usize> = if name.len() == right.len() {
        (0..name.len()).filter(|at| name[*at] != right[*at]).collect()
    } else {
        return right.len() >= 5 && lost_one(&name, &right);
    };
    match differing[..] {
        [_] => true,
        [first, second] => second == first + 1 && name[first] == right[second] && name[second] == right[first],
        _ => false,
    }
}

fn lost_one(name: &[char], right: &[char]) -> bool {
    let (short, long) = if name.len() < right.len() { (name, right) } else { (right, name) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    long.len() == short.len() + 1 && short[same..] == long[same + 1..]
}
