/*!
Claims: a number with its measure that says how many members a list has (四支队伍, 三个方面, 3个专病联盟).

A claim is a cardinal. 第三检察部, 上三级, 十几个, 三四个 and 2.5 are none.
*/

use super::numeral;
use crate::facts::cue::Cues;
use crate::manuscript::Manuscript;
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// A number with its measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Numeral and measure.
    pub span: Span,
    pub numeral: Span,
    pub value: usize,
    /// The measure: 支 in 四支队伍.
    pub measure: Span,
}

/// Measures of members, longer ones first.
const MEASURES: [&str; 60] = [
    "个方面",
    "方面",
    "大类",
    "个",
    "大",
    "项",
    "类",
    "种",
    "级",
    "支",
    "条",
    "点",
    "步",
    "维",
    "段",
    "阶",
    "层",
    "重",
    "件",
    "张",
    "座",
    "名",
    "位",
    "家",
    "所",
    "处",
    "轮",
    "批",
    "道",
    "门",
    "场",
    "部",
    "篇",
    "款",
    "本",
    "组",
    "块",
    "环",
    "链",
    "型",
    "库",
    "网",
    "线",
    "区",
    "县",
    "市",
    "省",
    "村",
    "镇",
    "乡",
    "国",
    "院",
    "校",
    "局",
    "方",
    "者",
    "人",
    "化",
    "套",
    "力",
];

/// The characters with which a measure begins.
static HEADS: CharSet = CharSet::new(
    "个方大项类种级支条点步维段阶层重件张座名位家所处轮批道门场部篇款本组块环链型库网线区县市省村镇乡国院校局者人化套力",
);

/// Nouns after 个 that make an amount: 三个月; and words that make the number a limit.
const TIMES: [&str; 14] = [
    "月",
    "小时",
    "工作日",
    "季度",
    "交易日",
    "百分点",
    "多月",
    "半月",
    "学期",
    "以上",
    "以下",
    "以内",
    "点位",
    "星期",
];

/// What may not stand before a numeral that counts.
static BEFORE: CharSet = CharSet::new("第数几多上前后每近约超逾余达.．/-－~～年月周初高同图表式");

/// The claims of a manuscript, in reading order.
pub fn find(manuscript: &Manuscript, cues: &Cues) -> Vec<Claim> {
    let text = &manuscript.text;
    let mut claims = Vec::new();
    let mut end = 0;
    for at in cues.figures.iter().map(|at| *at as usize) {
        if at < end {
            continue;
        }
        let first = han::after(text, at).map_or(0, char::len_utf8);
        let length = numeral::length(&text[at..]).max(first);
        end = at + length;
        if han::after(text, end).is_some_and(|c| HEADS.contains(c)) {
            claims.extend(read(text, at, length));
        }
    }
    claims
}

fn read(text: &str, at: usize, length: usize) -> Option<Claim> {
    let words = &text[at..at + length];
    let value = if words == "双" { 2 } else { numeral::value(words)? };
    if !(2..=40).contains(&value) || han::before(text, at).is_some_and(|c| BEFORE.contains(c)) {
        return None;
    }
    let listed = text[..at].strip_suffix('、').is_some_and(|before| before.ends_with(numeral::belongs));
    let after = &text[at + length..];
    let grade = words == "二" && after.starts_with(['类', '级', '等', '层', '部', '院']);
    if listed || grade {
        return None;
    }
    let measure = MEASURES.iter().find(|measure| after.starts_with(**measure))?;
    let noun = &after[measure.len()..];
    if TIMES.iter().any(|word| noun.starts_with(word)) || noun.starts_with(numeral::belongs) {
        return None;
    }
    let measure = Span::new(at + length, at + length + measure.len());
    let span = Span::new(at, measure.end as usize);
    Some(Claim { span, numeral: Span::new(at, at + length), value: value as usize, measure })
}

impl Claim {
    /// The Han characters after the claim, up to the next mark: 队伍 in 四支队伍，.
    pub fn noun<'t>(&self, text: &'t str) -> &'t str {
        let rest = &text[self.span.end as usize..];
        let end = rest.find(|c: char| !han::is_han(c)).unwrap_or(rest.len());
        &rest[..end]
    }
}
