/*!
Puts a file in the place of the one it was made from: whole or not at all, and never over somebody's newer work.
*/

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

/// Replaces a file by other bytes. A link stays, what it leads to is replaced; permissions are kept.
///
/// # Errors
/// What stands in the way, and a file that is no longer what was read.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    unchanged(&path, old)?;
    let folder = path.parent().ok_or_else(|| io::Error::other("it is in no folder"))?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let mut file = Builder::new().prefix(".kanwu-").tempfile_in(folder)?;
    file.write_all(new)?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    unchanged(&path, old)?;
    file.persist(&path).map_err(|error| error.error)?;
    // The new name is only safe when the folder is; not every system can open one.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

fn unchanged(path: &Path, old: &[u8]) -> io::Result<()> {
    if fs::read(path)? == old { Ok(()) } else { Err(io::Error::other("it has changed since it was read")) }
}
