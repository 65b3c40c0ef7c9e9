/*!
Layer 4: what was understood.

Typed mentions and relations over one manuscript, each computed when a check first asks for it, so that nothing is
declared and nothing forgotten. Facts say what stands there; whether it is wrong is for the checks.
*/

use std::any::{Any, TypeId};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::lexicon::table::Finds;
use crate::manuscript::{Article, ArticleId, Manuscript};
use crate::scan::Hits;
use crate::text::Span;

pub mod alignment;
pub mod apart;
pub mod clause;
pub mod cue;
pub mod date;
mod describe;
pub mod division;
pub mod echo;
pub mod family;
pub mod formula;
pub mod named;
pub mod number;
pub mod organization;
pub mod person;
mod place;
pub mod post;
pub mod profile;
pub mod quotation;
pub mod role;
pub mod series;
pub mod shape;
pub mod slip;
pub mod slot;

#[cfg(test)]
mod tests;

pub use describe::describe;
pub use family::Family;
pub use number::Number;
pub use organization::{Form, Org};
pub use person::{Name, NameKind};
pub use post::Post;
pub use profile::{Profile, Term};
pub use role::Role;
pub use slot::{Slot, SlotKind};

/// Something that the text names, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention<T> {
    pub span: Span,
    pub value: T,
}

/// Characters of a sentence that are near a place in it.
const NEAR: usize = 150;

/// What a check works on: one manuscript, the literals found in it, and its facts.
pub struct Context<'m> {
    pub manuscript: &'m Manuscript,
    pub hits: &'m Hits,
    facts: Facts,
}

#[derive(Default)]
struct Facts {
    finds: OnceCell<Finds>,
    titles: OnceCell<Vec<Span>>,
    named: OnceCell<Vec<Vec<named::Spelling>>>,
    windows: OnceCell<Vec<Vec<apart::Window>>>,
    echoes: OnceCell<echo::Echoes>,
    organizations: OnceCell<Vec<Mention<Org>>>,
    roles: OnceCell<Vec<Mention<Role>>>,
    people: OnceCell<Vec<Mention<Name>>>,
    slots: OnceCell<Vec<Slot>>,
    posts: OnceCell<Vec<Post>>,
    terms: OnceCell<Vec<Term>>,
    pairs: OnceCell<quotation::Pairs>,
    numbers: OnceCell<Vec<Mention<Number>>>,
    slips: OnceCell<Vec<slip::Slip>>,
    members: OnceCell<Vec<series::Members>>,
    signs: OnceCell<date::Signs>,
    dates: OnceCell<date::Dates>,
    chains: OnceCell<Vec<division::Chain>>,
    series: OnceCell<Vec<series::Series>>,
    claims: OnceCell<Vec<series::Claim>>,
    cues: OnceCell<cue::Cues>,
    kept: RefCell<Vec<Kept>>,
}

/// What one mechanism keeps for its other rules: its type, which of several, and the thing.
type Kept = (TypeId, u8, Rc<dyn Any>);

impl<'m> Context<'m> {
    pub fn new(manuscript: &'m Manuscript, hits: &'m Hits) -> Self {
        Context { manuscript, hits, facts: Facts::default() }
    }

    /// The text of a span.
    pub fn at(&self, span: Span) -> &'m str {
        self.manuscript.at(span)
    }

    /// The sentence round a span, cut to what stands near it, so that a sentence without end costs nothing.
    pub fn near(&self, span: Span) -> Span {
        let (text, sentence) = (self.manuscript.text.as_str(), self.manuscript.sentence_at(span.start));
        // No walk where so few bytes are left that there cannot be more characters.
        let far = |from: u32, to: u32| to.saturating_sub(from) > NEAR as u32;
        let back = || crate::text::han::back(text, span.start as usize, NEAR) as u32;
        let forth = || crate::text::han::forth(text, span.end as usize, NEAR) as u32;
        let start = if far(sentence.start, span.start) { sentence.start.max(back()) } else { sentence.start };
        let end = if far(span.end, sentence.end) { sentence.end.min(forth()) } else { sentence.end };
        Span { start, end: end.max(span.end) }
    }

    /// What stands in the reading text of the tables of the lexicon.
    pub fn finds(&self) -> &Finds {
        self.facts.finds.get_or_init(|| Finds::new(&self.manuscript.text))
    }

    /// The titles of works, marks included, in order.
    pub fn titles(&self) -> &[Span] {
        self.facts.titles.get_or_init(|| clause::titles(&self.manuscript.text))
    }

    /// The organizations, in order.
    pub fn organizations(&self) -> &[Mention<Org>] {
        self.facts.organizations.get_or_init(|| organization::organizations(self))
    }

    /// The offices and professions, in order.
    pub fn roles(&self) -> &[Mention<Role>] {
        self.facts.roles.get_or_init(|| role::roles(self))
    }

    /// The names of people, in order.
    pub fn people(&self) -> &[Mention<Name>] {
        self.facts.people.get_or_init(|| person::people(self))
    }

    /// The different names of a whole (see [`Manuscript::wholes`]), as they are spelt, in order.
    pub fn named(&self, article: ArticleId) -> Vec<named::Named<'m>> {
        let all = || self.manuscript.wholes().iter().map(|article| named::spellings(self, article)).collect();
        let named = &self.facts.named.get_or_init(all)[article];
        named.iter().map(|&named::Spelling { span, told }| named::Named { text: self.at(span), told }).collect()
    }

    /// Where the names of a whole stand in it as they are spelt or with one other character, by the index of the name.
    pub fn name_windows(&self, article: ArticleId) -> &[apart::Window] {
        let windows = |(id, article): (ArticleId, &Article)| {
            let names = self.named(id);
            apart::Apart::new(names.iter().map(|name| name.text)).find(&self.manuscript.text, article.span)
        };
        let all = || self.manuscript.wholes().iter().enumerate().map(windows).collect();
        &self.facts.windows.get_or_init(all)[article]
    }

    /// The runs of three characters whose outer ones stand together elsewhere.
    pub fn echoes(&self) -> &echo::Echoes {
        self.facts.echoes.get_or_init(|| echo::echoes(self))
    }

    /// The places at which only a name can stand, in order.
    pub fn name_slots(&self) -> &[Slot] {
        self.facts.slots.get_or_init(|| slot::slots(self))
    }

    /// Who holds what where, in order.
    pub fn posts(&self) -> &[Post] {
        self.facts.posts.get_or_init(|| post::posts(self))
    }

    /// The words that show what an article is about, in order.
    pub fn terms(&self) -> &[Term] {
        self.facts.terms.get_or_init(|| profile::terms(self))
    }

    /// What an article is about, without the spans that are accused; none when it has no such words.
    pub fn profile(&self, article: ArticleId, without: &[Span]) -> Option<Profile> {
        profile::profile(self, article, without)
    }

    /// The paired marks.
    pub fn pairs(&self) -> &quotation::Pairs {
        self.facts.pairs.get_or_init(|| quotation::find(self.manuscript, self.cues()))
    }

    /// The numbers, in order; dates, ordinals and codes among them.
    pub fn numbers(&self) -> &[Mention<Number>] {
        self.facts.numbers.get_or_init(|| number::find(self.manuscript))
    }

    /// The lists inside clauses.
    pub fn members(&self) -> &[series::Members] {
        self.facts.members.get_or_init(|| series::find(self.manuscript))
    }

    /// The chains of divisions: province, city, county.
    pub fn chains(&self) -> &[division::Chain] {
        self.facts.chains.get_or_init(|| division::chains(self))
    }

    /// Where digits and the signs of time stand.
    pub fn signs(&self) -> &date::Signs {
        self.facts.signs.get_or_init(|| date::sign::find(&self.manuscript.text))
    }

    /// What the text says of time.
    pub fn dates(&self) -> &date::Dates {
        self.facts.dates.get_or_init(|| date::dates(self))
    }

    /// The series with ordinals.
    pub fn series(&self) -> &[series::Series] {
        self.facts.series.get_or_init(|| series::flow::find(self.manuscript, self.cues()))
    }

    /// The numbers with a measure that may say how many members a list has, in order.
    pub fn claims(&self) -> &[series::Claim] {
        self.facts.claims.get_or_init(|| series::claim::find(self.manuscript, self.cues()))
    }

    /// The marks and figures of the text.
    pub fn cues(&self) -> &cue::Cues {
        self.facts.cues.get_or_init(|| cue::find(&self.manuscript.text))
    }

    /// What a check finds in the manuscript, kept for the next rule that asks the same: a type of the check's own, and a key
    /// that parts what it keeps.
    pub fn kept<T: 'static>(&self, key: u8, make: impl FnOnce() -> T) -> Rc<T> {
        let named = |one: &&(TypeId, u8, Rc<dyn Any>)| one.0 == TypeId::of::<T>() && one.1 == key;
        let known = self.facts.kept.borrow().iter().find(named).map(|(_, _, kept)| Rc::clone(kept));
        if let Some(known) = known.and_then(|kept| kept.downcast().ok()) {
            return known;
        }
        let made = Rc::new(make());
        self.facts.kept.borrow_mut().push((TypeId::of::<T>(), key, made.clone()));
        made
    }

    /// Fixed formulas that fail in one place.
    pub fn slips(&self) -> &[slip::Slip] {
        self.facts.slips.get_or_init(|| formula::find(self.manuscript))
    }
}

/// The part of an ordered list whose places lie in a span.
pub fn within<T>(list: &[T], span: Span, place: impl Fn(&T) -> Span) -> &[T] {
    let start = list.partition_point(|item| place(item).start < span.start);
    let end = list.partition_point(|item| place(item).start < span.end);
    &list[start..end.max(start)]
}
