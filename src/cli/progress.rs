/*!
A bar for whoever waits at a terminal, after a second; nothing anywhere else.
*/

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::engine::{self, FileReport, Input, Settings};
use crate::rule::RuleSet;

/// How long a run may be silent.
const PATIENCE: Duration = Duration::from_secs(1);

/// Checks the inputs and shows on standard error how far it is; the bar is gone before anything is reported.
pub fn check(inputs: &[Input], set: &RuleSet, settings: &Settings) -> Vec<FileReport> {
    if inputs.len() < 2 || !io::stderr().is_terminal() {
        return engine::check_files(inputs, set, settings);
    }
    let bar = ProgressBar::with_draw_target(Some(inputs.len() as u64), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len}") {
        bar.set_style(style);
    }
    let start = Instant::now();
    let files = engine::check_watched(inputs, set, settings, &|| {
        if bar.is_hidden() && start.elapsed() >= PATIENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.inc(1);
    });
    bar.finish_and_clear();
    files
}
