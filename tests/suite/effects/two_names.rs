//! One tenant, several names: a record begun under a domain and continued under the id, or the other way.

use std::process::{Command, Stdio};

use breakglass::domain::record::Entry;
use breakglass::effects::{clock, record::Record};
use breakglass::rehearsal::TENANT_ID;

use crate::support::served::{Served, once};
use crate::support::words;

const DOMAIN: &str = "fabrikamrehearsal.onmicrosoft.com";
const ANOTHER: &str = "11111111-2222-4333-8444-555555555555";

/// An unattended setup of the tenant by this name, with the record where `record` says.
fn setup(served: &Served, (name, record): (&str, Option<&str>)) -> Command {
    let options = served.options();
    let cloud = options.iter().skip_while(|word| *word != "--cloud").nth(1).expect("a profile");
    let mut command = served.home.breakglass();
    command.args(["setup", "--unattended", "--tenant", name, "--yes-write-to", name, "--cloud"]).arg(cloud);
    command.arg("--plan").arg(served.home.plan()).stdin(Stdio::null());
    if let Some(record) = record {
        command.arg("--record").arg(served.home.path(record));
    }
    command
}

#[test]
fn a_record_is_continued_under_the_other_name_of_its_tenant() {
    for names in [[DOMAIN, TENANT_ID], [TENANT_ID, DOMAIN], [DOMAIN, "FabrikamRehearsal.onmicrosoft.com"]] {
        let mut served = Served::new("p1", Vec::new());
        for name in names {
            let output = setup(&served, (name, Some("record"))).output().expect("it runs");
            assert_eq!(output.status.code(), Some(0), "{names:?}: {}", words(&output));
        }
        once(&served.stop());
        let writes = served.home.journal().into_iter().filter(|line| line["entry"]["entry"] == "intends");
        let created = writes
            .filter(|line| line["entry"]["key"].as_str().is_some_and(|key| key.starts_with("create-user")));
        assert_eq!(created.count(), 2, "{names:?}");
    }
}

#[test]
fn what_was_begun_under_a_domain_is_refused_for_another_id() {
    let served = Served::new("p1", Vec::new());
    let output = setup(&served, (DOMAIN, Some("record"))).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let output = setup(&served, (ANOTHER, Some("record"))).output().expect("it runs");
    assert_eq!(output.status.code(), Some(3), "{}", words(&output));
    assert!(words(&output).contains("belongs to another tenant"), "{}", words(&output));
}

#[test]
fn a_record_of_a_domain_that_is_not_this_tenant_s_ends_before_anything_is_written() {
    let served = Served::new("p1", Vec::new());
    let mut record = Record::open(&served.home.record()).expect("a record");
    let began = Entry::Began {
        journey: "setup".to_owned(),
        tenant: "woodgrove.example".to_owned(),
        name: "another".to_owned(),
        mark: "REHEARSAL".to_owned(),
        program: "test".to_owned(),
    };
    record.append(clock::now(), &began).expect("a line");
    record.append(clock::now(), &Entry::Planned { digest: "0".to_owned() }).expect("a line");
    drop(record);
    let output = setup(&served, (TENANT_ID, Some("record"))).output().expect("it runs");
    assert_eq!(output.status.code(), Some(3), "{}", words(&output));
    let told: String = words(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    for text in ["belongs to another tenant", "It was begun for woodgrove.example", "--record"] {
        assert!(told.contains(text), "{text} is not told: {told}");
    }
    assert!(served.home.journal().iter().all(|line| line["entry"]["entry"] != "intends"));
}

#[test]
fn in_the_data_folder_both_names_lead_to_one_record() {
    for names in [[DOMAIN, TENANT_ID], [TENANT_ID, DOMAIN]] {
        let served = Served::new("p1", Vec::new());
        served.mark_live();
        for name in names {
            let output = setup(&served, (name, None)).output().expect("it runs");
            assert_eq!(output.status.code(), Some(2), "nobody is named who tests: {}", words(&output));
        }
        let folders = std::fs::read_dir(served.home.path("data").join("breakglass")).expect("the folders");
        let folders: Vec<String> =
            folders.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        assert_eq!(folders, [names[0]], "{folders:?}");
    }
}
