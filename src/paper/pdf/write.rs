//! Leaves become a PDF file.

use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::{Document, SerializeSettings};
use zeroize::Zeroizing;

use crate::domain::plan::PaperSize;
use crate::domain::trouble::Trouble;
use crate::paper::page::{Piece, Sheet};
use crate::paper::pdf::fonts;
use crate::paper::pdf::leaf::{Box, Leaf, Mark, Style};

pub(super) fn write(sheet: &Sheet, leaves: &[Leaf], size: PaperSize) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let mut document = Document::new_with(SerializeSettings {
        enable_tagging: false,
        xmp_metadata: false,
        ..SerializeSettings::default()
    });
    document.set_metadata(metadata(sheet));
    let (width, height) = size.points();
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| not_made("the page has no size"))?;
    for leaf in leaves {
        let mut page = document.start_page_with(settings.clone());
        let mut surface = page.surface();
        leaf.marks.iter().for_each(|mark| draw(&mut surface, mark));
        surface.finish();
        page.finish();
    }
    document.finish().map(Zeroizing::new).map_err(|error| not_made(&format!("{error:?}")))
}

fn not_made(why: &str) -> Trouble {
    Trouble::new("The page could not be made as PDF.", why, "Choose the plain text page, or copy by hand.")
}

/// The day, the title and the id; the same input gives the same bytes.
fn metadata(sheet: &Sheet) -> Metadata {
    let date = sheet.heading.date;
    let number = |n: i8| u8::try_from(n).unwrap_or(1);
    let day = DateTime::new(u16::try_from(date.year()).unwrap_or_default())
        .month(number(date.month()))
        .day(number(date.day()));
    let title = sheet.pieces.iter().find_map(|piece| match piece {
        Piece::Title(title) => Some(title.as_str()),
        _ => None,
    });
    let document = &sheet.heading.document;
    Metadata::new()
        .title(format!("{document} {}", title.unwrap_or(sheet.name)))
        .creator("breakglass".to_owned())
        .language("en".to_owned())
        .creation_date(day)
        .document_id(format!("{document} {} {date}", sheet.name))
}

fn draw(surface: &mut Surface<'_>, mark: &Mark) {
    match mark {
        Mark::Text { at, style, text } => draw_text(surface, *at, *style, text),
        Mark::Filled { boxes, gray } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*gray)));
            if let Some(path) = path(boxes) {
                surface.draw_path(&path);
            }
        }
        Mark::Outline { at, weight, gray } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                width: *weight,
                paint: luma::Color::new(*gray).into(),
                ..Stroke::default()
            }));
            if let Some(path) = path(&[*at]) {
                surface.draw_path(&path);
            }
        }
        Mark::Dashed { from, w } => dashed(surface, *from, *w),
    }
}

fn draw_text(surface: &mut Surface<'_>, mut at: Point, style: Style, text: &str) {
    surface.set_stroke(None);
    surface.set_fill(Some(fill(style.gray)));
    for run in fonts::runs(style.face, text) {
        let advance = run.width * style.size;
        surface.draw_glyphs(at, &run.glyphs, run.font, text, style.size, false);
        at.x += advance;
    }
}

fn dashed(surface: &mut Surface<'_>, from: Point, w: f32) {
    let mut builder = PathBuilder::new();
    builder.move_to(from.x, from.y);
    builder.line_to(from.x + w, from.y);
    surface.set_fill(None);
    let dash = StrokeDash { array: vec![4.0, 3.0], offset: 0.0 };
    surface.set_stroke(Some(Stroke { width: 0.6, dash: Some(dash), ..Stroke::default() }));
    if let Some(path) = builder.finish() {
        surface.draw_path(&path);
    }
}

fn fill(gray: u8) -> Fill {
    Fill { paint: luma::Color::new(gray).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}

fn path(boxes: &[Box]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for at in boxes {
        builder.push_rect(Rect::from_xywh(at.x, at.y, at.w, at.h)?);
    }
    builder.finish()
}
