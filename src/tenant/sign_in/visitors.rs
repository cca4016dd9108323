//! Who comes to a loopback listener: a few visitors at a time, each with so many bytes and so much time.
//!
//! One request to a connection, of which only method, target and host matter; a body is not read. Both loopback families
//! are listened on, on one port: where somebody else sits on that port of either, another port is taken, because half of
//! the browsers would go there. What a visitor is told is for [`super::redirect`].

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// So many visitors are heard at once: a browser opens a few connections ahead of need. Others wait.
const VISITORS: usize = 16;
/// A request line with a code in it has two or three thousand bytes; a visitor who sends more than this is not heard.
const BYTES: usize = 32 * 1024;
/// How long a visitor may take for everything, real time.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long nothing is accepted after the system refused to.
const PAUSE: Duration = Duration::from_millis(50);
/// How many ports are tried.
const TRIES: usize = 20;

/// The open doors: one port on each loopback family that this machine has.
pub(super) struct Doors {
    pub port: u16,
    listeners: Vec<TcpListener>,
}

impl Doors {
    /// Opens them on a free port.
    pub fn open() -> io::Result<Self> {
        let mut last = None;
        for _ in 0..TRIES {
            match Self::on(0) {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = Some(error),
                done => return done,
            }
        }
        Err(last.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
    }

    /// Opens them on `port`. A family that this machine does not have is left out; a port that is taken is not.
    fn on(port: u16) -> io::Result<Self> {
        let (mut port, mut listeners, mut missing) = (port, Vec::new(), None);
        for family in [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)] {
            match listening((family, port).into()) {
                Ok(listener) => {
                    port = listener.local_addr()?.port();
                    listeners.push(listener);
                }
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
                Err(error) => missing = Some(error),
            }
        }
        match missing {
            Some(error) if listeners.is_empty() => Err(error),
            _ => Ok(Self { port, listeners }),
        }
    }

    /// Hears visitors until it is dropped; whoever is being answered then still gets the answer.
    pub async fn serve(self, answer: impl Fn(&Visitor) -> Answer + Send + Sync + 'static) {
        let (answer, seats) = (Arc::new(answer), Arc::new(Semaphore::new(VISITORS)));
        loop {
            let Ok(seat) = Arc::clone(&seats).acquire_owned().await else { return };
            match self.accept().await {
                Ok(stream) => {
                    let answer = Arc::clone(&answer);
                    tokio::spawn(async move {
                        // Whoever is too slow, or gone, is told nothing.
                        let _heard = tokio::time::timeout(PATIENCE, hear(stream, &*answer)).await;
                        drop(seat);
                    });
                }
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    async fn accept(&self) -> io::Result<TcpStream> {
        let second = async {
            match self.listeners.get(1) {
                Some(listener) => listener.accept().await,
                None => std::future::pending().await,
            }
        };
        let Some(first) = self.listeners.first() else { return std::future::pending().await };
        let (stream, peer) = tokio::select! {
            one = first.accept() => one?,
            other = second => other?,
        };
        // Loopback sockets have no other peers; should a system think otherwise, they are not heard.
        if peer.ip().is_loopback() { Ok(stream) } else { Err(io::ErrorKind::PermissionDenied.into()) }
    }
}

fn listening(at: SocketAddr) -> io::Result<TcpListener> {
    let listener = std::net::TcpListener::bind(at)?;
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

/// What a visitor asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Visitor {
    pub method: String,
    /// Path and query, which may hold a code.
    pub target: Zeroizing<String>,
    /// The host it believes to speak to.
    pub host: String,
}

impl Visitor {
    /// Reads the head of a request; nothing of what is none, and of one that names two hosts.
    fn of(head: &str) -> Option<Self> {
        let mut lines = head.split("\r\n");
        let mut words = lines.next()?.split(' ');
        let (method, target, version) = (words.next()?, words.next()?, words.next()?);
        let headers = lines.filter_map(|line| line.split_once(':'));
        let mut hosts =
            headers.filter(|(name, _)| name.eq_ignore_ascii_case("host")).map(|(_, host)| host.trim());
        let host = hosts.next()?;
        let is_whole = words.next().is_none() && version.starts_with("HTTP/1.") && hosts.next().is_none();
        is_whole.then(|| Self {
            method: method.to_owned(),
            target: Zeroizing::new(target.to_owned()),
            host: host.to_owned(),
        })
    }
}

/// What a visitor is told.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    head: String,
    body: String,
}

impl Answer {
    /// A page with one sentence.
    pub fn page(status: &str, text: &str) -> Self {
        let body = format!("<!doctype html><meta charset=utf-8><title>breakglass</title><p>{text}</p>");
        Self { head: format!("{status}\r\nContent-Type: text/html; charset=utf-8"), body }
    }

    /// The way to another address; of ours, so nothing in it can end a line.
    pub fn redirect(to: &str) -> Self {
        Self { head: format!("302 Found\r\nLocation: {to}"), body: String::new() }
    }

    /// An address may carry a code: nobody keeps it or passes it on, no page frames it, and the connection ends with it.
    fn text(&self) -> String {
        format!(
            "HTTP/1.1 {}\r\nContent-Length: {}\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n\
             Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nConnection: close\r\n\r\n{}",
            self.head,
            self.body.len(),
            self.body
        )
    }
}

async fn hear(mut stream: TcpStream, answer: &(dyn Fn(&Visitor) -> Answer + Send + Sync)) -> io::Result<()> {
    let head = head(&mut stream).await?;
    let told = head.and_then(|head| std::str::from_utf8(&head).ok().and_then(Visitor::of));
    let told = told
        .map_or_else(|| Answer::page("400 Bad Request", "That is no request."), |visitor| answer(&visitor));
    stream.write_all(told.text().as_bytes()).await?;
    stream.shutdown().await?;
    // What was sent beyond the head is taken and dropped, so that the answer is not lost to a reset.
    let mut rest = [0; 1024];
    for _ in 0..BYTES / rest.len() {
        if stream.read(&mut rest).await? == 0 {
            break;
        }
    }
    Ok(())
}

/// The head of a request, without the empty line behind it; nothing of one that is too long.
async fn head(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(BYTES));
    while bytes.len() < BYTES {
        let mut piece = Zeroizing::new([0; 2048]);
        let room = piece.len().min(BYTES - bytes.len());
        let count = stream.read(&mut piece[..room]).await?;
        if count == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(&piece[..count]);
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            bytes.truncate(end);
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_head_of_a_request_is_read_strictly() {
        let visitor =
            Visitor::of("GET /?code=c HTTP/1.1\r\nAccept: */*\r\nhost:  localhost:1 ").expect("a request");
        assert_eq!(
            (visitor.method.as_str(), visitor.target.as_str(), visitor.host.as_str()),
            ("GET", "/?code=c", "localhost:1")
        );
        for head in [
            "",
            "GET /",
            "GET / HTTP/2\r\nHost: localhost",
            "GET / HTTP/1.1",
            "GET / HTTP/1.1 more\r\nHost: localhost",
            "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example",
        ] {
            assert_eq!(Visitor::of(head), None, "{head:?}");
        }
    }

    #[tokio::test]
    async fn a_port_that_somebody_sits_on_in_either_family_is_not_taken() {
        for family in [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)] {
            let Ok(squatter) = std::net::TcpListener::bind((family, 0)) else {
                eprintln!("skipped: this machine has no {family}");
                continue;
            };
            let port = squatter.local_addr().expect("an address").port();
            let refused = Doors::on(port).map(|doors| doors.port).expect_err("it is taken");
            assert_eq!(refused.kind(), io::ErrorKind::AddrInUse, "{family}");
            assert_ne!(Doors::open().expect("another port").port, port);
        }
    }

    #[tokio::test]
    async fn a_head_that_is_too_long_is_not_kept() {
        let long = vec![b'x'; BYTES + 10];
        assert!(head(&mut long.as_slice()).await.expect("it is read").is_none());
        let cut = b"GET / HTTP/1.1\r\n";
        assert!(head(&mut cut.as_slice()).await.expect("it is read").is_none());
    }

    proptest! {
        #[test]
        fn no_request_is_too_odd_to_be_looked_at(head in "[ -~\r\n]{0,200}") {
            prop_assert!(Visitor::of(&head).is_none_or(|visitor| !visitor.target.contains(' ')));
        }
    }
}
