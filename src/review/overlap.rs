/*!
Two fixes that would write over each other: one finding loses its fix and stays. A fix that needs no person goes before
one that does, and then the earlier finding before the later.
*/

use std::collections::BTreeMap;

use crate::finding::{Edit, Finding, Safety};

/// Takes fixes away until no two edits of different findings overlap. The findings are in the order of their places.
pub fn settle(findings: &mut [Finding]) {
    let mut taken = Taken::default();
    for safety in [Safety::Safe, Safety::Ask] {
        for finding in findings.iter_mut() {
            let Some(fix) = finding.fix.as_ref().filter(|fix| fix.safety == safety) else { continue };
            if fix.edits.iter().any(|edit| taken.meets(edit)) {
                finding.fix = None;
            } else {
                fix.edits.iter().for_each(|edit| taken.add(edit));
            }
        }
    }
}

/// The edits so far: file and start to the furthest end. Ends grow with starts, because edits do not overlap.
#[derive(Default)]
struct Taken(BTreeMap<(u16, u32), u32>);

impl Taken {
    /// Whether an edit shares a byte with one that is taken, stands inside it, or begins at the very same point.
    fn meets(&self, edit: &Edit) -> bool {
        let span = edit.span;
        let before = self.0.range((span.file, 0)..(span.file, span.start)).next_back();
        let inside = self.0.range((span.file, span.start)..(span.file, span.end)).next();
        let same = self.0.contains_key(&(span.file, span.start));
        before.is_some_and(|(_, &end)| end > span.start) || inside.is_some() || same
    }

    fn add(&mut self, edit: &Edit) {
        let end = self.0.entry((edit.span.file, edit.span.start)).or_insert(edit.span.end);
        *end = (*end).max(edit.span.end);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, fixed};
    use super::*;

    /// Marks in two texts are two rules; the result says which fixes are left.
    fn check(first: &str, second: &str, left: &[bool]) {
        let mut all = fixed(findings("a/一", "一", first), "甲", Safety::Safe);
        all.extend(fixed(findings("b/二", "二", second), "乙", Safety::Safe));
        super::super::sort(&mut all);
        settle(&mut all);
        let fixes: Vec<bool> = all.iter().map(|finding| finding.fix.is_some()).collect();
        assert_eq!(fixes, left, "{first} {second}");
    }

    #[test]
    fn the_later_of_two_loses_its_fix() {
        check("山⟦高水⟧长", "山高⟦水长⟧", &[true, false]);
        check("山⟦高水长⟧", "山高⟦水⟧长", &[true, false]);
        check("山⟦高⟧水长", "山⟦高⟧水长", &[true, false]);
    }

    #[test]
    fn a_fix_that_needs_no_person_goes_first() {
        let mut all = fixed(findings("a/一", "一", "山⟦高⟧水长"), "甲", Safety::Ask);
        all.extend(fixed(findings("b/二", "二", "山⟦高⟧水长"), "乙", Safety::Safe));
        settle(&mut all);
        assert_eq!(all.iter().map(|finding| finding.fix.is_some()).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn neighbours_keep_theirs() {
        check("山⟦高⟧水长", "山高⟦水⟧长", &[true, true]);
        check("山⟦高⟧水长", "山高⟦⟧水长", &[true, true]);
    }

    #[test]
    fn an_insertion_inside_or_at_the_same_point_loses() {
        check("山⟦高水⟧长", "山高⟦⟧水长", &[true, false]);
        check("山高⟦⟧水长", "山高⟦⟧水长", &[true, false]);
    }
}
