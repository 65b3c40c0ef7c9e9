/*!
Echoes: runs of three Han characters whose first and last stand together more often in the manuscript.

Nearly every run of a text stands in it once and has nothing to be set against. So characters that stand together are
first counted in a [`Sketch`], which costs next to nothing, and only the runs of which those counts leave something to be
said are kept and counted exactly.
*/

use rustc_hash::FxHashMap as HashMap;

use super::Context;
use crate::lexicon::grams::is_attested;
use crate::manuscript::BlockKind;
use crate::text::charset::CharSet;
use crate::text::han;

/// Runs of characters: how often each stands, and where first.
pub type Runs<const N: usize> = HashMap<[char; N], (u32, u32)>;

/// The runs of a manuscript that have an echo, and others that happen to share a count with one that has.
#[derive(Default)]
pub struct Echoes {
    /// The outer characters stand round different middles.
    pub framed: Runs<3>,
    /// The outer characters are a pair at least three times, the first two at least twice, and official text does not have
    /// the outer ones side by side.
    pub split: Runs<3>,
}

/// Characters that stand between any two others.
static LITTLE: CharSet = CharSet::new(
    "的了在是和与及等说为对向被把将这那个们中上下里也就都又还不有从到以之于其并而或但后前时所地得着过由让给第\
    一二三四五六七八九十百千万亿两零〇几数多每各该此本大小左右东西南北年月日甲乙丙丁",
);

/// Whether a character stands between any two others.
#[inline]
pub fn is_little(c: char) -> bool {
    LITTLE.contains(c)
}

/// The echoes of a manuscript.
pub(super) fn echoes(cx: &Context) -> Echoes {
    let mut sketch = Sketch::new(cx);
    let mut last = ('\0', 0);
    each_run(cx, |[a, b], end| {
        sketch.count_pair(a, b);
        if last.1 + b.len_utf8() == end {
            sketch.count_frame(last.0, a, b);
        }
        last = (a, end);
    });
    let mut echoes = Echoes::default();
    each_run(cx, |run @ [a, b, c], end| {
        let place = place(a, c) >> sketch.shift;
        let framed = sketch.frames[place as usize].is_varied();
        let split = sketch.pairs[place as usize] >= 3;
        if !(framed || split) || is_little(a) || is_little(c) {
            return;
        }
        if framed {
            echoes.framed.entry(run).or_insert((0, start(run, end))).0 += 1;
        }
        if split && sketch.has_twice(a, b) && !is_little(b) && !is_attested(&[a, c]) {
            echoes.split.entry(run).or_insert((0, start(run, end))).0 += 1;
        }
    });
    echoes
}

/// Shows every run of Han characters of all blocks but code, with the byte at which it ends.
pub fn each_run<const N: usize>(cx: &Context, mut see: impl FnMut([char; N], usize)) {
    for block in cx.manuscript.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
        let mut window = ['\0'; N];
        let mut length = 0;
        let mut end = block.span.start as usize;
        for c in cx.at(block.span).chars() {
            end += c.len_utf8();
            if !han::is_han(c) {
                length = 0;
                continue;
            }
            for place in 1..N {
                window[place - 1] = window[place];
            }
            window[N - 1] = c;
            length += 1;
            if length >= N {
                see(window, end);
            }
        }
    }
}

/// Where a run begins that ends at a byte.
pub fn start<const N: usize>(run: [char; N], end: usize) -> u32 {
    (end - run.iter().map(|c| c.len_utf8()).sum::<usize>()) as u32
}

/// How often two characters stand together, roughly: pairs share counters, so a count may be too high and never too low.
struct Sketch {
    /// Side by side.
    pairs: Vec<u8>,
    /// Round a third one.
    frames: Vec<Frame>,
    shift: u32,
}

/// What stands between two characters: the code of the last middle, and a bit that says that another was seen.
#[derive(Clone, Copy, Default)]
struct Frame(u32);

impl Frame {
    const VARIED: u32 = 1 << 31;

    fn see(&mut self, middle: char) {
        let last = self.0 & !Frame::VARIED;
        let other = last != 0 && last != middle as u32;
        self.0 = middle as u32 | self.0 & Frame::VARIED | if other { Frame::VARIED } else { 0 };
    }

    fn is_varied(self) -> bool {
        self.0 & Frame::VARIED != 0
    }
}

impl Sketch {
    /// One for a manuscript, with about two counters for a character.
    fn new(cx: &Context) -> Self {
        let bits = (cx.manuscript.text.len() / 2).next_power_of_two().ilog2().clamp(8, 23);
        Sketch { pairs: vec![0; 1 << bits], frames: vec![Frame::default(); 1 << bits], shift: 32 - bits }
    }

    fn count_pair(&mut self, a: char, b: char) {
        let count = &mut self.pairs[(place(a, b) >> self.shift) as usize];
        *count = count.saturating_add(1);
    }

    fn count_frame(&mut self, a: char, middle: char, c: char) {
        self.frames[(place(a, c) >> self.shift) as usize].see(middle);
    }

    fn has_twice(&self, a: char, b: char) -> bool {
        self.pairs[(place(a, b) >> self.shift) as usize] >= 2
    }
}

/// A number that two characters have in common with few others, its high bits least of all.
#[inline]
fn place(a: char, b: char) -> u32 {
    (a as u32).wrapping_mul(0x9E37_79B1).wrapping_add((b as u32).wrapping_mul(0x85EB_CA6B))
}
