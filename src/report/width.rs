/*!
How wide text is on a terminal that shows Chinese, and how to break it.

Quotation marks, dashes and dots (“ ” — …) take two columns there, as Chinese typesetting has it.
*/

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::han;

/// The columns of a line of visible text.
pub fn width(text: &str) -> usize {
    text.width_cjk()
}

/// The columns of a character; 0 for one without width.
pub fn char_width(c: char) -> usize {
    c.width_cjk().unwrap_or(0)
}

/// The text on one line, with every character that a terminal would obey or swallow made visible.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// What stands for a character in a line of output; combining marks and ordinary characters stand for themselves.
pub fn visible_char(c: char) -> char {
    match c {
        '\t' => ' ',
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => '↵',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + c as u32).unwrap_or('▯'),
        '\u{7F}' => '␡',
        '\u{80}'..='\u{9F}' => '▯',
        c if han::is_zero_width(c) => '▯',
        c => c,
    }
}

/// Breaks a text into lines of at most `first` and then `rest` columns, not before a closing mark.
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for c in visible(text).chars() {
        let room = if lines.is_empty() { first } else { rest };
        if width(&line) + char_width(c) > room && !line.is_empty() {
            let carried = carry(&line, c);
            let next = line.split_off(carried);
            lines.push(std::mem::replace(&mut line, next).trim_end().to_string());
        }
        if !(line.is_empty() && c == ' ') {
            line.push(c);
        }
    }
    lines.push(line);
    lines
}

/// Where to break a full line before `next`, in bytes: words and opening marks go down, closing marks are not left alone.
fn carry(line: &str, next: char) -> usize {
    let word = |c: char| c.is_ascii_graphic();
    let mut at = line.len();
    let mut below = next;
    while let Some(last) = han::before(line, at) {
        let stays = !(word(last) && word(below) || cannot_begin(below) || han::opens(last));
        if stays {
            return at;
        }
        below = last;
        at -= last.len_utf8();
    }
    line.len()
}

fn cannot_begin(c: char) -> bool {
    han::closes(c) || han::ends_clause(c) || c == '、' || char_width(c) == 0
}

/// The tail of a text that fits in `room` columns, after “…” where something was cut off.
pub fn tail(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_string();
    }
    let mut left = room.saturating_sub(2);
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        let Some(rest) = left.checked_sub(char_width(c)) else { break };
        (left, start) = (rest, at);
    }
    format!("…{}", &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_are_two_columns() {
        assert_eq!((width("“吉”"), width("——"), width("𠮷e\u{301}")), (6, 4, 3));
    }

    #[test]
    fn lines_do_not_begin_with_a_closing_mark_or_cut_a_word() {
        assert_eq!(wrap("山高水长，人来人往。", 8, 8), ["山高水", "长，人来", "人往。"]);
        assert_eq!(wrap("见organization一节", 10, 16), ["见", "organization一节"]);
        assert_eq!(wrap("", 10, 10), [""]);
        assert_eq!(wrap("organization", 4, 4).concat(), "organization");
    }

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(visible("山\u{1B}[31m\r\n\t\u{200B}"), "山␛[31m␍↵ ▯");
    }

    #[test]
    fn a_long_path_keeps_its_tail() {
        assert_eq!(tail("来稿/二月/三版.txt", 12), "…/三版.txt");
        assert_eq!(tail("三版.txt", 12), "三版.txt");
    }
}
