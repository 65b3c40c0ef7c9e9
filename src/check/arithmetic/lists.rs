/*!
Lists of numbers that count the same: 民事412件、刑事386件和行政295件.

Here is what may be added: the members of one list, each with its label, and whether the list says that it is complete.
*/

use std::cell::OnceCell;

use super::Figure;
use crate::facts::Context;
use crate::facts::number::{Bound, Kind, Standing, Unit, Value};
use crate::text::Span;

/// A member of a list.
#[derive(Clone, Copy)]
pub struct Member<'c> {
    pub figure: &'c Figure,
    pub unit: Option<Unit>,
    /// What it is of: the words before it, or else the noun after it.
    pub label: &'c str,
    /// The noun after it.
    pub noun: &'c str,
}

/// The numbers of a sentence with the units that they take from the next one (12、15和18件) and the depth of brackets.
pub struct Line<'c> {
    pub span: Span,
    pub text: &'c str,
    pub figures: &'c [Figure],
    units: OnceCell<Vec<Option<Unit>>>,
    depths: OnceCell<Vec<i32>>,
}

impl<'c> Line<'c> {
    pub fn new(context: &Context<'c>, span: Span, figures: &'c [Figure]) -> Self {
        let (units, depths) = (OnceCell::new(), OnceCell::new());
        Line { span, text: context.manuscript.text.as_str(), figures, units, depths }
    }

    pub fn units(&self) -> &[Option<Unit>] {
        self.units.get_or_init(|| units(self.text, self.figures))
    }

    pub fn depths(&self) -> &[i32] {
        self.depths.get_or_init(|| depths(self.text, self.span, self.figures))
    }

    /// The text between two figures.
    pub fn between(&self, first: usize, second: usize) -> &'c str {
        &self.text[self.figures[first].span.end as usize..self.figures[second].span.start as usize]
    }

    /// The text of the sentence before a figure, from the figure before it on.
    pub fn before(&self, index: usize) -> &'c str {
        let from = index.checked_sub(1).map_or(self.span.start, |last| self.figures[last].span.end);
        &self.text[from as usize..self.figures[index].span.start as usize]
    }

    /// The text of the sentence after a figure, up to the next one.
    pub fn after(&self, index: usize) -> &'c str {
        let to = self.figures.get(index + 1).map_or(self.span.end, |next| next.span.start);
        &self.text[self.figures[index].span.end as usize..to as usize]
    }

    /// Whether a figure counts in a unit.
    pub fn counts(&self, index: usize, unit: Option<Unit>) -> bool {
        let figure = &self.figures[index].value;
        let same = match (self.units()[index], unit) {
            (Some(own), Some(unit)) => own.adds_to(unit),
            (None, None) => true,
            _ => false,
        };
        same && matches!(figure.kind, Kind::Count | Kind::Range(_))
    }

    pub fn member(&self, index: usize) -> Member<'c> {
        let figure = &self.figures[index];
        let noun = figure.value.tail.of(self.text);
        let noun = noun.split(|c: char| !crate::text::han::is_han(c)).next().unwrap_or("");
        let noun =
            if ["及", "和", "与", "或", "以及"].iter().any(|joint| noun.starts_with(joint)) { "" } else { noun };
        let label = label(figure.value.lead.of(self.text));
        Member { figure, unit: self.units()[index], label, noun }
    }
}

fn units(text: &str, figures: &[Figure]) -> Vec<Option<Unit>> {
    let mut units: Vec<Option<Unit>> = figures.iter().map(|figure| figure.value.unit).collect();
    for index in (1..figures.len()).rev() {
        let (last, next) = (&figures[index - 1], &figures[index]);
        let between = &text[last.span.end as usize..next.span.start as usize];
        let bare = last.value.kind == Kind::Count && next.value.kind == Kind::Count && units[index - 1].is_none();
        let joined = bare && matches!(between, "、" | "和" | "与" | "，" | "及");
        if joined && last.value.scale(text) == next.value.scale(text) {
            units[index - 1] = units[index];
        }
    }
    units
}

fn depths(text: &str, span: Span, figures: &[Figure]) -> Vec<i32> {
    let mut depth = 0;
    let mut at = span.start as usize;
    let mut depths = Vec::with_capacity(figures.len());
    for figure in figures {
        for c in text[at..figure.span.start as usize].chars() {
            depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
        }
        at = figure.span.start as usize;
        depths.push(depth);
    }
    depths
}

/// The words before a number that say what it is, without the words that hold the sentence together.
fn label(lead: &str) -> &str {
    const HEADS: &[&str] = &[
        "其中",
        "包括",
        "分别为",
        "分别是",
        "分别有",
        "分别",
        "有",
        "为",
        "：",
        "含",
        "和",
        "以及",
        "及",
        "与",
        "或",
        "即",
    ];
    const TAILS: &[&str] =
        &["占比为", "占比达", "占比", "比重为", "比例为", "占", "为", "有", "达", "是", "各", "了", "约", "共"];
    let mut label = lead.trim();
    while let Some(rest) = HEADS.iter().find_map(|head| label.strip_prefix(head)) {
        label = rest;
    }
    while let Some(rest) = TAILS.iter().find_map(|tail| label.strip_suffix(tail)) {
        label = rest;
    }
    label.trim()
}

/// The exact sum of members, in the unit of their dimension.
pub fn total(members: &[Member]) -> Option<Value> {
    members.iter().try_fold(Value::default(), |sum, member| sum.plus(worth(member)?))
}

/// The worth of a member with the unit that it takes from its list.
pub fn worth(member: &Member) -> Option<Value> {
    member.unit.map_or(Some(member.figure.value.value), |unit| member.figure.value.value.times(unit.factor))
}

/// How far rounding may have moved the sum and its stated total apart.
pub fn slack(members: &[Member], total: &Member) -> Option<Value> {
    let mut sum = Value::default();
    for member in members.iter().chain([total]) {
        if super::band::is_rounded(member.figure) && member.figure.value.value.exponent != 0 {
            sum = sum.plus(worth(member)?.step())?;
        }
    }
    Some(Value::new(sum.top * 5, sum.exponent - 1))
}

/// Whether two values lie no further apart than the slack.
pub fn agree(a: Value, b: Value, slack: Value) -> bool {
    a.minus(b).is_some_and(|difference| !difference.abs().exceeds(slack))
}

/// Whether any stretch of at least `least` neighbouring members adds up to the total.
pub fn some_stretch_agrees(members: &[Member], stated: Value, slack: Value, least: usize) -> bool {
    (0..members.len()).any(|from| {
        let mut sum = Some(Value::default());
        members[from..].iter().enumerate().any(|(index, member)| {
            sum = sum.and_then(|sum| sum.plus(worth(member)?));
            index + 1 >= least && sum.is_some_and(|sum| agree(sum, stated, slack))
        })
    })
}

/// Whether the members can be added at all: exact, and no ends of changes.
pub fn is_addend(figure: &Figure) -> bool {
    figure.value.bound == Bound::Exact
        && figure.value.kind == Kind::Count
        && matches!(figure.value.standing, Standing::Plain | Standing::Part | Standing::Total)
}

/// Pairs of labels that part a whole between them.
#[rustfmt::skip]
const PAIRS: &[(&str, &str)] = &[
    ("男", "女"), ("城镇", "农村"), ("城镇", "乡村"), ("进口", "出口"), ("上半年", "下半年"), ("夏粮", "秋粮"),
    ("国内", "国外"), ("境内", "境外"), ("省内", "省外"), ("线上", "线下"), ("合格", "不合格"), ("死亡", "受伤"),
    ("医生", "护士"), ("医师", "护士"), ("公办", "民办"), ("中央", "地方"), ("新建", "改建"), ("室内", "室外"),
];

/// Whether two members part a whole between them.
pub fn is_pair(first: &Member, second: &Member) -> bool {
    let has = |member: &Member, word: &str| member.label.contains(word) || member.noun.starts_with(word);
    PAIRS.iter().any(|(a, b)| has(first, a) && has(second, b) || has(first, b) && has(second, a))
}

/// Whether the labels cannot exclude each other: 女性, 党员 and 本科以上 are the same people.
pub fn may_overlap(members: &[Member]) -> bool {
    #[rustfmt::skip]
    const TRAITS: &[&str] = &[
        "女", "党员", "少数民族", "本科", "硕士", "博士", "以上", "职称", "退休", "新增", "重点", "骨干", "优秀", "先进",
        "残疾", "贫困", "困难", "当年", "首次", "本地", "外地", "青年", "专职", "兼职", "留守", "连续", "再", "其中",
        "平均", "最高", "最大", "最长", "办结", "结案", "审结", "同比",
    ];
    let aged = |member: &Member| member.label.starts_with("以上") || member.label.starts_with("以下");
    let holds = |member: &Member, word: &str| member.label.contains(word) || member.noun.contains(word);
    let traits = |member: &&Member| !aged(member) && TRAITS.iter().any(|word| holds(member, word));
    let some = members.iter().filter(traits).count();
    some > 0 && some < members.len() || members.iter().any(|member| !aged(member) && member.label.contains("以上"))
}

/// Whether all labels, or all nouns, end alike: 婚姻家庭类, 民间借贷类.
pub fn are_alike(members: &[Member]) -> bool {
    let alike = |ends: Vec<Option<char>>| ends[0].is_some() && ends.iter().all(|end| *end == ends[0]);
    let labels = members.iter().map(|member| member.label.chars().next_back()).collect();
    let nouns = members.iter().map(|member| member.noun.chars().next_back()).collect();
    members.len() > 1 && (alike(labels) || alike(nouns))
}
