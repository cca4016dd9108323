//! The plan of an exercise's tenant: the example plan with the decisions of the organization laid over it, so that
//! accounts, safes and people are called as they are in life.
//!
//! Nothing that reaches outside comes along: no tenant, no way to sign in, no system, no printer, no mailbox, no phone
//! number, no id of anything. Every account has keys, and its password on one slip, as scenarios want them.

use jiff::civil::Date;

use super::people;
use crate::domain::plan::{
    Account, Alerts, Destination, Group, Key, Method, Plan, Recipient, Route, SecurityDefaults, plan_file,
};
use crate::domain::trouble::Trouble;

/// The plan for an exercise of the organization with this plan, on that day.
///
/// # Errors
///
/// The example plan cannot be read; the suite reads it.
pub(super) fn of(organization: Option<&Plan>, today: Date) -> Result<Plan, Trouble> {
    let example = plan_file::read(plan_file::example())?;
    let theirs = organization.filter(|plan| plan.accounts.len() >= 2);
    let laid_over = theirs.into_iter().flat_map(|theirs| [whole(&example, theirs), named(&example, theirs)]);
    let fits = |plan: &Plan| plan_file::corrections(plan).is_empty();
    let plan = laid_over.map(|plan| people::vouching(plan, today)).find(fits);
    Ok(plan.unwrap_or_else(|| people::vouching(example, today)))
}

/// Everything that can be as in life.
fn whole(example: &Plan, theirs: &Plan) -> Plan {
    let accounts = theirs.accounts.iter().map(|account| self::account(theirs, account));
    Plan {
        accounts: accounts.collect(),
        safes: theirs.safes.clone(),
        passwords: theirs.passwords.clone(),
        ..named(example, theirs)
    }
}

/// Names alone, where safes or keys cannot be as they are: accounts of the example's form.
fn named(example: &Plan, theirs: &Plan) -> Plan {
    let accounts = example.accounts.iter().zip(&theirs.accounts).map(|(ours, theirs)| Account {
        user_name: theirs.user_name.clone(),
        display_name: theirs.display_name.clone(),
        custodian: if theirs.custodian.is_empty() { ours } else { theirs }.custodian.clone(),
        ..ours.clone()
    });
    Plan {
        accounts: accounts.collect(),
        group: Group { adopt: None, ..theirs.group.clone() },
        security_defaults: SecurityDefaults::default(),
        alerts: alerts(example, theirs),
        procedure: theirs.procedure.clone(),
        upkeep: theirs.upkeep.clone(),
        paper: crate::domain::plan::Paper { route: Route::File, ..example.paper.clone() },
        ..example.clone()
    }
}

fn account(plan: &Plan, account: &Account) -> Account {
    let safe = |name: &str| plan.safe(name).map(|safe| safe.name.clone());
    let own = safe(&account.safe).or_else(|| plan.safes.first().map(|safe| safe.name.clone()));
    let own = own.unwrap_or_else(|| account.safe.clone());
    let pin = account.pin_safe.as_deref().and_then(safe).unwrap_or_else(|| own.clone());
    let away = safe_for_a_key(plan, account, &pin).unwrap_or_else(|| own.clone());
    let keys: Vec<Key> = account.keys.iter().map(|key| Key { aaguid: None, ..key.clone() }).collect();
    let spare = || Key {
        name: format!("{} key", account.display_name),
        serial: String::new(),
        aaguid: None,
        safe: away.clone(),
    };
    Account {
        method: Method::SecurityKey,
        adopt: None,
        pin_safe: Some(pin),
        safe: own,
        keys: if keys.is_empty() { vec![spare()] } else { keys },
        phone: None,
        second_half: None,
        ..account.clone()
    }
}

/// Where a key lies of an account that had none: not beside its PIN, and with nothing of another account if it can be, so
/// that one fire still leaves one account.
fn safe_for_a_key(plan: &Plan, account: &Account, pin: &str) -> Option<String> {
    let others = || plan.accounts.iter().filter(|other| other.user_name != account.user_name);
    let is_others = |name: &str| {
        others().any(|other| other.safe == name || other.keys.iter().any(|key| key.safe == name))
    };
    let away = || plan.safes.iter().filter(|safe| safe.name != pin);
    let safe = away().find(|safe| !is_others(&safe.name)).or_else(|| away().next())?;
    Some(safe.name.clone())
}

/// Who is told, by name alone: their mailboxes are none that exist.
fn alerts(example: &Plan, theirs: &Plan) -> Alerts {
    let recipient = |(index, recipient): (usize, &Recipient)| Recipient {
        email: format!("recipient-{}@example.com", index + 1),
        sms: None,
        ..recipient.clone()
    };
    let recipients: Vec<Recipient> = theirs.alerts.recipients.iter().enumerate().map(recipient).collect();
    Alerts {
        destination: Destination::Workspace,
        subscription: None,
        elsewhere: None,
        action_group: None,
        resource_group: theirs.alerts.resource_group.clone(),
        workspace: theirs.alerts.workspace.clone(),
        region: theirs.alerts.region.clone(),
        recipients: if recipients.is_empty() { example.alerts.recipients.clone() } else { recipients },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::plan::{Phone, SecondHalf, System};

    const TODAY: Date = jiff::civil::date(2026, 11, 30);

    fn example() -> Plan {
        plan_file::read(plan_file::example()).expect("the example is a plan")
    }

    /// A plan of an organization with everything that must not come along.
    fn theirs() -> Plan {
        let mut plan = example();
        plan.sign_in.client_id = Some("11111111-2222-4333-8444-555555555555".to_owned());
        plan.policies.allow = vec!["22222222-2222-4333-8444-555555555555".to_owned()];
        plan.group.adopt = Some("33333333-2222-4333-8444-555555555555".to_owned());
        plan.group.name = "Break glass, excluded".to_owned();
        plan.alerts.recipients[0].email = "soc@contoso.com".to_owned();
        plan.alerts.recipients[0].sms = Some("+1 2065559999".to_owned());
        plan.alerts.subscription = Some("44444444-2222-4333-8444-555555555555".to_owned());
        plan.paper.route = Route::Printer;
        plan.paper.printer = Some("ipp://printer.contoso.com/ipp/print".to_owned());
        plan.accounts[0].user_name = "north.window".to_owned();
        plan.accounts[0].keys[0].aaguid = Some("55555555-2222-4333-8444-555555555555".to_owned());
        plan.accounts[0].adopt = Some("someone@contoso.com".to_owned());
        plan.accounts[0].second_half = Some(SecondHalf { safe: "B1".to_owned(), custodian: "Q".to_owned() });
        plan.accounts[1].method = Method::Phone;
        plan.accounts[1].keys.clear();
        plan.accounts[1].phone =
            Some(Phone { number: "+1 2065558888".to_owned(), place: "B2".to_owned(), unlock: String::new() });
        plan.accounts[1].custodian = "Person of Contoso".to_owned();
        plan.systems = vec![System {
            name: "V".to_owned(),
            place: "vault.contoso.com".to_owned(),
            store: vec!["vault".to_owned()],
            read: vec!["vault".to_owned()],
        }];
        plan
    }

    #[test]
    fn it_is_called_as_in_life_and_nothing_of_it_leads_outside() {
        let plan = of(Some(&theirs()), TODAY).expect("a plan");
        assert_eq!(plan.accounts[0].user_name, "north.window");
        assert_eq!(plan.accounts[1].custodian, "Person of Contoso");
        assert_eq!(plan.accounts[1].keys[0].safe, "B2", "the safes could not be as they are");
        assert_eq!(plan.group.name, "Break glass, excluded");
        let text = plan_file::write(&plan);
        for away in ["contoso.com", "555555555555", "2065559999", "2065558888", "ipp:", "vault", "\"phone\""]
        {
            assert!(!text.contains(away), "{away} came along:\n{text}");
        }
        assert!(plan.accounts.iter().all(|account| !account.keys.is_empty() && account.phone.is_none()));
        assert_eq!(plan_file::corrections(&plan), []);
    }

    #[test]
    fn without_a_plan_it_is_the_example_and_safes_that_cannot_be_leave_the_names() {
        let example = of(None, TODAY).expect("a plan");
        assert_eq!(example.accounts[0].user_name, "harbor.lantern");
        let mut theirs = theirs();
        theirs.safes.clear();
        let plan = of(Some(&theirs), TODAY).expect("a plan");
        assert_eq!(
            (plan.accounts[0].user_name.as_str(), plan.accounts[0].safe.as_str()),
            ("north.window", "A1")
        );
    }
}
