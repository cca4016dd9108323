//! The page for another team: what is open, the portal clicks and the requests.

use crate::domain::check::case::Case;
use crate::domain::write::action::Action;
use crate::guide::{self, wrap};
use crate::journeys::desk::Desk;
use crate::journeys::tasks::by_hand;
use crate::journeys::tasks::consent::call_lines;
use crate::journeys::{frame, projection};
use crate::steps::Subject;
use crate::steps::{self, StepId};

/// The whole page; no secret is on it.
pub(super) fn page(desk: &Desk, step: StepId, to: Option<&str>) -> Vec<String> {
    let subject = Subject::Step(step);
    let words = guide::step(step.number());
    let mut lines = heading(desk, step, to);
    lines.extend(section("What it is for", words.why.iter().flat_map(|why| wrap("", why)).collect()));
    lines.extend(section("What is open", open_lines(desk, &subject)));
    lines.extend(section("In the portal", numbered(&by_hand::filled(desk, &subject, &words.by_hand))));
    lines.extend(section(
        "What the portal cannot do",
        bullets(&by_hand::filled(desk, &subject, &words.limits)),
    ));
    lines.extend(section("As requests", requests(desk, step)));
    let back = "Nobody has to report back: the next look at the tenant shows that it is done. What no program can see \
                (a code that was entered, a mail that arrived) is told to whoever handed this page over.";
    lines.extend(section("When it is done", wrap("", back)));
    lines
}

fn heading(desk: &Desk, step: StepId, to: Option<&str>) -> Vec<String> {
    let words = guide::step(step.number());
    let organization = desk.facts().organization.get();
    let tenant =
        organization.map_or(String::new(), |o| format!("{} ({}, {})", o.name, o.initial_domain, o.id));
    let from = desk.facts().operator.get().map_or(desk.plan().upkeep.owner.as_str(), |o| o.upn.as_str());
    let mut lines = vec![format!("{}   step {} of 9: {}", desk.session.mark.as_str(), step, words.title)];
    let pairs = [("Tenant: ", tenant.as_str()), ("For: ", to.unwrap_or("...")), ("From: ", from)];
    lines.extend(pairs.iter().flat_map(|(name, value)| wrap(name, value)));
    lines.push(format!("Date: {}", desk.world.today()));
    lines
}

fn section(title: &str, body: Vec<String>) -> Vec<String> {
    if body.is_empty() {
        return Vec::new();
    }
    let rule = "-".repeat(title.chars().count());
    [String::new(), title.to_owned(), rule].into_iter().chain(body).collect()
}

fn numbered(lines: &[String]) -> Vec<String> {
    lines.iter().enumerate().flat_map(|(index, line)| wrap(&format!("{:>2}. ", index + 1), line)).collect()
}

fn bullets(lines: &[String]) -> Vec<String> {
    lines.iter().flat_map(|line| wrap("  - ", line)).collect()
}

fn open_lines(desk: &Desk, subject: &Subject) -> Vec<String> {
    let derived = desk.world.derived(subject);
    let open = derived.checks.iter().filter(|finding| !frame::settled(desk, finding));
    bullets(&open.map(|finding| format!("{}: {}", frame::label(finding), finding.detail)).collect::<Vec<_>>())
}

/// Every write of the step as the request behind it, projected to the end.
fn requests(desk: &Desk, step: StepId) -> Vec<String> {
    let case = desk.case();
    let facts = steps::facts_for_others(&case, step.number());
    let subject = Subject::Step(step);
    let actions = projection::to_the_end(&Case { facts: &facts, ..case }, |case| subject.actions(case));
    actions.iter().enumerate().flat_map(|(index, action)| request(index, action)).collect()
}

fn request(index: usize, action: &Action) -> Vec<String> {
    let mut lines = wrap(&format!("{:>2}. ", index + 1), &action.sentence());
    lines.extend(call_lines(action).into_iter().map(|line| format!("    {line}")));
    lines.push(String::new());
    lines
}
