//! From the vault to paper and back: slips as files, pages without secrets.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::domain::case::Case;
use crate::domain::evidence::{Evidence, Slip};
use crate::domain::facts::Facts;
use crate::domain::plan::Plan;
use crate::domain::secret::SecretId;
use crate::effects::perform::World;
use crate::effects::{clock, files};
use crate::paper;
use crate::trouble::Trouble;

/// The folder of pages without secrets, below the record.
const DOCUMENTS: &str = "paper";

/// Everything a page is made of.
pub struct Printed<'a> {
    /// The slip.
    pub slip: &'a Slip,
    /// The secret on it.
    pub secret: SecretId,
    /// The plan.
    pub plan: &'a Plan,
    /// The facts.
    pub facts: &'a Facts,
}

/// Writes a slip to a new file below the record folder and returns its path.
pub fn print_slip(world: &World, printed: &Printed<'_>, file: &str) -> Result<String, Trouble> {
    let secret = world.vault.lend(printed.secret).ok_or_else(|| {
        Trouble::new(
            "The secret is not in memory any more.",
            "It was forgotten or given up.",
            "Make a new slip.",
        )
    })?;
    let evidence = evidence(world);
    let case = Case { plan: printed.plan, facts: printed.facts, evidence: &evidence, today: clock::today() };
    let text = paper::slip(&case, printed.slip, (mark(world), &secret));
    let path = below(&world.folder, file);
    if let Some(folder) = path.parent() {
        files::make_folder(folder)?;
    }
    files::write_new(&path, text.as_bytes())?;
    Ok(path.display().to_string())
}

/// The lines of the secret in a written slip, as a person would type them.
pub fn read_slip(path: &str) -> Result<Vec<Zeroizing<String>>, Trouble> {
    let text = files::read_back(Path::new(path))?;
    Ok(paper::secret_lines(&text))
}

/// Writes the pages without secrets and returns their paths.
pub fn write_documents(world: &World, (plan, facts): (&Plan, &Facts)) -> Result<Vec<String>, Trouble> {
    let evidence = evidence(world);
    let case = Case { plan, facts, evidence: &evidence, today: clock::today() };
    let folder = world.folder.join(DOCUMENTS);
    files::make_folder(&folder)?;
    paper::pages(&case, mark(world))
        .into_iter()
        .map(|(name, text)| {
            let path = free(&folder, &format!("{name}-{}", case.today));
            files::write_new(&path, text.as_bytes())?;
            Ok(path.display().to_string())
        })
        .collect()
}

/// Writes one page of text to a new file among the pages without secrets and returns its path.
pub fn write_page(world: &World, name: &str, page: &[String]) -> Result<String, Trouble> {
    let folder = world.folder.join(DOCUMENTS);
    files::make_folder(&folder)?;
    let path = free(&folder, &format!("{name}-{}", clock::today()));
    files::write_new(&path, (page.join("\n") + "\n").as_bytes())?;
    Ok(path.display().to_string())
}

fn evidence(world: &World) -> Evidence {
    Evidence::of(world.record.entries().iter().map(|(at, entry)| (*at, entry)))
}

fn mark(world: &World) -> &'static str {
    world.mark.as_str()
}

fn below(folder: &Path, file: &str) -> PathBuf {
    // An absolute folder in the plan stays where it is.
    folder.join(file)
}

/// A path that does not exist yet: the name, or the name with a number.
fn free(folder: &Path, name: &str) -> PathBuf {
    let numbered = (2..).map(|n| folder.join(format!("{name}-{n}.txt")));
    let paths = std::iter::once(folder.join(format!("{name}.txt"))).chain(numbered);
    paths.into_iter().find(|path| !path.exists()).unwrap_or_else(|| folder.join(name))
}
