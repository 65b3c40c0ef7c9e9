/*!
Organizations: names with their places, collective terms, and the 该院 that stands for one.

A name is recognized by its ending, from the lexicon, and read backwards. Names inside 《》 belong to a law or a book and
are not mentions; a street that is called after a court is no court.
*/

use super::clause::inside;
use super::family::Family;
use super::place::{LEVEL, Places, Stem};
use super::{Context, Mention, within};
use crate::lexicon::{table, words::words};
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// How an organization is referred to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The name as on the seal.
    Full,
    /// The usual abbreviation.
    Short,
    /// A kind of body and not one: 检察机关.
    Collective,
    /// 该院, 我局, 本公司.
    Anaphor,
}

/// An organization, as it is named at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Org {
    pub family: Family,
    pub form: Form,
    /// The ending that tells the family: 人民法院 in 繁昌区人民法院.
    pub ending: Span,
    /// The innermost place of the name.
    pub place: Option<Span>,
    /// Titles of the head, separated by 、.
    pub chief: &'static str,
    /// What an anaphor stands for: the span of the name.
    pub antecedent: Option<Span>,
    /// For an anaphor: no organization of another family could be meant. Else true.
    pub certain: bool,
}

/// What may follow an ending and makes it something else: a street, a newspaper.
const FOLLOWERS: &[&str] =
    &["路", "街", "巷", "村", "桥", "报", "大街", "站台", "学院", "学会", "协会", "大学", "法（", "组织法", "家属院"];

/// A place where a row of the endings stands.
#[derive(Clone, Copy)]
struct Ending {
    span: Span,
    family: &'static str,
    chief: &'static str,
    form: &'static str,
}

/// The characters that those begin with.
static FOLLOWING: CharSet = CharSet::new("路街巷村桥报大站学协法组家");

/// All organizations of the manuscript, in order; they do not overlap.
pub fn organizations(cx: &Context) -> Vec<Mention<Org>> {
    let text = cx.manuscript.text.as_str();
    let places = Places::new(cx.finds());
    let mut found = Vec::new();
    for ending in endings(cx) {
        if !inside(cx.titles(), ending.span) && !is_other(text, ending.span) {
            found.extend(name(cx, &places, ending));
        }
    }
    let free = |span: &Span| {
        let next = found.partition_point(|org: &Mention<Org>| org.span.end <= span.start);
        found.get(next).is_none_or(|org| !org.span.overlaps(*span))
    };
    // 该院 and its like.
    let pointers = cx.finds().of(&table::CUES).iter().filter(|(_, row)| row.column(1) == "pointer").map(|hit| hit.0);
    let pointers: Vec<Span> = pointers.filter(free).filter(|span| !crossed(text, *span)).collect();
    resolve(cx, &mut found, pointers);
    found
}

/// The endings, longest first from left to right; generic ones only where no other stands.
fn endings(cx: &Context) -> Vec<Ending> {
    let all = cx.finds().of(&table::INSTITUTIONS).iter().map(|(span, row)| {
        let [_, family, _, chief, form] = row.columns();
        Ending { span: *span, family, chief, form }
    });
    let (mut generic, mut named): (Vec<Ending>, Vec<Ending>) = all.partition(|ending| ending.form == "generic");
    keep_longest(&mut named);
    generic.retain(|ending| {
        let next = named.partition_point(|other| other.span.end <= ending.span.start);
        named.get(next).is_none_or(|other| other.span.start >= ending.span.end)
    });
    keep_longest(&mut generic);
    named.extend(generic);
    named.sort_by_key(|ending| ending.span.start);
    named
}

/// Of endings that overlap, in the order in which they begin and end, keeps the longest from left to right.
fn keep_longest(endings: &mut Vec<Ending>) {
    endings.dedup_by(|next, last| {
        let longer = next.span.start == last.span.start;
        if longer {
            *last = *next;
        }
        longer || next.span.start < last.span.end
    });
}

/// Whether what follows an ending makes it something else.
fn is_other(text: &str, ending: Span) -> bool {
    let rest = &text[ending.end as usize..];
    let first = rest.chars().next().is_some_and(|c| FOLLOWING.contains(c));
    first && FOLLOWERS.iter().any(|next| rest.starts_with(next))
}

/// Whether an ending stands for itself and is no part of other words.
fn is_whole(text: &str, ending: Ending) -> bool {
    ending.span.len() > 12 || ending.form == "collective" || !crossed(text, ending.span)
}

/// Whether a dictionary word crosses an edge of the span. A longer word that ends with it (县公安局) does not, nor a title
/// that shares its last character (公安局长).
pub(super) fn crossed(text: &str, span: Span) -> bool {
    let (start, end) = (han::back(text, span.start as usize, 4), han::forth(text, span.end as usize, 4));
    let start = text[start..span.start as usize].rfind('\n').map_or(start, |at| start + at + 1);
    let end = text[span.end as usize..end].find('\n').map_or(end, |at| span.end as usize + at);
    let shared = text[span.end as usize..end].starts_with('长');
    let end = if shared { span.end as usize } else { end };
    words().crosses_apart(&text[start..end], span.start as usize - start..span.end as usize - start)
}

fn name(cx: &Context, places: &Places, ending: Ending) -> Option<Mention<Org>> {
    let text = cx.manuscript.text.as_str();
    let Ending { span: ending_span, family, chief, form } = ending;
    let floor = cx.manuscript.block_at(ending_span.start)?.span.start as usize;
    let family = Family::named(family).unwrap_or(Family::Other);
    let form = match form {
        "full" => Form::Full,
        "collective" => Form::Collective,
        _ => Form::Short,
    };
    let named = form == Form::Full && !family.is_legal();
    let stem = places.stem(text, floor, level_end(text, ending_span), named);
    let stem = Stem { start: stem.start.min(ending_span.start as usize), ..stem };
    let short = ending_span.len() <= 3;
    if short && stem.place.is_none() || !is_whole(text, ending) {
        return None;
    }
    let span = Span::new(stem.start, ending_span.end as usize);
    let bare = named && stem.start == ending_span.start as usize && ending_span.len() <= 6;
    let form = if bare { Form::Collective } else { form };
    Some(Mention {
        span,
        value: Org { family, form, ending: ending_span, place: stem.place, chief, antecedent: None, certain: true },
    })
}

/// Where the place ends: after the level that an ending begins with (县 in 县人民政府), else before the ending.
fn level_end(text: &str, ending: Span) -> usize {
    let first = text[ending.range()].chars().next().filter(|c| LEVEL.contains(*c));
    let whole = first.map_or(0, char::len_utf8);
    ending.start as usize + if whole < ending.len() { whole } else { 0 }
}

/// Gives every pointer the nearest earlier name of its article that its head fits.
fn resolve(cx: &Context, found: &mut Vec<Mention<Org>>, pointers: Vec<Span>) {
    let anaphors: Vec<Mention<Org>> = pointers.into_iter().filter_map(|span| antecedent(cx, found, span)).collect();
    found.extend(anaphors);
    found.sort_by_key(|org| org.span);
}

/// Names at the head of an article, and names before a pointer, that it may stand for.
const FAR: usize = 200;

/// 该 points at what was named last, 我 and 本 at the author: a name of a title or byline, or nobody for certain.
fn antecedent(cx: &Context, named: &[Mention<Org>], span: Span) -> Option<Mention<Org>> {
    let article = cx.manuscript.article_at(span.start)?.span;
    let pointer = cx.at(span);
    let head = pointer.trim_start_matches(['该', '我', '本']);
    let fits = |org: &&Mention<Org>| {
        org.span.end <= span.start && org.value.form != Form::Collective && cx.at(org.value.ending).ends_with(head)
    };
    let named = within(named, Span { end: span.start, ..article }, |org| org.span);
    // An article has its author at its head; of ten thousand names, those near the pointer are meant.
    let (first, rest) = named.split_at(named.len().min(FAR));
    let near = &rest[rest.len().saturating_sub(FAR)..];
    let earlier: Vec<&Mention<Org>> = first.iter().chain(near).filter(fits).collect();
    let own: Vec<&Mention<Org>> = earlier.iter().copied().filter(|org| stands_apart(cx, org)).collect();
    let candidates = if pointer.starts_with('该') || own.is_empty() { &earlier } else { &own };
    let nearest = candidates.last()?;
    let agree = candidates.iter().all(|org| org.value.family == nearest.value.family);
    let certain = agree && (pointer.starts_with('该') || !own.is_empty());
    let value =
        Org { form: Form::Anaphor, ending: span, antecedent: Some(nearest.span), certain, ..nearest.value.clone() };
    Some(Mention { span, value })
}

/// Whether a name stands in a title or byline: a short block without a mark.
fn stands_apart(cx: &Context, org: &Mention<Org>) -> bool {
    let Some(block) = cx.manuscript.block_at(org.span.start) else { return false };
    let text = cx.at(block.span);
    text.chars().count() <= 45 && !text.contains(han::ends_clause)
}
