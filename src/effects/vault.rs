//! The vault: the only place where secrets live, under names that may travel.
//!
//! It makes and keeps secrets, lends them for one use, compares what a person types back, and forgets. Everything
//! else in the program holds a [`SecretId`]. A forgotten secret is wiped as soon as its last borrower lets go.
//! Each stands in [pages of its own](crate::effects::locked); what they are here, [`crate::effects::protect`] tells.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError, Weak},
    time::Duration,
};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use tokio::time::Instant;
use zeroize::Zeroizing;

use crate::domain::record::Half;
use crate::domain::secret::check_character::Scheme;
use crate::domain::secret::typing_back::{self, Judged};
use crate::domain::secret::{GROUP, GROUPS_IN_LINE, Secret, SecretId, SecretKind, lines};
use crate::domain::trouble::Trouble;
use crate::effects::generate;
use crate::effects::locked::secret;
use crate::effects::repeated::Lent;

/// How often [`Vault::forget_all_now`] tries again, and how long it waits between.
const MOMENTS: u32 = 50;
const A_MOMENT: Duration = Duration::from_millis(1);

/// Keeps secrets; a clone is another handle to the same vault.
#[derive(Clone, Default)]
pub struct Vault(Arc<Mutex<Shelves>>);

#[derive(Default)]
struct Shelves {
    secrets: BTreeMap<SecretId, Arc<Secret>>,
    /// When each of those that do not stay for the whole run is forgotten.
    ends: BTreeMap<SecretId, Instant>,
    made: u32,
    lent: Lent,
}

impl Vault {
    /// An empty vault.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a secret and keeps it.
    pub fn make(&self, kind: SecretKind) -> Result<SecretId, Trouble> {
        Ok(self.keep(generate::secret(kind)?))
    }

    /// Makes another secret of the length of `id` in its place: the one before was refused, and nobody has seen it.
    pub fn make_anew(&self, id: SecretId) -> Result<(), Trouble> {
        let length = self.length(id).ok_or_else(forgotten)?;
        let secret = generate::secret(SecretKind::Password { length })?;
        let mut shelves = self.shelves();
        shelves.lent.note(secret.expose());
        shelves.secrets.insert(id, locked(secret.expose()));
        Ok(())
    }

    /// Keeps `secret` under a name that was never used before.
    #[allow(clippy::needless_pass_by_value, reason = "whoever gives a secret away keeps none")]
    pub fn keep(&self, secret: Secret) -> SecretId {
        self.keep_text(secret.expose())
    }

    /// Keeps what a person typed, without the spaces around it; whoever read it wipes it.
    pub fn keep_typed(&self, typed: &str) -> SecretId {
        self.keep_text(typed.trim())
    }

    fn keep_text(&self, text: &str) -> SecretId {
        let mut shelves = self.shelves();
        shelves.made += 1;
        let id = SecretId(shelves.made);
        shelves.lent.note(text);
        shelves.secrets.insert(id, locked(text));
        id
    }

    /// Lends a secret for one use; the borrower drops it right after.
    pub fn lend(&self, id: SecretId) -> Option<Arc<Secret>> {
        self.shelves().secrets.get(&id).cloned()
    }

    /// Forgets a secret; it is wiped when nobody borrows it any more.
    pub fn forget(&self, id: SecretId) {
        let mut shelves = self.shelves();
        shelves.secrets.remove(&id);
        shelves.ends.remove(&id);
    }

    /// Sets when a secret is forgotten at the latest.
    pub fn keep_until(&self, id: SecretId, end: Instant) {
        let mut shelves = self.shelves();
        if shelves.secrets.contains_key(&id) {
            shelves.ends.insert(id, end);
        }
    }

    /// How long a secret is kept still; `None` when it is not here, or has no end.
    pub fn time_left(&self, id: SecretId) -> Option<Duration> {
        let end = self.shelves().ends.get(&id).copied();
        end.map(|end| end.saturating_duration_since(Instant::now()))
    }

    /// Forgets what has come to its end by `now`, and tells whether there was anything.
    pub fn forget_ended(&self, now: Instant) -> bool {
        let shelves = self.shelves();
        let ended: Vec<SecretId> =
            shelves.ends.iter().filter(|(_, end)| **end <= now).map(|(id, _)| *id).collect();
        drop(shelves);
        for id in &ended {
            self.forget(*id);
        }
        !ended.is_empty()
    }

    /// Takes a secret apart into two halves for two people and forgets the whole. From then on nothing here, or on a
    /// screen, can name more than one half. `None` when the secret is not here, or too short to be halved.
    pub fn split(&self, id: SecretId) -> Option<(SecretId, SecretId)> {
        let whole = self.lend(id)?;
        let first = Half::A.length(whole.len());
        let a = part(whole.expose(), 0, first)?;
        let b = part(whole.expose(), first, Half::B.length(whole.len()))?;
        let end = self.shelves().ends.get(&id).copied();
        self.forget(id);
        let halves = (self.keep(Secret::new(a)), self.keep(Secret::new(b)));
        if let Some(end) = end {
            self.keep_until(halves.0, end);
            self.keep_until(halves.1, end);
        }
        Some(halves)
    }

    /// Whether two secrets are one and the same text; `None` when one of them is not here.
    pub fn same(&self, one: SecretId, other: SecretId) -> Option<bool> {
        let (one, other) = (self.lend(one)?, self.lend(other)?);
        Some(is_same(one.expose(), other.expose()))
    }

    /// Forgets every secret, unless somebody holds the vault for longer than a moment: whoever ends in the middle of the
    /// work must not wait for themselves.
    pub fn forget_all_now(&self) {
        for _ in 0..MOMENTS {
            match self.0.try_lock() {
                Ok(mut shelves) => return shelves.secrets.clear(),
                Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner().secrets.clear(),
                Err(TryLockError::WouldBlock) => std::thread::sleep(A_MOMENT),
            }
        }
    }

    /// This vault, known without keeping it.
    pub fn faint(&self) -> Faint {
        Faint(Arc::downgrade(&self.0))
    }

    /// Does `work` while the vault is held.
    #[cfg(test)]
    pub(super) fn holding(&self, work: impl FnOnce()) {
        let _held = self.shelves();
        work();
    }

    /// How many secrets are kept.
    pub fn count(&self) -> usize {
        self.shelves().secrets.len()
    }

    /// How many characters a secret has.
    pub fn length(&self, id: SecretId) -> Option<usize> {
        self.lend(id).map(|secret| secret.len())
    }

    /// How `typed` stands to line `line` (counted from zero) of the secret, as printed on a slip, so that a person can be told
    /// what went wrong.
    ///
    /// Spaces and dashes do not count, capitals do. The check character may follow and then must fit. A line that does
    /// not exist is never right.
    pub fn judge_line(&self, id: SecretId, line: usize, typed: &str) -> Judged {
        let Some(secret) = self.lend(id) else { return Judged::Wrong };
        let expected = typing_back::line_length(secret.len(), line);
        let squeezed = squeeze(typed);
        let Some((letters, check)) = typing_back::apart(&squeezed, expected).filter(|_| expected > 0) else {
            return Judged::Length(expected);
        };
        let scheme = scheme(&secret);
        let is = |line: usize| {
            part(secret.expose(), line * LINE, LINE).is_some_and(|right| is_same(&right, letters))
        };
        match (is(line), check.map(|check| typing_back::fits(scheme, letters, check))) {
            (true, None | Some(true)) => Judged::Right,
            (_, Some(false)) => Judged::CheckFails,
            (false, None) => Judged::Wrong,
            (false, Some(true)) => {
                (0..lines(secret.len())).find(|n| is(*n)).map_or(Judged::OtherSlip, Judged::OtherLine)
            }
        }
    }

    /// The check character of line `line`, for painting beside its last group.
    pub fn line_check(&self, id: SecretId, line: usize) -> Option<char> {
        let secret = self.lend(id)?;
        let letters = part(secret.expose(), line * LINE, LINE)?;
        scheme(&secret).check(letters.chars())
    }

    /// Group `n` of four characters, counted from zero, for painting on a screen.
    pub fn group(&self, id: SecretId, n: usize) -> Option<Zeroizing<String>> {
        self.lend(id).and_then(|secret| part(secret.expose(), n * GROUP, GROUP))
    }

    /// Every secret that is kept, to be looked for in the words of others.
    pub(super) fn all(&self) -> Vec<Arc<Secret>> {
        self.shelves().secrets.values().cloned().collect()
    }

    /// Whether `text` holds a long run of a secret that was kept here.
    pub(super) fn was_lent(&self, text: &[u8]) -> bool {
        self.shelves().lent.is_in(text)
    }

    /// How many secrets there were so far, and whether these words are known to repeat none of them.
    pub(super) fn known_harmless(&self, words: &str) -> (u64, bool) {
        let shelves = self.shelves();
        (shelves.lent.noted(), shelves.lent.is_harmless(words))
    }

    /// These words were found to repeat none of the first `noted` secrets.
    pub(super) fn note_harmless(&self, words: &str, noted: u64) {
        self.shelves().lent.note_harmless(words, noted);
    }

    /// Whether there never was a secret that could be looked for.
    pub(super) fn has_kept_nothing(&self) -> bool {
        let shelves = self.shelves();
        shelves.secrets.is_empty() && shelves.lent.is_empty()
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A vault that is known and not kept: gone when nobody uses it any more.
pub struct Faint(Weak<Mutex<Shelves>>);

impl Faint {
    /// The vault, while somebody uses it.
    pub fn vault(&self) -> Option<Vault> {
        self.0.upgrade().map(Vault)
    }

    /// Whether somebody uses it.
    pub fn is_used(&self) -> bool {
        self.0.strong_count() > 0
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vault({} kept)", self.count())
    }
}

/// How many characters stand on a line of paper.
const LINE: usize = GROUP * GROUPS_IN_LINE;

fn locked(text: &str) -> Arc<Secret> {
    Arc::new(secret(text))
}

/// A PIN has digits only; a password never does, for it needs three classes.
fn scheme(secret: &Secret) -> Scheme {
    match secret.expose().chars().all(|c| c.is_ascii_digit()) {
        true => Scheme::Pin,
        false => Scheme::Password,
    }
}

/// Up to `size` characters from `start`; `None` when there is not even one.
fn part(text: &str, start: usize, size: usize) -> Option<Zeroizing<String>> {
    let mut piece = Zeroizing::new(String::with_capacity(size * 4));
    for c in text.chars().skip(start).take(size) {
        piece.push(c);
    }
    (!piece.is_empty()).then_some(piece)
}

/// Compares in a time that tells nothing about where the two differ.
fn is_same(right: &str, typed: &str) -> bool {
    let (right, typed) = (squeeze(right), squeeze(typed));
    verify_slices_are_equal(right.as_bytes(), typed.as_bytes()).is_ok()
}

/// `text` without spaces and dashes of any kind, in one allocation.
fn squeeze(text: &str) -> Zeroizing<String> {
    let mut kept = Zeroizing::new(String::with_capacity(text.len()));
    for c in text.chars().filter(|c| !c.is_whitespace() && !is_dash(*c)) {
        kept.push(c);
    }
    kept
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The secret of a slip is not here.
pub fn forgotten() -> Trouble {
    Trouble::new("The secret is not in memory any more.", "It was forgotten or given up.", "Make a new slip.")
}
