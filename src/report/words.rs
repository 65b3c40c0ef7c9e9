/*!
What several formats say in the same words: places, remedies, and what came of it all.
*/

use std::fmt::Write;

use super::width::visible;
use super::{FileReport, Report};
use crate::finding::{Edit, Finding, Level, Note, Piece};
use crate::score::Score;

/// `稿.txt:3:18 “检察长”：只设于人民检察院`
pub fn said(report: &Report, first: usize, note: &Note) -> String {
    let piece = note.at.first();
    let path = report.path(first, piece.span.file);
    let words = note.at.text();
    let mut text = format!("{path}:{}:{}", piece.line, piece.column);
    if !words.is_empty() {
        text = format!("{text} “{words}”");
    }
    visible(&if note.message.is_empty() { text } else { format!("{text}：{}", note.message) })
}

/// `井陉县⟦人民法院⟧党组书记`
pub fn quoted(piece: &Piece) -> String {
    visible(&format!("{}⟦{}⟧{}", piece.before, piece.text, piece.after))
}

/// A piece's text with edits made; None where an edit does not fit the text.
pub fn amended(piece: &Piece, mut edits: Vec<&Edit>) -> Option<String> {
    edits.sort_by_key(|edit| edit.span);
    let mut text = String::new();
    let mut done = 0;
    for edit in edits {
        let start = (edit.span.start - piece.span.start) as usize;
        text.push_str(piece.text.get(done..start)?);
        text.push_str(&edit.text);
        done = (edit.span.end - piece.span.start) as usize;
    }
    text.push_str(piece.text.get(done..)?);
    Some(text)
}

/// How much was checked and what was found. It never says that a manuscript is right.
pub fn summary(report: &Report) -> String {
    let (read, unread): (Vec<&FileReport>, Vec<&FileReport>) =
        report.files.iter().partition(|file| file.encoding.is_some());
    if read.is_empty() {
        return match unread.len() {
            0 => "没有检查任何文件。".to_string(),
            count => format!("{count}个文件没有检查，原因见上。"),
        };
    }
    let characters: usize = read.iter().map(|file| file.characters).sum();
    let mut text = format!("查了{}个文件，{characters}字：{}。", read.len(), found(&read));
    if report.allowed > 0 {
        let _ = write!(text, "另有{}处已放行。", report.allowed);
    }
    if !unread.is_empty() {
        let _ = write!(text, "\n另有{}个文件没有检查，原因见上。", unread.len());
    }
    let broken = read.iter().filter(|file| file.error.is_some()).count();
    if broken > 0 {
        let _ = write!(text, "\n其中{broken}个文件没有查完，原因见上。");
    }
    text
}

/// Both bounds of the official rate, and what they rest on. It never says that a rate is good enough.
pub fn rate(score: &Score) -> String {
    let (lower, upper, measure) = (&score.lower, &score.upper, score.measure);
    format!(
        "差错率下限{:.2}、上限{:.2}（万分之），按《{}》（{}），稿件字数{}。\
         下限只计“错”，共{:.1}分，其中{:.1}分所按条目的原文已核实；上限连“疑”“询”一并计入，共{:.1}分，其中{:.1}分已核实。",
        lower.per_10000(),
        upper.per_10000(),
        measure.title,
        measure.name,
        score.characters,
        lower.points(),
        lower.verified(),
        upper.points(),
        upper.verified(),
    )
}

fn found(files: &[&FileReport]) -> String {
    totals(files.iter().flat_map(|file| &file.findings))
}

/// `错2处，询1处`; that nothing was found is no praise.
pub fn totals<'f>(findings: impl Iterator<Item = &'f Finding>) -> String {
    let levels = [Level::Error, Level::Warning, Level::Query];
    let mut places = [0; 3];
    for finding in findings {
        if let Some(number) = levels.iter().position(|level| *level == finding.level) {
            places[number] += finding.count();
        }
    }
    let counts = levels.iter().zip(places).filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(level, count)| format!("{}{count}处", level.mark())).collect();
    if counts.is_empty() { "没有提出问题（不等于没有差错）".to_string() } else { counts.join("，") }
}
