/*!
Which ordinals go together.

A series goes on until its article, a heading without a number or a shallower series ends it. A paragraph that begins
with 二是 may hold a series 一是……二是 of its own: one that begins inside another of its style interrupts it, and an
ordinal that does not go on with the inner series goes on with the outer one.
*/

use super::ordinal::{self, Found, Ordinal, Style};
use super::{Series, SeriesLevel};
use crate::facts::Mention;
use crate::facts::cue::Cues;
use crate::manuscript::{Block, BlockKind, Manuscript};

/// The series that can still go on, outermost first: indexes of the list that is being made.
struct Flow<'m> {
    manuscript: &'m Manuscript,
    series: Vec<Series>,
    open: Vec<usize>,
}

/// The series of a manuscript, by where they begin.
pub fn find(manuscript: &Manuscript, cues: &Cues) -> Vec<Series> {
    let mut flow = Flow { manuscript, series: Vec::new(), open: Vec::new() };
    let mut found = ordinal::find(manuscript, cues).into_iter().peekable();
    let mut article = None;
    for (index, block) in manuscript.blocks.iter().enumerate() {
        if article != Some(block.article) {
            flow.open.clear();
            article = Some(block.article);
        }
        let numbered = found.peek().is_some_and(|next| next.block == index && next.initial);
        if matches!(block.kind, BlockKind::Heading | BlockKind::Title) {
            flow.close_at(block, numbered);
        }
        while let Some(next) = found.next_if(|next| next.block == index) {
            flow.take(next, block);
        }
    }
    flow.series
}

impl Flow<'_> {
    /// A heading ends what stands below it: with a mark of its level the deeper headings, else what is no heading.
    fn close_at(&mut self, heading: &Block, numbered: bool) {
        let deeper = |series: &Series| {
            let block = self.manuscript.block_at(series.items[0].span.start);
            let (headed, level) = block.map_or((false, 0), |b| (b.kind == BlockKind::Heading, b.level));
            if heading.level > 0 { !headed || level > heading.level } else { !numbered && !headed }
        };
        let series = &self.series;
        self.open.retain(|index| !deeper(&series[*index]));
    }

    fn take(&mut self, found: Found, block: &Block) {
        let place = self.place(&found, block);
        match place {
            Some(at) => {
                self.open.truncate(at + 1);
                let index = self.open[at];
                let series = &mut self.series[index];
                series.items.push(Mention { span: found.span, value: found.ordinal });
            }
            None => {
                let level = if found.initial { SeriesLevel::Block } else { SeriesLevel::Inline };
                let rival = self.rival(&found, block);
                self.forget(&found, block);
                let items = vec![Mention { span: found.span, value: found.ordinal }];
                self.open.push(self.series.len());
                self.series.push(Series { level, items, article: block.article, rival });
            }
        }
    }

    fn rival(&self, found: &Found, block: &Block) -> u32 {
        let level = if found.initial { SeriesLevel::Block } else { SeriesLevel::Inline };
        let mut kin = (0..self.open.len()).rev().filter(|at| self.is_kin(*at, found, block));
        kin.find(|at| self.series[self.open[*at]].level == level).map_or(0, |at| self.last(at).number)
    }

    /// Which open series the ordinal goes on with; none if it begins one.
    fn place(&self, found: &Found, block: &Block) -> Option<usize> {
        let same = |at: &usize| self.is_kin(*at, found, block);
        let kin: Vec<usize> = (0..self.open.len()).rev().filter(same).collect();
        let follows = |at: &usize| continues(self.last(*at), &found.ordinal);
        let level = |at: &usize| (self.series[self.open[*at]].level == SeriesLevel::Block) == found.initial;
        let inner = kin.first().copied()?;
        let next = kin.iter().find(|at| follows(at) && level(at)).or_else(|| kin.iter().find(|at| follows(at)));
        if let Some(next) = next.copied() {
            let gap = next != inner && found.ordinal.number > self.last(inner).number + 1 && level(&inner);
            return Some(if gap { inner } else { next });
        }
        let other = |at: &usize| found.ordinal.number <= self.last(*at).number && !self.is_alike(*at, block);
        if found.ordinal.number == 1 && self.is_doubled(inner, found, block) {
            return Some(inner);
        }
        if found.ordinal.number == 1 { None } else { kin.iter().copied().find(level).filter(|at| !other(at)) }
    }

    /// Whether an open series has the ordinal's style and, for headings with a mark, its level.
    fn is_kin(&self, at: usize, found: &Found, block: &Block) -> bool {
        let series = &self.series[self.open[at]];
        let first = &series.items[0].value;
        let inserted = found.ordinal.style == Style::Clause;
        let path = inserted || first.path == found.ordinal.path;
        let level = self.manuscript.block_at(series.items[0].span.start).map_or(0, |first| first.level);
        first.style == found.ordinal.style && path && (level == 0) == (block.level == 0)
    }

    /// 一、……一、……: a series of one member, and its number once more. Lists that number all members 1. are left alone.
    fn is_doubled(&self, at: usize, found: &Found, block: &Block) -> bool {
        let series = &self.series[self.open[at]];
        let strict = matches!(found.ordinal.style, Style::Comma | Style::Bracket | Style::Clause);
        let blocks = found.initial && series.level == SeriesLevel::Block;
        strict && blocks && series.items.len() == 1 && self.last(at).number == 1 && self.is_alike(at, block)
    }

    /// Keeps few of the series that could go on, so that the time for each ordinal stays the same.
    fn forget(&mut self, found: &Found, block: &Block) {
        let kin: Vec<usize> = (0..self.open.len()).filter(|at| self.is_kin(*at, found, block)).collect();
        if kin.len() > 6 {
            self.open.remove(kin[1]);
        }
    }

    /// Whether the last member heads a block of that kind.
    fn is_alike(&self, at: usize, block: &Block) -> bool {
        let series = &self.series[self.open[at]];
        let last = series.items[series.items.len() - 1].span;
        self.manuscript.block_at(last.start).is_some_and(|last| last.kind == block.kind)
    }

    fn last(&self, at: usize) -> &Ordinal {
        let items = &self.series[self.open[at]].items;
        &items[items.len() - 1].value
    }
}

/// Whether one ordinal comes right after another.
pub fn continues(last: &Ordinal, next: &Ordinal) -> bool {
    if last.style == Style::Turn {
        return next.number == 0 || next.number > last.number && last.number > 0;
    }
    match (last.path.first(), next.path.first()) {
        (None, Some(clause)) if next.style == Style::Clause => last.number == *clause && next.number == 1,
        (Some(clause), None) if next.style == Style::Clause => next.number == clause + 1,
        _ => next.number == last.number + 1,
    }
}
