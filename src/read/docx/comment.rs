/*!
Comments: never text of the manuscript, and sometimes a leave.

A person who answers a comment of kanwu with 不改 has decided: findings of that rule in the commented range may stand. So
has one who writes 不改 at the start of a line of the comment itself, as in programs that know no replies.
*/

use std::collections::HashMap;

use super::xml::{Event, Malformed, Space, Xml};

/// A comment with its text, one line a paragraph.
#[derive(Clone, Debug, Default)]
pub struct Comment {
    pub id: String,
    author: String,
    text: String,
    /// `w14:paraId` of its paragraphs, by the last of which a reply finds it.
    paragraphs: Vec<String>,
}

/// A leave that stands in the comments: the comment that it is about, the rule, the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub comment: String,
    /// Empty where the comment names no rule.
    pub rule: String,
    pub reason: String,
}

/// The comments of a package.
pub fn read(text: &str) -> Result<Vec<Comment>, Malformed> {
    let mut xml = Xml::new(text);
    let mut comments: Vec<Comment> = Vec::new();
    let mut in_text = false;
    loop {
        match xml.next()? {
            Event::Open(element) if element.space == Space::Word => match (element.name, comments.last_mut()) {
                ("comment", _) => comments.push(Comment {
                    id: xml.attribute(&element, Space::Word, "id").unwrap_or_default(),
                    author: xml.attribute(&element, Space::Word, "author").unwrap_or_default(),
                    ..Comment::default()
                }),
                ("p", Some(comment)) => {
                    comment.text.push('\n');
                    comment.paragraphs.extend(xml.attribute(&element, Space::WordNew, "paraId"));
                }
                ("br" | "cr", Some(comment)) => comment.text.push('\n'),
                (name, _) => in_text = name == "t",
            },
            Event::Close(_) => in_text = false,
            Event::Text(text, _) if in_text => {
                if let Some(comment) = comments.last_mut() {
                    comment.text.push_str(text);
                }
            }
            Event::Char(c, ..) if in_text => {
                if let Some(comment) = comments.last_mut() {
                    comment.text.push(c);
                }
            }
            Event::End => return Ok(comments),
            _ => {}
        }
    }
}

/// Which comment answers which, by the ids of their paragraphs, from `commentsExtended.xml`.
pub fn threads(text: &str) -> Result<HashMap<String, String>, Malformed> {
    let mut xml = Xml::new(text);
    let mut parents = HashMap::new();
    loop {
        match xml.next()? {
            Event::Open(element) if element.name == "commentEx" => {
                let said = |name| xml.attribute(&element, Space::WordNew, name);
                if let (Some(own), Some(parent)) = (said("paraId"), said("paraIdParent")) {
                    parents.insert(own, parent);
                }
            }
            Event::End => return Ok(parents),
            _ => {}
        }
    }
}

/// The leaves that the comments give.
pub fn answers(comments: &[Comment], parents: &HashMap<String, String>) -> Vec<Answer> {
    let by_paragraph: HashMap<&str, &Comment> =
        comments.iter().flat_map(|comment| comment.paragraphs.iter().map(move |id| (id.as_str(), comment))).collect();
    let answer = |comment: &Comment, reason: &str| Answer {
        comment: comment.id.clone(),
        rule: comment.rule(),
        reason: reason.trim().to_string(),
    };
    let mut answers = Vec::new();
    for comment in comments {
        if comment.is_own() {
            let line = comment.text.lines().find(|line| line.trim().starts_with(LEAVE) && says_leave(line));
            answers.extend(line.map(|line| answer(comment, line)));
            continue;
        }
        let parent =
            comment.paragraphs.iter().find_map(|id| parents.get(id)).and_then(|id| by_paragraph.get(id.as_str()));
        if let Some(parent) = parent.filter(|parent| parent.is_own() && says_leave(&comment.text)) {
            answers.push(answer(parent, &comment.text));
        }
    }
    answers
}

const LEAVE: &str = "不改";

/// Whether a text says 不改, and not that it cannot be left (不能不改) or what to do if it is (不改不行).
fn says_leave(text: &str) -> bool {
    text.match_indices(LEAVE).any(|(at, _)| {
        let before = text[..at].trim_end();
        let after = &text[at + LEAVE.len()..];
        let denied = ["不能", "不得", "不可", "不该", "不应", "不会", "怎能", "岂能", "如果", "若"]
            .iter()
            .any(|word| before.ends_with(word));
        !denied && !["不行", "不可", "变", "成"].iter().any(|word| after.starts_with(word))
    })
}

impl Comment {
    /// Whether kanwu wrote it.
    fn is_own(&self) -> bool {
        let author = self.author.trim();
        author == "勘误" || author.eq_ignore_ascii_case("kanwu")
    }

    /// The rule that it names in square brackets: `[organization/role-outside-institution]`.
    fn rule(&self) -> String {
        let is_part = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        let bracketed =
            self.text.split(['[', '［', '【']).skip(1).filter_map(|rest| rest.split([']', '］', '】']).next());
        let mut rules = bracketed
            .map(str::trim)
            .filter(|id| id.split_once('/').is_some_and(|(topic, name)| is_part(topic) && is_part(name)));
        rules.next().unwrap_or_default().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::says_leave;

    #[test]
    fn a_leave_is_said_and_not_denied() {
        for text in ["不改", "此处不改，原文如此", " 不改。", "人名，不改"] {
            assert!(says_leave(text), "{text}");
        }
        for text in ["不能不改", "不改不行", "改了", "", "从来不改变"] {
            assert!(!says_leave(text), "{text}");
        }
    }
}
