//! The Internet Printing Protocol (RFC 8010, RFC 8011): one page as one job, from memory to the printer.
//!
//! The `ipp` crate speaks the protocol; the request is sent by a client of our own that obeys no proxy and keeps no
//! connection. Nothing is retried: a page that may have been printed is not sent twice.

use std::io::Cursor;
use std::time::Duration;

use bytes::Bytes;
use ipp::model::{DelimiterTag, IppVersion, Operation};
use ipp::parser::IppParser;
use ipp::prelude::{IppAttribute, IppRequestResponse, IppValue, Uri};
use ipp::reader::IppReader;
use zeroize::Zeroizing;

use crate::domain::plan::{Hold, PaperSize};
use crate::domain::printing::{Job, JobState};
use crate::domain::text::clean;
use crate::trouble::Trouble;

/// How long a printer may take for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// The port of IPP where an address names none (RFC 3510).
const PORT: u16 = 631;

/// What a job is to be.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// Its name on the printer's list.
    pub title: &'a str,
    /// Its paper.
    pub size: PaperSize,
    /// Whether it waits to be released.
    pub hold: Hold,
}

/// A printer that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What people call it.
    pub name: String,
    /// Where it listens.
    pub address: String,
}

/// Sends one PDF as a job; the job and how it stands.
pub async fn print(
    printer: &str,
    order: Order<'_>,
    pdf: Zeroizing<Vec<u8>>,
) -> Result<(Job, JobState), Trouble> {
    let mut request = request(Operation::PrintJob, printer)?;
    let operation = DelimiterTag::OperationAttributes;
    add(
        &mut request,
        operation,
        ("requesting-user-name", IppValue::new_name_without_language("breakglass")),
    )?;
    add(&mut request, operation, ("job-name", IppValue::new_name_without_language(order.title)))?;
    add(&mut request, operation, ("document-format", IppValue::new_mime_media_type("application/pdf")))?;
    let job = DelimiterTag::JobAttributes;
    add(&mut request, job, ("media", IppValue::new_keyword(order.size.media())))?;
    add(&mut request, job, ("sides", IppValue::new_keyword("one-sided")))?;
    if order.hold == Hold::UntilReleased {
        add(&mut request, job, ("job-hold-until", IppValue::new_keyword("indefinite")))?;
    }
    let head = request.to_bytes();
    let mut body = Zeroizing::new(Vec::with_capacity(head.len() + pdf.len()));
    body.extend_from_slice(&head);
    body.extend_from_slice(&pdf);
    let answer = send(printer, body).await?;
    let id = integer(&answer, "job-id").ok_or_else(|| refused(printer, &answer))?;
    Ok((Job { printer: printer.to_owned(), id }, state(&answer)))
}

/// How a job stands now.
pub async fn look(job: &Job) -> JobState {
    match ask(Operation::GetJobAttributes, job).await {
        Ok(answer) => state(&answer),
        Err(_) => JobState::Silent,
    }
}

/// Releases a held job: somebody stands at the printer.
pub async fn release(job: &Job) -> Result<(), Trouble> {
    ask(Operation::ReleaseJob, job).await.map(drop)
}

/// Cancels a job.
pub async fn cancel(job: &Job) -> Result<(), Trouble> {
    ask(Operation::CancelJob, job).await.map(drop)
}

/// The printers that the print server at `server` (CUPS: `ipp://localhost`) knows.
pub async fn find(server: &str) -> Result<Vec<Found>, Trouble> {
    let answer =
        send(server, Zeroizing::new(request(Operation::CupsGetPrinters, server)?.to_bytes().to_vec()))
            .await?;
    let printers = answer.attributes().groups_of(DelimiterTag::PrinterAttributes);
    let text =
        |group: &ipp::attribute::IppAttributeGroup, name| group.get(name).map(|a| a.value().to_string());
    Ok(printers
        .filter_map(|group| {
            let address = text(group, "printer-uri-supported")?;
            Some(Found { name: clean(&text(group, "printer-name")?), address: clean(&address) })
        })
        .collect())
}

async fn ask(operation: Operation, job: &Job) -> Result<IppRequestResponse, Trouble> {
    let mut request = request(operation, &job.printer)?;
    let tag = DelimiterTag::OperationAttributes;
    add(&mut request, tag, ("job-id", Ok(IppValue::Integer(job.id))))?;
    add(&mut request, tag, ("requesting-user-name", IppValue::new_name_without_language("breakglass")))?;
    send(&job.printer, Zeroizing::new(request.to_bytes().to_vec())).await
}

fn request(operation: Operation, printer: &str) -> Result<IppRequestResponse, Trouble> {
    let uri: Uri = printer.parse().map_err(|_| no_address(printer))?;
    IppRequestResponse::new(IppVersion::v1_1(), operation, Some(uri)).map_err(|_| no_address(printer))
}

type Value = Result<IppValue, ipp::parser::IppParseError>;

fn add(
    request: &mut IppRequestResponse,
    tag: DelimiterTag,
    (name, value): (&str, Value),
) -> Result<(), Trouble> {
    let attribute = value.and_then(|value| IppAttribute::with_name(name, value));
    let attribute = attribute.map_err(|error| {
        Trouble::new(
            "The print job could not be described.",
            error.to_string(),
            "Shorten the names in the plan.",
        )
    })?;
    request.attributes_mut().add(tag, attribute);
    Ok(())
}

/// The HTTP address behind an IPP address (RFC 3510, RFC 7472).
fn http(printer: &str) -> Result<url::Url, Trouble> {
    let mut address = url::Url::parse(printer).map_err(|_| no_address(printer))?;
    let scheme = match address.scheme() {
        "ipp" | "http" => "http",
        "ipps" | "https" => "https",
        _ => return Err(no_address(printer)),
    };
    let port =
        if address.scheme().starts_with("ipp") { address.port().or(Some(PORT)) } else { address.port() };
    // The `url` crate changes no scheme between special and other ones, so it is put together again.
    let host = address.host_str().ok_or_else(|| no_address(printer))?.to_owned();
    let (path, port) = (address.path().to_owned(), port.map(|p| format!(":{p}")).unwrap_or_default());
    address = url::Url::parse(&format!("{scheme}://{host}{port}{path}")).map_err(|_| no_address(printer))?;
    Ok(address)
}

async fn send(printer: &str, body: Zeroizing<Vec<u8>>) -> Result<IppRequestResponse, Trouble> {
    let client = reqwest::Client::builder()
        .no_proxy()
        .http1_only()
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .build()
        .map_err(|error| unreachable(printer, &error.to_string()))?;
    let sent =
        client.post(http(printer)?).header("content-type", "application/ipp").body(Bytes::from_owner(body));
    let answer = sent.send().await.map_err(|e| unreachable(printer, &why(&e)))?;
    if !answer.status().is_success() {
        return Err(unreachable(printer, &format!("It answered {}.", answer.status())));
    }
    let bytes = answer.bytes().await.map_err(|e| unreachable(printer, &why(&e)))?;
    let parsed = IppParser::new(IppReader::new(Cursor::new(bytes))).parse();
    let answer = parsed.map_err(|_| unreachable(printer, "Its answer is not IPP."))?;
    match answer.header().status_code().is_success() {
        true => Ok(answer),
        false => Err(refused(printer, &answer)),
    }
}

/// What went wrong below HTTP; the addresses in such an error are foreign text.
fn why(error: &reqwest::Error) -> String {
    match (error.is_connect(), error.is_timeout()) {
        (true, _) => "Nothing answers at this address.".to_owned(),
        (_, true) => "It did not answer in time.".to_owned(),
        _ => "The connection broke.".to_owned(),
    }
}

fn state(answer: &IppRequestResponse) -> JobState {
    let reasons = text(answer, "job-state-reasons").unwrap_or_else(|| "no reason given".to_owned());
    match integer(answer, "job-state") {
        Some(4) => JobState::Held,
        Some(5) => JobState::Printing,
        Some(6) => JobState::Stopped(reason_words(&reasons)),
        Some(7) => JobState::Canceled,
        Some(8) => JobState::Aborted(reason_words(&reasons)),
        Some(9) => JobState::Done,
        Some(_) | None => JobState::Waiting,
    }
}

/// The reasons of RFC 8011 that people meet, in words; others as the printer says them.
fn reason_words(reasons: &str) -> String {
    const KNOWN: [(&str, &str); 5] = [
        ("media-empty", "it is out of paper"),
        ("media-needed", "it is out of paper"),
        ("media-jam", "paper is jammed"),
        ("printer-stopped", "somebody stopped it"),
        ("document-format-error", "it cannot print this page"),
    ];
    let known = KNOWN.iter().find(|(reason, _)| reasons.contains(reason));
    known.map_or_else(|| clean(reasons), |(_, words)| (*words).to_owned())
}

fn attribute<'a>(answer: &'a IppRequestResponse, name: &str) -> Option<&'a IppValue> {
    answer.attributes().groups().iter().find_map(|group| group.get(name)).map(IppAttribute::value)
}

fn integer(answer: &IppRequestResponse, name: &str) -> Option<i32> {
    match attribute(answer, name)? {
        IppValue::Integer(n) | IppValue::Enum(n) => Some(*n),
        _ => None,
    }
}

fn text(answer: &IppRequestResponse, name: &str) -> Option<String> {
    attribute(answer, name).map(ToString::to_string)
}

fn no_address(printer: &str) -> Trouble {
    Trouble::new(
        format!("\"{printer}\" is no address of a printer."),
        "An address looks like ipp://printer.example.com/ipp/print.",
        "Correct it in the plan, or look at the printer's network page.",
    )
}

fn unreachable(printer: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The printer {printer} could not be reached."),
        why,
        "Look whether it is on and in this network, or choose another route. Nothing is lost.",
    )
}

fn refused(printer: &str, answer: &IppRequestResponse) -> Trouble {
    let said = text(answer, "status-message");
    let status = format!("{:?}", answer.header().status_code());
    Trouble::new(
        format!("The printer {printer} refused."),
        said.map_or(status, |words| clean(&words)),
        "Look at the printer, try again, or choose another route. Nothing is lost.",
    )
}
