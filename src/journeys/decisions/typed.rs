//! What was typed as an answer: numbers, one of a few words, lists, mailboxes; or what is wrong with it.

use crate::domain::plan::Recipient;

pub(super) fn number(text: &str, range: std::ops::RangeInclusive<usize>) -> Result<usize, String> {
    let wrong = || format!("Write a number from {} to {}.", range.start(), range.end());
    text.parse().ok().filter(|n| range.contains(n)).ok_or_else(wrong)
}

pub(super) fn word<T: Copy>(text: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(w, _)| text.eq_ignore_ascii_case(w));
    let known: Vec<&str> = words.iter().map(|(w, _)| *w).collect();
    found.map(|(_, value)| *value).ok_or_else(|| format!("Write one of: {}.", known.join(", ")))
}

/// The text, unless a rule has something against it.
pub(super) fn right(text: String, rule: fn(&str) -> Option<String>) -> Result<String, String> {
    rule(&text).map_or(Ok(text), Err)
}

pub(super) fn items(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

/// People or roles by name: with `;` between them, or with commas where there is none. A phone number stays with whom it
/// follows.
pub(super) fn people(text: &str) -> Vec<String> {
    let between = if text.contains(';') { ';' } else { ',' };
    let mut people: Vec<String> = Vec::new();
    for part in text.split(between).map(str::trim).filter(|part| !part.is_empty()) {
        let is_number = !part.chars().any(char::is_alphabetic);
        match people.last_mut().filter(|_| is_number) {
            Some(person) => *person = format!("{person}, {part}"),
            None => people.push(part.to_owned()),
        }
    }
    people
}

/// Mailboxes with or without names before them, as they come out of any program: with commas, semicolons, spaces or line
/// breaks between them. A name that has a comma in it keeps it.
pub(super) fn recipients(text: &str) -> Result<Vec<Recipient>, String> {
    let mut found = Vec::new();
    let mut name = String::new();
    for word in text.replace('<', " <").split_whitespace() {
        let ends = word.ends_with([',', ';']);
        let bare = word.trim_end_matches([',', ';']);
        // Without spaces around it a separator stands within a word.
        for part in bare.split([',', ';']).filter(|part| !part.is_empty()) {
            match address(part) {
                Some(email) => found.push(named(&std::mem::take(&mut name), email)),
                None => name = format!("{name} {part}").trim_start().to_owned(),
            }
        }
        if ends && !name.is_empty() {
            name.push(',');
        }
    }
    if !name.is_empty() {
        let name = name.trim_end_matches(',');
        return Err(format!("\"{name}\" has no mailbox; write name <mailbox>, or the mailbox alone."));
    }
    Ok(found)
}

/// The mailbox in `<a@b>` or `a@b`.
fn address(word: &str) -> Option<&str> {
    let bare = word.trim_start_matches('<').trim_end_matches('>');
    bare.contains('@').then_some(bare)
}

fn named(name: &str, email: &str) -> Recipient {
    let name = name.trim().trim_matches(['"', ',']).trim();
    let name = if name.is_empty() { email } else { name };
    Recipient { name: name.to_owned(), email: email.to_owned(), sms: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let all = recipients(text).expect("mailboxes");
        all.into_iter().map(|one| format!("{} <{}>", one.name, one.email)).collect()
    }

    #[test]
    fn mailboxes_are_taken_with_anything_between_them() {
        let both = ["a@x.example <a@x.example>", "b@y.example <b@y.example>"];
        for between in [", ", ",", "; ", ";", " ", "\n", ",\n", " ; "] {
            assert_eq!(read(&format!("a@x.example{between}b@y.example")), both, "{between:?}");
        }
        let named = ["Security team <a@x.example>", "Doe, Jane <b@y.example>", "c@z.example <c@z.example>"];
        assert_eq!(read("Security team <a@x.example>, Doe, Jane <b@y.example>; c@z.example"), named);
        assert_eq!(read("Security team<a@x.example>;\"Doe, Jane\" <b@y.example> c@z.example"), named);
    }

    #[test]
    fn what_has_no_mailbox_is_told() {
        assert!(recipients("Security team").is_err_and(|why| why.contains("Security team")));
        assert!(recipients("a@x.example, and Jane").is_err_and(|why| why.contains("and Jane")));
    }

    #[test]
    fn people_may_stand_with_commas_between_them() {
        assert_eq!(people("A. Person, B. Person"), ["A. Person", "B. Person"]);
        assert_eq!(people("A. Person, on call; B. Person"), ["A. Person, on call", "B. Person"]);
        assert_eq!(people("CISO, +1 206 555 0101, CIO"), ["CISO, +1 206 555 0101", "CIO"]);
    }
}
