/*!
Layer 7: runs rules over manuscripts.
*/

use crate::facts::Context;
use crate::finding::{Finding, Findings};
use crate::manuscript::Manuscript;
use crate::rule::RuleSet;

/// The findings of all rules on one manuscript, in the order of the rules.
pub fn check(manuscript: &Manuscript, set: &RuleSet) -> Vec<Finding> {
    let hits = set.scan.hits(&manuscript.text);
    let context = Context::new(manuscript, &hits);
    let mut all = Vec::new();
    for rule in &set.rules {
        let mut findings = Findings::new(&context, &rule.stamp);
        (rule.check)(&context, &mut findings);
        all.extend(findings.into_vec());
    }
    all
}
