//! The file behind `--tenants`: read, and its paths taken from where it lies.

use std::path::Path;

use crate::app::AS_UTF_8;
use crate::domain::connection::cloud::Cloud;
use crate::domain::encoding;
use crate::domain::tenants::{self, TenantEntry, Tenants};
use crate::domain::trouble::Trouble;
use crate::effects::files;

/// Reads the file; a path in it that is not absolute begins where the file lies.
///
/// # Errors
///
/// It cannot be read, or what it says cannot be.
pub fn read(file: &Path) -> Result<Tenants, Trouble> {
    let refused = |why: String, next: &str| {
        Trouble::new(format!("The file of tenants {} could not be read.", file.display()), why, next)
    };
    let missing = "Check the path behind --tenants; what stands in the file: README, \"Several tenants\".";
    let bytes = files::read_named(file).map_err(|error| refused(files::reason(&error), missing))?;
    let text = encoding::text_of(&bytes).map_err(|why| refused(why, AS_UTF_8))?;
    let read = tenants::read(&text);
    let all =
        read.map_err(|wrong| refused(wrong.join(" "), "Correct the file; every tenant is a [[tenant]]."))?;
    let beside = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let beside = beside.parent().unwrap_or(Path::new("."));
    Ok(Tenants { tenants: all.tenants.into_iter().map(|entry| placed(entry, beside)).collect() })
}

/// The entry with its paths beside the file.
fn placed(entry: TenantEntry, beside: &Path) -> TenantEntry {
    let at = |path: Option<std::path::PathBuf>| path.map(|path| beside.join(path));
    let cloud = entry.cloud.map(|cloud| match Cloud::named(&cloud) {
        Some(_) => cloud,
        None => beside.join(cloud).display().to_string(),
    });
    TenantEntry {
        record: beside.join(entry.record),
        plan: at(entry.plan),
        secret_file: at(entry.secret_file),
        certificate: at(entry.certificate),
        ca_file: at(entry.ca_file),
        cloud,
        ..entry
    }
}
