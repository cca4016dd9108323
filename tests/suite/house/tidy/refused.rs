//! Tests of the test: small sources, each of which breaks one rule and is refused, and some that break none.

use super::imports::Crate;
use super::rules::broken;
use super::tuples::taken;

/// A crate of these files, by name and text.
fn house(files: &[(&str, &str)]) -> Crate {
    let owned: Vec<(String, String)> =
        files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Crate::read(&owned)
}

/// What is refused when this text stands in `file`, in a house with a file in every part.
fn refused(file: &str, text: &str) -> Vec<String> {
    let faces = ["domain/x.rs", "ui/y.rs", "tenant/z.rs", "journeys/update.rs", "journeys/tasks/consent.rs"];
    let rooms = ["journeys/setup/mod.rs", "journeys/repair/mod.rs", "rehearsal/state.rs"];
    let mut files: Vec<(&str, &str)> =
        faces.into_iter().chain(rooms).map(|name| (name, "pub fn f() {}")).collect();
    files.retain(|(name, _)| *name != file);
    files.push((file, text));
    broken(&house(&files))
}

#[test]
fn a_task_that_imports_a_journey() {
    let text = "use crate::journeys::setup::f;";
    assert_eq!(refused("journeys/tasks/attest.rs", text), ["journeys/tasks/attest.rs: journeys/setup"]);
    let text = "use super::super::repair;";
    assert_eq!(refused("journeys/tasks/attest.rs", text), ["journeys/tasks/attest.rs: journeys/repair"]);
}

#[test]
fn a_journey_that_imports_another() {
    let text = "use super::{repair::f, tasks::consent};";
    assert_eq!(refused("journeys/setup/mod.rs", text), ["journeys/setup/mod.rs: journeys/repair"]);
}

#[test]
fn an_upward_edge_inside_braces() {
    let text = "use crate::{domain::x, ui::y};";
    assert_eq!(refused("journeys/frame.rs", text), ["journeys/frame.rs: ui"]);
    let text = "use crate::{domain::{self, x as nouns}, tenant::{z::{f as g}}};";
    assert_eq!(refused("journeys/frame.rs", text), ["journeys/frame.rs: tenant"]);
}

#[test]
fn a_path_in_a_body() {
    for body in [
        "fn g() { crate::ui::y::f(); }",
        "fn g() -> crate::ui::y::T { loop {} }",
        "fn g() { println!(\"{}\", crate::ui::y::f()); }",
        "mod inner { fn g() { super::super::super::ui::y::f(); } }",
        "fn g() { use crate as house; house::ui::y::f(); }",
        "impl crate::ui::y::T for () {}",
    ] {
        assert_eq!(refused("journeys/frame.rs", body), ["journeys/frame.rs: ui"], "{body}");
    }
}

#[test]
fn a_name_that_another_file_re_exports() {
    let files = [("ui/y.rs", "pub fn f() {}"), ("journeys/frame.rs", "use crate::cli::f;")];
    let house = house(&[files[0], files[1], ("cli.rs", "pub use crate::ui::y::f as f;")]);
    assert!(broken(&house).contains(&"journeys/frame.rs: ui".to_owned()), "{:?}", broken(&house));
}

#[test]
fn a_rehearsal_that_shares_anything() {
    assert_eq!(refused("rehearsal/users.rs", "use crate::domain::x::f;"), ["rehearsal/users.rs: domain"]);
    assert_eq!(refused("tenant/read.rs", "use crate::rehearsal::state;"), ["tenant/read.rs: rehearsal"]);
}

#[test]
fn unit_tests_and_what_is_allowed_are_not_refused() {
    for text in [
        "use crate::{domain::x, journeys::tasks::consent};",
        "#[cfg(test)] mod tests { use crate::ui::y; }",
        "/// Like [`crate::ui::y`].\nfn g() { std::ui::y(); }",
        "pub(in crate::journeys) fn g() {}",
    ] {
        assert_eq!(refused("journeys/frame.rs", text), [""; 0], "{text}");
    }
    let with_file = [
        ("ui/y.rs", ""),
        ("guide/mod.rs", "#[cfg(test)]\nmod tests;"),
        ("guide/tests.rs", "use crate::ui::y;"),
    ];
    assert_eq!(broken(&house(&with_file)), [""; 0]);
}

#[test]
fn a_circle_of_two_files() {
    let circle =
        [("paper/a.rs", "use super::b::g; pub fn f() {}"), ("paper/b.rs", "pub fn g() { super::a::f() }")];
    assert_eq!(house(&circle).circles("paper"), [["paper/a.rs", "paper/b.rs"]]);
    let around = [
        ("paper/a.rs", "use crate::paper::b::g; pub fn f() {}"),
        ("paper/b.rs", "use crate::paper::c::*; pub fn g() {}"),
        ("paper/c.rs", "use crate::paper::a; pub fn h() { a::f() }"),
    ];
    assert_eq!(house(&around).circles("paper"), [["paper/a.rs", "paper/b.rs", "paper/c.rs"]]);
}

#[test]
fn a_child_and_its_own_parent_are_one_room_and_a_parent_with_code_may_stand_in_a_circle() {
    let parent = ("paper/pdf/mod.rs", "mod a; pub struct Page; fn f() { a::g() } ");
    let room = [parent, ("paper/pdf/a.rs", "use super::Page; pub fn g() {}")];
    assert!(house(&room).circles("paper").is_empty());
    let parent = ("paper/pdf/mod.rs", "use crate::paper::text::h; pub struct Page;");
    let circle = [parent, ("paper/text.rs", "use super::pdf::Page; pub fn h() {}")];
    assert_eq!(house(&circle).circles("paper"), [["paper/pdf/mod.rs", "paper/text.rs"]]);
}

#[test]
fn a_face_is_no_member_and_hides_no_circle() {
    let face = ("paper/mod.rs", "mod a; mod b; pub use a::f; pub use b::*;");
    let tree = [face, ("paper/a.rs", "use super::g; pub fn f() {}"), ("paper/b.rs", "pub fn g() {}")];
    assert!(house(&tree).circles("paper").is_empty());
    let circle = [face, tree[1], ("paper/b.rs", "use super::f; pub fn g() {}")];
    assert_eq!(house(&circle).circles("paper"), [["paper/a.rs", "paper/b.rs"]]);
}

/// The functions of a file with this text that take a tuple.
fn takers(text: &str) -> Vec<String> {
    taken(&[("tenant/x.rs".to_owned(), text.to_owned())])
}

#[test]
fn a_function_that_takes_several_things_as_one_tuple() {
    for text in [
        "fn f((a, b): (u8, u8)) {}",
        "fn f(all: &[u8], what: (&str, &str)) {}",
        "fn f<T>(\n    all: T,\n    (a, b): &mut (u8,\n u8),\n) {}",
        "impl T { fn f(&self, pair: &'static (u8, u8)) {} }",
        "trait T { fn f(pair: (u8, u8)); }",
        "mod inner { async fn f(pair: ((u8, u8))) {} }",
        "fn g() { fn f(one: (u8,)) {} }",
        "type Pair<'a> = (&'a str, u8); fn f(pair: &Pair<'_>) {}",
        "#[cfg(test)] mod tests { fn f(pair: (u8, u8)) {} }",
    ] {
        assert_eq!(takers(text), ["tenant/x.rs: f"], "{text}");
    }
}

#[test]
fn a_tuple_that_is_no_parameter() {
    for text in [
        "fn f(nothing: (), each: &[(u8, u8)], told: impl Fn((u8, u8))) -> (u8, u8) { loop {} }",
        "fn f(pairs: Vec<(u8, u8)>) { pairs.iter().map(|(a, b): &(u8, u8)| a + b); }",
        "struct Pair(u8, u8); fn f(Pair(a, b): Pair) {}",
    ] {
        assert_eq!(takers(text), [""; 0], "{text}");
    }
    let elsewhere = [("ui/x.rs", "type Made = (u8, u8);"), ("tenant/x.rs", "struct Made; fn f(it: Made) {}")];
    let owned = elsewhere.map(|(name, text)| (name.to_owned(), text.to_owned()));
    assert_eq!(taken(&owned), [""; 0]);
}
