//! FLOOR 2: pages and slips.

use crate::domain::case::Case;
use crate::domain::evidence::Slip;
use crate::domain::secret::Secret;
use zeroize::Zeroizing;

/// A slip.
pub fn slip(_case: &Case<'_>, slip: &Slip, (mark, secret): (&str, &Secret)) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(1024));
    text.push_str(mark);
    text.push_str(&format!(" slip {}\n", slip.number));
    for line in secret.expose().as_bytes().chunks(16) {
        text.push_str("| ");
        for g in line.chunks(4) {
            for b in g {
                text.push(char::from(*b));
            }
            text.push(' ');
        }
        text.push('\n');
    }
    text
}
/// Lines.
pub fn secret_lines(text: &str) -> Vec<Zeroizing<String>> {
    text.lines().filter_map(|l| l.strip_prefix("| ")).map(|l| Zeroizing::new(l.to_owned())).collect()
}
/// Pages.
pub fn pages(_case: &Case<'_>, mark: &str) -> Vec<(&'static str, String)> {
    vec![("credential-document", mark.to_owned())]
}
