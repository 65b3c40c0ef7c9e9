/*!
Growth against the two values it comes from: 由3.2亿元降至2.4亿元，降幅33.3%; 48.62亿元，上年同期为41.05亿元，同比增长15.3%;
比年初增加168.5亿元，增长7.8%; 下跌18.5点，跌幅1.9%，报2046.3点.

Only what the sentence itself puts side by side is compared. Growth at constant prices cannot be had from current values,
so sentences about output, value added or income are left alone.
*/

use super::band::{Band, Rate, band, finest, fits, quotient};
use super::direction::ends;
use super::{Figure, Slip, Sure, sentences};
use crate::facts::Context;
use crate::facts::number::{Bound, Direction, Kind, Standing, Value};

/// A change with both ends and its rate.
pub struct Change<'c> {
    pub from: &'c Figure,
    pub to: &'c Figure,
    pub rate: &'c Figure,
    /// The sentence says by 由 and 至 that the two are the ends.
    pub bound: bool,
    /// The rate is in 番.
    pub doubles: bool,
}

/// Words of growth that does not come from the values printed.
#[rustfmt::skip]
const REAL: &[&str] = &[
    "生产总值", "增加值", "不变价", "可比价", "可比口径", "同口径", "GDP", "实际增长", "剔除", "扣除", "可支配收入", "纯收入",
    "年均", "环比", "调整后", "按可比", "平均每年", "净增长", "折算", "经营性",
];

pub fn find(context: &Context) -> Vec<Slip> {
    let ends = changes(context).into_iter().filter_map(|change| between_ends(context, &change));
    ends.chain(increments(context)).collect()
}

impl Change<'_> {
    /// Whether the rate fits the two ends, within what the digits allow.
    pub fn fits(&self) -> Option<bool> {
        let (from, to) = bands(self.from, self.to)?;
        let rate = rate_of(self.rate)?;
        if self.doubles {
            let times = 10i128.checked_mul(1 << (rate.value.at(-1)?.clamp(0, 100) / 10))?;
            return fits(to, from, Rate { value: Value::new(times, -1), slack: times / 6, ..rate });
        }
        let reached = self.rate.value.kind == Kind::Multiple && fits(to, from, Rate { slack: 2, ..rate })?;
        Some(reached || fits(to.minus(from).size(), from, rate)?)
    }
}

/// The changes of all sentences whose ends and rate stand side by side.
pub fn changes<'c>(context: &'c Context) -> Vec<Change<'c>> {
    let text = context.manuscript.text.as_str();
    let mut found = Vec::new();
    for (sentence, figures) in sentences(context) {
        let before = found.len();
        found.extend((2..figures.len()).filter_map(|rate| ends_of(text, figures, rate)));
        if found.len() > before && is_real(sentence.of(text)) {
            found.truncate(before);
        }
    }
    found
}

/// Whether a sentence is of growth that does not come from the values printed.
fn is_real(sentence: &str) -> bool {
    REAL.iter().any(|word| sentence.contains(word))
}

/// The two ends that a rate belongs to.
fn ends_of<'c>(text: &str, figures: &'c [Figure], at: usize) -> Option<Change<'c>> {
    let rate = &figures[at];
    if !is_rate(text, rate) {
        return None;
    }
    let quantity: Vec<&Figure> =
        figures[..at].iter().rev().take(4).filter(|figure| figure.value.is_quantity()).collect();
    let doubles = text[..rate.span.end as usize].ends_with('番');
    let (last, first) = (*quantity.first()?, *quantity.get(1)?);
    let near = |figure: &Figure| {
        text[figure.span.end as usize..rate.span.start as usize].chars().count() < 24
            && !text[figure.span.end as usize..rate.span.start as usize].contains(['；', '。'])
    };
    if !near(last) {
        return None;
    }
    if ends(first, last).is_some() {
        let apart = text[first.span.end as usize..last.span.start as usize].contains(['；', '。']);
        return (!apart).then_some(Change { from: first, to: last, rate, bound: true, doubles });
    }
    let same =
        first.value.adds_to(&last.value) && first.value.bound == Bound::Exact && last.value.bound == Bound::Exact;
    let apart = text[first.span.end as usize..last.span.start as usize].contains(['；', '。']);
    let plain = |figure: &Figure| {
        matches!(figure.value.standing, Standing::Plain | Standing::Part | Standing::Total | Standing::To)
    };
    let counted = last.value.kind == Kind::Count && last.value.unit.is_some();
    if same && !apart && counted && plain(first) && is_base(text, last) {
        return Some(Change { from: last, to: first, rate, bound: false, doubles });
    }
    None
}

/// Whether a figure is the value of the year before: 上年同期为41.05亿元.
fn is_base(text: &str, figure: &Figure) -> bool {
    let piece = &text[figure.value.piece.start as usize..figure.span.start as usize];
    let words =
        ["上年同期", "去年同期", "上年", "去年", "上期", "同期", "上季度", "上月", "前一年", "上一年", "上届", "年初"];
    let named = words.iter().any(|word| piece.contains(word));
    let than = piece.contains('比') || piece.contains('较');
    named && (!than || piece.contains('的'))
}

/// Whether a figure says by how much of itself something changed.
fn is_rate(text: &str, figure: &Figure) -> bool {
    let lead = figure.value.lead.of(text);
    let kind = match figure.value.kind {
        Kind::Percent | Kind::Fraction(_) => figure.value.standing == Standing::Change,
        Kind::Multiple if text[..figure.span.end as usize].ends_with('番') => lead.contains('翻'),
        Kind::Multiple => figure.value.standing == Standing::Change,
        _ => false,
    };
    let other = ["占", "完成", "预算", "目标", "高于", "低于", "快于", "比全", "比同", "增速", "环比"];
    kind && !other.iter().any(|word| lead.contains(word))
}

fn bands(from: &Figure, to: &Figure) -> Option<(Band, Band)> {
    if from.value.unit.is_none() && to.value.unit.is_some() {
        let exponent = from.value.value.exponent.min(to.value.value.exponent);
        return Some((Band::of(from.value.value, true, exponent)?, Band::of(to.value.value, true, exponent)?));
    }
    let exponent = finest(from, to)?;
    Some((band(from, exponent)?, band(to, exponent)?))
}

/// A rate as it may be compared: one step of its last digit either way, because some round down; four tenths for 倍, and
/// three hundredths for a fraction in words.
fn rate_of(figure: &Figure) -> Option<Rate> {
    let (value, bound) = (figure.value.value, figure.value.bound);
    match figure.value.kind {
        Kind::Percent => Some(Rate { value, slack: value.step().at(value.exponent.min(0))?, bound, hundred: 100 }),
        Kind::Multiple => {
            let value = Value::new(value.at(value.exponent - 1)?, value.exponent - 1);
            Some(Rate { value, slack: 4, bound, hundred: 1 })
        }
        Kind::Fraction(bottom) => {
            let value = quotient(value, Value::new(bottom, 0), 100, -1)?;
            Some(Rate { value, slack: 30, bound, hundred: 100 })
        }
        _ => None,
    }
}

fn between_ends(context: &Context, change: &Change) -> Option<Slip> {
    let percents = change.from.value.kind == Kind::Percent;
    let points = change.to.value.value.minus(change.from.value.value)?.abs();
    let as_points = percents && !points.minus(change.rate.value.value)?.abs().exceeds(change.rate.value.value.step());
    if as_points || change.fits()? {
        return None;
    }
    let worth = |figure: &Figure| figure.value.worth();
    let (from, to) = (worth(change.from)?, worth(change.to)?);
    let (from, to) =
        if change.from.value.unit.is_none() { (change.from.value.value, change.to.value.value) } else { (from, to) };
    let sure = if change.bound { Sure::Certain } else { Sure::Probable };
    say(context, change.rate, to.minus(from)?.abs(), from, vec![change.from.span, change.to.span], sure)
}

fn say(
    context: &Context,
    rate: &Figure,
    part: Value,
    whole: Value,
    parts: Vec<crate::text::Span>,
    sure: Sure,
) -> Option<Slip> {
    let hundred = rate_of(rate)?.hundred;
    let exponent = rate.value.value.exponent.min(-1);
    let computed = quotient(part, whole, hundred, exponent)?;
    let sign = if hundred == 100 { "%" } else { "倍" };
    let stated = context.at(rate.span).to_string();
    let computed = format!("{}{sign}", computed.shown(""));
    Some(Slip { at: rate.span, parts, stated, computed, reason: String::new(), sure })
}

/// 2316.8亿元，比年初增加168.5亿元，增长7.8%; 下跌18.5点，跌幅1.9%，报2046.3点.
fn increments(context: &Context) -> Vec<Slip> {
    let text = context.manuscript.text.as_str();
    let mut found = Vec::new();
    for (sentence, figures) in sentences(context) {
        let before = found.len();
        found.extend(figures.windows(3).filter_map(|three| {
            let three = [&three[0], &three[1], &three[2]];
            let (level, step, rate) = level_first(text, three).or_else(|| level_last(text, three))?;
            increment(context, level, step, rate)
        }));
        if found.len() > before && is_real(sentence.of(text)) {
            found.truncate(before);
        }
    }
    found
}

type Three<'c> = (&'c Figure, &'c Figure, &'c Figure);

fn level_first<'c>(text: &str, [level, step, rate]: [&'c Figure; 3]) -> Option<Three<'c>> {
    if !is_rate(text, rate) {
        return None;
    }
    let plain = matches!(level.value.standing, Standing::Plain | Standing::Part | Standing::Total | Standing::To);
    let lead = &text[level.span.end as usize..step.span.start as usize];
    let than = ["比", "较", "同比"].iter().any(|word| lead.contains(word));
    let base = ["末", "初", "上年", "去年", "同期", "上月", "同比"].iter().any(|word| lead.contains(word));
    (plain && than && base && side_by_side(text, level, step) && side_by_side(text, step, rate))
        .then_some((level, step, rate))
}

fn level_last<'c>(text: &str, [step, rate, level]: [&'c Figure; 3]) -> Option<Three<'c>> {
    if !is_rate(text, rate) {
        return None;
    }
    let lead = level.value.lead.of(text);
    let closes = ["报", "收于", "收报", "报收", "收在", "收盘报"]
        .iter()
        .any(|word| lead.trim_end_matches(['于', '在']).ends_with(word));
    (closes && side_by_side(text, step, rate) && side_by_side(text, rate, level)).then_some((level, step, rate))
}

fn side_by_side(text: &str, first: &Figure, second: &Figure) -> bool {
    let between = &text[first.span.end as usize..second.span.start as usize];
    between.chars().count() < 16 && !between.contains(['；', '。', '（', '）']) && between.matches('，').count() < 2
}

fn increment(context: &Context, level: &Figure, step: &Figure, rate: &Figure) -> Option<Slip> {
    let exact = [level, step].iter().all(|figure| figure.value.is_exact());
    let direction = step.value.direction.filter(|_| step.value.standing == Standing::Change)?;
    if !exact
        || !level.value.adds_to(&step.value)
        || level.value.unit.is_none()
        || rate.value.direction != Some(direction)
    {
        return None;
    }
    let exponent = finest(level, step)?;
    let (whole, part) = (band(level, exponent)?, band(step, exponent)?);
    let base = match direction {
        Direction::Up => whole.minus(part),
        Direction::Down => Band { low: whole.low + part.low, high: whole.high + part.high },
    };
    if fits(part, base, rate_of(rate)?)? || matches!(rate.value.kind, Kind::Fraction(_)) {
        return None;
    }
    let (worth, by) = (level.value.worth()?, step.value.worth()?);
    let before = if direction == Direction::Up { worth.minus(by)? } else { worth.plus(by)? };
    say(context, rate, by, before, vec![step.span, level.span], Sure::Certain)
}
