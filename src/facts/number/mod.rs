/*!
Numbers: what the text counts, measures and compares.

Every mention has its exact value with the digits as printed, its unit, the noun that it counts, and its standing in the
clause: 共 before it makes it a total, 其中 a part, 由 and 增至 the two ends of a change. Dates, codes and ordinals are
mentioned too, so that nobody takes them for quantities. Nothing is judged here.
*/

mod frame;
mod kind;
pub mod measure;
pub mod numeral;
#[cfg(test)]
mod tests;
pub mod value;

use super::Mention;
use crate::manuscript::Manuscript;
use crate::text::Span;

pub use measure::Unit;
pub use value::Value;

/// A number as it stands in the text. The mention's span is the numeral with its unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// What was printed, 万 and 亿 counted in; per cent are in hundredths (12.5% is 12.5).
    pub value: Value,
    pub kind: Kind,
    pub bound: Bound,
    /// The digits with 万 and 亿.
    pub numeral: Span,
    pub unit: Option<Unit>,
    /// The stretch between two marks (、 and brackets among them) in which it stands.
    pub piece: Span,
    /// What stands in the piece before it, from the number before on.
    pub lead: Span,
    /// What stands in the piece after it, up to the next number.
    pub tail: Span,
    pub standing: Standing,
    /// Whether the words before it say that something rose or fell.
    pub direction: Option<Direction>,
}

/// What sort of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// So many of something, or a measured quantity.
    Count,
    /// 12.5%, 百分之十二, 三成.
    Percent,
    /// 0.96‰.
    Permille,
    /// 个百分点.
    Points,
    /// 3倍, 翻一番.
    Multiple,
    /// 三分之一: the value is the numerator, here is the denominator.
    Fraction(i128),
    /// 3∶2, 3比2: the value is the left side, here is the right one.
    Score(Value),
    /// 3—5: the value is the lower end, here is the upper one.
    Range(Value),
    /// 第三, 三号, 一季度.
    Ordinal,
    /// A part of a date or time.
    Date,
    /// A telephone number, a document number, a version: no quantity.
    Code,
}

/// Whether the number is meant exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    Exact,
    /// 约, 左右, 上下, 几, 数十.
    About,
    /// 超, 逾, 多, 余, 以上, 至少.
    Above,
    /// 近, 不足, 不到, 以下.
    Below,
}

/// What the number is in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    Plain,
    /// 共, 合计, 总计, 累计.
    Total,
    /// After 其中, 包括, 分别.
    Part,
    /// 同比增长, 下降.
    Change,
    /// 由….
    From,
    /// 增至, 降到.
    To,
    /// 比…多, 比…快.
    Than,
}

/// Which way a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    Up,
    Down,
}

impl Number {
    /// Whether it says how much or how many of something.
    pub fn is_quantity(&self) -> bool {
        !matches!(self.kind, Kind::Ordinal | Kind::Date | Kind::Code)
    }

    /// The noun that is counted, or else the words before the number that say what it is.
    pub fn head(&self, text: &str) -> Option<Span> {
        if self.is_quantity() { frame::head(text, self) } else { None }
    }

    /// Whether it is a count or measure that is meant exactly.
    pub fn is_exact(&self) -> bool {
        self.kind == Kind::Count && self.bound == Bound::Exact
    }

    /// Whether two numbers count the same way, so that they can be added and compared.
    pub fn adds_to(&self, other: &Number) -> bool {
        self.kind == other.kind
            && match (self.unit, other.unit) {
                (Some(unit), Some(other)) => unit.adds_to(other),
                (None, None) => true,
                _ => false,
            }
    }

    /// The value in the unit of its dimension: 3公里 is 3000.
    pub fn worth(&self) -> Option<Value> {
        self.unit.map_or(Some(self.value), |unit| self.value.times(unit.factor))
    }

    /// 万 or 亿 at the end of the numeral, as printed.
    pub fn scale<'t>(&self, text: &'t str) -> &'t str {
        let numeral = self.numeral.of(text);
        ["万亿", "亿", "万", "千"]
            .into_iter()
            .find(|scale| numeral.ends_with(scale))
            .map_or("", |scale| &numeral[numeral.len() - scale.len()..])
    }
}

/// The numbers of a manuscript, in order; they do not overlap.
pub fn find(manuscript: &Manuscript) -> Vec<Mention<Number>> {
    let mut found = Vec::new();
    for sentence in &manuscript.sentences {
        let first = found.len();
        kind::find(&manuscript.text, *sentence, &mut found);
        frame::place(&manuscript.text, *sentence, &mut found[first..]);
    }
    found
}

/// The number in words for a person: 数 126件（合计，受理）.
pub fn describe(text: &str, number: &Mention<Number>) -> String {
    let value = &number.value;
    let mut said: Vec<String> = vec![value.kind.chinese().to_string()];
    said.extend(value.unit.map(|unit| format!("单位{}", unit.name)));
    said.extend(value.bound.chinese().map(str::to_string));
    said.extend(value.standing.chinese().map(str::to_string));
    said.extend(value.direction.map(|direction| if direction == Direction::Up { "升" } else { "降" }.to_string()));
    said.extend(value.head(text).map(|head| format!("指{}", head.of(text))));
    format!("数 {}（{}）", number.span.of(text), said.join("，"))
}

impl Kind {
    fn chinese(self) -> &'static str {
        match self {
            Kind::Count => "数量",
            Kind::Percent => "百分数",
            Kind::Permille => "千分数",
            Kind::Points => "百分点",
            Kind::Multiple => "倍数",
            Kind::Fraction(_) => "分数",
            Kind::Score(_) => "比",
            Kind::Range(_) => "范围",
            Kind::Ordinal => "序数",
            Kind::Date => "日期时间",
            Kind::Code => "号码",
        }
    }
}

impl Bound {
    fn chinese(self) -> Option<&'static str> {
        match self {
            Bound::Exact => None,
            Bound::About => Some("约数"),
            Bound::Above => Some("以上"),
            Bound::Below => Some("不足"),
        }
    }
}

impl Standing {
    fn chinese(self) -> Option<&'static str> {
        match self {
            Standing::Plain => None,
            Standing::Total => Some("合计"),
            Standing::Part => Some("分项"),
            Standing::Change => Some("增减"),
            Standing::From => Some("起点"),
            Standing::To => Some("终点"),
            Standing::Than => Some("比较"),
        }
    }
}
