/*!
Per cent and percentage points: from 12.5% to 14.8% is 2.3 points, and not 2.3%.
*/

use super::growth::{Change, changes};
use super::{Slip, Sure, like};
use crate::facts::Context;
use crate::facts::number::Kind;

pub fn find(context: &Context) -> Vec<Slip> {
    let both = changes(context).into_iter().filter(|change| change.from.value.kind == Kind::Percent);
    both.filter(|change| change.rate.value.kind == Kind::Percent).filter_map(|change| judge(context, &change)).collect()
}

fn judge(context: &Context, change: &Change) -> Option<Slip> {
    let points = change.to.value.value.minus(change.from.value.value)?.abs();
    let step = change.rate.value.value.step();
    let meant = points.minus(change.rate.value.value)?.abs();
    if meant.exceeds(step) || change.fits()? {
        return None;
    }
    let stated = context.at(change.rate.span).to_string();
    let computed = like(context, change.rate, points).replace(['%', '％'], "个百分点");
    let parts = vec![change.from.span, change.to.span];
    Some(Slip { at: change.rate.span, parts, stated, computed, reason: String::new(), sure: Sure::Certain })
}
