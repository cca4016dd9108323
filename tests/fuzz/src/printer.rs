//! A printer that answers whatever it likes.

use std::sync::{Arc, LazyLock, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use breakglass::domain::paper::printing::Destination;
use breakglass::domain::plan::Hold;
use breakglass::effects::print::{Wire, ipp, reach};
use tokio::runtime::Runtime;

use super::{are_clean, is_told_cleanly};

/// An IPP answer by the book (RFC 8010): version 1.1, successful-ok, request 1, its character set and language, a
/// printer with its state, the end. What is thrown at the program replaces the bytes from a place on.
const ANSWER: &[u8] = b"\x01\x01\x00\x00\x00\x00\x00\x01\x01\
    \x47\x00\x12attributes-charset\x00\x05utf-8\
    \x48\x00\x1battributes-natural-language\x00\x02en\
    \x04\x42\x00\x0cprinter-name\x00\x06office\
    \x45\x00\x15printer-uri-supported\x00\x12ipp://localhost/p/1\
    \x23\x00\x0dprinter-state\x00\x04\x00\x00\x00\x03\x03";

/// Finds printers, and asks one whether it is there, when it answers these bytes; with a first byte below 128 they are
/// put into an answer that is in order.
pub fn printer(bytes: &[u8]) {
    let answer = match bytes.split_first() {
        Some((at, rest)) if *at < 128 => {
            let at = usize::from(*at).min(ANSWER.len());
            let behind = (at + rest.len()).min(ANSWER.len());
            [&ANSWER[..at], rest, &ANSWER[behind..]].concat()
        }
        _ => bytes.to_vec(),
    };
    let world = &*WORLD;
    let _alone = world.alone.lock();
    *world.answer.lock().expect("an answer") = answer;
    world.runtime.block_on(async {
        let address = format!("ipp://{}/ipp/print", world.host);
        let to = Destination::Printer { address, hold: Hold::UntilReleased };
        if let Err(trouble) = reach(&Wire::default(), &to).await {
            is_told_cleanly(&trouble);
        }
        match ipp::find(&Wire::to(Some(&world.host))).await {
            Ok(found) => are_clean(&found.into_iter().map(|one| one.name).collect::<Vec<_>>()),
            Err(trouble) => is_told_cleanly(&trouble),
        }
    });
}

static WORLD: LazyLock<World> = LazyLock::new(World::new);

struct World {
    runtime: Runtime,
    alone: Mutex<()>,
    answer: Arc<Mutex<Vec<u8>>>,
    host: String,
}

impl World {
    fn new() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let answer = Arc::new(Mutex::new(Vec::new()));
        let app = axum::Router::new().fallback(answered).with_state(Arc::clone(&answer));
        let host = runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let host = listener.local_addr().expect("an address").to_string();
            tokio::spawn(async move { axum::serve(listener, app).await });
            host
        });
        Self { runtime, alone: Mutex::default(), answer, host }
    }
}

async fn answered(State(answer): State<Arc<Mutex<Vec<u8>>>>, _asked: Bytes) -> Vec<u8> {
    answer.lock().expect("an answer").clone()
}
