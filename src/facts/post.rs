/*!
Posts: who holds what where, told by adjacency alone.

[organization][department][role]、[role] [name]. A post begins at an organization or, without one, at a role; it goes on
over 、 and 兼 as long as roles follow. An organization inside the list begins a post of its own.
*/

use super::clause::skip_space;
use super::organization::Org;
use super::person::Name;
use super::role::Role;
use super::{Context, Form, Mention};
use crate::text::{Span, han};

/// Who holds what where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub organization: Option<Mention<Org>>,
    /// In order; never empty.
    pub roles: Vec<Mention<Role>>,
    /// For every role, the department between it and what stands before it; empty where they touch.
    pub departments: Vec<Span>,
    pub person: Option<Mention<Name>>,
    /// 原, 时任, 前: no longer held.
    pub former: bool,
}

const BREAKS: &str = "的和与及由向对在被将把从到为给经报请听取任命选举担任当选出任";

/// All posts of the manuscript, in order.
pub fn posts(cx: &Context) -> Vec<Post> {
    let mut found = Vec::new();
    let mut free = 0;
    let mut organizations = cx.organizations().iter().peekable();
    for role in cx.roles() {
        if role.span.start < free {
            continue;
        }
        let mut owner = None;
        while let Some(org) = organizations.next_if(|org| org.span.start < role.span.start) {
            owner = Some(org);
        }
        let post = read(cx, owner, role);
        free = post.roles.last().map_or(free, |last| last.span.end);
        found.push(post);
    }
    found
}

fn read(cx: &Context, owner: Option<&Mention<Org>>, role: &Mention<Role>) -> Post {
    let owner = owner.filter(|org| holds(cx, org, role));
    let start = owner.map_or(role.span.start, |org| org.span.start);
    let department = owner.map_or(Span::point(role.span.start as usize), |org| between(org.span, role.span));
    let former =
        is_former(cx, start as usize) || cx.at(department).contains('原') || cx.at(department).contains("时任");
    let mut post = Post {
        organization: owner.cloned(),
        roles: vec![role.clone()],
        departments: vec![department],
        person: None,
        former,
    };
    while let Some((next, department)) = following(cx, &post) {
        post.roles.push(next);
        post.departments.push(department);
    }
    let end = post.roles.last().map_or(0, |last| last.span.end);
    let at = skip_space(&cx.manuscript.text, end as usize, cx.manuscript.text.len());
    let people = cx.people();
    let index = people.partition_point(|name| (name.span.start as usize) < at);
    post.person = people.get(index).filter(|name| name.span.start as usize == at).cloned();
    post
}

fn between(before: Span, after: Span) -> Span {
    Span::new(before.end.min(after.start) as usize, after.start as usize)
}

/// Whether the role follows the organization closely enough to be held there.
fn holds(cx: &Context, org: &Mention<Org>, role: &Mention<Role>) -> bool {
    let gap = cx.at(between(org.span, role.span));
    org.value.form != Form::Collective && (gap.trim().is_empty() || role.value.office && is_department(gap))
}

fn is_department(gap: &str) -> bool {
    let gap = gap.trim();
    gap.chars().count() <= 8 && gap.chars().all(|c| han::is_han(c) && !BREAKS.contains(c))
}

/// The next role of the list, with its department.
fn following(cx: &Context, post: &Post) -> Option<(Mention<Role>, Span)> {
    let last = post.roles.last()?;
    let text = cx.manuscript.text.as_str();
    let rest = &text[last.span.end as usize..];
    let link = ["、", "兼任", "兼", "（", "(", ""].into_iter().find(|link| rest.starts_with(link))?;
    let at = last.span.end + link.len() as u32;
    let roles = cx.roles();
    let next = roles.get(roles.partition_point(|role| role.span.start < at))?;
    let gap = Span { start: at, end: next.span.start };
    let organizations = cx.organizations();
    let own = organizations.get(organizations.partition_point(|org| org.span.end <= at));
    let clear = own.is_none_or(|org| org.span.start >= next.span.end);
    let touching = if link.is_empty() { gap.is_empty() } else { is_department(cx.at(gap)) };
    (touching && clear).then(|| (next.clone(), gap))
}

fn is_former(cx: &Context, start: usize) -> bool {
    let head = &cx.manuscript.text[..start];
    ["原", "时任", "前", "历任", "曾任"].iter().any(|word| head.ends_with(word))
}
