//! Promise 10: every error says what happened, why, and what to do next. Bad input ends so, and
//! nothing is lost.

use std::process::Stdio;

use crate::support::home::{example, with_plan};
use crate::support::{Home, words};

#[test]
fn an_unknown_key_is_named() {
    let (code, shown) = with_plan(&example().replace("length = 32", "lenght = 32"));
    assert_eq!(code, Some(3));
    assert!(shown.contains("no key `lenght`") && shown.contains("`length`"), "{shown}");
    assert!(!shown.contains("seems to hold a secret"), "{shown}");
    for kept in ["first = \"Ab3\"", "first = 4711", "pin = 12"] {
        let (code, shown) = with_plan(&example().replace("length = 32", kept));
        assert_eq!(code, Some(3));
        assert!(shown.contains("seems to hold a secret"), "{kept}: {shown}");
    }
}

#[test]
fn a_key_that_looks_like_a_secret_is_refused_without_its_value() {
    let (code, shown) = with_plan(&format!("admin_password = \"hunter2hunter2\"\n{}", example()));
    assert_eq!(code, Some(3));
    assert!(shown.contains("admin_password") && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn impossible_values_are_named() {
    let (code, shown) = with_plan(&example().replace("length = 32", "length = 8"));
    assert_eq!(code, Some(3));
    assert!(shown.contains("24"), "{shown}");
}

#[test]
fn a_missing_plan_says_how_to_make_one() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["setup", "--tenant", "rehearsal", "--unattended", "--plan", "nowhere.toml"]);
    let output = command.arg("--record").arg(home.record()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(words(&output).contains("breakglass plan example"));
}

#[test]
fn a_second_instance_on_the_same_record_is_refused() {
    let home = Home::new();
    let _held = breakglass::effects::record::Record::open(&{
        std::fs::create_dir_all(home.record()).expect("a folder");
        home.record()
    })
    .expect("the first one opens it");
    let output = home.setup("p1").output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(words(&output).contains("next:"), "{}", words(&output));
}

#[test]
fn a_record_of_another_tenant_is_refused() {
    let home = Home::new();
    home.setup("p1").arg("--dry-run").output().expect("it runs");
    let mut record = breakglass::effects::record::Record::open(&home.record()).expect("a record");
    let entry = breakglass::domain::record::Entry::Began {
        journey: "setup".to_owned(),
        tenant: "11111111-2222-4333-8444-555555555555".to_owned(),
        name: "another".to_owned(),
        mark: "REHEARSAL".to_owned(),
        program: "test".to_owned(),
    };
    record.append(breakglass::effects::clock::now(), &entry).expect("a line");
    let planned = breakglass::domain::record::Entry::Planned { digest: "0".to_owned() };
    record.append(breakglass::effects::clock::now(), &planned).expect("a line");
    drop(record);
    let output = home.setup("p1").output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(words(&output).contains("another tenant"), "{}", words(&output));
}

#[test]
fn a_closed_input_loses_nothing() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.arg("--record").arg(home.record()).stdin(Stdio::null());
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("Nothing is lost"), "{}", words(&output));
}

#[test]
fn unattended_wants_the_tenant_spelled_out() {
    let home = Home::new();
    let output = home.breakglass().args(["setup", "--unattended"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(64));
    assert!(words(&output).contains("--tenant"));
}

#[test]
fn names_with_control_characters_reach_no_terminal() {
    let home = Home::new();
    let output = home.setup("fresh").arg("--dry-run").output().expect("it runs");
    let shown = words(&output);
    assert!(
        !shown.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'),
        "control characters are shown"
    );
}

#[test]
fn a_record_that_cannot_be_written_stops_before_anything_is_done() {
    let home = Home::new();
    std::fs::write(home.record(), "a file where the folder should be").expect("it can be written");
    let output = home.setup("p1").output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(words(&output).contains("next:"), "{}", words(&output));
}

#[test]
fn wrong_usage_and_a_wrong_plan_have_exit_codes_of_their_own() {
    let home = Home::new();
    let code = |args: &[&str]| home.breakglass().args(args).output().expect("it runs").status.code();
    assert_eq!(code(&["guide", "foo"]), Some(64));
    assert_eq!(code(&["setup", "--seed", "nope", "--plain"]), Some(64));
    assert_eq!(code(&["rehearsal", "serve", "--seed", "nope"]), Some(64));
    home.plan_with(&[("length = 32", "length = 8")]);
    assert_eq!(code(&["plan", "check", "plan.toml"]), Some(3));
    assert_eq!(code(&["plan", "check", "nowhere.toml"]), Some(3));
}

#[test]
fn a_plan_that_powershell_wrote_is_read_by_its_mark_or_told_by_name() {
    let home = Home::new();
    let example = home.breakglass().args(["plan", "example"]).output().expect("it runs").stdout;
    let example = String::from_utf8(example).expect("text").replace('\n', "\r\n");
    let wide: Vec<u8> = example.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let check = |bytes: &[u8]| {
        std::fs::write(home.path("plan.toml"), bytes).expect("a file");
        home.breakglass().args(["plan", "check", "plan.toml"]).output().expect("it runs")
    };
    let marked = check(&[&[0xFF, 0xFE], wide.as_slice()].concat());
    assert_eq!(marked.status.code(), Some(0), "{}", words(&marked));
    let unmarked = check(&wide);
    assert_eq!(unmarked.status.code(), Some(3), "{}", words(&unmarked));
    let told = words(&unmarked);
    assert!(told.contains("UTF-16") && told.contains("UTF8"), "{told}");
    let spaced = check("[passwords]\nlength\u{a0}= 32\n".as_bytes());
    assert!(words(&spaced).contains("line 2"), "{}", words(&spaced));
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[test]
    fn a_broken_record_says_where_and_is_not_touched() {
        let home = Home::new();
        home.setup("p1").output().expect("it runs");
        let path = home.record().join("journal.jsonl");
        let text = std::fs::read_to_string(&path).expect("the record").replacen(
            "harbor.lantern",
            "harbor.lantarn",
            1,
        );
        std::fs::write(&path, &text).expect("it can be written");
        let output = home.setup("p1").output().expect("it runs");
        assert_eq!(output.status.code(), Some(3));
        assert!(words(&output).contains("line"), "{}", words(&output));
        assert!(words(&output).contains("--accept-broken-record"), "{}", words(&output));
        assert_eq!(std::fs::read_to_string(&path).expect("the record"), text);
    }

    #[test]
    fn a_reader_that_stops_reading_is_no_trouble() {
        let home = Home::new();
        home.setup("p1").output().expect("it runs");
        let record = home.record().display().to_string();
        for args in [
            &["guide"][..],
            &["plan", "example"],
            &["selftest"],
            &["record", "show", &record],
            &["record", "verify", &record],
        ] {
            let mut command = home.breakglass();
            let mut child =
                command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
            drop(child.stdout.take());
            let output = child.wait_with_output().expect("it ends");
            assert!(output.stderr.is_empty(), "{args:?}: {}", words(&output));
            assert_ne!(output.status.code(), Some(101), "{args:?}");
        }
    }
}
