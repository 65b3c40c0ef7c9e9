/*!
Which rules carry which check of an editor's eye: the inventory `rules/checks.tsv`.

A check is what a handbook asks for; a rule is what this program finds. The table is documentation of what is covered, and
of what is not and why. Its ids name no rules.
*/

const TABLE: &str = include_str!("../../rules/checks.tsv");

/// One check and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub check: &'static str,
    pub name: &'static str,
    /// The rules that carry it.
    pub rules: Vec<&'static str>,
    /// Why there is none, or what the rules leave out.
    pub reason: &'static str,
}

/// The inventory, in its order.
pub fn coverage() -> Vec<Coverage> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
}

fn row(line: &'static str) -> Option<Coverage> {
    let mut columns = line.split('\t');
    let (check, name) = (columns.next()?, columns.next()?);
    let rules = columns.next()?.split_whitespace().collect();
    Some(Coverage { check, name, rules, reason: columns.next().unwrap_or_default() })
}
