//! Sign-ins and changes since the last review: each is said by a named person to be a drill, an emergency, a misuse or planned
//! work before anybody signs, and no log has forgotten what nobody read.
//!
//! A sign-in that the record tells of, as a test or a visit, is known by itself; so is a change that was written from here.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::facts::{Area, KEPT_DAYS, KEPT_DAYS_FREE};
use crate::domain::record::{Class, Happened};
use crate::steps::review::happened::{Happening, happenings};
use crate::steps::shared::exclusion_group::is_unlicensed;
use crate::steps::shared::look::{Look, Seen, listed, needs_person, pass, read, report, unknown, vouched};

/// What is read for it.
pub const AREAS: [Area; 5] = [Area::Licenses, Area::Accounts, Area::Group, Area::SignIns, Area::Audits];

/// Whether each is classified, and whether any could be missed.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = vec![report(CheckId::UseClassified, classified(case))];
    findings.extend(gap(case).map(|look| report(CheckId::LogGap, look)));
    findings
}

/// A person classifies what is open, and says of what no log tells that somebody looked elsewhere.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    let is_open = happenings(case).iter().any(Happening::is_open);
    let classify = is_open.then_some(Ask::Classify);
    let portal = is_unlicensed(case) && !case.attested(&CheckId::UseClassified.whole());
    let portal = portal.then(|| {
        Ask::Attest(Attest {
            about: CheckId::UseClassified.whole(),
            statement: "The portal's sign-in log shows nothing of these accounts but our own tests"
                .to_owned(),
            note: "Since when it was looked through".to_owned(),
        })
    });
    classify.into_iter().chain(portal).chain(gaps(case).into_iter().filter_map(|gap| gap.ask(case))).collect()
}

fn classified(case: &Case<'_>) -> Look<Seen> {
    let all = happenings(case);
    let open: Vec<&Happening> = all.iter().filter(|one| one.is_open()).collect();
    if !open.is_empty() {
        return Ok(needs_person(unclassified(&open)).because(Cause::NotVouched));
    }
    if is_unlicensed(case) {
        let none = "No Entra ID P1: the sign-in log cannot be read here; look through it in the portal";
        let word = vouched(case, &CheckId::UseClassified.whole());
        return Ok(word.unwrap_or_else(|| needs_person(none).because(Cause::Unlicensed)));
    }
    read(&case.facts.sign_ins)?;
    read(&case.facts.audits)?;
    let misuse = all.iter().filter(|one| one.known.class() == Some(Class::Misuse)).count();
    Ok(pass(match (all.len(), misuse) {
        (0, _) => "no sign-in and no change of these accounts in the logs".to_owned(),
        (some, 0) => format!("{}, each known", counted(&all.iter().collect::<Vec<_>>(), some)),
        (some, bad) => {
            format!("{}, each known, {bad} of them misuse", counted(&all.iter().collect::<Vec<_>>(), some))
        }
    }))
}

/// "3 sign-ins and 1 change nobody has classified: ...".
fn unclassified(open: &[&Happening]) -> String {
    let lines: Vec<String> = open.iter().map(|one| line(one)).collect();
    format!("{} nobody has classified: {}", counted(open, open.len()), listed(&lines))
}

fn line(one: &Happening) -> String {
    let whose = one.slot.map(|slot| format!(", {slot} account")).unwrap_or_default();
    format!("{}{whose}: {}", one.at.strftime("%Y-%m-%d %H:%M UTC"), one.words)
}

fn counted(all: &[&Happening], some: usize) -> String {
    let sign_ins = all.iter().filter(|one| one.what == Happened::SignIn).count();
    let of = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    match (sign_ins, some - sign_ins) {
        (0, changes) => of(changes, "change"),
        (sign_ins, 0) => of(sign_ins, "sign-in"),
        (sign_ins, changes) => format!("{} and {}", of(sign_ins, "sign-in"), of(changes, "change")),
    }
}

/// A time of which a log tells nothing any more, and in which nobody read it.
struct Gap {
    log: Happened,
    from: Date,
    until: Date,
}

impl Gap {
    fn about(&self) -> CheckSubject {
        CheckId::LogGap.about(self.log_name()).part(&self.from.to_string())
    }

    fn log_name(&self) -> &'static str {
        match self.log {
            Happened::SignIn => "sign-in log",
            Happened::Change => "audit log",
        }
    }

    fn words(&self) -> String {
        format!("{} from {} to {}", self.log_name(), self.from, self.until)
    }

    fn is_told(&self, case: &Case<'_>) -> bool {
        case.said(&self.about()).is_some()
    }

    fn ask(&self, case: &Case<'_>) -> Option<Ask> {
        (!self.is_told(case)).then(|| {
            Ask::Attest(Attest {
                about: self.about(),
                statement: format!(
                    "We looked through the {}, where it is kept longer, and know all that it shows of these accounts",
                    self.words()
                ),
                note: "Where it was looked up, and what was found".to_owned(),
            })
        })
    }
}

/// Times that a log of this tenant has forgotten unread, whoever has looked elsewhere since.
fn gaps(case: &Case<'_>) -> Vec<Gap> {
    let Some(since) = case.evidence.logs_since() else { return Vec::new() };
    // Whoever looked through the logs did so since the time before.
    let said = case.said(&CheckId::ReviewLogs.whole()).map(|word| start(word.date));
    let since = said.map_or(since, |said| since.max(said));
    let logs = [
        (Happened::SignIn, case.facts.sign_ins.get().is_some()),
        (Happened::Change, case.facts.audits.get().is_some()),
    ];
    let of = |log: Happened| {
        let gaps = case.evidence.watched.gaps(log, since, kept_since(case));
        gaps.into_iter().map(move |(from, until)| Gap { log, from: day(from), until: day(until) })
    };
    logs.into_iter().filter(|(_, is_read)| *is_read).flat_map(|(log, _)| of(log)).collect()
}

/// The first moment of which the logs of today still tell.
fn kept_since(case: &Case<'_>) -> Timestamp {
    start(case.today) - SignedDuration::from_hours(24 * kept(case))
}

fn start(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map(|day| day.timestamp()).unwrap_or_default()
}

/// How many days the logs of this tenant go back.
fn kept(case: &Case<'_>) -> i64 {
    if is_unlicensed(case) { KEPT_DAYS_FREE } else { KEPT_DAYS }
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// Whether somebody has looked elsewhere for what a log has forgotten. Such a word is about what is past, and does not end.
fn gap(case: &Case<'_>) -> Option<Look<Seen>> {
    if case.facts.sign_ins.get().is_none() && case.facts.audits.get().is_none() {
        return None;
    }
    let gaps = gaps(case);
    let open: Vec<String> = gaps.iter().filter(|gap| !gap.is_told(case)).map(Gap::words).collect();
    Some(Ok(match (gaps.is_empty(), open.is_empty()) {
        (true, _) => pass("the logs go back to the last time they were read"),
        (false, true) => pass("somebody looked where the logs are kept longer"),
        (false, false) => {
            unknown(format!("nobody read the {}; they go back {} days", listed(&open), kept(case)))
        }
    }))
}
