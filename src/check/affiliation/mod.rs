/*!
`affiliation`: an office, an act, a meeting or a name that belongs to another family of institutions.

`with = { slot = "role" | "chief" | "action" | "host" | "self" }`. A correct word in the wrong house is the dearest
error of a page, and the mechanism with the most ways to be wrong: nearly every naive hit (向法院提起公诉,
国际刑事法院检察官) is legitimate. So each slot asks for one structure and accuses only families of law and order, or
heads whose title the ending fixes; whatever is not certain stays silent.

Slots of messages: `org`, `role`, `action`, `event`, `family` (where it belongs), `expected` (what the organization has
instead), `right` (the name or title to put).
*/

mod action;
mod chief;
mod host;
mod name;
mod role;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::{Context, Family, Form, Mention, Org};
use crate::scan::Scan;
use crate::text::Span;

/// The mechanism.
pub static AFFILIATION: Mechanism = Mechanism {
    name: "affiliation",
    slots: &["org", "role", "action", "event", "family", "expected", "right"],
    compile,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    slot: Slot,
    /// For `self`: what accuses.
    #[serde(default)]
    evidence: Evidence,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Slot {
    Role,
    Chief,
    Action,
    Host,
    #[serde(rename = "self")]
    Name,
}

/// What shows that an article's own name is of the wrong family.
#[derive(Clone, Copy, Deserialize, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Evidence {
    /// The byline names the same place with another family, and the article is about that.
    #[default]
    Byline,
    /// The institution of the same place that the article is about.
    Place,
    /// The article's words alone.
    Profile,
}

fn compile(options: Options<'_>, _scan: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(match with.slot {
        Slot::Role => Box::new(role::check),
        Slot::Chief => Box::new(chief::check),
        Slot::Action => Box::new(action::check),
        Slot::Host => Box::new(host::check),
        Slot::Name => Box::new(move |cx, findings| name::check(cx, findings, with.evidence)),
    })
}

/// Whether an organization is a Chinese one that is certainly of its family: the full name, or the short one with a
/// place.
fn is_known(org: &Mention<Org>) -> bool {
    match org.value.form {
        Form::Full => true,
        Form::Short => org.value.place.is_some(),
        Form::Anaphor => org.value.certain,
        Form::Collective => false,
    }
}

/// The name of an ending in another family, where exactly one is possible.
fn counterpart(ending: &str, family: Family) -> Option<&'static str> {
    Some(match (ending, family) {
        ("最高人民法院", Family::Procuratorate) => "最高人民检察院",
        ("最高人民检察院", Family::Court) => "最高人民法院",
        ("人民法院", Family::Procuratorate) => "人民检察院",
        ("人民检察院", Family::Court) => "人民法院",
        ("法院", Family::Procuratorate) => "检察院",
        ("检察院", Family::Court) => "法院",
        ("公安局", Family::Justice) => "司法局",
        ("司法局", Family::Police) => "公安局",
        _ => return None,
    })
}

/// The families in words: 人民检察院、监察机关.
fn families(list: &[Family]) -> String {
    list.iter().map(|family| family.chinese()).collect::<Vec<_>>().join("、")
}

/// The article of a span.
fn article_of(cx: &Context, span: Span) -> usize {
    cx.manuscript.block_at(span.start).map_or(0, |block| block.article)
}
