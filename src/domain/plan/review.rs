//! Decisions about the review: which frameworks its report speaks for, beside the guide, and how many people sign it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::text::known_near;

/// Decisions about the review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Review {
    /// Frameworks whose controls the report names beside its findings. The guide is always one of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<Profile>,
    /// How many people sign a review off.
    pub signatures: Signatures,
}

impl Default for Review {
    fn default() -> Self {
        Self { profiles: Vec::new(), signatures: Signatures::One }
    }
}

/// How many people sign a review off; in a plan 1 or 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum Signatures {
    /// One.
    One,
    /// Two, who are not the same person.
    Two,
}

impl From<Signatures> for u8 {
    fn from(wanted: Signatures) -> Self {
        match wanted {
            Signatures::One => 1,
            Signatures::Two => 2,
        }
    }
}

impl TryFrom<u8> for Signatures {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::One),
            2 => Ok(Self::Two),
            _ => Err("a review is signed by 1 or 2 people"),
        }
    }
}

impl Review {
    /// Whether nothing was decided.
    pub fn is_preset(&self) -> bool {
        *self == Self::default()
    }

    /// The guide, then what was chosen, each once.
    pub fn chosen(&self) -> Vec<Profile> {
        let chosen = |profile: &Profile| *profile == Profile::Guide || self.profiles.contains(profile);
        Profile::ALL.into_iter().filter(chosen).collect()
    }
}

/// A framework with controls that our checks answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// The guide itself.
    Guide,
    /// CIS Microsoft 365 Foundations.
    Cis,
    /// CISA SCuBA, baseline for Entra ID.
    Scuba,
    /// Microsoft Zero Trust Assessment.
    ZeroTrust,
    /// ACSC Essential Eight.
    EssentialEight,
    /// Cloud guardrails of the Government of Canada.
    Guardrails,
}

impl Profile {
    /// Every profile, the guide first.
    pub const ALL: [Self; 6] =
        [Self::Guide, Self::Cis, Self::Scuba, Self::ZeroTrust, Self::EssentialEight, Self::Guardrails];

    /// Its name in plans and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::Cis => "cis",
            Self::Scuba => "scuba",
            Self::ZeroTrust => "zero-trust",
            Self::EssentialEight => "essential-eight",
            Self::Guardrails => "gc-guardrails",
        }
    }

    /// The profile with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// Why there is no profile called `name`, with those that are called nearly so, and all there are.
    pub fn unknown(name: &str) -> String {
        let names = Self::ALL.map(Self::name);
        let near = known_near(name, names.into_iter());
        let end = if near.is_empty() { "." } else { "" };
        format!("there is no profile called \"{name}\"{near}{end} There are: {}", names.join(", "))
    }
}

impl Serialize for Profile {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

/// Only a name that is known: a misspelled one would be a framework that nobody looks at.
impl<'de> Deserialize<'de> for Profile {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::named(name.trim()).ok_or_else(|| serde::de::Error::custom(Self::unknown(&name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_nearly_one_is_told_with_the_one() {
        let told = Profile::unknown("cys");
        assert_eq!(
            told,
            "there is no profile called \"cys\"; did you mean cis? \
             There are: guide, cis, scuba, zero-trust, essential-eight, gc-guardrails"
        );
        let far = Profile::unknown("something else");
        assert!(far.starts_with("there is no profile called \"something else\". There are: guide"), "{far}");
    }

    #[test]
    fn the_guide_is_always_chosen_and_nothing_twice() {
        let review =
            Review { profiles: vec![Profile::Scuba, Profile::Cis, Profile::Cis], ..Review::default() };
        assert_eq!(review.chosen(), [Profile::Guide, Profile::Cis, Profile::Scuba]);
        assert_eq!(Review::default().chosen(), [Profile::Guide]);
    }
}
