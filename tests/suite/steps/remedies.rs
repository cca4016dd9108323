//! What to do about a finding: as whoever refused it said, or as its reason wants it, or as the check has it.

use breakglass::domain::check::cause::{Cause, Next};
use breakglass::domain::check::finding::{Finding, Verdict};
use breakglass::domain::check::id::CheckId;
use breakglass::guide::{self, Place, checks};

fn found(next: Next) -> Finding {
    Finding::new(CheckId::PaperDocument, Verdict::NeedsPerson, "seen").then(next)
}

fn remedy(finding: &Finding) -> String {
    guide::remedy(finding, Place::Setup)
}

#[test]
fn the_reason_chooses_what_to_do() {
    let (usual, not_made) = (found(Next::Usual), found(Next::Because(Cause::NotMade)));
    assert!(!remedy(&usual).is_empty() && remedy(&usual) != remedy(&not_made));
    assert!(remedy(&not_made).starts_with("Write the pages in step 8"), "{}", remedy(&not_made));
    let shared = found(Next::Because(Cause::Lag));
    assert!(remedy(&shared).contains("check again"), "{}", remedy(&shared));
    // A reason that nobody wrote words for falls back on the check's own.
    assert_eq!(remedy(&found(Next::Because(Cause::Silenced))), remedy(&usual));
    assert_eq!(remedy(&found(Next::Said("Wait a minute.".to_owned()))), "Wait a minute.");
    assert_eq!(remedy(&found(Next::Told)), "");
}

#[test]
fn words_for_a_reason_are_plain_and_differ_from_the_usual_ones() {
    for check in checks() {
        for (cause, words) in &check.because {
            assert!(words.is_ascii() && !words.contains(['*', '`', '\n']), "{} {cause:?}: {words}", check.id);
            assert_ne!(words, &check.remedy, "{} {cause:?}", check.id);
        }
    }
}
