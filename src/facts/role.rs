/*!
Roles: offices and professions, wherever the text names them.
*/

use super::clause::inside;
use super::family::Family;
use super::organization::crossed;
use super::{Context, Mention};
use crate::lexicon::table;
use crate::text::Span;
use crate::text::charset::CharSet;

/// A role and the families it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// The only families that have it; empty when any may.
    pub families: Vec<Family>,
    /// An office that one person holds (院长), as against one of many (法官).
    pub office: bool,
}

/// What may follow a role and makes it something else: 委员会, 法官法.
#[rustfmt::skip]
const FOLLOWERS: &[&str] = &[
    "会议", "会，", "会、", "会委", "会主", "会的", "法》", "法第", "法规定", "学院", "协会", "制度", "室", "处", "席", "期坚持",
    "期以来", "期从事",
];

/// The characters that those begin with.
static FOLLOWING: CharSet = CharSet::new("会法学协制室处席期");

/// All roles of the manuscript, in order; they do not overlap.
pub fn roles(cx: &Context) -> Vec<Mention<Role>> {
    let text = cx.manuscript.text.as_str();
    let organizations = cx.organizations();
    let named = |span: Span| {
        let next = organizations.partition_point(|org| org.span.end < span.end);
        organizations[next..].first().is_some_and(|org| org.value.ending.contains(span))
    };
    let hits = cx.finds().longest(&table::ROLES);
    hits.filter(|(span, _)| !inside(cx.titles(), *span) && !named(*span) && is_role(text, *span))
        .map(|(span, row)| {
            let [_, families, kind] = row.columns();
            Mention { span: *span, value: Role { families: Family::list(families), office: kind == "post" } }
        })
        .collect()
}

fn is_role(text: &str, span: Span) -> bool {
    let rest = &text[span.end as usize..];
    let first = rest.chars().next().is_some_and(|c| FOLLOWING.contains(c));
    !(first && FOLLOWERS.iter().any(|next| rest.starts_with(next))) && (span.len() > 12 || !crossed(text, span))
}
