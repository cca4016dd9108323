//! What the simulated tenant remembers, as one serializable value.
//!
//! Directory objects are kept as the JSON objects Graph would show, next to the few things Graph never shows
//! (hashes, the moment at which replication makes an object visible). Holds no secret in the clear: passwords and
//! passes are salted PBKDF2 hashes. Moments are milliseconds since 1970.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use super::assignment::Assignment;
use super::azure::Azure;
use super::lags::Lags;
use super::troubles::{Beside, Troubles};
use crate::rehearsal::faults::fault::Fault;
use crate::rehearsal::faults::outage::Outage;
use crate::rehearsal::http::json::{Object, text};

/// Tenant id of every rehearsal tenant, whatever its seed. Not the id of any real tenant.
pub const TENANT_ID: &str = "5eed0000-0000-4000-8000-fab21c000001";

/// Everything that survives a restart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct State {
    /// Name of the seed it was made from.
    pub seed: String,
    /// Base64 key that signs tokens, so that tokens outlive a restart.
    pub signing_key: String,
    pub licence: Licence,
    pub organization: Value,
    pub domains: Vec<Value>,
    pub skus: Vec<Value>,
    /// Object id of the person who plays the administrator.
    pub operator: String,
    pub users: Vec<User>,
    pub deleted_users: Vec<User>,
    pub groups: Vec<Group>,
    #[serde(default)]
    pub deleted_groups: Vec<Group>,
    pub assignments: Vec<Assignment>,
    pub eligibilities: Vec<Assignment>,
    pub schedule_requests: Vec<ScheduleRequest>,
    /// PIM demands an end for active Global Administrator assignments.
    pub active_expiration_required: bool,
    /// Other rules of PIM for an active assignment: `MfaRule`, `TicketingRule`, `ApprovalRule`.
    #[serde(default)]
    pub role_rules: Vec<String>,
    /// Who approves activations, as Graph names them; none: nobody is asked.
    #[serde(default)]
    pub approvers: Option<Vec<Value>>,
    /// So many of the next passwords are banned.
    #[serde(default)]
    pub banned_passwords: u32,
    pub policies: Vec<Policy>,
    pub strengths: Vec<Value>,
    pub locations: Vec<Location>,
    pub methods_policy: Value,
    pub configurations: Vec<Value>,
    pub security_defaults: bool,
    pub authorization: Value,
    pub units: Vec<Unit>,
    pub sign_ins: Vec<Logged>,
    /// So many sign-ins of other people stand in the log, too; they are made up when they are asked for.
    #[serde(default)]
    pub foreign_sign_ins: u32,
    pub audits: Vec<Logged>,
    pub device_codes: Vec<DeviceCode>,
    pub azure: Azure,
    /// How many milliseconds this tenant's clock is ahead of the machine's: the time that has passed here by name.
    #[serde(default)]
    pub ahead: i64,
    /// Services that are out for a time.
    #[serde(default)]
    pub outages: Vec<Outage>,
    /// Faults still to come; those armed at a start of the server are added to them.
    #[serde(default)]
    pub faults: Vec<Fault>,
    /// What shows late.
    #[serde(default)]
    pub lags: Lags,
    /// What keeps people from signing in.
    #[serde(default)]
    pub troubles: Troubles,
    /// What the control port did, oldest first.
    #[serde(default)]
    pub changes: Vec<ChangeMade>,
}

/// One change that was made by name while the tenant ran.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ChangeMade {
    pub at: String,
    pub change: String,
    pub parameters: Object,
    /// What it did, in one sentence.
    pub did: String,
    /// The order of an exercise that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Its place in that order.
    #[serde(default)]
    pub number: u32,
}

/// The best Entra licence of the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Licence {
    Free,
    P1,
    P2,
}

impl Licence {
    /// Conditional Access, logs and role-assignable groups.
    pub fn has_p1(self) -> bool {
        matches!(self, Self::P1 | Self::P2)
    }

    /// Privileged Identity Management.
    pub fn has_p2(self) -> bool {
        self == Self::P2
    }
}

/// Which of the two kinds of assignment is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Active,
    Eligible,
}

impl State {
    /// The assignments of one kind, to change.
    pub fn held(&mut self, standing: Standing) -> &mut Vec<Assignment> {
        match standing {
            Standing::Active => &mut self.assignments,
            Standing::Eligible => &mut self.eligibilities,
        }
    }

    /// Takes a group away; the control port can bring it back.
    pub fn delete_group(&mut self, id: &str) {
        let gone = |group: &mut Group| group.id() == id;
        self.deleted_groups.extend(self.groups.extract_if(.., gone));
    }
}

/// A user: what Graph shows, and what it does not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    pub body: Object,
    pub password: Option<Hash>,
    /// Authentication methods other than the password and the pass, as Graph lists them.
    pub methods: Vec<Value>,
    /// Ids of methods that stay listed and do not work.
    #[serde(default)]
    pub broken_methods: Vec<String>,
    pub pass: Option<Pass>,
    /// Works at a managed, compliant device inside the network (people of the seed; never a new account).
    pub at_managed_device: bool,
    /// Readable by id from then on.
    pub visible_at: i64,
    /// Found by lists and filters from then on.
    pub listed_at: i64,
    /// What the service keeps beside.
    #[serde(default)]
    pub beside: Beside,
}

impl User {
    /// Object id.
    pub fn id(&self) -> &str {
        text(&self.body, "id")
    }

    /// User principal name.
    pub fn upn(&self) -> &str {
        text(&self.body, "userPrincipalName")
    }

    /// Whether sign-in is allowed at all.
    pub fn enabled(&self) -> bool {
        self.body.get("accountEnabled").and_then(Value::as_bool).unwrap_or(false)
    }

    /// Whether it is a guest.
    pub fn guest(&self) -> bool {
        text(&self.body, "userType").eq_ignore_ascii_case("guest")
    }

    /// Methods of one Graph type, such as `fido2`.
    pub fn methods_of(&self, kind: &str) -> impl Iterator<Item = &Value> {
        let name = format!("#microsoft.graph.{kind}AuthenticationMethod");
        self.methods.iter().filter(move |method| method["@odata.type"] == name.as_str())
    }

    /// Whether at least one method of that type is registered.
    pub fn has(&self, kind: &str) -> bool {
        self.methods_of(kind).next().is_some()
    }
}

/// What is demanded at the next sign-in with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextSignIn {
    /// Nothing but the password.
    AsItIs,
    /// A new one.
    NewPassword,
}

impl NextSignIn {
    /// What Graph shows of a password when it is asked for by name: never the password (whether it shows anything at all
    /// is UNVERIFIED).
    pub fn profile(self) -> Value {
        json!({"password": null, "forceChangePasswordNextSignIn": self == Self::NewPassword,
            "forceChangePasswordNextSignInWithMfa": false})
    }
}

/// A salted PBKDF2-HMAC-SHA256 hash.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hash {
    /// Base64.
    pub salt: String,
    /// Base64.
    pub digest: String,
}

/// A Temporary Access Pass; its text is kept only as a hash.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pass {
    pub id: String,
    pub hash: Hash,
    pub one_time: bool,
    /// As asked for, tenant minutes.
    pub lifetime_minutes: i64,
    pub issued_at: i64,
    pub starts_at: i64,
    pub expires_at: i64,
    pub first_used_at: Option<i64>,
}

/// A group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    pub body: Object,
    pub members: Vec<String>,
    pub owners: Vec<String>,
    pub visible_at: i64,
    pub listed_at: i64,
}

impl Group {
    /// Object id.
    pub fn id(&self) -> &str {
        text(&self.body, "id")
    }

    /// Display name.
    pub fn name(&self) -> &str {
        text(&self.body, "displayName")
    }

    /// Whether roles can be given to it, which also protects its membership.
    pub fn role_assignable(&self) -> bool {
        self.body.get("isAssignableToRole").and_then(Value::as_bool).unwrap_or(false)
    }
}

/// A request to Privileged Identity Management; provisioned a little later.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScheduleRequest {
    pub body: Object,
    pub provisioned_at: i64,
}

/// A Conditional Access policy and who looks after it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Policy {
    pub body: Value,
    pub keeper: Keeper,
}

impl Policy {
    /// Policy id.
    pub fn id(&self) -> &str {
        self.body["id"].as_str().unwrap_or_default()
    }

    /// Display name.
    pub fn name(&self) -> &str {
        self.body["displayName"].as_str().unwrap_or_default()
    }
}

/// Who manages a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Keeper {
    /// The customer.
    Customer,
    /// Microsoft, and exclusions may be edited.
    MicrosoftAccepting,
    /// Microsoft, and the API refuses every edit.
    MicrosoftRefusing,
}

/// A named location.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Location {
    pub id: String,
    pub name: String,
    pub trusted: bool,
    /// Addresses that begin with one of these lie inside.
    pub prefixes: Vec<String>,
}

/// An administrative unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Unit {
    pub body: Object,
    pub members: Vec<String>,
}

/// A log line that appears later than it happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Logged {
    pub body: Value,
    pub happened_at: i64,
    pub visible_at: i64,
}

/// A device code on its way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DeviceCode {
    /// What the client polls with.
    pub secret: String,
    pub user_code: String,
    pub client: String,
    pub scope: String,
    pub expires_at: i64,
    pub polled_at: i64,
    pub answer: DeviceAnswer,
}

/// What the person said to a device code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum DeviceAnswer {
    /// Nothing yet.
    Waiting,
    /// Signed in as that user, by these methods.
    Approved { user: String, methods: Vec<String> },
    /// No.
    Declined,
    /// Conditional Access said no.
    Refused { code: u32, message: String },
}

/// A policy with nothing in it, in the shape Graph lists.
pub fn empty_policy() -> Value {
    json!({"id": null, "templateId": null, "displayName": null, "createdDateTime": null, "modifiedDateTime": null,
        "state": "disabled", "sessionControls": null, "grantControls": null,
        "conditions": {"userRiskLevels": [], "signInRiskLevels": [], "servicePrincipalRiskLevels": [],
            "clientAppTypes": ["all"], "insiderRiskLevels": null, "platforms": null, "locations": null, "devices": null,
            "clientApplications": null, "authenticationFlows": null,
            "applications": {"includeApplications": [], "excludeApplications": [], "includeUserActions": [],
                "includeAuthenticationContextClassReferences": [], "applicationFilter": null},
            "users": {"includeUsers": [], "excludeUsers": [], "includeGroups": [], "excludeGroups": [],
                "includeRoles": [], "excludeRoles": [], "includeGuestsOrExternalUsers": null,
                "excludeGuestsOrExternalUsers": null}}})
}
