/*!
One sheet for one file: what is feared first, then the rest, then trifles in one line, queries folded away, and the
table of corrections.
*/

use std::collections::BTreeMap;
use std::fmt::Write;

use super::escape::escape;
use super::topic::{HEADINGS, heading};
use super::{errata, quote};
use crate::finding::{Finding, Level, Note, Safety};
use crate::report::{FileReport, Report, words};

/// The findings of one file, each with the index of its manuscript's first file.
pub type Listed<'r> = Vec<(usize, &'r Finding)>;

/// The sheet of a file that was read.
pub fn sheet(report: &Report, file: &FileReport, listed: &Listed) -> String {
    let (queries, rest): (Listed, Listed) = listed.iter().partition(|(_, finding)| finding.level == Level::Query);
    let (trifles, rest): (Listed, Listed) = rest.iter().partition(|(_, finding)| is_trifle(finding));
    let mut text = format!("<section>\n<h2>{}</h2>\n{}", escape(&file.path), opening(file, listed));
    for (number, (name, _)) in HEADINGS.iter().enumerate() {
        let mut group: Listed = rest.iter().filter(|(_, finding)| heading(finding) == number).copied().collect();
        group.sort_by_key(|(_, finding)| finding.level);
        if !group.is_empty() {
            let _ = write!(text, "<h3>{name}</h3>\n{}", list(report, &group));
        }
    }
    text.push_str(&others(&trifles, &queries));
    if !queries.is_empty() {
        let summary = format!("询问{}处：请作者回答", places(&queries));
        let _ = writeln!(text, "<details>\n<summary>{summary}</summary>\n{}</details>", list(report, &queries));
    }
    let findings: Vec<&Finding> = rest.iter().chain(&trifles).map(|(_, finding)| *finding).collect();
    text + &errata::table(&findings) + "</section>\n"
}

/// How much was read, and that nothing was found where nothing was; never that it is right.
fn opening(file: &FileReport, listed: &Listed) -> String {
    let encoding = file.encoding.map_or("", |encoding| encoding.name());
    let found = words::totals(listed.iter().map(|(_, finding)| *finding));
    let found = match (&file.error, listed.is_empty()) {
        (Some(_), true) => "没有查完，见上".to_string(),
        _ => found,
    };
    format!("<p class=\"small\">{}字，{encoding}。{found}。</p>\n", file.characters)
}

/// What can be changed at one stroke, or is the same thing over and over.
fn is_trifle(finding: &Finding) -> bool {
    let safe = finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
    finding.notes.is_empty() && finding.level != Level::Error && (safe || finding.count() > 2)
}

/// `另有：中文里的半角标点应为全角219处（可一键改）、询问7处。`
fn others(trifles: &Listed, queries: &Listed) -> String {
    let mut kinds: BTreeMap<(&str, &str), (usize, bool)> = BTreeMap::new();
    for (_, finding) in trifles {
        let safe = finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe);
        let kind = kinds.entry((&finding.rule, &finding.message)).or_insert((0, true));
        *kind = (kind.0 + finding.count(), kind.1 && safe);
    }
    let mut said: Vec<((usize, bool), &str)> = kinds.into_iter().map(|((_, message), kind)| (kind, message)).collect();
    said.sort_by_key(|((count, _), _)| std::cmp::Reverse(*count));
    let stroke = |safe| if safe { "（可一键改）" } else { "" };
    let mut parts: Vec<String> = said
        .iter()
        .map(|((count, safe), message)| format!("{}：{count}处{}", escape(message), stroke(*safe)))
        .collect();
    if !queries.is_empty() {
        parts.push(format!("询问{}处", places(queries)));
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("<p class=\"others\">另有　{}。</p>\n", parts.join("；"))
    }
}

fn places(listed: &Listed) -> usize {
    listed.iter().map(|(_, finding)| finding.count()).sum()
}

/// Why and whence are said with the first finding of a rule.
fn list(report: &Report, group: &Listed) -> String {
    let mut items = String::new();
    for (number, (first, finding)) in group.iter().enumerate() {
        let said = group[..number].iter().any(|(_, before)| before.rule == finding.rule);
        items.push_str(&item(report, *first, finding, !said));
    }
    format!("<ol>\n{items}</ol>\n")
}

fn item(report: &Report, first: usize, finding: &Finding, explain: bool) -> String {
    let (level, mark, line) = (finding.level.name(), finding.level.mark(), finding.at.first().line);
    let notes: String = finding.notes.iter().map(|note| self::note(report, first, finding, note)).collect();
    let mut text = format!(
        "<li>\n<p><b class=\"{level}\">{mark}</b> <span class=\"line\">{line}行</span> {}</p>\n<p>{}{}{notes}。{}</p>\n",
        quote::quote(finding),
        escape(finding.message.trim_end_matches('。')),
        times(finding),
        remedy(finding),
    );
    if let Some(about) = report.rules.get(&finding.rule).filter(|_| explain) {
        let _ = writeln!(text, "<p class=\"small\">{}</p>", escape(&about.text()));
    }
    text + "</li>\n"
}

/// `；27行“方志山”：这里的署名缺标题`; the place only where the finding's own quotation does not show it.
fn note(report: &Report, first: usize, finding: &Finding, note: &Note) -> String {
    let said = if note.message.is_empty() { "参见此处" } else { note.message.trim_end_matches('。') };
    let words = quote::other(finding, note);
    if words.is_empty() {
        return format!("；{}", escape(said));
    }
    let piece = note.at.first();
    let same = piece.span.file == finding.at.first().span.file;
    let path = if same { String::new() } else { format!("{} ", escape(report.path(first, piece.span.file))) };
    format!("；<span class=\"line\">{path}{}行</span> {words}：{}", piece.line, escape(said))
}

fn times(finding: &Finding) -> String {
    if finding.count() > 1 { format!("（共{}处）", finding.count()) } else { String::new() }
}

fn remedy(finding: &Finding) -> String {
    let fix = finding.fix.as_ref().map(|fix| match fix.safety {
        Safety::Safe => fix.title.clone(),
        Safety::Ask => format!("{}（请核实）", fix.title),
    });
    let said: Vec<String> = fix.iter().chain(&finding.help).map(|said| escape(said.trim_end_matches('。'))).collect();
    if said.is_empty() { String::new() } else { format!("{}。", said.join("；")) }
}
