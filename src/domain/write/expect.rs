//! What the tenant should look like after an action.
//!
//! A dry run applies this to a copy of the facts until nothing new appears. Ids that only the tenant can give are
//! placeholders in single guillemets.

use crate::domain::facts::monitoring::{Fired, Told};
use crate::domain::facts::policy::Policy;
use crate::domain::facts::{
    Account, ActionGroup, AlertRule, DiagnosticSetting, Facts, Group, Holding, HoldingKind, InSlot,
    MethodKind, MethodState, Monitoring, Original, Reading, Registered, Workspace,
};
use crate::domain::slot::Slot;
use crate::domain::write::action::{Action, PolicyMethod, Protection, Repair, targets};
use crate::domain::write::call::DIAGNOSTIC_SETTING;

/// The placeholder for the object id of the account in `slot`.
pub fn account_placeholder(slot: Slot) -> String {
    format!("‹id of the {slot} account›")
}

/// The placeholder for the object id of the exclusion group.
pub const GROUP_PLACEHOLDER: &str = "‹id of the exclusion group›";

impl Action {
    /// Changes `facts` as this action should change the tenant.
    pub fn expect(&self, facts: &mut Facts) {
        match self {
            Action::CreateUser { slot, upn, display_name, .. } => {
                expect_user(facts, *slot, upn, display_name);
            }
            Action::RepairUser { slot, repairs, .. } => with_account(facts, *slot, |a| repair(a, repairs)),
            Action::RemoveLicense { slot, sku, .. } => {
                with_account(facts, *slot, |a| a.licenses.retain(|l| l != sku));
            }
            Action::AssignRole { principal, .. } => expect_role(facts, principal),
            Action::OpenMethod { .. } => expect_method(facts, self),
            Action::IssuePass { slot, .. } => {
                expect_registered(facts, *slot, MethodKind::TemporaryPass, "pass");
            }
            Action::DeletePass { slot, .. } => drop_pass(facts, *slot),
            Action::AddPhone { slot, number, .. } => {
                expect_registered(facts, *slot, MethodKind::Phone, number);
                set_number(facts, *slot, number);
            }
            Action::ReplacePhone { slot, number, .. } => set_number(facts, *slot, number),
            Action::DeletePhone { slot, phone: method, .. } | Action::DeleteKey { slot, key: method, .. } => {
                drop_method(facts, *slot, method);
            }
            Action::CreateGroup { .. }
            | Action::AddMember { .. }
            | Action::RemoveMember { .. }
            | Action::AddOwner { .. }
            | Action::RemoveOwner { .. } => expect_group(facts, self),
            Action::ExcludeGroup { policy, group, .. } => expect_excluded(facts, policy, group),
            Action::RestorePolicy { .. } | Action::TestNotification { .. } => {}
            Action::DisableSecurityDefaults => facts.defaults = Reading::Read(false),
            Action::EnablePolicy { policy, .. } => expect_enabled(facts, policy),
            Action::RegisterProvider { .. }
            | Action::PutResourceGroup { .. }
            | Action::PutWorkspace { .. }
            | Action::PutDiagnosticSetting { .. }
            | Action::PutActionGroup { .. }
            | Action::PutRule(_) => expect_monitoring(facts, self),
            Action::SetPassword { .. } | Action::RevokeSessions { .. } | Action::LeaveUnit { .. } => {}
            Action::EnterUnit { slot, unit, name, .. } => with_account(facts, *slot, |account| {
                account.restricted = true;
                account.units.push((unit.clone(), name.clone()));
            }),
        }
    }
}

fn expect_user(facts: &mut Facts, slot: Slot, upn: &str, display_name: &str) {
    let Some(accounts) = facts.accounts.get_mut() else { return };
    let account = Account::as_set_up(&account_placeholder(slot), upn, display_name);
    accounts.in_slots.push(InSlot { slot, account });
    accounts.in_slots.sort_by_key(|a| a.slot);
}

fn with_account(facts: &mut Facts, slot: Slot, change: impl FnOnce(&mut Account)) {
    let accounts = facts.accounts.get_mut().map(|a| &mut a.in_slots);
    if let Some(found) = accounts.and_then(|a| a.iter_mut().find(|a| a.slot == slot)) {
        change(&mut found.account);
    }
}

fn repair(account: &mut Account, repairs: &[Repair]) {
    for repair in repairs {
        match repair {
            Repair::Enable => account.enabled = true,
            Repair::NeverExpire => account.password_never_expires = true,
            Repair::Clear(name) => account.filled.retain(|f| f != name),
        }
    }
}

fn expect_role(facts: &mut Facts, principal: &str) {
    let Some(roles) = facts.roles.get_mut() else { return };
    roles.administrators += 1;
    roles.holdings.push(Holding {
        principal: principal.to_owned(),
        kind: HoldingKind::Assigned,
        scope: "/".to_owned(),
        ends: None,
        through_group: false,
    });
}

fn expect_method(facts: &mut Facts, action: &Action) {
    let Action::OpenMethod { method, target, original } = action else { return };
    let Some(policy) = facts.method_policy.get_mut() else { return };
    let targets = targets(target.as_ref(), original);
    let ids = targets.iter().filter_map(|t| t.get("id")?.as_str()).map(str::to_owned).collect();
    let opened = |was: &MethodState| MethodState {
        enabled: true,
        includes: ids,
        targets: targets.clone(),
        ..was.clone()
    };
    match method {
        PolicyMethod::Fido2 => {
            policy.fido2 = opened(&policy.fido2);
            policy.fido2_self_service = true;
        }
        PolicyMethod::TemporaryPass => policy.temporary_pass = opened(&policy.temporary_pass),
        PolicyMethod::Sms => policy.sms = opened(&policy.sms),
    }
}

fn expect_registered(facts: &mut Facts, slot: Slot, kind: MethodKind, name: &str) {
    let Some(methods) = facts.methods.get_mut() else { return };
    let id = format!("‹id of the new {name}›");
    methods.push(Registered { name: name.to_owned(), ..Registered::new(slot, kind, id) });
}

fn set_number(facts: &mut Facts, slot: Slot, number: &str) {
    let methods = facts.methods.get_mut().into_iter().flatten();
    for phone in methods.filter(|m| m.slot == slot && m.kind == MethodKind::Phone) {
        phone.number = Some(number.to_owned());
    }
}

fn drop_method(facts: &mut Facts, slot: Slot, id: &str) {
    if let Some(methods) = facts.methods.get_mut() {
        methods.retain(|m| m.slot != slot || m.id != id);
    }
}

fn drop_pass(facts: &mut Facts, slot: Slot) {
    if let Some(methods) = facts.methods.get_mut() {
        methods.retain(|m| m.slot != slot || m.kind != MethodKind::TemporaryPass);
    }
}

fn expect_group(facts: &mut Facts, action: &Action) {
    let Some(groups) = facts.group.get_mut() else { return };
    match action {
        Action::CreateGroup { name, description, protection, members } => {
            groups.found = Some(Group {
                id: GROUP_PLACEHOLDER.to_owned(),
                name: name.clone(),
                description: description.clone(),
                role_assignable: *protection == Protection::RoleAssignable,
                dynamic: false,
                members: members.iter().map(|(slot, id)| (id.clone(), slot.name().to_owned())).collect(),
                owners: Vec::new(),
            });
        }
        Action::AddMember { id, slot, .. } => {
            if let Some(group) = &mut groups.found {
                group.members.push((id.clone(), slot.name().to_owned()));
            }
        }
        Action::RemoveMember { id, .. } => {
            if let Some(group) = &mut groups.found {
                group.members.retain(|(member, _)| member != id);
            }
        }
        Action::AddOwner { id, slot, .. } => {
            if let Some(group) = &mut groups.found {
                group.owners.push((id.clone(), slot.name().to_owned()));
            }
        }
        Action::RemoveOwner { id, .. } => {
            if let Some(group) = &mut groups.found {
                group.owners.retain(|(owner, _)| owner != id);
            }
        }
        _ => {}
    }
}

fn expect_excluded(facts: &mut Facts, policy: &str, group: &str) {
    with_policy(facts, policy, |found| found.with_group_excluded(group));
    for would in [&mut facts.registration, &mut facts.what_if] {
        if let Some(list) = would.get_mut() {
            list.retain(|w| w.policy != policy);
        }
    }
}

fn expect_enabled(facts: &mut Facts, policy: &str) {
    with_policy(facts, policy, Policy::as_enabled);
}

fn with_policy(facts: &mut Facts, id: &str, change: impl FnOnce(&Policy) -> Policy) {
    let mut policies = facts.policies.get_mut().into_iter().flatten();
    if let Some(found) = policies.find(|policy| policy.id == id) {
        *found = change(found);
    }
}

fn expect_monitoring(facts: &mut Facts, action: &Action) {
    let Some(monitoring) = facts.monitoring.get_mut() else { return };
    match action {
        Action::RegisterProvider { namespace, .. } => monitoring.unregistered.retain(|n| n != namespace),
        Action::PutResourceGroup { .. } => monitoring.resource_group = true,
        Action::PutWorkspace { subscription, resource_group, name, region } => {
            monitoring.workspace = Some(Workspace {
                id: crate::domain::write::call::workspace_id(subscription, resource_group, name),
                name: name.clone(),
                region: region.clone(),
                customer_id: String::new(),
                retention_days: Some(90),
                daily_cap: Some(-1.0),
                ingestion: None,
            });
        }
        Action::PutDiagnosticSetting { workspace, categories, original } => {
            let before = original.as_ref().map(|o| o.body["name"].as_str().unwrap_or_default().to_owned());
            let name = before.unwrap_or_else(|| DIAGNOSTIC_SETTING.to_owned());
            expect_setting(monitoring, &name, |setting| {
                setting.workspace = Some(workspace.clone());
                setting.categories.extend(categories.iter().cloned());
                setting.original = written(action);
            });
        }
        Action::PutActionGroup { id, recipients, .. } => {
            let before = monitoring.action_group.take().map(|group| group.recipients);
            let is_new = |mail: &str| !before.iter().flatten().any(|(own, _)| own.eq_ignore_ascii_case(mail));
            let added: Vec<(String, Option<bool>)> = recipients
                .iter()
                .filter(|r| is_new(&r.email))
                .map(|r| (r.email.clone(), Some(false)))
                .collect();
            monitoring.action_group = Some(ActionGroup {
                id: id.clone(),
                enabled: true,
                recipients: before.into_iter().flatten().chain(added).collect(),
                original: written(action),
            });
        }
        Action::PutRule(rule) => {
            monitoring.rules.retain(|r| !r.id.eq_ignore_ascii_case(&rule.id));
            let (id, name) = (rule.id.clone(), rule.kind.name().to_owned());
            if let Some(fired) = monitoring.fired.get_mut() {
                fired.retain(|one| !one.rule.eq_ignore_ascii_case(&id));
                fired.push(Fired { rule: id.clone(), at: None, told: Told::NeverFired });
            }
            monitoring.rules.push(AlertRule { id, name, original: written(action) });
        }
        _ => {}
    }
}

/// The resource as this write sends it.
fn written(action: &Action) -> Original {
    Original::new("", action.call().body)
}

fn expect_setting(monitoring: &mut Monitoring, name: &str, change: impl FnOnce(&mut DiagnosticSetting)) {
    let Some(settings) = monitoring.settings.get_mut() else { return };
    let is_it = |setting: &DiagnosticSetting| setting.name.eq_ignore_ascii_case(name);
    if let Some(found) = settings.iter_mut().find(|setting| is_it(setting)) {
        return change(found);
    }
    let mut made = DiagnosticSetting {
        name: name.to_owned(),
        workspace: None,
        elsewhere: Vec::new(),
        categories: Vec::new(),
        original: Original::new("", serde_json::Value::Null),
    };
    change(&mut made);
    settings.push(made);
}
