//! The profile of an exercise: whatever is configured, nothing of it leads off this machine.
//!
//! It is asked where a profile is read, where one is made for an exercise, and once more where a client is made of one:
//! whoever changed an address in between gets no client.

use super::opener::Opener;
use super::profile::Profile;
use crate::domain::connection::loopback::leads_here;
use crate::domain::mark::Mark;
use crate::domain::trouble::Trouble;

impl Profile {
    /// This profile for an exercise. The admin center is the simulated portal too.
    ///
    /// # Errors
    ///
    /// An address of it leads off this machine, or it opens addresses with more than a plain GET.
    pub fn for_exercise(self) -> Result<Self, Trouble> {
        let profile = Self { mark: Mark::Exercise, entra: self.portal.clone(), ..self };
        profile.fits_its_mark().map(|()| profile)
    }

    /// Whether a profile with this mark may have these addresses.
    ///
    /// # Errors
    ///
    /// It is of an exercise, and something of it leads off this machine.
    pub fn fits_its_mark(&self) -> Result<(), Trouble> {
        match self.mark {
            Mark::Exercise => self.is_wholly_here(),
            Mark::Rehearsal | Mark::Live | Mark::Manual => Ok(()),
        }
    }

    fn is_wholly_here(&self) -> Result<(), Trouble> {
        let addresses = [
            ("login", &self.login),
            ("graph", &self.graph),
            ("arm", &self.arm),
            ("arm_audience", &self.arm_audience),
            ("logs", &self.logs),
            ("portal", &self.portal),
            ("entra", &self.entra),
            ("security_info", &self.security_info),
        ];
        let elsewhere = addresses.into_iter().find(|(_, address)| !leads_here(address));
        if let Some((name, address)) = elsewhere {
            return Err(leads_away(&format!("{name} is {address}.")));
        }
        match &self.open {
            Opener::PlainHttp | Opener::Nobody => Ok(()),
            Opener::Command(_) | Opener::FirstOf(_) => {
                Err(leads_away("Addresses would be opened in a browser, which may be signed in anywhere."))
            }
        }
    }
}

fn leads_away(why: &str) -> Trouble {
    Trouble::new(
        "An exercise has its own tenant on this machine, and no other.",
        why,
        "Let every address lead to 127.0.0.1, [::1] or localhost, and open = \"http\" or nothing; \
         breakglass tabletop makes such a tenant itself.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::connection::cloud::Cloud;

    /// A profile of this machine alone.
    fn here() -> Profile {
        let at = || "http://127.0.0.1:5/x".to_owned();
        let live = Profile::live(Cloud::Global);
        let services =
            Profile { login: at(), graph: at(), arm: at(), arm_audience: at(), logs: at(), ..live };
        Profile { portal: at(), entra: at(), security_info: at(), open: Opener::PlainHttp, ..services }
    }

    #[test]
    fn one_address_elsewhere_or_a_browser_is_enough_to_refuse_an_exercise() {
        assert_eq!(here().for_exercise().expect("all of it is here").mark, Mark::Exercise);
        let away: [fn(&mut Profile) -> &mut String; 7] = [
            |p| &mut p.login,
            |p| &mut p.graph,
            |p| &mut p.arm,
            |p| &mut p.arm_audience,
            |p| &mut p.logs,
            |p| &mut p.portal,
            |p| &mut p.security_info,
        ];
        for (index, field) in away.into_iter().enumerate() {
            for address in ["https://graph.microsoft.com", "https://localhost.example.com", "http://10.0.0.1"]
            {
                let mut profile = here();
                address.clone_into(field(&mut profile));
                let refused = profile.for_exercise().expect_err("it leads away");
                assert!(refused.why.contains(address), "{index}: {refused}");
            }
        }
        for open in [Opener::of_system(), Opener::Command("firefox".to_owned())] {
            assert!(Profile { open, ..here() }.for_exercise().is_err());
        }
    }

    #[test]
    fn an_address_that_is_changed_afterwards_is_still_refused() {
        let changed = Profile { entra: "https://entra.microsoft.com".to_owned(), ..here() };
        let changed = Profile { mark: Mark::Exercise, ..changed };
        assert!(changed.fits_its_mark().is_err());
        assert!(
            super::super::Tenant::new(changed, "contoso.example", &super::super::SignIn::browser()).is_err()
        );
    }
}
