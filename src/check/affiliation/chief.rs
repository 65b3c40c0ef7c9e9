/*!
A head whose title the ending of the organization does not have: 卫生健康局主任, 检察院院长.
*/

use crate::facts::{Context, Form, Mention, Org, Post, Role};
use crate::finding::{Findings, Safety};
use crate::text::{Span, han};

use super::is_known;

/// By the last character of the ending: the titles that only heads of other endings have.
const OTHER_HEADS: &[(&str, &[&str])] = &[
    ("检察院", &["院长", "副院长"]),
    ("法院", &["局长", "副局长", "主任", "副主任", "部长", "厅长"]),
    ("局", &["主任", "副主任", "厅长", "副厅长", "部长", "副部长", "院长"]),
    ("厅", &["局长", "副局长", "部长", "副部长", "院长"]),
    ("委员会", &["局长", "副局长", "厅长", "副厅长", "部长", "院长"]),
    ("委", &["局长", "副局长", "厅长", "副厅长", "部长", "院长"]),
    ("派出所", &["主任", "局长", "站长", "院长"]),
    ("医院", &["局长", "副局长", "厅长", "校长", "副校长", "检察长"]),
    ("中学", &["院长", "局长", "所长", "副院长", "厅长"]),
    ("小学", &["院长", "局长", "所长", "副院长", "厅长"]),
    ("公司", &["局长", "副局长", "厅长", "校长", "院长", "检察长"]),
    ("司法所", &["局长", "站长", "院长"]),
    ("街道办事处", &["局长", "镇长", "乡长", "所长"]),
    ("省人民政府", &["市长", "县长", "区长", "主任", "局长"]),
    ("市人民政府", &["省长", "县长", "主任", "局长"]),
    ("区人民政府", &["省长", "市长", "副市长", "县长", "副县长", "镇长", "局长"]),
    ("县人民政府", &["省长", "市长", "副市长", "区长", "镇长", "主任", "局长"]),
    ("镇人民政府", &["市长", "县长", "区长", "乡长", "主任", "局长"]),
    ("乡人民政府", &["市长", "县长", "区长", "镇长", "主任", "局长"]),
];

pub fn check(cx: &Context, findings: &mut Findings) {
    for post in cx.posts() {
        let Some(org) = post.organization.as_ref().filter(|org| is_plain(cx, org)) else { continue };
        let touching = post.roles[0].span.start == org.span.end;
        let Some(role) = first_office(cx, post).filter(|_| touching) else { continue };
        if is_other_head(cx, org, role.span) && ends(cx, role.span) {
            report(cx, findings, org, role.span);
        }
    }
}

/// The first role that is not one in the party (党组书记、局长), when no department stands before it.
fn first_office<'p>(cx: &Context, post: &'p Post) -> Option<&'p Mention<Role>> {
    let index = post.roles.iter().position(|role| !cx.at(role.span).starts_with('党'))?;
    post.departments[index].is_empty().then(|| &post.roles[index])
}

/// A domestic body with a place or name of its own, not an office inside another.
fn is_plain(cx: &Context, org: &Mention<Org>) -> bool {
    let head = &cx.manuscript.text[..org.span.start as usize];
    let own = org.value.place.is_some() || org.span.start < org.value.ending.start;
    let named = matches!(org.value.form, Form::Full | Form::Short) && own;
    named && is_known(org) && !head.ends_with(['和', '与', '、', '向', '对'])
}

fn is_other_head(cx: &Context, org: &Mention<Org>, role: Span) -> bool {
    let ending = cx.at(org.value.ending);
    let row = OTHER_HEADS.iter().find(|(tail, _)| ending.ends_with(tail));
    let title = cx.at(role);
    let own = org.value.chief.split('、').any(|chief| !chief.is_empty() && title.trim_start_matches('副') == chief);
    !own && !org.value.chief.is_empty() && row.is_some_and(|(_, titles)| titles.contains(&title))
}

/// Whether the title is the end of the post: a name, a mark or a list follows, and no longer title.
fn ends(cx: &Context, role: Span) -> bool {
    let rest = &cx.manuscript.text[role.end as usize..];
    let people = cx.people();
    let named = people.get(people.partition_point(|name| name.span.start < role.end));
    let named = named.is_some_and(|name| name.span.start == role.end);
    named || rest.chars().next().is_none_or(|c| !han::is_han(c))
}

fn report(cx: &Context, findings: &mut Findings, org: &Mention<Org>, role: Span) {
    let title = cx.at(role);
    let deputy = if title.starts_with('副') { "副" } else { "" };
    let chief = org.value.chief.split('、').next().unwrap_or_default();
    let right = format!("{deputy}{chief}");
    findings
        .at(org.value.ending)
        .slot("org", cx.at(org.value.ending))
        .slot("role", title)
        .slot("expected", right.clone())
        .slot("right", right.clone())
        .note(role)
        .fix(format!("改为“{right}”"), Safety::Ask, &[(role, &right)])
        .push();
}
