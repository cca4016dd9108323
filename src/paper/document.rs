//! Pages without secrets: credential document, procedure, custody log, envelope labels.

use crate::domain::case::Case;
use crate::domain::evidence::SlipKind;
use crate::domain::plan::{Account, Method, Safe};
use crate::domain::slot::Slot;
use crate::domain::upkeep::Every;
use crate::paper::page::{COLUMNS, Heading, document_id, paged, pair, section, wrapped};
use crate::paper::words::words;

/// Rows of the custody log.
const CUSTODY_ROWS: usize = 18;

/// Every page without secrets, under its file name.
pub fn pages(case: &Case<'_>, mark: &str) -> Vec<(&'static str, String)> {
    let heading = Heading::of(case, mark);
    [
        ("credential-document", document(case)),
        ("procedure", procedure(case)),
        ("custody-log", custody(case)),
        ("envelope-labels", envelopes(case)),
    ]
    .map(|(name, lines)| (name, paged(&heading, &lines)))
    .into()
}

fn document(case: &Case<'_>) -> Vec<String> {
    let words = words();
    let mut lines = vec![String::new()];
    lines.extend(wrapped("", &words.document.title));
    lines.push(String::new());
    lines.extend(pair("Classification", &words.classification));
    lines.extend(pair("Document", &document_id(case)));
    lines.extend(pair("Last updated", &case.today.to_string()));
    lines.extend(pair("Next review", &Every::HalfYear.after(case.today).to_string()));
    lines.push(String::new());
    lines.extend(wrapped("  ", &words.document.about));
    for (slot, account) in case.plan.slots() {
        lines.extend(account_block(case, slot, account));
    }
    lines.extend(section(&words.document.procedure));
    lines.extend(access(case));
    lines.extend(section("Storage locations"));
    for safe in &case.plan.safes {
        lines.extend(pair(&format!("Safe {}", safe.name), &safe_words(safe)));
    }
    lines
}

fn account_block(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<String> {
    let found = case.facts.account(slot);
    let slip = case.evidence.slip(slot, SlipKind::Password);
    let slip =
        slip.map_or_else(|| "slip to be made".to_owned(), |s| format!("slip {} of {}", s.number, s.date));
    let mut lines = section(&format!("{slot} account"));
    lines.extend(pair("User name", &case.upn(slot)));
    lines.extend(pair("Object id", found.map_or("", |a| a.id.as_str())));
    lines.extend(pair("Password", &format!("stored apart: {slip}, safe {}", account.safe)));
    lines.extend(pair("Custodian", &account.custodian));
    match account.method {
        Method::SecurityKey => lines.extend(keys(case, slot, account)),
        Method::Phone => {
            lines.extend(pair("Second factor", "dedicated phone"));
            let phone = account.phone.as_ref();
            lines.extend(pair("Phone number", phone.map_or("", |p| p.number.as_str())));
            lines.extend(pair("Phone is kept", phone.map_or("", |p| p.place.as_str())));
        }
        Method::Certificate => lines.extend(pair("Second factor", "certificate")),
    }
    lines
}

fn keys(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<String> {
    let mut lines = pair("Second factor", "security key (FIDO2)");
    for (index, key) in account.keys.iter().enumerate() {
        let seen = case.evidence.keys.get(&(slot, index));
        let model = seen.map_or_else(String::new, |s| format!(", {}, AAGUID {}", s.model, s.aaguid));
        lines.extend(pair(
            &format!("Key {}", index + 1),
            &format!("{}, serial {}{model}, safe {}", key.name, key.serial, key.safe),
        ));
    }
    let pin = account.pin_safe.as_deref().unwrap_or_default();
    lines.extend(pair("PIN of the key", &format!("stored apart, on a slip of its own, safe {pin}")));
    lines
}

fn access(case: &Case<'_>) -> Vec<String> {
    let procedure = &case.plan.procedure;
    let mut lines = pair("Approved by", &procedure.approvers.join(" or "));
    lines.extend(pair("Fetched by two of", &procedure.retrievers.join(", ")));
    lines.extend(pair("Each use goes into", &procedure.incident_system));
    lines.extend(pair("Reported to", &case.plan.upkeep.owner));
    lines
}

fn safe_words(safe: &Safe) -> String {
    let proof = match (safe.fireproof, safe.waterproof) {
        (true, true) => "withstands fire and water",
        (true, false) => "withstands fire, not water",
        (false, true) => "withstands water, not fire",
        (false, false) => "withstands neither fire nor water",
    };
    format!("{} ({proof})", safe.place)
}

fn procedure(case: &Case<'_>) -> Vec<String> {
    let mut lines = vec![String::new()];
    lines.extend(wrapped("", &words().procedure.title));
    lines.push(String::new());
    for (index, step) in words().procedure.steps.iter().enumerate() {
        lines.extend(wrapped(&format!("  {}. ", index + 1), step));
        lines.push(String::new());
    }
    lines.extend(pair("Address", "https://portal.azure.com or https://entra.microsoft.com"));
    for (slot, account) in case.plan.slots() {
        let upn = case.upn(slot);
        let keys: Vec<&str> = account.keys.iter().map(|k| k.safe.as_str()).collect();
        let place = format!("{upn}; password in safe {}, key in safe {}", account.safe, keys.join(", "));
        lines.extend(pair(&format!("{slot} account"), &place));
    }
    lines.extend(access(case));
    lines.extend(section("Approved"));
    for approver in &case.plan.procedure.approvers {
        lines.extend(pair(approver, "____________________________   date ______________"));
    }
    lines
}

fn custody(case: &Case<'_>) -> Vec<String> {
    let mut lines = vec![String::new()];
    lines.extend(wrapped("", &words().custody.title));
    lines.extend(wrapped("", &words().custody.about));
    lines.extend(pair("Document", &document_id(case)));
    lines.extend(pair("Safe", ""));
    lines.push(String::new());
    lines.push("| date, time | opened by    | witness      | why         | old seal | new seal |".to_owned());
    let row = "|            |              |              |             |          |          |";
    for _ in 0..CUSTODY_ROWS {
        lines.push("-".repeat(COLUMNS));
        lines.push(row.chars().take(COLUMNS).collect());
    }
    lines
}

fn envelopes(case: &Case<'_>) -> Vec<String> {
    let mut lines = vec![String::new()];
    lines.extend(wrapped("", &words().envelope.title));
    lines.extend(wrapped("", &words().envelope.about));
    for (slot, account) in case.plan.slots() {
        lines.extend(label(case, (&format!("{slot} account: password"), &account.safe)));
        if let Some(safe) = &account.pin_safe {
            lines.extend(label(case, (&format!("{slot} account: PIN of the key"), safe)));
        }
        for key in &account.keys {
            lines.extend(label(case, (&format!("{slot} account: key {}", key.name), &key.safe)));
        }
    }
    lines
}

fn label(case: &Case<'_>, (what, safe): (&str, &str)) -> Vec<String> {
    let mut lines = vec![String::new(), "+".to_owned() + &"-".repeat(COLUMNS - 2) + "+"];
    lines.extend(wrapped("  ", what));
    lines.extend(pair("Document", &document_id(case)));
    lines.extend(pair("Safe", safe));
    lines.extend(pair("Seal number", ""));
    lines.extend(pair("Sealed by, date", ""));
    lines
}
