/*!
Headings that lie deeper than the one above them allows, where the format shows levels.
*/

use super::{Fault, Slip};
use crate::facts::Context;
use crate::facts::series::{Style, ordinal};
use crate::manuscript::{Block, BlockKind};

pub(super) fn find(cx: &Context) -> Vec<Slip> {
    let mut slips = Vec::new();
    for article in &cx.manuscript.articles {
        let levelled = |block: &&Block| {
            let heads = matches!(block.kind, BlockKind::Heading | BlockKind::Title);
            block.level > 0 && heads && !cx.at(block.span).ends_with('#')
        };
        let headings: Vec<&Block> = cx.manuscript.blocks_of(article).iter().filter(levelled).collect();
        for pair in headings.windows(2).filter(|pair| pair[1].level > pair[0].level + 1) {
            let mut slip = Slip::new(Fault::Level, pair[1].span);
            slip.other = Some(pair[0].span);
            slip.sure = headings.iter().any(|other| other.level < pair[1].level && are_siblings(cx, other, pair[1]));
            slips.push(slip);
        }
    }
    slips
}

/// 1.1 and 1.2: numbers of the same depth, that ought to be of one level.
fn are_siblings(cx: &Context, one: &Block, other: &Block) -> bool {
    let path = |block: &Block| {
        let (ordinal, _) = ordinal::read(cx.at(block.span), block.kind)?;
        (ordinal.style == Style::Decimal && !ordinal.path.is_empty()).then_some(ordinal.path)
    };
    matches!((path(one), path(other)), (Some(one), Some(other)) if one.len() == other.len())
}
