/*!
A sieve for the beginnings of terms: most places of a text begin no term of a table, and its first bytes show it.

A term is known by its first six bytes, two Han characters, or where it has fewer, by its first three. The build script
writes the sieve, and shares this file for the places in it.
*/

/// The bytes of a sieve.
pub const SIZE: usize = 1 << 13;

/// Whether a term may begin a text.
#[inline]
pub fn may_begin(sieve: &[u8; SIZE], text: &[u8]) -> bool {
    places(text).into_iter().any(|place| sieve[place / 8 % SIZE] >> (place % 8) & 1 == 1)
}

/// The places in a sieve of what begins with the first six bytes of a text, and with the first three.
#[inline]
pub fn places(text: &[u8]) -> [usize; 2] {
    let first = first_eight(text);
    [first << 16, first << 40].map(mixed)
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
fn mixed(bytes: u64) -> usize {
    (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 48) as usize
}
