//! Pages leave the program: to a printer, to `lp`, to a device file, to standard output, to a named file.
//!
//! Every page is made in memory and streamed from there; only the named file ever touches a disk, and only because a
//! person chose it.

mod answer;
mod device;
mod hold;
pub mod ipp;
mod line;
mod pipe;
mod wire;

pub use wire::Wire;
use zeroize::Zeroizing;

use crate::domain::paper::printing::{Destination, Line, Printout};
use crate::domain::plan::{Hold, Language, PaperSize};
use crate::domain::trouble::Trouble;
use crate::effects::print::hold::Waits;
use crate::effects::print::ipp::Binding;
use crate::effects::print::line::Way;
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
    /// How it may travel, where there is a secret on it.
    pub line: Line,
}

impl Page<'_> {
    /// What its job is to be.
    fn order(&self, hold: Hold) -> ipp::Order<'_> {
        ipp::Order { title: &self.title, size: self.size, hold, binding: Binding::Wishes }
    }
}

/// Whether the page would wait where it is to wait; asked before it leaves.
async fn waits(wire: &Wire, printer: &str, order: ipp::Order<'_>) -> Result<Waits, Trouble> {
    match order.hold {
        Hold::UntilReleased => hold::asked(wire, printer, order).await,
        Hold::No => Ok(Waits::Yes { binding: Binding::Wishes }),
    }
}

/// Tries whether a destination that is not a file would take a page; nothing leaves.
pub async fn reach(wire: &Wire, to: &Destination) -> Result<(), Trouble> {
    match to {
        Destination::Printer { address, .. } => ipp::reach(wire, address).await,
        Destination::Spooler { .. } => pipe::can_lp(),
        Destination::Device { path, .. } => device::is_there(path),
        Destination::Stdout => pipe::can_stdout(),
        Destination::File(_) => Ok(()),
    }
}

/// Sends a page to any destination but a file.
pub async fn send(wire: &Wire, page: &Page<'_>, to: &Destination) -> Result<Printout, Trouble> {
    match to {
        Destination::Printer { address, hold } => {
            let pdf = paper::pdf(page.sheet, page.ink, page.size)?;
            let address = &match line::of(wire, address, page).await {
                Way::To(address) => address,
                Way::OnlyInClear(why) => return Ok(Printout::OnlyInClear(why)),
            };
            let order = match waits(wire, address, page.order(*hold)).await? {
                Waits::Yes { binding } => ipp::Order { binding, ..page.order(*hold) },
                Waits::No(why) => return Ok(Printout::CannotWait(why)),
            };
            let (job, state) = ipp::print(wire, address, order, pdf).await?;
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
