/*!
The keys of a configuration: the one definition that the reader is strict about and the published schema is made of.
*/

/// One key.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub about: &'static str,
    pub kind: Kind,
    pub needed: bool,
}

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// The name of a profile, or the path of a configuration.
    Base,
    /// The paths of files.
    Paths,
    /// One glob or several.
    Globs,
    Measure,
    Gate,
    /// A number that is not negative.
    Rate,
    /// Levels by rule or topic.
    Levels,
    /// Options by rule.
    Options,
    /// A rule or topic.
    Rule,
    /// A text that is not empty.
    Text,
    /// A text in which one stretch is marked.
    Quote,
    /// Tables with these keys.
    Tables(&'static [&'static [Key]]),
}

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, about, kind, needed: false }
}

const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, about, kind, needed: true }
}

/// The keys of a configuration and of each of its `[[for]]` tables.
pub const SETTINGS: &[Key] = &[
    key("extends", Kind::Base, "A profile (newspaper, official, thesis, court) or the path of another configuration"),
    key("rules", Kind::Paths, "Rule packs to add, relative to this file"),
    key("names", Kind::Paths, "Files of names that are never questioned, one a line, relative to this file"),
    key("measure", Kind::Measure, "The official measure of errors that findings are charged by"),
    key("fail-on", Kind::Gate, "The lowest level that makes the exit status 1"),
    key("fail-over", Kind::Rate, "Exit status 1 where certain errors exceed so many points per 10,000 characters"),
    key(
        "levels",
        Kind::Levels,
        "Levels by rule or topic; the longer name wins. A topic never switches on a rule that is off",
    ),
    key("with", Kind::Options, "Options of rules, each in place of the rule's own"),
];

/// The keys of an `[[allow]]` table.
pub const ALLOW: &[Key] = &[
    needed("rule", Kind::Rule, "A rule or topic"),
    key("file", Kind::Globs, "The files in which it holds, relative to this file; all if unset"),
    needed("quote", Kind::Quote, "The words as they stand, what the finding is about between ⟦ and ⟧"),
    needed("reason", Kind::Text, "Why the finding may stand"),
];

/// The keys that only a `[[for]]` table has.
const FILES: &[Key] = &[needed("files", Kind::Globs, "The files that the table is about, relative to this file")];

/// The keys that only the file itself has.
const TABLES: &[Key] = &[
    key("for", Kind::Tables(&[FILES, SETTINGS]), "Settings for some files; later ones win"),
    key("allow", Kind::Tables(&[ALLOW]), "Findings that may stand"),
];

/// All keys of a configuration.
pub const TOP: &[&[Key]] = &[SETTINGS, TABLES];

/// The keys of a `[[for]]` table.
pub const FOR: &[&[Key]] = &[FILES, SETTINGS];

/// The keys of kanwu.allow.toml.
pub const LEDGER: &[&[Key]] = &[&[key("allow", Kind::Tables(&[ALLOW]), "Findings that may stand")]];

/// The key of that name.
pub fn find(table: &[&'static [Key]], name: &str) -> Option<&'static Key> {
    table.iter().flat_map(|keys| keys.iter()).find(|key| key.name == name)
}

/// The names of a table's keys.
pub fn names(table: &[&'static [Key]]) -> impl Iterator<Item = &'static str> {
    table.iter().flat_map(|keys| keys.iter()).map(|key| key.name)
}
