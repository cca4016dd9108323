//! The board: the face of a subject. Why it matters, what was found, what can be done.
//!
//! It knows its subject and nothing else. What a journey offers beside it (the way on, the step before) it puts where the
//! board leaves room.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::text;
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, RecordEffect};
use crate::journeys::frame;
use crate::journeys::reading;
use crate::journeys::screen::{Block, Choice, Leave, Screen};
use crate::journeys::turn::{Start, Turn};
use crate::journeys::world::Derived;
use crate::steps::{self, Again, Subject};

/// So many tasks stand on the board; where there are more, the first of them and a choice that lists all.
const SHOWN: usize = 4;
/// The key of the choice that shows the writes.
const WRITES: char = 'a';

/// What a person does at a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// Look at what would be written.
    DoForMe,
    /// Show how it is done by hand.
    ShowHow,
    /// Read again.
    CheckAgain,
    /// Begin one of the tasks.
    Begin(usize),
    /// List all tasks.
    ListTasks,
    /// Vouch at once for everything that can be vouched for at once.
    VouchForAll,
    /// Do this again.
    Again(usize),
    /// What else can be done.
    Others,
}

/// What a journey offers beside a subject.
#[derive(Debug, Clone)]
pub struct Offers<M> {
    /// What is to be read below the reasons.
    pub words: Vec<Block>,
    /// What the way by hand is called.
    pub by_hand: &'static str,
    /// Behind the tasks.
    pub behind_tasks: Vec<Choice<M>>,
    /// Behind the way by hand.
    pub behind_hand: Vec<Choice<M>>,
    /// The ways on and back; the first of them is the one to take when nothing is left to do.
    pub ways: Vec<Choice<M>>,
    /// How the program is left.
    pub leave: Leave,
}

/// What comes of a message at the board of `subject`.
pub fn on<M: 'static>(desk: &mut Desk, subject: &Subject, msg: &Msg) -> Turn<M> {
    match msg {
        Msg::DoForMe => Turn::begin(Start::Consent(subject.clone())),
        Msg::ShowHow => Turn::begin(Start::ByHand(subject.clone())),
        Msg::CheckAgain => Turn::stay().read(desk, &subject.areas(), None),
        Msg::Begin(index) => match desk.world.derived(subject).asks.get(*index) {
            Some(ask) => begin(desk, ask),
            None => Turn::stay(),
        },
        Msg::ListTasks => Turn::begin(Start::TaskList(subject.clone())),
        Msg::Again(index) => Turn::begin(Start::Again(subject.clone(), *index)),
        Msg::Others => Turn::begin(only_other(desk, subject).unwrap_or(Start::Others(subject.clone()))),
        Msg::VouchForAll => {
            let about = together(&desk.world.derived(subject));
            for attest in &about {
                desk.offered.ask(&Ask::Attest(attest.clone()));
            }
            Turn::begin(Start::Vouch(about))
        }
    }
}

/// Where one thing alone can be done beside the tasks, it needs no list.
fn only_other(desk: &Desk, subject: &Subject) -> Option<Start> {
    let again = frame::again(desk, subject).is_empty();
    match (again, frame::is_vouched(desk, subject), frame::can_accept(desk, subject)) {
        (true, true, false) => Some(Start::Vouch(steps::vouched(&desk.case(), subject))),
        (true, false, true) => Some(Start::Accept(Some(subject.clone()))),
        _ => None,
    }
}

/// Begins one question or task; the pages are written at once.
pub fn begin<M: 'static>(desk: &mut Desk, ask: &Ask) -> Turn<M> {
    desk.offered.ask(ask);
    match ask {
        Ask::WriteDocument => {
            let (plan, facts) = (desk.world.shared_plan(), desk.world.shared_facts());
            Effect::Record(RecordEffect::WriteDocuments { plan, facts }).into()
        }
        task => Turn::begin(Start::Ask(task.clone())),
    }
}

/// What can be vouched for here: it stands on one screen.
fn together(derived: &Derived) -> Vec<Attest> {
    let attest = |ask: &Ask| match ask {
        Ask::Attest(attest) => Some(attest.clone()),
        _ => None,
    };
    derived.asks.iter().filter_map(attest).collect()
}

/// The next message for `subject` when nobody is there: its writes, then the first task that was not put yet.
pub fn answer(desk: &Desk, subject: &Subject) -> Option<Msg> {
    let derived = desk.world.derived(subject);
    if derived.actions.iter().any(|action| !desk.offered.has_write(action)) {
        return Some(Msg::DoForMe);
    }
    derived.asks.iter().position(|ask| !desk.offered.has_ask(ask)).map(Msg::Begin)
}

/// The board of `subject` with what the journey offers; `up` makes the board's messages the journey's.
pub fn screen<M: Clone + 'static>(
    desk: &Desk,
    subject: &Subject,
    offers: Offers<M>,
    up: fn(Msg) -> M,
) -> Screen<M> {
    let derived = desk.world.derived(subject);
    let mut screen = frame::of(desk, subject.board_title());
    screen.trouble = screen.trouble.or_else(|| subject.trouble(&desk.case()));
    screen.prose = subject.why().iter().cloned().map(Block::Reason).collect();
    screen.prose.extend(subject.place().map(|words| Block::Text(words.to_owned())));
    screen.prose.extend(offers.words.iter().cloned());
    screen.checklist = frame::folded(desk, &derived.checks);
    screen.remedies = frame::remedies(desk, subject, &derived.checks);
    screen.help = subject.help().into_iter().map(str::to_owned).collect();
    if !screen.help.is_empty() {
        screen.help.extend(guide::screen_help("overview").iter().cloned());
    }
    screen.work = reading::progress(desk);
    if screen.work.is_none() {
        screen.leave = Some(offers.leave);
        (screen.choices, screen.suggested) = choices(desk, subject, offers, up);
    }
    screen
}

/// The choices, and the key of the one that leads on: writes first, then tasks, then the way on.
fn choices<M: 'static>(
    desk: &Desk,
    subject: &Subject,
    offers: Offers<M>,
    up: fn(Msg) -> M,
) -> (Vec<Choice<M>>, Option<char>) {
    let derived = &*desk.world.derived(subject);
    let mut choices = Vec::new();
    if !derived.actions.is_empty() && !desk.is_dry_run() {
        let writes = Choice::safe(WRITES, "Do it for me", up(Msg::DoForMe));
        choices.push(writes.explained("shows every write first"));
    }
    if !desk.is_dry_run() {
        choices.extend(tasks(desk, subject, derived).into_iter().map(|choice| choice.lift(up)));
    }
    let suggested = choices.first().map(|choice| choice.key);
    if !desk.is_dry_run() {
        let digits = choices.iter().filter(|choice| choice.key.is_ascii_digit()).count();
        choices.extend(others(desk, subject, digits).into_iter().map(|choice| choice.lift(up)));
    }
    choices.extend(offers.behind_tasks);
    if has_a_way_by_hand(desk, subject) {
        choices.push(Choice::safe('m', offers.by_hand, up(Msg::ShowHow)));
    }
    choices.extend(offers.behind_hand);
    if !desk.is_by_hand() {
        choices.push(Choice::safe('c', "Check again", up(Msg::CheckAgain)));
    }
    let on = offers.ways.first().map(|choice| choice.key);
    choices.extend(offers.ways);
    (choices, suggested.or(on))
}

/// Rows of a review that no step is about are done by their tasks alone.
fn has_a_way_by_hand(desk: &Desk, subject: &Subject) -> bool {
    !matches!(subject, Subject::Review(_)) || !subject.by_hand(&desk.case()).is_empty()
}

/// Tasks with a choice of their own, by their place: where several statements are to be made, these are one choice.
fn single(derived: &Derived) -> Vec<(usize, &Ask)> {
    let is_listed = |ask: &Ask| together(derived).len() > 1 && matches!(ask, Ask::Attest(_));
    derived.asks.iter().enumerate().filter(|(_, ask)| !is_listed(ask)).collect()
}

/// How many of so many tasks stand on the board; the others are behind the choice that lists all.
fn shown(tasks: usize) -> usize {
    if tasks > SHOWN { SHOWN - 1 } else { tasks }
}

/// The names of everything on the board of `subject` that is chosen by a digit, in order.
pub fn with_digits(desk: &Desk, subject: &Subject) -> Vec<String> {
    let derived = desk.world.derived(subject);
    let tasks = single(&derived);
    let shown = shown(tasks.len());
    let tasks = tasks.into_iter().take(shown).map(|(_, ask)| ask.key());
    tasks.chain(again_here(desk, subject, shown).iter().map(again_key)).collect()
}

fn again_key(again: &Again) -> String {
    format!("again {}", again.label())
}

/// The digit of what has this name on the board; `first` as long as none was given.
fn digit(desk: &Desk, subject: &Subject, name: &str, first: usize) -> char {
    let own = desk.digits.of(subject, name).map_or(first + 1, usize::from);
    u32::try_from(own).ok().and_then(|digit| char::from_digit(digit, 10)).unwrap_or('0')
}

/// A choice for each task, by the digit that it keeps; where there are many, for the first ones and for the list. Several
/// statements are one choice: they stand on one screen.
pub fn tasks(desk: &Desk, subject: &Subject, derived: &Derived) -> Vec<Choice<Msg>> {
    let (asks, count) = (single(derived), together(derived).len());
    let shown = shown(asks.len());
    let choice = |(first, (index, ask)): (usize, &(usize, &Ask))| {
        Choice::safe(digit(desk, subject, &ask.key(), first), ask.label(desk.plan()), Msg::Begin(*index))
    };
    let mut choices: Vec<Choice<Msg>> = asks.iter().take(shown).enumerate().map(choice).collect();
    if asks.len() > shown {
        let all = derived.asks.len();
        choices.push(Choice::safe('t', format!("Show all {all} tasks here"), Msg::ListTasks));
    }
    if count > 1 {
        let label = format!("Attest: {count} statements, on one screen");
        choices.push(Choice::safe('v', label, Msg::VouchForAll));
    }
    choices
}

/// What can be done again and has a choice of its own: all of it, where the tasks leave room.
fn again_here(desk: &Desk, subject: &Subject, tasks: usize) -> Vec<Again> {
    let again = frame::again(desk, subject);
    if again.len() <= SHOWN.saturating_sub(tasks) { again } else { Vec::new() }
}

/// What can be done again, as far as the tasks leave room; and the way to all else.
fn others(desk: &Desk, subject: &Subject, tasks: usize) -> Vec<Choice<Msg>> {
    let again = frame::again(desk, subject);
    let choice = |(index, again): (usize, &Again)| {
        let key = digit(desk, subject, &again_key(again), tasks + index);
        Choice::safe(key, again.label(), Msg::Again(index))
    };
    let mut choices: Vec<Choice<Msg>> =
        again_here(desk, subject, tasks).iter().enumerate().map(choice).collect();
    let is_left = choices.is_empty() && !again.is_empty();
    let there = [
        (is_left, "do something again"),
        (frame::is_vouched(desk, subject), "say something anew"),
        (frame::can_accept(desk, subject), "accept by name what stays open"),
    ];
    let there: Vec<&str> = there.into_iter().filter(|(is_there, _)| *is_there).map(|(_, it)| it).collect();
    if !there.is_empty() {
        choices.push(Choice::safe('o', text::capitalized(&there.join(", or ")), Msg::Others));
    }
    choices
}
