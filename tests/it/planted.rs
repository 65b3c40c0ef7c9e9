//! Errors planted by the thousand: what a mechanism finds must not depend on the place or the day.

use kanwu::engine;
use kanwu::facts::date::calendar;
use kanwu::facts::division::{self, Division, Level};
use kanwu::finding::Finding;
use kanwu::lexicon::table;
use kanwu::manuscript::read_manuscript;
use kanwu::rule;
use kanwu::text::Source;

/// The lines of a text on which a rule finds something.
fn lines(text: &str, rule: &str) -> Vec<u32> {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    let rules = rule::built_in().expect("the built-in packs are sound");
    let findings = engine::check(&manuscript, &rules);
    let found = findings.iter().filter(|finding: &&Finding| finding.rule.as_ref() == rule);
    let mut lines: Vec<u32> = found.map(|finding| finding.at.first().line).collect();
    lines.dedup();
    lines
}

fn divisions(level: Level) -> Vec<Division> {
    let names = table::PLACES.rows().iter().flat_map(|row| division::named(row.column(0)));
    names.filter(|division| division.level == level).collect()
}

/// The share of counties that are found under the city that `choose` allows.
fn share(choose: impl Fn(&Division, &Division) -> bool) -> f64 {
    let cities = divisions(Level::City);
    let counties = divisions(Level::County);
    let mut text = String::new();
    let mut planted = 0;
    for (at, county) in counties.iter().enumerate().filter(|(_, county)| county.code.as_bytes()[4] != b'7') {
        let wrong = |city: &&Division| !division::named(county.name).iter().any(|meaning| city.holds(meaning));
        let turned = cities[at % cities.len()..].iter().chain(&cities[..at % cities.len()]);
        if let Some(city) = turned.filter(wrong).find(|city| choose(city, county)) {
            text.push_str(&format!("办案人员昨天赶到{}{}调查取证，至今未归。\n\n", city.name, county.name));
            planted += 1;
        }
    }
    lines(&text, "place/place-under-the-wrong-parent").len() as f64 / f64::from(planted)
}

#[test]
fn counties_under_a_city_of_another_province() {
    assert!(share(|city, county| city.code[..2] != county.code[..2]) > 0.98);
}

#[test]
fn counties_under_another_city_of_their_province() {
    assert!(share(|city, county| city.code[..2] == county.code[..2]) > 0.98);
}

#[test]
fn counties_where_they_belong() {
    let mut text = String::new();
    for county in divisions(Level::County) {
        let above = division::parent(&county).map_or("", |above| above.name);
        text.push_str(&format!("办案人员昨天赶到{above}{}调查取证，至今未归。\n\n", county.name));
    }
    assert_eq!(lines(&text, "place/place-under-the-wrong-parent"), [0; 0]);
    assert_eq!(lines(&text, "place/misspelt-place-name"), [0; 0]);
}

#[test]
fn weekdays_of_ten_years() {
    let first = calendar::day(2020, 1, 1).expect("a day");
    let (mut wrong, mut right) = (String::new(), String::new());
    for step in 0..280 {
        let date = calendar::later(first, step * 13).expect("a day of those years");
        let after = calendar::later(date, 1 + step % 6).expect("a day of those years");
        let written = format!("{}年{}月{}日", date.year(), date.month(), date.day());
        wrong.push_str(&format!("会议定于{written}（星期{}）上午召开，请准时参加。\n\n", calendar::weekday(after)));
        right.push_str(&format!("会议定于{written}（周{}）上午召开，请准时参加。\n\n", calendar::weekday(date)));
    }
    assert_eq!(lines(&wrong, "date/weekday-mismatch").len(), 280);
    assert_eq!(lines(&right, "date/weekday-mismatch"), [0; 0]);
}
