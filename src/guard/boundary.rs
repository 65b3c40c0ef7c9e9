/*!
The boundary guard: a hit is void when a word of the dictionary straddles or contains it (检查长 in 检查长江), or when it
is the beginning of a foreign name (希奇 in 希奇莱马).
*/

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use crate::facts::Context;
use crate::lexicon::{table, words};
use crate::text::{Span, han};

/// Characters on either side that the cut into words may see.
const WINDOW: usize = 8;
/// The least characters of a foreign name of which a hit is only a part.
const NAME: usize = 4;

/// Whether the span may stand for words of its own. A single character always may: it is too short to be judged. A
/// `part` of a longer wording may also be a member of a compound (加强 in 继续加强), if the other members are words too.
pub(super) fn is_whole(context: &Context, span: Span, part: bool) -> bool {
    let text = &context.manuscript.text;
    let inside = span.of(text);
    if cuts_latin(text, span) {
        return false;
    }
    if inside.chars().nth(1).is_none() || !inside.chars().any(han::is_han) {
        return true;
    }
    let block = context.manuscript.block_at(span.start).map_or(0..text.len(), |block| block.span.range());
    let start = han::back(text, span.start as usize, WINDOW).max(block.start);
    let end = han::forth(text, span.end as usize, WINDOW).min(block.end).max(span.end as usize);
    let window = &text[start..end];
    let range = span.start as usize - start..span.end as usize - start;
    let crossing = words::words().crossing(window, range.clone());
    let void = crossing.iter().any(|word| !(part && is_member(window, &range, word)));
    !void && !begins_foreign_name(window, range)
}

/// Whether an edge of the span lies between two Latin letters: MM in MMX.
fn cuts_latin(text: &str, span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    [start, end].into_iter().any(|at| {
        let sides = [han::before(text, at), han::after(text, at)];
        sides.iter().all(|side| side.is_some_and(|c| c.is_ascii_alphabetic()))
    })
}

/// Whether what the word has beyond the range are words themselves.
fn is_member(window: &str, range: &Range<usize>, word: &Range<usize>) -> bool {
    if word.start > range.start || word.end < range.end {
        return false;
    }
    let others = [&window[word.start..range.start], &window[range.end..word.end]];
    others.iter().all(|other| other.is_empty() || words::words().has(other))
}

/// Whether a run of characters that write foreign names begins with the range and goes on where no word begins.
fn begins_foreign_name(window: &str, range: Range<usize>) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manuscript::read_manuscript;
    use crate::scan::Scan;
    use crate::text::Source;

    /// Whether what is marked in the text may stand.
    fn whole(text: &str, part: bool) -> bool {
        let (plain, marks) = crate::phrase::unmark(text);
        let manuscript = read_manuscript(vec![Source::from_text("稿.txt", plain)]);
        let hits = Scan::default().hits("");
        let at = manuscript.text.find(&manuscript.sources[0].text[marks[0].clone()]).expect("it is there");
        is_whole(&Context::new(&manuscript, &hits), Span::new(at, at + marks[0].len()), part)
    }

    #[test]
    fn a_word_that_straddles_or_contains_voids() {
        assert!(!whole("会议要求⟦检查长⟧江两岸的码头。", false));
        assert!(whole("新任⟦检查长⟧今日到任。", false));
        assert!(!whole("土壤中的⟦成份⟧股指数。", false));
        assert!(!whole("增⟦加强⟧度以后再试。", true));
        assert!(whole("还将继续⟦加强⟧查处。", true));
    }

    #[test]
    fn a_foreign_name_voids() {
        assert!(!whole("运动员⟦希奇⟧莱马获得第三名。", false));
        assert!(whole("村里的⟦希奇⟧事不少。", false));
    }
}
