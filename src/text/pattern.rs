/*!
Regular expressions that cost what they are used for.

The full engine takes a millisecond to build an expression and then reads text at memory speed; the light one is built in
microseconds and reads a hundred times slower. A page needs most expressions once or never, a folder needs them all the
time. So a [`Pattern`] begins light and turns full when it has read enough. Both engines are given the same spelling of
the expression, in which every class is spelt out, so that they find the same.

Of an expression it may be known that every match holds one of some cues and reaches no further than so far from it; then
it is only tried round the places where a cue stands. Whoever knows such places already hands them in.
*/

use std::ops::{Index, Range};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use memchr::memmem::Finder;

use super::han::{floor, forth};

/// A regular expression, built when it is first needed.
pub struct Pattern {
    source: String,
    /// Of these every match holds one; empty where nothing is known.
    cues: Vec<Finder<'static>>,
    /// Bytes on either side of a cue beyond which no match reaches.
    reach: usize,
    light: OnceLock<Option<regex_lite::Regex>>,
    full: OnceLock<Option<regex::Regex>>,
    /// Bytes after which the full engine has paid for itself.
    enough: usize,
    /// Bytes read so far.
    read: AtomicUsize,
}

/// The groups of one match; places are bytes of the text that was searched.
pub enum Captures<'t> {
    Light(regex_lite::Captures<'t>),
    Full(regex::Captures<'t>),
}

/// A match, or one group of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// Bytes after which the full engine has paid for itself.
const ENOUGH: usize = 8 << 10;
/// The same for an expression that repeats much, and so takes long to build, but is bound to the beginning of its text
/// and so leaves most texts at once.
const ENOUGH_BOUND: usize = 512 << 10;
/// Repetitions that are much.
const MUCH: usize = 64;

/// The Han characters of the Unicode blocks that text uses, as a range of a class.
const HAN: &str = "一-鿿㐀-䶿〇";
/// White space that stands in text.
const SPACE: &str = " \\t\\n\\r\u{A0}\u{2002}\u{2003}\u{3000}";
const DIGIT: &str = "0-9";

impl Pattern {
    /// An expression whose syntax is known to be sound; one that is not finds nothing.
    pub fn new(source: impl Into<String>) -> Self {
        Pattern::with_cues(&[], 0, source)
    }

    /// An expression that every match of holds one of the cues, no line end, and nothing further than `reach` bytes from
    /// some cue in it.
    pub fn with_cues(cues: &[&'static str], reach: usize, source: impl Into<String>) -> Self {
        let (source, light, full) = (source.into(), OnceLock::new(), OnceLock::new());
        let cues = cues.iter().map(|cue| Finder::new(*cue)).collect();
        let enough = if source.starts_with('^') && repetitions(&source) > MUCH { ENOUGH_BOUND } else { ENOUGH };
        Pattern { source, cues, reach, light, full, enough, read: AtomicUsize::new(0) }
    }

    /// The characters with which a match can begin, for tests of what is asked before the expression is.
    #[cfg(test)]
    pub fn heads(&self) -> Vec<char> {
        let expression = regex_syntax::parse(spelt(&self.source).as_deref().unwrap_or(&self.source));
        let mut extractor = regex_syntax::hir::literal::Extractor::new();
        extractor.limit_class(1000).limit_repeat(2).limit_literal_len(4).limit_total(100_000);
        let heads = extractor.extract(&expression.expect("the expression is sound"));
        let heads = heads.literals().expect("its beginnings can be told").iter();
        heads.filter_map(|head| String::from_utf8_lossy(head.as_bytes()).chars().next()).collect()
    }

    /// All matches, in order; none overlaps another.
    pub fn all<'t>(&self, text: &'t str) -> Vec<Captures<'t>> {
        if self.cues.is_empty() {
            return self.from(text, 0);
        }
        let mut cued: Vec<Range<usize>> = Vec::new();
        for cue in &self.cues {
            cued.extend(cue.find_iter(text.as_bytes()).map(|at| at..at + cue.needle().len()));
        }
        cued.sort_unstable_by_key(|cue| cue.start);
        self.near(text, cued, self.reach)
    }

    /// All matches of which each holds one of the places, which are in order, no line end, and nothing further than
    /// `reach` bytes from some of the places in it.
    pub fn near<'t>(
        &self,
        text: &'t str,
        places: impl IntoIterator<Item = Range<usize>>,
        reach: usize,
    ) -> Vec<Captures<'t>> {
        let line = |place: Range<usize>| {
            let Range { start, end } = widened(text, &place, reach);
            let start = text[start..place.start].rfind('\n').map_or(start, |at| start + at + 1);
            start..text[place.end..end.max(place.end)].find('\n').map_or(end, |at| place.end + at)
        };
        let windows = joined(places.into_iter().map(line));
        windows.into_iter().flat_map(|window| self.from(&text[..window.end], window.start)).collect()
    }

    /// The first match.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        if !self.cues.is_empty() && !self.cues.iter().any(|cue| cue.find(text.as_bytes()).is_some()) {
            return None;
        }
        match self.light(text.len()) {
            Some(regex) => regex.captures(text).map(Captures::Light),
            None => self.full()?.captures(text).map(Captures::Full),
        }
    }

    /// The place of the first match.
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.captures(text)?.get(0)
    }

    pub fn is_match(&self, text: &str) -> bool {
        match self.light(text.len()) {
            Some(regex) => regex.is_match(text),
            None => self.full().is_some_and(|regex| regex.is_match(text)),
        }
    }

    /// The matches that begin at or behind a byte.
    fn from<'t>(&self, text: &'t str, from: usize) -> Vec<Captures<'t>> {
        let mut found: Vec<Captures> = Vec::new();
        let (mut at, mut last) = (from, None);
        let light = self.light(text.len() - from);
        let full = if light.is_none() { self.full() } else { None };
        while at <= text.len() {
            // Groups cost far more than the place, and most searches find nothing.
            let captures = match (light, full) {
                (Some(regex), _) => regex
                    .find_at(text, at)
                    .and_then(|found| regex.captures_at(text, found.start()).map(Captures::Light)),
                (None, Some(regex)) => {
                    regex.find_at(text, at).and_then(|found| regex.captures_at(text, found.start()).map(Captures::Full))
                }
                (None, None) => None,
            };
            let Some((captures, whole)) = captures.and_then(|captures| captures.get(0).map(|whole| (captures, whole)))
            else {
                break;
            };
            at = if whole.is_empty() { forth(text, whole.end, 1).max(whole.end + 1) } else { whole.end };
            // Nothing at all, right behind a match, is no match.
            if !whole.is_empty() || last != Some(whole.end) {
                found.push(captures);
            }
            last = Some(whole.end);
        }
        found
    }

    /// The light engine, while it is the cheaper one.
    fn light(&self, bytes: usize) -> Option<&regex_lite::Regex> {
        if self.read.fetch_add(bytes, Ordering::Relaxed) > self.enough {
            return None;
        }
        let build = || spelt(&self.source).and_then(|spelt| regex_lite::Regex::new(&spelt).ok());
        self.light.get_or_init(build).as_ref()
    }

    fn full(&self) -> Option<&regex::Regex> {
        let build = || regex::Regex::new(spelt(&self.source).as_deref().unwrap_or(&self.source)).ok();
        self.full.get_or_init(build).as_ref()
    }
}

impl<'t> Captures<'t> {
    /// A group by its number; 0 is the whole.
    pub fn get(&self, group: usize) -> Option<Match<'t>> {
        match self {
            Captures::Light(captures) => captures.get(group).map(Match::light),
            Captures::Full(captures) => captures.get(group).map(Match::full),
        }
    }

    /// A group by its name.
    pub fn name(&self, name: &str) -> Option<Match<'t>> {
        match self {
            Captures::Light(captures) => captures.name(name).map(Match::light),
            Captures::Full(captures) => captures.name(name).map(Match::full),
        }
    }

    /// The first numbered group that takes part.
    pub fn first(&self) -> Option<Match<'t>> {
        let groups = match self {
            Captures::Light(captures) => captures.len(),
            Captures::Full(captures) => captures.len(),
        };
        (1..groups).find_map(|group| self.get(group))
    }

    /// Fills `$1` and its like.
    pub fn expand(&self, template: &str, out: &mut String) {
        match self {
            Captures::Light(captures) => captures.expand(template, out),
            Captures::Full(captures) => captures.expand(template, out),
        }
    }
}

impl Index<usize> for Captures<'_> {
    type Output = str;

    /// The text of a group that always takes part.
    fn index(&self, group: usize) -> &str {
        match self {
            Captures::Light(captures) => &captures[group],
            Captures::Full(captures) => &captures[group],
        }
    }
}

impl<'t> Match<'t> {
    fn light(found: regex_lite::Match<'t>) -> Self {
        Match { text: found.as_str(), start: found.start(), end: found.end() }
    }

    fn full(found: regex::Match<'t>) -> Self {
        Match { text: found.as_str(), start: found.start(), end: found.end() }
    }

    pub fn as_str(&self) -> &'t str {
        self.text
    }

    pub fn start(&self) -> usize {
        self.start
    }

    pub fn end(&self) -> usize {
        self.end
    }

    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    pub fn len(&self) -> usize {
        self.end - self.start
    }
}

/// How often the parts of an expression may stand, all counts taken together.
fn repetitions(source: &str) -> usize {
    let most = |counts: &str| counts.split_once('}')?.0.rsplit(',').next()?.parse::<usize>().ok();
    source.split('{').skip(1).filter_map(most).sum()
}

/// A place with so many bytes on either side.
fn widened(text: &str, place: &Range<usize>, reach: usize) -> Range<usize> {
    floor(text, place.start.saturating_sub(reach))..floor(text, place.end + reach)
}

/// The stretches in order, those that touch each other as one.
fn joined(stretches: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut windows: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match windows.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
            _ => windows.push(stretch),
        }
    }
    windows
}

/// The expression with `\p{Han}`, `\s` and `\d` spelt out, for both engines. None where it has more of Unicode, or
/// operations on classes, which only the full one reads.
fn spelt(source: &str) -> Option<String> {
    if source.contains("--[") || source.contains("&&") {
        return None;
    }
    let mut out = String::with_capacity(source.len());
    let mut in_class = false;
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let class = [("\\p{Han}", HAN), ("\\s", SPACE), ("\\d", DIGIT)];
        if let Some((name, characters)) = class.into_iter().find(|(name, _)| rest.starts_with(name)) {
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

    fn places(pattern: &Pattern, text: &str) -> Vec<(Range<usize>, Option<Range<usize>>)> {
        let place =
            |found: &Captures| (found.get(0).map_or(0..0, |whole| whole.range()), found.first().map(|m| m.range()));
        pattern.all(text).iter().map(place).collect()
    }

    #[test]
    fn both_engines_find_the_same() {
        for (source, text) in [
            (r"\p{Han}([,;])[\p{Han}“]", "湖水退了,路露出来;“好”"),
            (r"[\d]{1,3}(?:年|月)", "2025年6月１月"),
            (r"[\p{Han}--[年月]]{2}", "今年六月初"),
            (r"(水)?", "水面上"),
            (r"^\d+|\d+$", "12年\n34"),
        ] {
            let (light, full) = (Pattern::new(source), Pattern::new(source));
            full.read.store(ENOUGH_BOUND + 1, Ordering::Relaxed);
            assert_eq!(places(&light, text), places(&full, text), "{source}");
            let whole = regex::Regex::new(spelt(source).as_deref().unwrap_or(source)).expect("a pattern");
            let expected: Vec<Range<usize>> = whole.find_iter(text).map(|found| found.range()).collect();
            assert_eq!(places(&full, text).into_iter().map(|place| place.0).collect::<Vec<_>>(), expected, "{source}");
        }
    }

    #[test]
    fn cues_only_spare_lines_that_cannot_match() {
        let text = "三年\n七日，又9日\n2025年6月1日\n";
        let (cued, plain) = (Pattern::with_cues(&["日"], 12, r"(\d{1,2})日"), Pattern::new(r"(\d{1,2})日"));
        assert_eq!(places(&cued, text), places(&plain, text));
        assert_eq!(places(&cued, text).len(), 2);
    }
}
