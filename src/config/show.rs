/*!
What applies to a file and whence, for `kanwu check --show-config`: each value that counts, with its line.
*/

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use super::{Applied, Whence};

/// The settings of a file, one a line.
pub fn show(applied: &Applied) -> String {
    let mut lines = Lines::default();
    lines.add("configuration", applied.own().map_or("none", |config| config.file.name.as_str()), None);
    for base in &applied.bases {
        lines.add("extends", &base.value.file.name, Some(&base.whence));
    }
    for pack in applied.packs() {
        lines.add("rules", pack.value.display(), Some(&pack.whence));
    }
    for list in applied.parts.iter().flat_map(|part| &part.names) {
        lines.add("names", list.value.display(), Some(&list.whence));
    }
    match applied.last(|part| part.measure.as_ref()) {
        Some(measure) => lines.add("measure", &measure.value.name, Some(&measure.whence)),
        None => lines.add("measure", applied.measure().map_or("none", |measure| &measure.name), None),
    }
    match applied.last(|part| part.fail_on.as_ref()) {
        Some(gate) => lines.add("fail-on", gate.value.name(), Some(&gate.whence)),
        None => lines.add("fail-on", applied.gate().name(), None),
    }
    if let Some(rate) = applied.last(|part| part.fail_over.as_ref()) {
        lines.add("fail-over", rate.value, Some(&rate.whence));
    }
    let mut levels = BTreeMap::new();
    for (name, level) in applied.parts.iter().flat_map(|part| &part.levels) {
        levels.insert(&name.value, (level.name(), &name.whence));
    }
    for (name, (level, whence)) in levels {
        lines.add("level", format!("{name} = {level}"), Some(whence));
    }
    for option in applied.options() {
        let value = format!("{}.{} = {}", option.rule.value, option.key, option.value.value);
        lines.add("with", value, Some(&option.value.whence));
    }
    for allow in applied.allowing().flat_map(|config| &config.allows) {
        lines.add("allow", format!("{} {}", allow.rule.value, allow.quote), Some(&allow.whence));
    }
    lines.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, key: &str, value: impl Display, whence: Option<&Whence>) {
        let whence = whence.map_or_else(|| "default".to_string(), Whence::to_string);
        let whence = if key == "configuration" { String::new() } else { format!("  ({whence})") };
        let _ = writeln!(self.0, "  {key:13} {value}{whence}");
    }
}
