//! Repairs: one case, one account, one board that stands until it is in order. Everything done on it is done by the
//! same consent, slips, registrations and tests as in a setup.
//!
//! A setup turns every emergency access account away. A repair accepts the one that it is not about: that is a use,
//! noted the moment it is seen, and a new password and a test have to follow, made by somebody else.

use crate::domain::check::finding::Finding;
use crate::domain::check::repair::{Before, RepairCase, Repairing, digits};
use crate::domain::facts::MethodKind;
use crate::domain::plan::plan_file;
use crate::domain::record::{Entry, SlipKind, Use, UseKind};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::journeys::decisions::presets;
use crate::journeys::decisions::{self, Field};
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, RecordEffect};
use crate::journeys::identity;
use crate::journeys::session::PlanOrigin;
use crate::journeys::tasks::board;
use crate::journeys::turn::{Go, Operators, Outcome, Start, Turn};
use crate::journeys::unattended::Answer;
use crate::steps;
use crate::steps::Subject;

mod screens;

/// What the journey is called in the record.
pub const JOURNEY: &str = "repair";

/// Repairs of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// Where it is.
    pub at: At,
    /// What is under repair.
    pub repairing: Option<Repairing>,
}

/// Where a repair is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum At {
    /// Which case it is.
    Cases,
    /// Which account it is about.
    Accounts(RepairCase),
    /// Which key it is about.
    Keys(RepairCase, Slot),
    /// The operator signs in.
    Connecting,
    /// The other emergency access account, in this slot, is signed in: that is a use, and is said so.
    Helped(Slot),
    /// Whether an account was really used without authorization.
    Happened,
    /// One decision of the plan is being changed.
    Deciding { decision: usize, problem: Option<String> },
    /// The board of the case.
    Board,
}

/// What happens in a repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// A case, an account or a key of the list.
    Choose(usize),
    /// What the case looks at was read.
    Looked,
    /// Go on, although the other account is at work.
    Continue,
    /// Sign in as somebody else.
    SignInAgain,
    /// Yes, it was used without authorization.
    Happened,
    /// Change the decision of the plan that the case is about.
    Edit(usize),
    /// The answer to it.
    Decided(String),
    /// At the board of the case.
    Board(board::Msg),
    /// It is finished: back to the list.
    Finish,
    /// Back.
    Back,
}

impl Repair {
    /// Begins with the list of cases, or with the case and the account that were named.
    pub fn begin(desk: &mut Desk, case: Option<RepairCase>, slot: Option<Slot>) -> (Self, Turn<Msg>) {
        let mut repair = Self { at: At::Cases, repairing: None };
        let turn = match (case, slot) {
            (None, _) => Turn::stay(),
            (Some(case), None) => repair.case(desk, case),
            (Some(case), Some(slot)) => repair.account(desk, case, slot),
        };
        (repair, turn)
    }

    /// At the board of what is under repair.
    pub fn at_board(repairing: Repairing) -> Self {
        Self { at: At::Board, repairing: Some(repairing) }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match (self.at.clone(), msg) {
            (At::Cases, Msg::Choose(index)) => match RepairCase::ALL.get(index) {
                Some(case) => self.case(desk, *case),
                None => Turn::stay(),
            },
            (At::Cases, Msg::Back) => Turn::over(),
            (At::Accounts(case), Msg::Choose(index)) => self.account(desk, case, Slot::new(index)),
            (At::Keys(case, slot), Msg::Choose(index)) => self.start(desk, case, slot, Some(index)),
            (_, Msg::Looked) => self.looked(desk),
            (At::Helped(_), Msg::Continue) => self.show(desk),
            (At::Helped(_), Msg::SignInAgain) => self.sign_in(),
            (At::Happened, Msg::Happened) => self.happened(desk),
            (At::Deciding { decision, .. }, Msg::Decided(text)) => self.decide(desk, decision, &text),
            (At::Board, Msg::Board(msg)) => match self.subject() {
                Some(subject) => board::on(desk, &subject, &msg),
                None => Turn::stay(),
            },
            (At::Board, Msg::Edit(decision)) => self.enter(At::Deciding { decision, problem: None }),
            (At::Board, Msg::Finish) => self.finish(desk),
            (At::Deciding { .. }, Msg::Back) => self.enter(At::Board),
            (At::Accounts(_) | At::Keys(..) | At::Helped(_) | At::Happened, Msg::Back) => {
                self.back_to_cases()
            }
            _ => Turn::stay(),
        }
    }

    /// A task on top has ended.
    pub fn resumed(&mut self, desk: &mut Desk, outcome: &Outcome) -> Turn<Msg> {
        match outcome {
            Outcome::SignedIn => self.look(desk),
            Outcome::GivenUp if self.at == At::Connecting => self.back_to_cases(),
            _ => Turn::stay(),
        }
    }

    /// What is on the table.
    pub fn subject(&self) -> Option<Subject> {
        self.repairing.clone().map(Subject::Repair)
    }

    fn enter(&mut self, at: At) -> Turn<Msg> {
        self.at = at;
        Turn::stay()
    }

    /// The list again, with nothing under repair.
    fn back_to_cases(&mut self) -> Turn<Msg> {
        self.repairing = None;
        self.enter(At::Cases)
    }

    fn case(&mut self, desk: &mut Desk, case: RepairCase) -> Turn<Msg> {
        match desk.plan().accounts.len() {
            1 => self.account(desk, case, Slot::FIRST),
            _ => self.enter(At::Accounts(case)),
        }
    }

    fn account(&mut self, desk: &mut Desk, case: RepairCase, slot: Slot) -> Turn<Msg> {
        let Some(planned) = desk.plan().account(slot) else { return self.enter(At::Accounts(case)) };
        match (case, planned.keys.len()) {
            (RepairCase::KeyFails, 0) => {
                desk.trouble = Some(no_key(slot));
                self.enter(At::Accounts(case))
            }
            (RepairCase::KeyFails, 2..) => self.enter(At::Keys(case, slot)),
            (RepairCase::KeyFails, 1) => self.start(desk, case, slot, Some(0)),
            _ => self.start(desk, case, slot, None),
        }
    }

    fn start(&mut self, desk: &mut Desk, case: RepairCase, slot: Slot, key: Option<usize>) -> Turn<Msg> {
        let (since, tests) = (desk.evidence().next_slip(), desk.evidence().tests_of(slot).count());
        self.repairing = Some(Repairing { case, slot, key, since, tests, before: None });
        let began = began(desk);
        let turn = match desk.facts().operator.get() {
            // Whoever is signed in may go on; without a connection nobody is.
            None if !desk.is_by_hand() => self.sign_in(),
            _ => self.look(desk),
        };
        turn.after(began)
    }

    fn sign_in(&mut self) -> Turn<Msg> {
        self.at = At::Connecting;
        Turn::begin(Start::SignIn(Operators::OrTheOtherAccount))
    }

    /// Reads what the case looks at, for the first time.
    fn look(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let areas = self.subject().map(|subject| subject.areas()).unwrap_or_default();
        self.enter(At::Board).read(desk, &areas, Some(Msg::Looked))
    }

    /// It was read: whether the account is there, and who is at work.
    fn looked(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if desk.session.plan_origin != PlanOrigin::Given && desk.evidence().accounts.is_empty() {
            let facts = desk.world.shared_facts();
            presets::fit(desk.world.plan_mut(), &facts);
        }
        match identity::seen(desk) {
            Ok(told) => self.looked_at_account(desk).after(told),
            Err(foreign) => Turn { go: Go::Stop(foreign), ..Turn::stay() },
        }
    }

    fn looked_at_account(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let Some(repairing) = self.repairing.clone() else { return Turn::stay() };
        if desk.facts().accounts.get().is_some() && desk.facts().account(repairing.slot).is_none() {
            desk.trouble = Some(not_there(desk, repairing.slot));
            return self.back_to_cases();
        }
        if repairing.before.is_none() {
            let before = Some(before(desk, &repairing));
            let anew = Repairing { before, ..repairing.clone() };
            self.repairing = Some(steps::repair::resumed(&desk.case(), &anew).unwrap_or(anew));
        }
        match steps::repair::helping_account(&desk.case(), &repairing) {
            Err(refused) => {
                desk.trouble = Some(refused);
                self.at = At::Connecting;
                Turn::begin(Start::SignInAgain(Operators::OrTheOtherAccount))
            }
            Ok(Some(helper)) => self.helped(desk, helper),
            Ok(None) => self.show(desk),
        }
    }

    /// The other account is at work: noted at once, because the sign-in itself is the use.
    fn helped(&mut self, desk: &mut Desk, helper: Slot) -> Turn<Msg> {
        if !desk.noted.insert(helper) {
            return self.show(desk);
        }
        let why = self
            .repairing
            .as_ref()
            .map(|repairing| format!("{} ({})", crate::guide::repair(repairing.case).name, repairing.slot));
        let noted = note(desk, helper, UseKind::Operator, why.unwrap_or_default());
        self.enter(At::Helped(helper)).with(noted)
    }

    /// The board of the case; a misuse is said to be one first, so that all that follows is known to follow it.
    fn show(&mut self, desk: &Desk) -> Turn<Msg> {
        let untold = |repairing: &Repairing| {
            repairing.case == RepairCase::Misuse && !steps::repair::is_noted(&desk.case(), repairing)
        };
        let is_untold = self.repairing.as_ref().is_some_and(untold);
        self.enter(if is_untold { At::Happened } else { At::Board })
    }

    fn happened(&mut self, desk: &Desk) -> Turn<Msg> {
        let slot = self.repairing.as_ref().map(|repairing| repairing.slot);
        let noted = slot.and_then(|slot| note(desk, slot, UseKind::Unauthorized, String::new()));
        self.enter(At::Board).with(noted)
    }

    /// A plan that would not stand is not taken.
    fn decide(&mut self, desk: &mut Desk, index: usize, text: &str) -> Turn<Msg> {
        let Some(decision) = decisions::of(desk.plan()).into_iter().nth(index) else {
            return self.enter(At::Board);
        };
        let mut plan = desk.plan().clone();
        let result = decisions::set(&mut plan, decision.field, text);
        let problem = result.err().or_else(|| plan_file::validate(&plan).into_iter().next());
        if problem.is_some() {
            return self.enter(At::Deciding { decision: index, problem });
        }
        *desk.world.plan_mut() = plan;
        let plan = desk.world.shared_plan();
        let save = (!desk.is_dry_run()).then(|| Effect::Record(RecordEffect::SavePlan(plan)));
        self.enter(At::Board).with(save)
    }

    /// What the checks saw goes into the record, and the list comes again.
    fn finish(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let findings = self.findings(desk);
        let complete = findings.iter().all(Finding::passed);
        desk.repaired.extend(findings.clone());
        let findings = findings.into_iter().map(Into::into).collect();
        let concluded = Entry::Concluded { findings, complete };
        self.back_to_cases().with((!desk.is_dry_run()).then(|| Effect::remember(concluded)))
    }

    /// What is answered when nobody is there. A repair needs a person; in an exercise that a script plays, the script has
    /// said which it is, and everything it offers is done.
    pub fn answer(&self, desk: &Desk) -> Answer<Msg> {
        if !desk.is_scripted() {
            return Answer::Stop;
        }
        Answer::Say(match self.at {
            At::Helped(_) => Msg::Continue,
            At::Happened => Msg::Happened,
            At::Keys(_, slot) => Msg::Choose(oldest_key(desk, slot)),
            At::Board => match self.subject().and_then(|subject| board::answer(desk, &subject)) {
                Some(msg) => Msg::Board(msg),
                None => Msg::Finish,
            },
            At::Cases | At::Accounts(_) | At::Connecting | At::Deciding { .. } => Msg::Back,
        })
    }

    /// What is true of the case on the board.
    pub fn findings(&self, desk: &Desk) -> Vec<Finding> {
        let derived = self.subject().map(|subject| desk.world.derived(&subject));
        derived.map(|derived| derived.checks.clone()).unwrap_or_default()
    }
}

/// Of several keys the one whose PIN slip is the oldest: whoever repairs an account twice means one after the other.
fn oldest_key(desk: &Desk, slot: Slot) -> usize {
    let keys = desk.plan().account(slot).map_or(0, |account| account.keys.len());
    let slip = |key: &usize| desk.evidence().slip(slot, SlipKind::Pin { key: *key }).map(|slip| slip.number);
    (0..keys).min_by_key(slip).unwrap_or_default()
}

/// The record of a run that began with something else learns that it is a repair now.
fn began(desk: &mut Desk) -> Option<Effect<Msg>> {
    if desk.session.journey == JOURNEY {
        return None;
    }
    JOURNEY.clone_into(&mut desk.session.journey);
    (!desk.is_dry_run()).then(|| Effect::remember(desk.began(JOURNEY)))
}

/// The decision of the plan that a repair changes: the number of a phone, the serial number of a key.
fn decision(desk: &Desk, repairing: &Repairing) -> Option<usize> {
    let wanted = match (repairing.case, repairing.key) {
        (RepairCase::LostPhone, _) => Field::Phone(repairing.slot.index()),
        (RepairCase::KeyFails, Some(key)) => Field::Serial(repairing.slot.index(), key),
        _ => return None,
    };
    decisions::of(desk.plan()).iter().position(|decision| decision.field == wanted)
}

fn note(desk: &Desk, slot: Slot, kind: UseKind, why: String) -> Option<Effect<Msg>> {
    let used = Use { slot, at: desk.session.now, kind, why };
    (!desk.is_dry_run()).then(|| Effect::remember(Entry::Used(used)))
}

fn no_key(slot: Slot) -> Trouble {
    Trouble::new(
        format!("The {slot} account has no security key in the plan."),
        "Nothing can take the place of a key that nobody planned.",
        "Choose another account, or change its second factor in the setup.",
    )
}

fn not_there(desk: &Desk, slot: Slot) -> Trouble {
    Trouble::new(
        format!("The {slot} account is not in this tenant."),
        format!("Looked for: {}.", desk.world.upn(slot)),
        "Name the plan that the accounts were set up with (--plan), or the folder of its record (--record).",
    )
}

fn before(desk: &Desk, at: &Repairing) -> Before {
    let key = at.key.and_then(|key| steps::repair::key_in_place(&desk.case(), at.slot, key));
    let phones = desk.facts().methods_of(at.slot).filter(|method| method.kind == MethodKind::Phone);
    Before { key, numbers: phones.filter_map(|phone| phone.number.as_deref()).map(digits).collect() }
}
