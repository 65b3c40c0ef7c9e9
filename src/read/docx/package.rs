/*!
The package: a zip whose parts are found by name and read one by one, never onto the disk.

What a header says of a size is not believed: a part that unpacks to more than it says, or to more than a manuscript can
have, is refused before it is in memory. Names are compared as the packaging standard has it, without regard to case; a
name that leads out of the package names nothing. Two parts of one name are refused when that name is asked for, because
two readers could see two manuscripts.
*/

use std::cell::Cell;
use std::collections::HashMap;
use std::io::Read;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use super::super::{Options, Unreadable, UnreadableKind};

/// How many times the size of the largest file the parts that are read may unpack to, all together.
const UNPACKED: u64 = 4;
/// The most that they may unpack to in any case, in bytes: places in the text are counted in 32 bits, and the numbers of
/// lists make it longer than the parts are.
const LIMIT: u64 = 1 << 30;

/// The most bytes that all parts that are read may unpack to, by default 256 MB: a manuscript of more than ten million
/// characters, markup and all.
pub fn most_unpacked(options: Options) -> u64 {
    options.largest.saturating_mul(UNPACKED).min(LIMIT)
}

/// An open package.
pub struct Package<'b> {
    archive: ZipSliceArchive<&'b [u8]>,
    entries: HashMap<String, Entry>,
    /// Bytes that may still be unpacked.
    left: Cell<u64>,
    most: u64,
}

#[derive(Clone, Copy)]
struct Entry {
    way: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    encrypted: bool,
    twice: bool,
}

/// Whether bytes begin as a zip does.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

pub fn damaged(what: impl std::fmt::Display) -> Unreadable {
    Unreadable::new(UnreadableKind::Damaged, format!("文件已损坏：{what}"))
}

impl<'b> Package<'b> {
    /// Opens the bytes of a zip, of which no more than `most` bytes are unpacked.
    ///
    /// # Errors
    /// A zip whose directory is cut off or broken.
    pub fn open(bytes: &'b [u8], most: u64) -> Result<Self, Unreadable> {
        let broken = |_| damaged("压缩包的目录残缺，多半没有下载或保存完整");
        let archive = ZipArchive::from_slice(bytes).map_err(broken)?;
        let mut entries: HashMap<String, Entry> = HashMap::new();
        let mut listed = archive.entries();
        while let Some(entry) = listed.next_entry().map_err(broken)? {
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
            let Some(name) = resolve("", &name) else { continue };
            let found = Entry {
                way: entry.wayfinder(),
                method: entry.compression_method(),
                encrypted: entry.flags().is_encrypted(),
                twice: false,
            };
            entries.entry(name).and_modify(|first| first.twice = true).or_insert(found);
        }
        Ok(Package { archive, entries, left: Cell::new(most), most })
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&name.to_ascii_lowercase())
    }

    /// The names of all parts, in small letters and in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Whether any part is behind a password.
    pub fn is_encrypted(&self) -> bool {
        self.entries.values().any(|entry| entry.encrypted)
    }

    /// The text of a part; none when the package has no such part.
    ///
    /// A part in UTF-16 is transcoded: its ranges count in the UTF-8 text that stands here, and not in its own bytes.
    ///
    /// # Errors
    /// A part that is broken, encrypted, there twice, too large, or in neither UTF-8 nor UTF-16.
    pub fn part(&self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(entry) = self.entries.get(&name.to_ascii_lowercase()) else { return Ok(None) };
        let bytes = self.unpack(name, entry)?;
        let text = match bytes.get(..2) {
            Some([0xFF, 0xFE]) => utf16(&bytes, u16::from_le_bytes),
            Some([0xFE, 0xFF]) => utf16(&bytes, u16::from_be_bytes),
            _ => String::from_utf8(bytes).ok(),
        };
        text.map(Some).ok_or_else(|| damaged(format!("其中的 {name} 不是 UTF-8")))
    }

    fn unpack(&self, name: &str, entry: &Entry) -> Result<Vec<u8>, Unreadable> {
        if entry.encrypted {
            return Err(Unreadable::new(UnreadableKind::Encrypted, "文件设了密码，请去掉密码再检查"));
        }
        if entry.twice {
            return Err(damaged(format!("其中有两个 {name}")));
        }
        let said = entry.way.uncompressed_size_hint();
        if said > self.left.get() {
            return Err(too_large(self.most));
        }
        let broken = |_| damaged(format!("其中的 {name} 解压不了"));
        let packed = self.archive.get_entry(entry.way).map_err(|_| damaged(format!("找不到其中的 {name}")))?;
        let reader: Box<dyn Read> = match entry.method {
            CompressionMethod::STORE => Box::new(packed.data()),
            CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(packed.data())),
            _ => return Err(damaged(format!("其中的 {name} 用了不认识的压缩方法"))),
        };
        let mut bytes = Vec::new();
        packed.verifying_reader(reader).take(said + 1).read_to_end(&mut bytes).map_err(broken)?;
        if bytes.len() as u64 != said {
            return Err(damaged(format!("其中的 {name} 解压后与所说的大小不符")));
        }
        self.left.set(self.left.get() - said);
        Ok(bytes)
    }
}

fn too_large(most: u64) -> Unreadable {
    let size = if most < 1 << 20 { format!("{most}字节") } else { format!("{}兆字节", most >> 20) };
    let remedy = if most < LIMIT { "；确实要查，用 --max-size 放宽" } else { "" };
    Unreadable::new(UnreadableKind::TooLarge, format!("文件解压后超过{size}，没有检查{remedy}"))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|&pair| unit(pair)).collect();
    String::from_utf16(&units).ok().filter(|_| rest.is_empty())
}

/// The name of the part that a target leads to from a folder, in small letters; none when it leads out of the package.
///
/// ```text
/// word + ../customXml/item1.xml → customxml/item1.xml
/// word + /word/document.xml     → word/document.xml
/// ```
pub fn resolve(folder: &str, target: &str) -> Option<String> {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => {
                steps.retain(|step| !step.is_empty());
                steps.pop()?;
            }
            "" | "." => {}
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    Some(steps.join("/").to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_in_the_package() {
        let cases = [
            ("word", "footnotes.xml", Some("word/footnotes.xml")),
            ("word", "/word/Document.xml", Some("word/document.xml")),
            ("word", "../customXml/item1.xml", Some("customxml/item1.xml")),
            ("", "word\\document.xml", Some("word/document.xml")),
            ("", "./word/./a.xml", Some("word/a.xml")),
            ("word", "../../etc/passwd", None),
            ("", "../a.xml", None),
        ];
        for (folder, target, name) in cases {
            assert_eq!(resolve(folder, target).as_deref(), name, "{folder} + {target}");
        }
    }
}
