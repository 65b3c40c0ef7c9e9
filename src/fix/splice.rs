/*!
From edits of a text to edits of the bytes it was read from.
*/

use super::Splice;
use crate::finding::Edit;
use crate::text::Source;
use crate::text::encoding::{Decoded, decode, encode};

/// The file's text as it was decoded, markup and all.
pub fn decoded(source: &Source) -> Result<Decoded, String> {
    decode(source.file(), Some(source.encoding)).map_err(|error| error.to_string())
}

/// The edit of a file whose text is what was decoded. Offsets are still those of the text.
pub fn plain(source: &Source, edit: &Edit) -> Result<Vec<Splice>, String> {
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    encoded(source, vec![Splice { part: 0, start, end, bytes: edit.text.clone().into_bytes() }])
}

/// Checks that the file's encoding can write what is put in.
pub fn encoded(source: &Source, splices: Vec<Splice>) -> Result<Vec<Splice>, String> {
    for splice in &splices {
        let text = text_of(splice)?;
        if let Some(c) = text.chars().find(|c| encode(c.encode_utf8(&mut [0; 4]), source.encoding).is_none()) {
            return Err(format!("文件的编码{}写不出“{c}”（U+{:04X}）", source.encoding, c as u32));
        }
    }
    Ok(splices)
}

/// The file's bytes with splices of its decoded text made.
///
/// # Errors
/// Bytes that would not read back as the text that was meant, as may be next to broken ones.
pub fn spliced(source: &Source, mut splices: Vec<Splice>) -> Result<Vec<u8>, String> {
    splices.sort();
    let decoded = decoded(source)?;
    let meant = apply(decoded.text.as_bytes(), &splices)?;
    let offsets: Vec<u32> = splices.iter().flat_map(|splice| [splice.start as u32, splice.end as u32]).collect();
    let places = crate::text::encoding::original_offsets(source.file(), &decoded, &offsets);
    for (splice, place) in splices.iter_mut().zip(places.chunks(2)) {
        let bytes = encode(text_of(splice)?, source.encoding).ok_or("有文字写不进文件的编码")?;
        *splice = Splice { part: 0, start: place[0], end: place[1], bytes };
    }
    let bytes = apply(source.file(), &splices)?;
    let again = decode(&bytes, Some(source.encoding)).map_err(|error| error.to_string())?;
    if again.text.as_bytes() != meant || again.bom != decoded.bom {
        return Err("改动处与读不通的字节相连，改后会读成别的字".to_string());
    }
    Ok(bytes)
}

/// The bytes with splices made, which are in order.
///
/// # Errors
/// Splices that overlap or reach past the end.
pub fn apply(bytes: &[u8], splices: &[Splice]) -> Result<Vec<u8>, String> {
    let mut made = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for splice in splices {
        let kept = bytes.get(done..splice.start).filter(|_| splice.start <= splice.end && splice.end <= bytes.len());
        made.extend_from_slice(kept.ok_or("改动互相重叠")?);
        made.extend_from_slice(&splice.bytes);
        done = splice.end;
    }
    made.extend_from_slice(bytes.get(done..).ok_or("改动互相重叠")?);
    Ok(made)
}

fn text_of(splice: &Splice) -> Result<&str, String> {
    std::str::from_utf8(&splice.bytes).map_err(|_| "改动不是文字".to_string())
}
