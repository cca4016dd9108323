//! The address on this machine to which a browser returns after a sign-in.
//!
//! A listener on loopback only, for one sign-in. It answers as soon as it exists, so it does not matter whether the
//! browser or this program is faster; other paths (a browser asks for an icon) are ignored.

use std::net::{Ipv4Addr, Ipv6Addr};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use super::oauth::OAuthError;
use crate::trouble::Trouble;

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
    returns: mpsc::Receiver<Return>,
    tasks: Vec<JoinHandle<()>>,
}

impl Doorstep {
    /// Listens on a free port of 127.0.0.1, and on the same port of ::1 where there is one: browsers differ in what
    /// they take `localhost` for.
    pub async fn open() -> Result<Self, Trouble> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(|e| no_port(&e))?;
        let port = listener.local_addr().map_err(|e| no_port(&e))?.port();
        let (sender, returns) = mpsc::channel(4);
        let mut tasks = vec![tokio::spawn(listen(listener, sender.clone()))];
        if let Ok(second) = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
            tasks.push(tokio::spawn(listen(second, sender)));
        }
        Ok(Self { redirect: format!("http://localhost:{port}"), returns, tasks })
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

async fn listen(listener: TcpListener, returns: mpsc::Sender<Return>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        tokio::spawn(serve(stream, returns.clone()));
    }
}

async fn serve(mut stream: TcpStream, returns: mpsc::Sender<Return>) {
    let Some(head) = head(&mut stream).await else { return };
    let answer = returned(&head);
    let (status, text) = match &answer {
        None => ("404 Not Found", "There is nothing here."),
        Some(Return { result: Ok(_), .. }) => {
            ("200 OK", "You can close this window and go back to the console.")
        }
        Some(_) => ("200 OK", "The sign-in did not work. Close this window; the console tells why."),
    };
    let page = page(status, text);
    // The browser may be gone already; what it brought counts all the same.
    let _gone = stream.write_all(page.as_bytes()).await;
    let _gone = stream.shutdown().await;
    if let Some(answer) = answer {
        let _full = returns.try_send(answer);
    }
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
    let query = target.strip_prefix("/?")?;
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
    fn a_code_and_an_error_are_told_apart() {
        let good = returned("GET /?code=c%2Bd&state=s HTTP/1.1\r\n\r\n").expect("a return");
        assert_eq!(good.state, "s");
        assert_eq!(good.result.ok().map(|c| c.to_string()).as_deref(), Some("c+d"));
        let bad = returned("GET /?error=access_denied&error_description=AADSTS1+x&state=s HTTP/1.1\r\n\r\n");
        assert!(bad.is_some_and(|b| b.result.is_err()));
    }
}
