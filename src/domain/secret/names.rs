//! Names that sound as if what they name were a secret: keys of a plan, members of a resource.

/// Words that mean a secret wherever they stand in a key.
const ANYWHERE: [&str; 5] = ["password", "passwd", "passphrase", "passcode", "secret"];
/// Words that mean a secret when they stand alone between separators.
const ALONE: [&str; 9] =
    ["pwd", "pin", "pins", "tap", "token", "tokens", "pass", "credential", "credentials"];

/// Whether a name sounds as if it named a secret: `clientSecret`, `access-token`, `PIN`.
pub fn sounds_secret(key: &str) -> bool {
    let small = key.to_lowercase();
    ANYWHERE.iter().any(|word| small.contains(word)) || words(key).iter().any(|w| ALONE.contains(&w.as_str()))
}

/// `clientToken`, `client-token` and `client.token` are two words each.
fn words(key: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(key.len() * 2);
    let mut was_small = false;
    for c in key.chars() {
        if c.is_uppercase() && was_small {
            spaced.push(' ');
        }
        was_small = c.is_lowercase();
        spaced.extend(c.to_lowercase());
    }
    spaced.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_split_into_words() {
        for key in ["PIN", "key_pin", "clientSecret", "access-token", "tap1", "my.pwd", "userPassword2"] {
            assert!(sounds_secret(key), "{key}");
        }
        for key in ["spin", "tapestry", "place", "pinboard", "compass", "accounts"] {
            assert!(!sounds_secret(key), "{key}");
        }
    }
}
