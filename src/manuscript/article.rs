/*!
Articles: one page often holds several pieces. A new one begins at a title or column head after text, at a byline after
text (its title is lost), and at a block whose own beginning is lost.
*/

use super::draft::Draft;
use super::{ArticleId, BlockKind};

/// Tells the article of one draft after the other.
pub struct Articles {
    article: ArticleId,
    begun: bool,
    has_body: bool,
    has_head: bool,
}

impl Articles {
    /// Counts from the number of articles that there are already.
    pub fn after(article: ArticleId) -> Self {
        Articles { article, begun: false, has_body: false, has_head: false }
    }

    /// The article of the next draft, behind which another follows.
    pub fn of(&mut self, draft: &Draft, next: Option<&Draft>) -> ArticleId {
        let begins = match draft.kind {
            BlockKind::Title | BlockKind::ColumnHead => self.has_body,
            BlockKind::Byline => self.has_body && next.is_some_and(|next| next.kind.is_prose()),
            _ => draft.headless && (self.has_body || self.has_head),
        };
        if begins && self.begun {
            *self = Articles::after(self.article + 1);
        }
        self.begun = true;
        match draft.kind {
            BlockKind::Title | BlockKind::ColumnHead | BlockKind::Byline => self.has_head = true,
            _ => self.has_body = true,
        }
        self.article
    }
}
