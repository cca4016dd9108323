//! A Temporary Access Pass: it comes with one answer, is shown for the time of a registration, and is nowhere afterwards.

use crate::full_screen::reveal;
use crate::support::by_keys::person;
use crate::support::served::Served;
use crate::support::terminal::Window;
use crate::watch::Watch;
use crate::wire::Wire;
use crate::{BY_HAND, of_a_person};

/// More frames than there are up to the first key.
const MOST: usize = 5_000;

/// Reveals the pass on the registration screen, and lets the simulated person register; where in what the terminal was sent
/// the reveal began.
fn registered(window: &mut Window, wire: &Wire, watch: &mut Watch) -> usize {
    let mut decide = person();
    let mut revealed = None;
    for _ in 0..MOST {
        let text = window.text();
        if text.contains("was registered") {
            return revealed.expect("it was shown");
        }
        if text.contains("As if I had done it") && revealed.is_none() {
            for pass in wire.passes() {
                watch.learn("pass", &pass);
            }
            revealed = Some(window.bytes.len());
            reveal(window);
        } else if let Some(keys) = decide(&text) {
            window.keys(&keys);
        }
        if window.text() == text {
            assert!(window.next_frame(), "no way on from:\n{}", window.text());
        }
    }
    panic!("no key was registered:\n{}", window.text());
}

#[test]
fn a_pass_leaves_nothing_and_comes_with_one_answer() {
    let served = Served::new("free", Vec::new());
    let wire = Wire::before(&served);
    let mut window = Window::open(&of_a_person(&served, &[BY_HAND]), (80, 24));
    let mut watch = Watch::over(window.process());
    let from = registered(&mut window, &wire, &mut watch);
    assert_eq!(watch.secrets(), 1, "no pass came over the wire");
    watch.nothing_in_memory("the key is registered");
    watch.nothing_told();
    watch.nothing_sent("before it was shown", &window.bytes[..from]);
    // The tenant's own file is not the program's.
    watch.nothing_in_files(&served.home.path(""), "/tenant.json");
    assert_eq!(wire.carriers(&watch), 1);
    watch.told("full screen, a pass");
}
