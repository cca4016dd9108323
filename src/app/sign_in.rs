//! How to sign in: the command line first, then the plan; and the files that hold an app's secret or certificate.

use std::path::Path;

use crate::cli::Options;
use crate::domain::connection::sign_in::SignInWay;
use crate::domain::plan::Plan;
use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;
use crate::effects::locked;
use crate::effects::standard_input::StandardInput;
use crate::tenant::{Asked, SignIn, read_private};

/// How to sign in. What the command line says is remembered in the plan.
pub(super) fn how(options: &Options, plan: &mut Plan) -> Result<SignIn, Trouble> {
    let remembered = &mut plan.sign_in;
    remembered.client_id = options.client_id.clone().or(remembered.client_id.take());
    remembered.way = options.sign_in.or(remembered.way);
    remembered.azure = options.azure_sign_in.or(remembered.azure);
    let way = remembered.way.unwrap_or_default();
    let ways = [Some(way), remembered.azure];
    let needs = |way: SignInWay| ways.contains(&Some(way));
    Ok(SignIn {
        way,
        azure: remembered.azure,
        client_id: remembered.client_id.clone(),
        secret: if needs(SignInWay::ClientSecret) { secret(options)? } else { None },
        certificate: if needs(SignInWay::ClientCertificate) { Some(certificate(options)?) } else { None },
        asked: if options.confirm_sign_in { Asked::Everybody } else { Asked::RealPeople },
    })
}

fn secret(options: &Options) -> Result<Option<Secret>, Trouble> {
    match &options.secret_file {
        Some(file) if file == Path::new("-") => typed().map(Some),
        // It is needed until the program ends, for every token.
        Some(file) => read_private(file).map(|secret| Some(locked::secret(secret.expose()))),
        None => Ok(None),
    }
}

/// The first line of standard input, which is then used up.
fn typed() -> Result<Secret, Trouble> {
    match StandardInput::default().line() {
        Some(line) if !line.trim().is_empty() => Ok(locked::secret(line.trim())),
        Some(_) | None => Err(Trouble::new(
            "The client secret was not given.",
            "Standard input holds no line.",
            "Pipe the secret in, or name a file with --secret-file.",
        )),
    }
}

fn certificate(options: &Options) -> Result<Secret, Trouble> {
    match &options.certificate {
        Some(file) => read_private(file),
        None => Err(no_certificate()),
    }
}

/// An app that is to prove itself by a certificate has none.
pub(super) fn no_certificate() -> Trouble {
    Trouble::new(
        "The certificate is missing.",
        "--sign-in client-certificate proves the app by a certificate.",
        "Name a PEM file with the certificate and its RSA key: --certificate FILE.",
    )
}
