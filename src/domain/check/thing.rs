//! What somebody's word is about: a thing with a name and a beginning, such as slip 4 or the pages of a day.
//!
//! A word counts for the thing that it was said of, and for no newer one: who sealed the envelope of slip 2 has said nothing
//! about slip 4. Whether it is newer is read from the order of the record, and from the day that the person named. And a word
//! ends: that a mail arrived says nothing about the mails of next year, and that an envelope lies in its safe is to be seen
//! again. Only what was done once is said for good.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::domain::check::case::Case;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::check::upkeep::UpkeepTask;
use crate::domain::plan::{Destination, Safe};
use crate::domain::record::{Attested, Half, Since, Slip, SlipKind};
use crate::domain::slot::Slot;

/// What a word is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thing {
    /// One that the record knows no beginning of: a safe, a place, a group.
    Lasting(String),
    /// One that came into being while the record was written.
    Since {
        /// Its name: "slip 4".
        name: String,
        /// Since when it is there.
        since: Since,
    },
    /// One that is not there yet: nobody can have seen it.
    NotThere,
}

impl Thing {
    /// Its name, once it is there.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Lasting(name) | Self::Since { name, .. } => Some(name),
            Self::NotThere => None,
        }
    }

    fn made(name: String, since: Option<Since>) -> Self {
        since.map_or(Self::NotThere, |since| Self::Since { name, since })
    }

    /// Whether `word` was said of this thing.
    fn is_of(&self, word: &Attested) -> bool {
        let named = |name: &String| word.thing.as_ref().is_none_or(|said| said == name);
        match self {
            Self::Lasting(name) => named(name),
            Self::Since { name, since } => {
                named(name) && word.line > since.line && since.day.is_none_or(|day| word.date >= day)
            }
            Self::NotThere => false,
        }
    }
}

/// With which task of the upkeep a word about a check is said anew: it holds as long as that task's turn. `None` for a word
/// that tells of an act, or of a paper as it was made: that slip was printed, that sign-in was a test, that incident is
/// written down.
pub fn renewed_with(check: CheckId) -> Option<UpkeepTask> {
    match check {
        CheckId::PaperSlip
        | CheckId::PaperSessionsRevoked
        | CheckId::PaperPrinted
        | CheckId::PaperDestroyed
        | CheckId::PaperCalibration
        | CheckId::PaperOldSlip
        | CheckId::TestSignIn
        | CheckId::TestRoles
        | CheckId::TestLogged
        | CheckId::TestOthers
        | CheckId::UseRotated
        | CheckId::UseIncident
        | CheckId::RepairPassword
        | CheckId::RepairKey
        | CheckId::RepairPhone
        | CheckId::RepairTested
        | CheckId::RepairDone
        | CheckId::PoliciesNew
        | CheckId::ExerciseImprovements
        | CheckId::LogGap => None,
        CheckId::ReviewLogs | CheckId::UseClassified => Some(UpkeepTask::LogReview),
        CheckId::TestEveryKey => Some(UpkeepTask::SignInTest),
        CheckId::PaperDocument
        | CheckId::PaperProcedure
        | CheckId::PaperSafe
        | CheckId::PaperSealed
        | CheckId::PaperContactsCalled
        | CheckId::ExerciseHeld => Some(UpkeepTask::DocumentReview),
        CheckId::TellMonitoring
        | CheckId::MethodCertificate
        | CheckId::PaperProof
        | CheckId::PaperSafeLog
        | CheckId::PaperSystem
        | CheckId::PaperSupportPath
        | CheckId::TestDeputy => Some(UpkeepTask::Rotation),
        CheckId::LogsDiagnosticSetting | CheckId::AlertsRecipients | CheckId::AlertsNotification => {
            Some(UpkeepTask::AlertTest)
        }
        // What the tenant itself would tell, were it not looked up by hand.
        _ => Some(UpkeepTask::ExclusionReview),
    }
}

impl Case<'_> {
    /// The last day on which a word of `day` about `about` counts, where it ends by itself.
    pub fn last_day(&self, about: &CheckSubject, day: Date) -> Option<Date> {
        let task = about.check().and_then(renewed_with)?;
        Some(self.plan.upkeep.every(task).after(day))
    }

    /// Somebody's word about `about` in this tenant that counts today.
    pub fn word(&self, about: &CheckSubject) -> Option<&Attested> {
        self.said(about).filter(|_| self.ended(about).is_none())
    }

    /// Somebody's word about what is there now, be it past its last day.
    pub fn said(&self, about: &CheckSubject) -> Option<&Attested> {
        let word = self.evidence.attested.get(about)?;
        self.thing(about).is_none_or(|thing| thing.is_of(word)).then_some(word)
    }

    /// The day on which the word about what is there now ended.
    pub fn ended(&self, about: &CheckSubject) -> Option<Date> {
        let word = self.said(about)?;
        self.last_day(about, word.date).filter(|last| *last < self.today)
    }

    /// Whether somebody's word about `about` counts.
    pub fn attested(&self, about: &CheckSubject) -> bool {
        self.word(about).is_some()
    }

    /// The thing that a word about `about` is about; `None` where it is about a state, not about a thing.
    pub fn thing(&self, about: &CheckSubject) -> Option<Thing> {
        match (about.check()?, about.slot()) {
            (CheckId::PaperSlip | CheckId::PaperSessionsRevoked | CheckId::TestSignIn, Some(slot)) => {
                Some(self.password_slip(slot, ""))
            }
            (CheckId::PaperSafe, Some(slot)) => {
                let half = Half::BOTH.into_iter().find(|half| *about == self::half(slot, *half));
                Some(self.password_slip(slot, &self.place(slot, half)))
            }
            (CheckId::PaperSealed, Some(slot)) => Some(self.latest_slip(slot, &self.places_beside(slot))),
            (CheckId::PaperDestroyed, Some(slot)) => Some(self.latest_slip(slot, "")),
            (CheckId::PaperPrinted, Some(slot)) => {
                Some(self.slip(self.evidence.slips_in_files(slot).last().map(|slip| slip.number), ""))
            }
            (CheckId::PaperOldSlip, Some(slot)) => {
                let latest = self.evidence.slip(slot, SlipKind::Password);
                Some(self.slip(latest.and_then(|slip| slip.replaces), ""))
            }
            (CheckId::PaperCombinations, _) => Some(Thing::Lasting(self.keepers())),
            (CheckId::PaperDocument, _) => Some(self.pages()),
            (CheckId::PaperProcedure, _) => Some(self.procedure()),
            (CheckId::PaperProof, _) => Some(Thing::Lasting(self.safes(about.thing()))),
            (CheckId::PaperSystem, _) => Some(Thing::Lasting(self.systems(about.thing()))),
            (CheckId::PaperSafeLog, _) => Some(Thing::Lasting(self.safes(None))),
            (CheckId::TestLogged, Some(slot)) => Some(self.sign_in_test(slot)),
            (CheckId::TestEveryKey, Some(slot)) => self.latest_pin(slot),
            // By hand it was sent in the portal, of which the record knows nothing.
            (CheckId::AlertsNotification, _) => (!self.is_by_hand()).then(|| self.notification()),
            (CheckId::LogsDiagnosticSetting, _) => self.elsewhere().map(Thing::Lasting),
            (CheckId::GroupRoleAssignable, _) => {
                self.plan.group.adopt.clone().map(|id| Thing::Lasting(format!("group {id}")))
            }
            _ => None,
        }
    }

    fn password_slip(&self, slot: Slot, place: &str) -> Thing {
        self.slip(self.evidence.slip(slot, SlipKind::Password).map(|slip| slip.number), place)
    }

    /// The latest test that passed; a word about one says nothing about the next.
    fn sign_in_test(&self, slot: Slot) -> Thing {
        let Some(test) = self.evidence.test(slot).filter(|test| test.passed) else { return Thing::NotThere };
        let day = test.at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let name = format!("test of {}", test.at.strftime("%Y-%m-%d %H:%M:%S UTC"));
        // Its name holds the second, so its line need not be known.
        Thing::made(name, Some(Since { line: 0, day: Some(day) }))
    }

    fn latest_slip(&self, slot: Slot, places: &str) -> Thing {
        let mut slips = self.evidence.slips.values().rev();
        self.slip(slips.find(|slip| slip.slot == slot).map(|slip| slip.number), places)
    }

    /// The slip of the key that came last: who said that each key has signed in has said nothing about a later one.
    fn latest_pin(&self, slot: Slot) -> Option<Thing> {
        let is_pin = |slip: &&Slip| slip.slot == slot && matches!(slip.kind, SlipKind::Pin { .. });
        let latest = self.evidence.slips.values().rev().find(is_pin)?;
        Some(self.slip(Some(latest.number), ""))
    }

    /// Where the plan wants PINs, keys and the phone to lie: in other places they are to be vouched for anew.
    fn places_beside(&self, slot: Slot) -> String {
        let kept = self.plan.account(slot).map(|account| self.plan.beside_password(account));
        let places: Vec<String> =
            kept.iter().flatten().map(|kept| format!("; {} in {}", kept.what, kept.place)).collect();
        places.concat()
    }

    fn slip(&self, number: Option<u32>, place: &str) -> Thing {
        number.map_or(Thing::NotThere, |number| {
            let since = self.evidence.slips_since.get(&number).copied();
            Thing::made(format!("slip {number}{place}"), since)
        })
    }

    /// Where the plan wants an envelope to lie: a word about another safe is about another thing.
    fn place(&self, slot: Slot, half: Option<Half>) -> String {
        let account = self.plan.account(slot);
        let safe = account.map(|account| account.keeper(half.unwrap_or(Half::A)).0);
        safe.map(|safe| format!(" in {}", self.plan.safe_and_place(safe))).unwrap_or_default()
    }

    /// The pages as they were last written.
    fn pages(&self) -> Thing {
        let since = self.evidence.documents_since;
        let day = since.and_then(|since| since.day).map(|day| format!(" of {day}")).unwrap_or_default();
        Thing::made(format!("pages{day}"), since)
    }

    /// The procedure of the plan, since it first stood on pages; what an older program wrote may have been any.
    fn procedure(&self) -> Thing {
        let written = self.evidence.procedures.iter();
        let found = written.rev().find(|(known, _)| known.as_ref().is_none_or(|k| *k == self.plan.procedure));
        let since = found.map(|(_, since)| *since);
        let day = since.and_then(|since| since.day).map(|day| format!(" of {day}")).unwrap_or_default();
        Thing::made(format!("procedure{day}"), since)
    }

    /// One safe, or all of them: another place, or another rating, makes it another safe.
    fn safes(&self, name: Option<&str>) -> String {
        let safes = self.plan.safes.iter().filter(|safe| name.is_none_or(|name| safe.name == name));
        safes.map(words).collect::<Vec<_>>().join("; ")
    }

    /// Everybody who may open a safe: other people are another thing.
    fn keepers(&self) -> String {
        let safes = self.plan.safes.iter().flat_map(|safe| [safe.custodian.as_str(), safe.deputy.as_str()]);
        let own = self.plan.accounts.iter().map(|account| account.custodian.as_str());
        let halves = self.plan.accounts.iter().filter_map(|account| account.second_half.as_ref());
        let all = safes.chain(own).chain(halves.map(|half| half.custodian.as_str()));
        let names: BTreeSet<&str> = all.map(str::trim).filter(|name| !name.is_empty()).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }

    /// One system, or all of them: at another place it is another system.
    fn systems(&self, name: Option<&str>) -> String {
        let systems = self.plan.systems.iter().filter(|system| name.is_none_or(|name| system.name == name));
        systems
            .map(|system| format!("system {}, {}", system.name, system.place))
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// Whether the last test notification was sent; `None` where the action group that is there now has sent none.
    pub fn notified(&self) -> Option<bool> {
        let (_, sent) = self.evidence.notified?;
        let now = self.facts.monitoring.get().and_then(|monitoring| monitoring.action_group.as_ref());
        let was = self.evidence.written.notified_by.as_ref();
        let is_other = now.zip(was).is_some_and(|(now, was)| !now.id.eq_ignore_ascii_case(was));
        (!is_other).then_some(sent)
    }

    fn notification(&self) -> Thing {
        match self.elsewhere() {
            Some(place) => Thing::Lasting(place),
            None if self.notified().is_none() => Thing::NotThere,
            None => Thing::made("the latest test notification".to_owned(), self.evidence.notified_since),
        }
    }

    /// Where the logs go, when somebody else watches them.
    fn elsewhere(&self) -> Option<String> {
        let alerts = &self.plan.alerts;
        let place = || alerts.elsewhere.clone().unwrap_or_default();
        (alerts.destination == Destination::Elsewhere).then(place)
    }
}

/// The name under which somebody vouches for one half of a password: `paper.safe:first:half-a`.
pub fn half(slot: Slot, half: Half) -> CheckSubject {
    CheckId::PaperSafe.of(slot).part(&format!("half-{}", half.name().to_lowercase()))
}

fn words(safe: &Safe) -> String {
    let rated = |is: bool, what| if is { what } else { "" };
    format!(
        "safe {}, {}{}{}",
        safe.name,
        safe.place,
        rated(safe.fireproof, ", fireproof"),
        rated(safe.waterproof, ", waterproof")
    )
}
