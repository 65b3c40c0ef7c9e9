/*!
White space and raised figures, as they are seen.
*/

use crate::text::han;

/// White space that collapses.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Whether a line end next to this character is not seen as a space.
pub(super) fn is_wide(c: char) -> bool {
    han::is_han(c) || han::is_wide_mark(c) || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

/// Text above or below the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Raised {
    Above,
    Below,
}

impl Raised {
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "sup" => Some(Raised::Above),
            "sub" => Some(Raised::Below),
            _ => None,
        }
    }
}

/// Figures as they are seen above or below the line; nothing for other text. 10 with a raised 4 is not 104.
pub(in crate::read) fn raise(text: &str, raised: Raised) -> Option<String> {
    const ABOVE: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    const BELOW: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let figures = if raised == Raised::Above { ABOVE } else { BELOW };
    let minus = if raised == Raised::Above { '⁻' } else { '₋' };
    let one = |c: char| match c {
        '-' | '−' => Some(minus),
        c => c.to_digit(10).map(|digit| figures[digit as usize]),
    };
    let raised: Option<String> = text.chars().map(one).collect();
    raised.filter(|raised| !raised.is_empty())
}
