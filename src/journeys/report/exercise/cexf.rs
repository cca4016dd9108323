//! A scenario in the Common Exercise Format (CEXF) of the MISP project, for other platforms; of one that was played, what it
//! came to as well.
//!
//! Shape and vocabulary as published (github.com/MISP/cexf, format-description.md and its sample, as of November 2026): four
//! keys, ids that are UUIDs of version 4 and stay the same, numbers of the exercise as text. `meta` is an object, as in the
//! sample. Its vocabulary of actions knows no telephone and no chat: whatever reaches people is `email_to_participants`, and
//! the payload says by which way. What has no place there (dice, people who are away, damages to a tenant) stands in the
//! description of the step and in the payload.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::domain::exercise::event::Moment;
use crate::domain::exercise::play::Play;
use crate::domain::exercise::rating::rated;
use crate::domain::exercise::scenario::{Decision, Inject, Judged, Milestone, Scenario, When};
use crate::domain::exercise::tally::Tally;
use crate::domain::sha256::sha256;

/// Points for one thing that is expected; the format wants a range for each.
const POINTS: u32 = 10;

/// The scenario, and what happened where it was played, as CEXF.
pub fn cexf(scenario: &Scenario, moments: &[Moment]) -> String {
    let injects: Vec<Value> = scenario.injects.iter().map(|one| inject(scenario, one)).collect();
    let flow: Vec<Value> = scenario.injects.iter().map(|one| step(scenario, one)).collect();
    let payloads: Vec<Value> = scenario.injects.iter().map(|one| payload(scenario, one)).collect();
    let file = json!({
        "exercise": exercise(scenario, moments),
        "inject_flow": flow,
        "inject_payloads": payloads,
        "injects": injects,
    });
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

fn exercise(scenario: &Scenario, moments: &[Moment]) -> Value {
    json!({
        "description": scenario.summary,
        "expanded": format!("# {}\n\n{}", scenario.title, scenario.opening.join("\n\n")),
        "meta": meta(scenario, moments),
        "name": scenario.title,
        "namespace": "emergency-access",
        "tags": ["exercise:software-scope=\"breakglass\"", "state:production"],
        "total_duration": (scenario.minutes * 60).to_string(),
        "uuid": uuid(scenario, "exercise", ""),
        "version": scenario.version.to_string(),
    })
}

/// What has no key of its own: for whom it is, and what the play came to.
fn meta(scenario: &Scenario, moments: &[Moment]) -> Map<String, Value> {
    let mut meta = Map::new();
    meta.insert("author".to_owned(), "breakglass".into());
    meta.insert("audience".to_owned(), scenario.audience.join("; ").into());
    let play = Play::of(scenario, moments);
    let tally = Tally { scenario, moments, play: &play };
    if let Some(opened) = tally.opened() {
        meta.insert("played".to_owned(), opened.date.to_string().into());
        meta.insert("seconds".to_owned(), tally.seconds().to_string().into());
        for one in rated(scenario, moments) {
            meta.insert(format!("rating {}", one.objective), one.rating.letter().into());
        }
    }
    meta
}

fn step(scenario: &Scenario, inject: &Inject) -> Value {
    let needs = needs(scenario, &inject.when);
    let trigger = match (&needs, inject.when.minute) {
        (Some(_), _) => vec!["inject-resolution"],
        (None, Some(0)) => vec!["startex"],
        (None, _) => Vec::new(),
    };
    let followed: Vec<String> = scenario
        .injects
        .iter()
        .filter(|other| self::needs(scenario, &other.when).is_some_and(|(after, _)| after.id == inject.id))
        .map(|other| uuid(scenario, "inject", &other.id))
        .collect();
    let requirements = needs.map_or_else(
        || json!({}),
        |(after, resolved)| {
            json!({ "inject_uuid": uuid(scenario, "inject", &after.id), "resolution_requirement": resolved })
        },
    );
    json!({
        "description": described(inject),
        "inject_uuid": uuid(scenario, "inject", &inject.id),
        "reporting_callback": [],
        "requirements": requirements,
        "sequence": {
            "completion_trigger": ["time_expiration", "completion"],
            "followed_by": followed,
            "trigger": trigger,
        },
        "timing": { "triggered_at": inject.when.minute.filter(|minute| *minute > 0).map(|minute| minute * 60) },
    })
}

/// Its title, and what the format has no key for.
fn described(inject: &Inject) -> String {
    let when = &inject.when;
    let die = when.die.map(|die| format!("only where a die of six shows {die} or more"));
    let after = (when.after > 0).then(|| format!("{} min after it", when.after));
    let hand = when.hand.then(|| "sent by hand".to_owned());
    let away = inject.away.as_ref().map(|role| format!("away from now on: {role}"));
    let gone: Vec<&str> = inject.gone.iter().map(|channel| channel.name()).collect();
    let gone = (!gone.is_empty()).then(|| format!("gone from now on: {}", gone.join(", ")));
    let beside: Vec<String> = [die, after, hand, away, gone].into_iter().flatten().collect();
    if beside.is_empty() { inject.title.clone() } else { format!("{} ({})", inject.title, beside.join("; ")) }
}

/// The inject before, and the result of it that has to be there.
fn needs<'a>(scenario: &'a Scenario, when: &When) -> Option<(&'a Inject, String)> {
    if let Some(milestone) = when.milestone.as_deref().and_then(|id| scenario.milestone(id)) {
        return Some((begins(scenario, milestone.since.as_deref())?, milestone.title.clone()));
    }
    let decision = when.decision.as_deref().and_then(|id| scenario.decision(id))?;
    let option = when.option.as_deref().and_then(|id| decision.option(id));
    let result = match option {
        Some(option) => taken(decision, &option.text),
        None => decision.question.clone(),
    };
    Some((begins(scenario, decision.since.as_deref())?, result))
}

/// The inject from which on something counts; the first one for what counts from the beginning.
fn begins<'a>(scenario: &'a Scenario, since: Option<&str>) -> Option<&'a Inject> {
    since.map_or_else(|| scenario.injects.first(), |id| scenario.inject(id))
}

fn taken(decision: &Decision, option: &str) -> String {
    format!("{} {option}", decision.question)
}

fn inject(scenario: &Scenario, inject: &Inject) -> Value {
    let actions = inject.expected.iter().map(|one| evaluation(&one.id, "done", &one.text));
    let is_own = |since: Option<&str>| begins(scenario, since).is_some_and(|first| first.id == inject.id);
    let milestones = scenario.milestones.iter().filter(|one| is_own(one.since.as_deref())).map(milestone);
    let decisions = scenario.decisions.iter().filter(|one| is_own(one.since.as_deref())).flat_map(decision);
    let evaluations: Vec<Value> = actions.chain(milestones).chain(decisions).collect();
    json!({
        "action": "email_to_participants",
        "action_payload_resource_uuid": uuid(scenario, "payload", &inject.id),
        "inject_evaluation": evaluations,
        "name": inject.title,
        "target_tool": "breakglass",
        "uuid": uuid(scenario, "inject", &inject.id),
    })
}

fn milestone(milestone: &Milestone) -> Value {
    let seen = milestone.check.as_ref().map_or("done", |check| check.as_str());
    evaluation(seen, "pass", &milestone.title)
}

/// That it was taken at all, and each option with what it is worth.
fn decision(decision: &Decision) -> Vec<Value> {
    let any: Vec<&str> = decision.options.iter().map(|option| option.id.as_str()).collect();
    let options = decision.options.iter().map(|option| {
        let points = match option.judged {
            Judged::Good => POINTS,
            Judged::Arguable => POINTS / 2,
            Judged::Poor => 0,
        };
        evaluated(&decision.id, &json!([option.id]), &taken(decision, &option.text), points)
    });
    [evaluated(&decision.id, &json!(any), &decision.question, 0)].into_iter().chain(options).collect()
}

fn evaluation(what: &str, wanted: &str, result: &str) -> Value {
    evaluated(what, &json!([wanted]), result, POINTS)
}

fn evaluated(what: &str, wanted: &Value, result: &str, points: u32) -> Value {
    let mut parameter = Map::new();
    parameter.insert(what.to_owned(), json!({ "comparison": "is", "values": wanted }));
    json!({ "parameters": [parameter], "result": result, "score_range": [0, points] })
}

/// The message with what is to be looked at, as a text file.
fn payload(scenario: &Scenario, inject: &Inject) -> Value {
    let artefact = inject.artefact.as_ref().map(|one| format!("{}\n\n{}", one.title, one.lines.join("\n")));
    let text: Vec<String> = inject.text.iter().cloned().chain(artefact).collect();
    let damages: Vec<&str> = inject.damage.iter().map(|one| one.change.as_str()).collect();
    json!({
        "name": inject.title,
        "parameters": {
            "content": STANDARD.encode(text.join("\n\n") + "\n"),
            "content-type": "base64",
            "filename": format!("{}.txt", inject.id),
            "by": inject.by.name(),
            "to": inject.to,
            "tenant": damages,
        },
        "type": "file",
        "uuid": uuid(scenario, "payload", &inject.id),
    })
}

/// An id in the form of a UUID of version 4 that is the same each time, as the format wants it.
fn uuid(scenario: &Scenario, kind: &str, id: &str) -> String {
    let digest = sha256(format!("breakglass {} {kind} {id}", scenario.id).as_bytes());
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    format!("{}-{}-4{}-a{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}
