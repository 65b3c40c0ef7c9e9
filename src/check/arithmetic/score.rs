/*!
A match against its sets: 以3比1取胜，四局比分为25∶21、20∶25、25∶19、25∶22.
*/

use super::{Figure, Slip, Sure, sentences};
use crate::facts::Context;
use crate::facts::number::{Kind, Value};

/// The most sets that a side can win.
const SETS: i128 = 4;

pub fn find(context: &Context) -> Vec<Slip> {
    let text = context.manuscript.text.as_str();
    let mut slips = Vec::new();
    for (_, figures) in sentences(context) {
        let scores: Vec<&Figure> =
            figures.iter().filter(|figure| matches!(figure.value.kind, Kind::Score(_))).collect();
        for at in 0..scores.len() {
            slips.extend(judge(text, scores[at], &scores[at + 1..]));
        }
    }
    slips
}

fn judge(text: &str, game: &Figure, after: &[&Figure]) -> Option<Slip> {
    let (left, right) = sides(game)?;
    if left.max(right) > SETS || left.max(right) < 2 || left == right {
        return None;
    }
    let set = |figure: &&&Figure| sides(figure).is_some_and(|(a, b)| a.max(b) > SETS && a.max(b) < 60);
    let sets: Vec<&&Figure> = after.iter().take_while(set).collect();
    if sets.len() < 2 || !is_row(text, &sets) {
        return None;
    }
    let between = &text[game.span.end as usize..sets[0].span.start as usize];
    let won = sets.iter().filter(|set| sides(set).is_some_and(|(a, b)| a > b)).count() as i128;
    let lost = sets.len() as i128 - won;
    let same = (left, right) == (won, lost) || (right, left) == (won, lost);
    let drawn = sets.iter().any(|set| sides(set).is_some_and(|(a, b)| a == b));
    if same || drawn || between.contains(['；', '。']) || between.chars().count() > 40 {
        return None;
    }
    let sure = if sets.len() as i128 == left + right { Sure::Certain } else { Sure::Probable };
    let stated = game.span.of(text).to_string();
    let parts = sets.iter().map(|set| set.span).collect();
    Some(Slip { at: game.span, parts, stated, computed: format!("{won}比{lost}"), reason: String::new(), sure })
}

fn sides(figure: &Figure) -> Option<(i128, i128)> {
    let Kind::Score(right) = figure.value.kind else { return None };
    let whole = |value: Value| value.whole().filter(|side| (0..200).contains(side));
    Some((whole(figure.value.value)?, whole(right)?))
}

/// Whether the scores follow each other with nothing but a mark between.
fn is_row(text: &str, sets: &[&&Figure]) -> bool {
    sets.windows(2).all(|pair| text[pair[0].span.end as usize..pair[1].span.start as usize].chars().count() < 4)
}
