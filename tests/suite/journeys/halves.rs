//! Two people, half a password each: neither ever sees the whole, and nothing counts before both have typed theirs
//! back.

use breakglass::domain::check::case::Case;
use breakglass::domain::paper::page::Page;
use breakglass::domain::plan::{PaperSize, Route};
use breakglass::domain::record::{Entry, Evidence, Half, HalfSlip, SlipKind, SlipState};
use breakglass::domain::secret::Secret;
use breakglass::domain::secret::check_character::Scheme;
use breakglass::domain::secret::typing_back::Judged;
use breakglass::effects::record_show;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::{Way, Weight};
use breakglass::journeys::tasks::slip::{self, State};
use breakglass::journeys::{Msg, Question, screen, update};
use breakglass::paper::{self, Ink, SlipPage, Written};
use breakglass::steps::STEPS;
use jiff::Timestamp;
use jiff::civil::date;
use zeroize::Zeroizing;

use crate::support::console::{Console, WHOLE};
use crate::support::model::{at_plan, decides};
use crate::support::sample::a_word;
use crate::support::sample::{a_slip, facts};
use crate::support::two_people::{at_console, both_taken, for_two, half, other, take};

#[test]
fn one_or_two_people_is_a_decision_like_any_other() {
    let mut model = crate::support::model::model();
    at_plan(&mut model);
    let say = |model: &mut Model, text: &str| decides(model, text);
    let edit = |model: &mut Model, label: &str, text: &str| {
        let list = screen(model).choices;
        let line = list.iter().find(|c| c.label == label).unwrap_or_else(|| panic!("no {label}: {list:?}"));
        update(model, line.msg.clone());
        say(model, text);
    };
    edit(&mut model, "First: password is kept by", "two people");
    // Nobody but the people knows who takes it, so that is asked next.
    let Some(Question::Text { prompt, .. }) = screen(&model).question else { panic!("nothing is asked") };
    assert_eq!(prompt, "First: second half's custodian");
    say(&mut model, "Sample Person C");
    assert_eq!(
        model.desk.plan().accounts[0].second_half,
        for_two().accounts[0].second_half,
        "the preset safe"
    );
    edit(&mut model, "First: password is kept by", "one person");
    assert_eq!(model.desk.plan().accounts[0].second_half, None);
}

#[test]
fn two_people_one_after_the_other_make_one_slip() {
    for route in [Route::ByHand, Route::Printer] {
        let mut console = at_console(route);
        console.press("Make the slip now");
        assert_eq!(console.state(), State::ComingIn);
        assert_eq!(console.vault.count(), 2, "the whole is still there");
        take(&mut console, Half::A, "SEAL-1");
        assert_eq!((console.state(), console.half()), (State::ComingIn, Some(Half::B)));
        assert_eq!(console.vault.count(), 1, "the first half is still there");
        take(&mut console, Half::B, "SEAL-2");
        assert_eq!(console.vault.count(), 0);
        let slips = console.slips();
        let told: Vec<_> = slips.iter().map(|slip| (slip.state, slip.halves.len())).collect();
        assert_eq!(told, [(SlipState::Made, 0), (SlipState::Made, 1), (SlipState::Confirmed, 2)]);
        let taken = |half, custodian: &str, place: &str, seal: &str| HalfSlip {
            half,
            custodian: custodian.to_owned(),
            safe: place.to_owned(),
            seal: seal.to_owned(),
            file: None,
        };
        let (a, b) = (
            "A1, Sample Building North, room 1.10, wall safe",
            "A2, Sample Building North, room 3.05, key cabinet",
        );
        assert_eq!(
            slips[2].halves,
            [taken(Half::A, "Sample Person A", a, "SEAL-1"), taken(Half::B, "Sample Person C", b, "SEAL-2")]
        );
    }
}

#[test]
fn while_one_is_in_the_room_nothing_of_the_other_half_is_seen() {
    let whole_check = Scheme::Password.check(WHOLE.chars()).expect("a check character");
    for route in [Route::ByHand, Route::Printer] {
        let mut console = at_console(route);
        console.press("Make the slip now");
        take(&mut console, Half::A, "SEAL-1");
        take(&mut console, Half::B, "SEAL-2");
        for side in Half::BOTH {
            let own = Scheme::Password.check(half(side).chars()).expect("a check character");
            assert_ne!(own, whole_check, "this secret cannot tell the two apart");
            let seen: Vec<&String> =
                console.seen.iter().filter(|(half, _)| *half == Some(side)).map(|(_, seen)| seen).collect();
            let groups =
                |side| half(side).as_bytes().chunks(4).map(|g| String::from_utf8_lossy(g).into_owned());
            let shows = |group: &String| seen.iter().any(|seen| seen.contains(group.as_str()));
            assert!(groups(side).all(|group| shows(&group)), "half {} was never shown", side.name());
            assert!(
                !groups(other(side)).any(|group| shows(&group)),
                "the other half of {} is seen",
                side.name()
            );
            assert!(seen.iter().any(|seen| seen.contains(&format!("check {own}"))));
            assert!(!seen.iter().any(|seen| seen.contains(&format!("check {whole_check}"))));
            assert!(!seen.iter().any(|seen| seen.contains("check of the whole")));
        }
        let unseen = console.seen.iter().filter(|(half, _)| half.is_none());
        for (_, seen) in unseen {
            assert!(
                WHOLE.as_bytes().chunks(4).all(|g| !seen.contains(&String::from_utf8_lossy(g)[..])),
                "{seen}"
            );
        }
    }
}

#[test]
fn each_half_is_a_file_of_its_own_that_is_gone_before_the_other_one_comes() {
    let mut console = at_console(Route::File);
    let announced = format!("{:?}", screen(&console.model).prose);
    for name in ["slip-1-first-password-half-a.pdf", "slip-1-first-password-half-b.pdf"] {
        assert!(announced.contains(name), "{announced}");
    }
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    let between = format!("{:?}", screen(&console.model).prose);
    assert!(between.contains("destroys the file slips/slip-1-first-password-half-a.pdf"), "{between}");
    take(&mut console, Half::B, "SEAL-2");
    let files: Vec<_> =
        console.slips().last().expect("a slip").halves.iter().map(|h| h.file.clone()).collect();
    let name = |half: &str| Some(format!("slips/slip-1-first-password-half-{half}.pdf"));
    assert_eq!(files, [name("a"), name("b")]);
}

#[test]
fn the_screen_between_two_people_needs_a_key_and_shows_nothing() {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    for (side, who) in [(Half::A, "Sample Person A"), (Half::B, "Sample Person C")] {
        let shown = screen(&console.model);
        assert!(shown.question.is_none(), "{:?}", shown.question);
        assert!(!format!("{shown:?}").contains("SecretId"), "{shown:?}");
        // Enter takes safe choices only, so going on needs a key of its own; the way back is asked first.
        let is_no_way_on =
            |c: &&breakglass::journeys::message::Choice| c.weight != Weight::Safe || c.way == Way::Back;
        assert!(shown.choices.iter().all(|c| is_no_way_on(&c)), "{:?}", shown.choices);
        assert!(shown.suggested == Some('y'), "Enter would lead elsewhere");
        let go = shown.choices.iter().find(|c| c.msg == Msg::Slip(slip::Msg::Continue)).expect("a way on");
        assert!(
            go.label.contains(who) && go.label.contains(&format!("half {}", side.name())),
            "{}",
            go.label
        );
        take(&mut console, side, "SEAL");
    }
}

#[test]
fn a_line_of_the_other_half_is_only_a_line_of_another_slip() {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    console.press("is here, alone");
    console.press("It is on paper");
    let check = Scheme::Password.check(half(Half::B).chars()).expect("a check character");
    let judged = console.type_line(&format!("{}{check}", half(Half::B)));
    assert_eq!(judged, Some(Judged::OtherSlip), "it tells that this is the other half");
    console.type_line("AAAA");
    console.type_line("AAAA AAAA AAAA AAAA");
    console.press("Show it again");
    assert_eq!(console.state(), State::Copying);
    console.press("It is on paper");
    for _ in 0..3 {
        console.type_line("AAAA");
    }
    console.press("Make a new secret");
    console.press("Give slip 1 up");
    assert_eq!((console.state(), console.half()), (State::ComingIn, Some(Half::A)));
    assert_eq!(console.vault.count(), 2, "the old halves are still there");
    let words = format!("{:?}", screen(&console.model).prose);
    assert!(words.contains("Whatever there is of slip 1 is destroyed"), "{words}");
}

#[test]
fn without_a_connection_both_halves_are_made_and_sealed_after_the_portal() {
    let mut model = crate::support::model::model();
    *model.desk.world.plan_mut() = for_two();
    let tenant = breakglass::domain::plan::Tenant {
        name: "Fabrikam".to_owned(),
        initial_domain: "fabrikam.onmicrosoft.com".to_owned(),
        id: breakglass::rehearsal::TENANT_ID.to_owned(),
        ..Default::default()
    };
    *model.desk.world.facts_mut() = breakglass::domain::facts::Facts::by_hand(Some(&tenant));
    let there = a_word("account.exists:first", date(2026, 11, 23));
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &there);
    model.desk.world.plan_mut().paper.route = Route::ByHand;
    let mut console = Console::with(model, (8, "password-slip:first"));
    let words = format!("{:?}", screen(&console.model).prose);
    assert!(words.contains("Seal the envelopes only after the change at the portal"), "{words}");
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    take(&mut console, Half::B, "SEAL-2");
    let slip = *console.slips().last().expect("a slip");
    assert_eq!((slip.state, slip.halves.len(), console.vault.count()), (SlipState::Confirmed, 2, 0));
}

#[test]
fn a_dry_run_names_both_envelopes() {
    let mut model = crate::support::model::model();
    *model.desk.world.plan_mut() = for_two();
    // Sealed is what the test has opened; without a connection nothing keeps it from being made.
    *model.desk.world.facts_mut() = breakglass::domain::facts::Facts::by_hand(None);
    let lines = format!("{:?}", breakglass::journeys::project_setup(&model.desk.case()));
    for words in
        ["with half A of slip", "with half B of slip", "lies in safe A2", "Sample Person C has charge"]
    {
        assert!(lines.contains(words), "{words} is not in {lines}");
    }
    assert!(!lines.contains("The sealed envelope of the First account"), "{lines}");
}

#[test]
fn nobody_takes_both_halves_and_no_envelope_goes_without_a_seal() {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    console.press("is here, alone");
    console.press("It is on paper");
    console.type_line(half(Half::A));
    console.type_line("Sample Deputy");
    console.type_line("  ");
    let Some(Question::Text { problem, .. }) = screen(&console.model).question else { panic!() };
    assert!(problem.is_some_and(|p| p.contains("number on the seal")));
    console.type_line("SEAL-1");
    console.press("is here, alone");
    console.press("It is on paper");
    console.type_line(half(Half::B));
    console.type_line("sample deputy");
    let Some(Question::Text { problem, prompt, .. }) = screen(&console.model).question else { panic!() };
    assert!(prompt.contains("Who takes half B") && problem.is_some_and(|p| p.contains("half A already")));
    assert_eq!(console.slips().last().map(|slip| slip.state), Some(SlipState::Made));
}

/// A test by hand that went well.
fn passed() -> Entry {
    let text = r#"{"entry":"tested","slot":0,"at":"2026-11-23T10:00:00Z","person":"A","passed":true,"administrator":true,
        "seconds":9,"read":"worked","azure":"worked"}"#;
    serde_json::from_str(text).expect("a test")
}

#[test]
fn each_half_is_vouched_for_in_its_own_safe_under_its_own_seal() {
    let (mut model, _) = both_taken();
    let safes = |model: &Model| -> Vec<breakglass::domain::check::ask::Ask> {
        let asks = STEPS[8].asks(&model.desk.case());
        asks.into_iter().filter(|ask| ask.key().starts_with("paper.safe:first")).collect()
    };
    let finding = |model: &Model, subject: &str| {
        let both = STEPS[7].checks(&model.desk.case()).into_iter().chain(STEPS[8].checks(&model.desk.case()));
        both.into_iter().find(|f| f.subject().as_str() == subject).expect("a finding")
    };
    let slip = finding(&model, "paper.slip:first");
    assert!(slip.passed() && slip.detail.contains("half B by Sample Person C"), "{}", slip.detail);
    assert!(safes(&model).is_empty(), "the test opens the envelopes");
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &passed());
    let keys: Vec<String> = safes(&model).iter().map(breakglass::domain::check::ask::Ask::key).collect();
    assert_eq!(keys, ["paper.safe:first:half-a", "paper.safe:first:half-b"]);
    assert!(
        safes(&model)[1].label(model.desk.plan()).contains("seal SEAL-2, lies in safe A2"),
        "{}",
        safes(&model)[1].label(model.desk.plan())
    );
    for (key, is_closed) in [("paper.safe:first:half-a", false), ("paper.safe:first:half-b", true)] {
        let word = a_word(key, date(2026, 11, 23));
        model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &word);
        assert_eq!(finding(&model, "paper.safe:first").passed(), is_closed);
    }
    // A new password is in new envelopes.
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &Entry::Slip(a_slip(SlipKind::Password)));
    assert!(!finding(&model, "paper.safe:first").passed());
}

#[test]
fn places_are_apart_only_when_every_half_is() {
    let (mut model, _) = both_taken();
    let separate = |model: &Model| {
        STEPS[7]
            .checks(&model.desk.case())
            .into_iter()
            .find(|f| f.check.name() == "paper.separate-safes")
            .expect("a finding")
    };
    assert!(separate(&model).passed(), "{}", separate(&model).detail);
    let second = |model: &mut Model, safe: &str| {
        model.desk.world.plan_mut().accounts[0].second_half.as_mut().expect("two people").safe =
            safe.to_owned();
    };
    second(&mut model, "B1");
    assert!(separate(&model).detail.contains("planned for one place"), "{}", separate(&model).detail);
    second(&mut model, "A1");
    assert!(separate(&model).detail.contains("both halves"), "{}", separate(&model).detail);
}

#[test]
fn a_slip_for_another_number_of_people_is_not_what_was_planned() {
    let (mut model, _) = both_taken();
    model.desk.world.plan_mut().accounts[0].second_half = None;
    let check = |model: &Model| {
        STEPS[7]
            .checks(&model.desk.case())
            .into_iter()
            .find(|f| f.subject().as_str() == "paper.slip:first")
            .expect("one")
    };
    assert!(check(&model).detail.contains("wants one person"), "{}", check(&model).detail);
    *model.desk.world.plan_mut() = for_two();
    for slip in model.desk.world.evidence_mut().slips.values_mut() {
        slip.halves.clear();
    }
    assert!(check(&model).detail.contains("wants two halves"), "{}", check(&model).detail);
}

#[test]
fn record_and_pages_name_both_people_and_both_safes() {
    let (model, record) = both_taken();
    let slip = record.iter().rev().find(|entry| matches!(entry, Entry::Slip(_))).expect("a slip");
    let line = record_show::line(Timestamp::UNIX_EPOCH, slip);
    for words in [
        "half A typed back, with Sample Person A for safe A1",
        "half B typed back, with Sample Person C",
        "seal SEAL-2",
    ] {
        assert!(line.contains(words), "{line}");
    }
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let page = |page| joined(&paper::text(&paper::page(&model.desk.case(), "REHEARSAL", &page), Ink::Masked));
    let document = page(Page::Document);
    for words in ["half A in safe A1", "half B in safe A2", "half B: Sample Person C (seal SEAL-2)"] {
        assert!(document.contains(words), "{document}");
    }
    let procedure = page(Page::Procedure);
    for words in
        ["half A: slip 1, safe A1", "half B: slip 1, safe A2", "Sample Person A types half A, then Sample"]
    {
        assert!(procedure.contains(words), "{procedure}");
    }
    assert!(page(Page::Envelope).contains("First account: half B of the password"));
}

#[test]
fn each_half_is_a_page_for_its_own_custodian() {
    let (plan, facts, evidence) = (for_two(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let slip = a_slip(SlipKind::Password);
    // Each half on one size of paper: reading a page back for codes takes seconds, and the layout of both sizes is the
    // matter of `paper::pdf`.
    let pages =
        [(Half::A, "Sample Person A", PaperSize::A4), (Half::B, "Sample Person C", PaperSize::Letter)];
    for (side, keeper, size) in pages {
        let page =
            SlipPage { slip: &slip, mark: "LIVE", length: 32, half: Some(side), written: Written::Here };
        let secret = Secret::new(Zeroizing::new(half(side).to_owned()));
        let sheet = paper::slip(&case, &page);
        let pdf = paper::pdf(&sheet, Ink::Secret(&secret), size).expect("a PDF");
        let check = Scheme::Password.check(half(side).chars()).expect("one");
        assert_eq!(crate::support::pdf_reader::tall_letters(&pdf), format!("{}{check}", half(side)));
        let text: String = crate::support::pdf_reader::pages(&pdf)
            .iter()
            .map(crate::support::pdf_reader::Page::text)
            .collect();
        assert!(text.contains(&keeper.replace(' ', "")), "{text}");
        assert!(crate::support::pdf_reader::codes(&pdf).is_empty());
        assert!(text.contains("80bitsstayunknown") && !text.contains("checkofthewhole"), "{text}");
    }
}
