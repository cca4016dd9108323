//! `review --tenants`: several tenants, a few at a time, each reviewed by a process of its own, so that one that fails, hangs
//! or crashes takes nothing from the others. What each of them says is kept with its record; the summary says how each went.
//!
//! It begins nothing by itself and remembers nothing: whoever has a scheduler runs it there.

use std::path::Path;

use jiff::Timestamp;
use tokio::task::JoinSet;

use crate::app::tenants;
use crate::cli::{Options, ReviewOptions};
use crate::domain::tenants::{TenantEntry, Tenants};
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;

mod child;
mod summary;

pub use summary::{Summary, TenantSummary};

/// So many tenants are reviewed at once: each asks services of its own, and all share this machine.
const AT_ONCE: usize = 4;

/// Reviews the tenants of a file, and says how each went.
///
/// # Errors
///
/// The file cannot be read, or names no such tenant.
pub async fn many(options: &Options, review: &ReviewOptions, file: &Path) -> Result<Summary, Trouble> {
    let all = wanted(tenants::read(file)?, review.only.as_deref())?;
    let began = Timestamp::now();
    let mut waiting = all.into_iter().enumerate();
    let (mut running, mut told) = (JoinSet::new(), Vec::new());
    loop {
        while running.len() < AT_ONCE {
            let Some((at, entry)) = waiting.next() else { break };
            let words = child::words(options, review, &entry);
            eprintln!("{}: begun", clean(entry.called()));
            running.spawn(async move { (at, child::reviewed(entry, words).await) });
        }
        let Some(ended) = running.join_next().await else { break };
        // A task that is gone has told nothing; the others go on.
        let Ok((at, summary)) = ended else { continue };
        eprintln!("{}: {}", summary.name, summary.words());
        told.push((at, summary));
    }
    told.sort_by_key(|(at, _)| *at);
    Ok(Summary::of(began, told.into_iter().map(|(_, summary)| summary).collect()))
}

/// The tenants that were asked for: all, or one by its name, its id or its place.
fn wanted(all: Tenants, only: Option<&str>) -> Result<Vec<TenantEntry>, Trouble> {
    let Some(only) = only else { return Ok(all.tenants) };
    let place: Option<usize> = only.parse().ok();
    let is_meant = |at: usize, entry: &TenantEntry| {
        place == Some(at) || entry.called().eq_ignore_ascii_case(only) || entry.id.eq_ignore_ascii_case(only)
    };
    let names: Vec<String> = all.tenants.iter().map(|entry| clean(entry.called())).collect();
    let meant = all.tenants.into_iter().enumerate().find(|(at, entry)| is_meant(*at, entry));
    meant.map(|(_, entry)| vec![entry]).ok_or_else(|| {
        Trouble::new(
            format!("The file names no tenant {}.", clean(only)),
            format!("It names {}.", names.join(", ")),
            "Use one of these names, or a place in the file counted from 0.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_found_by_name_id_and_place() {
        let entry = |id: &str, name: &str| TenantEntry {
            id: id.to_owned(),
            name: Some(name.to_owned()),
            ..TenantEntry::default()
        };
        let all = Tenants { tenants: vec![entry("contoso.com", "One"), entry("fabrikam.com", "Two")] };
        for only in ["1", "two", "Fabrikam.com"] {
            let found = wanted(all.clone(), Some(only)).expect(only);
            assert_eq!(found[0].id, "fabrikam.com", "{only}");
        }
        assert_eq!(wanted(all.clone(), None).map(|all| all.len()), Ok(2));
        let told = wanted(all, Some("2")).expect_err("there is no third").to_string();
        assert!(told.contains("It names One, Two."), "{told}");
    }
}
