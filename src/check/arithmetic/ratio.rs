/*!
A part, its whole and the share that is stated: 受理856件，其中调解512件，占59.8%; 受理120件，办结110件，结案率91.7%.

Only where exactly two numbers of one unit stand before the share can its whole be meant, and only a share that misses by a
slip of the pen, or one after 占, is doubted: a rate may be of another whole.
*/

use super::band::{Rate, band, finest, fits, is_slip, quotient};
use super::{Figure, Slip, Sure, sentences};
use crate::facts::Context;
use crate::facts::number::{Kind, Standing};

/// Rates whose whole is what was taken in and whose part is what was done of it.
#[rustfmt::skip]
const RATES: &[&str] = &[
    "结案率", "办结率", "调解率", "成功率", "合格率", "完成率", "就业率", "化解率", "审结率", "执结率", "录取率", "通过率",
    "覆盖率", "参与率", "签约率", "到位率", "治愈率", "优良率", "达标率", "入住率", "回收率", "整改率", "出勤率", "检出率",
];

pub fn find(context: &Context) -> Vec<Slip> {
    let text = context.manuscript.text.as_str();
    let mut slips = Vec::new();
    for (_, figures) in sentences(context) {
        for at in 2..figures.len() {
            slips.extend(judge(context, text, figures, at));
        }
    }
    slips
}

fn judge(context: &Context, text: &str, figures: &[Figure], at: usize) -> Option<Slip> {
    let share = &figures[at];
    if share.value.kind != Kind::Percent {
        return None;
    }
    let lead = share.value.lead.of(text).trim_end_matches(['达', '为', '到', '约', '比', '了']);
    let takes = ["占", "占总数的", "占总量的", "占其中的", "占全部案件的"].iter().any(|word| lead.ends_with(word));
    let rated = RATES.iter().any(|rate| lead.ends_with(rate));
    if !(takes || rated) {
        return None;
    }
    let (whole, part) = ends(text, &figures[at.saturating_sub(12)..at], share)?;
    let exponent = finest(whole, part)?;
    let value = share.value.value;
    let rate = Rate { value, slack: value.step().at(value.exponent.min(0))?, bound: share.value.bound, hundred: 100 };
    if fits(band(part, exponent)?, band(whole, exponent)?, rate)? {
        return None;
    }
    let computed = quotient(part.value.worth()?, whole.value.worth()?, 100, value.exponent)?;
    let apart = computed.minus(value)?.abs().at(-4)? > 200_000;
    let among = text[whole.span.end as usize..part.span.start as usize].contains("其中");
    if apart && !(takes && among) || rated && !is_slip(computed, value) {
        return None;
    }
    let (stated, computed) = (context.at(share.span).to_string(), format!("{}%", computed.shown("")));
    let parts = vec![whole.span, part.span];
    Some(Slip { at: share.span, parts, stated, computed, reason: String::new(), sure: Sure::Probable })
}

/// The whole and its part: the only two numbers of their unit before the share, the greater one first.
fn ends<'c>(text: &str, before: &'c [Figure], share: &Figure) -> Option<(&'c Figure, &'c Figure)> {
    let part = before.last().filter(|part| part.value.is_exact())?;
    let unit = part.value.unit?;
    let same: Vec<&Figure> =
        before.iter().filter(|figure| figure.value.unit.is_some_and(|other| other.adds_to(unit))).collect();
    let [whole, _] = same[..] else { return None };
    let near = &text[part.span.end as usize..share.span.start as usize];
    let stands = |figure: &Figure| !matches!(figure.value.standing, Standing::Change | Standing::From | Standing::To);
    let exact = whole.value.is_exact() && stands(whole) && stands(part);
    let fits = exact && near.chars().count() < 20 && !near.contains(['；', '。']) && near.matches('，').count() == 1;
    (fits && whole.value.worth()?.exceeds(part.value.worth()?)).then_some((whole, part))
}
