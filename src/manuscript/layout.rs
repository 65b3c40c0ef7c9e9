/*!
From sources to the manuscript.
*/

use super::{Article, Block, BlockKind, Manuscript};
use crate::read::txt;
use crate::text::{Segment, Source, Span, SpanMap};

/// Reads the sources of one manuscript.
pub fn read_manuscript(sources: Vec<Source>) -> Manuscript {
    let mut text = String::new();
    let mut map = SpanMap::default();
    let mut blocks = Vec::new();
    let mut sentences = Vec::new();
    for (file, source) in sources.iter().enumerate() {
        for raw in txt::read(file as u16, source) {
            let start = text.len();
            for piece in raw.pieces {
                let from = text.len();
                text.push_str(piece.of(&source.text));
                map.push(Segment { reading: Span::new(from, text.len()), source: piece, verbatim: true });
            }
            let span = Span::new(start, text.len());
            text.push('\n');
            sentences.push(span);
            blocks.push(Block { kind: BlockKind::Paragraph, span, article: 0, level: 0, lead: None, cell: None });
        }
    }
    let articles = vec![Article { blocks: 0..blocks.len(), span: Span::new(0, text.len()) }];
    Manuscript { sources, text, map, alterations: Vec::new(), articles, blocks, sentences }
}
