/*!
Whole numbers as ordinals and counts write them: 3, 三, 十二, 一百二十, 两, 双.

Only what can number the members of a list is read here; amounts, decimals and approximations are not.
*/

use crate::text::charset::CharSet;

/// The value of a numeral, Arabic or Chinese, below ten thousand.
///
/// ```
/// use kanwu::facts::series::numeral::value;
/// assert_eq!(value("一百二十"), Some(120));
/// assert_eq!(value("十二"), Some(12));
/// assert_eq!(value("12"), Some(12));
/// assert_eq!(value("三四"), None);
/// ```
pub fn value(numeral: &str) -> Option<u32> {
    if numeral.bytes().all(|byte| byte.is_ascii_digit()) {
        return (1..=4).contains(&numeral.len()).then(|| numeral.parse().ok()).flatten();
    }
    let mut total = 0;
    let mut digit: Option<u32> = None;
    let mut unit = 10_000;
    for c in numeral.chars() {
        match (figure(c), scale(c)) {
            (Some(0), _) => digit = None,
            (Some(figure), _) if digit.is_none() => digit = Some(figure),
            (None, Some(scale)) if scale < unit && digit != Some(0) => {
                total += digit.take().unwrap_or(1) * scale;
                unit = scale;
            }
            _ => return None,
        }
    }
    Some(total + digit.unwrap_or(0)).filter(|value| *value > 0)
}

/// The length in bytes of the numeral that a text begins with, Arabic or Chinese; 0 if it begins with none.
pub fn length(text: &str) -> usize {
    let arabic = text.bytes().take_while(u8::is_ascii_digit).count();
    if arabic > 0 {
        return arabic;
    }
    text.chars().take_while(|c| is_chinese(*c)).map(char::len_utf8).sum()
}

/// Whether a character belongs to a numeral of either kind.
pub fn belongs(c: char) -> bool {
    static FIGURES: CharSet = CharSet::new("0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千");
    FIGURES.contains(c)
}

fn is_chinese(c: char) -> bool {
    static FIGURES: CharSet = CharSet::new("零〇一二两三四五六七八九十百千");
    FIGURES.contains(c)
}

fn figure(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn scale(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}
