//! A printer inside the tests: a real IPP server on loopback that accepts, refuses, stops, runs out of paper.

use std::io::Cursor;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use ipp::attribute::IppAttribute;
use ipp::model::{DelimiterTag, IppVersion, StatusCode};
use ipp::parser::IppParser;
use ipp::prelude::{IppRequestResponse, IppValue};
use ipp::reader::IppReader;

/// What the printer does with a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Prints it.
    Prints,
    /// Refuses every job.
    Refuses,
    /// Keeps it until it is released, then prints it.
    Holds,
    /// Runs out of paper, and prints on once it was looked at twice.
    OutOfPaper,
    /// Gives it up in the middle.
    Aborts,
}

/// A printer and what came out of it.
#[derive(Clone)]
pub struct Printer {
    /// Where it listens, `ipp://127.0.0.1:PORT/ipp/print`.
    pub address: String,
    inside: Arc<Mutex<Inside>>,
}

struct Inside {
    mood: Mood,
    jobs: Vec<Received>,
    looked: usize,
    released: bool,
    canceled: bool,
}

/// A job as it came in.
#[derive(Clone, Default)]
pub struct Received {
    /// The document, byte for byte.
    pub document: Vec<u8>,
    /// Its attributes, `name=value`.
    pub attributes: Vec<String>,
}

impl Printer {
    /// Switches a printer on.
    pub async fn on(mood: Mood) -> Self {
        let inside = Inside { mood, jobs: Vec::new(), looked: 0, released: false, canceled: false };
        let inside = Arc::new(Mutex::new(inside));
        let app = Router::new().route("/ipp/print", post(answer)).with_state(inside.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("ipp://{}/ipp/print", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, inside }
    }

    /// What came in.
    pub fn jobs(&self) -> Vec<Received> {
        self.inside.lock().expect("a printer").jobs.clone()
    }

    /// Whether the job was canceled.
    pub fn canceled(&self) -> bool {
        self.inside.lock().expect("a printer").canceled
    }
}

async fn answer(State(inside): State<Arc<Mutex<Inside>>>, body: Bytes) -> Vec<u8> {
    let request = IppParser::new(IppReader::new(Cursor::new(body.clone()))).parse().expect("IPP");
    let id = request.header().request_id;
    let mut inside = inside.lock().expect("a printer");
    let operation = request.header().operation_or_status;
    match operation {
        0x02 if inside.mood == Mood::Refuses => {
            let status = StatusCode::ServerErrorNotAcceptingJobs;
            return reply(status, id, &[]);
        }
        0x02 => {
            let head = request.to_bytes().len();
            let attributes =
                request.attributes().groups().iter().flat_map(ipp::attribute::IppAttributeGroup::attributes);
            let attributes = attributes.map(|a| format!("{}={}", a.name().as_str(), a.value())).collect();
            inside.jobs.push(Received { document: body[head..].to_vec(), attributes });
        }
        0x0D => inside.released = true,
        0x08 => inside.canceled = true,
        _ => inside.looked += 1,
    }
    let (state, reason) = state(&inside);
    let text = |value: &str| IppValue::new_keyword(value).expect("a keyword");
    let attributes = [
        ("job-id", IppValue::Integer(7)),
        ("job-state", IppValue::Enum(state)),
        ("job-state-reasons", text(reason)),
    ];
    reply(StatusCode::SuccessfulOk, id, &attributes)
}

fn state(inside: &Inside) -> (i32, &'static str) {
    match inside.mood {
        _ if inside.canceled => (7, "job-canceled-by-user"),
        Mood::Holds if !inside.released => (4, "job-hold-until-specified"),
        Mood::OutOfPaper if inside.looked < 2 => (6, "media-empty-error"),
        Mood::Aborts if inside.looked > 0 => (8, "aborted-by-system"),
        Mood::Aborts => (5, "job-printing"),
        Mood::Prints | Mood::Holds | Mood::OutOfPaper | Mood::Refuses => (9, "job-completed-successfully"),
    }
}

fn reply(status: StatusCode, id: i32, attributes: &[(&str, IppValue)]) -> Vec<u8> {
    let mut answer = IppRequestResponse::new_response(IppVersion::v1_1(), status, id).expect("an answer");
    for (name, value) in attributes {
        let attribute = IppAttribute::with_name(*name, value.clone()).expect("an attribute");
        answer.attributes_mut().add(DelimiterTag::JobAttributes, attribute);
    }
    answer.to_bytes().to_vec()
}
