/*!
A township directly below a county that does not have it: 石家庄市井陉县平山镇.

Names of townships repeat all over the country, change more often than those of counties, and new ones are founded. So a
name speaks only where exactly one county has it, and that county is of the same city as the one that is named.
*/

use super::{is_past, is_quoted, year_of};
use crate::facts::Context;
use crate::facts::division::{Chain, Division, Level, Link, with_code};
use crate::finding::{Findings, Safety};
use crate::lexicon::table;
use crate::text::{Span, han};

/// Ends of the names of townships.
const ENDINGS: &[&str] = &["街道", "苏木", "镇", "乡"];
/// Characters of the longest name.
const LONGEST: usize = 9;
/// The table is of 2023; texts from before this year know other townships.
const KNOWN_SINCE: i32 = 2015;

pub fn check(cx: &Context, findings: &mut Findings) {
    for chain in cx.chains() {
        let Some((link, county)) = county(chain) else { continue };
        let Some(town) = town(cx, link.span.end as usize) else { continue };
        let Some(home) = home(cx.at(town), &county) else { continue };
        let old = year_of(cx, town).is_some_and(|year| year < KNOWN_SINCE);
        if old || is_past(cx, link.span, KNOWN_SINCE) || is_quoted(cx, link.span) {
            continue;
        }
        let draft = findings.at(link.span).slot("name", cx.at(town)).slot("wrong", cx.at(link.span));
        let draft = draft.slot("right", home.name).note(town);
        draft.fix(format!("改为“{}”", home.name), Safety::Ask, &[(link.span, home.name)]).push();
    }
}

/// The county that ends a chain, where only one can be meant.
fn county(chain: &Chain) -> Option<(&Link, Division)> {
    let (last, above) = chain.links.split_last()?;
    let fits = |meaning: &&Division| {
        meaning.level == Level::County && above.iter().all(|link| link.meanings.iter().any(|wide| wide.holds(meaning)))
    };
    let mut meant = last.meanings.iter().filter(fits);
    let county = *meant.next()?;
    meant.next().is_none().then_some((last, county))
}

/// The township whose name begins at a byte.
fn town(cx: &Context, at: usize) -> Option<Span> {
    let rest = &cx.manuscript.text[at..];
    let run = &rest[..han::forth(rest, 0, LONGEST)];
    let ends = ENDINGS.iter().filter_map(|ending| Some(run.find(ending)? + ending.len()));
    let end = ends.min()?;
    let name = &run[..end];
    let plain = name.chars().all(han::is_han) && name.chars().count() >= 3;
    plain.then(|| Span::new(at, at + end))
}

/// The one county of the country that has a township, if it is another one of the same city.
fn home(name: &str, county: &Division) -> Option<Division> {
    let rows = table::TOWNSHIPS.rows();
    let own = rows.binary_search_by_key(&county.code, |row| row.column(0)).ok()?;
    let has = |names: &str| names.split(' ').any(|other| other == name);
    if has(rows[own].column(1)) {
        return None;
    }
    let mut homes = rows.iter().filter(|row| row.column(1).contains(name) && has(row.column(1)));
    let (home, other) = (homes.next()?.column(0), homes.next());
    let city = |code: &str| code.get(..4).map(str::to_string);
    (other.is_none() && city(home) == city(county.code)).then(|| with_code(home)).flatten()
}
