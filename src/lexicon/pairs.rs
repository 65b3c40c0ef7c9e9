/*!
A sieve of pairs of characters: most places of a text begin no term of a table, and two characters show it.

The build script writes the sieve, and shares this file for the place of a pair in it.
*/

/// The bytes of a sieve.
pub const SIZE: usize = 1 << 13;

/// The bit of a sieve that stands for a pair; others share it.
#[inline]
pub fn place(first: char, second: char) -> usize {
    let mixed = u32::from(first).wrapping_mul(0x9E37_79B1).wrapping_add(u32::from(second)).wrapping_mul(0x85EB_CA6B);
    (mixed >> 16) as usize
}

/// Whether the sieve lets a pair pass.
#[inline]
pub fn has(sieve: &[u8; SIZE], first: char, second: char) -> bool {
    let place = place(first, second);
    sieve[place / 8] >> (place % 8) & 1 == 1
}
