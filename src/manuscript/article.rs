/*!
Articles: one page often holds several pieces. A new one begins at a title or column head after text, at a byline after
text (its title is lost), and at a block whose own beginning is lost.
*/

use super::draft::Draft;
use super::{ArticleId, BlockKind};

/// The article of every draft, counted from 0.
pub fn articles(drafts: &[Draft]) -> Vec<ArticleId> {
    let mut article = 0;
    let mut has_body = false;
    let mut has_head = false;
    let mut ids = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.iter().enumerate() {
        let begins = match draft.kind {
            BlockKind::Title | BlockKind::ColumnHead => has_body,
            BlockKind::Byline => has_body && drafts.get(index + 1).is_some_and(|next| next.kind.is_prose()),
            _ => draft.headless && (has_body || has_head),
        };
        if begins && !ids.is_empty() {
            article += 1;
            (has_body, has_head) = (false, false);
        }
        match draft.kind {
            BlockKind::Title | BlockKind::ColumnHead | BlockKind::Byline => has_head = true,
            _ => has_body = true,
        }
        ids.push(article);
    }
    ids
}
