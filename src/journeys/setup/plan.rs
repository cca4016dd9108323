//! The plan on the screen: a list with every decision preset, each of which can be changed, and what follows once it
//! stands: the accounts are looked for, and the monitoring staff is told.

use crate::domain::facts::{Area, Facts};
use crate::domain::plan::plan_file;
use crate::domain::plan::{Plan, Tenant};
use crate::domain::record::Entry;
use crate::domain::trouble::Trouble;
use crate::guide;
use crate::journeys::decisions::{self, Decision, Earlier, Need};
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, RecordEffect};
use crate::journeys::screen::{Block, Choice, Leave, Screen};
use crate::journeys::session::PlanOrigin;
use crate::journeys::setup::planning::{self, How, Planning};
use crate::journeys::setup::{At, Msg, Setup};
use crate::journeys::tasks::consent::call_lines;
use crate::journeys::turn::Turn;
use crate::journeys::{frame, projection};

/// What is read once the plan stands: whatever is looked for by the names in it.
const PLANNED: [Area; 8] = [
    Area::Accounts,
    Area::Roles,
    Area::Methods,
    Area::Group,
    Area::Registration,
    Area::WhatIf,
    Area::Monitoring,
    Area::SignIns,
];

impl Setup {
    /// What was typed for the decision being changed; an empty line keeps what stands.
    pub(super) fn decided(&mut self, desk: &mut Desk, text: &str) -> Turn<Msg> {
        match text.trim() {
            "" => self.answered(desk, None),
            text => self.answered(desk, Some(text)),
        }
    }

    /// What was chosen for it.
    pub(super) fn chosen(&mut self, desk: &mut Desk, text: &str) -> Turn<Msg> {
        self.answered(desk, Some(text))
    }

    /// Something else than what can be chosen is typed.
    pub(super) fn type_it(&mut self) -> Turn<Msg> {
        if let At::Planning(planning) = &mut self.at {
            planning.how = How::Typing;
        }
        Turn::stay()
    }

    /// The decision is answered; the next one that nobody has made yet follows, and what it names is looked up.
    fn answered(&mut self, desk: &mut Desk, text: Option<&str>) -> Turn<Msg> {
        let At::Planning(Planning { editing: Some(index), how, .. }) = self.at else { return Turn::stay() };
        let Some(decision) = decisions::of(desk.plan()).into_iter().nth(index) else { return Turn::stay() };
        let field = decision.field;
        let Some(text) = text.filter(|text| *text != decision.value) else {
            return self
                .enter(At::Planning(Planning { editing: next_empty(desk, index), ..Planning::default() }));
        };
        let before = desk.plan().clone();
        self.at = At::Planning(match set(desk, &decision, text) {
            Ok(()) => {
                Planning { editing: next_empty(desk, index), answered: Some(field), ..Planning::default() }
            }
            Err(problem) => Planning { editing: Some(index), problem: Some(problem), how, answered: None },
        });
        if *desk.plan() == before {
            return Turn::stay();
        }
        let turn = Turn::stay().with(keep_answers(desk));
        let areas = decisions::areas(field);
        if areas.is_empty() { turn } else { turn.read(desk, areas, None) }
    }

    /// The plan stands, where it can; then what it names is looked for, unless that was just looked at.
    pub(super) fn accept(&mut self, desk: &mut Desk) -> Turn<Msg> {
        match stands(desk).and_then(|()| known_tenant(desk)) {
            Ok(began) => {
                desk.session.plan_origin = PlanOrigin::Given;
                desk.earlier = Earlier::Nothing;
                let plan = desk.world.shared_plan();
                let save = [RecordEffect::SavePlan(plan), RecordEffect::ForgetAnswers].map(Effect::Record);
                let save = save.into_iter().filter(|_| !desk.is_dry_run());
                let turn = Turn::stay().with(began).with(save);
                if self.is_looked_at(desk) {
                    return Turn { next: Some(Msg::Planned), ..turn };
                }
                self.looked_with = Some(desk.world.shared_plan());
                turn.read(desk, &PLANNED, Some(Msg::Planned))
            }
            Err(trouble) => {
                desk.trouble = Some(trouble);
                Turn::stay()
            }
        }
    }

    /// Whether the tenant was looked at with this very plan.
    pub(super) fn is_looked_at(&self, desk: &Desk) -> bool {
        !desk.is_by_hand() && self.looked_with.as_deref() == Some(desk.plan())
    }

    /// From the plan back to the step from which it was looked at; what was changed has to stand first.
    pub(super) fn back_from_plan(&mut self, desk: &mut Desk) -> Turn<Msg> {
        match self.is_looked_at(desk) {
            true => self.enter(At::Step),
            false => self.accept(desk),
        }
    }

    /// The accounts of the plan were looked for: tell the monitoring staff, then begin, or show the dry run.
    pub(super) fn planned(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if desk.is_dry_run() {
            return self.enter(At::Projected);
        }
        if self.is_under_way() {
            return self.turned_away(desk).unwrap_or_else(|| self.go_to(desk, self.step));
        }
        if desk.is_by_hand() {
            return self.enter(At::Looked);
        }
        match self.turned_away(desk) {
            Some(away) => away,
            None => self.first_step(desk),
        }
    }
}

/// Answers of an earlier run, with which no plan stands yet, are taken up. How this run signs in is not among them.
pub(super) fn take_up(desk: &mut Desk) {
    if let Earlier::Unfinished(answers) = desk.earlier.clone() {
        take(desk, *answers);
    }
}

/// The answers of the record count after all, in place of those of the plan file.
pub(super) fn take_earlier(desk: &mut Desk) -> Turn<Msg> {
    let Earlier::Overruled(answers) = desk.earlier.clone() else { return Turn::stay() };
    take(desk, *answers);
    Turn::stay().with(keep_answers(desk))
}

fn take(desk: &mut Desk, answers: Plan) {
    desk.earlier = Earlier::TakenUp(decisions::changes(desk.plan(), &answers));
    let sign_in = desk.plan().sign_in.clone();
    *desk.world.plan_mut() = Plan { sign_in, ..answers };
}

/// Every answer is on the disk as soon as it is given, whether or not a plan stands with it.
fn keep_answers(desk: &Desk) -> Option<Effect<Msg>> {
    let answers = RecordEffect::KeepAnswers(desk.world.shared_plan());
    (!desk.is_dry_run()).then_some(Effect::Record(answers))
}

fn set(desk: &mut Desk, decision: &Decision, text: &str) -> Result<(), String> {
    let before = desk.plan().clone();
    if let Some(why) = decisions::refused(desk.facts(), decision.field, text) {
        return Err(why);
    }
    decisions::set(desk.world.plan_mut(), decision.field, text)?;
    misfit(&before, desk.plan()).map_or(Ok(()), Err)
}

/// What no longer fits together since an answer, told where it was typed. The answer stands all the same, because the
/// one that makes it fit may be another; and where it opened a question, that question comes next anyway.
fn misfit(before: &Plan, now: &Plan) -> Option<String> {
    let missing = |plan: &Plan| decisions::of(plan).iter().filter(|decision| decision.is_missing()).count();
    if missing(now) > missing(before) {
        return None;
    }
    let known = plan_file::misfits(before);
    let problem = plan_file::misfits(now).into_iter().find(|problem| !known.contains(problem))?;
    Some(format!("{problem} Answer anew; Enter keeps it, where another answer is the one to change."))
}

/// The next decision that nobody has made yet, so that answering one leads to the next.
fn next_empty(desk: &Desk, after: usize) -> Option<usize> {
    let list = decisions::of(desk.plan());
    list.iter().enumerate().skip(after + 1).find(|(_, decision)| decision.is_missing()).map(|(i, _)| i)
}

fn stands(desk: &Desk) -> Result<(), Trouble> {
    let problems = plan_file::validate(desk.plan());
    match problems.first() {
        None => Ok(()),
        Some(first) => Err(Trouble::new(
            "The plan cannot stand yet.",
            problems.join(" "),
            format!("Change it and try again, beginning with: {first}"),
        )),
    }
}

/// The plan names the tenant it is for, and that is this one. Without a connection it is the only one who knows: the
/// facts, and a record that was empty so far, learn it from the plan.
fn known_tenant(desk: &mut Desk) -> Result<Option<Effect<Msg>>, Trouble> {
    let Some(named) = desk.plan().tenant.clone() else {
        return if desk.is_by_hand() { Err(no_tenant()) } else { Ok(None) };
    };
    let organization = desk.facts().organization.get().filter(|_| !desk.is_by_hand());
    let connected = organization.map(|organization| organization.id.clone());
    let known = connected.as_ref().or(desk.evidence().tenant.as_ref());
    if let Some(other) = known.filter(|id| !id.eq_ignore_ascii_case(&named.id)) {
        return Err(another_tenant(&named.id, other));
    }
    if !desk.is_by_hand() {
        return Ok(None);
    }
    let facts = Facts::by_hand(Some(&named)).in_cloud_of(desk.facts());
    *desk.world.facts_mut() = facts;
    let is_new = desk.evidence().begun.is_none() && !desk.is_dry_run();
    Ok(is_new.then(|| Effect::remember(began(desk, &named))))
}

fn began(desk: &Desk, tenant: &Tenant) -> Entry {
    Entry::Began {
        journey: "setup".to_owned(),
        tenant: tenant.id.clone(),
        name: tenant.name.clone(),
        mark: desk.session.mark.as_str().to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn no_tenant() -> Trouble {
    Trouble::new(
        "The plan does not say which tenant it is for.",
        "Without a connection only the plan can tell its name, initial domain and id.",
        "Add [tenant] with name, initial_domain and id to the plan.",
    )
}

fn another_tenant(planned: &str, present: &str) -> Trouble {
    Trouble::new(
        "The plan is for another tenant.",
        format!("It names the tenant {planned}; this is {present}."),
        "Take the plan of this tenant, or correct its tenant id; a record belongs to one tenant too (--record).",
    )
}

/// The list, or the question about one decision.
pub(super) fn screen(desk: &Desk, planning: &Planning) -> Screen<Msg> {
    let list = decisions::of(desk.plan());
    match planning.editing.and_then(|index| list.get(index)) {
        Some(decision) => planning.decision(desk, decision),
        None => list_screen(desk, planning, &list),
    }
}

fn list_screen(desk: &Desk, planning: &Planning, list: &[Decision]) -> Screen<Msg> {
    let mut screen = frame::of(desk, "The plan");
    screen.prose.extend(planning.looked_up(desk));
    screen.prose.extend(earlier_words(desk));
    screen.prose.push(Block::Text(
        "Every decision has its recommended answer. Change what does not fit; what only you can know is still empty. \
         The plan is saved without any secret."
            .to_owned(),
    ));
    for warning in plan_file::warnings(desk.plan()) {
        screen.prose.push(Block::List(vec![warning]));
    }
    let proposed = decisions::proposed(desk.plan(), desk.facts());
    for (index, decision) in list.iter().enumerate() {
        let listed = Choice::listed(decision.name.clone(), value(desk, decision), Msg::Edit(index));
        let listed = listed.about(planning::about(decision));
        let is_quiet = is_proposed(desk, decision, &proposed);
        screen.choices.push(if is_quiet { listed.on_request() } else { listed });
    }
    // The way on stands last, where it is seen beside the prompt however long the list is.
    let missing = list.iter().position(Decision::is_missing);
    if let Some(index) = missing {
        let left = list.iter().filter(|d| d.is_missing()).count();
        screen.choices.push(Choice::safe('f', format!("Fill in what is empty ({left})"), Msg::Edit(index)));
    } else {
        let label = match desk.is_dry_run() {
            false => "The plan stands; go on",
            true => "The plan stands; show the dry run",
        };
        screen.choices.push(Choice::safe('p', label, Msg::Accept));
    }
    if matches!(desk.earlier, Earlier::Overruled(_)) {
        let take = Choice::safe('t', "Take the answers of the record", Msg::TakeEarlier);
        screen.choices.push(take.explained("in place of the plan file's"));
    }
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen.leave = Some(Leave::asking("Leave").explained("every answer is saved"));
    screen
}

/// Whether a decision stands as it is `proposed`, with nothing in the tenant that speaks for another look.
fn is_proposed(desk: &Desk, decision: &Decision, proposed: &[Decision]) -> bool {
    let like = proposed.iter().find(|one| one.field == decision.field);
    let is_same = like.map_or("", |one| &one.value) == decision.value;
    let seen = decisions::seen(desk.plan(), desk.facts(), decision.field);
    !decision.is_missing() && is_same && seen.is_none_or(|seen| decisions::is_expected(&seen))
}

/// The present answer, and what the tenant has under its name.
fn value(desk: &Desk, decision: &Decision) -> String {
    let own = match (decision.value.as_str(), decision.need) {
        ("", Need::Answer) => "(empty)",
        ("", Need::Nothing) => "(none)",
        (value, _) => value,
    };
    match decisions::seen(desk.plan(), desk.facts(), decision.field) {
        Some(seen) => format!("{own} - {seen}"),
        None => own.to_owned(),
    }
}

/// What earlier runs decided, and whether it counts.
fn earlier_words(desk: &Desk) -> Vec<Block> {
    let (words, lines) = match &desk.earlier {
        Earlier::Nothing | Earlier::Unfinished(_) => return Vec::new(),
        Earlier::TakenUp(changes) if changes.is_empty() => return Vec::new(),
        Earlier::TakenUp(changes) => ("The answers of an earlier run are taken up:", changes.clone()),
        Earlier::Overruled(_) => {
            ("The plan file counts. The record has other answers:", desk.earlier.overruled(desk.plan()))
        }
    };
    vec![Block::Text(words.to_owned()), Block::List(lines)]
}

/// The dry run: every write of the whole setup, in order, and what people do between.
pub(super) fn projected_screen(desk: &Desk) -> Screen<Msg> {
    let mut screen = frame::of(desk, "Dry run: what a setup would do");
    for line in projection::of_setup(&desk.case()) {
        match line {
            projection::Line::Step(number) => {
                let title = format!("{number}  {}", guide::step(number).title);
                screen.prose.push(Block::Heading(title));
            }
            projection::Line::Write(action) => {
                let mut lines = vec![action.sentence()];
                lines.extend(call_lines(&action).into_iter().map(|l| format!("    {l}")));
                screen.prose.push(Block::Verbatim(lines));
            }
            projection::Line::Person(label) => {
                screen.prose.push(Block::List(vec![format!("a person: {label}")]));
            }
        }
    }
    screen.prose.push(Block::Text("Nothing was written.".to_owned()));
    screen.choices.push(Choice::back("Back to the plan", Msg::Back));
    screen.leave = Some(Leave::at_once("Leave"));
    screen
}
