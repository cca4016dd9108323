//! A step as another team finds it: what cannot be seen from here is taken as not there yet, so that every request of
//! the step can stand on a page for them. What only they know is a placeholder in single guillemets.

use crate::domain::check::case::Case;
use crate::domain::facts::{Accounts, Facts, Group, Groups, Licenses, Monitoring, Reading, Rights};
use crate::domain::plan;
use crate::domain::slot::Slot;
use crate::domain::write::action::{Action, RecycleBin};
use crate::domain::write::expect::GROUP_PLACEHOLDER;
use crate::steps::id::StepId;

/// The subscription that the other team chooses.
const SUBSCRIPTION: &str = "‹subscription id›";

/// The facts for the page of step `number`. Only the step of the alerts is made ready in this way: it is the one that others often own.
pub fn facts_for_others(case: &Case<'_>, number: u8) -> Facts {
    let mut facts = case.facts.clone();
    if number == StepId::ALERTS.number() {
        licensed(&mut facts);
        all_accounts(case, &mut facts);
        group(case, &mut facts);
        writable(&mut facts);
    }
    facts
}

/// Handing the step over means that somebody will have the license.
fn licensed(facts: &mut Facts) {
    if !facts.has_p1() {
        facts.licenses = Reading::Read(Licenses { p1: true, p2: false });
    }
}

fn all_accounts(case: &Case<'_>, facts: &mut Facts) {
    if facts.accounts.get().is_none() {
        facts.accounts = Reading::Read(Accounts::default());
    }
    for (slot, account) in case.plan.slots() {
        if facts.account(slot).is_none() {
            creation(case, slot, account).expect(facts);
        }
    }
}

fn creation(case: &Case<'_>, slot: Slot, account: &plan::Account) -> Action {
    let (upn, display_name) = (case.upn(slot), account.display_name.clone());
    Action::CreateUser { slot, upn, display_name, bin: RecycleBin::Read }
}

fn group(case: &Case<'_>, facts: &mut Facts) {
    if facts.group.get().is_some_and(|groups| groups.found.is_some()) {
        return;
    }
    let found = Group {
        id: GROUP_PLACEHOLDER.to_owned(),
        name: case.plan.group.name.clone(),
        description: case.plan.group.description.clone(),
        role_assignable: true,
        dynamic: false,
        members: Vec::new(),
        owners: Vec::new(),
    };
    facts.group = Reading::Read(Groups { found: Some(found), others: Vec::new() });
}

fn writable(facts: &mut Facts) {
    if facts.monitoring.get().is_none() {
        facts.monitoring = Reading::Read(Monitoring::default());
    }
    let Some(monitoring) = facts.monitoring.get_mut() else { return };
    monitoring.rights = Rights::to_everything();
    monitoring.subscription.get_or_insert_with(|| (SUBSCRIPTION.to_owned(), String::new()));
    if monitoring.settings.get().is_none() {
        monitoring.settings = Reading::Read(Vec::new());
    }
}
