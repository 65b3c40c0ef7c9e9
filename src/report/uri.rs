/*!
Paths as URIs: a relative path becomes a relative reference, an absolute one a `file:` URI.
*/

use std::fmt::Write;
use std::path::Path;

/// The URI of a path; bytes outside the unreserved characters are percent-encoded.
pub fn uri(path: &str) -> String {
    let unified = if cfg!(windows) { path.replace('\\', "/") } else { path.to_string() };
    let mut text = String::new();
    if Path::new(path).is_absolute() {
        text.push_str(if unified.starts_with('/') { "file://" } else { "file:///" });
    }
    for byte in unified.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => text.push(byte as char),
            byte if byte.is_ascii_alphanumeric() => text.push(byte as char),
            byte => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_encoded() {
        assert_eq!(uri("来稿/三 版.txt"), "%E6%9D%A5%E7%A8%BF/%E4%B8%89%20%E7%89%88.txt");
        assert_eq!(uri("a:b%.md"), "a%3Ab%25.md");
        assert_eq!(
            uri(if cfg!(windows) { "C:\\a" } else { "/a" }),
            if cfg!(windows) { "file:///C%3A/a" } else { "file:///a" }
        );
    }
}
