//! An application of one's own that signs in, and the file of its secret.

/// An app registration of the rehearsal's customer.
pub const OWN_APP: &str = "c0ffee00-0000-4000-8000-000000000001";

pub fn private(path: &std::path::Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, text).expect("a file");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("its mode");
}
