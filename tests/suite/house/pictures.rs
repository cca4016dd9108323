//! Small pictures of the pages, from sample data plainly marked as sample. They stand in the README and are what a page
//! must keep looking like. After a change that is meant:
//!
//! ```sh
//! UPDATE_PICTURES=1 cargo test --locked pictures::
//! ```
//!
//! and look at them.

use std::path::{Path, PathBuf};

use breakglass::domain::check::case::Case;
use breakglass::domain::facts::{Account, Accounts, Facts, InSlot, Reading};
use breakglass::domain::plan::PaperSize;
use breakglass::domain::record::{Evidence, Half, SlipKind};
use breakglass::domain::slot::Slot;
use breakglass::paper::{self, Ink, SlipPage, Written};
use hayro::vello_cpu::Pixmap;
use jiff::civil::date;

use crate::support::pdf_reader;
use crate::support::sample::{a_slip, facts, plan, secret};

/// Pixels to a point: small, and the secret can still be read.
const SCALE: f32 = 0.8;
/// How far two pictures may be apart on the average pixel, of 255: another processor rounds differently, no more.
const SAME: f64 = 0.6;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures")
}

/// A tenant with names and ids that are plainly samples.
fn sample_facts() -> Facts {
    let account = |slot, upn: &str, id: &str| InSlot {
        slot,
        account: Account::as_set_up(id, &format!("{upn}@samplerehearsal.onmicrosoft.com"), ""),
    };
    let in_slots = vec![
        account(Slot::new(0), "harbor.lantern", "5a3b1e00-0000-4000-8000-000000000001"),
        account(Slot::new(1), "meadow.compass", "5a3b1e00-0000-4000-8000-000000000002"),
    ];
    Facts {
        accounts: Reading::Read(Accounts { in_slots, ..Accounts::default() }),
        ..facts("SAMPLE, not a real tenant")
    }
}

/// Every picture: its name and the page.
fn made() -> Vec<(String, Vec<u8>)> {
    let (plan, facts, evidence) = (plan(), sample_facts(), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let slip = a_slip(SlipKind::Password);
    let page = SlipPage { slip: &slip, mark: "REHEARSAL", length: 32, half: None, written: Written::Here };
    let secret = secret(32);
    let made = paper::pdf(&paper::slip(&case, &page), Ink::Secret(&secret), PaperSize::A4);
    let mut all = vec![("slip".to_owned(), made.expect("a PDF").to_vec())];
    all.push(("slip-half".to_owned(), half()));
    for sheet in paper::pages(&case, "REHEARSAL") {
        let pdf = paper::pdf(&sheet, Ink::Masked, PaperSize::A4).expect("a PDF");
        all.push((sheet.name.to_owned(), pdf.to_vec()));
    }
    all
}

/// The first two pages of a review's report: its name and the picture.
fn of_review() -> [(String, Pixmap); 2] {
    let sheet = paper::review(&crate::review::report::sample::sample());
    let pdf = paper::pdf(&sheet, Ink::Masked, PaperSize::A4).expect("a PDF");
    let picture = |index| pdf_reader::picture_of(&pdf, index, SCALE);
    [("review".to_owned(), picture(0)), ("review-findings".to_owned(), picture(1))]
}

/// The first two pages of an exercise's report.
fn of_exercise() -> [(String, Pixmap); 2] {
    let pdf = crate::exercise::report::late_pdf();
    let picture = |index| pdf_reader::picture_of(&pdf, index, SCALE);
    [("exercise-report".to_owned(), picture(0)), ("exercise-report-timeline".to_owned(), picture(1))]
}

/// Half A of a slip for two people.
fn half() -> Vec<u8> {
    let (plan, facts, evidence) =
        (crate::support::two_people::for_two(), sample_facts(), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    let slip = a_slip(SlipKind::Password);
    let half = Some(Half::A);
    let page = SlipPage { slip: &slip, mark: "REHEARSAL", length: 32, half, written: Written::Here };
    let made = paper::pdf(&paper::slip(&case, &page), Ink::Secret(&secret(16)), PaperSize::A4);
    made.expect("a PDF").to_vec()
}

#[test]
fn pages_look_as_they_did() {
    let update = std::env::var_os("UPDATE_PICTURES").is_some();
    let made = made().into_iter().map(|(name, pdf)| (name, pdf_reader::picture(&pdf, SCALE)));
    for (name, picture) in made.chain(of_review()).chain(of_exercise()) {
        let path = folder().join(format!("{name}.png"));
        if update {
            std::fs::create_dir_all(folder()).expect("a folder");
            std::fs::write(&path, picture.into_png().expect("a picture")).expect("it can be written");
            continue;
        }
        let golden = std::fs::File::open(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        let golden = Pixmap::from_png(std::io::BufReader::new(golden)).expect("a picture");
        let apart = distance(&golden, &picture);
        assert!(
            apart < SAME,
            "{name} looks different ({apart:.2}); see the head of tests/suite/house/pictures.rs"
        );
    }
}

/// The mean distance of two pictures' pixels.
fn distance(one: &Pixmap, other: &Pixmap) -> f64 {
    if (one.width(), one.height()) != (other.width(), other.height()) {
        return f64::MAX;
    }
    let (one, other) = (pdf_reader::grays(one), pdf_reader::grays(other));
    let far = |(a, b): (&u8, &u8)| f64::from(a.abs_diff(*b));
    let count = f64::from(u32::try_from(one.len()).expect("a small picture"));
    one.iter().zip(&other).map(far).sum::<f64>() / count
}
