/*!
Weighs how a text differs from a fixed wording: a slip of the writer, or words of his own?

A slip is one difference in a text that otherwise has the wording, of the same shape as what it stands for. Everything
else is silence: this is where false alarms on good texts would come from.
*/

use std::ops::Range;

use super::alignment::{Alignment, Difference, is_little, is_swapped, likeness};
use super::formula::{Formula, Line, Sureness, Wording};
use crate::lexicon::words::words;
use crate::text::Span;

/// A text that is meant to be a formula and fails in one place.
#[derive(Clone, Debug)]
pub struct Slip {
    pub formula: &'static Formula,
    pub form: Form,
    /// The whole of what is meant to be the formula.
    pub span: Span,
    /// The smallest stretch that is wrong.
    pub wrong: Span,
    /// What ought to stand there.
    pub right: String,
    /// The right wording as a whole.
    pub wording: &'static str,
}

/// How the formula fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One member of a list of fixed members is another.
    Listed,
    /// Characters inside a fixed phrase differ.
    Running,
    /// A member in the middle of the list is left out.
    Short,
    /// The members are all there, in another order.
    Shuffled,
}

/// A wording laid against a line, with what is needed to weigh it.
struct Case<'c> {
    formula: &'static Formula,
    wording: &'static Wording,
    line: &'c Line<'c>,
    laid: &'c Alignment,
    /// The differences that are more than little words.
    real: Vec<&'c Difference>,
    /// Characters of the wording that the text has.
    exact: usize,
}

/// Whether the text has the wording but for little words and a few more of its own.
pub fn is_sound(wording: &Wording, line: &Line, laid: &Alignment) -> bool {
    let more: usize = laid.differences.iter().filter(|d| d.wording.is_empty()).map(|d| d.text.len()).sum();
    more <= MORE && real(wording, line, laid).is_empty()
}

/// Characters that a text may put in between.
const MORE: usize = 4;

fn real<'l>(wording: &Wording, line: &Line, laid: &'l Alignment) -> Vec<&'l Difference> {
    let counts = |d: &&Difference| {
        let little = is_little(&wording.characters[d.wording.clone()]) && is_little(&line.characters[d.text.clone()]);
        !little && !d.wording.is_empty()
    };
    laid.differences.iter().filter(counts).collect()
}

/// The slip that a text with this alignment is, if it is one.
pub fn weigh(formula: &'static Formula, wording: &'static Wording, line: &Line, laid: &Alignment) -> Option<Slip> {
    let real = real(wording, line, laid);
    let exact = wording.characters.len() - real.iter().map(|d| d.wording.len()).sum::<usize>();
    let more = laid.differences.iter().filter(|d| d.wording.is_empty() && !is_little(&line.characters[d.text.clone()]));
    let more: usize = more.map(|d| d.text.len()).sum();
    let case = Case { formula, wording, line, laid, real, exact };
    if formula.sureness == Sureness::None || case.real.is_empty() || more > 2 {
        return None;
    }
    let (form, wrong, right) = match wording.members.len() {
        1 => case.running()?,
        _ => case.short().or_else(|| shuffled(wording, line, laid)).or_else(|| case.listed())?,
    };
    let right = wording.shown(right).to_string();
    let slip = Slip {
        formula,
        form,
        span: line.span(laid.text.clone()),
        wrong: line.span(wrong),
        right,
        wording: wording.text,
    };
    Some(slip)
}

type Verdict = Option<(Form, Range<usize>, Range<usize>)>;

impl Case<'_> {
    /// A phrase without members: few characters differ, inside it or at its end.
    fn running(&self) -> Verdict {
        let length = self.wording.characters.len();
        if let Some(moved) = self.moved() {
            return Some(moved);
        }
        let edits: usize = self.real.iter().map(|d| d.wording.len().max(d.text.len())).sum();
        let exchanged = self.exchanged();
        let few = edits <= 2 && edits * 5 <= length + 1 || exchanged && self.exact >= 8;
        let alike = exchanged || self.real.iter().all(|d| self.is_alike(d));
        let edges = self.real.iter().all(|d| self.edge_holds(d));
        (length >= 6 && few && alike && edges).then(|| self.narrow(Form::Running))
    }

    /// The head of the phrase stands in its middle: 青山绿水 for 绿水青山.
    fn moved(&self) -> Verdict {
        let [only] = self.real[..] else { return None };
        let length = only.wording.len();
        let start = self.laid.text.start.checked_sub(length)?;
        let taken = &self.line.characters[start..self.laid.text.start];
        let moved = only.text.is_empty() && length >= 2 && self.exact >= 6 && only.wording.start >= 2;
        let same = taken == &self.wording.characters[only.wording.clone()];
        (moved && same).then_some((Form::Running, start..only.text.end, 0..only.wording.end))
    }

    /// Whether what stands there looks like what ought to: a character for a character, or a word that shares one.
    fn is_alike(&self, d: &Difference) -> bool {
        let (expected, found) = self.words(d);
        expected.len() == 1 && found.len() <= 1 || expected.iter().any(|c| found.contains(c))
    }

    /// A difference at the edge of a phrase may be where the writer goes on in his own words.
    fn edge_holds(&self, d: &Difference) -> bool {
        let (expected, found) = self.words(d);
        let sure = self.exact >= 7 && expected.len() == found.len();
        match (d.wording.start == 0, d.wording.end == self.wording.characters.len()) {
            (true, _) => {
                sure && (is_swapped(expected, found)
                    || self.formula.sureness == Sureness::Certain && self.line.marked[d.text.start])
            }
            (_, true) => sure && (found.len() > 1 || self.ends(d.text.end)),
            _ => true,
        }
    }

    /// Whether a word may end before a character of the line.
    fn ends(&self, at: usize) -> bool {
        self.line.marked[at] || self.line.characters.get(at).is_some_and(|c| "的等和与及是在".contains(*c))
    }

    /// A list of members: one of them is another.
    fn listed(&self) -> Verdict {
        let members = self.faulty_members();
        if members.len() != 1 {
            return self.repeated();
        }
        let number = members[0];
        let expected = self.wording.members[number].clone();
        let found = self.swapped_head(number).unwrap_or_else(|| self.without_other_word(self.found_member(number)));
        if found.is_empty() {
            return None;
        }
        let last = self.wording.members.len() - 1;
        let (head, tail) = (number == 0, number == last);
        let bounded = (head || self.line.marked[found.start]) && (tail || self.line.marked[found.end]);
        let like = likeness(&self.wording.characters[expected.clone()], &self.line.characters[found.clone()]);
        let edges = self.real.iter().all(|d| self.member_edge_holds(d, like));
        let whole = !self.line.parted[found.start + 1..found.end].contains(&true);
        let fits = self.swapped(&expected, &found) || self.real.iter().all(|d| self.fits(d, &expected, &found));
        if !bounded || !edges || !whole || !fits || self.is_member(&found) || !self.is_plain(expected.len(), like) {
            return None;
        }
        match found.len() <= 12 {
            true => Some((Form::Listed, found, expected)),
            false => Some(self.narrow(Form::Listed)),
        }
    }

    /// Whether a member has its own characters in another order: 服务大局 for 大局服务.
    fn swapped(&self, expected: &Range<usize>, found: &Range<usize>) -> bool {
        is_swapped(&self.wording.characters[expected.clone()], &self.line.characters[found.clone()])
    }

    /// The first member where its words stand in another order, which an alignment with a free start does not see whole.
    fn swapped_head(&self, number: usize) -> Option<Range<usize>> {
        let expected = self.wording.members[number].clone();
        let end = self.laid.at[expected.end];
        let found = end.checked_sub(expected.len()).map(|start| start..end)?;
        (number == 0 && self.swapped(&expected, &found)).then_some(found)
    }

    /// Whether a difference lies in its member and leaves no word out, unless out of the middle of a long one.
    fn fits(&self, d: &Difference, expected: &Range<usize>, found: &Range<usize>) -> bool {
        let middle = expected.len() >= 6 && d.wording.start > expected.start && d.wording.end < expected.end;
        let lost = d.wording.len() > d.text.len() + 1 + usize::from(middle);
        let inside = found.start <= d.text.start && d.text.end <= found.end;
        !lost && (inside || d.text.end == found.start)
    }

    /// Whether the text has a member of the formula there, only not the one that comes next: a selection, not a slip.
    fn is_member(&self, found: &Range<usize>) -> bool {
        let found = &self.line.characters[found.clone()];
        let wordings = &self.formula.wordings;
        wordings.iter().any(|wording| wording.members.iter().any(|member| &wording.characters[member.clone()] == found))
    }

    /// Whether so much of the list is right that the odd member can only be a slip.
    fn is_plain(&self, length: usize, like: f32) -> bool {
        let edits: usize = self.real.iter().map(|d| d.wording.len().max(d.text.len())).sum();
        match self.wording.members.len() {
            2 => self.exact >= 5 && like >= 0.6 && edits <= 2,
            _ if length <= 2 => self.exact >= 7 && like > 0.0,
            _ => self.exact >= 8 && like >= 0.5 && edits <= 4,
        }
    }

    fn member_edge_holds(&self, d: &Difference, like: f32) -> bool {
        let short = d.wording.len() == 1 && d.text.len() == 1 && like >= 0.75;
        let certain = self.formula.sureness == Sureness::Certain;
        let begins = self.line.marked[d.text.start] && certain || self.wording.members[0].len() <= 6;
        let free = short || self.has_again(d);
        let ends = self.ends(d.text.end) || d.text.end > 0 && free && !self.is_word(d.text.end - 1);
        (d.wording.start > 0 || begins || short) && (d.wording.end < self.wording.characters.len() || ends)
    }

    /// Whether the text has a word there that the wording has elsewhere: 为大局服务、为人民服务.
    fn has_again(&self, d: &Difference) -> bool {
        let found = &self.line.characters[d.text.clone()];
        found.len() > 1 && self.wording.characters.windows(found.len()).any(|words| words == found)
    }

    /// Whether a character of the line and the next one are a word.
    fn is_word(&self, at: usize) -> bool {
        let word: String = self.line.characters.iter().skip(at).take(2).collect();
        !self.line.marked[at + 1] && words().has(&word)
    }

    /// A member without a first character that ends another word: 构建国内大循环 has no 以, and not 建 for it.
    fn without_other_word(&self, found: Range<usize>) -> Range<usize> {
        let first = self.real[0];
        let alone = first.wording.start == 0 && first.text == (found.start..found.start + 1);
        let other = alone && !self.line.marked[found.start] && self.is_word(found.start - 1);
        if other { found.start + 1..found.end } else { found }
    }

    /// What the wording has and what the text has.
    fn words(&self, d: &Difference) -> (&[char], &[char]) {
        (&self.wording.characters[d.wording.clone()], &self.line.characters[d.text.clone()])
    }

    /// Whether two words have changed places.
    fn exchanged(&self) -> bool {
        let [first, second] = self.real[..] else { return false };
        let (first, second) = (self.words(first), self.words(second));
        first.0 == second.1 && first.1 == second.0
    }

    /// The same slip in several members (相互……相互……), or two single characters.
    fn repeated(&self) -> Verdict {
        let words = |d: &Difference| self.words(d);
        let first = words(self.real.first()?);
        let same = self.real.len() == 2 && self.real.iter().all(|d| words(d) == first) && !first.1.is_empty();
        let single = self.real.len() == 2 && self.real.iter().all(|d| d.wording.len() == 1 && d.text.len() == 1);
        let inside = self.real.iter().all(|d| d.wording.end < self.wording.characters.len() || self.ends(d.text.end));
        let enough = self.exact >= 8 && self.exact * 3 >= self.wording.characters.len() * 2;
        (enough && inside && (same || single || self.exchanged())).then(|| self.whole_members())
    }

    /// A member in the middle is left out.
    fn short(&self) -> Verdict {
        let members = &self.wording.members;
        let [only] = self.real[..] else { return None };
        let gap = self.slide(only)?;
        let number = members.iter().position(|member| *member == gap)?;
        let inside = number > 0 && number + 1 < members.len() && members.len() >= 4 && self.exact >= 8;
        let apart = self.line.marked[only.text.start] || self.laid.text.end > only.text.start;
        (self.formula.sureness == Sureness::Certain && inside && apart).then(|| {
            let from = self.laid.at[members[number - 1].start];
            let to = from + members[number - 1].len();
            (Form::Short, from..to.min(self.laid.text.end), members[number - 1].start..gap.end)
        })
    }

    /// A gap moved to the edges of a member: of 大局意识、核心意识 either may be said to lack 意识核心.
    fn slide(&self, d: &Difference) -> Option<Range<usize>> {
        let characters = &self.wording.characters;
        let is_member = |start: usize| self.wording.members.contains(&(start..start + d.wording.len()));
        let left = (0..d.wording.start).rev().take_while(|&at| characters[at] == characters[at + d.wording.len()]);
        let right = (d.wording.start + 1..=characters.len() - d.wording.len())
            .take_while(|&at| characters[at - 1] == characters[at - 1 + d.wording.len()]);
        let start = [d.wording.start].into_iter().chain(left).chain(right).find(|&start| is_member(start))?;
        d.text.is_empty().then_some(start..start + d.wording.len())
    }

    fn faulty_members(&self) -> Vec<usize> {
        let touched = |member: &Range<usize>| {
            self.real.iter().any(|d| d.wording.start < member.end && member.start < d.wording.end)
        };
        (0..self.wording.members.len()).filter(|&number| touched(&self.wording.members[number])).collect()
    }

    /// What the text has for a member, from mark to mark where the neighbours leave room.
    fn found_member(&self, number: usize) -> Range<usize> {
        let member = self.wording.members[number].clone();
        let at = &self.laid.at;
        let mut start = at[member.start];
        let mut end = at[member.end].min(self.laid.text.end);
        let floor = if member.start == 0 { start } else { at[member.start - 1] + 1 };
        while start > floor && !self.line.parted[start] {
            start -= 1;
        }
        let last =
            self.line.parted[start + usize::from(start < end)..end.max(start + 1)].iter().position(|parted| *parted);
        if let Some(cut) = last.filter(|_| start < end) {
            end = start + 1 + cut;
        }
        start.min(end)..end
    }

    /// The stretch of all members that differ, if it is short.
    fn whole_members(&self) -> (Form, Range<usize>, Range<usize>) {
        let members: Vec<Range<usize>> =
            self.faulty_members().iter().map(|&at| self.wording.members[at].clone()).collect();
        let right = members[0].start..members[members.len() - 1].end;
        let found = self.laid.at[right.start]..self.laid.at[right.end].min(self.laid.text.end);
        if found.len() <= 12 { (Form::Listed, found, right) } else { self.narrow(Form::Listed) }
    }

    /// The stretch from the first difference to the last, a single character with its neighbour.
    fn narrow(&self, form: Form) -> (Form, Range<usize>, Range<usize>) {
        let mut right = self.real[0].wording.start..self.real[self.real.len() - 1].wording.end;
        if right.len() == 1 {
            right = self.with_neighbour(right.start);
        }
        let mut found = self.laid.at[right.start]..self.laid.at[right.end].min(self.laid.text.end);
        if found.len() == 1 && found.end < self.laid.text.end && right.end < self.wording.characters.len() {
            (found.end, right.end) = (found.end + 1, right.end + 1);
        }
        (form, found, right)
    }

    /// A character of the wording with the one that it makes a word with, or the next, or the one before.
    fn with_neighbour(&self, at: usize) -> Range<usize> {
        let characters = &self.wording.characters;
        let before = at > 0 && !self.wording.members.iter().any(|member| member.start == at);
        let after = at + 1 < characters.len() && !self.wording.members.iter().any(|member| member.end == at + 1);
        let word = |start: usize| words().has(&characters[start..start + 2].iter().collect::<String>());
        match (before, after) {
            (true, true) if word(at - 1) && !word(at) => at - 1..at + 1,
            (true, false) => at - 1..at + 1,
            (_, true) => at..at + 2,
            (false, false) => at..at + 1,
        }
    }
}

/// All members stand close together, in another order.
fn shuffled(wording: &Wording, line: &Line, laid: &Alignment) -> Verdict {
    let from = laid.text.start.saturating_sub(wording.characters.len());
    let to = (laid.text.end + wording.characters.len()).min(line.characters.len());
    let mut found: Vec<Range<usize>> = Vec::new();
    for member in &wording.members {
        let word = &wording.characters[member.clone()];
        let stands =
            |at: &usize| line.characters[*at..].starts_with(word) && !found.iter().any(|other| other.contains(at));
        let at = (from..to.saturating_sub(word.len() - 1)).find(stands)?;
        found.push(at..at + word.len());
    }
    let start = found.iter().map(|range| range.start).min()?;
    let end = found.iter().map(|range| range.end).max()?;
    let close = wording.members.len() > 3 && end - start <= wording.characters.len() + 1;
    let ordered = found.is_sorted_by_key(|range| range.start);
    (close && !ordered).then_some((Form::Shuffled, start..end, 0..wording.characters.len()))
}
