/*!
Quoted phrases of one pattern: “行有导向” and further on “千有方向”, where 干有方向 was meant.

Two phrases of an article that share two places are of one pattern. Told is the one of them that has, where they differ,
a numeral or other character that its neighbours in the phrase never stand with, and that looks like a verb.
*/

use rustc_hash::FxHashMap as HashMap;

use crate::facts::{Context, within};
use crate::finding::Findings;
use crate::lexicon::grams::is_attested;
use crate::lexicon::likeness::look_alike;
use crate::lexicon::words::words;
use crate::text::{Span, han};

struct Phrase {
    span: Span,
    characters: Vec<char>,
}

/// Characters that are read for a verb that looks alike, with that verb.
const READ_FOR: &[(char, char)] = &[
    ('千', '干'),
    ('于', '干'),
    ('未', '来'),
    ('末', '来'),
    ('人', '入'),
    ('八', '入'),
    ('土', '上'),
    ('士', '上'),
    ('日', '目'),
    ('曰', '日'),
    ('天', '夫'),
    ('夭', '天'),
    ('己', '已'),
    ('巳', '己'),
    ('刀', '力'),
    ('万', '方'),
    ('王', '主'),
    ('问', '向'),
    ('间', '问'),
    ('同', '问'),
    ('治', '冶'),
    ('冶', '治'),
    ('折', '析'),
    ('拆', '折'),
    ('贷', '货'),
    ('栽', '裁'),
    ('裁', '栽'),
    ('载', '裁'),
    ('壮', '状'),
    ('网', '冈'),
    ('鸟', '乌'),
    ('免', '兔'),
    ('兔', '免'),
    ('刺', '剌'),
    ('沾', '治'),
    ('抹', '扶'),
    ('拨', '拔'),
    ('拔', '拨'),
    ('历', '厉'),
    ('没', '设'),
];

pub fn check(cx: &Context, findings: &mut Findings) {
    for article in cx.manuscript.wholes().iter() {
        let phrases = phrases(cx, article.span);
        let mut patterns: HashMap<(usize, usize, char, usize, char), usize> = HashMap::default();
        for (index, phrase) in phrases.iter().enumerate() {
            let first = keys(phrase).into_iter().find_map(|key| patterns.get(&key).copied());
            keys(phrase).into_iter().for_each(|key| {
                patterns.entry(key).or_insert(index);
            });
            let Some(first) = first.filter(|first| phrases[*first].characters != phrase.characters) else { continue };
            for (wrong, right) in [(phrase, &phrases[first]), (&phrases[first], phrase)] {
                if let Some(meant) = meant(wrong, right) {
                    let draft = findings.at(wrong.span).slot("wrong", cx.at(wrong.span)).slot("right", meant);
                    draft.slot("other", cx.at(right.span)).note(right.span).push();
                    break;
                }
            }
        }
    }
}

/// The quoted phrases of three to six Han characters.
fn phrases(cx: &Context, article: Span) -> Vec<Phrase> {
    let pairs = within(&cx.pairs().pairs, article, |pair| pair.open).iter();
    let inside = pairs.filter(|pair| cx.at(pair.open) == "“").map(|pair| pair.inside());
    let phrases = inside.map(|span| Phrase { span, characters: cx.at(span).chars().take(7).collect() });
    let plain = |phrase: &Phrase| {
        (3..=6).contains(&phrase.characters.len()) && phrase.characters.iter().all(|c| han::is_han(*c))
    };
    phrases.filter(plain).collect()
}

/// What phrases of one pattern share: the length and two places with their characters.
fn keys(phrase: &Phrase) -> Vec<(usize, usize, char, usize, char)> {
    let characters = &phrase.characters;
    let places = (0..characters.len()).flat_map(|i| (i + 1..characters.len()).map(move |j| (i, j)));
    places.map(|(i, j)| (characters.len(), i, characters[i], j, characters[j])).collect()
}

/// The phrase that was meant, if a character of the first one is strange where the two differ.
fn meant(wrong: &Phrase, right: &Phrase) -> Option<String> {
    let characters = &wrong.characters;
    for (place, c) in characters.iter().enumerate().filter(|(place, c)| right.characters[*place] != **c) {
        if han::is_numeral(*c) && han::is_numeral(right.characters[place]) {
            continue;
        }
        let Some((_, verb)) = READ_FOR.iter().find(|(seen, verb)| seen == c && look_alike(*seen, *verb)) else {
            continue;
        };
        let sides = [place.checked_sub(1).map(|left| left..place + 1), Some(place..place + 2)];
        let mut sides = sides.into_iter().flatten().filter_map(|range| characters.get(range));
        let strange = sides.all(|side| !is_attested(side) && !words().has(&side.iter().collect::<String>()));
        if strange {
            let mut meant = characters.clone();
            meant[place] = *verb;
            return Some(meant.into_iter().collect());
        }
    }
    None
}
