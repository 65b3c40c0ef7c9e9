/*!
From a place in a rule (`with.wrong[3]`, and a byte in the text of it) back to the bytes of its TOML file.
*/

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The bytes of the deepest part of the path that the table has.
pub(super) fn locate(table: &Spanned<DeTable>, path: &str) -> Range<usize> {
    let mut segments = path.split(['.', '[', ']']).filter(|segment| !segment.is_empty());
    let Some(first) = segments.next() else { return table.span() };
    let Some(mut value) = entry(table.get_ref(), first).map(|(_, value)| value) else { return table.span() };
    for segment in segments {
        let next = match value.get_ref() {
            DeValue::Table(inner) => entry(inner, segment).map(|(_, value)| value),
            DeValue::Array(items) => segment.parse().ok().and_then(|index: usize| items.get(index)),
            _ => None,
        };
        value = match next {
            Some(next) => next,
            None => break,
        };
    }
    value.span()
}

/// The bytes of a key, for keys that are themselves the mistake.
pub(super) fn locate_key(table: &Spanned<DeTable>, path: &str, key: &str) -> Range<usize> {
    let inner = path.split('.').try_fold(table.get_ref(), |table, segment| match entry(table, segment)?.1.get_ref() {
        DeValue::Table(inner) => Some(inner),
        _ => None,
    });
    let found = inner.and_then(|inner| entry(inner, key)).map(|(key, _)| key.span());
    found.unwrap_or_else(|| locate(table, path))
}

/// A key and its value.
type Entry<'a, 't> = (&'a Spanned<std::borrow::Cow<'t, str>>, &'a Spanned<DeValue<'t>>);

fn entry<'a, 't>(table: &'a DeTable<'t>, name: &str) -> Option<Entry<'a, 't>> {
    table.iter().find(|(key, _)| key.get_ref() == name)
}

/// The byte of the file where a byte of a string's value is written; `string` is where the string stands in the file.
pub(super) fn inside(file: &str, string: Range<usize>, at: usize) -> Range<usize> {
    let raw = &file[string.clone()];
    let quote = raw.chars().take_while(|c| matches!(c, '"' | '\'')).count();
    let quote = if quote >= 3 && raw.len() >= 6 { 3 } else { 1 };
    let escapes = raw.starts_with('"');
    let mut decoded = 0;
    let mut offset = quote;
    while decoded < at {
        let Some(c) = raw[offset..].chars().next() else { return string };
        let written = if c == '\\' && escapes { escape(&raw[offset..]) } else { c.len_utf8() };
        decoded += if c == '\\' && escapes && written > 2 { 3 } else { c.len_utf8() };
        offset += written.min(raw.len() - offset);
    }
    let start = string.start + offset;
    let width = file[start..].chars().next().map_or(0, char::len_utf8);
    start..start + width
}

fn escape(raw: &str) -> usize {
    match raw.as_bytes().get(1) {
        Some(b'u') => 6,
        Some(b'U') => 10,
        _ => 2,
    }
}

/// A TOML value as the mechanisms read it.
pub(crate) fn json(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Null, Value::from)
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(truth) => Value::Bool(*truth),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            let entries = table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())));
            Value::Object(entries.collect())
        }
    }
}
