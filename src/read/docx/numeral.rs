/*!
Numbers as Word writes them before paragraphs: 一, 壹, ①, iv, 甲.
*/

/// A number in a `w:numFmt`; an unknown format is decimal, as Word has it. A bullet has no number.
pub fn write(format: &str, number: u32) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => number.to_string().chars().map(wide).collect(),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letter(number),
        "lowerLetter" => letter(number).to_lowercase(),
        "ordinal" => format!("{number}{}", ordinal(number)),
        "numberInDash" => format!("- {number} -"),
        "hex" => format!("{number:X}"),
        "chicago" => mark(number),
        "chineseCounting" | "japaneseCounting" | "taiwaneseCounting" => counting(number, &PLAIN),
        "chineseCountingThousand" | "taiwaneseCountingThousand" | "koreanCounting" => counting(number, &PLAIN),
        "chineseLegalSimplified" => counting(number, &LEGAL),
        "ideographLegalTraditional" | "japaneseLegal" => counting(number, &LEGAL_TRADITIONAL),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2" => digits(number),
        "ideographTraditional" => turn("甲乙丙丁戊己庚辛壬癸", number),
        "ideographZodiac" => turn("子丑寅卯辰巳午未申酉戌亥", number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedParen" => enclosed('⑴', number),
        "decimalEnclosedFullstop" => enclosed('⒈', number),
        "ideographEnclosedCircle" => enclosed_up_to('㊀', 10, number),
        _ => number.to_string(),
    }
}

/// Digits, and the words for ten, a hundred and a thousand.
struct Signs {
    digits: [char; 10],
    tens: [char; 3],
    ten_thousand: char,
}

const PLAIN: Signs = Signs {
    digits: ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    tens: ['十', '百', '千'],
    ten_thousand: '万',
};
const LEGAL: Signs = Signs {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    tens: ['拾', '佰', '仟'],
    ten_thousand: '万',
};
const LEGAL_TRADITIONAL: Signs = Signs {
    digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
    tens: ['拾', '佰', '仟'],
    ten_thousand: '萬',
};

/// 一 … 十 … 十一 … 一百零一. Ten without its one is the custom of plain numbers only: 壹拾.
fn counting(number: u32, signs: &Signs) -> String {
    if number == 0 {
        return signs.digits[0].to_string();
    }
    let mut text = below_ten_thousand(number % 10_000, signs, number >= 10_000);
    if number >= 10_000 {
        text = format!("{}{}{text}", counting(number / 10_000, signs), signs.ten_thousand);
    }
    let short = signs.tens[0] == '十' && text.starts_with("一十");
    if short { text.split_off('一'.len_utf8()) } else { text }
}

fn below_ten_thousand(number: u32, signs: &Signs, follows: bool) -> String {
    let mut text = String::new();
    let mut zero = follows && (1..1000).contains(&number);
    for place in (0..4).rev() {
        let digit = number / 10_u32.pow(place) % 10;
        if digit == 0 {
            zero |= !text.is_empty();
            continue;
        }
        if std::mem::take(&mut zero) {
            text.push(signs.digits[0]);
        }
        text.push(signs.digits[digit as usize]);
        if place > 0 {
            text.push(signs.tens[place as usize - 1]);
        }
    }
    text
}

/// 一〇三.
fn digits(number: u32) -> String {
    let digit =
        |c: char| c.to_digit(10).map_or(c, |digit| if digit == 0 { '〇' } else { PLAIN.digits[digit as usize] });
    number.to_string().chars().map(digit).collect()
}

fn wide(c: char) -> char {
    char::from_u32(c as u32 + 0xFEE0).unwrap_or(c)
}

fn turn(signs: &str, number: u32) -> String {
    let signs: Vec<char> = signs.chars().collect();
    let index = (number.max(1) as usize - 1) % signs.len();
    signs[index].to_string()
}

/// ① to ⑳, ㉑ to ㊿.
fn circled(number: u32) -> String {
    let first = match number {
        1..=20 => '①' as u32 - 1,
        21..=35 => '㉑' as u32 - 21,
        36..=50 => '㊱' as u32 - 36,
        _ => return number.to_string(),
    };
    char::from_u32(first + number).map_or_else(|| number.to_string(), String::from)
}

fn enclosed(first: char, number: u32) -> String {
    enclosed_up_to(first, 20, number)
}

fn enclosed_up_to(first: char, last: u32, number: u32) -> String {
    let sign = (1..=last).contains(&number).then(|| char::from_u32(first as u32 + number - 1)).flatten();
    sign.map_or_else(|| number.to_string(), String::from)
}

/// A … Z, AA, BB, as Word has it.
fn letter(number: u32) -> String {
    let number = number.max(1) - 1;
    let letter = char::from(b'A' + (number % 26) as u8);
    letter.to_string().repeat((number / 26 + 1).min(64) as usize)
}

fn mark(number: u32) -> String {
    let number = number.max(1) - 1;
    ["*", "†", "‡", "§"][number as usize % 4].repeat((number / 4 + 1).min(64) as usize)
}

fn ordinal(number: u32) -> &'static str {
    match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number >= 4000 {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn numbers_as_word_writes_them() {
        let cases = [
            ("chineseCounting", 10, "十"),
            ("chineseCountingThousand", 12, "十二"),
            ("japaneseCounting", 20, "二十"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 10_010, "一万零一十"),
            ("ideographDigital", 103, "一〇三"),
            ("chineseLegalSimplified", 13, "壹拾叁"),
            ("ideographTraditional", 3, "丙"),
            ("decimalEnclosedCircle", 1, "①"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "㉑"),
            ("decimalEnclosedCircle", 50, "㊿"),
            ("decimalEnclosedCircle", 51, "51"),
            ("decimalEnclosedParen", 2, "⑵"),
            ("decimalFullWidth", 12, "１２"),
            ("decimalZero", 7, "07"),
            ("lowerLetter", 27, "aa"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("ordinal", 12, "12th"),
            ("bullet", 4, ""),
            ("neverHeardOf", 4, "4"),
        ];
        for (format, number, text) in cases {
            assert_eq!(write(format, number), text, "{format} {number}");
        }
    }
}
