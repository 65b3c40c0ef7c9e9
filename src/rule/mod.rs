/*!
Layer 6: rules, as they are declared in TOML, and the set of them that runs.
*/

use std::sync::Arc;

use serde::Deserialize;

use crate::check::{Check, MECHANISMS, Options};
use crate::finding::{Class, Level, Stamp, Template};
use crate::guard::Guard;
use crate::manuscript::BlockKind;
use crate::scan::Scan;

/// One `[[rule]]` as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    pub id: String,
    #[serde(default)]
    pub was: Vec<String>,
    pub check: String,
    #[serde(default)]
    pub with: serde_json::Value,
    pub level: Level,
    pub class: Option<Class>,
    #[serde(default, rename = "in")]
    pub blocks: Vec<String>,
    pub message: String,
    pub note: Option<String>,
    pub help: Option<String>,
    pub why: String,
    pub source: String,
    #[serde(default)]
    pub unless: Vec<String>,
    #[serde(default)]
    pub given: Vec<String>,
    pub boundary: Option<bool>,
    #[serde(default)]
    pub bad: Vec<String>,
    #[serde(default)]
    pub good: Vec<String>,
    #[serde(default)]
    pub fixed: Vec<String>,
}

/// A rule, compiled.
pub struct Rule {
    /// `topic/name`.
    pub id: Arc<str>,
    pub declaration: Declaration,
    pub stamp: Stamp,
    pub check: Check,
}

/// The rules that run, with their literals.
pub struct RuleSet {
    pub rules: Vec<Rule>,
    pub scan: Scan,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    #[serde(default)]
    rule: Vec<Declaration>,
}

/// Compiles the rules of packs, given as topic and TOML text.
pub fn load(packs: &[(&str, &str)]) -> Result<RuleSet, String> {
    let mut set = RuleSet { rules: Vec::new(), scan: Scan::default() };
    for (topic, text) in packs {
        let pack: Pack = toml::from_str(text).map_err(|error| format!("{topic}.toml: {error}"))?;
        for declaration in pack.rule {
            let rule = compile(topic, declaration, &mut set.scan)?;
            set.rules.push(rule);
        }
    }
    Ok(set)
}

fn compile(topic: &str, declaration: Declaration, scan: &mut Scan) -> Result<Rule, String> {
    let id: Arc<str> = format!("{topic}/{}", declaration.id).into();
    let mechanism = MECHANISMS.iter().copied().find(|mechanism| mechanism.name == declaration.check);
    let mechanism = mechanism.ok_or_else(|| format!("{id}: unknown check {}", declaration.check))?;
    let check = (mechanism.compile)(Options(&declaration.with), scan)
        .map_err(|error| format!("{id}: {}: {}", error.path, error.message))?;
    let blocks = BlockKind::ALL.into_iter().filter(|kind| declaration.blocks.iter().any(|name| name == kind.name()));
    let stamp = Stamp {
        rule: id.clone(),
        level: declaration.level,
        class: declaration.class.unwrap_or(Class::Fact),
        message: Template::new(&declaration.message),
        note: declaration.note.as_deref().map(Template::new),
        help: declaration.help.as_deref().map(Template::new),
        guard: Guard { blocks: blocks.collect() },
    };
    Ok(Rule { id, declaration, stamp, check })
}
