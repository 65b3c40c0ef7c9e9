/*!
The name of an organization in its short form before the full one is told.

Titles, column heads and bylines have short names by custom, so only prose counts, on both sides.
*/

use rustc_hash::FxHashMap as HashMap;

use crate::facts::{Context, Family, Form, Mention, Org, within};
use crate::finding::Findings;

/// The place that a name begins with, and what the organization is.
type Key<'c> = (&'c str, Family);

pub fn names(cx: &Context, findings: &mut Findings) {
    for article in &cx.manuscript.articles {
        let mut short: HashMap<Key, Option<&Mention<Org>>> = HashMap::default();
        for org in within(cx.organizations(), article.span, |org| org.span) {
            let Some(key) = key(cx, org).filter(|_| is_in_prose(cx, org)) else { continue };
            match org.value.form {
                Form::Short => {
                    short.entry(key).or_insert(Some(org));
                }
                Form::Full => {
                    let Some(first) = short.get(&key).copied().flatten().filter(|first| is_short_for(cx, first, org))
                    else {
                        continue;
                    };
                    short.insert(key, None);
                    let draft = findings.at(first.span).slot("wrong", cx.at(first.span)).slot("right", cx.at(org.span));
                    draft.slot("count", "1").note(org.span).push();
                }
                Form::Collective | Form::Anaphor => {}
            }
        }
    }
}

/// 检察院 for 人民检察院, and not 县政府 for 县应急管理局.
fn is_short_for(cx: &Context, short: &Mention<Org>, full: &Mention<Org>) -> bool {
    let (ending, whole) = (cx.at(short.value.ending), cx.at(full.value.ending));
    cx.at(short.span) != cx.at(full.span) && ending != whole && whole.ends_with(ending)
}

fn key<'c>(cx: &'c Context, org: &Mention<Org>) -> Option<Key<'c>> {
    org.value.place.map(|place| (cx.at(place), org.value.family))
}

fn is_in_prose(cx: &Context, org: &Mention<Org>) -> bool {
    cx.manuscript.block_at(org.span.start).is_some_and(|block| block.kind.is_prose())
}
