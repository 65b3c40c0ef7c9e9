/*!
Findings that a person has let stand: by an `[[allow]]` of a configuration, or by a leave written into the manuscript.

An allow knows its place by the words: the text that the finding is about, and what stands on either side of it. An edit
elsewhere in the manuscript moves nothing, and an edit on one side leaves the other to tell. A side of few characters
could be anywhere, so it only counts together with the other one.

What became of no use is told and never closes a gate.
*/

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Allow, Quote};
use crate::engine::{DECLARED_ONLY, FaultKind, FileReport};
use crate::finding::{Finding, Fix, Place};
use crate::rule::{Rule, RuleSet};
use crate::text::{Leave, SourceSpan};

/// The fewest characters of one side that tell a place without the other.
const TELLING: usize = 4;

/// What was allowed in a run.
#[derive(Clone, Debug, Default)]
pub struct Allowed {
    /// Places.
    pub count: usize,
    /// Leaves in manuscripts that are of no use.
    pub idle: Vec<Idle>,
    used: HashSet<*const Allow>,
}

/// An allow or leave that is of no use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The file that it is written in.
    pub path: String,
    /// 1-based.
    pub line: usize,
    pub rule: String,
    /// `before⟦text⟧after`; empty for a leave in a manuscript.
    pub quote: String,
    pub why: Why,
}

/// Why an allow is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// Nothing is found there.
    Unused,
    /// It gives no reason, so it does not hold.
    NoReason,
    /// It names a rule that there is not.
    UnknownRule,
}

impl Why {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Why::Unused => "unused",
            Why::NoReason => "no-reason",
            Why::UnknownRule => "unknown-rule",
        }
    }
}

impl Allowed {
    /// Whether an allow has been of use.
    pub fn used(&self, allow: &Arc<Allow>) -> bool {
        self.used.contains(&Arc::as_ptr(allow))
    }
}

/// A leave in a file of a manuscript, and whether it has been of use.
struct Written<'l> {
    file: usize,
    line: u32,
    leave: &'l Leave,
    used: bool,
}

/// One manuscript's files, as their findings are allowed: the reports stand together, the findings with the first.
pub struct Manuscript<'m> {
    pub files: &'m [FileReport],
    /// The absolute path of each.
    pub paths: &'m [PathBuf],
    pub allows: &'m [Arc<Allow>],
    /// The rules that ran.
    pub set: &'m RuleSet,
    /// All names that rules and topics have or had.
    pub known: &'m HashSet<String>,
}

impl Manuscript<'_> {
    /// The findings that are left, a folded one without the places that are allowed.
    pub fn left(&self, findings: Vec<Finding>, allowed: &mut Allowed) -> Vec<Finding> {
        let mut leaves: Vec<Written> = Vec::new();
        for (file, report) in self.files.iter().enumerate() {
            leaves.extend(report.leaves.iter().map(|(line, leave)| Written { file, line: *line, leave, used: false }));
        }
        let mut left = Vec::with_capacity(findings.len());
        for finding in findings {
            let rule = self.set.rules.iter().find(|rule| rule.id == finding.rule);
            let holds = |place: &Place| self.holds(&finding, rule, place, (&mut leaves, allowed));
            left.extend(without(finding.clone(), holds));
        }
        allowed.idle.extend(leaves.iter().filter_map(|leave| self.idle(leave)));
        left
    }

    fn holds(
        &self,
        finding: &Finding,
        rule: Option<&Rule>,
        place: &Place,
        (leaves, allowed): (&mut Vec<Written>, &mut Allowed),
    ) -> bool {
        if is_fault(&finding.rule) {
            return false;
        }
        let named = |name: &str| rule.map_or(*name == *finding.rule, |rule| rule.is_named(name));
        let span = place.first().span;
        let path = self.paths.get(span.file as usize);
        let mut holds = false;
        for allow in self.allows.iter().filter(|allow| named(&allow.rule.value)) {
            let here = allow.file.as_ref().is_none_or(|files| path.is_some_and(|path| files.has(path)));
            if here && agrees(&allow.quote, place) {
                allowed.used.insert(Arc::as_ptr(allow));
                holds = true;
            }
        }
        for Written { file, leave, used, .. } in leaves.iter_mut() {
            let here = *file == span.file as usize && begins_in(span, leave.scope);
            if here && !leave.reason.trim().is_empty() && (leave.rule.is_empty() || named(&leave.rule)) {
                (*used, holds) = (true, true);
            }
        }
        allowed.count += usize::from(holds);
        holds
    }

    fn idle(&self, Written { file, line, leave, used }: &Written) -> Option<Idle> {
        let ran = leave.rule.is_empty() || runs(self.set, &leave.rule);
        let why = match () {
            () if leave.reason.trim().is_empty() => Why::NoReason,
            () if !leave.rule.is_empty() && !self.known.contains(&leave.rule) => Why::UnknownRule,
            () if !used && ran => Why::Unused,
            () => return None,
        };
        let path = self.files[*file].path.clone();
        Some(Idle { path, line: *line as usize, rule: leave.rule.clone(), quote: String::new(), why })
    }
}

/// Whether a rule of that name ran.
pub fn runs(set: &RuleSet, name: &str) -> bool {
    set.rules.iter().any(|rule| rule.declaration.check != DECLARED_ONLY && rule.is_named(name))
}

/// What says that a file was not checked can not be allowed.
fn is_fault(rule: &str) -> bool {
    FaultKind::ALL.iter().any(|kind| *kind != FaultKind::ReplacedBytes && kind.rule() == rule)
}

fn begins_in(span: SourceSpan, scope: SourceSpan) -> bool {
    scope.start <= span.start && (span.start < scope.end || span.start == scope.end && span.is_empty())
}

/// Whether a quote means a place: the same words, and the same neighbours on a side that can tell.
fn agrees(quote: &Quote, place: &Place) -> bool {
    let (first, last) = (place.first(), place.pieces.last().unwrap_or(place.first()));
    let before = first.before.ends_with(&quote.before);
    let after = last.after.starts_with(&quote.after);
    let telling = |side: &str| side.chars().count() >= TELLING;
    let told = before && after || before && telling(&quote.before) || after && telling(&quote.after);
    told && place.text() == quote.text
}

/// The finding without the places that are allowed; nothing if none is left.
fn without(mut finding: Finding, mut holds: impl FnMut(&Place) -> bool) -> Option<Finding> {
    let places: Vec<Place> = std::iter::once(finding.at).chain(finding.folded).collect();
    let (gone, left): (Vec<Place>, Vec<Place>) = places.into_iter().partition(|place| holds(place));
    let mut left = left.into_iter();
    finding.at = left.next()?;
    finding.folded = left.collect();
    if !gone.is_empty() {
        finding.fix = finding.fix.and_then(|fix| kept(fix, &gone));
    }
    Some(finding)
}

/// A fix without the edits inside places.
fn kept(mut fix: Fix, gone: &[Place]) -> Option<Fix> {
    let pieces = || gone.iter().flat_map(|place| &place.pieces).map(|piece| piece.span);
    let inside = |span: SourceSpan| {
        pieces().any(|piece| piece.file == span.file && piece.start <= span.start && span.end <= piece.end)
    };
    fix.edits.retain(|edit| !inside(edit.span));
    (!fix.edits.is_empty()).then_some(fix)
}

/// The quote of a place, as an allow keeps it.
pub fn quote(place: &Place) -> Quote {
    let (first, last) = (place.first(), place.pieces.last().unwrap_or(place.first()));
    let plain = |text: &str| text.to_string();
    Quote { before: plain(&first.before), text: place.text(), after: plain(&last.after) }
}

/// Whether a finding may be allowed, and by what words.
pub fn allowable(finding: &Finding) -> impl Iterator<Item = &Place> {
    let places = std::iter::once(&finding.at).chain(&finding.folded);
    places.filter(|_| !is_fault(&finding.rule))
}

/// The allows of a run that are of no use.
///
/// `checked` are the files that were checked, each absolute and with the rules that ran on it; `folders` were checked
/// whole. An allow is judged only where everything that it could hold for was checked.
pub fn idle(
    allows: &[Arc<Allow>],
    checked: &[(PathBuf, &RuleSet)],
    folders: &[PathBuf],
    allowed: &Allowed,
) -> Vec<Arc<Allow>> {
    let within = |path: &Path| folders.iter().any(|folder| path.starts_with(folder));
    let judged = |allow: &&Arc<Allow>| {
        let mut meant = checked.iter().filter(|(path, _)| allow.file.as_ref().is_none_or(|files| files.has(path)));
        let runs = |(_, set): &(PathBuf, &RuleSet)| runs(set, &allow.rule.value);
        match allow.file.as_ref().and_then(|files| files.single()) {
            Some(path) => meant.clone().any(runs) || meant.next().is_none() && within(&path) && !path.exists(),
            None => allow.root().is_some_and(within) && checked.iter().any(runs),
        }
    };
    allows.iter().filter(|allow| !allowed.used(allow)).filter(judged).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, fixed};
    use super::*;
    use crate::finding::Safety;

    /// Whether an allow with this quote holds for what is marked.
    fn holds(quote: &str, marked: &str) -> bool {
        let quote = Quote::parse(quote).expect("a quote");
        agrees(&quote, &findings("a/一", "一", marked)[0].at)
    }

    #[test]
    fn one_side_is_enough_where_it_can_tell() {
        assert!(holds("党组书记、检察长⟦谢谢⟧出席会议", "党组书记、检察长⟦谢谢⟧出席会议。"));
        assert!(holds("党组书记、检察长⟦谢谢⟧出席会议", "党组书记、检察长⟦谢谢⟧主持会议。"));
        assert!(holds("党组书记、检察长⟦谢谢⟧出席会议", "代检察长⟦谢谢⟧出席会议。"));
        assert!(!holds("党组书记、检察长⟦谢谢⟧出席会议", "主任⟦谢谢⟧主持会议。"));
        assert!(!holds("党组书记、检察长⟦谢谢⟧出席会议", "党组书记、检察长⟦谢射⟧出席会议。"));
    }

    #[test]
    fn a_short_side_does_not_tell_alone() {
        assert!(holds("他⟦希奇⟧地看着水面", "他⟦希奇⟧地看着水面。"));
        assert!(!holds("他⟦希奇⟧地看着水面", "他⟦希奇⟧得很。"));
        assert!(!holds("⟦希奇⟧地看着水面", "⟦希奇⟧得很。"));
    }

    #[test]
    fn words_alone_mean_every_place() {
        assert!(holds("⟦谢谢⟧", "检察长⟦谢谢⟧出席。"));
        assert!(holds("检察长 ⟦谢谢⟧", "党组书记、检察长 ⟦谢谢⟧"));
        assert!(!holds("检察长 ⟦谢谢⟧", "说声⟦谢谢⟧"));
    }

    #[test]
    fn a_folded_finding_loses_its_allowed_places_one_by_one() {
        let all = fixed(findings("p/半角", "半角逗号", "山⟦,⟧水⟦,⟧人⟦,⟧"), "，", Safety::Safe);
        let folded = super::super::fold::fold(all).remove(0);
        let column = |place: &Place| place.first().column;
        let left = without(folded.clone(), |place| column(place) == 2).expect("two places are left");
        assert_eq!((column(&left.at), left.folded.len()), (4, 1));
        assert_eq!(left.fix.map(|fix| fix.edits.len()), Some(2));
        assert_eq!(without(folded, |_| true), None);
    }
}
