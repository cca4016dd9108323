//! Keys at random, from the first screen through a whole rehearsal: never a screen without a way back or out, never a
//! request that changes the tenant without a key that says so, never a frame that cannot be drawn.
//!
//! The keys come from a fixed seed; the world answers over the wire, in its own time, so that runs may differ in what it
//! says in between. What is asserted holds on every way.

use breakglass::journeys::screen::Weight;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::{Choice, Msg, Question, Screen};
use breakglass::ui::tui::Focus;
use crossterm::event::KeyCode;

use crate::support::sitting::{SMALL, Sitting};

/// The keys that write, with what stands beside them: `w` on a consent list and before a task that begins with a write,
/// and the keys of a slip, a pass or a test that is under way. Every other key only moves, shows or asks.
const WRITING: [(char, &str); 12] = [
    ('w', "Write"),
    ('w', "Make the slip now"),
    ('w', "Go on with a blank slip"),
    ('w', "Issue the pass and begin"),
    ('w', "Begin the test"),
    // A slip under way: it goes to paper, or gets a new secret.
    ('w', "Give slip"),
    ('n', "send it"),
    ('n', "Send it"),
    ('r', "Cancel the job"),
    // A pass under way is deleted as soon as nobody waits any more; a test ends with its sessions.
    ('b', "Stop waiting"),
    // A test made by hand is recorded, and its sessions are revoked.
    ('y', "I tested it by hand"),
    ('f', "I tested it by hand"),
];

/// The routes to paper, once there is a secret; each has a key of its own.
const ROUTES: [&str; 2] = ["How does it go to paper?", "How does a blank slip get here?"];

/// A generator of numbers (Knuth's constants for 64 bits), the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most.max(1)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

const KEYS: [KeyCode; 18] = [
    KeyCode::Enter,
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::F(1),
    KeyCode::F(2),
    KeyCode::Char(' '),
];

const TEXTS: [&str; 8] =
    ["", "Sample Person", "2", "SAMPLE-1", "2027-01-31", "nonsense; 99", "日本語\u{7}", "A1"];

/// Somebody who presses anything.
struct Random {
    dice: Dice,
    /// Whether a write that was chosen is still under way.
    licensed: bool,
    /// Requests that had changed the tenant when the last such write had ended.
    settled: usize,
    /// Titles that were seen.
    titles: std::collections::BTreeSet<String>,
    /// The way so far, screen by screen.
    pressed: Vec<String>,
}

impl Random {
    fn new(seed: u64) -> Self {
        Self {
            dice: Dice(seed),
            licensed: false,
            settled: 0,
            titles: std::collections::BTreeSet::new(),
            pressed: Vec::new(),
        }
    }

    /// Presses so many keys.
    async fn press(&mut self, mut sitting: Sitting, count: usize) {
        self.settled = sitting.writes().await;
        for _ in 0..count {
            let screen = sitting.screen().await;
            if sitting.program.exit.is_some() {
                self.nothing_was_written(&sitting).await;
                (sitting, self.licensed) = (Box::pin(sitting.again()).await, false);
                self.settled = sitting.writes().await;
                continue;
            }
            self.titles.insert(screen.title.clone());
            self.pressed.push(screen.title.clone());
            look_at(&mut sitting, &screen);
            self.watch(&mut sitting, &screen).await;
            self.one(&mut sitting, &screen).await;
        }
        self.nothing_was_written(&sitting).await;
        sitting.program.settle().await;
    }

    /// Once what was chosen has ended nothing is written any more.
    async fn watch(&mut self, sitting: &mut Sitting, screen: &Screen) {
        let is_over = screen.work.is_none() && !acts(sitting.program.model.top());
        if self.licensed && is_over {
            (self.licensed, self.settled) = (false, sitting.writes().await);
        }
    }

    async fn one(&mut self, sitting: &mut Sitting, screen: &Screen) {
        match self.dice.below(20) {
            0..9 => self.choose(sitting, screen).await,
            9..11 => {
                let text = self.dice.one_of(&TEXTS);
                sitting.keys(&format!("{text}\r"), screen);
            }
            11..13 => Self::read_back(sitting, screen),
            13 => {
                let c = char::from(b'!' + u8::try_from(self.dice.below(94)).unwrap_or(0));
                self.note(sitting, screen, c).await;
                sitting.press(KeyCode::Char(c), screen);
            }
            14 => sitting.wait().await,
            _ => sitting.press(self.dice.one_of(&KEYS), screen),
        }
    }

    /// The key of any choice of the screen; leaving less often.
    async fn choose(&mut self, sitting: &mut Sitting, screen: &Screen) {
        let keys: Vec<char> =
            screen.choices.iter().map(|choice| choice.key).filter(|key| *key != Choice::LISTED).collect();
        let key = if keys.is_empty() { 'x' } else { self.dice.one_of(&keys) };
        if key == 'q' && self.dice.below(12) > 0 {
            return sitting.press(KeyCode::Down, screen);
        }
        if sitting.face.focus == Focus::Field {
            sitting.press(KeyCode::Tab, screen);
        }
        self.note(sitting, screen, key).await;
        sitting.press(KeyCode::Char(key), screen);
    }

    /// Notes whether this key says that it writes, and that it is one of those that may; until now nothing was written.
    async fn note(&mut self, sitting: &Sitting, screen: &Screen, key: char) {
        let is_command = sitting.face.focus != Focus::Field && sitting.face.help.is_none();
        let choice = screen.choices.iter().find(|choice| choice.key == key).filter(|_| is_command);
        let writes = |choice: &&Choice| matches!(choice.weight, Weight::Writes | Weight::Irreversible);
        let Some(choice) = choice.filter(writes) else { return };
        let is_known = |(known, words): &(char, &str)| *known == key && choice.label.contains(words);
        let gives_up = choice.weight == Weight::Irreversible;
        let prose = format!("{:?}", screen.prose);
        let is_route = ROUTES.iter().any(|words| prose.contains(words));
        let known = gives_up || is_route || WRITING.iter().any(is_known);
        assert!(known, "[{key}] {} writes on {:?}: {prose}", choice.label, screen.title);
        self.nothing_was_written(sitting).await;
        self.licensed = true;
    }

    /// Since the last write that was chosen has ended no other request has changed the tenant.
    async fn nothing_was_written(&self, sitting: &Sitting) {
        if !self.licensed {
            assert_eq!(
                sitting.writes().await,
                self.settled,
                "written without a key for it: {:#?}",
                self.pressed
            );
        }
    }

    /// Types a line of a secret as it stands on the paper.
    fn read_back(sitting: &mut Sitting, screen: &Screen) {
        let Some(Question::SecretLine { secret, line, .. }) = &screen.question else {
            return sitting.press(KeyCode::Enter, screen);
        };
        let vault = sitting.program.vault.clone();
        let groups: Vec<_> = (line * 4..line * 4 + 4).filter_map(|n| vault.group(*secret, n)).collect();
        let typed: String = groups.iter().map(|group| group.as_str()).collect();
        let check = vault.line_check(*secret, *line).map(String::from).unwrap_or_default();
        sitting.face.focus = Focus::Field;
        sitting.keys(&format!("{typed}{check}\r"), screen);
    }
}

/// Whether this task writes in its course.
fn acts(layer: &Layer) -> bool {
    let acting =
        matches!(layer, Layer::Writing(_) | Layer::RegisterKey(_) | Layer::Slip(_) | Layer::SignInTest(_));
    acting || matches!(layer, Layer::SignIn(..) | Layer::TenantName(_))
}

/// Every screen has a way back or out, and is drawn whole.
fn look_at(sitting: &mut Sitting, screen: &Screen) {
    let shown = sitting.draw(screen, SMALL);
    assert_eq!(shown.lines().count(), usize::from(SMALL.1), "{shown}");
    let leads_out = |choice: &Choice| matches!(choice.msg, Msg::Quit | Msg::Leave | Msg::Stay);
    let back = screen.choices.iter().any(|choice| choice.way == breakglass::journeys::screen::Way::Back);
    assert!(back || screen.choices.iter().any(leads_out), "no way back from:\n{shown}");
    if let focus @ (Focus::Line(_) | Focus::Choice(_)) = sitting.face.focus
        && sitting.face.help.is_none()
    {
        let in_sight = sitting.face.drawn.places.iter().any(|(_, place)| *place == focus);
        assert!(in_sight, "{focus:?} is out of sight:\n{shown}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nine_hundred_keys_find_no_dead_end_and_write_nothing_unasked() {
    let mut person = Random::new(7);
    Box::pin(person.press(Sitting::begin("p1").await, 900)).await;
    assert!(person.titles.len() >= 12, "it came nowhere: {:#?}", person.titles);
}

/// Longer walks: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn more_keys_on_every_kind_of_tenant() {
        for (seed, tenant) in (1..).zip(["fresh", "p1", "free", "existing", "busy", "strict"]) {
            let mut person = Random::new(seed);
            Box::pin(person.press(Sitting::begin(tenant).await, 300)).await;
            assert!(person.titles.len() >= 5, "{tenant}: {:#?}", person.titles);
        }
    }
}
