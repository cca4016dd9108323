//! A terminal that is recorded: it is told before a secret is shown, in both faces; whoever asks once more decides it, and the
//! record has that.

use crate::support::Home;
use crate::support::console::WHOLE;
use crate::support::little;

/// What the record has of it.
fn kept(home: &Home) -> Vec<String> {
    let lines = home.journal();
    let lines = lines.iter().filter(|line| line["entry"]["entry"] == "exposed");
    lines.map(|line| line["entry"]["dangers"].to_string()).collect()
}

#[test]
fn the_full_screen_face_shows_nothing_before_it_is_asked_once_more() {
    let home = Home::new();
    let mut window = little::open_recorded("full", &home.record());
    window.wait_for("Space shows it").keys(" ").wait_for("Space once more").wait_for("script(1)");
    assert!(!window.text().contains(&WHOLE[..4]), "{}", window.text());
    assert_eq!(kept(&home), Vec::<String>::new());
    window.keys(" ").wait_for("hides itself").wait_for(&WHOLE[..4]).signal("TERM");
    assert_eq!(window.ended(), 143);
    assert!(kept(&home).iter().all(|danger| danger.contains("script(1)")) && kept(&home).len() == 1);
}

#[test]
fn the_plain_face_shows_nothing_before_it_is_asked_once_more() {
    let home = Home::new();
    let mut window = little::open_recorded("plain", &home.record());
    window.wait_for("Enter shows the next").keys("\r").wait_for("script(1)").wait_for("all the same");
    assert!(!window.text().contains(&WHOLE[..4]), "{}", window.text());
    window.keys("\r").wait_for("Group 1:  AaCb").keys("\r").wait_for("Group 2:  ").signal("TERM");
    assert_eq!(window.ended(), 143);
    assert_eq!(kept(&home).len(), 1, "decided once: {:?}", kept(&home));
}
