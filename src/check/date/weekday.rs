/*!
Weekdays that the calendar does not give to their date: beside it in the sentence, or in its row of a table.
*/

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use super::{Year, after, article_of, before};
use crate::facts::Context;
use crate::facts::Mention;
use crate::facts::date::{Date, JOINT, calendar};
use crate::finding::{Findings, Safety};
use crate::text::Span;
use crate::text::pattern::Pattern;

type Pair<'c> = (&'c Mention<Date>, &'c Mention<char>);

static LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^(?:上午|下午|早上|晚上|晚|当天|本|这个|那个|(?:正好|恰好)?是|[，,、（(]|\s|\d{1,2}[时点:：](?:\d{1,2}分?)?|(?:农历)?[正腊冬一二三四五六七八九十闰]{1,3}月[初十廿二三][一二三四五六七八九十]{0,2}[，,、\s]|农历[^，,、（）()。\s]{2,8}[，,、\s])*$",
    )
});
static TAIL: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(r"^\s?(?:[（(，,]\s?)?$"));
static TO: LazyLock<Pattern> = LazyLock::new(|| Pattern::new(format!("^(?:{JOINT}|、|和)")));

pub fn check(cx: &Context, findings: &mut Findings, year: Year) {
    let mut pairs = beside(cx);
    pairs.extend(in_tables(cx));
    for (date, weekday) in pairs {
        if let Some(right) = disagrees(cx, date, weekday, year) {
            report(cx, findings, date, weekday, right);
        }
    }
}

/// The weekday that it is, if no possible year makes the written one right.
fn disagrees(cx: &Context, date: &Mention<Date>, weekday: &Mention<char>, year: Year) -> Option<(i32, char)> {
    let (month, day) = (date.value.month?, date.value.day?);
    let on = |year: i32| calendar::day(year, month, day).map(calendar::weekday);
    let years = year.candidates(cx, &date.value, date.span);
    let right = years.first().and_then(|first| Some((*first, on(*first)?)))?;
    years.iter().all(|year| on(*year).is_none_or(|day| day != weekday.value)).then_some(right)
}

fn report(cx: &Context, findings: &mut Findings, date: &Mention<Date>, weekday: &Mention<char>, right: (i32, char)) {
    let written = cx.at(weekday.span);
    let last = written.chars().next_back().map_or(0, char::len_utf8);
    let edit = Span { start: weekday.span.end - last as u32, end: weekday.span.end };
    let (year, day) = right;
    let value = Date { year: Some(year), ..date.value };
    let mut draft = findings
        .at(weekday.span)
        .slot("date", crate::facts::date::describe(&value))
        .slot("wrong", written)
        .slot("right", format!("星期{day}"))
        .note(date.span);
    if let Some(base) =
        cx.dates().base(article_of(cx, date.span)).filter(|base| !value.sure() && base.span != date.span)
    {
        draft = draft.note_saying(base.span, format!("按此处为{}年", base.year));
    }
    draft.fix(format!("改为“星期{day}”"), Safety::Ask, &[(edit, day.to_string().as_str())]).push();
}

/// Weekdays that stand at a date: after it or, with a bracket or comma between, before it.
fn beside<'c>(cx: &'c Context) -> Vec<Pair<'c>> {
    let dates = cx.dates();
    let mut pairs: Vec<Pair> = Vec::new();
    let mut free = 0;
    for (at, date) in dates.all.iter().enumerate().filter(|(_, date)| date.value.day.is_some()) {
        let next = dates.weekdays.partition_point(|weekday| weekday.span.start < date.span.end);
        let follows = dates.weekdays.get(next).filter(|weekday| is_after(cx, date.span, weekday.span));
        let precedes = next
            .checked_sub(1)
            .map(|index| &dates.weekdays[index])
            .filter(|weekday| weekday.span.start >= free && is_before(cx, weekday.span, date.span));
        match (follows, precedes) {
            (Some(weekday), _) if TO.is_match(after(cx, weekday.span.end)) => {
                let from = at.checked_sub(1).map(|at| &dates.all[at]).filter(|from| goes_on(cx, from.span, date.span));
                if let (Some(from), Some(last)) = (from, dates.weekdays.get(next + 1)) {
                    pairs.extend([(from, weekday), (date, last)]);
                    free = last.span.end;
                }
            }
            (Some(weekday), _) | (None, Some(weekday)) => {
                pairs.push((date, weekday));
                free = weekday.span.end;
            }
            _ => {}
        }
    }
    pairs
}

/// Whether two dates stand directly beside each other: 11月22日至23日, 11月22日、23日.
fn goes_on(cx: &Context, from: Span, date: Span) -> bool {
    let gap = super::between(cx, from, date);
    TO.find(gap).is_some_and(|joint| joint.len() == gap.len())
}

fn is_after(cx: &Context, date: Span, weekday: Span) -> bool {
    let rest = after(cx, date.end);
    let length = (weekday.start - date.end) as usize;
    let Some(gap) = rest.get(..length).filter(|gap| gap.len() < 45) else { return false };
    let closed = after(cx, weekday.end)
        .starts_with([')', '）', '，', ',', '。', '；', ' ', '\t', '上', '下', '晚', '、', '至', '—', '|']);
    let short = cx.at(weekday).starts_with('周');
    let open = gap.trim().is_empty() || gap.contains(['（', '(', ',', '，', '是', '个']);
    LEAD.is_match(gap) && open && (closed || after(cx, weekday.end).is_empty() || !short && gap.trim().is_empty())
}

fn is_before(cx: &Context, weekday: Span, date: Span) -> bool {
    let rest = after(cx, weekday.end);
    let gap = rest.get(..(date.start - weekday.end) as usize);
    let far = ["第", "个"].iter().any(|word| before(cx, weekday.start).ends_with(word));
    gap.is_some_and(|gap| !gap.is_empty() && TAIL.is_match(gap)) && !far
}

/// Cells that hold only a date and, in the same row or below it, only a weekday.
fn in_tables<'c>(cx: &'c Context) -> Vec<Pair<'c>> {
    let dates = cx.dates();
    let mut alone: HashMap<(u32, u32, u32), &Mention<Date>> = HashMap::default();
    let mut in_row: HashMap<(u32, u32), Vec<&Mention<Date>>> = HashMap::default();
    for date in dates.all.iter().filter(|date| date.value.day.is_some()) {
        if let Some((table, row, column)) = whole_cell(cx, date.span) {
            alone.insert((table, row, column), date);
            in_row.entry((table, row)).or_default().push(date);
        }
    }
    let mut pairs = Vec::new();
    for weekday in &dates.weekdays {
        let Some((table, row, column)) = whole_cell(cx, weekday.span) else { continue };
        let row_dates = in_row.get(&(table, row)).map(Vec::as_slice);
        let above = (1..=2).find_map(|up| alone.get(&(table, row.checked_sub(up)?, column)));
        match (row_dates, above) {
            (Some([date]), _) => pairs.push((*date, weekday)),
            (None, Some(date)) => pairs.push((*date, weekday)),
            _ => {}
        }
    }
    pairs
}

fn whole_cell(cx: &Context, span: Span) -> Option<(u32, u32, u32)> {
    let block = cx.manuscript.block_at(span.start)?;
    block.cell.filter(|_| cx.at(block.span).trim() == cx.at(span))
}
