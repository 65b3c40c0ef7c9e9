//! What is understood of the numbers of a sentence, as a person reads it.

use super::{describe, find};
use crate::manuscript::read_manuscript;
use crate::text::Source;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    let found: Vec<String> = find(&manuscript).iter().map(|number| describe(&manuscript.text, number)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn totals_and_parts() {
    check(
        "全县共受理案件1,268件，其中民事412件。",
        &["数 1,268件（数量，单位件，合计，指受理案件）", "数 412件（数量，单位件，分项，指民事）"],
    );
}

#[test]
fn changes_have_ends_and_a_direction() {
    check(
        "利润由3.2亿元降至2.4亿元，降幅25%。",
        &[
            "数 3.2亿元（数量，单位元，起点，指利润）",
            "数 2.4亿元（数量，单位元，终点，降，指降）",
            "数 25%（百分数，增减，降，指降幅）",
        ],
    );
}

#[test]
fn approximations_stay_approximations() {
    check("走访近300户、10余万人。", &["数 300户（数量，单位户，不足，指走访）", "数 10余万人（数量，单位人，约数）"]);
    check("来了三五个人。", &["数 三五个（数量，单位个，约数，指人）"]);
}

#[test]
fn dates_ordinals_and_codes_are_no_quantities() {
    check("2025年3月8日", &["数 2025年（日期时间）", "数 3月（日期时间）", "数 8日（日期时间）"]);
    check("电话0816-5212345。", &["数 0816-5212345（号码）"]);
    check("他在第三次会议上说。", &["数 三次（序数）"]);
}

#[test]
fn ratios_ranges_and_fractions() {
    check("主队3∶2获胜。", &["数 3∶2（比，指主队）"]);
    check("需要3—5天。", &["数 3—5天（范围，单位天，约数，指需要）"]);
    check("下降三分之一。", &["数 三分之一（分数，增减，降，指下降）"]);
}
