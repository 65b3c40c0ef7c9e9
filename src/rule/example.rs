/*!
Running the examples of a rule, through everything that a manuscript goes through.
*/

use std::ops::Range;

use super::Rule;
use crate::facts::Context;
use crate::finding::{Finding, Place};
use crate::manuscript::read_manuscript;
use crate::phrase::unmark;
use crate::scan::Scan;
use crate::text::Source;

/// An example that does not hold.
pub(super) struct Broken {
    /// Where in the rule: `bad[1]`.
    pub path: String,
    pub message: String,
}

/// The examples of a rule that do not hold.
pub(super) fn broken(rule: &Rule, scan: &Scan) -> Vec<Broken> {
    let declaration = rule.declaration();
    let mut broken = Vec::new();
    for (index, text) in declaration.bad.iter().enumerate() {
        let (plain, marks) = unmark(text);
        let findings = run(rule, scan, &plain);
        let fault = bad(&findings, &marks, &plain).or_else(|| {
            let fixed = declaration.fixed.get(index).map(String::as_str);
            fixed_differs(&findings, fixed, &plain)
        });
        broken.extend(fault.map(|message| Broken { path: format!("bad[{index}]"), message }));
    }
    for (index, text) in declaration.good.iter().enumerate() {
        let (plain, _) = unmark(text);
        let first = run(rule, scan, &plain).into_iter().next();
        let fault = first.map(|finding| format!("the rule finds “{}” here", finding.at.text()));
        broken.extend(fault.map(|message| Broken { path: format!("good[{index}]"), message }));
    }
    broken
}

fn run(rule: &Rule, scan: &Scan, text: &str) -> Vec<Finding> {
    let manuscript = read_manuscript(vec![Source::from_text("example.txt", text)]);
    let hits = scan.hits(&manuscript.text);
    rule.run(&Context::new(&manuscript, &hits))
}

/// What is wrong with the findings of a bad example, if anything is.
fn bad(findings: &[Finding], marks: &[Range<usize>], text: &str) -> Option<String> {
    let finding = match findings {
        [] => return Some("the rule finds nothing here".to_string()),
        [finding] => finding,
        several => {
            let texts: Vec<String> = several.iter().map(|finding| format!("“{}”", finding.at.text())).collect();
            return Some(format!("the rule finds {} things here: {}", several.len(), texts.join(", ")));
        }
    };
    let (place, notes) = marks.split_first()?;
    let found = hull(&finding.at);
    if found != *place {
        return Some(format!("the rule finds “{}” and not “{}”", &text[found], &text[place.clone()]));
    }
    let told: Vec<Range<usize>> = finding.notes.iter().map(|note| hull(&note.at)).collect();
    let missing = notes.iter().find(|note| !told.contains(note));
    missing.map(|note| format!("the finding has no note at “{}”", &text[note.clone()]))
}

fn fixed_differs(findings: &[Finding], fixed: Option<&str>, text: &str) -> Option<String> {
    let fix = findings.first().and_then(|finding| finding.fix.as_ref());
    match (fix, fixed) {
        (None, None) => None,
        (None, Some(fixed)) if fixed == text => None,
        (None, Some(_)) => Some("the rule offers no fix here, so `fixed` must repeat the text of `bad`".to_string()),
        (Some(_), None) => Some("the rule offers a fix, so `fixed` needs a text for each of `bad`".to_string()),
        (Some(fix), Some(fixed)) => {
            let mut edits: Vec<_> = fix.edits.iter().collect();
            edits.sort_by_key(|edit| std::cmp::Reverse(edit.span.start));
            let mut changed = text.to_string();
            edits.into_iter().for_each(|edit| changed.replace_range(edit.span.range(), &edit.text));
            (changed != fixed).then(|| format!("the fix gives “{changed}”"))
        }
    }
}

/// The bytes from the first to the last piece.
fn hull(place: &Place) -> Range<usize> {
    let start = place.pieces.iter().map(|piece| piece.span.start as usize).min().unwrap_or_default();
    let end = place.pieces.iter().map(|piece| piece.span.end as usize).max().unwrap_or_default();
    start..end
}
