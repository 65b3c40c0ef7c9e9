/*!
The profiles that come with the program: configurations like any other, embedded.
*/

use std::path::PathBuf;

use super::File;

/// Name and text.
pub const PROFILES: &[(&str, &str)] = &[
    ("newspaper", include_str!("../../rules/profiles/newspaper.toml")),
    ("official", include_str!("../../rules/profiles/official.toml")),
    ("thesis", include_str!("../../rules/profiles/thesis.toml")),
    ("court", include_str!("../../rules/profiles/court.toml")),
];

/// The profile of that name, as a file.
pub fn profile(name: &str) -> Option<File> {
    let (name, text) = PROFILES.iter().find(|(known, _)| *known == name)?;
    let name = format!("rules/profiles/{name}.toml");
    Some(File { name, text: (*text).to_string(), folder: PathBuf::new(), root: PathBuf::new() })
}
