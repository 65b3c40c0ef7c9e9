/*!
The encoding of an HTML file.

A byte order mark comes first, then what the page declares, then what its bytes show. The bytes win over a declaration
that does not fit them: pages are often converted and keep the old word.
*/

use crate::text::encoding::{self, DecodeError, Decoded, Encoding};

/// How far into a page its declaration is looked for, in bytes.
const HEAD: usize = 4096;

/// Decodes the bytes of a page.
pub(in crate::read) fn decode(bytes: &[u8], forced: Option<Encoding>) -> Result<Decoded, DecodeError> {
    let declared = declared(bytes).filter(|&declared| forced.is_none() && fits(bytes, declared));
    match declared.map(|declared| encoding::decode(bytes, Some(declared))) {
        Some(Ok(decoded)) if decoded.replaced == 0 => Ok(decoded),
        _ => encoding::decode(bytes, forced),
    }
}

/// Bytes that are UTF-8 with characters of three bytes are nothing else by accident.
fn fits(bytes: &[u8], declared: Encoding) -> bool {
    let wide = || std::str::from_utf8(bytes).is_ok_and(|text| text.chars().any(|c| c.len_utf8() >= 3));
    declared == Encoding::Utf8 || !wide()
}

/// The encoding that a `meta` element or an XML declaration names. One that could not be read at all if it were right
/// (UTF-16) is not believed.
fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head: String = bytes.iter().take(HEAD).map(|&byte| byte.to_ascii_lowercase() as char).collect();
    let named = head.match_indices("charset").map(|(at, word)| at + word.len());
    let prolog = head.starts_with("<?xml").then(|| head.find("encoding").map(|at| at + "encoding".len())).flatten();
    let encodings = named.chain(prolog).filter_map(|at| {
        let value = head[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(value.len());
        value[..end].parse::<Encoding>().ok()
    });
    encodings.filter(|encoding| !matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be)).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_win_over_a_wrong_word() {
        let page = |charset: &str| format!("<meta charset={charset}><p>湖水退了，纠纷也少了。</p>");
        let written = |charset: &str, encoding| encoding::encode(&page(charset), encoding).expect("can be written");
        for (bytes, expected) in [
            (written("gbk", Encoding::Gb18030), Encoding::Gb18030),
            (written("gbk", Encoding::Utf8), Encoding::Utf8),
            (written("utf-8", Encoding::Gb18030), Encoding::Gb18030),
            (written("utf-16", Encoding::Utf8), Encoding::Utf8),
            (written("x-unknown", Encoding::Utf8), Encoding::Utf8),
        ] {
            let decoded = decode(&bytes, None).expect("decodes");
            assert_eq!(decoded.encoding, expected);
            assert!(decoded.text.contains("湖水退了"));
        }
    }

    #[test]
    fn a_declaration_decides_where_bytes_cannot() {
        let bytes = encoding::encode(
            "<meta http-equiv='Content-Type' content='text/html; charset=big5'><p>中文</p>",
            Encoding::Big5,
        );
        assert_eq!(decode(&bytes.expect("can be written"), None).expect("decodes").encoding, Encoding::Big5);
    }
}
