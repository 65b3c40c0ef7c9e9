/*!
A meeting held by an organization of another family: 最高人民法院举办的大检察官研讨班.
*/

use super::counterpart;
use crate::facts::clause::clause_of;
use crate::facts::{Context, Family, Form, Mention, Org};
use crate::finding::{Findings, Safety};
use crate::lexicon::table;
use crate::text::{Span, han};

const VERBS: &[&str] = &["举办", "召开", "主办", "组织召开", "组织举办", "组织", "开办", "举行"];
const BEFORE: &[&str] = &["、", "和", "与", "及", "在", "向", "会同", "联合", "对", "同"];

pub fn check(cx: &Context, findings: &mut Findings) {
    let text = cx.manuscript.text.as_str();
    for &(event, row) in cx.finds().longest(&table::HOSTS) {
        let Some(family) = Family::named(row.column(1)).filter(|_| !cx.organizations().is_empty()) else { continue };
        let Some(block) = cx.manuscript.block_at(event.start) else { continue };
        let clause = clause_of(text, block.span, event);
        if let Some(host) = host(cx, clause, event).filter(|host| is_wrong(cx, clause, event, host, family)) {
            report(cx, findings, host, event, family);
        }
    }
}

/// The organization right before 举办的 [第N次|全国] event.
fn host<'c>(cx: &'c Context, clause: Span, event: Span) -> Option<&'c Mention<Org>> {
    let organizations = cx.organizations();
    let last = organizations.partition_point(|org| org.span.end <= event.start);
    let org =
        organizations[..last].iter().rev().find(|org| org.span.start >= clause.start && !org.span.overlaps(event))?;
    let between = &cx.manuscript.text[org.span.end as usize..event.start as usize];
    let verb = VERBS.iter().filter(|verb| between.starts_with(**verb)).max_by_key(|verb| verb.len())?;
    let rest = between[verb.len()..].trim_start_matches('的');
    let plain = rest.chars().count() <= 8 && rest.chars().all(|c| han::is_han(c) || c.is_ascii_digit());
    let plain = plain && !rest.contains(['的', '和', '与', '在', '为', '向']);
    plain.then_some(org)
}

/// Whether the event is another family's, and none of that family stands beside the host.
fn is_wrong(cx: &Context, clause: Span, event: Span, host: &Mention<Org>, family: Family) -> bool {
    let head = &cx.manuscript.text[clause.start as usize..host.span.start as usize];
    let organizations = cx.organizations();
    let first = organizations.partition_point(|org| org.span.start < clause.start);
    let mut before = organizations[first..].iter().take_while(|org| org.span.end <= event.start);
    host.value.family != family
        && host.value.family.is_legal()
        && family.is_legal()
        && host.value.form != Form::Collective
        && !BEFORE.iter().any(|word| head.ends_with(word))
        && !head.contains("联合")
        && !before.any(|org| org.value.family == family)
}

fn report(cx: &Context, findings: &mut Findings, host: &Mention<Org>, event: Span, family: Family) {
    let ending = cx.at(host.value.ending);
    let right = counterpart(ending, family);
    let mut draft = findings
        .at(host.value.ending)
        .slot("org", ending)
        .slot("event", cx.at(event))
        .slot("family", family.chinese())
        .slot("right", right.unwrap_or(family.chinese()))
        .note(event);
    if let Some(right) = right {
        draft = draft.fix(format!("改为“{right}”"), Safety::Ask, &[(host.value.ending, right)]);
    }
    draft.push();
}
