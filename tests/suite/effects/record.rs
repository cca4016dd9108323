//! The record: no edit goes unnoticed, no torn line is believed, and nobody shares it.

use std::path::Path;

use breakglass::{
    domain::{
        record::{Entry, Outcome},
        write::action::ActionKey,
    },
    effects::record::{self, JOURNAL, Record},
};
use jiff::Timestamp;
use tempfile::TempDir;

const LINES: usize = 6;

fn entries() -> Vec<Entry> {
    (1..=LINES / 2)
        .flat_map(|number| {
            let key = ActionKey::from(format!("create-user/{number}"));
            let intends = Entry::Intends {
                key: key.clone(),
                sentence: format!("Create user number {number}"),
                call: "POST /users".to_owned(),
                slot: None,
                original: None,
            };
            let receipt = Entry::Receipt {
                key,
                outcome: Outcome::Done,
                slot: None,
                id: Some(format!("id-{number}")),
                request: None,
                trouble: None,
            };
            [intends, receipt]
        })
        .collect()
}

fn append_all(record: &mut Record) {
    for (second, entry) in (0..).zip(entries()) {
        record.append(Timestamp::from_second(second).expect("a time"), &entry).expect("it is appended");
    }
}

/// A folder with a record of [`LINES`] lines, and the bytes of its journal.
fn kept() -> (TempDir, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    append_all(&mut Record::open(folder.path()).expect("a new record opens"));
    let bytes = std::fs::read(folder.path().join(JOURNAL)).expect("the journal");
    (folder, bytes)
}

fn put(folder: &Path, bytes: &[u8]) {
    std::fs::write(folder.join(JOURNAL), bytes).expect("the journal can be written");
}

#[test]
fn what_was_appended_is_read_again() {
    let (folder, _) = kept();
    drop(Record::open(folder.path()).expect("it opens again"));
    let (journal, _) = record::read(folder.path()).expect("it is readable");
    let read: Vec<Entry> = journal.entries.into_iter().map(|(_, entry)| entry).collect();
    assert_eq!(read, entries());
}

#[test]
fn a_change_of_any_byte_is_noticed() {
    let (folder, bytes) = kept();
    for at in 0..bytes.len() - 1 {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        put(folder.path(), &changed);
        let line = bytes[..at].split(|b| *b == b'\n').count();
        let seen = record::verify(folder.path()).expect("it is readable");
        assert_eq!(seen.broken_at, Some(line), "byte {at}: {seen:?}");
    }
}

#[test]
fn a_line_taken_out_or_moved_is_noticed() {
    let (folder, bytes) = kept();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
    for out in 0..LINES - 1 {
        let mut fewer = lines.clone();
        fewer.remove(out);
        put(folder.path(), &fewer.concat());
        assert_eq!(record::verify(folder.path()).expect("readable").broken_at, Some(out + 1));
        let mut swapped = lines.clone();
        swapped.swap(out, out + 1);
        put(folder.path(), &swapped.concat());
        assert_eq!(record::verify(folder.path()).expect("readable").broken_at, Some(out + 1));
    }
}

#[test]
fn torn_at_any_byte_it_goes_on_and_keeps_what_was_torn() {
    let (_, bytes) = kept();
    let start = 1 + bytes[..bytes.len() - 1].iter().rposition(|b| *b == b'\n').expect("several lines");
    for end in start + 1..bytes.len() {
        let folder = tempfile::tempdir().expect("a folder");
        put(folder.path(), &bytes[..end]);
        let mut record = Record::open(folder.path()).expect("a torn line is no reason to refuse");
        let whole = record::verify(folder.path()).expect("it is readable").lines;
        append_all(&mut record);
        drop(record);
        let seen = record::verify(folder.path()).expect("it is readable");
        assert_eq!((seen.lines, seen.broken_at, seen.torn), (whole + LINES, None, false), "cut at {end}");
        let aside = std::fs::read(folder.path().join("journal.torn-1")).unwrap_or_default();
        let expected: &[u8] = if whole == LINES { &[] } else { &bytes[start..end] };
        assert_eq!(aside, expected, "cut at {end}");
    }
}

#[test]
fn a_broken_one_is_refused_until_a_person_says_to_go_on() {
    let (folder, bytes) = kept();
    let text = String::from_utf8(bytes).expect("text").replacen("number 2", "number 9", 1);
    put(folder.path(), text.as_bytes());
    let refused = Record::open(folder.path()).expect_err("it is broken");
    assert!(refused.what.contains("line 3"), "{refused:?}");
    let mut record = Record::open_broken(folder.path()).expect("it opens when told");
    append_all(&mut record);
    assert_eq!(record.broken_at(), Some(3));
    drop(record);
    let seen = record::verify(folder.path()).expect("it is readable");
    assert_eq!((seen.lines, seen.broken_at), (2 * LINES, Some(3)), "it keeps telling where");
}

#[test]
fn one_holds_it_and_the_next_may_have_it_afterwards() {
    let (folder, _) = kept();
    let held = Record::open(folder.path()).expect("it opens");
    let refused = Record::open(folder.path()).expect_err("somebody holds it");
    assert!(!refused.next.is_empty(), "{refused:?}");
    drop(held);
    Record::open(folder.path()).expect("it is free again");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("record");
    append_all(&mut Record::open(&folder).expect("it makes its folder"));
    let mode = |path: &Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&folder.join(JOURNAL))), (0o700, 0o600));
}

#[cfg(unix)]
#[test]
fn one_that_can_only_be_read_takes_no_line_until_it_may_be_written_again() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, bytes) = kept();
    let mut record = Record::open(folder.path()).expect("it opens");
    let journal = folder.path().join(JOURNAL);
    for (path, closed, open) in [(folder.path(), 0o500, 0o700), (journal.as_path(), 0o400, 0o600)] {
        let set =
            |mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("its mode");
        set(closed);
        let refused = record.append(Timestamp::UNIX_EPOCH, &entries()[0]).expect_err("it can only be read");
        set(open);
        assert!(refused.what.contains("Nothing could be written to the record"), "{refused:?}");
        assert_eq!(std::fs::read(&journal).expect("the journal"), bytes, "{}", path.display());
    }
    record.append(Timestamp::UNIX_EPOCH, &entries()[0]).expect("it may be written again");
}

#[test]
fn a_journal_changed_behind_its_back_takes_no_line() {
    let (folder, bytes) = kept();
    let mut record = Record::open(folder.path()).expect("it opens");
    put(folder.path(), &bytes[..10]);
    let refused = record.append(Timestamp::UNIX_EPOCH, &entries()[0]).expect_err("it was changed");
    assert!(refused.why.contains("changed"), "{refused:?}");
    assert_eq!(std::fs::read(folder.path().join(JOURNAL)).expect("the journal").len(), 10);
}
