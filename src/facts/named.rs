/*!
The names of an article, wherever a title before them or a verb after them shows one.

The facts tell who holds which post and are strict; for spelling it is enough that a text is meant as a name once, for
every other place is then compared with it. Masked names (李某某) are nobody's spelling.
*/

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap as HashMap;

use super::shape::{common_surname, not_a_name, surname_starts};
use super::{Context, NameKind, within};
use crate::lexicon::words::words;
use crate::manuscript::Article;
use crate::text::charset::CharSet;
use crate::text::{Span, han};

/// What stands before a name.
const BEFORE: &str = "主任 局长 院长 检察长 部长 书记 主席 校长 所长 经理 总裁 董事长 教授 法官 检察官 医生 医师 护士 \
    护士长 队长 村民 委员 市长 县长 区长 省长 总理 总统 干警 专家 负责人 选手 队员 研究员 作者 导演 厂长 被告人 律师 \
    记者 通讯员 嫌疑人 民警 老师 学生 同学 工程师 助理 秘书长 处长 科长 庭长 厅长 司长 行长 镇长 乡长 社长 馆长 台长 \
    会长 理事长 司令员 政委 院士 博士 教练 店主 老板 农民 工人 职工 员工 居民 市民 游客 代表 大使 发言人 先生 女士 将军 \
    团长 师长 军长 连长 班长 组长 党员 青年 战士 演员 歌手 画家 作家 诗人 学者 创始人 总监 司机 船长 机长 乘客 患者 名叫 户主 领导人 脱贫户 \
    同志 主编 编辑 编剧 主播 主持人 站长 园长 村长 镇长 州长 首相 外长 防长 大臣 特使 参赞 冠军 名将 球员 老人 大爷 大妈 \
    阿姨 师傅 志愿者 网格员 调解员 书记员 审判员 审判长 陪审员 管理员 技术员 保管员 会计 出纳 业主 租户 商户 原告 被告 证人";
/// What stands after a name.
const AFTER: &str = "说 表示 介绍 告诉 指出 强调 认为 坦言 出席 主持 会见 讲话 要求 宣布 致辞 透露 回忆 感慨 解释 同志 \
    主席 总理 总统 主任 书记 教授 先生 女士 老师 院长 局长 委员长 部长 省长 市长 县长 院士 摄 常 曾 笑 回应 补充";
/// Titles after a name, which nothing but a name has before it.
const CALLED: &[&str] = &["同志", "院士", "先生", "女士", "委员长"];
/// Characters that no given name has.
static LITTLE: CharSet = CharSet::new(
    "的了在是和与及等说为对向被把将这那个们中上下里也就都又还不有从到以之于其并而或者但后前时某会员所各该\
    本等由让给比使请您你我他她它什么吗呢吧啊",
);

/// A name of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'m> {
    pub text: &'m str,
    /// A title, a label or a verb shows it; else only that it stands often where a name may.
    pub told: bool,
}

/// The same, and where it stands first.
pub(super) struct Spelling {
    pub span: Span,
    pub told: bool,
}

/// The different names of an article, in the order of their spelling.
pub(super) fn spellings(cx: &Context, article: &Article) -> Vec<Spelling> {
    let people = within(cx.people(), article.span, |name| name.span);
    let known =
        people.iter().filter(|name| name.value.kind != NameKind::Masked).map(|name| (cx.at(name.span), name.span));
    let kept = known.filter(|(name, _)| (2..=8).contains(&name.chars().count()) && !name.contains('某'));
    let mut names: BTreeMap<&str, (Span, bool)> = kept.map(|(name, span)| (name, (span, true))).collect();
    let start = article.span.start as usize;
    for (name, found) in shaped_names(article.span.of(cx.manuscript.text.as_str())) {
        let told = found.told || found.titled && found.count >= 2;
        let often = found.begins && found.count >= 2 && is_no_wording(name);
        if (told || often) && is_plausible(name) {
            let span = Span::new(start + found.at, start + found.at + name.len());
            names.entry(name).or_insert((span, false)).1 |= told;
        }
    }
    names.into_values().map(|(span, told)| Spelling { span, told }).collect()
}

/// How a text that is built like a name stands in an article.
#[derive(Clone, Copy, Default)]
struct Found {
    /// Where it stands first.
    at: usize,
    count: u32,
    /// It begins a clause somewhere.
    begins: bool,
    /// A title stands before it somewhere.
    titled: bool,
    /// What stands before and after it somewhere shows a name.
    told: bool,
}

fn shaped_names(text: &str) -> HashMap<&str, Found> {
    let mut all: HashMap<&str, Found> = HashMap::default();
    let starts = surname_starts();
    for (at, _) in text.char_indices().filter(|(_, c)| starts.contains(*c) && !LITTLE.contains(*c)) {
        let Some(name) = shaped(&text[at..]) else { continue };
        let before = before(text, at);
        let found = all.entry(name).or_insert(Found { at, ..Found::default() });
        found.count += 1;
        found.begins |= before == Before::Mark;
        found.titled |= before == Before::Title;
        found.told = found.told || is_shown(text, at, name, before);
    }
    all
}

/// Whether the cut of a text has no word of the language but names.
pub fn is_no_wording(name: &str) -> bool {
    let mut parts = words().cut(name).into_iter().map(|part| &name[part]);
    parts.all(|part| {
        let short = part.chars().nth(1).is_none();
        short || words().get(part).is_none_or(|word| is_name_tag(word.tag) || word.frequency < 5)
    })
}

fn is_name_tag(tag: &str) -> bool {
    tag.starts_with("nr") || tag == "nz"
}

/// What stands before a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// No Han character.
    Mark,
    Title,
    Other,
}

fn before(text: &str, at: usize) -> Before {
    let head = text[..at].trim_end_matches([' ', '\u{3000}']);
    match head.chars().next_back() {
        Some(c) if !han::is_han(c) => Before::Mark,
        None => Before::Mark,
        Some(_) if title_before(text, at).is_some() => Before::Title,
        Some(_) => Before::Other,
    }
}

/// The title that ends before a place.
pub fn title_before(text: &str, at: usize) -> Option<&'static str> {
    static TITLES: OnceLock<HashMap<char, Vec<&'static str>>> = OnceLock::new();
    let titles = TITLES.get_or_init(|| by_character(BEFORE, |title| title.chars().next_back()));
    let head = text[..at].trim_end_matches([' ', '\u{3000}']);
    let likely = titles.get(&head.chars().next_back()?)?;
    likely.iter().copied().find(|title| head.ends_with(title))
}

/// Whether a text begins with what follows a name.
fn says(after: &str) -> bool {
    static VERBS: OnceLock<HashMap<char, Vec<&'static str>>> = OnceLock::new();
    let verbs = VERBS.get_or_init(|| by_character(AFTER, |verb| verb.chars().next()));
    let first = after.chars().next().and_then(|c| verbs.get(&c));
    first.is_some_and(|likely| likely.iter().any(|verb| after.starts_with(verb)))
}

/// Words by one of their characters.
fn by_character(list: &'static str, pick: fn(&str) -> Option<char>) -> HashMap<char, Vec<&'static str>> {
    let mut words: HashMap<char, Vec<&str>> = HashMap::default();
    for word in list.split_whitespace() {
        words.entry(pick(word).unwrap_or_default()).or_default().push(word);
    }
    words
}

/// A surname that is not rare and two characters that a given name may have, at the head of a text.
fn shaped(rest: &str) -> Option<&str> {
    let surname = common_surname(rest)?;
    let mut given = rest[surname..].chars();
    let plain = |c: &char| han::is_han(*c) && !LITTLE.contains(*c);
    given.next().filter(plain)?;
    given.next().filter(plain)?;
    Some(&rest[..rest.len() - given.as_str().len()])
}

/// Whether a title or a verb shows that a name stands at a place.
fn is_shown(text: &str, at: usize, name: &str, before: Before) -> bool {
    let after = &text[at + name.len()..];
    static HEADS: CharSet = CharSet::heads(CALLED);
    let first = after.chars().next();
    let called = || first.is_some_and(|c| HEADS.contains(c)) && CALLED.iter().any(|title| after.starts_with(title));
    match before {
        Before::Mark => says(after),
        Before::Title => first.is_none_or(|c| !han::is_han(c) || LITTLE.contains(c)) || says(after),
        Before::Other => called(),
    }
}

/// Whether no word of the language stands at the head of the name or is the whole of it.
fn is_plausible(name: &str) -> bool {
    let head = &name[..han::forth(name, 0, 2)];
    let common = |word: &str, least: u32| {
        words().get(word).is_some_and(|known| !is_name_tag(known.tag) && known.frequency >= least)
    };
    not_a_name(name).is_none() && !common(name, 1) && !common(head, 300)
}
