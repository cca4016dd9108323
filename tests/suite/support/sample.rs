//! Sample data for paper: a plan, a tenant, a slip and a secret that are plainly sample data.

use breakglass::domain::connection::portals::Portals;
use breakglass::domain::facts::{Facts, Organization, Reading};
use breakglass::domain::plan::{Plan, plan_file};
use breakglass::domain::record::{Entry, Slip, SlipKind, SlipState, Voice};
use breakglass::domain::secret::Secret;
use breakglass::domain::slot::Slot;
use jiff::civil::{Date, date};
use zeroize::Zeroizing;

pub fn plan() -> Plan {
    plan_file::read(plan_file::example()).expect("the example is a plan")
}

pub fn facts(name: &str) -> Facts {
    let organization = Organization {
        id: breakglass::rehearsal::TENANT_ID.to_owned(),
        name: name.to_owned(),
        initial_domain: "fabrikamrehearsal.onmicrosoft.com".to_owned(),
        initial_is_managed: true,
        domains: Vec::new(),
        federated: Vec::new(),
    };
    let portals = Portals {
        portal: "https://portal.azure.com".to_owned(),
        entra: "https://entra.microsoft.com".to_owned(),
    };
    Facts { portals, organization: Reading::Read(organization), ..Facts::default() }
}

pub fn a_slip(kind: SlipKind) -> Slip {
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
        safe: String::new(),
        halves: Vec::new(),
    }
}

/// Somebody's word about `about`, of a day.
pub fn a_word(about: &str, day: Date) -> Entry {
    Entry::Attested {
        about: about.into(),
        tenant: breakglass::rehearsal::TENANT_ID.to_owned(),
        person: "Sample Person".to_owned(),
        date: day,
        note: String::new(),
        thing: None,
        voice: Voice::Person,
    }
}

pub fn secret(length: usize) -> Secret {
    // Every character of the alphabet, each line another one.
    Secret::new(Zeroizing::new("Aa2Cb3Dd4Ee7Ff9HJhKmLnMrNtPRTUWX".chars().cycle().take(length).collect()))
}

/// The pages of the day of the sample, as they went to paper with this plan.
pub fn pages(plan: &Plan) -> Entry {
    Entry::Documented {
        files: vec!["pages/credentials.pdf".to_owned()],
        date: Some(date(2026, 11, 23)),
        procedure: Some(plan.procedure.clone()),
        names: None,
    }
}
