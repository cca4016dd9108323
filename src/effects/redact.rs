//! Words of others on their way out: a screen, standard error, a log, the record. Where they repeat a secret they are left
//! out.
//!
//! They are left out as a whole, so that nobody has to guess how much of them is harmless. Whether they repeat one is
//! [`crate::effects::repeated`].

use std::borrow::Cow;

use serde_json::Value;

use crate::domain::record::Entry;
use crate::domain::trouble::Trouble;
use crate::effects::repeated::{TELLING, forms, tells};
use crate::effects::vault::Vault;
use crate::journeys::Screen;

/// What stands in the place of words that repeat a secret.
pub const WITHHELD: &str = "(left out here: these words repeat a secret)";

impl Vault {
    /// These words, or [`WITHHELD`] where they repeat a secret.
    pub fn redact<'a>(&self, words: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(if self.is_told_by(words) { WITHHELD } else { words })
    }

    /// Whether these words repeat a telling part of a secret that is kept here or was, in whatever form.
    pub fn is_told_by(&self, words: &str) -> bool {
        if words.len() < TELLING || self.has_kept_nothing() {
            return false;
        }
        let (noted, is_harmless) = self.known_harmless(words);
        if is_harmless {
            return false;
        }
        let forms = forms(words);
        let is_told = self.all().iter().any(|secret| tells(words, &forms, secret.expose()))
            || forms.iter().any(|form| self.was_lent(form));
        if !is_told {
            self.note_harmless(words, noted);
        }
        is_told
    }

    /// These lines, without those that repeat a secret.
    pub fn redact_lines<'a>(&self, lines: &'a str) -> Cow<'a, str> {
        if !self.is_told_by(lines) {
            return Cow::Borrowed(lines);
        }
        let kept: Vec<Cow<'a, str>> = lines.split('\n').map(|line| self.redact(line)).collect();
        Cow::Owned(kept.join("\n"))
    }

    /// This screen, without words that repeat a secret.
    #[must_use]
    pub fn bare(&self, mut screen: Screen) -> Screen {
        screen.each_text(&mut |text| {
            if self.is_told_by(text) {
                WITHHELD.clone_into(text);
            }
        });
        screen
    }

    /// This entry of the record without words that repeat a secret.
    ///
    /// # Errors
    ///
    /// Without them it would be no entry any more.
    pub fn redacted(&self, entry: Entry) -> Result<Entry, Trouble> {
        if self.has_kept_nothing() {
            return Ok(entry);
        }
        let told = |_| spoilt();
        let value = serde_json::to_value(&entry).map_err(told)?;
        match self.without(value.clone()) {
            same if same == value => Ok(entry),
            other => serde_json::from_value(other).map_err(told),
        }
    }

    fn without(&self, value: Value) -> Value {
        match value {
            Value::String(words) => Value::String(self.redact(&words).into_owned()),
            Value::Array(items) => items.into_iter().map(|item| self.without(item)).collect(),
            Value::Object(members) => {
                let members = members.into_iter().map(|(name, value)| (name, self.without(value)));
                Value::Object(members.collect())
            }
            other => other,
        }
    }
}

fn spoilt() -> Trouble {
    Trouble::new(
        "A line of the record repeats a secret.",
        "Without the secret it cannot be written, and with it nobody may.",
        "Make a new secret; what was done in the tenant shows at the next reading.",
    )
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};

    use zeroize::Zeroizing;

    use super::*;
    use crate::domain::secret::{Secret, SecretId};

    const TEXT: &str = "AaCbDdEeFfHhJmKnLrMtN2P3R4T7UWX9";

    fn vault(text: &str) -> (Vault, SecretId) {
        let vault = Vault::new();
        let id = vault.keep(Secret::new(Zeroizing::new(text.to_owned())));
        (vault, id)
    }

    /// The ways in which a text is repeated.
    fn echoes(text: &str) -> Vec<String> {
        let spelled = |one: fn(u8) -> String| text.bytes().map(one).collect::<Vec<_>>().concat();
        let escaped = spelled(|b| format!("\\u{b:04x}"));
        let percent = spelled(|b| format!("%{b:02X}"));
        let groups: Vec<&str> =
            text.as_bytes().chunks(4).filter_map(|c| std::str::from_utf8(c).ok()).collect();
        vec![
            text.to_owned(),
            text.to_lowercase(),
            groups.join(" "),
            groups.join("\n"),
            escaped,
            percent,
            BASE64_STANDARD.encode(text),
            BASE64_STANDARD.encode(format!("{{\"password\":\"{text}\"}}")),
            BASE64_URL_SAFE_NO_PAD.encode(format!("x{text}")),
            format!("xy{}", BASE64_STANDARD.encode(text)),
        ]
    }

    #[test]
    fn whatever_repeats_a_secret_in_any_form_is_left_out() {
        let (vault, id) = vault(TEXT);
        for part in [TEXT, &TEXT[..16], &TEXT[16..], &TEXT[5..13]] {
            for echo in echoes(part) {
                let words = format!("Invalid value '{echo}' in the body.");
                assert_eq!(vault.redact(&words), WITHHELD, "{words}");
            }
        }
        vault.forget(id);
        for echo in echoes(TEXT) {
            assert!(vault.is_told_by(&format!("It was: {echo}")), "forgotten: {echo}");
        }
    }

    #[test]
    fn other_words_stay_as_they_are() {
        let (vault, _) = vault(TEXT);
        for words in [
            "AADSTS50126: Error validating credentials due to invalid username or password.",
            "AaCbDdE is too short to tell anything",
            "11111111-2222-4333-8444-555555555555",
            "100 % of \\u00zz and %zz, eyJhbGciOiJub25lIn0",
            "",
        ] {
            assert_eq!(vault.redact(words), words);
        }
    }

    #[test]
    fn a_pin_is_told_where_it_stands_alone() {
        let (vault, id) = vault("40718253");
        for told in ["PIN 40718253.", "40718253", "it is 4071 8253", "\"40718253\""] {
            assert!(vault.is_told_by(told), "{told}");
        }
        for other in ["40718253-0000-4000-8000-00000000dead", "140718253", "2026-11-30T40718253", "4071825"] {
            assert!(!vault.is_told_by(other), "{other}");
        }
        vault.forget(id);
        assert!(!vault.is_told_by("PIN 40718253."), "nothing of it is left to be compared with");
    }

    #[test]
    fn an_address_that_was_pasted_does_not_hide_every_other_one() {
        let (vault, _) = vault("http://localhost:1234/?code=AaCbDdEeFfHh&state=x");
        assert!(!vault.is_told_by("Open http://localhost:5678/ in a browser."));
    }

    #[test]
    fn words_that_were_harmless_are_looked_at_anew_when_a_secret_is_added() {
        let (vault, _) = vault("another-one-altogether");
        let words = format!("it said {TEXT}");
        assert!(!vault.is_told_by(&words) && !vault.is_told_by(&words));
        vault.keep(Secret::new(Zeroizing::new(TEXT.to_owned())));
        assert!(vault.is_told_by(&words));
    }

    #[test]
    fn a_line_of_the_record_keeps_everything_else() {
        let (vault, _) = vault(TEXT);
        let date = Some(jiff::civil::date(2026, 11, 30));
        let entry = |detail: String| Entry::Notified { sent: false, detail, date, group: None };
        let told = vault.redacted(entry(format!("it said {TEXT}"))).expect("an entry");
        assert_eq!(told, entry(WITHHELD.to_owned()));
        let other = entry("it was not sent".to_owned());
        assert_eq!(vault.redacted(other.clone()), Ok(other));
    }
}
