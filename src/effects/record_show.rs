//! The record for people: one calm line for each entry. Foreign text is cleaned; nothing is judged here.

use std::collections::HashMap;
use std::path::Path;

use jiff::Timestamp;

use crate::domain::check::finding::Verdict;
use crate::domain::check::subject::CheckSubject;
use crate::domain::plan::{Plan, key_by_number};
use crate::domain::record::{
    Accepted, AlertTest, Change, Checked, Classified, Entry, Found, Gone, HalfSlip, Happened, LogRead,
    Logged, Outcome, Slip, SlipKind, SlipState, Test, Use, UseKind, Voice,
};
use crate::domain::slot::Slot;
use crate::domain::text::{clean, counted};
use crate::domain::trouble::Trouble;
use crate::effects::{clock, record, record_folder};
use crate::guide;
use crate::steps::review::happened;
use crate::steps::sign_ins;

/// A record for people.
pub struct Shown {
    /// When, and what, oldest first.
    pub entries: Vec<(Timestamp, String)>,
    /// What there is to know about it.
    pub notes: Vec<String>,
    /// The first line, counted from 1, at which the chain breaks.
    pub broken_at: Option<usize>,
}

impl Shown {
    /// One line for each entry, then what there is to know.
    pub fn lines(&self) -> Vec<String> {
        let entries = self.entries.iter().map(|(at, words)| format!("{}  {words}", clock::local(*at)));
        entries.chain(self.notes.iter().cloned()).collect()
    }
}

/// The entries of the record in `folder`.
///
/// # Errors
///
/// There is no record to read.
pub fn show(folder: &Path) -> Result<Shown, Trouble> {
    let (journal, size) = record::read(folder)?;
    let mut said = Said { plan: record::plan_as_it_stands(folder), ..Said::default() };
    let entries = journal.entries.iter().map(|(at, entry)| (*at, said.words(entry))).collect();
    let broken = journal.broken_at.map(|n| format!("The chain of this record breaks at line {n}."));
    let torn = (journal.whole < size).then(|| TORN.to_owned());
    let notes = broken.into_iter().chain(torn).chain(record_folder::notes(folder)).collect();
    Ok(Shown { entries, notes, broken_at: journal.broken_at })
}

/// What is said of a line that a crash cut off.
pub const TORN: &str = "A last line was torn in the middle of being written; the next run sets it aside.";

/// What is needed to tell one entry beside itself.
#[derive(Default)]
struct Said {
    /// What writes were called when they were begun, so that their receipts are told in the same words.
    sentences: HashMap<String, String>,
    /// The plan as it is saved in the folder, where there is one: it has the names of keys.
    plan: Option<Plan>,
}

impl Said {
    /// What an entry says, on one line.
    fn words(&mut self, entry: &Entry) -> String {
        if let Entry::Intends { key, sentence, .. } = entry {
            self.sentences.insert(key.to_string(), sentence.clone());
        }
        clean(&match entry {
            Entry::Receipt { key, outcome, trouble, .. } => {
                let key = key.to_string();
                receipt(self.sentences.get(&key).unwrap_or(&key), *outcome, trouble.as_ref())
            }
            Entry::Reconciled { key, found, .. } => {
                let key = key.to_string();
                looked_up(self.sentences.get(&key).unwrap_or(&key), *found)
            }
            other => words(other, self),
        })
    }

    fn key_name(&self, slot: Slot, key: usize) -> String {
        self.plan.as_ref().map_or_else(|| key_by_number(key), |plan| plan.key_name(slot, key))
    }

    /// What lies on a slip.
    fn held(&self, slip: &Slip) -> String {
        match slip.kind {
            SlipKind::Password => "password".to_owned(),
            SlipKind::Pin { key } => format!("PIN of {}", self.key_name(slip.slot, key)),
        }
    }
}

/// One entry as a line: when, and what.
pub fn line(at: Timestamp, entry: &Entry) -> String {
    format!("{}  {}", clock::local(at), Said::default().words(entry))
}

fn words(entry: &Entry, said: &Said) -> String {
    match entry {
        Entry::Began { journey, name, mark, .. } => format!("Began {journey} of {name} ({mark})"),
        Entry::Identified { id, domains } => {
            format!("The tenant told its id, {id}, and its domains: {}", domains.join(", "))
        }
        Entry::Planned { digest } => format!("Saved the plan, SHA-256 {}", start(digest)),
        Entry::Intends { sentence, .. } => format!("Is about to: {sentence}"),
        Entry::Receipt { key, outcome, trouble, .. } => receipt(key.as_str(), *outcome, trouble.as_ref()),
        Entry::Reconciled { key, found, .. } => looked_up(key.as_str(), *found),
        Entry::Attested { about, person, date, note, thing, voice, .. } => {
            let of = thing.as_ref().map(|thing| format!(" ({thing})")).unwrap_or_default();
            let voice = if *voice == Voice::Simulated { " (simulated)" } else { "" };
            format!("{person}{voice} attested on {date}: {}{of}{}", about_words(about), after("; ", note))
        }
        Entry::Accepted(said) => accepted_words(said),
        Entry::TakenBack { about, person, date, .. } => {
            let about = about_words(about);
            format!("{person} took back on {date} that this is accepted, and it counts again: {about}")
        }
        Entry::Slip(slip) => slip_words(slip, &said.held(slip)),
        Entry::Key { slot, key, model, .. } => {
            format!("{slot} account, {}: {model} is registered", said.key_name(*slot, *key))
        }
        Entry::Tested(test) => tested(test),
        Entry::Logged(logged) => logged_words(logged),
        Entry::Stranger(seen) => {
            format!(
                "Nobody here made this sign-in of the {} account: {}",
                seen.slot,
                sign_ins::words(&seen.sign_in())
            )
        }
        Entry::Change(change) => change_words(change),
        Entry::Classified(said) => classified_words(said),
        Entry::LogRead(read) => log_read_words(read),
        Entry::Used(used) => use_words(used),
        Entry::AlertTested(test) => alert_words(test),
        Entry::Notified { sent: true, detail, .. } => {
            format!("Sent a test notification{}", after(": ", detail))
        }
        Entry::Notified { sent: false, detail, .. } => {
            format!("The test notification was not sent{}", after(": ", detail))
        }
        Entry::Documented { files, .. } => format!("Wrote pages: {}", files.join(", ")),
        Entry::HandedOver { step, to, file, .. } => format!("Handed step {step} over to {to}: {file}"),
        Entry::FileGone { slip, file, how: Gone::Destroyed, .. } => {
            format!("Overwrote and removed the file of slip {slip}: {file}")
        }
        Entry::FileGone { slip, file, how: Gone::NotThere, .. } => {
            format!("The file of slip {slip} was not there any more: {file}")
        }
        Entry::Exposed { dangers, .. } => {
            format!("Somebody went on with a secret in spite of this: {}", dangers.join(" "))
        }
        Entry::HandedBack { step } => format!("Step {step}, which was handed over, is done"),
        Entry::Concluded { findings, complete } => {
            let left = findings.iter().filter(|f| f.verdict != Verdict::Pass).count();
            let end = if *complete { "in order" } else { "not complete" };
            format!("Concluded, {end}: {} checks, {left} left", findings.len())
        }
        Entry::Exercised(held) => format!(
            "Held the exercise {}, led by {}: {}",
            held.title,
            held.facilitator,
            counted(held.improvements.len(), "improvement", "improvements")
        ),
        Entry::Improved(done) => format!(
            "{} says that improvement {} of the exercise {} was made: {}",
            done.person, done.number, done.exercise, done.note
        ),
        Entry::ReviewBegan(begun) => {
            let left = begun.findings.iter().filter(|f| f.verdict != Verdict::Pass).count();
            format!("Began review {}: {} checks, {left} not in order", begun.review, begun.findings.len())
        }
        Entry::ReviewSigned(signed) => {
            format!("{} signed review {} over line {}", signed.person, signed.review, start(&signed.head))
        }
        Entry::Reviewed(closed) => format!("Signed off review {}", closed.review),
        Entry::Moment(moment) => format!("Exercise, {}", moment.told()),
        Entry::Stood { steps } => {
            let open = steps.iter().filter(|standing| standing.open > 0);
            let open: Vec<String> = open.map(|standing| standing.step.to_string()).collect();
            let waits = steps.iter().any(|standing| standing.waits_until.is_some());
            match (open.is_empty(), waits) {
                (true, false) => "Every step was done".to_owned(),
                (true, true) => "Nothing was open, but what only time brings".to_owned(),
                (false, _) => format!("Open then: steps {}", open.join(", ")),
            }
        }
    }
}

/// What was vouched for, in the words of the guide; another version may have had checks that are not known here.
fn about_words(about: &CheckSubject) -> String {
    let Some(check) = about.check() else { return about.to_string() };
    let label = guide::label(check, about.slot());
    match (about.slot(), about.thing()) {
        (None, Some(thing)) => format!("{label}: {thing}"),
        (Some(slot), Some(thing)) if thing != slot.key() => {
            format!(
                "{label}: {}",
                thing.trim_start_matches(slot.key()).trim_start_matches(':').replace('-', " ")
            )
        }
        (_, _) => label,
    }
}

fn receipt(key: &str, outcome: Outcome, trouble: Option<&Trouble>) -> String {
    let why = trouble.map(|t| t.what.as_str()).unwrap_or_default();
    match outcome {
        Outcome::Done => format!("Done: {key}"),
        Outcome::Refused => format!("Refused: {key}{}", after(". ", why)),
        Outcome::NotNow => format!("Not possible now: {key}{}", after(". ", why)),
        Outcome::Unknown => format!("No sure answer: {key}{}", after(". ", why)),
    }
}

fn looked_up(key: &str, found: Found) -> String {
    format!("Looked up, as its run had ended in the middle: {key}: {}", found.words())
}

fn alert_words(test: &AlertTest) -> String {
    let note = after("; ", &test.note);
    format!(
        "{} account: the alert was tested on {}, as {} says: {}{note}",
        test.slot,
        test.date,
        test.person,
        test.words()
    )
}

fn accepted_words(said: &Accepted) -> String {
    let Accepted { about, person, approver, date, until, reason, seen, .. } = said;
    let approver = approver.as_ref().map(|name| format!(", approved by {name}")).unwrap_or_default();
    let about = about_words(about);
    format!(
        "{person} accepted on {date}, until {until}{approver}: {about}; because: {reason} (it was seen as: {seen})"
    )
}

fn slip_words(slip: &Slip, holds: &str) -> String {
    let state = match (slip.state, slip.checked) {
        (SlipState::Made, _) if !slip.halves.is_empty() => "made, not yet typed back as a whole",
        (SlipState::Made, _) => "made, not yet typed back",
        (SlipState::Confirmed, Some(Checked::FileReadBack)) => "its file was read back",
        (SlipState::Confirmed, Some(Checked::ReadFromSystem)) => "read back from the system that keeps it",
        (SlipState::Confirmed, Some(Checked::ChosenAndTypedTwice)) => {
            "chosen by the person, and typed twice from the paper"
        }
        (SlipState::Confirmed, Some(Checked::TypedBack) | None) => "typed back from the paper",
    };
    let place = after(", for safe ", &slip.safe);
    let halves: String = slip.halves.iter().map(half_words).collect();
    format!("{} account, slip {} ({holds}): {state}{place}{halves}", slip.slot, slip.number)
}

fn half_words(half: &HalfSlip) -> String {
    let (name, seal) = (half.half.name(), after(", seal ", &half.seal));
    let file = half.file.as_ref().map(|file| format!(", written to {file}")).unwrap_or_default();
    format!("; half {name} typed back, with {} for safe {}{seal}{file}", half.custodian, half.safe)
}

fn use_words(used: &Use) -> String {
    let kind = match used.kind {
        UseKind::TestGivenUp => {
            let why = after(": ", &used.why);
            return format!("The {} account may have been used in a test that was given up{why}", used.slot);
        }
        UseKind::Operator => "signed in here as the operator of a repair",
        UseKind::Unauthorized => "was used without authorization",
    };
    format!("The {} account {kind}{}; a new password has to follow", used.slot, after(": ", &used.why))
}

fn tested(test: &Test) -> String {
    let result = if test.passed { "passed" } else { "failed" };
    format!(
        "{} tested the sign-in of the {} account: {result}{}",
        test.person,
        test.slot,
        after(", ", &test.issues)
    )
}

fn logged_words(logged: &Logged) -> String {
    let at = logged.at.strftime("%Y-%m-%d %H:%M UTC");
    format!("The test of the {} account is in the tenant's log: {at}, request {}", logged.slot, logged.id)
}

fn change_words(change: &Change) -> String {
    let (seen, at) = (&change.seen, change.seen.at.strftime("%Y-%m-%d %H:%M UTC"));
    let to = after(", to ", &happened::targets(seen));
    let by = if seen.by.is_empty() { "somebody" } else { seen.by.as_str() };
    format!("Nobody here made this change: {at} {} by {by}{to}, request {}", seen.activity, seen.id)
}

fn classified_words(said: &Classified) -> String {
    let what = match said.what {
        Happened::SignIn => "sign-in",
        Happened::Change => "change",
    };
    let (class, note) = (said.class.words(), after(", ", &said.note));
    format!("{} says of the {what} with request {}: {class}{note}", said.person, said.id)
}

fn log_read_words(read: &LogRead) -> String {
    let log = match read.log {
        Happened::SignIn => "sign-in log",
        Happened::Change => "audit log",
    };
    format!("Read the tenant's {log} from {} on", read.from.strftime("%Y-%m-%d %H:%M UTC"))
}

fn after(joint: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{joint}{text}") }
}

fn start(digest: &str) -> String {
    digest.chars().take(12).collect()
}
