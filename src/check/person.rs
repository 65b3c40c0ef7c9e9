/*!
`person`: what stands where a name must, and is none.

`with = { fault = "word" | "surname" | "placeholder" }`. It never doubts a name for its characters alone: names are made
of words (高兴, 任为民, 江河), and the mistake of doubting one costs more than the finding brings. It looks only at slots
in which nothing but a name can stand.

Slots of messages: `name`, `role`.
*/

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::shape::{not_a_name, surname, transliterates};
use crate::facts::{Context, Slot, SlotKind};
use crate::finding::Findings;
use crate::lexicon::words::words;
use crate::scan::Scan;
use crate::text::han;

/// The mechanism.
pub static PERSON: Mechanism = Mechanism { name: "person", slots: &["name", "role"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    fault: Fault,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Fault {
    /// A word that cannot be a name.
    Word,
    /// A first character that is no surname.
    Surname,
    /// 某某某, XXX.
    Placeholder,
}

/// Words of courtesy that can also be what a person says or does, and count only where no sentence runs.
const SPOKEN: &[&str] = &["谢谢", "您好", "你好"];

fn compile(options: Options<'_>, _scan: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(Box::new(move |cx, findings| check(cx, findings, with.fault)))
}

fn check(cx: &Context, findings: &mut Findings, fault: Fault) {
    for slot in cx.name_slots().iter().filter(|slot| fault != Fault::Placeholder || !in_form(cx, slot)) {
        let name = cx.at(slot.span);
        let faulty = match fault {
            Fault::Word => is_word(slot, name),
            Fault::Placeholder => is_placeholder(slot, name),
            Fault::Surname => is_strange(slot, name),
        };
        if faulty {
            findings.at(slot.span).slot("name", name).slot("role", cx.at(slot.role)).note(slot.role).push();
        }
    }
}

fn is_word(slot: &Slot, name: &str) -> bool {
    match (not_a_name(name), slot.kind) {
        (Some("courtesy"), SlotKind::Speech) => SPOKEN.contains(&name),
        (Some("courtesy" | "function"), SlotKind::Label | SlotKind::Byline) => true,
        _ => false,
    }
}

fn is_placeholder(slot: &Slot, name: &str) -> bool {
    let masked = name.chars().count() >= 2 && name.chars().all(|c| c == '某');
    match slot.kind {
        SlotKind::Speech => masked || name.chars().all(|c| "X×xＸ".contains(c)),
        _ => masked || not_a_name(name) == Some("placeholder"),
    }
}

/// Whether the article is a form to be filled in: it has blanks where no names stand.
fn in_form(cx: &Context, slot: &Slot) -> bool {
    let article = cx.manuscript.article_at(slot.span.start).map_or(slot.span, |article| article.span);
    let blanks = cx.at(article).match_indices(['×', '＿', '_', '○']);
    let elsewhere = blanks.filter(|(at, _)| {
        let at = article.start + *at as u32;
        !cx.name_slots().iter().any(|slot| slot.span.start <= at && at < slot.span.end)
    });
    elsewhere.count() >= 4
}

fn is_strange(slot: &Slot, name: &str) -> bool {
    let length = name.chars().count();
    let apart = slot.kind == SlotKind::Label || slot.role.end < slot.span.start;
    let label = name.ends_with(['生', '员', '者', '师', '长', '组', '社', '报', '台', '会']);
    let expected = slot.kind != SlotKind::Speech && apart && !label;
    let plain = expected && (2..=3).contains(&length) && name.chars().all(han::is_han);
    let first = name.chars().next();
    let foreign =
        first.is_some_and(transliterates) || name.chars().filter(|c| transliterates(*c)).count() * 2 >= length;
    plain && !foreign && surname(name).is_none() && not_a_name(name).is_none() && has_word(name)
}

/// Whether two neighbouring characters of the name are a common word.
fn has_word(name: &str) -> bool {
    let starts: Vec<usize> = name.char_indices().map(|(at, _)| at).chain([name.len()]).collect();
    starts.windows(3).any(|edge| words().get(&name[edge[0]..edge[2]]).is_some_and(|word| word.frequency >= 100))
}
