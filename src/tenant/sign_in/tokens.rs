//! The jar: tokens of one signed-in person, in memory only, one for each service.
//!
//! The first sign-in brings a token for Graph and a refresh token; the others are fetched with the refresh token
//! when they are first needed. Nothing is ever written anywhere.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::domain::connection::sign_in::{Audience, Who};
use crate::tenant::bounded;

/// A token is renewed this long before it ends, real seconds: tokens live in real time.
const EARLY: Duration = Duration::from_mins(2);
/// How long a token lives whose lifetime was not told, seconds.
const USUAL_LIFETIME: u64 = 3600;

/// A token that can be shared and is wiped when the last holder lets go.
pub(in crate::tenant) type Bearer = Arc<Zeroizing<String>>;

/// The answer of the token endpoint. No `Debug`: it is all secret.
#[derive(Deserialize)]
pub(in crate::tenant) struct Grant {
    pub access_token: Zeroizing<String>,
    #[serde(default)]
    pub refresh_token: Option<Zeroizing<String>>,
    #[serde(default)]
    pub id_token: Option<Zeroizing<String>>,
    #[serde(default, deserialize_with = "bounded::lifetime")]
    expires_in: Option<u64>,
    /// When the service answered, by its own clock.
    #[serde(skip)]
    pub at: Option<Timestamp>,
}

/// A person who signed in, and the tokens of that.
pub(in crate::tenant) struct Signed {
    pub who: Who,
    pub grant: Grant,
}

struct Token {
    bearer: Bearer,
    until: Instant,
}

/// Tokens of one person or app, and what the next sign-in has to bring.
#[derive(Default)]
pub(super) struct Jar {
    tokens: HashMap<Audience, Token>,
    refresh: Option<Zeroizing<String>>,
    claims: HashMap<Audience, String>,
    declined: HashSet<Audience>,
}

impl Jar {
    /// Keeps a token, and the newer refresh token when there is one.
    pub fn put(&mut self, audience: Audience, grant: Grant) -> Bearer {
        let lifetime = Duration::from_secs(grant.expires_in.unwrap_or(USUAL_LIFETIME));
        let bearer = self.put_token(audience, grant.access_token, lifetime);
        if grant.refresh_token.is_some() {
            self.refresh = grant.refresh_token;
        }
        bearer
    }

    /// Keeps a token that comes without anything else. It is believed to live as long as it said, by a clock that
    /// nobody can set.
    pub fn put_token(&mut self, audience: Audience, token: Zeroizing<String>, lifetime: Duration) -> Bearer {
        let lifetime = lifetime.min(Duration::from_secs(bounded::LONGEST_LIFETIME));
        let until = Instant::now() + lifetime.saturating_sub(EARLY.min(lifetime / 4));
        let bearer = Arc::new(token);
        self.tokens.insert(audience, Token { bearer: Arc::clone(&bearer), until });
        self.claims.remove(&audience);
        self.declined.remove(&audience);
        bearer
    }

    /// A sign-in for `audience` must bring `claims`; the token there is does not.
    pub fn demand(&mut self, audience: Audience, claims: String) {
        self.tokens.remove(&audience);
        self.claims.insert(audience, claims);
    }

    /// What a sign-in for `audience` must bring.
    pub fn demanded(&self, audience: Audience) -> Option<&String> {
        self.claims.get(&audience)
    }

    /// Nobody will sign in for `audience`.
    pub fn decline(&mut self, audience: Audience) {
        self.declined.insert(audience);
    }

    /// Whether nobody will sign in for `audience`.
    pub fn is_declined(&self, audience: Audience) -> bool {
        self.declined.contains(&audience)
    }

    /// Forgets everything of who was signed in.
    pub fn empty(&mut self) {
        *self = Self::default();
    }

    /// The token for `audience`, while it is good.
    pub fn token(&self, audience: Audience) -> Option<Bearer> {
        let token = self.tokens.get(&audience)?;
        (Instant::now() < token.until).then(|| Arc::clone(&token.bearer))
    }

    /// Forgets a token that was refused.
    pub fn forget(&mut self, audience: Audience) {
        self.tokens.remove(&audience);
    }

    /// The refresh token.
    pub fn refresh(&self) -> Option<&Zeroizing<String>> {
        self.refresh.as_ref()
    }
}
