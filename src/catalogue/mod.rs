/*!
Layer 10: what there is to say about the rules themselves, apart from any manuscript.

How often each speaks of edited text ([`Alarms`], and the committed [`Figures`]), which checks of an editor's eye they
carry ([`coverage`]), the page of one rule and the catalogue of all. The catalogue `rules/README.md` is generated from
here and kept current by a test; nothing about a rule is written twice.
*/

mod alarms;
mod coverage;
mod figures;
mod page;
mod readme;

pub use alarms::{Alarms, RuleAlarms, Sample, count};
pub use coverage::{Coverage, coverage};
pub use figures::{Figure, Figures, measured};
pub use page::page;
pub use readme::readme;

use crate::finding::Class;

/// The name of a class in rules and in JSON.
fn class_name(class: Class) -> String {
    let value = serde_json::to_value(class).ok();
    value.and_then(|value| value.as_str().map(str::to_string)).unwrap_or_default()
}
