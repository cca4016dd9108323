//! What the tenant of a world of the table holds, as it would have been read.

use breakglass::domain::facts::{
    Account, Accounts, Facts, Group, Groups, Holding, HoldingKind, InSlot, KeyRule, KeyRules, Licenses,
    MethodKind, MethodPolicy, MethodState, Models, Organization, PassLifetime, Reading, Registered, Roles,
    WouldApply,
};
use breakglass::domain::trouble::Trouble;
use breakglass::rehearsal::TENANT_ID;
use serde_json::json;

use super::{DOMAIN, GROUP, World, at, id, policy, slot, two};

impl World {
    pub fn facts(&self) -> Facts {
        let licensed = self.licenses != "none";
        let unlicensed = || Trouble::new("Not licensed.", "No Entra ID P1.", "Buy it.");
        Facts {
            portals: breakglass::domain::connection::portals::Portals::default(),
            cloud: breakglass::domain::connection::cloud::Cloud::Global,
            organization: Reading::Read(Organization {
                id: TENANT_ID.to_owned(),
                name: "Contoso".to_owned(),
                initial_domain: DOMAIN.to_owned(),
                initial_is_managed: true,
                domains: Vec::new(),
                federated: Vec::new(),
            }),
            licenses: Reading::Read(Licenses { p1: licensed, p2: self.licenses == "p2" }),
            accounts: Reading::Read(self.accounts()),
            roles: Reading::Read(self.roles()),
            methods: Reading::Read(self.methods()),
            method_policy: Reading::Read(self.method_policy()),
            registration: Reading::Read(Self::would(&self.stops)),
            group: Reading::Read(Groups { found: self.group(), others: Vec::new() }),
            policies: match licensed {
                true => Reading::Read(self.policies.iter().map(|p| policy(p)).collect()),
                false => Reading::Unreadable(unlicensed()),
            },
            what_if: Reading::Read(Self::would(&self.applies)),
            defaults: Reading::Read(self.defaults),
            monitoring: self.monitoring(),
            around: Reading::NotYet,
            sign_ins: Reading::Read(self.sign_ins()),
            audits: Reading::NotYet,
            operator: Reading::NotYet,
        }
    }

    fn accounts(&self) -> Accounts {
        let in_slots =
            self.accounts.iter().map(|name| InSlot { slot: slot(name), account: self.account(name) });
        let deleted = || self.deleted.iter().map(|name| (slot(name), id(name))).collect();
        let refused = || Trouble::new("Could not look for deleted accounts.", "403.", "Ask for the right.");
        Accounts {
            in_slots: in_slots.collect(),
            candidates: Vec::new(),
            eligible: Vec::new(),
            deleted: match Self::has(&self.deleted, "unread") {
                true => Reading::Unreadable(refused()),
                false => Reading::Read(deleted()),
            },
        }
    }

    fn account(&self, name: &str) -> Account {
        let has = |fault: &str| Self::has(&self.faults, &format!("{name} {fault}"));
        let planned = self.plan().account(slot(name)).expect("planned").user_name.clone();
        Account {
            id: id(name),
            upn: format!("{planned}@{DOMAIN}"),
            display_name: name.to_owned(),
            enabled: !has("disabled"),
            member: !has("guest"),
            cloud_only: !has("synced"),
            licenses: if has("licensed") { vec!["sku".to_owned()] } else { Vec::new() },
            filled: if has("filled") { vec!["department".to_owned()] } else { Vec::new() },
            password_never_expires: !has("expires"),
            change_forced: if has("unseen") { None } else { Some(has("forced")) },
            password_changed: Some(if has("password-changed") { at(5) } else { at(1) }),
            sessions_valid_from: Some(at(2)),
            restricted: false,
            units: Vec::new(),
        }
    }

    fn roles(&self) -> Roles {
        let holding = |text: &String| {
            let (name, kind) = two(text);
            Holding {
                principal: id(name),
                kind: match kind {
                    "eligible" => HoldingKind::Eligible,
                    "activated" => HoldingKind::Activated,
                    _ => HoldingKind::Assigned,
                },
                scope: "/".to_owned(),
                ends: (kind == "ending").then(|| at(1000)),
                through_group: kind == "group",
            }
        };
        let permanent_allowed = (self.licenses == "p2").then_some(true);
        Roles {
            holdings: self.roles.iter().map(holding).collect(),
            administrators: 3,
            permanent_allowed,
            approval: None,
            people: Vec::new(),
        }
    }

    fn methods(&self) -> Vec<Registered> {
        let one = |name: &String, kind| Registered {
            name: "key".to_owned(),
            ..Registered::new(slot(name), kind, format!("method-{name}"))
        };
        let key = |name: &String| Registered {
            aaguid: Some("5eed5eed-0000-4000-8000-00000000f1d0".to_owned()),
            attested: Some(!Self::has(&self.faults, &format!("{name} unattested"))),
            synced: Some(Self::has(&self.faults, &format!("{name} synced-key"))),
            ..one(name, MethodKind::Fido2)
        };
        let spare =
            |name: &String| Registered { id: format!("spare-{name}"), name: "spare".to_owned(), ..key(name) };
        let keys = self.keys.iter().map(key).chain(self.spare_keys.iter().map(spare));
        let phone = |name: &String| {
            let key = one(name, MethodKind::Phone);
            Registered { id: format!("phone-{name}"), ..key }
        };
        keys.chain(self.phones.iter().map(phone)).collect()
    }

    fn method_policy(&self) -> MethodPolicy {
        let state = |name: &str| MethodState {
            enabled: !Self::has(&self.closed, name),
            includes: vec!["all_users".to_owned()],
            excludes: Vec::new(),
            targets: vec![json!({"targetType": "group", "id": "all_users"})],
        };
        MethodPolicy {
            fido2: state("fido2"),
            fido2_self_service: true,
            key_rules: Box::new(KeyRules { whole: self.key_rule(), profiles: Vec::new() }),
            temporary_pass: state("pass"),
            pass_once_only: false,
            pass_lifetime: PassLifetime::default(),
            sms: state("sms"),
            certificate: MethodState::default(),
        }
    }

    fn key_rule(&self) -> KeyRule {
        let list = |text: &str| vec![text.to_owned()];
        let ours = "5EED5EED-0000-4000-8000-00000000F1D0";
        let open = KeyRule::open();
        match self.key_rule.as_str() {
            "" => open,
            "ours" => KeyRule { models: Models::Only(list(ours)), ..open },
            "others" => KeyRule { models: Models::Only(list("another")), ..open },
            "blocked" => KeyRule { models: Models::AllBut(list(ours)), ..open },
            "attested" => KeyRule { attested: Some(true), ..open },
            "unknown" => KeyRule::default(),
            other => panic!("{other} is no rule for keys"),
        }
    }

    fn would(list: &[String]) -> Vec<WouldApply> {
        let one = |text: &String| {
            let (name, policy) = two(text);
            WouldApply {
                slot: slot(name),
                policy: policy.to_owned(),
                name: policy.to_owned(),
                enforced: true,
                context: "portal".to_owned(),
            }
        };
        list.iter().map(one).collect()
    }

    fn group(&self) -> Option<Group> {
        let people = |names: &[String]| names.iter().map(|n| (id(n), n.clone())).collect();
        self.group.as_ref().map(|members| Group {
            id: GROUP.to_owned(),
            name: "Conditional Access - Emergency Access Exclusions".to_owned(),
            description: "DO NOT MODIFY".to_owned(),
            role_assignable: !self.ordinary,
            dynamic: false,
            members: people(members),
            owners: people(&self.owners),
        })
    }
}
