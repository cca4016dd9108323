//! A small Conditional Access engine: does a policy concern this attempt, and does the proof at hand satisfy it?
//!
//! Used by simulated sign-ins, by the registration of security keys and by What-If. It answers for the conditions this
//! product meets; filters for devices and applications are taken as "does not match". State (enabled, report-only,
//! disabled) is the caller's business.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::rehearsal::state::directory;
use crate::rehearsal::state::model::{Location, User};
use crate::rehearsal::state::world::World;

/// What somebody tries to do.
#[derive(Clone, Debug)]
pub enum Target {
    /// Reach applications, by application id.
    Applications(Vec<String>),
    /// Do something with the account itself, in a policy's spelling (`urn:user:registersecurityinfo`).
    Action(String),
    /// Meet an authentication context (`c1`).
    Context(String),
}

/// Registering a security key, as a policy spells it.
pub const REGISTER: &str = "urn:user:registersecurityinfo";

/// One attempt. A condition that is `None` is not known.
#[derive(Clone, Debug)]
pub struct Attempt {
    pub user: String,
    pub guest: bool,
    pub groups: BTreeSet<String>,
    pub roles: BTreeSet<String>,
    pub target: Target,
    pub client_app: Option<String>,
    pub platform: Option<String>,
    pub address: Option<String>,
    pub sign_in_risk: Option<String>,
    pub user_risk: Option<String>,
    pub flow: Option<String>,
}

/// Why a policy does not concern an attempt, in the words of `analysisReasons`.
pub type Reason = &'static str;

/// The attempt of a simulated person: a browser on Windows, no risk.
pub fn attempt(world: &World, user: &User, target: Target) -> Attempt {
    Attempt {
        user: user.id().to_owned(),
        guest: user.guest(),
        groups: directory::groups_of(world, user.id()),
        roles: directory::roles_of(world, user.id()),
        target,
        client_app: Some("browser".to_owned()),
        platform: Some("windows".to_owned()),
        address: Some(address_of(user).to_owned()),
        sign_in_risk: Some("none".to_owned()),
        user_risk: Some(user.beside.risk.as_deref().unwrap_or("none").to_owned()),
        flow: None,
    }
}

/// Where a simulated person sits: documentation addresses, one trusted, one not.
pub fn address_of(user: &User) -> &'static str {
    if user.at_managed_device { "198.51.100.20" } else { "203.0.113.7" }
}

/// Whether a policy concerns an attempt, whatever its state.
pub fn concerns(policy: &Value, attempt: &Attempt, locations: &[Location]) -> Result<(), Reason> {
    let conditions = &policy["conditions"];
    users(conditions, attempt)?;
    target(&conditions["applications"], &attempt.target)?;
    client_app(conditions, attempt)?;
    listed(&conditions["platforms"], "Platforms", attempt.platform.as_deref())
        .map_err(|why| why.or("devicePlatform"))?;
    location(&conditions["locations"], attempt, locations)?;
    risk(&conditions["signInRiskLevels"], attempt.sign_in_risk.as_deref())
        .map_err(|why| why.or("signInRisk"))?;
    risk(&conditions["userRiskLevels"], attempt.user_risk.as_deref()).map_err(|why| why.or("userRisk"))?;
    flow(&conditions["authenticationFlows"], attempt)?;
    if conditions["devices"].is_object() { Err("devices") } else { Ok(()) }
}

/// A condition that failed, or could not be looked at.
enum Miss {
    Unknown,
    Different,
}

impl Miss {
    fn or(self, reason: Reason) -> Reason {
        match self {
            Self::Unknown => "notEnoughInformation",
            Self::Different => reason,
        }
    }
}

fn users(conditions: &Value, attempt: &Attempt) -> Result<(), Reason> {
    if has_any(&conditions["clientApplications"]["includeServicePrincipals"]) {
        return Err("workloadIdentities");
    }
    let users = &conditions["users"];
    let chosen = |side: &str| {
        holds(&users[format!("{side}Users")], &attempt.user)
            || attempt.groups.iter().any(|group| holds(&users[format!("{side}Groups")], group))
            || attempt.roles.iter().any(|role| holds(&users[format!("{side}Roles")], role))
            || attempt.guest && names_guests(users, side)
    };
    let included = holds(&users["includeUsers"], "All") || chosen("include");
    if included && !chosen("exclude") { Ok(()) } else { Err("users") }
}

fn names_guests(users: &Value, side: &str) -> bool {
    users[format!("{side}GuestsOrExternalUsers")].is_object()
        || holds(&users[format!("{side}Users")], "GuestsOrExternalUsers")
}

fn target(applications: &Value, target: &Target) -> Result<(), Reason> {
    let everything = holds(&applications["includeApplications"], "All");
    match target {
        Target::Applications(ids) => {
            let named = |list: &Value| ids.iter().any(|id| holds(list, id));
            let included = everything || named(&applications["includeApplications"]);
            if included && !named(&applications["excludeApplications"]) { Ok(()) } else { Err("application") }
        }
        // "All resources" reaches registration too, as Microsoft's own What-If sample shows.
        Target::Action(action) => {
            let hit = everything || holds(&applications["includeUserActions"], action);
            if hit { Ok(()) } else { Err("userActions") }
        }
        Target::Context(context) => {
            let hit = holds(&applications["includeAuthenticationContextClassReferences"], context);
            if hit { Ok(()) } else { Err("authenticationContext") }
        }
    }
}

fn client_app(conditions: &Value, attempt: &Attempt) -> Result<(), Reason> {
    let wanted = &conditions["clientAppTypes"];
    if !has_any(wanted) || holds(wanted, "all") {
        return Ok(());
    }
    let known = attempt.client_app.as_deref().ok_or("notEnoughInformation")?;
    if holds(wanted, known) { Ok(()) } else { Err("clientApps") }
}

fn listed(condition: &Value, noun: &str, actual: Option<&str>) -> Result<(), Miss> {
    let include = &condition[format!("include{noun}")];
    if !has_any(include) {
        return Ok(());
    }
    let actual = actual.ok_or(Miss::Unknown)?;
    let included = holds(include, "all") || holds(include, actual);
    if included && !holds(&condition[format!("exclude{noun}")], actual) {
        Ok(())
    } else {
        Err(Miss::Different)
    }
}

fn location(condition: &Value, attempt: &Attempt, locations: &[Location]) -> Result<(), Reason> {
    if !has_any(&condition["includeLocations"]) {
        return Ok(());
    }
    let address = attempt.address.as_deref().ok_or("notEnoughInformation")?;
    let inside = |list: &Value| {
        let here =
            |place: &&Location| place.prefixes.iter().any(|prefix| address.starts_with(prefix.as_str()));
        let trusted = holds(list, "AllTrusted");
        locations.iter().filter(here).any(|place| holds(list, &place.id) || trusted && place.trusted)
    };
    let included = holds(&condition["includeLocations"], "All") || inside(&condition["includeLocations"]);
    if included && !inside(&condition["excludeLocations"]) { Ok(()) } else { Err("location") }
}

fn risk(levels: &Value, actual: Option<&str>) -> Result<(), Miss> {
    if !has_any(levels) {
        return Ok(());
    }
    let actual = actual.ok_or(Miss::Unknown)?;
    if holds(levels, actual) { Ok(()) } else { Err(Miss::Different) }
}

fn flow(condition: &Value, attempt: &Attempt) -> Result<(), Reason> {
    let Some(methods) = condition["transferMethods"].as_str().filter(|methods| !methods.is_empty()) else {
        return Ok(());
    };
    let used = attempt.flow.as_deref().unwrap_or("none");
    if methods.split(',').any(|method| method.trim() == used) { Ok(()) } else { Err("authenticationFlow") }
}

/// How somebody proved who they are.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// Among `fido`, `app`, `phone`, `tap`, `pwd`.
    pub methods: Vec<String>,
    /// A compliant, joined device.
    pub managed_device: bool,
}

impl Proof {
    /// Whether this counts as more than one factor.
    pub fn strong(&self) -> bool {
        self.methods.iter().any(|method| method != "pwd")
    }
}

/// Whether the grant controls of a policy are met.
pub fn satisfied(policy: &Value, proof: &Proof) -> bool {
    let grant = &policy["grantControls"];
    let mut answers: Vec<bool> =
        items(&grant["builtInControls"]).map(|control| meets(control, proof)).collect();
    if grant["authenticationStrength"].is_object() {
        answers.push(strong_enough(&grant["authenticationStrength"], proof));
    }
    if holds(&grant["builtInControls"], "block") {
        return false;
    }
    let every = grant["operator"].as_str().is_some_and(|operator| operator.eq_ignore_ascii_case("and"));
    answers.is_empty() || if every { answers.iter().all(|met| *met) } else { answers.iter().any(|met| *met) }
}

fn meets(control: &str, proof: &Proof) -> bool {
    match control {
        "mfa" => proof.strong(),
        "compliantDevice" | "domainJoinedDevice" => proof.managed_device,
        // Whoever proves a second factor changes the password there and then, and is in.
        "passwordChange" => proof.strong(),
        // The simulated browser is no approved app.
        _ => false,
    }
}

fn strong_enough(strength: &Value, proof: &Proof) -> bool {
    let combinations = |method: &String| -> &[&str] {
        match method.as_str() {
            "fido" => &["fido2"],
            "app" => &["password,microsoftAuthenticatorPush"],
            "phone" => &["password,sms", "password,voice"],
            "tap" => &["temporaryAccessPassOneTime", "temporaryAccessPassMultiUse"],
            _ => &["password"],
        }
    };
    let allowed = &strength["allowedCombinations"];
    proof.methods.iter().flat_map(combinations).any(|combination| holds(allowed, combination))
}

fn items(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn has_any(list: &Value) -> bool {
    items(list).next().is_some()
}

fn holds(list: &Value, wanted: &str) -> bool {
    items(list).any(|item| item.eq_ignore_ascii_case(wanted))
}
