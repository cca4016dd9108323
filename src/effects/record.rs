//! The record of a tenant: a folder with the plan and a journal that only grows.
//!
//! An entry counts as recorded once it is on the disk. The folder is held by one program at a time. A line torn by a
//! crash is set aside and told; a chain broken in the middle is refused until a person says to go on.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use crate::domain::encoding;
use crate::domain::plan::Plan;
use crate::domain::plan::plan_file;
use crate::domain::record::{Entry, Evidence, Head};
use crate::domain::sha256::sha256;
use crate::domain::trouble::Trouble;
use crate::effects::files::{
    open_own, own_folder, private, read_own, read_there, reason, sync_folder, text_of,
};
use crate::effects::lock::Lock;
use crate::effects::record_chain::{self, Journal, Line};
use crate::effects::record_folder;

pub use crate::effects::record_folder::{JOURNAL, PLAN, may_be_used};

/// What is kept free on the disk behind each line, bytes: whoever wrote an intention can write what became of it, too. A line
/// with the original of a large policy takes half of it.
const ROOM: u64 = 64 * 1024;

/// An open record; the folder is held until it is dropped.
#[derive(Debug)]
pub struct Record {
    folder: PathBuf,
    file: File,
    /// How far it goes; the entries themselves are on the disk alone.
    journal: Journal,
    evidence: Evidence,
    size: u64,
    notes: Vec<String>,
    _lock: Lock,
}

/// What a verification saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many whole lines there are.
    pub lines: usize,
    /// The first line, counted from 1, at which the chain breaks.
    pub broken_at: Option<usize>,
    /// Whether a line torn by a crash follows the whole ones.
    pub torn: bool,
    /// Hash of the last line, to compare with one that was noted before.
    pub last: String,
    /// The hash that each line carries, oldest first.
    pub hashes: Vec<String>,
    /// What a person should know about the folder.
    pub notes: Vec<String>,
}

impl Record {
    /// Opens or makes the record in `folder`; refuses one whose chain is broken.
    pub fn open(folder: &Path) -> Result<Self, Trouble> {
        let record = Self::open_broken(folder)?;
        match record.journal.broken_at {
            Some(line) => Err(broken(folder, line)),
            None => Ok(record),
        }
    }

    /// Opens a record even when its chain is broken, after a person said to go on.
    ///
    /// New lines build on the last one; [`Record::broken_at`] and every verification keep telling where it broke.
    pub fn open_broken(folder: &Path) -> Result<Self, Trouble> {
        may_be_used(folder)?;
        let lost = record_folder::lost_its_journal(folder);
        own_folder(folder)?;
        let lock = Lock::take(folder)?;
        let (mut file, bytes) = open_journal(folder).map_err(|e| unusable(folder, &e))?;
        let mut journal = record_chain::read(&bytes);
        let evidence = journal.evidence();
        (journal.entries, journal.hashes) = (Vec::new(), Vec::new());
        let mut notes: Vec<String> = lost.into_iter().chain(notes_on(folder, &journal)).collect();
        if journal.broken_at.is_none() || journal.whole < bytes.len() {
            let mended = mend(folder, &mut file, &journal, &bytes).map_err(|e| unusable(folder, &e))?;
            notes.extend(mended);
        }
        let size = file.seek(SeekFrom::End(0)).map_err(|e| unusable(folder, &e))?;
        Ok(Self { folder: folder.to_owned(), file, journal, evidence, size, notes, _lock: lock })
    }

    /// Records `entry` as of `at`; when this returns, it is on the disk.
    pub fn append(&mut self, at: Timestamp, entry: &Entry) -> Result<(), Trouble> {
        let line =
            Line { seq: self.journal.lines + 1, at, prev: self.journal.last.clone(), entry: entry.clone() };
        let (text, hash) =
            record_chain::seal(&line).map_err(|e| not_appended(&self.folder, &e.to_string()))?;
        self.write(&format!("{text}\n")).map_err(|e| not_appended(&self.folder, &reason(&e)))?;
        self.journal.lines += 1;
        self.journal.last = hash;
        self.evidence.add(at, entry);
        self.evidence.head = self.journal.head();
        Ok(())
    }

    /// A write that fails half-way is taken back, so that the next line does not follow a torn one.
    fn write(&mut self, text: &str) -> io::Result<()> {
        if !record_folder::is_in_place(&self.file, &self.folder) {
            return Err(io::Error::other("the journal was moved or taken away while the program ran"));
        }
        record_folder::still_open(&self.folder)?;
        if self.file.metadata()?.len() != self.size {
            return Err(io::Error::other("the journal was changed by someone else"));
        }
        record_folder::reserve(&self.file, self.size, text.len() as u64 + ROOM)?;
        let written = self.file.write_all(text.as_bytes()).and_then(|()| self.file.sync_all());
        if written.is_err() {
            let _ = self.file.set_len(self.size);
        } else {
            self.size += text.len() as u64;
        }
        written
    }

    /// What the readable entries add up to.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What the person should know about how the record was found.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// How far it goes; none where it has no line yet.
    pub fn head(&self) -> Option<Head> {
        self.journal.head()
    }

    /// The line, counted from 1, at which the chain breaks.
    pub fn broken_at(&self) -> Option<usize> {
        self.journal.broken_at
    }

    /// The folder of the record.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Saves the plan in place of the old one, whole or not at all (0600); its SHA-256, hexadecimal.
    pub fn save_plan(&mut self, plan: &Plan) -> Result<String, Trouble> {
        let text = plan_file::write(plan);
        replace(&self.folder, PLAN, &text).map_err(|error| {
            Trouble::new(
                format!("The plan was not saved in {}.", self.folder.display()),
                reason(&error),
                "Make room or correct the permissions, and try again. The old plan is still there.",
            )
        })?;
        Ok(sha256(text.as_bytes()))
    }

    /// The saved plan, if there is one.
    pub fn load_plan(&self) -> Result<Option<Plan>, Trouble> {
        plan_in(&self.folder, read_own)
    }
}

/// The saved plan in `folder`, if there is one, whosever it is; takes no lock.
pub fn read_plan(folder: &Path) -> Result<Option<Plan>, Trouble> {
    plan_in(folder, read_there)
}

fn plan_in(folder: &Path, read: fn(&Path) -> io::Result<Vec<u8>>) -> Result<Option<Plan>, Trouble> {
    let path = folder.join(PLAN);
    let refused = |why: String| {
        let what = format!("The plan {} could not be read.", path.display());
        Trouble::new(what, why, "Correct the file or its permissions, or move it away and plan anew.")
    };
    text_of(read(&path), refused)?.map(|text| plan_file::read(&text)).transpose()
}

/// The saved plan in `folder` for the names it has, also one that another version or an unfinished answer has left unfit.
pub fn plan_as_it_stands(folder: &Path) -> Option<Plan> {
    let bytes = read_there(&folder.join(PLAN)).ok()?;
    plan_file::read_unfinished(&encoding::text_of(&bytes).ok()?).ok()
}

/// Looks whether the chain of the record in `folder` holds; changes nothing.
pub fn verify(folder: &Path) -> Result<Verified, Trouble> {
    let (journal, size) = read(folder)?;
    Ok(Verified {
        lines: journal.lines,
        broken_at: journal.broken_at,
        torn: journal.whole < size,
        hashes: journal.hashes,
        last: journal.last,
        notes: record_folder::notes(folder),
    })
}

/// The journal of `folder` and its size in bytes; changes nothing and takes no lock.
pub fn read(folder: &Path) -> Result<(Journal, usize), Trouble> {
    let bytes = read_there(&folder.join(JOURNAL)).map_err(|error| {
        Trouble::new(
            format!("There is no record to read in {}.", folder.display()),
            match error.kind() == io::ErrorKind::NotFound && folder.is_dir() {
                true => "The folder is there, and holds no journal.".to_owned(),
                false => reason(&error),
            },
            "Name the folder that holds journal.jsonl.",
        )
    })?;
    Ok((record_chain::read(&bytes), bytes.len()))
}

fn open_journal(folder: &Path) -> io::Result<(File, Vec<u8>)> {
    let options = private().read(true).append(true).create(true).to_owned();
    let mut file = open_own(&options, &folder.join(JOURNAL))?;
    sync_folder(folder)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok((file, bytes))
}

/// Sets a torn last line aside and ends an unended one; says what was done.
fn mend(folder: &Path, file: &mut File, journal: &Journal, bytes: &[u8]) -> io::Result<Option<String>> {
    if journal.unended {
        file.write_all(b"\n")?;
        file.sync_all()?;
    }
    let torn = bytes.get(journal.whole..).unwrap_or_default();
    if torn.is_empty() {
        return Ok(None);
    }
    let name = set_aside(folder, torn)?;
    file.set_len(journal.whole as u64)?;
    file.sync_all()?;
    Ok(Some(format!(
        "The last line was torn by a crash and is set aside in {name}; what it meant to say is lost."
    )))
}

fn set_aside(folder: &Path, torn: &[u8]) -> io::Result<String> {
    for number in 1.. {
        let name = format!("journal.torn-{number}");
        match private().write(true).create_new(true).open(folder.join(&name)) {
            Ok(mut file) => {
                file.write_all(torn)?;
                file.sync_all()?;
                sync_folder(folder)?;
                return Ok(name);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many torn lines"))
}

/// Puts `text` in the place of the file called `name`, whole or not at all (0600).
pub(super) fn replace(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name)).map_err(|e| e.error)?;
    sync_folder(folder)
}

fn notes_on(folder: &Path, journal: &Journal) -> Vec<String> {
    let broken = journal.broken_at.map(|line| format!("The chain of the record breaks at line {line}."));
    broken.into_iter().chain(record_folder::notes(folder)).collect()
}

fn broken(folder: &Path, line: usize) -> Trouble {
    Trouble::new(
        format!("The record {} is broken at line {line}.", folder.display()),
        "That line, or one before it, was changed or taken out after it was written.",
        "Find out who changed journal.jsonl; then put a copy back, or go on with --accept-broken-record; every verification keeps telling where it broke.",
    )
}

fn unusable(folder: &Path, error: &io::Error) -> Trouble {
    Trouble::new(
        format!("The record {} cannot be used.", folder.display()),
        reason(error),
        "Correct its permissions, or choose another folder with --record.",
    )
}

fn not_appended(folder: &Path, why: &str) -> Trouble {
    Trouble::new(
        format!("Nothing could be written to the record {}.", folder.display()),
        why,
        "Nothing goes on without the record: put it back, make room or correct the permissions, then run it again.",
    )
}
