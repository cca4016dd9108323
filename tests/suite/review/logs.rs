//! What the logs of a tenant tell of its accounts: asked with the server's filter, never the whole of a long log; kept in the
//! record when the log has forgotten it; never taken for foreign what was written from here.

use breakglass::domain::facts::query::{Query, Sought};
use breakglass::domain::facts::{Area, AuditEntry, Facts, SignIn};
use breakglass::domain::slot::Slot;
use breakglass::rehearsal::FaultKind;
use breakglass::tenant::Tenant;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::in_process::InProcess;
use crate::support::served::Served;
use crate::support::words;

const FIRST: &str = "northwind.lamp@fabrikamrehearsal.onmicrosoft.com";
const GROUP: &str = "CA Exclusions - Break Glass";

/// What a review reads about the account that is there, and about the group.
async fn read(tenant: &Tenant) -> Facts {
    let sought = |slot, name: &str| Sought { slot, user_name: name.to_owned(), adopt: None, id: None };
    let first = Sought { adopt: Some(FIRST.to_owned()), ..sought(Slot::FIRST, "northwind.lamp") };
    let query = Query {
        accounts: vec![first],
        group_name: GROUP.to_owned(),
        since: Some(Timestamp::UNIX_EPOCH),
        ..Query::default()
    };
    let mut facts = Facts::default();
    let areas =
        [Area::Organization, Area::Licenses, Area::Accounts, Area::Group, Area::SignIns, Area::Audits];
    for area in areas {
        facts.absorb(tenant.read(area, &query, &facts).await);
    }
    facts
}

fn sign_ins(facts: &Facts) -> &[SignIn] {
    facts.sign_ins.get().unwrap_or_else(|| panic!("{:?}", facts.sign_ins))
}

fn changes(facts: &Facts) -> &[AuditEntry] {
    &facts.audits.get().unwrap_or_else(|| panic!("{:?}", facts.audits)).entries
}

/// Reads again until the logs have so many sign-ins and changes: they are late.
async fn read_until(tenant: &Tenant, there: (usize, usize)) -> Facts {
    for _ in 0..200 {
        let facts = read(tenant).await;
        if sign_ins(&facts).len() >= there.0 && changes(&facts).len() >= there.1 {
            return facts;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("they never arrived")
}

async fn somebody_is_busy(served: &InProcess) {
    served
        .change("sign-in-arrives", json!({"account": FIRST, "address": "192.0.2.44", "country": "NL"}))
        .await;
    let refused = json!({"account": FIRST, "address": "192.0.2.45", "result": "wrong-password"});
    served.change("sign-in-arrives", refused).await;
    served.change("account-disabled", json!({"account": FIRST})).await;
    served
        .change(
            "policy-appears",
            json!({"name": "A new one", "who": "all", "grant": "block", "state": "report"}),
        )
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn among_a_hundred_thousand_sign_ins_only_ours_are_asked_for() {
    let served = InProcess::start("existing").await;
    served.change("foreign-sign-ins", json!({"count": 100_000})).await;
    somebody_is_busy(&served).await;
    let tenant = served.signed_in().await;
    let facts = read_until(&tenant, (2, 2)).await;
    let (asked, audited) =
        (served.asked("auditLogs/signIns 200").await, served.asked("directoryAudits 200").await);

    let again = read(&tenant).await;
    assert_eq!(sign_ins(&again), sign_ins(&facts));
    assert_eq!(served.asked("auditLogs/signIns 200").await - asked, 1, "one request for each account");
    // To the account, to the group, by the account, and to policies.
    assert_eq!(served.asked("directoryAudits 200").await - audited, 4);

    let ours = sign_ins(&facts);
    assert!(ours.len() == 2 && ours.iter().all(|one| one.slot == Slot::FIRST), "{ours:?}");
    let got_in = ours.iter().find(|one| one.error == 0).expect("one got in");
    assert_eq!((got_in.address.as_str(), got_in.told.place.as_str()), ("192.0.2.44", "NL"));
    assert_eq!((got_in.told.method.as_str(), got_in.told.policy_result.as_str()), ("Browser", "notApplied"));
    assert!(!got_in.id.is_empty() && got_in.application.contains("Graph"), "{got_in:?}");
    let told: Vec<&str> = changes(&facts).iter().map(|one| one.activity.as_str()).collect();
    assert!(told.contains(&"Disable account") && told.contains(&"Add conditional access policy"), "{told:?}");
    let disabled = changes(&facts).iter().find(|one| one.activity == "Disable account").expect("it");
    let id = &facts.account(Slot::FIRST).expect("the account").id;
    assert!(disabled.is_about(id) && disabled.by.contains('@'), "{disabled:?}");
    assert_eq!(disabled.targets[0].name, FIRST);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_refuses_the_filter_is_read_by_time_and_sorted_out_here() {
    let served = InProcess::start("existing").await;
    somebody_is_busy(&served).await;
    let tenant = served.signed_in().await;
    let filtered = read_until(&tenant, (2, 2)).await;
    // Somebody else's business, which no filter asks for.
    served.change("security-defaults-switched", json!({"to": "on", "although": "policies"})).await;
    served.arm(FaultKind::FilterRefused, "directoryAudits").await;
    let before = served.asked("directoryAudits 200").await;
    let whole = read(&tenant).await;
    assert_eq!(served.asked("directoryAudits 400").await, 1);
    assert_eq!(served.asked("directoryAudits 200").await - before, 1, "one page");
    assert_eq!(changes(&whole), changes(&filtered));
}

/// The entries of the record of this kind.
fn entries(served: &Served, kind: &str) -> Vec<Value> {
    let entries = served.home.journal().into_iter().map(|line| line["entry"].clone());
    entries.filter(|entry| entry["entry"] == kind).collect()
}

fn review(served: &Served) -> String {
    let mut command = served.home.breakglass();
    command.args(["review", "--unattended"]).args(served.options());
    command.arg("--plan").arg(served.home.plan()).stdin(std::process::Stdio::null());
    words(&command.output().expect("it runs"))
}

#[test]
fn what_was_done_from_here_is_known_and_what_was_not_stays_in_the_record() {
    let mut served = Served::new("p1", Vec::new());
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    served.time_passes(1);
    let told = review(&served);
    assert_eq!(entries(&served, "change"), Vec::<Value>::new(), "{told}");
    assert_eq!(entries(&served, "stranger"), Vec::<Value>::new(), "{told}");
    let logs = |served: &Served| -> Vec<Value> {
        entries(served, "log-read").iter().map(|read| read["log"].clone()).collect()
    };
    assert_eq!(logs(&served), ["sign-in", "change"], "{told}");

    let account = json!({"account": "harbor.lantern", "address": "192.0.2.44", "country": "NL"});
    served.change("sign-in-arrives", &account);
    served.change("account-disabled", &json!({"account": "harbor.lantern"}));
    served.time_passes(1);
    review(&served);
    // Both logs have forgotten it; the record has not, and has it once.
    served.time_passes(40);
    let told = review(&served);
    let (changes, strangers) = (entries(&served, "change"), entries(&served, "stranger"));
    assert_eq!((changes.len(), strangers.len()), (1, 1), "{told}");
    assert_eq!(changes[0]["seen"]["activity"], "Disable account");
    assert_eq!(changes[0]["slot"], strangers[0]["slot"]);
    assert_eq!(strangers[0]["told"]["place"], "NL");
    for kind in ["change", "stranger"] {
        let id = &entries(&served, kind)[0];
        let id = id["seen"]["id"].as_str().or(id["id"].as_str()).expect("an id of the request");
        assert!(!id.is_empty());
    }
}
