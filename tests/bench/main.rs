//! Benchmarks: `update` under a stream of messages, the busiest screen, passwords, and reading a 300-policy tenant.

mod policies;
#[path = "../suite/support/session.rs"]
mod session;
mod window;

use std::hint::black_box;

use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::connection::sign_in::{Demand, Prompt};
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, AreaFacts, Facts, Reading};
use breakglass::domain::mark::Mark;
use breakglass::domain::plan::PaperSize;
use breakglass::domain::record::{Evidence, Slip, SlipKind, SlipState};
use breakglass::domain::secret::SecretKind;
use breakglass::domain::slot::Slot;
use breakglass::effects::vault::Vault;
use breakglass::journeys::Msg;
use breakglass::journeys::home::Home;
use breakglass::journeys::message::Now;
use breakglass::journeys::model::Model;
use breakglass::journeys::setup::Setup;
use breakglass::journeys::stack::Layer;
use breakglass::paper::{self, Ink, SlipPage, Written};
use breakglass::rehearsal;
use breakglass::steps::StepId;
use breakglass::tenant::{Opener, Profile, SignIn, Tenant};
use divan::Bencher;
use serde_json::json;

use session::session;

fn main() {
    println!("one step of progress writes {} bytes to an 80x24 terminal", window::bytes_of_one_step());
    divan::main();
}

/// The day on which it all takes place.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 23);
/// Policies of the busiest tenant.
const POLICIES: usize = 300;

fn policies() -> Vec<Policy> {
    (0..POLICIES)
        .filter_map(|n| {
            Policy::from_raw(&json!({
                "id": format!("{n:08}-0000-4000-8000-000000000000"),
                "displayName": format!("CA{n:03} Require something of somebody"),
                "state": "enabled",
                "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": ["one", "two"]}},
            }))
        })
        .collect()
}

fn model() -> Model {
    let plan = breakglass::journeys::preset_plan();
    let mut model = Model::new(session(Mark::Rehearsal), plan, Evidence::default(), TODAY);
    model.desk.world.facts_mut().policies = Reading::Read(policies());
    let step = StepId::new(5).expect("a step");
    model.stack = vec![Layer::Home(Home::First), Layer::Setup(Setup::at_step(step))];
    model
}

/// Ten thousand messages: the clock, and policies read again now and then.
#[divan::bench]
fn update_10_000_messages(bencher: Bencher) {
    let tick = Msg::Tick(Now { at: jiff::Timestamp::UNIX_EPOCH, today: TODAY });
    let read = Msg::Read(Box::new(AreaFacts::Policies(Reading::Read(policies()))));
    bencher.with_inputs(model).bench_local_values(|mut model| {
        for n in 0..10_000 {
            let msg = if n % 100 == 0 { read.clone() } else { tick.clone() };
            black_box(breakglass::journeys::update(&mut model, msg));
        }
        model
    });
}

/// Step 5 with 300 policies.
#[divan::bench]
fn screen_of_300_policies(bencher: Bencher) {
    let model = model();
    bencher.bench_local(|| breakglass::journeys::screen(black_box(&model)));
}

/// A password of 32 characters, made and forgotten.
#[divan::bench]
fn password_of_32(bencher: Bencher) {
    let vault = Vault::new();
    bencher.bench_local(|| {
        let made = vault.make(SecretKind::Password { length: 32 }).expect("randomness");
        vault.forget(made);
    });
}

/// A slip as PDF, made in memory: fonts subset and embedded.
#[divan::bench]
fn slip_as_pdf(bencher: Bencher) {
    let (plan, facts, evidence) =
        (breakglass::journeys::preset_plan(), Facts::default(), Evidence::default());
    let case = breakglass::domain::check::case::Case {
        plan: &plan,
        facts: &facts,
        evidence: &evidence,
        today: TODAY,
    };
    let slip = Slip {
        number: 1,
        slot: Slot::FIRST,
        kind: SlipKind::Password,
        state: SlipState::Made,
        date: TODAY,
        replaces: None,
        route: String::new(),
        changed: None,
        checked: None,
        file: None,
        safe: String::new(),
        halves: Vec::new(),
    };
    let vault = Vault::new();
    let secret = vault.make(SecretKind::Password { length: 32 }).expect("randomness");
    let secret = vault.lend(secret).expect("a secret");
    let page = SlipPage { slip: &slip, mark: "REHEARSAL", length: 32, half: None, written: Written::Here };
    bencher.bench_local(|| paper::pdf(&paper::slip(&case, &page), Ink::Secret(&secret), PaperSize::A4));
}

/// Reading 300 policies over HTTP at the pace of a real tenant (one request in 1.1 seconds), and a thousand times faster.
#[divan::bench(args = [1.0, 0.001], sample_count = 1, sample_size = 1)]
fn read_300_policies(bencher: Bencher, time_scale: f64) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let (running, tenant) = runtime.block_on(signed_in(folder.path(), time_scale));
    bencher.bench_local(|| {
        let (query, known) = (Query::default(), Facts::default());
        match runtime.block_on(tenant.read(Area::Policies, &query, &known)) {
            AreaFacts::Policies(Reading::Read(found)) => assert!(found.len() >= POLICIES),
            other => panic!("{other:?}"),
        }
    });
    runtime.block_on(running.stop());
}

async fn signed_in(folder: &std::path::Path, time_scale: f64) -> (rehearsal::Running, Tenant) {
    let running = rehearsal::start(rehearsal::Options {
        state: folder.join("tenant.json"),
        seed: "busy".to_owned(),
        port: 0,
        tls: None,
        time_scale,
        faults: Vec::new(),
        control: rehearsal::Control::Off,
    })
    .await
    .expect("the rehearsal starts");
    let at = running.addresses();
    let profile = Profile {
        cloud: Cloud::Global,
        login: at.login.clone(),
        graph: at.graph.clone(),
        arm: at.arm.clone(),
        arm_audience: at.arm.clone(),
        logs: at.logs.clone(),
        portal: at.portal.clone(),
        entra: at.portal.clone(),
        security_info: at.security_info.clone(),
        ca_bundle: None,
        open: Opener::PlainHttp,
        time_scale,
        clock: breakglass::tenant::Clock::default(),
        mark: Mark::Rehearsal,
    };
    let tenant = Tenant::new(profile, rehearsal::TENANT_ID, &SignIn::browser()).expect("a tenant");
    let opener = tenant.profile().clone();
    let open = |prompt| {
        let opener = opener.clone();
        if let Prompt::Browser { address, .. } = prompt {
            tokio::spawn(async move { opener.open(&address).await });
        }
    };
    tenant.sign_in(&Demand::default(), open).await.expect("signed in");
    (running, tenant)
}
