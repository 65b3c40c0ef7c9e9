/*!
Which findings close a gate. A gate looks at all that were found and not allowed, shown or not.
*/

use crate::finding::{Finding, Level};

/// What makes the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// A finding at this level or above it.
    At(Level),
    Never,
}

/// The names of gates.
pub const GATES: [&str; 4] = ["error", "warning", "query", "never"];

impl Gate {
    /// The gate of that name.
    pub fn named(name: &str) -> Option<Gate> {
        match name {
            "never" => Some(Gate::Never),
            level => Level::named(level).filter(|level| *level != Level::Off).map(Gate::At),
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Gate::At(level) => level.name(),
            Gate::Never => "never",
        }
    }

    /// Whether a finding closes it.
    pub fn stops(self, finding: &Finding) -> bool {
        match self {
            Gate::At(lowest) => finding.level <= lowest && finding.level != Level::Off,
            Gate::Never => false,
        }
    }
}
