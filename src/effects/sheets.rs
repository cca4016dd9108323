//! Pages without secrets, made from the plan and the record alone: nothing is signed in to and nothing is read from a
//! tenant, so that they can be made when every screen but this one is dark.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::Duration;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::domain::check::case::Case;
use crate::domain::connection::cloud::Cloud;
use crate::domain::connection::portals::Portals;
use crate::domain::facts::{Account, Accounts, Facts, InSlot, Organization, Reading};
use crate::domain::mark::Mark;
use crate::domain::paper::page::{self, Page};
use crate::domain::paper::printing::JobState;
use crate::domain::plan::{Hold, PaperSize, Plan};
use crate::domain::record::{Evidence, Names};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::effects::files;
use crate::effects::print::{Wire, ipp};
use crate::paper::{self, Ink, Sheet};

/// What pages are made of.
pub struct Known {
    /// The plan.
    pub plan: Plan,
    /// What the record remembers.
    pub evidence: Evidence,
    /// Today.
    pub today: Date,
    /// The tenant's mark.
    pub mark: Mark,
    /// The cloud and its addresses, where the command line names them; otherwise those in the record.
    pub named: Option<(Cloud, Portals)>,
    /// What all this comes from.
    pub source: Source,
}

/// What pages are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A record.
    Record,
    /// A plan of which nothing was done yet.
    Plan,
    /// Neither: they show how pages look.
    Sample,
}

impl Known {
    /// What stands on every page.
    fn mark(&self) -> String {
        match (self.source, self.mark) {
            (Source::Record | Source::Plan, mark) => mark.as_str().to_owned(),
            (Source::Sample, Mark::Live | Mark::Manual) => "SAMPLE".to_owned(),
            (Source::Sample, mark @ (Mark::Rehearsal | Mark::Exercise)) => {
                format!("{} SAMPLE", mark.as_str())
            }
        }
    }
}

/// The page called `name`, or every page that has no secret. Slips are masked.
pub fn make(known: &Known, name: Option<&str>) -> Vec<Sheet> {
    let mut facts = remembered(&known.evidence);
    if let Some((cloud, portals)) = &known.named {
        (facts.cloud, facts.portals) = (*cloud, portals.clone());
    }
    let case = Case { plan: &known.plan, facts: &facts, evidence: &known.evidence, today: known.today };
    let mark = known.mark();
    let named = page::all(&case).into_iter().filter(|page| match name {
        Some(name) => page.name() == name,
        None => !matches!(page, Page::Slip(_)),
    });
    named.map(|page| paper::page(&case, &mark, &page)).collect()
}

/// The names of tenant and accounts, as the record last wrote them onto pages.
pub fn remembered(evidence: &Evidence) -> Facts {
    let Some(id) = &evidence.tenant else { return Facts::default() };
    let names = evidence.names.as_ref();
    let organization = Organization {
        id: id.clone(),
        name: names.map_or_else(|| id.clone(), |names| names.tenant.clone()),
        initial_domain: names.map_or_else(String::new, |names| names.domain.clone()),
        initial_is_managed: true,
        domains: Vec::new(),
        federated: Vec::new(),
    };
    let accounts = Accounts { in_slots: names.map(in_slots).unwrap_or_default(), ..Accounts::default() };
    let (cloud, portals) = names.map(|names| (names.cloud, names.portals.clone())).unwrap_or_default();
    let (organization, accounts) = (Reading::Read(organization), Reading::Read(accounts));
    Facts { cloud, portals, organization, accounts, ..Facts::default() }
}

fn in_slots(names: &Names) -> Vec<InSlot> {
    let named = names.accounts.iter().enumerate().filter(|(_, (upn, _))| !upn.is_empty());
    named.map(|(index, (upn, id))| InSlot { slot: Slot::new(index), account: called(upn, id) }).collect()
}

/// An account of which only the names are known; pages ask for nothing else.
fn called(upn: &str, id: &str) -> Account {
    Account::as_set_up(id, upn, "")
}

/// Writes the pages to a new file, PDF or text by its ending, or to standard output for `-`.
pub fn write(sheets: &[Sheet], size: PaperSize, file: &Path) -> Result<(), Trouble> {
    can_be_written(file)?;
    if file.as_os_str() == "-" {
        return match std::io::stdout().is_terminal() {
            true => print(&as_text(sheets)),
            false => print(&as_pdf(sheets, size)?),
        };
    }
    match ending(file).as_deref() {
        Some("pdf") => files::write_new(file, &as_pdf(sheets, size)?),
        _ => files::write_new(file, &as_text(sheets)),
    }
}

fn ending(file: &Path) -> Option<String> {
    file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase)
}

/// Whether the name of a file says what is written into it.
///
/// # Errors
///
/// It does not.
pub fn can_be_written(file: &Path) -> Result<(), Trouble> {
    if file.as_os_str() == "-" || ending(file).is_some_and(|ending| ["pdf", "txt"].contains(&ending.as_str()))
    {
        return Ok(());
    }
    Err(Trouble::new(
        format!("The file {} has no ending that is known here.", file.display()),
        "The ending says what is written.",
        "Name a file that ends in .pdf or .txt, or - for standard output.",
    ))
}

/// How often a job is looked at.
const JOB_PACE: Duration = Duration::from_secs(1);

/// Prints the pages as one job and waits until it is over; what the printer says goes to standard error.
pub async fn print_at(wire: &Wire, printer: &str, sheets: &[Sheet], size: PaperSize) -> Result<(), Trouble> {
    let order =
        ipp::Order { title: "pages without secrets", size, hold: Hold::No, binding: ipp::Binding::Wishes };
    let (job, mut state) = ipp::print(wire, printer, order, Zeroizing::new(as_pdf(sheets, size)?)).await?;
    let mut told = String::new();
    while !state.is_over() && state != JobState::Silent {
        if told != state.words() {
            told = state.words();
            eprintln!("{told}");
        }
        tokio::time::sleep(JOB_PACE).await;
        state = ipp::look(wire, &job).await;
    }
    match state {
        JobState::Done => Ok(()),
        other => Err(Trouble::new(
            "The pages were not printed to their end.",
            other.words(),
            "Look at the printer, or save them with --output.",
        )),
    }
}

/// Shows the pages as text.
pub fn show(sheets: &[Sheet]) -> Result<(), Trouble> {
    print(&as_text(sheets))
}

fn as_text(sheets: &[Sheet]) -> Vec<u8> {
    let pages: Vec<String> = sheets.iter().map(|sheet| paper::text(sheet, Ink::Masked).to_string()).collect();
    pages.join("\u{c}").into_bytes()
}

/// The pages as one PDF.
pub fn as_pdf(sheets: &[Sheet], size: PaperSize) -> Result<Vec<u8>, Trouble> {
    let made = paper::pdf_of_all(sheets, size).transpose()?;
    Ok(made.map(|bytes| bytes.to_vec()).unwrap_or_default())
}

fn print(bytes: &[u8]) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        // Whoever reads them may stop (`| head`): that is no trouble.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Trouble::new(
            "The page could not be written to standard output.",
            files::reason(&error),
            "Look where it leads, or name a file with --output.",
        )),
        Ok(()) | Err(_) => Ok(()),
    }
}
