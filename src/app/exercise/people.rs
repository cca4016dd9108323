//! What the simulated people of an exercise vouch for, so that its tenant can be made with nobody at the console: the
//! custodians and retrievers of the plan, each about what they have charge of.

use jiff::civil::Date;

use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::plan::{Attestation, Plan};
use crate::domain::record::Half;
use crate::rehearsal::TENANT_ID;

/// What they say, wherever nothing better is known.
const NOTE: &str = "Said by a simulated person when the exercise was made.";
/// Who says it where the plan names nobody.
const NOBODY: &str = "Sample Person A";

/// The plan with their words on `day`, in place of any others.
pub(super) fn vouching(plan: Plan, day: Date) -> Plan {
    let all = plan.procedure.retrievers.first().map_or(NOBODY, String::as_str);
    let whole = [
        CheckId::TellMonitoring,
        CheckId::PaperProcedure,
        CheckId::PaperDocument,
        CheckId::PaperSafeLog,
        CheckId::AlertsNotification,
        CheckId::PaperProof,
    ];
    let whole = whole.into_iter().map(|check| word(check.whole(), all, day));
    let each = [
        CheckId::PaperSafe,
        CheckId::PaperPrinted,
        CheckId::PaperDestroyed,
        CheckId::PaperSealed,
        CheckId::TestSignIn,
    ];
    let of_accounts = plan.slots().flat_map(|(slot, account)| {
        let keeper = match plan.custodian_of(account, Half::A) {
            "" => all,
            custodian => custodian,
        };
        each.into_iter().map(move |check| word(check.of(slot), keeper, day))
    });
    let attestations = whole.chain(of_accounts).collect();
    Plan { attestations, ..plan }
}

fn word(about: CheckSubject, person: &str, date: Date) -> Attestation {
    let person = if person.trim().is_empty() { NOBODY } else { person };
    Attestation {
        about,
        tenant: TENANT_ID.to_owned(),
        person: person.to_owned(),
        date,
        note: NOTE.to_owned(),
    }
}
