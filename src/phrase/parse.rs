/*!
From the text of a phrase to its parts.
*/

use super::{PhraseError, Slot};

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    Gap,
    Slot(Slot),
    Choice(Vec<Vec<Node>>),
    Mark(Vec<Node>),
}

/// More than any sentence needs; a bound on the work and the depth of everything that walks a phrase.
const LONGEST: usize = 400;
/// The most characters that a slot may hold.
pub(super) const SLOT: usize = 40;
/// The most texts that a stretch of choices is spelt out into.
const SPELLINGS: usize = 64;

struct Parser<'t> {
    text: &'t str,
    at: usize,
    marked: bool,
}

/// Reads a phrase that is looked for.
pub(super) fn parse(text: &str) -> Result<Vec<Node>, PhraseError> {
    let nodes = parse_loose(text)?;
    if matches!(nodes.first(), Some(Node::Gap)) {
        return Err(PhraseError::new(0, "a gap at the start of a phrase means nothing"));
    }
    if matches!(nodes.last(), Some(Node::Gap)) {
        return Err(PhraseError::new(text.len() - '…'.len_utf8(), "a gap at the end of a phrase means nothing"));
    }
    Ok(nodes)
}

/// Reads a phrase that need not be found, such as a replacement.
pub(super) fn parse_loose(text: &str) -> Result<Vec<Node>, PhraseError> {
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        return Err(PhraseError::new(at, format!("a phrase has at most {LONGEST} characters")));
    }
    let mut parser = Parser { text, at: 0, marked: false };
    let nodes = parser.sequence(None)?;
    Ok(nodes)
}

/// The least and the most characters of a match.
pub(super) fn length(nodes: &[Node], gap: usize) -> (usize, usize) {
    let lengths = nodes.iter().map(|node| match node {
        Node::Text(text) => (text.chars().count(), text.chars().count()),
        Node::Gap => (0, gap),
        Node::Slot(Slot::Han) => (1, 1),
        Node::Slot(_) => (1, SLOT),
        Node::Mark(inner) => length(inner, gap),
        Node::Choice(alternatives) => {
            let each = alternatives.iter().map(|alternative| length(alternative, gap));
            each.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))).unwrap_or((0, 0))
        }
    });
    lengths.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
}

/// Whether a gap stands in it, at any depth.
pub(super) fn has_gap(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Gap => true,
        Node::Text(_) | Node::Slot(_) => false,
        Node::Mark(inner) => has_gap(inner),
        Node::Choice(alternatives) => alternatives.iter().any(|alternative| has_gap(alternative)),
    })
}

/// All texts that the parts stand for, unless they hold a gap or a slot or there are too many.
pub(super) fn spell(nodes: &[Node]) -> Option<Vec<String>> {
    let mut all = vec![String::new()];
    for node in nodes {
        let texts = match node {
            Node::Text(text) => vec![text.clone()],
            Node::Gap | Node::Slot(_) => return None,
            Node::Mark(inner) => spell(inner)?,
            Node::Choice(alternatives) => {
                let each: Option<Vec<Vec<String>>> = alternatives.iter().map(|one| spell(one)).collect();
                each?.concat()
            }
        };
        if all.len() * texts.len() > SPELLINGS {
            return None;
        }
        all = all.iter().flat_map(|head| texts.iter().map(move |text| format!("{head}{text}"))).collect();
    }
    Some(all)
}

impl Parser<'_> {
    /// Parts up to the closing character, which is left to the caller, or to the end.
    fn sequence(&mut self, open: Option<(char, usize)>) -> Result<Vec<Node>, PhraseError> {
        let mut nodes = Vec::new();
        while let Some(c) = self.peek() {
            match (c, open) {
                (')' | '|', Some(('(', _))) | ('⟧', Some(('⟦', _))) => return Ok(nodes),
                _ => self.node(c, &mut nodes)?,
            }
        }
        match open {
            Some((bracket, at)) => Err(PhraseError::new(at, format!("`{bracket}` is not closed"))),
            None => Ok(nodes),
        }
    }

    fn node(&mut self, c: char, nodes: &mut Vec<Node>) -> Result<(), PhraseError> {
        let at = self.at;
        self.at += c.len_utf8();
        match c {
            '\\' => {
                let next = self.peek().ok_or_else(|| PhraseError::new(at, "nothing follows the `\\`"))?;
                self.at += next.len_utf8();
                push_char(nodes, next);
            }
            '…' => push_gap(nodes),
            '{' => nodes.push(Node::Slot(self.slot(at)?)),
            '(' => nodes.push(self.choice(at)?),
            '⟦' => nodes.push(self.mark(at)?),
            '|' => {
                let error = PhraseError::new(at, "`|` outside of a choice");
                return Err(error.help("a choice is written (甲|乙); the character itself is \\|"));
            }
            ')' | '}' | '⟧' => {
                let error = PhraseError::new(at, format!("`{c}` closes nothing"));
                return Err(error.help(format!("the character itself is \\{c}")));
            }
            _ => push_char(nodes, c),
        }
        Ok(())
    }

    fn slot(&mut self, open: usize) -> Result<Slot, PhraseError> {
        let rest = &self.text[self.at..];
        let close = rest.find('}').ok_or_else(|| PhraseError::new(open, "`{` is not closed"))?;
        let name = &rest[..close];
        let slot = Slot::ALL.into_iter().find(|slot| slot.name() == name).ok_or_else(|| unknown_slot(self.at, name))?;
        self.at += close + 1;
        Ok(slot)
    }

    fn choice(&mut self, open: usize) -> Result<Node, PhraseError> {
        let mut alternatives = Vec::new();
        loop {
            alternatives.push(self.sequence(Some(('(', open)))?);
            let bar = self.peek() == Some('|');
            self.at += 1;
            if !bar {
                return Ok(Node::Choice(alternatives));
            }
        }
    }

    fn mark(&mut self, open: usize) -> Result<Node, PhraseError> {
        if self.marked {
            return Err(PhraseError::new(open, "a mark inside a mark"));
        }
        self.marked = true;
        let inner = self.sequence(Some(('⟦', open)))?;
        self.marked = false;
        self.at += '⟧'.len_utf8();
        Ok(Node::Mark(inner))
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }
}

fn push_char(nodes: &mut Vec<Node>, c: char) {
    match nodes.last_mut() {
        Some(Node::Text(text)) => text.push(c),
        _ => nodes.push(Node::Text(c.to_string())),
    }
}

/// `……` is one gap, as a writer means it.
fn push_gap(nodes: &mut Vec<Node>) {
    if nodes.last() != Some(&Node::Gap) {
        nodes.push(Node::Gap);
    }
}

fn unknown_slot(at: usize, name: &str) -> PhraseError {
    let near = Slot::ALL.into_iter().find(|slot| name.chars().any(|c| slot.name().contains(c)));
    let names: Vec<String> = Slot::ALL.iter().map(|slot| format!("{{{}}}", slot.name())).collect();
    let help = match near {
        Some(slot) => format!("did you mean {{{}}}?", slot.name()),
        None => format!("the slots are {}", names.join(" ")),
    };
    PhraseError::new(at, format!("unknown slot {{{name}}}")).help(help)
}
