//! Who is to blame: each thing that goes wrong is told with what mends it, and with nothing else.

use std::process::{Command, Output, Stdio};

use serde_json::json;

use crate::support::served::Served;
use crate::support::words;

/// An unattended setup whose end is told in words.
fn told(served: &Served) -> String {
    let mut command: Command = served.home.breakglass();
    command.args(["setup", "--unattended"]).args(served.options());
    command.arg("--plan").arg(served.home.plan()).stdin(Stdio::null());
    let output: Output = command.output().expect("it runs");
    words(&output).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences from `words` on, as far as one item reaches.
fn item<'a>(text: &'a str, words: &str) -> &'a str {
    let from = text.find(words).unwrap_or_else(|| panic!("nothing says \"{words}\":\n{text}"));
    let end = text[from..].find(" - ").map_or(text.len(), |end| from + end);
    &text[from..end]
}

const RIGHTS: &str = "Ask an Owner";

#[test]
fn zz_print() {
    let served = Served::new("fresh", Vec::new());
    let Ok(what) = std::env::var("DAMAGE") else { return };
    for one in what.split(',') {
        let (name, parameters) = one.split_once('=').unwrap_or((one, "{}"));
        served.change(name, &serde_json::from_str(parameters).unwrap());
    }
    let mut command: Command = served.home.breakglass();
    command.args(["setup", "--unattended"]).args(served.options());
    command.arg("--plan").arg(served.home.plan()).stdin(Stdio::null());
    println!("{}", words(&command.output().unwrap()));
}

#[test]
fn a_disabled_subscription_is_made_active_again_and_no_right_is_asked_for() {
    let served = Served::new("fresh", Vec::new());
    served.change("subscription-disabled", &json!({}));
    let text = told(&served);
    let item = item(&text, "No Azure subscription that you see takes changes");
    assert!(item.contains("make it active again") && item.contains("alerts.subscription"), "{item}");
    assert!(!text.contains(RIGHTS) && !text.contains("Monitoring Contributor"), "{text}");
}
