//! Placeholders in braces, filled with what is known about a tenant.
//!
//! A name nobody filled stays visible in its braces: a gap that shows is better than a sentence that lies.

/// `text` with each `{name}` replaced by its value from `values`; an unknown name stays as it is.
///
/// Values are put in as they are and never looked into again, so braces inside a value do no harm.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let (piece, after) = placeholder(rest, values).unwrap_or_else(|| rest.split_at(1));
        filled.push_str(piece);
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The value of the placeholder at the start of `text`, and what follows it.
fn placeholder<'a>(text: &'a str, values: &[(&str, &'a str)]) -> Option<(&'a str, &'a str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let (_, value) = values.iter().find(|(known, _)| *known == name)?;
    Some((value, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_filled_and_unknown_ones_stay() {
        let values = [("upn", "ea-1@contoso.onmicrosoft.com"), ("workspace", "logs")];
        assert_eq!(fill("{upn} > {workspace}", &values), "ea-1@contoso.onmicrosoft.com > logs");
        assert_eq!(fill("{who} in {workspace}", &values), "{who} in logs");
    }

    #[test]
    fn stray_braces_and_braces_in_values_do_no_harm() {
        assert_eq!(fill("a { b {upn}", &[("upn", "{upn}")]), "a { b {upn}");
        assert_eq!(fill("{{upn}}", &[("upn", "x")]), "{x}");
        assert_eq!(fill("open {", &[]), "open {");
    }
}
