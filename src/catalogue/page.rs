/*!
The page of one rule: everything that its declaration says, by the declaration's own keys, and the measured figure.
*/

use std::fmt::Write;

use serde_json::Value;

use super::class_name;
use super::figures::measured;
use crate::rule::Rule;

/// The page of a rule.
pub fn page(rule: &Rule) -> String {
    let declaration = rule.declaration();
    let mut text = format!("{}  {} {}\n", rule.id, rule.level.mark(), rule.level.name());
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name:8}  {value}");
        }
    };
    line("message", &declaration.message);
    line("note", declaration.note.as_deref().unwrap_or_default());
    line("help", declaration.help.as_deref().unwrap_or_default());
    line("why", &declaration.why);
    line("source", &declaration.source);
    line("class", &class_name(rule.body().stamp.class));
    line("measured", &figure(&rule.id));
    line("was", &declaration.was.join(", "));
    line("check", &declaration.check);
    for (key, value) in declaration.with.as_object().into_iter().flatten() {
        line("with", &format!("{key} = {}", option(value)));
    }
    line("in", &declaration.blocks.join(", "));
    line("boundary", &declaration.boundary.map(|boundary| boundary.to_string()).unwrap_or_default());
    let texts = [
        ("given", &declaration.given),
        ("titled", &declaration.titled),
        ("unless", &declaration.unless),
        ("bad", &declaration.bad),
        ("fixed", &declaration.fixed),
        ("good", &declaration.good),
    ];
    for (name, texts) in texts {
        texts.iter().for_each(|text| line(name, &text.replace('\n', "↵")));
    }
    text
}

fn figure(id: &str) -> String {
    let told = measured().0.get(id).map(|figure| {
        let (rate, hits, characters, date) = (figure.per_million(), figure.hits, figure.characters, &figure.date);
        format!("{rate:.2} alarms per million characters of edited text ({hits} in {characters}, {date})")
    });
    told.unwrap_or_else(|| "not yet".to_string())
}

/// As TOML would have it, near enough to be read.
fn option(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(option).collect::<Vec<_>>().join(", ")),
        value => value.to_string(),
    }
}
