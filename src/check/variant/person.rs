/*!
One person's name written two ways: 黄启宁, and further on 黄启宇.

A name is known where a role, a label or a verb shows it; from there on every window of the article that differs from it
in one character is looked at. What speaks for one person: the characters sound or look alike, one form stands once
against many, the same post, the same headship of one organization. What speaks for two, and silences: posts of their
own, a list in which both stand, a word of kinship.
*/

use std::collections::{BTreeMap, BTreeSet};

use super::how;
use super::post::{Held, Posts};
use crate::facts::Context;
use crate::facts::apart::Window;
use crate::facts::named::{Named, is_no_wording, title_before};
use crate::facts::shape::{is_common_surname, surname};
use crate::finding::Findings;
use crate::lexicon::likeness::{Likeness, likeness};
use crate::lexicon::words::words;
use crate::manuscript::Article;
use crate::text::{Span, han};

/// Words of kinship right before a name, and after two: the two may well be two.
const KIN: &[&str] = &[
    "兄", "弟", "姐", "妹", "哥", "儿子", "女儿", "父亲", "母亲", "之子", "之女", "其子", "其女", "长子", "次子",
    "丈夫", "妻子",
];
const SIBLINGS: &[&str] = &["兄弟", "姐妹", "姊妹", "兄妹", "姐弟", "父子", "父女", "母女", "夫妇", "夫妻"];
/// Words about spelling, near a name.
const SPELT: &[&str] =
    &["更名", "改名", "原名", "又名", "化名", "误写", "写成", "写作", "冒名", "别名", "曾用名", "笔名"];

/// One way of writing a name in an article.
struct Form<'m> {
    text: &'m str,
    spans: Vec<Span>,
    held: Vec<Held<'m>>,
}

impl Pair<'_> {
    /// Whether the rest of the name does not stand with ever other characters, as a word or a shorter name does.
    fn is_steady(&self) -> bool {
        self.variety <= if self.told { 3 } else { 1 }
    }
}

pub fn check(cx: &Context, findings: &mut Findings, alike: bool) {
    for (id, article) in cx.manuscript.wholes().iter().enumerate() {
        let windows = cx.name_windows(id);
        if windows.iter().all(|window| window.differs.is_none()) {
            continue;
        }
        for pair in pairs(cx, article, &cx.named(id), windows) {
            let (wrong, right) = order(&pair.known, &pair.other);
            let kind = likeness(pair.differs.0, pair.differs.1);
            let doubtful = match alike {
                true => pair.is_steady() && is_alike(wrong, right, kind, pair.place),
                false => {
                    kind.is_none()
                        && !has_own_title(cx, wrong, right)
                        && pair.told
                        && pair.variety == 1
                        && is_lone(cx, wrong, right, pair.place)
                }
            };
            if doubtful && !are_two(cx, wrong, right) {
                report(findings, wrong, right, kind);
            }
        }
    }
}

/// Whether the doubtful form has a title that the other one has nowhere.
fn has_own_title(cx: &Context, wrong: &Form, right: &Form) -> bool {
    let title = |span: &Span| title_before(&cx.manuscript.text, span.start as usize);
    let known: Vec<&str> = right.spans.iter().filter_map(title).collect();
    wrong.spans.iter().filter_map(title).any(|title| !known.contains(&title))
}

fn report(findings: &mut Findings, wrong: &Form, right: &Form, kind: Option<Likeness>) {
    findings
        .at(wrong.spans[0])
        .slot("wrong", wrong.text)
        .slot("right", right.text)
        .slot("count", right.spans.len().to_string())
        .slot("how", how(kind))
        .note(right.spans[0])
        .push();
}

/// A known name and another form of it.
struct Pair<'m> {
    known: Form<'m>,
    other: Form<'m>,
    /// The characters that differ.
    differs: (char, char),
    /// Which character differs, from 0.
    place: usize,
    /// How many windows differ from the known name in this character.
    variety: usize,
    /// Whether more than its frequency shows the known name.
    told: bool,
}

/// Another form: its places, the characters that differ, and which character differs.
type Near = (Vec<Span>, (char, char), usize);

/// The windows of an article by what they are to its names.
#[derive(Default)]
struct Windows<'m> {
    exact: BTreeMap<usize, Vec<Span>>,
    /// Other forms, by name and text.
    near: BTreeMap<(usize, &'m str), Near>,
    /// The characters that stand instead of one of a name's, words of the language included.
    varieties: BTreeMap<(usize, usize), BTreeSet<char>>,
}

fn windows<'m>(cx: &Context<'m>, windows: &[Window]) -> Windows<'m> {
    let mut sorted = Windows::default();
    for window in windows {
        let Some(differs) = window.differs else {
            sorted.exact.entry(window.form).or_default().push(window.span);
            continue;
        };
        sorted.varieties.entry((window.form, window.place)).or_default().insert(differs.1);
        if is_name(cx, window.span, window.place) {
            let found = sorted.near.entry((window.form, cx.at(window.span)));
            found.or_insert_with(|| (Vec::new(), differs, window.place)).0.push(window.span);
        }
    }
    sorted
}

/// The known names with the other forms that stand one character apart.
fn pairs<'m>(cx: &Context<'m>, article: &Article, names: &[Named<'m>], all: &[Window]) -> Vec<Pair<'m>> {
    let Windows { exact, near, varieties } = windows(cx, all);
    if near.is_empty() {
        return Vec::new();
    }
    let posts = Posts::new(cx, article);
    let form = |text: &'m str, spans: Vec<Span>| {
        let held = spans.iter().flat_map(|span| posts.of(cx, *span)).collect();
        Form { text, spans, held }
    };
    let told_once =
        |other: &str, known: &str| names.binary_search_by_key(&other, |name| name.text).is_err() || other > known;
    let mut pairs = Vec::new();
    for ((index, other), (spans, differs, place)) in near {
        let Named { text, told } = names[index];
        let Some(known) = exact.get(&index).filter(|_| told_once(other, text)) else { continue };
        let variety = varieties[&(index, place)].len();
        let (known, other) = (form(text, known.clone()), form(other, spans));
        pairs.push(Pair { known, other, differs, place, variety, told });
    }
    pairs
}

/// Whether a window that is one character off may be a name at all.
fn is_name(cx: &Context, span: Span, place: usize) -> bool {
    let text = cx.at(span);
    let short = text.chars().count() == 2;
    let known = words().get(text).is_some_and(|word| !word.tag.starts_with("nr"));
    let little = text.chars().nth(place).is_some_and(|c| "的了在是和与及等说某".contains(c));
    let follows = &cx.manuscript.text[span.end as usize..];
    let ends = follows.chars().next().is_none_or(|c| !han::is_han(c) || "说表介称在和与告指".contains(c));
    let free = !short || place == 1 && ends && surname(text).is_some() && words().get(text).is_none();
    free && !known && !little && !is_needed(cx, span, place)
}

/// Whether the character that differs belongs to a word that goes beyond the window.
fn is_needed(cx: &Context, span: Span, place: usize) -> bool {
    let text = cx.manuscript.text.as_str();
    let block = cx.manuscript.block_at(span.start).map_or(span, |block| block.span);
    let start = han::back(text, span.start as usize, 4).max(block.start as usize);
    let end = han::forth(text, span.end as usize, 4).min(block.end as usize).max(span.end as usize);
    let at = han::forth(text, span.start as usize, place) - start;
    let inside = span.start as usize - start..span.end as usize - start;
    let crossing = words().crossing(&text[start..end], inside);
    crossing.iter().any(|word| word.contains(&at))
}

/// Whether the last character of a span begins a word that goes on: 蔡奇出 in 蔡奇出席.
fn runs_on(cx: &Context, span: Span) -> bool {
    let text = cx.manuscript.text.as_str();
    let window = &text[span.start as usize..han::forth(text, span.end as usize, 3)];
    words().cut(window).iter().any(|word| word.start < span.len() && word.end > span.len())
}

/// The form to doubt first: the rarer, or else the later.
fn order<'f, 'm>(a: &'f Form<'m>, b: &'f Form<'m>) -> (&'f Form<'m>, &'f Form<'m>) {
    let key = |form: &Form| (form.spans.len(), std::cmp::Reverse(form.spans[0]));
    if key(a) <= key(b) { (a, b) } else { (b, a) }
}

/// Whether two forms whose characters are alike are one person's.
fn is_alike(wrong: &Form, right: &Form, kind: Option<Likeness>, place: usize) -> bool {
    let Some(kind) = kind else { return false };
    let lone = wrong.spans.len() == 1 && right.spans.len() >= 2 || wrong.spans.len() * 3 <= right.spans.len();
    let few = wrong.spans.len() <= 2;
    let short = wrong.text.chars().count() == 2;
    let free = wrong.held.is_empty() || right.held.is_empty();
    let same = same_post(wrong, right);
    match kind {
        Likeness::Near => (lone || same) && few && !short,
        _ if short => same || lone && free && place > 0,
        _ => same || few && free || lone,
    }
}

/// Whether one form stands alone against many, and nothing shows that it is another person's.
fn is_lone(cx: &Context, wrong: &Form, right: &Form, place: usize) -> bool {
    let shared = |held: &Held| right.held.iter().any(|other| other.role == held.role);
    let long = wrong.text.chars().count() >= 3;
    let (first, given) = wrong.text.split_at(surname(right.text).unwrap_or(0));
    let own = place > 0 || is_common_surname(first) && !words().has(given);
    let whole = right.spans.iter().chain(&wrong.spans).all(|span| !runs_on(cx, *span));
    long && own
        && whole
        && is_no_wording(right.text)
        && wrong.spans.len() == 1
        && right.spans.len() >= 2
        && wrong.held.iter().all(shared)
}

/// Whether both hold one post, or both head one organization.
fn same_post(a: &Form, b: &Form) -> bool {
    a.held.iter().any(|left| b.held.iter().any(|right| left.is_same(right)))
}

/// Whether the article itself shows two people: both in one list, a word of kinship, posts of their own.
fn are_two(cx: &Context, wrong: &Form, right: &Form) -> bool {
    let deputy = |role: &str| role.contains('副');
    let one = |a: &str, b: &str| (a.ends_with(b) || b.ends_with(a)) && deputy(a) == deputy(b);
    let shared = wrong.held.iter().any(|held| right.held.iter().any(|other| one(other.role, held.role)));
    let both = !wrong.held.is_empty() && !right.held.is_empty();
    let apart = both && !shared && !same_post(wrong, right);
    let text = cx.manuscript.text.as_str();
    let kin = wrong.spans.iter().take(3).any(|span| {
        let (before, after) = sides(text, *span);
        let kin = KIN.iter().any(|word| before.ends_with(word));
        let siblings = SIBLINGS.iter().any(|word| after.starts_with(word));
        kin || siblings || SPELT.iter().any(|word| before.contains(word))
    });
    kin || apart || are_listed(cx, wrong, right)
}

/// The four characters before a name that stand in its clause, and the two after it.
fn sides(text: &str, span: Span) -> (&str, &str) {
    let (start, end) = (span.start as usize, span.end as usize);
    let before = &text[han::back(text, start, 4)..start];
    let clause = before.rfind(|c: char| han::ends_clause(c) || han::closes(c));
    let before = clause.map_or(before, |at| &before[at..]);
    (before, &text[end..han::forth(text, end, 2)])
}

/// Whether a list holds both: 王建国、王建军, or a line of names.
fn are_listed(cx: &Context, a: &Form, b: &Form) -> bool {
    let near = |left: &Span, right: &Span| {
        let gap = Span { start: left.end.min(right.end), end: left.start.max(right.start) };
        let text = if gap.start <= gap.end { cx.at(gap) } else { "" };
        let joined = text.is_empty() || text.contains(['、', ' ', '\u{3000}', '和', '与', '跟', '同', '及']);
        text.chars().count() <= 14 && joined && !text.contains(han::ends_clause)
    };
    a.spans.iter().take(8).any(|left| {
        let next = b.spans.partition_point(|right| right.start < left.start);
        b.spans[next.saturating_sub(1)..].iter().take(2).any(|right| near(left, right))
    })
}
