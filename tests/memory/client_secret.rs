//! A client secret that is typed: it stays for as long as tokens are fetched with it, and only where nobody else can read.

use crate::support::served::Served;
use crate::support::terminal::{Window, wait_until_so};
use crate::watch::Watch;

/// The form that Entra gives them; 40 characters.
const SECRET: &str = "Xk48Q~vTz9LmRw2cPdYhJ6nBsGf3uEaW5tKxNrQo";
const OWN_APP: &str = "11111111-2222-4333-8444-555555555555";

fn command(served: &Served) -> std::process::Command {
    let mut command = served.home.breakglass();
    command.args(served.options()).args(["--sign-in", "client-secret", "--client-id", OWN_APP]);
    command
}

/// The window at the question for it, and its watch.
fn at_question(command: &std::process::Command, begin: &str) -> (Window, Watch) {
    let mut window = Window::open(command, (80, 24));
    window.wait_for("Set up the accounts").keys(begin).wait_for("lient secret");
    let mut watch = Watch::over(window.process());
    watch.learn("client secret", SECRET);
    (window, watch)
}

fn used(mut window: Window, mut watch: Watch, name: &str) {
    watch.nothing_in_memory("typed, and used");
    window.next_frame();
    watch.nothing_in_memory("a moment later");
    watch.nothing_told();
    watch.nothing_sent("all in all", &window.bytes);
    watch.told(name);
}

#[test]
fn typed_in_the_full_screen_face() {
    let served = Served::new("p1", Vec::new());
    let (mut window, mut watch) = at_question(&command(&served), "s");
    window.wait_for("> ").keys(SECRET);
    window.wait_until("all of it", |text| text.matches('•').count() >= SECRET.len());
    watch.nothing_in_memory("typed, before Enter");
    window.keys("\r").wait_until("what follows", |text| text.contains('[') && !text.contains("••••"));
    used(window, watch, "full screen, a client secret");
}

#[test]
fn pasted_in_the_full_screen_face() {
    let served = Served::new("p1", Vec::new());
    let (mut window, mut watch) = at_question(&command(&served), "s");
    window.wait_for("> ").keys(&format!("\x1b[200~{SECRET}\x1b[201~"));
    window.wait_until("all of it", |text| text.matches('•').count() >= SECRET.len());
    watch.nothing_in_memory("pasted, before Enter");
    window.keys("\r").wait_until("what follows", |text| text.contains('[') && !text.contains("••••"));
    used(window, watch, "full screen, a client secret that is pasted");
}

#[test]
fn typed_line_by_line() {
    let served = Served::new("p1", Vec::new());
    let mut command = command(&served);
    command.arg("--plain");
    let (mut window, watch) = at_question(&command, "s\r");
    window.wait_until("a prompt", |text| text.trim_end().ends_with(':'));
    let device = window.device();
    let hidden = || {
        use rustix::termios::{LocalModes, tcgetattr};
        !tcgetattr(&device).expect("a terminal").local_modes.contains(LocalModes::ECHO)
    };
    wait_until_so("a terminal that does not echo", &hidden);
    window.keys(&format!("{SECRET}\r"));
    while hidden() {
        assert!(window.next_frame(), "{}", window.text());
    }
    used(window, watch, "line by line, a client secret");
}
