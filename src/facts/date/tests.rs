//! What dates are understood to mean: `fixtures/facts/date.txt`.

use super::describe;
use crate::facts::Context;
use crate::manuscript::read_manuscript;
use crate::scan::Hits;
use crate::text::Source;

/// What is understood of the dates of a text.
fn understood(text: &str) -> Vec<String> {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    let hits = Hits::default();
    let cx = Context::new(&manuscript, &hits);
    cx.dates().all.iter().map(|date| describe(&date.value)).collect()
}

#[test]
fn dates_mean_what_they_say() {
    let fixture = include_str!("../../../fixtures/facts/date.txt");
    for line in fixture.lines().filter(|line| !line.starts_with('#')) {
        let (text, expected) = line.split_once('\t').expect("a text, a tab and its dates");
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(understood(text), expected, "{text}");
    }
}

#[test]
fn a_date_without_a_year_takes_the_articles() {
    let text = "工作人员说，3月5日开班，去年4月也办过。\n\n某某县教育局\n\n2026年2月20日";
    assert_eq!(understood(text), ["2026年3月5日", "2025年4月", "2026年2月20日"]);
}

#[test]
fn the_date_of_issue_weighs_more_than_the_newest_year() {
    let text = "到2035年，全县建成。今年6月1日动工。\n\n2025年5月1日";
    assert_eq!(understood(text), ["2035年", "2025年6月1日", "2025年5月1日"]);
}
