//! The screens of a review: the board of what needs somebody, the board of one row, and the end.

use crate::domain::check::finding::Finding;
use crate::domain::check::repair::RepairCase;
use crate::domain::paper::printing::Destination;
use crate::domain::review::{ReviewRow, Since};
use crate::guide::{self, Place};
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::reading;
use crate::journeys::report::review::FindingReport;
use crate::journeys::report::review::verdict::accounts_words;
use crate::journeys::review::report::{accounts, judged_by};
use crate::journeys::review::rows::{self, State, findings, open, open_in};
use crate::journeys::review::{Msg, OnItsWay, Review, Shown, keep, lockout};
use crate::journeys::screen::{Block, Choice, Here, Leave, RailItem, Row, Screen, StepState, Work};
use crate::journeys::tasks::board::{self, Offers};
use crate::steps::review::lockout::Matrix;
use crate::steps::{self, Subject};

/// What needs somebody, and where to go.
pub(super) fn board(desk: &Desk, shown: Shown) -> Screen<Msg> {
    let mut screen = frame::of(desk, title(desk));
    screen.work = reading::progress(desk);
    if screen.work.is_some() {
        return screen;
    }
    screen.prose.extend(since_last(desk));
    screen.prose.extend(judged_by(desk).map(|words| Block::Text(words.to_owned())));
    let listed = match shown {
        Shown::Open => rows::on_board(desk),
        Shown::All => findings(desk).into_iter().map(|(_, finding)| with_state(desk, finding)).collect(),
    };
    if open(desk).is_empty() {
        screen.prose.push(Block::Text(in_order(desk)));
    }
    screen.checklist = listed.iter().map(|(finding, state)| told(desk, finding, *state)).collect();
    screen.remedies = listed.iter().map(|(finding, _)| frame::remedy(finding, Place::Review)).collect();
    screen.choices = choices(desk, shown);
    screen.leave = Some(Leave::asking("Leave").explained("the review stays open"));
    screen
}

fn with_state(desk: &Desk, finding: Finding) -> (Finding, State) {
    let state = rows::state(desk, &finding);
    (finding, state)
}

/// Nothing is open: what comes next, with its day.
fn in_order(desk: &Desk) -> String {
    let case = desk.case();
    let tasks = guide::upkeep().tasks.iter().filter(|task| steps::applies(&case, task));
    let next = tasks.filter_map(|task| Some((steps::next_due(&case, task)?, &task.name))).min();
    let next = next.map(|(day, name)| format!(" Next comes, on {day}: {name}.")).unwrap_or_default();
    format!("Nothing needs you: everything is in order, or accepted by name.{next}")
}

fn title(desk: &Desk) -> String {
    let reviews = &desk.evidence().reviews;
    let name = match &reviews.open {
        Some(open) => open.review.clone(),
        None => reviews.name(desk.world.today()),
    };
    match reviews.last.as_ref().map(|last| last.date) {
        Some(last) => format!("Review {name}, last one {last}"),
        None => format!("Review {name}, the first one"),
    }
}

/// What changed since the last review, in numbers.
fn since_last(desk: &Desk) -> Option<Block> {
    desk.evidence().reviews.last.as_ref()?;
    let all = findings(desk);
    let count =
        |wanted: Since| all.iter().filter(|(_, f)| rows::state(desk, f).since == Some(wanted)).count();
    let counts = [Since::New, Since::Regressed, Since::Fixed, Since::Unchanged].map(|since| {
        let number = count(since);
        format!("{number} {}", since.words())
    });
    Some(Block::Text(format!("Since the last review: {}.", counts.join(", "))))
}

/// One finding, with how it stands against the review before.
fn told(desk: &Desk, finding: &Finding, state: State) -> Row {
    let mut row = frame::rows(desk, std::slice::from_ref(finding)).remove(0);
    if let Some(since @ (Since::New | Since::Regressed | Since::Fixed)) = state.since {
        row.detail = match row.detail.as_str() {
            "" => since.words().to_owned(),
            detail => format!("{}: {detail}", since.words()),
        };
    }
    row
}

/// A digit for each row with something open, up to nine; the other ways by their letters.
fn choices(desk: &Desk, shown: Shown) -> Vec<Choice<Msg>> {
    let rows = ReviewRow::ALL.into_iter().filter(|row| matches!(row, ReviewRow::Point(_)));
    let mut choices: Vec<Choice<Msg>> = rows
        .filter_map(|row| {
            let key = char::from_digit(u32::from(row.number()), 10)?;
            let open = open_in(desk, row);
            let choice = Choice::safe(key, guide::review_row(row).name.clone(), Msg::Row(row));
            match (open, shown) {
                (0, Shown::Open) => None,
                (0, Shown::All) => Some(choice),
                (open, _) => Some(choice.standing(open_words(row, open))),
            }
        })
        .collect();
    let row = |key, row: ReviewRow| {
        let choice = Choice::safe(key, guide::review_row(row).name.clone(), Msg::Row(row));
        match open_in(desk, row) {
            0 => choice,
            open => choice.standing(open_words(row, open)),
        }
    };
    choices.push(row('d', ReviewRow::Upkeep));
    choices.push(row('i', ReviewRow::Changes));
    choices.push(row('l', ReviewRow::Lockout));
    choices.push(match shown {
        Shown::Open => Choice::safe('v', "Show what is in order too", Msg::Show(Shown::All)),
        Shown::All => Choice::safe('v', "Show only what needs somebody", Msg::Show(Shown::Open)),
    });
    if !desk.is_by_hand() {
        choices.push(Choice::safe('c', "Look at everything again", Msg::LookAgain));
    }
    if !desk.is_dry_run() {
        choices.push(Choice::safe('s', "Sign off", Msg::SignOff));
    }
    choices.push(Choice::back("To the first screen", Msg::Back));
    choices
}

/// Whose count it is stands beside it: a face may show it far from the row.
fn open_words(row: ReviewRow, open: usize) -> String {
    format!("{open} open in row {}", row.number())
}

/// The board of one row.
pub(super) fn row(desk: &Desk, row: ReviewRow) -> Screen<Msg> {
    let subject = Subject::Review(row);
    let offers = Offers {
        words: named(desk, row).into_iter().chain(claim(desk, row)).collect(),
        by_hand: "Show me how, in the portal",
        behind_tasks: beside_tasks(desk, row),
        behind_hand: Vec::new(),
        ways: next_row(desk, row)
            .map(|next| Choice::safe('n', format!("On to {}", guide::review_row(next).name), Msg::Row(next)))
            .into_iter()
            .chain([Choice::back("Back to the board", Msg::Back)])
            .collect(),
        leave: Leave::asking("Leave").explained("the review stays open"),
    };
    board::screen(desk, &subject, offers, Msg::Board)
}

/// What a row offers that is neither a write nor a task of its steps.
fn beside_tasks(desk: &Desk, row: ReviewRow) -> Vec<Choice<Msg>> {
    if desk.is_dry_run() {
        return Vec::new();
    }
    let is_foreign = row == ReviewRow::of_step(5) && steps::review::foreign_group(&desk.case()).is_some();
    let adopt = is_foreign.then(|| {
        Choice::safe('g', "Adopt this exclusion group in the plan", Msg::AdoptGroup)
            .explained("it is ours from then on; every write is shown first")
    });
    let repair = repair_of(row)
        .map(|case| Choice::safe('r', format!("Repair: {}", guide::repair(case).name), Msg::Repair(case)));
    adopt.into_iter().chain(repair).collect()
}

/// Which account is the first and which the second: findings call them so.
fn named(desk: &Desk, row: ReviewRow) -> Option<Block> {
    let subject = Subject::Review(row);
    let is_about_one = desk.world.derived(&subject).checks.iter().any(|finding| finding.slot.is_some());
    let mut accounts = accounts(desk);
    // Where every account is of the initial domain, the part before it tells them apart.
    for one in &mut accounts {
        one.name.truncate(one.name.find('@').unwrap_or(one.name.len()));
    }
    (is_about_one && !accounts.is_empty()).then(|| Block::Text(accounts_words(&accounts)))
}

/// The repair of one account that a row may call for.
fn repair_of(row: ReviewRow) -> Option<RepairCase> {
    match row {
        ReviewRow::Point(4) => Some(RepairCase::KeyFails),
        ReviewRow::Point(5) => Some(RepairCase::Blocked),
        ReviewRow::Point(7) => Some(RepairCase::LostPassword),
        ReviewRow::Upkeep => Some(RepairCase::Rotation),
        ReviewRow::Changes => Some(RepairCase::Misuse),
        ReviewRow::Point(_) | ReviewRow::Lockout => None,
    }
}

/// The next row with something open.
fn next_row(desk: &Desk, row: ReviewRow) -> Option<ReviewRow> {
    ReviewRow::ALL.into_iter().skip(row.index() + 1).find(|row| open_in(desk, *row) > 0)
}

/// What is claimed when all of a row is in order; at the lockout, what the claim rests on.
fn claim(desk: &Desk, row: ReviewRow) -> Vec<Block> {
    if row == ReviewRow::Lockout {
        return lockout::blocks(&Matrix::of(&desk.case()));
    }
    let ReviewRow::Point(number) = row else { return Vec::new() };
    let point = guide::checklist().iter().find(|point| point.number == number);
    point.map(|point| Block::Text(point.text.clone())).into_iter().collect()
}

/// It is signed off.
pub(super) fn end(desk: &Desk, review: &Review) -> Screen<Msg> {
    let signed = review.signed.as_deref();
    let is_open = |finding: &&FindingReport| finding.effective.is_open();
    let left = signed.map_or_else(|| open(desk).len(), |report| report.findings().filter(is_open).count());
    let reviews = &desk.evidence().reviews;
    let name = reviews.last.as_ref().map_or("", |last| last.review.as_str());
    let mut screen = frame::of(desk, format!("Review {name} is signed off"));
    let named = |one: &crate::domain::review::Signature| {
        format!("{} signed on {}, over the record's line {}", one.person, one.date, one.head)
    };
    screen.prose.push(Block::List(reviews.signatures.iter().map(named).collect()));
    screen.prose.push(Block::Text(match left {
        0 => "Everything was in order.".to_owned(),
        left => format!("{left} stay open; the next review says how long."),
    }));
    screen.prose.extend(frame::head(desk));
    screen.prose.push(Block::Text(
        "Its report, with these signatures, in other formats, as long as nothing else goes wrong: breakglass review \
         --unattended --format FORMAT --output FILE, with the same tenant, plan and record."
            .to_owned(),
    ));
    screen.leave = Some(Leave::at_once("Leave"));
    if review.report == OnItsWay::Yes {
        screen.work = Some(Work::endless("making the report"));
        screen.choices = vec![Choice::back("To the first screen", Msg::Home)];
        return screen;
    }
    screen.choices = vec![
        Choice::safe('p', "Save the report with these signatures as a PDF", Msg::Save)
            .explained("to be printed"),
    ];
    let print = |to: Destination| {
        Choice::safe('t', "Print the report with these signatures", Msg::Print).explained(to.words())
    };
    screen.choices.extend(keep::printer(desk).map(print));
    screen.choices.push(Choice::back("To the first screen", Msg::Home));
    screen
}

/// The rows beside every screen of a review.
pub(in crate::journeys) fn rail(desk: &Desk, here: Option<ReviewRow>) -> Vec<RailItem> {
    let item = |row: ReviewRow| RailItem {
        number: row.number(),
        name: guide::review_row(row).name.clone(),
        state: match open_in(desk, row) {
            _ if rows::is_untouched(desk, row) => StepState::Untouched,
            0 => StepState::Done,
            open => StepState::Open(open),
        },
        here: if here == Some(row) { Here::Yes } else { Here::No },
    };
    ReviewRow::ALL.into_iter().map(item).collect()
}
