/*!
Sentences: from one end mark to the next inside a block, closing quotes and brackets included.
*/

use crate::text::{Span, han};

/// The sentences of a block's text, which begins at `start` in the reading text.
pub fn sentences(text: &str, start: usize) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut from = 0;
    while let Some((at, c)) = han::find_mark(text, from..text.len(), han::ends_sentence) {
        let rest = &text[at + c.len_utf8()..];
        let after = rest.trim_start_matches(|mark| han::ends_sentence(mark) || han::closes(mark) || mark == '"');
        let end = text.len() - after.len();
        sentences.push(Span::new(start + from, start + end));
        from = end;
    }
    if from < text.len() {
        sentences.push(Span::new(start + from, start + text.len()));
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_quotes_belong_to_the_sentence() {
        let text = "他说：“走吧！”天亮了。雨";
        let cut: Vec<&str> = sentences(text, 0).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(cut, ["他说：“走吧！”", "天亮了。", "雨"]);
    }
}
