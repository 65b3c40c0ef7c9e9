/*!
Products: so much for each, so many of them, so much together: 每户补助3000元，126户，共计37.8万元; 总股本8亿股，每10股派2.5元，
共计2亿元. The three stand in one paragraph, each once; a product that is far from the stated total is of something else.
*/

use super::band::{Band, is_rounded, is_slip};
use super::{Figure, Slip, Sure, like};
use crate::facts::Context;
use crate::facts::number::{Kind, Standing, Unit, Value, measure};
use crate::text::Span;

/// Numbers before and after a rate among which its quantity and total are looked for.
const REACH: usize = 8;

/// So much for every `each` of a unit.
struct Rate<'c> {
    figure: &'c Figure,
    each: Value,
    unit: Unit,
    /// The number that says how many `each` is.
    counted: Option<usize>,
    /// 人均, 平均: rounded.
    average: bool,
}

pub fn find(context: &Context) -> Vec<Slip> {
    let figures = context.numbers();
    if figures.len() < 3 {
        return Vec::new();
    }
    let mut slips = Vec::new();
    for at in 0..figures.len() {
        let Some(rate) = rate(context, figures, at) else { continue };
        slips.extend(judge(context, figures, at, &rate));
    }
    slips
}

/// 每户3000元, 每10股派2.5元, 人均120元.
fn rate<'c>(context: &Context, figures: &'c [Figure], at: usize) -> Option<Rate<'c>> {
    let text = context.manuscript.text.as_str();
    let figure = &figures[at];
    let money = figure.value.unit.is_some_and(|unit| unit.dimension != "count");
    if !figure.value.is_exact() || !money {
        return None;
    }
    let lead = figure.value.lead.of(text);
    if let Some((_, rest)) = lead.rsplit_once('每') {
        let (_, unit) = measure::unit_at(rest, 0)?;
        let plain = unit.dimension == "count" || unit.dimension == "share" || unit.dimension == "mass";
        return (plain && rest.chars().count() < 12).then_some(Rate {
            figure,
            each: Value::new(1, 0),
            unit,
            counted: None,
            average: lead.contains('均'),
        });
    }
    if let Some(head) =
        lead.trim_end_matches(['达', '为', '约']).split('均').next().filter(|head| head.len() < lead.len())
    {
        let from = crate::text::han::back(head, head.len(), 1);
        let (_, unit) = measure::unit_at(head, from)?;
        let whole = lead.chars().count() < 12 && unit.dimension == "count";
        return whole.then_some(Rate { figure, each: Value::new(1, 0), unit, counted: None, average: true });
    }
    let last = figures.get(at.checked_sub(1)?)?;
    let before = &text[..last.span.start as usize];
    let side = text[last.span.end as usize..figure.span.start as usize].chars().count() < 10;
    let unit = last.value.unit.filter(|_| before.ends_with('每') && last.value.is_exact() && side)?;
    Some(Rate { figure, each: last.value.value, unit, counted: Some(at - 1), average: false })
}

fn judge(context: &Context, figures: &[Figure], at: usize, rate: &Rate) -> Option<Slip> {
    let text = context.manuscript.text.as_str();
    let block = context.manuscript.block_at(rate.figure.span.start)?.span;
    let from = at.saturating_sub(REACH);
    let near = (from..figures.len().min(at + REACH)).filter(|index| *index != at && Some(*index) != rate.counted);
    let near: Vec<&Figure> = near.map(|index| &figures[index]).filter(|figure| block.contains(figure.span)).collect();
    let same =
        |figure: &&&Figure| figure.value.is_exact() && figure.value.unit.is_some_and(|unit| unit.adds_to(rate.unit));
    let each = |figure: &&&Figure| {
        !text[..figure.span.start as usize].ends_with('每') && !figure.value.lead.of(text).contains('每')
    };
    let quantities: Vec<&&Figure> = near.iter().filter(same).filter(each).collect();
    let total = |figure: &&&Figure| {
        figure.value.standing == Standing::Total
            && figure.value.kind == Kind::Count
            && figure.value.adds_to(&rate.figure.value)
    };
    let totals: Vec<&&Figure> = near.iter().filter(total).collect();
    let ([quantity], [total]) = (&quantities[..], &totals[..]) else { return None };
    let product = quantity.value.worth()?.times(rate.figure.value.worth()?)?;
    let stated = total.value.worth()?.times(rate.each)?;
    if !total.value.is_exact()
        || is_equal(product, stated, (rate, quantity), total)?
        || !is_like(product, stated, rate.counted.is_some())?
    {
        return None;
    }
    let computed = divided(product, rate.each)?;
    let parts: Vec<Span> = vec![quantity.span, rate.figure.span];
    let said = context.at(total.span).to_string();
    let computed = like(context, total, computed);
    Some(Slip { at: total.span, parts, stated: said, computed, reason: String::new(), sure: Sure::Probable })
}

/// Whether product and total agree within the rounding of the total and of a quantity in 万 or 亿.
fn is_equal(product: Value, stated: Value, (rate, quantity): (&Rate, &Figure), total: &Figure) -> Option<bool> {
    let rough = is_rounded(quantity) && quantity.value.value.exponent > 0;
    let step = rate.figure.value.worth()?.step().times(quantity.value.worth()?)?;
    let exponent = product.exponent.min(stated.exponent).min(step.exponent);
    let found = Band::of(product, false, exponent)?;
    let rounding = if rate.average { step.at(exponent)?.checked_mul(2)? } else { 0 };
    let slack = rounding + if rough { found.high / 100 } else { 0 };
    let said = Band::of(stated, is_rounded(total), exponent)?;
    Some(found.low - slack <= said.high && found.high + slack >= said.low)
}

/// Whether two values are close enough to be meant for the same: a slip of the pen apart, or within a fifth; within
/// double where 每10股 leaves no doubt.
fn is_like(a: Value, b: Value, sure: bool) -> Option<bool> {
    let times = Value::new(if sure { 1 } else { 5 }, 0);
    let near = !a.minus(b)?.abs().times(times)?.exceeds(a.abs());
    Some(near || is_slip(a, b) || a.plain().top == b.plain().top)
}

fn divided(product: Value, each: Value) -> Option<Value> {
    let each = each.plain();
    let shifted = Value::new(product.top, product.exponent - each.exponent);
    (shifted.top % each.top == 0).then(|| Value::new(shifted.top / each.top, shifted.exponent).plain())
}
