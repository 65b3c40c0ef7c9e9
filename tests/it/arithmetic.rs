//! Sentences with numbers that fit, and the same sentences with one digit changed: none of the former is doubted, and
//! nearly all of the latter are.

use kanwu::manuscript::read_manuscript;
use kanwu::text::Source;

use crate::support::built_in;

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn between(&mut self, low: u64, high: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + (self.0 >> 33) % (high - low + 1)
    }
}

/// A sentence with `#` for every number, and how the numbers follow from three dice.
type Shape = (&'static str, fn(u64, u64, u64) -> Vec<u64>);

const SHAPES: &[Shape] = &[
    ("全年受理案件#件，其中刑事类#件、民事类#件、其他类#件。", |a, b, c| {
        vec![a + b + c, a, b, c]
    }),
    ("城区、镇区、库区分别接待游客#人次、#人次、#人次，合计#人次。", |a, b, c| {
        vec![a, b, c, a + b + c]
    }),
    ("展览收到作品#幅：国画#幅，油画#幅，版画#幅。", |a, b, c| vec![a + b + c, a, b, c]),
    ("走访困难家庭#户、独居老人#户、新来居民#户，共#户。", |a, b, c| vec![a, b, c, a + b + c]),
    ("脱贫户#户（产业帮扶#户、就业帮扶#户、兜底保障#户）已有责任人。", |a, b, c| {
        vec![a + b + c, a, b, c]
    }),
    ("学校有学生#人，其中男生#人、女生#人。", |a, b, _| vec![a + b, a, b]),
    ("审理周期由#天缩短至#天，缩短#天。", |a, b, _| vec![a + b, a, b]),
    ("全校有男生#人，女生#人，男生比女生多#人。", |a, b, _| vec![a + b, a, b]),
    ("| 类别 | 件数 |\n|---|---|\n| 邻里 | # |\n| 土地 | # |\n| 劳动 | # |\n| 合计 | # |", |a, b, c| {
        vec![a, b, c, a + b + c]
    }),
];

fn written(sentence: &str, numbers: &[u64]) -> String {
    numbers.iter().fold(sentence.to_string(), |text, number| text.replacen('#', &number.to_string(), 1))
}

fn is_doubted(text: &str) -> bool {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    let findings = kanwu::engine::check(&manuscript, built_in());
    findings.iter().any(|finding| finding.rule.to_string().starts_with("number/"))
}

#[test]
fn one_wrong_digit_is_found_and_no_right_one() {
    let mut dice = Dice(20_250_308);
    for (sentence, numbers) in SHAPES {
        let mut found = 0;
        for _ in 0..20 {
            let mut numbers = numbers(dice.between(210, 890), dice.between(110, 780), dice.between(40, 560));
            assert!(!is_doubted(&written(sentence, &numbers)), "{}", written(sentence, &numbers));
            let wrong = dice.between(0, numbers.len() as u64 - 1) as usize;
            let down = numbers[wrong] / 10 % 10 == 9;
            numbers[wrong] = if down { numbers[wrong] - 10 } else { numbers[wrong] + 10 };
            found += usize::from(is_doubted(&written(sentence, &numbers)));
        }
        assert!(found > 17, "{found} of 20: {sentence}");
    }
}
