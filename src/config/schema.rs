/*!
The JSON schema of kanwu.toml, for editors that check TOML and complete its keys. It is made of the same keys that the
reader is strict about, and of the rules that there are.
*/

use serde_json::{Map, Value, json};

use super::keys::{Key, Kind, TOP};
use super::profile::PROFILES;
use crate::finding::Level;
use crate::review::gate::GATES;
use crate::rule::RuleSet;
use crate::score::measures;

/// The schema, with the rules of a set as known names.
pub fn schema(set: &RuleSet) -> Value {
    let mut schema = table(TOP);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("kanwu.toml");
    schema["description"] = json!("What a house has settled about checking its manuscripts with kanwu");
    schema["definitions"] = json!({
        "level": { "enum": Level::ALL.map(Level::name) },
        "paths": { "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] },
        "levels": levels(set),
        "options": options(set),
    });
    schema
}

fn table(keys: &[&'static [Key]]) -> Value {
    let all = || keys.iter().flat_map(|keys| keys.iter());
    let properties: Map<String, Value> = all().map(|key| (key.name.to_string(), described(key))).collect();
    let needed: Vec<&str> = all().filter(|key| key.needed).map(|key| key.name).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties, "required": needed })
}

fn described(key: &Key) -> Value {
    let mut value = kind(key.kind);
    // Draft 7 passes over what stands beside a reference.
    if value.get("$ref").is_some() {
        value = json!({ "allOf": [value] });
    }
    value["description"] = json!(key.about);
    value
}

fn kind(kind: Kind) -> Value {
    let profiles: Vec<&str> = PROFILES.iter().map(|(name, _)| *name).collect();
    match kind {
        Kind::Base => json!({ "anyOf": [{ "enum": profiles }, { "type": "string", "pattern": "\\.toml$" }] }),
        Kind::Paths | Kind::Globs => json!({ "$ref": "#/definitions/paths" }),
        Kind::Measure => json!({ "enum": measures().iter().map(|measure| measure.name.as_str()).collect::<Vec<_>>() }),
        Kind::Gate => json!({ "enum": GATES }),
        Kind::Rate => json!({ "type": "number", "minimum": 0 }),
        Kind::Levels => json!({ "$ref": "#/definitions/levels" }),
        Kind::Options => json!({ "$ref": "#/definitions/options" }),
        Kind::Rule => json!({ "type": "string" }),
        Kind::Text => json!({ "type": "string", "pattern": "\\S" }),
        Kind::Quote => json!({ "type": "string", "pattern": "^[^⟦⟧]*⟦[^⟦⟧]*⟧[^⟦⟧]*$" }),
        Kind::Tables(keys) => json!({ "type": "array", "items": table(keys) }),
    }
}

/// Levels by rule or topic; packs of a house bring names of their own.
fn levels(set: &RuleSet) -> Value {
    let level = json!({ "$ref": "#/definitions/level" });
    let mut known = Map::new();
    for rule in &set.rules {
        known.insert(rule.topic().to_string(), level.clone());
        known.insert(rule.id.to_string(), level.clone());
    }
    json!({ "type": "object", "properties": known, "additionalProperties": level })
}

fn options(set: &RuleSet) -> Value {
    let known: Map<String, Value> =
        set.rules.iter().map(|rule| (rule.id.to_string(), json!({ "type": "object" }))).collect();
    json!({ "type": "object", "properties": known, "additionalProperties": { "type": "object" } })
}
