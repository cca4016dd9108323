//! The plain face: numbered choices over standard input and output, line by line. Complete, and good for a screen
//! reader, a serial line or a pipe.
//!
//! An empty line never chooses anything: it shows the screen again. A secret is shown one group for each Enter and
//! painted over at once on a terminal; what is typed back is not echoed there.

use std::io::IsTerminal;

use zeroize::Zeroizing;

use crate::app::Program;
use crate::domain::secret::typing_back::Judged;
use crate::domain::secret::{GROUP, GROUPS_IN_LINE, Secret, SecretId, SecretRef};
use crate::guide::wrap;
use crate::journeys::effect::LineChecked;
use crate::journeys::reply::Reply;
use crate::journeys::screen::Block;
use crate::journeys::{Msg, Question, Screen};
use crate::ui::news::{self, Heard, readable, waits_for_world};
use crate::ui::text::{self, Marks};
use crate::ui::{input, say};

/// Leaving because the input ended: a person is needed to go on.
const INPUT_ENDED: u8 = 2;

/// Blanks a line on which a group was shown.
const PAINTED_OVER: &str = "\r                                                            \r";

/// Runs until the person leaves, and returns the exit code.
pub async fn run(program: &mut Program, marks: Marks) -> u8 {
    let mut face = Face {
        lines: input::lines(),
        marks,
        shown: String::new(),
        title: String::new(),
        working: String::new(),
        copied: None,
    };
    say("Plain mode: type the number of a choice and Enter. ? is help, q asks to leave.\n\
         Where text is asked for: /1 chooses, /? is help, /q asks to leave.\n");
    loop {
        while let Some(msg) = program.hear_now() {
            program.say(msg);
        }
        program.turn().await;
        if let Some(code) = program.exit {
            program.settle().await;
            return code;
        }
        let screen = program.screen();
        face.show(&screen, program);
        let step = match waits_for_world(&screen) {
            true => face.wait(program, &screen).await,
            false => face.ask(program, &screen).await,
        };
        if step == Step::InputEnded {
            program.settle().await;
            say("\nThe input ended. Nothing is lost: run the same command again and it goes on from here.\n");
            return INPUT_ENDED;
        }
    }
}

#[derive(PartialEq, Eq)]
enum Step {
    Taken,
    InputEnded,
}

struct Face {
    lines: input::Lines,
    marks: Marks,
    shown: String,
    title: String,
    working: String,
    /// The secret that was copied from this screen, so that it is not shown twice.
    copied: Option<SecretId>,
}

/// A line of a secret that is typed back from paper.
struct TypedBack<'a> {
    secret: SecretId,
    line: usize,
    /// Who hears how it was judged.
    checked: &'a Reply<LineChecked, Msg>,
}

impl Face {
    /// Prints what changed: the whole screen, or only the line of progress.
    fn show(&mut self, screen: &Screen, program: &Program) {
        let working = waits_for_world(screen);
        let words = text::screen(&readable(screen), self.marks);
        // What is being read fills a screen little by little; it is printed once, when it stands.
        let is_filling = working && screen.choices.is_empty() && screen.title == self.title;
        if words != self.shown && !is_filling {
            say_with_pass(self.fresh(&words), screen, program);
            self.shown = words;
            self.title.clone_from(&screen.title);
            if working && !screen.choices.is_empty() && self.lines.is_terminal() {
                say(&text::choices(screen));
            }
        }
        let line = screen.work.as_ref().map(text::work_line).unwrap_or_default();
        if line != self.working && !line.is_empty() {
            say(&(wrap("  ... ", &line).join("\n") + "\n"));
        }
        self.working = line;
    }

    /// What is new of a screen: all of it, or what was added to the one that was printed.
    fn fresh<'a>(&self, words: &'a str) -> &'a str {
        let shown = self.shown.trim_end();
        let added = words.strip_prefix(shown).filter(|added| added.starts_with('\n') && !shown.is_empty());
        added.map_or(words, |added| added.trim_start_matches('\n'))
    }

    /// Waits for the world; on a terminal a person may choose meanwhile. A pipe keeps its lines for the next question.
    async fn wait(&mut self, program: &mut Program, screen: &Screen) -> Step {
        if !self.lines.is_terminal() || screen.choices.is_empty() {
            let msg = program.hear().await;
            return heard(program, msg);
        }
        tokio::select! {
            msg = program.hear() => heard(program, msg),
            line = self.lines.next() => self.took(program, screen, line),
        }
    }

    /// Asks the screen's question.
    async fn ask(&mut self, program: &mut Program, screen: &Screen) -> Step {
        match &screen.question {
            Some(Question::SecretLine { secret, kind, line, lines, problem, checked }) => {
                self.copied = None;
                problem_line(problem.as_deref());
                say(ENTER_ALONE);
                say(&format!("{}: ", text::line_name(*kind, *line, *lines)));
                let back = TypedBack { secret: *secret, line: *line, checked };
                self.ask_secret(program, screen, back).await
            }
            Some(Question::CopyByHand { secret, .. }) if self.copied != Some(secret.id) => {
                self.copied = Some(secret.id);
                self.copy_by_hand(program, *secret).await
            }
            Some(Question::Text { prompt, preset, problem, answer }) => {
                problem_line(problem.as_deref());
                say(&slash_choices(screen));
                say(&if preset.is_empty() {
                    format!("{prompt}: ")
                } else {
                    format!("{prompt} [{preset}]: ")
                });
                self.ask_text(program, screen, answer).await
            }
            Some(Question::Secret { prompt, entered, .. }) => {
                self.ask_unknown_secret(program, screen, prompt, entered).await
            }
            Some(Question::Consent(_) | Question::CopyByHand { .. }) | None => {
                say(&text::choices(screen));
                say(match &screen.question {
                    Some(Question::Consent(_)) => "Number (or: tick 3, call 3): ",
                    _ => "Number: ",
                });
                match news::line_or_news(&mut self.lines, program, screen).await {
                    Heard::Line(line) => self.took(program, screen, line),
                    Heard::News => Step::Taken,
                }
            }
        }
    }

    /// Takes the answer to a question for text, or what stands behind a slash.
    async fn ask_text(
        &mut self,
        program: &mut Program,
        screen: &Screen,
        answer: &Reply<String, Msg>,
    ) -> Step {
        let line = match news::line_or_news(&mut self.lines, program, screen).await {
            Heard::Line(Some(line)) => line,
            Heard::Line(None) => return Step::InputEnded,
            Heard::News => return Step::Taken,
        };
        if let Some(number) = line.strip_prefix('/').map(str::to_owned) {
            self.shown.clear();
            self.took(program, screen, Some(Zeroizing::new(number)))
        } else {
            self.shown.clear();
            program.say(answer.with(line.to_string()));
            Step::Taken
        }
    }

    async fn ask_secret(&mut self, program: &mut Program, screen: &Screen, back: TypedBack<'_>) -> Step {
        let Some(typed) = self.lines.next_hidden().await else { return Step::InputEnded };
        if typed.trim().is_empty() {
            return self.choose(program, screen).await;
        }
        let TypedBack { secret, line, checked } = back;
        let judged = program.vault.judge_line(secret, line, &typed);
        say(if judged == Judged::Right { "right\n" } else { "not right\n" });
        self.shown.clear();
        program.say(checked.with(LineChecked { line, judged }));
        Step::Taken
    }

    /// Takes a secret nobody here knows; the world may answer first (a browser comes back by itself).
    async fn ask_unknown_secret(
        &mut self,
        program: &mut Program,
        screen: &Screen,
        prompt: &str,
        entered: &Reply<SecretId, Msg>,
    ) -> Step {
        say(ENTER_ALONE);
        say(&format!("{prompt}: "));
        let typed = tokio::select! {
            msg = program.hear() => {
                say("\n");
                return heard(program, msg);
            }
            typed = self.lines.next_hidden() => typed,
        };
        let Some(typed) = typed else { return Step::InputEnded };
        say("\n");
        if typed.trim().is_empty() {
            return self.choose(program, screen).await;
        }
        self.shown.clear();
        let id = program.vault.keep(Secret::new(Zeroizing::new(typed.trim().to_owned())));
        program.say(entered.with(id));
        Step::Taken
    }

    /// The choices of a screen that asks for a secret: there every line is the secret, but for an empty one. Nothing is
    /// echoed here either, for whoever overlooks that this is a list types the secret.
    async fn choose(&mut self, program: &mut Program, screen: &Screen) -> Step {
        say(&text::choices(screen));
        say("  ?  Help   q  Leave   Enter alone goes back to the secret\nNumber: ");
        let line = self.lines.next_hidden().await;
        say("\n");
        self.took(program, screen, line)
    }

    /// Shows one group for each Enter and paints it over where that is possible.
    async fn copy_by_hand(&mut self, program: &Program, secret: SecretRef) -> Step {
        let groups = secret.length.div_ceil(GROUP);
        say(&format!(
            "\nThe secret comes in {groups} groups of {GROUP}. Enter shows the next one{}.\n",
            if self.lines.is_terminal() { " and paints the last one over" } else { "" }
        ));
        for n in 0..groups {
            if self.lines.next_hidden().await.is_none() {
                return Step::InputEnded;
            }
            paint_group(program, secret, n, self.lines.is_terminal());
        }
        let ended = self.lines.next_hidden().await.is_none();
        say(if self.lines.is_terminal() { PAINTED_OVER } else { "\n" });
        if ended { Step::InputEnded } else { Step::Taken }
    }

    fn took(&mut self, program: &mut Program, screen: &Screen, line: Option<Zeroizing<String>>) -> Step {
        let Some(line) = line else { return Step::InputEnded };
        let msg = match line.trim() {
            "" => {
                self.shown.clear();
                return Step::Taken;
            }
            "?" => {
                say(&help(screen));
                return Step::Taken;
            }
            "q" => Some(Msg::Quit),
            words => chosen(screen, words),
        };
        match msg {
            Some(msg) => {
                self.shown.clear();
                program.say(msg);
            }
            None => {
                // What was typed is not repeated: it may be a secret that was typed in the wrong place.
                say("There is no such choice here; type the number before one of them.\n");
            }
        }
        Step::Taken
    }
}

fn heard(program: &mut Program, msg: Option<Msg>) -> Step {
    let Some(msg) = msg else { return Step::InputEnded };
    program.say(msg);
    Step::Taken
}

/// Beside a question for a secret: whatever is typed is the secret, so that one which looks like a command is never shown.
const ENTER_ALONE: &str = "  (Enter alone shows the choices, help and leaving among them)\n";

/// The choices beside a question for text; everything without a slash is the answer.
fn slash_choices(screen: &Screen) -> String {
    let choice =
        |(index, choice): (usize, &crate::journeys::Choice)| format!("  /{}  {}\n", index + 1, choice.label);
    let choices: Vec<String> = screen.choices.iter().enumerate().map(choice).collect();
    choices.concat() + "  /?  Help   /q  Leave\n"
}

/// The message behind a typed number, or behind `tick 3` and `call 3` on a consent list.
fn chosen(screen: &Screen, words: &str) -> Option<Msg> {
    let number = |text: &str| text.trim().parse::<usize>().ok()?.checked_sub(1);
    if let Some(Question::Consent(lines)) = &screen.question {
        let line = |rest: &str| number(rest).filter(|n| *n < lines.len());
        if let Some(rest) = words.strip_prefix("tick").or_else(|| words.strip_prefix("untick")) {
            return line(rest).map(|n| lines[n].toggle.clone());
        }
        if let Some(rest) = words.strip_prefix("call") {
            return line(rest).map(|n| lines[n].show.clone());
        }
    }
    screen.choices.get(number(words)?).map(|choice| choice.msg.clone())
}

fn help(screen: &Screen) -> String {
    let mut words = String::from(
        "\nType the number before a choice and Enter. Choices marked WRITES change the tenant or make a secret.\n\
         An empty line shows the screen again, q asks to leave. While text is asked for these\n\
         are /1, /? and /q. While a secret is asked for, Enter alone leads to them.\n",
    );
    for paragraph in &screen.help {
        words.push('\n');
        for line in wrap("", paragraph) {
            words.push_str(&line);
            words.push('\n');
        }
    }
    words.push('\n');
    words
}

fn problem_line(problem: Option<&str>) {
    if let Some(problem) = problem {
        say(&format!("! {problem}\n"));
    }
}

/// The words with each secret at its place, lent by the vault and never part of a text. A Temporary Access Pass is short
/// and is typed into a browser, so it stands there whole.
fn say_with_pass(words: &str, screen: &Screen, program: &Program) {
    let secrets = screen.prose.iter().filter_map(|block| match block {
        Block::Secret(secret) => Some(secret),
        _ => None,
    });
    let mut parts = words.split(text::SECRET_PLACE);
    say(parts.next().unwrap_or_default());
    for (secret, part) in secrets.zip(parts) {
        if let Some(lent) = program.vault.lend(secret.id) {
            say("      ");
            say(lent.expose());
            say("\n\n");
        }
        say(part);
    }
}

fn paint_group(program: &Program, secret: SecretRef, n: usize, on_terminal: bool) {
    let groups = secret.length.div_ceil(GROUP);
    let Some(group) = program.vault.group(secret.id, n) else { return };
    let label = format!("Group {} of {groups}:  ", n + 1);
    say(if on_terminal { PAINTED_OVER } else { "" });
    say(&label);
    say(&group);
    if (n + 1).is_multiple_of(GROUPS_IN_LINE) || n + 1 == groups {
        say(&line_end(program, secret, n / GROUPS_IN_LINE));
    }
    say(if on_terminal { "  " } else { "\n" });
}

/// What stands after the last group of a line on paper.
fn line_end(program: &Program, secret: SecretRef, line: usize) -> Zeroizing<String> {
    let check = program.vault.line_check(secret.id, line);
    Zeroizing::new(
        check.map_or_else(String::new, |check| format!("   check {check}   (line {} ends)", line + 1)),
    )
}

/// Whether a person sits at a terminal on both sides.
pub fn is_at_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}
