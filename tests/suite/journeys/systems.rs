//! A secret that a secret management system keeps: both commands are seen before they are run, it counts only when it came
//! back, and whatever a command does, nothing is lost.

use breakglass::domain::check::finding::Verdict;
use breakglass::domain::paper::page::Page;
use breakglass::domain::plan::{Accepted, Errand};
use breakglass::domain::record::{Checked, Entry, SlipState};
use breakglass::domain::secret::SecretId;
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::effect::{Brought, PaperEffect};
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Weight;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::slip::{self, MakeSlip, State};
use breakglass::journeys::unattended::Answer;
use breakglass::journeys::{Effect, Msg, answer, screen, update};
use breakglass::paper;
use breakglass::steps::STEPS;
use jiff::Timestamp;

use crate::domain::plan_systems::with_system;
use crate::support::model::{chosen, found, model_at, reading, slip, tell, write};

fn say(model: &mut Model, msg: slip::Msg) -> Vec<Effect> {
    update(model, Msg::Slip(msg))
}

fn announced() -> Model {
    let mut model = model_at(8);
    *model.desk.world.plan_mut() = with_system();
    model.stack.push(Layer::Slip(Box::new(MakeSlip::of_password(&model.desk, Slot::FIRST))));
    model
}

/// The errand that the world is asked to run; what it ended with is told.
fn ran(model: &mut Model, effects: &[Effect], result: Result<(), Trouble>) -> (Errand, Vec<Effect>) {
    let run = effects.iter().find_map(|effect| match effect {
        Effect::Paper(PaperEffect::Run { errand, tell, .. }) => Some((errand.clone(), tell.clone())),
        _ => None,
    });
    let (errand, tell) = run.unwrap_or_else(|| panic!("nothing is run: {effects:?}"));
    let effects = update(model, tell.with(result));
    remembered(model, &effects);
    (errand, effects)
}

fn remembered(model: &mut Model, effects: &[Effect]) {
    for entry in effects.iter().filter_map(Effect::as_entry) {
        update(model, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(entry.clone())));
    }
}

/// From the announcement to the first command that gets the secret.
fn storing() -> (Model, Vec<Effect>) {
    let mut model = announced();
    let effects = say(&mut model, slip::Msg::Make);
    let (errand, effects) = ran(&mut model, &effects, Ok(()));
    assert!(matches!(errand, Errand::Find(_)), "{errand:?}");
    assert!(
        effects.iter().all(|effect| effect.as_write().is_none()),
        "nothing is set before there is a secret"
    );
    let effects = say(&mut model, slip::Msg::Made(Ok(SecretId(1))));
    remembered(&mut model, &effects);
    let set = effects.iter().find_map(Effect::as_write).expect("the password is set").clone();
    let mut effects = tell(&mut model, &set, Ok(Brought::default()));
    while let Some(read) = reading(&effects).cloned() {
        effects = found(&mut model, &read, Vec::new());
    }
    (model, effects)
}

#[test]
fn both_commands_and_what_they_depend_on_are_seen_before() {
    let model = announced();
    let shown = screen(&model);
    let words = format!("{:?}", shown.prose);
    for part in [
        "vault kv put -mount=secret breakglass/first-password value=-",
        "vault kv get -mount=secret -field=value breakglass/first-password",
        "system V, Sample vault",
        "locked out together with everybody",
        "Nobody has vouched yet",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let make = shown.choices.iter().find(|c| c.msg == Msg::Slip(slip::Msg::Make)).expect("a choice");
    assert_eq!(make.weight, Weight::Writes);
    assert!(!words.contains("Route to paper"), "{words}");
}

#[test]
fn a_program_that_is_not_there_is_told_before_anything_has_changed() {
    let mut model = announced();
    let effects = say(&mut model, slip::Msg::Make);
    let missing =
        Trouble::new("The program vault is not on this computer.", "It is in no folder.", "Install it.");
    let (_, effects) = ran(&mut model, &effects, Err(missing));
    assert_eq!(effects, []);
    assert_eq!(slip(&model).state, State::Announced);
    assert!(matches!(answer(&model), Answer::Say(Msg::Slip(slip::Msg::Skip))));
    let words = format!("{:?}", screen(&model).prose);
    assert!(!words.contains("typed back") && !words.contains("No slip is printed"), "{words}");
    let paper = chosen(&model, "Put it on paper instead");
    update(&mut model, paper);
    let mut back = model.clone();
    say(&mut back, slip::Msg::Back);
    assert!(slip(&back).system.is_some(), "nothing was chosen yet");
    say(&mut model, slip::Msg::ChooseRoute(breakglass::domain::plan::Route::ByHand));
    let words = format!("{:?}", screen(&model).prose);
    assert!(words.contains("Route to paper") && !words.contains("vault kv"), "{words}");
    assert!(
        !say(&mut model, slip::Msg::Make).iter().any(|e| matches!(e, Effect::Paper(PaperEffect::Run { .. })))
    );
}

#[test]
fn it_counts_when_it_came_back_and_every_page_names_the_system() {
    let (mut model, effects) = storing();
    let (errand, effects) = ran(&mut model, &effects, Ok(()));
    assert!(matches!(errand, Errand::Store(_)), "{errand:?}");
    assert!(model.desk.evidence().slips[&1].state == SlipState::Made, "it was put there and not yet fetched");
    let (errand, effects) = ran(&mut model, &effects, Ok(()));
    assert!(matches!(errand, Errand::Compare(_)), "{errand:?}");
    let made = &model.desk.evidence().slips[&1];
    assert_eq!((made.state, made.checked), (SlipState::Confirmed, Some(Checked::ReadFromSystem)));
    assert_eq!(made.route, "system V");
    tell(
        &mut model,
        write(&effects.into_iter().filter(|e| e.as_write().is_some()).collect::<Vec<_>>()),
        Ok(Brought::default()),
    );
    assert!(
        model.desk.done.as_ref().is_some_and(|done| done.words.contains("there is no paper of it")),
        "{:?}",
        model.desk.done
    );
    let case = model.desk.case();
    let finding = |id: &str| {
        STEPS[8]
            .checks(&case)
            .into_iter()
            .find(|f| f.subject().as_str() == id)
            .unwrap_or_else(|| panic!("no {id}"))
    };
    assert!(finding("paper.safe:first").passed(), "{:?}", finding("paper.safe:first"));
    for (name, sheet) in [
        ("document", paper::page(&case, "REHEARSAL", &Page::Document)),
        ("procedure", paper::page(&case, "REHEARSAL", &Page::Procedure)),
    ] {
        let text = paper::text(&sheet, paper::Ink::Masked).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("system V, Sample vault"), "{name}: {text}");
        assert!(!text.contains("slip 1,"), "there is no such paper: {text}");
    }
    let labels =
        paper::text(&paper::page(&case, "REHEARSAL", &Page::Envelope), paper::Ink::Masked).to_string();
    assert!(
        !labels.contains("First account: password") && labels.contains("First account: Lantern key 1"),
        "{labels}"
    );
}

#[test]
fn whatever_a_command_does_nothing_is_lost() {
    for at in 0..2 {
        let (mut model, mut effects) = storing();
        for _ in 0..at {
            (_, effects) = ran(&mut model, &effects, Ok(()));
        }
        let failed = Trouble::new("vault did not do it.", "It ended with 2.", "Run both again.");
        let (_, effects) = ran(&mut model, &effects, Err(failed.clone()));
        assert_eq!((slip(&model).state.clone(), effects), (State::NotStored, Vec::new()));
        assert_eq!(screen(&model).trouble, Some(failed));
        assert!(matches!(answer(&model), Answer::Say(Msg::Slip(slip::Msg::Back))), "nobody runs it for ever");
        let mut again = model.clone();
        let msg = chosen(&again, "Run both commands again");
        let effects = update(&mut again, msg);
        assert!(matches!(ran(&mut again, &effects, Ok(())).0, Errand::Store(_)));
        let msg = chosen(&model, "Put it on paper instead");
        update(&mut model, msg);
        let effects = say(&mut model, slip::Msg::ChooseRoute(breakglass::domain::plan::Route::ByHand));
        assert!(!effects.iter().any(|e| matches!(e, Effect::Paper(PaperEffect::Run { .. }))), "{effects:?}");
        assert_eq!(slip(&model).state, State::Copying);
    }
}

#[test]
fn a_system_that_may_hang_on_this_tenant_is_a_finding_until_somebody_vouches_or_the_plan_accepts_it() {
    let mut model = announced();
    let verdict = |model: &Model| {
        let findings = STEPS[7].checks(&model.desk.case());
        findings.into_iter().find(|f| f.subject().as_str() == "paper.system").map(|f| f.verdict)
    };
    assert_eq!(verdict(&model), Some(Verdict::NeedsPerson));
    let mut accepted = model.clone();
    let until = Some(accepted.desk.world.today());
    let (check, person) = ("paper.system".into(), Some("Sample Person".to_owned()));
    let reason = "The other account lies in safes.".to_owned();
    let line = Accepted { check, reason, tenant: None, person, approver: None, until };
    accepted.desk.world.plan_mut().accepts.push(line);
    let case = accepted.desk.case();
    let finding = STEPS[7].checks(&case).into_iter().find(|f| f.subject().as_str() == "paper.system");
    assert!(case.accepted(&finding.expect("a finding")).is_some(), "it is accepted by name");
    let day = model.desk.world.today();
    let word: Entry = crate::support::sample::a_word("paper.system:V", day);
    update(&mut model, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(word)));
    assert_eq!(verdict(&model), Some(Verdict::Pass));
    model.desk.world.plan_mut().systems[0].place = "Another vault".to_owned();
    model.desk.world.plan_mut().accounts[0].safe = "A1".to_owned();
    model.desk.world.plan_mut().accounts[0].pin_safe = Some("A1".to_owned());
    assert_eq!(verdict(&model), None, "nothing is kept there any more");
}
