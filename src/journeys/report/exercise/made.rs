//! The after-action report made of a scenario and of what happened in it.

use crate::domain::exercise::clock;
use crate::domain::exercise::closing::{missing, score};
use crate::domain::exercise::event::{Improvement, Players};
use crate::domain::exercise::play::Play;
use crate::domain::exercise::rating::{ObjectiveRating, minutes, rated};
use crate::domain::exercise::scenario::{Decision, Judged};
use crate::domain::exercise::tally::Tally;
use crate::domain::mark::Mark;
use crate::journeys::report::exercise::{
    DecisionReport, FORMAT, HotWash, ImprovementReport, ObjectiveReport, OptionReport, Overridden, Overview,
    Participant, Report, ScoreReport, Source, timeline,
};

/// The mission areas of HSEEP that a lock-out of administrators is about.
const MISSION_AREA: &str = "Response and Recovery";
/// The core capabilities of the National Preparedness Goal that are exercised.
const CAPABILITIES: [&str; 3] = ["Operational Coordination", "Operational Communications", "Cybersecurity"];

pub(super) fn report(source: &Source<'_>) -> Report {
    let Source { scenario, moments, .. } = *source;
    let play = Play::of(scenario, moments);
    let tally = Tally { scenario, moments, play: &play };
    let missing = missing(scenario, moments);
    let is_alone = tally.players() == Players::Solo;
    Report {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        mark: Mark::Exercise.as_str().to_owned(),
        overview: overview(source, tally),
        head: source.head.cloned(),
        objectives: rated(scenario, moments).into_iter().map(|rated| objective(tally, rated)).collect(),
        timeline: timeline::timeline(tally),
        decisions: scenario.decisions.iter().filter_map(|one| decision(tally, one)).collect(),
        improvements: tally.improvements().into_iter().map(|one| improvement(tally, one)).collect(),
        hot_wash: hot_wash(tally),
        participants: participants(tally),
        score: is_alone.then(|| alone(tally)),
        complete: missing.is_empty(),
        missing,
    }
}

fn overview(source: &Source<'_>, tally: Tally<'_>) -> Overview {
    let (scenario, opened) = (source.scenario, tally.opened());
    let kind = match tally.players() {
        Players::Team => "Tabletop exercise of a team, on a simulated tenant",
        Players::Solo => "Tabletop exercise of one person alone, on a simulated tenant",
    };
    let scope =
        format!("{kind}; {} min were planned, it took {}.", scenario.minutes, minutes(tally.seconds()));
    Overview {
        exercise: source.exercise.to_owned(),
        title: scenario.title.clone(),
        scenario: scenario.id.clone(),
        version: scenario.version,
        summary: scenario.summary.clone(),
        date: opened.map(|opened| opened.date),
        completed: tally.completed(),
        scope,
        minutes: scenario.minutes,
        seconds: tally.seconds(),
        mission_area: MISSION_AREA.to_owned(),
        capabilities: CAPABILITIES.map(str::to_owned).to_vec(),
        situation: scenario.opening.clone(),
        tenant: source.tenant.to_owned(),
        sponsor: source.sponsor.to_owned(),
        contact: opened.map(|opened| opened.facilitator.clone()).unwrap_or_default(),
        ended: tally.ended().map(|(_, why)| why.to_owned()).unwrap_or_default(),
    }
}

fn objective(tally: Tally<'_>, rated: ObjectiveRating) -> ObjectiveReport {
    let objective = tally.scenario.objective(&rated.objective);
    ObjectiveReport {
        text: objective.map(|one| one.text.clone()).unwrap_or_default(),
        points: objective.map(|one| one.points.clone()).unwrap_or_default(),
        id: rated.objective,
        rating: rated.rating.letter().to_owned(),
        words: rated.rating.words().to_owned(),
        derived: rated.derived.letter().to_owned(),
        overridden: rated.changed.map(|by| Overridden { person: by.person, reason: by.reason }),
        strengths: rated.strengths,
        areas: rated.areas,
    }
}

/// A decision that was put; one of a branch that was not taken does not stand in the log.
fn decision(tally: Tally<'_>, decision: &Decision) -> Option<DecisionReport> {
    tally.since(decision.since.as_deref())?;
    let taken = tally.taken(&decision.id);
    let options = decision.options.iter().map(|option| OptionReport {
        text: option.text.clone(),
        judged: judged(option.judged).to_owned(),
        why: option.why.clone(),
    });
    let decided = taken.and_then(|taken| decision.option(&taken.option));
    Some(DecisionReport {
        id: decision.id.clone(),
        question: decision.question.clone(),
        seconds: taken.map(|taken| taken.at),
        at: taken.map(|taken| clock::told(taken.at)).unwrap_or_default(),
        options: options.collect(),
        decided: decided.map(|option| option.text.clone()).unwrap_or_default(),
        owner: taken.map(|taken| taken.owner.clone()).unwrap_or_default(),
        rationale: taken.map(|taken| taken.rationale.clone()).unwrap_or_default(),
    })
}

fn judged(judged: Judged) -> &'static str {
    match judged {
        Judged::Good => "good",
        Judged::Arguable => "arguable",
        Judged::Poor => "poor",
    }
}

/// A row of the plan, which begins with the day on which the exercise was completed.
fn improvement(tally: Tally<'_>, one: Improvement) -> ImprovementReport {
    let objective = tally.scenario.objective(&one.objective).map(|objective| objective.text.clone());
    ImprovementReport {
        number: one.number,
        objective: objective.unwrap_or(one.objective),
        issue: one.issue,
        action: one.action,
        owner: one.owner,
        start: tally.completed().or_else(|| tally.opened().map(|opened| opened.date)),
        due: one.due,
        retest: one.retest,
    }
}

fn hot_wash(tally: Tally<'_>) -> Vec<HotWash> {
    let questions = tally.scenario.hot_wash.iter().enumerate();
    let answered = |(number, question): (usize, &String)| HotWash {
        question: question.clone(),
        answer: tally.answer(number).unwrap_or_default().to_owned(),
    };
    questions.map(answered).collect()
}

fn participants(tally: Tally<'_>) -> Vec<Participant> {
    let Some(opened) = tally.opened() else { return Vec::new() };
    let leads = match opened.players {
        Players::Team => "Facilitator",
        Players::Solo => "Plays alone",
    };
    let lead = Participant { role: leads.to_owned(), person: opened.facilitator.clone() };
    let cast = opened.cast.iter().map(|cast| {
        let role = tally.scenario.role(&cast.role).map_or(&cast.role, |role| &role.title);
        Participant { role: role.clone(), person: cast.person.clone() }
    });
    [lead].into_iter().chain(cast).collect()
}

fn alone(tally: Tally<'_>) -> ScoreReport {
    let score = score(tally.scenario, tally.moments);
    ScoreReport {
        passed: score.passed,
        of: score.of,
        hints: score.hints,
        seconds: score.seconds,
        words: score.words(),
        reasons: score.reasons,
    }
}
