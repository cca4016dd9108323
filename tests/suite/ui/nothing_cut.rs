//! Nothing is cut that has no other place to be read: every word of every screen can be seen in every window, wrapped, by
//! scrolling, or in the pane of the selected line, and no word ends in the sign of something cut.

use std::collections::{BTreeMap, BTreeSet};

use breakglass::effects::vault::Vault;
use breakglass::journeys::screen::Block;
use breakglass::journeys::{Question, Screen};
use breakglass::ui::tui::{self, Face, Focus, Look};
use crossterm::event::KeyCode;

use crate::support::album;
use crate::support::face::{ASCII, COLORED, draw, key, rows};

/// The smallest window, the usual one, one column and exactly as many as the box of steps needs, and a large one.
const SIZES: [(u16, u16); 5] = [(60, 18), (80, 24), (99, 30), (100, 30), (120, 40)];
/// From so many columns on a word may be broken: addresses, ids.
const LONG: usize = 24;
/// Frames of one screen at the most.
const MOST: usize = 400;

/// Every text of a screen.
fn texts(screen: &Screen) -> Vec<String> {
    let mut all = vec![screen.title.clone(), screen.banner.tenant.clone()];
    all.extend(screen.help.clone());
    all.extend(screen.done.iter().map(|done| done.words.clone()));
    all.extend(screen.trouble.iter().flat_map(|t| [t.what.clone(), t.reason(), t.next.clone()]));
    all.extend(screen.prose.iter().flat_map(words_of));
    all.extend(screen.checklist.iter().flat_map(|row| [row.label.clone(), row.detail.clone()]));
    all.extend(screen.work.iter().map(|work| work.doing.clone()));
    all.extend(screen.choices.iter().flat_map(|choice| [choice.label.clone(), choice.detail.clone()]));
    match &screen.question {
        Some(Question::Text { prompt, problem, .. }) => {
            all.extend([Some(prompt.clone()), problem.clone()].into_iter().flatten());
        }
        Some(Question::SecretLine { problem, .. }) => all.extend(problem.clone()),
        Some(Question::Secret { prompt, .. }) => all.push(prompt.clone()),
        Some(Question::Consent(lines)) => {
            all.extend(lines.iter().flat_map(|line| line.call.iter().chain([&line.sentence]).cloned()));
        }
        Some(Question::CopyByHand { .. }) | None => {}
    }
    all
}

fn words_of(block: &Block) -> Vec<String> {
    match block {
        Block::Text(text) | Block::Reason(text) | Block::Heading(text) => vec![text.clone()],
        Block::Steps(lines) | Block::List(lines) | Block::Verbatim(lines) => lines.clone(),
        Block::Pairs(pairs) => pairs.iter().flat_map(|(left, right)| [left.clone(), right.clone()]).collect(),
        Block::Checklist(rows) => {
            rows.iter().flat_map(|row| [row.label.clone(), row.detail.clone()]).collect()
        }
        // A name is cut where there is no room; it is told in full below the table.
        Block::Grid(grid) => {
            grid.rows.iter().flat_map(|row| row.cells.clone()).chain(grid.heads.clone()).collect()
        }
        Block::Secret(_) | Block::Qr(_) => Vec::new(),
    }
}

/// Every word that a window of this size shows of a screen, whatever is highlighted and however far it is scrolled.
struct Seen {
    words: BTreeSet<String>,
    /// Words that end in the sign of something cut.
    cut: BTreeSet<String>,
}

impl Seen {
    fn of(screen: &Screen, vault: &Vault, (look, size): (Look, (u16, u16))) -> Self {
        let mut seen = Self::without_help(screen, vault, (look, size));
        let mut face = Face::new(look);
        face.help = Some(0);
        loop {
            seen.look(&mut face, screen, (vault, size));
            let before = face.help;
            tui::on_event(&mut face, &key(KeyCode::PageDown), screen);
            if face.help == before {
                return seen;
            }
        }
    }

    /// The same as far as the screen itself shows it.
    fn without_help(screen: &Screen, vault: &Vault, (look, size): (Look, (u16, u16))) -> Self {
        let mut seen = Self { words: BTreeSet::new(), cut: BTreeSet::new() };
        let mut face = Face::new(look);
        seen.scrolled(&mut face, screen, (vault, size));
        let (lines, choices): (Vec<Focus>, Vec<Focus>) = face
            .all_stops(screen)
            .into_iter()
            .partition(|stop| matches!(stop, Focus::Line(_) | Focus::Row(_)));
        seen.pages(&mut face, screen, lines.first().copied(), (vault, size));
        for stop in choices {
            face.focus = stop;
            seen.look(&mut face, screen, (vault, size));
        }
        seen
    }

    /// Turns the pages of the text.
    fn scrolled(&mut self, face: &mut Face, screen: &Screen, at: (&Vault, (u16, u16))) {
        for _ in 0..MOST {
            self.look(face, screen, at);
            let (lines, shown) = face.drawn.text;
            if face.scroll + shown >= lines {
                break;
            }
            face.scroll += shown.max(1);
        }
        face.scroll = 0;
    }

    /// Turns the pages of a list from its first line on.
    fn pages(&mut self, face: &mut Face, screen: &Screen, first: Option<Focus>, at: (&Vault, (u16, u16))) {
        let Some(first) = first else { return };
        face.focus = first;
        for _ in 0..MOST {
            self.look(face, screen, at);
            self.along(face, screen, at);
            let before = face.focus;
            tui::on_event(face, &key(KeyCode::PageDown), screen);
            if face.focus == before {
                return;
            }
        }
    }

    /// Goes down a line that is taller than the list.
    fn along(&mut self, face: &mut Face, screen: &Screen, at: (&Vault, (u16, u16))) {
        let here = face.focus;
        let is_tall = matches!(here, Focus::Line(_)) && face.drawn.line.1 > face.drawn.list;
        while is_tall && face.focus == here {
            tui::on_event(face, &key(KeyCode::Down), screen);
            self.look(face, screen, at);
        }
        face.focus = here;
    }

    fn look(&mut self, face: &mut Face, screen: &Screen, at: (&Vault, (u16, u16))) {
        let ellipsis = face.look.signs.ellipsis;
        let frame = draw(face, screen, at);
        // The first row has the tenant's name as far as there is room; the help tells all of it.
        for (number, row) in rows(&frame).into_iter().enumerate() {
            let row = row.replace(['│', '|'], " ");
            self.words.extend(row.split_whitespace().map(bare));
            // A step that waits has that sign behind its number.
            let waits = |word: &str| word.trim_end_matches(ellipsis).parse::<u8>().is_ok();
            let is_cut = |word: &&str| {
                number > 0 && word.ends_with(ellipsis) && word.len() > ellipsis.len() && !waits(word)
            };
            let cut = row.split_whitespace().filter(is_cut);
            self.cut.extend(cut.map(str::to_owned));
        }
    }

    /// Whether this word was seen, or one that may be broken in pieces: a long one, an address, a name with hyphens.
    fn has(&self, word: &str) -> bool {
        let word = bare(word);
        let may_break = word.chars().count() > LONG || word.contains(['@', '-', '/', '.']);
        word.is_empty() || self.words.contains(&word) || may_break && self.in_pieces(&word)
    }

    fn in_pieces(&self, word: &str) -> bool {
        let places = word.char_indices().map(|(at, _)| at).skip(1);
        word.is_empty()
            || self.words.contains(word)
            || places
                .filter(|at| self.words.contains(&bare(&word[..*at])))
                .any(|at| self.in_pieces(&word[at..]))
    }
}

/// A word without the signs around it, which may stand on the line before.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Signs differ little in width: without Unicode the smallest window and one with a box of steps tell enough.
fn sizes(look: Look) -> Vec<(u16, u16)> {
    match look.signs.half_block {
        Some(_) => SIZES.to_vec(),
        None => vec![SIZES[0], SIZES[3]],
    }
}

/// Words that cannot be read, by screen and window.
type Lost = BTreeMap<String, BTreeSet<String>>;

/// What of a screen cannot be read in some window.
pub fn lost(screen: &Screen, vault: &Vault) -> Lost {
    let looks = [(COLORED, "unicode"), (ASCII, "ascii")];
    let windows =
        looks.into_iter().flat_map(|(look, name)| sizes(look).into_iter().map(move |at| (look, name, at)));
    let told = |(look, name, (wide, high)): (Look, &str, (u16, u16))| {
        (format!("{} at {wide}x{high}, {name}", screen.title), lost_in(screen, vault, (look, (wide, high))))
    };
    windows.map(told).filter(|(_, words)| !words.is_empty()).collect()
}

/// Words of a screen that one window shows nowhere.
fn lost_in(screen: &Screen, vault: &Vault, at: (Look, (u16, u16))) -> BTreeSet<String> {
    missing(&texts(screen), &Seen::of(screen, vault, at))
}

/// Words of these texts that were not seen, and words that were cut.
fn missing(texts: &[String], seen: &Seen) -> BTreeSet<String> {
    let own = |word: &String| texts.iter().any(|text| text.contains(word.as_str()));
    let missing = texts.iter().flat_map(|text| text.split_whitespace()).filter(|word| !seen.has(word));
    let all = missing.map(str::to_owned).chain(seen.cut.iter().filter(|word| !own(word)).cloned());
    // Wide characters take two cells here, so that they are not one word any more.
    all.filter(|word| !word.contains('日')).collect()
}

/// What of the screens of a whole walk cannot be read in the usual window, or in one with a box beside the list. A screen that
/// says the same as an earlier one is left out, and so is the help, which every screen of the album has shown.
pub fn lost_on_a_walk(screens: &[Screen], vault: &Vault) -> Lost {
    let own = |screen: &Screen| texts(&Screen { help: Vec::new(), ..screen.clone() });
    let mut said = BTreeSet::new();
    let fresh: Vec<&Screen> = screens.iter().filter(|screen| said.insert(own(screen))).collect();
    let all = fresh.into_iter().flat_map(|screen| [SIZES[1], SIZES[3]].map(|size| (screen, size)));
    let told = |(screen, size): (&Screen, (u16, u16))| {
        let seen = Seen::without_help(screen, vault, (COLORED, size));
        (format!("{} at {}x{}", screen.title, size.0, size.1), missing(&own(screen), &seen))
    };
    all.map(told).filter(|(_, words)| !words.is_empty()).collect()
}

#[test]
fn every_word_of_every_kind_of_screen_can_be_read_in_every_window() {
    let (vault, id) = album::vault();
    let mut all = BTreeMap::new();
    for (_, screen) in album::screens(id).into_iter().chain([("long", long())]) {
        all.extend(lost(&screen, &vault));
    }
    assert!(all.is_empty(), "{all:#?}");
}

/// A screen on which everything is long.
fn long() -> Screen {
    use breakglass::journeys::Msg;
    use breakglass::journeys::screen::{Choice, Row, Work};
    let words = |what: &str| {
        format!(
            "{what} alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november {what}."
        )
    };
    let mut screen = album::blank(&words("title"));
    screen.prose = vec![
        Block::Pairs(vec![(words("left"), words("right"))]),
        Block::Verbatim(vec![format!("    {}", words("verbatim"))]),
        Block::Heading(words("heading")),
    ];
    screen.checklist = vec![Row {
        label: words("label"),
        verdict: breakglass::domain::check::finding::Verdict::Fail,
        detail: words("detail"),
    }];
    screen.work = Some(Work { doing: words("doing"), done: 1, total: 3, seconds_left: Some(100) });
    screen.choices = vec![
        Choice::listed(words("listed"), words("value"), Msg::Stay),
        Choice::safe('a', words("choice"), Msg::Stay).explained(words("explained")),
        Choice::writes('w', words("writes"), Msg::Stay),
        Choice::back("Back", Msg::Stay).explained(words("back")),
    ];
    screen
}
