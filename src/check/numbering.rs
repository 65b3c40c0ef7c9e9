/*!
`numbering`: numbers that head, name or cite parts of a document and do not go on as they must.

`with = { of = …, fault = …, sure = … }`. Each kind of number is followed by itself: headings and items along their
series, clauses of a law along theirs, figures, tables, notes, cited works and annexes between the place that has the
number and the places that refer to it. What the document does not show at all (figures that were left out with their
captions, a list that begins in the middle) is not missed. `sure` parts the certain cases from the probable ones.

Slots of messages: `text` (the number as it stands), `before` (the one before it, or what it is compared with),
`expected` (the number that was due).
*/

mod annex;
mod figure;
mod form;
mod level;
mod note;
mod run;

use std::rc::Rc;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::finding::{Findings, Safety};
use crate::scan::Scan;
use crate::text::Span;

/// The mechanism.
pub static NUMBERING: Mechanism = Mechanism { name: "numbering", slots: &["text", "before", "expected"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    of: Of,
    fault: Vec<Fault>,
    /// Which cases; all without it.
    sure: Option<bool>,
}

/// What is numbered; some of it is asked for by several rules, which share what was found.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Of {
    Heading,
    Item,
    Clause,
    Figure,
    Table,
    Note,
    Citation,
    Annex,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Fault {
    /// A number is left out.
    Gap,
    /// A number stands twice.
    Repeat,
    /// A number comes too early or too late.
    Order,
    /// Something is referred to that is not there.
    Absent,
    /// Something is announced, and others of its kind follow, but not it.
    LeftOut,
    /// Something is there that nothing refers to.
    Uncited,
    /// A heading lies too deep.
    Level,
    /// The mark after the number, or the name beside it, is another than it should be.
    Form,
}

/// One number at fault.
struct Slip {
    fault: Fault,
    at: Span,
    /// The other side.
    other: Option<Span>,
    expected: String,
    sure: bool,
    /// What to put in the place of the span, where that is plain.
    edit: Option<String>,
}

impl Slip {
    fn new(fault: Fault, at: Span) -> Self {
        Slip { fault, at, other: None, expected: String::new(), sure: true, edit: None }
    }
}

fn compile(options: Options<'_>, _: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(Box::new(move |cx, findings| {
        let wanted = |slip: &Slip| with.fault.contains(&slip.fault) && with.sure.is_none_or(|sure| sure == slip.sure);
        for slips in slips(cx, &with) {
            slips.iter().filter(|slip| wanted(slip)).for_each(|slip| say(cx, findings, slip));
        }
    }))
}

fn slips(cx: &Context, with: &With) -> Vec<Rc<Vec<Slip>>> {
    let mut slips = vec![cx.kept(with.of as u8, || match with.of {
        Of::Heading | Of::Item | Of::Clause => run::find(cx, with.of),
        Of::Figure => figure::find(cx, '图'),
        Of::Table => figure::find(cx, '表'),
        Of::Note => note::notes(cx),
        Of::Citation => note::citations(cx),
        Of::Annex => annex::find(cx),
    })];
    if with.of == Of::Heading && with.fault.contains(&Fault::Level) {
        slips.push(cx.kept(LEVELS, || level::find(cx)));
    }
    if with.of == Of::Item && with.fault.contains(&Fault::Form) {
        slips.push(cx.kept(FORMS, || form::find(cx)));
    }
    slips
}

/// Keys of what is kept beside the runs of each [`Of`].
const LEVELS: u8 = 100;
const FORMS: u8 = 101;

fn say(cx: &Context, findings: &mut Findings, slip: &Slip) {
    let mut draft = findings.at(slip.at).slot("text", cx.at(slip.at)).slot("expected", slip.expected.as_str());
    if let Some(other) = slip.other {
        draft = draft.slot("before", cx.at(other)).note(other);
    }
    if let Some(edit) = &slip.edit {
        draft = draft.fix(format!("改为“{edit}”"), Safety::Ask, &[(slip.at, edit.as_str())]);
    }
    draft.push();
}
