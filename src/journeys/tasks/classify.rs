//! Saying what sign-ins and changes were: a drill, an emergency, misuse, or planned work of an administrator.
//!
//! Those that are alike are said of together. What the record tells of by itself is not asked about; whoever wants to see it
//! asks for it. Misuse is noted as a use the moment it is said, and leads into the repair: the way there is the journey's.

use crate::domain::record::{Class, Classified, Entry, Happened, Use, UseKind};
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::tasks::played::SIMULATED;
use crate::journeys::tasks::who;
use crate::journeys::turn::{Outcome, Turn};
use crate::steps::review::happened::{Happening, alike, happenings};

/// Saying what happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Classify {
    /// What is asked.
    pub at: At,
    /// Which of them are listed.
    pub shown: Shown,
    /// Ids of those that are decided about.
    pub chosen: Vec<String>,
    /// What they were.
    pub class: Option<Class>,
    /// Who says so.
    pub person: String,
    /// What for.
    pub note: String,
    /// What was wrong with the last answer.
    pub problem: Option<String>,
    /// What a script says of everything that is open.
    pub scripted: Option<Class>,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Which of them.
    List,
    /// What they were.
    Details,
    /// Who says so.
    Who,
    /// Who, typed.
    Name,
    /// What for.
    Note,
    /// Whether all of it is right.
    Whole,
}

/// Which of them are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// What nobody has classified.
    Open,
    /// Everything.
    All,
}

/// What a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// This line of the list.
    Choose(usize),
    /// These are to be listed.
    Show(Shown),
    /// They were this.
    Was(Class),
    /// This person.
    Person(String),
    /// A person whose name is to be typed.
    Other,
    /// The answer to the question on the screen.
    Answer(String),
    /// All of it is right; the record takes it.
    Yes,
    /// Back one question.
    Back,
}

impl Classify {
    /// Begins with the list.
    pub fn begin() -> Self {
        let (chosen, person, note) = (Vec::new(), String::new(), String::new());
        let (class, problem, scripted) = (None, None, None);
        Self { at: At::List, shown: Shown::Open, chosen, class, person, note, problem, scripted }
    }

    /// Begins where a script says what all of it was.
    pub fn scripted(class: Class) -> Self {
        Self { scripted: Some(class), ..Self::begin() }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        self.problem = None;
        match (self.at, msg) {
            (At::List, Msg::Choose(line)) => self.choose(desk, line),
            (At::List, Msg::Show(shown)) => self.shown = shown,
            (At::Details, Msg::Was(class)) => {
                self.class = Some(class);
                self.at = if who::known(desk).is_empty() { At::Name } else { At::Who };
            }
            (At::Who, Msg::Person(name)) => self.named(name),
            (At::Who, Msg::Other) => self.at = At::Name,
            (At::Name | At::Note, Msg::Answer(text)) => self.answered(&text),
            (At::Whole, Msg::Yes) => return self.say(desk),
            (_, Msg::Back) => return self.back(desk),
            _ => {}
        }
        Turn::stay()
    }

    fn choose(&mut self, desk: &Desk, line: usize) {
        let Some(group) = self.groups(desk).into_iter().nth(line) else { return };
        self.chosen = group.into_iter().map(|one| one.id).collect();
        self.at = At::Details;
    }

    fn named(&mut self, name: String) {
        (self.person, self.at) = (name, At::Note);
    }

    fn answered(&mut self, text: &str) {
        match (self.at, who::typed(text)) {
            (At::Name, Ok(name)) => self.named(name),
            (At::Name, Err(problem)) => self.problem = Some(problem.to_owned()),
            _ => (self.note, self.at) = (clean(text.trim()), At::Whole),
        }
    }

    fn back(&mut self, desk: &Desk) -> Turn<Msg> {
        self.at = match self.at {
            At::List => return Turn::over(),
            At::Details => At::List,
            At::Who => At::Details,
            At::Name if who::known(desk).is_empty() => At::Details,
            At::Name | At::Note => At::Who,
            At::Whole => At::Note,
        };
        Turn::stay()
    }

    /// Puts it into the record. The list comes again as long as something is open.
    fn say(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let (meant, Some(class)) = (self.meant(desk), self.class) else { return Turn::stay() };
        let person = self.person.clone();
        let said = meant.iter().map(|one| Entry::Classified(self.said(desk, one, class)));
        let used = misused(&meant).filter(|_| class == Class::Misuse);
        let note = used.map(|slot| Entry::Used(self.used(desk, slot)));
        let effects: Vec<Effect<Msg>> = said.chain(note).map(Effect::remember).collect();
        desk.did(format!("{} of them: {}, says {person}.", meant.len(), class.words()));
        desk.person = person;
        let left = self.groups(desk).len() > 1;
        *self = Self { shown: self.shown, scripted: self.scripted, ..Self::begin() };
        match used {
            Some(slot) => Turn::end(Outcome::Misuse(slot)).with(effects),
            None if left => Turn::stay().with(effects),
            None => Turn::over().with(effects),
        }
    }

    fn said(&self, desk: &Desk, one: &Happening, class: Class) -> Classified {
        Classified {
            id: one.id.clone(),
            slot: one.slot,
            what: one.what,
            class,
            person: self.person.clone(),
            date: desk.world.today(),
            note: self.note.clone(),
        }
    }

    fn used(&self, desk: &Desk, slot: Slot) -> Use {
        Use { slot, at: desk.session.now, kind: UseKind::Unauthorized, why: self.note.clone() }
    }

    fn groups(&self, desk: &Desk) -> Vec<Vec<Happening>> {
        let all = happenings(&desk.case()).into_iter();
        alike(all.filter(|one| self.shown == Shown::All || one.is_open()).collect())
    }

    /// Nobody is there to say what it was, unless a script does: of one line after the other.
    pub fn answer(&self, desk: &Desk) -> Msg {
        match (self.at, self.scripted) {
            (At::List, Some(_)) if !self.groups(desk).is_empty() => Msg::Choose(0),
            (At::List, _) | (_, None) => Msg::Back,
            (At::Details, Some(class)) => Msg::Was(class),
            (At::Who, _) => Msg::Person(who::known(desk).into_iter().next().unwrap_or_default()),
            (At::Name, _) => Msg::Answer(SIMULATED.to_owned()),
            (At::Note, _) => Msg::Answer(String::new()),
            (At::Whole, _) => Msg::Yes,
        }
    }

    /// Those that are decided about, newest first.
    fn meant(&self, desk: &Desk) -> Vec<Happening> {
        let all = happenings(&desk.case()).into_iter();
        all.filter(|one| self.chosen.contains(&one.id)).collect()
    }

    /// The list, what is known of a line, and the questions.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "What happened since the last review");
        if self.at == At::List {
            self.list(desk, &mut screen);
        } else {
            let meant = self.meant(desk);
            screen.prose.push(Block::Pairs(self.pairs(&meant)));
            self.asked(desk, &meant, &mut screen);
        }
        screen.choices.push(Choice::back("Back", Msg::Back));
        screen
    }

    fn list(&self, desk: &Desk, screen: &mut Screen<Msg>) {
        let groups = self.groups(desk);
        let words = match groups.is_empty() {
            true => "Nothing here that nobody has classified.",
            false => {
                "Choose a line to see all that is known of it, and say what it was: a drill, an emergency, misuse, or \
                 planned work. Times are in UTC."
            }
        };
        screen.prose.push(Block::Text(words.to_owned()));
        let wide = groups.iter().map(|group| whose(&group[0]).len()).max().unwrap_or_default();
        let line = |(index, group): (usize, &Vec<Happening>)| {
            let first = &group[0];
            let label = format!("{:<wide$}  {}", whose(first), first.at.strftime("%Y-%m-%d %H:%M"));
            Choice::listed(label, told(group), Msg::Choose(index))
        };
        screen.choices.extend(groups.iter().enumerate().map(line));
        screen.suggested = (!groups.is_empty()).then_some(Choice::<Msg>::LISTED);
        screen.choices.push(match self.shown {
            Shown::Open => Choice::safe('a', "Show what is classified as well", Msg::Show(Shown::All)),
            Shown::All => Choice::safe('a', "Show only what is open", Msg::Show(Shown::Open)),
        });
    }

    fn pairs(&self, meant: &[Happening]) -> Vec<(String, String)> {
        let Some(first) = meant.first() else { return Vec::new() };
        let mut pairs: Vec<(String, String)> =
            first.details.iter().map(|(name, said)| ((*name).to_owned(), said.clone())).collect();
        if let [_, .., last] = meant {
            let since = last.at.strftime("%H:%M UTC");
            pairs.push(("Alike".to_owned(), format!("{} in all, the first at {since}", meant.len())));
        }
        if !first.is_open() {
            pairs.push(("Known".to_owned(), first.known.words()));
        }
        let said = [
            ("Was", self.class.map(Class::words).unwrap_or_default()),
            ("Says", self.person.as_str()),
            ("Note", self.note.as_str()),
        ];
        let said = said.into_iter().filter(|(_, said)| !said.is_empty() && self.at != At::Details);
        pairs.extend(said.map(|(name, said)| (name.to_owned(), said.to_owned())));
        pairs
    }

    fn asked(&self, desk: &Desk, meant: &[Happening], screen: &mut Screen<Msg>) {
        match self.at {
            At::List => {}
            At::Details => screen.choices.extend(classes(meant)),
            At::Who => {
                screen.prose.push(Block::Text("Who says so?".to_owned()));
                who::ask(screen, desk, Msg::Person, Msg::Other);
            }
            At::Name => {
                let asked = who::question("Who says so (name and role)", Msg::Answer);
                screen.question = Some(asked.refused(self.problem.clone()));
            }
            At::Note => {
                screen.question =
                    Some(Question::text("What for, or what is known (may be empty)", Msg::Answer));
            }
            At::Whole => {
                if self.class == Some(Class::Misuse) && misused(meant).is_some() {
                    screen.prose.push(Block::Text(
                        "Then the repair follows at once: a new password, and every key registered anew."
                            .to_owned(),
                    ));
                }
                screen.choices.push(Choice::vouches('v', "Say so; put it into the record", Msg::Yes));
            }
        }
    }
}

/// What it can have been. No planned work signs in with these accounts.
fn classes(meant: &[Happening]) -> Vec<Choice<Msg>> {
    let is_change = meant.iter().any(|one| one.what == Happened::Change);
    let work =
        is_change.then(|| Choice::safe('w', "Planned work of an administrator", Msg::Was(Class::Work)));
    let others = [
        Choice::safe('d', "A drill: a test or an exercise", Msg::Was(Class::Drill)),
        Choice::safe('e', "An emergency: a real use", Msg::Was(Class::Emergency)),
        Choice::safe('m', "Misuse: nobody allowed it", Msg::Was(Class::Misuse)),
    ];
    work.into_iter().chain(others).collect()
}

/// The account that was misused, where it was one.
fn misused(meant: &[Happening]) -> Option<Slot> {
    meant.iter().find_map(|one| one.slot)
}

fn whose(one: &Happening) -> String {
    one.slot.map_or_else(|| "Tenant".to_owned(), |slot| slot.to_string())
}

fn told(group: &[Happening]) -> String {
    let first = &group[0];
    let count = if group.len() > 1 { format!("{} x ", group.len()) } else { String::new() };
    let known = if first.is_open() { String::new() } else { format!("; {}", first.known.words()) };
    format!("{count}{}{known}", first.words)
}
