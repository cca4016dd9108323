//! The screens of a repair: which case, which account, what is true of it and what can be done.

use crate::domain::check::repair::{RepairCase, Repairing};
use crate::domain::facts::SignIn;
use crate::domain::plan::Account;
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::guide;
use crate::journeys::decisions::{self, Decision};
use crate::journeys::desk::Desk;
use crate::journeys::repair::{At, Msg, Repair, decision};
use crate::journeys::screen::{Block, Choice, Leave, Screen};
use crate::journeys::tasks::board::{self, Offers};
use crate::journeys::{frame, projection};
use crate::steps::repair::old_password;
use crate::steps::{Subject, sign_ins};

/// How many sign-ins are listed, newest first.
const SIGN_INS: usize = 20;

impl Repair {
    /// The screen.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        match (&self.at, &self.repairing) {
            (At::Accounts(case), _) => accounts(desk, *case),
            (At::Keys(case, slot), _) => keys(desk, *case, *slot),
            (At::Helped(slot), _) => helped(desk, *slot),
            (At::Happened, Some(repairing)) => happened(desk, repairing.slot),
            (At::Deciding { decision, problem }, _) => deciding(desk, *decision, problem.clone()),
            (At::Board | At::Connecting, Some(repairing)) => of_case(desk, repairing),
            (At::Cases | At::Happened | At::Board | At::Connecting, _) => cases(desk),
        }
    }
}

fn cases(desk: &Desk) -> Screen<Msg> {
    let mut screen = frame::of(desk, "Repair or rotate");
    screen.prose.push(Block::Text(
        "One case and one account at a time. Each shows what is true just now, what can be written (every write is \
         listed first), and what to do by hand."
            .to_owned(),
    ));
    screen.prose.extend(frame::requests(desk));
    screen.choices =
        frame::numbered(RepairCase::ALL.iter().map(|case| guide::repair(*case).name.clone()), Msg::Choose);
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen.leave = Some(Leave::asking("Leave"));
    screen
}

fn accounts(desk: &Desk, case: RepairCase) -> Screen<Msg> {
    let mut screen = frame::of(desk, guide::repair(case).name.clone());
    screen.prose.extend(guide::repair(case).what.iter().cloned().map(Block::Text));
    let name = |(slot, account): (Slot, &Account)| {
        let user = account.adopt.as_ref().unwrap_or(&account.user_name);
        format!("The {slot} account ({user})")
    };
    screen.choices = frame::numbered(desk.plan().slots().map(name), Msg::Choose);
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

fn keys(desk: &Desk, case: RepairCase, slot: Slot) -> Screen<Msg> {
    let mut screen = frame::of(desk, format!("{}: {slot} account", guide::repair(case).name));
    screen.prose.push(Block::Text("Which key? Its name and serial number stand on it.".to_owned()));
    let account = desk.plan().account(slot);
    let labels = account
        .into_iter()
        .flat_map(|account| (0..account.keys.len()).map(|key| account.key_and_serial(key)));
    screen.choices = frame::numbered(labels, Msg::Choose);
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// The other emergency access account is signed in.
fn helped(desk: &Desk, helper: Slot) -> Screen<Msg> {
    let mut screen = frame::of(desk, "An emergency access account is at work");
    let upn = desk.facts().operator.get().map(|operator| operator.upn.as_str()).unwrap_or_default();
    screen.prose.push(Block::Text(format!(
        "You are signed in as {upn}: the {helper} account. A repair accepts it, because it may be the only one that \
         still gets in. It is a use of that account, and its alerts fire."
    )));
    screen.prose.push(Block::Text(match desk.is_dry_run() {
        false => format!(
            "The use is in the record. Until the {helper} account has a new password on a new slip and a test, both \
             made by another administrator, this counts as a failed check in every run."
        ),
        true => "This run writes nothing, so the use is not in the record: note it by hand.".to_owned(),
    }));
    screen.choices = vec![
        Choice::safe('n', "Go on with the repair", Msg::Continue),
        Choice::safe('r', "Sign in as somebody else", Msg::SignInAgain),
        Choice::back("Back to the list", Msg::Back),
    ];
    screen
}

fn happened(desk: &Desk, slot: Slot) -> Screen<Msg> {
    let mut screen = frame::of(desk, format!("Was the {slot} account used without authorization?"));
    screen.prose.push(Block::Text(
        "Say so first: what is made from then on is known to be newer than the use. The record keeps the day, and what \
         you write down about it afterwards."
            .to_owned(),
    ));
    screen.prose.extend(sign_ins(desk, slot));
    screen.choices = vec![
        Choice::safe('y', "Yes; put it into the record and go on", Msg::Happened),
        Choice::back("Back to the list; nothing was used", Msg::Back),
    ];
    screen
}

fn deciding(desk: &Desk, index: usize, problem: Option<String>) -> Screen<Msg> {
    let Some(decision): Option<Decision> = decisions::of(desk.plan()).into_iter().nth(index) else {
        return frame::of(desk, "The plan");
    };
    let mut screen = frame::of(desk, decision.heading());
    screen.question = Some(decision.question(Msg::Decided).refused(problem));
    screen.prose.push(Block::Text(
        "The plan beside the record takes the new value, and the pages are written anew from it.".to_owned(),
    ));
    screen.choices = vec![Choice::back("Back", Msg::Back)];
    screen
}

/// The board of the case.
fn of_case(desk: &Desk, repairing: &Repairing) -> Screen<Msg> {
    let subject = Subject::Repair(repairing.clone());
    board::screen(desk, &subject, offers(desk, repairing), Msg::Board)
}

/// What stands beside the board of a case: its sign-ins, and the decision of the plan that it changes.
fn offers(desk: &Desk, repairing: &Repairing) -> Offers<Msg> {
    let mut words = Vec::new();
    if matches!(repairing.case, RepairCase::Blocked | RepairCase::Misuse) {
        words.extend(sign_ins(desk, repairing.slot));
    }
    if repairing.case == RepairCase::LostPassword {
        words.extend(old_password(&desk.case(), repairing).map(Block::Text));
    }
    words.extend(dry_run(desk, repairing));
    let named = match repairing.case {
        RepairCase::LostPhone => "Give the new number",
        _ => "Note the serial number of the new key",
    };
    let change = decision(desk, repairing).filter(|_| !desk.is_dry_run());
    Offers {
        words,
        by_hand: "Show me how, by hand",
        behind_tasks: change.map(|index| Choice::safe('e', named, Msg::Edit(index))).into_iter().collect(),
        behind_hand: Vec::new(),
        ways: vec![Choice::safe('f', "Finish; back to the list", Msg::Finish).leading_back()],
        leave: Leave::asking("Leave"),
    }
}

/// Sign-ins of the account as the tenant's log has them.
fn sign_ins(desk: &Desk, slot: Slot) -> Vec<Block> {
    let heading = Block::Heading("Its sign-ins of the last seven days, newest first".to_owned());
    if let Some(trouble) = desk.facts().sign_ins.trouble() {
        return vec![heading, Block::Text(format!("{} {} {}", trouble.what, trouble.reason(), trouble.next))];
    }
    let Some(all) = desk.facts().sign_ins.get() else { return Vec::new() };
    let mut own: Vec<&SignIn> = all.iter().filter(|sign_in| sign_in.slot == slot).collect();
    own.sort_by_key(|sign_in| std::cmp::Reverse(sign_in.at));
    let left = own.len().saturating_sub(SIGN_INS);
    let mut lines: Vec<String> =
        own.into_iter().take(SIGN_INS).map(|sign_in| sign_in_words(desk, sign_in)).collect();
    if left > 0 {
        lines.push(format!("and {left} more; the portal has them all"));
    }
    match lines.is_empty() {
        true => {
            vec![heading, Block::Text("None in the log; it may be some minutes behind.".to_owned())]
        }
        false => vec![heading, Block::List(lines)],
    }
}

fn sign_in_words(desk: &Desk, sign_in: &SignIn) -> String {
    let end = match sign_in.error {
        0 => "signed in".to_owned(),
        error => format!("failed, error {error}"),
    };
    let address = if sign_in.address.is_empty() { "an unknown address" } else { &sign_in.address };
    let policies = match sign_in.policies.as_slice() {
        [] => String::new(),
        names => format!("; policies: {}", names.join(", ")),
    };
    let at = sign_in.at.strftime("%Y-%m-%d %H:%M UTC");
    let by = if sign_ins::is_unexplained(&desk.case(), sign_in) { "; nobody made it here" } else { "" };
    format!("{at}: {end}, from {address}, {}{policies}{by}", sign_in.application)
}

/// In a dry run the writes are told and nothing more.
fn dry_run(desk: &Desk, repairing: &Repairing) -> Vec<Block> {
    if !desk.is_dry_run() {
        return Vec::new();
    }
    let subject = Subject::Repair(repairing.clone());
    let actions = projection::to_the_end(&desk.case(), |case| subject.actions(case));
    let derived = desk.world.derived(&subject);
    let tasks = derived.asks.iter().map(|ask| format!("a person: {}", ask.label(desk.plan())));
    let lines: Vec<String> = actions.iter().map(Action::sentence).chain(tasks).collect();
    let nothing = Block::Text("Nothing would be written, and nobody is asked for anything.".to_owned());
    vec![
        Block::Heading("What would be done; this run writes nothing".to_owned()),
        if lines.is_empty() { nothing } else { Block::List(lines) },
    ]
}
