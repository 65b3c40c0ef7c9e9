/*!
`parallel`: members of one list that do not stand alike.

`with = { fault = "separator" | "shape", sure = … }`. `separator` finds the one comma among enumeration commas where all
members have one make (甲与乙，丙与丁、戊与己). `shape` finds the one member of a list of slogans that has
another length and another ending than all the rest. Lists of plain nouns have members of any length and are not judged.

Slots of messages: `text` (the mark or the member at fault), `like` (a member that the others are like).
*/

mod separator;
mod shape;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::finding::{Findings, Safety};
use crate::scan::Scan;
use crate::text::Span;

/// The mechanism.
pub static PARALLEL: Mechanism = Mechanism { name: "parallel", slots: &["text", "like"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    fault: Fault,
    /// Which cases; all without it.
    sure: Option<bool>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Separator,
    Shape,
}

/// What stands out, and what it ought to be like.
struct Odd {
    at: Span,
    like: Span,
    sure: bool,
}

fn compile(options: Options<'_>, _: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(Box::new(move |cx, findings| {
        let odd = cx.kept(with.fault as u8, || match with.fault {
            Fault::Separator => separator::find(cx),
            Fault::Shape => shape::find(cx),
        });
        odd.iter().filter(|odd| with.sure.is_none_or(|sure| sure == odd.sure)).for_each(|odd| say(cx, findings, odd));
    }))
}

fn say(cx: &Context, findings: &mut Findings, odd: &Odd) {
    let text = cx.at(odd.at);
    let draft = findings.at(odd.at).slot("text", text).slot("like", cx.at(odd.like)).note(odd.like);
    match text {
        "，" => draft.fix("改为顿号", Safety::Ask, &[(odd.at, "、")]).push(),
        _ => draft.push(),
    }
}
