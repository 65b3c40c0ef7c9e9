/*!
Finding a phrase round one of its literals.

A phrase is a small program without loops. The finder tries its ways in order of preference and never enters the same
step at the same byte twice, so the work is at most steps × bytes × gap, however hostile phrase and text are.
*/

use std::collections::HashSet;
use std::ops::Range;

use super::lexical;
use super::parse::{Node, has_gap, length, spell};
use super::{Lead, Match, Phrase, Reach, Slot, Slots};

/// One step of the program; unless it says otherwise, the next one follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Text(String),
    Gap,
    Slot(Slot),
    /// Goes on at one of these steps.
    Fork(Vec<usize>),
    Jump(usize),
    Open,
    Close,
    /// The literal by which the phrase is found begins here.
    LiteralStart,
    /// … and ends here.
    LiteralEnd,
    Done,
}

/// The program, the literals that find it, and what stands before them; `None` if it has no literal.
pub(super) fn compile(nodes: &[Node], reach: Reach) -> Option<(Vec<Step>, Vec<String>, Lead)> {
    let items = flatten(nodes);
    let (range, literals) = best_literals(&items)?;
    let mut steps = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if index == range.start {
            steps.push(Step::LiteralStart);
        }
        match item {
            Item::Part(node) => emit(node, &mut steps),
            Item::Open => steps.push(Step::Open),
            Item::Close => steps.push(Step::Close),
        }
        if index + 1 == range.end {
            steps.push(Step::LiteralEnd);
        }
    }
    steps.push(Step::Done);
    let before: Vec<Node> = items[..range.start].iter().filter_map(Item::part).cloned().collect();
    let (least, most) = length(&before, reach.gap);
    Some((steps, literals, Lead { least, most, gap: has_gap(&before) }))
}

/// The phrase in one line, the marks that stand outside of choices opened up.
enum Item<'n> {
    Part(&'n Node),
    Open,
    Close,
}

impl<'n> Item<'n> {
    fn part(&self) -> Option<&'n Node> {
        match self {
            Item::Part(node) => Some(node),
            Item::Open | Item::Close => None,
        }
    }
}

fn flatten(nodes: &[Node]) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for node in nodes {
        match node {
            Node::Mark(inner) => {
                items.push(Item::Open);
                items.extend(flatten(inner));
                items.push(Item::Close);
            }
            _ => items.push(Item::Part(node)),
        }
    }
    items
}

/// The stretch of items whose shortest spelling is longest; the first of equals.
fn best_literals(items: &[Item]) -> Option<(Range<usize>, Vec<String>)> {
    let mut best: Option<(usize, Range<usize>, Vec<String>)> = None;
    let mut start = 0;
    while start < items.len() {
        let (end, spellings) = stretch(items, start);
        let least = spellings.iter().map(|spelling| spelling.chars().count()).min().unwrap_or(0);
        if least > best.as_ref().map_or(0, |best| best.0) {
            best = Some((least, start..end, spellings));
        }
        start = end.max(start + 1);
    }
    let (_, range, mut literals) = best?;
    literals.sort_unstable();
    literals.dedup();
    Some((range, literals))
}

/// The longest stretch from `start` that can be spelt out, and its spellings.
fn stretch(items: &[Item], start: usize) -> (usize, Vec<String>) {
    let mut taken: Vec<Node> = Vec::new();
    let mut spellings = Vec::new();
    for (index, item) in items.iter().enumerate().skip(start) {
        taken.extend(item.part().cloned());
        match spell(&taken) {
            Some(more) => spellings = more,
            None => return (index, spellings),
        }
    }
    (items.len(), spellings)
}

fn emit(node: &Node, steps: &mut Vec<Step>) {
    match node {
        Node::Text(text) => steps.push(Step::Text(text.clone())),
        Node::Gap => steps.push(Step::Gap),
        Node::Slot(slot) => steps.push(Step::Slot(*slot)),
        Node::Mark(inner) => {
            steps.push(Step::Open);
            inner.iter().for_each(|node| emit(node, steps));
            steps.push(Step::Close);
        }
        Node::Choice(alternatives) => emit_choice(alternatives, steps),
    }
}

fn emit_choice(alternatives: &[Vec<Node>], steps: &mut Vec<Step>) {
    let fork = steps.len();
    steps.push(Step::Fork(Vec::new()));
    let mut starts = Vec::new();
    let mut ends = Vec::new();
    for alternative in alternatives {
        starts.push(steps.len());
        alternative.iter().for_each(|node| emit(node, steps));
        ends.push(steps.len());
        steps.push(Step::Jump(0));
    }
    let after = steps.len();
    ends.into_iter().for_each(|end| steps[end] = Step::Jump(after));
    steps[fork] = Step::Fork(starts);
}

impl Phrase {
    /// The match whose literal stands at these bytes of the text, if there is one; the gaps as short as can be.
    ///
    /// Blocks of the text are lines: no match leaves the line of its literal.
    pub fn find_at(&self, text: &str, literal: Range<usize>, slots: &dyn Slots) -> Option<Match> {
        let mut finder = Finder { phrase: self, text, literal, slots, seen: HashSet::new(), trail: Vec::new() };
        let mut starts = finder.starts().into_iter();
        let mut found = starts.find_map(|start| finder.match_from(start))?;
        if self.lead.gap {
            // The nearest start may cut the first choice short (约 in 大约): what fills the rest must stay the same.
            for start in starts.take(CHOICE) {
                finder.seen.clear();
                finder.trail.clear();
                let longer = finder.match_from(start).filter(|longer| longer.fillings == found.fillings);
                found = longer.unwrap_or(found);
            }
        }
        Some(found)
    }

    /// All matches in a stretch of the text, by where their literals stand.
    pub fn find_in(&self, text: &str, range: Range<usize>, slots: &dyn Slots) -> Vec<Match> {
        let found = self.literals.iter().flat_map(|literal| {
            let hits = text[range.clone()].match_indices(literal.as_str());
            hits.map(|(at, hit)| range.start + at..range.start + at + hit.len())
        });
        found.filter_map(|literal| self.find_at(text, literal, slots)).collect()
    }
}

/// How many characters longer than another an alternative at the start may be.
const CHOICE: usize = 4;

struct Finder<'a> {
    phrase: &'a Phrase,
    text: &'a str,
    literal: Range<usize>,
    slots: &'a dyn Slots,
    /// Branching steps and the bytes at which they have been entered.
    seen: HashSet<(usize, usize)>,
    /// The steps on the way so far, and where each was entered.
    trail: Vec<(usize, usize)>,
}

impl Finder<'_> {
    /// Where a match may begin. Behind a gap the nearest is best; else the farthest, so that the longest choice wins.
    fn starts(&self) -> Vec<usize> {
        let Lead { least, most, gap } = self.phrase.lead;
        let before = &self.text[..self.literal.start];
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let back = before[line..].char_indices().rev().map(|(at, _)| line + at);
        let mut starts: Vec<usize> =
            std::iter::once(before.len()).chain(back).skip(least).take(most - least + 1).collect();
        if !gap {
            starts.reverse();
        }
        starts
    }

    fn match_from(&mut self, start: usize) -> Option<Match> {
        let end = self.run(0, start)?;
        Some(self.read(start..end))
    }

    /// The end of the match that goes on with this step at this byte.
    fn run(&mut self, step: usize, at: usize) -> Option<usize> {
        let phrase = self.phrase;
        let instruction = &phrase.steps[step];
        let branches = matches!(instruction, Step::Gap | Step::Slot(_) | Step::Fork(_));
        if branches && !self.seen.insert((step, at)) {
            return None;
        }
        self.trail.push((step, at));
        let end = match instruction {
            Step::Text(text) if self.text[at..].starts_with(text.as_str()) => self.run(step + 1, at + text.len()),
            Step::Gap => self.gap_ends(at).into_iter().find_map(|end| self.run(step + 1, end)),
            Step::Slot(slot) => self.slot_ends(*slot, at).into_iter().find_map(|end| self.run(step + 1, end)),
            Step::Fork(ways) => ways.iter().find_map(|way| self.run(*way, at)),
            Step::Jump(to) => self.run(*to, at),
            Step::LiteralStart if at == self.literal.start => self.run(step + 1, at),
            Step::LiteralEnd if at == self.literal.end => self.run(step + 1, at),
            Step::Open | Step::Close => self.run(step + 1, at),
            Step::Done => Some(at),
            Step::Text(_) | Step::LiteralStart | Step::LiteralEnd => None,
        };
        if end.is_none() {
            self.trail.pop();
        }
        end
    }

    fn gap_ends(&self, at: usize) -> Vec<usize> {
        let reach = self.phrase.reach;
        let mut ends = vec![at];
        for (offset, c) in self.text[at..].char_indices().take(reach.gap) {
            if reach.stops(c) {
                break;
            }
            ends.push(at + offset + c.len_utf8());
        }
        ends
    }

    fn slot_ends(&self, slot: Slot, at: usize) -> Vec<usize> {
        let ends = lexical::ends(slot, self.text, at);
        let mut ends = ends.unwrap_or_else(|| self.slots.ends(slot, self.text, at));
        ends.retain(|end| *end > at && self.text.is_char_boundary(*end));
        ends
    }

    /// Reads the match off the trail.
    fn read(&self, span: Range<usize>) -> Match {
        let mut found = Match { span: span.clone(), ..Match::default() };
        let mut literal = span.start;
        for (index, (step, at)) in self.trail.iter().enumerate() {
            let (next, end) = self.trail.get(index + 1).copied().unwrap_or((*step, span.end));
            match &self.phrase.steps[*step] {
                Step::Gap | Step::Slot(_) => {
                    let slot = match self.phrase.steps[*step] {
                        Step::Slot(slot) => Some(slot),
                        _ => None,
                    };
                    found.literals.push(literal..*at);
                    found.fillings.push((slot, *at..end));
                    literal = end;
                }
                Step::Fork(ways) => found.choices.extend(ways.iter().position(|way| *way == next)),
                Step::Open => found.marks.push(*at..*at),
                Step::Close => found.marks.iter_mut().last().into_iter().for_each(|mark| mark.end = *at),
                _ => {}
            }
        }
        found.literals.push(literal..span.end);
        found
    }
}
