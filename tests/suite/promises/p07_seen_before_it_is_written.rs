//! Promise 7: nothing is written that was not seen first. No choice writes that does not say so, every ticked write shows
//! its call, a dry run writes none, and at a live tenant a person types its name first or a run is told it twice.

use std::collections::BTreeSet;

use breakglass::domain::check::repair::{Before, RepairCase, Repairing};
use breakglass::domain::facts::{Account, Accounts, InSlot, Reading};
use breakglass::domain::secret::SecretId;
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::Action;
use breakglass::journeys::effect::{PaperEffect, VaultEffect};
use breakglass::journeys::guards::tenant_name::{self, Gate};
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Weight;
use breakglass::journeys::tasks::{board, consent};
use breakglass::journeys::{Effect, Msg, Question, screen, update};
use breakglass::rehearsal::TENANT_ID;

use crate::support::model::{
    action, answered, at_repair, board, consented, is_at_board, model, model_at, place, refused,
};
use crate::support::plain;
use crate::support::served::Served;
use crate::support::{Home, Person, choice, words};

fn live(seed: &str) -> Served {
    let served = Served::new(seed, Vec::new());
    served.mark_live();
    served
}

/// The setup with a plan whose people speak today.
fn with_words_of_today(served: &Served) -> std::process::Command {
    let command = served.setup();
    let today = jiff::Zoned::now().date();
    served.home.plan_with(&[("date = \"2026-11-02\"", &format!("date = \"{today}\""))]);
    command
}

#[test]
fn nothing_is_written_to_a_live_tenant_before_its_name_was_typed() {
    let served = live("p1");
    let mut command = served.home.breakglass();
    command.arg("--plain").args(served.options()).arg("--plan").arg(served.home.plan());
    let mut person = Person::at(command);
    let wishes =
        ["Set up the accounts", "Go on to the plan", "The plan stands", "Not now", "Write ", "Do it for me"];
    let intends = |served: &Served| served.home.journal().iter().any(|l| l["entry"]["entry"] == "intends");
    let mut wrong = 0;
    for _ in 0..30 {
        let shown = person.next_question().expect("it goes on");
        let shown = &shown[shown.rfind("\nbreakglass  ").unwrap_or_default()..];
        if shown.ends_with("Name of the tenant: ") {
            assert!(shown.contains("Fabrikam Rehearsal") && !intends(&served), "{shown}");
            assert!(wrong != 1 || shown.contains("That is not the name"), "{shown}");
            wrong += 1;
            person.type_line(["contoso", "/none", "fabrikam rehearsal"][(wrong - 1).min(2)]);
            if wrong == 3 {
                break;
            }
            continue;
        }
        let next = wishes.iter().find_map(|words| choice(shown, words));
        let line = next.unwrap_or_else(|| panic!("no way on from:\n{shown}"));
        person.type_line(&line);
    }
    assert_eq!(wrong, 3, "the name was never asked for");
    person.next_question();
    assert!(intends(&served), "the right name did not let it write");
    person.leave();
}

/// Every message a person can send from the present screen, with its weight.
fn offers(model: &Model) -> Vec<(Msg, Weight)> {
    let shown = screen(model);
    let safe = |msg| (msg, Weight::Safe);
    let mut offers: Vec<(Msg, Weight)> = shown.choices.iter().map(|c| (c.msg.clone(), c.weight)).collect();
    match shown.question {
        Some(Question::Text { answer, .. }) => offers.push(safe(answer.with("text".to_owned()))),
        Some(Question::Consent(lines)) => {
            offers.extend(lines.into_iter().take(1).flat_map(|line| [line.toggle, line.show]).map(safe));
        }
        Some(Question::Secret { entered, .. }) => offers.push(safe(entered.with(SecretId(1)))),
        Some(Question::SecretLine { .. } | Question::CopyByHand { .. }) | None => {}
    }
    offers
}

/// Under repair, with everything on the screen that the case can offer.
fn under_repair(case: RepairCase) -> Model {
    let mut model = model();
    let account = |slot: Slot| InSlot { slot, account: account(slot.key()) };
    let in_slots = [Slot::FIRST, Slot::new(1)].map(account).to_vec();
    model.desk.world.facts_mut().accounts = Reading::Read(Accounts { in_slots, ..Accounts::default() });
    let (before, key) = (Some(Before::default()), Some(0));
    at_repair(&mut model, Repairing { case, slot: Slot::FIRST, key, since: 1, tests: 0, before });
    model
}

fn account(id: &str) -> Account {
    Account::as_set_up(id, &format!("{id}@contoso.onmicrosoft.com"), id)
}

fn writes(effect: &Effect) -> bool {
    effect.as_write().is_some()
        || matches!(
            effect,
            Effect::Vault(VaultEffect::Make(..)) | Effect::Paper(PaperEffect::PrintSlip { .. })
        )
}

#[test]
fn a_choice_that_is_not_marked_never_writes() {
    let mut worlds: Vec<Model> = (1..=9).map(model_at).collect();
    worlds.extend(RepairCase::ALL.map(under_repair));
    let mut seen: Vec<_> = worlds.iter().map(place).collect();
    let mut looked_at = 0;
    while let Some(world) = worlds.pop() {
        looked_at += 1;
        for (msg, weight) in offers(&world) {
            let mut next = world.clone();
            let effects = update(&mut next, msg.clone());
            let writes = effects.iter().any(writes);
            assert!(!writes || weight == Weight::Writes, "{msg:?} writes without saying so: {effects:?}");
            let place = place(&next);
            if weight == Weight::Safe && !seen.contains(&place) && looked_at < 2_000 {
                seen.push(place);
                worlds.push(next);
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} screens were reached");
}

#[test]
fn in_a_live_tenant_the_first_write_waits_and_going_back_drops_it() {
    let mut model = model_at(5);
    model.guards.gate = Gate::AwaitsName;
    assert_eq!(consented(&mut model), Vec::new());
    let another = answered(&model, "Fabrikam");
    assert_eq!(update(&mut model, another), Vec::new());
    assert!(refused(&model).is_some());
    assert_eq!(update(&mut model, Msg::TenantName(tenant_name::Msg::Back)), Vec::new());
    assert!(is_at_board(&model), "{:?}", model.stack);
    consented(&mut model);
    let this = answered(&model, " contoso ");
    let written = update(&mut model, this);
    assert!(matches!(action(&written), Some(Action::ExcludeGroup { .. })), "{written:?}");
}

#[test]
fn one_choice_shows_the_call_of_every_ticked_write() {
    let mut model = model();
    update(&mut model, board(board::Msg::DoForMe));
    update(&mut model, Msg::Consent(consent::Msg::ShowCalls));
    let calls = |model: &Model| match screen(model).question {
        Some(Question::Consent(lines)) => lines.iter().filter(|line| !line.call.is_empty()).count(),
        _ => 0,
    };
    assert!(calls(&model) > 0);
    update(&mut model, Msg::Consent(consent::Msg::Toggle(0)));
    update(&mut model, Msg::Consent(consent::Msg::ShowCalls));
    assert_eq!(calls(&model), 0, "hidden again");
}

#[test]
fn a_dry_run_shows_everything_and_changes_nothing() {
    let home = Home::new();
    let output = home.setup("fresh").arg("--dry-run").output().expect("it runs");
    let shown = words(&output);
    for text in [
        "Create user harbor.lantern@",
        "<id of the First account>",
        "\"password\": \"***\"",
        "Nothing was written",
    ] {
        assert!(shown.contains(text), "the dry run does not show {text}");
    }
    let foreign: String = shown.chars().filter(|c| "•‹›…".contains(*c)).collect();
    assert_eq!(foreign, "", "an unattended run prints signs that a terminal may not have");
    assert!(home.journal().is_empty(), "a dry run wrote into the record");
    let names = home.tenant()["users"].to_string();
    assert!(!names.contains("harbor.lantern"), "a dry run wrote into the tenant");
}

#[test]
fn where_nobody_is_there_nothing_is_taken_away_that_somebody_else_has_put_there() {
    let member = Action::RemoveMember { group: "g".to_owned(), id: "i".to_owned(), name: "Sam".to_owned() };
    let owner = Action::RemoveOwner { group: "g".to_owned(), id: "i".to_owned(), name: "Sam".to_owned() };
    let mut list = consent::Consent {
        underived: BTreeSet::new(),
        subject: breakglass::steps::Subject::Step(breakglass::steps::StepId::CONDITIONAL_ACCESS),
        actions: vec![member, Action::DisableSecurityDefaults, owner],
        unticked: BTreeSet::new(),
        shown: BTreeSet::new(),
    };
    let mut desk = model().desk;
    for place in [0, 2] {
        assert_eq!(list.answer(&desk), consent::Msg::Toggle(place));
        list.on(&mut desk, consent::Msg::Toggle(place));
    }
    assert_eq!(list.answer(&desk), consent::Msg::Write);
    assert_eq!(list.unticked, BTreeSet::from([0, 2]));
}

#[test]
fn people_whom_others_have_put_there_are_ticked_by_nobody_but_a_person() {
    let mut model = model();
    let groups = model.desk.world.facts_mut().group.get_mut().expect("a group");
    let group = groups.found.as_mut().expect("the group of the plan");
    group.members = vec![("i".to_owned(), "northwind.lamp".to_owned())];
    let id = group.id.clone();
    model.desk.world.plan_mut().group.adopt = Some(id);
    let step = breakglass::steps::Subject::Step(breakglass::steps::StepId::CONDITIONAL_ACCESS);
    let list = consent::Consent::begin(&model.desk, step);
    let removal = list.actions.iter().position(|action| matches!(action, Action::RemoveMember { .. }));
    let removal = removal.unwrap_or_else(|| panic!("{:?}", list.actions));
    assert!(list.unticked.contains(&removal), "{:?}", list.unticked);
    let told = format!("{:?}", list.screen(&model.desk).prose);
    assert!(told.contains("another's emergency account"), "{told}");
    assert!(!matches!(list.answer(&model.desk), consent::Msg::Toggle(_)), "it is left out already");
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[test]
    fn unattended_needs_the_tenant_spelled_out_twice() {
        let served = live("p1");
        for more in [vec![], vec!["--yes-write-to", "11111111-2222-4333-8444-555555555555"]] {
            let output = served.setup().args(more).output().expect("it runs");
            assert_eq!(output.status.code(), Some(64), "{}", words(&output));
            assert!(words(&output).contains(&format!("--yes-write-to {TENANT_ID}")), "{}", words(&output));
            assert!(served.home.journal().is_empty(), "it began all the same");
        }
        let output = served.setup().arg("--dry-run").output().expect("it runs");
        assert_ne!(output.status.code(), Some(64), "a dry run writes nothing: {}", words(&output));
        let output = served.setup().arg("--yes-write-to").arg(TENANT_ID).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{}", words(&output));
        for line in served.home.journal().iter().filter(|line| line["entry"]["entry"] == "tested") {
            assert!(
                line["entry"]["person"].as_str().is_some_and(|name| !name.contains("simulated")),
                "{line}"
            );
        }
    }

    #[test]
    fn unattended_a_live_setup_waits_for_words_that_are_newer_than_its_paper() {
        let served = live("p1");
        let run = |mut command: std::process::Command| {
            let output = command.args(["--yes-write-to", TENANT_ID]).output().expect("it runs");
            let json: serde_json::Value =
                serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", words(&output)));
            let open = json["open"].as_array().expect("open").iter();
            let open: BTreeSet<String> =
                open.filter_map(|finding| finding["check"].as_str()).map(str::to_owned).collect();
            (output.status.code(), open)
        };
        let on_paper = [
            "alerts.notification",
            "paper.document",
            "paper.printed",
            "paper.procedure",
            "paper.safe",
            "paper.sealed",
        ];
        let waiting: BTreeSet<String> = on_paper.into_iter().map(str::to_owned).collect();
        assert_eq!(run(served.setup()), (Some(2), waiting.clone()), "said before there was anything to see");
        assert_eq!(run(served.setup()), (Some(2), waiting), "and once more");
        assert_eq!(run(with_words_of_today(&served)), (Some(0), BTreeSet::new()));
        let lines = served.home.journal();
        assert!(!lines.iter().any(|line| line["entry"]["voice"] == "simulated"), "{lines:#?}");
    }

    #[test]
    fn a_whole_setup_of_a_live_tenant_asks_for_the_name_once() {
        let served = live("p1");
        let mut command = served.home.breakglass();
        command.arg("--plain").args(served.options());
        let (screens, seen) = plain::walk(command);
        assert_eq!(screens.matches("Before the first write").count(), 1, "{screens}");
        assert!(plain::point(&seen, "1. There are at least two").contains("done"), "{screens}");
        assert!(screens.contains("LIVE"));
    }
}
