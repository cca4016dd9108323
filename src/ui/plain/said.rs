//! What was said already, so that a screen is told by what is new on it. A memory that is empty says the whole screen.
//!
//! A paragraph is said once, of the reasons for a list of findings the first one. A short sentence tells how something
//! stands: it is said again when it comes back, and for each thing anew. Of lists only what changed is said, of findings
//! those that are open and those that were, and of the others how many. Troubles and what was just done are always said,
//! and a consent list always line by line, unless the very same one was heard before.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::check::finding::Verdict;
use crate::domain::secret::SecretRef;
use crate::domain::trouble::Trouble;
use crate::guide::WIDTH;
use crate::journeys::screen::{Banner, Block, ConsentLine, JustDone, Row, Weight};
use crate::journeys::{Msg, Question, Screen, asks_to_leave};
use crate::ui::plain::words::{self, Explained};

mod offered;

/// The longest sentence, in words, that tells how something stands.
const SHORT: usize = 8;

/// A piece of what is said.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A secret, lent by the vault when it is printed.
    Secret(SecretRef),
}

/// What was said already.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Whether everything is said, as it is where the whole screen was asked for.
    all: Explained,
    folds: Folds,
    banner: Option<Banner>,
    steps: Option<String>,
    title: String,
    /// Whether the screen is come to, or come back to: the way on is said once more.
    is_anew: bool,
    done: Option<JustDone>,
    trouble: Option<Trouble>,
    /// Paragraphs, items and offers; those of one thing with its title before them.
    texts: BTreeSet<String>,
    /// Short sentences of the screen before.
    standing: BTreeSet<String>,
    rows: BTreeMap<String, (Verdict, String)>,
    /// What could be chosen on the screen before.
    offered: Vec<String>,
    answers: BTreeSet<String>,
    consent: Vec<Consented>,
}

/// What of a long list is only counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Folds {
    /// What stands as it was proposed.
    #[default]
    Proposed,
    /// Nothing.
    Nothing,
}

/// A line of a consent list as it was said.
#[derive(Debug, Clone, PartialEq)]
struct Consented {
    sentence: String,
    is_ticked: bool,
    call: Vec<String>,
}

/// The whole screen, of which lines that stand as they were proposed are counted.
pub fn whole(screen: &Screen) -> Vec<Piece> {
    Memory { all: Explained::Yes, ..Memory::default() }.news(screen)
}

/// The whole screen with those lines too.
pub fn unfolded(screen: &Screen) -> Vec<Piece> {
    Memory { all: Explained::Yes, folds: Folds::Nothing, ..Memory::default() }.news(screen)
}

impl Memory {
    /// A person has typed this, and need not hear it as the value of a line.
    pub fn heard_answer(&mut self, answer: &str) {
        self.answers.insert(answer.trim().to_owned());
    }

    /// The screen that stands is come back to.
    pub fn come_back(&mut self) {
        self.is_anew = true;
    }

    /// Whether `doing` is a write of the last consent list.
    pub fn consented(&self, doing: &str) -> bool {
        self.consent.iter().any(|line| line.sentence.starts_with(doing)) && !doing.is_empty()
    }

    /// What is new on `screen`, which counts as said from now on. A question about leaving or giving up is said whole
    /// whenever it is come to: nobody decides that by what was heard a while ago.
    pub fn news(&mut self, screen: &Screen) -> Vec<Piece> {
        let is_come_to = self.title != screen.title || self.offered != offered::labels(screen);
        let news = self.told(screen);
        if is_come_to && self.all == Explained::No && gives_up(screen) {
            let (banner, steps) = (self.banner.clone(), self.steps.clone());
            return Self { all: Explained::Yes, banner, steps, ..Self::default() }.told(screen);
        }
        news
    }

    fn told(&mut self, screen: &Screen) -> Vec<Piece> {
        let is_new = self.title != screen.title;
        let mut told = Told::default();
        self.head(screen, &mut told);
        if is_new && self.needs_title(screen) {
            told.paragraph(&words::lines("", &screen.heading()));
        }
        self.title.clone_from(&screen.title);
        self.is_anew |= is_new;
        self.what_happened(screen, &mut told);
        self.prose(screen, &mut told);
        self.rows(&screen.checklist, &mut told);
        if let Some(Question::Consent(lines)) = &screen.question {
            self.consent(lines, &mut told);
        }
        self.offers(screen, &mut told);
        self.is_anew = false;
        told.pieces
    }

    /// A title that is known is not needed beside what was just done or is being done; none where the prompt says it.
    fn needs_title(&mut self, screen: &Screen) -> bool {
        let is_known = !self.texts.insert(screen.title.clone());
        self.all == Explained::Yes
            || !prompt_says(screen) && !(is_known && (screen.done.is_some() || screen.work.is_some()))
    }

    fn head(&mut self, screen: &Screen, told: &mut Told) {
        if self.banner.as_ref() != Some(&screen.banner) {
            told.paragraph(&words::banner(&screen.banner));
            self.banner = Some(screen.banner.clone());
        }
        let steps = words::steps(screen);
        if steps.is_some() && steps != self.steps {
            told.words(steps.as_deref().unwrap_or_default());
            self.steps = steps;
        }
    }

    fn what_happened(&mut self, screen: &Screen, told: &mut Told) {
        let is_new = |trouble: &&Trouble| self.is_anew || self.trouble.as_ref() != Some(trouble);
        if let Some(trouble) = screen.trouble.as_ref().filter(is_new) {
            told.paragraph(&words::trouble(trouble));
        }
        let is_new = |done: &&JustDone| self.is_anew || self.done.as_ref() != Some(done);
        if let Some(done) = screen.done.as_ref().filter(is_new) {
            told.words(&words::just_done(done));
        }
        self.trouble.clone_from(&screen.trouble);
        self.done.clone_from(&screen.done);
    }

    fn prose(&mut self, screen: &Screen, told: &mut Told) {
        let mut standing = BTreeSet::new();
        let mut heading = None;
        let more = self.more_reasons(screen);
        let is_said = |block: &&Block| !more.iter().any(|reason| std::ptr::eq(*reason, *block));
        for block in screen.prose.iter().filter(is_said) {
            if let Block::Heading(words) = block {
                heading = Some(words::lines("", words));
                continue;
            }
            let mut own = Told::default();
            self.block(block, &mut standing, &mut own);
            if own.pieces.is_empty() {
                continue;
            }
            if let Some(heading) = heading.take() {
                told.paragraph(&heading);
            }
            told.append(own);
        }
        self.standing = standing;
    }

    /// Reasons behind the first one where findings follow: they are there for whoever asks.
    fn more_reasons<'a>(&self, screen: &'a Screen) -> Vec<&'a Block> {
        if self.all == Explained::Yes || screen.checklist.is_empty() {
            return Vec::new();
        }
        screen.prose.iter().filter(|block| matches!(block, Block::Reason(_))).skip(1).collect()
    }

    fn block(&mut self, block: &Block, standing: &mut BTreeSet<String>, told: &mut Told) {
        match block {
            Block::Text(text) | Block::Reason(text) => self.text(text, standing, told),
            Block::Steps(steps) => {
                let all: String = steps
                    .iter()
                    .enumerate()
                    .map(|(index, step)| words::lines(&format!("{:>3}. ", index + 1), step))
                    .collect();
                self.here(&format!("\n{all}"), told);
            }
            Block::List(items) => {
                for item in items {
                    self.here(&words::lines("  - ", item), told);
                }
            }
            Block::Pairs(pairs) => {
                for (left, right) in pairs {
                    self.here(&words::lines("  ", &pair(left, right)), told);
                }
            }
            Block::Verbatim(lines) => {
                let all = lines.join("\n") + "\n";
                self.here(&all, told);
            }
            Block::Grid(grid) => self.here(&(grid.lines(WIDTH).join("\n") + "\n"), told),
            Block::Checklist(rows) => self.result(rows, told),
            Block::Secret(secret) => {
                if self.texts.insert(format!("{}\n{secret:?}", self.title)) {
                    told.pieces.push(Piece::Secret(*secret));
                }
            }
            // Said by `prose`, where something follows; the address of a code stands beside it as text.
            Block::Heading(_) | Block::Qr(_) => {}
        }
    }

    fn text(&mut self, text: &str, standing: &mut BTreeSet<String>, told: &mut Told) {
        let paragraph = words::lines("", text);
        if text.split_whitespace().count() > SHORT {
            return self.once(&paragraph, told);
        }
        standing.insert(paragraph.clone());
        let is_new_here = self.texts.insert(format!("{}\n{paragraph}", self.title));
        if is_new_here || !self.standing.contains(&paragraph) {
            told.paragraph(&paragraph);
        }
    }

    /// Says what was never said.
    fn once(&mut self, words: &str, told: &mut Told) {
        if self.texts.insert(words.to_owned()) {
            told.paragraph(words);
        }
    }

    /// Says what was never said under this title.
    fn here(&mut self, words: &str, told: &mut Told) {
        if self.texts.insert(format!("{}\n{words}", self.title)) {
            told.words(words);
        }
    }

    /// The findings of a screen: those that changed by name, the others by number. What was in order from the first is
    /// not named unless it is asked for.
    fn rows(&mut self, rows: &[Row], told: &mut Told) {
        let is_said = |row: &&Row| match self.rows.get(&row.label) {
            Some(said) => *said == stands(row),
            None => row.verdict == Verdict::Pass && self.all == Explained::No,
        };
        let (others, changed): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(is_said);
        self.named(&changed, told);
        if !others.is_empty() && (self.is_anew || !changed.is_empty()) {
            told.words(&format!("  The others: {}.\n", words::tally(&others)));
        }
        self.rows.extend(rows.iter().map(|row| (row.label.clone(), stands(row))));
    }

    /// Findings in the middle of a text: they are the text.
    fn result(&mut self, rows: &[Row], told: &mut Told) {
        let changed: Vec<&Row> =
            rows.iter().filter(|row| self.rows.get(&row.label) != Some(&stands(row))).collect();
        self.named(&changed, told);
        self.rows.extend(rows.iter().map(|row| (row.label.clone(), stands(row))));
    }

    fn named(&self, rows: &[&Row], told: &mut Told) {
        told.paragraph(&rows.iter().map(|row| words::row(row, self.of_row(row))).collect::<String>());
    }

    /// What is in order is known by its name.
    fn of_row(&self, row: &Row) -> Explained {
        if row.verdict == Verdict::Pass { self.all } else { Explained::Yes }
    }

    fn consent(&mut self, lines: &[ConsentLine<Msg>], told: &mut Told) {
        let now: Vec<Consented> = lines.iter().map(Consented::of).collect();
        let is_same = now.len() == self.consent.len()
            && now.iter().zip(&self.consent).all(|(now, said)| now.sentence == said.sentence);
        let mut all = String::new();
        for (index, line) in now.iter().enumerate() {
            let said = self.consent.get(index).filter(|_| is_same);
            let is_call_new = !line.call.is_empty() && said.is_none_or(|said| said.call != line.call);
            if is_call_new || said.is_none_or(|said| said.is_ticked != line.is_ticked) {
                all += &words::consent(index, &line.words());
            }
            if is_call_new {
                all += &call(&line.call);
            }
        }
        if all.is_empty() && self.is_anew {
            all = format!(
                "The list is the same as before, {} in all; an empty line says it again.\n",
                now.len()
            );
        }
        told.paragraph(&all);
        self.consent = now;
    }
}

fn stands(row: &Row) -> (Verdict, String) {
    (row.verdict, row.detail.clone())
}

impl Consented {
    fn of(line: &ConsentLine<Msg>) -> Self {
        Self { sentence: line.sentence.clone(), is_ticked: line.ticked, call: line.call.clone() }
    }

    fn words(&self) -> String {
        format!("{}{}", if self.is_ticked { "" } else { "not ticked: " }, self.sentence)
    }
}

/// Words in paragraphs.
#[derive(Default)]
struct Told {
    pieces: Vec<Piece>,
}

impl Told {
    fn words(&mut self, words: &str) {
        match self.pieces.last_mut() {
            _ if words.is_empty() => {}
            Some(Piece::Words(before)) => before.push_str(words),
            _ => self.pieces.push(Piece::Words(words.to_owned())),
        }
    }

    /// Words after an empty line.
    fn paragraph(&mut self, words: &str) {
        if !words.is_empty() {
            self.words(&format!("\n{words}"));
        }
    }

    fn append(&mut self, other: Self) {
        for piece in other.pieces {
            match piece {
                Piece::Words(words) => self.words(&words),
                Piece::Secret(secret) => self.pieces.push(Piece::Secret(secret)),
            }
        }
    }
}

/// The request of a write, as it is sent.
fn call(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |all, line| all + "      " + line + "\n")
}

fn pair(left: &str, right: &str) -> String {
    match right.is_empty() {
        true => left.to_owned(),
        false => format!("{left}: {right}"),
    }
}

/// Whether this asks whether to leave, or to give something up for good.
fn gives_up(screen: &Screen) -> bool {
    asks_to_leave(screen) || screen.choices.iter().any(|choice| choice.weight == Weight::Irreversible)
}

/// Whether every line that is no command is an answer.
pub fn takes_text(screen: &Screen) -> bool {
    match &screen.question {
        Some(Question::Text { .. } | Question::Secret { .. } | Question::SecretLine { .. }) => true,
        Some(Question::Consent(_) | Question::CopyByHand { .. }) | None => false,
    }
}

/// Whether the prompt says what the title says: `The plan: Safe A1` before `Safe A1: `.
fn prompt_says(screen: &Screen) -> bool {
    match (&screen.question, screen.title.split_once(": ")) {
        (Some(Question::Text { prompt, .. }), Some((_, title))) => prompt.starts_with(title),
        _ => false,
    }
}
