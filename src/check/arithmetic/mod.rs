/*!
Mechanism `arithmetic`: numbers of one manuscript that do not fit each other.

Each `fault` has a file of its own, which reads the numbers of the facts and returns [`Slip`]s: the stated number that
does not fit, what it ought to be, and where the other numbers stand. `sure` parts the slips of a fault into rules of
their own level. A sum or a growth is only checked where the sentence itself says that the numbers belong together; an
approximation, a growth at constant prices or an open list is never checked.
*/

mod band;
mod difference;
mod direction;
mod growth;
mod lists;
mod point;
mod product;
mod ratio;
mod restated;
mod score;
mod share;
mod sum;
mod table;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::number::{Number, Value};
use crate::facts::{Context, Mention};
use crate::finding::Findings;
use crate::scan::Scan;
use crate::text::Span;

pub static ARITHMETIC: Mechanism =
    Mechanism { name: "arithmetic", slots: &["stated", "computed", "parts", "reason"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    fault: Fault,
    /// Which slips; all without it.
    #[serde(default)]
    sure: Vec<Sure>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Fault {
    Sum,
    Share,
    Ratio,
    Growth,
    Difference,
    Product,
    Point,
    Direction,
    Restated,
    Table,
    Score,
}

/// How sure it is that the numbers belong together and one of them is wrong.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Sure {
    Certain,
    Probable,
    Open,
}

/// A stated number that does not fit.
#[derive(Clone, Debug)]
struct Slip {
    at: Span,
    /// The numbers that it does not fit.
    parts: Vec<Span>,
    stated: String,
    computed: String,
    reason: String,
    sure: Sure,
}

/// A number of the text.
type Figure = Mention<Number>;

fn compile(options: Options<'_>, _: &mut Scan) -> Result<Check, OptionError> {
    let With { fault, sure } = options.parse()?;
    let find = finder(fault);
    Ok(Box::new(move |context, findings| {
        let slips = context.kept(fault as u8, || find(context));
        slips.iter().filter(|slip| sure.is_empty() || sure.contains(&slip.sure)).for_each(|slip| {
            say(context, findings, slip);
        });
    }))
}

fn finder(fault: Fault) -> fn(&Context) -> Vec<Slip> {
    match fault {
        Fault::Sum => sum::find,
        Fault::Share => share::find,
        Fault::Ratio => ratio::find,
        Fault::Growth => growth::find,
        Fault::Difference => difference::find,
        Fault::Product => product::find,
        Fault::Point => point::find,
        Fault::Direction => direction::find,
        Fault::Restated => restated::find,
        Fault::Table => table::find,
        Fault::Score => score::find,
    }
}

fn say(context: &Context, findings: &mut Findings, slip: &Slip) {
    let parts: Vec<&str> = slip.parts.iter().map(|part| context.at(*part)).collect();
    let mut draft = findings.at(slip.at).slot("stated", slip.stated.as_str()).slot("computed", slip.computed.as_str());
    draft = draft.slot("parts", parts.join("、")).slot("reason", slip.reason.as_str());
    for part in &slip.parts {
        draft = draft.note(*part);
    }
    draft.push();
}

/// The sentences that have numbers, each with its own.
fn sentences<'c>(context: &'c Context) -> impl Iterator<Item = (Span, &'c [Figure])> {
    let numbers = context.numbers();
    let mut next = 0;
    context.manuscript.sentences.iter().filter_map(move |sentence| {
        let first = next;
        while numbers.get(next).is_some_and(|number| number.span.start < sentence.end) {
            next += 1;
        }
        (first < next).then(|| (*sentence, &numbers[first..next]))
    })
}

/// A number as a person would write the computed one beside it: with the same 万 or 亿 and the same unit.
fn like(context: &Context, figure: &Figure, value: Value) -> String {
    let text = &context.manuscript.text;
    let unit = Span { start: figure.value.numeral.end, end: figure.span.end };
    format!("{}{}", value.shown(figure.value.scale(text)), unit.of(text).trim())
}
