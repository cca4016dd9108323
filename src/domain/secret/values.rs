//! Texts that look as if they were a secret: a token, a key, a client secret, a password in an address.
//!
//! Only forms that nothing else has; a text that is merely long or odd is not accused.

/// What a secret of a known form begins with, and what it is.
const BEGINNINGS: [(&str, &str); 9] = [
    ("-----BEGIN", "a key or certificate (PEM)"),
    ("ghp_", "an access token"),
    ("github_pat_", "an access token"),
    ("glpat-", "an access token"),
    ("xoxb-", "an access token"),
    ("xoxp-", "an access token"),
    ("Bearer ", "an access token"),
    ("AKIA", "an access key"),
    ("sk-", "an access key"),
];
/// What stands before a secret in connection strings and addresses, in small letters.
const BEFORE: [(&str, &str); 8] = [
    ("accountkey=", "the key of a storage account"),
    ("sharedaccesskey=", "a shared access key"),
    ("sharedaccesssignature=", "a shared access signature"),
    ("&sig=", "a shared access signature"),
    ("?sig=", "a shared access signature"),
    ("client_secret=", "a client secret"),
    ("password=", "a password"),
    ("pwd=", "a password"),
];
/// The fewest characters of a token with a known beginning; shorter ones are words.
const TOKEN_SHORTEST: usize = 16;
/// Characters of a client secret of Entra, from those that were seen: three, a digit, `Q~`, and some thirty more.
const CLIENT_SECRET: std::ops::RangeInclusive<usize> = 34..=48;

/// What kind of secret `text` looks like, with its article.
pub fn looks_secret(text: &str) -> Option<&'static str> {
    let small = text.to_lowercase();
    let begins =
        BEGINNINGS.iter().find(|(start, _)| text.split(is_edge).any(|word| begins_token(word, start)));
    let pem = text.contains(BEGINNINGS[0].0).then_some(BEGINNINGS[0].1);
    let bearer = text.split("Bearer ").nth(1).filter(|rest| rest.len() >= TOKEN_SHORTEST);
    let before = BEFORE.iter().find(|(before, _)| has_something_behind(&small, before));
    let words = || text.split(is_edge);
    pem.or(begins.map(|(_, kind)| *kind))
        .or(bearer.map(|_| "an access token"))
        .or(before.map(|(_, kind)| *kind))
        .or(words().any(is_jwt).then_some("an access token"))
        .or(words().any(is_client_secret).then_some("a client secret"))
        .or(text.split_whitespace().any(names_user_and_password).then_some("a user name with its password"))
}

fn is_edge(c: char) -> bool {
    c.is_whitespace() || "\"'(),;<>".contains(c)
}

fn begins_token(word: &str, start: &str) -> bool {
    word.starts_with(start) && word.len() >= TOKEN_SHORTEST && !word.contains(' ')
}

fn has_something_behind(text: &str, before: &str) -> bool {
    text.split_once(before).is_some_and(|(_, behind)| behind.starts_with(|c: char| c.is_alphanumeric()))
}

/// Three parts of base64url, the first of which is a JSON object.
fn is_jwt(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let is_base64 = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || "-_=".contains(c));
    word.starts_with("eyJ")
        && (2..=5).contains(&parts.len())
        && word.len() >= TOKEN_SHORTEST
        && parts.into_iter().all(is_base64)
}

/// `abc8Q~…`: how Entra makes client secrets.
fn is_client_secret(word: &str) -> bool {
    let is_of_it = |c: char| c.is_ascii_alphanumeric() || "~._-".contains(c);
    let marked =
        word.as_bytes().get(3..6).is_some_and(|mark| mark[0].is_ascii_digit() && &mark[1..] == b"Q~");
    marked && CLIENT_SECRET.contains(&word.len()) && word.chars().all(is_of_it)
}

/// `user:pass@host`, with a scheme before it or without.
fn names_user_and_password(word: &str) -> bool {
    let authority =
        word.split_once("://").map_or(word, |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(rest));
    let Some((who, host)) = authority.rsplit_once('@') else { return false };
    let who = who.trim_start_matches(['<', '(', '"']);
    let host = host.trim_start_matches(['<', '(']);
    who.strip_prefix("mailto:").unwrap_or(who).split_once(':').is_some_and(|(user, password)| {
        !user.is_empty()
            && !password.is_empty()
            && host.starts_with(|c: char| c.is_alphanumeric() || c == '[')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_known_forms_are_seen() {
        let client = format!("abc8Q~{}", "x".repeat(34));
        for text in [
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJzdWIiOiJzYW1wbGUifQ.c2FtcGxl",
            "Bearer 0123456789abcdef0123",
            "-----BEGIN PRIVATE KEY-----",
            "it is -----BEGIN CERTIFICATE----- and more",
            &client,
            &format!("the app's is {client}, keep it"),
            "ipp://printer:sample@printer.example.com/ipp/print",
            "harbor:lantern@contoso.com",
            "AccountName=x;AccountKey=abcd==",
            "https://x.blob.core.windows.net/c?sv=1&sig=abc%3D",
            "Server=x;Password=y",
        ] {
            assert!(looks_secret(text).is_some(), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_accused() {
        for text in [
            "security-operations@example.com",
            "Team A: a@example.com",
            "Security: <a@example.com>",
            "mailto:a@example.com",
            "ipps://printer.example.com:631/ipp/print",
            "Company SIEM, watched by the security operations center",
            "11111111-2222-4333-8444-555555555555",
            "the password lies in safe A1; pwd is none of it",
            "sk-1",
            "password=- is how a command takes it from its input, and password={what} names it",
            "eyJ",
            "https://portal.azure.com/#@contoso.com/resource/x:y",
        ] {
            assert_eq!(looks_secret(text), None, "{text}");
        }
    }
}
