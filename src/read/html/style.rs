/*!
The little of style that decides whether text is on the page at all.

Of a page's style sheet only rules for all media count whose selector is one class, one id, or an element with one of
them; a selector that depends on what is around an element is not decided here, and its text is read.
*/

use std::collections::HashSet;

use super::token::{Attribute, Start};

/// Whether declarations take an element off the page.
pub(super) fn hides(declarations: &str) -> bool {
    declarations.split(';').any(|declaration| {
        let Some((name, value)) = declaration.split_once(':') else { return false };
        let value = value.to_ascii_lowercase();
        let value = value.trim().trim_end_matches("!important").trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "display" => value == "none",
            "visibility" => matches!(value, "hidden" | "collapse"),
            _ => false,
        }
    })
}

/// The selectors of a page that hide.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    hiding: HashSet<String>,
}

impl Sheet {
    /// Adds the rules of a style element.
    pub fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut depth = 0;
        let mut from = 0;
        let mut selector = "";
        for (at, byte) in css.bytes().enumerate() {
            match byte {
                b'{' => {
                    depth += 1;
                    if depth == 1 {
                        selector = &css[from..at];
                    }
                    from = at + 1;
                }
                b'}' => {
                    if depth == 1 && !selector.trim_start().starts_with('@') && hides(&css[from..at]) {
                        self.hiding
                            .extend(selector.split(',').map(|one| one.trim().to_string()).filter(|one| is_simple(one)));
                    }
                    depth = i32::max(depth - 1, 0);
                    from = at + 1;
                }
                _ => {}
            }
        }
    }

    /// Whether a rule hides the element.
    pub fn hides(&self, start: &Start) -> bool {
        if self.hiding.is_empty() {
            return false;
        }
        let classes = start.attribute(Attribute::Class).into_iter().flat_map(str::split_whitespace);
        let mut names =
            classes.map(|class| format!(".{class}")).chain(start.attribute(Attribute::Id).map(|id| format!("#{id}")));
        names.any(|name| self.hiding.contains(&name) || self.hiding.contains(&format!("{}{name}", start.name)))
    }
}

/// One class or id, after an element or nothing.
fn is_simple(selector: &str) -> bool {
    let marks = selector.chars().filter(|c| matches!(c, '.' | '#')).count();
    marks == 1 && !selector.contains([' ', '>', '+', '~', ':', '[', '*', '\n', '\t'])
}

fn without_comments(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_that_hide() {
        for (style, expected) in [
            ("display:none", true),
            ("color:red; Display : NONE !important", true),
            ("visibility: hidden", true),
            ("display:block", false),
            ("background:url(none)", false),
            ("", false),
        ] {
            assert_eq!(hides(style), expected, "{style}");
        }
    }

    #[test]
    fn a_class_hides_only_by_itself() {
        let mut sheet = Sheet::default();
        sheet.add("/* .a{display:none} */ .b, p.c {display:none} .d .e{display:none} @media print{.f{display:none}} #g{display:none}");
        let hidden = |name: &str, kind: Attribute, value: &str| {
            let attributes = vec![(kind, value.to_string())];
            sheet.hides(&Start { name: name.into(), attributes, ..Start::default() })
        };
        assert!(
            hidden("span", Attribute::Class, "x b")
                && hidden("p", Attribute::Class, "c")
                && hidden("i", Attribute::Id, "g")
        );
        for class in ["a", "c", "e", "f", "d"] {
            assert!(!hidden("span", Attribute::Class, class), "{class}");
        }
    }
}
