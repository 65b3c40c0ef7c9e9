/*!
Roles: offices and professions, wherever the text names them.
*/

use super::clause::{self, inside};
use super::family::Family;
use super::organization::crossed;
use super::{Context, Mention};
use crate::lexicon::table;
use crate::text::Span;

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

/// All roles of the manuscript, in order; they do not overlap.
pub fn roles(cx: &Context) -> Vec<Mention<Role>> {
    let text = cx.manuscript.text.as_str();
    let titles = clause::titles(text);
    let organizations = cx.organizations();
    let hits = table::ROLES.find_longest(text).into_iter();
    hits.filter(|(span, _)| !inside(&titles, *span) && is_role(text, *span))
        .filter(|(span, _)| {
            let next = organizations.partition_point(|org| org.span.end < span.end);
            !organizations[next..].first().is_some_and(|org| org.value.ending.contains(*span))
        })
        .map(|(span, row)| {
            let value = Role { families: Family::list(row.column(1)), office: row.column(2) == "post" };
            Mention { span, value }
        })
        .collect()
}

fn is_role(text: &str, span: Span) -> bool {
    let rest = &text[span.end as usize..];
    !FOLLOWERS.iter().any(|next| rest.starts_with(next)) && (span.len() > 12 || !crossed(text, span))
}
