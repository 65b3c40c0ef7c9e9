/*!
Slots: the places at which only a name can stand, as after 记者 in a byline or between a role and 说.

What stands in one may be no name at all; that is for the check to say.
*/

use super::person::{gap, is_label, next_in_list, on_role};
use super::shape::SAYING;
use super::{Context, Form};
use crate::manuscript::{Block, BlockKind};
use crate::text::{Span, han};

/// Why a name is expected at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SlotKind {
    /// In （记者… 通讯员…）.
    Label,
    /// After the posts of a byline.
    Byline,
    /// Between a role and a verb of speech.
    Speech,
}

/// A place at which only a name can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    pub span: Span,
    pub role: Span,
    pub kind: SlotKind,
}

/// The places at which only a name can stand, in order.
pub fn slots(cx: &Context) -> Vec<Slot> {
    let mut found = Vec::new();
    for role in cx.roles() {
        let Some(block) = cx.manuscript.block_at(role.span.start) else { continue };
        if is_label(cx.at(role.span)) && in_label(cx, block, role.span) {
            found.extend(items(cx, block, role.span, SlotKind::Label));
        } else if is_byline(cx, block) {
            found.extend(items(cx, block, role.span, SlotKind::Byline));
        } else {
            found.extend(speech(cx, block, role.span));
        }
    }
    let lone: Vec<Slot> = cx.manuscript.blocks.iter().filter_map(|block| lone(cx, block, &found)).collect();
    found.extend(lone);
    found.sort_by_key(|slot| slot.span);
    found
}

/// The last item of a boxed byline without a role: □…人民检察院 某某某.
fn lone(cx: &Context, block: &Block, known: &[Slot]) -> Option<Slot> {
    if !cx.at(block.span).trim_start().starts_with('□') || !is_byline(cx, block) {
        return None;
    }
    let text = cx.at(block.span).trim_end();
    let at = text.rfind(char::is_whitespace)?;
    let start = block.span.start as usize + at + text[at..].chars().next().map_or(0, char::len_utf8);
    let span = Span::new(start, block.span.start as usize + text.len());
    let organizations = cx.organizations();
    let before = organizations[..organizations.partition_point(|org| org.span.end <= span.start)].last()?;
    let free = block.span.contains(before.span) && !known.iter().any(|slot| slot.span.overlaps(span));
    let plain = cx.at(span).chars().all(is_name_char) && !on_role(cx, span);
    (free && plain).then_some(Slot { span, role: before.value.ending, kind: SlotKind::Byline })
}

/// Whether a block reads like a byline, whatever its kind: short, no sentence, an organization or □ at its head.
pub fn is_byline(cx: &Context, block: &Block) -> bool {
    match block.kind {
        BlockKind::Byline | BlockKind::Signature => return true,
        BlockKind::Paragraph | BlockKind::Item | BlockKind::Title | BlockKind::Heading => {}
        _ => return false,
    }
    let text = cx.at(block.span).trim();
    let plain = || !text.contains(|c| han::ends_clause(c) || matches!(c, '“' | '《' | '（' | '('));
    let boxed = || text.starts_with(['□', '■', '◎', '◇']);
    let short = text.len() <= 45 || text.len() <= 45 * 4 && text.chars().count() <= 45;
    short && plain() && (boxed() || headed_by_post(cx, block))
}

/// Whether a block is one post and at most a name: an organization first, a role in the last third.
fn headed_by_post(cx: &Context, block: &Block) -> bool {
    let organizations = cx.organizations();
    let first = organizations.get(organizations.partition_point(|org| org.span.start < block.span.start));
    let start = block.span.start as usize + (cx.at(block.span).len() - cx.at(block.span).trim_start().len());
    let last = cx.roles()[..cx.roles().partition_point(|role| role.span.start < block.span.end)].last();
    match (first, last) {
        (Some(org), Some(role)) if org.value.form != Form::Collective => {
            org.span.start as usize == start
                && role.span.start >= org.span.end
                && han::count(&cx.manuscript.text[role.span.end as usize..block.span.end as usize]) <= 4
        }
        _ => false,
    }
}

/// What stands after a label or post of a byline, item by item.
fn items(cx: &Context, block: &Block, role: Span, kind: SlotKind) -> Vec<Slot> {
    let text = cx.manuscript.text.as_str();
    let end = block.span.end as usize;
    let mut found = Vec::new();
    let mut at = gap(text, role.end as usize, end);
    loop {
        let rest = &text[at..end];
        let stop = rest.find(|c: char| !is_name_char(c)).unwrap_or(rest.len());
        let next_role = on_role(cx, Span::new(at, han::forth(text, at, 1)));
        let heads = rest[stop..].starts_with(['：', ':']);
        if stop == 0 || next_role || heads || rest[..stop].chars().count() > 12 {
            return found;
        }
        found.push(Slot { span: Span::new(at, at + stop), role, kind });
        let next = next_in_list(text, at + stop, end);
        if next == at + stop {
            return found;
        }
        at = next;
    }
}

fn speech(cx: &Context, block: &Block, role: Span) -> Option<Slot> {
    let text = cx.manuscript.text.as_str();
    let at = role.end as usize;
    let rest = &text[at..block.span.end as usize];
    let window = &rest[..han::forth(rest, 0, 7)];
    let verb = SAYING.iter().filter_map(|verb| window.find(verb)).min()?;
    let plain = verb > 0 && rest[..verb].chars().all(is_name_char);
    plain.then(|| Slot { span: Span::new(at, at + verb), role, kind: SlotKind::Speech })
}

/// Whether a label stands where reporters are named: in a byline, or right after an opening bracket or another item.
fn in_label(cx: &Context, block: &Block, role: Span) -> bool {
    if block.kind == BlockKind::Byline {
        return true;
    }
    if role.start - block.span.start > LABEL_HEAD {
        return false;
    }
    let head = &cx.manuscript.text[block.span.start as usize..role.start as usize];
    let open = head.rfind(['（', '(']);
    let close = head.rfind(['）', ')']);
    open.is_some() && open > close && head.chars().count() < 40 && !head.contains('。')
}

/// Bytes of a block before a label of its dateline, at the most.
const LABEL_HEAD: u32 = 160;

fn is_name_char(c: char) -> bool {
    han::is_han(c) || c.is_ascii_alphabetic() || matches!(c, '·' | '×' | '*' | '＊' | '○' | '〇' | 'Ｘ' | '？' | '_')
}
