//! The vault: bounds, comparison, halves, and that nothing tells a secret by accident.

use breakglass::domain::secret::typing_back::Judged;
use breakglass::domain::secret::{Secret, SecretId, SecretKind, lines};
use breakglass::effects::vault::Vault;
use zeroize::Zeroizing;

fn kept(vault: &Vault, text: &str) -> SecretId {
    vault.keep(Secret::new(Zeroizing::new(text.to_owned())))
}

#[test]
fn a_length_out_of_bounds_is_refused_with_the_bounds() {
    let vault = Vault::new();
    let trouble = vault.make(SecretKind::Password { length: 8 }).expect_err("too short");
    assert!(trouble.why.contains("24 to 64"));
    assert!(vault.make(SecretKind::Pin { digits: 4 }).is_err());
    assert_eq!(vault.count(), 0);
}

#[test]
fn a_line_is_right_with_spaces_and_dashes_and_wrong_in_another_case() {
    let vault = Vault::new();
    let id = kept(&vault, "ACDEadeb2347FHJKmnrt");
    assert_eq!(lines(20), 2);
    for (line, typed, expected) in [
        (0, "ACDE adeb-2347 – FHJK", Judged::Right),
        (1, "mnrt", Judged::Right),
        (0, "acde adeb 2347 FHJK", Judged::Wrong),
        (0, "ACDE adeb 2347", Judged::Length(16)),
        (1, "", Judged::Length(4)),
        (2, "", Judged::Length(0)),
    ] {
        assert_eq!(vault.judge_line(id, line, typed), expected, "{line}: {typed}");
    }
}

#[test]
fn groups_come_one_by_one_until_there_is_none() {
    let vault = Vault::new();
    let id = kept(&vault, "ACDEad");
    assert_eq!(vault.group(id, 0).as_deref().map(String::as_str), Some("ACDE"));
    assert_eq!(vault.group(id, 1).as_deref().map(String::as_str), Some("ad"));
    assert!(vault.group(id, 2).is_none());
}

#[test]
fn a_forgotten_secret_is_gone_and_its_name_is_not_used_again() {
    let vault = Vault::new();
    let first = kept(&vault, "ACDE");
    vault.forget(first);
    assert!(vault.lend(first).is_none());
    assert_eq!(vault.judge_line(first, 0, "ACDE"), Judged::Wrong);
    assert_ne!(kept(&vault, "ACDE"), first);
    assert_eq!(vault.count(), 1);
}

#[test]
fn a_secret_is_taken_apart_in_the_middle_and_the_whole_is_gone() {
    let vault = Vault::new();
    for (whole, first, second) in [("ACDEad", "ACD", "Ead"), ("ACDEadr", "ACDE", "adr"), ("AC", "A", "C")] {
        let id = kept(&vault, whole);
        let (a, b) = vault.split(id).expect("two halves");
        assert!(vault.lend(id).is_none(), "{whole} is still there");
        assert_eq!(vault.lend(a).expect("a half").expose(), first);
        assert_eq!(vault.lend(b).expect("a half").expose(), second);
        vault.forget_all_now();
    }
    assert!(vault.split(SecretId(99)).is_none());
    let short = kept(&vault, "A");
    assert!(vault.split(short).is_none(), "one character has no halves");
}

#[test]
fn two_secrets_are_the_same_or_not_or_gone() {
    let vault = Vault::new();
    let (one, same, other) = (kept(&vault, "4071"), kept(&vault, "40 71"), kept(&vault, "4017"));
    assert_eq!((vault.same(one, same), vault.same(one, other)), (Some(true), Some(false)));
    vault.forget(other);
    assert_eq!(vault.same(one, other), None);
}

#[test]
fn debug_output_tells_nothing() {
    let vault = Vault::new();
    let id = kept(&vault, "ACDEadeb2347");
    let told = format!("{vault:?} {vault:#?} {:?} {id:?}", vault.lend(id));
    assert!(!told.contains("ACDE"), "{told}");
    assert!(!told.contains("2347"), "{told}");
}

#[test]
fn handles_share_one_vault() {
    let vault = Vault::new();
    let other = vault.clone();
    let id = kept(&vault, "ACDE");
    assert_eq!(other.judge_line(id, 0, "ACDE"), Judged::Right);
    other.forget_all_now();
    assert_eq!(vault.count(), 0);
}

#[test]
fn the_check_character_says_at_once_what_went_wrong() {
    let vault = Vault::new();
    let id = kept(&vault, "ACDEadeb2347FHJKmnrtACDE");
    let check = |line| vault.line_check(id, line).expect("a check character");
    let (first, second) = (format!("ACDE adeb 2347 FHJK {}", check(0)), format!("mnrt ACDE {}", check(1)));
    assert_eq!(vault.judge_line(id, 0, &first), Judged::Right);
    assert_eq!(vault.judge_line(id, 1, &second), Judged::Right);
    assert_eq!(vault.judge_line(id, 0, &first.replace("2347", "2374")), Judged::CheckFails);
    assert_eq!(vault.judge_line(id, 0, &format!("{first}{first}")), Judged::Length(16));
    assert_eq!(vault.judge_line(id, 1, "mnrt ACDF"), Judged::Wrong);
    let whole = kept(&vault, "ACDEadeb2347FHJKJJJJJJJJJJJJJJJJ");
    assert_eq!(vault.judge_line(whole, 1, &first), Judged::OtherLine(0));
    assert_eq!(vault.judge_line(whole, 1, "AAAA AAAA AAAA AAAA A"), Judged::OtherSlip);
    let pin = kept(&vault, "40718253");
    let sign = vault.line_check(pin, 0).expect("a check character");
    assert_eq!(vault.judge_line(pin, 0, &format!("4071 8253 {sign}")), Judged::Right);
    assert_eq!(vault.judge_line(pin, 0, &format!("4017 8253 {sign}")), Judged::CheckFails);
}
