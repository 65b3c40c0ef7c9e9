use std::borrow::Cow;

use super::*;
use crate::error::{Error, Mistake};

/// A pack of one rule, with some of its lines replaced or added.
fn pack(lines: &[(&str, &str)]) -> Pack {
    let mut keys = vec![
        ("id", r#""cut-off-for-as-of""#),
        ("check", r#""phrase""#),
        ("with", r#"{ wrong = "截止目前", right = "截至目前" }"#),
        ("level", r#""error""#),
        ("message", r#""“{wrong}”应为“{right}”""#),
        ("why", r#""截止是到此为止。""#),
        ("source", r#""现代汉语词典""#),
        ("bad", r#"["⟦截止目前⟧，已到三人。"]"#),
        ("good", r#"["报名截止时间是周五。"]"#),
        ("fixed", r#"["截至目前，已到三人。"]"#),
    ];
    for (key, value) in lines {
        keys.retain(|(known, _)| known != key);
        keys.push((key, value));
    }
    let lines: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
    of(&format!("[[rule]]\n{}", lines.concat()))
}

fn of(text: &str) -> Pack {
    let text = Cow::Owned(text.to_string());
    Pack { topic: "我社".into(), name: "我社.toml".into(), text, folder: Some("nowhere".into()), examples: true }
}

fn mistakes(packs: &[Pack]) -> Vec<Mistake> {
    match load(packs, &Settings::default()) {
        Ok(_) => Vec::new(),
        Err(Error::Declared(mistakes)) => mistakes,
        Err(other) => panic!("{other}"),
    }
}

/// The only mistake: what is marked, what is said, what is suggested.
fn only(lines: &[(&str, &str)]) -> (String, String, String) {
    let pack = pack(lines);
    let mut mistakes = mistakes(std::slice::from_ref(&pack));
    assert_eq!(mistakes.len(), 1, "{mistakes:#?}");
    let mistake = mistakes.remove(0);
    let line = pack.text.lines().nth(mistake.line - 1).unwrap_or_default();
    let from: String = line.chars().skip(mistake.column - 1).take(12).collect();
    (from, mistake.message, mistake.help.unwrap_or_default())
}

fn said(lines: &[(&str, &str)], from: &str, message: &str, help: &str) {
    let (found, said, helped) = only(lines);
    assert!(found.starts_with(from), "{found} is marked, not {from}");
    assert!(said.contains(message), "{said}");
    assert!(helped.contains(help), "{helped}");
}

#[test]
fn a_good_rule_loads() {
    let set = load(&[pack(&[])], &Settings::default()).map_err(|error| error.to_string()).unwrap();
    assert_eq!(&*set.rules[0].id, "我社/cut-off-for-as-of");
    assert!(set.scan.built() <= 1);
}

#[test]
fn unknown_names_are_pointed_at() {
    said(&[("mesage", "\"甲\"")], "mesage", "unknown key `mesage`", "did you mean `message`?");
    said(&[("level", "\"eror\"")], "\"eror\"", "unknown value `eror`", "did you mean `error`?");
    said(&[("class", "\"facts\"")], "\"facts\"", "unknown value", "did you mean `fact`?");
    said(&[("check", "\"phrases\"")], "\"phrases\"", "unknown mechanism `phrases`", "did you mean `phrase`?");
    said(&[("in", "[\"title\", \"captoin\"]")], "\"captoin", "unknown block kind", "did you mean `caption`?");
    said(&[("message", "\"甲{wrongs}\"")], "wrongs", "unknown slot {wrongs}", "did you mean `wrong`?");
    said(&[("with", "{ wrnog = \"截止目前\" }")], "wrnog", "unknown key `wrnog`", "did you mean `wrong`?");
}

#[test]
fn bad_phrases_are_pointed_into() {
    said(&[("with", "{ wrong = [\"截止目前\", \"截止(今\"] }"), ("fixed", "[]")], "(今", "`(` is not closed", "");
    said(&[("with", "{ wrong = \"截止\\\\(目前|\" }"), ("fixed", "[]")], "|", "outside of a choice", "");
    said(&[("unless", "[\"截止{数字}\"]")], "数字", "unknown slot {数字}", "did you mean {数}?");
    said(&[("given", "[\"{数}\"]")], "{数}", "text of its own", "");
    said(&[("with", "{ wrong = \"截止…前\", right = \"截至前\" }")], "截至前", "gaps and slots", "");
    said(&[("with", "{ regex = \"截(止\", literals = [\"截\"] }"), ("fixed", "[]")], "(止", "unclosed group", "");
}

#[test]
fn what_a_rule_must_have() {
    said(&[("id", "\"CutOff\"")], "\"CutOff", "`CutOff` is no id", "hyphens");
    said(&[("good", "[]")], "\"cut-off", "no `good` example", "");
    said(&[("fixed", "[\"甲\", \"乙\"]")], "[\"甲\"", "2 of `fixed` do not go with 1 of `bad`", "");
    said(&[("source", "\"\"")], "\"\"", "`source` is empty", "");
    said(&[("with", "{}"), ("fixed", "[]")], "{}", "nothing to look for", "");
    said(&[("with", "{ list = \"none.tsv\" }"), ("fixed", "[]")], "\"none", "cannot read the list", "");
}

#[test]
fn examples_must_hold() {
    said(&[("good", "[\"截止目前没有消息。\"]")], "\"截止目前没有", "finds “截止目前” here", "");
    said(&[("bad", "[\"截至目前。\"]")], "\"截至目前。", "finds nothing here", "");
    said(&[("bad", "[\"截止⟦目前⟧，已到三人。\"]")], "\"截止⟦", "finds “截止目前” and not “目前”", "");
    said(&[("fixed", "[\"到目前，已到三人。\"]")], "\"⟦截止", "the fix gives “截至目前", "");
    said(&[("fixed", "[]")], "\"⟦截止", "`fixed` needs a text", "");
}

#[test]
fn guards_keep_a_rule_silent() {
    // The good examples of each rule are found without its guard, and silent with it.
    let silent = |guard: (&str, &str), example: &str| {
        let good = format!("[{example:?}]");
        assert_eq!(mistakes(&[pack(&[("good", &good)])]).len(), 1, "{example}");
        let bad = ("bad", r#"["公元⟦截止目前⟧，已到三人。"]"#);
        let fixed = ("fixed", r#"["公元截至目前，已到三人。"]"#);
        let guarded = mistakes(&[pack(&[("good", &good), bad, fixed, guard])]);
        assert!(guarded.is_empty(), "{example}: {guarded:#?}");
    };
    silent(("unless", r#"["截止目前⟦为止⟧", "(凡|)⟦截止⟧目前的"]"#), "凡截止目前的消息。");
    silent(("unless", r#"["截止目前为止"]"#), "截止目前为止没有。");
    silent(("given", r#"["公元"]"#), "截止目前没有消息。");
    silent(("unless", r#"["{人}说⟦截止目前⟧"]"#), "县水务局局长马文山说截止目前没有消息。");
    silent(("in", r#"["title", "paragraph"]"#), "- 截止目前没有消息。");
}

#[test]
fn all_mistakes_are_told_at_once() {
    let many = [("mesage", "\"甲\""), ("nots", "\"甲\""), ("levle", "\"甲\"")];
    assert_eq!(mistakes(&[pack(&many)]).len(), 3);
    let id = mistakes(&[pack(&[]), pack(&[])]).remove(0);
    assert_eq!(id.help.as_deref(), Some("it stands in 我社.toml:2"));
    assert_eq!(mistakes(&[of("[[rule]\nid = 3")]).len(), 1);
    assert_eq!(mistakes(&[of("[[rules]]\nid = \"a\"")])[0].message, "unknown key `rules`");
    assert!(mistakes(&[of("[[rule]]\nid = 3")])[0].message.contains("invalid type"));
}

#[test]
fn rows_of_a_list_are_shown_in_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let list = |rows: &str| {
        std::fs::write(folder.path().join("house.tsv"), rows).unwrap();
        let mut pack = pack(&[("with", "{ list = \"house.tsv\" }")]);
        pack.folder = Some(folder.path().to_path_buf());
        mistakes(&[pack]).into_iter().map(|mistake| (mistake.line, mistake.message)).collect::<Vec<_>>()
    };
    assert_eq!(list("# 表\n截止目前\t截至目前\t\t按本社习惯\n"), []);
    assert_eq!(list("甲乙\t甲乙\n"), [(1, "wrong and right are the same".to_string())]);
    assert_eq!(list("甲乙\t丙\n\n丙\t丁\n"), [(1, "`丙` is itself wrong by line 3".to_string())]);
    assert_eq!(list("甲乙\t丙\n甲乙\t丁\n"), [(2, "`甲乙` stands on line 1 already".to_string())]);
    assert_eq!(list("甲乙\t丙\n甲(乙\t丁\n"), [(2, "wrong: `(` is not closed".to_string())]);
}

#[test]
fn options_of_a_configuration_replace_keys() {
    let mut settings = Settings::default();
    let with = serde_json::json!({ "wrong": "截止今天", "right": "截至今天" });
    settings.with.insert("我社/cut-off-for-as-of".into(), with.as_object().cloned().unwrap());
    let mut pack = pack(&[]);
    pack.examples = false;
    let set = load(&[pack], &settings).map_err(|error| error.to_string()).unwrap();
    assert_eq!(set.scan.added().len() + usize::from(set.scan.built() == 0), 1);
}

#[test]
fn selections_name_topics_ids_and_former_ids() {
    let load = || load(&[pack(&[("was", "[\"old-name\"]")])], &Settings::default()).map_err(|e| e.to_string()).unwrap();
    for name in ["我社", "我社/cut-off-for-as-of", "我社/old-name", "old-name"] {
        let (mut kept, mut dropped) = (load(), load());
        kept.select(&[name.to_string()], &[]).unwrap();
        dropped.select(&[], &[name.to_string()]).unwrap();
        assert_eq!((kept.rules.len(), dropped.rules.len()), (1, 0), "{name}");
    }
    let error = load().select(&["我社/cut-of-for-as-of".to_string()], &[]).unwrap_err();
    assert!(error.to_string().contains("did you mean `我社/cut-off-for-as-of`?"), "{error}");
}

#[test]
fn nothing_is_built_at_start() {
    let set = load(&embedded(), &Settings::default()).map_err(|error| error.to_string()).unwrap();
    assert_eq!(set.scan.added(), [] as [&str; 0], "build.rs gathers too few literals");
    assert_eq!(set.scan.built(), 0);
}

#[test]
fn every_row_of_the_embedded_lists_holds() {
    let phrase = crate::check::MECHANISMS.iter().find(|mechanism| mechanism.name == "phrase").unwrap();
    for (name, text) in super::pack::LISTS {
        let with = serde_json::json!({ "list": { "text": text } });
        let compiled = (phrase.compile)(crate::check::Options(&with), &mut crate::scan::Scan::default());
        if let Err(error) = compiled {
            panic!("{name}: {error:?}");
        }
    }
}
