//! Certificates for an https rehearsal tenant: a fresh authority per start, and one server certificate.
//!
//! Only `ca.pem` is written; the keys never leave memory.

use std::path::Path;
use std::sync::Arc;

use axum_server::tls_rustls::RustlsConfig;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::rehearsal::error::RehearsalError;

/// Makes authority and certificate, writes the authority to `ca.pem` in `folder`, where there is none.
pub fn config(folder: &Path) -> Result<RustlsConfig, RehearsalError> {
    let (authority, server) = certificates().map_err(|error| RehearsalError::Tls(error.to_string()))?;
    let io = |source| RehearsalError::Io { what: "writing the certificate authority", source };
    std::fs::create_dir_all(folder).map_err(io)?;
    let file = folder.join("ca.pem");
    let mut made = std::fs::File::create_new(&file).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => RehearsalError::CertificateThere(file.display().to_string()),
        _ => io(source),
    })?;
    std::io::Write::write_all(&mut made, authority.as_bytes()).map_err(io)?;
    Ok(RustlsConfig::from_config(Arc::new(server)))
}

fn certificates() -> Result<(String, ServerConfig), Box<dyn std::error::Error>> {
    let mut params = CertificateParams::new(Vec::default())?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, "Rehearsal tenant, not a real authority");
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
    let key = KeyPair::generate()?;
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names)?.signed_by(&key, &authority)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut server = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)?;
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok((authority.pem(), server))
}
