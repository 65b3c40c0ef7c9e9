//! What is understood, sentence by sentence: `fixtures/facts`.

use super::{Context, Mention};
use crate::manuscript::read_manuscript;
use crate::scan::Hits;
use crate::text::{Source, Span};

/// Checks that the spans found in every sentence of a fixture are the marked ones.
fn check(fixture: &str, find: impl Fn(&Context) -> Vec<Span>) {
    for marked in fixture.lines().filter(|line| !line.starts_with('#')) {
        let text = marked.replace(['⟦', '⟧'], "");
        let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
        let hits = Hits::default();
        let cx = Context::new(&manuscript, &hits);
        let expected: Vec<&str> = marked.split('⟦').skip(1).filter_map(|rest| rest.split('⟧').next()).collect();
        let found: Vec<&str> = find(&cx).into_iter().map(|span| cx.at(span)).collect();
        assert_eq!(found, expected, "{marked}");
    }
}

fn spans<T>(mentions: &[Mention<T>]) -> Vec<Span> {
    mentions.iter().map(|mention| mention.span).collect()
}

#[test]
fn organizations() {
    check(include_str!("../../fixtures/facts/organization.txt"), |cx| spans(cx.organizations()));
}

#[test]
fn roles() {
    check(include_str!("../../fixtures/facts/role.txt"), |cx| spans(cx.roles()));
}

#[test]
fn people() {
    check(include_str!("../../fixtures/facts/person.txt"), |cx| spans(cx.people()));
}

#[test]
fn posts() {
    check(include_str!("../../fixtures/facts/post.txt"), |cx| {
        let parts = cx.posts().iter().flat_map(|post| {
            let owner = post.organization.iter().map(|org| org.span);
            let roles = post.roles.iter().map(|role| role.span);
            owner.chain(roles).chain(post.person.iter().map(|name| name.span)).collect::<Vec<_>>()
        });
        parts.collect()
    });
}

#[test]
fn series() {
    check(include_str!("../../fixtures/facts/series.txt"), |cx| {
        let mut spans: Vec<Span> = cx.series().iter().flat_map(|series| spans(&series.items)).collect();
        spans.sort();
        spans
    });
}

#[test]
fn a_series_inside_another() {
    let text = "一是加固堤防。一是查险，二是除险。\n二是备足砂石。\n三是落实值守。\n";
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    let hits = Hits::default();
    let cx = Context::new(&manuscript, &hits);
    let counts: Vec<usize> = cx.series().iter().map(|series| series.items.len()).collect();
    assert_eq!(counts, [3, 2]);
    assert!(cx.series().iter().all(super::series::Series::is_intact));
}

#[test]
fn the_authors_pronoun_points_at_the_byline() {
    let text = "□陕西省勉县人民检察院\n\n勉县人民法院受理了案件。该院法官到场。我院检察官出庭。\n";
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
    let hits = Hits::default();
    let cx = Context::new(&manuscript, &hits);
    let pointed = cx.organizations().iter().filter_map(|org| org.value.antecedent).map(|span| cx.at(span));
    assert_eq!(pointed.collect::<Vec<_>>(), ["勉县人民法院", "陕西省勉县人民检察院"]);
}

#[test]
fn what_was_understood_can_be_read() {
    let manuscript = read_manuscript(vec![Source::from_text("稿.txt", "勉县人民检察院检察长周明远到会。")]);
    let hits = Hits::default();
    let cx = Context::new(&manuscript, &hits);
    let lines = super::describe(&cx, manuscript.blocks[0].span);
    assert_eq!(
        lines,
        ["机构 勉县人民检察院（人民检察院，全称，地勉县）", "职务 勉县人民检察院的检察长", "人名 周明远"]
    );
}

#[test]
fn the_verbs_of_saying_are_those_of_the_table() {
    let rows = crate::lexicon::table::CUES.rows().iter().filter(|row| row.column(1) == "saying");
    assert_eq!(rows.map(|row| row.column(0)).collect::<Vec<_>>(), super::shape::SAYING);
}
