//! The plain face: a slip from the screen or from its page, watched at every step.

use std::process::Command;

use crate::support::plain::{self, Paper};
use crate::support::{Person, choice};
use crate::watch::Watch;

/// Characters of a line, without its check character.
const LINE: usize = 16;
const GROUPS: usize = LINE / 4;

/// What has come out: lines of each secret with their check characters, page by page.
pub type Pages = Vec<Vec<String>>;

/// Does what there is to do until `is_over` and looks everywhere. `catch` adds the pages that have come out since.
pub fn sit(
    name: &str,
    command: Command,
    catch: &mut dyn FnMut(&str) -> Pages,
    is_over: impl Fn(&str, usize) -> bool,
) -> Watch {
    let mut person = Person::at(command);
    let mut watch = Watch::over(person.process());
    let mut paper = Paper::default();
    let mut sent = String::new();
    while let Some(shown) = person.next_question() {
        for page in catch(&shown) {
            paper.groups = page.iter().flat_map(|line| in_groups(line)).collect();
            learn(&mut watch, &paper);
        }
        paper.copy(&shown);
        let copied = shown.contains("It is on paper") && !paper.groups.is_empty();
        if copied {
            learn(&mut watch, &paper);
        }
        if watch.secrets() > 0 {
            watch.nothing_in_memory(last(&shown));
        }
        // What is revealed is on the screen for all to see who stand there.
        if !shown.contains("Group ") && !shown.contains("Check of line ") {
            sent += &shown;
        }
        if is_over(&shown, watch.secrets()) {
            break;
        }
        let wish = ["WRITES: Somebody stands at the printer; send it", "is here, alone"]
            .iter()
            .find_map(|words| choice(&shown, words));
        let line = wish.or_else(|| plain::decide(&shown, &mut paper));
        person.type_line(&line.unwrap_or_else(|| panic!("no way on from:\n{shown}")));
    }
    watch.nothing_told();
    watch.nothing_sent("all in all", sent.as_bytes());
    watch.told(name);
    person.leave();
    watch
}

fn last(shown: &str) -> &str {
    shown.lines().last().unwrap_or_default()
}

/// A line of paper in groups, its check character behind the last one, as it is typed back.
fn in_groups(line: &str) -> Vec<String> {
    let bare: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    let (letters, check) = bare.split_at(bare.len() - 1);
    let mut groups: Vec<String> = letters.chunks(4).map(String::from_iter).collect();
    if let Some(last) = groups.last_mut() {
        *last = format!("{last} {}", check[0]);
    }
    groups
}

fn learn(watch: &mut Watch, paper: &Paper) {
    let letters = |line: &[String]| {
        let bare: String = line.concat().chars().filter(|c| !c.is_whitespace()).collect();
        bare[..bare.len() - 1].to_owned()
    };
    let whole: String = paper.groups.chunks(GROUPS).map(letters).collect();
    watch.learn(&format!("secret {}", watch.secrets() + 1), &whole);
}
