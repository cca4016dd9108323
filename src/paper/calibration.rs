//! The calibration page: the printer is tried before any secret exists, and the reader learns the glyphs.

use crate::domain::check::case::Case;
use crate::domain::secret::check_character::Scheme;
use crate::domain::secret::password;
use crate::paper::document::code;
use crate::paper::page::{Form, Heading, Piece, Sheet};
use crate::paper::words::words;

/// Signs that poor paper runs together: first those that occur in a password, then the worst of all others.
const APART: [&str; 16] = [
    "A4", "DU", "EF", "HN", "K R", "M W", "P R", "a d", "h n", "r n m", "2 7", "0 O", "1 l I", "5 S", "6 b",
    "8 B",
];
/// A line that looks like a secret and is none.
const SAMPLE: &str = "SAMP LEON LY23 479H";

/// The calibration page.
pub fn calibration(case: &Case<'_>, mark: &str) -> Sheet {
    let words = &words().calibration;
    let mut pieces = vec![Piece::Title(words.title.clone())];
    pieces.extend(code(case, mark, "calibration page"));
    pieces.push(Piece::Text(words.about.clone()));
    pieces.push(Piece::Ruler(words.scale.clone(), words.grays.clone()));
    pieces.push(Piece::Section(words.key.clone()));
    let alphabet = Scheme::Password.alphabet().take(Scheme::Password.size());
    pieces.push(Piece::Glyphs(alphabet.map(|c| (c.to_string(), password::spoken(c))).collect()));
    pieces.push(Piece::Section(words.apart.clone()));
    pieces.push(Piece::Apart(APART.map(str::to_owned).to_vec()));
    pieces.push(Piece::Small(words.apart_help.clone()));
    pieces.push(Piece::Section(words.sample.clone()));
    pieces.push(Piece::Apart(vec![SAMPLE.to_owned()]));
    Sheet { name: "calibration", form: Form::Flowing, heading: Heading::of(case, mark), pieces }
}
