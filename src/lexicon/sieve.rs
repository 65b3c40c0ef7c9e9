/*!
A sieve for the beginnings of terms: most places of a text begin no term of a table, and its first bytes show it.

A term is known by its first six bytes, two Han characters, or where it has fewer, by its first three; each has a part
of the sieve for itself. The build script writes the sieve, and shares this file for the places in it.
*/

/// Bits of a place in the part for six bytes, and in the part for three.
const LONG: u32 = 17;
const SHORT: u32 = 16;
/// The bytes of a sieve.
pub const SIZE: usize = (1 << LONG | 1 << SHORT) / 8;

/// Whether a term may begin a text.
#[inline]
pub fn may_begin(sieve: &[u8; SIZE], text: &[u8]) -> bool {
    let [long, short] = places(text);
    has(sieve, long) || has(sieve, short)
}

/// The places in a sieve of what begins with the first six bytes of a text, and with the first three.
#[inline]
pub fn places(text: &[u8]) -> [usize; 2] {
    let first = first_eight(text);
    [mixed(first << 16, LONG), 1 << LONG | mixed(first << 40, SHORT)]
}

#[inline]
fn first_eight(text: &[u8]) -> u64 {
    let eight = text.first_chunk::<8>().copied().unwrap_or_else(|| {
        let mut padded = [0; 8];
        padded[..text.len()].copy_from_slice(text);
        padded
    });
    u64::from_le_bytes(eight)
}

/// The upper bits of a product depend on all bits of the factor.
#[inline]
fn mixed(bytes: u64, bits: u32) -> usize {
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
}

#[inline]
fn has(sieve: &[u8; SIZE], place: usize) -> bool {
    sieve[place / 8] >> (place % 8) & 1 == 1
}
