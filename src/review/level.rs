/*!
The lowest level shown, and the names of levels. What a gate looks at is decided elsewhere, from all findings.
*/

use crate::finding::{Finding, Level};

/// The findings at the level or above it; a rule that is off never shows.
pub fn at_least(findings: Vec<Finding>, lowest: Level) -> Vec<Finding> {
    findings.into_iter().filter(|finding| finding.level <= lowest && finding.level != Level::Off).collect()
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Error, Level::Warning, Level::Query, Level::Off];

    /// The level of that name.
    pub fn named(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}
