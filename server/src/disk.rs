//! How much room a disk has.

use std::{io, path::Path};

/// Free bytes for somebody who is not the system itself, on the disk of a folder; `None` where that cannot be asked.
///
/// # Errors
/// When the folder is gone or cannot be read.
#[cfg(target_os = "linux")]
pub fn free(folder: &Path) -> io::Result<Option<u64>> {
    let found = rustix::fs::statvfs(folder)?;
    Ok(Some(found.f_bavail.saturating_mul(found.f_frsize)))
}

/// Elsewhere nobody asks.
///
/// # Errors
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn free(_folder: &Path) -> io::Result<Option<u64>> {
    Ok(None)
}
