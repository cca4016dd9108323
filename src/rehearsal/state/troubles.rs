//! What keeps people from signing in for a time, beside policies: methods that are out for everybody, domains whose
//! sign-in server is down, and what the service thinks of one person's sign-ins.

use serde::{Deserialize, Serialize};

/// Methods by the words of callers, with what Graph calls them.
pub const METHODS: [(&str, &str); 3] =
    [("app", "microsoftAuthenticator"), ("phone", "phone"), ("fido2", "fido2")];

/// A kind of method, by the word of callers.
pub fn word_of(kind: &str) -> &str {
    METHODS.iter().find(|(_, known)| *known == kind).map_or(kind, |(word, _)| word)
}

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
    /// How long.
    #[serde(flatten)]
    pub span: Span,
}

/// How long something is out; until it is mended where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The moment it is over by this tenant's clock.
    #[serde(default)]
    pub until: Option<i64>,
    /// Who says when it is over, by another clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ordered: Option<Ordered>,
}

/// An exercise that ends something by its own clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    /// Its order.
    pub by: String,
    /// Minutes of the exercise.
    pub minutes: u32,
}

impl Span {
    /// Whether it is out at that moment of this tenant's clock.
    pub fn lasts(&self, now: i64) -> bool {
        self.until.is_none_or(|until| now < until)
    }
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
    all.iter().any(|out| out.what.eq_ignore_ascii_case(what) && out.span.lasts(now))
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
