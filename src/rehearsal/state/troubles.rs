//! What keeps people from signing in for a time, beside policies: methods that are out for everybody, domains whose
//! sign-in server is down, and what the service thinks of one person's sign-ins.

use serde::{Deserialize, Serialize};

/// Troubles of the whole tenant.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Troubles {
    /// Kinds of methods that are out for everybody.
    #[serde(default)]
    pub methods: Vec<Out>,
    /// Federated domains whose server does not answer.
    #[serde(default)]
    pub domains: Vec<Out>,
}

/// Something that is out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Out {
    /// What.
    pub what: String,
    /// The moment it is over; until it is mended where there is none.
    #[serde(default)]
    pub until: Option<i64>,
}

impl Troubles {
    /// Whether a kind of method is out.
    pub fn method(&self, kind: &str, now: i64) -> bool {
        is_out(&self.methods, kind, now)
    }

    /// Whether the server of a domain is down.
    pub fn domain(&self, domain: &str, now: i64) -> bool {
        is_out(&self.domains, domain, now)
    }
}

fn is_out(all: &[Out], what: &str, now: i64) -> bool {
    let lasts = |out: &Out| out.until.is_none_or(|until| now < until);
    all.iter().any(|out| out.what.eq_ignore_ascii_case(what) && lasts(out))
}

/// What the service keeps of a person beside what Graph shows of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Beside {
    /// The risk that the service sees in the person: low, medium or high.
    #[serde(default)]
    pub risk: Option<String>,
    /// Tokens from before this moment are refused at once (continuous access evaluation).
    #[serde(default)]
    pub tokens_from: i64,
    /// Nobody in the room knows the password any more.
    #[serde(default)]
    pub password_unknown: bool,
}
