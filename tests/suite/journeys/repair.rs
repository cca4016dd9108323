//! Repairs at the plain face: each case to its end, and who may do it.

use std::process::Command;

use breakglass::domain::check::repair::RepairCase;
use serde_json::{Value, json};

use crate::support::phone::plan_with_phone;
use crate::support::plain;
use crate::support::plain::BY_HAND;
use crate::support::served::Served;
use crate::support::{Home, choice, words};

/// What a person prefers on the screen of a case; the last way on is to finish.
const WISHES: &[&str] = &["WRITES: Write ", "WRITES: Make the slip now", "Do it for me"];

/// A tenant that was set up.
pub(super) fn set_up() -> Served {
    let served = Served::new("p1", Vec::new());
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    served
}

pub(super) fn repair(served: &Served, case: RepairCase, account: &str) -> Command {
    let mut command = served.home.breakglass();
    command.args(["repair", case.id(), "--account", account, "--plain"]).args(served.options());
    command.arg("--plan").arg(served.home.plan_with(&[BY_HAND]));
    command
}

/// Repairs until nothing is left to do on the screen of the case, and finishes; everything that was seen.
fn repaired(served: &Served, case: RepairCase, account: &str) -> String {
    walked(repair(served, case, account))
}

fn walked(command: Command) -> String {
    let mut person = plain::person(WISHES);
    let mut decide = |shown: &str| person(shown).or_else(|| choice(shown, "Finish; back to the list"));
    plain::walk_until(command, "One case and one account at a time", &mut decide)
}

/// Entries of the record of this kind.
pub(super) fn entries(home: &Home, kind: &str) -> Vec<Value> {
    let lines = home.journal().into_iter().map(|line| line["entry"].clone());
    lines.filter(|entry| entry["entry"] == kind).collect()
}

/// How the last journey ended: whether everything was in order.
pub(super) fn is_complete(home: &Home) -> bool {
    entries(home, "concluded").last().expect("a conclusion")["complete"] == true
}

/// The kinds of write in the record from line `start` on.
pub(super) fn writes(home: &Home, start: usize) -> Vec<String> {
    let journal = home.journal().into_iter().skip(start);
    let keys = journal.filter(|line| line["entry"]["entry"] == "intends");
    let kind = |line: Value| {
        let key = line["entry"]["key"].as_str().unwrap_or_default().to_owned();
        key.split(' ').next().unwrap_or_default().to_owned()
    };
    keys.map(kind).collect()
}

/// The object id of the account with this name.
fn id_of(state: &Value, name: &str) -> String {
    let users = state["users"].as_array().expect("users");
    let named =
        |user: &&Value| user["body"]["userPrincipalName"].as_str().is_some_and(|upn| upn.starts_with(name));
    users.iter().find(named).expect("the account")["body"]["id"].as_str().expect("an id").to_owned()
}

/// Lets the account with this name be the one who signs in as the operator.
fn sign_in_as(served: &mut Served, name: &str) -> Value {
    let mut before = Value::Null;
    let change = |state: &mut Value| {
        before = state["operator"].clone();
        state["operator"] = json!(id_of(state, name));
    };
    served.changed(change, Vec::new());
    before
}

pub(super) fn methods_of(state: &Value, name: &str, kind: &str) -> Vec<Value> {
    let id = id_of(state, name);
    let users = state["users"].as_array().expect("users");
    let user = users.iter().find(|user| user["body"]["id"] == id.as_str()).expect("the account");
    let methods = user["methods"].as_array().cloned().unwrap_or_default();
    let is_kind = |method: &Value| method["@odata.type"].as_str().is_some_and(|t| t.contains(kind));
    methods.into_iter().filter(is_kind).collect()
}

pub(super) const FIRST: &str = "harbor.lantern@";
const SECOND: &str = "meadow.compass@";

#[test]
fn a_lost_password_and_the_yearly_rotation_make_a_new_slip_in_one_act_and_prove_it() {
    let served = set_up();
    for (case, replaced) in [(RepairCase::LostPassword, "first"), (RepairCase::Rotation, "second")] {
        let start = served.home.journal().len();
        let seen = repaired(&served, case, replaced);
        assert!(seen.contains("is the one to be replaced"), "{seen}");
        assert_eq!(
            writes(&served.home, start),
            ["set-password", "revoke-sessions", "revoke-sessions"],
            "set, sessions ended, and after the test again"
        );
        assert!(is_complete(&served.home), "{seen}");
        let began = entries(&served.home, "began");
        assert_eq!(began.last().expect("a beginning")["journey"], "repair");
        let slip = entries(&served.home, "slip").pop().expect("a slip");
        assert_eq!(
            (&slip["slot"], slip["replaces"].is_number()),
            (&json!(u8::from(replaced == "second")), true)
        );
    }
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "the setup is still complete: {}", words(&output));
}

#[test]
fn a_block_is_found_and_mended_by_the_checks_of_step_5() {
    let served = set_up();
    served.change("policy-loses-exclusions", &json!({"policy": "CA001 Require MFA for all users"}));
    let start = served.home.journal().len();
    let seen = repaired(&served, RepairCase::Blocked, "second");
    assert!(seen.contains("missing in"), "{seen}");
    assert_eq!(writes(&served.home, start), ["exclude-group", "revoke-sessions"], "{seen}");
    assert!(seen.contains("Its sign-ins of the last seven days"), "{seen}");
    assert!(is_complete(&served.home), "{seen}");
}

#[test]
fn another_number_takes_the_place_of_a_lost_phone_in_one_write() {
    let mut served = Served::new("p1", Vec::new());
    let plan = plan_with_phone(&served, BY_HAND.0);
    let mut command = served.home.breakglass();
    command.args(["setup", "--unattended"]).args(served.options()).arg("--plan").arg(plan);
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let mut command = served.home.breakglass();
    command.args(["repair", "phone-lost", "--account", "second", "--plain"]).args(served.options());
    command.arg("--plan").arg(plan_with_phone(&served, BY_HAND.1));
    let start = served.home.journal().len();
    let mut asked = 0;
    let mut person = plain::person(WISHES);
    let mut decide = |shown: &str| {
        if shown.contains("phone; its place") && shown.ends_with("]: ") {
            asked += 1;
            return Some("+1 5555550199; Sample Building South, safe".to_owned());
        }
        let number = || (asked == 0).then(|| choice(shown, "Give the new number")).flatten();
        number().or_else(|| person(shown)).or_else(|| choice(shown, "Finish; back to the list"))
    };
    let seen = plain::walk_until(command, "One case and one account at a time", &mut decide);
    assert_eq!(asked, 1, "{seen}");
    assert_eq!(writes(&served.home, start), ["replace-phone", "revoke-sessions"], "{seen}");
    assert!(is_complete(&served.home), "{seen}");
    let saved = std::fs::read_to_string(served.home.record().join("plan.toml")).expect("the plan");
    assert!(saved.contains("+1 5555550199"), "{saved}");
    let phones = methods_of(&served.stop(), SECOND, "phone");
    assert_eq!(phones.len(), 1);
    assert_eq!(phones[0]["phoneNumber"], "+1 5555550199");
    let lines = served.home.journal();
    let mut kept = lines.iter().filter(|line| {
        line["entry"]["entry"] == "intends"
            && line["entry"]["key"].as_str().is_some_and(|key| key.starts_with("replace-phone"))
    });
    let original = &kept.next().expect("an intention")["entry"]["original"];
    assert_eq!(original["phoneNumber"], "•••00", "a number is personal: {original}");
}

#[test]
fn a_misuse_ends_sessions_and_replaces_password_and_keys() {
    let mut served = set_up();
    let start = served.home.journal().len();
    let old = methods_of(&state_of(&mut served), FIRST, "fido2");
    let mut person = plain::person(&[
        "Yes; put it into the record",
        "WRITES: Write ",
        "WRITES: Make the slip now",
        "Do it for me",
    ]);
    let mut decide = |shown: &str| {
        let details = shown.ends_with("the number of the case: ");
        let said = details.then(|| "Sample: seen at night from an unknown address; case 7".to_owned());
        said.or_else(|| person(shown)).or_else(|| choice(shown, "Finish; back to the list"))
    };
    let command = repair(&served, RepairCase::Misuse, "first");
    let seen = plain::walk_until(command, "One case and one account at a time", &mut decide);
    assert!(is_complete(&served.home), "{seen}");
    let kinds = writes(&served.home, start);
    let once = |kind: &str| kinds.iter().filter(|k| *k == kind).count();
    assert_eq!(kinds[0], "revoke-sessions", "they are ended first: {kinds:?}");
    assert_eq!((once("set-password"), once("issue-pass"), once("delete-key")), (1, 2, 2), "{kinds:?}");
    let used = entries(&served.home, "used");
    assert_eq!((used.len(), &used[0]["kind"]), (1, &json!("unauthorized")));
    let told = entries(&served.home, "attested").into_iter().find(|e| e["about"] == "use.incident:first");
    assert!(told.expect("what happened")["note"].as_str().is_some_and(|note| note.contains("case 7")));
    let new = methods_of(&served.stop(), FIRST, "fido2");
    assert_eq!(new.len(), 2);
    assert!(new.iter().all(|key| old.iter().all(|o| o["id"] != key["id"])), "an old key is left");
}

#[test]
fn a_misuse_that_was_left_half_way_is_gone_on_with_and_not_begun_again() {
    let served = set_up();
    let first =
        ["Yes; put it into the record", "WRITES: Write ", "WRITES: Make the slip now", "Do it for me"];
    let first: &'static [&'static str] = first.to_vec().leak();
    let mut person = plain::person(first);
    let command = repair(&served, RepairCase::Misuse, "second");
    plain::walk_until(command, "is new since", &mut |shown: &str| person(shown));
    let start = served.home.journal().len();
    let mut person = plain::person(WISHES);
    let mut decide = |shown: &str| {
        let details = shown.ends_with("the number of the case: ").then(|| "Sample: case 8".to_owned());
        details.or_else(|| person(shown)).or_else(|| choice(shown, "Finish; back to the list"))
    };
    let command = repair(&served, RepairCase::Misuse, "second");
    let seen = plain::walk_until(command, "One case and one account at a time", &mut decide);
    assert!(!seen.contains("was used without authorization?"), "it was said already: {seen}");
    assert!(is_complete(&served.home), "{seen}");
    assert_eq!(entries(&served.home, "used").len(), 1);
    assert!(
        !writes(&served.home, start).contains(&"set-password".to_owned()),
        "the password was new already"
    );
}

#[test]
fn a_misuse_is_not_forgotten_by_a_new_password_alone() {
    let served = set_up();
    let mut declare = plain::person(&["Yes; put it into the record"]);
    let command = repair(&served, RepairCase::Misuse, "first");
    plain::walk_until(command, "another key", &mut |shown: &str| declare(shown));
    let output = served.setup().output().expect("it runs");
    assert_ne!(output.status.code(), Some(0), "the old keys still sign in: {}", words(&output));
    let told = words(&output);
    assert!(told.contains("a key from before still signs in"), "{told}");
    let command = repair(&served, RepairCase::Misuse, "first");
    let seen = plain::walk_until(command, "another key", &mut |_: &str| None);
    assert!(!seen.contains("was used without authorization?"), "it was said already: {seen}");
}

/// The state of the tenant, which is served again afterwards.
fn state_of(served: &mut Served) -> Value {
    let mut state = Value::Null;
    served.changed(|now| state = now.clone(), Vec::new());
    state
}

#[test]
fn the_other_emergency_account_may_repair_and_its_use_is_followed_by_a_rotation() {
    let mut served = set_up();
    let everyday = sign_in_as(&mut served, SECOND);
    let refused = served.setup().output().expect("it runs");
    assert!(words(&refused).contains("cannot set the accounts up"), "{}", words(&refused));
    let command = repair(&served, RepairCase::LostPassword, "first");
    let mut person = plain::person(&[&["Go on with the repair"], WISHES].concat().leak()[..]);
    let mut decide = |shown: &str| person(shown).or_else(|| choice(shown, "Finish; back to the list"));
    let seen = plain::walk_until(command, "One case and one account at a time", &mut decide);
    assert!(seen.contains("An emergency access account is at work"), "{seen}");
    assert!(is_complete(&served.home), "{seen}");
    let used = entries(&served.home, "used");
    assert_eq!((used.len(), &used[0]["slot"], &used[0]["kind"]), (1, &json!(1), &json!("operator")));
    assert!(used[0]["why"].as_str().is_some_and(|why| why.contains("password is lost")), "{used:?}");

    // It may not deal with its own use.
    let seen = refused_repair(repair(&served, RepairCase::Rotation, "second"));
    let told = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("cannot do this repair") && told.contains("would vouch for itself"), "{seen}");

    served.changed(|state| state["operator"] = everyday.clone(), Vec::new());
    let looked = served.setup().args(["--dry-run"]).output().expect("it runs");
    let report: Value = serde_json::from_slice(&looked.stdout).expect("JSON");
    let open = report["open"].as_array().expect("a list").iter();
    let open: Vec<&Value> = open.filter(|finding| finding["check"] == "use.rotated").collect();
    let is_failed = |one: &&Value| one["verdict"] == "fail" && one["slot"] == "second";
    assert!(open.len() == 1 && open.iter().all(is_failed), "{open:?}");
    let seen = repaired(&served, RepairCase::Rotation, "second");
    let told = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    for text in ["a new password has to follow, made by another administrator", "is new since, and tested"] {
        assert!(told.contains(text), "{text} is not on:\n{seen}");
    }
    assert!(is_complete(&served.home), "{seen}");
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
}

/// Everything that was seen until a repair was refused.
fn refused_repair(command: Command) -> String {
    let mut person = plain::person(WISHES);
    plain::walk_until(command, "would vouch for itself", &mut |shown: &str| person(shown))
}

#[test]
fn an_unfinished_follow_up_is_done_by_the_next_setup() {
    let mut served = set_up();
    let everyday = sign_in_as(&mut served, FIRST);
    let command = repair(&served, RepairCase::LostPassword, "second");
    let mut person = plain::person(&["Go on with the repair"]);
    plain::walk_until(command, "is the one to be replaced", &mut |shown: &str| person(shown));
    served.changed(|state| state["operator"] = everyday.clone(), Vec::new());
    let start = served.home.journal().len();
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let kinds = writes(&served.home, start);
    assert_eq!(kinds, ["set-password", "revoke-sessions", "revoke-sessions"], "{kinds:?}");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(report.to_string().contains("is new since, and tested"), "{report}");
}

#[test]
fn the_cases_are_listed_and_unattended_is_refused() {
    let home = Home::new();
    let output = home.breakglass().args(["repair", "--list"]).output().expect("it runs");
    for case in RepairCase::ALL {
        assert!(words(&output).contains(case.id()), "{}", words(&output));
    }
    let mut command = home.breakglass();
    command.args(["repair", "rotation", "--unattended", "--tenant", "rehearsal"]);
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(64));
    assert!(words(&output).contains("A repair needs a person"), "{}", words(&output));
    assert!(home.journal().is_empty());
}

#[test]
fn a_dry_run_tells_what_a_repair_would_do_and_writes_nothing() {
    let mut served = set_up();
    sign_in_as(&mut served, SECOND);
    let start = served.home.journal().len();
    let mut command = repair(&served, RepairCase::LostPassword, "first");
    command.arg("--dry-run");
    let mut person = plain::person(&["Go on with the repair"]);
    let mut decide = |shown: &str| person(shown).or_else(|| choice(shown, "Finish; back to the list"));
    let seen = plain::walk_until(command, "One case and one account at a time", &mut decide);
    assert!(seen.contains("a person: Make the password slip of the First account"), "{seen}");
    assert!(!seen.contains("WRITES:"), "{seen}");
    assert_eq!(served.home.journal().len(), start);
}

#[test]
fn without_a_connection_a_repair_is_followed_by_the_page_and_vouched_for() {
    let home = Home::new();
    let plan = breakglass::domain::plan::plan_file::example().replace(BY_HAND.0, BY_HAND.1)
        + "\n[tenant]\nname = \"Woodgrove\"\ninitial_domain = \"woodgrove.onmicrosoft.com\"\n\
           id = \"11111111-2222-4333-8444-555555555555\"\n";
    let path = home.path("plan.toml");
    std::fs::write(&path, plan).expect("the plan can be written");
    let mut command = home.breakglass();
    command.args(["repair", "key-fails", "--account", "second", "--tenant", "manual", "--plain", "--record"]);
    command.arg(home.record()).arg("--plan").arg(path);
    let seen = walked(command);
    let attested = entries(&home, "attested");
    let of = |about: &str| {
        attested.iter().any(|entry| entry["about"].as_str().is_some_and(|a| a.starts_with(about)))
    };
    assert!(of("repair.done:second:key-fails") && of("method.key:second"), "{seen}");
    assert!(entries(&home, "intends").is_empty());
}
