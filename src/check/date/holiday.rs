/*!
A day with a name against the date beside it: 9月11日教师节, 2025年5月30日是端午节.
*/

use super::{Year, after, before};
use crate::facts::date::Date;
use crate::facts::date::holiday::{Holiday, holidays};
use crate::facts::{Context, Mention};
use crate::finding::Findings;
use crate::text::Span;

/// What may follow a name that makes it a stretch of time or an occasion.
const ROUND: &[&str] = &[
    "假",
    "期",
    "前",
    "后",
    "长",
    "小长",
    "黄金周",
    "将",
    "临",
    "活动",
    "联欢",
    "晚会",
    "主题",
    "宣传",
    "表彰",
    "大会",
    "庆祝",
    "期间",
    "第",
    "起",
    "至",
    "到",
    "文艺",
    "系列",
    "之",
    "座谈",
    "慰问",
    "市场",
    "档",
    "的",
    "“",
    "、",
    "和",
    "及",
    "与",
    "来",
    "调休",
    "放假",
];

pub fn check(cx: &Context, findings: &mut Findings, year: Year) {
    let dates = cx.dates();
    for date in dates.all.iter().filter(|date| date.value.day.is_some()) {
        let Some((holiday, span)) = follows(cx, date).or_else(|| precedes(cx, date)) else { continue };
        let Some(right) = disagrees(cx, date, holiday, year) else { continue };
        if dates.interval_at(date.span).is_some() {
            continue;
        }
        findings
            .at(date.span)
            .slot("wrong", cx.at(span))
            .slot("date", cx.at(date.span))
            .slot("right", right)
            .note(span)
            .push();
    }
}

/// The name right after the date: 是, 为 or 即 or a bracket may stand between.
fn follows<'c>(cx: &'c Context, date: &Mention<Date>) -> Option<(&'static Holiday, Span)> {
    let rest = after(cx, date.span.end);
    let name = rest.trim_start_matches(['（', '(', '是', '为', '即', '，', ' ']);
    let start = date.span.end as usize + rest.len() - name.len();
    let nth = |text: &'c str| text.strip_prefix('第').and_then(|text| Some(text.split_once('个')?.1)).unwrap_or(text);
    let short = nth(name);
    let short = if name.len() - short.len() <= 18 { short } else { name };
    let holiday = holidays().iter().find(|holiday| short.starts_with(holiday.name))?;
    let end = start + name.len() - short.len() + holiday.name.len();
    let tail = &short[holiday.name.len()..];
    (!ROUND.iter().any(|word| tail.starts_with(word))).then(|| (holiday, Span::new(start, end)))
}

/// The name before a date in brackets: 教师节（9月10日）.
fn precedes(cx: &Context, date: &Mention<Date>) -> Option<(&'static Holiday, Span)> {
    let head = before(cx, date.span.start);
    let name = head.strip_suffix(['（', '(', '是', '为'])?;
    let closed = after(cx, date.span.end).starts_with(['）', ')', '，', '。', '、']);
    let holiday = holidays().iter().find(|holiday| name.ends_with(holiday.name)).filter(|_| closed)?;
    let end = date.span.start as usize - (head.len() - name.len());
    Some((holiday, Span::new(end - holiday.name.len(), end)))
}

/// When it is, if it does not fall on the date in any possible year.
fn disagrees(cx: &Context, date: &Mention<Date>, holiday: &Holiday, year: Year) -> Option<String> {
    let (month, day) = (date.value.month?, date.value.day?);
    let (years, fixed) = (year.candidates(cx, &date.value, date.span), holiday.date(None));
    if let Some((right_month, right_day)) = fixed {
        let asked = year == Year::Known;
        return (asked && (month, day) != (right_month, right_day)).then(|| format!("{right_month}月{right_day}日"));
    }
    let (right_month, right_day) = holiday.date(Some(*years.first()?))?;
    let falls = years.iter().any(|year| holiday.falls(Some(*year), month, day));
    (!falls).then(|| format!("{}年{right_month}月{right_day}日", years[0]))
}
