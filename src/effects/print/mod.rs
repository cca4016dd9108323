//! Pages leave the program: to a printer, to `lp`, to a device file, to standard output, to a named file.
//!
//! Every page is made in memory and streamed from there; only the named file ever touches a disk, and only because a
//! person chose it.

mod device;
pub mod ipp;
mod pipe;
mod wire;

pub use wire::Wire;
use zeroize::Zeroizing;

use crate::domain::paper::printing::{Destination, Printout};
use crate::domain::plan::{Hold, Language, PaperSize};
use crate::domain::trouble::Trouble;
use crate::paper::{self, Escapes, Ink, Sheet};

/// A page on its way.
pub struct Page<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// What is put where the secret belongs.
    pub ink: Ink<'a>,
    /// On which paper.
    pub size: PaperSize,
    /// What the job is called; no secret.
    pub title: String,
}

impl Page<'_> {
    /// What its job is to be.
    fn order(&self, hold: Hold) -> ipp::Order<'_> {
        ipp::Order { title: &self.title, size: self.size, hold }
    }
}

/// Sends a page to any destination but a file.
pub async fn send(wire: &Wire, page: &Page<'_>, to: &Destination) -> Result<Printout, Trouble> {
    match to {
        Destination::Printer { address, hold } => {
            let pdf = paper::pdf(page.sheet, page.ink, page.size)?;
            let (job, state) = ipp::print(wire, address, page.order(*hold), pdf).await?;
            Ok(Printout::Job(job, state))
        }
        Destination::Spooler { queue, hold } => {
            let pdf = paper::pdf(page.sheet, page.ink, page.size)?;
            pipe::lp(queue.as_deref(), page.order(*hold), &pdf).await?;
            Ok(Printout::HandedOver)
        }
        Destination::Device { path, language } => {
            let text = paper::text(page.sheet, page.ink);
            let escapes = match language {
                Language::Text => Escapes::None,
                Language::EscP => Escapes::EscP,
            };
            device::write(path, paper::device(&text, escapes)).await?;
            Ok(Printout::HandedOver)
        }
        Destination::Stdout => {
            pipe::stdout(&plain(page))?;
            Ok(Printout::HandedOver)
        }
        Destination::File(_) => Err(Trouble::new(
            "A file is not a printer.",
            "Files are written elsewhere.",
            "Choose another route.",
        )),
    }
}

fn plain(page: &Page<'_>) -> Zeroizing<String> {
    paper::text(page.sheet, page.ink)
}
