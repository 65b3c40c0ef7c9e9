/*!
What a partial date means: the year of the article, the month of the date before.

The article's year is that of its signature, byline or issue; without one, the newest year that it writes. A date without
a year takes the year of the date it is joined to in its sentence, else the article's, which is only probable.
*/

use super::{Base, Date, Dates, Known, Relative, Unit};
use crate::facts::{Context, Mention};
use crate::manuscript::BlockKind;
use crate::text::{Span, han};

/// Fills in years and months.
pub fn resolve(cx: &Context, dates: &mut Dates) {
    years(cx, dates);
    bases(cx, dates);
    let mut last: Option<Mention<Date>> = None;
    let mut sentence = Span::default();
    for index in 0..dates.all.len() {
        let here = cx.manuscript.sentence_at(dates.all[index].span.start);
        let article = cx.manuscript.block_at(here.start).map_or(0, |block| block.article);
        if here != sentence {
            let outside = |before: &Mention<Date>| !same_block(cx, before.span, here);
            last = last.filter(|before| !outside(before)).map(|before| loosened(&before));
            sentence = here;
        }
        let base = dates.base(article);
        let mention = &mut dates.all[index];
        fill(&mut mention.value, last.as_ref().map(|last| &last.value), base);
        last = Some(mention.clone());
    }
}

fn same_block(cx: &Context, one: Span, other: Span) -> bool {
    let start = |span: Span| cx.manuscript.block_at(span.start).map(|block| block.span.start);
    start(one) == start(other)
}

/// A date of an earlier sentence: its year is probable, its month no longer known.
fn loosened(mention: &Mention<Date>) -> Mention<Date> {
    let known = if mention.value.year.is_some() { Known::Article } else { Known::Nothing };
    Mention { span: mention.span, value: Date { known, month: None, ..mention.value } }
}

fn fill(date: &mut Date, last: Option<&Date>, base: Option<Base>) {
    let own = base.map(|base| base.year);
    let (year, known) = match (date.relative, last) {
        _ if date.year.is_some() => (date.year, Known::Written),
        (Some(Relative::Own(distance)), _) => (own.map(|year| year + distance), told(base)),
        (Some(Relative::Last(distance)), Some(last)) => {
            (last.year.map(|year| year + distance), last.known.min(Known::Linked))
        }
        (Some(Relative::Last(_)), None) => (None, Known::Nothing),
        (None, Some(last)) if last.year.is_some() => {
            let joined = matches!(last.known, Known::Written | Known::Linked) && last.month.is_some();
            (last.year, if joined { Known::Linked } else { Known::Article })
        }
        (None, _) => (own, Known::Article),
    };
    date.year = year;
    date.known = if year.is_some() { known } else { Known::Nothing };
    if date.written == Unit::Day {
        date.month = last.and_then(|last| last.month);
    }
}

/// A year told by 今年 or 去年 is as sure as the article's date.
fn told(base: Option<Base>) -> Known {
    if base.is_some_and(|base| base.dated) { Known::Linked } else { Known::Article }
}

/// The years that each article writes.
fn years(cx: &Context, dates: &mut Dates) {
    dates.years = vec![Vec::new(); cx.manuscript.articles.len()];
    for date in dates.all.iter().filter(|date| date.value.known == Known::Written) {
        let article = cx.manuscript.block_at(date.span.start).map(|block| block.article);
        if let (Some(years), Some(year)) = (article.and_then(|at| dates.years.get_mut(at)), date.value.year) {
            years.push(year);
        }
    }
    for years in &mut dates.years {
        years.sort_unstable();
        years.dedup();
    }
}

fn bases(cx: &Context, dates: &mut Dates) {
    let articles = cx.manuscript.articles.len();
    let mut own: Vec<Option<Base>> = vec![None; articles];
    let mut newest: Vec<Option<Base>> = vec![None; articles];
    for date in dates.all.iter().filter(|date| date.value.known == Known::Written) {
        let Some(block) = cx.manuscript.block_at(date.span.start) else { continue };
        let Some(year) = date.value.year.filter(|year| (1900..2100).contains(year)) else { continue };
        let base = Base { year, span: date.span, dated: is_issue(cx, date, block.kind) };
        let slot = if base.dated { &mut own[block.article] } else { &mut newest[block.article] };
        let better = slot.is_none_or(|known| !base.dated && known.year < year);
        if better && (base.dated || is_past(cx, date)) {
            *slot = Some(base);
        }
    }
    let dated: Vec<Base> = own.iter().flatten().copied().collect();
    let page = dated.first().filter(|first| dated.iter().all(|base| base.year == first.year)).copied();
    dates.bases = (0..articles).map(|at| own[at].or(page).or(newest[at])).collect();
}

/// Whether a date says when the piece was written or issued.
fn is_issue(cx: &Context, date: &Mention<Date>, kind: BlockKind) -> bool {
    const LABELS: &[&str] = &["发布日期：", "发布时间：", "日期：", "印发日期：", "成文日期：", "发文日期：", "时间："];
    let head = &cx.manuscript.text[..date.span.start as usize];
    let block = cx.manuscript.block_at(date.span.start).map_or(0, |block| block.span.len());
    let full = date.value.day.is_some();
    let stands = matches!(kind, BlockKind::Signature | BlockKind::Byline | BlockKind::ColumnHead);
    let alone = block <= date.span.len() + 60 && kind != BlockKind::Cell;
    full && (stands || alone && LABELS.iter().any(|label| head.ends_with(label)))
        || matches!(kind, BlockKind::Title) && cx.manuscript.text[date.span.end as usize..].starts_with('版')
}

/// Whether a year is told as one that has come, and not as a goal or the end of a term.
fn is_past(cx: &Context, date: &Mention<Date>) -> bool {
    const GOALS: &[&str] = &["到", "至", "—", "－", "-", "前往", "力争", "于"];
    let text = cx.manuscript.text.as_str();
    let at = date.span.start as usize;
    let head = &text[han::back(text, at, 2)..at];
    date.value.month.is_some() || !GOALS.iter().any(|word| head.ends_with(word))
}
