/*!
Which characters are taken for one another: by ear, as a typist does who chooses by sound, and by eye, as a reader of
scans does.

Sounds come from a crate that knows every reading of a character; shapes from `rules/lexicon/shapes.tsv`, groups of
characters that share their body. Whether a mistake was made is for the checks to say.
*/

use rustc_hash::FxHashMap as HashMap;
use std::sync::OnceLock;

use pinyin::ToPinyinMulti;

use super::table::SHAPES;

/// How two different characters are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They share a reading, whatever the tone.
    Sound,
    /// They look alike.
    Shape,
    /// Their readings differ only as many speakers confuse them: zh and z, n and l, in and ing.
    Near,
}

/// How two characters are alike; none when they are the same or not alike.
///
/// ```
/// use kanwu::lexicon::likeness::{Likeness, likeness};
/// assert_eq!(likeness('斌', '彬'), Some(Likeness::Sound));
/// assert_eq!(likeness('宁', '宇'), Some(Likeness::Shape));
/// assert_eq!(likeness('森', '生'), Some(Likeness::Near));
/// assert_eq!(likeness('明', '国'), None);
/// ```
pub fn likeness(a: char, b: char) -> Option<Likeness> {
    if a == b {
        return None;
    }
    let (left, right) = (syllables(a), syllables(b));
    if left.iter().any(|sound| right.contains(sound)) {
        return Some(Likeness::Sound);
    }
    if look_alike(a, b) {
        return Some(Likeness::Shape);
    }
    let near: Vec<String> = right.iter().map(|sound| broad(sound)).collect();
    left.iter().any(|sound| near.contains(&broad(sound))).then_some(Likeness::Near)
}

/// Whether two characters look alike.
pub fn look_alike(a: char, b: char) -> bool {
    groups(a).iter().any(|group| groups(b).contains(group))
}

/// The characters that look like one.
pub fn lookalikes(c: char) -> impl Iterator<Item = char> {
    let rows = SHAPES.rows();
    groups(c).iter().flat_map(|group| rows[*group as usize].column(0).chars()).filter(move |other| *other != c)
}

/// The groups of the table that hold a character.
fn groups(c: char) -> &'static [u16] {
    static GROUPS: OnceLock<HashMap<char, Vec<u16>>> = OnceLock::new();
    let groups = GROUPS.get_or_init(|| {
        let mut groups: HashMap<char, Vec<u16>> = HashMap::default();
        for (index, row) in SHAPES.rows().iter().enumerate() {
            row.column(0).chars().for_each(|c| groups.entry(c).or_default().push(index as u16));
        }
        groups
    });
    groups.get(&c).map_or(&[], Vec::as_slice)
}

/// The readings of a character, without tones.
fn syllables(c: char) -> Vec<&'static str> {
    let readings = c.to_pinyin_multi();
    readings.into_iter().flatten().map(|reading| reading.plain()).collect()
}

/// A reading as those hear it who do not tell zh from z, n from l, in from ing.
fn broad(sound: &str) -> String {
    let open = match sound.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => format!("{}{}", &sound[..1], &sound[2..]),
        [b'n', _, ..] => format!("l{}", &sound[1..]),
        _ => sound.to_string(),
    };
    match open.strip_suffix('g') {
        Some(short) if short.ends_with("in") || short.ends_with("en") || short.ends_with("an") => short.to_string(),
        _ => open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_and_shapes() {
        assert_eq!(likeness('皎', '姣'), Some(Likeness::Sound));
        assert_eq!(likeness('干', '千'), Some(Likeness::Shape));
        assert_eq!(likeness('栽', '裁'), Some(Likeness::Shape));
        assert_eq!(likeness('宁', '林'), Some(Likeness::Near));
        assert_eq!(likeness('王', '汪'), Some(Likeness::Sound));
        assert_eq!(likeness('一', '国'), None);
    }

    /// Every common character has one that looks like it, or the table is too small to be of use.
    #[test]
    fn the_table_is_wide() {
        let pairs: usize = SHAPES.rows().iter().map(|row| row.column(0).chars().count()).map(|n| n * (n - 1) / 2).sum();
        assert!(pairs >= 1_500, "{pairs} pairs");
        assert!("三口木水火人民法院检察".chars().all(|c| lookalikes(c).next().is_some()));
    }
}
