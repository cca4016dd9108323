//! The card for the worst day, and the labels: every kind of account, every cloud, read back from text and from PDF.

use breakglass::domain::check::case::Case;
use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::connection::portals::Portals;
use breakglass::domain::facts::Facts;
use breakglass::domain::paper::page::Page;
use breakglass::domain::plan::{Account, Method, PaperSize, Phone, Plan, SecondHalf};
use breakglass::domain::record::{Checked, Evidence, Half, HalfSlip, Slip, SlipKind, SlipState};
use breakglass::domain::slot::Slot;
use breakglass::paper::{self, Ink, Piece};
use breakglass::tenant::Profile;
use jiff::civil::date;

use crate::support::pdf_reader;
use crate::support::sample::{a_slip, facts, plan};

/// What an account opens with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    OneKey,
    TwoKeys,
    Phone,
    Halves,
    Certificate,
}

const KINDS: [Kind; 5] = [Kind::OneKey, Kind::TwoKeys, Kind::Phone, Kind::Halves, Kind::Certificate];

/// The example plan whose first account is of that kind.
pub(super) fn plan_of(kind: Kind) -> Plan {
    let mut plan = plan();
    let first: &mut Account = &mut plan.accounts[0];
    match kind {
        Kind::OneKey => first.keys.truncate(1),
        Kind::TwoKeys => {}
        Kind::Phone => {
            first.method = Method::Phone;
            (first.keys, first.pin_safe) = (Vec::new(), None);
            let place = "Sample Building North, room 1.10, wall safe".to_owned();
            first.phone = Some(Phone {
                number: "+1 2065550100".to_owned(),
                place,
                unlock: "Sample Building North, room 3.05".to_owned(),
            });
        }
        Kind::Halves => {
            first.second_half =
                Some(SecondHalf { safe: "A2".to_owned(), custodian: "Sample Person C".to_owned() });
        }
        Kind::Certificate => {
            first.method = Method::Certificate;
            (first.keys, first.pin_safe) = (Vec::new(), None);
        }
    }
    plan
}

/// Where people look at a tenant of each cloud (contract 11), and of one described by a file.
fn clouds() -> Vec<(Cloud, Portals, &'static str)> {
    let file = "portal = 'https://portal.example.com'\nlogin='https://l.example.com'\ngraph='https://g.example.com'\n\
                arm='https://a.example.com'\nlogs='https://o.example.com'\nsecurity_info='https://s.example.com'\n";
    let of = |profile: Profile| {
        (profile.cloud, Portals { portal: profile.portal.clone(), entra: profile.entra.clone() })
    };
    let named = |cloud, words| (of(Profile::live(cloud)), words);
    let all = [
        named(Cloud::Global, "https://portal.azure.com or https://entra.microsoft.com"),
        named(Cloud::UsGov, "https://portal.azure.us"),
        named(Cloud::Dod, "https://portal.azure.us"),
        named(Cloud::China, "https://portal.azure.cn"),
        (of(Profile::from_toml(file).expect("a profile")), "https://portal.example.com"),
    ];
    all.map(|((cloud, portals), words)| (cloud, portals, words)).into()
}

pub(super) fn at(cloud: Cloud, portals: Portals) -> Facts {
    Facts { cloud, portals, ..facts("Fabrikam") }
}

/// The record once the slips of the first account are on paper.
pub(super) fn made(plan: &Plan) -> Evidence {
    let mut evidence = Evidence::default();
    let account = &plan.accounts[0];
    let half = |half| HalfSlip {
        half,
        custodian: account.keeper(half).1.to_owned(),
        safe: plan.safe_and_place(account.keeper(half).0),
        seal: "SEAL-7".to_owned(),
        file: None,
    };
    let halves = if account.second_half.is_some() { Half::BOTH.map(half).to_vec() } else { Vec::new() };
    let pins = (0..account.keys.len()).map(|key| (SlipKind::Pin { key }, Vec::new()));
    for (number, (kind, halves)) in (11..).zip(pins.chain([(SlipKind::Password, halves)])) {
        let checked = Some(Checked::TypedBack);
        let slip = Slip { number, state: SlipState::Confirmed, checked, halves, ..a_slip(kind) };
        evidence.slips.insert(number, slip);
    }
    evidence
}

pub(super) fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a person reads on the card in that cloud, as text and in a PDF.
pub(super) fn card(plan: &Plan, facts: &Facts, evidence: &Evidence) -> (String, String) {
    let case = Case { plan, facts, evidence, today: date(2026, 11, 23) };
    let sheet = paper::page(&case, "LIVE", &Page::Procedure);
    let pdf = paper::pdf(&sheet, Ink::Masked, PaperSize::A4).expect("a PDF");
    let pages = pdf_reader::pages(&pdf);
    for page in &pages {
        assert_eq!(page.clips(12.0), None);
    }
    let text = paper::text(&sheet, Ink::Masked);
    assert!(text.lines().all(|line| line.chars().count() <= paper::COLUMNS), "{}", text.as_str());
    // A sentence may go on over the page: what heads a page is no part of it.
    let pages_of_text = text.split('\u{c}').map(|page| match page.split_once("====") {
        Some((_, rest)) => rest.trim_start_matches('='),
        None => page,
    });
    let text = pages_of_text.collect::<Vec<_>>().join("\n");
    (joined(&text), pages.iter().map(pdf_reader::Page::text).collect())
}

/// What each kind of account must say, in this order; after the password what is asked for next.
fn wanted(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::OneKey => &[
            "Password: slip 12, safe A1, Sample Building North, room 1.10, wall safe, with Sample Person A",
            "PIN of Lantern key 1: slip 11, safe A1, Sample Building North, room 1.10, wall safe",
            "Lantern key 1: serial SAMPLE-0001, safe A2, Sample Building North, room 3.05, key cabinet",
            "asks for the key before the password",
            "Type the password from its slip",
            "Plug in the key, type its PIN",
            "Eight wrong PINs in all lock it for good",
            "asks for a new password is not expected",
            "register nothing",
            "Stay signed in? No.",
        ],
        Kind::TwoKeys => &[
            "PIN of Lantern key 1: slip 11, safe A1",
            "Lantern key 1: serial SAMPLE-0001, safe A2",
            "PIN of Lantern key 2: slip 12, safe A1",
            "Lantern key 2: serial SAMPLE-0002, safe A2",
            "Plug in one of the keys",
        ],
        Kind::Phone => &[
            "Password: slip 11, safe A1, Sample Building North, room 1.10, wall safe, with Sample Person A",
            "Phone number: +1 2065550100",
            "Phone, kept in: Sample Building North, room 1.10, wall safe",
            "SIM PIN and lock code, kept in: Sample Building North, room 3.05",
            "Type the password from its slip",
            "unlock it: SIM PIN and screen lock code lie in Sample Building North, room 3.05.",
            "Let the code come to +1 2065550100",
            "Stay signed in? No.",
        ],
        Kind::Halves => &[
            "Password, half A: slip 13, safe A1, Sample Building North, room 1.10, wall safe, with Sample Person A, seal \
             SEAL-7",
            "Password, half B: slip 13, safe A2, Sample Building North, room 3.05, key cabinet, with Sample Person C, \
             seal SEAL-7",
            "Sample Person A types half A, then Sample Person C types half B",
            "Leave out the spaces and the check characters: in a box on the slip, or the last sign of each line, after \
             the gap.",
            "Plug in one of the keys",
        ],
        Kind::Certificate => &[
            "Password: slip 11, safe A1",
            "Certificate, kept in: ____",
            "Choose to sign in with a certificate",
            "Type the password from its slip",
        ],
    }
}

/// `words` in `text`, one after the other.
pub(super) fn in_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let found = text[from..].find(word);
        from +=
            found.unwrap_or_else(|| panic!("\"{word}\" is not there, or too early:\n{text}")) + word.len();
    }
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_kind_of_account_in_every_cloud_is_told_whole_and_in_order() {
    for kind in KINDS {
        let plan = plan_of(kind);
        for (cloud, portals, address) in clouds() {
            let (text, pdf) = card(&plan, &at(cloud, portals), &made(&plan));
            // Of the first account; the second is another kind.
            let first = &text[text.find("FIRST ACCOUNT").expect("the first")
                ..text.find("SECOND ACCOUNT").expect("the second")];
            assert!(first.contains(&format!("Address to type: {address} User name:")), "{cloud:?}: {first}");
            assert!(cloud == Cloud::Global || !text.contains("portal.azure.com"), "{text}");
            in_order(first, wanted(kind));
            for words in wanted(kind).iter().chain([&address]).filter(|words| !words.contains("___")) {
                let name = words.split_once(": ").map_or(*words, |(_, value)| value);
                assert!(pdf.contains(&without_spaces(name)), "{kind:?}: \"{name}\" is not in the PDF");
            }
            let pass = text.contains("can issue a Temporary Access Pass");
            assert_eq!(pass, cloud.has_pass(), "{cloud:?}: {text}");
            assert!(
                !text.contains("safe ,") && !text.contains("safe ;") && !text.contains("in safe in"),
                "{text}"
            );
        }
    }
}

#[test]
fn the_card_says_who_decides_what_comes_afterwards_and_whom_to_tell() {
    let mut plan = plan_of(Kind::OneKey);
    plan.procedure.approvers[1] = "Sample Person X, +1 206 555 0101".to_owned();
    let (text, _) = card(&plan, &at(Cloud::Global, Portals::default()), &Evidence::default());
    in_order(
        &text,
        &[
            "Chief Information Security Officer, phone: ____",
            "May authorize it: Sample Person X, +1 206 555 0101",
            "May fetch, two of: Sample Person A, Sample Person B, Sample Person C",
            "Address to type: ____",
            "IF IT DOES NOT WORK",
            "AFTERWARDS",
            "Sign out and close every private window",
            "new envelope of its own",
            "breakglass repair rotation",
            "Tell everyone on the list below",
            "Within a week sit down together",
            "EVERYONE TO TELL",
            "Custodians: Sample Person A, Sample Person B",
            "Security operations (security-operations@example.com), Identity team",
            "Upkeep: IT Security",
            "APPROVED",
        ],
    );
    assert!(!text.contains("SMS") && !text.contains("No code comes"), "no account has a phone: {text}");
}

#[test]
fn a_rehearsal_names_the_real_portal_and_says_that_it_has_none() {
    let plan = plan();
    let facts = at(Cloud::UsGov, clouds()[1].1.clone());
    let case = Case { plan: &plan, facts: &facts, evidence: &Evidence::default(), today: date(2026, 11, 23) };
    let text = joined(&paper::text(&paper::page(&case, "REHEARSAL", &Page::Procedure), Ink::Masked));
    assert!(text.contains("https://portal.azure.us (of a real tenant: a rehearsal has no portal)"), "{text}");
    // No page, nor what a camera reads from it, leads to a real portal without saying so.
    for mark in ["REHEARSAL", "EXERCISE", "LIVE"] {
        for sheet in paper::pages(&case, mark) {
            for code in
                sheet.pieces.iter().filter_map(|p| if let Piece::Code(code) = p { Some(code) } else { None })
            {
                assert_eq!(code.contains("https://"), mark == "LIVE", "{}: {code}", sheet.name);
                assert!(mark == "LIVE" || code.ends_with(mark), "{}: {code}", sheet.name);
                let pdf = paper::pdf(&sheet, Ink::Masked, PaperSize::A4).expect("a PDF");
                let read: String = pdf_reader::pages(&pdf).iter().map(pdf_reader::Page::text).collect();
                assert_eq!(read.contains("idandlink"), mark == "LIVE", "{}: {read}", sheet.name);
            }
        }
    }
}

/// The labels: what each envelope holds, and what tells it from others.
pub(super) fn labels(plan: &Plan, evidence: &Evidence) -> Vec<Vec<(String, String)>> {
    let facts = facts("Fabrikam");
    let case = Case { plan, facts: &facts, evidence, today: date(2026, 11, 23) };
    let sheet = paper::page(&case, "LIVE", &Page::Envelope);
    let labels = sheet.pieces.into_iter().filter_map(|piece| match piece {
        Piece::Label(pairs) => Some(pairs),
        _ => None,
    });
    labels.filter(|pairs| pairs[0].1.starts_with(&Slot::FIRST.to_string())).collect()
}

#[test]
fn there_is_one_label_for_each_envelope() {
    for (kind, wanted) in [
        (Kind::OneKey, "password|12, PIN of Lantern key 1, serial SAMPLE-0001|11, Lantern key 1|SAMPLE-0001"),
        (
            Kind::TwoKeys,
            "password|13, PIN of Lantern key 1, serial SAMPLE-0001|11, Lantern key 1|SAMPLE-0001, PIN of \
             Lantern key 2, serial SAMPLE-0002|12, Lantern key 2|SAMPLE-0002",
        ),
        (
            Kind::Phone,
            "password|11, its phone and charger|+1 2065550100, SIM PIN and lock code of its phone|+1 2065550100",
        ),
        (
            Kind::Halves,
            "half A of the password|13 A, half B of the password|13 B, PIN of Lantern key 1, serial \
             SAMPLE-0001|11, Lantern key 1|SAMPLE-0001, PIN of Lantern key 2, serial SAMPLE-0002|12, \
             Lantern key 2|SAMPLE-0002",
        ),
        (Kind::Certificate, "password|11, what its certificate is on|"),
    ] {
        let plan = plan_of(kind);
        let labels = labels(&plan, &made(&plan));
        let told: Vec<String> = labels
            .iter()
            .map(|pairs| format!("{}|{}", pairs[0].1.trim_start_matches("First account: "), pairs[1].1))
            .collect();
        assert_eq!(told.join(", "), wanted, "{kind:?}");
        for pairs in &labels {
            let value = |name: &str| &pairs.iter().find(|(known, _)| known == name).expect("a line").1;
            assert_eq!(value("Account"), "harbor.lantern@fabrikamrehearsal.onmicrosoft.com");
            let place = value("Goes to");
            assert!(kind == Kind::Certificate || place.contains("Sample Building North"), "{place}");
        }
    }
}

#[test]
fn no_label_is_torn_between_two_pages() {
    let (plan, facts, evidence) = (plan_of(Kind::TwoKeys), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let text = paper::text(&paper::page(&case, "LIVE", &Page::Envelope), Ink::Masked);
    assert!(text.contains('\u{c}'), "eight labels take more than one page");
    for page in text.split('\u{c}') {
        assert_eq!(page.matches("Holds:").count(), page.matches("Sealed by, date:").count(), "{page}");
        assert!(page.lines().count() <= paper::LINES, "{page}");
    }
}

#[test]
fn the_heads_of_the_custody_log_are_whole_and_it_is_one_page() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let sheet = paper::page(&case, "LIVE", &Page::Custody);
    for lines in
        [paper::preview(&sheet), paper::text(&sheet, Ink::Masked).lines().map(str::to_owned).collect()]
    {
        let first = lines.iter().position(|line| line.starts_with('|')).expect("a table");
        let mut heads = vec![String::new(); 6];
        for line in lines[first..].iter().take_while(|line| line.starts_with('|')) {
            for (head, cell) in heads.iter_mut().zip(line.trim_matches('|').split('|')) {
                *head = joined(&format!("{head} {cell}"));
            }
        }
        assert_eq!(heads, ["date, time", "opened by", "witness", "why", "old seal", "new seal, by"]);
    }
    assert!(!paper::text(&sheet, Ink::Masked).contains('\u{c}'), "it takes two pages");
}

#[test]
fn what_is_not_known_is_room_for_a_pen() {
    let (plan, facts, evidence) = (plan(), Facts::default(), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    for sheet in paper::pages(&case, "LIVE") {
        let text = paper::text(&sheet, Ink::Masked);
        for line in text.lines() {
            assert!(!line.trim_end().ends_with('@') && !line.contains("EA- "), "{}: {line}", sheet.name);
        }
        assert!(text.contains("EA-________"), "{}", text.as_str());
    }
}

#[test]
fn the_card_of_halves_names_deputies_and_lets_each_custodian_fetch_their_own() {
    let mut plan = plan_of(Kind::Halves);
    for safe in &mut plan.safes {
        safe.deputy = format!("Deputy {}", safe.name);
    }
    for evidence in [Evidence::default(), made(&plan)] {
        let (text, _) = card(&plan, &at(Cloud::Global, Portals::default()), &evidence);
        in_order(
            &text,
            &[
                "May fetch all but a half, two of:",
                "A half of a password is fetched by its own custodian, or the deputy",
                "with Sample Person A (deputy: Deputy A1)",
                "with Sample Person C (deputy: Deputy A2)",
                "Sample Person A (deputy: Deputy A1) types half A, then Sample Person C (deputy: Deputy A2) types half B",
            ],
        );
        assert!(!text.contains("fetch go together. Take"), "{text}");
    }
    let (whole, _) =
        card(&plan_of(Kind::OneKey), &at(Cloud::Global, Portals::default()), &Evidence::default());
    in_order(&whole, &["May fetch, two of:", "Two of those who may fetch go together. Take the envelopes"]);
}
