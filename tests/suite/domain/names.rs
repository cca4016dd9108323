//! What checks and writes are called, in a record and in a plan. A record that the program wrote when the names were plain
//! text is read, written again to the letter, and adds up to what it added up to then; what this version does not know is
//! kept. In a plan an unknown name is told.

use std::collections::BTreeSet;
use std::path::Path;

use breakglass::domain::check::id::CheckId;
use breakglass::domain::check::subject::CheckSubject;
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::{Entry, Evidence, SlipKind, SlipState};
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::ActionKind;
use breakglass::effects::record;
use serde_json::{Value, json};

/// A setup of the rehearsal tenant `p1`, from its beginning to its end.
fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/records/before-names")
}

fn entries() -> Vec<(jiff::Timestamp, Entry)> {
    let (journal, _) = record::read(&folder()).expect("it can be read");
    assert_eq!(journal.broken_at, None);
    journal.entries
}

#[test]
fn every_line_is_written_as_it_was() {
    let text = std::fs::read_to_string(folder().join(record::JOURNAL)).expect("the journal");
    let entries = entries();
    assert_eq!(text.lines().count(), entries.len());
    for (line, (_, entry)) in text.lines().zip(&entries) {
        let line: Value = serde_json::from_str(line).expect("a line is an object");
        assert_eq!(serde_json::to_value(entry).expect("an entry has a form"), line["entry"]);
    }
}

#[test]
fn it_adds_up_to_what_it_did() {
    let entries = entries();
    let evidence = Evidence::of(entries.iter().map(|(at, entry)| (*at, entry)));
    let second = Slot::new(1);
    assert_eq!(evidence.accounts[&Slot::FIRST], "627a24a5-4ced-4f42-86b9-9b5b46f5c012");
    assert_eq!(evidence.accounts[&second], "568cd8a4-29b3-4554-9551-baed57a8bcac");
    assert_eq!(evidence.group.as_deref(), Some("64c7834c-73e9-4231-b00d-a6327d59910c"));
    let changed = entries.iter().filter_map(|(_, entry)| match entry {
        Entry::Intends { key, .. } => key.object_of(ActionKind::ExcludeGroup),
        _ => None,
    });
    let changed: BTreeSet<&str> = changed.collect();
    assert_eq!(changed.len(), 14);
    assert!(changed.iter().all(|id| evidence.original(id).is_some_and(|original| original["id"] == *id)));
    assert!(evidence.pending.is_empty() && evidence.refused.is_empty() && evidence.outside.is_empty());
    // This tenant had a good diagnostic setting already.
    assert!(evidence.logging_since.is_none() && evidence.notified.is_some_and(|(_, sent)| sent));
    assert_eq!(evidence.keys.len(), 3);
    assert_eq!(evidence.tests.len(), 2);
    assert_eq!(evidence.revoked.len(), 2);
    let slip = evidence.slip(second, SlipKind::Password).expect("a slip");
    assert_eq!((slip.number, slip.state), (5, SlipState::Confirmed));
    let sealed = [CheckId::PaperSafe.of(Slot::FIRST), CheckId::PaperSealed.of(second)];
    let proofs = ["A1", "A2", "B1", "B2"].map(|safe| CheckId::PaperProof.about(safe));
    for about in sealed.iter().chain(&proofs).chain([&CheckId::TellMonitoring.whole()]) {
        assert!(evidence.attested.contains_key(about), "{about}");
    }
    assert!(evidence.attested.keys().all(|about| about.unknown().is_none()));
}

#[test]
fn what_another_version_calls_otherwise_is_kept_and_shown() {
    let wrote = [
        json!({"entry": "attested", "about": "moat.depth:first", "tenant": "t", "person": "P", "date": "2027-01-01"}),
        json!({"entry": "intends", "key": "dig-moat first", "sentence": "Dig a moat", "call": "POST /moats"}),
        json!({"entry": "concluded", "complete": true,
               "findings": [{"check": "moat.depth", "verdict": "pass", "detail": "deep"}]}),
    ];
    let mut evidence = Evidence::default();
    for value in wrote {
        let entry: Entry = serde_json::from_value(value.clone()).expect("an entry");
        evidence.add(jiff::Timestamp::UNIX_EPOCH, &entry);
        assert_eq!(serde_json::to_value(&entry).expect("a form"), value);
    }
    assert!(evidence.attested.contains_key(&CheckSubject::from("moat.depth:first")));
    assert_eq!(evidence.pending[&"dig-moat first".into()], "Dig a moat");
}

#[test]
fn a_refusal_of_that_time_still_holds() {
    let refused = json!({"entry": "receipt", "key": "exclude-group 40f2", "outcome": "refused"});
    let entry: Entry = serde_json::from_value(refused).expect("an entry");
    let evidence = Evidence::of([(jiff::Timestamp::UNIX_EPOCH, &entry)]);
    assert!(evidence.refused.contains_key(&ActionKind::ExcludeGroup.about("40f2")));
    assert_eq!(evidence.refused_exclusions().map(|(id, _)| id).collect::<Vec<_>>(), ["40f2"]);
}

fn refused(from: &str, to: &str) -> String {
    let text = plan_file::example();
    assert!(text.contains(from), "the example has no {from}");
    plan_file::read(&text.replace(from, to)).expect_err("it is not in order").to_string()
}

/// A typo in a name would make a word about nothing.
#[test]
fn an_unknown_check_is_told_with_the_one_that_was_meant() {
    let wrong = refused("about = \"paper.safe:first\"", "about = \"paper.saf:first\"");
    assert!(wrong.contains("paper.saf") && wrong.contains("did you mean paper.safe"), "{wrong}");
    let wrong = refused("about = \"paper.safe:first\"", "about = \"paper.safe:frist\"");
    assert!(wrong.contains("no account called \"frist\"; did you mean first?"), "{wrong}");
    let wrong = refused("check = \"alerts.first-logs\"", "check = \"alerts.first-log\"");
    assert!(
        wrong.contains("Accepted \"alerts.first-log\"") && wrong.contains("alerts.first-logs"),
        "{wrong}"
    );
}
