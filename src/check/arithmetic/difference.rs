/*!
Differences: 由45天缩短至28天，缩短17天; 出口44.16亿元，进口14.26亿元，顺差29.90亿元; 由12.5%提高到14.8%，提高2.3个百分点.
*/

use super::band::{band, finest};
use super::direction::ends;
use super::{Figure, Slip, Sure, like, sentences};
use crate::facts::Context;
use crate::facts::number::{Bound, Kind, Standing, Value};
use crate::text::{Span, han};

pub fn find(context: &Context) -> Vec<Slip> {
    let text = context.manuscript.text.as_str();
    let mut slips = Vec::new();
    for (_, figures) in sentences(context) {
        for three in figures.windows(3) {
            let three = [&three[0], &three[1], &three[2]];
            let base = || against_base(context, text, three).or_else(|| against_year_before(context, text, three));
            let other = || base().or_else(|| against_named(context, text, three));
            slips.extend(between_ends(context, text, three).or_else(other));
            slips.extend(balance(context, text, three).or_else(|| compared(context, text, three)));
        }
    }
    slips.extend(balances_apart(context, text));
    slips
}

/// 由a增至b，增加c.
fn between_ends(context: &Context, text: &str, [from, to, by]: [&Figure; 3]) -> Option<Slip> {
    let (a, b) = ends(from, to)?;
    if by.value.standing != Standing::Change || !is_near(text, to, by) || by.value.bound != Bound::Exact {
        return None;
    }
    let pointed = from.value.kind == Kind::Percent && by.value.kind == Kind::Points;
    if pointed {
        let found = b.minus(a)?.abs();
        let step = by.value.value.step();
        let off = found.minus(by.value.value)?.abs().exceeds(step);
        return off.then(|| slip(context, by, found, [from.span, to.span], Sure::Certain));
    }
    let counted = by.value.kind == Kind::Count && by.value.adds_to(&to.value);
    let wrong = counted && is_off(from, to, by)?;
    wrong.then(|| slip(context, by, b.minus(a).unwrap_or(b).abs(), [from.span, to.span], Sure::Certain))
}

/// b，上年同期a，增加c.
fn against_base(context: &Context, text: &str, [now, base, by]: [&Figure; 3]) -> Option<Slip> {
    let exact = [now, base, by].iter().all(|figure| figure.value.is_exact());
    let same = now.value.adds_to(&base.value) && base.value.adds_to(&by.value) && now.value.unit.is_some();
    let change = by.value.standing == Standing::Change && now.value.standing != Standing::Change;
    if !(exact && same && change) {
        return None;
    }
    let lead = base.value.lead.of(text);
    let named = ["上年同期", "去年同期", "上期"].iter().any(|word| lead.contains(word))
        && !lead.contains('比')
        && !lead.contains('较');
    let near = named && is_near(text, now, base) && is_near(text, base, by);
    if !(near && is_off(base, now, by)?) {
        return None;
    }
    let found = now.value.worth()?.minus(base.value.worth()?)?.abs();
    Some(slip(context, by, found, [now.span, base.span], Sure::Probable))
}

/// 达到92.4%，比旧法的87.8%提高了4.6个百分点; 今年招录158人，比去年的126人多32人.
fn against_named(context: &Context, text: &str, [now, base, by]: [&Figure; 3]) -> Option<Slip> {
    let exact = [now, base, by].iter().all(|figure| figure.value.bound == Bound::Exact);
    let points = now.value.kind == Kind::Percent && base.value.kind == Kind::Percent && by.value.kind == Kind::Points;
    let counted = now.value.adds_to(&base.value) && base.value.adds_to(&by.value) && by.value.unit.is_some();
    if !exact || !(points || counted) {
        return None;
    }
    let between = text[now.span.end as usize..base.span.start as usize].trim_start_matches('，');
    let named = between.starts_with(['比', '较']) && between.ends_with('的') && between.chars().count() <= 16;
    let verb = text[base.span.end as usize..by.span.start as usize].trim_end_matches('了');
    let changes = ["提高", "高", "上升", "增加", "提升", "增长", "下降", "降低", "减少", "低", "多", "少"];
    if !(named && changes.contains(&verb) && !between.contains(['，', '。', '；'])) {
        return None;
    }
    if points {
        let found = now.value.value.minus(base.value.value)?.abs();
        let off = found.minus(by.value.value)?.abs().exceeds(by.value.value.step());
        return off.then(|| slip(context, by, found, [now.span, base.span], Sure::Certain));
    }
    if !is_off(base, now, by)? {
        return None;
    }
    let found = now.value.worth()?.minus(base.value.worth()?)?.abs();
    Some(slip(context, by, found, [now.span, base.span], Sure::Certain))
}

/// 去年招聘a，今年计划招聘b，比去年增加c.
fn against_year_before(context: &Context, text: &str, [base, now, by]: [&Figure; 3]) -> Option<Slip> {
    let exact = [base, now, by].iter().all(|figure| figure.value.is_exact());
    let same = base.value.adds_to(&now.value) && now.value.adds_to(&by.value) && by.value.unit.is_some();
    if !(exact && same && by.value.standing == Standing::Change) {
        return None;
    }
    let lead = |figure: &Figure| figure.value.lead.of(text);
    let before = |lead: &str| ["去年", "上年"].iter().any(|year| lead.contains(year));
    let than = |lead: &str| ["比去年", "较去年", "比上年", "较上年"].iter().any(|word| lead.contains(word));
    if !before(lead(base)) || than(lead(base)) || before(lead(now)) || !than(lead(by)) {
        return None;
    }
    let han = |figure: &Figure| lead(figure).chars().filter(|c| han::is_han(*c) && *c != '年').collect::<Vec<char>>();
    let (one, other) = (han(base), han(now));
    let like = one.windows(2).any(|pair| other.windows(2).any(|same| same == pair));
    let near = is_near(text, now, by) && is_near(text, base, now);
    if !(like && near && is_off(base, now, by)?) {
        return None;
    }
    let found = now.value.worth()?.minus(base.value.worth()?)?.abs();
    Some(slip(context, by, found, [base.span, now.span], Sure::Probable))
}

/// 出口a，进口b，顺差c and 收入a，支出b，结余c, in one sentence.
fn balance(context: &Context, text: &str, [first, second, rest]: [&Figure; 3]) -> Option<Slip> {
    let exact = [first, second, rest].iter().all(|figure| figure.value.is_exact());
    let same = first.value.adds_to(&second.value) && second.value.adds_to(&rest.value) && rest.value.unit.is_some();
    if !(exact && same) {
        return None;
    }
    let lead = |figure: &Figure| figure.value.lead.of(text);
    let kinds =
        BALANCES.iter().any(|(a, b, c)| lead(first).contains(a) && lead(second).contains(b) && lead(rest).contains(c));
    let near = is_near(text, first, second) && is_near(text, second, rest);
    if !(kinds && near && is_off(first, second, rest)?) {
        return None;
    }
    let found = first.value.worth()?.minus(second.value.worth()?)?.abs();
    Some(slip(context, rest, found, [first.span, second.span], Sure::Probable))
}

/// 男生320人，女生280人，男生比女生多40人.
fn compared(context: &Context, text: &str, [first, second, by]: [&Figure; 3]) -> Option<Slip> {
    let exact = [first, second, by].iter().all(|figure| figure.value.is_exact());
    let same = first.value.adds_to(&second.value) && second.value.adds_to(&by.value) && by.value.unit.is_some();
    let lead = by.value.lead.of(text);
    let (one, other) = lead.split_once('比').filter(|_| exact && same)?;
    let name = |figure: &Figure| {
        let lead = figure.value.lead.of(text).trim_end_matches(['有', '为', '是', '了']);
        lead[han::back(lead, lead.len(), 2)..].to_string()
    };
    let (a, b) = (name(first), name(second));
    let named = a.chars().count() == 2 && b.chars().count() == 2 && a != b;
    let pair = named && (one.contains(&a) && other.contains(&b) || one.contains(&b) && other.contains(&a));
    let verb = ["多", "少", "高", "低", "快", "慢"].iter().any(|verb| lead.ends_with(verb));
    if !(pair && verb && is_off(first, second, by)?) {
        return None;
    }
    let found = first.value.worth()?.minus(second.value.worth()?)?.abs();
    Some(slip(context, by, found, [first.span, second.span], Sure::Certain))
}

const BALANCES: &[(&str, &str, &str)] = &[
    ("出口", "进口", "顺差"),
    ("出口", "进口", "逆差"),
    ("进口", "出口", "顺差"),
    ("进口", "出口", "逆差"),
    ("收入", "支出", "结余"),
    ("收入", "支出", "盈余"),
    ("收入", "支出", "结存"),
    ("新增", "减少", "净增"),
    ("流入", "流出", "净流入"),
    ("迁入", "迁出", "净迁入"),
];

/// 其中，出口a，增长p%；进口b，增长q%。顺差c: the balance of trade, with the rates between and across a sentence's end.
fn balances_apart(context: &Context, text: &str) -> Vec<Slip> {
    let counts: Vec<&Figure> = context.numbers().iter().filter(|figure| figure.value.kind == Kind::Count).collect();
    let balance = |three: &&[&Figure]| ["顺差", "逆差"].iter().any(|word| three[2].value.lead.of(text).ends_with(word));
    let triples = counts.windows(3).filter(balance).filter(|three| {
        let whole = Span { start: three[0].span.start, end: three[2].span.end };
        let rates = text[three[0].span.end as usize..three[1].span.start as usize].contains(['%', '％']);
        rates && whole.len() < 300 && !whole.of(text).contains('\n')
    });
    let near = |three: &[&Figure]| {
        let lead = |figure: &Figure| figure.value.lead.of(text);
        let exact = three.iter().all(|figure| figure.value.is_exact() && figure.value.adds_to(&three[0].value));
        let trade = |a: &str, b: &str| lead(three[0]).ends_with(a) && lead(three[1]).ends_with(b);
        exact && (trade("出口", "进口") || trade("进口", "出口")) && is_off(three[0], three[1], three[2]) == Some(true)
    };
    let found = triples.filter(|three| near(three)).filter_map(|three| {
        let found = three[0].value.worth()?.minus(three[1].value.worth()?)?.abs();
        Some(slip(context, three[2], found, [three[0].span, three[1].span], Sure::Probable))
    });
    found.collect()
}

/// Whether two values do not differ by a third, within what rounding allows.
fn is_off(from: &Figure, to: &Figure, by: &Figure) -> Option<bool> {
    let exponent = finest(from, to)?.min(by.value.worth()?.exponent);
    let found = band(to, exponent)?.minus(band(from, exponent)?).size();
    let stated = band(by, exponent)?;
    Some(found.low > stated.high || found.high < stated.low)
}

fn is_near(text: &str, first: &Figure, second: &Figure) -> bool {
    let between = &text[first.span.end as usize..second.span.start as usize];
    between.chars().count() < 16 && !between.contains(['；', '。']) && between.matches('，').count() < 2
}

fn slip(context: &Context, by: &Figure, found: Value, parts: [Span; 2], sure: Sure) -> Slip {
    let factor = by.value.unit.map_or(Value::new(1, 0), |unit| unit.factor.plain());
    let shown = if factor.top == 1 { Value::new(found.top, found.exponent - factor.exponent) } else { found };
    let stated = context.at(by.span).to_string();
    let computed = like(context, by, shown);
    Slip { at: by.span, parts: parts.to_vec(), stated, computed, reason: String::new(), sure }
}
