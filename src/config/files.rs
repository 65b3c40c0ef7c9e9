/*!
Which files a glob means: it counts from the folder of its configuration, and `*` passes over folders too.
*/

use std::path::{Component, Path, PathBuf};

use globset::{Glob, GlobMatcher};

/// A glob and the folder that it counts from.
#[derive(Clone, Debug)]
pub struct Files {
    pub pattern: String,
    root: PathBuf,
    glob: GlobMatcher,
    /// The one file that is meant, where the glob is a plain path.
    single: Option<PathBuf>,
}

impl PartialEq for Files {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern && self.root == other.root
    }
}

impl Files {
    /// A glob that counts from an absolute folder.
    ///
    /// # Errors
    /// What is wrong with the glob.
    pub fn new(pattern: &str, root: &Path) -> Result<Files, String> {
        let plain = pattern.strip_prefix("./").unwrap_or(pattern);
        let glob = Glob::new(plain).map_err(|error| error.kind().to_string())?;
        let special = pattern.contains(['*', '?', '[', ']', '{', '}', '\\']);
        let single = (!special).then(|| super::absolute(&root.join(pattern)));
        Ok(Files { pattern: pattern.to_string(), root: root.to_path_buf(), glob: glob.compile_matcher(), single })
    }

    /// Whether an absolute path is meant.
    pub fn has(&self, path: &Path) -> bool {
        match &self.single {
            Some(single) => single.as_os_str() == path.as_os_str(),
            None => self.glob.is_match(relative(path, &self.root)),
        }
    }

    /// The one file that is meant, absolute, where the glob is a plain path.
    pub fn single(&self) -> Option<&Path> {
        self.single.as_deref()
    }

    /// The folder that the glob counts from.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// An absolute path as seen from an absolute folder, with `/` between names.
pub fn relative(path: &Path, root: &Path) -> String {
    let (path, root): (Vec<Component>, Vec<Component>) = (path.components().collect(), root.components().collect());
    let shared = path.iter().zip(&root).take_while(|(a, b)| a == b).count();
    let up = root[shared..].iter().map(|_| "..".into());
    let down = path[shared..].iter().map(|component| component.as_os_str().to_string_lossy());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_counts_from_its_folder() {
        let has =
            |pattern: &str, path: &str| Files::new(pattern, Path::new("/社")).expect("a glob").has(Path::new(path));
        assert!(has("公文/**", "/社/公文/二/请示.txt"));
        assert!(has("*.md", "/社/公文/请示.md"));
        assert!(has("./三版.docx", "/社/三版.docx"));
        assert!(!has("三版.docx", "/社/旧/三版.docx"));
        assert!(!has("公文/**", "/社/新闻/公文.txt"));
        assert!(has("../外/*", "/外/一.txt"));
        assert!(has(&globset::escape("稿[1].txt"), "/社/稿[1].txt"));
    }

    #[test]
    fn a_broken_glob_is_told() {
        assert!(Files::new("稿[", Path::new("/社")).is_err());
    }
}
