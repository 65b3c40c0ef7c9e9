/*!
Intervals that end before they begin: 25日至20日, 2024年6月至2023年5月.
*/

use crate::facts::Context;
use crate::facts::date::Interval;
use crate::finding::Findings;

pub fn check(cx: &Context, findings: &mut Findings) {
    let dates = cx.dates();
    for interval in dates.intervals.iter().filter(|interval| interval.is_inverted(&dates.all)) {
        if is_written_order(cx, interval) {
            continue;
        }
        let (from, to) = (&dates.all[interval.from], &dates.all[interval.to]);
        let right = format!("{}至{}", cx.at(to.span), cx.at(from.span));
        findings
            .at(interval.span)
            .slot("wrong", cx.at(interval.span))
            .slot("date", cx.at(from.span))
            .slot("other", cx.at(to.span))
            .slot("right", right)
            .push();
    }
}

/// Whether something is counted back on purpose (公元前, 倒计时) or goes to another place (第3日).
fn is_written_order(cx: &Context, interval: &Interval) -> bool {
    let text = super::before(cx, interval.span.start);
    ["公元前", "前", "第", "倒数", "由", "比"].iter().any(|word| text.ends_with(word))
}
