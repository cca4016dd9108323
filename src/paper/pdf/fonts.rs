//! The fonts of paper: embedded, openly licensed, one glyph for each character.
//!
//! Characters are looked up one by one and never shaped, so that no ligature can change a password. What neither font
//! has is shown by a sign that says so; no character is left out silently.

use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::MetadataProvider as _;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::raw::FontRef;

/// A face of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typeface {
    /// Atkinson Hyperlegible Next: prose.
    Text,
    /// Atkinson Hyperlegible Next, bold: headings.
    Bold,
    /// Atkinson Hyperlegible Mono: names, numbers.
    Mono,
    /// Atkinson Hyperlegible Mono, bold: secrets.
    MonoBold,
}

/// One font file.
struct Loaded {
    krilla: Font,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
}

impl Loaded {
    fn of(bytes: &'static [u8]) -> Self {
        // The files are part of the program and every one of them is set by the suite.
        let krilla = Font::new(bytes.into(), 0).unwrap_or_else(|| panic!("a font of assets/fonts is broken"));
        let skrifa =
            FontRef::new(bytes).unwrap_or_else(|error| panic!("a font of assets/fonts is broken: {error}"));
        let metrics = skrifa.glyph_metrics(Size::new(1.0), LocationRef::default());
        Self { krilla, charmap: skrifa.charmap(), metrics }
    }

    /// The glyph of `c` and its advance, in ems.
    fn glyph(&self, c: char) -> Option<(GlyphId, f32)> {
        let id = self.charmap.map(c)?;
        let advance = self.metrics.advance_width(id)?;
        Some((GlyphId::new(id.to_u32()), advance))
    }
}

static FONTS: LazyLock<[Loaded; 5]> = LazyLock::new(|| {
    [
        Loaded::of(include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf")),
        Loaded::of(include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf")),
        Loaded::of(include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleMono-Regular.ttf")),
        Loaded::of(include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleMono-Bold.ttf")),
        Loaded::of(include_bytes!("../../../assets/fonts/DejaVuSansMono-Names.ttf")),
    ]
});

/// Where the fallback for other names stands.
const NAMES: usize = 4;
/// What is set for a character that no font has.
const UNKNOWN: char = '\u{fffd}';

fn index(face: Typeface) -> usize {
    match face {
        Typeface::Text => 0,
        Typeface::Bold => 1,
        Typeface::Mono => 2,
        Typeface::MonoBold => 3,
    }
}

/// The font that has `c`, its glyph and its advance in ems.
fn look_up(face: Typeface, c: char) -> (usize, GlyphId, f32) {
    let of = |font: usize, c: char| FONTS[font].glyph(c).map(|(glyph, advance)| (font, glyph, advance));
    of(index(face), c).or_else(|| of(NAMES, c)).or_else(|| of(NAMES, UNKNOWN)).unwrap_or((
        NAMES,
        GlyphId::new(0),
        0.6,
    ))
}

/// How wide `text` is, in ems.
pub(super) fn width(face: Typeface, text: &str) -> f32 {
    text.chars().map(|c| look_up(face, c).2).sum()
}

/// A stretch of text in one font.
pub(super) struct Run {
    /// The font.
    pub font: Font,
    /// The glyphs; their ranges are bytes of the whole text.
    pub glyphs: Vec<KrillaGlyph>,
    /// How wide it is, in ems.
    pub width: f32,
}

/// `text` as runs of one font each, glyph by glyph.
pub(super) fn runs(face: Typeface, text: &str) -> Vec<Run> {
    let mut runs: Vec<(usize, Run)> = Vec::new();
    for (at, c) in text.char_indices() {
        let (font, glyph, advance) = look_up(face, c);
        let glyph = KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, at..at + c.len_utf8(), None);
        match runs.last_mut() {
            Some((last, run)) if *last == font => {
                run.glyphs.push(glyph);
                run.width += advance;
            }
            _ => {
                let krilla = FONTS[font].krilla.clone();
                runs.push((font, Run { font: krilla, glyphs: vec![glyph], width: advance }));
            }
        }
    }
    runs.into_iter().map(|(_, run)| run).collect()
}
