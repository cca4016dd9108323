//! What drifts about methods: left-over passes, apps and addresses; the prompts that would give an account another one; a
//! way for administrators to reset a password by themselves (contract 15.6, 15.7).
//!
//! Keys and phones, planned or not, and whether today's rule accepts them, stand in step 3.

use std::collections::BTreeSet;

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::around::{Campaign, CampaignState};
use crate::domain::facts::{Account, EVERYBODY, MethodKind, Registered};
use crate::domain::slot::Slot;
use crate::steps::review::around;
use crate::steps::review::said::{Statement, set_up_on};
use crate::steps::shared::look::{
    Look, Seen, account, every_slot, fail, listed, pass, read, report, unknown,
};
use crate::steps::shared::{exclusion_group, registered};

/// `policyMigrationState` once the policies of before are out of force.
const MIGRATED: &str = "migrationComplete";

/// What is true of the accounts' methods and of what asks for others.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    let of_slot = |slot: Slot| {
        [
            report(CheckId::MethodUnexpected, unexpected(case, slot)).of(slot),
            report(CheckId::MethodOwnReset, own_reset(case, slot)).of(slot),
        ]
    };
    let mut findings: Vec<Finding> = every_slot(case).into_iter().flat_map(of_slot).collect();
    findings.extend([
        report(CheckId::MethodCampaign, campaign(case)),
        report(CheckId::MethodMigration, migration(case)),
    ]);
    findings.extend(per_user(case).finding(case));
    findings
}

/// What no API of ours tells.
pub(in crate::steps) fn asks(case: &Case<'_>) -> Vec<Ask> {
    let words =
        "Per-user MFA is disabled for every emergency access account (Entra ID > Users > Per-user MFA).";
    per_user(case).ask(case, words.to_owned(), "What the page showed").into_iter().collect()
}

/// Keys and phones are findings of their own; a pass serves only as long as a key is to be registered.
fn unexpected(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    account(case, slot)?;
    read(&case.facts.methods)?;
    let done = registered::is_registered(case, slot);
    let word = |method: &Registered| match method.kind {
        MethodKind::TemporaryPass if done => Some("a Temporary Access Pass".to_owned()),
        MethodKind::Other => Some(words(method)),
        MethodKind::Password | MethodKind::Fido2 | MethodKind::Phone | MethodKind::TemporaryPass => None,
    };
    let found: Vec<String> = case.facts.methods_of(slot).filter_map(word).collect();
    Ok(match found.is_empty() {
        true => pass("nothing beside what was planned"),
        false => fail(format!("registered but not planned: {}", listed(&found))).because(Cause::Unplanned),
    })
}

fn words(method: &Registered) -> String {
    match method.type_name.as_str() {
        "microsoftAuthenticator" => format!("an authenticator app ({})", method.name),
        "email" => "a mail address".to_owned(),
        _ => method.name.clone(),
    }
}

/// Two of phone, mail and app reset an administrator's password; in a bare tenant one of them does.
fn own_reset(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let account = account(case, slot)?;
    read(&case.facts.methods)?;
    let gates: Vec<&str> = gates(case, slot, account).into_iter().collect();
    let bare = read(&case.facts.organization)?.domains.len() < 2;
    let enough = if bare { 1 } else { 2 };
    Ok(match *read(&around(case)?.own_reset)? {
        Some(false) => pass("administrators cannot reset their own password"),
        _ if gates.is_empty() => pass("nothing is registered by which its password could be reset"),
        None => {
            unknown("whether administrators may reset their own password is not told").because(Cause::Hidden)
        }
        Some(true) if gates.len() >= enough => {
            fail(format!("its password can be reset by whoever has its {}", gates.join(" and its ")))
        }
        Some(true) => pass(format!("its {} alone resets no password", gates.join(", "))),
    })
}

fn gates(case: &Case<'_>, slot: Slot, account: &Account) -> BTreeSet<&'static str> {
    let filled = |name: &str| account.filled.iter().any(|one| one == name);
    let named = |name: &str| case.facts.methods_of(slot).any(|one| one.type_name == name);
    let phone = registered::has(case, slot, MethodKind::Phone) || filled("mobilePhone");
    let gates = [
        ("phone", phone),
        ("mail", named("email") || filled("otherMails")),
        ("authenticator app", named("microsoftAuthenticator") || named("softwareOath")),
    ];
    gates.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
}

/// The campaign asks whoever signs in to register a method of their own; exclusion beats inclusion.
fn campaign(case: &Case<'_>) -> Look<Seen> {
    let accounts = read(&case.facts.accounts)?;
    let prompts = read(&around(case)?.prompts)?;
    let Some(campaign) = &prompts.campaign else {
        return Err(unknown("the policy does not tell of a registration campaign").because(Cause::Hidden));
    };
    let caught: Vec<&str> = accounts
        .in_slots
        .iter()
        .filter(|one| asks_for(case, campaign, &one.account.id))
        .map(|one| one.slot.name())
        .collect();
    let phone = || every_slot(case).into_iter().any(|slot| registered::has(case, slot, MethodKind::Phone));
    Ok(match (campaign.state, caught.is_empty()) {
        (CampaignState::Disabled, _) => pass("there is no registration campaign"),
        (_, true) => pass("the registration campaign leaves the accounts out"),
        (CampaignState::Enabled, false) => {
            fail(format!("the registration campaign asks the {} account", listed(&caught)))
        }
        // Microsoft asks those who sign in with a code by SMS or call (contract 15.6).
        (CampaignState::ByMicrosoft, false) if phone() => fail(format!(
            "the registration campaign, which Microsoft steers, may ask the {} account",
            listed(&caught)
        )),
        (CampaignState::ByMicrosoft, false) => pass(
            "Microsoft steers the registration campaign, and asks those who use a phone; exclude the group to be sure",
        ),
        (CampaignState::Unknown, false) => {
            unknown("the registration campaign is in a state that is not known here").because(Cause::Hidden)
        }
    })
}

fn asks_for(case: &Case<'_>, campaign: &Campaign, id: &str) -> bool {
    let group = case.facts.group.get().and_then(|groups| groups.found.as_ref());
    let is_meant = |target: &String| {
        target == EVERYBODY
            || target == id
            || group.is_some_and(|g| g.id == *target && exclusion_group::holds(g, id))
    };
    // A group that is not ours may hold the account as well; where it is included, that is for a person to see.
    campaign.includes.iter().any(is_meant) && !campaign.excludes.iter().any(is_meant)
}

fn migration(case: &Case<'_>) -> Look<Seen> {
    let prompts = read(&around(case)?.prompts)?;
    Ok(match prompts.migration.as_deref() {
        Some(MIGRATED) => pass("the method policies are the only ones in force"),
        Some(state) => fail(format!("{state}: policies of before still ask for methods of their own")),
        None => unknown("whether the method policies are the only ones is not told").because(Cause::Hidden),
    })
}

/// There is no supported way to read it (contract 16): a person looks.
fn per_user(case: &Case<'_>) -> Statement {
    Statement {
        about: CheckId::MethodPerUser.whole(),
        since: set_up_on(case),
        open: "nobody has looked yet whether per-user MFA is off for the accounts",
    }
}
