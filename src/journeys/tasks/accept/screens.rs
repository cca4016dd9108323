//! What is shown while something is accepted by name: the list of what is open, each question, and the whole.

use crate::domain::check::accept;
use crate::domain::check::finding::Finding;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::tasks::accept::{Accepting, At, Does, Msg, in_months};
use crate::journeys::tasks::who;

impl Accepting {
    /// The list, the questions, and the whole.
    pub(super) fn shown(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "Accept by name");
        match (self.at, &self.chosen) {
            (At::Findings, _) | (_, None) => self.list(desk, &mut screen),
            (at, Some(finding)) => {
                screen.prose.push(Block::Pairs(self.pairs(finding)));
                self.asked(desk, at, &mut screen);
                screen.choices.push(Choice::back("Back", Msg::Back));
            }
        }
        screen
    }

    fn list(&self, desk: &Desk, screen: &mut Screen<Msg>) {
        screen.prose.push(Block::Text(
            "What is accepted stays as it is and is shown everywhere, with who, why and until when. It does not count as \
             open until that day, as long as the check says what it says now. Mend it rather, where it can be mended."
                .to_owned(),
        ));
        let never = self.never(desk);
        if let (false, Some(why)) = (never.is_empty(), accept::refusal(accept::NEVER[0])) {
            screen.prose.push(Block::Heading("Never accepted".to_owned()));
            screen.prose.push(Block::List(never));
            screen.prose.push(Block::Text(why.to_owned()));
        }
        let open = self.open(desk);
        if open.is_empty() {
            screen.prose.push(Block::Text("Nothing is open here that could be accepted.".to_owned()));
        }
        let line = |(index, finding): (usize, &Finding)| {
            Choice::listed(frame::label(finding), finding.detail.clone(), Msg::Choose(index))
        };
        screen.choices.extend(open.iter().enumerate().map(line));
        let undo = |(index, finding): (usize, &Finding)| {
            let words = format!("Take back: {}", frame::label(finding));
            let by = desk.case().accepted(finding).map(|by| by.words());
            let by = by.or_else(|| desk.case().not_accepted(finding)).unwrap_or_default();
            Choice::listed(words, by, Msg::Undo(index))
        };
        screen.choices.extend(self.accepted(desk).iter().enumerate().map(undo));
        screen.choices.push(Choice::back("Back", Msg::Back));
    }

    fn pairs(&self, finding: &Finding) -> Vec<(String, String)> {
        let until = self.said.until.map(|day| day.to_string()).unwrap_or_default();
        let by = match self.does {
            Does::Accepts => "Accepted by",
            Does::TakesBack => "Taken back by",
        };
        let pairs = [
            ("Check", frame::label(finding)),
            ("Seen", finding.detail.clone()),
            ("Reason", self.said.reason.clone()),
            ("Until", until),
            (by, self.said.person.clone()),
            ("Approved by", self.said.approver.clone()),
        ];
        let told = pairs.into_iter().filter(|(_, said)| !said.is_empty());
        told.map(|(name, said)| (name.to_owned(), said)).collect()
    }

    fn asked(&self, desk: &Desk, at: At, screen: &mut Screen<Msg>) {
        let today = desk.world.today();
        let text = |prompt: &str| Question::text(prompt, Msg::Answer).refused(self.problem.clone());
        match at {
            At::Findings => {}
            At::Reason => screen.question = Some(text("Why it is accepted")),
            At::End => {
                let spans = [('1', 1), ('2', 3), ('3', 6), ('4', 12)];
                let span = |(key, months): (char, i32)| {
                    let month = if months == 1 { "month" } else { "months" };
                    let label = format!("{months} {month}, until {}", in_months(today, months));
                    Choice::safe(key, label, Msg::Months(months))
                };
                screen.prose.push(Block::Text("How long? It counts again after that day.".to_owned()));
                screen.choices.extend(spans.map(span));
                screen.choices.push(Choice::safe('o', "Until another day", Msg::Typed));
            }
            At::Day => {
                let preset = in_months(today, 1).to_string();
                screen.question = Some(text("The last day on which it is accepted").preset(preset));
            }
            At::Who => {
                screen.prose.push(Block::Text("Who stands for it?".to_owned()));
                who::ask(screen, desk, Msg::Person, Msg::Other);
            }
            At::Name => {
                let prompt = match self.does {
                    Does::Accepts => "Who accepts it (name and role)",
                    Does::TakesBack => "Who takes it back (name and role)",
                };
                let asked = who::question(prompt, Msg::Answer);
                screen.question = Some(asked.refused(self.problem.clone()));
            }
            At::Approver => {
                screen
                    .prose
                    .push(Block::Text("Who has approved it? Another person than who asks.".to_owned()));
                let names = ('1'..='9').zip(self.others(desk));
                screen
                    .choices
                    .extend(names.map(|(key, name)| Choice::safe(key, name.clone(), Msg::Person(name))));
                screen.choices.push(Choice::safe('o', "Somebody else", Msg::Other));
            }
            At::ApproverName => {
                let asked = who::question("Who has approved it (name and role)", Msg::Answer);
                screen.question = Some(asked.refused(self.problem.clone()));
            }
            At::Whole => {
                let label = match self.does {
                    Does::Accepts => "Accept it; put it into the record",
                    Does::TakesBack => "Take it back; it counts again",
                };
                screen.choices.push(Choice::vouches('v', label, Msg::Yes));
            }
        }
    }
}
