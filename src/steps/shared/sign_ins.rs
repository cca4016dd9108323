//! Sign-ins of an account that nobody made here: told wherever the log is read, and open until somebody says what they
//! were. The log forgets them after days; the record has what was once seen.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::facts::SignIn;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::steps::shared::look::{Look, Seen, listed, needs_person, pass, read};

/// Whether every sign-in of the account in the log is one that somebody made here, or vouches for.
pub(in crate::steps) fn others(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let open: Vec<&SignIn> = unexplained(case).filter(|one| one.slot == slot).collect();
    let told: Vec<String> = open.iter().map(|one| words(one)).collect();
    match open.iter().filter(|one| got_in(one)).count() {
        _ if open.is_empty() => {}
        0 => {
            let detail = format!("{} refused, and nobody tried it here: {}", open.len(), listed(&told));
            return Ok(needs_person(detail).because(Cause::KeptOut));
        }
        some => {
            let detail = format!("{} that nobody made here, {some} got in: {}", open.len(), listed(&told));
            return Ok(needs_person(detail).because(Cause::GotIn));
        }
    }
    read(&case.facts.sign_ins)?;
    Ok(pass("every sign-in of the last days was made here, or somebody says what it was"))
}

/// Whether one of the account is open, whatever can be read today.
pub(in crate::steps) fn is_open(case: &Case<'_>, slot: Slot) -> bool {
    unexplained(case).any(|one| one.slot == slot)
}

/// Somebody may say what each of them was.
pub(in crate::steps) fn asks(case: &Case<'_>, slot: Slot) -> Vec<Ask> {
    let open = unexplained(case).filter(|one| one.slot == slot);
    let ask = |sign_in: &SignIn| {
        Ask::Attest(Attest {
            about: about(sign_in),
            statement: format!("We made the sign-in of the {slot} account: {}", words(sign_in)),
            note: "What it was for".to_owned(),
        })
    };
    open.map(ask).collect()
}

fn about(sign_in: &SignIn) -> CheckSubject {
    CheckId::TestOthers.of(sign_in.slot).part(&sign_in.id)
}

fn unexplained<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a SignIn> {
    let all = case.facts.sign_ins.get().map(Vec::as_slice).unwrap_or_default();
    let evidence = case.evidence;
    let is_said = |sign_in: &SignIn| evidence.watched.said(&sign_in.id).is_some();
    // What was said of something past does not end.
    evidence.strangers(all).filter(move |sign_in| !is_said(sign_in) && case.said(&about(sign_in)).is_none())
}

/// A sign-in in one line.
pub fn words(sign_in: &SignIn) -> String {
    let at = sign_in.at.strftime("%Y-%m-%d %H:%M UTC");
    let end = if sign_in.error == 0 { String::new() } else { format!(", failed with {}", sign_in.error) };
    let known = |text: &str| if text.is_empty() { "unknown".to_owned() } else { text.to_owned() };
    format!("{at} from {} by {}{end}", known(&sign_in.address), known(&sign_in.application))
}

/// Whether nobody made this sign-in here, and nobody said what it was.
pub fn is_unexplained(case: &Case<'_>, sign_in: &SignIn) -> bool {
    unexplained(case).any(|one| one.is_same(sign_in))
}

fn got_in(sign_in: &SignIn) -> bool {
    sign_in.error == 0
}

/// What is said at once where the log was read and holds such sign-ins. Whoever got in comes first: that is an incident,
/// while a refused one may be a slip of the finger.
pub fn alarm(case: &Case<'_>) -> Option<Trouble> {
    let mut open: Vec<&SignIn> = unexplained(case).collect();
    open.sort_by_key(|one| !got_in(one));
    let first = open.first()?;
    let slot = first.slot;
    let lines: Vec<String> = open.iter().map(|one| format!("{} account, {}", one.slot, words(one))).collect();
    if !got_in(first) {
        return Some(Trouble::new(
            "Somebody else tried to sign in with an emergency access account, and was refused.",
            format!("The log has {}.", listed(&lines)),
            "If one of you mistyped, say so at the sign-in test. If nobody did, somebody knows the name: see whether it goes on. \
             Nobody was in, so the password need not be changed for it.",
        ));
    }
    Some(Trouble::new(
        "Somebody else signed in with an emergency access account.",
        format!("The log has {}.", listed(&lines)),
        format!(
            "If one of you did it, say so at the sign-in test. If nobody did: breakglass repair unauthorized-use --account {}.",
            slot.key()
        ),
    ))
}
