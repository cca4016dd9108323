//! A printer inside the tests: a real IPP server on loopback that accepts, refuses, stops, runs out of paper.

use std::io::Cursor;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use ipp::attribute::IppAttribute;
use ipp::model::{DelimiterTag, IppVersion, StatusCode};
use ipp::parser::IppParser;
use ipp::prelude::{IppRequestResponse, IppValue};
use ipp::reader::IppReader;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The one queue of the print system.
const QUEUE: &str = "ipp://localhost/printers/office";

/// The name that a printer's certificate holds beside its address, for one that is not on this computer.
pub const NAME: &str = "printer.example.com";

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
    /// Keeps every job, whoever wants it canceled.
    Stubborn,
    /// Prints every job before it can be canceled.
    Fast,
    /// Takes no PDF.
    TextOnly,
    /// Takes a job that is to wait, and prints it at once: `job-hold-until` stands among the unsupported attributes.
    IgnoresHold,
    /// Says that it keeps pages and prints them at once all the same.
    Lies,
    /// Neither says what it supports nor validates jobs.
    Mute,
    /// Wants a user and a password.
    Locked,
    /// Answers with a page for a browser.
    Web,
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
        let (app, inside) = Self::inside(mood);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = format!("ipp://{}/ipp/print", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, inside }
    }

    fn inside(mood: Mood) -> (Router, Arc<Mutex<Inside>>) {
        let inside = Inside { mood, jobs: Vec::new(), looked: 0, released: false, canceled: false };
        let inside = Arc::new(Mutex::new(inside));
        let app = Router::new().fallback(post(answer)).with_state(inside.clone());
        (app, inside)
    }

    /// The print system of a computer at its socket, with one queue, `office`, that is this printer.
    #[cfg(unix)]
    pub fn at_socket(mood: Mood, socket: &std::path::Path) -> Self {
        let (app, inside) = Self::inside(mood);
        let listener = tokio::net::UnixListener::bind(socket).expect("a socket");
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address: QUEUE.to_owned(), inside }
    }

    /// A printer behind a certificate that it made itself, and that certificate.
    pub fn secure(mood: Mood) -> (Self, String) {
        let (app, inside) = Self::inside(mood);
        let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned(), NAME.to_owned()])
            .expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config =
            rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let config = config.expect("versions").with_no_client_auth();
        let config = config.with_single_cert(vec![made.cert.der().clone()], key).expect("a server");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a listener");
        let address = format!("ipps://{}/ipp/print", listener.local_addr().expect("an address"));
        let tls = axum_server::tls_rustls::RustlsConfig::from_config(Arc::new(config));
        let server = axum_server::from_tcp_rustls(listener, tls).expect("a server");
        tokio::spawn(async move { server.serve(app.into_make_service()).await });
        (Self { address, inside }, made.cert.pem())
    }

    /// What came in.
    pub fn jobs(&self) -> Vec<Received> {
        self.inside.lock().expect("a printer").jobs.clone()
    }

    /// Somebody releases the job at the printer's own panel.
    pub fn release(&self) {
        self.inside.lock().expect("a printer").released = true;
    }

    /// Whether the job was canceled.
    pub fn canceled(&self) -> bool {
        self.inside.lock().expect("a printer").canceled
    }
}

async fn answer(State(inside): State<Arc<Mutex<Inside>>>, body: Bytes) -> Response {
    let mood = inside.lock().expect("a printer").mood;
    match mood {
        Mood::Locked => axum::http::StatusCode::UNAUTHORIZED.into_response(),
        Mood::Web => "<!DOCTYPE html><title>Sample printer</title>".into_response(),
        _ => ipp(&inside, &body).into_response(),
    }
}

fn ipp(inside: &Mutex<Inside>, body: &Bytes) -> Vec<u8> {
    let request = IppParser::new(IppReader::new(Cursor::new(body.clone()))).parse().expect("IPP");
    let id = request.header().request_id;
    let mut inside = inside.lock().expect("a printer");
    let operation = request.header().operation_or_status;
    match operation {
        0x02 if inside.mood == Mood::Refuses => {
            return reply(StatusCode::ServerErrorNotAcceptingJobs, id, &[]);
        }
        0x02 if inside.mood == Mood::TextOnly => {
            return reply(StatusCode::ClientErrorDocumentFormatNotSupported, id, &[]);
        }
        0x4002 => return queues(id),
        0x0B | 0x04 if inside.mood == Mood::Mute => {
            return reply(StatusCode::ServerErrorOperationNotSupported, id, &[]);
        }
        0x0B => return supported(id, inside.mood),
        0x04 if inside.mood == Mood::IgnoresHold => {
            return ignored(StatusCode::ClientErrorAttributesOrValuesNotSupported, id);
        }
        0x04 => return reply(StatusCode::SuccessfulOk, id, &[]),
        0x02 => {
            let head = request.to_bytes().len();
            let attributes =
                request.attributes().groups().iter().flat_map(ipp::attribute::IppAttributeGroup::attributes);
            let attributes = attributes.map(|a| format!("{}={}", a.name().as_str(), a.value())).collect();
            inside.jobs.push(Received { document: body[head..].to_vec(), attributes });
        }
        0x0D => inside.released = true,
        0x08 if inside.mood == Mood::Stubborn => return reply(StatusCode::ClientErrorNotAuthorized, id, &[]),
        0x08 if inside.mood == Mood::Fast => return reply(StatusCode::ClientErrorNotPossible, id, &[]),
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
        Mood::Lies if inside.looked == 0 => (5, "job-printing"),
        _ if inside.canceled => (7, "job-canceled-by-user"),
        Mood::Holds if !inside.released => (4, "job-hold-until-specified"),
        Mood::OutOfPaper if inside.looked < 2 => (6, "media-empty-error"),
        Mood::Aborts if inside.looked > 0 => (8, "aborted-by-system"),
        Mood::Aborts => (5, "job-printing"),
        _ => (9, "job-completed-successfully"),
    }
}

/// What a printer says about keeping pages: `Holds` and `Lies` that they do, the others nothing.
fn supported(id: i32, mood: Mood) -> Vec<u8> {
    let mut answer = IppRequestResponse::new_response(IppVersion::v1_1(), StatusCode::SuccessfulOk, id)
        .expect("an answer");
    if matches!(mood, Mood::Holds | Mood::Lies) {
        let keyword = |word| IppValue::new_keyword(word).expect("a keyword");
        let values = IppValue::Array(vec![keyword("no-hold"), keyword("indefinite")]);
        let attribute = IppAttribute::with_name("job-hold-until-supported", values).expect("an attribute");
        answer.attributes_mut().add(DelimiterTag::PrinterAttributes, attribute);
    }
    answer.to_bytes().to_vec()
}

/// An answer that lists the wish to wait among what is not supported.
fn ignored(status: StatusCode, id: i32) -> Vec<u8> {
    let mut answer = IppRequestResponse::new_response(IppVersion::v1_1(), status, id).expect("an answer");
    let value = IppValue::new_keyword("indefinite").expect("a keyword");
    let attribute = IppAttribute::with_name("job-hold-until", value).expect("an attribute");
    answer.attributes_mut().add(DelimiterTag::UnsupportedAttributes, attribute);
    answer.to_bytes().to_vec()
}

/// What a print system says of its one queue.
fn queues(id: i32) -> Vec<u8> {
    let mut answer = IppRequestResponse::new_response(IppVersion::v1_1(), StatusCode::SuccessfulOk, id)
        .expect("an answer");
    let name = IppValue::new_name_without_language("office").expect("a name");
    let uri = IppValue::new_uri(QUEUE).expect("an address");
    for (attribute, value) in [("printer-name", name), ("printer-uri-supported", uri)] {
        let attribute = IppAttribute::with_name(attribute, value).expect("an attribute");
        answer.attributes_mut().add(DelimiterTag::PrinterAttributes, attribute);
    }
    answer.to_bytes().to_vec()
}

fn reply(status: StatusCode, id: i32, attributes: &[(&str, IppValue)]) -> Vec<u8> {
    let mut answer = IppRequestResponse::new_response(IppVersion::v1_1(), status, id).expect("an answer");
    for (name, value) in attributes {
        let attribute = IppAttribute::with_name(*name, value.clone()).expect("an attribute");
        answer.attributes_mut().add(DelimiterTag::JobAttributes, attribute);
    }
    answer.to_bytes().to_vec()
}
