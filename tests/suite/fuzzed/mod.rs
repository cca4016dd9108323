//! The fuzz targets, a fixed number of times each: bytes at random, and files in order that were changed in a few places.
//! Without end they run from `tests/fuzz`.

#[path = "../../fuzz/src/lib.rs"]
mod fuzz;

use breakglass::domain::exercise::scenario;
use breakglass::domain::plan::plan_file;
use proptest::prelude::*;

use crate::support::cases::cases;

/// Cases of each target.
const OF_TEXT: u32 = 200;
/// Cases of each target over the wire.
const OVER_THE_WIRE: u32 = 40;

/// A file in order, with up to four changes: something cut out, something put in.
fn changed(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0_usize..40, prop_oneof![piece(), any::<String>()]);
    proptest::collection::vec(change, 1..4).prop_map(move |changes| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, length, new) in changes {
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, new.into_bytes());
        }
        bytes
    })
}

fn piece() -> impl Strategy<Value = String> {
    prop::sample::select(&PIECES[..]).prop_map(str::to_owned)
}

const PIECES: [&str; 16] = [
    "\n",
    "\"",
    "[",
    "]",
    "[[accounts]]",
    "= ",
    "''",
    "99999999999999999999",
    "-1",
    "1e400",
    "true",
    "\u{1b}[2J",
    "2027-02-30",
    "\u{202e}",
    "# ",
    "\0",
];

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..most)
}

const PROFILE: &str = "login = \"https://login.example\"\ngraph = \"https://graph.example\"\narm = \"https://arm.example\"\n\
    logs = \"https://logs.example\"\nportal = \"https://portal.example\"\nsecurity_info = \"https://info.example\"\n\
    time_scale = 1.0\nmark = \"live\"\n";
const TENANTS: &str = "[[tenant]]\nid = \"contoso.onmicrosoft.com\"\nrecord = \"records/contoso\"\n\
    plan = \"plan.toml\"\nsign_in = \"workload-identity\"\n\n[[tenant]]\nid = \"rehearsal\"\nrecord = \"r\"\n";
const ENTRY: &str = r#"{"entry":"attested","about":"tell.monitoring","tenant":"5eed","person":"Sample Person A","date":"2026-11-02","note":"told"}"#;

proptest! {
    #![proptest_config(cases(OF_TEXT))]

    #[test]
    fn a_plan(bytes in prop_oneof![bytes(200), changed(plan_file::example())]) {
        fuzz::plan(&bytes);
    }

    #[test]
    fn a_record(bytes in prop_oneof![bytes(200), changed(ENTRY), journal()]) {
        fuzz::record(&bytes);
    }

    #[test]
    fn a_cloud_profile(bytes in prop_oneof![bytes(100), changed(PROFILE)]) {
        fuzz::profile(&bytes);
    }

    #[test]
    fn a_scenario(bytes in changed(scenario::texts().next().expect("a scenario").1)) {
        fuzz::scenario(&bytes);
    }

    #[test]
    fn a_script(bytes in changed(include_str!("../exercise/cases/mfa-out-badly.toml"))) {
        fuzz::scenario(&bytes);
    }

    #[test]
    fn a_list_of_tenants(bytes in prop_oneof![bytes(100), changed(TENANTS)]) {
        fuzz::tenants(&bytes);
    }

    #[test]
    fn keys_at_the_core(bytes in bytes(160)) {
        fuzz::keys(&bytes);
    }

    #[test]
    fn a_printer(bytes in bytes(60)) {
        fuzz::printer(&bytes);
    }
}

proptest! {
    #![proptest_config(cases(OVER_THE_WIRE))]

    #[test]
    fn answers_of_graph_and_azure(bytes in bytes(16)) {
        fuzz::answers(&bytes);
    }

    #[test]
    fn answers_of_the_sign_in(bytes in bytes(12)) {
        fuzz::tokens(&bytes);
    }
}

/// A journal of the setup, as a version before wrote it.
fn journal() -> impl Strategy<Value = Vec<u8>> {
    changed(include_str!("../../records/before-names/journal.jsonl"))
}

/// What is in order is taken: the changes are what is refused.
#[test]
fn the_files_that_are_changed_are_in_order() {
    assert!(plan_file::read(plan_file::example()).is_ok());
    assert!(breakglass::tenant::Profile::from_toml(PROFILE).is_ok());
    assert!(breakglass::domain::tenants::read(TENANTS).is_ok());
    assert!(serde_json::from_str::<breakglass::domain::record::Entry>(ENTRY).is_ok());
}
