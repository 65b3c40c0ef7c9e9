/*!
Relationships: how parts find each other, and what a zip is that has none.

The main part is the one that the package's relationships call the office document; it is a manuscript when its root is
that of WordprocessingML. Names of files prove nothing.
*/

use super::super::{Unreadable, UnreadableKind};
use super::package::{Package, damaged, resolve};
use super::xml::{Event, Space, Xml};

/// A relationship of a part to another part of the package.
#[derive(Clone, Debug)]
pub struct Relation {
    pub id: String,
    /// The last step of its type: `footnotes`, `header`, `officeDocument`.
    pub kind: String,
    /// The name of the part; none when it leads out of the package.
    pub part: Option<String>,
}

/// The relationships of a part; those of the package itself for the empty name.
pub fn relations(package: &Package, part: &str) -> Result<Vec<Relation>, Unreadable> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let Some(text) = package.part(&name)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(&text);
    let mut found = Vec::new();
    loop {
        match xml.next().map_err(|why| damaged(format!("其中的 {name} {why}")))? {
            Event::Open(element) if element.space == Space::Package && element.name == "Relationship" => {
                let said = |key| xml.attribute(&element, Space::Package, key).unwrap_or_default();
                let (kind, target) = (said("Type"), said("Target"));
                let inside = said("TargetMode") != "External";
                found.push(Relation {
                    id: said("Id"),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_string(),
                    part: inside.then(|| locate(package, folder, &target)).flatten(),
                });
            }
            Event::End => return Ok(found),
            _ => {}
        }
    }
}

/// A target as it is written, or else with its percent signs decoded.
fn locate(package: &Package, folder: &str, target: &str) -> Option<String> {
    let plain = resolve(folder, target)?;
    if package.has(&plain) || !target.contains('%') {
        return Some(plain);
    }
    resolve(folder, &decoded(target)).filter(|name| package.has(name)).or(Some(plain))
}

fn decoded(target: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = target.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = (*first == b'%').then(|| tail.get(..2)).flatten();
        let code = code.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The name of the main part.
///
/// # Errors
/// A zip that is no manuscript of Word, with what it is instead.
pub fn main_part(package: &Package) -> Result<String, Unreadable> {
    let main = relations(package, "")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let Some(main) = main else { return Err(other(package)) };
    match main.part.filter(|part| package.has(part)) {
        Some(part) => Ok(part),
        None => Err(damaged("其中没有正文")),
    }
}

/// What a zip is that is no manuscript of Word.
pub fn other(package: &Package) -> Unreadable {
    let foreign = |what: &str| Unreadable::new(UnreadableKind::Foreign, what);
    let begins = |prefix: &str| package.names().any(|name| name.starts_with(prefix));
    if package.has("mimetype") {
        return match package.part("mimetype").ok().flatten().unwrap_or_default().trim() {
            "application/epub+zip" => foreign("这是 EPUB 电子书，请转成 .docx、.html 或 .txt 再检查"),
            _ => foreign("这是 OpenDocument 文件，请另存为 .docx 再检查"),
        };
    }
    if begins("xl/") {
        foreign("这是 Excel 表格，请把文字存成 .docx 或 .txt 再检查")
    } else if begins("ppt/") {
        foreign("这是 PowerPoint 演示文稿，请把文字存成 .docx 或 .txt 再检查")
    } else if package.has("ofd.xml") {
        foreign("这是 OFD 版式文件，请转成 .docx 或 .txt 再检查")
    } else if begins("word/") {
        damaged("其中没有说明哪一部分是正文")
    } else {
        foreign("这是压缩包，请解压后检查其中的稿件")
    }
}
