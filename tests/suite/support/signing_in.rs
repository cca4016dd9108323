//! A sign-in service on loopback, over http or https, and a client that signs in there.

use std::sync::{Arc, Mutex};

use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::connection::sign_in::{Demand, Prompt, SignInWay};
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, AreaFacts, Facts, Operator, Reading};
use breakglass::domain::mark::Mark;
use breakglass::domain::trouble::Trouble;
use breakglass::rehearsal::{self, Fault, FaultKind, Running};
use breakglass::tenant::{Ended, Opener, Profile, SignIn, Tenant};

/// How much faster than life; nothing here depends on it.
pub const TIME_SCALE: f64 = 0.001;
/// An app registration of the rehearsal's customer.
pub const OWN_APP: &str = "c0ffee00-0000-4000-8000-000000000001";

/// How the service is reached.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Over {
    Http,
    Https,
}

/// A served tenant and its folder.
pub struct Served {
    folder: tempfile::TempDir,
    pub running: Running,
    over: Over,
}

pub async fn served(over: Over, faults: &[(FaultKind, &str, u32)]) -> Served {
    let folder = tempfile::tempdir().expect("a folder");
    let fault = |(name, path, times): &(FaultKind, &str, u32)| Fault {
        name: *name,
        path: (*path).to_owned(),
        times: *times,
        request: None,
    };
    let options = rehearsal::Options {
        state: folder.path().join("tenant.json"),
        seed: "p1".to_owned(),
        port: 0,
        tls: (over == Over::Https).then(|| folder.path().to_owned()),
        time_scale: TIME_SCALE,
        faults: faults.iter().map(fault).collect(),
        control: rehearsal::Control::Off,
    };
    Served { running: rehearsal::start(options).await.expect("the rehearsal starts"), folder, over }
}

impl Served {
    pub fn profile(&self) -> Profile {
        let at = self.running.addresses();
        Profile {
            cloud: Cloud::Global,
            login: at.login.clone(),
            graph: at.graph.clone(),
            arm: at.arm.clone(),
            arm_audience: at.arm.clone(),
            logs: at.logs.clone(),
            portal: at.portal.clone(),
            entra: at.portal.clone(),
            security_info: at.security_info.clone(),
            ca_bundle: (self.over == Over::Https).then(|| self.folder.path().join("ca.pem")),
            open: Opener::PlainHttp,
            time_scale: TIME_SCALE,
            clock: breakglass::tenant::Clock::default(),
            mark: Mark::Rehearsal,
        }
    }

    pub fn tenant(&self, way: SignInWay) -> Tenant {
        let how = SignIn { way, client_id: Some(OWN_APP.to_owned()), ..SignIn::browser() };
        Tenant::new(self.profile(), rehearsal::TENANT_ID, &how).expect("a tenant")
    }
}

/// Signs in; the rehearsal's person does what is shown.
pub async fn sign_in(tenant: &Tenant, demand: &Demand) -> (Result<Ended, Trouble>, Vec<Prompt>) {
    let shown = Arc::new(Mutex::new(Vec::new()));
    let profile = tenant.profile().clone();
    let show = |prompt: Prompt| {
        if let Prompt::Browser { short, .. } = &prompt {
            let (profile, short) = (profile.clone(), short.clone());
            tokio::spawn(async move { profile.open(&short).await });
        }
        shown.lock().expect("nobody panics").push(prompt);
    };
    let ended = tenant.sign_in(demand, show).await;
    let shown = shown.lock().expect("nobody panics").clone();
    (ended, shown)
}

pub async fn operator(tenant: &Tenant) -> Result<Operator, Trouble> {
    match tenant.read(Area::Operator, &Query::default(), &Facts::default()).await {
        AreaFacts::Operator(Reading::Read(operator)) => Ok(operator),
        AreaFacts::Operator(Reading::Unreadable(trouble)) => Err(trouble),
        other => panic!("{other:?}"),
    }
}

/// The trouble of a sign-in of this way with these faults; every fault must have struck.
pub async fn fails(way: SignInWay, faults: &[(FaultKind, &str, u32)]) -> Trouble {
    let served = served(Over::Http, faults).await;
    let (ended, _) = sign_in(&served.tenant(way), &Demand::default()).await;
    assert_eq!(served.running.faults_left(), 0, "a fault never struck");
    served.running.stop().await;
    ended.expect_err("it must not work")
}

pub fn no_redirects() -> reqwest::Client {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .expect("a client")
}
