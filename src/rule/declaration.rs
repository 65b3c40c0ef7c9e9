/*!
What a pack may say: the TOML schema, read strictly and with every mistake placed.
*/

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use super::pack::Pack;
use super::spot;
use crate::error::{Mistake, did_you_mean};
use crate::finding::{Class, Level};

/// One `[[rule]]` as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// The name of the fault, in kebab-case.
    pub id: String,
    /// Former ids: allows keep working.
    #[serde(default)]
    pub was: Vec<String>,
    /// The mechanism.
    pub check: String,
    /// The mechanism's own options.
    #[serde(skip)]
    pub with: Value,
    pub level: Level,
    /// What the measure of errors charges; by topic if unset.
    pub class: Option<Class>,
    /// Block kinds in which the rule speaks; every kind but code if empty.
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
    /// Ends of titles; the rule speaks only in articles under such a title.
    #[serde(default)]
    pub titled: Vec<String>,
    pub boundary: Option<bool>,
    #[serde(default)]
    pub bad: Vec<String>,
    #[serde(default)]
    pub good: Vec<String>,
    #[serde(default)]
    pub fixed: Vec<String>,
}

/// What a pack says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub name: String,
    pub version: Option<String>,
    pub licence: Option<String>,
    pub description: Option<String>,
}

/// A declaration and the table that it was read from, for pointing into it.
pub(super) struct Declared<'t> {
    pub declaration: Declaration,
    pub table: Spanned<DeTable<'t>>,
}

/// Reads the rules of a pack; what cannot be read is left out and told.
pub(super) fn read<'p>(pack: &'p Pack, mistakes: &mut Vec<Mistake>) -> (Vec<Declared<'p>>, Option<Manifest>) {
    let (document, errors) = DeTable::parse_recoverable(&pack.text);
    if !errors.is_empty() {
        mistakes.extend(errors.iter().map(|error| told(pack, error, 0..0)));
        return (Vec::new(), None);
    }
    let (mut rules, mut manifest) = (Vec::new(), None);
    for (key, value) in document.into_inner() {
        let span = value.span();
        match (key.get_ref().as_ref(), value.into_inner()) {
            ("rule", DeValue::Array(tables)) => rules.extend(tables),
            ("pack", DeValue::Table(table)) => {
                match Manifest::deserialize(Deserializer::from(Spanned::new(span.clone(), table))) {
                    Ok(read) => manifest = Some(read),
                    Err(error) => mistakes.push(told(pack, &error, span)),
                }
            }
            (name, _) => {
                let mistake = pack.mistake(key.span(), format!("unknown key `{name}`"));
                mistakes.push(mistake.help(Some(
                    "a pack is a list of [[rule]] tables, with a [pack] table before them if it likes".to_string(),
                )));
            }
        }
    }
    (rules.into_iter().filter_map(|rule| read_rule(pack, rule, mistakes)).collect(), manifest)
}

fn read_rule<'p>(pack: &Pack, rule: Spanned<DeValue<'p>>, mistakes: &mut Vec<Mistake>) -> Option<Declared<'p>> {
    let span = rule.span();
    let DeValue::Table(table) = rule.into_inner() else {
        mistakes.push(pack.mistake(span, "a rule is a table"));
        return None;
    };
    let with = table.iter().find(|(key, _)| key.get_ref() == "with").map(|(_, value)| spot::json(value.get_ref()));
    let mut plain = table.clone();
    plain.remove("with");
    let mut known = true;
    // Every unknown key is told, not only the first: it is taken out and the rest is read again.
    loop {
        let deserializer = Deserializer::from(Spanned::new(span.clone(), plain.clone()));
        let error = match Declaration::deserialize(deserializer) {
            Ok(declaration) => {
                let with = with.unwrap_or_else(|| Value::Object(serde_json::Map::new()));
                let declaration = Declaration { with, ..declaration };
                return known.then_some(Declared { declaration, table: Spanned::new(span, table) });
            }
            Err(error) => error,
        };
        mistakes.push(told(pack, &error, span.clone()));
        let name = unknown_field(error.message())?;
        known = false;
        plain.remove(name);
    }
}

fn told(pack: &Pack, error: &toml::de::Error, rule: std::ops::Range<usize>) -> Mistake {
    let (message, help) = plain(error.message());
    pack.mistake(error.span().unwrap_or(rule), message).help(help)
}

/// The key of an `unknown field` message of serde.
pub(super) fn unknown_field(message: &str) -> Option<&str> {
    message.strip_prefix("unknown field `")?.split('`').next()
}

/// Shortens serde's messages about unknown names, with a suggestion from the names that it lists.
pub(super) fn plain(message: &str) -> (String, Option<String>) {
    let kind = ["field", "variant"].into_iter().find(|kind| message.starts_with(&format!("unknown {kind} `")));
    let Some(kind) = kind else { return (message.to_string(), None) };
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (name, known) = names.split_first().map_or(("", &[][..]), |(name, known)| (*name, known));
    let what = if kind == "field" { "key" } else { "value" };
    let all = || (!known.is_empty()).then(|| format!("known here: {}", known.join(", ")));
    let help = did_you_mean(name, known.iter().copied()).or_else(all);
    (format!("unknown {what} `{name}`"), help)
}
