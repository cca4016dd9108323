//! A PDF read back: its text with the place of every glyph, its looks, its QR codes. By a renderer of its own, which
//! shares nothing with the writer.

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// One character on a page.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The character it stands for.
    pub text: String,
    /// Where its baseline begins, from the upper left corner in points.
    pub at: (f64, f64),
    /// What it covers, from the upper left corner in points.
    pub ink: Rect,
}

/// One page read back.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Width and height in points.
    pub size: (f64, f64),
    /// Its characters, in the order in which they were set.
    pub letters: Vec<Letter>,
    /// What its rectangles cover.
    pub boxes: Vec<Rect>,
}

impl Page {
    /// Its text in the order in which it was set, without spaces.
    pub fn text(&self) -> String {
        self.letters.iter().flat_map(|l| l.text.chars()).filter(|c| !c.is_whitespace()).collect()
    }

    /// Whether anything lies outside the page or within `edge` points of its edge.
    pub fn clips(&self, edge: f64) -> Option<Rect> {
        let (width, height) = self.size;
        let inside = Rect::new(edge, edge, width - edge, height - edge);
        let inks = self.letters.iter().map(|l| l.ink).chain(self.boxes.iter().copied());
        inks.filter(|ink| ink.area() > 0.0).find(|ink| inside.union(*ink) != inside)
    }
}

/// Every page of a PDF.
pub fn pages(pdf: &[u8]) -> Vec<Page> {
    let pdf = Pdf::new(pdf.to_vec()).expect("a PDF");
    let cache = InterpreterCache::new();
    let mut found = Vec::new();
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let size = (f64::from(width), f64::from(height));
        let everything = Rect::new(-1e6, -1e6, 1e6, 1e6);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, everything, &cache, pdf.xref(), settings);
        let mut reader = Reader(Page { size, ..Page::default() });
        interpret_page(page, &mut context, &mut reader);
        found.push(reader.0);
    }
    found
}

struct Reader(Page);

impl Reader {
    fn flip(&self) -> Affine {
        Affine::translate((0.0, self.0.size.1)) * Affine::scale_non_uniform(1.0, -1.0)
    }
}

impl Device<'_> for Reader {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, _: &DrawMode) {
        let path = self.flip() * props.transform * path.clone();
        self.0.boxes.push(path.bounding_box());
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let place = self.flip() * props.transform * glyph.transform();
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(s)) => s,
                None => "\u{0}".to_owned(),
            };
            let ink = match &**glyph {
                Glyph::Outline(outline) => (place * outline.outline()).bounding_box(),
                Glyph::Type3(_) => Rect::ZERO,
            };
            let at = place * Point::ZERO;
            self.0.letters.push(Letter { text, at: (at.x, at.y), ink });
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

/// The first page as a picture, `scale` pixels to a point.
pub fn picture(pdf: &[u8], scale: f32) -> Pixmap {
    picture_of(pdf, 0, scale)
}

/// The page with this index as a picture.
pub fn picture_of(pdf: &[u8], index: usize, scale: f32) -> Pixmap {
    let pdf = Pdf::new(pdf.to_vec()).expect("a PDF");
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let page = &pdf.pages()[index];
    render(page, &RenderCache::new(), &InterpreterSettings::default(), &RenderSettings::default(), &settings)
}

/// How dark each pixel is, 0 for black, in rows.
pub fn grays(picture: &Pixmap) -> Vec<u8> {
    picture.data_as_u8_slice().chunks(4).map(|rgba| rgba[1]).collect()
}

/// What the QR codes of the first page say.
pub fn codes(pdf: &[u8]) -> Vec<String> {
    let picture = picture(pdf, 3.0);
    let (width, pixels) = (usize::from(picture.width()), grays(&picture));
    let height = pixels.len() / width;
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
    image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

/// What stands in the largest letters in the middle of a slip: lines, each with its check character, and that of the whole.
pub fn tall_letters(pdf: &[u8]) -> String {
    let pages = pages(pdf);
    assert_eq!(pages.len(), 1, "a slip is one page");
    let tall = |l: &&Letter| l.ink.height() > 9.0 && l.at.1 > pages[0].size.1 / 3.0;
    pages[0].letters.iter().filter(tall).map(|l| l.text.as_str()).collect()
}
