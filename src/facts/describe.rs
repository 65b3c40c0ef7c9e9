/*!
What was understood, for a person to read: one short line a mention.
*/

use super::Context;
use super::organization::Form;
use super::person::NameKind;
use super::post::Post;
use super::series::SeriesLevel;
use crate::text::Span;

/// The mentions inside a span, in reading order.
pub fn describe(cx: &Context, span: Span) -> Vec<String> {
    let mut lines: Vec<(Span, String)> = Vec::new();
    for org in cx.organizations().iter().filter(|org| span.contains(org.span)) {
        let stands = org.value.antecedent.map_or(String::new(), |name| format!("，指{}", cx.at(name)));
        let place = org.value.place.map_or(String::new(), |place| format!("，地{}", cx.at(place)));
        let form = form(org.value.form);
        let family = org.value.family.chinese();
        lines.push((org.span, format!("机构 {}（{family}，{form}{place}{stands}）", cx.at(org.span))));
    }
    for post in cx.posts().iter().filter(|post| span.contains(post.roles[0].span)) {
        lines.push((post.roles[0].span, role_line(cx, post)));
    }
    for name in cx.people().iter().filter(|name| span.contains(name.span)) {
        let kind = match name.value.kind {
            NameKind::Han => "",
            NameKind::Transliterated => "（译名）",
            NameKind::Masked => "（隐名）",
        };
        lines.push((name.span, format!("人名 {}{kind}", cx.at(name.span))));
    }
    lines.extend(series(cx, span));
    for number in cx.numbers().iter().filter(|number| span.contains(number.span)) {
        lines.push((number.span, super::number::describe(&cx.manuscript.text, number)));
    }
    for chain in cx.chains().iter().filter(|chain| chain.links.len() > 1 && span.contains(chain.span())) {
        let links: Vec<&str> = chain.links.iter().map(|link| cx.at(link.span)).collect();
        lines.push((chain.span(), format!("地名 {}", links.join("→"))));
    }
    for date in cx.dates().inside(span) {
        lines.push((date.span, format!("日期 {}（{}）", cx.at(date.span), super::date::describe(&date.value))));
    }
    lines.sort_by_key(|line| line.0);
    lines.into_iter().map(|line| line.1).collect()
}

/// The series that begin in a span and the lists in its clauses.
fn series(cx: &Context, span: Span) -> Vec<(Span, String)> {
    let mut lines = Vec::new();
    for series in cx.series().iter().filter(|series| span.contains(series.items[0].span) && series.items.len() > 1) {
        let level = if series.level == SeriesLevel::Block { "分段" } else { "段内" };
        let first = series.items[0].span;
        lines.push((first, format!("序列 {}起（{level}，{}项）", cx.at(first), series.items.len())));
    }
    for list in cx.members().iter().filter(|list| span.contains(list.span())) {
        lines.push((list.span(), format!("并列 {}（{}项）", cx.at(list.span()), list.items.len())));
    }
    lines
}

fn role_line(cx: &Context, post: &Post) -> String {
    let roles: Vec<&str> = post.roles.iter().map(|role| cx.at(role.span)).collect();
    let owner = post.organization.as_ref().map_or(String::new(), |org| format!("{}的", cx.at(org.span)));
    let former = if post.former { "（曾任）" } else { "" };
    format!("职务 {owner}{}{former}", roles.join("、"))
}

fn form(form: Form) -> &'static str {
    match form {
        Form::Full => "全称",
        Form::Short => "简称",
        Form::Collective => "统称",
        Form::Anaphor => "代称",
    }
}
