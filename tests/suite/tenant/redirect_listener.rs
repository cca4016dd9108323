//! The loopback redirect listener at the wire: only this sign-in's own return ends the waiting, and whoever gives the
//! waiting up closes the listener at once.

use std::future::Future;
use std::net::{SocketAddr, TcpStream as Blocking};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

use breakglass::domain::connection::sign_in::{Demand, Prompt, SignInWay};
use breakglass::domain::trouble::Trouble;
use breakglass::tenant::{Ended, Tenant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use crate::support::in_process::{InProcess, client};

/// What is shown to the person, as soon as it is.
type Shown = Arc<Mutex<Option<Prompt>>>;

fn showing(shown: &Shown) -> impl Fn(Prompt) + Send + use<> {
    let shown = Arc::clone(shown);
    move |prompt| *shown.lock().expect("nobody panics") = Some(prompt)
}

/// A listener that waits: its port, and the address that the person was sent to.
struct Waiting {
    port: u16,
    /// Path of the short address.
    short: String,
    address: url::Url,
}

impl Waiting {
    async fn of(shown: &Shown) -> Self {
        let prompt = awaited(shown).await;
        let Prompt::Browser { address, short } = prompt else { panic!("{prompt:?}") };
        let short: url::Url = short.parse().expect("an address");
        let (port, path) = (short.port().expect("a port"), short.path().to_owned());
        Self { port, short: path, address: address.parse().expect("an address") }
    }

    fn state(&self) -> String {
        let (_, state) = self.address.query_pairs().find(|(name, _)| name == "state").expect("a state");
        state.into_owned()
    }

    /// Sends one request and returns the answer.
    async fn ask(&self, method: &str, target: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("it listens");
        said(&mut stream, &format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
            .await
    }

    async fn get(&self, target: &str) -> String {
        self.ask("GET", target, &format!("localhost:{}", self.port)).await
    }
}

async fn awaited(shown: &Shown) -> Prompt {
    loop {
        if let Some(prompt) = shown.lock().expect("nobody panics").take() {
            return prompt;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn said(stream: &mut TcpStream, request: &str) -> String {
    stream.write_all(request.as_bytes()).await.expect("it is taken");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer
}

/// Where the sign-in page sends the browser back to.
async fn last_page(waiting: &Waiting) -> String {
    let page = client().get(waiting.address.clone()).send().await.expect("the page answers");
    page.headers()["location"].to_str().expect("an address").to_owned()
}

/// A sign-in by browser under way, and the listener that waits for its return.
struct Begun {
    signing_in: JoinHandle<Result<Ended, Trouble>>,
    waiting: Waiting,
    /// Serves the tenant as long as it is held.
    served: InProcess,
}

async fn begun() -> Begun {
    let served = InProcess::start("p1").await;
    let tenant = served.tenant(SignInWay::Browser);
    let shown = Shown::default();
    let show = showing(&shown);
    let signing_in = tokio::spawn(async move { tenant.sign_in(&Demand::default(), show).await });
    Begun { signing_in, waiting: Waiting::of(&shown).await, served }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_this_sign_in_s_return_is_answered_and_the_waiting_goes_on() {
    let Begun { signing_in, waiting, served: _served } = begun().await;
    let own = format!("/?code=forged&state={}", waiting.state());

    let odd_short = format!("{}x", waiting.short);
    for (target, words) in [
        ("/?code=forged&state=another", "belongs to another sign-in"),
        ("/?code=forged", "belongs to another sign-in"),
        ("/?error=access_denied&state=another", "belongs to another sign-in"),
        ("/?error=access_denied", "belongs to another sign-in"),
        ("/?anything", "nothing here"),
        ("/", "nothing here"),
        ("/?", "nothing here"),
        (&odd_short, "nothing here"),
        (&format!("{}?code=c", waiting.short), "nothing here"),
        ("/favicon.ico", "nothing here"),
        (&own.replace("/?", "/elsewhere?"), "nothing here"),
    ] {
        let answer = waiting.get(target).await;
        assert!(answer.starts_with("HTTP/1.1 4") && answer.contains(words), "{target}: {answer}");
    }
    for (method, host) in [("GET", "evil.example"), ("GET", "localhost:1"), ("POST", ""), ("HEAD", "")] {
        let host = if host.is_empty() { format!("localhost:{}", waiting.port) } else { host.to_owned() };
        let answer = waiting.ask(method, &own, &host).await;
        assert!(answer.starts_with("HTTP/1.1 404"), "{method} at {host}: {answer}");
    }
    assert!(!signing_in.is_finished(), "the waiting ended");
    let first = waiting.get(&waiting.short).await;
    assert!(first.starts_with("HTTP/1.1 302") && first.contains(waiting.address.as_str()), "{first}");
    let second = waiting.get(&waiting.short).await;
    assert!(second.starts_with("HTTP/1.1 410") && second.contains("used before"), "{second}");

    let back = last_page(&waiting).await;
    let answer = client().get(back).send().await.expect("it is answered");
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.expect("a page").contains("go back to the console"));
    assert_eq!(signing_in.await.expect("it ends"), Ok(Ended::SignedIn));
}

#[tokio::test(flavor = "multi_thread")]
async fn visitors_who_say_nothing_or_too_much_keep_nobody_out() {
    let Begun { signing_in, waiting, served: _served } = begun().await;
    // Fewer than are heard at once: whoever is silent is told to go after a while of real time, which no test waits for.
    let mut silent = Vec::new();
    for _ in 0..10 {
        silent.push(TcpStream::connect(("127.0.0.1", waiting.port)).await.expect("it listens"));
    }
    let mut loud = TcpStream::connect(("127.0.0.1", waiting.port)).await.expect("it listens");
    let flood = vec![b'x'; 1 << 20];
    let _cut = loud.write_all(&flood).await;
    let mut told = Vec::new();
    let _reset = loud.read_to_end(&mut told).await;
    let told = String::from_utf8_lossy(&told);
    assert!(told.is_empty() || told.starts_with("HTTP/1.1 400"), "{told}");
    let back = last_page(&waiting).await;
    assert_eq!(client().get(back).send().await.expect("it is answered").status(), 200);
    assert_eq!(signing_in.await.expect("it ends"), Ok(Ended::SignedIn));
    drop(silent);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_browser_may_return_to_either_loopback_family() {
    if std::net::TcpListener::bind("[::1]:0").is_err() {
        eprintln!("skipped: this machine has no ::1");
        return;
    }
    let Begun { signing_in, waiting, served: _served } = begun().await;
    let back = last_page(&waiting).await.replace("localhost", "[::1]");
    assert_eq!(client().get(back).send().await.expect("it is answered").status(), 200);
    assert_eq!(signing_in.await.expect("it ends"), Ok(Ended::SignedIn));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_with_the_right_state_ends_it() {
    let Begun { signing_in, waiting, served: _served } = begun().await;
    let answer = waiting.get(&format!("/?error=access_denied&state={}", waiting.state())).await;
    assert!(answer.contains("the console tells why"), "{answer}");
    let trouble = signing_in.await.expect("it ends").expect_err("it was declined");
    assert!(trouble.why.contains("declined"), "{trouble}");
}

/// Polls `waited` until something is shown.
async fn until_shown<F: Future>(mut waited: std::pin::Pin<&mut F>, shown: &Shown) -> Waiting {
    tokio::select! {
        _ = &mut waited => panic!("it ended"),
        waiting = Waiting::of(shown) => waiting,
    }
}

/// Gives `waited` up while somebody is connected, and returns what that somebody is told.
async fn given_up<F: Future>(served: &InProcess, waited: F, shown: &Shown) -> Option<String> {
    let mut waited = Box::pin(waited);
    let waiting = until_shown(waited.as_mut(), shown).await;
    let back = last_page(&waiting).await;
    let target = back.split_once(&format!(":{}", waiting.port)).expect("its own port").1.to_owned();
    let mut early = TcpStream::connect(("127.0.0.1", waiting.port)).await.expect("it listens");
    // Taken up by the listener before it closes.
    let _pending = waited.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    drop(waited);

    // Nothing else ran in between on this one thread.
    let at = SocketAddr::from(([127, 0, 0, 1], waiting.port));
    assert!(Blocking::connect_timeout(&at, Duration::from_secs(5)).is_err(), "it still listens");
    let request =
        format!("GET {target} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", waiting.port);
    let mut answer = String::new();
    let told = early.write_all(request.as_bytes()).await.is_ok()
        && early.read_to_string(&mut answer).await.is_ok()
        && !answer.is_empty();
    assert_eq!(served.asked("/oauth2/v2.0/token").await, 0, "a code was exchanged");
    told.then_some(answer)
}

#[tokio::test]
async fn a_sign_in_that_is_given_up_closes_its_listener_and_takes_nothing_more() {
    let served = InProcess::start("p1").await;
    let tenant = served.tenant(SignInWay::Browser);
    let shown = Shown::default();
    let demand = Demand::default();
    let answer = given_up(&served, tenant.sign_in(&demand, showing(&shown)), &shown).await;
    assert!(answer.is_none_or(|page| page.starts_with("HTTP/1.1 410")), "a late return was taken");
    let pasted = tenant.take_address(&pasted("http://localhost/?code=c&state=s"));
    assert!(pasted.is_err(), "a late address was taken");
}

fn pasted(text: &str) -> breakglass::domain::secret::Secret {
    breakglass::domain::secret::Secret::new(zeroize::Zeroizing::new(text.to_owned()))
}

#[tokio::test]
async fn a_sign_in_test_that_is_given_up_closes_its_listener_and_takes_nothing_more() {
    let served = InProcess::start("p1").await;
    let tenant = served.tenant(SignInWay::Browser);
    let shown = Shown::default();
    let upn = "lee.operator@fabrikamrehearsal.onmicrosoft.com";
    let answer = given_up(&served, tenant.test(upn, "unknown", showing(&shown)), &shown).await;
    assert!(answer.is_none_or(|page| page.starts_with("HTTP/1.1 410")), "a late return was taken");
}

#[tokio::test]
async fn a_device_code_sign_in_that_is_given_up_asks_no_more() {
    let served = InProcess::start("p1").await;
    let tenant: Tenant = served.tenant(SignInWay::DeviceCode);
    let shown = Shown::default();
    let demand = Demand::default();
    {
        let mut waited = Box::pin(tenant.sign_in(&demand, showing(&shown)));
        tokio::select! {
            _ = &mut waited => panic!("it ended"),
            _ = awaited(&shown) => {}
        }
    }
    let asked = served.asked("/oauth2/v2.0/token").await;
    // Many times as long as the service lets pass between two questions, at this speed.
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(served.asked("/oauth2/v2.0/token").await, asked);
}
