//! The questions of a screen: a choice, a line of text, a secret, a slip that is copied group by group.

use zeroize::Zeroizing;

use super::command::{self, Command, Doing};
use super::slip::{self, Asked, Begun, Copying, Paper, Slips};
use super::watching::Sight;
use super::{Face, Prompt, Step, copy, echo, help, leave, offers, said};
use crate::app::Program;
use crate::domain::secret::typing_back::Judged;
use crate::domain::secret::{SecretId, SecretRef};
use crate::journeys::effect::LineChecked;
use crate::journeys::reply::Reply;
use crate::journeys::screen::Way;
use crate::journeys::{Msg, Question, Screen};
use crate::ui::input::Echo;
use crate::ui::{say, text};

/// A line of a secret that is typed back from paper.
struct TypedBack<'a> {
    secret: SecretId,
    line: usize,
    /// Who hears how it was judged.
    checked: &'a Reply<LineChecked, Msg>,
}

impl Face {
    /// Asks the screen's question.
    pub(super) async fn ask(&mut self, program: &mut Program, screen: &Screen) -> Step {
        let asked = match &screen.question {
            Some(Question::SecretLine { secret, kind, line, lines, problem, checked }) => {
                self.copied = None;
                self.problem_line(problem.as_deref());
                let prompt = format!("{}: ", text::line_name(*kind, *line, *lines));
                let back = TypedBack { secret: *secret, line: *line, checked };
                self.ask_line_of_secret(program, &prompt, back).await
            }
            Some(Question::CopyByHand { secret, .. }) if self.copied != Some(secret.id) => {
                self.copy_by_hand(program, *secret).await
            }
            Some(Question::Text { prompt, preset, problem, .. }) => {
                self.problem_line(problem.as_deref());
                let preset = if preset.is_empty() { String::new() } else { format!(" [{preset}]") };
                self.ask_text(program, &format!("{prompt}{preset}: ")).await
            }
            Some(Question::Secret { prompt, entered, .. }) => {
                self.ask_unknown_secret(program, &format!("{prompt}: "), entered).await
            }
            Some(Question::Consent(_) | Question::CopyByHand { .. }) | None => self.ask_choice(program).await,
        };
        asked.unwrap_or_else(|step| step)
    }

    async fn ask_choice(&mut self, program: &mut Program) -> Result<Step, Step> {
        let echo = echo(&program.screen());
        let is_unseen = echo == Echo::Hidden && self.lines.is_terminal();
        let words = if is_unseen { "What is typed here is not shown.\nChoice: " } else { "Choice: " };
        let line = self.line(program, &Prompt::of(words, echo)).await?;
        if is_unseen {
            say("\n");
        }
        Ok(self.took(program, Some(line)))
    }

    /// Takes the answer to a question for text, or what stands behind a slash.
    async fn ask_text(&mut self, program: &mut Program, prompt: &str) -> Result<Step, Step> {
        let line = self.line(program, &Prompt::of(prompt, Echo::Shown)).await?;
        let screen = program.screen();
        let Some(Question::Text { preset, answer, .. }) = &screen.question else { return Ok(Step::Taken) };
        match command::beside_text(&line, &screen) {
            None => {
                self.memory.heard_answer(&line);
                program.say(answer.with(line.to_string()));
            }
            Some(Command::Keep) => program.say(answer.with(preset.clone())),
            Some(Command::Nothing) => program.say(answer.with(String::new())),
            Some(command) => self.carry_out(program, &screen, command),
        }
        Ok(Step::Taken)
    }

    /// What is typed unseen; `None` where it was a command, which is carried out.
    async fn typed_secret(
        &mut self,
        program: &mut Program,
        prompt: &str,
    ) -> Result<Option<Zeroizing<String>>, Step> {
        let typed = self.line(program, &Prompt::of(prompt, Echo::Hidden)).await?;
        say("\n");
        let screen = program.screen();
        let Some(command) = command::beside_secret(&typed, &screen) else { return Ok(Some(typed)) };
        self.carry_out(program, &screen, command);
        Ok(None)
    }

    async fn ask_line_of_secret(
        &mut self,
        program: &mut Program,
        prompt: &str,
        back: TypedBack<'_>,
    ) -> Result<Step, Step> {
        let Some(typed) = self.typed_secret(program, prompt).await? else { return Ok(Step::Taken) };
        let TypedBack { secret, line, checked } = back;
        let judged = program.vault.judge_line(secret, line, &typed);
        // What is wrong with another line is said with the question that asks for it again.
        if judged == Judged::Right {
            say("right\n");
        }
        program.say(checked.with(LineChecked { line, judged }));
        Ok(Step::Taken)
    }

    /// Takes a secret nobody here knows; the world may answer first (a browser comes back by itself).
    async fn ask_unknown_secret(
        &mut self,
        program: &mut Program,
        prompt: &str,
        entered: &Reply<SecretId, Msg>,
    ) -> Result<Step, Step> {
        let Some(typed) = self.typed_secret(program, prompt).await? else { return Ok(Step::Taken) };
        let id = program.vault.keep_typed(&typed);
        program.say(entered.with(id));
        Ok(Step::Taken)
    }

    /// Shows one group for each Enter. Going back from here leads to the choices, not away from the slip.
    async fn copy_by_hand(&mut self, program: &mut Program, secret: SecretRef) -> Result<Step, Step> {
        let paper = if self.lines.is_terminal() { Paper::Terminal } else { Paper::Pipe };
        let copying = Copying { secret, paper };
        let parts = copying.parts(program);
        let mut shown = self.begun.filter(|begun| begun.secret == secret.id).map_or(0, |begun| begun.shown);
        let words = match shown {
            0 => copying.before(std::mem::replace(&mut self.slips, Slips::More)),
            _ => slip::goes_on(&parts, shown),
        };
        self.tell(&words);
        self.watching.anew();
        loop {
            let again = slip::goes_on(&parts, shown);
            let prompt = Prompt { words: "", again: &again, echo: Echo::Hidden };
            // Whatever ends the copying, no group stays in sight.
            let line = self.line(program, &prompt).await.inspect_err(|_| copying.clear())?;
            match slip::asked(&line, &parts, shown) {
                Asked::Part(place) => match self.watching.look() {
                    Sight::Told(danger) => {
                        copying.clear();
                        self.tell(&told_of(&danger));
                    }
                    seen => {
                        if let Sight::Accepted(danger) = seen {
                            program.say(Msg::Exposed(danger));
                            // Nothing of the record comes between the group and whoever copies it.
                            program.turn().await;
                        }
                        copying.paint(program, parts[place]);
                        shown = place + 1;
                        self.begun = Some(Begun { secret: secret.id, shown });
                    }
                },
                Asked::End => break,
                Asked::Leave => {
                    copying.clear();
                    leave(program);
                    return Ok(Step::Taken);
                }
                Asked::Help => {
                    copying.clear();
                    self.tell(slip::HELP);
                }
            }
        }
        copying.clear();
        self.begun = None;
        self.copied = Some(secret.id);
        self.memory.come_back();
        Ok(Step::Taken)
    }

    /// Takes a line where something is chosen.
    pub(super) fn took(&mut self, program: &mut Program, line: Option<Zeroizing<String>>) -> Step {
        let Some(line) = line else { return Step::InputEnded };
        let screen = program.screen();
        let command = command::chosen(&line, &screen);
        self.carry_out(program, &screen, command);
        Step::Taken
    }

    fn carry_out(&mut self, program: &mut Program, screen: &Screen, command: Command<'_>) {
        match command {
            Command::Say => self.print(program, said::whole(screen)),
            Command::SayAll => self.print(program, said::unfolded(screen)),
            Command::Help => self.tell(&help::all(screen)),
            Command::Leave => leave(program),
            Command::Back => match screen.choices.iter().find(|choice| choice.way == Way::Back) {
                Some(choice) => program.say(choice.msg.clone()),
                None => self.tell("There is no way back from here; q leaves.\n"),
            },
            Command::Copy => say(&copy::bare(screen)),
            Command::Lines { doing, first, last } => lines(program, screen, doing, first..=last),
            Command::Show(index) => say(&help::line(screen, index)),
            Command::Choose(word) => match offers::behind(screen, word) {
                Some(choice) => program.say(choice.msg.clone()),
                None => self.tell(NO_SUCH),
            },
            Command::WriteNothing => self.tell(NOTHING_TICKED),
            // What was typed is not repeated: it may be a secret that was typed in the wrong place.
            Command::Keep | Command::Nothing | Command::Unknown => self.tell(NO_SUCH),
        }
    }

    fn problem_line(&self, problem: Option<&str>) {
        if let Some(problem) = problem {
            self.tell(&format!("Not so: {problem}\n"));
        }
    }
}

/// Said before anything of a slip is shown on a terminal that is recorded.
fn told_of(danger: &str) -> String {
    format!(
        "! {danger}\n  Nothing is shown; Enter shows it all the same, and the record says so. q leaves.\n"
    )
}

const NOTHING_TICKED: &str =
    "Nothing is ticked, so there is nothing to write. tick 1 ticks the first line.\n";
const NO_SUCH: &str = "There is no such choice here. An empty line says what there is, ? helps.\n";

/// Ticks, unticks or shows lines of a consent list: each is then as it was asked to be, whatever it was before.
fn lines(program: &mut Program, screen: &Screen, doing: Doing, places: std::ops::RangeInclusive<usize>) {
    let Some(Question::Consent(lines)) = &screen.question else { return };
    for line in places.filter_map(|place| lines.get(place)) {
        match doing {
            Doing::Tick if !line.ticked => program.say(line.toggle.clone()),
            Doing::Untick if line.ticked => program.say(line.toggle.clone()),
            Doing::Call if line.call.is_empty() => program.say(line.show.clone()),
            Doing::Call => say(&(line.call.join("\n") + "\n")),
            Doing::Tick | Doing::Untick => {}
        }
    }
}
