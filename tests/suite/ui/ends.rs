//! The ways out that nobody chose: signals and defects, in every face, on an ordinary screen, while a secret is shown and
//! while one is typed. The terminal is as it was found, echo and all, no secret stands on it, and the record is whole.

use rustix::termios::{LocalModes, Termios, tcgetattr};

use crate::support::Home;
use crate::support::console::WHOLE;
use crate::support::little::{self, PAYLOAD, Shown};
use crate::support::terminal::{Window, wait_until_so};

const FACES: [&str; 2] = ["full", "plain"];
const SCREENS: [Shown; 3] = [Shown::Ordinary, Shown::Secret, Shown::Typing];

/// Not a test of its own: what the others run in a window.
#[test]
fn a_little_program() {
    little::run();
}

/// A window at its screen, with another handle to its terminal and how that was found.
struct Sat {
    window: Window,
    device: std::fs::File,
    found: Termios,
    home: Home,
    what: String,
}

impl Sat {
    fn down(face: &str, shown: Shown) -> Self {
        let home = Home::new();
        let mut window = little::open(face, shown, &home.record());
        let device = window.device();
        let found = fresh();
        match (face, shown) {
            ("full", Shown::Ordinary) => window.wait_for("[q] Leave"),
            ("full", Shown::Secret) => window.wait_for("Space shows it").keys(" ").wait_for("hides itself"),
            ("full", Shown::Typing) => window.wait_for("▶ line 1").keys("AaCbDd").wait_for("•••• ••"),
            (_, Shown::Ordinary) => window.wait_for("Choice: "),
            (_, Shown::Secret) => {
                window.wait_for("Enter shows the next").keys("\r").wait_for("Group 1:  AaCb")
            }
            (_, Shown::Typing) => window.wait_for("Line 1 of 2: "),
        };
        let sat = Self { window, device, found, home, what: format!("{face}, {shown:?}") };
        if (face, shown) == ("plain", Shown::Typing) {
            sat.wait_for_echo(false);
        }
        sat
    }

    fn echoes(&self) -> bool {
        tcgetattr(&self.device).expect("a terminal").local_modes.contains(LocalModes::ECHO)
    }

    /// Waits until the terminal echoes, or does not.
    fn wait_for_echo(&self, wanted: bool) {
        wait_until_so("the echo", || self.echoes() == wanted);
    }

    /// The terminal is as it was found.
    fn is_as_found(&self) {
        let now = tcgetattr(&self.device).expect("a terminal");
        assert_eq!(modes(&now), modes(&self.found), "{}", self.what);
        assert!(self.echoes(), "{}", self.what);
    }

    /// It has been continued, and goes on where it was; what was shown has to be asked for again.
    fn goes_on(&mut self, face: &str, shown: Shown) {
        if (face, shown) == ("plain", Shown::Typing) {
            return self.wait_for_echo(false);
        }
        let window = &mut self.window;
        match (face, shown) {
            ("full", Shown::Secret) => window.wait_for("Space shows it").keys(" ").wait_for("hides itself"),
            ("full", Shown::Ordinary) => window.wait_for("[q] Leave"),
            ("full", Shown::Typing) => window.wait_for("▶ line 1"),
            (_, Shown::Ordinary) => window.keys("?\r").wait_for("never writes by itself"),
            (_, Shown::Secret) => window
                .wait_for("Enter goes on with group 2; again")
                .keys("again\r")
                .wait_for("Group 1:  AaCb"),
            (_, Shown::Typing) => window,
        };
    }

    /// It ends with this code, and leaves nothing behind.
    fn ends(mut self, code: u32) -> String {
        assert!(self.window.has_ended_with(code), "{}: not {code}", self.what);
        self.is_as_found();
        let Self { mut window, device, home, what, .. } = self;
        drop(device);
        window.ended();
        assert!(window.is_given_back(), "{what}");
        assert_bare(&mut window, &what);
        if let Ok(seen) = breakglass::effects::record::verify(&home.record()) {
            assert!(seen.broken_at.is_none() && !seen.torn, "{what}: {seen:?}");
        }
        window.text()
    }
}

/// How a terminal is that nobody has touched.
fn fresh() -> Termios {
    let pair = portable_pty::native_pty_system().openpty(portable_pty::PtySize::default());
    let pair = pair.expect("a pseudo-terminal");
    let device = std::fs::File::open(pair.master.tty_name().expect("it has a name")).expect("it opens");
    tcgetattr(device).expect("a terminal")
}

fn modes(of: &Termios) -> String {
    format!("{:?} {:?} {:?} {:?}", of.input_modes, of.output_modes, of.control_modes, of.local_modes)
}

/// No group of the secret stands on the window, nor in what has left it.
fn assert_bare(window: &mut Window, what: &str) {
    let mut all = window.text();
    window.screen.screen_mut().set_scrollback(usize::MAX);
    all += &window.text();
    window.screen.screen_mut().set_scrollback(0);
    let groups = WHOLE.as_bytes().chunks(4).map(|group| std::str::from_utf8(group).expect("ASCII"));
    for group in groups {
        assert!(!all.contains(group), "{what}: {group} stands there:\n{all}");
    }
}

#[test]
fn a_signal_that_ends_it_leaves_the_terminal_as_it_was_and_no_secret_on_it() {
    for face in FACES {
        for shown in SCREENS {
            for (name, code) in [("TERM", 143), ("HUP", 129), ("QUIT", 131), ("ABRT", 134)] {
                let sat = Sat::down(face, shown);
                sat.window.signal(name);
                tells_what_it_costs(&sat.ends(code), shown);
            }
        }
    }
}

/// A slip that was left is void; that nothing is lost is said only where it is so.
fn tells_what_it_costs(text: &str, shown: Shown) {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_void = words.contains("The password of the First account has changed") && words.contains("void");
    assert_eq!(is_void, shown != Shown::Ordinary, "{shown:?}: {text}");
    assert!(shown == Shown::Ordinary || !words.contains("Nothing is lost"), "{shown:?}: {text}");
}

#[test]
fn where_the_input_ends_a_slip_is_told_to_be_void() {
    for shown in SCREENS {
        let mut sat = Sat::down("plain", shown);
        sat.window.keys("\x04").wait_for("The input ended");
        tells_what_it_costs(&sat.ends(2), shown);
    }
}

#[test]
fn a_window_that_is_too_small_asks_what_leaving_costs_and_takes_nothing_unseen() {
    for shown in [Shown::Secret, Shown::Typing] {
        let mut sat = Sat::down("full", shown);
        sat.window.resize((40, 10)).wait_for("too small (40x10)");
        assert!(!sat.window.text().contains("nothing is lost"), "{}", sat.window.text());
        sat.window.keys("\x1b").resize((41, 10)).wait_for("too small (41x10)");
        sat.window.keys("\x03").wait_for("Ctrl-C leaves, Esc stays").wait_for("is void then");
        sat.window.keys("\x1b").wait_for("too small (41x10)");
        sat.window.keys("\x03").wait_for("is void then").keys("\x03");
        tells_what_it_costs(&sat.ends(2), shown);
    }
}

#[test]
fn beside_a_slip_no_choice_is_shown_as_it_is_typed_and_that_is_said() {
    let mut sat = Sat::down("plain", Shown::Secret);
    sat.window.keys("b\r").wait_for("What is typed here is not shown.").wait_for("Choice: ");
    sat.wait_for_echo(false);
    sat.window.keys("AaCbDd\r").wait_for("There is no such choice here");
    assert!(!sat.window.text().contains("AaCb"), "{}", sat.window.text());
    sat.window.keys("n\r").wait_for("Line 1 of 2: ").signal("TERM");
    sat.ends(143);
}

#[test]
fn stopped_it_leaves_the_terminal_as_it_was_and_goes_on_when_it_is_continued() {
    for face in FACES {
        for shown in SCREENS {
            let mut sat = Sat::down(face, shown);
            sat.window.signal("TSTP");
            sat.window.wait_stopped();
            sat.is_as_found();
            sat.window.wait_until("no secret", |text| !text.contains("AaCb"));
            while !sat.window.is_given_back() {
                assert!(sat.window.next_frame(), "{}", sat.what);
            }
            assert_bare(&mut sat.window, &sat.what);
            sat.window.signal("CONT");
            sat.goes_on(face, shown);
            sat.window.signal("TERM");
            sat.ends(143);
        }
    }
}

#[test]
fn an_interrupt_from_outside_asks_as_ctrl_c_does() {
    for face in FACES {
        for shown in SCREENS {
            let mut sat = Sat::down(face, shown);
            sat.window.signal("INT");
            sat.window.wait_for("Leave?");
            assert_bare(&mut sat.window, &sat.what);
            if face == "plain" {
                sat.wait_for_echo(true);
            }
            sat.window.signal("TERM");
            sat.ends(143);
        }
    }
}

#[test]
fn a_panic_anywhere_ends_the_process_with_the_terminal_as_it_was() {
    let rows = FACES.into_iter().flat_map(|face| SCREENS.map(|shown| (face, shown)));
    for (face, shown) in rows {
        for of in ["USR1", "USR2"] {
            let sat = Sat::down(face, shown);
            sat.window.signal(of);
            told(&sat.ends(70));
        }
    }
}

#[test]
fn a_panic_ends_a_run_without_a_person_too() {
    let home = Home::new();
    let mut window = little::open("unattended", Shown::Ordinary, &home.record());
    window.wait_for("it begins").signal("USR1");
    assert_eq!(window.ended(), 70);
    told(&window.text());
}

/// It is said that it was a defect, where, and nothing of what the panic said.
fn told(text: &str) {
    assert!(text.contains("a defect stopped the program") && text.contains("little.rs:"), "{text}");
    assert!(!text.contains(PAYLOAD), "{text}");
}
