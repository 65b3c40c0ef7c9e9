/*!
Which runs of two and three characters official text has.

Counted over 18.5 million Han characters (`rules/lexicon/grams.README`); a run must stand three times there to count, for
the text has misprints of its own. The table is a set of bits in which every run sets eight: it says of one run in three
thousand that it is there when it is not, and never the reverse. So it can silence a check, and never raise one.
*/

const BITS: &[u8] = include_bytes!("../../rules/lexicon/grams.bin");
/// Bits that one run sets.
const MARKS: u64 = 8;

/// Whether official text has the run, of two or three characters.
///
/// ```
/// use kanwu::lexicon::grams::is_attested;
/// assert!(is_attested(&['检', '察', '院']));
/// assert!(!is_attested(&['栽', '判', '文']));
/// ```
pub fn is_attested(run: &[char]) -> bool {
    let size = BITS.len() as u64 * 8;
    size > 0 && places(run, size).all(|bit| BITS[(bit / 8) as usize] & (1 << (bit % 8)) != 0)
}

/// The table of these runs, `bits` bits for each.
pub fn table<'r>(runs: impl ExactSizeIterator<Item = &'r [char]>, bits: usize) -> Vec<u8> {
    let mut table = vec![0u8; (runs.len() * bits).div_ceil(8)];
    let size = table.len() as u64 * 8;
    for run in runs {
        for bit in places(run, size) {
            table[(bit / 8) as usize] |= 1 << (bit % 8);
        }
    }
    table
}

fn places(run: &[char], size: u64) -> impl Iterator<Item = u64> {
    let seed = run.iter().fold(run.len() as u64, |sum, c| scatter(sum ^ u64::from(*c)));
    let step = scatter(seed) | 1;
    (0..MARKS).map(move |index| seed.wrapping_add(step.wrapping_mul(index)) % size)
}

/// The finalizer of splitmix64.
fn scatter(value: u64) -> u64 {
    let value = value.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
