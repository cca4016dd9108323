//! Files that somebody else wrote: plans, records, cloud profiles, scenarios, lists of tenants.

use breakglass::domain::exercise::{scenario, script};
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::{Entry, Evidence};
use breakglass::domain::tenants as tenants_file;
use breakglass::effects::record_chain::{self, Line, START};
use breakglass::effects::record_show;
use breakglass::tenant::Profile;
use jiff::Timestamp;

use super::{are_clean, is_told_cleanly};

/// A plan is refused in words, or written and read back unchanged; every rule and every warning can be shown.
pub fn plan(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match plan_file::read(&text) {
        Ok(plan) => {
            are_clean(&plan_file::warnings(&plan));
            assert_eq!(plan_file::read(&plan_file::write(&plan)), Ok(plan));
        }
        Err(trouble) => is_told_cleanly(&trouble),
    }
    if let Ok(unfinished) = plan_file::read_unfinished(&text) {
        are_clean(&plan_file::validate(&unfinished));
    }
}

/// A journal is read as far as it goes. An entry in it is sealed, read back and told in a line.
pub fn record(bytes: &[u8]) {
    let journal = record_chain::read(bytes);
    assert!(journal.whole <= bytes.len());
    if let Ok(entry) = serde_json::from_slice::<Entry>(bytes) {
        let line = Line { seq: 1, at: Timestamp::UNIX_EPOCH, prev: START.to_owned(), entry };
        let (sealed, hash) = record_chain::seal(&line).expect("an entry that was read can be written");
        let read = record_chain::read(format!("{sealed}\n").as_bytes());
        assert_eq!((read.broken_at, &read.last, read.lines), (None, &hash, 1));
        assert_eq!(read.entries, [(line.at, line.entry)]);
        told(&read.entries);
    }
    told(&journal.entries);
}

fn told(entries: &[(Timestamp, Entry)]) {
    let _evidence = Evidence::of(entries.iter().map(|(at, entry)| (*at, entry)));
    let lines = entries.iter().map(|(at, entry)| record_show::line(*at, entry));
    are_clean(&lines.collect::<Vec<_>>());
}

/// A cloud profile is taken or refused in words.
pub fn profile(bytes: &[u8]) {
    if let Err(trouble) = Profile::from_toml(&String::from_utf8_lossy(bytes)) {
        is_told_cleanly(&trouble);
    }
}

/// A scenario, or the script of one, is taken or refused in words; every change is known to it, so that its rules are reached.
pub fn scenario(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let refused = [scenario::read(&text, &|_| None).err(), script::read(&text).err()];
    refused.iter().flatten().for_each(is_told_cleanly);
}

/// A list of tenants is taken or refused line by line.
pub fn tenants(bytes: &[u8]) {
    if let Err(lines) = tenants_file::read(&String::from_utf8_lossy(bytes)) {
        assert!(!lines.is_empty());
        are_clean(&lines);
    }
}
