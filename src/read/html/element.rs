/*!
What an element is: a block, a break, something that is not read.
*/

/// Elements without content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose content is not read.
pub(super) fn hides(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "noembed"
            | "noframes"
            | "iframe"
            | "object"
            | "applet"
            | "audio"
            | "video"
            | "canvas"
            | "svg"
            | "math"
            | "select"
            | "datalist"
            | "option"
            | "textarea"
            | "button"
            | "nav"
            | "rt"
            | "rp"
            | "rtc"
            | "del"
            | "s"
            | "strike"
            | "title"
    )
}

/// Elements that stand on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "select"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "title"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// The level of a heading.
pub(super) fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Which open elements the start of one ends, and the elements that shield them.
pub(super) fn ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu", "dir", "table"]),
        "dd" | "dt" => (&["dd", "dt"], &["dl", "table"]),
        "td" | "th" => (&["td", "th"], &["table"]),
        "tr" => (&["tr", "caption"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr", "caption"], &["table"]),
        "rt" | "rp" | "rb" | "rtc" => (&["rt", "rp", "rb"], &["ruby"]),
        "option" | "optgroup" => (&["option"], &["select", "datalist"]),
        _ if heading(name).is_some() => (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], CELLS),
        _ if is_block(name) => (&["p"], CELLS),
        _ => (&[], &[]),
    }
}

/// Elements that an end tag inside them does not reach out of, unless it is one of a table.
pub(super) const CELLS: &[&str] = &["td", "th", "caption", "table"];

/// Elements that make up tables.
pub(super) fn is_table_part(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "caption")
}
