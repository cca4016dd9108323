//! Deciding: which option, who takes it, and why. What was decided stands; nothing is taken back in an exercise either.

use crate::domain::exercise::clock::{MINUTE, told};
use crate::domain::exercise::play::DecisionState;
use crate::domain::exercise::scenario::Decision;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::tabletop::framed::framed;
use crate::journeys::tabletop::{Act, At, Chosen, Msg, View};
use crate::journeys::tasks::who::Typing;

/// What has to be decided, and what was.
pub(super) fn decisions(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "Decisions");
    let play = &view.table.play;
    let known = view.table.scenario.decisions.iter();
    let put: Vec<&Decision> = known.filter(|one| play.decision(one) != DecisionState::NotYet).collect();
    if put.is_empty() {
        screen.prose.push(Block::Text("Nothing has to be decided yet.".to_owned()));
    }
    let taken = put.iter().filter_map(|one| Some((*one, play.decided.get(&one.id)?)));
    for (decision, taken) in taken {
        let option = decision.option(&taken.option).map_or("", |option| &option.text);
        let because = if taken.rationale.is_empty() { "no reason was given" } else { &taken.rationale };
        screen.prose.push(Block::Heading(decision.question.clone()));
        screen.prose.push(Block::Text(format!(
            "{} at {}: {option} ({because})",
            taken.owner,
            told(taken.at)
        )));
    }
    let open = put.iter().filter(|one| !play.decided.contains_key(&one.id));
    screen.choices = ('1'..='9')
        .zip(open)
        .map(|(key, one)| Choice::safe(key, one.question.clone(), Msg::To(At::Options(one.id.clone()))))
        .collect();
    if !screen.choices.is_empty() {
        let what = "Choose what is decided now; its options, who decides and why come next.";
        screen.prose.insert(0, Block::Text(what.to_owned()));
    }
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// The options of one of them.
pub(super) fn options(view: &View<'_>, id: &str) -> Screen<Msg> {
    let mut screen = framed(view, "Decide");
    if let Some(decision) = view.table.scenario.decision(id) {
        let play = &view.table.play;
        screen.prose.push(Block::Text(decision.question.clone()));
        if let DecisionState::Open(since) = play.decision(decision) {
            let until = since.saturating_add(decision.within.saturating_mul(MINUTE));
            let owner = play.person(view.table.scenario, &decision.owner);
            let away =
                if play.away.contains(&decision.owner) { " is away; a deputy decides" } else { " decides" };
            screen.prose.push(Block::Text(format!("{owner}{away}, until {}.", told(until))));
        }
        let choice = |(key, option): (char, &crate::domain::exercise::scenario::Choice)| {
            let to = At::Owner { decision: id.to_owned(), option: option.id.clone(), typing: Typing::No };
            Choice::safe(key, option.text.clone(), Msg::To(to))
        };
        screen.choices = ('1'..='9').zip(&decision.options).map(choice).collect();
    }
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// Who decides: whoever plays, but nobody who is away.
pub(super) fn owner(view: &View<'_>, chosen: Chosen<'_>, typing: Typing) -> Screen<Msg> {
    let mut screen = framed(view, "Who decides?");
    screen.prose.extend(said(view, chosen));
    match typing {
        Typing::Yes => screen.question = Some(Question::text("Who decides (name)", Msg::Typed)),
        Typing::No => {
            let names = ('1'..='8').zip(names(view, chosen));
            screen.choices = names
                .map(|(key, name)| Choice::safe(key, name.clone(), Msg::To(because(chosen, name))))
                .collect();
            let other = At::Owner {
                decision: chosen.decision.to_owned(),
                option: chosen.option.to_owned(),
                typing: Typing::Yes,
            };
            screen.choices.push(Choice::safe('o', "Somebody else", Msg::To(other)));
        }
    }
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// The next question: why.
pub(super) fn because(chosen: Chosen<'_>, owner: String) -> At {
    At::Rationale { decision: chosen.decision.to_owned(), option: chosen.option.to_owned(), owner }
}

/// The people of this exercise who are here, the one whose decision it is first.
fn names(view: &View<'_>, chosen: Chosen<'_>) -> Vec<String> {
    let (play, scenario) = (&view.table.play, view.table.scenario);
    let owner = scenario.decision(chosen.decision).map_or("", |decision| &decision.owner);
    let others = scenario.roles.iter().map(|role| role.id.as_str()).filter(|role| *role != owner);
    let here =
        [owner].into_iter().chain(others).filter(|role| !role.is_empty() && !play.away.contains(*role));
    let facilitator = play.opened.iter().filter(|_| play.is_solo()).map(|opened| opened.facilitator.clone());
    let mut names: Vec<String> = facilitator.collect();
    for name in here.map(|role| play.person(scenario, role)) {
        if !names.iter().any(|known| known == name) && !play.is_solo() {
            names.push(name.to_owned());
        }
    }
    names
}

/// Why: a reason may be left out, and is missed then.
pub(super) fn rationale(view: &View<'_>, chosen: Chosen<'_>, owner: &str) -> Screen<Msg> {
    let mut screen = framed(view, "Why?");
    screen.prose.extend(said(view, chosen));
    screen.prose.push(Block::Text(format!("{owner} decides.")));
    screen.question = Some(Question::text("Why, in one sentence (Enter for no reason)", Msg::Typed));
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

fn said(view: &View<'_>, chosen: Chosen<'_>) -> Vec<Block> {
    let decision = view.table.scenario.decision(chosen.decision);
    let option = decision.and_then(|decision| decision.option(chosen.option));
    let texts = decision.map(|it| it.question.clone()).into_iter().chain(option.map(|it| it.text.clone()));
    texts.map(Block::Text).collect()
}

/// The decision that what was typed makes.
pub(super) fn decided(chosen: Chosen<'_>, owner: &str, rationale: &str) -> Act {
    Act::Decide {
        decision: chosen.decision.to_owned(),
        option: chosen.option.to_owned(),
        owner: owner.to_owned(),
        rationale: rationale.to_owned(),
    }
}
