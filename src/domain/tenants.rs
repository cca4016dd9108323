//! Several tenants that are reviewed one beside the other: a TOML file with a `[[tenant]]` for each, which says where its
//! record and its plan are and how to sign in. No secret stands in it; where paths lead is not known here.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::domain::connection::sign_in::SignInWay;
use crate::domain::text::{clean, is_domain, is_guid, is_mail_address};

/// The file as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenants {
    /// The tenants, in the order in which they are told.
    #[serde(default, rename = "tenant")]
    pub tenants: Vec<TenantEntry>,
}

/// One tenant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantEntry {
    /// Its id or one of its domains; `rehearsal` for a simulated one.
    pub id: String,
    /// Which simulated tenant, where it is one; `fresh` where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<String>,
    /// What it is called in the summary; its id where that is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The folder of its record, its own.
    pub record: PathBuf,
    /// Its plan; that of the record where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PathBuf>,
    /// Its cloud by name, or a profile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloud: Option<String>,
    /// How to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignInWay>,
    /// How to sign in to Azure, when another way than for Entra.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub azure_sign_in: Option<SignInWay>,
    /// The application that signs in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The file of the app's secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_file: Option<PathBuf>,
    /// The file of the app's certificate and key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PathBuf>,
    /// Certificates to trust besides the system's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<PathBuf>,
    /// The emergency access accounts by the names they sign in with, where neither plan nor record tells them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<String>,
}

impl TenantEntry {
    /// Whether it is a simulated one.
    pub fn is_rehearsal(&self) -> bool {
        self.id == REHEARSAL
    }

    /// What it is called.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// The id of a simulated tenant.
const REHEARSAL: &str = "rehearsal";

/// Reads the file.
///
/// # Errors
///
/// It is no TOML of this form, or what it says cannot be; in sentences.
pub fn read(text: &str) -> Result<Tenants, Vec<String>> {
    let tenants: Tenants = toml::from_str(text).map_err(|error| vec![clean(error.message())])?;
    match wrong(&tenants) {
        wrong if wrong.is_empty() => Ok(tenants),
        wrong => Err(wrong),
    }
}

/// What cannot be, in sentences.
fn wrong(all: &Tenants) -> Vec<String> {
    let (mut names, mut records) = (BTreeSet::new(), BTreeSet::new());
    let mut wrong = Vec::new();
    if all.tenants.is_empty() {
        wrong.push("It names no tenant; each is a [[tenant]] with id and record.".to_owned());
    }
    for entry in &all.tenants {
        let called = clean(entry.called());
        wrong.extend(of_entry(entry).map(|what| format!("{called}: {what}")));
        if !names.insert(called.to_ascii_lowercase()) {
            wrong.push(format!("{called}: two are called so; give each a name of its own."));
        }
        if !records.insert(entry.record.clone()) {
            wrong.push(format!("{called}: its record is another one's too; each has a folder of its own."));
        }
    }
    wrong
}

/// What is wrong with one of them.
fn of_entry(entry: &TenantEntry) -> impl Iterator<Item = String> {
    let is_number = entry.called().chars().all(|c| c.is_ascii_digit());
    let no_name = (entry.called().trim().is_empty() || is_number)
        .then(|| "a name has a letter; a number alone means its place in the file.".to_owned());
    let no_id = (!is_guid(&entry.id) && !is_domain(&entry.id) && !entry.is_rehearsal()).then(|| {
        "id is the id or a domain of a tenant, like contoso.onmicrosoft.com; or rehearsal.".to_owned()
    });
    let no_seed = (entry.seed.is_some() && !entry.is_rehearsal())
        .then(|| "a seed is for id = \"rehearsal\"; a real tenant has none.".to_owned());
    let client = entry.client_id.as_ref().filter(|id| !is_guid(id));
    let no_app = client.map(|_| "client_id is an application (client) id, 36 characters.".to_owned());
    let by_certificate = entry.sign_in == Some(SignInWay::ClientCertificate) && entry.certificate.is_none();
    let no_certificate =
        by_certificate.then(|| "sign_in client-certificate needs a certificate (a PEM file).".to_owned());
    let by_secret = entry.sign_in == Some(SignInWay::ClientSecret) && entry.secret_file.is_none();
    let no_secret = by_secret
        .then(|| "sign_in client-secret needs a secret_file: nobody is there to type it.".to_owned());
    let odd = entry.accounts.iter().find(|account| !is_mail_address(account) && !is_guid(account));
    let odd = odd.map(|account| format!("{} is no name that an account signs in with.", clean(account)));
    [no_name, no_id, no_seed, no_app, no_certificate, no_secret, odd].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read(text).expect_err(text).join(" ")
    }

    #[test]
    fn a_file_of_two_is_read() {
        let text = "[[tenant]]\nid = \"contoso.com\"\nrecord = \"a\"\n\n[[tenant]]\nid = \"fabrikam.com\"\n\
                    name = \"Fabrikam\"\nrecord = \"b\"\nsign_in = \"workload-identity\"\n";
        let all = read(text).expect("it is a file of tenants").tenants;
        assert_eq!(all.iter().map(TenantEntry::called).collect::<Vec<_>>(), ["contoso.com", "Fabrikam"]);
        assert_eq!(all[1].sign_in, Some(SignInWay::WorkloadIdentity));
    }

    #[test]
    fn what_cannot_be_is_told_with_the_tenant_it_is_about() {
        for (text, says) in [
            ("", "It names no tenant"),
            ("[[tenant]]\nid = \"x\"\nrecord = \"a\"", "x: id is the id or a domain"),
            ("[[tenant]]\nid = \"a.com\"", "missing field `record`"),
            ("[[tenant]]\nid = \"a.com\"\nrecord = \"a\"\nseed = \"p1\"", "a seed is for id = \"rehearsal\""),
            ("[[tenant]]\nid = \"a.com\"\nrecord = \"a\"\nname = \"7\"", "a number alone means its place"),
            ("[[tenant]]\nid = \"a.com\"\nrecord = \"a\"\nsecret = \"x\"", "unknown field `secret`"),
            (
                "[[tenant]]\nid = \"a.com\"\nrecord = \"a\"\nsign_in = \"client-secret\"",
                "needs a secret_file",
            ),
            ("[[tenant]]\nid = \"a.com\"\nrecord = \"a\"\naccounts = [\"me\"]", "no name that an account"),
            (
                "[[tenant]]\nid = \"a.com\"\nrecord = \"a\"\n[[tenant]]\nid = \"A.com\"\nrecord = \"a\"",
                "two are called so",
            ),
            (
                "[[tenant]]\nid = \"a.com\"\nrecord = \"a\"\n[[tenant]]\nid = \"b.com\"\nrecord = \"a\"",
                "its record is another one's too",
            ),
        ] {
            assert!(refused(text).contains(says), "{text}: {}", refused(text));
        }
    }
}
