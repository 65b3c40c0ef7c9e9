/*!
`reference`: entries of a list of cited works (GB/T 7714), and citations by author and year.

`with = { standard = "2015" | "2025", fault = … }`. An entry is read only below a heading 参考文献, or where the document
has a row of blocks that begin with [1], [2], …; one without a point after its authors is no entry. What an entry lacks
is said only where its kind shows that it must have it. The 2025 edition adds marks of its own and changes none of what
is checked here.

Slots of messages: `text` (the stretch at fault), `expected`, `mark` (the mark of its kind).
*/

mod author;
mod entry;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::finding::Findings;
use crate::scan::Scan;
use crate::text::Span;

/// The mechanism.
pub static REFERENCE: Mechanism = Mechanism { name: "reference", slots: &["text", "expected", "mark"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    standard: Standard,
    fault: Fault,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
enum Standard {
    #[serde(rename = "2015")]
    Of2015,
    #[serde(rename = "2025")]
    Of2025,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Fault {
    /// No mark of its kind: [J], [M].
    Mark,
    /// No year.
    Year,
    /// An article without volume, issue or pages.
    Volume,
    /// More than three authors, all of them named.
    Authors,
    /// On line, without the day of reading or the address.
    Online,
    /// Cited by author and year, with another year than in the list.
    Cited,
    /// Cited by author and year, and not in the list.
    Absent,
}

/// A fault of one entry or citation.
struct Lack {
    fault: Fault,
    at: Span,
    other: Option<Span>,
    expected: String,
    mark: String,
}

fn compile(options: Options<'_>, _: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(Box::new(move |cx, findings| {
        let newer = with.standard == Standard::Of2025;
        let entries = cx.kept(u8::from(newer), || entry::entries(cx, newer));
        if entries.is_empty() {
            return;
        }
        let lacks = match with.fault {
            Fault::Cited | Fault::Absent => author::find(cx, &entries),
            _ => entries.iter().flat_map(|entry| entry.lacks(cx)).collect(),
        };
        lacks.into_iter().filter(|lack| lack.fault == with.fault).for_each(|lack| say(cx, findings, lack));
    }))
}

fn say(cx: &Context, findings: &mut Findings, lack: Lack) {
    let mut draft = findings.at(lack.at).slot("text", cx.at(lack.at)).slot("expected", lack.expected);
    draft = draft.slot("mark", lack.mark);
    if let Some(other) = lack.other {
        draft = draft.note(other);
    }
    draft.push();
}
