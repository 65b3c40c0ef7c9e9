/*!
The boundary guard: a hit is void when a word of the dictionary straddles or contains it (检查长 in 检查长江), or when it
is the beginning of a foreign name (希奇 in 希奇莱马).
*/

use std::collections::HashSet;
use std::sync::OnceLock;

use crate::facts::Context;
use crate::lexicon::{table, words};
use crate::text::{Span, han};

/// Characters on either side that the cut into words may see.
const WINDOW: usize = 8;
/// The least characters of a foreign name of which a hit is only a part.
const NAME: usize = 4;

/// Whether the span may stand for words of its own. A single character always may: it is too short to be judged.
pub(super) fn is_whole(context: &Context, span: Span) -> bool {
    let text = &context.manuscript.text;
    let inside = span.of(text);
    if inside.chars().nth(1).is_none() || !inside.chars().any(han::is_han) {
        return true;
    }
    let block = context.manuscript.block_at(span.start).map_or(0..text.len(), |block| block.span.range());
    let start = han::back(text, span.start as usize, WINDOW).max(block.start);
    let end = han::forth(text, span.end as usize, WINDOW).min(block.end).max(span.end as usize);
    let window = &text[start..end];
    let range = span.start as usize - start..span.end as usize - start;
    !words::words().crosses(window, range.clone()) && !begins_foreign_name(window, range)
}

/// Whether a run of characters that write foreign names begins with the range and goes on where no word begins.
fn begins_foreign_name(window: &str, range: std::ops::Range<usize>) -> bool {
    let name = |c: &char| transliterates(*c);
    let after = &window[range.end..];
    let more = after.chars().take_while(name).count();
    let whole = window[range.clone()].chars().take_while(name).count();
    if more == 0 || whole < window[range].chars().count() || whole + more < NAME {
        return false;
    }
    let words = words::words();
    let begins =
        words.prefixes(after).any(|(length, frequency)| after[..length].chars().count() > 1 && frequency > RARE);
    !begins
}

/// Words less frequent than this are mostly names themselves.
const RARE: u32 = 10;

fn transliterates(c: char) -> bool {
    static CHARACTERS: OnceLock<HashSet<char>> = OnceLock::new();
    let characters = CHARACTERS.get_or_init(|| {
        let rows = table::TRANSLITERATION.rows().iter().filter(|row| row.column(1) == "char");
        rows.filter_map(|row| row.column(0).chars().next()).collect()
    });
    characters.contains(&c)
}
