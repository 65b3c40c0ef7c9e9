/*!
Line ends inside a paragraph of Markdown: how lines are set, or where its writer began anew.

CommonMark joins the lines of a paragraph. A newspaper that sends title, byline and text on three lines without a blank
one between them means three blocks all the same.
*/

use unicode_width::UnicodeWidthStr;

use crate::lexicon::words::words;
use crate::text::han;

/// The width of a line, in columns.
pub(super) fn width(line: &str) -> usize {
    line.width_cjk()
}

/// Whether the writer began anew: the next line is set in or has a number of its own, or the line above is a short label
/// in a paragraph of wide lines.
pub(super) fn is_meant(above: &str, next: &str, widest: usize) -> bool {
    let above = above.trim();
    if next.starts_with('　') || next.starts_with(['□', '●', '◆', '★', '■', '▲', '△']) {
        return true;
    }
    let label = is_label(above) && width(above) * 2 < widest && !word_across(above, next);
    label || is_numbered(next) && (is_numbered(above) || ends_closed(above))
}

fn is_label(line: &str) -> bool {
    let last = line.chars().next_back();
    line.chars().count() >= 4 && !line.contains(han::ends_clause) && last.is_some_and(han::is_han)
}

fn ends_closed(line: &str) -> bool {
    line.ends_with(|c| han::ends_clause(c) || han::closes(c))
}

/// `一、`, `（一）`, `①`, `第三条`, `[3]`.
fn is_numbered(line: &str) -> bool {
    let line = line.trim_start();
    let rest = line.trim_start_matches(['（', '(', '第']);
    let tail = rest.trim_start_matches(|c: char| han::is_numeral(c) || c.is_ascii_digit());
    let number = tail.len() < rest.len();
    let cited = line.strip_prefix(['[', '［']).is_some_and(|rest| {
        let tail = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        tail.len() < rest.len() && tail.starts_with([']', '］'])
    });
    let circled = line.starts_with(|c: char| ('①'..='⑳').contains(&c));
    let opened = rest.len() < line.len();
    let marks = if opened { &['）', ')', '条', '章', '节'][..] } else { &['、'][..] };
    cited || circled || number && tail.starts_with(marks)
}

fn word_across(above: &str, next: &str) -> bool {
    let left = &above[han::back(above, above.len(), 5)..];
    let left = &left[left.rfind(|c| !han::is_han(c)).map_or(0, |at| han::forth(left, at, 1))..];
    let right: String = next.chars().take_while(|&c| han::is_han(c)).take(5).collect();
    !left.is_empty() && !right.is_empty() && words().joint(left, &right) > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_set_and_lines_that_are_meant() {
        let long = "各村党支部入冬以来共选拔护林员三十名，分片巡山，逐户登记。";
        for (above, next, meant) in [
            ("渡口边的调解室", long, true),
            ("各村党支部共选", "拔护林员三十名，分片巡山，逐户登记造册，按月通报。", false),
            (long, "他们每天走二十公里。", false),
            (long, "　　他们每天走二十公里。", true),
            (long, "二、加强巡查", true),
            ("一、总体要求", "坚持预防为主，防治结合，分级负责，群防群控。", true),
            ("本地有甲、乙、", "丙三个渡口", false),
        ] {
            assert_eq!(is_meant(above, next, width(above).max(width(next))), meant, "{above} / {next}");
        }
    }
}
