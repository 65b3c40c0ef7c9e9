/*!
A fixed wording laid against a text: where they agree and where they differ.

Both sides are runs of characters without marks, because a fixed wording stays what it is with 、 or ， between its
members. Little words (的, 和) cost half: they come and go in good texts.
*/

use crate::text::charset::CharSet;
use std::ops::Range;

/// A stretch where text and wording differ, as indices of characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In the wording; empty where the text has more.
    pub wording: Range<usize>,
    /// In the text; empty where the text has less.
    pub text: Range<usize>,
}

/// A wording laid against a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// What the wording covers in the text.
    pub text: Range<usize>,
    pub differences: Vec<Difference>,
    /// Where each character of the wording stands, or would stand, in the text; one more for the end.
    pub at: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Both,
    Wording,
    Text,
}

/// Words that come and go without harm.
static LITTLE: CharSet = CharSet::new("的地得着了和与及在");

/// Lays the wording against the stretch of text where it costs least.
///
/// Of ends that cost the same, the one with fewest differences and nearest in length is taken: 公平正义 laid against
/// 公平公正 takes all four characters.
pub fn align(wording: &[char], text: &[char]) -> Alignment {
    let costs = Costs::new(wording, text);
    let last = costs.row(wording.len());
    let least = last.iter().min().copied().unwrap_or(0);
    let ends = (0..last.len()).filter(|&end| last[end] == least);
    let laid = ends.map(|end| trace(&costs, wording, text, end));
    let worth = |laid: &Alignment| (laid.differences.len(), laid.text.len().abs_diff(wording.len()));
    laid.min_by_key(worth).unwrap_or_else(|| Alignment { text: 0..0, differences: Vec::new(), at: Vec::new() })
}

fn trace(costs: &Costs, wording: &[char], text: &[char], end: usize) -> Alignment {
    let (mut row, mut column) = (wording.len(), end);
    let mut steps = Vec::with_capacity(row + 4);
    while row > 0 {
        let step = last_step(costs, wording, text, row, column);
        row -= usize::from(step != Step::Text);
        column -= usize::from(step != Step::Wording);
        steps.push(step);
    }
    steps.reverse();
    let (at, differences) = walk(&steps, wording, text, column);
    Alignment { text: column..end, differences, at }
}

/// Least cost of laying the first characters of the wording, a row for each number of them, so that they end at a
/// column of the text.
struct Costs {
    width: usize,
    cells: Vec<u32>,
}

impl Costs {
    fn new(wording: &[char], text: &[char]) -> Self {
        let width = text.len() + 1;
        let prices: Vec<u32> = text.iter().map(|c| price(*c)).collect();
        let mut cells = Vec::with_capacity(width * (wording.len() + 1));
        cells.resize(width, 0);
        for &c in wording {
            let above = cells.len() - width;
            let less = price(c);
            let mut left = cells[above] + less;
            cells.push(left);
            for column in 0..text.len() {
                let both = cells[above + column] + change(c, text[column]);
                left = both.min(cells[above + column + 1] + less).min(left + prices[column]);
                cells.push(left);
            }
        }
        Costs { width, cells }
    }

    fn row(&self, row: usize) -> &[u32] {
        &self.cells[row * self.width..(row + 1) * self.width]
    }

    fn at(&self, row: usize, column: usize) -> u32 {
        self.cells[row * self.width + column]
    }
}

fn price(c: char) -> u32 {
    if LITTLE.contains(c) { 1 } else { 2 }
}

fn change(a: char, b: char) -> u32 {
    if a == b { 0 } else { 2 }
}

fn last_step(costs: &Costs, wording: &[char], text: &[char], row: usize, column: usize) -> Step {
    if column == 0 {
        return Step::Wording;
    }
    let here = costs.at(row, column);
    if here == costs.at(row - 1, column - 1) + change(wording[row - 1], text[column - 1]) {
        Step::Both
    } else if here == costs.at(row - 1, column) + price(wording[row - 1]) {
        Step::Wording
    } else {
        Step::Text
    }
}

fn walk(steps: &[Step], wording: &[char], text: &[char], start: usize) -> (Vec<usize>, Vec<Difference>) {
    let (mut row, mut column) = (0, start);
    let mut at = Vec::new();
    let mut differences: Vec<Difference> = Vec::new();
    for step in steps {
        let same = *step == Step::Both && wording[row] == text[column];
        let next = (row + usize::from(*step != Step::Text), column + usize::from(*step != Step::Wording));
        if next.0 > row {
            at.push(column);
        }
        match differences.last_mut() {
            _ if same => {}
            Some(last) if last.wording.end == row && last.text.end == column => {
                last.wording.end = next.0;
                last.text.end = next.1;
            }
            _ => differences.push(Difference { wording: row..next.0, text: column..next.1 }),
        }
        (row, column) = next;
    }
    at.push(column);
    (at, differences)
}

/// Whether a stretch is nothing but little words.
pub fn is_little(text: &[char]) -> bool {
    text.iter().all(|&c| LITTLE.contains(c))
}

/// The share of characters that two words have in common, in order: 0 to 1.
pub fn likeness(a: &[char], b: &[char]) -> f32 {
    let mut best = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for row in 0..a.len() {
        for column in 0..b.len() {
            best[row + 1][column + 1] = match a[row] == b[column] {
                true => best[row][column] + 1,
                false => best[row][column + 1].max(best[row + 1][column]),
            };
        }
    }
    best[a.len()][b.len()] as f32 / a.len().max(b.len()).max(1) as f32
}

/// Whether two words have the same characters, whatever their order.
pub fn is_swapped(a: &[char], b: &[char]) -> bool {
    let sorted = |word: &[char]| {
        let mut word = word.to_vec();
        word.sort_unstable();
        word
    };
    a != b && sorted(a) == sorted(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differences(wording: &str, text: &str) -> Vec<(String, String)> {
        let (wording, text): (Vec<char>, Vec<char>) = (wording.chars().collect(), text.chars().collect());
        let found = align(&wording, &text).differences;
        found
            .iter()
            .map(|d| (wording[d.wording.clone()].iter().collect(), text[d.text.clone()].iter().collect()))
            .collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect()
    }

    #[test]
    fn the_end_is_taken_whole() {
        assert_eq!(differences("感受到公平正义", "都感受到公平公正的关怀"), pairs(&[("正义", "公正")]));
    }

    #[test]
    fn agreement_has_no_differences() {
        assert_eq!(differences("碳达峰碳中和", "推进碳达峰碳中和工作"), pairs(&[]));
        assert_eq!(differences("碳达峰碳中和", "推进碳达峰和碳中和工作"), pairs(&[("", "和")]));
    }
}
