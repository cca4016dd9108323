//! Foreign text made safe for a terminal and for paper.
//!
//! Display names, policy names and server messages are written by people we do not know.
//! They may hold escape sequences or bidirectional overrides that make a screen lie.

/// `text` on one line, without control characters, bidirectional controls or zero-width characters.
///
/// Line breaks and tabs become one space; everything else that cannot be seen is dropped.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' => Some(' '),
            c if c.is_control() || is_invisible(c) => None,
            c => Some(c),
        })
        .collect()
}

/// Bidirectional controls, zero-width characters, soft hyphen, line separators, tags and byte-order marks
/// (Unicode general category Cf and Zl/Zp as far as they change what a reader sees).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether `text` is an id as Entra and Azure write them: 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between.
///
/// The only way to read one: other spellings of a UUID (in braces, as a URN, without hyphens) are refused by the services
/// when they stand in an address.
pub fn is_guid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let is_hex = |group: &&str| group.chars().all(|c| c.is_ascii_hexdigit());
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]) && groups.iter().all(is_hex)
}

/// The ids that stand in `text`.
pub fn ids_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_hexdigit() && c != '-').filter(|word| is_guid(word))
}

/// Whether `text` can be a domain: labels of letters, digits and hyphens with dots between, 253 characters at most.
pub fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && label.len() <= 63
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(is_label)
}

/// Whether `text` can be a mail address or a user name with its domain: one @, no spaces, no dot at an end or doubled, a
/// domain behind it. Whether mail arrives is confirmed later.
pub fn is_mail_address(text: &str) -> bool {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\".contains(c);
    let dotted = |part: &str| part.split('.').all(|label| !label.is_empty());
    text.split_once('@').is_some_and(|(user, domain)| {
        !user.contains(is_odd)
            && dotted(user)
            && domain.contains('.')
            && dotted(domain)
            && !domain.contains('@')
            && !domain.contains(is_odd)
    })
}

/// `text` cut to `width` characters with an ellipsis at the end when something was cut.
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(width.saturating_sub(1)).collect();
    short.push('…');
    short
}

/// A number with its noun: "1 mailbox", "2 mailboxes".
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// `text` with a capital at its beginning.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// `text` with a full stop at its end, unless it ends a sentence already.
pub fn sentence(text: &str) -> String {
    match text.trim_end() {
        ended if ended.is_empty() || ended.ends_with(['.', '!', '?', ':']) => ended.to_owned(),
        open => format!("{open}."),
    }
}

/// `name` as a part of a file's name: lower-case letters, digits and single hyphens, at most 40 of them; empty where it has
/// none.
pub fn for_a_file(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let joined = parts.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    joined.chars().take(40).collect::<String>().trim_end_matches('-').to_owned()
}

/// Which of the `known` names was meant by `name`: "; did you mean a or b?", or nothing where none is near.
pub fn known_near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    const FAR: usize = 4;
    let mut near: Vec<(usize, &str)> =
        known.map(|known| (strsim::osa_distance(name, known), known)).filter(|(far, _)| *far < FAR).collect();
    near.sort_unstable();
    let near: Vec<&str> = near.into_iter().take(3).map(|(_, known)| known).collect();
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_bidi_characters_vanish() {
        assert_eq!(clean("a\u{1b}[31mb\u{202e}c\nd"), "a[31mbc d");
    }

    #[test]
    fn an_id_is_spelled_in_one_way() {
        let id = "5eed0000-0000-4000-8000-FAB21c000001";
        assert!(is_guid(id));
        let bare = id.replace('-', "");
        for other in [&format!("{{{id}}}"), &format!("urn:uuid:{id}"), &bare, &format!(" {id}"), &id[1..], ""]
        {
            assert!(!is_guid(other), "{other:?}");
        }
    }

    #[test]
    fn a_mail_address_has_no_odd_dots() {
        for right in ["a@x.example", "first.last@mail.contoso.com", "o'neill+x@contoso.com"] {
            assert!(is_mail_address(right), "{right}");
        }
        for wrong in [
            "",
            "a",
            "@x.example",
            "a@x",
            "a@@x.example",
            ".a@x.example",
            "a..b@x.example",
            "a.@x.example",
            "a@x..example",
            "a@.example",
            "a@x.example.",
            "a b@x.example",
            "A <a@x.example>",
        ] {
            assert!(!is_mail_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn cutting_keeps_the_width() {
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("abcd", 4), "abcd");
    }
}
