/*!
`place`: chains of divisions that do not hold together, names that are no longer, and names that are nearly right.

`with = { fault = "chain" | "former" | "near" | "township", evidence = "dated" | "undated" }`. `chain` accuses only names that are
both known, and no meaning of which fits. `former` needs the article to be later than the change: by its date, or because
it uses the new name too; without either it speaks only when `evidence = "undated"`, and then only of a name with its
parent. `near` looks only directly below a known parent, for exactly one name that differs in one character. `township` speaks where a town directly below a county is
another county's of the same city, and nobody else's. History,
titles of works and what keeps an old name (学校, 医院, 公司) are left alone.

Slots of messages: `name`, `wrong`, `right`, `since`.
*/

mod chain;
mod former;
mod near;
mod township;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::scan::Scan;
use crate::text::{Span, han};

/// The mechanism.
pub static PLACE: Mechanism = Mechanism { name: "place", slots: &["name", "wrong", "right", "since"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    fault: Fault,
    #[serde(default)]
    evidence: Evidence,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Chain,
    Former,
    Near,
    Township,
}

/// What shows that an article is later than a change.
#[derive(Clone, Copy, Deserialize, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Evidence {
    #[default]
    Dated,
    Undated,
}

fn compile(options: Options<'_>, _scan: &mut Scan) -> Result<Check, OptionError> {
    let With { fault, evidence } = options.parse()?;
    Ok(match fault {
        Fault::Chain => Box::new(chain::check),
        Fault::Former => Box::new(move |cx, findings| former::check(cx, findings, evidence)),
        Fault::Near => Box::new(near::check),
        Fault::Township => Box::new(township::check),
    })
}

/// Words before a name, in its clause, that put it into the past.
const PAST: &[&str] = &[
    "时任",
    "旧称",
    "旧名",
    "旧属",
    "古称",
    "曾属",
    "当时",
    "那时",
    "原名",
    "原属",
    "籍贯",
    "祖籍",
    "老家",
    "生于",
    "时为",
    "解放前",
    "年间",
    "民国",
    "前身",
    "今属",
    "撤销",
    "改为",
    "更名",
    "撤县",
    "设区",
    "划归",
    "划入",
    "并入",
    "改设",
    "隶属",
];

/// Whether a name stands in history: its clause says so, or its sentence tells a year before the change.
fn is_past(cx: &Context, span: Span, since: i32) -> bool {
    let sentence = cx.near(span);
    let text = cx.at(sentence);
    let mut dates = cx.dates().inside(sentence).iter();
    let head = &cx.manuscript.text[..span.start as usize];
    let before = ["原", "旧", "古", "老", "前"].iter().any(|word| head.ends_with(word));
    before
        || PAST.iter().any(|word| text.contains(word))
        || dates.any(|date| date.value.year.is_some_and(|year| year < since))
}

/// Whether a span lies in a title of a work or a quotation of an old name.
fn is_quoted(cx: &Context, span: Span) -> bool {
    let text = cx.manuscript.text.as_str();
    let from = han::back(text, span.start as usize, 40);
    let head = &text[from..span.start as usize];
    head.rfind('《').is_some_and(|open| !head[open..].contains(['》', '\n']))
}

/// The year of the article of a span.
fn year_of(cx: &Context, span: Span) -> Option<i32> {
    let article = cx.manuscript.block_at(span.start)?.article;
    cx.dates().base(article).map(|base| base.year)
}
