//! What the world says is shown when it comes, line by line too: a page that somebody releases at the printer itself.

use std::process::Command;

use crate::support::Home;
use crate::support::person::Person;
use crate::support::plain::{self, Paper};
use crate::support::printer::{Mood, Printer};

/// The setup with a printer that holds.
fn command(home: &Home, printer: &Printer) -> Command {
    let address = format!("route = \"printer\"\nprinter = \"{}\"", printer.address);
    let file = home.plan_with(&[("route = \"file\"", &address)]);
    let mut command = home.breakglass();
    command.args(["--seed", "free", "--speed", "1000", "--plain"]).arg("--plan").arg(file);
    command.arg("--record").arg(home.record());
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_released_at_the_printer_is_told_without_a_line_being_typed() {
    let printer = Printer::on(Mood::Holds).await;
    let home = Home::new();
    let mut person = Person::at(command(&home, &printer));
    let told = tokio::task::spawn_blocking(move || {
        let mut paper = Paper::default();
        for _ in 0..600 {
            let shown = person.next_question().expect("a question");
            if shown.contains("Somebody stands there; release it") {
                printer.release();
                return person.next_question().expect("it says so by itself");
            }
            let line =
                plain::decide(&shown, &mut paper).unwrap_or_else(|| panic!("no way on from:\n{shown}"));
            person.type_line(&line);
        }
        panic!("no page was ever held:\n{}", person.seen)
    });
    let told = told.await.expect("a person");
    assert!(told.contains("Take the page now"), "{told}");
}
