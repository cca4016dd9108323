//! A review that was begun on a rehearsal tenant and has read everything, in this process: what it found, and what is due.

use breakglass::app::{self, Program};
use breakglass::cli::Cli;
use breakglass::domain::check::effective::effective;
use breakglass::domain::check::id::CheckId;
use breakglass::journeys::turn::Start;
use breakglass::journeys::unattended::Answer;
use breakglass::journeys::{self, Msg};
use breakglass::rehearsal::Running;
use breakglass::steps::review;
use clap::Parser;

use crate::support::Home;

/// A program at the board of a review, with the tenant it works on.
pub struct Looked {
    pub program: Program,
    _rehearsal: Option<Running>,
}

impl Looked {
    /// Begins a review of `home` on this seed, reads everything and gives the record back.
    pub async fn at(home: &Home, seed: &str) -> Self {
        let looked = Self::going_on(home, seed).await;
        looked.program.settle().await;
        looked
    }

    /// The same, for somebody who goes on with it.
    pub async fn going_on(home: &Home, seed: &str) -> Self {
        let (record, plan) = (home.record().display().to_string(), home.plan().display().to_string());
        let fixed =
            ["breakglass", "--tenant", "rehearsal", "--seed", seed, "--speed", "1000", "--unattended"];
        let more = ["--record", record.as_str(), "--plan", plan.as_str()];
        let cli = Cli::parse_from(fixed.iter().chain(&more));
        let launched = app::launch(&cli.options, "review").await.expect("it starts");
        let mut looked = Self { program: launched.program, _rehearsal: launched.rehearsal };
        looked.program.begin(Start::Review);
        looked.read().await;
        looked
    }

    async fn read(&mut self) {
        loop {
            match journeys::answer(&self.program.model) {
                Answer::Say(msg) => self.program.say(msg),
                Answer::Leave => break,
                Answer::Wait => match self.program.hear().await {
                    Some(msg) => self.program.say(msg),
                    None => break,
                },
                Answer::Stop => panic!("it stopped: {:?}", self.program.model.desk.trouble),
            }
        }
    }

    /// What is open: subject, what it counts as, and what was seen.
    pub fn open(&self) -> Vec<String> {
        let case = self.program.model.desk.case();
        let all = review::findings(&case).into_iter();
        // Who gets in when something fails has a table of its own (`lockout.toml`).
        let all = all.filter(|finding| finding.check != CheckId::LockoutCovered);
        let open = all.filter(|finding| effective(&case, finding).is_open());
        open.map(|found| format!("{} {}", found.subject(), effective(&case, &found).words())).collect()
    }

    /// What was seen of a subject.
    pub fn detail(&self, subject: &str) -> String {
        let case = self.program.model.desk.case();
        let found = review::findings(&case).into_iter().find(|found| found.subject().as_str() == subject);
        found.map_or_else(|| panic!("no {subject}"), |found| found.detail)
    }

    /// What is due today or was due before: task and what it is about.
    pub fn due(&self) -> Vec<String> {
        let case = self.program.model.desk.case();
        let due = review::due(&case).into_iter().filter(|due| due.is_due(case.today));
        due.map(|due| match &due.about {
            Some(about) => format!("{}: {about}", due.task.id),
            None => due.task.id.clone(),
        })
        .collect()
    }

    /// Days that a task is overdue.
    pub fn overdue(&self, task: &str) -> i64 {
        let case = self.program.model.desk.case();
        let found = review::due(&case).into_iter().find(|due| due.task.id == task);
        found.map_or(0, |due| due.overdue_days)
    }

    /// Leaves it.
    pub async fn leave(mut self) {
        self.program.say(Msg::Leave);
        self.program.settle().await;
    }
}
