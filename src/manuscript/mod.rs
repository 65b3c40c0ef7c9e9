/*!
Layer 3: what a person would read.

[`read`](crate::read) hands over raw blocks: pieces of a source and what the format says of them. Here they are
normalised character by character, classified, mended where layout broke a paragraph, and laid out as the canonical
reading text with its articles and sentences. Flat vectors, not trees. Reading never fails.
*/

pub mod article;
pub mod classify;
mod draft;
pub mod layout;
pub mod mend;
pub mod normalise;
pub mod sentence;

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::{Source, Span, SpanMap, Spans};

pub use layout::{lay_out, read_manuscript};

/// A manuscript, read.
#[derive(Clone, Debug, Default)]
pub struct Manuscript {
    pub sources: Vec<Source>,
    /// The reading text: blocks in reading order, one line each.
    pub text: String,
    pub map: SpanMap,
    /// What the reading text has mended, in reading order.
    pub alterations: Vec<Alteration>,
    pub articles: Vec<Article>,
    pub blocks: Vec<Block>,
    /// Sentences in reading order; none crosses a block.
    pub sentences: Vec<Span>,
    /// Code and addresses inside blocks of text, as the format marks them, in reading order.
    pub opaque: Vec<Span>,
}

/// One repair of the reader: the reading text has it mended, the source has it as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alteration {
    pub what: Repair,
    /// In the reading text; empty where something was left out.
    pub span: Span,
    /// What stands in the source.
    pub was: Spans,
}

/// The kinds of repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Repair {
    /// A paragraph that was broken inside is joined; the span is the empty place of the joint.
    Break,
    /// A caption that stood inside a broken paragraph is set aside; the span is the caption's block.
    Caption,
    /// A half-width mark in Chinese text.
    HalfWidth,
    /// A full-width letter or digit.
    FullWidth,
    /// A radical or compatibility form that looks like a character and is not.
    Lookalike,
    /// A character without width, left out.
    Invisible,
    /// A control character, left out.
    Control,
    /// A space inside a word or sentence, left out.
    Space,
    /// A line end inside a paragraph that is set in lines, left out; nothing is wrong with it.
    Wrap,
    /// A mark of markup (`# `, `**`, `> `), left out; nothing is wrong with it.
    Residue,
}

/// A piece of the page that stands on its own, with title and byline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub blocks: Range<usize>,
    pub span: Span,
}

/// Index into [`Manuscript::articles`].
pub type ArticleId = usize;

/// One block of the reading text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
    pub article: ArticleId,
    /// 1 to 6 for headings of known level, else 0.
    pub level: u8,
    /// A bold run-in heading at the start of a paragraph.
    pub lead: Option<Span>,
    /// Table, row and column of a cell, each from 0.
    pub cell: Option<(u32, u32, u32)>,
    /// It begins inside a word whose beginning is nowhere: the head of the piece is lost.
    pub headless: bool,
}

/// What a block is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// 标题
    Title,
    /// 栏头
    ColumnHead,
    /// 署名（稿首）
    Byline,
    /// 小标题
    Heading,
    /// 段落
    Paragraph,
    /// 列表项
    Item,
    /// 单元格
    Cell,
    /// 图片说明、图题、表题
    Caption,
    /// 注
    Note,
    /// 落款：单位和日期
    Signature,
    /// 代码
    Code,
}

impl BlockKind {
    pub const ALL: [BlockKind; 11] = [
        BlockKind::Title,
        BlockKind::ColumnHead,
        BlockKind::Byline,
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::Item,
        BlockKind::Cell,
        BlockKind::Caption,
        BlockKind::Note,
        BlockKind::Signature,
        BlockKind::Code,
    ];

    /// The name in rules and in `kanwu read`.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::ColumnHead => "column-head",
            BlockKind::Byline => "byline",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Item => "item",
            BlockKind::Cell => "cell",
            BlockKind::Caption => "caption",
            BlockKind::Note => "note",
            BlockKind::Signature => "signature",
            BlockKind::Code => "code",
        }
    }

    /// Whether sentences run here (as against names and labels).
    pub fn is_prose(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::Item | BlockKind::Note)
    }
}

impl Repair {
    /// The name in `kanwu read`.
    pub fn name(self) -> &'static str {
        match self {
            Repair::Break => "断段",
            Repair::Caption => "插入的图片说明",
            Repair::HalfWidth => "半角标点",
            Repair::FullWidth => "全角字母数字",
            Repair::Lookalike => "异码字",
            Repair::Invisible => "不可见字符",
            Repair::Control => "控制字符",
            Repair::Space => "多余空格",
            Repair::Wrap => "折行",
            Repair::Residue => "标记",
        }
    }
}

impl Manuscript {
    /// The text of a span.
    pub fn at(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The block that holds a byte of the reading text (its closing line end counts as its own).
    pub fn block_at(&self, offset: u32) -> Option<&Block> {
        let next = self.blocks.partition_point(|block| block.span.start <= offset);
        next.checked_sub(1).map(|index| &self.blocks[index])
    }

    /// The article that holds a byte of the reading text.
    pub fn article_at(&self, offset: u32) -> Option<&Article> {
        self.block_at(offset).map(|block| &self.articles[block.article])
    }

    /// The sentence that holds a byte of the reading text, or else its block.
    pub fn sentence_at(&self, offset: u32) -> Span {
        let next = self.sentences.partition_point(|sentence| sentence.start <= offset);
        match next.checked_sub(1).map(|index| self.sentences[index]) {
            Some(sentence) if offset <= sentence.end => sentence,
            _ => self.block_at(offset).map_or(Span::point(offset as usize), |block| block.span),
        }
    }

    /// Whether a span begins or ends inside code or an address of a block of text.
    pub fn is_opaque(&self, span: Span) -> bool {
        let inside = |at: u32| {
            let next = self.opaque.partition_point(|opaque| opaque.end <= at);
            self.opaque.get(next).is_some_and(|opaque| opaque.start <= at)
        };
        inside(span.start) || !span.is_empty() && inside(span.end - 1)
    }

    /// The blocks of an article.
    pub fn blocks_of(&self, article: &Article) -> &[Block] {
        &self.blocks[article.blocks.clone()]
    }

    /// What must agree with itself from end to end: each article, or all files of a submission as one.
    pub fn wholes(&self) -> Cow<'_, [Article]> {
        match (self.sources.len(), self.articles.first(), self.articles.last()) {
            (2.., Some(first), Some(last)) => {
                let blocks = first.blocks.start..last.blocks.end;
                Cow::Owned(vec![Article { blocks, span: first.span.hull(last.span) }])
            }
            _ => Cow::Borrowed(&self.articles),
        }
    }

    /// The index into [`Manuscript::wholes`] that an article belongs to.
    pub fn whole_of(&self, article: ArticleId) -> usize {
        if self.sources.len() > 1 { 0 } else { article }
    }

    /// The number of characters of the sources: code points of the text that are not white space, markup excluded. Plain
    /// text has no markup of its own, so marks that people leave in it count.
    pub fn characters(&self) -> usize {
        self.sources.iter().map(|source| source.characters).sum()
    }
}
