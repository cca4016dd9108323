//! The full-screen face as a person meets it: the real binary in a window of its own.

use crate::support::Home;
use crate::support::by_keys::go_to;
use crate::support::terminal::Window;

/// The smallest window with every function.
const SMALL: (u16, u16) = (80, 24);
fn home_screen(home: &Home, seed: &str) -> Window {
    let mut command = home.breakglass();
    command.args(["--seed", seed, "--speed", "1000"]).arg("--record").arg(home.record());
    Window::open(&command, SMALL)
}

/// The window with the setup begun from a complete plan, at its first screen.
fn with_plan(home: &Home, seed: &str) -> std::process::Command {
    let plan = home.plan_with(&[("route = \"file\"", "route = \"by-hand\"")]);
    let mut command = home.breakglass();
    command
        .args(["--seed", seed, "--speed", "1000"])
        .arg("--record")
        .arg(home.record())
        .arg("--plan")
        .arg(plan);
    command
}

#[test]
fn a_storm_of_sizes_loses_nothing() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts");
    assert!(window.screen.screen().alternate_screen(), "what was on the terminal before is left alone");
    for step in 0..60_u16 {
        window.resize((20 + step * 7 % 280, 5 + step * 11 % 95));
    }
    window.resize((50, 10)).wait_for("window is too small");
    window.resize((120, 40)).wait_for("[s] Set up the accounts");
    window
        .resize(SMALL)
        .wait_until("the small window", |text| text.contains("Enter choose") && text.contains("[q] Leave"));
    window.keys("q").wait_for("Leave?").keys("q");
    window.ended();
    assert!(window.is_given_back());
}

#[test]
fn what_a_killed_run_has_left_on_the_alternate_screen_is_cleared() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts");
    let at = |words: &[u8]| window.bytes.windows(words.len()).position(|part| part == words);
    let (entered, cleared) = (at(b"\x1b[?1049h"), at(b"\x1b[2J"));
    let drawn = at(b"Set up");
    assert!(entered.is_some() && entered < cleared && cleared < drawn, "{entered:?} {cleared:?} {drawn:?}");
}

#[test]
fn a_terminal_that_does_not_know_its_size_is_80_by_24() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["--seed", "p1", "--speed", "1000"]).arg("--record").arg(home.record());
    let mut window = Window::without_size(&command, SMALL);
    window.wait_for("[s] Set up the accounts").wait_for("F1 help");
    window.keys("q").wait_for("Leave?").keys("q");
    window.ended();
    assert!(window.is_given_back());
}

#[test]
fn a_key_pressed_while_the_size_changes_is_taken() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts");
    for round in 0..100_u16 {
        window.resize((80 + round % 2, 24)).keys("q").wait_for("Leave?");
        window.resize((82 + round % 2, 24)).keys("\x1b").wait_for("[s] Set up the accounts");
    }
}

#[test]
fn it_gives_the_terminal_back_when_it_is_asked_to_end() {
    for (signal, code) in [("TERM", 143), ("HUP", 129)] {
        let home = Home::new();
        let mut window = home_screen(&home, "p1");
        window.wait_for("Set up the accounts").signal(signal);
        assert_eq!(window.ended(), code, "{signal}");
        assert!(window.is_given_back(), "{signal}");
    }
}

#[test]
fn stopped_and_continued_it_draws_itself_again() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts").signal("TSTP");
    while !window.is_given_back() {
        assert!(window.next_frame(), "it never gave the terminal back");
    }
    window.wait_stopped().signal("CONT");
    window.wait_until("the home screen again", |text| text.contains("Set up the accounts"));
    while !window.screen.screen().alternate_screen() || !window.text().contains("Enter choose") {
        assert!(window.next_frame(), "it never came back");
    }
    window.keys("q").wait_for("Leave?").keys("q");
    window.ended();
    assert!(window.is_given_back());
}

#[test]
fn ctrl_c_asks_and_a_second_one_leaves() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts").keys("\x03").wait_for("Nothing is lost").keys("\x1b");
    window.wait_for("[s] Set up the accounts").keys("\x03").wait_for("Nothing is lost").keys("\x03");
    assert_eq!(window.ended(), 0);
    assert!(window.is_given_back());
}

#[test]
fn a_paste_of_ten_thousand_characters_is_taken_into_a_field_and_nowhere_else() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts").keys(&format!("\x1b[200~{}\x1b[201~", "q".repeat(10_000)));
    window.wait_for("what was pasted is dropped").keys("s");
    window.wait_for("Go on to the plan").keys("n").wait_for("Fill in what is empty").keys("f");
    window.wait_for("Recommended").keys(&format!("\x1b[200~{}\x1b[201~", "x".repeat(10_000)));
    window.wait_for("xxxxxxxx").keys("\x1b").wait_for("Fill in what is empty").keys("q");
    window.wait_for("Leave?").keys("q");
    window.ended();
}

/// The sequence of keys that a careless person presses; the same in every run.
fn careless(seed: &mut u64) -> &'static str {
    const KEYS: [&str; 22] = [
        "\r", "\x1b", " ", "\t", "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~", "j", "k", "x", "d", "a", "n", "w",
        "b", "1", "c", "m", "?", "\x1bOP", "f",
    ];
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    KEYS[usize::try_from(*seed >> 33).unwrap_or(0) % KEYS.len()]
}

#[test]
fn keys_pressed_at_random_find_no_dead_end() {
    let home = Home::new();
    let mut window = Window::open(&with_plan(&home, "p1"), SMALL);
    window.wait_for("Set up the accounts");
    let mut seed = 7;
    for _ in 0..400 {
        window.keys(careless(&mut seed));
    }
    // Whatever is on the screen: Ctrl-C asks, and a second one leaves.
    window.keys("\x03").wait_for("Nothing is lost").keys("\x03");
    window.ended();
    assert!(window.is_given_back());
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[test]
    fn the_whole_setup_by_keys_in_a_small_window() {
        let home = Home::new();
        let mut window = home_screen(&home, "fresh");
        go_to(&mut window, "The setup, as it stands");
        let typed = home.journal().iter().filter(|l| l["entry"]["checked"] == "typed-back").count();
        assert_eq!(typed, 6, "two passwords and four PINs were typed back");
        window.keys("q");
        assert_eq!(
            window.ended(),
            2,
            "two things are open on this tenant: a managed policy, and the first logs"
        );
        assert!(window.is_given_back());
    }

    #[test]
    fn killed_in_step_5_it_goes_on_there() {
        let home = Home::new();
        let mut window = Window::open(&with_plan(&home, "fresh"), SMALL);
        go_to(&mut window, "Exclude from Conditional Access");
        window
            .wait_until("the consent list of step 5", |text| {
                text.contains("Every policy that can exclude") && text.contains("Do it for me")
            })
            .keys("a");
        window.wait_for("What will be written").keys("w");
        window.wait_until("some policies are changed", |text| text.contains("━━") && text.contains(" of "));
        window.signal("KILL");
        window.ended();
        let mut window = Window::open(&with_plan(&home, "fresh"), SMALL);
        window.wait_for("There is a record of an earlier run");
        go_to(&mut window, "The setup is complete");
        window.keys("q");
        assert_eq!(window.ended(), 0);
        crate::support::served::once(&home.tenant());
    }
}
