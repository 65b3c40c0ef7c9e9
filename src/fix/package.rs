/*!
Parts of a package (a zip) changed in place: every byte of the other parts stays, compressed as it was.

The parts are read as the reader of Word files reads them; what is written is one local record and the numbers that count past it, at the offsets
that the ZIP application note (6.3.10, sections 4.3.7 to 4.3.16) gives them. Packages with 64-bit records are refused:
a manuscript of four gigabytes is none.
*/

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchive};

use super::{Splice, splice};
use crate::read::docx;
use crate::text::Source;

/// A part as the directory lists it, in bytes of the package.
struct Entry {
    name: String,
    method: CompressionMethod,
    flags: u16,
    local: usize,
    data: std::ops::Range<usize>,
    central: usize,
}

struct Directory {
    entries: Vec<Entry>,
    start: usize,
    end_record: usize,
}

/// The texts of the parts that anchors count in.
pub fn contents(source: &Source) -> Result<Vec<String>, String> {
    source.parts.iter().map(|name| content(source.file(), name)).collect()
}

/// The package with splices made in its parts.
pub fn spliced(source: &Source, mut splices: Vec<Splice>) -> Result<Vec<u8>, String> {
    splices.sort();
    let mut bytes = source.file().to_vec();
    for own in splices.chunk_by(|a, b| a.part == b.part) {
        let name = source.parts.get(own[0].part as usize).ok_or("找不到要改的部分")?;
        let old = content(&bytes, name)?;
        let made = splice::apply(old.as_bytes(), &preserved(&old, own)?)?;
        bytes = replaced(&bytes, name, &made)?;
        if content(&bytes, name)?.as_bytes() != made {
            return Err(format!("{name}写回后读出来不一样"));
        }
    }
    Ok(bytes)
}

/// Adds `xml:space="preserve"` to each element whose text now begins or ends with white space that would be dropped.
fn preserved(xml: &str, splices: &[Splice]) -> Result<Vec<Splice>, String> {
    let mut all = splices.to_vec();
    let mut done = None;
    for splice in splices {
        let Some(tag_end) = xml[..splice.start].rfind('>').filter(|end| done != Some(*end)) else { continue };
        done = Some(tag_end);
        let tag = &xml[xml[..tag_end].rfind('<').unwrap_or(tag_end)..tag_end];
        let close = xml[tag_end + 1..].find('<').map_or(xml.len(), |at| tag_end + 1 + at);
        let own: Vec<Splice> = splices.iter().filter(|it| tag_end < it.start && it.end <= close).cloned().collect();
        let own: Vec<Splice> = own
            .into_iter()
            .map(|it| Splice { start: it.start - tag_end - 1, end: it.end - tag_end - 1, ..it })
            .collect();
        if own.is_empty() {
            continue;
        }
        let made = splice::apply(&xml.as_bytes()[tag_end + 1..close], &own)?;
        let edges = [made.first(), made.last()];
        let drops = edges.iter().flatten().any(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        if drops && !tag.contains("xml:space") && !tag.starts_with("</") && !tag.ends_with('/') {
            let bytes = b" xml:space=\"preserve\"".to_vec();
            all.push(Splice { part: splice.part, start: tag_end, end: tag_end, bytes });
        }
    }
    all.sort();
    Ok(all)
}

/// The text of a part as anchors count in it.
///
/// # Errors
/// A part that cannot be read, and one in UTF-16, whose text is not its bytes.
fn content(bytes: &[u8], name: &str) -> Result<String, String> {
    let text = docx::part(bytes, name).map_err(|unreadable| unreadable.what)?;
    let head = text.split_once('>').map_or("", |(head, _)| head).to_ascii_lowercase();
    if head.contains("utf-16") { Err(format!("{name}不是UTF-8，不能改")) } else { Ok(text) }
}

/// Names are compared without regard to case, as the packaging standard has it.
fn find<'d>(directory: &'d Directory, name: &str) -> Result<&'d Entry, String> {
    let mut found = directory.entries.iter().filter(|entry| entry.name.eq_ignore_ascii_case(name));
    let entry = found.next().ok_or_else(|| format!("压缩包里没有{name}"))?;
    if found.next().is_some() { Err(format!("压缩包里有两个{name}")) } else { Ok(entry) }
}

fn directory(bytes: &[u8]) -> Result<Directory, String> {
    let broken = |_| "压缩包的目录残缺".to_string();
    let archive = ZipArchive::from_slice(bytes).map_err(broken)?;
    let mut entries = Vec::new();
    let mut listed = archive.entries();
    while let Some(record) = listed.next_entry().map_err(broken)? {
        let (start, end) = archive.get_entry(record.wayfinder()).map_err(broken)?.compressed_data_range();
        let central = record.central_directory_offset() as usize;
        entries.push(Entry {
            name: String::from_utf8_lossy(record.file_path().as_bytes()).replace('\\', "/"),
            method: record.compression_method(),
            flags: u16_at(bytes, central + 8)?,
            local: record.local_header_offset() as usize,
            data: start as usize..end as usize,
            central,
        });
    }
    Ok(Directory { entries, start: archive.directory_offset() as usize, end_record: archive.eocd_offset() as usize })
}

/// The package with another content of a part.
fn replaced(bytes: &[u8], name: &str, content: &[u8]) -> Result<Vec<u8>, String> {
    let directory = directory(bytes)?;
    let entry = find(&directory, name)?;
    let next = directory.entries.iter().map(|it| it.local).filter(|&at| at > entry.local).min();
    let next = next.unwrap_or(directory.start);
    let packed = packed(entry.method, content)?;
    let mut head = bytes[entry.local..entry.data.start].to_vec();
    describe(&mut head, 6, entry.flags, content, packed.len())?;
    let delta = (head.len() + packed.len()) as i64 - (next - entry.local) as i64;
    let mut made = [&bytes[..entry.local], &head, &packed, &bytes[next..]].concat();
    let moved = |at: usize| if at >= next { (at as i64 + delta) as usize } else { at };
    for other in &directory.entries {
        let central = moved(other.central);
        if other.local > entry.local {
            shift(&mut made, central + 42, delta)?;
        }
    }
    let central = moved(entry.central);
    describe(&mut made[central..], 8, entry.flags, content, packed.len())?;
    shift(&mut made, moved(directory.end_record) + 16, delta)?;
    Ok(made)
}

fn packed(method: CompressionMethod, content: &[u8]) -> Result<Vec<u8>, String> {
    if method == CompressionMethod::STORE {
        return Ok(content.to_vec());
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content).and_then(|()| encoder.finish()).map_err(|error| format!("压缩不了：{error}"))
}

/// Writes flags (without the data descriptor), checksum and sizes into a header whose flags stand at an offset.
fn describe(header: &mut [u8], flags_at: usize, flags: u16, content: &[u8], packed: usize) -> Result<(), String> {
    const DESCRIPTOR: u16 = 1 << 3;
    let mut crc = flate2::Crc::new();
    crc.update(content);
    let size = |size: usize| u32::try_from(size).map_err(|_| "压缩包太大".to_string());
    let numbers = [crc.sum(), size(packed)?, size(content.len())?];
    // Method, time and date stand between the flags and the checksum.
    let fields = header.get_mut(flags_at..flags_at + 20).ok_or("压缩包的目录残缺")?;
    fields[..2].copy_from_slice(&(flags & !DESCRIPTOR).to_le_bytes());
    for (number, field) in numbers.iter().zip(fields[8..].chunks_mut(4)) {
        field.copy_from_slice(&number.to_le_bytes());
    }
    Ok(())
}

/// Moves an offset that stands in the package.
fn shift(bytes: &mut [u8], at: usize, delta: i64) -> Result<(), String> {
    let field = bytes.get_mut(at..at + 4).and_then(|field| field.first_chunk_mut::<4>()).ok_or("压缩包的目录残缺")?;
    let old = u32::from_le_bytes(*field);
    let moved = u32::try_from(i64::from(old) + delta).ok().filter(|_| old != u32::MAX);
    *field = moved.ok_or("压缩包用了64位记录，不能改")?.to_le_bytes();
    Ok(())
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, String> {
    let field = bytes.get(at..).and_then(|rest| rest.first_chunk::<2>()).ok_or("压缩包的目录残缺")?;
    Ok(u16::from_le_bytes(*field))
}
