//! Two people, half a password each: neither ever sees the whole, nothing counts before both have typed theirs back,
//! and a plan in which one of them could do without the other is refused.

use std::process::Command;

use breakglass::domain::check::case::Case;
use breakglass::domain::paper::page::Page;
use breakglass::domain::plan::plan_file;
use breakglass::domain::plan::{PaperSize, Plan, Route, SecondHalf};
use breakglass::domain::record::{Attested, Entry, Evidence, Half, HalfSlip, SlipKind, SlipState};
use breakglass::domain::secret::Secret;
use breakglass::domain::secret::check_character::Scheme;
use breakglass::domain::secret::typing_back::Judged;
use breakglass::effects::record_show;
use breakglass::journeys::message::Msg;
use breakglass::journeys::model::{Model, SlipWorkState, Stage};
use breakglass::journeys::screen::{Question, Weight};
use breakglass::journeys::{Answer as Unattended, answer, screen, update};
use breakglass::paper::{self, Ink, SlipPage, Written};
use breakglass::steps::STEPS;
use jiff::Timestamp;
use jiff::civil::date;
use zeroize::Zeroizing;

use crate::console::{Console, WHOLE};
use crate::paper::{a_slip, facts};
use crate::plain::{self, Paper};
use crate::printer::{Mood, Printer};
use crate::support::{Home, choice};

/// How the example plan says that two people keep the First account's password.
pub const COMMENTED: &str = "# [accounts.second_half]\n# safe = \"A2\"\n# custodian = \"Sample Person C\"\n";
/// The same with the second half.
pub const SECOND_HALF: &str = "[accounts.second_half]\nsafe = \"A2\"\ncustodian = \"Sample Person C\"\n";

fn half(side: Half) -> &'static str {
    match side {
        Half::A => &WHOLE[..16],
        Half::B => &WHOLE[16..],
    }
}

fn other(side: Half) -> Half {
    match side {
        Half::A => Half::B,
        Half::B => Half::A,
    }
}

/// The example plan with the First account's password for two people.
pub fn for_two() -> Plan {
    let text = plan_file::example();
    assert!(text.contains(COMMENTED), "the example says nothing about two people");
    plan_file::read(&text.replace(COMMENTED, SECOND_HALF)).expect("two people are in order")
}

// ---- the plan

#[test]
fn a_plan_for_two_people_is_written_and_read_back() {
    let plan = for_two();
    let second = plan.accounts[0].second_half.clone().expect("a second half");
    assert_eq!(second, SecondHalf { safe: "A2".to_owned(), custodian: "Sample Person C".to_owned() });
    assert_eq!(plan_file::read(&plan_file::write(&plan)).expect("it is in order"), plan);
}

#[test]
fn fewer_than_80_unknown_bits_are_refused_at_every_length() {
    for length in 24..=64_usize {
        let mut plan = for_two();
        plan.passwords.length = length;
        let refused = plan_file::validate(&plan).iter().any(|wrong| wrong.contains("at least 80 are needed"));
        // Whoever has the longer half lacks the shorter one; 32 characters to choose from are five bits each.
        let unknown = (length / 2) * 5;
        assert_eq!(refused, unknown < 80, "{length}: {unknown} bits");
        let mut alone = plan.clone();
        alone.accounts[0].second_half = None;
        assert_eq!(plan_file::validate(&alone), Vec::<String>::new(), "{length} for one person");
    }
}

#[test]
fn both_halves_in_one_hand_or_one_place_are_refused() {
    let wrong = |safe: &str, custodian: &str| {
        let mut plan = for_two();
        let (safe, custodian) = (safe.to_owned(), custodian.to_owned());
        plan.accounts[0].second_half = Some(SecondHalf { safe, custodian });
        plan_file::validate(&plan).join(" ")
    };
    let refused = [
        ("A2", " sample person A", "in the hands of Sample Person A"),
        ("A2", "  ", "second_half.custodian must not be empty"),
        ("A1", "Sample Person C", "both halves of the password would lie in one place"),
        ("Z9", "Sample Person C", "\"Z9\" is not in the list of safes"),
        ("B1", "Sample Person C", "First and the Second account must not lie in one place"),
    ];
    for (safe, custodian, why) in refused {
        let told = wrong(safe, custodian);
        assert!(told.contains(why), "{safe}, {custodian}: {told}");
    }
    let mut one_room = for_two();
    one_room.safes[1].place = one_room.safes[0].place.to_uppercase();
    assert!(plan_file::validate(&one_room).join(" ").contains("would lie in one place"));
}

#[test]
fn plan_check_says_why_a_plan_for_two_is_refused() {
    let home = Home::new();
    let file = home.plan_with(&[(COMMENTED, SECOND_HALF), ("length = 32", "length = 31")]);
    let output = home.breakglass().args(["plan", "check"]).arg(&file).output().expect("it runs");
    let words = crate::support::words(&output);
    assert_eq!(output.status.code(), Some(1), "{words}");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("75 bits") && words.contains("must be 32 or more"), "{words}");
}

#[test]
fn one_or_two_people_is_a_decision_like_any_other() {
    let mut model = crate::journeys::model();
    model.stage = Stage::Planning(breakglass::journeys::model::Planning::default());
    let edit = |model: &mut Model, label: &str, text: &str| {
        let list = screen(model).choices;
        let line = list.iter().find(|c| c.label == label).unwrap_or_else(|| panic!("no {label}: {list:?}"));
        update(model, line.msg.clone());
        update(model, Msg::Answer(text.to_owned()));
    };
    edit(&mut model, "First: password is kept by", "two people");
    // Nobody but the people knows who takes it, so that is asked next.
    let Some(Question::Text { prompt, .. }) = screen(&model).question else { panic!("nothing is asked") };
    assert_eq!(prompt, "First: second half's custodian");
    update(&mut model, Msg::Answer("Sample Person C".to_owned()));
    assert_eq!(model.plan.accounts[0].second_half, for_two().accounts[0].second_half, "the preset safe");
    edit(&mut model, "First: password is kept by", "one person");
    assert_eq!(model.plan.accounts[0].second_half, None);
}

// ---- the journey, by keys

/// The slip of the First account is announced, for two people.
fn at_console(route: Route) -> Console {
    let mut plan = for_two();
    plan.paper.route = route;
    Console::new(plan, (8, "password-slip:first"))
}

/// From the hidden screen until this half is sealed.
fn take(console: &mut Console, side: Half, seal: &str) {
    console.press("is here, alone");
    match console.state() {
        SlipWorkState::AtPrinter => {
            console.press("Send it");
            console.press("I have it");
        }
        _ => console.press("It is on paper"),
    }
    assert_eq!(console.type_line(half(side)), Some(Judged::Right));
    console.type_line("");
    console.type_line(seal);
}

#[test]
fn two_people_one_after_the_other_make_one_slip() {
    for route in [Route::ByHand, Route::Printer] {
        let mut console = at_console(route);
        console.press("Make the slip now");
        assert_eq!(console.state(), SlipWorkState::ComingIn);
        assert_eq!(console.vault.count(), 2, "the whole is still there");
        take(&mut console, Half::A, "SEAL-1");
        assert_eq!((console.state(), console.half()), (SlipWorkState::ComingIn, Some(Half::B)));
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
        // Enter takes safe choices only, so going on needs a key of its own.
        assert!(shown.choices.iter().all(|c| c.weight != Weight::Safe), "{:?}", shown.choices);
        let go = shown.choices.iter().find(|c| c.msg == Msg::Continue).expect("a way on");
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
    assert_eq!(console.state(), SlipWorkState::Copying);
    console.press("It is on paper");
    for _ in 0..3 {
        console.type_line("AAAA");
    }
    console.press("Make a new secret");
    assert_eq!((console.state(), console.half()), (SlipWorkState::ComingIn, Some(Half::A)));
    assert_eq!(console.vault.count(), 2, "the old halves are still there");
    let words = format!("{:?}", screen(&console.model).prose);
    assert!(words.contains("Whatever there is of slip 1 is destroyed"), "{words}");
}

#[test]
fn without_a_connection_both_halves_are_made_and_sealed_after_the_portal() {
    let mut model = crate::journeys::model();
    model.plan = for_two();
    let tenant = breakglass::domain::plan::Tenant {
        name: "Fabrikam".to_owned(),
        initial_domain: "fabrikam.onmicrosoft.com".to_owned(),
        id: breakglass::rehearsal::TENANT_ID.to_owned(),
        ..Default::default()
    };
    model.facts = breakglass::domain::facts::Facts::by_hand(Some(&tenant));
    let there = Attested { person: String::new(), date: date(2026, 11, 23), note: String::new() };
    model.evidence.attested.insert("account.exists:first".into(), there);
    model.plan.paper.route = Route::ByHand;
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
    let mut model = crate::journeys::model();
    model.plan = for_two();
    let lines = format!("{:?}", breakglass::journeys::project_setup(&model.case()));
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

#[test]
fn given_up_in_between_everything_is_forgotten_and_lost() {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    console.press("Stop; this secret counts as lost");
    assert_eq!(console.vault.count(), 0);
    let trouble = screen(&console.model).trouble.expect("it is told");
    assert!(trouble.next.contains("either half"), "{trouble}");
    assert!(console.slips().iter().all(|slip| slip.state == SlipState::Made));
}

#[test]
fn a_crash_between_the_halves_means_a_new_secret() {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    // What a new run knows: the record, and nothing else.
    let entries: Vec<(Timestamp, &Entry)> =
        console.record.iter().map(|entry| (Timestamp::UNIX_EPOCH, entry)).collect();
    console.model.evidence = Evidence::of(entries);
    let case = console.model.case();
    let finding = STEPS[7]
        .checks(&case)
        .into_iter()
        .find(|f| f.subject().as_str() == "paper.slip:first")
        .expect("a finding");
    assert!(!finding.passed() && finding.detail.contains("only half A of slip 1"), "{}", finding.detail);
    let asks: Vec<String> =
        STEPS[7].asks(&case).iter().map(breakglass::domain::check::ask::Ask::key).collect();
    assert!(asks.contains(&"password-slip:first".to_owned()), "{asks:?}");
    assert!(!asks.iter().any(|ask| ask.starts_with("paper.safe:first")), "{asks:?}");
    assert_eq!(console.model.evidence.next_slip(), 2);
}

// ---- what step 8 asks afterwards

/// The record after both halves were taken.
fn both_taken() -> (Model, Vec<Entry>) {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    take(&mut console, Half::B, "SEAL-2");
    let changed = Some(Timestamp::UNIX_EPOCH);
    let mut model = console.model;
    for slip in model.evidence.slips.values_mut() {
        slip.changed = changed;
    }
    let accounts = model.facts.accounts.get_mut().expect("accounts");
    accounts.in_slots[0].account.password_changed = changed;
    (model, console.record)
}

#[test]
fn each_half_is_vouched_for_in_its_own_safe_under_its_own_seal() {
    let (mut model, _) = both_taken();
    let safes = |model: &Model| -> Vec<breakglass::domain::check::ask::Ask> {
        let asks = STEPS[7].asks(&model.case());
        asks.into_iter().filter(|ask| ask.key().starts_with("paper.safe:first")).collect()
    };
    let finding = |model: &Model, subject: &str| {
        STEPS[7]
            .checks(&model.case())
            .into_iter()
            .find(|f| f.subject().as_str() == subject)
            .expect("a finding")
    };
    let slip = finding(&model, "paper.slip:first");
    assert!(slip.passed() && slip.detail.contains("half B by Sample Person C"), "{}", slip.detail);
    let keys: Vec<String> = safes(&model).iter().map(breakglass::domain::check::ask::Ask::key).collect();
    assert_eq!(keys, ["paper.safe:first:half-a", "paper.safe:first:half-b"]);
    assert!(
        safes(&model)[1].label().contains("seal SEAL-2, lies in safe A2"),
        "{}",
        safes(&model)[1].label()
    );
    for (key, is_closed) in [("paper.safe:first:half-a", false), ("paper.safe:first:half-b", true)] {
        let word = Entry::Attested {
            about: key.into(),
            tenant: String::new(),
            person: "Sample Person".to_owned(),
            date: date(2026, 11, 23),
            note: String::new(),
        };
        model.evidence.add(Timestamp::UNIX_EPOCH, &word);
        assert_eq!(finding(&model, "paper.safe:first").passed(), is_closed);
    }
    // A new password is in new envelopes.
    model.evidence.add(Timestamp::UNIX_EPOCH, &Entry::Slip(a_slip(SlipKind::Password)));
    assert!(!finding(&model, "paper.safe:first").passed());
}

#[test]
fn places_are_apart_only_when_every_half_is() {
    let (mut model, _) = both_taken();
    let separate = |model: &Model| {
        STEPS[7]
            .checks(&model.case())
            .into_iter()
            .find(|f| f.check.name() == "paper.separate-safes")
            .expect("a finding")
    };
    assert!(separate(&model).passed(), "{}", separate(&model).detail);
    let second = |model: &mut Model, safe: &str| {
        model.plan.accounts[0].second_half.as_mut().expect("two people").safe = safe.to_owned();
    };
    second(&mut model, "B1");
    assert!(separate(&model).detail.contains("planned for one place"), "{}", separate(&model).detail);
    second(&mut model, "A1");
    assert!(separate(&model).detail.contains("both halves"), "{}", separate(&model).detail);
}

#[test]
fn a_slip_for_another_number_of_people_is_not_what_was_planned() {
    let (mut model, _) = both_taken();
    model.plan.accounts[0].second_half = None;
    let check = |model: &Model| {
        STEPS[7]
            .checks(&model.case())
            .into_iter()
            .find(|f| f.subject().as_str() == "paper.slip:first")
            .expect("one")
    };
    assert!(check(&model).detail.contains("wants one person"), "{}", check(&model).detail);
    model.plan = for_two();
    for slip in model.evidence.slips.values_mut() {
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
    let page = |page| joined(&paper::text(&paper::page(&model.case(), "REHEARSAL", &page), Ink::Masked));
    let document = page(Page::Document);
    for words in ["half A in safe A1", "half B in safe A2", "half B: Sample Person C (seal SEAL-2)"] {
        assert!(document.contains(words), "{document}");
    }
    let procedure = page(Page::Procedure);
    assert!(procedure.contains("half A in safe A1, half B in safe A2"), "{procedure}");
    assert!(procedure.contains("both custodians come"), "{procedure}");
    assert!(page(Page::Envelope).contains("First account: half B of the password"));
}

#[test]
fn each_half_is_a_page_for_its_own_custodian() {
    let (plan, facts, evidence) = (for_two(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let slip = a_slip(SlipKind::Password);
    for (side, keeper) in [(Half::A, "Sample Person A"), (Half::B, "Sample Person C")] {
        let page =
            SlipPage { slip: &slip, mark: "LIVE", length: 32, half: Some(side), written: Written::Here };
        let secret = Secret::new(Zeroizing::new(half(side).to_owned()));
        let sheet = paper::slip(&case, &page);
        for size in [PaperSize::A4, PaperSize::Letter] {
            let pdf = paper::pdf(&sheet, Ink::Secret(&secret), size).expect("a PDF");
            let check = Scheme::Password.check(half(side).chars()).expect("one");
            assert_eq!(crate::pdf::tall_letters(&pdf), format!("{}{check}", half(side)));
            let text: String = crate::reading::pages(&pdf).iter().map(crate::reading::Page::text).collect();
            assert!(text.contains(&keeper.replace(' ', "")), "{text}");
            assert!(crate::reading::codes(&pdf).is_empty());
            assert!(text.contains("80bitsstayunknown") && !text.contains("checkofthewhole"), "{text}");
        }
    }
}

// ---- the real program

/// The setup on a printer that holds, with the First account's password for two people.
fn command(home: &Home, printer: &Printer) -> Command {
    let address = format!("route = \"printer\"\nprinter = \"{}\"", printer.address);
    let file = home.plan_with(&[("route = \"file\"", &address), (COMMENTED, SECOND_HALF)]);
    let mut command = home.breakglass();
    command.args(["--seed", "free", "--speed", "1000", "--plain"]).arg("--plan").arg(file);
    command.arg("--record").arg(home.record());
    command
}

/// What the people do: half A is printed, half B is copied by hand.
struct Walk {
    printer: Printer,
    paper: Paper,
}

impl Walk {
    fn decide(&mut self, shown: &str) -> Option<String> {
        self.paper.copy(shown);
        let at = shown.rfind("\nbreakglass  ").unwrap_or(0);
        let here = &shown[at..];
        if here.contains("is here, alone") && here.ends_with("Number: ") {
            return choice(here, "is here, alone");
        }
        if here.contains(", half B: the password") && here.ends_with("Number: ") {
            let by_hand = choice(here, "By hand: shown group by group");
            let way = by_hand.or_else(|| choice(here, "Choose another route"));
            if way.is_some() {
                return way;
            }
        }
        let last = here.lines().last().unwrap_or_default();
        let is_line = last.starts_with("Line 1 of") || last.starts_with("Line 2 of");
        if is_line && !here.contains(", half B: the password") || last.starts_with("The PIN: ") {
            let number = usize::from(last.starts_with("Line 2 of"));
            let pdf = self.printer.jobs().last().expect("a page").document.clone();
            return Some(crate::pdf::tall_letters(&pdf).chars().skip(number * 17).take(17).collect());
        }
        plain::decide(shown, &mut self.paper)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_set_up_an_account_line_by_line_and_a_crash_between_them_costs_a_slip() {
    let printer = Printer::on(Mood::Holds).await;
    let home = Home::new();
    let (first, again) = (command(&home, &printer), command(&home, &printer));
    let at = printer.clone();
    let walked = tokio::task::spawn_blocking(move || {
        let mut walk = Walk { printer: at, paper: Paper::default() };
        let before = plain::walk_until(first, "go on with half B", &mut |shown| walk.decide(shown));
        (before, plain::walk_until(again, "The setup, as it stands", &mut |shown| walk.decide(shown)))
    });
    let (before, after) = walked.await.expect("two runs");
    let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = joined(&before);
    assert!(before.contains("leaves the room with half A in its envelope, seal SEAL-1"), "{before}");
    assert!(joined(&after).contains("only half A of slip"), "the next run does not say that it is lost");
    let slips: Vec<serde_json::Value> = home
        .journal()
        .into_iter()
        .map(|line| line["entry"].clone())
        .filter(|e| e["entry"] == "slip" && e["slot"] == 0 && e["kind"]["holds"] == "password")
        .collect();
    let told: Vec<(&str, usize)> = slips
        .iter()
        .map(|s| (s["state"].as_str().expect("a state"), s["halves"].as_array().map_or(0, Vec::len)))
        .collect();
    assert_eq!(told, [("made", 0), ("made", 1), ("made", 0), ("made", 1), ("confirmed", 2)], "{slips:#?}");
    assert_eq!(slips[4]["halves"][1]["seal"], "SEAL-1");
    assert_eq!(slips[4]["replaces"], slips[0]["number"]);
    // Half A went to the printer alone, half B nowhere.
    let titles: Vec<String> = printer.jobs().iter().map(|job| job.attributes.join(" ")).collect();
    assert!(
        titles.iter().any(|t| t.contains(" A of EA-")) && !titles.iter().any(|t| t.contains(" B of EA-"))
    );
    assert!(
        crate::plain::point(&after, "7. Passwords and PINs are on paper").contains('\u{2713}'),
        "{after}"
    );
}

#[test]
fn nobody_at_the_console_makes_no_slip_for_two_and_says_who_has_to_come() {
    let home = Home::new();
    let file = home.plan_with(&[(COMMENTED, SECOND_HALF)]);
    let mut command = home.breakglass();
    command.args([
        "setup",
        "--tenant",
        "rehearsal",
        "--seed",
        "p1",
        "--speed",
        "1000",
        "--unattended",
        "--json",
    ]);
    let output =
        command.arg("--record").arg(home.record()).arg("--plan").arg(file).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let open = report["open"].as_array().expect("open items");
    let slip = open.iter().find(|f| f["check"] == "paper.slip" && f["slot"] == 0).expect("it is open");
    assert_eq!(slip["verdict"], "needs_person");
    let detail = slip["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("Sample Person A and then Sample Person C have to come"), "{detail}");
    let made = |slot: u8| {
        let mut slips = home.journal().into_iter().map(|line| line["entry"].clone());
        slips.any(|e| e["entry"] == "slip" && e["slot"] == slot && e["kind"]["holds"] == "password")
    };
    assert!(!made(0) && made(1), "only the slip for one person is made by a file");
}

#[test]
fn the_plan_alone_never_answers_for_two_people() {
    for route in Route::ALL {
        let console = at_console(route);
        assert_eq!(answer(&console.model), Unattended::Say(Msg::Skip), "{route:?}");
    }
}
