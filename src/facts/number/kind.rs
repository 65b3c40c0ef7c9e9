/*!
Finding the numbers of a sentence, and what sort each one is.

What stands directly before and behind a numeral decides: % and 分之, 年 and 月, 第 and 号, letters, a second numeral after
— or ∶. A Chinese numeral without a unit is no number: 一 and 三 stand in too many words.
*/

use super::measure::unit_at;
use super::numeral::{Form, Numeral, numeral};
use super::{Bound, Kind, Number, Standing, Value};
use crate::facts::Mention;
use crate::lexicon::words::words;
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// Finds the numbers of a stretch of the text.
pub(super) fn find(text: &str, sentence: Span, found: &mut Vec<Mention<Number>>) {
    let text = &text[..sentence.end as usize];
    let mut at = sentence.start as usize;
    while let Some(byte) = text.as_bytes().get(at) {
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let Some(c) = han::after(text, at) else { break };
        let end = at + c.len_utf8();
        at = match read(text, sentence.start as usize, at, c) {
            Some(number) => {
                let next = (number.span.end as usize).max(end);
                found.push(number);
                next
            }
            None if c.is_ascii_alphanumeric() => word_end(text, at),
            None => end,
        };
    }
}

fn word_end(text: &str, at: usize) -> usize {
    at + text[at..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count()
}

/// What a number begins with.
static STARTS: CharSet = CharSet::new("0123456789〇零一二三四五六七八九十百千万亿两几数");
/// What may follow the numeral of a date, a rate, a range.
static DATES: CharSet = CharSet::new("年月日世时点分—-～");
static RATES: CharSet = CharSet::new("%％‰个百多余倍番成");
static JOINTS: CharSet = CharSet::new("—～~-－–至到");
/// What follows an ordinal, by its first character.
static ORDINALS: CharSet = CharSet::new("号季年把产等环连");
/// The last characters of what names a code.
static CODES: CharSet = CharSet::new("话线打编号№o.：Q");

fn read(text: &str, floor: usize, at: usize, c: char) -> Option<Mention<Number>> {
    if !STARTS.contains(c) {
        return None;
    }
    let whole = match c {
        '百' | '千' => hundredths(text, at),
        '一' => half(text, at),
        _ => None,
    };
    if whole.is_some() {
        return whole;
    }
    let first = numeral(text, at)?;
    let before = &text[floor..at];
    let draft = Draft { text, before, at, first };
    let other = draft.code().or_else(|| draft.date()).or_else(|| draft.fraction()).or_else(|| draft.score());
    if other.is_some() {
        return other;
    }
    let measured = draft.measured(first.value, first.end);
    let number = draft.range(measured.as_ref()).or_else(|| draft.ordinal()).or(measured);
    match number {
        None if c.is_ascii_digit() => Some(draft.mention(first.end, Kind::Count, first.value)),
        number => number,
    }
}

/// A numeral, and what may be made of it.
struct Draft<'t> {
    text: &'t str,
    /// The sentence before it.
    before: &'t str,
    at: usize,
    first: Numeral,
}

impl Draft<'_> {
    fn mention(&self, end: usize, kind: Kind, value: Value) -> Mention<Number> {
        let negative = self.first.value.top > 0 && is_negative(self.before);
        let value = if negative { value.negative() } else { value };
        let sign = if negative && self.before.ends_with(['-', '－', '−']) { last(self.before) } else { 0 };
        made(Span::new(self.at - sign, end), Span::new(self.at - sign, self.first.end), kind, value)
    }

    fn rest(&self) -> &str {
        &self.text[self.first.end..]
    }

    /// Whether what follows begins with a character of a set.
    fn goes_on(&self, at: usize, set: &CharSet) -> bool {
        han::after(self.text, at).is_some_and(|c| set.contains(c))
    }

    fn is_arabic(&self) -> bool {
        matches!(self.first.form, Form::Arabic | Form::Digits(_))
    }

    /// Telephone numbers, document numbers, versions, digits that are stuck to letters.
    fn code(&self) -> Option<Mention<Number>> {
        if !self.is_arabic() {
            return None;
        }
        let value = self.first.value;
        let run = self.text[self.first.end..]
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"-./_".contains(byte));
        let stuck = self.first.end + run.count();
        let stuck = self.at + self.text[self.at..stuck].trim_end_matches(['-', '.', '/']).len();
        let tail = &self.text[self.first.end..stuck];
        let letters = self.before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        let named =
            ["电话", "热线", "拨打", "邮编", "编号", "证号", "账号", "№", "No", "No.", "电话：", "热线：", "QQ"];
        let named = han::before(self.before, self.before.len()).is_some_and(|c| CODES.contains(c))
            && named.iter().any(|name| self.before.ends_with(name));
        let hyphened =
            tail.starts_with('-') && (self.text[self.at..].starts_with('0') || tail.len() > 5 && !tail.contains('.'));
        let pieces = tail.matches(['-', '.', '/']).count();
        let long = matches!(self.first.form, Form::Digits(length) if length > 7)
            && unit_at(self.text, self.first.end).is_none();
        let padded =
            matches!(self.first.form, Form::Digits(length) if length > 1) && self.text[self.at..].starts_with('0');
        let latin = tail.starts_with(|c: char| c.is_ascii_alphabetic()) && unit_at(self.text, self.first.end).is_none();
        let bracketed = self.before.ends_with(['〔', '[']) && self.rest().starts_with(['〕', ']']);
        let is_code = letters || named || hyphened || pieces > 1 || long || padded || latin || bracketed;
        is_code.then(|| self.mention(stuck.max(self.first.end), Kind::Code, value))
    }

    fn date(&self) -> Option<Mention<Number>> {
        if !self.goes_on(self.first.end, &DATES) {
            return None;
        }
        let (rest, value) = (self.rest(), self.first.value);
        let whole =
            value.whole().filter(|_| matches!(self.first.form, Form::Digits(_) | Form::Han | Form::HanDigits(_)))?;
        let four = matches!(self.first.form, Form::Digits(4) | Form::HanDigits(4));
        let year = four
            && (1000..2200).contains(&whole)
            && (rest.starts_with(['年', '—', '-', '～']) && !rest.starts_with("年来"));
        let month = rest.starts_with('月') && (1..=12).contains(&whole);
        let day = rest.starts_with('日') && (1..=31).contains(&whole) && !rest.starts_with("日元");
        let decade = rest.starts_with("年代") || rest.starts_with("世纪");
        let spoken = self.before.ends_with(['午', '晚', '晨', '夜', '月', '日', '早']);
        let clock = ["时许", "点半", "点钟", "点整", "时整", "点多", "点左右", "点前", "时前"];
        let clock = clock.iter().any(|word| rest.starts_with(word))
            || spoken && rest.starts_with(['时', '点'])
            || is_clock(rest);
        let hour = clock && (0..=24).contains(&whole);
        let minute = rest.starts_with('分') && self.before.ends_with(['时', '点']) && whole < 60;
        let length = if rest.starts_with("年代") || rest.starts_with("世纪") { 6 } else { 3 };
        let marked = rest.chars().next().is_some_and(han::is_han);
        let end = self.first.end + if marked { length } else { 0 };
        (year || month || day || decade || hour || minute).then(|| self.mention(end, Kind::Date, value))
    }

    /// 三分之一 and 百分之十二, 2/3.
    fn fraction(&self) -> Option<Mention<Number>> {
        if !self.rest().starts_with(['分', '/']) {
            return None;
        }
        let bottom = self.first.value.whole().filter(|bottom| *bottom > 0)?;
        if let Some(rest) = self.rest().strip_prefix("分之") {
            let top = numeral(self.text, self.text.len() - rest.len())?;
            return Some(self.mention(top.end, Kind::Fraction(bottom), top.value));
        }
        let rest = self.rest().strip_prefix('/').filter(|_| self.is_arabic())?;
        let second = numeral(self.text, self.text.len() - rest.len()).filter(|second| second.form != Form::Han)?;
        let low = second.value.whole().filter(|low| *low > bottom && *low <= 100);
        let stuck = han::after(self.text, second.end).is_some_and(|c| c.is_ascii_alphanumeric() || c == '/');
        match low.filter(|_| !stuck) {
            Some(low) => Some(self.mention(second.end, Kind::Fraction(low), self.first.value)),
            None => Some(self.mention(second.end, Kind::Code, self.first.value)),
        }
    }

    /// 3∶2, 3比2.
    fn score(&self) -> Option<Mention<Number>> {
        let rest = self.rest().strip_prefix(['∶', ':', '：', '比'])?;
        let from = self.text.len() - rest.len();
        let colon = !self.rest().starts_with('比');
        let second = numeral(self.text, from).filter(|second| !colon || second.form != Form::Han)?;
        if colon && !self.is_arabic() || self.first.value.exponent > 0 || second.value.exponent > 2 {
            return None;
        }
        let clock = colon
            && self.text[from..].starts_with(|c: char| c.is_ascii_digit())
            && matches!(second.form, Form::Digits(2))
            && self.rest().starts_with([':', '：'])
            && (self.text[second.end..].starts_with(['—', '-', '～', '至', ':'])
                || self.before.ends_with(['—', '-', '至', '～', '午', '日']));
        let kind = if clock { Kind::Date } else { Kind::Score(second.value) };
        Some(self.mention(second.end, kind, self.first.value))
    }

    /// 3—5件, 3%～5%, 3至5个.
    fn range(&self, measured: Option<&Mention<Number>>) -> Option<Mention<Number>> {
        let ends = [Some(self.first.end), measured.map(|unit| unit.span.end as usize)];
        let mut ends = ends.into_iter().flatten().filter(|end| self.goes_on(*end, &JOINTS)).peekable();
        if ends.peek().is_none() || self.before.ends_with(['由', '从']) {
            return None;
        }
        ends.find_map(|end| {
            let joints = ["——", "—", "～", "~", "-", "－", "–", "至", "到"];
            let rest = joints.iter().find_map(|joint| self.text[end..].strip_prefix(joint))?;
            let second = numeral(self.text, self.text.len() - rest.len())?;
            let low = scaled(self.text, self.first, second);
            if second.form == Form::Han && self.is_arabic() || !second.value.exceeds(low) {
                return None;
            }
            let mut whole = self.measured(low, second.end);
            if whole.is_none() && self.is_arabic() {
                whole = Some(self.mention(second.end, Kind::Count, low));
            }
            let mut whole = whole?;
            whole.value.numeral.end = second.end as u32;
            whole.value.bound = Bound::About;
            whole.value.kind =
                if whole.value.kind == Kind::Count { Kind::Range(second.value) } else { whole.value.kind };
            Some(whole)
        })
    }

    fn ordinal(&self) -> Option<Mention<Number>> {
        let (rest, value) = (self.rest(), self.first.value);
        let numbered = self.before.ends_with(['第', '初']) && !self.before.ends_with("当初");
        let named = ["号", "季度", "年级", "把手", "产业", "等奖", "环路", "连冠"];
        let named = self.goes_on(self.first.end, &ORDINALS)
            && named.iter().any(|name| rest.starts_with(name))
            && !rest.starts_with("号人");
        if !numbered && !named {
            return None;
        }
        let end = unit_at(self.text, self.first.end).map_or(self.first.end, |(end, _)| end);
        Some(self.mention(end, Kind::Ordinal, value))
    }

    /// What the unit at a byte makes of a value.
    fn measured(&self, value: Value, at: usize) -> Option<Mention<Number>> {
        self.rate(value, at).or_else(|| self.count(value, at))
    }

    /// Per cent, points, multiples.
    fn rate(&self, value: Value, at: usize) -> Option<Mention<Number>> {
        if !self.goes_on(at, &RATES) {
            return None;
        }
        let rest = &self.text[at..];
        let signs = [
            ("%", Kind::Percent),
            ("％", Kind::Percent),
            ("‰", Kind::Permille),
            ("个百分点", Kind::Points),
            ("百分点", Kind::Points),
            ("多倍", Kind::Multiple),
            ("余倍", Kind::Multiple),
            ("倍", Kind::Multiple),
            ("番", Kind::Multiple),
        ];
        if let Some((sign, kind)) = signs.into_iter().find(|(sign, _)| rest.starts_with(sign)) {
            return Some(self.mention(at + sign.len(), kind, value));
        }
        let tenths = rest.strip_prefix('成').filter(|_| value.whole().is_some_and(|whole| (1..=9).contains(&whole)))?;
        let word = words().prefixes(rest).any(|(length, _)| length > 3)
            && !tenths.starts_with(['的', '以', '左', '多', '，', '。']);
        (!word).then(|| self.mention(at + 3, Kind::Percent, Value::new(value.top, value.exponent + 1)))
    }

    fn count(&self, value: Value, at: usize) -> Option<Mention<Number>> {
        let vague = |c: char| matches!(c, '多' | '余' | '来' | '几');
        let mut from = at;
        let mut bound = if self.first.vague { Bound::About } else { Bound::Exact };
        if let Some(c) = han::after(self.text, from).filter(|c| vague(*c)) {
            (from, bound) = (from + c.len_utf8(), Bound::Above);
        } else if self.text[from..].starts_with([' ', '\u{A0}']) && self.is_arabic() {
            from += han::after(self.text, from).map_or(0, char::len_utf8);
        }
        let (end, unit) = unit_at(self.text, from)?;
        if !self.is_arabic() && self.is_word(end) {
            return None;
        }
        let mut mention = self.mention(end, Kind::Count, value);
        mention.value.unit = Some(unit);
        mention.value.bound = bound;
        Some(mention)
    }

    /// Whether the characters are a word of another sense: 一时, 统一.
    fn is_word(&self, end: usize) -> bool {
        let other = |word: &str| words().get(word).is_some_and(|word| !word.tag.starts_with('m') && word.tag != "nr");
        let single = self.first.end - self.at == 3;
        if !single {
            return false;
        }
        let before = last(self.before);
        let joined = before > 0 && other(&self.text[self.at - before..self.first.end]);
        let mut longer = words().prefixes(&self.text[self.at..]).filter(|(length, _)| *length >= end - self.at);
        joined || longer.any(|(length, _)| other(&self.text[self.at..self.at + length]))
    }
}

fn made(span: Span, numeral: Span, kind: Kind, value: Value) -> Mention<Number> {
    let nowhere = Span::point(span.start as usize);
    let value = Number {
        value,
        kind,
        bound: Bound::Exact,
        numeral,
        unit: None,
        piece: span,
        lead: nowhere,
        tail: Span::point(span.end as usize),
        standing: Standing::Plain,
        direction: None,
    };
    Mention { span, value }
}

/// 百分之十二 and 千分之三, written out.
fn hundredths(text: &str, at: usize) -> Option<Mention<Number>> {
    let signs = [("百分之", Kind::Percent), ("千分之", Kind::Permille)];
    let (sign, kind) = signs.into_iter().find(|(sign, _)| text[at..].starts_with(sign))?;
    let number = numeral(text, at + sign.len())?;
    Some(made(Span::new(at, number.end), Span::new(at, number.end), kind, number.value))
}

/// 一半.
fn half(text: &str, at: usize) -> Option<Mention<Number>> {
    let end = at + "一半".len();
    text[at..]
        .starts_with("一半")
        .then(|| made(Span::new(at, end), Span::new(at, end), Kind::Fraction(2), Value::new(1, 0)))
}

/// 3 in 3—5万: the multiplier of the upper end is that of the lower one too.
fn scaled(text: &str, first: Numeral, second: Numeral) -> Value {
    let printed = |end: usize| text[..end].ends_with(['万', '亿', '百', '千']);
    let shift = if printed(second.end) && !printed(first.end) { second.value.exponent.max(0) } else { 0 };
    Value::new(first.value.top, first.value.exponent + shift)
}

fn is_negative(before: &str) -> bool {
    let sign = before.strip_suffix(['-', '－', '−']);
    let after = sign
        .map(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() && !han::is_han(c) || matches!(c, '）' | ')' | '%')));
    after == Some(true) || before.ends_with("零下")
}

fn is_clock(rest: &str) -> bool {
    let rest = rest.strip_prefix(['时', '点']).unwrap_or("");
    let digits =
        rest.chars().take_while(|c| c.is_ascii_digit() || han::is_numeral(*c)).map(char::len_utf8).sum::<usize>();
    digits > 0 && rest[digits..].starts_with('分')
}

fn last(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}
