//! A password for two people, as states: one is in the room and the other is not, then nothing is shown, then it is the
//! other's turn.
//!
//! Once the password is set it is taken apart in the vault and the whole is forgotten. From then on no screen, page or
//! message can name more than the half whose custodian is in the room; the first half is forgotten before the second
//! one's custodian comes in. A half alone is worth nothing: until both are typed back, the slip counts as lost.

use crate::domain::record::{Checked, Entry, Half, HalfSlip, SlipState};
use crate::domain::secret::SecretId;
use crate::domain::text::clean;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, VaultEffect};
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Question, Screen, Work};
use crate::journeys::tasks::slip::printing_screens::lost;
use crate::journeys::tasks::slip::state::{MakeSlip, Msg, People, State};
use crate::journeys::turn::Turn;

/// Whether the slip is between two people, where this file decides.
pub(super) fn is_here(work: &MakeSlip) -> bool {
    matches!(work.state, State::Splitting | State::ComingIn | State::TakingHalf { .. })
}

impl MakeSlip {
    /// The secret goes to paper; one for two people is taken apart first.
    pub(super) fn apart_or_to_paper(&mut self, desk: &mut Desk) -> Turn<Msg> {
        match (self.people, self.secret) {
            (People::Two { .. }, Some(whole)) => {
                let split = VaultEffect::Split(whole, Reply::to(Msg::Split));
                self.enter(State::Splitting).with([Effect::Vault(split)])
            }
            _ => self.go_to_paper(desk),
        }
    }

    pub(super) fn between_two(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match (self.state.clone(), msg) {
            (State::Splitting, Msg::Split(Ok((a, b)))) => self.turn_of(Half::A, a, Some(b)),
            (State::Splitting, Msg::Split(Err(trouble))) => self.stop(desk, trouble),
            (State::ComingIn, Msg::Continue) => self.go_to_paper(desk),
            (State::TakingHalf { custodian: None, .. }, Msg::Answer(text)) => self.taken_by(desk, &text),
            (State::TakingHalf { custodian: Some(custodian), .. }, Msg::Answer(text)) => {
                self.sealed(desk, custodian, &text)
            }
            (State::ComingIn | State::TakingHalf { .. }, Msg::Back) => self.ask_to_stop(),
            _ => Turn::stay(),
        }
    }

    /// It is the turn of the custodian of `half`; nothing is shown before they say that they are there.
    fn turn_of(&mut self, half: Half, secret: SecretId, other: Option<SecretId>) -> Turn<Msg> {
        self.secret = Some(secret);
        self.people = People::Two { half, other };
        (self.wrong, self.judged) = (0, None);
        self.enter(State::ComingIn)
    }

    /// The last line of a half was right: its custodian takes it.
    pub(super) fn half_typed_back(&mut self) -> Turn<Msg> {
        self.enter(State::TakingHalf { custodian: None, problem: None })
    }

    /// Who takes the half: the plan's custodian, unless another name is typed; never who took the other one.
    fn taken_by(&mut self, desk: &Desk, text: &str) -> Turn<Msg> {
        let (_, planned) = keeper(desk, self);
        let typed = clean(text.trim());
        let name = if typed.is_empty() { planned } else { typed };
        let has_other = |half: &&HalfSlip| half.custodian.trim().to_lowercase() == name.trim().to_lowercase();
        let problem = match self.slip.halves.iter().find(has_other) {
            Some(half) => {
                Some(format!("{name} has half {} already; nobody takes both halves.", half.half.name()))
            }
            None if name.is_empty() => Some("Somebody must take it: write the name.".to_owned()),
            None => None,
        };
        let custodian = problem.is_none().then_some(name);
        self.enter(State::TakingHalf { custodian, problem })
    }

    fn sealed(&mut self, desk: &mut Desk, custodian: String, text: &str) -> Turn<Msg> {
        let seal = clean(text.trim());
        let (safe, _) = keeper(desk, self);
        let People::Two { half, other } = self.people else { return Turn::stay() };
        if seal.is_empty() {
            let problem = Some("Write the number on the seal, or \"none\" if it has none.".to_owned());
            return self.enter(State::TakingHalf { custodian: Some(custodian), problem });
        }
        let file = self.slip.file.take();
        self.slip.halves.push(HalfSlip { half, custodian, safe, seal, file });
        match other {
            Some(other) => self.next_half(other),
            None => self.confirm(desk, Checked::TypedBack),
        }
    }

    /// The first half is out of the room and out of the vault; the slip does not count before the second one is.
    fn next_half(&mut self, other: SecretId) -> Turn<Msg> {
        let remember = Effect::remember(Entry::Slip(self.slip.clone()));
        let forget = self.secret.take().map(Effect::forget);
        self.turn_of(Half::B, other, None).with([remember]).with(forget)
    }
}

/// Safe, with its place, and custodian that the plan has for the half that is on its way.
fn keeper(desk: &Desk, work: &MakeSlip) -> (String, String) {
    work.half().map(|half| planned(desk, work, half)).unwrap_or_default()
}

/// Safe, with its place, and custodian that the plan has for either half.
fn planned(desk: &Desk, work: &MakeSlip, half: Half) -> (String, String) {
    let plan = desk.plan();
    let Some(account) = plan.account(work.slip.slot) else { return Default::default() };
    (plan.safe_and_place(account.keeper(half).0), plan.custodian_of(account, half).to_owned())
}

/// What is told before the secret is made: who takes what, one after the other.
pub(super) fn announced(desk: &Desk, work: &MakeSlip) -> Vec<Block> {
    let line = |half: Half| {
        let (safe, custodian) = planned(desk, work, half);
        format!("Half {}: {custodian}, for safe {safe}", half.name())
    };
    let mut blocks = vec![
        Block::Text(
            "It is made for two people. Each sees, prints or copies, and types back their own half only, alone in the \
             room, and takes it away in a sealed envelope. Both have to be at hand now."
                .to_owned(),
        ),
        Block::List(Half::BOTH.map(line).to_vec()),
    ];
    if desk.is_by_hand() {
        blocks.push(Block::Text(
            "Seal the envelopes only after the change at the portal: there, too, each types their own half, half A \
             first, while the other one looks away."
                .to_owned(),
        ));
    }
    blocks
}

/// Fills the screen between two people.
pub(super) fn fill(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    match &work.state {
        State::ComingIn => coming_in(desk, work, screen),
        State::TakingHalf { custodian, problem } => {
            taking(desk, work, screen);
            let question = who_takes(desk, work, custodian.as_deref());
            screen.question = question.map(|question| question.refused(problem.clone()));
        }
        _ => screen.work = Some(Work::endless("taking the password apart for two people")),
    }
}

/// The hidden screen: whoever looks at it learns nothing.
fn coming_in(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    let Some(half) = work.half() else { return };
    let (safe, custodian) = planned(desk, work, half);
    screen.prose.push(Block::Text("Nothing secret is on this screen.".to_owned()));
    screen.prose.push(Block::Steps(match half {
        Half::A => {
            let (_, other) = planned(desk, work, Half::B);
            let alone = format!("{other} leaves the room, and so does everybody else.");
            lost_before(desk, work).into_iter().chain([alone, stays(&custodian, &safe)]).collect()
        }
        Half::B => leaving(work).into_iter().chain([comes(&custodian, &safe)]).collect(),
    }));
    let label = format!("{custodian} is here, alone: go on with half {}", half.name());
    screen.choices.push(Choice::writes('y', label, Msg::Continue));
    screen.suggested = Some('y');
    screen.choices.push(lost());
}

/// A slip that was given up: its halves are not mistaken for these.
fn lost_before(desk: &Desk, work: &MakeSlip) -> Option<String> {
    let before = work.slip.replaces.and_then(|number| desk.evidence().slips.get(&number))?;
    let is_lost = before.state == SlipState::Made;
    is_lost.then(|| format!("Whatever there is of slip {} is destroyed: it was given up.", before.number))
}

fn stays(custodian: &str, safe: &str) -> String {
    format!("{custodian} stays here alone, and gets half A, for safe {safe}.")
}

fn comes(custodian: &str, safe: &str) -> String {
    format!("{custodian} comes in, alone, and gets half B, for safe {safe}.")
}

/// What has to be gone before the second person comes in.
fn leaving(work: &MakeSlip) -> Vec<String> {
    let taken = work.slip.halves.iter().map(|taken| {
        let (who, name) = (&taken.custodian, taken.half.name());
        let file = taken.file.as_ref().map(|file| format!("{who} destroys the file {file}."));
        let leaves = format!("{who} leaves the room with half {name} in its envelope, seal {}.", taken.seal);
        file.into_iter().chain([leaves])
    });
    taken.flatten().collect()
}

/// What becomes of a half that was read back.
fn taking(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    let Some(half) = work.half() else { return };
    let (safe, _) = keeper(desk, work);
    let name = half.name();
    screen.prose.push(Block::Text(format!(
        "Half {name} is on paper and was read from there. Fold it, put it into an envelope alone, and seal the \
         envelope. It goes to safe {safe}."
    )));
    screen.choices.push(lost());
}

/// Asks who takes the half, and then, with a name given, under which seal.
fn who_takes(desk: &Desk, work: &MakeSlip, custodian: Option<&str>) -> Option<Question<Msg>> {
    let name = work.half()?.name();
    let (prompt, preset) = match custodian {
        None => (format!("Who takes half {name} (name)"), keeper(desk, work).1),
        Some(_) => (format!("Seal number of the envelope with half {name}"), String::new()),
    };
    Some(Question::text(prompt, Msg::Answer).preset(preset))
}
