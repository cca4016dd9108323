//! The facilitator's guide: everything, in the order in which it happens. Players never see it.

use crate::domain::exercise::cards::code;
use crate::domain::exercise::scenario::{
    BY_DIE, ByHand, Channel, Decision, Inject, Judged, Milestone, Objective, Scenario, When,
};
use crate::domain::text::{clean, sentence};
use crate::paper::exercise::Printed;
use crate::paper::page::{Piece, Sheet, pair};
use crate::paper::pieces::{listed, titled, told};

/// The facilitator's guide.
pub fn guide(printed: &Printed<'_>) -> Sheet {
    let scenario = printed.scenario;
    let mut pieces = vec![
        Piece::Title(format!("Facilitator's guide: {}", clean(&scenario.title))),
        Piece::Pairs(vec![
            pair("Exercise", printed.exercise),
            pair("Scenario", format!("{}, version {}", scenario.id, scenario.version)),
            pair("Time", format!("{} minutes, {} a turn, and the hot wash", scenario.minutes, scenario.turn)),
            pair("For", scenario.audience.join("; ")),
        ]),
        Piece::Text(clean(&scenario.summary)),
        Piece::Small("Players never see this guide. Keep it until the hot wash is over.".to_owned()),
    ];
    pieces.extend(listed("Before it begins", lines(&scenario.before)));
    pieces.extend(listed("Ground rules, read out", lines(&scenario.ground_rules)));
    pieces.extend(listed("What is not as in life, read out", lines(&scenario.artificialities)));
    pieces.extend(titled(
        "Who plays what",
        &[("Role", 24), ("Person", 26), ("Knows and may do", 50)],
        people(printed),
    ));
    pieces.extend(titled(
        "Objectives",
        &[("Objective", 46), ("Points", 10), ("Measured by", 44)],
        objectives(scenario),
    ));
    pieces.extend(told("The situation, read out", lines(&scenario.opening)));
    scenario.injects.iter().for_each(|one| pieces.extend(inject(scenario, one)));
    scenario.decisions.iter().for_each(|one| pieces.extend(decision(scenario, one)));
    let columns = [("Milestone", 40), ("Seen by", 28), ("Within", 12), ("From", 20)];
    pieces.extend(titled("Milestones, which the program sees", &columns, milestones(scenario)));
    let columns = [("By hand, when the team says so", 40), ("From", 16), ("Needs", 18), ("Judged", 26)];
    pieces.extend(titled("Done by hand", &columns, by_hand(scenario)));
    pieces.extend(titled("Cards", &[("Card", 60), ("Code", 40)], cards(printed)));
    pieces.push(Piece::Section("Hot wash".to_owned()));
    pieces.push(Piece::Text(
        "Twenty minutes, directly after the play. Everybody answers; write it down as it is said.".to_owned(),
    ));
    pieces.extend(scenario.hot_wash.iter().map(|question| Piece::Pairs(vec![pair(&clean(question), "")])));
    printed.sheet("facilitators-guide", pieces)
}

fn lines(all: &[String]) -> impl Iterator<Item = String> {
    all.iter().map(|text| clean(text)).collect::<Vec<_>>().into_iter()
}

fn people(printed: &Printed<'_>) -> Vec<Vec<String>> {
    let roles = printed.scenario.roles.iter();
    roles.map(|role| vec![clean(&role.title), clean(printed.person(&role.id)), clean(&role.does)]).collect()
}

fn objectives(scenario: &Scenario) -> Vec<Vec<String>> {
    let row = |one: &Objective| {
        let milestones = one.milestones.iter().filter_map(|id| Some(scenario.milestone(id)?.title.clone()));
        let decisions = one.decisions.iter().filter_map(|id| Some(scenario.decision(id)?.question.clone()));
        let cards = one.cards.iter().filter_map(|id| Some(scenario.card(id)?.title.clone()));
        let actions = scenario.expected().filter_map(|(inject, expected)| {
            let path = format!("{}/{}", inject.id, expected.id);
            one.actions.contains(&path).then(|| expected.text.clone())
        });
        let measured: Vec<String> = milestones
            .chain(actions)
            .chain(decisions)
            .chain(cards)
            .map(|text| sentence(&clean(&text)))
            .collect();
        let points: Vec<String> = one.points.iter().map(u8::to_string).collect();
        vec![clean(&one.text), points.join(", "), measured.join(" ")]
    };
    scenario.objectives.iter().map(row).collect()
}

fn inject(scenario: &Scenario, inject: &Inject) -> Vec<Piece> {
    let roles: Vec<String> = inject.to.iter().map(|id| role(scenario, id)).collect();
    let changes: Vec<&str> = inject.damage.iter().map(|damage| damage.change.as_str()).collect();
    let names =
        |channels: &[Channel]| channels.iter().map(|channel| channel.word()).collect::<Vec<_>>().join(", ");
    let facts = [
        ("When", when(scenario, &inject.when)),
        ("To", if roles.is_empty() { "everybody".to_owned() } else { roles.join(", ") }),
        ("By", inject.by.word().to_owned()),
        ("Not when", inject.unless.as_deref().map(|id| milestone_title(scenario, id)).unwrap_or_default()),
        ("To the tenant", changes.join(", ")),
        ("Gone then", names(&inject.gone)),
        ("Back then", names(&inject.back)),
        ("Away then", inject.away.as_deref().map(|id| role(scenario, id)).unwrap_or_default()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let mut pieces = vec![
        Piece::Section(format!("Inject: {}", clean(&inject.title))),
        Piece::Pairs(facts.map(|(name, value)| pair(name, value)).collect()),
    ];
    pieces.extend(inject.text.iter().map(|text| Piece::Text(clean(text))));
    if let Some(artefact) = &inject.artefact {
        pieces.push(Piece::Small(clean(&artefact.title)));
        pieces.push(Piece::Lines(artefact.lines.iter().map(|line| clean(line)).collect()));
    }
    let expected = inject.expected.iter().map(|one| format!("Expected: {}", clean(&one.text)));
    let notes = inject.notes.iter().map(|note| format!("Note: {}", clean(note)));
    let items: Vec<String> = expected.chain(notes).collect();
    pieces.extend((!items.is_empty()).then_some(Piece::List(items)));
    pieces
}

fn role(scenario: &Scenario, id: &str) -> String {
    match (scenario.role(id), id) {
        (Some(role), _) => clean(&role.title),
        (None, BY_DIE) => "whom the die draws".to_owned(),
        (None, _) => clean(id),
    }
}

/// When something is sent, in words.
fn when(scenario: &Scenario, when: &When) -> String {
    let after = if when.after > 0 { format!("{} min after: ", when.after) } else { "when: ".to_owned() };
    if let Some(milestone) = &when.milestone {
        return format!("{after}{}", milestone_title(scenario, milestone));
    }
    if let Some(decision) = &when.decision {
        let known = scenario.decision(decision);
        let question = known.map_or(decision.as_str(), |known| &known.question);
        let option = when.option.as_ref().and_then(|id| known?.option(id)).map(|option| option.text.as_str());
        return clean(&format!("{after}{question} {}", option.unwrap_or("(whatever is decided)")));
    }
    match (when.minute, when.die) {
        (Some(minute), Some(die)) => format!("minute {minute}, if a die of six shows {die} or more"),
        (Some(minute), None) => format!("minute {minute}"),
        (None, _) => "by hand".to_owned(),
    }
}

fn milestone_title(scenario: &Scenario, id: &str) -> String {
    scenario.milestone(id).map_or_else(|| clean(id), |one| clean(&one.title))
}

fn inject_title(scenario: &Scenario, id: Option<&str>) -> String {
    let Some(id) = id else { return "the beginning".to_owned() };
    scenario.inject(id).map_or_else(|| clean(id), |one| clean(&one.title))
}

fn decision(scenario: &Scenario, decision: &Decision) -> Vec<Piece> {
    let hard = if decision.hard { "Hard decision" } else { "Decision" };
    let rows = decision
        .options
        .iter()
        .map(|option| vec![clean(&option.text), judged(option.judged).to_owned(), clean(&option.why)]);
    let mut pieces = titled(
        &format!("{hard}: {}", clean(&decision.question)),
        &[("Option", 40), ("Judged", 18), ("Why", 42)],
        rows.collect(),
    );
    let facts = vec![
        pair("Put with", inject_title(scenario, decision.since.as_deref())),
        pair("By", role(scenario, &decision.owner)),
        pair("Within", format!("{} min", decision.within)),
    ];
    pieces.insert(pieces.len().min(1), Piece::Pairs(facts));
    pieces
}

fn judged(judged: Judged) -> &'static str {
    match judged {
        Judged::Good => "good",
        Judged::Arguable => "good with a reason",
        Judged::Poor => "makes it worse",
    }
}

fn milestones(scenario: &Scenario) -> Vec<Vec<String>> {
    let row = |one: &Milestone| {
        let seen = match &one.check {
            Some(check) => check.to_string(),
            None => "what was done".to_owned(),
        };
        let from = inject_title(scenario, one.since.as_deref());
        vec![clean(&one.title), seen, format!("{} min", one.within), from]
    };
    scenario.milestones.iter().map(row).collect()
}

fn by_hand(scenario: &Scenario) -> Vec<Vec<String>> {
    let row = |one: &ByHand| {
        let needs = one.needs.as_deref().map(|id| milestone_title(scenario, id)).unwrap_or_default();
        let why = format!("{}: {}", judged(one.judged), clean(&one.why));
        vec![clean(&one.title), inject_title(scenario, one.since.as_deref()), needs, why]
    };
    scenario.by_hand.iter().map(row).collect()
}

fn cards(printed: &Printed<'_>) -> Vec<Vec<String>> {
    let cards = printed.scenario.cards.iter();
    cards.map(|card| vec![clean(&card.title), code(printed.exercise, &card.id)]).collect()
}
