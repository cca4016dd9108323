//! The report as PDF, rendered and read back: the cover first, the mark on every page, nothing left out.

use breakglass::domain::plan::PaperSize;
use breakglass::journeys::report::review::Report;
use breakglass::paper::{self, Ink};

use super::sample::{FACTS, HEAD, REQUEST, sample};
use crate::support::pdf_reader::{self, Page};

const SIZES: [PaperSize; 2] = [PaperSize::A4, PaperSize::Letter];

fn pages(report: &Report, size: PaperSize) -> Vec<Page> {
    pdf_reader::pages(&paper::pdf(&paper::review(report), Ink::Blank, size).expect("a PDF"))
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn the_cover_has_verdict_signatures_and_the_anchor() {
    for size in SIZES {
        let pages = pages(&sample(), size);
        let cover = pages[0].text();
        for wanted in ["Review 2026-Q4", &sample().verdict(), "Sample Person C on 2026-11-30", FACTS, HEAD] {
            assert!(cover.contains(&solid(wanted)), "{wanted} is not on the cover: {cover}");
        }
        assert!(!cover.contains(&solid("It is eligible for the role")), "findings begin on the next page");
    }
}

#[test]
fn every_page_has_the_mark_and_nothing_is_clipped_or_left_out() {
    for size in SIZES {
        let pages = pages(&sample(), size);
        assert!(pages.len() > 2, "{}", pages.len());
        for (number, page) in pages.iter().enumerate() {
            let text = page.text();
            assert!(text.contains("REHEARSAL"), "page {}", number + 1);
            assert!(text.contains(&format!("page{}of{}", number + 1, pages.len())), "{text}");
            assert_eq!(page.clips(20.0), None);
        }
        let all: String = pages.iter().map(Page::text).collect();
        let report = sample();
        let told = report.findings().flat_map(|f| [f.label.clone(), f.detail.clone(), f.remedy.clone()]);
        for text in
            told.chain([REQUEST.to_owned(), "Site A lost".to_owned(), "Its paper lies there.".to_owned()])
        {
            assert!(all.contains(&solid(&text)), "{text}");
        }
    }
}

#[test]
fn an_unsigned_report_has_lines_to_sign_on() {
    let text = paper::text(&paper::review(&Report { signatures: Vec::new(), ..sample() }), Ink::Blank);
    assert!(text.contains("Name, date 1:") && text.contains("________________________"), "{}", text.as_str());
}

#[test]
fn a_table_goes_on_on_the_next_page_with_its_heads() {
    let mut report = sample();
    report.sign_ins = (0..80).map(|_| report.sign_ins[0].clone()).collect();
    let pages = pages(&report, PaperSize::A4);
    let with_heads = pages.iter().filter(|page| page.text().contains("Result,policies")).count();
    assert!(with_heads > 1, "{with_heads}");
    let rows: usize = pages.iter().map(|page| page.text().matches("192.0.2.10").count()).sum();
    assert_eq!(rows, 80);
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let pdf = || paper::pdf(&paper::review(&sample()), Ink::Blank, PaperSize::A4).expect("a PDF");
    assert_eq!(pdf(), pdf());
}
