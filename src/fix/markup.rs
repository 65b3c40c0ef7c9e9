/*!
From edits of an extracted text to edits of the markup it stands in, by way of anchors.

An anchor whose text stands in the markup as it is can be cut anywhere; one that is written as an entity or an element
goes as a whole. What has no anchor (a line end, the tab between cells) or an anchor on nothing (a number that the word
processor counts) is written nowhere and cannot be edited.
*/

use super::Splice;
use crate::finding::Edit;
use crate::text::{Anchor, Source};

/// The splices of an edit. `parts` are the texts that anchors count in, by their number.
///
/// # Errors
/// Why it cannot be made, in Chinese.
pub fn splices(source: &Source, parts: &[String], edit: &Edit) -> Result<Vec<Splice>, String> {
    let view = View { source, parts };
    let (start, end) = (edit.span.start, edit.span.end);
    let touched: Vec<&Anchor> =
        source.anchors.iter().filter(|anchor| anchor.text.start < end && start < anchor.text.end).collect();
    let covered: u32 = touched.iter().map(|anchor| anchor.text.end.min(end) - anchor.text.start.max(start)).sum();
    if covered < end - start {
        return Err("改动跨段落或单元格，请在原稿里改".to_string());
    }
    if touched.iter().any(|anchor| anchor.xml.is_empty()) {
        return Err("改动处是文字处理软件自动生成的编号，请在原稿里改".to_string());
    }
    let mut splices = Vec::new();
    for anchor in &touched {
        splices.push(view.cut(anchor, start, end)?);
    }
    if !edit.text.is_empty() {
        view.insert(&mut splices, &touched, edit)?;
    }
    Ok(splices)
}

struct View<'s> {
    source: &'s Source,
    parts: &'s [String],
}

impl View<'_> {
    /// The edit's share of an anchor, taken out.
    fn cut(&self, anchor: &Anchor, start: u32, end: u32) -> Result<Splice, String> {
        let (from, to) = (start.max(anchor.text.start), end.min(anchor.text.end));
        let whole = from == anchor.text.start && to == anchor.text.end;
        let xml = match (whole, self.is_verbatim(anchor)) {
            (true, _) => anchor.xml.clone(),
            (false, true) => anchor.xml.start + from - anchor.text.start..anchor.xml.start + to - anchor.text.start,
            (false, false) => return Err("改动只涉及一个整体写出的符号的一部分".to_string()),
        };
        Ok(Splice { part: anchor.part, start: xml.start as usize, end: xml.end as usize, bytes: Vec::new() })
    }

    /// Puts the new text where the first touched text was, or beside the edit: behind what stands before it, so that it
    /// looks as that does, or else before what follows.
    fn insert(&self, splices: &mut Vec<Splice>, touched: &[&Anchor], edit: &Edit) -> Result<(), String> {
        let bytes = escaped(&edit.text)?.into_bytes();
        if let Some(first) = touched.iter().position(|anchor| self.is_text(anchor)) {
            splices[first].bytes = bytes;
            return Ok(());
        }
        let (start, end) = (edit.span.start, edit.span.end);
        let anchors = || self.source.anchors.iter().filter(|anchor| self.is_text(anchor));
        let before = anchors().find(|anchor| anchor.text.start < start && start <= anchor.text.end);
        let (anchor, at) = match before {
            Some(anchor) if start == anchor.text.end => (anchor, anchor.xml.end),
            Some(anchor) if self.is_verbatim(anchor) => (anchor, anchor.xml.start + start - anchor.text.start),
            _ => {
                let after = anchors().find(|anchor| anchor.text.start == end);
                after.map(|anchor| (anchor, anchor.xml.start)).ok_or("这里没有可以写字的地方，请在原稿里改")?
            }
        };
        splices.push(Splice { part: anchor.part, start: at as usize, end: at as usize, bytes });
        Ok(())
    }

    fn xml(&self, anchor: &Anchor) -> &str {
        let range = anchor.xml.start as usize..anchor.xml.end as usize;
        self.parts.get(anchor.part as usize).and_then(|part| part.get(range)).unwrap_or_default()
    }

    fn is_verbatim(&self, anchor: &Anchor) -> bool {
        let range = anchor.text.start as usize..anchor.text.end as usize;
        self.source.text.get(range) == Some(self.xml(anchor))
    }

    /// Whether it stands among text, where text can be put: as it is or as an entity, and not as an element.
    fn is_text(&self, anchor: &Anchor) -> bool {
        let xml = self.xml(anchor);
        !xml.is_empty() && !xml.starts_with('<')
    }
}

/// The text as it is written between tags, of HTML and of XML.
fn escaped(text: &str) -> Result<String, String> {
    if let Some(c) = text.chars().find(|c| c.is_control()) {
        return Err(format!("控制字符U+{:04X}写不进文件", c as u32));
    }
    Ok(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
}
