//! Every secret of this process forgotten at once, whatever is being done with it: for an end in the middle of the work.
//!
//! Vaults are known here faintly: a vault that nobody uses any more is gone, secrets and all, as if it were not listed.

use std::sync::{Mutex, PoisonError, TryLockError};

use crate::effects::vault::{Faint, Vault};

/// The vaults of this process.
static VAULTS: Mutex<Vec<Faint>> = Mutex::new(Vec::new());

/// The secrets of this vault are forgotten by [`everything`].
pub fn include(vault: &Vault) {
    let mut vaults = VAULTS.lock().unwrap_or_else(PoisonError::into_inner);
    vaults.retain(Faint::is_used);
    vaults.push(vault.faint());
}

/// Forgets every secret, as far as nobody holds it for longer than a moment; whoever panicked may hold it for good.
pub fn everything() {
    let vaults = match VAULTS.try_lock() {
        Ok(vaults) => vaults,
        Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        Err(TryLockError::WouldBlock) => return,
    };
    vaults.iter().filter_map(Faint::vault).for_each(|vault| vault.forget_all_now());
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;
    use crate::domain::secret::Secret;

    #[test]
    fn everything_is_forgotten_and_a_vault_that_is_held_holds_nothing_up() {
        let (one, held) = (Vault::new(), Vault::new());
        for vault in [&one, &held] {
            include(vault);
            vault.keep(Secret::new(Zeroizing::new("AaCbDdEeFfHhJmKn".to_owned())));
        }
        held.holding(everything);
        assert_eq!((one.count(), held.count()), (0, 1));
        everything();
        assert_eq!(held.count(), 0);
    }
}
