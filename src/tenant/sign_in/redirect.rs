//! The loopback redirect listener: where a browser returns to after a sign-in (RFC 8252, 7.3).
//!
//! It listens on loopback only, for one sign-in, while somebody waits for it: whoever gives the waiting up closes it, and
//! nothing that arrives later is taken. A short address that nobody can guess leads to the sign-in page, once, so that
//! nobody has to copy a long one. Only a return with this sign-in's own `state` counts; everything else is answered and
//! ignored, and the waiting goes on. Where the browser runs on another computer, a person brings the address it ended at
//! ([`Redirection::bring`]). Sockets, limits and bytes are [`super::visitors`].

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::mpsc;
use zeroize::Zeroizing;

use super::oauth::OAuthError;
use super::visitors::{Answer, Doors, Visitor};
use crate::domain::trouble::Trouble;

/// What the authorization endpoint sent back: a code, or why there is none.
pub(super) type Authorization = Result<Zeroizing<String>, OAuthError>;

/// Sockets that are accepted from while this is polled, and closed when it is dropped.
type Serving = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A listener for one sign-in that was not told yet where that begins.
pub(super) struct RedirectListener {
    doors: Doors,
    word: String,
}

impl RedirectListener {
    /// Listens on a free port of both loopback families.
    pub fn bind() -> Result<Self, Trouble> {
        let doors = Doors::open().map_err(|e| no_port(&e))?;
        Ok(Self { doors, word: word()? })
    }

    /// Where the browser is sent back to.
    pub fn redirect_uri(&self) -> String {
        format!("http://localhost:{}", self.doors.port)
    }

    /// The address that leads to the sign-in page, once.
    pub fn short(&self) -> String {
        format!("{}/{}", self.redirect_uri(), self.word)
    }

    /// Takes the return that brings `state`; the short address leads to `page`.
    pub fn expect(self, state: &str, page: &str) -> Expected {
        // One is enough: whatever comes after the first is too late.
        let (sender, returns) = mpsc::channel(1);
        let redirection = Redirection { state: state.to_owned(), sender };
        let endpoint = Endpoint {
            port: self.doors.port,
            short: format!("/{}", self.word),
            page: page.to_owned(),
            was_shown: AtomicBool::new(false),
            redirection: redirection.clone(),
        };
        let endpoint = Arc::new(endpoint);
        let serving = Box::pin(self.doors.serve(move |visitor| endpoint.answer(visitor)));
        Expected { redirection, returns, serving }
    }
}

/// Letters and digits that are not mistaken for each other when they are typed.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// So many of them are 60 bits: with all ten minutes and a thousand million tries nobody finds them.
const LENGTH: usize = 12;

/// A word that nobody can guess, and a person can type.
fn word() -> Result<String, Trouble> {
    let mut bytes = [0_u8; LENGTH];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| super::wish::no_random())?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect())
}

/// A return that is waited for.
pub(super) struct Expected {
    redirection: Redirection,
    returns: mpsc::Receiver<Authorization>,
    serving: Serving,
}

impl Expected {
    /// The way in for an address that a person brings.
    pub fn redirection(&self) -> Redirection {
        self.redirection.clone()
    }

    /// Waits for the browser, and closes the listener.
    pub async fn wait(mut self) -> Option<Authorization> {
        tokio::select! {
            returned = self.returns.recv() => returned,
            () = self.serving => None,
        }
    }
}

/// The redirection endpoint of one sign-in: takes what belongs to it, as long as somebody waits.
#[derive(Clone)]
pub(in crate::tenant) struct Redirection {
    state: String,
    sender: mpsc::Sender<Authorization>,
}

/// What became of a query that was brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// It is this sign-in's code.
    Code,
    /// It is this sign-in's refusal.
    Refusal,
    /// It belongs to another sign-in, or to none.
    Foreign,
    /// It brings neither code nor error.
    Nothing,
    /// Nobody waits any more.
    TooLate,
}

impl Redirection {
    /// Takes the address as it was pasted; one that does not belong to this sign-in is refused, and the waiting goes on.
    pub fn bring(&self, pasted: &str) -> Result<(), Trouble> {
        let taken = pasted.trim().split_once('?').map_or(Taken::Nothing, |(_, query)| self.take(query));
        match taken {
            Taken::Code | Taken::Refusal => Ok(()),
            Taken::Foreign => Err(another_sign_in()),
            Taken::Nothing => Err(not_a_return()),
            Taken::TooLate => Err(nobody_waits()),
        }
    }

    fn take(&self, query: &str) -> Taken {
        let Some((state, authorization)) = returned(query) else { return Taken::Nothing };
        if !is_same(&state, &self.state) {
            return Taken::Foreign;
        }
        let taken = if authorization.is_ok() { Taken::Code } else { Taken::Refusal };
        match self.sender.try_send(authorization) {
            Ok(()) => taken,
            Err(_) => Taken::TooLate,
        }
    }
}

/// State and authorization in a query; nothing when it is not a return at all.
fn returned(query: &str) -> Option<(String, Authorization)> {
    let (mut state, mut code, mut error) = (String::new(), None, OAuthError::default());
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "state" => state = value.into_owned(),
            "code" => code = Some(Zeroizing::new(value.into_owned())),
            "error" => error.error = value.into_owned(),
            "error_description" => error.error_description = value.into_owned(),
            _ => {}
        }
    }
    match code {
        Some(code) if error.error.is_empty() => Some((state, Ok(code))),
        None if error.error.is_empty() => None,
        _ => Some((state, Err(error))),
    }
}

/// What every visitor of the listener meets.
struct Endpoint {
    port: u16,
    short: String,
    page: String,
    was_shown: AtomicBool,
    redirection: Redirection,
}

impl Endpoint {
    /// Whether a request names this listener: a page elsewhere that was made to resolve to this machine gets nothing.
    fn is_meant(&self, visitor: &Visitor) -> bool {
        let names = ["localhost", "127.0.0.1", "[::1]"].map(|name| format!("{name}:{}", self.port));
        names.iter().any(|name| name.eq_ignore_ascii_case(&visitor.host))
    }

    fn answer(&self, visitor: &Visitor) -> Answer {
        if visitor.method != "GET" || !self.is_meant(visitor) {
            return nothing();
        }
        let (path, query) = visitor.target.split_once('?').unwrap_or((&visitor.target, ""));
        match (path, query.is_empty()) {
            ("/", false) => told(self.redirection.take(query)),
            (short, true) if is_same(short, &self.short) => self.shown(),
            _ => nothing(),
        }
    }

    /// The way to the sign-in page, for whoever comes first: this address may have been seen by others on this machine.
    fn shown(&self) -> Answer {
        if self.was_shown.swap(true, Ordering::Relaxed) {
            return Answer::page(
                "410 Gone",
                "This address was used before, and is good once. Start the sign-in again at the console; if nobody there \
                 opened it, somebody else on this machine did.",
            );
        }
        Answer::redirect(&self.page)
    }
}

/// Compared in a time that tells nothing.
fn is_same(one: &str, other: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}

fn nothing() -> Answer {
    Answer::page("404 Not Found", "There is nothing here.")
}

fn told(taken: Taken) -> Answer {
    match taken {
        Taken::Code => Answer::page("200 OK", "You can close this window and go back to the console."),
        Taken::Refusal => {
            Answer::page("200 OK", "The sign-in did not work. Close this window; the console tells why.")
        }
        Taken::Foreign => Answer::page(
            "400 Bad Request",
            "This belongs to another sign-in and was ignored. Close this window; the console still waits for its own.",
        ),
        Taken::Nothing => nothing(),
        Taken::TooLate => Answer::page(
            "410 Gone",
            "Nobody waits for this sign-in any more, so it was not used. Close this window and start again at the console.",
        ),
    }
}

fn not_a_return() -> Trouble {
    Trouble::new(
        "That is not the address of the last page.",
        "It brings no answer of the sign-in: it should begin with http://localhost and hold code= or error=.",
        "Copy the whole address out of the browser's address line, after signing in there.",
    )
}

fn another_sign_in() -> Trouble {
    Trouble::new(
        "That is the address of another sign-in.",
        "It does not belong to this sign-in (wrong state).",
        "Close other sign-in windows, sign in at the address shown here, and copy the address where that ends.",
    )
}

fn nobody_waits() -> Trouble {
    Trouble::new(
        "Nobody waits for that address any more.",
        "The sign-in is over.",
        "Start the sign-in again.",
    )
}

fn no_port(error: &std::io::Error) -> Trouble {
    Trouble::new(
        "The browser has nowhere to return to.",
        error.to_string(),
        "Allow this program to listen on 127.0.0.1.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirection() -> (Redirection, mpsc::Receiver<Authorization>) {
        let (sender, returns) = mpsc::channel(1);
        (Redirection { state: "s".to_owned(), sender }, returns)
    }

    #[test]
    fn only_the_own_state_counts_with_a_code_or_an_error() {
        let (redirection, mut returns) = redirection();
        for query in ["code=c", "code=c&state=", "code=c&state=S", "error=access_denied", "error=x&state=t"] {
            assert_eq!(redirection.take(query), Taken::Foreign, "{query}");
        }
        for query in ["", "state=s", "x"] {
            assert_eq!(redirection.take(query), Taken::Nothing, "{query}");
        }
        assert!(returns.try_recv().is_err(), "something was taken");
        assert_eq!(redirection.take("code=c%2Bd&state=s"), Taken::Code);
        assert_eq!(redirection.take("code=late&state=s"), Taken::TooLate);
        let code = returns.try_recv().expect("it arrived").ok();
        assert_eq!(code.map(|code| code.to_string()).as_deref(), Some("c+d"));
    }

    #[test]
    fn a_refusal_with_the_own_state_ends_it() {
        let (redirection, mut returns) = redirection();
        let query = "error=access_denied&error_description=AADSTS1+x&state=s";
        assert_eq!(redirection.take(query), Taken::Refusal);
        let error = returns.try_recv().expect("it arrived").expect_err("it was refused");
        assert_eq!(error.error_description, "AADSTS1 x");
    }

    #[test]
    fn a_pasted_address_counts_like_a_browser() {
        let (redirection, mut returns) = redirection();
        let next = |pasted: &str| redirection.bring(pasted).expect_err(pasted).next;
        assert!(next("https://login.example/common/reprocess").contains("address line"));
        assert!(next("http://localhost:5/?code=c&state=other").contains("other sign-in windows"));
        redirection.bring(" http://localhost:5/?code=c&state=s\n").expect("a return");
        assert!(returns.try_recv().expect("it arrived").is_ok());
        drop(returns);
        assert!(next("http://localhost:5/?code=c&state=s").contains("Start the sign-in again"));
    }
}
