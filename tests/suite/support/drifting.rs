//! A finished setup that drifts: set up once by the real binary, and served from then on as often as somebody wants a copy
//! of it, with the tenant's own client joined to it.

use breakglass::domain::check::ask::Ask;
use breakglass::domain::check::case::Case;
use breakglass::domain::check::subject::CheckSubject;
use breakglass::domain::connection::sign_in::SignInWay;
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, Facts};
use breakglass::domain::plan::{Plan, plan_file};
use breakglass::domain::record::Evidence;
use breakglass::domain::review::ReviewRow;
use breakglass::domain::write::action::Action;
use breakglass::effects::record::Record;
use breakglass::rehearsal::{self, Control, Running};
use breakglass::steps::Subject;
use breakglass::tenant::{Ended, SignIn, Tenant};
use jiff::SignedDuration;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::home::{Home, words};
use super::in_process::{TIME_SCALE, client, profile, sign_in};

/// What a review looks at beside a setup, of the tenant itself.
pub const BEYOND: [&str; 15] = [
    "account.groups",
    "account.password-age",
    "account.renamed",
    "account.risk",
    "group.license",
    "method.campaign",
    "method.migration",
    "method.own-reset",
    "method.per-user-mfa",
    "method.unexpected",
    "policies.contexts",
    "policies.ghosts",
    "policies.new",
    "role.others",
    "tenant.deleted",
];

/// What people are asked at a review about those, in the order of its rows.
pub fn asked(case: &Case<'_>) -> Vec<String> {
    let rows = ReviewRow::ALL.into_iter().flat_map(|row| Subject::Review(row).asks(case));
    let subjects = rows.filter_map(|ask| match ask {
        Ask::Attest(attest) => Some(attest.about),
        _ => None,
    });
    let is_beyond = |about: &CheckSubject| about.check().is_some_and(|check| BEYOND.contains(&check.name()));
    subjects.filter(is_beyond).map(|about| about.to_string()).collect()
}

/// What a finished setup has left.
pub struct Finished {
    seed: &'static str,
    home: Home,
    state: String,
    /// The plan it was made by.
    pub plan: Plan,
    /// What its record says.
    pub evidence: Evidence,
}

impl Finished {
    /// Sets the example plan up on `seed`.
    pub fn on(seed: &'static str) -> Self {
        let home = Home::new();
        let output = home.setup(seed).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
        let evidence = Record::open(&home.record()).expect("the record").evidence().clone();
        Self { seed, state: home.tenant().to_string(), home, plan, evidence }
    }

    /// A copy of its tenant, served, with the operator signed in.
    pub async fn served(&self) -> Copy<'_> {
        self.served_after(0).await
    }

    /// The same, so many days after the setup.
    pub async fn served_after(&self, days: i64) -> Copy<'_> {
        let mut state: Value = serde_json::from_str(&self.state).expect("JSON");
        let ahead = SignedDuration::from_hours(24 * days);
        state["ahead"] = json!(state["ahead"].as_i64().expect("a clock") + ahead.as_millis() as i64);
        let copy = self.serving(&state.to_string(), self.evidence.clone()).await;
        Copy { ahead, ..copy }
    }

    async fn serving(&self, state_text: &str, evidence: Evidence) -> Copy<'_> {
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("tenant.json");
        std::fs::write(&state, state_text).expect("the state can be written");
        let options = rehearsal::Options {
            state,
            seed: self.seed.to_owned(),
            port: 0,
            tls: None,
            time_scale: TIME_SCALE,
            faults: Vec::new(),
            control: Control::On,
        };
        let running = rehearsal::start(options).await.expect("the rehearsal starts");
        let at = running.addresses();
        let profile = profile([&at.login, &at.graph, &at.arm, &at.logs]);
        let how = SignIn { way: SignInWay::Browser, ..SignIn::browser() };
        let tenant = Tenant::new(profile, rehearsal::TENANT_ID, &how).expect("a tenant");
        assert_eq!(sign_in(&tenant).await, Ok(Ended::SignedIn));
        Copy { finished: self, evidence, tenant, running, folder, ahead: SignedDuration::ZERO }
    }
}

/// One copy of the tenant.
pub struct Copy<'a> {
    finished: &'a Finished,
    evidence: Evidence,
    tenant: Tenant,
    running: Running,
    folder: tempfile::TempDir,
    /// How long after the setup it is here.
    ahead: SignedDuration,
}

impl<'a> Copy<'a> {
    /// Changes the tenant by name over its control port.
    pub async fn change(&self, name: &str, parameters: &Value) -> Result<(), String> {
        let address = self.running.addresses().control.clone().expect("a control port");
        let body = json!({"change": name, "parameters": parameters});
        let answer = client().post(address).json(&body).send().await.expect("an answer");
        let answer: Value = answer.json().await.expect("JSON");
        answer["did"].as_str().map(|_| ()).ok_or_else(|| format!("{name}: {answer}"))
    }

    /// Everything that a review reads.
    pub async fn read(&self) -> Facts {
        let query = Query::of(&self.finished.plan, &self.evidence);
        let mut facts = Facts::default();
        for area in Area::REVIEW {
            let read = self.tenant.read(area, &query, &facts).await;
            facts.absorb(read);
        }
        facts
    }

    /// What is looked at.
    pub fn case<'b>(&'b self, facts: &'b Facts) -> Case<'b> {
        Case { plan: &self.finished.plan, facts, evidence: &self.evidence, today: today(self.ahead) }
    }

    /// Writes what is offered, as the program sends it.
    pub async fn write(&self, actions: Vec<Action>) -> Result<(), String> {
        for action in actions {
            let told = |trouble| format!("{action:?}: {trouble:?}");
            let fresh = self.tenant.refreshed(&action).await.map_err(|(trouble, _)| told(trouble))?;
            self.tenant.write(&fresh, None, |_| ()).await.map_err(|refusal| told(refusal.trouble))?;
        }
        Ok(())
    }

    /// Runs the whole setup again on what became of it, by the real binary and a copy of the record.
    pub async fn set_up_again(self) -> Copy<'a> {
        let Self { finished, running, folder, .. } = self;
        running.stop().await;
        let home = Home::new();
        copied(&finished.home.record(), &home.record());
        let kept = home.record().join(breakglass::app::REHEARSAL_STATE);
        std::fs::copy(folder.path().join("tenant.json"), kept).expect("the state can be copied");
        let output = home.setup(finished.seed).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        let evidence = Record::open(&home.record()).expect("the record").evidence().clone();
        finished.serving(&home.tenant().to_string(), evidence).await
    }

    /// Stops serving it.
    pub async fn stop(self) {
        self.running.stop().await;
    }
}

/// Copies a folder with everything in it, for its owner only, as a record is kept.
pub fn copied(from: &std::path::Path, to: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::create_dir_all(to).expect("a folder");
    std::fs::set_permissions(to, std::fs::Permissions::from_mode(0o700)).expect("its mode");
    for entry in std::fs::read_dir(from).expect("the folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copied(&from, &to);
        } else {
            std::fs::copy(&from, &to).expect("a file");
        }
    }
}

fn today(ahead: SignedDuration) -> Date {
    (jiff::Timestamp::now() + ahead).to_zoned(jiff::tz::TimeZone::UTC).date()
}
