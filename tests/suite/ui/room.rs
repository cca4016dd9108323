//! The room of a large window is used: what was done and comes next beside long work, what there is to say beside lists.
//! Nothing jumps: parts keep their places whatever is in them.

use breakglass::journeys::{Choice, Msg, Screen};
use breakglass::ui::tui::{self, Face, Focus};
use crossterm::event::KeyCode;

use crate::support::album;
use crate::support::face::{ASCII, COLORED, draw, key, words};

const LARGE: (u16, u16) = (100, 30);
const SMALL: (u16, u16) = (80, 24);

fn of_album(name: &str) -> Screen {
    let (_, id) = album::vault();
    album::screens(id).into_iter().find_map(|(n, screen)| (n == name).then_some(screen)).expect("it is there")
}

/// What a window shows of a screen with the highlight there.
fn shown(screen: &Screen, focus: Option<Focus>, size: (u16, u16)) -> String {
    let (vault, _) = album::vault();
    let mut face = Face::new(COLORED);
    draw(&mut face, screen, (&vault, size));
    face.focus = focus.unwrap_or(face.focus);
    words(&draw(&mut face, screen, (&vault, size)))
}

/// The row on which these words stand.
fn row(shown: &str, words: &str) -> usize {
    let found = shown.lines().position(|line| line.contains(words));
    found.unwrap_or_else(|| panic!("no {words:?}:\n{shown}"))
}

#[test]
fn long_work_tells_what_was_done_and_what_comes_next_at_fixed_places() {
    let mut screen = of_album("work");
    let late = shown(&screen, None, LARGE);
    assert!(
        late.contains("14:03:23  Exclude the group from policy 23"),
        "the newest, with its time:\n{late}"
    );
    assert!(late.contains("policy 25") && late.contains("more"), "{late}");
    let course = screen.course.as_mut().expect("a course");
    course.done.truncate(1);
    course.next = (2..=38).map(|n| format!("Exclude the group from policy {n}")).collect();
    let early = shown(&screen, None, LARGE);
    for words in ["Done so far", "Comes next", "23 of 38", "[s] Stop"] {
        assert_eq!(row(&early, words), row(&late, words), "{words} has moved");
    }
    let small = shown(&screen, None, SMALL);
    assert!(!small.contains("Comes next"), "a small window keeps to what is being done:\n{small}");
}

#[test]
fn the_reason_of_the_order_stands_below_the_steps_whole_or_not_at_all() {
    let mut screen = of_album("checklist");
    screen.order = Some("5 comes before 3: a policy would stop a key.");
    let large = shown(&screen, None, LARGE);
    assert!(large.contains("5 comes before 3") && large.contains("stop a key."), "{large}");
    for small in [(100, 18), SMALL] {
        let shown = shown(&screen, None, small);
        assert_eq!(shown.contains("5 comes before 3"), shown.contains("stop a key."), "{shown}");
    }
}

#[test]
fn the_request_of_the_selected_write_stands_beside_the_list() {
    let screen = of_album("consent");
    let first = shown(&screen, Some(Focus::Line(0)), LARGE);
    let fifth = shown(&screen, Some(Focus::Line(4)), LARGE);
    assert!(first.contains("The request") && first.contains("\"conditions\""), "{first}");
    // The path is as long as two lines of the pane.
    assert!(first.contains("0000000001") && fifth.contains("0000000005"), "{first}\n{fifth}");
    assert_eq!(row(&first, "The request"), row(&fifth, "The request"));
    assert!(!shown(&screen, None, SMALL).contains("The request"), "there Enter shows it in the list");
}

#[test]
fn the_words_about_a_decision_stand_beside_the_list() {
    let screen = of_album("list");
    let shown_at = |line| shown(&screen, Some(Focus::Line(line)), LARGE);
    assert!(shown_at(2).contains("Recommended: answer 3"), "{}", shown_at(2));
    assert!(shown_at(30).contains("The reason for decision 31."), "{}", shown_at(30));
}

#[test]
fn a_finding_can_be_selected_and_says_what_to_do_about_it() {
    let (vault, _) = album::vault();
    let screen = of_album("checklist");
    let mut face = Face::new(COLORED);
    let open = words(&draw(&mut face, &screen, (&vault, LARGE)));
    assert!(open.contains("What to do about check 3."), "the first one that is open:\n{open}");
    tui::on_event(&mut face, &key(KeyCode::Up), &screen);
    assert_eq!(face.focus, Focus::Row(4), "above the choices stand the findings");
    let last = words(&draw(&mut face, &screen, (&vault, LARGE)));
    assert!(last.contains("What to do about check 5."), "{last}");
    tui::on_event(&mut face, &key(KeyCode::Home), &screen);
    let passed = words(&draw(&mut face, &screen, (&vault, LARGE)));
    assert!(passed.contains("Nothing is to be done about it."), "{passed}");
    draw(&mut face, &screen, (&vault, SMALL));
    tui::on_event(&mut face, &key(KeyCode::Down), &screen);
    assert!(matches!(face.focus, Focus::Choice(_)), "in a small window they are text: {:?}", face.focus);
}

#[test]
fn the_steps_keep_their_signs_where_a_pane_needs_the_width() {
    let narrow = shown(&of_album("consent"), None, LARGE);
    assert!(narrow.contains("▶ 5") && !narrow.contains("Conditional Access  12"), "{narrow}");
    let wide = shown(&of_album("consent"), None, (140, 40));
    assert!(wide.contains("▶ 5 Conditional Access"), "{wide}");
}

#[test]
fn parts_under_headings_stand_beside_each_other_where_there_are_no_steps() {
    use breakglass::journeys::screen::Block;
    let part =
        |n: usize| [Block::Heading(format!("Part {n}")), Block::List(vec![format!("line of part {n}")])];
    let mut screen = of_album("home");
    screen.prose.extend((1..=4).flat_map(part));
    let wide = shown(&screen, None, LARGE);
    assert_eq!(row(&wide, "Part 1"), row(&wide, "Part 3"), "{wide}");
    let small = shown(&screen, None, SMALL);
    assert!(row(&small, "Part 1") < row(&small, "Part 3"), "{small}");
}

#[test]
fn a_window_that_was_tiny_for_a_while_has_lost_nothing() {
    let (vault, _) = album::vault();
    let screen = of_album("form");
    let mut face = Face::new(ASCII);
    draw(&mut face, &screen, (&vault, SMALL));
    "typed".chars().for_each(|c| drop(tui::on_event(&mut face, &key(KeyCode::Char(c)), &screen)));
    let before = words(&draw(&mut face, &screen, (&vault, SMALL)));
    for size in [(20, 5), (1, 1), (0, 0), (59, 18), (60, 17)] {
        draw(&mut face, &screen, (&vault, size));
    }
    assert_eq!(words(&draw(&mut face, &screen, (&vault, SMALL))), before);
}

#[test]
fn the_highlight_stays_where_it_was_while_something_is_read() {
    let (vault, _) = album::vault();
    let screen = of_album("list");
    let mut face = Face::new(COLORED);
    draw(&mut face, &screen, (&vault, SMALL));
    face.focus = Focus::Line(30);
    let reading = Screen { choices: Vec::new(), ..screen.clone() };
    draw(&mut face, &reading, (&vault, SMALL));
    draw(&mut face, &screen, (&vault, SMALL));
    assert_eq!(face.focus, Focus::Line(30));
}

#[test]
fn the_way_back_stands_in_the_last_row_of_a_narrow_window() {
    for name in ["list", "consent"] {
        let shown = shown(&of_album(name), None, (60, 24));
        assert!(shown.lines().last().is_some_and(|row| row.contains("Esc back")), "{name}:\n{shown}");
    }
}

#[test]
fn what_enter_does_is_told_beside_the_way_back_however_long_an_explanation_is() {
    let mut screen = album::blank("Any");
    let explained = Choice::safe('a', "Do it for me", Msg::Quit)
        .explained("asks for consent to each write first, in one list");
    screen.choices = vec![explained, Choice::back("Back", Msg::Quit)];
    for size in [(60, 18), SMALL, LARGE] {
        let shown = shown(&screen, Some(Focus::Choice(0)), size);
        let last = shown.lines().rfind(|line| !line.trim().is_empty()).expect("a last line");
        for words in ["Enter choose", "Esc back", "F1 help", "q leave"] {
            assert!(last.contains(words), "{size:?}: {words} is not in {last:?}");
        }
        assert!(shown.contains("asks for consent to each write first"), "{size:?}:\n{shown}");
    }
}

#[test]
fn the_tenant_stands_whole_in_the_first_row_before_other_words_of_it() {
    let mut screen = album::blank("Any");
    let tenant = "sample-subsidiary-of-fabrikam.onmicrosoft.com";
    tenant.clone_into(&mut screen.banner.tenant);
    for dry_run in [None, Some("dry run: nothing is written")] {
        screen.banner.dry_run = dry_run;
        for (size, is_named) in [((60, 18), false), (LARGE, true)] {
            let shown = shown(&screen, None, size);
            let first = shown.lines().next().expect("a first row");
            assert!(first.contains(tenant) && first.contains("REHEARSAL"), "{size:?}: {first:?}");
            assert_eq!(first.contains("breakglass"), is_named, "{size:?}: {first:?}");
        }
    }
}
