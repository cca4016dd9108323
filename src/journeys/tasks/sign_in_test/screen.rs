//! The screens of a sign-in test.

use crate::domain::check::id::CheckId;
use crate::domain::connection::sign_in::Prompt;
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::guards::restricted_unit;
use crate::journeys::screen::{Block, Choice, Question, Screen, Work};
use crate::journeys::tasks::sign_in::elsewhere;
use crate::journeys::tasks::sign_in_test::which_key::which_key;
use crate::journeys::tasks::sign_in_test::{ByHand, Msg, SignInTest, State};
use crate::journeys::tasks::who;

impl SignInTest {
    /// The screen of the test.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let slot = self.slot;
        let mut screen = frame::of(desk, format!("Sign-in test of the {slot} account"));
        match &self.state {
            State::Announced => announced(desk, slot, &mut screen),
            State::Elsewhere(prompt) => elsewhere::fill(&mut screen, prompt, Msg::Entered, Msg::Back),
            State::WhichKey => which_key(desk, slot, &mut screen),
            State::Awaiting(prompt) => awaiting(prompt.as_ref(), &mut screen),
            State::Who(_) => chosen(desk, slot, &mut screen),
            State::Name(_, problem) => typed(*problem, &mut screen),
            State::ByHand { outcome } => {
                let prompt = match outcome {
                    ByHand::Passed => "Any issues met (empty for none)",
                    ByHand::Failed => "What went wrong",
                };
                screen.question = Some(Question::text(prompt, Msg::Issues));
                screen.choices.push(Choice::back("Back", Msg::Back));
            }
            State::Revoking => screen.work = Some(Work::endless("revoking every session of the account")),
            State::AwaitingLog(_) => awaiting_log(&mut screen),
        }
        screen
    }
}

fn awaiting(prompt: Option<&Prompt>, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(
        "Sign in as the account in a private window. What is awaited is the answer of that window."
            .to_owned(),
    ));
    if let Some(Prompt::Browser { short, .. }) = prompt {
        screen.prose.push(Block::Verbatim(vec![short.clone()]));
    }
    screen.work = Some(Work::endless("waiting for the sign-in"));
    screen.choices.push(Choice::safe('o', "Open the page again", Msg::Open));
    screen.choices.push(Choice::safe('l', "Sign in on another computer (over SSH)", Msg::Elsewhere));
    // Somebody may have signed in all the same; the sessions are revoked, as it was announced.
    screen.choices.push(Choice::writes('b', "Stop waiting", Msg::Back).leading_back());
}

fn awaiting_log(screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(
        "The sign-in worked. Sign-ins appear in the logs some minutes late; it is looked for there now."
            .to_owned(),
    ));
    screen.work = Some(Work::endless("waiting for the sign-in to appear in the logs"));
    screen.choices.push(Choice::back("Stop waiting; look again later", Msg::Back));
}

/// What the name is for.
const KEPT: &str =
    "The record keeps the name of the person who signs in as the account, whatever the outcome.";

fn chosen(desk: &Desk, slot: Slot, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(KEPT.to_owned()));
    screen.prose.push(Block::Text("Who signs in?".to_owned()));
    who::among(screen, names(desk, slot), Msg::Tester, Msg::Other);
    screen.choices.push(Choice::back("Back", Msg::Back));
}

fn typed(problem: Option<&str>, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(KEPT.to_owned()));
    let question = who::question("Who tested (name and role)", Msg::Tester);
    screen.question = Some(question.refused(problem.map(str::to_owned)));
    screen.choices.push(Choice::back("Back", Msg::Back));
}

/// The names to choose from, whoever tests most likely before all others.
pub(super) fn names(desk: &Desk, slot: Slot) -> Vec<String> {
    who::known_after(desk, &tester(desk, slot))
}

/// Who tested last, or whom the plan names for the test of this account.
fn tester(desk: &Desk, slot: Slot) -> String {
    if !desk.tester.is_empty() {
        return desk.tester.clone();
    }
    let planned = desk.plan().attestation(&CheckId::TestSignIn.of(slot), desk.case().tenant());
    planned.map(|word| word.person.clone()).unwrap_or_default()
}

fn announced(desk: &Desk, slot: Slot, screen: &mut Screen<Msg>) {
    match desk.is_by_hand() {
        true => screen.prose.push(Block::Text(format!(
            "Sign in as {} in a private window, with what lies in the safe; Show me how tells each click. A test that \
             failed is kept too.",
            desk.world.upn(slot)
        ))),
        false => through_here(desk, slot, screen),
    }
    let by_hand = |key, label, how| Choice::writes(key, label, Msg::MadeByHand(how));
    screen.choices.push(by_hand('y', "I tested it by hand; it worked", ByHand::Passed));
    screen.choices.push(by_hand('f', "I tested it by hand; it failed", ByHand::Failed));
    screen.choices.push(Choice::back("Back", Msg::Back));
}

fn through_here(desk: &Desk, slot: Slot, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(format!(
        "Sign in as {} with the password from its slip and its key. The sign-in asks for a short-lived token, looks at \
         the account's roles and the tenant's name, and forgets the token.",
        desk.world.upn(slot)
    )));
    screen.prose.push(Block::Heading("What will be written".to_owned()));
    let revoke = Action::RevokeSessions { slot, id: desk.world.account_id(slot) };
    let parts = restricted_unit::parts(desk.facts(), &revoke);
    screen.prose.push(Block::List(parts.iter().map(|part| part.sentence() + ", afterwards").collect()));
    screen.choices.push(Choice::writes('w', "Begin the test", Msg::Begin));
}
