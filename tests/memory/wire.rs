//! What goes over the wire: a forwarder between the program and its tenant that keeps every byte of every connection, as it
//! went. It reads http alone; of TLS it would keep what nobody can read.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use crate::support::served::Served;
use crate::watch::Watch;

/// One connection, each way.
#[derive(Default, Clone)]
struct Kept {
    sent: Vec<u8>,
    answered: Vec<u8>,
}

/// Where a secret may stand: behind the head of the request that sets it, or of the answer that brings it.
const SETS: (&str, &str) = ("PATCH /graph/v1.0/users/", " ");
const BRINGS: (&str, &str) =
    ("POST /graph/v1.0/users/", "/authentication/temporaryAccessPassMethods HTTP/1.1");

/// The place between.
pub struct Wire {
    kept: Arc<Mutex<Vec<Arc<Mutex<Kept>>>>>,
}

impl Wire {
    /// Stands before the tenant from now on: its profile leads here.
    pub fn before(served: &Served) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let here = format!("http://{}", listener.local_addr().expect("its address"));
        let (file, tenant) = (served.home.path("cloud.toml"), served.origin());
        let profile = std::fs::read_to_string(&file).expect("the profile");
        std::fs::write(&file, profile.replace(&tenant, &here)).expect("the profile can be written");
        let kept: Arc<Mutex<Vec<Arc<Mutex<Kept>>>>> = Arc::default();
        let (all, target) = (Arc::clone(&kept), tenant.trim_start_matches("http://").to_owned());
        std::thread::spawn(move || {
            for program in listener.incoming().flatten() {
                let one: Arc<Mutex<Kept>> = Arc::default();
                locked(&all).push(Arc::clone(&one));
                forward(&program, &target, &one);
            }
        });
        Self { kept }
    }

    /// The same, where what goes by is not encrypted.
    pub fn where_it_can_be_read(served: &Served) -> Option<Self> {
        served.origin().starts_with("http:").then(|| Self::before(served))
    }

    /// The passes that answers brought so far.
    pub fn passes(&self) -> Vec<String> {
        let text = |kept: Kept| String::from_utf8_lossy(&kept.answered).into_owned();
        let pass = |text: &str| {
            let rest = text.split("\"temporaryAccessPass\":\"").nth(1)?;
            Some(rest.split('"').next()?.to_owned())
        };
        self.all().into_iter().map(text).filter_map(|text| pass(&text)).collect()
    }

    /// No exchange has a secret but those that must carry it, each once and in its body; how many that are.
    pub fn carriers(&self, watch: &Watch) -> usize {
        let all = self.all();
        let bytes: usize = all.iter().map(|one| one.sent.len() + one.answered.len()).sum();
        let carriers = all.iter().map(|one| carried(watch, one)).sum();
        println!("  wire: {} connections, {} kB, {carriers} of them carry a secret", all.len(), bytes / 1000);
        carriers
    }

    fn all(&self) -> Vec<Kept> {
        locked(&self.kept).iter().map(|one| locked(one).clone()).collect()
    }
}

fn locked<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Copies both ways, each until its end.
fn forward(program: &TcpStream, target: &str, kept: &Arc<Mutex<Kept>>) {
    let tenant = TcpStream::connect(target).expect("the tenant");
    let ends = |one: &TcpStream| one.try_clone().expect("a connection");
    let (there, back) = (Arc::clone(kept), Arc::clone(kept));
    let ways = [(ends(program), ends(&tenant)), (ends(&tenant), ends(program))];
    let [(from_program, to_tenant), (from_tenant, to_program)] = ways;
    let keep = move |bytes: &[u8]| locked(&there).sent.extend_from_slice(bytes);
    std::thread::spawn(move || copy(from_program, to_tenant, keep));
    let keep = move |bytes: &[u8]| locked(&back).answered.extend_from_slice(bytes);
    std::thread::spawn(move || copy(from_tenant, to_program, keep));
}

fn copy(mut from: TcpStream, mut to: TcpStream, keep: impl Fn(&[u8])) {
    let mut buffer = vec![0; 65_536];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        keep(&buffer[..read]);
        if to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _gone = to.shutdown(Shutdown::Write);
}

/// Whether this connection carries a secret; it has to be one that must, and carry nothing else.
fn carried(watch: &Watch, one: &Kept) -> usize {
    let has = |bytes: &[u8]| !watch.needles.in_text(bytes).is_empty();
    let (sent, answered) = (has(&one.sent), has(&one.answered));
    if !sent && !answered {
        return 0;
    }
    let text = String::from_utf8_lossy(&one.sent).into_owned();
    let line = text.lines().next().unwrap_or_default();
    let is = |(begins, has): (&str, &str)| line.starts_with(begins) && line.contains(has);
    assert!(is(if sent { SETS } else { BRINGS }), "{line}: it carries a secret");
    assert_eq!(text.matches(" HTTP/1.1\r\n").count(), 1, "{line}: other requests went the same way");
    for way in [&one.sent, &one.answered] {
        assert!(!has(head(way)), "{line}: a secret stands in its head");
    }
    assert!(!(sent && answered), "{line}: the answer repeats what was sent");
    1
}

/// What stands before the body: line and headers.
fn head(message: &[u8]) -> &[u8] {
    let end = message.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(message.len());
    &message[..end]
}
