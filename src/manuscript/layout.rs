/*!
From sources to the manuscript: each source is read, classified, normalised and mended; then the blocks are written down
as the reading text, one line each.
*/

use super::article::Articles;
use super::draft::Draft;
use super::{Alteration, Article, Block, BlockKind, Manuscript, classify, mend, normalise, sentence};
use crate::read::{Document, Mark, RawBlock};
use crate::text::{Segment, Source, Span};

/// Reads plain texts as one manuscript.
pub fn read_manuscript(sources: Vec<Source>) -> Manuscript {
    lay_out(sources.into_iter().map(Document::text).collect())
}

/// Lays out the documents of one manuscript. Never fails: what could not be understood is a paragraph.
pub fn lay_out(documents: Vec<Document>) -> Manuscript {
    let mut manuscript = Manuscript::default();
    for (file, mut document) in documents.into_iter().enumerate() {
        document.renumber(file as u16);
        let Document { source, blocks } = document;
        manuscript.text.reserve(source.text.len());
        manuscript.blocks.reserve(blocks.len());
        let mut mended = mend::mend(drafts(&source, blocks), &source).peekable();
        let mut articles = Articles::after(manuscript.articles.len());
        while let Some(draft) = mended.next() {
            let article = articles.of(&draft, mended.peek());
            write(&mut manuscript, draft, article);
        }
        drop(mended);
        manuscript.sources.push(source);
    }
    manuscript
}

/// The blocks of one source. Each draft is made when it is asked for, because there may be millions.
fn drafts(source: &Source, blocks: Vec<RawBlock>) -> impl Iterator<Item = Draft> {
    let kinds = classify::classify(&classify::look(&blocks, source));
    blocks.into_iter().zip(kinds).flat_map(|(raw, (kind, level))| {
        let draft = normalise::normalise(&raw, kind, source);
        let (byline, rest) = split_dateline(Draft { level, ..draft });
        byline.into_iter().chain([rest])
    })
}

/// 本报讯（记者…） at the start of a paragraph is a byline and not part of its first sentence.
fn split_dateline(draft: Draft) -> (Option<Draft>, Draft) {
    let prose = matches!(draft.kind, BlockKind::Paragraph | BlockKind::Title | BlockKind::Heading);
    match classify::dateline(&draft.text).filter(|&at| prose && at < draft.text.len()) {
        Some(at) => {
            let (mut byline, rest) = draft.split(at);
            byline.kind = BlockKind::Byline;
            (Some(byline), Draft { kind: BlockKind::Paragraph, ..rest })
        }
        None => (None, draft),
    }
}

fn write(manuscript: &mut Manuscript, draft: Draft, article: usize) {
    let at = manuscript.text.len();
    let shift = |span: Span| Span { start: span.start + at as u32, end: span.end + at as u32 };
    for segment in draft.segments {
        manuscript.map.push(Segment { reading: shift(segment.reading), ..segment });
    }
    let moved = draft.alterations.into_iter();
    manuscript.alterations.extend(moved.map(|alteration| Alteration { span: shift(alteration.span), ..alteration }));
    manuscript.opaque.extend(draft.opaque.into_iter().map(shift));
    let span = Span::new(at, at + draft.text.len());
    manuscript.sentences.extend(sentence::sentences(&draft.text, at));
    manuscript.text.push_str(&draft.text);
    manuscript.text.push('\n');
    let cell = match draft.mark {
        Mark::Cell(table, row, column) => Some((table, row, column)),
        _ => None,
    };
    let lead = (draft.lead > 0).then(|| Span::new(at, at + draft.lead));
    let headless = draft.headless;
    manuscript.blocks.push(Block { kind: draft.kind, span, article, level: draft.level, lead, cell, headless });
    let index = manuscript.blocks.len();
    if article == manuscript.articles.len() {
        manuscript.articles.push(Article { blocks: index - 1..index, span });
    } else if let Some(open) = manuscript.articles.last_mut() {
        open.blocks.end = index;
        open.span = open.span.hull(span);
    }
}
