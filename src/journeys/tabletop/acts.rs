//! What somebody at the console does, by a key or by a line of a script: what is possible now goes into the record, and
//! what follows from it happens by itself.

use crate::domain::exercise::act::{Act, Response};
use crate::domain::exercise::cards;
use crate::domain::exercise::closing;
use crate::domain::exercise::event::{Cast, Event, Improvement, Mark, Mode, Opened, SentBy};
use crate::domain::exercise::play::{DecisionState, InjectState};
use crate::domain::exercise::scenario::Damage;
use crate::domain::facts::Reading;
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::journeys::breaking::Break;
use crate::journeys::desk::{Desk, Offered};
use crate::journeys::effect::Effect;
use crate::journeys::reply::Reply;
use crate::journeys::tabletop::{At, Msg, Table, Tabletop, better, table};
use crate::journeys::turn::{Start, Turn};

use serde_json::Value;

use crate::domain::check::ask::Ask;

impl Tabletop {
    /// Does it where it is possible; says why where it is not.
    pub(super) fn act(&mut self, desk: &mut Desk, act: Act) -> Turn<Msg> {
        match self.tried(desk, act) {
            Ok(turn) => turn,
            Err(trouble) => {
                desk.trouble = Some(trouble.clone());
                self.stuck = Some(trouble);
                Turn::stay()
            }
        }
    }

    fn tried(&mut self, desk: &mut Desk, act: Act) -> Result<Turn<Msg>, Trouble> {
        let Some(table) = table(desk) else { return Ok(Turn::stay()) };
        allowed(&table, &act)?;
        let now = desk.session.now;
        let event = match act {
            Act::Open { facilitator, cast, mode } => {
                // A script has its own time.
                let mode = if desk.is_scripted() { Mode::Turns } else { mode };
                let cast = cast.into_iter().map(|one| Cast { person: said(&one.person), ..one }).collect();
                Event::Opened(Opened { mode, cast, ..opened(desk, &facilitator) })
            }
            Act::Clock { mode } => {
                self.clock = self.clock.going(mode, now);
                Event::Clock { mode }
            }
            Act::Turn { minutes } => {
                let minutes = minutes.unwrap_or(table.scenario.turn);
                self.clock = self.clock.later(minutes, now);
                Event::Turned { minutes }
            }
            Act::Send { inject } => Event::Sent { inject, by: SentBy::Hand },
            Act::Withhold { inject } => Event::Withheld { inject },
            Act::Away { role } => {
                if matches!(self.at, At::Person(_)) {
                    self.at = At::People;
                }
                Event::Away { role, inject: String::new() }
            }
            Act::Decide { decision, option, owner, rationale } => {
                let (owner, rationale) = (said(&owner), said(&rationale));
                self.at = At::Console;
                Event::Decided { decision, option, owner, rationale }
            }
            Act::Mark { inject, action, mark, note } => {
                if matches!(self.at, At::Marking { .. } | At::Word { .. }) {
                    self.at = At::Expected;
                }
                Event::Marked { inject, action, mark, note: said(&note) }
            }
            Act::Card { card, code } => return Ok(self.card(desk, card, code)),
            // Which accounts there are, the first look tells; whoever is faster waits for it.
            Act::Respond { with } if needs_a_look(desk, &with) => {
                self.pending = Some(with);
                return Ok(self.look(desk));
            }
            Act::Respond { with } => return Ok(self.respond(desk, &with)),
            Act::Look => return Ok(self.look(desk)),
            Act::Note { text, to } => Event::Noted { text: said(&text), to },
            Act::Hint { about } => {
                let number = table.play.hints.get(&about).copied().unwrap_or_default();
                Event::Hinted { about, number }
            }
            Act::End { why } => Event::Ended { why: said(&why) },
            Act::Answer { question, text } => {
                Event::Answered { question: question.saturating_sub(1), text: said(&text) }
            }
            Act::Override { objective, rating, reason, person } => {
                Event::Overridden { objective, rating, reason: said(&reason), person: said(&person) }
            }
            Act::Improve { number, objective, issue, action, owner, due, retest } => {
                let said = Improvement { number, objective, issue, action, owner, due, retest };
                let improved = better::improved(&table, &said);
                match better::unfit_days(&table, &improved) {
                    None => Event::Improve(improved),
                    Some(unfit) => return Err(refused(unfit)),
                }
            }
            Act::Complete { person } => return Ok(self.complete(desk, &person)),
        };
        Ok(self.moment(desk, event).into())
    }

    /// What was typed for a card; a script that says nothing types what stands on it.
    fn card(&mut self, desk: &Desk, card: String, code: Option<String>) -> Turn<Msg> {
        let exercise = desk.exercise.as_ref().map_or("", |seat| seat.name.as_str());
        let typed = code.unwrap_or_else(|| cards::code(exercise, &card));
        let problem = match cards::typed(&typed, exercise, &card) {
            cards::Typed::Fits => None,
            cards::Typed::Misread => Some("Its check character does not fit: look again."),
            cards::Typed::Other => Some("That stands on another card."),
        };
        let fits = problem.is_none();
        self.at = match problem {
            None => At::Cards,
            Some(problem) => At::Card { card: card.clone(), problem: Some(problem.to_owned()) },
        };
        self.moment(desk, Event::Card { card, fits }).into()
    }

    /// The team does something on the tenant; that it began stands on the timeline.
    pub(super) fn respond(&mut self, desk: &mut Desk, with: &Response) -> Turn<Msg> {
        let moment = self.moment(desk, Event::Responded { what: with.name() });
        if desk.is_scripted() {
            // Each line is meant anew: what broke again is mended again.
            desk.offered = Offered::default();
        }
        let turn = match with {
            // What came of it stands on the console.
            Response::SignIn(slot) => {
                self.at = At::Console;
                Turn::begin(Start::Ask(Ask::TestSignIn { slot: *slot }))
            }
            Response::Repair(case, slot) => {
                self.at = At::Console;
                Turn::begin(Start::Repair { case: Some(*case), slot: Some(*slot) })
            }
            Response::Row(_) | Response::Alert(_) | Response::Classify(_) => self.at_row(desk, with.clone()),
            Response::ByHand(_) => {
                self.at = At::Console;
                Turn::stay()
            }
            Response::Console(slot) => self.seated(desk, *slot),
        };
        turn.after([moment])
    }

    /// Somebody else sits down at the console, and signs in anew where a sign-in is needed.
    fn seated(&mut self, desk: &mut Desk, slot: Option<Slot>) -> Turn<Msg> {
        desk.world.facts_mut().operator = Reading::default();
        self.at = At::Team;
        let who = Response::Console(slot).name();
        self.breaking.push_back(who.clone());
        // Somebody may sit down there again.
        let order = format!("{who}:{}:{}", desk.evidence().exercise.moments.len(), self.changes);
        let changes = vec![seat_of(desk, slot)];
        Effect::Break(Break { order, changes, tell: Reply::to(Msg::Broke) }).into()
    }

    /// Everything is said: it stands in the exercise's record, and what it came to in the organization's.
    fn complete(&mut self, desk: &Desk, person: &str) -> Turn<Msg> {
        let person = said(person);
        if person.is_empty() {
            return self
                .enter(At::Completing(Some("A name is needed: somebody has to stand for it.".to_owned())));
        }
        self.concluded(desk, person)
    }
}

/// What makes the tenant sign in whoever sits at the console: an emergency account, or the everyday administrator.
pub(super) fn seat_of(desk: &Desk, slot: Option<Slot>) -> Damage {
    let operator = desk.exercise.as_ref().map(|seat| seat.operator.clone()).unwrap_or_default();
    // Without its domain: where nothing was looked at yet, as after a kill, nobody knows that.
    let name = |slot: Slot| desk.world.upn(slot).split('@').next().unwrap_or_default().to_owned();
    let account = slot.map_or(operator, name);
    let parameters = [("account".to_owned(), Value::String(account))].into_iter().collect();
    Damage { change: "operator-is".to_owned(), parameters }
}

/// Whether what the team does is about accounts that nobody has looked at yet.
fn needs_a_look(desk: &Desk, with: &Response) -> bool {
    let is_about_one = match with {
        Response::SignIn(_)
        | Response::Repair(..)
        | Response::Row(_)
        | Response::Alert(_)
        | Response::Classify(_) => true,
        Response::ByHand(_) | Response::Console(_) => false,
    };
    is_about_one && desk.facts().accounts.get().is_none()
}

/// How an exercise begins, its cast and its clock apart.
fn opened(desk: &Desk, facilitator: &str) -> Opened {
    let seat = desk.exercise.as_ref();
    let script = seat.and_then(|seat| seat.script.as_ref());
    // No more than a game is decided by it: the clock's last digits are drawn well enough.
    let drawn = u64::try_from(desk.session.now.as_nanosecond().rem_euclid(1_000_000_007)).unwrap_or_default();
    let scenario = seat.map(|seat| &seat.scenario);
    Opened {
        scenario: scenario.map(|it| it.id.clone()).unwrap_or_default(),
        version: scenario.map(|it| it.version).unwrap_or_default(),
        date: desk.world.today(),
        dice: script.and_then(|script| script.dice).unwrap_or(drawn),
        mode: Mode::Paused,
        players: seat.map(|seat| seat.players).unwrap_or_default(),
        facilitator: said(facilitator),
        cast: Vec::new(),
    }
}

/// What was typed, without what a terminal would obey.
fn said(text: &str) -> String {
    clean(text.trim())
}

/// Why this is not possible now.
fn allowed(table: &Table<'_>, act: &Act) -> Result<(), Trouble> {
    let Table { scenario, play, .. } = table;
    let is_known = |known: bool, what: &str, name: &str| match known {
        true => Ok(()),
        false => Err(refused(format!("There is no {what} called {} in this scenario.", clean(name)))),
    };
    match act {
        Act::Open { .. } => {
            play.opened.is_none().then_some(()).ok_or_else(|| refused("The exercise has begun already."))
        }
        Act::Clock { .. } | Act::Turn { .. } | Act::Look | Act::End { .. } => on(table),
        Act::Send { inject } | Act::Withhold { inject } => {
            on(table)?;
            let known = scenario.inject(inject);
            is_known(known.is_some(), "inject", inject)?;
            let is_sent = known.is_some_and(|it| matches!(play.inject(it), InjectState::Sent(_)));
            (!is_sent).then_some(()).ok_or_else(|| refused("It was sent already; nothing is sent twice."))
        }
        Act::Away { role } => {
            on(table)?;
            is_known(scenario.role(role).is_some(), "role", role)?;
            (!play.away.contains(role)).then_some(()).ok_or_else(|| refused("That person is away already."))
        }
        Act::Decide { decision, option, owner, .. } => {
            on(table)?;
            let known = scenario.decision(decision);
            is_known(known.is_some(), "decision", decision)?;
            is_known(known.is_some_and(|it| it.option(option).is_some()), "option", option)?;
            let state = known.map(|it| play.decision(it));
            (!matches!(state, Some(DecisionState::NotYet)))
                .then_some(())
                .ok_or_else(|| refused("That decision was not put yet."))?;
            (!matches!(state, Some(DecisionState::Taken { .. })))
                .then_some(())
                .ok_or_else(|| refused("That was decided already, and stands."))?;
            (!owner.trim().is_empty())
                .then_some(())
                .ok_or_else(|| refused("A decision needs somebody who takes it."))
        }
        Act::Mark { inject, action, .. } => {
            begun(table)?;
            let known =
                scenario.inject(inject).and_then(|it| it.expected.iter().find(|one| one.id == *action));
            is_known(known.is_some(), "expected action", &format!("{inject}/{action}"))
        }
        Act::Card { card, .. } => {
            on(table)?;
            is_known(scenario.card(card).is_some(), "card", card)
        }
        Act::Respond { with: Response::ByHand(id) } => {
            on(table)?;
            let hand = scenario.by_hand(id);
            is_known(hand.is_some(), "thing done by hand", id)?;
            let is_now = hand.is_some_and(|hand| super::team::is_possible(table, hand));
            is_now
                .then_some(())
                .ok_or_else(|| refused("That is not possible yet: nobody is signed in who could do it."))?;
            (!play.by_hand.contains_key(id)).then_some(()).ok_or_else(|| refused("That was done already."))
        }
        Act::Respond { .. } => on(table),
        Act::Note { text, .. } => {
            begun(table)?;
            (!text.trim().is_empty()).then_some(()).ok_or_else(|| refused("An empty note says nothing."))
        }
        Act::Hint { .. } => on(table),
        Act::Answer { question, text } => {
            ended(table)?;
            is_known((1..=scenario.hot_wash.len()).contains(question), "question", &question.to_string())?;
            (!text.trim().is_empty()).then_some(()).ok_or_else(|| refused("An empty answer says nothing."))
        }
        Act::Override { objective, reason, person, .. } => {
            ended(table)?;
            is_known(scenario.objective(objective).is_some(), "objective", objective)?;
            (!reason.trim().is_empty() && !person.trim().is_empty())
                .then_some(())
                .ok_or_else(|| refused("Another rating needs a reason and a name."))
        }
        Act::Improve { .. } => ended(table),
        Act::Complete { .. } => {
            ended(table)?;
            match closing::missing(scenario, &table.journal.moments).as_slice() {
                [] => Ok(()),
                missing => Err(refused("It is not complete yet.").listing(missing)),
            }
        }
    }
}

fn refused(why: impl Into<String>) -> Trouble {
    Trouble::new("That is not possible now.", why.into(), "Choose something else; nothing was changed.")
}

/// It is played.
fn on(table: &Table<'_>) -> Result<(), Trouble> {
    begun(table)?;
    table.play.ended.is_none().then_some(()).ok_or_else(|| refused("The play has ended."))
}

fn begun(table: &Table<'_>) -> Result<(), Trouble> {
    table.play.opened.is_some().then_some(()).ok_or_else(|| refused("The exercise has not begun yet."))?;
    table.play.completed.is_none().then_some(()).ok_or_else(|| refused("The exercise is complete."))
}

/// The hot wash is on.
fn ended(table: &Table<'_>) -> Result<(), Trouble> {
    begun(table)?;
    table.play.ended.is_some().then_some(()).ok_or_else(|| refused("The play has not ended yet."))
}

/// How far an action was carried out, by its word.
pub(super) const MARKS: [(char, Mark); 3] = [('1', Mark::Done), ('2', Mark::Partly), ('3', Mark::Not)];
