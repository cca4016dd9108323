//! Paper: nothing clipped, nothing secret where none belongs, and a slip that can be read back.

use breakglass::domain::check::case::Case;
use breakglass::domain::record::{Evidence, SlipKind};
use breakglass::domain::secret::Secret;
use breakglass::domain::secret::typing_back::Judged;
use breakglass::effects::vault::Vault;
use breakglass::paper::{self, Ink, SlipPage, Written};
use jiff::civil::date;
use zeroize::Zeroizing;

use crate::support::sample::{a_slip, facts, plan, secret};

fn slip_text(case: &Case<'_>, kind: SlipKind, (length, ink): (usize, Ink<'_>)) -> Zeroizing<String> {
    let slip = a_slip(kind);
    let page = SlipPage { slip: &slip, mark: "REHEARSAL", length, half: None, written: Written::Here };
    paper::text(&paper::slip(case, &page), ink)
}

#[test]
fn a_written_slip_reads_back_line_by_line() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let vault = Vault::new();
    for (length, kind) in [(24, SlipKind::Password), (32, SlipKind::Password), (64, SlipKind::Password)] {
        let secret = secret(length);
        let text = slip_text(&case, kind, (length, Ink::Secret(&secret)));
        let id = vault.keep(secret);
        let read = paper::secret_lines(&text);
        assert_eq!(read.len(), length.div_ceil(16));
        for (line, typed) in read.iter().enumerate() {
            assert_eq!(vault.judge_line(id, line, typed), Judged::Right, "line {line} of {length}");
        }
    }
    let pin = Secret::new(Zeroizing::new("40718253".to_owned()));
    let text = slip_text(&case, SlipKind::Pin { key: 0 }, (8, Ink::Secret(&pin)));
    let id = vault.keep(pin);
    assert_eq!(vault.judge_line(id, 0, &paper::secret_lines(&text)[0]), Judged::Right);
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
        let slip = slip_text(&case, SlipKind::Password, (32, Ink::Secret(&secret(32))));
        let pages: Vec<_> =
            paper::pages(&case, "REHEARSAL").iter().map(|sheet| paper::text(sheet, Ink::Masked)).collect();
        for text in pages.iter().chain([&slip]) {
            assert!(text.lines().all(|line| line.chars().count() <= paper::COLUMNS), "{}", text.as_str());
            let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(joined.contains(&name), "a name of {length} is not whole");
            for page in text.split('\u{c}') {
                assert!(page.lines().count() <= paper::LINES, "{page}");
                assert!(page.trim_start().starts_with("REHEARSAL"), "a page without its mark");
            }
        }
    }
}

#[test]
fn a_preview_shows_no_character_of_a_secret() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let preview = slip_text(&case, SlipKind::Password, (32, Ink::Masked));
    let lines = paper::secret_lines(&preview);
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|l| l.chars().all(|c| c == '•' || c == ' ')));
}

#[test]
fn the_credential_document_names_everything_and_holds_nothing() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let pages = paper::pages(&case, "REHEARSAL");
    let document = paper::text(&pages[0], Ink::Masked);
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
    assert!(pages.iter().all(|sheet| paper::secret_lines(&paper::text(sheet, Ink::Masked)).is_empty()));
}
