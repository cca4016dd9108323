//! The Internet Printing Protocol (RFC 8010, RFC 8011): one page as one job, from memory to the printer.
//!
//! The `ipp` crate speaks the protocol; how a request travels is the matter of [`Wire`].

use std::time::Duration;

use ipp::model::{DelimiterTag, IppVersion, Operation, StatusCode};
use ipp::prelude::{IppAttribute, IppRequestResponse, IppValue, Uri};
use zeroize::Zeroizing;

use crate::domain::paper::printing::{Job, JobState};
use crate::domain::plan::{Hold, PaperSize};
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::effects::print::answer;
use crate::effects::print::wire::{Wire, no_address, unreachable};

/// What a job is to be.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// Its name on the printer's list.
    pub title: &'a str,
    /// Its paper.
    pub size: PaperSize,
    /// Whether it waits to be released.
    pub hold: Hold,
    /// Whether it is rather not printed than printed otherwise.
    pub binding: Binding,
}

/// How much a printer may change about a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// What it cannot do it leaves out.
    Wishes,
    /// It does everything as it is told, or refuses (`ipp-attribute-fidelity`).
    Orders,
}

/// The wish that a job waits.
pub(super) const HOLD: &str = "job-hold-until";
/// The wish that it waits as long as nobody releases it.
pub(super) const INDEFINITE: &str = "indefinite";
/// What makes wishes orders (RFC 8011).
const FIDELITY: &str = "ipp-attribute-fidelity";

/// How long a printer may take to answer a cancel, real time. It has nothing to print for that, and what waits behind it
/// is the forgetting of the secret on the page.
const CANCEL_PATIENCE: Duration = Duration::from_secs(5);

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
    wire: &Wire,
    printer: &str,
    order: Order<'_>,
    pdf: Zeroizing<Vec<u8>>,
) -> Result<(Job, JobState), Trouble> {
    let request = job(Operation::PrintJob, printer, order)?;
    let head = request.to_bytes();
    let mut body = Zeroizing::new(Vec::with_capacity(head.len() + pdf.len()));
    body.extend_from_slice(&head);
    body.extend_from_slice(&pdf);
    let answer = send(wire, printer, body).await?;
    let id = integer(&answer, "job-id").ok_or_else(|| refused(printer, &answer))?;
    Ok((Job { printer: printer.to_owned(), id }, state(&answer)))
}

/// What a job is to be, without its document.
pub(super) fn job(
    operation: Operation,
    printer: &str,
    order: Order<'_>,
) -> Result<IppRequestResponse, Trouble> {
    let mut request = request(operation, printer)?;
    let operation = DelimiterTag::OperationAttributes;
    add(&mut request, operation, "requesting-user-name", IppValue::new_name_without_language("breakglass"))?;
    add(&mut request, operation, "job-name", IppValue::new_name_without_language(order.title))?;
    add(&mut request, operation, "document-format", IppValue::new_mime_media_type("application/pdf"))?;
    if order.binding == Binding::Orders {
        add(&mut request, operation, FIDELITY, Ok(IppValue::Boolean(true)))?;
    }
    let job = DelimiterTag::JobAttributes;
    add(&mut request, job, "media", IppValue::new_keyword(order.size.media()))?;
    add(&mut request, job, "sides", IppValue::new_keyword("one-sided"))?;
    if order.hold == Hold::UntilReleased {
        add(&mut request, job, HOLD, IppValue::new_keyword(INDEFINITE))?;
    }
    Ok(request)
}

/// How a job stands now.
pub async fn look(wire: &Wire, job: &Job) -> JobState {
    match ask(wire, Operation::GetJobAttributes, job).await {
        Ok(answer) => state(&answer),
        Err(_) => JobState::Silent,
    }
}

/// Releases a held job: somebody stands at the printer.
pub async fn release(wire: &Wire, job: &Job) -> Result<(), Trouble> {
    ask(wire, Operation::ReleaseJob, job).await.map(drop)
}

/// Cancels a job; one that is over already, or that the printer does not know any more, has nothing left to cancel (RFC
/// 8011, 4.3.3). A printer that does not answer is left to a person, so that everything behind it can go on.
pub async fn cancel(wire: &Wire, job: &Job) -> Result<(), Trouble> {
    let asking = exchange(wire, &job.printer, about(Operation::CancelJob, job)?);
    let answer = tokio::time::timeout(CANCEL_PATIENCE, asking).await;
    let answer = answer.map_err(|_| not_canceled(&job.printer, "The printer did not answer in time."))??;
    match answer.header().status_code() {
        code if code.is_success() => Ok(()),
        StatusCode::ClientErrorNotPossible
        | StatusCode::ClientErrorNotFound
        | StatusCode::ClientErrorGone => Ok(()),
        code => Err(not_canceled(&job.printer, &format!("The printer answered: {code}."))),
    }
}

/// The printers that the print system of this computer knows.
pub async fn find(wire: &Wire) -> Result<Vec<Found>, Trouble> {
    let server = wire.server();
    let asked = request(Operation::CupsGetPrinters, &server)?.to_bytes().to_vec();
    let answer = send(wire, &server, Zeroizing::new(asked)).await.map_err(|trouble| {
        Trouble::new(
            "The print system of this computer (CUPS) could not be asked.",
            trouble.why,
            "Name the printer by its address, or choose another route. Nothing is lost.",
        )
    })?;
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

async fn ask(wire: &Wire, operation: Operation, job: &Job) -> Result<IppRequestResponse, Trouble> {
    send(wire, &job.printer, about(operation, job)?).await
}

/// A request about a job that is at its printer.
fn about(operation: Operation, job: &Job) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let mut request = request(operation, &job.printer)?;
    let tag = DelimiterTag::OperationAttributes;
    add(&mut request, tag, "job-id", Ok(IppValue::Integer(job.id)))?;
    add(&mut request, tag, "requesting-user-name", IppValue::new_name_without_language("breakglass"))?;
    Ok(Zeroizing::new(request.to_bytes().to_vec()))
}

pub(super) fn request(operation: Operation, printer: &str) -> Result<IppRequestResponse, Trouble> {
    let uri: Uri = printer.parse().map_err(|_| no_address(printer))?;
    IppRequestResponse::new(IppVersion::v1_1(), operation, Some(uri)).map_err(|_| no_address(printer))
}

pub(super) type Value = Result<IppValue, ipp::parser::IppParseError>;

pub(super) fn add(
    request: &mut IppRequestResponse,
    tag: DelimiterTag,
    name: &str,
    value: Value,
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

async fn send(wire: &Wire, printer: &str, body: Zeroizing<Vec<u8>>) -> Result<IppRequestResponse, Trouble> {
    let answer = exchange(wire, printer, body).await?;
    match answer.header().status_code().is_success() {
        true => Ok(answer),
        false => Err(refused(printer, &answer)),
    }
}

/// Whether anybody who speaks IPP is at this address. What it says of itself does not matter here.
pub(super) async fn reach(wire: &Wire, printer: &str) -> Result<(), Trouble> {
    let request = request(Operation::GetPrinterAttributes, printer)?;
    exchange(wire, printer, Zeroizing::new(request.to_bytes().to_vec())).await.map(|_| ())
}

/// Sends a request; the answer may be a refusal.
pub(super) async fn exchange(
    wire: &Wire,
    printer: &str,
    body: Zeroizing<Vec<u8>>,
) -> Result<IppRequestResponse, Trouble> {
    let bytes = wire.send(printer, body).await?;
    answer::parsed(bytes).ok_or_else(|| unreachable(printer, "Its answer is not IPP."))
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

pub(super) fn attribute<'a>(answer: &'a IppRequestResponse, name: &str) -> Option<&'a IppValue> {
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

fn not_canceled(printer: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The job at the printer {printer} may not be canceled."),
        clean(why),
        "Cancel it at the printer itself, and stay there until you know that no page comes out.",
    )
}

fn refused(printer: &str, answer: &IppRequestResponse) -> Trouble {
    if answer.header().status_code() == StatusCode::ClientErrorDocumentFormatNotSupported {
        return Trouble::new(
            format!("The printer {printer} takes no PDF."),
            "It refused the format of the page, and printed nothing.",
            "Print through lp, which turns the page into what the printer understands, or choose another route. \
             Nothing is lost.",
        );
    }
    let said = text(answer, "status-message");
    let status = format!("{:?}", answer.header().status_code());
    Trouble::new(
        format!("The printer {printer} refused."),
        said.map_or(status, |words| clean(&words)),
        "Look at the printer, try again, or choose another route. Nothing is lost.",
    )
}
