//! Killed between a line of the record and what follows from it: what was sent breaks the tenant once and only once, whether
//! the run was killed before it was broken or before that was written down. And what is out for some minutes is out for so
//! many of the exercise's clock, whatever the tenant's own clock says.
//!
//! What a killed run leaves is put together from the files of one that was not: a record up to a line, and the tenant as it
//! was before or after. Each is on the disk before the next begins, so a killed run leaves nothing else.

use std::path::{Path, PathBuf};

use breakglass::app::REHEARSAL_STATE;
use breakglass::app::exercise;
use breakglass::domain::exercise::event::{Event, Moment, Players};
use breakglass::domain::exercise::scenario::{Damage, Scenario, named};
use breakglass::domain::exercise::script::{self, Script};
use breakglass::journeys::turn::Start;
use serde_json::{Value, json};

use super::launch::{answered, options};

const OPEN: &str = "dice = 1\n[[act]]\ndo = \"open\"\nfacilitator = \"Sample Facilitator\"\n";
const TO_SECOND: &str = "[[act]]\ndo = \"respond\"\nwith = \"console:second\"\n";

fn block_all() -> &'static Scenario {
    named("block-all").expect("a scenario of the library")
}

fn parsed(text: &str) -> Script {
    script::read(text).expect("a script")
}

/// An exercise that a script has played a piece of: where it lies, and what its record says.
struct Piece {
    folder: PathBuf,
    /// The tenant before anything was played.
    before: String,
    moments: Vec<Moment>,
}

impl Piece {
    async fn played(home: &Path, scenario: &Scenario, script: &str) -> Self {
        let options = options(home, &["--unattended", "--tenant", "rehearsal"]);
        let exercise = Box::pin(exercise::launch(&options, scenario, |_| ())).await.expect("it begins");
        let folder = exercise.place.folder.clone();
        let before = read(&folder, REHEARSAL_STATE);
        let launched = exercise.seated(Players::Team, Some(parsed(script)));
        let mut program = launched.program;
        program.begin(Start::Tabletop);
        answered(&mut program).await;
        program.settle().await;
        assert_eq!(program.model.desk.trouble, None);
        let moments = program.model.desk.evidence().exercise.moments.clone();
        if let Some(running) = launched.rehearsal {
            running.stop().await;
        }
        Self { folder, before, moments }
    }

    /// Leaves it as a run does that is killed right after the line with `words`: with this tenant.
    fn killed_after(&self, words: &str, tenant: &str) {
        let journal = read(&self.folder, "journal.jsonl");
        let line = journal.lines().position(|line| line.contains(words)).expect("that line");
        let kept: Vec<&str> = journal.lines().take(line + 1).collect();
        write(&self.folder, "journal.jsonl", &(kept.join("\n") + "\n"));
        write(&self.folder, REHEARSAL_STATE, tenant);
    }

    fn tenant(&self) -> Value {
        serde_json::from_str(&read(&self.folder, REHEARSAL_STATE)).expect("JSON")
    }

    /// How often the tenant was changed by this order.
    fn made(&self, order: &str) -> usize {
        let tenant = self.tenant();
        let made = tenant["changes"].as_array().expect("a list").iter();
        made.filter(|made| made["order"].as_str().is_some_and(|it| it.starts_with(order))).count()
    }

    /// What stands in the record of this change: when, and what it did.
    fn broke(&self, what: &str) -> Vec<(u32, String)> {
        let broke = self.moments.iter().filter_map(|moment| match &moment.what {
            Event::Broke { inject, did, .. } if inject == what => Some((moment.at, did.join(" "))),
            _ => None,
        });
        broke.collect()
    }
}

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).expect("a file")
}

fn write(folder: &Path, file: &str, text: &str) {
    std::fs::write(folder.join(file), text).expect("it can be written");
}

#[tokio::test]
async fn slow_killed_between_an_inject_and_its_damage_or_before_that_is_written_it_breaks_once() {
    let home = tempfile::tempdir().expect("a folder");
    let whole = Piece::played(home.path(), block_all(), OPEN).await;
    assert_eq!((whole.made("first-calls"), whole.broke("first-calls").len()), (1, 1));
    let broken = read(&whole.folder, REHEARSAL_STATE);
    for (when, tenant) in [("before it was broken", &whole.before), ("before that was written", &broken)] {
        whole.killed_after("\"event\":\"sent\"", tenant);
        let again = Piece::played(home.path(), block_all(), "act = []").await;
        assert_eq!(again.folder, whole.folder);
        assert_eq!(again.made("first-calls"), 1, "{when}");
        assert_eq!(again.broke("first-calls").len(), 1, "{when}: {:?}", again.moments);
        let named = |policy: &&Value| {
            policy["body"]["displayName"].as_str().is_some_and(|name| name.starts_with("CA500"))
        };
        let tenant = again.tenant();
        let policies = tenant["policies"].as_array().expect("policies").iter().filter(named).count();
        assert_eq!(policies, 1, "{when}");
        let more = Piece::played(home.path(), block_all(), "act = []").await;
        assert_eq!((more.made("first-calls"), more.broke("first-calls").len()), (1, 1), "{when}, once more");
    }
}

#[tokio::test]
async fn slow_killed_before_the_tenant_knew_who_sat_down_it_is_told_by_the_next_run() {
    let home = tempfile::tempdir().expect("a folder");
    let whole = Piece::played(home.path(), block_all(), &format!("{OPEN}{TO_SECOND}")).await;
    let after = whole.tenant()["operator"].clone();
    whole.killed_after("\"event\":\"responded\"", &whole.before);
    assert_ne!(whole.tenant()["operator"], after);
    let again = Piece::played(home.path(), block_all(), "act = []").await;
    assert_eq!(again.tenant()["operator"], after);
    assert_eq!(again.made("console:second"), 1);
    assert_eq!(again.broke("console:second").len(), 1, "{:?}", again.moments);
}

/// The scenario whose first inject takes the sign-in service out for thirty minutes.
fn outage() -> Scenario {
    let parameters = json!({"service": "login", "minutes": 30});
    let parameters = parameters.as_object().expect("an object").clone();
    let mut scenario = block_all().clone();
    scenario.injects[0].damage = vec![Damage { change: "service-out".to_owned(), parameters }];
    scenario
}

fn turn(minutes: u32) -> String {
    format!("[[act]]\ndo = \"turn\"\nminutes = {minutes}\n")
}

/// At this speed of the tenant thirty of its minutes are less than two seconds.
#[tokio::test]
async fn slow_what_is_out_for_thirty_minutes_is_out_for_thirty_minutes_of_the_exercise() {
    let home = tempfile::tempdir().expect("a folder");
    let script = format!("{OPEN}{}", turn(29));
    let early = Piece::played(home.path(), &outage(), &script).await;
    assert_eq!(early.broke("first-calls"), [(0, "The service login answers 503 for 30 minutes.".to_owned())]);
    let out = early.tenant()["outages"].clone();
    assert_eq!(out[0]["until"], Value::Null, "the tenant's own clock ends nothing: {out}");
    let over = "over:first-calls:30";
    assert_eq!(early.broke(over), []);
    // A run that goes on has the outage, and its end.
    let late = Piece::played(home.path(), &outage(), &(turn(2) + &turn(1))).await;
    assert_eq!(late.broke(over), [(31 * 60, "The service login works again.".to_owned())]);
    assert_eq!(late.tenant()["outages"], json!([]));
    // Killed while it ended, it ends once.
    let ended = read(&late.folder, REHEARSAL_STATE);
    late.killed_after("\"event\":\"turned\",\"minutes\":2}", &ended);
    let again = Piece::played(home.path(), &outage(), "act = []").await;
    assert_eq!((again.made(over), again.broke(over).len()), (1, 1), "{:?}", again.moments);
}
