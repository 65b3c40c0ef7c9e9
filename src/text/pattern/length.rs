/*!
How long a match of a regular expression can be, so that it is only looked for round the literals that it must hold.

Read from the expression as it is written, without building it. What is not of the plain kind has no known length.
*/

/// The most bytes that a match can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    pub bytes: usize,
    /// Rows of digits, commas and points in it may have any length; their bytes are not counted.
    pub elastic: bool,
}

/// How long a match can be; none where nothing bounds it but digits.
pub fn longest(source: &str) -> Option<Length> {
    let mut reader = Reader { rest: source, elastic: false };
    let bytes = reader.choices()?.bytes;
    reader.rest.is_empty().then_some(Length { bytes, elastic: reader.elastic })
}

/// Whether a byte belongs to a number in digits, of which a match may have any row.
pub fn is_elastic(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b',' | b'.')
}

/// The bytes of any character.
const ANY: Part = Part { bytes: 4, plain: false };
const NOTHING: Part = Part { bytes: 0, plain: true };

/// What was read of an expression.
#[derive(Clone, Copy)]
struct Part {
    /// The most bytes that it matches.
    bytes: usize,
    /// It matches nothing but digits, commas and points.
    plain: bool,
}

struct Reader<'s> {
    rest: &'s str,
    elastic: bool,
}

impl Reader<'_> {
    fn choices(&mut self) -> Option<Part> {
        let mut most = self.row()?;
        while self.take("|") {
            let other = self.row()?;
            most = Part { bytes: most.bytes.max(other.bytes), plain: most.plain && other.plain };
        }
        Some(most)
    }

    fn row(&mut self) -> Option<Part> {
        let mut sum = NOTHING;
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let one = self.one()?;
            sum = Part { bytes: sum.bytes + one.bytes * self.times(one)?, plain: sum.plain && one.plain };
        }
        Some(sum)
    }

    fn one(&mut self) -> Option<Part> {
        match self.next()? {
            '(' => self.group(),
            '[' => self.class(),
            '\\' => self.escaped(),
            '^' | '$' => Some(NOTHING),
            '.' => Some(ANY),
            '*' | '+' | '?' | '{' => None,
            c => Some(Part::of(c)),
        }
    }

    fn group(&mut self) -> Option<Part> {
        if self.take("?P<") || self.take("?<") {
            self.rest = self.rest.split_once('>')?.1;
        } else if self.rest.starts_with('?') && !self.take("?:") {
            return None;
        }
        let part = self.choices()?;
        self.take(")").then_some(part)
    }

    fn class(&mut self) -> Option<Part> {
        let other = self.take("^");
        if self.rest.starts_with(']') {
            return None;
        }
        let (mut all, mut last) = (NOTHING, '\0');
        loop {
            let next = self.next()?;
            let part = match next {
                ']' => return Some(if other { ANY } else { all }),
                '[' => return None,
                '\\' => self.escaped()?,
                // Of a range the last character is the longest; 0-9 and no other is plain.
                '-' => Part { bytes: 1, plain: last == '0' && self.rest.starts_with('9') },
                c => Part::of(c),
            };
            all = Part { bytes: all.bytes.max(part.bytes), plain: all.plain && part.plain };
            last = next;
        }
    }

    fn escaped(&mut self) -> Option<Part> {
        match self.next()? {
            'p' | 'P' => {
                self.rest = self.rest.strip_prefix('{')?.split_once('}')?.1;
                Some(ANY)
            }
            'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'n' | 't' | 'r' => Some(ANY),
            'b' | 'B' => Some(NOTHING),
            'x' => {
                self.rest = self.rest.get(2..)?;
                Some(ANY)
            }
            c if c.is_alphanumeric() => None,
            c => Some(Part::of(c)),
        }
    }

    /// How often at most what was read may stand; without end only digits may.
    fn times(&mut self, part: Part) -> Option<usize> {
        let endless = self.take("*") || self.take("+");
        let most = if endless {
            None
        } else if self.take("?") {
            Some(1)
        } else if self.rest.starts_with('{') {
            let (counts, rest) = self.rest[1..].split_once('}')?;
            self.rest = rest;
            let most = counts.rsplit(',').next()?;
            if most.is_empty() { None } else { Some(most.parse().ok()?) }
        } else {
            return Some(1);
        };
        self.take("?");
        self.elastic |= most.is_none();
        most.or(part.plain.then_some(0))
    }

    fn next(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let c = rest.next();
        self.rest = rest.as_str();
        c
    }

    fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

impl Part {
    fn of(c: char) -> Part {
        Part { bytes: c.len_utf8(), plain: c.is_ascii() && is_elastic(c as u8) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Length, longest};

    #[test]
    fn lengths_bound_every_match() {
        for (source, bytes) in [
            ("年0", Some(4)),
            (r"[0-9]{4}年(0)[1-9]月|月(0)[1-9]日", Some(12)),
            (r"^(?:特此|专此)[。！]?$", Some(9)),
            (r"[\[［]\d{1,3}", Some(15)),
            ("(?i)doi", None),
            ("[^年]{2,}", None),
            ("[一二]+年", None),
        ] {
            assert_eq!(longest(source), bytes.map(|bytes| Length { bytes, elastic: false }), "{source}");
        }
    }

    #[test]
    fn rows_of_digits_are_not_counted() {
        for (source, bytes) in [("近[0-9][0-9,.]*[多余]", 7), (r"[0-9]+(?:\.[0-9]+)?[～~]", 4), ("(?:,[0-9]{3})*元", 3)]
        {
            assert_eq!(longest(source), Some(Length { bytes, elastic: true }), "{source}");
        }
    }
}
