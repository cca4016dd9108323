//! The table of how far each way to sign in reaches, cell by cell: a whole unattended setup over every way in every
//! cloud's profile, compared step by step with what the table says.

use std::process::Command;

use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::connection::reach::{Reach, reach};
use breakglass::domain::connection::sign_in::SignInWay;
use serde_json::{Value, json};

use crate::support::apps::{OWN_APP, private};
use crate::support::served::Served;
use crate::support::words;

/// This tenant's security defaults are off as the plan wants them: whoever may look has
/// nothing to write in step 6.
const NOTHING_TO_WRITE: u8 = 6;

/// What `way` needs besides its name.
fn prepared(served: &Served, way: SignInWay, command: &mut Command) {
    command.args(["--sign-in", way.name()]);
    match way {
        SignInWay::Browser | SignInWay::DeviceCode => {}
        SignInWay::AzureCli => {
            command.env("PATH", served.fake_azure_cli());
        }
        SignInWay::ClientSecret => {
            let file = served.home.path("secret");
            private(&file, "not a real secret");
            command.args(["--client-id", OWN_APP]).arg("--secret-file").arg(file);
        }
        SignInWay::ClientCertificate => {
            let file = served.home.path("app.pem");
            private(&file, &certificate());
            command.args(["--client-id", OWN_APP]).arg("--certificate").arg(file);
        }
        SignInWay::ManagedIdentity => {
            command
                .env("IDENTITY_ENDPOINT", served.origin() + "/people/identity")
                .env("IDENTITY_HEADER", "x");
        }
        SignInWay::WorkloadIdentity => {
            let file = served.home.path("federated");
            private(&file, "a.federated.statement");
            command.args(["--client-id", OWN_APP]).env("AZURE_FEDERATED_TOKEN_FILE", file);
        }
    }
}

fn certificate() -> String {
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).expect("a key");
    let params = rcgen::CertificateParams::new(vec!["app".to_owned()]).expect("a name");
    params.self_signed(&key).expect("a certificate").pem() + &key.serialize_pem()
}

/// Whether anything of step `number` is open in a report.
fn is_open(report: &Value, number: u8) -> bool {
    let open = report["open"].as_array().expect("a list");
    let findings = report["steps"][usize::from(number) - 1]["findings"].as_array().expect("findings");
    findings.iter().any(|finding| {
        open.iter().any(|other| other["check"] == finding["check"] && other["slot"] == finding["slot"])
    })
}

fn run(served: &Served, way: SignInWay) -> (Value, String) {
    let mut command = served.setup();
    prepared(served, way, &mut command);
    let output = command.output().expect("it runs");
    let told = words(&output);
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {told}"));
    (report, told)
}

fn row(way: SignInWay, cloud: Cloud) {
    let mut served = Served::in_cloud("p1", cloud);
    let (mut report, mut told) = run(&served, way);
    let cells: Vec<Reach> = (1..=9).map(|number| reach(way, cloud, number)).collect();
    let name = format!("{} in {}", way.name(), cloud.name());
    if cells.contains(&Reach::ByName) {
        assert!(told.contains("permission "), "{name}: nothing is named: {told}");
    } else if cells.contains(&Reach::ByHand) {
        // What waits for a person is open; once it was done by hand it is looked up, and the rest is done.
        for number in (1..=9).filter(|number| reach(way, cloud, *number) == Reach::ByHand) {
            assert!(is_open(&report, number), "{name}, step {number} is not for a person\n{told}");
        }
        served.changed(registered_by_hand, Vec::new());
        (report, told) = run(&served, way);
        assert!((1..=9).all(|number| !is_open(&report, number)), "{name}: {told}");
        return;
    }
    for (number, cell) in (1..=9).zip(cells) {
        if number == NOTHING_TO_WRITE && cell == Reach::ByName {
            continue;
        }
        let at = format!("{name}, step {number}: the table says {cell:?}");
        assert_eq!(is_open(&report, number), cell != Reach::Api, "{at}\n{told}");
    }
}

/// A person has registered the planned keys in the portal.
fn registered_by_hand(state: &mut Value) {
    let keys = [("harbor.lantern@", "Lantern", 2), ("meadow.compass@", "Compass", 1)];
    for user in state["users"].as_array_mut().expect("users") {
        let upn = user["body"]["userPrincipalName"].as_str().unwrap_or_default().to_owned();
        let Some((_, name, count)) = keys.iter().find(|(start, ..)| upn.starts_with(start)) else { continue };
        let key = |number: u8| {
            json!({"@odata.type": "#microsoft.graph.fido2AuthenticationMethod",
                "id": format!("{name}-{number}"), "displayName": format!("{name} key {number}"),
                "aaGuid": "5eed5eed-0000-4000-8000-00000000f1d0", "model": "Sample key",
                "createdDateTime": "2026-11-25T00:00:00Z"})
        };
        user["methods"] = (1..=*count).map(key).collect();
    }
}

#[test]
fn in_the_global_cloud_every_cell_is_what_a_run_comes_to() {
    for way in SignInWay::ALL {
        row(way, Cloud::Global);
    }
}

#[test]
fn in_the_national_clouds_every_cell_is_what_a_run_comes_to() {
    for cloud in Cloud::ALL.into_iter().filter(|cloud| *cloud != Cloud::Global) {
        for way in SignInWay::ALL {
            row(way, cloud);
        }
    }
}
