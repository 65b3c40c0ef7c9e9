/*!
Findings that a person has let stand: by an `[[allow]]` of a configuration, or by a leave written into the manuscript.

An allow knows its place by the words: the text that the finding is about, and what stands on either side of it. An edit
elsewhere in the manuscript moves nothing, an edit on one side leaves the other to tell, and edits on both leave what is
between them, if that is enough. Where several places would do, the allow is for the one that is most like its quote; what
is quoted without neighbours is allowed everywhere.

What became of no use is told and never closes a gate.
*/

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::{Allow, Quote};
use crate::engine::{DECLARED_ONLY, FaultKind, FileReport};
use crate::finding::{EXCERPT, Finding, Fix, Place};
use crate::rule::{Rule, RuleSet};
use crate::text::{Leave, SourceSpan};

/// The fewest characters of one whole side that tell a place without the other.
const TELLING: usize = 4;

/// Neighbouring characters that tell a place, on one side or on both together. A quote may well show more.
const NEXT: usize = 6;

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
        let claims = self.claims(&findings);
        let mut leaves: Vec<Written> = Vec::new();
        for (file, report) in self.files.iter().enumerate() {
            leaves.extend(report.leaves.iter().map(|(line, leave)| Written { file, line: *line, leave, used: false }));
        }
        let mut left = Vec::with_capacity(findings.len());
        for finding in findings {
            let rule = self.rule(&finding.rule);
            let fault = is_fault(&finding.rule);
            let holds = |place: &Place| {
                let mut holds = false;
                for allow in claims.of(place).filter(|allow| named(rule, &allow.rule.value)) {
                    allowed.used.insert(Arc::as_ptr(allow));
                    holds = true;
                }
                for leave in leaves.iter_mut().filter(|leave| leave.holds(rule, place)) {
                    (leave.used, holds) = (true, true);
                }
                allowed.count += usize::from(holds && !fault);
                holds && !fault
            };
            left.extend(without(finding, holds));
        }
        allowed.idle.extend(leaves.iter().filter_map(|leave| self.idle(leave)));
        left
    }

    /// Which places each allow is for.
    fn claims(&self, findings: &[Finding]) -> Claims<'_> {
        let mut claims = Claims::default();
        for file in 0..self.files.len() {
            let path = self.paths.get(file);
            let here =
                |allow: &&Arc<Allow>| allow.file.as_ref().is_none_or(|files| path.is_some_and(|path| files.has(path)));
            claims.allows.push(self.allows.iter().filter(here).collect());
        }
        let any = claims.allows.iter().any(|allows| !allows.is_empty());
        for finding in findings.iter().filter(|_| any) {
            let rule = self.rule(&finding.rule);
            for place in std::iter::once(&finding.at).chain(&finding.folded) {
                claims.take(rule, place);
            }
        }
        claims
    }

    fn rule(&self, id: &str) -> Option<&Rule> {
        self.set.rules.iter().find(|rule| &*rule.id == id)
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

/// The allows of a manuscript's files, and how like its quote the best place of each is.
#[derive(Default)]
struct Claims<'m> {
    /// By file.
    allows: Vec<Vec<&'m Arc<Allow>>>,
    best: HashMap<(u16, *const Allow), usize>,
}

impl<'m> Claims<'m> {
    fn take(&mut self, rule: Option<&Rule>, place: &Place) {
        let file = place.first().span.file;
        for allow in self.allows.get(usize::from(file)).into_iter().flatten() {
            if let Some(likeness) = likeness(&allow.quote, place).filter(|_| named(rule, &allow.rule.value)) {
                let best = self.best.entry((file, Arc::as_ptr(allow))).or_default();
                *best = likeness.max(*best);
            }
        }
    }

    /// The allows whose place it is, if they name the rule.
    fn of(&self, place: &Place) -> impl Iterator<Item = &'m Arc<Allow>> {
        let file = place.first().span.file;
        let allows = self.allows.get(usize::from(file)).into_iter().flatten().copied();
        allows.filter(move |allow| {
            let likeness = likeness(&allow.quote, place);
            likeness.is_some() && likeness == self.best.get(&(file, Arc::as_ptr(allow))).copied()
        })
    }
}

impl Written<'_> {
    fn holds(&self, rule: Option<&Rule>, place: &Place) -> bool {
        let span = place.first().span;
        let here = self.file == usize::from(span.file) && begins_in(span, self.leave.scope);
        let reason = !self.leave.reason.trim().is_empty();
        here && reason && (self.leave.rule.is_empty() || named(rule, &self.leave.rule))
    }
}

fn named(rule: Option<&Rule>, name: &str) -> bool {
    rule.is_some_and(|rule| rule.is_named(name))
}

/// Whether a rule of that name ran.
pub fn runs(set: &RuleSet, name: &str) -> bool {
    set.rules.iter().any(|rule| rule.mechanism != DECLARED_ONLY && rule.is_named(name))
}

/// What says that a file was not checked can not be allowed.
fn is_fault(rule: &str) -> bool {
    FaultKind::ALL.iter().any(|kind| *kind != FaultKind::ReplacedBytes && kind.rule() == rule)
}

fn begins_in(span: SourceSpan, scope: SourceSpan) -> bool {
    scope.start <= span.start && (span.start < scope.end || span.start == scope.end && span.is_empty())
}

/// How many neighbours a place shares with a quote; nothing if it is not the place, or nothing tells that it is.
fn likeness(quote: &Quote, place: &Place) -> Option<usize> {
    let (first, last) = (place.first(), place.pieces.last().unwrap_or(place.first()));
    let same = place.pieces.iter().map(|piece| piece.text.len()).sum::<usize>() == quote.text.len();
    if !same || place.text() != quote.text {
        return None;
    }
    let (before, left) = alike(quote.before.chars().rev(), first.before.chars().rev());
    let (after, right) = alike(quote.after.chars(), last.after.chars());
    let whole = |alike: usize, quoted: &str| alike >= quoted.chars().count().min(NEXT);
    let told = match (whole(before, &quote.before), whole(after, &quote.after)) {
        (true, true) => true,
        (true, false) if left >= TELLING => true,
        (false, true) if right >= TELLING => true,
        _ => left + right >= NEXT,
    };
    told.then_some(before + after)
}

/// The number of characters, counted from the words, that are the same; and how much they tell, an end of the line on
/// both counting as one more.
fn alike(mut quoted: impl Iterator<Item = char>, mut found: impl Iterator<Item = char>) -> (usize, usize) {
    let mut alike = 0;
    loop {
        match (quoted.next(), found.next()) {
            (Some(quoted), Some(found)) if quoted == found => alike += 1,
            (None, None) if alike < EXCERPT => return (alike, alike + 1),
            _ => return (alike, alike),
        }
    }
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
            Some(path) => meant.clone().any(runs) || meant.next().is_none() && within(path) && !path.exists(),
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
        likeness(&quote, &findings("a/一", "一", marked)[0].at).is_some()
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
    fn edits_on_both_sides_leave_what_is_between_them() {
        assert!(holds("党组书记、检察长⟦谢谢⟧出席会议并讲话", "代理检察长⟦谢谢⟧出席会议时说"));
        assert!(!holds("党组书记、检察长⟦谢谢⟧出席会议并讲话", "院长⟦谢谢⟧出席时说"));
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
