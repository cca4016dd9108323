//! Which security keys the tenant accepts: by model, by kind, by attestation (contract 4 and 16). The old rule of the whole
//! policy and the profiles that take its place are the same thing here; whose profile counts is not decided here.
//!
//! A member that was not told, or says something new, is unknown: it neither accepts a key nor refuses it.

/// What the policy for security keys says about keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KeyRules {
    /// `isAttestationEnforced` and `keyRestrictions` of the policy itself: deprecated, told until 2027-10-15.
    pub whole: KeyRule,
    /// `passkeyProfiles`; none in a cloud or a tenant that has not moved to them.
    pub profiles: Vec<KeyProfile>,
}

/// A passkey profile.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyProfile {
    /// Its id, as the targets of the policy name it.
    pub id: String,
    /// Its rule.
    pub rule: KeyRule,
}

/// One rule about keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KeyRule {
    /// Which models.
    pub models: Models,
    /// Whether a key must attest what it is.
    pub attested: Option<bool>,
    /// Whether keys bound to a device are accepted.
    pub device_bound: Option<bool>,
    /// Whether passkeys that are synchronized between devices are accepted.
    pub synced: Option<bool>,
}

/// Which models are accepted, by AAGUID.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Models {
    /// Every model.
    All,
    /// These.
    Only(Vec<String>),
    /// All but these.
    AllBut(Vec<String>),
    /// It was not told.
    #[default]
    Unknown,
}

/// What is known of a key; `None` is not told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KeyTraits<'a> {
    /// AAGUID.
    pub model: Option<&'a str>,
    /// Whether it attested what it is.
    pub attested: Option<bool>,
    /// Whether it is synchronized between devices.
    pub synced: Option<bool>,
}

/// Whether a rule accepts a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Accepted {
    /// It does.
    Yes,
    /// It does not, and why.
    No(String),
    /// It cannot be told, and why.
    Unknown(String),
}

impl KeyRule {
    /// A rule that accepts every key.
    pub fn open() -> Self {
        Self { models: Models::All, attested: Some(false), device_bound: Some(true), synced: Some(true) }
    }

    /// Whether a registered key is accepted today. What refuses it counts before what is not known.
    pub fn accepts(&self, key: KeyTraits<'_>) -> Accepted {
        let looks = [self.models.accept(key.model), self.kind(key.synced), self.attestation(key.attested)];
        let unknown = looks.iter().find(|look| matches!(look, Accepted::Unknown(_))).cloned();
        let refused = looks.into_iter().find(|look| matches!(look, Accepted::No(_)));
        refused.or(unknown).unwrap_or(Accepted::Yes)
    }

    fn kind(&self, synced: Option<bool>) -> Accepted {
        if (self.synced, self.device_bound) == (Some(true), Some(true)) {
            return Accepted::Yes;
        }
        let (accepted, words) = match synced {
            None => return unknown("whether it is bound to its device is not told"),
            Some(true) => (self.synced, "synced passkeys are not accepted"),
            Some(false) => (self.device_bound, "keys bound to a device are not accepted"),
        };
        match accepted {
            Some(true) => Accepted::Yes,
            Some(false) => Accepted::No(words.to_owned()),
            None => unknown("which kinds of passkeys are accepted is not told"),
        }
    }

    /// Microsoft's page says that attestation is asked for at registration alone: a key without it may still open the
    /// account, and could not be registered again. The contract counts it as refused, which is the careful side.
    fn attestation(&self, attested: Option<bool>) -> Accepted {
        match (self.attested, attested) {
            (Some(false), _) | (Some(true), Some(true)) => Accepted::Yes,
            (Some(true), Some(false)) => {
                Accepted::No("attestation is asked for, and it gave none".to_owned())
            }
            (Some(true), None) => unknown("attestation is asked for, and whether it gave one is not told"),
            (None, _) => unknown("whether attestation is asked for is not told"),
        }
    }
}

impl Models {
    /// Whether a model is accepted.
    pub fn accept(&self, model: Option<&str>) -> Accepted {
        let named = |list: &[String], model: &str| list.iter().any(|one| one.eq_ignore_ascii_case(model));
        match (self, model) {
            (Self::All, _) => Accepted::Yes,
            (Self::Unknown, _) => unknown("which models are accepted is not told"),
            (Self::Only(list), Some(model)) if named(list, model) => Accepted::Yes,
            (Self::Only(_), Some(model)) => Accepted::No(format!("its model {model} is not on the list")),
            (Self::AllBut(list), Some(model)) if named(list, model) => {
                Accepted::No(format!("its model {model} is blocked"))
            }
            (Self::AllBut(_), Some(_)) => Accepted::Yes,
            (Self::Only(_) | Self::AllBut(_), None) => {
                unknown("models are restricted, and its own is not told")
            }
        }
    }
}

fn unknown(why: &str) -> Accepted {
    Accepted::Unknown(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "5eed5eed-0000-4000-8000-00000000f1d0";

    fn key() -> KeyTraits<'static> {
        KeyTraits { model: Some(OURS), attested: Some(true), synced: Some(false) }
    }

    fn verdict(rule: &KeyRule, key: KeyTraits<'_>) -> &'static str {
        match rule.accepts(key) {
            Accepted::Yes => "yes",
            Accepted::No(_) => "no",
            Accepted::Unknown(_) => "unknown",
        }
    }

    #[test]
    fn a_key_is_accepted_by_model_kind_and_attestation() {
        let list = |model: &str| vec![model.to_uppercase()];
        let rules = [
            (KeyRule::open(), "yes"),
            (KeyRule { models: Models::Only(list(OURS)), ..KeyRule::open() }, "yes"),
            (KeyRule { models: Models::Only(list("another")), ..KeyRule::open() }, "no"),
            (KeyRule { models: Models::Only(Vec::new()), ..KeyRule::open() }, "no"),
            (KeyRule { models: Models::AllBut(list(OURS)), ..KeyRule::open() }, "no"),
            (KeyRule { models: Models::AllBut(list("another")), ..KeyRule::open() }, "yes"),
            (KeyRule { models: Models::Unknown, ..KeyRule::open() }, "unknown"),
            (KeyRule { attested: Some(true), ..KeyRule::open() }, "yes"),
            (KeyRule { attested: None, ..KeyRule::open() }, "unknown"),
            (KeyRule { device_bound: Some(false), ..KeyRule::open() }, "no"),
            (KeyRule { device_bound: None, synced: None, ..KeyRule::open() }, "unknown"),
            (KeyRule::default(), "unknown"),
        ];
        for (rule, expected) in rules {
            assert_eq!(verdict(&rule, key()), expected, "{rule:?}");
        }
    }

    #[test]
    fn what_a_key_does_not_tell_is_unknown_only_where_it_is_asked_for() {
        let silent = KeyTraits::default();
        assert_eq!(verdict(&KeyRule::open(), silent), "yes");
        assert_eq!(verdict(&KeyRule { attested: Some(true), ..KeyRule::open() }, silent), "unknown");
        assert_eq!(verdict(&KeyRule { synced: Some(false), ..KeyRule::open() }, silent), "unknown");
        let strict = KeyRule { attested: Some(true), models: Models::Only(Vec::new()), ..KeyRule::open() };
        assert_eq!(verdict(&strict, KeyTraits { model: Some(OURS), ..silent }), "no");
        assert_eq!(
            verdict(
                &KeyRule { attested: Some(true), ..KeyRule::open() },
                KeyTraits { attested: Some(false), ..key() }
            ),
            "no"
        );
    }
}
