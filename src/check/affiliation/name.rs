/*!
The article's own name, of the wrong family: a procuratorate's article that says 我县人民法院深刻领会.

The accused mention is the subject of what only an author says of itself. Against it stands the byline, with the same
place and another family (or an office that only another family has), or the words of the whole article. An article
about a court may rightly name its procuratorate: without the evidence it stays silent.
*/

use super::{Evidence, article_of, counterpart};
use crate::facts::profile::share;
use crate::facts::slot::is_byline;
use crate::facts::{Context, Family, Form, Mention, Org, within};
use crate::finding::{Findings, Safety};
use crate::text::{Span, han};

/// What an author says of its own institution.
const SELF: &[&str] = &[
    "深刻领会",
    "深刻认识",
    "高度重视",
    "充分发挥",
    "认真落实",
    "严格落实",
    "认真贯彻",
    "深入贯彻",
    "坚决贯彻",
    "全面贯彻",
    "全面落实",
    "牢固树立",
    "坚持以",
    "始终坚持",
    "坚持把",
    "深入学习",
    "认真学习",
    "紧紧围绕",
    "立足",
    "锚定",
    "聚焦",
    "扎实推进",
    "持续深化",
    "切实增强",
    "主动融入",
    "积极践行",
    "忠实履行",
    "以习近平",
];

pub fn check(cx: &Context, findings: &mut Findings, evidence: Evidence) {
    for org in cx.organizations().iter().filter(|org| is_self(cx, org)) {
        let byline = byline(cx, org);
        let claim = byline.and_then(|byline| contradiction(cx, org, byline));
        match (claim, evidence) {
            (Some((place, family)), Evidence::Byline) => report(cx, findings, org, family, Some(place)),
            (None, Evidence::Place) if byline.is_none() => {
                if let Some(sister) = sister(cx, org) {
                    report(cx, findings, org, sister.value.family, Some(sister.value.ending));
                }
            }
            (None, Evidence::Profile) if byline.is_some() || sister(cx, org).is_none() => {
                if let Some(family) = by_words(cx, org, byline) {
                    report(cx, findings, org, family, None);
                }
            }
            _ => {}
        }
    }
}

/// Whether the organization opens a sentence or clause and does what an author says of itself.
fn is_self(cx: &Context, org: &Mention<Org>) -> bool {
    let text = cx.manuscript.text.as_str();
    let named = matches!(org.value.form, Form::Full | Form::Short) && org.value.place.is_some();
    let opens = han::before(text, org.span.start as usize).is_none_or(|c| han::ends_clause(c) || c.is_whitespace());
    let rest = &text[org.span.end as usize..];
    let own = matches!(org.value.family, Family::Court | Family::Procuratorate | Family::Police | Family::Justice);
    named && own && opens && SELF.iter().any(|act| rest.starts_with(act))
}

/// The organization of the nearest byline above, in the same article.
fn byline<'c>(cx: &'c Context, org: &Mention<Org>) -> Option<&'c Mention<Org>> {
    let article = cx.manuscript.article_at(org.span.start)?;
    let above = cx.manuscript.blocks_of(article).iter().take_while(|block| block.span.end < org.span.start);
    let block = above.filter(|block| is_byline(cx, block)).last()?;
    within(cx.organizations(), block.span, |org| org.span).first()
}

/// What the byline says the family is, and where: by an exclusive role, or by the name of the same place.
fn contradiction(cx: &Context, org: &Mention<Org>, byline: &Mention<Org>) -> Option<(Span, Family)> {
    let (place, family) = held(cx, byline).unwrap_or((byline.value.ending, byline.value.family));
    let article = article_of(cx, org.span);
    let without = [org.span, byline.span];
    let same = same_place(cx, org, byline);
    let other = family != org.value.family && family.is_legal();
    let agrees = share(cx, article, family, &without) > share(cx, article, org.value.family, &without);
    (same && other && agrees).then_some((place, family))
}

/// The family that alone has a role of the byline's post.
fn held(cx: &Context, byline: &Mention<Org>) -> Option<(Span, Family)> {
    let posts = within(cx.posts(), cx.manuscript.block_at(byline.span.start)?.span, |post| post.roles[0].span);
    let post = posts.iter().find(|post| post.organization.as_ref().is_some_and(|org| org.span == byline.span))?;
    post.roles.iter().find_map(|role| match role.value.families.as_slice() {
        [family] => Some((role.span, *family)),
        _ => None,
    })
}

/// An institution of the same place and another family that the article is about, when the accused name stands once.
fn sister<'c>(cx: &'c Context, org: &Mention<Org>) -> Option<&'c Mention<Org>> {
    let article = article_of(cx, org.span);
    let all = within(cx.organizations(), cx.manuscript.articles[article].span, |other| other.span);
    let here = |other: &&Mention<Org>| same_place(cx, org, other);
    let named = |other: &&Mention<Org>| matches!(other.value.form, Form::Full | Form::Short);
    let family = org.value.family;
    let same = |other: &&Mention<Org>| other.value.family == family;
    let lone = all.iter().filter(here).filter(named).filter(same).count() == 1;
    let accused: Vec<Span> = all.iter().filter(here).filter(same).map(|other| other.span).collect();
    let known = |other: &&Mention<Org>| other.span.end <= org.span.start && other.value.family != family;
    let sister = all.iter().filter(here).filter(named).find(known).filter(|_| lone)?;
    let profile = cx.profile(article, &accused)?;
    let about = profile.family == sister.value.family && profile.share >= 0.6 && profile.terms >= 4;
    let silent = share(cx, article, family, &accused) <= 0.3;
    let fits = counterpart(cx.at(org.value.ending), sister.value.family).is_some();
    (about && silent && fits).then_some(sister)
}

fn same_place(cx: &Context, a: &Mention<Org>, b: &Mention<Org>) -> bool {
    match (a.value.place, b.value.place) {
        (Some(a), Some(b)) => cx.at(a) == cx.at(b),
        _ => false,
    }
}

/// The family that the article's words show beyond doubt.
fn by_words(cx: &Context, org: &Mention<Org>, byline: Option<&Mention<Org>>) -> Option<Family> {
    if byline.is_some_and(|byline| byline.value.family != org.value.family) {
        return None;
    }
    let name = cx.at(org.value.ending);
    let without: Vec<Span> = cx
        .organizations()
        .iter()
        .filter(|other| cx.at(other.value.ending) == name && same_place(cx, org, other))
        .map(|other| other.span)
        .collect();
    let article = article_of(cx, org.span);
    let profile = cx.profile(article, &without)?;
    let other = profile.family != org.value.family && counterpart(name, profile.family).is_some();
    let sure = profile.share >= 0.75 && profile.terms >= 10 && share(cx, article, org.value.family, &without) <= 0.05;
    (other && sure).then_some(profile.family)
}

fn report(cx: &Context, findings: &mut Findings, org: &Mention<Org>, family: Family, place: Option<Span>) {
    let ending = cx.at(org.value.ending);
    let right = counterpart(ending, family);
    let mut draft = findings
        .at(org.value.ending)
        .slot("org", ending)
        .slot("family", family.chinese())
        .slot("expected", family.chinese())
        .slot("right", right.unwrap_or(family.chinese()));
    if let Some(place) = place {
        draft = draft.note(place);
    }
    if let Some(right) = right {
        draft = draft.fix(format!("改为“{right}”"), Safety::Ask, &[(org.value.ending, right)]);
    }
    draft.push();
}
