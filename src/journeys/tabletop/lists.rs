//! The lists behind the console: injects, what was done, cards, notes, hints and the timeline.

use crate::domain::exercise::clock::told;
use crate::domain::exercise::event::Mark;
use crate::domain::exercise::play::{DecisionState, InjectState, MilestoneState};
use crate::domain::exercise::scenario::{Expected, Inject};
use crate::guide;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::tabletop::acts::MARKS;
use crate::journeys::tabletop::framed::framed;
use crate::journeys::tabletop::{Act, At, Msg, Readers, Table, View};

/// Every inject, each to be looked into.
pub(super) fn injects(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "Injects");
    let line = |inject: &Inject| {
        Choice::listed(inject.title.clone(), state(view, inject), Msg::To(At::Inject(inject.id.clone())))
    };
    screen.choices = view.table.scenario.injects.iter().map(line).collect();
    back_only(listed(screen))
}

fn state(view: &View<'_>, inject: &Inject) -> String {
    match view.table.play.inject(inject) {
        InjectState::Sent(at) => format!("sent at {}", told(at)),
        InjectState::At(at) => match inject.when.die {
            Some(from) => format!("at {}, if the die shows {from} or more", told(at)),
            None => format!("at {}", told(at)),
        },
        InjectState::Waits => waits_for(view, inject),
        InjectState::HeldUp(channel) => format!("held up: {} is gone; you may send it", channel.word()),
        InjectState::ByHand => "when you want it".to_owned(),
        InjectState::Spared(shows) => format!("the die showed {shows}, not sent"),
        InjectState::Withheld => "kept back".to_owned(),
        InjectState::Needless => "not needed any more".to_owned(),
    }
}

fn waits_for(view: &View<'_>, inject: &Inject) -> String {
    let (scenario, when) = (view.table.scenario, &inject.when);
    let milestone = when.milestone.as_ref().and_then(|id| scenario.milestone(id)).map(|it| &it.title);
    let decision = when.decision.as_ref().and_then(|id| scenario.decision(id)).map(|it| &it.question);
    match milestone.or(decision) {
        Some(title) => format!("waits for: {title}"),
        None => "waits".to_owned(),
    }
}

/// One inject, with what good players do and what the evaluator looks for.
pub(super) fn inject(view: &View<'_>, id: &str) -> Screen<Msg> {
    let mut screen = framed(view, "Inject");
    let Some(inject) = view.table.scenario.inject(id) else { return back_only(screen) };
    screen.prose.push(Block::Heading(inject.title.clone()));
    screen.prose.push(Block::Pairs(vec![
        ("when".to_owned(), state(view, inject)),
        ("to".to_owned(), to(view, inject)),
        ("by".to_owned(), inject.by.word().to_owned()),
    ]));
    screen.prose.extend(message(inject));
    let broken = view.table.play.broke.get(&inject.id);
    if let Some(broken) = broken {
        let told = broken.trouble.clone().unwrap_or_else(|| broken.did.join(" "));
        screen.prose.push(Block::Text(format!("On the tenant: {told}")));
    }
    if !inject.expected.is_empty() {
        screen.prose.push(Block::Heading("Good players".to_owned()));
        screen.prose.push(Block::List(inject.expected.iter().map(|one| one.text.clone()).collect()));
    }
    if !inject.notes.is_empty() {
        screen.prose.push(Block::Heading("For you alone".to_owned()));
        screen.prose.push(Block::List(inject.notes.clone()));
    }
    let send = Choice::safe('s', "Send it now", Msg::Act(Act::Send { inject: inject.id.clone() }));
    let keep = Choice::safe('x', "Keep it back", Msg::Act(Act::Withhold { inject: inject.id.clone() }));
    match view.table.play.inject(inject) {
        InjectState::Sent(_) => {}
        InjectState::Withheld | InjectState::Needless | InjectState::Spared(_) | InjectState::ByHand => {
            screen.choices.push(send);
        }
        InjectState::At(_) | InjectState::Waits | InjectState::HeldUp(_) => {
            screen.choices.extend([send, keep]);
        }
    }
    back_only(screen)
}

/// A list begins at its first line.
fn listed(mut screen: Screen<Msg>) -> Screen<Msg> {
    screen.suggested = (!screen.choices.is_empty()).then_some(Choice::<Msg>::LISTED);
    screen
}

fn back_only(mut screen: Screen<Msg>) -> Screen<Msg> {
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// Who gets an inject.
pub(super) fn to(view: &View<'_>, inject: &Inject) -> String {
    let (play, scenario) = (&view.table.play, view.table.scenario);
    let people: Vec<&str> = inject.to.iter().map(|role| play.person(scenario, role)).collect();
    if people.is_empty() { "everybody".to_owned() } else { people.join(", ") }
}

/// What an inject says and shows.
pub(super) fn message(inject: &Inject) -> Vec<Block> {
    let mut blocks: Vec<Block> = inject.text.iter().cloned().map(Block::Text).collect();
    if let Some(artefact) = &inject.artefact {
        blocks.push(Block::Heading(artefact.title.clone()));
        blocks.push(Block::Verbatim(artefact.lines.clone()));
    }
    blocks
}

/// Expected actions that came up, with those nobody has marked first.
fn came_up<'a>(table: &Table<'a>) -> Vec<(&'a Inject, &'a Expected)> {
    let all = table.scenario.expected().filter(|(inject, _)| table.play.sent.contains_key(&inject.id));
    let mut all: Vec<_> = all.filter(|(_, one)| one.card.is_none()).collect();
    all.sort_by_key(|(inject, one)| table.play.marked.contains_key(&(inject.id.clone(), one.id.clone())));
    all
}

/// How many expected actions came up and were not marked.
pub(super) fn unmarked(table: &Table<'_>) -> usize {
    let is_marked = |(inject, one): &&(&Inject, &Expected)| {
        table.play.marked.contains_key(&(inject.id.clone(), one.id.clone()))
    };
    came_up(table).iter().filter(|one| !is_marked(one)).count()
}

/// What good players do, to be marked.
pub(super) fn expected(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "What was done");
    let all = came_up(view.table);
    if all.is_empty() {
        screen.prose.push(Block::Text(
            "Nothing came up yet that is for you to mark. What a check or a card shows is marked by itself."
                .to_owned(),
        ));
    }
    let line = |(inject, one): &(&Inject, &Expected)| {
        let marked = view.table.play.marked.get(&(inject.id.clone(), one.id.clone()));
        let value = marked.map_or("not marked", |marked| marked.mark.word());
        let to = At::Marking { inject: inject.id.clone(), action: one.id.clone() };
        Choice::listed(one.text.clone(), value, Msg::To(to))
    };
    screen.choices = all.iter().map(line).collect();
    back_only(listed(screen))
}

/// One of them.
pub(super) fn marking(view: &View<'_>, inject: &str, action: &str) -> Screen<Msg> {
    let mut screen = framed(view, "What was done");
    let known = view.table.scenario.inject(inject);
    let Some(one) = known.and_then(|it| it.expected.iter().find(|one| one.id == action)) else {
        return back_only(screen);
    };
    screen.prose.push(Block::Text(one.text.clone()));
    let marked = view.table.play.marked.get(&(inject.to_owned(), action.to_owned()));
    screen.prose.extend(marked.map(|marked| {
        let note = if marked.note.is_empty() { String::new() } else { format!(": {}", marked.note) };
        Block::Text(format!("Marked: {}{note}", marked.mark.word()))
    }));
    screen.choices = MARKS
        .into_iter()
        .map(|(key, mark)| Choice::safe(key, label(mark), mark_it(inject, action, mark)))
        .collect();
    let word = At::Word { inject: inject.to_owned(), action: action.to_owned() };
    screen.choices.push(Choice::safe('w', "With a word", Msg::To(word)).explained("it stands in the report"));
    back_only(screen)
}

/// A word of the evaluator about one of them.
pub(super) fn word(view: &View<'_>, inject: &str, action: &str) -> Screen<Msg> {
    let mut screen = framed(view, "What was done");
    let known = view.table.scenario.inject(inject);
    let one = known.and_then(|it| it.expected.iter().find(|one| one.id == action));
    screen.prose.extend(one.map(|one| Block::Text(one.text.clone())));
    screen.question = Some(Question::text("What you saw, in a sentence", Msg::Typed));
    back_only(screen)
}

fn label(mark: Mark) -> String {
    crate::domain::text::capitalized(mark.word())
}

fn mark_it(inject: &str, action: &str, mark: Mark) -> Msg {
    let (inject, action) = (inject.to_owned(), action.to_owned());
    Msg::Act(Act::Mark { inject, action, mark, note: String::new() })
}

/// The cards that there are.
pub(super) fn cards(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "Open a card");
    screen.prose.push(Block::Text(
        "An answer that stands on paper counts once the paper was opened: whoever holds it reads out the number on it."
            .to_owned(),
    ));
    let line = |card: &crate::domain::exercise::scenario::Card| {
        let value = match view.table.play.cards.get(&card.id) {
            Some(at) => format!("opened at {}", told(*at)),
            None => "closed".to_owned(),
        };
        Choice::listed(card.title.clone(), value, Msg::To(At::Card { card: card.id.clone(), problem: None }))
    };
    screen.choices = view.table.scenario.cards.iter().map(line).collect();
    let mut screen = listed(screen);
    let papers = Choice::safe('m', "Write the papers", Msg::Papers);
    screen.choices.push(papers.explained("the cards with their numbers"));
    back_only(screen)
}

/// What stands on one of them is typed; once it fits, it is shown.
pub(super) fn card(view: &View<'_>, id: &str, problem: Option<String>) -> Screen<Msg> {
    let mut screen = framed(view, "Open a card");
    let Some(card) = view.table.scenario.card(id) else { return back_only(screen) };
    screen.prose.push(Block::Heading(card.title.clone()));
    if view.table.play.cards.contains_key(id) {
        screen.prose.extend(card.says.iter().cloned().map(Block::Text));
    } else {
        let question = Question::text("The number on it, like 48217-X", Msg::Typed);
        screen.question = Some(question.refused(problem));
    }
    back_only(screen)
}

/// A note is written.
pub(super) fn note(view: &View<'_>, to: Readers) -> Screen<Msg> {
    let (title, prompt) = match to {
        Readers::Facilitator => ("Private note", "What you noticed; no player sees it"),
        Readers::Everybody => ("Note for everybody", "What everybody is to see"),
    };
    let mut screen = framed(view, title);
    screen.question = Some(Question::text(prompt, Msg::Typed));
    back_only(screen)
}

/// Everything that has happened, the newest first.
pub(super) fn timeline(view: &View<'_>) -> Screen<Msg> {
    use crate::domain::exercise::event::Event;
    let mut screen = framed(view, "Timeline");
    let is_shown = |event: &Event| match event {
        Event::Beat => false,
        Event::Noted { to: Readers::Facilitator, .. } | Event::Sent { .. } | Event::Spared { .. } => {
            !view.table.play.is_solo() || matches!(event, Event::Sent { .. })
        }
        _ => true,
    };
    let moments = view.table.journal.moments.iter().rev().filter(|moment| is_shown(&moment.what));
    let pairs = moments.map(|moment| (told(moment.at), guide::told(&moment.what, Some(view.table.scenario))));
    screen.prose.push(Block::Pairs(pairs.collect()));
    back_only(screen)
}

/// What hints there are, for what is open now; those that were given are said.
pub(super) fn hints(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "A hint");
    let hinted: Vec<Hinted<'_>> = hinted(view);
    for one in &hinted {
        let given = view.table.play.hints.get(&one.about).copied().unwrap_or_default();
        let given = one.hints.iter().take(usize::from(given));
        let given: Vec<String> = given.cloned().collect();
        if !given.is_empty() {
            screen.prose.push(Block::Heading(one.title.clone()));
            screen.prose.push(Block::List(given));
        }
    }
    let given = |one: &Hinted<'_>| view.table.play.hints.get(&one.about).copied().unwrap_or_default();
    let left = hinted.iter().filter(|one| usize::from(given(one)) < one.hints.len());
    let choices = ('1'..='9').zip(left);
    screen.choices = choices
        .map(|(key, one)| {
            let label = format!("A hint on: {}{}", one.title, which(given(one), one.hints.len()));
            Choice::safe(key, label, Msg::Act(Act::Hint { about: one.about.clone() }))
        })
        .collect();
    if screen.choices.is_empty() && screen.prose.is_empty() {
        screen.prose.push(Block::Text("There is nothing to hint at right now.".to_owned()));
    }
    back_only(screen)
}

/// Which hint comes next, where there are several about one thing.
fn which(given: u8, all: usize) -> String {
    if all > 1 { format!(" (hint {} of {all})", given + 1) } else { String::new() }
}

/// Something with hints.
struct Hinted<'a> {
    about: String,
    title: String,
    hints: &'a [String],
}

fn hinted<'a>(view: &View<'a>) -> Vec<Hinted<'a>> {
    let (scenario, play) = (view.table.scenario, &view.table.play);
    let is_open = |state| matches!(state, MilestoneState::Counts(_) | MilestoneState::Lost(_));
    let milestones = scenario.milestones.iter().filter(|one| is_open(play.milestone(one)));
    let milestones = milestones.map(|one| Hinted {
        about: format!("milestone:{}", one.id),
        title: one.title.clone(),
        hints: &one.hints,
    });
    let decisions =
        scenario.decisions.iter().filter(|one| matches!(play.decision(one), DecisionState::Open(_)));
    let decisions = decisions.map(|one| Hinted {
        about: format!("decision:{}", one.id),
        title: one.question.clone(),
        hints: &one.hints,
    });
    let actions = scenario.expected().filter(|(inject, _)| play.sent.contains_key(&inject.id));
    let actions = actions.map(|(inject, one)| Hinted {
        about: format!("action:{}/{}", inject.id, one.id),
        title: point(inject, &one.id),
        hints: &one.hints,
    });
    milestones.chain(decisions).chain(actions).filter(|one| !one.hints.is_empty()).collect()
}

/// An expected action as whoever asks for help may hear of it: numbered where its inject expects several, and never named, for
/// its text gives it away.
fn point(inject: &Inject, action: &str) -> String {
    let place = inject.expected.iter().position(|one| one.id == action).unwrap_or_default() + 1;
    match inject.expected.len() {
        0 | 1 => inject.title.clone(),
        all => format!("{}, point {place} of {all}", inject.title),
    }
}
