/*!
What joins two dates to an interval: 至, 到, a dash or two, a tilde.
*/

/// The same as a part of a regular expression.
pub const JOINT: &str = r"(?:至|到|—{1,2}|－{1,2}|–|-{1,2}|~|～|─{1,2})";

/// Marks that stand alone, and those that may stand twice.
const ONCE: [char; 5] = ['至', '到', '–', '~', '～'];
const TWICE: [char; 4] = ['—', '－', '-', '─'];

/// What follows a joint that begins a text.
pub fn after(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(ONCE) {
        return Some(rest);
    }
    let mark = text.chars().next().filter(|c| TWICE.contains(c))?;
    let rest = &text[mark.len_utf8()..];
    Some(rest.strip_prefix(mark).unwrap_or(rest))
}

/// What stands before a joint that ends a text; a third dash belongs to no joint.
pub fn before(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_suffix(ONCE) {
        return Some(rest);
    }
    let mark = text.chars().next_back().filter(|c| TWICE.contains(c))?;
    let rest = &text[..text.len() - mark.len_utf8()];
    Some(rest.strip_suffix(mark).unwrap_or(rest))
}

/// Whether a text ends with a joint.
pub fn ends(text: &str) -> bool {
    text.ends_with(ONCE) || text.ends_with(TWICE)
}
