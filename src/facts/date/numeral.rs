/*!
The numerals of dates: 12, 十二, 廿三, 二〇二五, 元.

Only what stands before 年, 月, 日, 岁 and 周年; quantities belong to the numbers.
*/

const DIGITS: &str = "〇一二三四五六七八九";

/// The value of a numeral, Arabic or Han, by place (二〇二五) or with 十 and 百 (二十五, 一百零五).
///
/// ```
/// use kanwu::facts::date::numeral::value;
/// assert_eq!(value("二〇二五"), Some(2025));
/// assert_eq!(value("六十一"), Some(61));
/// assert_eq!(value("廿三"), Some(23));
/// assert_eq!(value("元"), Some(1));
/// assert_eq!(value("七八"), None); // 七八月, about so many
/// ```
pub fn value(text: &str) -> Option<u32> {
    if text == "元" {
        return Some(1);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    match text.contains(['十', '百', '廿', '卅']) {
        true => counted(text),
        false if text.chars().count() == 2 => None,
        false => text.chars().try_fold(0u32, |sum, c| sum.checked_mul(10)?.checked_add(digit(c)?)),
    }
}

fn digit(c: char) -> Option<u32> {
    match c {
        '零' | '○' => Some(0),
        '两' => Some(2),
        _ => DIGITS.chars().position(|known| known == c).map(|at| at as u32),
    }
}

fn counted(text: &str) -> Option<u32> {
    let (mut sum, mut last) = (0, None);
    for c in text.chars() {
        match c {
            '百' => sum += last.take().unwrap_or(1) * 100,
            '十' => sum += last.take().unwrap_or(1) * 10,
            '廿' => sum += 20,
            '卅' => sum += 30,
            '零' | '〇' => {}
            _ if last.is_some() => return None,
            _ => last = Some(digit(c)?),
        }
    }
    Some(sum + last.unwrap_or(0))
}

/// A number of 1 to 99 in Han characters.
pub fn han(number: u32) -> String {
    let digit = |n: u32| DIGITS.chars().nth(n as usize).map(String::from).unwrap_or_default();
    match (number / 10, number % 10) {
        (0, ones) => digit(ones),
        (tens, ones) => {
            let head = if tens == 1 { String::new() } else { digit(tens) };
            format!("{head}十{}", if ones == 0 { String::new() } else { digit(ones) })
        }
    }
}
