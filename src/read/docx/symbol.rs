/*!
Signs that are drawn by a font of symbols: `w:sym`, and bullets.

The code says nothing without the font. What is known is read as the character that a person sees (☑, ①, α); any other is
[`OPAQUE`], one character that stands for something that is no text.
*/

/// U+FFFC, the object replacement character: equations, embedded objects, signs that are not known.
pub const OPAQUE: char = '\u{FFFC}';

/// The character that a code shows in a font.
pub fn shown(font: &str, code: u32) -> char {
    let font = font.trim().to_lowercase();
    let private = (0xF000..=0xF0FF).contains(&code);
    let code = if private { code - 0xF000 } else { code };
    let known = match font.as_str() {
        "wingdings" => wingdings(code),
        "wingdings 2" => wingdings_2(code),
        "wingdings 3" => None,
        "symbol" => symbol(code),
        _ if private => None,
        _ => char::from_u32(code).filter(|c| !c.is_control()),
    };
    known.unwrap_or(OPAQUE)
}

/// The label of a bullet, of which a private code without a known font is a plain •.
pub fn bullet(font: &str, text: &str) -> String {
    let one = |c: char| match c as u32 {
        code @ 0xF000..=0xF0FF => Some(shown(font, code)).filter(|&c| c != OPAQUE).unwrap_or('•'),
        _ => c,
    };
    text.chars().map(one).collect()
}

fn found(code: u32, signs: &[(u32, char)]) -> Option<char> {
    signs.iter().find(|sign| sign.0 == code).map(|sign| sign.1)
}

fn wingdings(code: u32) -> Option<char> {
    match code {
        0x80 => return Some('⓪'),
        0x81..=0x8A => return char::from_u32('①' as u32 + code - 0x81),
        0x8C..=0x95 => return char::from_u32('❶' as u32 + code - 0x8C),
        _ => {}
    }
    #[rustfmt::skip]
    const SIGNS: &[(u32, char)] = &[
        (0x20, ' '), (0x21, '✏'), (0x22, '✂'), (0x28, '☎'), (0x2A, '✉'), (0x3F, '✍'), (0x46, '☞'), (0x45, '☜'), (0x4A, '☺'),
        (0x4C, '☹'), (0x52, '☼'), (0x6C, '●'), (0x6D, '❍'), (0x6E, '■'), (0x6F, '□'), (0x71, '❑'), (0x72, '❒'),
        (0x73, '⬧'), (0x74, '⧫'), (0x75, '◆'), (0x76, '❖'), (0x77, '⬥'), (0x9F, '•'), (0xA1, '○'), (0xA4, '◉'),
        (0xA7, '▪'), (0xA8, '□'), (0xAB, '★'), (0xD8, '➢'), (0xDC, '➲'), (0xDF, '←'), (0xE0, '→'), (0xE1, '↑'), (0xE2, '↓'),
        (0xE8, '➔'), (0xF0, '⇨'), (0xFB, '✗'), (0xFC, '✓'), (0xFD, '☒'), (0xFE, '☑'),
    ];
    found(code, SIGNS)
}

fn wingdings_2(code: u32) -> Option<char> {
    match code {
        0x69 => return Some('⓪'),
        0x6A..=0x73 => return char::from_u32('①' as u32 + code - 0x6A),
        0x74 => return Some('⓿'),
        0x75..=0x7E => return char::from_u32('❶' as u32 + code - 0x75),
        _ => {}
    }
    #[rustfmt::skip]
    const SIGNS: &[(u32, char)] = &[
        (0x20, ' '), (0x4F, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x54, '☒'), (0x97, '●'), (0x98, '●'),
        (0xA2, '■'), (0xA3, '□'), (0xA4, '□'),
    ];
    found(code, SIGNS)
}

/// The Greek letters, arrows and signs of the font Symbol.
fn symbol(code: u32) -> Option<char> {
    const UPPER: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const LOWER: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    #[rustfmt::skip]
    const SIGNS: &[(u32, char)] = &[
        (0x22, '∀'), (0x24, '∃'), (0x27, '∋'), (0x2A, '∗'), (0x2D, '−'), (0x40, '≅'), (0x5C, '∴'), (0x5E, '⊥'), (0x7E, '∼'),
        (0xA2, '′'), (0xA3, '≤'), (0xA4, '⁄'), (0xA5, '∞'), (0xA7, '♣'), (0xA8, '♦'), (0xA9, '♥'), (0xAA, '♠'), (0xAB, '↔'),
        (0xAC, '←'), (0xAD, '↑'), (0xAE, '→'), (0xAF, '↓'), (0xB0, '°'), (0xB1, '±'), (0xB2, '″'), (0xB3, '≥'), (0xB4, '×'),
        (0xB5, '∝'), (0xB6, '∂'), (0xB7, '•'), (0xB8, '÷'), (0xB9, '≠'), (0xBA, '≡'), (0xBB, '≈'), (0xBC, '…'), (0xC4, '⊗'),
        (0xC5, '⊕'), (0xC6, '∅'), (0xC7, '∩'), (0xC8, '∪'), (0xC9, '⊃'), (0xCA, '⊇'), (0xCC, '⊂'), (0xCD, '⊆'), (0xCE, '∈'),
        (0xCF, '∉'), (0xD0, '∠'), (0xD1, '∇'), (0xD5, '∏'), (0xD6, '√'), (0xD7, '⋅'), (0xD8, '¬'), (0xD9, '∧'), (0xDA, '∨'),
        (0xDB, '⇔'), (0xDC, '⇐'), (0xDD, '⇑'), (0xDE, '⇒'), (0xDF, '⇓'), (0xE5, '∑'), (0xF2, '∫'),
    ];
    match code {
        0x41..=0x5A => UPPER.chars().nth((code - 0x41) as usize),
        0x61..=0x7A => LOWER.chars().nth((code - 0x61) as usize),
        0x20..=0x3F if !matches!(code, 0x22 | 0x24 | 0x27 | 0x2A | 0x2D) => char::from_u32(code),
        _ => found(code, SIGNS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_what_a_person_sees() {
        assert_eq!(shown("Wingdings", 0xF0FE), '☑');
        assert_eq!(shown("Wingdings", 0xF081), '①');
        assert_eq!(shown("Wingdings 2", 0x52), '☑');
        assert_eq!(shown("Symbol", 0xF061), 'α');
        assert_eq!(shown("Symbol", 0xF0B0), '°');
        assert_eq!(shown("宋体", 0x3007), '〇');
        assert_eq!(shown("某字库", 0xF061), OPAQUE);
        assert_eq!(shown("Wingdings 3", 0xF061), OPAQUE);
        assert_eq!(bullet("Wingdings", "\u{F06C}"), "●");
        assert_eq!(bullet("", "\u{F06C}"), "•");
        assert_eq!(bullet("", "–"), "–");
    }
}
