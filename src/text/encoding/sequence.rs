//! Reading one byte sequence at a time.
//!
//! The fast way through a sound file is `encoding_rs` as a whole. Two questions need single steps:
//! which sequences of a damaged file are invalid, and how long in bytes each character was. Both must
//! agree with each other and with the fast way, so both ask here; what counts as one invalid sequence
//! is what the WHATWG Encoding Standard replaces by one U+FFFD. Nothing here judges how many are too
//! many.

use super::Encoding;
use encoding_rs::DecoderResult;

/// Whether a sequence of bytes is a character of the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Valid,
    Invalid,
    /// The bytes end inside a sequence that has been right so far.
    Incomplete,
}

/// Reads the first sequence of `bytes`, which are not empty.
///
/// Appends what it says to `text`, U+FFFD unless it is valid, and returns its length in bytes.
pub(super) fn read_one(bytes: &[u8], encoding: Encoding, text: &mut String) -> (usize, Fit) {
    let (length, fit) = match encoding {
        Encoding::Utf8 => utf8(bytes, text),
        Encoding::Utf16Le => utf16(bytes, u16::from_le_bytes, text),
        Encoding::Utf16Be => utf16(bytes, u16::from_be_bytes, text),
        Encoding::Gb18030 => multibyte(bytes, encoding, gb18030_length(bytes), text),
        Encoding::Big5 => multibyte(bytes, encoding, big5_length(bytes), text),
    };
    if fit != Fit::Valid {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    (length, fit)
}

fn utf8(bytes: &[u8], text: &mut String) -> (usize, Fit) {
    let window = &bytes[..bytes.len().min(4)];
    let Some(chunk) = window.utf8_chunks().next() else {
        return (0, Fit::Valid);
    };
    if let Some(first) = chunk.valid().chars().next() {
        text.push(first);
        return (first.len_utf8(), Fit::Valid);
    }
    let length = chunk.invalid().len();
    let ended = std::str::from_utf8(window).is_err_and(|error| error.error_len().is_none());
    (length, if ended { Fit::Incomplete } else { Fit::Invalid })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, text: &mut String) -> (usize, Fit) {
    let mut units = bytes.chunks_exact(2).take(2).map(|pair| unit([pair[0], pair[1]]));
    let high_at_end = matches!(units.clone().next(), Some(0xD800..=0xDBFF)) && bytes.len() < 4;
    match char::decode_utf16(&mut units).next() {
        None => (bytes.len(), Fit::Incomplete),
        Some(Err(_)) if high_at_end => (bytes.len(), Fit::Incomplete),
        Some(Err(_)) => (2, Fit::Invalid),
        Some(Ok(character)) => {
            text.push(character);
            (2 * character.len_utf16(), Fit::Valid)
        }
    }
}

/// How many bytes the first ones claim to be, by their ranges alone.
fn gb18030_length(bytes: &[u8]) -> usize {
    match bytes {
        [0x81..=0xFE, 0x30..=0x39, ..] => 4,
        [0x81..=0xFE, ..] => 2,
        _ => 1,
    }
}

fn big5_length(bytes: &[u8]) -> usize {
    match bytes {
        [0x81..=0xFE, ..] => 2,
        _ => 1,
    }
}

fn multibyte(bytes: &[u8], encoding: Encoding, length: usize, text: &mut String) -> (usize, Fit) {
    let claimed = &bytes[..length.min(bytes.len())];
    let mut said = [0; 16];
    let mut decoder = encoding.table().new_decoder_without_bom_handling();
    let (result, _, written) = decoder.decode_to_utf8_without_replacement(claimed, &mut said, true);
    match result {
        DecoderResult::InputEmpty => {
            text.push_str(&String::from_utf8_lossy(&said[..written]));
            (claimed.len(), Fit::Valid)
        }
        DecoderResult::Malformed(wrong, 0) if claimed.len() < length => (usize::from(wrong), Fit::Incomplete),
        DecoderResult::Malformed(wrong, _) => (usize::from(wrong), Fit::Invalid),
        DecoderResult::OutputFull => unreachable!("sixteen bytes hold any sequence"),
    }
}
