//! The clouds of Microsoft, and what each of them has (contract 11). Where they are is the ring's.

use serde::{Deserialize, Serialize};

/// A cloud.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cloud {
    /// The worldwide cloud; GCC too.
    #[default]
    Global,
    /// US Government L4 (GCC High).
    UsGov,
    /// US Government L5 (DoD).
    Dod,
    /// China, run by 21Vianet.
    China,
}

impl Cloud {
    /// Every cloud.
    pub const ALL: [Cloud; 4] = [Cloud::Global, Cloud::UsGov, Cloud::Dod, Cloud::China];

    /// The name on the command line and in a profile.
    pub fn name(self) -> &'static str {
        match self {
            Cloud::Global => "global",
            Cloud::UsGov => "usgov",
            Cloud::Dod => "dod",
            Cloud::China => "china",
        }
    }

    /// Whether it is the one that nobody has to name.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
    pub fn is_preset(&self) -> bool {
        *self == Self::default()
    }

    /// The cloud of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cloud| cloud.name() == name)
    }

    /// Whether a Temporary Access Pass can be issued: the type is absent from China's schema.
    pub fn has_pass(self) -> bool {
        self != Cloud::China
    }

    /// Whether method configurations can be changed over Graph; the pages name the worldwide and the US cloud.
    pub fn changes_methods(self) -> bool {
        self != Cloud::China
    }

    /// Whether Graph tells what Identity Protection thinks of an account: nowhere in the cloud that 21Vianet runs (Microsoft
    /// Learn, "Get riskyUser").
    pub fn has_risk(self) -> bool {
        self != Cloud::China
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_a_profile() {
        for cloud in Cloud::ALL {
            assert_eq!(Cloud::named(cloud.name()), Some(cloud));
            assert_eq!(serde_json::to_value(cloud).expect("a name"), cloud.name());
        }
    }
}
