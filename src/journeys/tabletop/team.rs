//! What the team does on the tenant: by the product's own tests, repairs and rows, and by hand where it has no write.

use crate::domain::check::ask::Ask;
use crate::domain::check::repair::RepairCase;
use crate::domain::exercise::act::{self, Response};
use crate::domain::exercise::scenario::ByHand;
use crate::domain::facts::Area;
use crate::domain::review::ReviewRow;
use crate::domain::slot::Slot;
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::screen::{Block, Choice, Leave, Screen};
use crate::journeys::tabletop::framed::framed;
use crate::journeys::tabletop::{Act, At, Msg, Table, Tabletop, View, account};
use crate::journeys::tasks::board::{self, Offers};
use crate::journeys::turn::{Operators, Start, Turn};
use crate::steps::Subject;

impl Tabletop {
    /// The board of a row, and what is done there, once somebody is signed in.
    pub(super) fn at_row(&mut self, desk: &mut Desk, with: Response) -> Turn<Msg> {
        if desk.facts().operator.get().is_none() {
            self.waiting = Some(with);
            return Turn::begin(Start::SignIn(Operators::OrTheOtherAccount));
        }
        self.signed_in(desk, &with)
    }

    /// Somebody is signed in, be it since just now: who that is, is read with the row.
    pub(super) fn signed_in(&mut self, desk: &mut Desk, with: &Response) -> Turn<Msg> {
        let Some(row) = row_of(with) else { return Turn::stay() };
        self.at = At::Row(row);
        let turn = match with {
            Response::Alert(slot) => Turn::begin(Start::Ask(Ask::TestAlert { slot: *slot })),
            Response::Classify(class) => Turn::begin(Start::Classify(*class)),
            _ => Turn::stay(),
        };
        let areas = [vec![Area::Operator], Subject::Review(row).areas()].concat();
        turn.read(desk, &areas, None)
    }
}

/// The row at which it is done.
fn row_of(with: &Response) -> Option<ReviewRow> {
    match with {
        Response::Row(number) => ReviewRow::ALL.get(usize::from(number.saturating_sub(1))).copied(),
        Response::Alert(_) => Some(ReviewRow::Point(6)),
        Response::Classify(_) => Some(ReviewRow::Changes),
        Response::SignIn(_) | Response::Repair(..) | Response::ByHand(_) | Response::Console(_) => None,
    }
}

/// The means there are.
pub(super) fn screen(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "On the tenant");
    screen.prose.push(Block::Text(
        "The team says what it does, and it is done on the exercise's own tenant: sign-ins are judged by its policies, \
         writes are shown first, and the checks see by themselves what it brought."
            .to_owned(),
    ));
    let slots = Slot::all().take(view.desk.plan().accounts.len());
    let sign_in = |(key, slot): (char, Slot)| {
        Choice::safe(
            key,
            format!("Sign in as the {}", account(view.desk, slot)),
            respond(Response::SignIn(slot)),
        )
    };
    screen.choices = ('1'..='4').zip(slots).map(sign_in).collect();
    let repairs = ('5'..='9').zip(RepairCase::ALL);
    screen.choices.extend(repairs.map(|(key, case)| repair(key, case)));
    screen.choices.push(repair('0', RepairCase::Rotation));
    screen.choices.extend([
        row('a', ReviewRow::Point(1)),
        row('m', ReviewRow::Point(4)),
        row('p', ReviewRow::Point(5)),
        row('s', ReviewRow::Point(6)),
        row('i', ReviewRow::Changes),
    ]);
    screen.choices.push(Choice::safe('o', "Somebody else sits at the console", Msg::To(At::Seats)));
    if !view.table.scenario.by_hand.is_empty() {
        screen.choices.push(Choice::safe('x', "By hand, in the admin center", Msg::To(At::Hands)));
    }
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

fn respond(with: Response) -> Msg {
    Msg::Act(Act::Respond { with })
}

fn repair(key: char, case: RepairCase) -> Choice<Msg> {
    Choice::safe(key, format!("Repair: {}", guide::repair(case).name), Msg::To(At::Account(case)))
}

fn row(key: char, row: ReviewRow) -> Choice<Msg> {
    Choice::safe(key, guide::review_row(row).name.clone(), respond(Response::Row(row.number())))
}

/// Who sits at the console, and signs in there from now on.
pub(super) fn seats(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "Who sits at the console?");
    screen.prose.push(Block::Text(
        "Repairs and rows are done as whoever is signed in there. Signing in with an emergency account is a use, and is \
         recorded as one."
            .to_owned(),
    ));
    let operator = view.desk.exercise.as_ref().map_or("", |seat| seat.operator.as_str());
    screen.prose.push(Block::Text(format!("Now: {}.", sits(view, operator))));
    let everyday = Choice::safe(
        'e',
        format!("The everyday administrator ({operator})"),
        respond(Response::Console(None)),
    );
    let slots = ('1'..='4').zip(Slot::all().take(view.desk.plan().accounts.len()));
    let accounts = slots.map(|(key, slot)| {
        Choice::safe(
            key,
            format!("Whoever opened the {}", account(view.desk, slot)),
            respond(Response::Console(Some(slot))),
        )
    });
    screen.choices = [everyday].into_iter().chain(accounts).collect();
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// Who sits there now.
fn sits(view: &View<'_>, operator: &str) -> String {
    match view.table.play.seated.as_ref().and_then(|sat| act::seated(&sat.who)) {
        Some(slot) => format!("whoever opened the {}", account(view.desk, slot)),
        None => format!("the everyday administrator ({operator})"),
    }
}

/// Which account a repair is about.
pub(super) fn accounts(view: &View<'_>, case: RepairCase) -> Screen<Msg> {
    let mut screen = framed(view, &guide::repair(case).name);
    screen.prose.push(Block::Text("Which account is it about?".to_owned()));
    let slots = ('1'..='9').zip(Slot::all().take(view.desk.plan().accounts.len()));
    let choice =
        |(key, slot)| Choice::safe(key, account(view.desk, slot), respond(Response::Repair(case, slot)));
    screen.choices = slots.map(choice).collect();
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// The board of a row, as in a review.
pub(super) fn row_board(view: &View<'_>, row: ReviewRow) -> Screen<Msg> {
    let is_about_alerts = row == ReviewRow::Point(6);
    let alert = Choice::safe('l', "Test the alert, by a sign-in", respond(Response::Alert(Slot::FIRST)));
    let offers = Offers {
        words: Vec::new(),
        by_hand: "Show me how, in the portal",
        behind_tasks: is_about_alerts.then_some(alert).into_iter().collect(),
        behind_hand: Vec::new(),
        ways: vec![Choice::back("Back to the exercise", Msg::Back)],
        leave: Leave::asking("Leave").explained("the exercise stays as it is"),
    };
    board::screen(view.desk, &Subject::Review(row), offers, Msg::Board)
}

/// What is done by hand, as far as it is possible now.
pub(super) fn hands(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "By hand, in the admin center");
    let all = view.table.scenario.by_hand.iter().filter(|hand| has_come_up(view.table, hand));
    let (possible, not_yet): (Vec<&ByHand>, Vec<&ByHand>) =
        all.partition(|hand| is_possible(view.table, hand));
    let done = |hand: &&ByHand| view.table.play.by_hand.contains_key(&hand.id);
    let lines = not_yet.iter().map(|hand| format!("{}: nobody is signed in who could do it", hand.title));
    let lines: Vec<String> = lines
        .chain(possible.iter().filter(|hand| done(hand)).map(|hand| format!("{}: done", hand.title)))
        .collect();
    if lines.is_empty() && possible.is_empty() {
        screen.prose.push(Block::Text("There is nothing to be done by hand right now.".to_owned()));
    }
    if !lines.is_empty() {
        screen.prose.push(Block::List(lines));
    }
    let choice = |(key, hand): (char, &&ByHand)| {
        Choice::safe(key, hand.title.clone(), respond(Response::ByHand(hand.id.clone())))
    };
    let open: Vec<&ByHand> = possible.into_iter().filter(|hand| !done(hand)).collect();
    if !open.is_empty() {
        let what = "What the product has no write for. Choose what the team does there: it happens on the exercise's tenant.";
        screen.prose.insert(0, Block::Text(what.to_owned()));
    }
    screen.choices = ('1'..='9').zip(&open).map(choice).collect();
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

fn has_come_up(table: &Table<'_>, hand: &ByHand) -> bool {
    hand.since.as_ref().is_none_or(|inject| table.play.sent.contains_key(inject))
}

/// Whether it can be done now: it has come up, and what has to be reached before was.
pub(super) fn is_possible(table: &Table<'_>, hand: &ByHand) -> bool {
    has_come_up(table, hand)
        && hand.needs.as_ref().is_none_or(|milestone| table.play.reached.contains_key(milestone))
}
