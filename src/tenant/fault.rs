//! What goes wrong on the wire, and how it becomes a [`Trouble`] that names the missing role, scope or licence.
//!
//! Decisions look at the status and the code of an answer, never at its words, except where Microsoft hides the
//! useful code inside the message (contract 3 and 6).

use std::time::Duration;

use crate::domain::connection::sign_in::Audience;
use crate::domain::text::{clean, cut};
use crate::domain::trouble::{Missing, Trouble};
use crate::domain::write::order::Others;

use super::needs;
use super::wire::ErrorBody;

/// How much of a server's message is shown, characters.
const MESSAGE: usize = 300;

/// A request that did not work.
#[derive(Debug)]
pub(super) struct Fault {
    pub kind: Kind,
    /// HTTP status; 0 without an answer.
    pub status: u16,
    /// `error.code`, empty without one.
    pub code: String,
    /// `error.message`, for the few codes that hide there. Never shown uncleaned.
    pub message: String,
    /// The number in `AADSTS…` of a sign-in that was refused.
    pub number: Option<u32>,
    /// Tenant time that the server asks to wait.
    pub retry_after: Option<Duration>,
    pub trouble: Box<Trouble>,
}

/// What is known about a request that did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// There was nobody to take it.
    NotSent,
    /// It may have been carried out; the answer was lost or unusable.
    Lost,
    /// The server is busy; it was not carried out.
    Busy,
    /// The server refused it, or this program did before it was sent.
    Refused,
    /// A token is missing: somebody must sign in.
    SignIn,
}

/// Which request failed, in the few words an explanation needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    /// The service that was asked.
    pub service: Audience,
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// Path of the address, without the query.
    pub path: &'a str,
    /// `client-request-id`.
    pub request: &'a str,
}

impl Fault {
    /// A request that got no answer, or none that can be used.
    pub fn unanswered(kind: Kind, trouble: Trouble) -> Self {
        let (code, message) = (String::new(), String::new());
        Self { kind, status: 0, code, message, number: None, retry_after: None, trouble: Box::new(trouble) }
    }

    /// An answer that says no.
    pub fn answered(status: u16, body: &[u8], about: About<'_>) -> Self {
        let error = ErrorBody::read(body);
        let kind = match status {
            429 => Kind::Busy,
            // Of a request that timed out on the way, nobody knows how far it came.
            408 | 500.. => Kind::Lost,
            _ => Kind::Refused,
        };
        let mut why = format!("{} answered {status}", name(about.service));
        if !error.code.is_empty() {
            why.push_str(&format!(" {}", error.code));
        }
        if !error.message.is_empty() {
            why.push_str(&format!(": \"{}\"", cut(&clean(&error.message), MESSAGE)));
        }
        why.push('.');
        let advice = advice(status, &error, about);
        why.push_str(&advice.why);
        let trouble = Trouble::new("The request did not work.", why, advice.next).with_request(about.request);
        let trouble = Trouble { missing: advice.missing.map(Box::new), ..trouble }.naming(&error.message);
        let (code, message) = (error.code, error.message);
        Self { kind, status, code, message, number: None, retry_after: None, trouble: Box::new(trouble) }
    }

    /// An answer that says no to a request that carried a secret, or asked for one: it may repeat that, so of its words only
    /// the code is kept.
    pub fn answered_without_words(status: u16, body: &[u8], about: About<'_>) -> Self {
        let ErrorBody { code, message } = ErrorBody::read(body);
        let code = if is_code(&code) { code } else { String::new() };
        let bare = serde_json::json!({"error": {"code": code}}).to_string();
        let told = Self::answered(status, bare.as_bytes(), about);
        // Looked at for the few codes that hide there, and told nobody.
        Self { message, ..told }
    }

    /// An answer whose body is not what it should be: a web page, half an object, another object.
    pub fn garbled(body: &[u8], about: About<'_>) -> Self {
        let why = if looks_like_a_page(body) {
            "The answer was a web page, not JSON: a proxy or a sign-in page stands in between."
        } else {
            "The answer was not JSON, or only a part of it."
        };
        let next = "Check the network and the proxy, then try again.";
        let trouble = Trouble::new("The answer could not be read.", why, next).with_request(about.request);
        Self::unanswered(Kind::Lost, trouble)
    }

    /// A read that failed like this may be tried again: the trouble passes by itself. What this program refused to send
    /// does not.
    pub fn is_passing(&self) -> bool {
        let busy = matches!(self.status, 408 | 429 | 500 | 502 | 503 | 504);
        // The sign-in service's own word for it (RFC 6749, 4.1.2.1), whatever the status.
        let says_so = self.code == "temporarily_unavailable";
        busy || says_so || (self.status == 0 && matches!(self.kind, Kind::NotSent | Kind::Lost))
    }

    /// Nothing is there (any more, or yet).
    pub fn is_absent(&self) -> bool {
        self.status == 404
    }

    /// Whether `text` stands in the code or the message. For codes that Microsoft wraps (contract 3).
    pub fn says(&self, text: &str) -> bool {
        self.code.contains(text) || self.message.contains(text)
    }

    /// How far it reaches when a write, or the reading before it, ended like this: a refusal is about the object alone
    /// unless it says otherwise.
    pub fn others(&self) -> Others {
        match self.kind {
            Kind::NotSent | Kind::Lost | Kind::Busy | Kind::SignIn => Others::Stop,
            // The token was renewed already: nobody is signed in any more.
            Kind::Refused if self.status == 401 => Others::Stop,
            Kind::Refused if self.lacks_rights() || self.is_unlicensed() => Others::NotOfThisKind,
            Kind::Refused => Others::GoOn,
        }
    }

    /// The directory says that the operator may not; Azure says so of one place at a time.
    pub fn lacks_rights(&self) -> bool {
        self.status == 403
            && (self.code == "Authorization_RequestDenied" || self.message.contains("scopes are missing"))
    }

    /// The licence is what is missing.
    pub fn is_unlicensed(&self) -> bool {
        is_unlicensed(&self.code, &self.message)
    }

    /// This fault as one that a sign-in mends.
    pub fn for_sign_in(self) -> Self {
        Self { kind: Kind::SignIn, ..self }
    }

    /// The trouble as it is.
    pub fn into_trouble(self) -> Trouble {
        *self.trouble
    }

    /// The trouble, said about what was being done.
    pub fn during(self, what: &str) -> Trouble {
        let mut trouble = *self.trouble;
        trouble.what = clean(what);
        trouble
    }
}

/// A refusal of this program's own: sending it again would bring the same.
impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Self::unanswered(Kind::Refused, trouble)
    }
}

/// Whether it is a word, or two, as codes are.
fn is_code(text: &str) -> bool {
    const LONGEST: usize = 100;
    text.len() <= LONGEST && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-. ".contains(c))
}

pub(super) fn looks_like_a_page(body: &[u8]) -> bool {
    body.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<')
}

/// The service as its own documentation calls it.
fn name(service: Audience) -> &'static str {
    match service {
        Audience::Graph | Audience::Risk => "Microsoft Graph",
        Audience::Arm => "Azure Resource Manager",
        Audience::Logs => "Log Analytics",
    }
}

fn is_unlicensed(code: &str, message: &str) -> bool {
    code == "AadPremiumLicenseRequired"
        || code == "Authentication_RequestFromNonPremiumTenantOrB2CTenant"
        || message.contains("not licensed")
        || message.contains("AadPremiumLicenseRequired")
}

/// What the status and the code mean for the person.
#[derive(Default)]
struct Advice {
    /// More about why, after a space.
    why: String,
    missing: Option<Missing>,
    next: &'static str,
}

impl Advice {
    fn new(why: &str, next: &'static str) -> Self {
        let why = if why.is_empty() { String::new() } else { format!(" {why}") };
        Self { why, next, missing: None }
    }
}

fn advice(status: u16, error: &ErrorBody, about: About<'_>) -> Advice {
    if is_unlicensed(&error.code, &error.message) {
        return unlicensed(about);
    }
    if error.code == "RequestDisallowedByAzure" {
        return Advice::new(
            "Azure wants a sign-in with multifactor authentication for changes, or the region is not allowed.",
            "Sign in again with multifactor authentication, or choose another region.",
        );
    }
    if error.code == "MissingSubscriptionRegistration" {
        return Advice::new(
            "The provider is not registered in the subscription.",
            "Ask a Contributor of the subscription to register it, then check again.",
        );
    }
    if error.code == "ReadOnlyDisabledSubscription" {
        return Advice::new(
            "The subscription takes no changes.",
            "Have whoever pays for it make it active again, or name another one in the plan (alerts.subscription).",
        );
    }
    match status {
        401 => Advice::new("", "Sign in again."),
        403 => refused(about),
        404 => Advice::new("", "It may have been deleted; check again."),
        429 => {
            Advice::new("Too much was asked of the tenant in a short time.", "Wait a minute and try again.")
        }
        408 => Advice::new("The service waited too long.", "Wait a few minutes and try again."),
        500.. => Advice::new("The service has a problem of its own.", "Wait a few minutes and try again."),
        _ => Advice::new("", "Read the reason, correct the plan, or do it by hand."),
    }
}

fn unlicensed(about: About<'_>) -> Advice {
    let license = needs::of(about.service, about.method, about.path).map(|row| row.license);
    Advice::new(
        &license.map(|license| format!("The licence is missing: {license}.")).unwrap_or_default(),
        "Go on without it, or buy the licence; the step says what is lost.",
    )
}

fn refused(about: About<'_>) -> Advice {
    let missing = needs::of(about.service, about.method, about.path).map(|row| row.missing());
    let next = match missing {
        Some(_) => "Sign in with what is missing, or ask someone who has it.",
        None => "Request an administrator of the tenant what is missing.",
    };
    Advice { missing, ..Advice::new("", next) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(status: u16, body: &str, path: &str) -> Fault {
        Fault::answered(
            status,
            body.as_bytes(),
            About { service: Audience::Graph, method: "GET", path, request: "r" },
        )
    }

    #[test]
    fn a_refusal_names_scope_and_role() {
        let body = r#"{"error":{"code":"Authorization_RequestDenied","message":"Insufficient\u001b[31m privileges"}}"#;
        let trouble = *fault(403, body, "/v1.0/identity/conditionalAccess/policies").trouble;
        let missing = trouble.missing.as_ref().expect("what is missing");
        assert_eq!(
            (missing.permission.as_str(), missing.role.as_str()),
            ("Policy.Read.All", "Security Reader")
        );
        assert!(
            trouble.reason().ends_with(" Missing: permission Policy.Read.All, role Security Reader."),
            "{trouble}"
        );
        assert!(!trouble.why.contains('\u{1b}'));
        assert_eq!(trouble.request.as_ref().map(|id| id.0.as_str()), Some("r"));
    }

    #[test]
    fn an_id_is_found_where_the_words_are_cut() {
        let id = "deadbeef-0000-4000-8000-00000000dead";
        let body = format!(r#"{{"error":{{"code":"BadRequest","message":"{} {id}."}}}}"#, "long ".repeat(80));
        let trouble = *fault(400, &body, "/v1.0/identity/conditionalAccess/policies/p").trouble;
        assert!(!trouble.why.contains(id), "{trouble}");
        assert_eq!(trouble.named().collect::<Vec<_>>(), [id]);
    }

    #[test]
    fn of_an_answer_to_a_secret_only_the_code_is_kept() {
        let body =
            r#"{"error":{"code":"Request_BadRequest","message":"Invalid: {\"password\":\"AaCbDdEeFfHh\"}"}}"#;
        let about = About { service: Audience::Graph, method: "PATCH", path: "/v1.0/users/x", request: "r" };
        let fault = Fault::answered_without_words(400, body.as_bytes(), about);
        let told = serde_json::to_string(&*fault.trouble).expect("JSON");
        assert!(told.contains("400 Request_BadRequest") && told.contains("\"r\""), "{told}");
        assert!(!told.contains("AaCb") && !told.contains("Invalid"), "{told}");
        assert!(fault.says("password"), "what decides is still known");
        let odd = r#"{"error":{"code":"{AaCbDdEe}","message":""}}"#;
        let fault = Fault::answered_without_words(400, odd.as_bytes(), about);
        assert!(!fault.trouble.to_string().contains("AaCb"), "{}", fault.trouble);
    }

    #[test]
    fn a_request_that_nobody_described_is_refused_without_a_guess() {
        let trouble = *fault(403, "{}", "/v1.0/members").trouble;
        assert_eq!(trouble.missing, None);
        assert!(trouble.next.contains("administrator"), "{trouble}");
    }

    #[test]
    fn a_timed_out_request_and_a_broken_service_pass_and_may_have_been_done() {
        for status in [408, 500, 502, 503, 504] {
            let fault = fault(status, "{}", "/v1.0/users");
            assert!(fault.is_passing() && fault.kind == Kind::Lost, "{status}");
        }
        assert!(!fault(501, "{}", "/v1.0/users").is_passing());
    }

    #[test]
    fn what_was_never_sent_does_not_pass_by_itself() {
        let own = Fault::from(Trouble::new("No.", "It cannot be sent.", "Correct it."));
        let signed_out = Fault::unanswered(Kind::SignIn, Trouble::new("No.", "Nobody is there.", "Sign in."));
        assert!(!own.is_passing() && !signed_out.is_passing());
        let lost = Fault::unanswered(Kind::Lost, Trouble::new("No.", "It was lost.", "Wait."));
        assert!(lost.is_passing());
    }

    #[test]
    fn a_missing_licence_is_named() {
        let body =
            r#"{"error":{"code":"AccessDenied","message":"Your tenant is not licensed for this feature."}}"#;
        let fault = fault(403, body, "/v1.0/identity/conditionalAccess/policies");
        assert!(fault.is_unlicensed());
        assert!(fault.trouble.why.contains("Entra ID P1"), "{}", fault.trouble.why);
    }

    #[test]
    fn a_web_page_is_recognized() {
        let about = About { service: Audience::Graph, method: "GET", path: "/v1.0/me", request: "r" };
        assert!(Fault::garbled(b"  <html>", about).trouble.why.contains("proxy"));
        assert!(Fault::garbled(b"{\"a\":", about).trouble.why.contains("part"));
    }

    #[test]
    fn only_busy_is_certain_not_to_have_been_done() {
        assert_eq!(fault(429, "", "/v1.0/users").kind, Kind::Busy);
        assert_eq!(fault(503, "<html>", "/v1.0/users").kind, Kind::Lost);
        assert_eq!(fault(400, "{}", "/v1.0/users").kind, Kind::Refused);
    }
}
