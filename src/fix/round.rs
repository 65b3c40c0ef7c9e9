/*!
Round after round until nothing is left to fix.

A fix may lay open another, or take the place of one that would have overlapped it, so a file is fixed, read again and
fixed, in memory; a second run then finds nothing to do.
*/

use super::{Left, make};
use crate::engine::{Input, examine};
use crate::finding::{Finding, Fix, Level, Safety};
use crate::read::Options;
use crate::review::{Settings, review};
use crate::rule::RuleSet;
use crate::text::Source;

/// Which fixes are wanted, and how the file is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub reading: Options,
    /// Also those that a person must agree to.
    pub ask: bool,
}

/// A file before and after.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub before: Source,
    pub after: Source,
    /// How many edits were made.
    pub edits: usize,
    /// Fixes that could not be made.
    pub left: Vec<Left>,
}

/// Takes out of a file's findings those that may stand.
pub type Leaving<'l> = dyn Fn(&Source, Vec<Finding>) -> Vec<Finding> + 'l;

/// Rounds after which a file that still changes is given up.
const ROUNDS: usize = 10;

/// Fixes a file until nothing changes. Nothing is written.
///
/// # Errors
/// Why it was left as it is, in Chinese: it cannot be read or edited, a check broke, or rules contradict each other.
pub fn fixed(input: &Input, set: &RuleSet, wanted: Wanted) -> Result<Outcome, String> {
    fixed_but(input, set, wanted, &|_, findings| findings)
}

/// Does the same with the findings that `left` leaves of a file's, in every round: what a person has allowed stays.
///
/// # Errors
/// As [`fixed`].
pub fn fixed_but(input: &Input, set: &RuleSet, wanted: Wanted, left: &Leaving<'_>) -> Result<Outcome, String> {
    let (mut manuscript, mut findings) = examine(input, set, wanted.reading).map_err(|fault| fault.what)?;
    let before = manuscript.sources.swap_remove(0);
    let reading = Options { encoding: Some(before.encoding), ..wanted.reading };
    let (mut after, mut edits) = (before.clone(), 0);
    for _ in 0..ROUNDS {
        let made = make(&after, 0, &chosen(left(&after, findings), wanted.ask))?;
        if made.bytes == after.file() {
            return Ok(Outcome { before, after, edits, left: made.left });
        }
        edits += made.edits;
        let again = Input::Bytes { name: before.path.clone(), bytes: made.bytes };
        (manuscript, findings) = examine(&again, set, reading).map_err(|fault| fault.what)?;
        after = manuscript.sources.swap_remove(0);
    }
    Err(format!("改了{ROUNDS}遍还有新的改动，没有改：规则之间有矛盾"))
}

/// The findings whose fix is wanted, without fixes that would write over each other.
fn chosen(mut findings: Vec<Finding>, ask: bool) -> Vec<Finding> {
    let fits = |fix: &Fix| ask || fix.safety == Safety::Safe;
    findings.retain(|finding| finding.fix.as_ref().is_some_and(fits));
    review(findings, Settings { level: Level::Query, fold: false })
}
