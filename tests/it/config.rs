//! kanwu.toml: what is settled, in which order, and what is refused; the profiles and the published schema.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::Path;

use kanwu::config::{Finder, PROFILES, Part, Search, schema};
use kanwu::error::Error;
use kanwu::finding::Level;
use kanwu::rule::{self, RuleSet};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::fixture;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// The rules for a file of a folder.
fn rules(folder: &TempDir, file: &str) -> Result<RuleSet, Error> {
    let mut finder = Finder::new(Search::Upward, Part::default(), None)?;
    finder.applied(&folder.path().join(file))?.load()
}

fn level(set: &RuleSet, rule: &str) -> Level {
    set.rule(rule).unwrap_or_else(|| panic!("there is no {rule}")).level
}

/// What is wrong with a configuration.
fn mistakes(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    match rules(&folder, "稿.txt") {
        Ok(_) => String::new(),
        Err(error) => error.to_string().replace(&format!("{}/", folder.path().display()), ""),
    }
}

fn refused(text: &str, told: &[&str]) {
    let said = mistakes(&[("kanwu.toml", text)]);
    told.iter().for_each(|part| assert!(said.contains(part), "no {part:?} in\n{said}"));
}

#[test]
fn the_stronger_wins() {
    let folder = folder(&[
        ("base.toml", "extends = \"thesis\"\n[levels]\nunit = \"query\"\n\"law/village-head\" = \"error\"\n"),
        (
            "kanwu.toml",
            "extends = \"base.toml\"\n[levels]\nlaw = \"warning\"\n[[for]]\nfiles = \"公文/**\"\nextends = \"official\"\nlevels = { law = \"query\" }\n",
        ),
        ("公文/稿.txt", ""),
    ]);
    let set = rules(&folder, "稿.txt").expect("a sound configuration");
    assert_eq!(level(&set, "unit/market-unit"), Level::Query, "a topic lowers what a profile switched on");
    assert_eq!(level(&set, "law/village-head"), Level::Warning, "kanwu.toml is above what it extends");
    assert_eq!(level(&set, "punctuation/title-mark-on-certificate"), Level::Off);
    let set = rules(&folder, "公文/稿.txt").expect("a sound configuration");
    assert_eq!(level(&set, "document/padded-date"), Level::Warning, "the table extends in place of the file");
    assert_eq!(level(&set, "document/keywords-too-few-or-many"), Level::Off);
    assert_eq!(level(&set, "law/village-head"), Level::Query, "the table is above the file");
}

#[test]
fn a_topic_switches_nothing_on_and_the_longer_name_wins() {
    let text =
        "[levels]\nunit = \"error\"\n\"unit/clipped-unit\" = \"query\"\n\"unit/parts-per-million\" = \"warning\"\n";
    let set = rules(&folder(&[("kanwu.toml", text)]), "稿.txt").expect("a sound configuration");
    let levels = ["unit/abolished-unit", "unit/clipped-unit", "unit/parts-per-million", "unit/market-unit"];
    let levels = levels.map(|rule| level(&set, rule));
    assert_eq!(levels, [Level::Error, Level::Query, Level::Warning, Level::Off]);
}

#[test]
fn the_nearest_configuration_is_the_only_one() {
    let folder = folder(&[
        ("kanwu.toml", "[levels]\nlaw = \"query\"\n"),
        ("二/kanwu.toml", "[levels]\nunit = \"error\"\n"),
        ("二/三/稿.txt", ""),
    ]);
    let set = rules(&folder, "二/三/稿.txt").expect("a sound configuration");
    assert_eq!(level(&set, "unit/abolished-unit"), Level::Error);
    assert_eq!(level(&set, "law/repealed-statute"), Level::Warning);
}

#[test]
fn nothing_settled_changes_nothing() {
    let plain = rule::built_in().expect("the built-in packs hold");
    let empty = rules(&folder(&[("kanwu.toml", "")]), "稿.txt").expect("a sound configuration");
    let levels = |set: &RuleSet| set.rules.iter().map(|rule| (rule.id.clone(), rule.level)).collect::<Vec<_>>();
    assert_eq!(levels(&plain), levels(&empty));
}

#[test]
fn mistakes_are_shown_in_the_file() {
    refused("level = 1\n", &["unknown key `level`", "kanwu.toml:1:1", "did you mean `levels`?"]);
    refused(
        "[levels]\n\"law/vilage-head\" = \"off\"\n",
        &["no rule or topic `law/vilage-head`", ":2:1", "`law/village-head`"],
    );
    refused("[levels]\nlaw = \"eror\"\n", &["unknown value `eror`", ":2:7", "did you mean `error`?"]);
    refused("extends = \"newspapers\"\n", &["no profile `newspapers`", ":1:11", "did you mean `newspaper`?"]);
    refused("extends = \"无.toml\"\n", &["cannot read", "无.toml", ":1:11"]);
    refused("rules = [\"无.toml\"]\n", &["cannot read the rule pack", ":1:10"]);
    refused("names = \"无.txt\"\n", &["cannot read the list of names", ":1:9"]);
    refused("fail-on = \"off\"\n", &["unknown value `off`", "error, warning, query, never"]);
    refused("fail-over = -1\n", &["points per 10,000", ":1:13"]);
    refused("measure = \"newspaper\"\n", &["did you mean `newspaper-2020`?"]);
    refused("[with.\"unit/market-unit\"]\nregx = \"x\"\n", &["unit/market-unit: unknown key `regx`", ":2:", "regex"]);
    refused("[with.\"unit/market-unit\"]\nregex = \"(斤\"\n", &["not a regular expression", ":2:9"]);
    refused("[with.unit]\nregex = \"x\"\n", &["is a topic", ":1:7"]);
    refused("[with.\"unit/x\"]\nregex = \"x\"\n", &["there is no rule `unit/x`", ":1:7"]);
    refused("[[for]]\nfiles = \"[\"\n", &["no glob", ":2:9"]);
    refused("[[for]]\nlevels = {}\n", &["`files` is missing", ":1:1"]);
    refused("[[allow]]\nrule = \"law\"\nquote = \"⟦甲⟧\"\n", &["`reason` is missing", ":1:1"]);
    refused("[[allow]]\nrule = \"law\"\nquote = \"⟦甲⟧\"\nreason = \" \"\n", &["the reason is empty", ":4:10"]);
    refused(
        "[[allow]]\nrule = \"lawn\"\nquote = \"⟦甲⟧\"\nreason = \"试\"\n",
        &["no rule or topic `lawn`", ":2:8", "`law`"],
    );
    refused("[[allow]]\nrule = \"law\"\nquote = \"甲\"\nreason = \"试\"\n", &["exactly one stretch", ":3:9"]);
    refused("a = [\n", &["kanwu.toml:"]);
}

#[test]
fn a_table_for_other_files_is_judged_too() {
    refused("[[for]]\nfiles = \"别处/**\"\nlevels = { lawn = \"off\" }\n", &["no rule or topic `lawn`", ":3:12"]);
    refused("[[for]]\nfiles = \"别处/**\"\nrules = \"无.toml\"\n", &["cannot read the rule pack", ":3:9"]);
}

#[test]
fn a_circle_is_refused() {
    let said = mistakes(&[("kanwu.toml", "extends = \"a.toml\"\n"), ("a.toml", "extends = \"kanwu.toml\"\n")]);
    assert!(said.contains("these extend each other") && said.contains("a.toml:1:11"), "{said}");
}

const PACK: &str = r#"
[pack]
name = "我社用词"
version = "3"
licence = "CC0-1.0"

[[rule]]
id      = "house-word"
was     = ["old-word"]
check   = "phrase"
with    = { wrong = "希奇", right = "稀奇" }
level   = "warning"
message = "“{wrong}”应为“{right}”"
why     = "我社用“稀奇”。"
source  = "编辑部约定"
bad     = ["他⟦希奇⟧地看着。"]
fixed   = ["他稀奇地看着。"]
good    = ["他稀奇地看着。"]
"#;

#[test]
fn packs_and_former_ids_count_from_the_configuration() {
    let text =
        "rules = \"规则/我社.toml\"\n[levels]\nold-word = \"error\"\n[with.\"我社/old-word\"]\nwrong = \"稀罕\"\n";
    let folder = folder(&[("kanwu.toml", text), ("规则/我社.toml", PACK), ("稿件/一.txt", "")]);
    let set = rules(&folder, "稿件/一.txt").expect("a sound configuration");
    let rule = set.rule("我社/house-word").expect("the rule of the pack");
    assert_eq!((rule.level, &rule.declaration().with["wrong"]), (Level::Error, &Value::from("稀罕")));
    let manifest = set.manifests.iter().find(|(topic, _)| topic == "我社").map(|(_, manifest)| manifest);
    assert_eq!(
        manifest.map(|manifest| (manifest.name.as_str(), manifest.version.as_deref())),
        Some(("我社用词", Some("3")))
    );
}

#[test]
fn a_list_of_the_house_takes_the_place_of_a_rule_s_own() {
    let text = "[with.\"law/agency-usage\"]\nlist = \"用语.tsv\"\n";
    let folder = folder(&[("kanwu.toml", text), ("用语.tsv", "水老鸹\t鸬鹚\n")]);
    let set = rules(&folder, "稿.txt").expect("a sound configuration");
    let found = |text: &str| {
        let source = kanwu::text::Source::from_text("稿.txt", text);
        let manuscript = kanwu::manuscript::read_manuscript(vec![source]);
        kanwu::engine::check(&manuscript, &set).iter().filter(|finding| &*finding.rule == "law/agency-usage").count()
    };
    assert_eq!((found("湖边有水老鸹。"), found("他是残废人。")), (1, 0));
}

#[test]
fn a_manifest_is_read_strictly() {
    let pack = PACK.replace("licence", "license");
    let said = mistakes(&[("kanwu.toml", "rules = \"我社.toml\"\n"), ("我社.toml", &pack)]);
    assert!(said.contains("unknown key `license`") && said.contains("did you mean `licence`?"), "{said}");
}

#[test]
fn listed_names_are_never_questioned() {
    let text = "法官助理某某某说，水涨了。渔业集聚区建在湖东。集聚区有二十家工厂，聚集区还要扩大。\n";
    let found = |names: &str| {
        let folder = folder(&[("kanwu.toml", "names = \"names.txt\"\n"), ("names.txt", names), ("稿.txt", text)]);
        let set = rules(&folder, "稿.txt").expect("a sound configuration");
        let source = kanwu::text::Source::from_text("稿.txt", text);
        let manuscript = kanwu::manuscript::read_manuscript(vec![source]);
        let findings = kanwu::engine::check(&manuscript, &set);
        findings.iter().map(|finding| finding.rule.to_string()).collect::<BTreeSet<String>>()
    };
    let (plain, listed) = (found("# 无\n"), found("某某某 # 本名\n\n聚集区\n"));
    let both = ["person/placeholder-name", "consistency/two-forms-of-word"];
    both.iter()
        .for_each(|rule| assert!(plain.contains(*rule) && !listed.contains(*rule), "{rule}: {plain:?} {listed:?}"));
}

#[test]
fn profiles_hold_and_decide_on_every_rule_that_is_off() {
    let folder = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/profiles")).expect("profiles");
    let files: BTreeSet<String> =
        folder.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(files, PROFILES.iter().map(|(name, _)| format!("{name}.toml")).collect());
    let plain = rule::built_in().expect("the built-in packs hold");
    let off: Vec<&str> = plain.rules.iter().filter(|rule| rule.level == Level::Off).map(|rule| &*rule.id).collect();
    for (name, text) in PROFILES {
        let mut finder =
            Finder::new(Search::Nowhere, Part::default(), Some(name)).unwrap_or_else(|error| panic!("{error}"));
        let set = finder.applied(Path::new("稿.txt")).and_then(|applied| applied.load());
        let set = set.unwrap_or_else(|error| panic!("{error}"));
        off.iter().for_each(|rule| assert!(text.contains(rule), "{name} does not decide on {rule}"));
        let on = off.iter().filter(|rule| level(&set, rule) != Level::Off).count();
        assert!(on > 2, "{name}");
    }
}

/// `KANWU_BLESS=1` writes it anew.
#[test]
fn the_published_schema_is_current() {
    let set = rule::built_in().expect("the built-in packs hold");
    let text = format!("{:#}\n", schema::schema(&set));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("kanwu.schema.json");
    if env::var_os("KANWU_BLESS").is_some() {
        fs::write(&path, &text).expect("the schema can be written");
    }
    assert!(
        fs::read_to_string(path).unwrap_or_default() == text,
        "kanwu.schema.json is old; KANWU_BLESS=1 rewrites it"
    );
}

#[test]
fn the_schema_agrees_with_the_reader() {
    let set = rule::built_in().expect("the built-in packs hold");
    let validator = jsonschema::validator_for(&schema::schema(&set)).expect("a schema");
    let valid = |text: &str| {
        let value: toml::Value = toml::from_str(text).expect("TOML");
        validator.is_valid(&serde_json::to_value(value).expect("JSON"))
    };
    for (name, text) in PROFILES {
        assert!(valid(text), "{name}");
    }
    let sound = fs::read_to_string(fixture("config/kanwu.toml")).expect("a configuration");
    assert!(valid(&sound));
    assert_eq!(mistakes(&[("kanwu.toml", &sound), ("规则/我社.toml", PACK), ("names.txt", "")]), "");
    let broken = [
        "level = 1",
        "extends = \"newspapers\"",
        "fail-on = \"off\"",
        "fail-over = -1",
        "measure = \"newspaper\"",
        "[levels]\nlaw = \"eror\"",
        "[with.\"unit/market-unit\"]\n[with]\nx = 1",
        "[[for]]\nlevels = {}",
        "[[for]]\nfiles = 1",
        "[[for]]\nfiles = \"a\"\nallow = []",
        "[[allow]]\nrule = \"law\"\nquote = \"⟦甲⟧\"",
        "[[allow]]\nrule = \"law\"\nquote = \"甲\"\nreason = \"试\"",
        "[[allow]]\nrule = \"law\"\nquote = \"⟦甲⟧\"\nreason = \" \"",
    ];
    for text in broken.iter().filter(|text| toml::from_str::<toml::Value>(text).is_ok()) {
        assert!(!valid(text), "the schema admits {text}");
        assert_ne!(mistakes(&[("kanwu.toml", text)]), "", "the reader admits {text}");
    }
}

/// Pieces that configurations are made of, and some that they are not.
fn scrap() -> impl Strategy<Value = String> {
    let known = [
        "extends = ",
        "\"newspaper\"",
        "\"kanwu.toml\"",
        "\n",
        "[levels]\n",
        "law = ",
        "\"error\"",
        "[[for]]\n",
        "files = ",
        "\"**\"",
        "[[allow]]\n",
        "rule = ",
        "quote = ",
        "\"甲⟦乙⟧丙\"",
        "reason = ",
        "[with.\"unit/market-unit\"]\n",
        "regex = ",
        "\"(\"",
        "{ a = 1 }",
        "[1, 2]",
        "fail-over = ",
        "1e400",
        "nan",
        "names = ",
        "\"𠮷\"",
        "'''",
        "\u{FEFF}",
        "= =",
        "\"\\u0000\"",
    ];
    prop_oneof![4 => proptest::sample::select(known.to_vec()).prop_map(str::to_string), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_configuration_breaks_the_program(scraps in proptest::collection::vec(scrap(), 0..14)) {
        let text = scraps.concat();
        let said = mistakes(&[("kanwu.toml", &text)]);
        prop_assert!(said.is_empty() || said.contains("kanwu.toml") || said.contains(".toml:"), "{said}");
        mistakes(&[("kanwu.allow.toml", &text)]);
    }
}
