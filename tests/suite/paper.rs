//! Paper: nothing clipped, nothing secret where none belongs, and a slip that can be read back.

use breakglass::domain::case::Case;
use breakglass::domain::evidence::{Evidence, Slip, SlipKind, SlipState};
use breakglass::domain::facts::{Facts, Organization, Reading};
use breakglass::domain::plan::Plan;
use breakglass::domain::plan_file;
use breakglass::domain::secret::Secret;
use breakglass::domain::slot::Slot;
use breakglass::paper;
use jiff::civil::date;
use zeroize::Zeroizing;

fn plan() -> Plan {
    plan_file::read(plan_file::example()).expect("the example is a plan")
}

fn facts(name: &str) -> Facts {
    let organization = Organization {
        id: breakglass::rehearsal::TENANT_ID.to_owned(),
        name: name.to_owned(),
        initial_domain: "fabrikamrehearsal.onmicrosoft.com".to_owned(),
        initial_is_managed: true,
        federated: Vec::new(),
    };
    Facts { organization: Reading::Read(organization), ..Facts::default() }
}

fn a_slip(kind: SlipKind) -> Slip {
    Slip {
        number: 3,
        slot: Slot::FIRST,
        kind,
        state: SlipState::Made,
        date: date(2026, 11, 23),
        replaces: Some(1),
        route: "file".to_owned(),
        changed: None,
        checked: None,
        file: None,
    }
}

fn secret(length: usize) -> Secret {
    Secret::new(Zeroizing::new("Aa2Cb3Dd4Ee7Ff9H".chars().cycle().take(length).collect()))
}

#[test]
fn a_written_slip_reads_back_line_by_line() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    for (length, kind) in [
        (24, SlipKind::Password),
        (32, SlipKind::Password),
        (64, SlipKind::Password),
        (8, SlipKind::Pin { key: 0 }),
    ] {
        let secret = secret(length);
        let text = paper::slip(&case, &a_slip(kind), ("REHEARSAL", &secret));
        let read: String = paper::secret_lines(&text).iter().map(|l| l.replace(' ', "")).collect();
        assert_eq!(read, secret.expose());
    }
}

#[test]
fn names_of_any_length_wrap_and_never_clip() {
    let mut plan = plan();
    for length in [1, 20, 79, 80, 81, 120] {
        let name = "N".repeat(length);
        plan.accounts[0].custodian.clone_from(&name);
        plan.safes[0].place.clone_from(&name);
        let (facts, evidence) = (facts(&name), Evidence::default());
        let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
        let slip = paper::slip(&case, &a_slip(SlipKind::Password), ("REHEARSAL", &secret(32)));
        let pages = paper::pages(&case, "REHEARSAL");
        for text in pages.iter().map(|(_, text)| text.as_str()).chain([slip.as_str()]) {
            assert!(text.lines().all(|line| line.chars().count() <= paper::COLUMNS), "{text}");
            let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(joined.contains(&name), "a name of {length} is not whole");
            for page in text.split('\u{c}') {
                assert!(page.lines().count() <= paper::LINES);
                assert!(page.trim_start().starts_with("REHEARSAL"), "a page without its mark");
            }
        }
    }
}

#[test]
fn a_preview_shows_no_character_of_a_secret() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let preview = paper::preview(&case, &a_slip(SlipKind::Password), ("REHEARSAL", 32));
    let lines = paper::secret_lines(&preview);
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|l| l.chars().all(|c| c == '•' || c == ' ')));
}

#[test]
fn the_credential_document_names_everything_and_holds_nothing() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let pages = paper::pages(&case, "REHEARSAL");
    let (_, document) = &pages[0];
    for words in [
        "HIGHLY CONFIDENTIAL",
        "2026-11-23",
        "2027-05-23",
        "SAMPLE-0001",
        "safe A1",
        "Incident register",
        "Sample Building South",
    ] {
        assert!(document.contains(words), "the document does not say {words}");
    }
    assert!(pages.iter().all(|(_, text)| paper::secret_lines(text).is_empty()));
}
