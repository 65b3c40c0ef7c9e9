//! Packages of Word made from strings of XML, and what must hold of every document that was read from one.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use kanwu::read::{Document, Options, Revisions, Unreadable, docx, read};

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
pub const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" "#,
    r#"xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml""#
);

/// A package of parts, in order.
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub parts: Vec<(String, Vec<u8>)>,
    relations: String,
}

impl Package {
    /// A package with this body.
    pub fn body(xml: &str) -> Self {
        let document = format!("<w:document {NAMESPACES}><w:body>{xml}</w:body></w:document>");
        Package::document(document.into_bytes())
    }

    /// A package with this main part.
    pub fn document(part: Vec<u8>) -> Self {
        let package = format!(
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>"#
        );
        Package::default().raw("_rels/.rels", package).raw("word/document.xml", part)
    }

    /// Adds a part that the main part relates to, with its content inside `w:root`.
    pub fn with(self, kind: &str, root: &str, xml: &str) -> Self {
        self.related(kind, &format!("<w:{root} {NAMESPACES}>{xml}</w:{root}>"))
    }

    /// Adds a part that the main part relates to.
    pub fn related(mut self, kind: &str, xml: &str) -> Self {
        let id = self.relations.matches("<Rel").count() + 1;
        self.relations += &format!(r#"<Relationship Id="rId{id}" Type="{OFFICE}/{kind}" Target="{kind}{id}.xml"/>"#);
        self.raw(&format!("word/{kind}{id}.xml"), xml)
    }

    /// Adds a part that nothing relates to yet.
    pub fn raw(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.parts.push((name.to_string(), bytes.into()));
        self
    }

    /// The zip.
    pub fn zip(&self) -> Vec<u8> {
        let mut parts = self.parts.clone();
        if !self.relations.is_empty() {
            let relations = format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
                self.relations
            );
            parts.push(("word/_rels/document.xml.rels".to_string(), relations.into_bytes()));
        }
        zip(&parts)
    }

    pub fn read(&self) -> Result<Document, Unreadable> {
        self.read_as(Revisions::Accept)
    }

    pub fn read_as(&self, revisions: Revisions) -> Result<Document, Unreadable> {
        let bytes = self.zip();
        let document = read("稿.docx".as_ref(), bytes.clone(), Options { revisions, ..Options::default() })?;
        anchors_hold(&document, &bytes);
        Ok(document)
    }

    /// The extracted text.
    pub fn text(&self) -> String {
        self.read().expect("a sound package").source.text
    }
}

/// A zip of these files.
pub fn zip(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut output = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut output);
    for (name, bytes) in parts {
        let path = rawzip::path::EntryPath::verbatim(name.as_bytes().to_vec());
        let file = archive.new_file(path).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().expect("an entry");
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
        writer.write_all(bytes).expect("memory");
        let (encoder, descriptor) = writer.finish().expect("memory");
        encoder.finish().expect("memory");
        entry.finish(descriptor).expect("memory");
    }
    archive.finish().expect("memory");
    output
}

/// A paragraph with one run.
pub fn p(text: &str) -> String {
    format!("<w:p>{}</w:p>", r(text))
}

/// A run.
pub fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// A paragraph of that style.
pub fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{}</w:p>"#, r(text))
}

/// Anchors are in the order of the text, do not overlap, and lead to bytes that mean their text, inside their runs.
pub fn anchors_hold(document: &Document, bytes: &[u8]) {
    let source = &document.source;
    let parts: Vec<String> =
        source.parts.iter().map(|name| docx::part(bytes, name).expect("a part that was read")).collect();
    let mut end = 0;
    for anchor in &source.anchors {
        assert!(anchor.text.start >= end && anchor.text.start < anchor.text.end, "{anchor:?} after {end}");
        end = anchor.text.end;
        let text = &source.text[anchor.text.start as usize..anchor.text.end as usize];
        let part = &parts[anchor.part as usize];
        let xml = &part[anchor.xml.start as usize..anchor.xml.end as usize];
        let run = &part[anchor.run.start as usize..anchor.run.end as usize];
        if anchor.xml.is_empty() {
            assert!(anchor.run.is_empty(), "a number that was counted stands in no run");
            continue;
        }
        assert!(meaning(xml, text), "{xml:?} means {text:?}");
        assert!(anchor.run.start <= anchor.xml.start && anchor.xml.end <= anchor.run.end, "{anchor:?}");
        assert!(run.starts_with('<') && run.ends_with('>') || run == xml, "{run:?}");
        if run != xml {
            // White space may stand behind the name in either tag.
            let name = run[1..].split(|c: char| matches!(c, '>' | '/') || c.is_ascii_whitespace()).next().unwrap_or("");
            let end = run.trim_end_matches('>').trim_ascii_end();
            assert!(end.ends_with(&format!("</{name}")) && name.ends_with('r'), "{run:?}");
        }
    }
    let anchored: usize = source.anchors.iter().map(|anchor| anchor.text.len()).sum();
    let bare: usize = source.text.len() - anchored;
    let joints = source.text.chars().filter(|c| matches!(c, '\n' | '\t' | ' ')).count();
    assert!(bare <= joints, "only what joins lines and cells has no anchor: {bare} of {joints} in {:?}", source.text);
}

fn meaning(xml: &str, text: &str) -> bool {
    if xml.starts_with('<') {
        return text.chars().count() == 1;
    }
    let entity = match xml {
        "&amp;" => Some('&'),
        "&lt;" => Some('<'),
        "&gt;" => Some('>'),
        "&quot;" => Some('"'),
        "&apos;" => Some('\''),
        _ => xml.strip_prefix("&#").and_then(|number| {
            let number = number.trim_end_matches(';');
            let code = number.strip_prefix('x').map_or(number.parse(), |hex| u32::from_str_radix(hex, 16));
            code.ok().and_then(char::from_u32)
        }),
    };
    match entity {
        Some(c) => text == c.to_string() || text == " " && c.is_whitespace(),
        None => xml == text || (text == " " && matches!(xml, "\n" | "\t" | "\r")),
    }
}
