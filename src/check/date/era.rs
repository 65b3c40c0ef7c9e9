/*!
Years by reign (康熙六十一年) and by stem and branch (乙巳年) against the Christian year beside them.
*/

use std::sync::LazyLock;

use super::{after, before, between};
use crate::facts::date::sign::{Sign, ends_in};
use crate::facts::date::{ANIMALS, BRANCHES, Known, STEMS, numeral, reign};
use crate::facts::{Context, Mention};
use crate::finding::Findings;
use crate::text::Span;
use crate::text::charset::CharSet;
use crate::text::pattern::Pattern;

static BESIDE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^(?:[^，。；、（()）]{0,6})?(?:[（(]|，?即|，?也就是)(?:公元|公历|公元纪年)?(\d{3,4})(年)?")
});
/// What stands before the animal of a year that is told.
static LEADS: CharSet = CharSet::new("0123456789年（(是为历国");
/// Bytes of 2025年是龙年 before its end.
const REACH: usize = 60;

/// A reign's year against the Christian one, and years that the reign did not last.
pub fn check(cx: &Context, findings: &mut Findings) {
    for mention in &cx.dates().reigns {
        let (name, number) = mention.value;
        let reigns = reign::reigns(name);
        let Some((year, span)) = christian(cx, mention) else {
            too_long(cx, findings, mention);
            continue;
        };
        let fits = |reign: &reign::Reign| {
            let meant = reign.first + number as i32 - 1;
            year == meant || year == meant + 1 && ends_year(cx, mention.span, span)
        };
        let near = reigns.iter().filter(|reign| (reign.first - 60..=reign.last + 60).contains(&year));
        let Some(reign) = near.clone().next().or(reigns.first()) else { continue };
        if reigns.iter().any(fits) || !reign.late && near.count() == 0 {
            continue;
        }
        findings
            .at(span)
            .slot("wrong", format!("{year}年"))
            .slot("date", cx.at(mention.span))
            .slot("right", format!("{}年", reign.first + number as i32 - 1))
            .note(mention.span)
            .push();
    }
}

fn too_long(cx: &Context, findings: &mut Findings, mention: &Mention<(&'static str, u32)>) {
    let (name, number) = mention.value;
    let lasted = reign::reigns(name).iter().map(|reign| reign.last - reign.first + 1).max().unwrap_or(0);
    if reign::reigns(name).iter().any(|reign| !reign.late) || name == "民国" || number as i32 <= lasted + 1 {
        return;
    }
    let lasted = if lasted == 1 { "元".to_string() } else { numeral::han(lasted as u32) };
    findings
        .at(mention.span)
        .slot("wrong", cx.at(mention.span))
        .slot("date", name)
        .slot("right", format!("止于{name}{lasted}年"))
        .push();
}

/// The Christian year that is set beside a reign's: in brackets after it, or before it.
fn christian(cx: &Context, mention: &Mention<(&'static str, u32)>) -> Option<(i32, Span)> {
    let rest = after(cx, mention.span.end);
    if let Some(year) = BESIDE.captures(rest).and_then(|captures| captures.get(1)) {
        let start = mention.span.end as usize + year.start();
        return Some((year.as_str().parse().ok()?, Span::new(start, start + year.len())));
    }
    let dates = &cx.dates().all;
    let index = dates.partition_point(|date| date.span.end <= mention.span.start).checked_sub(1)?;
    let date = dates.get(index).filter(|date| date.value.known == Known::Written)?;
    let gap = between(cx, date.span, mention.span);
    let gap = gap.trim_start_matches(['（', '(', '，', ',']).trim_start_matches(['即', '清', '明', '宋', '唐', '元']);
    let opened = between(cx, date.span, mention.span).starts_with(['（', '(', '，', ',']);
    (gap.is_empty() && opened).then(|| date.value.year.map(|year| (year, date.span))).flatten()
}

/// Whether the text speaks of the end of a year, which reaches into the next Christian one.
fn ends_year(cx: &Context, one: Span, other: Span) -> bool {
    let hull = one.hull(other);
    let text = &after(cx, hull.start)[..hull.len().min(after(cx, hull.start).len())];
    let rest: String = after(cx, hull.end).chars().take(8).collect();
    ["十一月", "十二月", "冬", "腊", "年底", "岁末", "除夕"]
        .iter()
        .any(|word| text.contains(word) || rest.contains(word))
}

/// Stem, branch and animal that do not meet, and a year by stem and branch against the Christian one.
pub fn check_cycle(cx: &Context, findings: &mut Findings) {
    check_animal(cx, findings);
    let text = cx.manuscript.text.as_str();
    for (span, stem, branch, animal) in cx.signs().of(&['年']).filter_map(|year| cycle(text, year)) {
        let draft = |findings: &mut Findings, right: String, other: Option<Span>| {
            let draft = findings.at(span).slot("wrong", cx.at(span)).slot("right", right);
            other.into_iter().fold(draft, |draft, other| draft.note(other)).push();
        };
        let Some(cycle) = reign::cycle(stem, branch) else {
            draft(findings, format!("“{stem}”与“{branch}”不相配"), None);
            continue;
        };
        if let Some(animal) = animal.filter(|animal| reign::animal(branch) != Some(*animal)) {
            draft(findings, format!("{stem}{branch}年不属{animal}"), None);
            continue;
        }
        let beside = beside(cx, span);
        if let Some((year, other)) = beside.filter(|(year, _)| reign::cycle_of(*year) != cycle) {
            draft(findings, format!("{year}年是{}年", reign::stem_and_branch(year)), Some(other));
        }
    }
}

/// The year by stem and branch that ends with a sign: 乙巳年, 乙巳蛇年.
fn cycle(text: &str, year: Sign) -> Option<(Span, char, char, Option<char>)> {
    let head = year.head(text);
    let mut before = head.chars().rev();
    let last = before.next()?;
    let animal = ANIMALS.contains(last).then_some(last);
    let branch = animal.map_or(Some(last), |_| before.next()).filter(|c| BRANCHES.contains(*c))?;
    let stem = before.next().filter(|c| STEMS.contains(*c))?;
    let length = [Some(stem), Some(branch), animal].into_iter().flatten().map(char::len_utf8).sum::<usize>();
    Some((Span::new(head.len() - length, year.end()), stem, branch, animal))
}

/// 2025年是龙年.
fn check_animal(cx: &Context, findings: &mut Findings) {
    static ANIMAL: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::new(r"((?:19|20)\d\d)年?(?:[（(]|是|为|农历|中国)*([鼠牛虎兔龙蛇马羊猴鸡狗猪])年"));
    let text = cx.manuscript.text.as_str();
    let told = |year: &Sign| {
        let head = year.head(text).strip_suffix(|c| ANIMALS.contains(c));
        head.is_some_and(|head| ends_in(head, &LEADS))
    };
    let years = cx.signs().of(&['年']).filter(told).map(|year| year.at..year.end());
    for captures in ANIMAL.near(text, years, REACH) {
        let (Some(year), Some(animal)) = (captures.get(1), captures.get(2)) else { continue };
        let Some(right) = year.as_str().parse().ok().and_then(reign::animal_of) else { continue };
        if animal.as_str().starts_with(right)
            || cx.manuscript.text[..year.start()].ends_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        let span = Span::new(animal.start(), animal.end() + '年'.len_utf8());
        let right = format!("{}年是{right}年", year.as_str());
        let year = Span::new(year.start(), year.end());
        findings.at(span).slot("wrong", cx.at(span)).slot("right", right).note(year).push();
    }
}

/// The Christian year in brackets round or after a year of the cycle; not a day of its first weeks.
fn beside(cx: &Context, span: Span) -> Option<(i32, Span)> {
    let dates = &cx.dates().all;
    let next = dates.partition_point(|date| date.span.start < span.end);
    let ahead = dates.get(next).filter(|date| matches!(between(cx, span, date.span), "（" | "("));
    let behind = next.checked_sub(1).map(|at| &dates[at]).filter(|date| {
        let gap = cx.at(Span { start: date.span.end.min(span.start), end: span.start });
        matches!(gap, "（" | "(" | "（农历" | "（夏历" | "是农历" | "是" | "为农历" | "，农历")
    });
    let date = ahead.or(behind).filter(|date| date.value.known == Known::Written)?;
    let early = date.value.month.is_some_and(|month| month <= 2) || before(cx, span.start).ends_with('前');
    (!early).then(|| date.value.year.map(|year| (year, date.span))).flatten()
}
