//! What was typed, by the question that it answers.

use crate::domain::exercise::act::Act;
use crate::domain::exercise::event::{Improvement, Mark};
use crate::journeys::desk::Desk;
use crate::journeys::tabletop::{At, Chosen, Msg, Part, Tabletop, better, deciding, table};
use crate::journeys::turn::Turn;

impl Tabletop {
    /// The answer to the question on the screen.
    pub(super) fn typed(&mut self, desk: &mut Desk, text: &str) -> Turn<Msg> {
        match self.at.clone() {
            At::Leader(_) => self.led(desk, text),
            At::Cast { leader, mut names } => {
                names.push(crate::domain::text::clean(text.trim()));
                self.cast(desk, leader, names)
            }
            At::Owner { decision, option, .. } => match crate::journeys::tasks::who::typed(text) {
                Ok(owner) => {
                    self.enter(deciding::because(Chosen { decision: &decision, option: &option }, owner))
                }
                Err(_) => Turn::stay(),
            },
            At::Rationale { decision, option, owner } => {
                let chosen = Chosen { decision: &decision, option: &option };
                self.act(desk, deciding::decided(chosen, &owner, text))
            }
            At::Card { card, .. } => self.act(desk, Act::Card { card, code: Some(text.to_owned()) }),
            At::Word { inject, action } => self.worded(desk, inject, action, text),
            At::Note(to) => {
                self.at = At::Console;
                self.act(desk, Act::Note { text: text.to_owned(), to })
            }
            At::Question(number) => self.answered(desk, number, text),
            At::Reason { objective, rating, .. } => match text.trim() {
                "" => self.enter(At::Reason {
                    objective,
                    rating,
                    problem: Some("Another rating needs a reason.".to_owned()),
                }),
                reason => self.enter(At::Rater { objective, rating, reason: reason.to_owned() }),
            },
            At::Rater { objective, rating, reason } => {
                self.at = At::Rating(objective.clone());
                self.act(desk, Act::Override { objective, rating, reason, person: text.to_owned() })
            }
            At::Improving { number, part, .. } => {
                match better::part(number, part, text, desk.world.today()) {
                    Ok(said) => self.improve(desk, said, part),
                    Err(problem) => self.enter(At::Improving { number, part, problem: Some(problem) }),
                }
            }
            At::Completing(_) => self.act(desk, Act::Complete { person: text.to_owned() }),
            _ => Turn::stay(),
        }
    }

    /// A word about an action: its mark stays as it was given, and is "partly" where none was.
    fn worded(&mut self, desk: &mut Desk, inject: String, action: String, text: &str) -> Turn<Msg> {
        let about = (inject, action);
        let known = table(desk).and_then(|table| table.play.marked.get(&about).map(|marked| marked.mark));
        let ((inject, action), mark) = (about, known.unwrap_or(Mark::Partly));
        self.act(desk, Act::Mark { inject, action, mark, note: text.to_owned() })
    }

    /// A question has its answer: the next one that has none, or the ratings.
    fn answered(&mut self, desk: &mut Desk, number: usize, text: &str) -> Turn<Msg> {
        if text.trim().is_empty() {
            return Turn::stay();
        }
        let left = table(desk).map(|table| {
            let open = |other: &usize| *other != number && !table.play.answers.contains_key(other);
            (0..table.scenario.hot_wash.len()).find(open)
        });
        self.at = left.flatten().map_or(At::Ratings, At::Question);
        self.act(desk, Act::Answer { question: number + 1, text: text.to_owned() })
    }

    /// A part of an improvement was said: the next part that is missing, or all of them.
    fn improve(&mut self, desk: &mut Desk, said: Improvement, part: Part) -> Turn<Msg> {
        let Some(table) = table(desk) else { return Turn::stay() };
        let improved = better::improved(&table, &said);
        let unfit = better::unfit_days(&table, &improved);
        let Improvement { number, objective, issue, action, owner, due, retest } = said;
        if let Some(problem) = unfit {
            return self.enter(At::Improving { number, part, problem: Some(problem) });
        }
        let next = better::next_part(&table, &improved, part);
        self.at = next.map_or(At::Improvements, |part| At::Improving { number, part, problem: None });
        let turn = self.act(desk, Act::Improve { number, objective, issue, action, owner, due, retest });
        if next.is_none() && desk.trouble.is_none() {
            desk.did(format!("Improvement {number} is said."));
        }
        turn
    }
}
