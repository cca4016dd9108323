//! From the vault to paper and back: slips as files, pages without secrets.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::domain::check::case::Case;
use crate::domain::facts::Facts;
use crate::domain::mark::Mark;
use crate::domain::paper::page::Page;
use crate::domain::paper::printing::{Content, Destination, Line, Printout};
use crate::domain::plan::{PaperSize, Plan};
use crate::domain::record::{Evidence, Names, Slip};
use crate::domain::trouble::Trouble;
use crate::effects::clock::Clock;
use crate::effects::vault::Vault;
use crate::effects::{files, print, record, sheets, vault};
use crate::journeys::effect::Paper;
use crate::journeys::report::review::Report;
use crate::paper::{self, Ink, SlipPage, Written};

/// The folder of pages without secrets, below the record.
const DOCUMENTS: &str = "paper";

/// What pages are made with, and where they go.
#[derive(Clone)]
pub struct Press {
    /// The mark on every page.
    pub mark: Mark,
    /// The folder of the record.
    pub folder: PathBuf,
    /// Secrets in memory.
    pub vault: Vault,
    /// The way to printers.
    pub wire: print::Wire,
    /// What time it is for what stands on pages.
    pub clock: Clock,
}

impl Press {
    /// What stands on pages today.
    pub fn known(&self, paper: Paper, evidence: Evidence) -> Known {
        Known { paper, evidence, today: self.clock.today() }
    }
}

/// Everything a page is made of.
pub struct Printed<'a> {
    /// The slip.
    pub slip: &'a Slip,
    /// What stands on this page of it.
    pub content: Content,
    /// How it may travel.
    pub line: Line,
    /// Plan, facts and record.
    pub known: &'a Known,
}

/// What stands on pages: the plan, what was read, what the record remembers.
pub struct Known {
    /// Plan and facts.
    pub paper: Paper,
    /// What the record remembers.
    pub evidence: Evidence,
    /// The day on which they are made.
    pub today: Date,
}

impl Known {
    /// What a step looks at.
    pub(super) fn case(&self) -> Case<'_> {
        let Paper { plan, facts } = &self.paper;
        Case { plan, facts, evidence: &self.evidence, today: self.today }
    }
}

/// A page that went on its way.
pub struct Sent {
    /// How it left.
    pub printout: Printout,
    /// Of a PDF file: what was written, to be compared with what stands there; in memory only.
    pub digest: Option<Digest>,
}

/// What a file is known by (SHA-256).
pub type Digest = [u8; 32];

/// What `bytes` are known by.
pub fn digest(bytes: &[u8]) -> Digest {
    let mut sum = Digest::default();
    sum.copy_from_slice(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes).as_ref());
    sum
}

/// Sends a slip on its way.
pub async fn print_slip(press: &Press, printed: &Printed<'_>, to: &Destination) -> Result<Sent, Trouble> {
    let secret = match printed.content {
        Content::Whole(secret) | Content::Half { secret, .. } => {
            Some(press.vault.lend(secret).ok_or_else(vault::forgotten)?)
        }
        Content::Blank => None,
    };
    let case = printed.known.case();
    let whole = secret.as_ref().map_or(0, |secret| secret.len());
    let (half, length, written) = match printed.content {
        Content::Whole(_) => (None, whole, Written::Here),
        Content::Half { half, of, .. } => (Some(half), of, Written::Here),
        Content::Blank => (None, 0, Written::ByPen),
    };
    let sheet = paper::slip(
        &case,
        &SlipPage { slip: printed.slip, mark: press.mark.as_str(), length, half, written },
    );
    let ink = secret.as_deref().map_or(Ink::Blank, Ink::Secret);
    let title = title(printed, &sheet.heading.document);
    let page = print::Page { sheet: &sheet, ink, size: case.plan.paper.size, title, line: printed.line };
    match to {
        Destination::File(file) => write(&page, &below(&press.folder, file)),
        _ => Ok(Sent { printout: print::send(&press.wire, &page, to).await?, digest: None }),
    }
}

/// Sends a page without secrets on its way; a file gets a name that is free.
pub async fn print_page(
    press: &Press,
    page: &Page,
    to: &Destination,
    known: &Known,
) -> Result<Printout, Trouble> {
    let case = known.case();
    let sheet = paper::page(&case, press.mark.as_str(), page);
    let title = format!("{} of {}", sheet.name, sheet.heading.document);
    let (ink, size, line) = (Ink::Masked, case.plan.paper.size, Line::default());
    let printed = print::Page { sheet: &sheet, ink, size, title, line };
    match to {
        Destination::File(file) => {
            let path = below(&press.folder, file);
            let part = |part: Option<&std::ffi::OsStr>| {
                part.map_or_else(String::new, |text| text.to_string_lossy().into_owned())
            };
            let (stem, ending) = (part(path.file_stem()), part(path.extension()));
            let free = free(path.parent().unwrap_or(&press.folder), &stem, &ending);
            Ok(write(&printed, &free)?.printout)
        }
        _ => print::send(&press.wire, &printed, to).await,
    }
}

/// What the job is called at a printer, where anybody may read it.
fn title(printed: &Printed<'_>, document: &str) -> String {
    let number = printed.slip.number;
    match printed.content {
        Content::Whole(_) => format!("slip {number} of {document}"),
        Content::Half { half, .. } => format!("slip {number} {} of {document}", half.name()),
        Content::Blank => format!("blank slip {number} of {document}"),
    }
}

/// Writes a page to a new file, PDF or text by its ending; what held a secret on the way is wiped. Where the very same
/// page stands already, because the route was chosen once more, it is left there.
fn write(page: &print::Page<'_>, path: &Path) -> Result<Sent, Trouble> {
    if let Some(folder) = path.parent() {
        files::own_folder(folder)?;
    }
    let printout = Printout::File(path.display().to_string());
    let write = |bytes: &[u8]| match (stands_there(path, bytes), page.ink) {
        (true, _) => Ok(()),
        (false, Ink::Secret(_)) => files::write_secret(path, bytes),
        (false, Ink::Masked | Ink::Blank) => files::write_new(path, bytes),
    };
    if !is_pdf(path) {
        write(paper::text(page.sheet, page.ink).as_bytes())?;
        return Ok(Sent { printout, digest: None });
    }
    let pdf = paper::pdf(page.sheet, page.ink, page.size)?;
    write(&pdf)?;
    Ok(Sent { printout, digest: Some(digest(&pdf)) })
}

fn stands_there(path: &Path, bytes: &[u8]) -> bool {
    files::read_bytes(path).is_ok_and(|there| there.as_slice() == bytes)
}

pub(super) fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "pdf")
}

/// What a written slip holds, as far as this program can read it.
pub enum ReadBack {
    /// The lines of the secret, as a person would type them.
    Lines(Vec<Zeroizing<String>>),
    /// The very bytes that were made, or others.
    Bytes(Same),
}

/// Whether a file holds what was written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Same {
    /// It does.
    Yes,
    /// It does not, or nothing is known about it.
    No,
}

/// Reads a written slip back: text line by line, a PDF byte by byte against what was `made`.
pub fn read_slip(path: &str, made: Option<&Digest>) -> Result<ReadBack, Trouble> {
    let path = Path::new(path);
    if !is_pdf(path) {
        return Ok(ReadBack::Lines(paper::secret_lines(&files::read_back(path)?)));
    }
    let found = digest(&files::read_bytes(path)?);
    Ok(ReadBack::Bytes(if made == Some(&found) { Same::Yes } else { Same::No }))
}

/// Writes the pages without secrets and returns their paths.
pub fn write_documents(press: &Press, known: &Known) -> Result<Vec<String>, Trouble> {
    let case = known.case();
    let folder = press.folder.join(DOCUMENTS);
    files::own_folder(&folder)?;
    let mut written = Vec::new();
    for sheet in paper::pages(&case, press.mark.as_str()) {
        let name = format!("{}-{}", sheet.name, case.today);
        let pdf = paper::pdf(&sheet, Ink::Masked, case.plan.paper.size)?;
        let text = paper::text(&sheet, Ink::Masked);
        for (ending, bytes) in [("pdf", pdf.as_slice()), ("txt", text.as_bytes())] {
            let path = free(&folder, &name, ending);
            files::write_new(&path, bytes)?;
            written.push(path.display().to_string());
        }
    }
    Ok(written)
}

/// A page to be looked at, line by line, its secret masked. Where nothing was read yet, with the names in the record.
pub fn preview(press: &Press, page: &Page, known: &Known) -> Vec<String> {
    let case = known.case();
    let remember = || sheets::remembered(case.evidence).in_cloud_of(case.facts);
    let remembered = case.facts.organization.get().is_none().then(remember);
    let case = Case { facts: remembered.as_ref().unwrap_or(case.facts), ..case };
    paper::preview(&paper::page(&case, press.mark.as_str(), page))
}

/// What the pages call the tenant and its accounts.
pub fn names(plan: &Plan, facts: &Facts) -> Option<Names> {
    let organization = facts.organization.get()?;
    let named = |slot| {
        facts.account(slot).map_or_else(Default::default, |found| (found.upn.clone(), found.id.clone()))
    };
    Some(Names {
        tenant: organization.name.clone(),
        domain: organization.initial_domain.clone(),
        accounts: plan.slots().map(|(slot, _)| named(slot)).collect(),
        portals: facts.portals.clone(),
        cloud: facts.cloud,
    })
}

/// Writes one page of text to a new file among the pages without secrets and returns its path.
pub fn write_page(press: &Press, name: &str, page: &[String]) -> Result<String, Trouble> {
    let folder = press.folder.join(DOCUMENTS);
    files::own_folder(&folder)?;
    let path = free(&folder, &format!("{name}-{}", press.clock.today()), "txt");
    files::write_new(&path, (page.join("\n") + "\n").as_bytes())?;
    Ok(path.display().to_string())
}

/// The folder of reports, below the record.
const REPORTS: &str = "reports";

/// Writes the report of a review to a new PDF file and returns its path. It is made over the last line of the record.
pub fn write_report(press: &Press, report: Report, size: PaperSize) -> Result<String, Trouble> {
    let report = over_the_record(press, report)?;
    let folder = press.folder.join(REPORTS);
    files::own_folder(&folder)?;
    let path = free(&folder, &format!("review-{}-{}", report.review, press.clock.today()), "pdf");
    files::write_new(&path, &sheets::as_pdf(&[paper::review(&report)], size)?)?;
    Ok(path.display().to_string())
}

/// Sends the report of a review to a printer, made over the last line of the record.
pub async fn print_report(
    press: &Press,
    report: Report,
    to: &Destination,
    size: PaperSize,
) -> Result<Printout, Trouble> {
    let report = over_the_record(press, report)?;
    let (sheet, title) = (paper::review(&report), format!("review {}", report.review));
    let page = print::Page { sheet: &sheet, ink: Ink::Masked, size, title, line: Line::default() };
    print::send(&press.wire, &page, to).await
}

fn over_the_record(press: &Press, report: Report) -> Result<Report, Trouble> {
    let head = record::read(&press.folder)?.0.head();
    let lines = head.as_ref().map_or(0, |head| head.lines);
    Ok(Report { head: head.map(|head| head.hash).unwrap_or_default(), lines, ..report })
}

pub(super) fn below(folder: &Path, file: &str) -> PathBuf {
    // An absolute folder in the plan stays where it is.
    folder.join(file)
}

/// A path that does not exist yet: the name, or the name with a number.
fn free(folder: &Path, name: &str, ending: &str) -> PathBuf {
    let numbered = (2..).map(|n| folder.join(format!("{name}-{n}.{ending}")));
    let paths = std::iter::once(folder.join(format!("{name}.{ending}"))).chain(numbered);
    paths.into_iter().find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}
