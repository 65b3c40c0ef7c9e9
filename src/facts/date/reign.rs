/*!
Years by reign (康熙六十一年), by stem and branch (乙巳年), and the animals of the branches.
*/

use rustc_hash::FxHashMap as HashMap;
use std::sync::OnceLock;

use crate::lexicon::table;

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const ANIMALS: &str = "鼠牛虎兔龙蛇马羊猴鸡狗猪";

/// A reign: the years of the Christian era in which it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reign {
    pub name: &'static str,
    pub first: i32,
    pub last: i32,
    /// Whether its dynasty is one of Ming, Qing and the Republic, of which the table has all.
    pub late: bool,
}

/// The reigns of a name; several dynasties may have used it.
pub fn reigns(name: &str) -> &'static [Reign] {
    static REIGNS: OnceLock<HashMap<&'static str, Vec<Reign>>> = OnceLock::new();
    let all = REIGNS.get_or_init(|| {
        let mut all: HashMap<&'static str, Vec<Reign>> = HashMap::default();
        for row in table::REIGNS.rows() {
            let late = matches!(row.column(1), "明" | "清" | "中华民国");
            if let (Ok(first), Ok(last)) = (row.column(2).parse(), row.column(3).parse()) {
                all.entry(row.column(0)).or_default().push(Reign { name: row.column(0), first, last, late });
            }
        }
        all
    });
    all.get(name).map_or(&[], Vec::as_slice)
}

/// The year by stem and branch, if the two can meet: the remainder by 60, 0 for 甲子.
///
/// ```
/// use kanwu::facts::date::reign::{cycle, cycle_of};
/// assert_eq!(cycle('乙', '巳'), Some(cycle_of(2025)));
/// assert_eq!(cycle('甲', '丑'), None);
/// ```
pub fn cycle(stem: char, branch: char) -> Option<i32> {
    let stem = STEMS.chars().position(|c| c == stem)? as i32;
    let branch = BRANCHES.chars().position(|c| c == branch)? as i32;
    (0..60).find(|year| year % 10 == stem && year % 12 == branch)
}

/// The place of a Christian year in the cycle of sixty.
pub fn cycle_of(year: i32) -> i32 {
    (year - 4).rem_euclid(60)
}

/// Stem and branch of a year: 乙巳.
pub fn stem_and_branch(year: i32) -> String {
    let cycle = cycle_of(year) as usize;
    STEMS.chars().nth(cycle % 10).into_iter().chain(BRANCHES.chars().nth(cycle % 12)).collect()
}

/// The animal of a branch.
pub fn animal(branch: char) -> Option<char> {
    ANIMALS.chars().nth(BRANCHES.chars().position(|c| c == branch)?)
}

/// The animal of a Christian year.
pub fn animal_of(year: i32) -> Option<char> {
    ANIMALS.chars().nth(cycle_of(year) as usize % 12)
}
