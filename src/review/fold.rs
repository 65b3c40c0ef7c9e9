/*!
The very same finding at many places of one file becomes one finding with a count.

The message decides: a rule that quotes the word at fault says something new each time and is not folded; a half-width
comma is the same every time. A finding with notes shows two sides and is never folded, because the other sides would be
lost. Fixes of unequal safety do not mix, nor does a finding that has a fix with one that has none.
*/

use std::collections::HashMap;

use crate::finding::{Finding, Level, Safety};

#[derive(PartialEq, Eq, Hash)]
struct Key {
    rule: std::sync::Arc<str>,
    level: Level,
    message: String,
    help: Option<String>,
    file: u16,
    safety: Option<Safety>,
}

/// Folds findings; each stands where its first place stood.
pub fn fold(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut first: HashMap<Key, usize> = HashMap::new();
    for finding in findings {
        let at = if finding.notes.is_empty() { *first.entry(key(&finding)).or_insert(kept.len()) } else { kept.len() };
        match kept.get_mut(at) {
            Some(into) => join(into, finding),
            None => kept.push(finding),
        }
    }
    kept
}

fn key(finding: &Finding) -> Key {
    Key {
        rule: finding.rule.clone(),
        level: finding.level,
        message: finding.message.clone(),
        help: finding.help.clone(),
        file: finding.at.first().span.file,
        safety: finding.fix.as_ref().map(|fix| fix.safety),
    }
}

fn join(into: &mut Finding, finding: Finding) {
    into.folded.push(finding.at);
    into.folded.extend(finding.folded);
    if let (Some(fix), Some(more)) = (&mut into.fix, finding.fix) {
        fix.edits.extend(more.edits);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{findings, fixed};
    use super::*;

    #[test]
    fn the_same_words_fold_and_other_words_do_not() {
        let mut all = fixed(findings("p/半角", "句中用了半角逗号", "山⟦,⟧水⟦,⟧人⟦,⟧"), "，", Safety::Safe);
        all.extend(findings("w/错字", "“籍口”应为“借口”", "⟦籍口⟧"));
        all.extend(findings("w/错字", "“竟争”应为“竞争”", "⟦竟争⟧"));
        let folded = fold(all);
        assert_eq!(folded.iter().map(|finding| finding.folded.len()).collect::<Vec<_>>(), [2, 0, 0]);
        assert_eq!(folded[0].fix.as_ref().map(|fix| fix.edits.len()), Some(3));
    }

    #[test]
    fn fixes_of_unequal_safety_stay_apart() {
        let mut all = fixed(findings("p/半角", "半角逗号", "山⟦,⟧水"), "，", Safety::Safe);
        all.extend(fixed(findings("p/半角", "半角逗号", "山水⟦,⟧"), "，", Safety::Ask));
        all.extend(findings("p/半角", "半角逗号", "⟦,⟧"));
        assert_eq!(fold(all).len(), 3);
    }
}
