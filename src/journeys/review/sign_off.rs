//! Signing off: by name, by as many as the plan wants, and never over something that nobody has decided about.

use crate::domain::check::finding::Verdict;
use crate::domain::review::{Closed, ReviewRow};
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::review::Msg;
use crate::journeys::review::rows::{self, findings, open};
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::tasks::who::{self, Typing};

/// Why this person cannot sign; `None` where they can.
pub(super) fn refusal(desk: &Desk, person: &str) -> Option<String> {
    let reviews = &desk.evidence().reviews;
    let has_signed = |signed: &&crate::domain::review::Signature| signed.person.eq_ignore_ascii_case(person);
    if desk.is_dry_run() {
        return Some("This run writes nothing, so nothing is signed in it.".to_owned());
    }
    if reviews.open.is_none() {
        return Some("No review is open. Look at everything again first.".to_owned());
    }
    if reviews.signatures.iter().any(|signed| has_signed(&signed)) {
        return Some(format!("{person} has signed already; the second name is somebody else's."));
    }
    undecided(desk)
}

/// What has to be decided before anybody signs.
pub(super) fn undecided(desk: &Desk) -> Option<String> {
    let all = findings(desk);
    let left = all
        .iter()
        .filter(|(row, finding)| *row == ReviewRow::Changes && finding.verdict == Verdict::NeedsPerson);
    match left.count() {
        0 => None,
        _ => Some(
            "There are sign-ins or changes that nobody has classified. Say first what each of them was."
                .to_owned(),
        ),
    }
}

/// Whether the next signature is the last that is wanted.
pub(super) fn is_last(desk: &Desk) -> bool {
    desk.evidence().reviews.signatures.len() + 1 >= wanted(desk)
}

/// Whether as many have signed as are wanted.
pub(super) fn is_signed(desk: &Desk) -> bool {
    desk.evidence().reviews.signatures.len() >= wanted(desk)
}

/// How many names the plan wants.
fn wanted(desk: &Desk) -> usize {
    u8::from(desk.plan().review.signatures).into()
}

/// What the review came to.
pub(super) fn closed(desk: &Desk) -> Option<Closed> {
    let open = desk.evidence().reviews.open.clone()?;
    let (findings, policies) = (rows::concluded(desk), rows::policies(desk));
    let (names, date) = (rows::policy_names(desk), desk.world.today());
    Some(Closed { review: open.review, date, facts: open.facts, policies, names, findings })
}

/// Who signs.
pub(super) fn screen(desk: &Desk, typing: Typing, problem: Option<String>) -> Screen<Msg> {
    let reviews = &desk.evidence().reviews;
    let name = reviews.open.as_ref().map_or("", |open| open.review.as_str());
    let mut screen = frame::of(desk, format!("Sign off review {name}"));
    let signed: Vec<String> = reviews
        .signatures
        .iter()
        .map(|signed| format!("{} signed on {}", signed.person, signed.date))
        .collect();
    if !signed.is_empty() {
        screen.prose.push(Block::List(signed));
    }
    screen.prose.push(Block::Text(stands(desk)));
    if let Some(undecided) = undecided(desk) {
        screen.prose.push(Block::Text(undecided));
        screen.choices = vec![
            Choice::safe('c', "To the sign-ins and changes", Msg::Row(ReviewRow::Changes)),
            Choice::back("Back", Msg::Back),
        ];
        return screen;
    }
    screen.prose.push(Block::Text(
        "Whoever signs has seen the board, and answers for what stays open on it. The name goes into the record, over its \
         last line, and into the report."
            .to_owned(),
    ));
    match typing {
        Typing::Yes => {
            screen.question = Some(who::question("Who signs (name)", Msg::Sign).refused(problem));
        }
        Typing::No => {
            let names = who::known(desk).into_iter().filter(|name| refusal(desk, name).is_none());
            let digits = ('1'..='9').zip(names);
            screen.choices.extend(
                digits.map(|(key, name)| {
                    Choice::vouches(key, format!("{name} signs"), Msg::Sign(name.clone()))
                }),
            );
            screen.choices.push(Choice::safe('o', "Somebody else signs", Msg::Typed));
        }
    }
    screen.choices.push(Choice::back("Back, sign nothing", Msg::Back));
    screen
}

/// What is signed, in one sentence.
fn stands(desk: &Desk) -> String {
    match (open(desk).len(), wanted(desk)) {
        (0, 1) => "Everything is in order.".to_owned(),
        (0, _) => "Everything is in order. Two people sign.".to_owned(),
        (1, 1) => "One thing stays open; it stands in the report with its owner.".to_owned(),
        (left, 1) => format!("{left} things stay open; they stand in the report, each with its owner."),
        (left, _) => {
            format!("{left} stay open and stand in the report, each with its owner. Two people sign.")
        }
    }
}
