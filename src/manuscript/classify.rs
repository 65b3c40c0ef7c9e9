/*!
What each block is to a reader: 标题, 栏头, 署名, 小标题, 段落, 列表项, 图片说明, 注, 落款.

What the format says counts first, then what the block itself looks like, and last what stands around it. A block that
looks like nothing in particular is a paragraph. Patterns here take half-width and full-width marks alike, because
classification comes before normalisation.
*/

use std::borrow::Cow;
use std::sync::LazyLock;

use super::BlockKind;
use crate::lexicon::table;
use crate::read::{Mark, RawBlock};
use crate::text::charset::CharSet;
use crate::text::pattern::Pattern;
use crate::text::{Source, han};

/// A raw block with its plain text, for looking at its neighbours.
pub struct Look<'b> {
    pub raw: &'b RawBlock,
    pub text: Cow<'b, str>,
}

/// Longest line without an end mark that may be a title or heading, in characters.
const TITLE: usize = 45;
/// Longest line that may be a byline, in characters.
const BYLINE: usize = 60;

static CAPTION: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^(图为|上图|下图|左图|右图|题图|图①|[①-⑨]图|[图表]\s?\d+([-－.—]\d+)?([\s　:：]|$)|图[:：]|图片说明)|[\s　/／](摄|摄影|供图|制图|图|绘)[）)]?$|(摄影|供图|制图)[:：/／][^，。]{2,8}$",
    )
});
static NOTE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"^(注|注释|备注|编者按|编者注|资料来源|数据来源)[:：]|^[\[［]\^?\d+[\]］][:：]?\s?\S")
});
static DATE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^[（(]?(\d{4}|[〇零○一二三四五六七八九]{4})\s?年\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?月\s?(\d{1,2}|[一二三四五六七八九十]{1,3})\s?日[）)]?$",
    )
});
static REPORTERS: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^(本报|本网|本刊|新华社|特约|见习|实习)*(记者|通讯员|特约记者|作者|编辑|文|图文|撰文|文/图|整理)[\s　:：/／]",
    )
});
static AUTHORS: LazyLock<Pattern> =
    LazyLock::new(|| Pattern::new(r"^[（(](作者|记者|本报记者|通讯员|责任编辑|责编|编辑|执笔|整理)[^。]{2,50}[）)]$"));
static ITEM: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^([（(][一二三四五六七八九十百\d]{1,4}[）)]|\d{1,2}[.．、)）]\s?[^\d]|[①-⑳]|[一二三四五六七八九十]{1,3}是)",
    )
});
static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^([一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百\d]{1,4}[章节编篇部]|[（(][一二三四五六七八九十]{1,3}[）)])",
    )
});
/// 电头: the dateline of a report, with the names in brackets.
static DATELINE: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(
        r"^(本[报网刊社台]|新华社|人民网|中新社|中新网|央广网)[^。，！？；“”（(]{0,20}[（(][^（）()。]{0,6}(记者|通讯员|特约)[^（）()。]{1,60}[）)]",
    )
});

/// Lines of contact and credit at the foot of a page.
static CONTACT: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::new(r"\d{5,}|电话|邮箱|邮编|热线|网址|微信|来源|责编|编辑|校对|审核|监制|美编|地址[:：]|https?:")
});

/// Characters with which what the patterns above look for begins.
static NOTES: CharSet = CharSet::new("注备编资数[［");
static REPORTED: CharSet = CharSet::new("本新特见实记通作编文图撰整");
static ENUMERATED: CharSet = CharSet::new("（(0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳一二三四五六七八九十第");
static DATELINED: CharSet = CharSet::new("本新人中央");
static CAPTIONED: CharSet = CharSet::new("图上下左右题表①②③④⑤⑥⑦⑧⑨");
/// Characters of which one stands near the end of a line of credit.
static CREDITED: CharSet = CharSet::new("摄影图绘");

fn begins(text: &str, set: &CharSet) -> bool {
    text.chars().next().is_some_and(|c| set.contains(c))
}

/// Whether a short text is a caption.
fn is_caption(text: &str) -> bool {
    let credited = || text.chars().rev().take(12).any(|c| CREDITED.contains(c));
    (begins(text, &CAPTIONED) || credited()) && CAPTION.is_match(text)
}

/// Whether a text is nothing but a date.
fn is_date(text: &str) -> bool {
    text.len() <= DATED && text.contains('年') && DATE.is_match(text)
}

/// The most bytes of a date: two brackets, 二〇二五年十二月三十一日 and white space between.
const DATED: usize = 80;

/// The plain text of raw blocks.
pub fn look<'b>(blocks: &'b [RawBlock], source: &'b Source) -> Vec<Look<'b>> {
    let text = |raw: &'b RawBlock| match &raw.pieces[..] {
        [piece] if raw.is_verbatim() => Cow::Borrowed(piece.of(&source.text)),
        _ => Cow::Owned(raw.shown(&source.text).map(|piece| piece.text).collect()),
    };
    blocks.iter().map(|raw| Look { raw, text: text(raw) }).collect()
}

/// The kind and heading level of every block.
pub fn classify(looks: &[Look]) -> Vec<(BlockKind, u8)> {
    let mut kinds: Vec<(BlockKind, u8)> = looks.iter().map(alone).collect();
    for index in 0..looks.len() {
        if kinds[index].0 == BlockKind::Heading && ends_closed(&looks[index].text) && !heads_text(looks, index) {
            kinds[index].0 = BlockKind::Item;
        }
    }
    for index in 0..looks.len() {
        if kinds[index] == (BlockKind::Paragraph, 0) && is_label(&looks[index].text) {
            kinds[index] = (in_place(looks, &kinds, index), 0);
        }
    }
    signatures(looks, &mut kinds);
    kinds
}

/// Where a dateline with names ends, when the text begins with one, in bytes.
///
/// ```
/// use kanwu::manuscript::classify::dateline;
/// assert_eq!(dateline("本报讯（记者 韩松）入冬以来"), Some("本报讯（记者 韩松）".len()));
/// assert_eq!(dateline("本报讯入冬以来"), None);
/// ```
pub fn dateline(text: &str) -> Option<usize> {
    let found = if begins(text, &DATELINED) { DATELINE.find(text) } else { None };
    found.map(|found| found.end())
}

/// What a block says of itself.
fn alone(look: &Look) -> (BlockKind, u8) {
    let text = &*look.text;
    match look.raw.mark {
        Mark::Code => return (BlockKind::Code, 0),
        Mark::Cell(..) => return (BlockKind::Cell, 0),
        Mark::Heading(1) => return (BlockKind::Title, 1),
        Mark::Heading(level) => return (BlockKind::Heading, level),
        Mark::Caption => return (BlockKind::Caption, 0),
        Mark::Note => return (BlockKind::Note, 0),
        Mark::Item => return (BlockKind::Item, 0),
        Mark::None => {}
    }
    let length = text.chars().count();
    let kind = if text.starts_with(['●', '◆', '★']) && length <= TITLE && !ends_closed(text) {
        BlockKind::ColumnHead
    } else if length <= BYLINE && is_byline(text) {
        BlockKind::Byline
    } else if length <= 2 * BYLINE && is_caption(text) {
        BlockKind::Caption
    } else if begins(text, &NOTES) && NOTE.is_match(text) {
        BlockKind::Note
    } else if text.starts_with(['（', '(']) && AUTHORS.is_match(text) || (length <= 20 && is_date(text)) {
        BlockKind::Signature
    } else if !begins(text, &ENUMERATED) {
        BlockKind::Paragraph
    } else if length <= TITLE && NUMBERED.is_match(text) && is_heading_line(text) {
        BlockKind::Heading
    } else if ITEM.is_match(text) {
        BlockKind::Item
    } else {
        BlockKind::Paragraph
    };
    (kind, 0)
}

/// `□…`, `记者 …`, or an organization with an office and then, after a space, a name.
fn is_byline(text: &str) -> bool {
    if text.contains(['。', '；', '！', '？']) {
        return false;
    }
    if text.starts_with(['□', '■', '○', '◎', '▢', '◇', '△']) {
        return true;
    }
    begins(text, &REPORTED) && REPORTERS.is_match(text) || office_and_name(text)
}

/// The last word after a space has the length of a name and follows an office that is written before a name.
fn office_and_name(text: &str) -> bool {
    let Some((head, name)) = text.rsplit_once([' ', '　']) else { return false };
    let length = name.chars().count();
    let named = (2..=4).contains(&length) && name.chars().all(|c| han::is_han(c) || c == '·');
    let head = head.trim_end();
    named && head.chars().count() >= 5 && ends_in_office(head)
}

fn ends_in_office(head: &str) -> bool {
    let found = table::ROLES.find(head);
    found.iter().any(|(span, row)| span.end as usize == head.len() && row.column(2) == "post" && span.len() >= 6)
}

/// A short line without an end mark: something that is read as a label and not as a sentence.
fn is_label(text: &str) -> bool {
    if text.len() > TITLE * 4 || ends_closed(text) || ends_open(text) || text.contains(['。', '；']) {
        return false;
    }
    let length = text.chars().count();
    let commas = text.matches(['，', ',']).count();
    let longest = if commas > 0 { TITLE - 15 } else { TITLE };
    commas <= 1 && (2..=longest).contains(&length) && !CONTACT.is_match(text)
}

/// Ends with a mark that ends a sentence, closing quotes and brackets passed over.
pub fn ends_closed(text: &str) -> bool {
    let last = text.trim_end().chars().rev().find(|&c| !han::closes(c) && c != '"' && c != '*');
    last.is_some_and(|c| han::ends_sentence(c) || matches!(c, ':' | '：' | ';' | '；' | '.' | '—'))
}

/// Ends with a mark after which the sentence must go on.
pub fn ends_open(text: &str) -> bool {
    let text = text.trim_end();
    let opened = text.strip_suffix(['（', '(', '“', '《']);
    text.ends_with(['，', '、', ',']) || opened.is_some_and(|before| !ends_closed(before))
}

/// One sentence at the most, its end mark being the last character if there is one.
fn is_heading_line(text: &str) -> bool {
    let body = text.trim_end_matches(['。', '.', '：', ':']);
    let body = body.split_once(['、', '）', ')']).map_or(body, |(_, rest)| rest);
    !body.contains(['。', '；', ';', '，', ',']) && body.chars().count() <= 30
}

/// A numbered line that ends in a full stop is a heading only if it is short and text without a number follows.
fn heads_text(looks: &[Look], index: usize) -> bool {
    let text = &looks[index].text;
    let marked = matches!(looks[index].raw.mark, Mark::Heading(_));
    let short =
        text.chars().count() <= 14 && !text.starts_with(['（', '(']) && !text.contains(|c: char| c.is_ascii_digit());
    let next = looks.get(index + 1).map(|next| &*next.text);
    let body = next.is_some_and(|next| !NUMBERED.is_match(next) && next.chars().count() > text.chars().count());
    marked || (short && body)
}

/// A label is a title where a piece begins or stands alone at the end of the page, and a heading elsewhere.
fn in_place(looks: &[Look], kinds: &[(BlockKind, u8)], index: usize) -> BlockKind {
    let above = index.checked_sub(1).map(|above| kinds[above].0);
    let starts = above.is_none_or(|kind| matches!(kind, BlockKind::ColumnHead | BlockKind::Title));
    let heads = match looks.get(index + 1) {
        Some(next) => kinds[index + 1].0 == BlockKind::Byline || begins_report(&next.text),
        None => false,
    };
    let length = looks[index].text.chars().count();
    if starts || heads {
        return if length >= 4 { BlockKind::Title } else { BlockKind::Heading };
    }
    if above == Some(BlockKind::Cell) || looks[index].text.chars().filter(|&c| han::is_han(c)).count() < 2 {
        return BlockKind::Paragraph;
    }
    if open_prose(looks, kinds, index) {
        return BlockKind::Paragraph;
    }
    let rest_are_labels =
        (index..looks.len()).all(|at| kinds[at].0 == BlockKind::Paragraph && is_label(&looks[at].text));
    let after_prose = above.is_some_and(BlockKind::is_prose) || kinds[..index].iter().any(|kind| kind.0.is_prose());
    if rest_are_labels && after_prose && length >= 6 && looks[index].raw.gap > 0 {
        return BlockKind::Title;
    }
    if looks.len() == index + 1 { BlockKind::Paragraph } else { BlockKind::Heading }
}

/// The paragraph above was broken off, so this line may be the rest of it.
fn open_prose(looks: &[Look], kinds: &[(BlockKind, u8)], index: usize) -> bool {
    let Some(above) = index.checked_sub(1) else { return false };
    let text = &looks[above].text;
    kinds[above].0.is_prose() && !ends_closed(text) && !is_label(text)
}

/// The paragraph below opens a report.
fn begins_report(text: &str) -> bool {
    let heads = ["本报讯", "本报记者", "新华社", "央视网消息", "中新网", "本网讯", "本报北京"];
    heads.iter().any(|head| text.starts_with(head)) || dateline(text).is_some()
}

/// 落款: a line before a date line, when it names a body and is no sentence.
fn signatures(looks: &[Look], kinds: &mut [(BlockKind, u8)]) {
    for index in 1..looks.len() {
        if kinds[index].0 != BlockKind::Signature || !is_date(&looks[index].text) {
            continue;
        }
        let above = &looks[index - 1];
        let plain = matches!(kinds[index - 1].0, BlockKind::Heading | BlockKind::Paragraph | BlockKind::Title);
        if plain && index > 1 && above.raw.mark == Mark::None && is_label(&above.text) {
            kinds[index - 1] = (BlockKind::Signature, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<BlockKind> {
        let source = Source::from_text("稿.txt", text);
        let blocks = crate::read::txt::read(0, &source);
        classify(&look(&blocks, &source)).into_iter().map(|kind| kind.0).collect()
    }

    #[test]
    fn what_is_asked_first_lets_every_match_through() {
        let brackets = CharSet::new("（(");
        for (pattern, set) in [
            (&NOTE, &NOTES),
            (&REPORTERS, &REPORTED),
            (&NUMBERED, &ENUMERATED),
            (&ITEM, &ENUMERATED),
            (&DATELINE, &DATELINED),
            (&AUTHORS, &brackets),
        ] {
            let heads = pattern.heads();
            assert!(!heads.is_empty());
            assert!(heads.iter().all(|c| set.contains(*c)), "{heads:?}");
        }
    }

    use BlockKind::*;

    #[test]
    fn a_page_of_a_newspaper() {
        let text = "●基层法治观察\n\n渡口边的调解室\n\n□江西省鄱阳县莲湖司法所\n\n湖水退了，纠纷也少了。\n\n岸上添新灯\n\n本报讯（记者 洪涛）灯亮了。\n\n图为莲湖渡口。 洪涛 摄\n";
        assert_eq!(kinds(text), [ColumnHead, Title, Byline, Paragraph, Title, Paragraph, Caption]);
    }

    #[test]
    fn a_notice() {
        let text = "关于做好防汛工作的通知\n\n各乡镇：\n现将有关事项通知如下：\n一、总体要求\n坚持预防为主。\n（一）加强巡查。每日两次。\n\n余干县水利局\n2025年6月3日\n";
        assert_eq!(kinds(text), [Title, Paragraph, Paragraph, Heading, Paragraph, Item, Signature, Signature]);
    }

    #[test]
    fn an_office_and_a_name_make_a_byline() {
        assert_eq!(kinds("题目在此\n青海省海东市乐都区水务局党组书记、局长 马文山\n正文。")[1], Byline);
        assert_ne!(kinds("题目在此\n青海省海东市乐都区水务局局长说得对 是的\n正文。")[1], Byline);
    }
}
