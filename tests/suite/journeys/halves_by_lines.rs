//! Two people line by line with the real binary, and what a run without anybody says about them.

use std::process::Command;

use breakglass::domain::plan::Route;
use breakglass::journeys::tasks::slip;
use breakglass::journeys::unattended::Answer;
use breakglass::journeys::{Msg, answer};

use crate::support::plain::{self, Paper};
use crate::support::printer::{Mood, Printer};
use crate::support::two_people::{COMMENTED, SECOND_HALF, at_console};
use crate::support::{Home, choice};

// ---- the real program

/// The setup on a printer that holds, with the First account's password for two people.
fn command(home: &Home, printer: &Printer) -> Command {
    let address = format!("route = \"printer\"\nprinter = \"{}\"", printer.address);
    let file = home.plan_with(&[("route = \"file\"", &address), (COMMENTED, SECOND_HALF)]);
    let mut command = home.breakglass();
    command.args(["--seed", "free", "--speed", "1000", "--plain"]).arg("--plan").arg(file);
    command.arg("--record").arg(home.record());
    command
}

/// What the people do: half A is printed, half B is copied by hand.
struct Walk {
    printer: Printer,
    paper: Paper,
}

impl Walk {
    fn decide(&mut self, shown: &str) -> Option<String> {
        self.paper.copy(shown);
        let at = shown.rfind("\nbreakglass  ").unwrap_or(0);
        let here = &shown[at..];
        if here.contains("is here, alone") && here.ends_with("Choice: ") {
            return choice(here, "is here, alone");
        }
        if here.contains(", half B: the password") && here.ends_with("Choice: ") {
            let by_hand = choice(here, "By hand: shown group by group");
            let way = by_hand.or_else(|| choice(here, "Choose another route"));
            if way.is_some() {
                return way;
            }
        }
        let last = here.lines().last().unwrap_or_default();
        let is_line = last.starts_with("Line 1 of") || last.starts_with("Line 2 of");
        if is_line && !here.contains(", half B: the password") || last.starts_with("The PIN: ") {
            let number = usize::from(last.starts_with("Line 2 of"));
            let pdf = self.printer.jobs().last().expect("a page").document.clone();
            return Some(
                crate::support::pdf_reader::tall_letters(&pdf).chars().skip(number * 17).take(17).collect(),
            );
        }
        plain::decide(shown, &mut self.paper)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_set_up_an_account_line_by_line_and_a_crash_between_them_costs_a_slip() {
    let printer = Printer::on(Mood::Holds).await;
    let home = Home::new();
    let (first, again) = (command(&home, &printer), command(&home, &printer));
    let at = printer.clone();
    let walked = tokio::task::spawn_blocking(move || {
        let mut walk = Walk { printer: at, paper: Paper::default() };
        let before = plain::walk_until(first, "go on with half B", &mut |shown| walk.decide(shown));
        (before, plain::walk_until(again, "The setup is complete", &mut |shown| walk.decide(shown)))
    });
    let (before, after) = walked.await.expect("two runs");
    let times = |words: &str| after.matches(words).count();
    assert_eq!(
        times("groups of 4. Enter shows the next one"),
        times("Check of line 1:"),
        "what the world told in between began a copying anew"
    );
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = joined(&before);
    assert!(before.contains("leaves the room with half A in its envelope, seal SEAL-1"), "{before}");
    assert!(joined(&after).contains("only half A of slip"), "the next run does not say that it is lost");
    let slips: Vec<serde_json::Value> = home
        .journal()
        .into_iter()
        .map(|line| line["entry"].clone())
        .filter(|e| e["entry"] == "slip" && e["slot"] == 0 && e["kind"]["holds"] == "password")
        .collect();
    let told: Vec<(&str, usize)> = slips
        .iter()
        .map(|s| (s["state"].as_str().expect("a state"), s["halves"].as_array().map_or(0, Vec::len)))
        .collect();
    assert_eq!(told, [("made", 0), ("made", 1), ("made", 0), ("made", 1), ("confirmed", 2)], "{slips:#?}");
    assert_eq!(slips[4]["halves"][1]["seal"], "SEAL-1");
    assert_eq!(slips[4]["replaces"], slips[0]["number"]);
    // Half A went to the printer alone, half B nowhere.
    let titles: Vec<String> = printer.jobs().iter().map(|job| job.attributes.join(" ")).collect();
    assert!(
        titles.iter().any(|t| t.contains(" A of EA-")) && !titles.iter().any(|t| t.contains(" B of EA-"))
    );
    assert!(
        crate::support::plain::point(&after, "7. Passwords and PINs are on paper").contains("done"),
        "{after}"
    );
}

#[test]
fn nobody_at_the_console_makes_no_slip_for_two_and_says_who_has_to_come() {
    let home = Home::new();
    let file = home.plan_with(&[(COMMENTED, SECOND_HALF)]);
    let mut command = home.breakglass();
    command.args([
        "setup",
        "--tenant",
        "rehearsal",
        "--seed",
        "p1",
        "--speed",
        "1000",
        "--unattended",
        "--json",
    ]);
    let output =
        command.arg("--record").arg(home.record()).arg("--plan").arg(file).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let open = report["open"].as_array().expect("open items");
    let slip = open.iter().find(|f| f["check"] == "paper.slip" && f["slot"] == "first").expect("it is open");
    assert_eq!(slip["verdict"], "needs_person");
    let detail = slip["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("Sample Person A and then Sample Person C have to come"), "{detail}");
    let made = |slot: u8| {
        let mut slips = home.journal().into_iter().map(|line| line["entry"].clone());
        slips.any(|e| e["entry"] == "slip" && e["slot"] == slot && e["kind"]["holds"] == "password")
    };
    assert!(!made(0) && made(1), "only the slip for one person is made by a file");
}

#[test]
fn the_plan_alone_never_answers_for_two_people() {
    for route in Route::ALL {
        let console = at_console(route);
        assert_eq!(answer(&console.model), Answer::Say(Msg::Slip(slip::Msg::Skip)), "{route:?}");
    }
}
