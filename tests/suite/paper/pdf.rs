//! Pages as PDF: what was set can be read back, nothing is clipped, the same input gives the same bytes.

use std::collections::BTreeSet;

use breakglass::domain::check::case::Case;
use breakglass::domain::paper::page::Page;
use breakglass::domain::plan::{PaperSize, Plan, Qr};
use breakglass::domain::record::{Evidence, Half, SlipKind};
use breakglass::domain::secret::Secret;
use breakglass::domain::secret::check_character::Scheme;
use breakglass::paper::{self, Ink, SlipPage, Written};
use jiff::civil::date;

use crate::support::pdf_reader;
use crate::support::pdf_reader::tall_letters;
use crate::support::sample::{a_slip, facts, plan, secret};

const SIZES: [PaperSize; 2] = [PaperSize::A4, PaperSize::Letter];

fn case<'a>(plan: &'a Plan, facts: &'a breakglass::domain::facts::Facts, evidence: &'a Evidence) -> Case<'a> {
    Case { plan, facts, evidence, today: date(2026, 11, 23) }
}

/// A slip as PDF.
fn slip_pdf(
    plan: &Plan,
    (kind, half): (SlipKind, Option<Half>),
    (secret, size): (&Secret, PaperSize),
) -> Vec<u8> {
    let (facts, evidence) = (facts("Fabrikam Rehearsal"), Evidence::default());
    let slip = a_slip(kind);
    let length = secret.len() * if half.is_some() { 2 } else { 1 };
    let page = SlipPage { slip: &slip, mark: "REHEARSAL", length, half, written: Written::Here };
    let sheet = paper::slip(&case(plan, &facts, &evidence), &page);
    paper::pdf(&sheet, Ink::Secret(secret), size).expect("a PDF").to_vec()
}

/// The groups of a secret as they are set: what stands in the largest letters below a column letter.
fn set(pdf: &[u8], length: usize) -> String {
    let letters = tall_letters(pdf);
    // Each line is followed by its check character, the last one by that of the whole.
    let mut left = letters.chars();
    let mut secret = String::new();
    while secret.len() < length {
        secret.extend(left.by_ref().take(16.min(length - secret.len())));
        let line = &secret[(secret.len() - 1) / 16 * 16..];
        let check = left.next();
        let scheme = if length < 16 { Scheme::Pin } else { Scheme::Password };
        assert_eq!(check, scheme.check(line.chars()), "the check character of {line}");
    }
    secret
}

#[test]
fn what_is_set_is_what_is_read() {
    for size in SIZES {
        for length in [24, 32, 47, 64] {
            let secret = secret(length);
            let pdf = slip_pdf(&plan(), (SlipKind::Password, None), (&secret, size));
            assert_eq!(set(&pdf, length), secret.expose(), "{length} on {size:?}");
        }
        let pin = Secret::new(zeroize::Zeroizing::new("40718253".to_owned()));
        let pdf = slip_pdf(&plan(), (SlipKind::Pin { key: 0 }, None), (&pin, size));
        assert_eq!(set(&pdf, 8), pin.expose());
    }
}

#[test]
fn every_character_of_a_secret_is_said_aloud_and_large_enough() {
    let secret = secret(64);
    let pdf = slip_pdf(&plan(), (SlipKind::Password, None), (&secret, PaperSize::Letter));
    let page = &pdf_reader::pages(&pdf)[0];
    let text = page.text();
    for c in secret.expose().chars() {
        let word: String =
            breakglass::domain::secret::password::spoken(c).chars().filter(|c| *c != ' ').collect();
        assert!(text.contains(&word), "{c} is not said as {word}");
    }
    // A capital of this font is 0.668 em high, so 16 point and more is 10.7 points of ink.
    let tall = page.letters.iter().filter(|l| l.text == "A" && l.at.1 > page.size.1 / 3.0);
    let tallest = tall.map(|l| l.ink.height()).fold(0.0, f64::max);
    assert!(tallest >= 16.0 * 0.66, "the secret is only {tallest} points high");
}

#[test]
fn the_secret_lies_between_the_folds_and_the_mask_over_it() {
    for size in SIZES {
        let secret = secret(64);
        let pdf = slip_pdf(&plan(), (SlipKind::Password, None), (&secret, size));
        let page = &pdf_reader::pages(&pdf)[0];
        let (first, second) = (page.size.1 / 3.0, page.size.1 * 2.0 / 3.0);
        let tall: Vec<_> = page.letters.iter().filter(|l| l.ink.height() > 9.2 && l.at.1 > first).collect();
        assert!(tall.len() >= 64);
        assert!(tall.iter().all(|l| l.ink.y0 > first && l.ink.y1 < second), "a character lies on a fold");
        let highest = tall.iter().map(|l| l.ink.y0).fold(f64::MAX, f64::min);
        let mask = page.boxes.iter().filter(|b| b.y0 > second).map(|b| b.y1).fold(0.0, f64::max);
        assert!(mask >= second + (second - highest), "the mask ends at {mask}, above the secret");
    }
}

/// Two characters set over one another.
fn overlap(page: &pdf_reader::Page) -> Option<(String, String)> {
    let mut letters: Vec<_> = page.letters.iter().filter(|l| l.ink.area() > 0.0).collect();
    letters.sort_by(|a, b| a.ink.y0.total_cmp(&b.ink.y0));
    letters.iter().enumerate().find_map(|(index, one)| {
        let near = letters[index + 1..].iter().take_while(|other| other.ink.y0 < one.ink.y1);
        let hit = |other: &&&pdf_reader::Letter| {
            let both = one.ink.intersect(other.ink);
            both.width() > 0.8 && both.height() > 0.8
        };
        near.clone().find(hit).map(|other| (one.text.clone(), other.text.clone()))
    })
}

/// The example plan with everything that has a name renamed.
fn renamed(name: &str) -> Plan {
    let mut plan = plan();
    plan.procedure.approvers = vec![name.to_owned(), name.to_owned()];
    plan.procedure.retrievers = vec![name.to_owned(), name.to_owned()];
    plan.procedure.incident_system = name.to_owned();
    for safe in &mut plan.safes {
        safe.place = name.to_owned();
    }
    for account in &mut plan.accounts {
        account.custodian = name.to_owned();
        account.user_name = name.to_owned();
        for key in &mut account.keys {
            key.name = name.to_owned();
        }
    }
    plan
}

#[test]
fn names_in_other_scripts_are_set_and_read() {
    let name = "Łódź Ελλάδα Київ Ōsaka Nguyễn";
    let (plan, facts, evidence) = (renamed(name), facts(name), Evidence::default());
    let sheet = paper::page(&case(&plan, &facts, &evidence), "LIVE", &Page::Document);
    let pdf = paper::pdf(&sheet, Ink::Masked, PaperSize::A4).expect("a PDF");
    let text: String = pdf_reader::pages(&pdf).iter().map(pdf_reader::Page::text).collect();
    assert!(text.contains(&name.replace(' ', "")), "{text}");
}

#[test]
fn the_same_input_gives_the_same_bytes_and_another_day_others() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let one = case(&plan, &facts, &evidence);
    let other = Case { today: date(2026, 11, 24), ..one };
    let make = |case: &Case<'_>| {
        let sheet = paper::page(case, "REHEARSAL", &Page::Document);
        paper::pdf(&sheet, Ink::Masked, PaperSize::A4).expect("a PDF").to_vec()
    };
    assert_eq!(make(&one), make(&one));
    assert_ne!(make(&one), make(&other));
}

#[test]
fn fonts_are_embedded_and_metadata_hold_no_secret() {
    let secret = secret(32);
    let pdf = slip_pdf(&plan(), (SlipKind::Password, None), (&secret, PaperSize::A4));
    let raw = String::from_utf8_lossy(&pdf);
    assert!(raw.contains("/FontFile2"), "no font is embedded");
    assert!(raw.contains("AtkinsonHyperlegibleMono"));
    assert!(raw.contains("EA-5EED0000"), "the document is not named");
    for four in secret.expose().as_bytes().windows(6) {
        assert!(!pdf.windows(6).any(|w| w == four), "a piece of the secret stands outside the page");
    }
    assert!(pdf.len() < 80_000, "{} bytes", pdf.len());
}

#[test]
fn a_half_never_carries_a_check_character_of_the_whole() {
    let half = secret(16);
    for side in [Half::A, Half::B] {
        let pdf = slip_pdf(&plan(), (SlipKind::Password, Some(side)), (&half, PaperSize::A4));
        assert_eq!(set(&pdf, 16), half.expose());
        assert!(!pdf_reader::pages(&pdf)[0].text().contains("checkofthewhole"));
    }
    let long = secret(32);
    let whole = slip_pdf(&plan(), (SlipKind::Password, None), (&long, PaperSize::A4));
    assert!(pdf_reader::pages(&whole)[0].text().contains("checkofthewhole"));
    let half = slip_pdf(&plan(), (SlipKind::Password, Some(Half::A)), (&long, PaperSize::A4));
    assert!(!pdf_reader::pages(&half)[0].text().contains("checkofthewhole"));
}

#[test]
fn a_blank_slip_has_boxes_and_no_character() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let slip = a_slip(SlipKind::Pin { key: 0 });
    let page = SlipPage { slip: &slip, mark: "LIVE", length: 8, half: None, written: Written::ByPen };
    let sheet = paper::slip(&case(&plan, &facts, &evidence), &page);
    let pdf = paper::pdf(&sheet, Ink::Blank, PaperSize::A4).expect("a PDF");
    let page = &pdf_reader::pages(&pdf)[0];
    let third = page.size.1 / 3.0;
    let boxes = page.boxes.iter().filter(|b| b.y0 > third && b.y1 < 2.0 * third && b.height() > 15.0);
    assert_eq!(boxes.count(), paper::PEN_BOXES);
    assert!(page.letters.iter().all(|l| l.at.1 < third || l.ink.height() < 10.0));
}

#[test]
fn a_masked_page_shows_no_character_of_a_secret() {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    let slip = a_slip(SlipKind::Password);
    let page = SlipPage { slip: &slip, mark: "LIVE", length: 32, half: None, written: Written::Here };
    let sheet = paper::slip(&case(&plan, &facts, &evidence), &page);
    let pdf = paper::pdf(&sheet, Ink::Masked, PaperSize::A4).expect("a PDF");
    let page = &pdf_reader::pages(&pdf)[0];
    let shown: BTreeSet<&str> = page
        .letters
        .iter()
        .filter(|l| l.at.1 > page.size.1 / 3.0 && l.ink.width() > 9.0)
        .map(|l| l.text.as_str())
        .collect();
    assert!(shown.iter().all(|c| *c == "•"), "{shown:?}");
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[test]
    fn names_of_any_length_are_whole_and_inside_on_both_sizes() {
        for size in SIZES {
            for length in [1, 120] {
                let name: String = "Wy".chars().cycle().take(length).collect();
                let plan = renamed(&name);
                let (facts, evidence) = (facts(&name), Evidence::default());
                let case = case(&plan, &facts, &evidence);
                let slip = a_slip(SlipKind::Pin { key: 0 });
                let page = SlipPage {
                    slip: &slip,
                    mark: "REHEARSAL",
                    length: 8,
                    half: None,
                    written: Written::ByPen,
                };
                let slips = [paper::slip(&case, &page)];
                for sheet in paper::pages(&case, "REHEARSAL").iter().chain(&slips) {
                    let pdf = paper::pdf(sheet, Ink::Blank, size).expect("a PDF");
                    let pages = pdf_reader::pages(&pdf);
                    for page in &pages {
                        assert_eq!(page.clips(12.0), None, "{} with {length} on {size:?}", sheet.name);
                        assert!(
                            page.text().starts_with("REHEARSAL"),
                            "a page of {} without its mark",
                            sheet.name
                        );
                        assert_eq!(overlap(page), None, "{} with {length} on {size:?}", sheet.name);
                    }
                    let text: String = pages.iter().map(pdf_reader::Page::text).collect();
                    assert!(text.contains(&name), "a name of {length} is not whole on {}", sheet.name);
                }
            }
        }
    }

    #[test]
    fn a_code_says_the_document_and_where_to_look_and_never_a_secret_unless_chosen() {
        let (mut plan, evidence) = (plan(), Evidence::default());
        let facts = facts("Fabrikam");
        let secret = secret(32);
        let document = |plan: &Plan| {
            let sheet = paper::page(&case(plan, &facts, &evidence), "REHEARSAL", &Page::Document);
            pdf_reader::codes(&paper::pdf(&sheet, Ink::Masked, PaperSize::A4).expect("a PDF"))
        };
        assert_eq!(document(&plan), ["EA-5EED0000 credential document 2026-11-23 REHEARSAL"]);
        let slip = |plan: &Plan, size| {
            pdf_reader::codes(&slip_pdf(plan, (SlipKind::Password, None), (&secret, size)))
        };
        assert!(slip(&plan, PaperSize::A4).is_empty());
        plan.paper.qr = Qr::SecretToo;
        for size in SIZES {
            assert_eq!(slip(&plan, size), [secret.expose()]);
        }
        plan.paper.qr = Qr::None;
        assert!(document(&plan).is_empty());
    }
}
