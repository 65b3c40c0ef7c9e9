/*!
Posts that do not go together: one person with two offices that exclude each other, two persons in one office.

People do hold several posts (党组书记、检察长; 董事长兼总经理), get new ones and leave old ones. So only offices of one
ladder or one table of heads are set against each other, a party post against none, and any word of change in the
sentence silences.
*/

use rustc_hash::FxHashMap as HashMap;
use std::collections::BTreeMap;

use crate::facts::{Context, Form, NameKind, Post, within};
use crate::finding::Findings;
use crate::lexicon::likeness::likeness;
use crate::manuscript::{Article, ArticleId};
use crate::text::{Span, han};

/// Offices of which a unit has one; 副 makes a rung of its own.
const HEADS: &[&str] = &[
    "董事长",
    "总经理",
    "总裁",
    "院长",
    "检察长",
    "局长",
    "厅长",
    "部长",
    "主任",
    "校长",
    "所长",
    "科长",
    "处长",
    "庭长",
    "队长",
    "大队长",
    "支队长",
    "中队长",
    "护士长",
    "厂长",
    "站长",
    "县长",
    "市长",
    "区长",
    "省长",
    "镇长",
    "乡长",
    "行长",
    "台长",
    "社长",
    "主编",
    "总编辑",
    "馆长",
    "园长",
    "会长",
    "理事长",
    "秘书长",
    "总工程师",
];
/// Words of change: both may be true, one after the other or together.
const CHANGE: &[&str] = &[
    "兼", "升任", "原", "时任", "现任", "曾", "当选", "任命", "接任", "出任", "担任", "转任", "调任", "卸任", "辞去",
    "前任", "继任", "晋升", "选举", "改任", "代理", "同时", "换届", "免去", "历任", "就任", "上任", "到任", "新任",
];

/// A post that a name has at one place of the article.
pub struct Held<'m> {
    pub role: &'m str,
    pub span: Span,
    /// The characters before the role, as far as a unit reaches.
    pub unit: &'m str,
    /// The organization, or what an anaphor stands for.
    pub organization: Option<&'m str>,
    pub former: bool,
    /// No other role stands with it.
    pub alone: bool,
}

impl Held<'_> {
    /// Whether both are one post, or both the headship of one organization.
    pub fn is_same(&self, other: &Held) -> bool {
        let heads = is_head(self.role) && is_head(other.role);
        let house = match (self.organization, other.organization) {
            (Some(a), Some(b)) => a.ends_with(b) || b.ends_with(a),
            _ => false,
        };
        heads && house || self.role == other.role && (heads && !self.are_elsewhere(other) || house)
    }

    /// Whether the units are named and differ.
    fn are_elsewhere(&self, other: &Held) -> bool {
        let both = !self.unit.is_empty() && !other.unit.is_empty();
        both && shared_tail(self.unit, other.unit) < 2
    }
}

/// Whether a role is the headship of a unit.
pub fn is_head(role: &str) -> bool {
    HEADS.contains(&role)
}

/// The posts of an article by where their persons' names begin.
pub struct Posts<'p> {
    by_person: HashMap<u32, &'p Post>,
}

impl<'p> Posts<'p> {
    pub fn new(cx: &'p Context, article: &Article) -> Self {
        let posts = within(cx.posts(), article.span, |post| post.roles[0].span).iter();
        let held = posts.filter_map(|post| Some((post.person.as_ref()?.span.start, post)));
        Posts { by_person: held.collect() }
    }

    /// The posts that a name at one place has: those that the facts tell, or the office that stands right before it.
    pub fn of<'m>(&self, cx: &Context<'m>, name: Span) -> Vec<Held<'m>> {
        match self.by_person.get(&name.start) {
            Some(post) => holdings(cx, post),
            None => office_before(cx, name).into_iter().collect(),
        }
    }
}

fn holdings<'m>(cx: &Context<'m>, post: &Post) -> Vec<Held<'m>> {
    let organization = post.organization.as_ref();
    let named = organization.map(|org| cx.at(org.value.antecedent.unwrap_or(org.span)));
    let office = post.roles.iter().filter(|role| role.value.office);
    let alone = post.roles.len() == 1;
    let held = office.map(|role| {
        let role = role.span;
        Held { role: cx.at(role), span: role, unit: unit(cx, role), organization: named, former: post.former, alone }
    });
    held.collect()
}

/// The headship whose title ends where a name begins.
fn office_before<'m>(cx: &Context<'m>, name: Span) -> Option<Held<'m>> {
    let text = cx.manuscript.text.as_str();
    let head = &text[han::back(text, name.start as usize, 5)..name.start as usize];
    let title = HEADS.iter().filter(|title| head.ends_with(**title)).max_by_key(|title| title.len())?;
    let deputy = if head[..head.len() - title.len()].ends_with('副') { '副'.len_utf8() } else { 0 };
    let role = Span::new(name.start as usize - title.len() - deputy, name.start as usize);
    let before = &text[..role.start as usize];
    let former = ["原", "时任", "前"].iter().any(|word| before.ends_with(word));
    let alone = !before.ends_with(['、', '兼']);
    Some(Held { role: cx.at(role), span: role, unit: unit(cx, role), organization: None, former, alone })
}

/// The Han characters before a role inside its clause, eight at most.
fn unit<'m>(cx: &Context<'m>, role: Span) -> &'m str {
    let text = cx.manuscript.text.as_str();
    let start = han::back(text, role.start as usize, 8);
    let head = &text[start..role.start as usize];
    let from = head.char_indices().rev().find(|(_, c)| !han::is_han(*c));
    &head[from.map_or(0, |(at, c)| at + c.len_utf8())..]
}

/// The number of characters that two texts share at their ends.
fn shared_tail(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count()
}

/// One person with two posts that exclude each other; `named` asks for the same unit before both.
pub fn two_posts(cx: &Context, findings: &mut Findings, named: bool) {
    for article in 0..cx.manuscript.wholes().len() {
        for (name, held) in by_name(cx, article) {
            let Some((first, second)) = conflict(cx, &held, named) else { continue };
            findings
                .at(second.0.span.hull(second.1))
                .slot("wrong", name)
                .slot("role", second.0.role)
                .slot("other", first.0.role)
                .note(first.0.span.hull(first.1))
                .push();
        }
    }
}

type Holding<'m> = (Held<'m>, Span);

/// The posts of every person of an article, in order, with the places of the name.
fn by_name<'m>(cx: &Context<'m>, article: ArticleId) -> BTreeMap<&'m str, Vec<Holding<'m>>> {
    let names = cx.named(article);
    let posts = Posts::new(cx, &cx.manuscript.wholes()[article]);
    let mut all: BTreeMap<&str, Vec<Holding>> = BTreeMap::new();
    let windows = cx.name_windows(article).iter().filter(|window| window.differs.is_none() && names[window.form].told);
    for window in windows {
        let held = posts.of(cx, window.span).into_iter().filter(|held| held.alone);
        all.entry(names[window.form].text).or_default().extend(held.map(|held| (held, window.span)));
    }
    all
}

fn conflict<'f, 'm>(cx: &Context, held: &'f [Holding<'m>], named: bool) -> Option<(&'f Holding<'m>, &'f Holding<'m>)> {
    let first = held.first()?;
    let second = held.iter().skip(1).find(|other| exclude(&first.0, &other.0))?;
    let same = shared_tail(first.0.unit, second.0.unit) >= 2;
    let open = first.0.unit.is_empty() || second.0.unit.is_empty();
    let changes = [first, second].iter().any(|(held, _)| held.former || changes(cx, held.span));
    (!changes && if named { same } else { open && !same }).then_some((first, second))
}

/// Whether two offices of one unit cannot be one person's: different heads, or head and deputy.
fn exclude(a: &Held, b: &Held) -> bool {
    let stem = |role: &str| HEADS.contains(&role.trim_start_matches("常务").trim_start_matches('副'));
    a.role != b.role && stem(a.role) && stem(b.role)
}

fn changes(cx: &Context, span: Span) -> bool {
    let sentence = cx.at(cx.manuscript.sentence_at(span.start));
    CHANGE.iter().any(|word| sentence.contains(word))
}

/// Two persons in the one headship of an organization.
pub fn two_holders(cx: &Context, findings: &mut Findings) {
    for article in cx.manuscript.wholes().iter() {
        let mut seats: BTreeMap<(&str, &str), (Span, &str)> = BTreeMap::new();
        for post in within(cx.posts(), article.span, |post| post.roles[0].span) {
            let Some((seat, place, name)) = seat(cx, post) else { continue };
            let (first, holder) = *seats.entry(seat).or_insert((place, name));
            if holder != name && !is_one_name(holder, name) {
                findings
                    .at(place)
                    .slot("wrong", name)
                    .slot("right", holder)
                    .slot("role", seat.1)
                    .slot("other", seat.0)
                    .note(first)
                    .push();
                seats.insert(seat, (place, name));
            }
        }
    }
}

type Seat<'m> = ((&'m str, &'m str), Span, &'m str);

/// The one headship that a post names, with the place and the holder.
fn seat<'m>(cx: &Context<'m>, post: &Post) -> Option<Seat<'m>> {
    let org = post.organization.as_ref().filter(|org| org.value.form != Form::Collective)?;
    let person = post.person.as_ref().filter(|person| person.value.kind == NameKind::Han)?;
    let head = post.roles.iter().zip(&post.departments).find(|(role, _)| is_head(cx.at(role.span)));
    let role = head.filter(|(_, department)| department.is_empty())?.0;
    let house = cx.at(org.value.antecedent.unwrap_or(org.span));
    let fixed = house.chars().count() >= 4 && org.value.certain;
    let current = !post.former && !changes(cx, role.span);
    (fixed && current).then(|| ((house, cx.at(role.span)), role.span.hull(person.span), cx.at(person.span)))
}

/// Whether two names are one written two ways, which is another rule's business.
fn is_one_name(a: &str, b: &str) -> bool {
    let differing: Vec<(char, char)> = a.chars().zip(b.chars()).filter(|(a, b)| a != b).collect();
    let same = a.chars().count() == b.chars().count() && differing.len() == 1;
    same && likeness(differing[0].0, differing[0].1).is_some()
}
