/*!
What a wrong phrase should read: a phrase with the same gaps and slots, whose literal parts take the place of the wrong
one's.
*/

use super::parse::{Node, parse_loose};
use super::{Match, PhraseError, Slot};

/// The right wording for a wrong phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    nodes: Vec<Node>,
}

/// What two phrases must share to be aligned: gaps (no slot) and slots, and the sizes of the choices.
#[derive(Default, PartialEq, Eq)]
struct Shape {
    fillings: Vec<Option<Slot>>,
    choices: Vec<usize>,
    /// A gap or slot stands inside a choice, so that its place among the literals is not known.
    loose: bool,
}

impl Replacement {
    /// Reads the right wording and aligns it with the wrong phrase.
    ///
    /// # Errors
    /// Marks, or gaps, slots or choices that are not those of the wrong phrase.
    pub fn parse(right: &str, wrong: &str) -> Result<Replacement, PhraseError> {
        let nodes = parse_loose(right)?;
        if nodes.iter().any(|node| matches!(node, Node::Mark(_))) {
            return Err(PhraseError::new(0, "marks belong into what is wrong"));
        }
        let (shape, model) = (shape(&nodes), shape(&parse_loose(wrong)?));
        if model.loose || shape.loose {
            return Err(PhraseError::new(0, "a gap or slot inside a choice cannot be aligned: write two phrases"));
        }
        if shape.fillings != model.fillings {
            return Err(PhraseError::new(0, format!("the gaps and slots must be those of `{wrong}`, in its order")));
        }
        if !shape.choices.is_empty() && shape.choices != model.choices {
            return Err(PhraseError::new(
                0,
                format!("the choices must be those of `{wrong}`, with as many alternatives"),
            ));
        }
        Ok(Replacement { nodes })
    }

    /// The texts for [`Match::literals`], one for each.
    pub fn fill(&self, found: &Match) -> Vec<String> {
        let mut choices = found.choices.iter().copied();
        let mut texts = vec![String::new()];
        fill(&self.nodes, &mut choices, &mut texts);
        texts
    }
}

fn fill(nodes: &[Node], choices: &mut dyn Iterator<Item = usize>, texts: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::Text(text) => texts.iter_mut().last().into_iter().for_each(|last| last.push_str(text)),
            Node::Gap | Node::Slot(_) => texts.push(String::new()),
            Node::Mark(inner) => fill(inner, choices, texts),
            Node::Choice(alternatives) => {
                let taken = choices.next().and_then(|index| alternatives.get(index));
                fill(taken.map_or(&[], Vec::as_slice), choices, texts);
            }
        }
    }
}

fn shape(nodes: &[Node]) -> Shape {
    let mut shape = Shape::default();
    trace(nodes, false, &mut shape);
    shape
}

fn trace(nodes: &[Node], inside: bool, shape: &mut Shape) {
    for node in nodes {
        match node {
            Node::Text(_) => {}
            Node::Gap | Node::Slot(_) => {
                shape.loose |= inside;
                shape.fillings.push(match node {
                    Node::Slot(slot) => Some(*slot),
                    _ => None,
                });
            }
            Node::Mark(inner) => trace(inner, inside, shape),
            Node::Choice(alternatives) => {
                shape.choices.push(alternatives.len());
                // A choice inside a choice is passed only on one way, so the order of choices would not be known.
                shape.loose |= inside;
                alternatives.iter().for_each(|alternative| trace(alternative, true, shape));
            }
        }
    }
}
