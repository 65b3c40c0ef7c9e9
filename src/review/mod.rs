/*!
Layer 9: from what was found to what is shown.

Level, allow, overlap, fold, sort, over the findings of one manuscript. Nothing is judged here: a finding goes only
because it is below the level that was asked for, or because a person has let it stand (see [`allow`]; the gates and the
measures are asked between the two, because they look at what is hidden and not at what is allowed). Edits go where two
fixes would write over each other, and repetitions of the very same finding become one with a count.
*/

pub mod allow;
pub mod fold;
pub mod gate;
pub mod level;
pub mod overlap;

use crate::finding::{Finding, Level};

/// What to show and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The lowest level shown.
    pub level: Level,
    /// Whether repetitions of the same finding become one.
    pub fold: bool,
}

/// The findings of one manuscript as they are to be reported: by place, then by rule.
pub fn review(findings: Vec<Finding>, settings: Settings) -> Vec<Finding> {
    let mut findings = level::at_least(findings, settings.level);
    sort(&mut findings);
    overlap::settle(&mut findings);
    if settings.fold {
        findings = fold::fold(findings);
    }
    findings
}

/// By file, place, rule and message, so that the order does not depend on the order of the rules.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let (first, second) = (a.at.first().span, b.at.first().span);
        first.cmp(&second).then_with(|| a.rule.cmp(&b.rule)).then_with(|| a.message.cmp(&b.message))
    });
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::finding::{Class, Edit, Fix, Piece, Place, Safety};
    use crate::text::{Source, SourceSpan};

    /// A finding at each `⟦…⟧` of a text, by the given rule and message.
    pub fn findings(rule: &str, message: &str, marked: &str) -> Vec<Finding> {
        let source = Source::from_text("稿.txt", marked.replace(['⟦', '⟧'], ""));
        let mut open = 0;
        let mut offset = 0;
        let mut found = Vec::new();
        for c in marked.chars() {
            match c {
                '⟦' => open = offset,
                '⟧' => found.push(finding(rule, message, Piece::new(&source, SourceSpan::new(0, open, offset)))),
                c => offset += c.len_utf8(),
            }
        }
        found
    }

    fn finding(rule: &str, message: &str, piece: Piece) -> Finding {
        Finding {
            rule: rule.into(),
            level: Level::Error,
            class: Class::Punctuation,
            headline: false,
            message: message.to_string(),
            at: Place { pieces: vec![piece] },
            notes: Vec::new(),
            help: None,
            fix: None,
            folded: Vec::new(),
        }
    }

    /// Gives each finding a fix that replaces its whole place.
    pub fn fixed(mut findings: Vec<Finding>, text: &str, safety: Safety) -> Vec<Finding> {
        for finding in &mut findings {
            let edit = Edit { span: finding.at.first().span, text: text.to_string() };
            finding.fix = Some(Fix { title: "改标点".to_string(), edits: vec![edit], safety });
        }
        findings
    }

    #[test]
    fn order_is_by_place_then_rule() {
        let mut all = findings("b/二", "二", "山⟦高⟧水长⟦。⟧");
        all.extend(findings("a/一", "一", "山高水⟦长⟧⟦。⟧"));
        sort(&mut all);
        let order: Vec<String> = all.iter().map(|finding| format!("{}{}", finding.at.text(), &finding.rule)).collect();
        assert_eq!(order, ["高b/二", "长a/一", "。a/一", "。b/二"]);
    }

    #[test]
    fn a_level_hides_what_is_below_it() {
        let mut all = findings("a/一", "一", "⟦山⟧⟦高⟧⟦水⟧");
        all[1].level = Level::Query;
        all[2].level = Level::Off;
        let shown = |level| review(all.clone(), Settings { level, fold: false }).len();
        assert_eq!((shown(Level::Error), shown(Level::Warning), shown(Level::Query)), (1, 1, 2));
    }
}
