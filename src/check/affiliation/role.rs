/*!
A role held at an organization of a family that does not have it: 人民法院……检察长.
*/

use super::{article_of, counterpart, families, is_known};
use crate::facts::slot::is_byline;
use crate::facts::{Context, Family, Form, Mention, Org, Post, Role};
use crate::finding::{Findings, Safety};
use crate::text::Span;

/// Heads that make a list of people out of what follows them: 院长、检察长.
const HEADS: &[&str] = &["院长", "检察长", "局长", "部长", "厅长", "主任"];
/// What stands before an organization that is visited or addressed and not served at.
const ELSEWHERE: &[&str] = &["驻", "派驻", "向", "到", "赴", "对", "与", "和", "及", "、", "同", "或", "或者"];

pub fn check(cx: &Context, findings: &mut Findings) {
    for post in cx.posts() {
        let Some(org) = post.organization.as_ref().filter(|org| accused(cx, org)) else { continue };
        let wrong = post.roles.iter().enumerate().find(|(_, role)| belongs_elsewhere(org, role));
        if let Some((_, role)) = wrong.filter(|(index, _)| adjacent(cx, post, *index)) {
            report(cx, findings, org, role);
        }
    }
}

fn accused(cx: &Context, org: &Mention<Org>) -> bool {
    let head = &cx.manuscript.text[..org.span.start as usize];
    is_known(org) && org.value.family.is_legal() && !ELSEWHERE.iter().any(|word| head.ends_with(word))
}

fn belongs_elsewhere(org: &Mention<Org>, role: &Mention<Role>) -> bool {
    !role.value.families.is_empty() && !role.value.families.contains(&org.value.family)
}

/// Whether only posts of the same person stand between: no department before the role, no head before it in the list.
fn adjacent(cx: &Context, post: &Post, index: usize) -> bool {
    let direct = is_direct(cx, post.departments[index]);
    let before = post.roles[..index].iter().all(|role| {
        let role = cx.at(role.span);
        !HEADS.contains(&role.trim_start_matches('副')) && !role.contains("代表") && !role.contains("委员")
    });
    direct && before
}

/// No department at all, or the space of a byline.
fn is_direct(cx: &Context, department: Span) -> bool {
    let block = cx.manuscript.block_at(department.start);
    department.is_empty() || cx.at(department).trim().is_empty() && block.is_some_and(|block| is_byline(cx, block))
}

fn report(cx: &Context, findings: &mut Findings, org: &Mention<Org>, role: &Mention<Role>) {
    let named = org.value.antecedent.unwrap_or(org.span);
    let right = right_role(cx.at(role.span), org.value.family);
    let mut draft = findings
        .at(org.value.ending)
        .slot("org", cx.at(org.value.ending))
        .slot("role", cx.at(role.span))
        .slot("family", families(&role.value.families))
        .slot("expected", org.value.family.chinese())
        .slot("right", right.unwrap_or_default())
        .note(role.span);
    if org.value.form == Form::Anaphor {
        draft = draft.note_saying(named, format!("“{}”指此处", cx.at(org.span)));
    }
    if let Some((span, text)) = remedy(cx, org, role) {
        draft = draft.fix(format!("改为“{text}”"), Safety::Ask, &[(span, text)]);
    }
    draft.push();
}

/// The side that the rest of the article contradicts.
fn remedy(cx: &Context, org: &Mention<Org>, role: &Mention<Role>) -> Option<(Span, &'static str)> {
    let profile = cx.profile(article_of(cx, org.span), &[org.span, role.span])?;
    let sure = profile.share >= 0.6 && profile.terms >= 4;
    let own = role.value.families.as_slice();
    if sure && own == [profile.family] && org.value.form != Form::Anaphor {
        return Some((org.value.ending, counterpart(cx.at(org.value.ending), profile.family)?));
    }
    if sure && profile.family == org.value.family {
        return Some((role.span, right_role(cx.at(role.span), profile.family)?));
    }
    None
}

/// The same rank in another family.
fn right_role(role: &str, family: Family) -> Option<&'static str> {
    Some(match (role, family) {
        ("检察长", Family::Court) => "院长",
        ("副检察长", Family::Court) => "副院长",
        ("检察官", Family::Court) => "法官",
        ("检察官助理", Family::Court) => "法官助理",
        ("法官", Family::Procuratorate) => "检察官",
        ("法官助理", Family::Procuratorate) => "检察官助理",
        _ => return None,
    })
}
