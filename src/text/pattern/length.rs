/*!
How long a match of a regular expression can be, so that it is only looked for round the literals that it must hold.

Read from the expression as it is written, without building it. What is not of the plain kind has no known length.
*/

/// The most bytes that a match can have; none where nothing bounds it.
pub fn longest(source: &str) -> Option<usize> {
    let mut reader = Reader { rest: source };
    let bytes = reader.choices()?;
    reader.rest.is_empty().then_some(bytes)
}

/// The bytes of any character.
const ANY: usize = 4;

struct Reader<'s> {
    rest: &'s str,
}

impl Reader<'_> {
    fn choices(&mut self) -> Option<usize> {
        let mut most = self.row()?;
        while self.take("|") {
            most = most.max(self.row()?);
        }
        Some(most)
    }

    fn row(&mut self) -> Option<usize> {
        let mut sum = 0;
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            sum += self.one()? * self.times()?;
        }
        Some(sum)
    }

    fn one(&mut self) -> Option<usize> {
        match self.next()? {
            '(' => self.group(),
            '[' => self.class(),
            '\\' => self.escaped(),
            '^' | '$' => Some(0),
            '.' => Some(ANY),
            '*' | '+' | '?' | '{' => None,
            c => Some(c.len_utf8()),
        }
    }

    fn group(&mut self) -> Option<usize> {
        if self.take("?P<") || self.take("?<") {
            self.rest = self.rest.split_once('>')?.1;
        } else if self.rest.starts_with('?') && !self.take("?:") {
            return None;
        }
        let bytes = self.choices()?;
        self.take(")").then_some(bytes)
    }

    fn class(&mut self) -> Option<usize> {
        self.take("^");
        if self.rest.starts_with(']') {
            return None;
        }
        loop {
            match self.next()? {
                ']' => return Some(ANY),
                '[' => return None,
                '\\' => {
                    self.escaped()?;
                }
                _ => {}
            }
        }
    }

    fn escaped(&mut self) -> Option<usize> {
        match self.next()? {
            'p' | 'P' => {
                self.rest = self.rest.strip_prefix('{')?.split_once('}')?.1;
                Some(ANY)
            }
            'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'n' | 't' | 'r' => Some(ANY),
            'b' | 'B' => Some(0),
            'x' => {
                self.rest = self.rest.get(2..)?;
                Some(ANY)
            }
            c if c.is_alphanumeric() => None,
            c => Some(c.len_utf8()),
        }
    }

    /// How often at most what was read may stand.
    fn times(&mut self) -> Option<usize> {
        let most = match self.rest.chars().next() {
            Some('*' | '+') => return None,
            Some('?') => {
                self.next();
                1
            }
            Some('{') => {
                let (counts, rest) = self.rest[1..].split_once('}')?;
                self.rest = rest;
                counts.rsplit(',').next()?.parse().ok()?
            }
            _ => return Some(1),
        };
        self.take("?");
        Some(most)
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

#[cfg(test)]
mod tests {
    use super::longest;

    #[test]
    fn lengths_bound_every_match() {
        for (source, bytes) in [
            ("年0", Some(4)),
            (r"[0-9]{4}年(0)[1-9]月|月(0)[1-9]日", Some(27)),
            (r"^(?:特此|专此)[。！]?$", Some(10)),
            (r"[\[［]\d{1,3}", Some(16)),
            ("[0-9]+年", None),
            ("(?i)doi", None),
            ("[^年]{2,}", None),
        ] {
            assert_eq!(longest(source), bytes, "{source}");
        }
    }
}
