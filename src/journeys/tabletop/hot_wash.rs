//! After the play: the questions of the hot wash, how each objective went, what is to be better, and the end. An exercise
//! is complete once every question has an answer and every shortfall somebody who does something about it.

use crate::domain::check::finding::Verdict;
use crate::domain::exercise::closing;
use crate::domain::exercise::event::{Event, Improvement, Moment, Rating};
use crate::domain::exercise::held::{Held, Rated};
use crate::domain::exercise::rating::{self, ObjectiveRating};
use crate::domain::record::Entry;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, RecordEffect};
use crate::journeys::frame;
use crate::journeys::report::exercise;
use crate::journeys::screen::{Block, Choice, Leave, Question, Row, Screen};
use crate::journeys::tabletop::better::improvements_of;
use crate::journeys::tabletop::framed::framed;
use crate::journeys::tabletop::{Act, At, Msg, Table, Tabletop, View, table};
use crate::journeys::tasks::who;
use crate::journeys::turn::Turn;

impl Tabletop {
    /// Everything is said: what it came to stands in the organization's record, and then that it is complete in its own.
    pub(super) fn concluded(&mut self, desk: &Desk, person: String) -> Turn<Msg> {
        let Some(held) = held(desk) else { return Turn::stay() };
        let date = desk.world.today();
        let completed =
            Moment { at: self.clock.at(desk.session.now), what: Event::Completed { person, date } };
        let report = report(desk, Some(&completed));
        let moment = Effect::remember(Entry::Moment(completed));
        Turn::stay()
            .with([Effect::Record(RecordEffect::AtHome(Box::new(Entry::Exercised(held)))), moment])
            .with(report.map(|report| {
                Effect::Record(RecordEffect::WriteReport(Box::new(report), desk.plan().paper.size))
            }))
    }
}

/// What the organization's record keeps of it.
fn held(desk: &Desk) -> Option<Held> {
    let (table, seat) = (table(desk)?, desk.exercise.as_ref()?);
    let opened = table.play.opened.clone()?;
    let moments = &table.journal.moments;
    let rated = rating::rated(table.scenario, moments).into_iter().map(|one| Rated {
        text: table.scenario.objective(&one.objective).map(|it| it.text.clone()).unwrap_or_default(),
        objective: one.objective,
        rating: one.rating,
    });
    Some(Held {
        exercise: seat.name.clone(),
        scenario: table.scenario.id.clone(),
        title: table.scenario.title.clone(),
        date: desk.world.today(),
        players: opened.players,
        facilitator: opened.facilitator,
        seconds: table.play.ended.as_ref().map_or(table.play.at, |(at, _)| *at),
        ratings: rated.collect(),
        improvements: closing::improvements(table.scenario, moments),
    })
}

/// The report as it stands, with what is just being said as its end where that is.
pub fn report(desk: &Desk, completed: Option<&Moment>) -> Option<exercise::Report> {
    let (table, seat) = (table(desk)?, desk.exercise.as_ref()?);
    let moments: Vec<Moment> = table.journal.moments.iter().chain(completed).cloned().collect();
    let (tenant, sponsor) = (tenant(desk), desk.plan().upkeep.owner.as_str());
    Some(exercise::report(&exercise::Source {
        exercise: &seat.name,
        scenario: table.scenario,
        moments: &moments,
        tenant: &tenant,
        sponsor,
        head: desk.evidence().head.as_ref(),
    }))
}

/// The exit code of a run that is an exercise: 0 where it is complete and every objective was reached, 1 where one was not, 2
/// where somebody has to go on with it; `None` where the run is none.
pub fn exit_code(desk: &Desk) -> Option<u8> {
    let table = table(desk)?;
    let is_passed = |one: &ObjectiveRating| one.rating.is_passed();
    Some(match table.play.completed {
        None => 2,
        Some(_) if rating::rated(table.scenario, &table.journal.moments).iter().all(is_passed) => 0,
        Some(_) => 1,
    })
}

/// The tenant that is played, for people.
pub(super) fn tenant(desk: &Desk) -> String {
    let known = desk.facts().organization.get();
    known.map_or_else(
        || desk.session.tenant.clone(),
        |known| format!("{} ({})", known.name, known.initial_domain),
    )
}

/// Whether the play is to end.
pub(super) fn ending(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "End the play?");
    let (play, scenario) = (&view.table.play, view.table.scenario);
    let left = scenario.milestones.iter().filter(|one| !play.reached.contains_key(&one.id)).count();
    screen.prose.push(Block::Text(match left {
        0 => "Everything was reached.".to_owned(),
        1 => "One thing was not reached yet; it counts as missed once the play has ended.".to_owned(),
        left => format!("{left} things were not reached yet; they count as missed once the play has ended."),
    }));
    screen.choices = vec![
        Choice::irreversible('e', "End the play", Msg::Act(Act::End { why: String::new() })),
        Choice::back("Go on playing", Msg::Back),
    ];
    screen
}

/// How it went, and what is missing until it is complete.
pub(super) fn ratings(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "Hot wash");
    let (scenario, moments) = (view.table.scenario, &view.table.journal.moments);
    let rated = rating::rated(scenario, moments);
    if view.table.play.is_solo() {
        screen.prose.push(Block::Text(closing::score(scenario, moments).words()));
    }
    screen.checklist = rated.iter().map(|one| row(view, one)).collect();
    let missing = closing::missing(scenario, moments);
    if let Some(first) = missing.first() {
        screen.prose.push(Block::Text(format!("{} left until it is complete. Next: {first}", missing.len())));
    }
    let next = next_question(view.table);
    if let Some(question) = next {
        let answered = view.table.play.answers.len();
        screen.choices.push(
            Choice::safe('a', "Answer the questions", Msg::To(At::Question(question)))
                .explained(format!("{answered} of {} answered", scenario.hot_wash.len())),
        );
    }
    screen
        .choices
        .push(Choice::safe('i', "What is to be better", Msg::To(At::Improvements)).explained(whole(view)));
    let objectives = ('1'..='9').zip(&scenario.objectives);
    screen.choices.extend(objectives.map(|(key, one)| {
        let label = format!("Objective {key}: why, and rate otherwise");
        Choice::safe(key, label, Msg::To(At::Rating(one.id.clone())))
    }));
    screen.choices.push(Choice::safe('e', "Mark what was done", Msg::To(At::Expected)));
    screen.choices.push(Choice::safe('v', "Timeline", Msg::To(At::Timeline)));
    if missing.is_empty() {
        screen.choices.push(Choice::vouches('s', "Complete it, by name", Msg::To(At::Completing(None))));
        screen.suggested = Some('s');
    } else if next.is_none() {
        screen.suggested = Some('i');
    }
    screen.choices.push(Choice::back("Interrupt", Msg::Home).explained("it goes on where it stands"));
    screen
}

fn row(view: &View<'_>, one: &ObjectiveRating) -> Row {
    let mut all = view.table.scenario.objectives.iter().zip(1..);
    let known = all.find(|(it, _)| it.id == one.objective);
    let text = known.map(|(it, number)| format!("{number}. {}", it.text)).unwrap_or_default();
    let verdict = match one.rating {
        Rating::P => Verdict::Pass,
        Rating::S => Verdict::NeedsPerson,
        Rating::M | Rating::U => Verdict::Fail,
    };
    let changed = one.changed.as_ref().map(|by| format!(", changed by {}: {}", by.person, by.reason));
    let detail = format!("{}, {}{}", one.rating.letter(), one.rating.words(), changed.unwrap_or_default());
    Row { label: text, verdict, detail }
}

fn whole(view: &View<'_>) -> String {
    let all = improvements_of(view.table);
    let left = all.iter().filter(|one| !one.is_whole()).count();
    match (all.len(), left) {
        (0, _) => "nothing has to be".to_owned(),
        (_, 0) => "all said".to_owned(),
        (_, left) => format!("{left} to say"),
    }
}

/// The first question without an answer.
pub(super) fn next_question(table: &Table<'_>) -> Option<usize> {
    (0..table.scenario.hot_wash.len()).find(|number| !table.play.answers.contains_key(number))
}

/// A question of the hot wash.
pub(super) fn question(view: &View<'_>, number: usize) -> Screen<Msg> {
    let all = &view.table.scenario.hot_wash;
    let mut screen = framed(view, &format!("Hot wash, question {} of {}", number + 1, all.len()));
    screen.prose.extend(all.get(number).cloned().map(Block::Text));
    screen.question = Some(Question::text("What the team says, in a sentence or two", Msg::Typed));
    screen.choices = vec![Choice::back("Later", Msg::Back)];
    screen
}

/// Why an objective is rated as it is.
pub(super) fn rating(view: &View<'_>, objective: &str) -> Screen<Msg> {
    let mut screen = framed(view, "How it went");
    let all = rating::rated(view.table.scenario, &view.table.journal.moments);
    if let Some(one) = all.iter().find(|one| one.objective == objective) {
        screen.checklist = vec![row(view, one)];
        screen.prose.push(Block::Text(format!("It follows from the play: {}.", one.derived.words())));
        screen.prose.push(Block::List(one.reasons.clone()));
        let others = Rating::ALL.into_iter().filter(|rating| *rating != one.rating);
        let to = |rating: Rating| At::Reason { objective: objective.to_owned(), rating, problem: None };
        screen.choices = others
            .map(|rating| {
                let key = rating.letter().to_ascii_lowercase().chars().next().unwrap_or('p');
                Choice::safe(
                    key,
                    format!("Rate it {}: {}", rating.letter(), rating.words()),
                    Msg::To(to(rating)),
                )
            })
            .collect();
    }
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// Why it is rated otherwise.
pub(super) fn reason(view: &View<'_>, problem: Option<String>) -> Screen<Msg> {
    let mut screen = framed(view, "Rate it otherwise");
    screen.prose.push(Block::Text(
        "The reason and the name stand in the report, beside what the play came to.".to_owned(),
    ));
    screen.question = Some(Question::text("Why", Msg::Typed).refused(problem));
    screen.choices = vec![Choice::back("Back", Msg::Back)];
    screen
}

/// Who rates it otherwise.
pub(super) fn rater(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "Rate it otherwise");
    let facilitator = view.table.play.opened.as_ref().map_or("", |opened| &opened.facilitator);
    screen.question = Some(Question::text("Who says so (name)", Msg::Typed).preset(facilitator));
    screen.choices = vec![Choice::back("Back", Msg::Back)];
    screen
}

/// Who says that everything is said.
pub(super) fn completing(view: &View<'_>, problem: Option<String>) -> Screen<Msg> {
    let mut screen = framed(view, "Complete the exercise");
    screen.prose.push(Block::Text(
        "The report is written, and the improvements go into the organization's record. Nothing of it can be changed \
         afterwards."
            .to_owned(),
    ));
    let facilitator = view.table.play.opened.as_ref().map_or("", |opened| &opened.facilitator);
    let question = who::question("Who completes it (name)", Msg::Typed).preset(facilitator);
    screen.question = Some(question.refused(problem));
    screen.choices = vec![Choice::back("Not yet", Msg::Back)];
    screen
}

/// What it came to for somebody who played alone, with the reasons.
fn score(view: &View<'_>) -> Vec<Block> {
    if !view.table.play.is_solo() {
        return Vec::new();
    }
    let score = closing::score(view.table.scenario, &view.table.journal.moments);
    vec![Block::Text(score.words()), Block::List(score.reasons)]
}

/// It is complete.
pub(super) fn end(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "The exercise is complete");
    let (scenario, moments) = (view.table.scenario, &view.table.journal.moments);
    screen.checklist = rating::rated(scenario, moments).iter().map(|one| row(view, one)).collect();
    screen.prose.extend(score(view));
    screen.prose.push(Block::Text(format!("The report and its papers are in {}.", view.desk.session.record)));
    screen.prose.extend(frame::head(view.desk));
    let improvements = closing::improvements(scenario, moments);
    if !improvements.is_empty() {
        screen.prose.push(Block::Heading("To be better".to_owned()));
        let line = |one: &Improvement| {
            let due = one.due.map(|day| format!(" until {day}")).unwrap_or_default();
            format!("{}: {}{due}", one.owner, one.action)
        };
        screen.prose.push(Block::List(improvements.iter().map(line).collect()));
    }
    screen.choices = vec![Choice::back("Back to the organization", Msg::Home)];
    screen.leave = Some(Leave::at_once("Leave"));
    screen
}
