/*!
Administrative divisions and the chains that texts make of them: 河南省南阳市南召县, 内蒙古伊金霍洛旗, 绵阳三台县.

A code tells where a division belongs: a county's begins with its city's, a city's with its province's. A chain is of
names that stand directly beside each other, each a level below the last; whether they belong together is for the check.
*/

use rustc_hash::FxHashMap as HashMap;
use std::sync::OnceLock;

use super::Context;
use crate::lexicon::{Row, table};
use crate::text::{Span, han};

/// How high a division stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Province,
    City,
    County,
}

/// One division.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    pub name: &'static str,
    pub level: Level,
    pub code: &'static str,
}

/// One name of a chain and what it may mean.
#[derive(Clone, Debug)]
pub struct Link {
    pub span: Span,
    pub meanings: Vec<Division>,
    /// The full name and not 河南, 绵阳.
    pub full: bool,
}

/// Names that stand beside each other, from the widest to the narrowest.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    pub links: Vec<Link>,
}

/// The endings of the names of cities and counties.
pub const ENDINGS: &[char] = &['市', '县', '区', '旗', '州', '盟'];
const REGIONS: &[(&str, &str)] = &[
    ("内蒙古自治区", "内蒙古"),
    ("广西壮族自治区", "广西"),
    ("宁夏回族自治区", "宁夏"),
    ("新疆维吾尔自治区", "新疆"),
    ("西藏自治区", "西藏"),
];
const NATIONS: &[&str] = &[
    "朝鲜族",
    "土家族苗族",
    "藏族羌族",
    "布依族苗族",
    "苗族侗族",
    "哈尼族彝族",
    "壮族苗族",
    "傣族景颇族",
    "蒙古族藏族",
    "傈僳族",
    "藏族",
    "彝族",
    "傣族",
    "白族",
    "回族",
    "蒙古",
    "柯尔克孜",
    "哈萨克",
];

/// Divisions by a name or a code.
type Divisions = HashMap<&'static str, Vec<Division>>;

fn all() -> impl Iterator<Item = Division> {
    table::PLACES.rows().iter().flat_map(meanings)
}

/// The divisions that a row of the table names.
fn meanings(row: &Row) -> impl Iterator<Item = Division> + use<> {
    let [name, meanings] = row.columns();
    meanings.split('|').filter_map(move |meaning| read(name, meaning))
}

/// The divisions that have a short name, by that.
fn by_short_name() -> &'static Divisions {
    static DIVISIONS: OnceLock<Divisions> = OnceLock::new();
    DIVISIONS.get_or_init(|| {
        let mut divisions = Divisions::default();
        for division in all() {
            if let Some(short) = short_name(&division) {
                divisions.entry(short).or_default().push(division);
            }
        }
        divisions
    })
}

/// The divisions by code of the parent, province and city alike.
fn by_parent() -> &'static Divisions {
    static DIVISIONS: OnceLock<Divisions> = OnceLock::new();
    DIVISIONS.get_or_init(|| {
        let mut divisions = Divisions::default();
        for division in all() {
            for length in [2, 4] {
                if let Some(parent) = division.code.get(..length).filter(|_| division.code.len() > length) {
                    divisions.entry(parent).or_default().push(division);
                }
            }
        }
        divisions
    })
}

fn read(name: &'static str, meaning: &'static str) -> Option<Division> {
    let mut parts = meaning.split(':');
    let level = match parts.next()? {
        "province" => Level::Province,
        "city" => Level::City,
        _ => Level::County,
    };
    Some(Division { name, level, code: parts.next()? })
}

/// 河南 of 河南省, 绵阳 of 绵阳市, 凉山 of 凉山彝族自治州; none of counties.
fn short_name(division: &Division) -> Option<&'static str> {
    let name = division.name;
    let short = match division.level {
        Level::County => return None,
        Level::Province => REGIONS
            .iter()
            .find(|(full, _)| *full == name)
            .map_or_else(|| name.strip_suffix(['省', '市']).unwrap_or(name), |(_, short)| short),
        Level::City => match name.strip_suffix("自治州") {
            Some(stem) => NATIONS.iter().find_map(|nation| stem.strip_suffix(nation)).unwrap_or(stem),
            None => name.strip_suffix("地区").or(name.strip_suffix(['市', '盟', '州'])).unwrap_or(name),
        },
    };
    (short.chars().count() >= 2).then_some(short)
}

/// What a full name may mean.
pub fn named(name: &str) -> Vec<Division> {
    table::PLACES.get(name).iter().flat_map(meanings).collect()
}

/// The cities and counties below a province, the counties below a city.
pub fn below(division: &Division) -> &'static [Division] {
    by_parent().get(division.code).map_or(&[], Vec::as_slice)
}

/// The division of the next higher level that a division belongs to.
pub fn parent(division: &Division) -> Option<Division> {
    let of = |length: usize| with_code(division.code.get(..length).filter(|_| division.code.len() > length)?);
    of(4).or_else(|| of(2))
}

/// The division that has a code.
pub fn with_code(code: &str) -> Option<Division> {
    all().find(|other| other.code == code)
}

impl Division {
    /// Whether another lies in it.
    pub fn holds(&self, other: &Division) -> bool {
        other.level > self.level && other.code.starts_with(self.code)
    }
}

impl Link {
    /// The levels that the name may have.
    pub fn level(&self) -> Level {
        self.meanings.iter().map(|meaning| meaning.level).min().unwrap_or(Level::County)
    }

    /// Whether one meaning of this holds one meaning of the next.
    pub fn fits(&self, next: &Link) -> bool {
        self.meanings.iter().any(|upper| next.meanings.iter().any(|lower| upper.holds(lower)))
    }
}

impl Chain {
    /// The whole of it; a chain has at least one link.
    pub fn span(&self) -> Span {
        let first = self.links.first().map_or(Span::default(), |link| link.span);
        self.links.last().map_or(first, |last| first.hull(last.span))
    }
}

/// The longest full names that begin somewhere, in order.
struct Longest(Vec<Span>);

impl Longest {
    /// The end of the name that begins at a byte.
    fn end(&self, start: u32) -> Option<u32> {
        self.0.binary_search_by_key(&start, |span| span.start).ok().map(|index| self.0[index].end)
    }
}

/// The chains of the manuscript, in order; single names among them.
pub fn chains(cx: &Context) -> Vec<Chain> {
    let text = cx.manuscript.text.as_str();
    let names = cx.finds().of(&table::PLACES).chunk_by(|one, other| one.0.start == other.0.start);
    let longest = Longest(names.filter_map(|names| Some(names.last()?.0)).collect());
    let mut chains = Vec::new();
    let mut free = 0;
    for name in &longest.0 {
        if name.start >= free {
            let chain = chain(text, name.start, free, &longest);
            free = chain.span().end;
            chains.push(chain);
        }
    }
    chains
}

fn chain(text: &str, start: u32, floor: u32, longest: &Longest) -> Chain {
    let mut chain = Chain::default();
    let mut at = start;
    while let Some(end) = longest.end(at) {
        let span = Span { start: at, end };
        let link = Link { span, meanings: named(span.of(text)), full: true };
        if chain.links.last().is_some_and(|last| link.meanings.iter().all(|meaning| meaning.level <= last.level())) {
            break;
        }
        chain.links.push(link);
        at = end;
        if let Some(link) = short_inside(text, at, longest) {
            at = link.span.end;
            chain.links.push(link);
        }
    }
    lead(text, start, floor, &mut chain);
    chain
}

/// 信阳 between a province and a county.
fn short_inside(text: &str, at: u32, longest: &Longest) -> Option<Link> {
    if longest.end(at).is_some() {
        return None;
    }
    [4, 3, 2].into_iter().find_map(|length| {
        let end = han::forth(text, at as usize, length);
        let link = short(text, at as usize, end, Level::City)?;
        longest.end(end as u32).is_some().then_some(link)
    })
}

/// 河南 or 绵阳, and 河南信阳, before the first full name.
fn lead(text: &str, start: u32, floor: u32, chain: &mut Chain) {
    for level in [Level::City, Level::Province] {
        let Some(first) = chain.links.first().filter(|first| first.level() > level) else { continue };
        let at = first.span.start.min(start) as usize;
        let found = [4, 3, 2].into_iter().find_map(|length| {
            let from = han::back(text, at, length);
            (from >= floor as usize).then(|| short(text, from, at, level)).flatten()
        });
        if let Some(link) = found.filter(|link| begins(text, link.span.start as usize, level)) {
            chain.links.insert(0, link);
        }
    }
}

fn short(text: &str, start: usize, end: usize, level: Level) -> Option<Link> {
    let meanings: Vec<Division> =
        by_short_name().get(text.get(start..end)?)?.iter().filter(|meaning| meaning.level == level).copied().collect();
    (!meanings.is_empty()).then(|| Link { span: Span::new(start, end), meanings, full: false })
}

/// Whether a short name begins here and is not the end of a longer word.
fn begins(text: &str, at: usize, level: Level) -> bool {
    let open = |c: char| !han::is_han(c) || "在于到从自对与和及为往是赴来向将的，由去经住".contains(c);
    let city = level == Level::City;
    let before = han::before(text, at).is_none_or(open);
    let region = [4, 3, 2].into_iter().any(|length| {
        let from = han::back(text, at, length);
        text.get(from..at)
            .is_some_and(|word| by_short_name().get(word).is_some_and(|all| all[0].level == Level::Province))
    });
    before || city && region
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manuscript::read_manuscript;
    use crate::scan::Hits;
    use crate::text::Source;

    fn understood(text: &str) -> Vec<String> {
        let manuscript = read_manuscript(vec![Source::from_text("稿.txt", text)]);
        let hits = Hits::default();
        let cx = Context::new(&manuscript, &hits);
        let joined = |chain: &Chain| chain.links.iter().map(|link| cx.at(link.span)).collect::<Vec<_>>().join("→");
        cx.chains().iter().map(joined).collect()
    }

    #[test]
    fn chains_with_full_and_short_names() {
        assert_eq!(understood("家住河南省信阳市光山县的人。"), ["河南省→信阳市→光山县"]);
        assert_eq!(understood("在四川绵阳三台县，"), ["四川→绵阳→三台县"]);
        assert_eq!(understood("内蒙古伊金霍洛旗、湖南省长沙市长沙县"), ["内蒙古→伊金霍洛旗", "湖南省→长沙市→长沙县"]);
        assert_eq!(understood("从济南市、青岛市赶来"), ["济南市", "青岛市"]);
    }

    #[test]
    fn where_a_division_belongs() {
        let county = named("伊金霍洛旗")[0];
        assert_eq!(parent(&county).map(|city| city.name), Some("鄂尔多斯市"));
        assert!(named("河南省")[0].holds(&named("光山县")[0]));
    }
}
