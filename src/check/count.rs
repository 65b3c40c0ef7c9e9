/*!
`count`: a number that does not fit the list beside it.

`with = { form = …, sure = … }`. Naive counting of lists is wrong nearly always; only closed forms are counted, in which
the number can mean nothing but the members: a quoted list before its number, members that share the noun that the
number counts, a list in apposition to it, one that it announces, a series with ordinals, people by name, and values
told off with 分别. A list that stays open (等, ……), a name of a programme (四个自信) and an ordinal are not counted, and
where a list can be read in several ways a finding needs that none of them fits. `sure` parts the certain cases from
the probable ones, so that each gets its own level.

Slots of messages: `claim` (四支队伍), `count` (its number), `found` (members of the list), `list`.
*/

mod after;
mod before;
mod names;
mod values;

use serde::Deserialize;

use super::{Check, Mechanism, OptionError, Options};
use crate::facts::Context;
use crate::facts::series::Claim;
use crate::finding::Findings;
use crate::scan::Scan;
use crate::text::Span;

/// The mechanism.
pub static COUNT: Mechanism = Mechanism { name: "count", slots: &["claim", "count", "found", "list"], compile };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    form: Form,
    /// Which cases; all without it.
    sure: Option<Sure>,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Form {
    /// “甲、乙、丙”四级平台
    Quoted,
    /// 甲课堂、乙课堂“三大课堂”
    SharedNoun,
    /// 调解员、网格员三支队伍
    Apposed,
    /// 分为五类：甲、乙、丙、丁
    Announced,
    /// 三点意见：一是……二是……
    Series,
    /// 张三、李四、王五4人
    Names,
    /// 甲、乙、丙分别为1、2
    Respectively,
}

/// How sure a miscount is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Sure {
    Certain,
    Probable,
}

/// A number and the list that it does not fit.
struct Miscount {
    /// The number with its measure and noun.
    claim: Span,
    count: usize,
    list: Span,
    found: usize,
    sure: Sure,
}

fn compile(options: Options<'_>, _: &mut Scan) -> Result<Check, OptionError> {
    let with: With = options.parse()?;
    Ok(Box::new(move |cx, findings| {
        let wanted = |miscount: &Miscount| with.sure.is_none_or(|sure| sure == miscount.sure);
        let miscounts = cx.kept(with.form as u8, || miscounts(cx, with.form));
        miscounts.iter().filter(|miscount| wanted(miscount)).for_each(|miscount| say(cx, findings, miscount));
    }))
}

fn miscounts(cx: &Context, form: Form) -> Vec<Miscount> {
    match form {
        Form::Quoted => before::quoted(cx),
        Form::SharedNoun => before::shared(cx),
        Form::Apposed => before::apposed(cx),
        Form::Announced => after::announced(cx),
        Form::Series => after::series(cx),
        Form::Names => names::find(cx),
        Form::Respectively => values::find(cx),
    }
}

fn say(cx: &Context, findings: &mut Findings, miscount: &Miscount) {
    let list = cx.at(miscount.list);
    let shown: String = list.chars().take(SHOWN).collect();
    let more = if list.chars().count() > SHOWN { "…" } else { "" };
    let draft = findings.at(miscount.claim).slot("claim", cx.at(miscount.claim)).slot("list", format!("{shown}{more}"));
    let draft = draft.slot("count", miscount.count.to_string()).slot("found", miscount.found.to_string());
    draft.note(miscount.list).push();
}

/// Characters of a list that a message quotes.
const SHOWN: usize = 24;

/// The claim with the noun behind it, where that is one short word before a mark.
fn with_noun(cx: &Context, claim: &Claim) -> Span {
    let noun = claim.noun(&cx.manuscript.text);
    let short = if noun.chars().count() <= 4 { noun.len() } else { 0 };
    Span::new(claim.span.start as usize, claim.span.end as usize + short)
}

/// Whether the list ends with a word that keeps it open.
fn is_open(list: &str) -> bool {
    let words = ["等", "……", "其中", "例如", "诸如", "之一", "另外", "此外", "或者", "省略", "其他", "其它", "…"];
    words.iter().any(|word| list.contains(word))
}
