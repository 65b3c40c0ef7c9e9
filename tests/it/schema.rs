//! Whether what a format wrote is what its standard says, by a validator and the schema where there is one.

use std::fs;
use std::sync::LazyLock;

use jsonschema::Validator;
use kanwu::report::Format;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use serde_json::Value;

use crate::support::fixture;

static SARIF: LazyLock<Validator> = LazyLock::new(|| validator("sarif-2.1.0.json"));
static GITLAB: LazyLock<Validator> = LazyLock::new(|| validator("gitlab-code-quality.json"));
static RDJSON: LazyLock<Validator> = LazyLock::new(|| validator("rdjson.json"));

fn validator(name: &str) -> Validator {
    let text = fs::read_to_string(fixture("schema").join(name)).expect("a schema");
    // The published pattern of a language has a bracket too many and is no regular expression.
    let text = text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}?$");
    let schema: Value = serde_json::from_str(&text).expect("a schema is JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema holds")
}

/// Panics where a report breaks the standard of its format.
pub fn check(format: Format, text: &str) {
    match format {
        Format::Sarif => json(&SARIF, text),
        Format::Gitlab => json(&GITLAB, text),
        Format::Rdjson => json(&RDJSON, text),
        Format::Junit => junit(text),
        Format::Github => text.lines().for_each(github),
        Format::Html => html(text),
        Format::Json => drop::<Value>(serde_json::from_str(text).expect("JSON")),
        Format::Jsonl => text.lines().for_each(|line| drop::<Value>(serde_json::from_str(line).expect("JSON"))),
        Format::Pretty | Format::Brief => {}
    }
}

fn json(validator: &Validator, text: &str) {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let errors: Vec<String> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
}

/// One command: a known name, known properties without bare separators, a message without line ends.
fn github(line: &str) {
    let (head, message) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
    let (name, properties) = head.split_once(' ').expect("properties");
    assert!(["error", "warning", "notice"].contains(&name), "{line}");
    let known = ["file", "line", "endLine", "col", "endColumn", "title"];
    for property in properties.split(',') {
        let (key, value) = property.split_once('=').expect("a property has a value");
        assert!(known.contains(&key) && !value.contains(':') && !value.is_empty(), "{line}");
    }
    assert!(!message.is_empty() && !message.contains('\r'), "{line}");
}

/// The elements of the schema: name, attributes (`?` may be missing), children in order (`*` any number, `?` at most
/// one, `|` one of).
const ELEMENTS: [(&str, &str, &str); 9] = [
    ("testsuites", "", "testsuite*"),
    (
        "testsuite",
        "name package id tests failures errors skipped? timestamp hostname time",
        "properties testcase* system-out system-err",
    ),
    ("properties", "", "property*"),
    ("property", "name value", ""),
    ("testcase", "name classname time", "skipped|error|failure?"),
    ("failure", "message? type", ""),
    ("error", "message? type", ""),
    ("system-out", "", ""),
    ("system-err", "", ""),
];

/// An open element: name, children, attributes.
type Open = (String, Vec<String>, Vec<(String, String)>);

fn junit(text: &str) {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Open> = vec![("".into(), Vec::new(), Vec::new())];
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) => {
                let begun = begin(&mut open, &tag);
                open.push(begun);
            }
            Event::Empty(tag) => close(begin(&mut open, &tag)),
            Event::End(_) => close(open.pop().expect("an open element")),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open[0].1, ["testsuites"]);
}

fn begin(open: &mut [Open], tag: &BytesStart) -> Open {
    let name = tag.name().as_ref().to_string();
    open.last_mut().expect("a parent").1.push(name.clone());
    let attributes = tag.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute");
        (attribute.key.as_ref().to_string(), attribute.value.to_string())
    });
    (name, Vec::new(), attributes.collect())
}

fn close((name, children, attributes): Open) {
    let (_, known, content) = ELEMENTS.iter().find(|element| element.0 == name).expect("an element of the schema");
    let known: Vec<&str> = known.split_whitespace().collect();
    for (key, value) in &attributes {
        assert!(known.iter().any(|known| known.trim_end_matches('?') == key), "{name} has no {key}");
        let counts = ["id", "tests", "failures", "errors", "skipped"];
        assert!(!counts.contains(&key.as_str()) || value.parse::<u32>().is_ok(), "{key}={value}");
        let collapsed = value.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!["name", "classname", "package"].contains(&key.as_str()) || *value == collapsed, "{key}={value:?}");
    }
    for known in known.iter().filter(|known| !known.ends_with('?')) {
        assert!(attributes.iter().any(|(key, _)| key == known), "{name} without {known}");
    }
    let mut children = children.iter().map(String::as_str).peekable();
    for part in content.split_whitespace() {
        let names: Vec<&str> = part.trim_end_matches(['*', '?']).split('|').collect();
        let mut times = 0;
        while children.next_if(|child| names.contains(child)).is_some() {
            times += 1;
        }
        let allowed = if part.ends_with('*') { true } else { times == 1 || times == 0 && part.ends_with('?') };
        assert!(allowed, "{name}: {times} times {part}");
    }
    assert_eq!(children.next(), None, "in {name}");
}

/// Well-formed by our own hand: every element is closed, nothing is fetched, nothing runs.
fn html(text: &str) {
    const VOID: [&str; 2] = ["meta", "!DOCTYPE"];
    let mut open: Vec<&str> = Vec::new();
    for part in text.split('<').skip(1) {
        let tag = part.split_once('>').expect("a tag ends").0;
        let name = tag.split([' ', '\n']).next().expect("a name");
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "in {text}"),
            None if VOID.contains(&name) => {}
            None => open.push(name),
        }
        assert!(!["script", "link", "img", "iframe"].contains(&name), "{name} in {text}");
    }
    assert!(open.is_empty() && !text.contains("://") && !text.contains("合格"), "{text}");
}
