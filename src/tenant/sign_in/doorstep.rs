//! The address on this machine to which a browser returns after a sign-in.
//!
//! A listener on loopback only, for one sign-in. It answers as soon as it exists, so it does not matter whether the
//! browser or this program is faster; other paths (a browser asks for an icon) are ignored. Its bare address leads to
//! the sign-in page, so that nobody has to copy a long one. Where the browser runs on another computer, the address it
//! ends at is brought back by a person instead ([`Knock`]).

use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, OnceLock};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use super::oauth::OAuthError;
use crate::domain::trouble::Trouble;

/// The longest request head that is read, bytes: a code is about a thousand characters.
const LONGEST_HEAD: usize = 32 * 1024;

/// What the browser brought back.
pub(super) struct Return {
    pub state: String,
    pub result: Result<Zeroizing<String>, OAuthError>,
}

/// A listener that waits for one browser. Dropping it closes the door.
pub(super) struct Doorstep {
    pub redirect: String,
    page: Arc<OnceLock<String>>,
    knock: Knock,
    returns: mpsc::Receiver<Return>,
    tasks: Vec<JoinHandle<()>>,
}

/// Brings back what a browser on another computer ended at.
#[derive(Clone)]
pub(in crate::tenant) struct Knock(mpsc::Sender<Return>);

impl Knock {
    /// Takes the address as it was pasted; an address that brings nothing back is refused.
    pub fn bring(&self, pasted: &str) -> Result<(), Trouble> {
        let answer = pasted.trim().split_once('?').and_then(|(_, query)| brought(query));
        let answer = answer.ok_or_else(not_a_return)?;
        self.0.try_send(answer).map_err(|_| nobody_waits())
    }
}

impl Doorstep {
    /// Listens on a free port of 127.0.0.1, and on the same port of ::1 where there is one: browsers differ in what
    /// they take `localhost` for.
    pub async fn open() -> Result<Self, Trouble> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(|e| no_port(&e))?;
        let port = listener.local_addr().map_err(|e| no_port(&e))?.port();
        let (sender, returns) = mpsc::channel(4);
        let knock = Knock(sender);
        let page = Arc::new(OnceLock::new());
        let host = Host { port, page: Arc::clone(&page), knock: knock.clone() };
        let mut tasks = vec![tokio::spawn(listen(listener, host.clone()))];
        if let Ok(second) = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            tasks.push(tokio::spawn(listen(second, host)));
        }
        Ok(Self { redirect: format!("http://localhost:{port}"), page, knock, returns, tasks })
    }

    /// The bare address leads to `page` from now on.
    pub fn lead_to(&self, page: &str) {
        self.page.get_or_init(|| page.to_owned());
    }

    /// The address that is short enough to be typed.
    pub fn short(&self) -> String {
        format!("{}/", self.redirect)
    }

    /// The way in for an address that a person brings.
    pub fn knock(&self) -> Knock {
        self.knock.clone()
    }

    /// Waits for the browser.
    pub async fn answer(&mut self) -> Option<Return> {
        self.returns.recv().await
    }
}

impl Drop for Doorstep {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// What every visitor of the door meets.
#[derive(Clone)]
struct Host {
    port: u16,
    page: Arc<OnceLock<String>>,
    knock: Knock,
}

async fn listen(listener: TcpListener, host: Host) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        tokio::spawn(serve(stream, host.clone()));
    }
}

async fn serve(mut stream: TcpStream, host: Host) {
    let Some(head) = head(&mut stream).await else { return };
    let answer = returned(&head);
    let page = match (&answer, host.page.get()) {
        (None, Some(page)) if asks_for_page(&head, host.port) => leading_to(page),
        (None, _) => page("404 Not Found", "There is nothing here."),
        (Some(Return { result: Ok(_), .. }), _) => {
            page("200 OK", "You can close this window and go back to the console.")
        }
        (Some(_), _) => page("200 OK", "The sign-in did not work. Close this window; the console tells why."),
    };
    // The browser may be gone already; what it brought counts all the same.
    let _gone = stream.write_all(page.as_bytes()).await;
    let _gone = stream.shutdown().await;
    if let Some(answer) = answer {
        let _full = host.knock.0.try_send(answer);
    }
}

/// Only under the door's own name: a page elsewhere that was made to resolve to this machine gets nothing.
fn asks_for_page(head: &str, port: u16) -> bool {
    let names = [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")];
    let host = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("host").then(|| value.trim())
    });
    head.starts_with("GET / ") && host.is_some_and(|host| names.iter().any(|name| name == host))
}

fn leading_to(page: &str) -> String {
    format!(
        "HTTP/1.1 302 Found\r\nlocation: {page}\r\ncache-control: no-store\r\nreferrer-policy: no-referrer\r\n\
         content-length: 0\r\nconnection: close\r\n\r\n"
    )
}

async fn head(stream: &mut TcpStream) -> Option<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST_HEAD));
    let mut part = Zeroizing::new([0u8; 2048]);
    while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
        let count = stream.read(part.as_mut()).await.ok()?;
        if count == 0 || bytes.len() + count > LONGEST_HEAD {
            return None;
        }
        bytes.extend_from_slice(&part[..count]);
    }
    std::str::from_utf8(&bytes).ok().map(|text| Zeroizing::new(text.to_owned()))
}

/// What a request brings back; `None` when it is not a return at all.
fn returned(head: &str) -> Option<Return> {
    let target = head.strip_prefix("GET ")?.split(' ').next()?;
    brought(target.strip_prefix("/?")?)
}

/// What a query brings back.
fn brought(query: &str) -> Option<Return> {
    let mut back = Return { state: String::new(), result: Err(OAuthError::default()) };
    let mut error = OAuthError::default();
    let mut code = None;
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match name.as_ref() {
            "state" => back.state = value.into_owned(),
            "code" => code = Some(Zeroizing::new(value.into_owned())),
            "error" => error.error = value.into_owned(),
            "error_description" => error.error_description = value.into_owned(),
            _ => {}
        }
    }
    back.result = match code {
        Some(code) if error.error.is_empty() => Ok(code),
        None if error.error.is_empty() => return None,
        _ => Err(error),
    };
    Some(back)
}

fn page(status: &str, text: &str) -> String {
    let body = format!("<!doctype html><meta charset=utf-8><title>breakglass</title><p>{text}</p>");
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncache-control: no-store\r\nreferrer-policy: no-referrer\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn not_a_return() -> Trouble {
    Trouble::new(
        "That is not the address of the last page.",
        "It brings no answer of the sign-in: it should begin with http://localhost and hold code= or error=.",
        "Copy the whole address out of the browser's address line, after signing in there.",
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

    #[test]
    fn an_icon_is_no_return() {
        assert!(returned("GET /favicon.ico HTTP/1.1\r\n\r\n").is_none());
        assert!(returned("GET / HTTP/1.1\r\n\r\n").is_none());
        assert!(returned("POST /?code=c&state=s HTTP/1.1\r\n\r\n").is_none());
    }

    #[test]
    fn the_bare_address_leads_on_only_under_its_own_name() {
        assert!(asks_for_page("GET / HTTP/1.1\r\nHost: localhost:80\r\n\r\n", 80));
        assert!(!asks_for_page("GET / HTTP/1.1\r\nHost: evil.example:80\r\n\r\n", 80));
        assert!(!asks_for_page("GET /?x HTTP/1.1\r\nHost: localhost:80\r\n\r\n", 80));
    }

    #[test]
    fn a_pasted_address_counts_like_a_browser() {
        let (sender, mut returns) = mpsc::channel(1);
        let knock = Knock(sender);
        assert!(knock.bring("https://login.example/common/reprocess").is_err());
        knock.bring(" http://localhost:5/?code=c&state=s\n").expect("a return");
        assert_eq!(returns.try_recv().expect("it arrived").state, "s");
    }

    #[test]
    fn a_code_and_an_error_are_told_apart() {
        let good = returned("GET /?code=c%2Bd&state=s HTTP/1.1\r\n\r\n").expect("a return");
        assert_eq!(good.state, "s");
        assert_eq!(good.result.ok().map(|c| c.to_string()).as_deref(), Some("c+d"));
        let bad = returned("GET /?error=access_denied&error_description=AADSTS1+x&state=s HTTP/1.1\r\n\r\n");
        assert!(bad.is_some_and(|b| b.result.is_err()));
    }
}
