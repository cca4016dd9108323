//! What the full-screen face remembers by itself: where the highlight stands, how far the text is scrolled, what is
//! typed and not sent yet, whether a secret is shown. None of it decides anything; it is gone without loss.

use std::collections::BTreeMap;

use ratatui::layout::Rect;
use tui_input::Input;

use crate::domain::check::finding::Verdict;
use crate::domain::secret::SecretId;
use crate::effects::locked::LockedText;

use crate::journeys::screen::{Block, Way, Weight};
use crate::journeys::{Choice, LEAVE, Question, Screen};
use crate::ui::tui::look::Look;

/// How long a secret stays shown without a key being pressed, seconds.
pub const SHOWN_FOR: u16 = 30;
/// The longest secret that is typed, bytes: an address from a browser, and far more than any password.
const LONGEST_SECRET: usize = 4_096;

/// The face's own state.
pub struct Face {
    /// Signs and colors.
    pub look: Look,
    /// A word of warning that stands on secret screens: this terminal is being recorded.
    pub recorded: Option<String>,
    /// The recorder that was told of, and the one that somebody has decided to go on with.
    pub warned: Option<String>,
    /// See [`Face::warned`].
    pub accepted: Option<String>,
    /// What the highlight stands on.
    pub focus: Focus,
    /// Lines of text scrolled past.
    pub scroll: usize,
    /// What is typed into a question.
    pub field: Field,
    /// Seconds until the secret hides itself; `None` while it is hidden.
    pub shown: Option<u16>,
    /// Whether the help covers the screen, and how far it is scrolled.
    pub help: Option<usize>,
    /// A hint instead of the key bar, until the next key.
    pub hint: Option<String>,
    /// Seconds that the present work was waited for.
    pub waited: u64,
    /// What was drawn where.
    pub drawn: Drawn,
    question: Asked,
    /// The line of the list that was selected last.
    line: Option<usize>,
    remembered: BTreeMap<String, Focus>,
    /// Whether the last frame had a secret in the clear.
    bared: bool,
}

/// What the highlight stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The field of a question.
    Field,
    /// A line of the list: a write of a consent list, or a listed choice.
    Line(usize),
    /// A finding of a board, in a window with room for a pane beside it.
    Row(usize),
    /// A choice, counted among all of the screen.
    Choice(usize),
    /// Nothing can be chosen.
    Nothing,
}

/// What is typed.
pub enum Field {
    /// No question asks for it.
    None,
    /// Text, and whether it is still the preset that the first character replaces.
    Text(Input, Preset),
    /// A secret; only its length is ever shown.
    Secret(LockedText),
}

/// Whether a field still holds its preset untouched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Yes: typing replaces it.
    Untouched,
    /// No.
    Edited,
}

/// What was drawn where, for the mouse and for scrolling.
#[derive(Debug, Clone, Default)]
pub struct Drawn {
    /// Areas of choices and lines.
    pub places: Vec<(Rect, Focus)>,
    /// How many lines the text has, and how many were shown.
    pub text: (usize, usize),
    /// How many lines of the list were shown.
    pub list: usize,
    /// The first of them.
    pub list_offset: usize,
    /// The first line of what is highlighted in the list, and how many lines it has.
    pub line: (usize, usize),
    /// What stands on each line of the list, those out of sight too.
    pub rows: Vec<Focus>,
    /// Whether the findings are lines that can be selected.
    pub findings: Findings,
    /// How many rows of choices were shown.
    pub grid: usize,
    /// How many lines the work under way took at the most.
    pub work: usize,
    /// How many lines the help has, and how many of them were shown.
    pub help: (usize, usize),
    /// Whether there was room for the screen.
    pub sight: Sight,
}

/// Whether a window has room for a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sight {
    /// It has.
    #[default]
    Screen,
    /// It has not, and shows no choice.
    Nothing,
}

/// Whether the findings of a board are lines that can be selected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Findings {
    /// They are part of the text.
    #[default]
    Text,
    /// They are: what is said about the selected one stands beside them.
    Lines,
}

/// What is asked, to notice that something else is asked now.
#[derive(Debug, Clone, Default, PartialEq)]
struct Asked {
    title: String,
    question: Kind,
    keys: Vec<char>,
}

#[derive(Debug, Clone, Default, PartialEq)]
enum Kind {
    #[default]
    Choices,
    Text(String),
    Secret(SecretId, usize),
    Consent(usize),
    Copy(SecretId),
}

/// Whether something else is asked than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// What was typed ahead is meant for something else and must be thrown away.
    Yes,
    /// The question is the same.
    No,
}

impl Face {
    /// A face that has shown nothing yet.
    pub fn new(look: Look) -> Self {
        Self {
            look,
            recorded: None,
            warned: None,
            accepted: None,
            focus: Focus::Nothing,
            scroll: 0,
            field: Field::None,
            shown: None,
            help: None,
            hint: None,
            waited: 0,
            drawn: Drawn::default(),
            question: Asked::default(),
            line: None,
            remembered: BTreeMap::new(),
            bared: false,
        }
    }

    /// Looks at the screen that is to be drawn next. A new question gets its field and its highlight.
    pub fn attend(&mut self, screen: &Screen) -> News {
        let asked = Asked::of(screen);
        if asked == self.question {
            return News::No;
        }
        // While something is read nothing can be chosen; where the highlight stood before counts afterwards.
        let title = std::mem::take(&mut self.question.title);
        if self.focus != Focus::Nothing {
            self.remembered.insert(title.clone(), self.focus);
        }
        if asked.title != title {
            self.scroll = 0;
            (self.waited, self.drawn.work) = (0, 0);
        }
        self.shown = None;
        self.hint = None;
        self.drawn.list_offset = 0;
        (self.field, self.line) = (field(screen), None);
        // After an act the next thing is highlighted, wherever the highlight stood before.
        self.focus = self
            .remembered
            .get(&asked.title)
            .copied()
            .filter(|f| exists(screen, *f) && screen.done.is_none())
            .unwrap_or_else(|| first(screen));
        if !matches!(self.field, Field::None) {
            self.focus = Focus::Field;
        }
        self.question = asked;
        News::Yes
    }

    /// A frame was drawn.
    pub fn drew(&mut self, drawn: Drawn) {
        self.drawn = drawn;
        if let Focus::Line(line) | Focus::Row(line) = self.focus {
            self.line = Some(line);
        }
        self.bared = self.shown.is_some();
    }

    /// Whether the last frame had a secret in the clear.
    pub fn showed_secret(&self) -> bool {
        self.bared
    }

    /// One second passed.
    pub fn tick(&mut self) {
        self.waited += 1;
        self.shown = self.shown.and_then(|left| left.checked_sub(1)).filter(|left| *left > 0);
    }

    /// Whether seconds count: a secret hides itself or comes to its end, or something is awaited on a line that is fast enough.
    pub fn counts_seconds(&self, screen: &Screen) -> bool {
        let waits = screen.work.is_some() && self.look.pace == super::look::Pace::Lively;
        self.shown.is_some() || waits || screen.kept.is_some()
    }

    /// The line that was selected last; before that the first finding that is open, or the first line.
    pub(super) fn last_line(&self, screen: &Screen) -> usize {
        let open = || screen.checklist.iter().position(|row| row.verdict != Verdict::Pass);
        self.line.or_else(|| open().filter(|_| Self::has_findings_told(screen))).unwrap_or(0)
    }

    /// Whether there is something to say about each finding.
    pub(super) fn has_findings_told(screen: &Screen) -> bool {
        !screen.checklist.is_empty() && screen.remedies.len() == screen.checklist.len()
    }

    /// Everything the highlight can stand on in this window: findings, where they can be selected, and all other stops.
    pub fn all_stops(&self, screen: &Screen) -> Vec<Focus> {
        let rows = match self.drawn.findings {
            Findings::Lines => screen.checklist.len(),
            Findings::Text => 0,
        };
        (0..rows).map(Focus::Row).chain(Self::stops(screen)).collect()
    }

    /// The lines of the list and the choices, in the order of the arrows.
    pub fn stops(screen: &Screen) -> Vec<Focus> {
        let lines = match &screen.question {
            Some(Question::Consent(lines)) => lines.len(),
            _ => 0,
        };
        let choice = |(index, choice): (usize, &Choice)| match choice.key {
            Choice::LISTED => Focus::Line(index),
            _ => Focus::Choice(index),
        };
        (0..lines).map(Focus::Line).chain(screen.choices.iter().enumerate().map(choice)).collect()
    }
}

/// Whether a secret can be shown on this screen.
pub fn holds_secret(screen: &Screen) -> bool {
    let in_prose = screen.prose.iter().any(|block| matches!(block, Block::Secret(_)));
    in_prose || matches!(screen.question, Some(Question::CopyByHand { .. } | Question::SecretLine { .. }))
}

/// Whether a secret can be revealed on this screen.
pub fn can_show(screen: &Screen) -> bool {
    holds_secret(screen) && !matches!(screen.question, Some(Question::SecretLine { .. }))
}

/// The choice that goes back, when there is one.
pub fn back(screen: &Screen) -> Option<&Choice> {
    screen.choices.iter().find(|choice| choice.way == Way::Back)
}

fn field(screen: &Screen) -> Field {
    match &screen.question {
        Some(Question::Text { preset, .. }) => Field::Text(
            Input::new(preset.clone()),
            if preset.is_empty() { Preset::Edited } else { Preset::Untouched },
        ),
        Some(Question::SecretLine { .. } | Question::Secret { .. }) => Field::Secret(empty_secret()),
        Some(Question::Consent(_) | Question::CopyByHand { .. }) | None => Field::None,
    }
}

/// A secret field in memory of its own, from which typing never moves it.
pub fn empty_secret() -> LockedText {
    LockedText::with_room(LONGEST_SECRET)
}

/// The first line of a consent list or of a list that is there to be chosen from, or the first safe choice with a key that
/// leads on: the recommended way.
fn first(screen: &Screen) -> Focus {
    let stops = Face::stops(screen);
    if matches!(screen.question, Some(Question::Consent(_))) {
        return stops.first().copied().unwrap_or(Focus::Nothing);
    }
    let choice = |focus: &&Focus| match focus {
        Focus::Choice(index) => screen.choices.get(*index),
        _ => None,
    };
    let listed = stops.iter().filter(|focus| matches!(focus, Focus::Line(_)));
    let line = listed.clone().nth(screen.suggested_line).or_else(|| listed.clone().next());
    let is_suggested = |focus: &&Focus| match focus {
        Focus::Line(_) => screen.suggested == Some(Choice::LISTED) && line == Some(*focus),
        focus => choice(focus).is_some_and(|c| Some(c.key) == screen.suggested),
    };
    // Leaving is no way on: whoever presses Enter goes on with what is there.
    let leads_on = |c: &Choice| c.weight == Weight::Safe && c.way == Way::On && c.key != LEAVE;
    let is_way_on = |focus: &&Focus| choice(focus).is_some_and(leads_on);
    stops
        .iter()
        .find(is_suggested)
        .or_else(|| stops.iter().find(is_way_on))
        .or(stops.first())
        .copied()
        .unwrap_or(Focus::Nothing)
}

fn exists(screen: &Screen, focus: Focus) -> bool {
    Face::stops(screen).contains(&focus)
}

impl Asked {
    fn of(screen: &Screen) -> Self {
        Self {
            title: screen.title.clone(),
            question: match &screen.question {
                Some(Question::Text { prompt, .. }) => Kind::Text(prompt.clone()),
                Some(Question::SecretLine { secret, line, .. }) => Kind::Secret(*secret, *line),
                Some(Question::Secret { prompt, .. }) => Kind::Text(prompt.clone()),
                Some(Question::Consent(lines)) => Kind::Consent(lines.len()),
                Some(Question::CopyByHand { secret, .. }) => Kind::Copy(secret.id),
                None => Kind::Choices,
            },
            keys: screen.choices.iter().map(|c| c.key).collect(),
        }
    }
}
