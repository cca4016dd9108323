//! The screens of a repair: which case, which account, what is true of it and what can be done.

use crate::domain::check::repair::{RepairCase, Repairing};
use crate::domain::facts::SignIn;
use crate::domain::plan::{Account, Key};
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::guide;
use crate::journeys::message::Msg;
use crate::journeys::model::{Model, RepairStage, Writing};
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::{decisions, frame, overview, planning, projection, repair, tasks};

/// How many sign-ins are listed, newest first.
const SIGN_INS: usize = 20;

/// A screen that is no overview.
pub(in crate::journeys) fn screen(model: &Model, stage: &RepairStage) -> Screen {
    match stage {
        RepairStage::Cases => cases(model),
        RepairStage::Accounts(case) => accounts(model, *case),
        RepairStage::Keys(case, slot) => keys(model, (*case, *slot)),
        RepairStage::Helped(slot) => helped(model, *slot),
        RepairStage::Happened => happened(model),
        RepairStage::Deciding { decision, problem } => deciding(model, (*decision, problem.clone())),
    }
}

fn cases(model: &Model) -> Screen {
    let mut screen = frame::of(model, "Repair or rotate");
    screen.prose.push(Block::Text(
        "One case and one account at a time. Each shows what is true just now, what can be written (every write is \
         listed first), and what to do by hand."
            .to_owned(),
    ));
    screen.prose.extend(frame::requests(model));
    screen.choices = frame::numbered(RepairCase::ALL.iter().map(|case| guide::repair(*case).name.clone()));
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    screen.choices.push(Choice::safe('q', "Leave", Msg::Quit));
    screen
}

fn accounts(model: &Model, case: RepairCase) -> Screen {
    let mut screen = frame::of(model, guide::repair(case).name.clone());
    screen.prose.extend(guide::repair(case).what.iter().cloned().map(Block::Text));
    let name = |(slot, account): (Slot, &Account)| {
        let user = account.adopt.as_ref().unwrap_or(&account.user_name);
        format!("The {slot} account ({user})")
    };
    screen.choices = frame::numbered(model.plan.slots().map(name));
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    screen
}

fn keys(model: &Model, (case, slot): (RepairCase, Slot)) -> Screen {
    let mut screen = frame::of(model, format!("{}: {slot} account", guide::repair(case).name));
    screen.prose.push(Block::Text("Which key? Its name and serial number stand on it.".to_owned()));
    let planned = model.plan.account(slot).map(|account| account.keys.as_slice()).unwrap_or_default();
    let label = |key: &Key| format!("{} (serial {})", key.name, or_unknown(&key.serial));
    screen.choices = frame::numbered(planned.iter().map(label));
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    screen
}

fn or_unknown(text: &str) -> &str {
    if text.is_empty() { "not noted" } else { text }
}

/// The other emergency access account is signed in.
fn helped(model: &Model, helper: Slot) -> Screen {
    let mut screen = frame::of(model, "An emergency access account is at work");
    let upn = model.facts.operator.get().map(|operator| operator.upn.as_str()).unwrap_or_default();
    screen.prose.push(Block::Text(format!(
        "You are signed in as {upn}: the {helper} account. A repair accepts it, because it may be the only one that \
         still gets in. It is a use of that account, and its alerts fire."
    )));
    screen.prose.push(Block::Text(match model.session.writing {
        Writing::Allowed => format!(
            "The use is in the record. Until the {helper} account has a new password on a new slip and a test, both \
             made by another administrator, this counts as a failed check in every run."
        ),
        Writing::DryRun => "This run writes nothing, so the use is not in the record: note it by hand.".to_owned(),
    }));
    screen.choices = vec![
        Choice::safe('n', "Go on with the repair", Msg::Continue),
        Choice::safe('r', "Sign in as somebody else", Msg::StartOver),
        Choice::safe('b', "Back to the list", Msg::Back),
    ];
    screen
}

fn happened(model: &Model) -> Screen {
    let slot = model.repair.as_ref().map_or(Slot::FIRST, |at| at.slot);
    let mut screen = frame::of(model, format!("Was the {slot} account used without authorization?"));
    screen.prose.push(Block::Text(
        "Say so first: what is made from then on is known to be newer than the use. The record keeps the day, and what \
         you write down about it afterwards."
            .to_owned(),
    ));
    screen.prose.extend(sign_ins(model, slot));
    screen.choices = vec![
        Choice::safe('y', "Yes; put it into the record and go on", Msg::Vouched),
        Choice::safe('b', "Back to the list; nothing was used", Msg::Back),
    ];
    screen
}

fn deciding(model: &Model, (index, problem): (usize, Option<String>)) -> Screen {
    let decisions = decisions::of(&model.plan);
    let Some(decision) = decisions.get(index) else { return frame::of(model, "The plan") };
    let mut screen = planning::question(model, decision, problem);
    screen.prose.push(Block::Text(
        "The plan beside the record takes the new value, and the pages are written anew from it.".to_owned(),
    ));
    screen.choices = vec![Choice::safe('b', "Back", Msg::Back)];
    screen
}

/// The screen of the case: what it is, what is true, what can be done.
pub(in crate::journeys) fn overview(model: &Model, at: &Repairing) -> Screen {
    let words = guide::repair(at.case);
    let mut screen = frame::of(model, format!("{}: {} account", words.name, at.slot));
    screen.trouble = screen.trouble.or(model.facts.organization.trouble().cloned());
    screen.prose = words.what.iter().cloned().map(Block::Text).collect();
    if matches!(at.case, RepairCase::Blocked | RepairCase::Misuse) {
        screen.prose.extend(sign_ins(model, at.slot));
    }
    screen.checklist = frame::rows(&repair::checks(model));
    screen.prose.extend(dry_run(model));
    screen.work = overview::looking(model);
    if screen.work.is_none() {
        screen.choices = choices(model);
        screen.suggested = suggested(&screen);
    }
    screen
}

/// Sign-ins of the account as the tenant's log has them.
fn sign_ins(model: &Model, slot: Slot) -> Vec<Block> {
    let heading = Block::Heading("Its sign-ins of the last seven days, newest first".to_owned());
    if let Some(trouble) = model.facts.sign_ins.trouble() {
        return vec![heading, Block::Text(format!("{} {} {}", trouble.what, trouble.reason(), trouble.next))];
    }
    let Some(all) = model.facts.sign_ins.get() else { return Vec::new() };
    let mut own: Vec<&SignIn> = all.iter().filter(|sign_in| sign_in.slot == slot).collect();
    own.sort_by_key(|sign_in| std::cmp::Reverse(sign_in.at));
    let left = own.len().saturating_sub(SIGN_INS);
    let mut lines: Vec<String> = own.into_iter().take(SIGN_INS).map(sign_in_words).collect();
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

fn sign_in_words(sign_in: &SignIn) -> String {
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
    format!("{at}: {end}, from {address}, {}{policies}", sign_in.application)
}

/// In a dry run the writes are told and nothing more.
fn dry_run(model: &Model) -> Vec<Block> {
    if model.session.writing == Writing::Allowed {
        return Vec::new();
    }
    let actions = projection::to_the_end(&model.case(), |case| overview::actions(model, case));
    let tasks = tasks::asks(model).into_iter().map(|ask| format!("a person: {}", ask.label()));
    let lines: Vec<String> = actions.iter().map(Action::sentence).chain(tasks).collect();
    let nothing = Block::Text("Nothing would be written, and nobody is asked for anything.".to_owned());
    vec![
        Block::Heading("What would be done; this run writes nothing".to_owned()),
        if lines.is_empty() { nothing } else { Block::List(lines) },
    ]
}

fn choices(model: &Model) -> Vec<Choice> {
    let mut choices = Vec::new();
    if model.session.writing == Writing::Allowed {
        if !overview::actions(model, &model.case()).is_empty() {
            choices
                .push(Choice::safe('a', "Do it for me", Msg::DoForMe).explained("shows every write first"));
        }
        choices.extend(tasks::choices(model));
        let named = match model.repair.as_ref().map(|at| at.case) {
            Some(RepairCase::LostPhone) => "Give the new number",
            _ => "Note the serial number of the new key",
        };
        choices
            .extend(repair::decision(model).map(|index| Choice::safe('e', named, Msg::EditDecision(index))));
    }
    choices.push(Choice::safe('m', "Show me how, by hand", Msg::ShowHow));
    if !model.facts.is_by_hand() {
        choices.push(Choice::safe('c', "Check again", Msg::CheckAgain));
    }
    choices.push(Choice::safe('f', "Finish; back to the list", Msg::NextStep));
    choices.push(Choice::safe('q', "Leave", Msg::Quit));
    choices
}

/// Writes first, then what a person does.
fn suggested(screen: &Screen) -> Option<char> {
    let has = |key: char| screen.choices.iter().any(|choice| choice.key == key);
    ['a', '1', 'f'].into_iter().find(|key| has(*key))
}

/// What to do by hand, from the top.
pub(in crate::journeys) fn by_hand(model: &Model, at: &Repairing) -> Screen {
    let mut screen = frame::of(model, format!("{}, by hand", guide::repair(at.case).name));
    screen.prose.push(Block::Steps(guide::repair_by_hand(at.case).to_vec()));
    screen.work = overview::looking(model);
    screen.choices = frame::after_hand(model);
    screen
}
