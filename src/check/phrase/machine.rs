/*!
The two engines of regular expressions: a light one, which is built in microseconds and serves the few blocks in which a
literal stands, and the full one for what the light one cannot read (differences of character classes).
*/

use std::ops::Range;

/// A regular expression, built.
pub(super) enum Machine {
    Light(regex_lite::Regex),
    Full(regex::Regex),
}

/// A match: its place (the first group that takes part, or else the whole), the whole, and the filled replacement.
pub(super) struct Hit {
    pub place: Range<usize>,
    pub whole: Range<usize>,
    pub right: String,
}

/// Finds with either engine; their interfaces are alike.
macro_rules! hits {
    ($regex:expr, $text:expr, $right:expr) => {
        $regex
            .captures_iter($text)
            .filter_map(|captures| {
                let whole = captures.get(0)?;
                let place = captures.iter().skip(1).flatten().next().unwrap_or(whole);
                let mut right = String::new();
                captures.expand($right, &mut right);
                Some(Hit { place: place.range(), whole: whole.range(), right })
            })
            .collect()
    };
}

impl Machine {
    /// Builds a pattern whose syntax was checked; none if neither engine takes it (a pattern beyond their size limits).
    pub fn new(pattern: &str) -> Option<Machine> {
        let light = light(pattern).and_then(|pattern| regex_lite::Regex::new(&pattern).ok());
        light.map(Machine::Light).or_else(|| regex::Regex::new(pattern).ok().map(Machine::Full))
    }

    pub fn hits(&self, text: &str, right: &str) -> Vec<Hit> {
        match self {
            Machine::Light(regex) => hits!(regex, text, right),
            Machine::Full(regex) => hits!(regex, text, right),
        }
    }
}

/// The Han characters of the Unicode blocks that text uses, as a range of a class.
const HAN: &str = "一-鿿㐀-䶿〇";

/// White space that stands in text.
const SPACE: &str = " \\t\\n\\r\u{A0}\u{2002}\u{2003}\u{3000}";

/// The pattern in the light engine's syntax: `\p{Han}` and `\s` spelt out. None where it has more of Unicode, or operations on classes.
fn light(pattern: &str) -> Option<String> {
    if pattern.contains("--[") || pattern.contains("&&") {
        return None;
    }
    let mut out = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let class = [("\\p{Han}", HAN), ("\\s", SPACE)].into_iter().find(|(name, _)| rest.starts_with(name));
        if let Some((name, characters)) = class {
            out.push_str(&if in_class { characters.to_string() } else { format!("[{characters}]") });
            rest = &rest[name.len()..];
            continue;
        }
        let length = if c == '\\' { 1 + rest[1..].chars().next().map_or(0, char::len_utf8) } else { c.len_utf8() };
        if c == '\\' && rest[1..].starts_with(['p', 'P', 'w', 'W', 'S', 'D', 'b', 'B']) {
            return None;
        }
        match c {
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_engines_find_the_same() {
        for (pattern, text) in [
            (r"\p{Han}([,;])[\p{Han}“]", "湖水退了,路露出来;“好”"),
            (r"[0-9]{1,3}(?:年|月)", "2025年6月"),
            (r"[\p{Han}--[年月]]{2}", "今年六月初"),
        ] {
            let full = Machine::Full(regex::Regex::new(pattern).expect("a pattern"));
            let place =
                |machine: &Machine| machine.hits(text, "$0").into_iter().map(|hit| hit.place).collect::<Vec<_>>();
            assert_eq!(place(&Machine::new(pattern).expect("a pattern")), place(&full), "{pattern}");
        }
    }
}
