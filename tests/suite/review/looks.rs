//! What a review says of what surrounds the accounts: tables of small worlds, without a wire.

use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::{Finding, Verdict};
use breakglass::domain::facts::around::{
    Around, Campaign, CampaignState, Deleted, Excluded, Membership, MembershipKind, Prompts, Risk, RiskState,
};
use breakglass::domain::facts::{
    Account, Accounts, EVERYBODY, Facts, Group, Groups, InSlot, Licenses, MethodKind, Organization, Reading,
    Registered, WouldApply,
};
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::Evidence;
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::{Missing, Trouble};
use breakglass::steps::review;
use jiff::civil::date;

use crate::support::drifting::{BEYOND, asked};

const DOMAIN: &str = "contoso.onmicrosoft.com";

fn account(slot: Slot) -> InSlot {
    let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    let name = plan.account(slot).expect("planned").user_name.clone();
    let mut account = Account::as_set_up(&format!("id-{}", slot.key()), &format!("{name}@{DOMAIN}"), "A");
    account.password_changed = Some("2026-01-31T12:00:00Z".parse().expect("a time"));
    InSlot { slot, account }
}

/// Two accounts in their group, with nothing around them that should not be there.
pub fn world() -> Facts {
    let accounts: Vec<InSlot> = [Slot::FIRST, Slot::SECOND].map(account).to_vec();
    let members = accounts.iter().map(|one| (one.account.id.clone(), one.account.upn.clone())).collect();
    let group = Group {
        id: "group".to_owned(),
        name: "G".to_owned(),
        description: String::new(),
        role_assignable: true,
        dynamic: false,
        members,
        owners: Vec::new(),
    };
    Facts {
        organization: Reading::Read(Organization {
            id: "t".to_owned(),
            name: "Contoso".to_owned(),
            initial_domain: DOMAIN.to_owned(),
            initial_is_managed: true,
            domains: vec![DOMAIN.to_owned(), "contoso.example".to_owned()],
            federated: Vec::new(),
        }),
        licenses: Reading::Read(Licenses { p1: true, p2: true }),
        accounts: Reading::Read(Accounts { in_slots: accounts, ..Accounts::default() }),
        methods: Reading::Read(Vec::new()),
        group: Reading::Read(Groups { found: Some(group), others: Vec::new() }),
        policies: Reading::Read(Vec::new()),
        around: Reading::Read(Box::new(quiet())),
        ..Facts::default()
    }
}

fn campaign(state: CampaignState) -> Campaign {
    Campaign { state, includes: vec![EVERYBODY.to_owned()], excludes: Vec::new() }
}

fn quiet() -> Around {
    Around {
        memberships: Reading::Read(Vec::new()),
        excluded: Reading::Read(Excluded::default()),
        deleted: Reading::Read(Vec::new()),
        prompts: Reading::Read(Prompts {
            campaign: Some(campaign(CampaignState::Disabled)),
            migration: Some("migrationComplete".to_owned()),
        }),
        own_reset: Reading::Read(Some(true)),
        group_licenses: Reading::Read(Some(0)),
        contexts: Reading::Read(Vec::new()),
        risks: Reading::NotYet,
    }
}

fn around(facts: &mut Facts) -> &mut Around {
    facts.around.get_mut().expect("it was read")
}

/// What is said about `subject`.
fn said(facts: &Facts, subject: &str) -> Finding {
    let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    let evidence = Evidence::default();
    let case = Case { plan: &plan, facts, evidence: &evidence, today: date(2026, 11, 30) };
    let found = review::findings(&case).into_iter().find(|one| one.subject().as_str() == subject);
    found.unwrap_or_else(|| panic!("nothing is said of {subject}"))
}

/// A change of the world, the subject, the verdict, and a part of what is told.
type Row = (fn(&mut Facts), &'static str, Verdict, &'static str);

fn check(rows: &[Row]) {
    for (change, subject, verdict, part) in rows {
        let mut facts = world();
        change(&mut facts);
        let finding = said(&facts, subject);
        assert_eq!(finding.verdict, *verdict, "{subject}: {}", finding.detail);
        assert!(finding.detail.contains(part), "{subject}: {}", finding.detail);
    }
}

fn joined(facts: &mut Facts, kind: MembershipKind, id: &str) {
    let one = Membership { slot: Slot::FIRST, id: id.to_owned(), name: "Other".to_owned(), kind };
    around(facts).memberships = Reading::Read(vec![one]);
}

const ADMINISTRATOR: &str = "62E90394-69f5-4237-9190-012177145e10";

#[test]
fn groups_and_roles_beside_those_of_the_setup_are_told_by_name() {
    check(&[
        (|_| (), "account.groups:first", Verdict::Pass, "in no other"),
        (|f| joined(f, MembershipKind::Group, "group"), "account.groups:first", Verdict::Pass, ""),
        (
            |f| joined(f, MembershipKind::Group, "other"),
            "account.groups:first",
            Verdict::Fail,
            "also in Other",
        ),
        (|f| joined(f, MembershipKind::Group, "other"), "account.groups:second", Verdict::Pass, ""),
        (
            |f| joined(f, MembershipKind::ComputedGroup, "o"),
            "account.groups:first",
            Verdict::NeedsPerson,
            "a rule",
        ),
        (|f| joined(f, MembershipKind::Other, "unit"), "account.groups:first", Verdict::Pass, ""),
        (|f| joined(f, MembershipKind::Role, ADMINISTRATOR), "role.others:first", Verdict::Pass, ""),
        (
            |f| joined(f, MembershipKind::Role, "reader"),
            "role.others:first",
            Verdict::Fail,
            "also holds Other",
        ),
        (|f| around(f).memberships = unread(), "role.others:first", Verdict::Unknown, "Not allowed."),
        (|f| f.around = Reading::NotYet, "account.groups:first", Verdict::Unknown, "not read yet"),
    ]);
}

fn unread<T>() -> Reading<T> {
    Reading::Unreadable(Trouble::new("Not allowed.", "A right is missing.", "Ask for it."))
}

fn registered(facts: &mut Facts, types: &[&str]) {
    let one = |name: &&str| {
        let kind = if *name == "phone" { MethodKind::Phone } else { MethodKind::Other };
        let named = Registered::new(Slot::FIRST, kind, *name);
        Registered { type_name: (*name).to_owned(), name: (*name).to_owned(), ..named }
    };
    facts.methods = Reading::Read(types.iter().map(one).collect());
}

fn bare(facts: &mut Facts) {
    if let Some(organization) = facts.organization.get_mut() {
        organization.domains.truncate(1);
    }
}

#[test]
fn two_gates_reset_a_password_and_in_a_bare_tenant_one() {
    const ABOUT: &str = "method.own-reset:first";
    check(&[
        (|_| (), ABOUT, Verdict::Pass, "nothing is registered"),
        (|f| registered(f, &["phone"]), ABOUT, Verdict::Pass, "alone resets no password"),
        (|f| registered(f, &["phone", "email"]), ABOUT, Verdict::Fail, "its mail and its phone"),
        (|f| registered(f, &["phone", "microsoftAuthenticator"]), ABOUT, Verdict::Fail, "authenticator app"),
        (
            |f| {
                registered(f, &["email"]);
                bare(f);
            },
            ABOUT,
            Verdict::Fail,
            "its mail",
        ),
        (
            |f| {
                registered(f, &["phone", "email"]);
                around(f).own_reset = Reading::Read(Some(false));
            },
            ABOUT,
            Verdict::Pass,
            "cannot reset",
        ),
        (
            |f| {
                registered(f, &["phone"]);
                around(f).own_reset = Reading::Read(None);
            },
            ABOUT,
            Verdict::Unknown,
            "not told",
        ),
    ]);
}

fn asks(facts: &mut Facts, campaign: Option<Campaign>) {
    let migration = Some("migrationInProgress".to_owned());
    around(facts).prompts = Reading::Read(Prompts { campaign, migration });
}

#[test]
fn a_campaign_is_told_where_it_asks_the_accounts() {
    const ABOUT: &str = "method.campaign";
    check(&[
        (|_| (), ABOUT, Verdict::Pass, "there is no"),
        (|f| asks(f, None), ABOUT, Verdict::Unknown, "does not tell"),
        (|f| asks(f, Some(campaign(CampaignState::Enabled))), ABOUT, Verdict::Fail, "First, Second"),
        (|f| asks(f, Some(campaign(CampaignState::Unknown))), ABOUT, Verdict::Unknown, "not known here"),
        (|f| asks(f, Some(campaign(CampaignState::ByMicrosoft))), ABOUT, Verdict::Pass, "Microsoft steers"),
        (
            |f| {
                asks(f, Some(campaign(CampaignState::ByMicrosoft)));
                registered(f, &["phone"]);
            },
            ABOUT,
            Verdict::Fail,
            "may ask",
        ),
        (
            |f| {
                let out = Campaign { excludes: vec!["group".to_owned()], ..campaign(CampaignState::Enabled) };
                asks(f, Some(out));
            },
            ABOUT,
            Verdict::Pass,
            "leaves the accounts out",
        ),
        (
            |f| {
                let others =
                    Campaign { includes: vec!["others".to_owned()], ..campaign(CampaignState::Enabled) };
                asks(f, Some(others));
            },
            ABOUT,
            Verdict::Pass,
            "leaves the accounts out",
        ),
        (|f| asks(f, None), "method.migration", Verdict::Fail, "migrationInProgress"),
        (|f| around(f).prompts = unread(), "method.migration", Verdict::Unknown, "Not allowed."),
    ]);
}

fn applies(facts: &mut Facts, enforced: bool) {
    let would = WouldApply {
        slot: Slot::SECOND,
        policy: "p".to_owned(),
        name: "P".to_owned(),
        enforced,
        context: "an app on Linux".to_owned(),
    };
    around(facts).contexts = Reading::Read(vec![would]);
}

#[test]
fn what_policies_name_and_catch_is_told_by_name() {
    check(&[
        (|f| applies(f, true), "policies.contexts", Verdict::Fail, "P (Second account: an app on Linux)"),
        (|f| applies(f, false), "policies.contexts", Verdict::Pass, ""),
        (
            |f| around(f).excluded = Reading::Read(Excluded { left: 3, looked: 200, ..Excluded::default() }),
            "policies.ghosts",
            Verdict::Unknown,
            "3 more were not",
        ),
        (
            |f| {
                around(f).excluded =
                    Reading::Read(Excluded { gone: vec!["x".to_owned()], looked: 1, left: 0 });
            },
            "policies.ghosts",
            Verdict::Fail,
            "x",
        ),
        (
            |f| around(f).group_licenses = Reading::Read(None),
            "group.license",
            Verdict::Unknown,
            "does not tell",
        ),
        (
            |f| {
                let slot = Some(Slot::SECOND);
                around(f).deleted = Reading::Read(vec![Deleted { slot, id: "old".to_owned() }]);
            },
            "tenant.deleted",
            Verdict::Fail,
            "the Second account (old)",
        ),
    ]);
}

fn first(facts: &mut Facts, change: impl FnOnce(&mut Account)) {
    let accounts = facts.accounts.get_mut().expect("they were read");
    change(&mut accounts.in_slots[0].account);
}

#[test]
fn a_name_is_compared_with_the_plan_where_no_page_has_one_and_a_password_ages() {
    check(&[
        (|_| (), "account.renamed:first", Verdict::Pass, "harbor.lantern@"),
        (
            |f| first(f, |a| a.upn = format!("HARBOR.lantern@{DOMAIN}")),
            "account.renamed:first",
            Verdict::Pass,
            "",
        ),
        (
            |f| first(f, |a| a.upn = format!("other@{DOMAIN}")),
            "account.renamed:first",
            Verdict::Fail,
            "was harbor.lantern@",
        ),
        (|_| (), "account.password-age:first", Verdict::Pass, "by 2027-01-31"),
        (
            |f| first(f, |a| a.password_changed = Some("2024-02-29T12:00:00Z".parse().expect("a time"))),
            "account.password-age:first",
            Verdict::Fail,
            "by 2025-02-28",
        ),
        (
            |f| first(f, |a| a.password_changed = None),
            "account.password-age:first",
            Verdict::Unknown,
            "does not tell",
        ),
        (|_| (), "account.risk:first", Verdict::NeedsPerson, "Identity Protection"),
    ]);
}

fn thought(facts: &mut Facts, state: RiskState) {
    let since = Some("2026-11-28T09:00:00Z".parse().expect("a time"));
    let one = Risk { slot: Slot::FIRST, state, level: "high".to_owned(), since };
    around(facts).risks = Reading::Read(vec![one]);
}

#[test]
fn what_identity_protection_thinks_is_read_or_somebody_has_to_look() {
    let refused = |facts: &mut Facts| {
        let missing = Missing { permission: "IdentityRiskyUser.Read.All".to_owned(), role: "R".to_owned() };
        let trouble = Trouble::new("No.", "It is refused.", "Ask.");
        around(facts).risks = Reading::Unreadable(Trouble { missing: Some(Box::new(missing)), ..trouble });
    };
    check(&[
        (|f| thought(f, RiskState::None), "account.risk:first", Verdict::Pass, "nothing against it"),
        (
            |f| thought(f, RiskState::AtRisk),
            "account.risk:first",
            Verdict::Fail,
            "at risk (high) since 2026-11-28",
        ),
        (|f| thought(f, RiskState::Compromised), "account.risk:first", Verdict::Fail, "compromised (high)"),
        (
            |f| thought(f, RiskState::Other("guessed".to_owned())),
            "account.risk:first",
            Verdict::Unknown,
            "\"guessed\"",
        ),
        // What was not told about one account is not known of it.
        (|f| thought(f, RiskState::None), "account.risk:second", Verdict::NeedsPerson, "nobody has looked"),
        (refused, "account.risk:first", Verdict::NeedsPerson, "permission IdentityRiskyUser.Read.All"),
    ]);
}

#[test]
fn without_a_license_or_a_connection_nothing_is_claimed() {
    let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    let evidence = Evidence::default();
    let mut unlicensed = world();
    unlicensed.licenses = Reading::Read(Licenses { p1: false, p2: false });
    let today = date(2026, 11, 30);
    let case = Case { plan: &plan, facts: &unlicensed, evidence: &evidence, today };
    let names: Vec<&str> = review::findings(&case).iter().map(|one| one.check.name()).collect();
    assert!(!names.contains(&"policies.ghosts") && !names.contains(&"account.risk"), "{names:?}");
    let by_hand = Facts::by_hand(None);
    let case = Case { facts: &by_hand, ..case };
    let beyond = |one: &Finding| BEYOND.contains(&one.check.name());
    let findings: Vec<Finding> = review::findings(&case).into_iter().filter(beyond).collect();
    assert!(findings.iter().all(|one| one.verdict == Verdict::NeedsPerson), "{findings:?}");
    assert_eq!(asked(&case).len(), findings.len(), "everything is asked");
}
