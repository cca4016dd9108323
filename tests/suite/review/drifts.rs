//! Everything that drifts (`assets/tenants/drifts`, a file each) against a table: found by the check that it belongs to,
//! explained, repaired by what the board offers or by hand, and gone on the second look. Over the wire, each on a copy of
//! its own of one finished setup.

use std::sync::OnceLock;

use breakglass::domain::check::case::Case;
use breakglass::domain::check::cause::Next;
use breakglass::domain::check::finding::Finding;
use breakglass::domain::slot::Slot;
use breakglass::guide;
use breakglass::steps::{StepId, Subject, review};
use jiff::ToSpan as _;
use serde_json::json;

use crate::review::drift_table::{Drift, drifts};
use crate::support::drifting::{BEYOND, Copy, Finished, asked};

/// The names of the files of drifts.
fn files() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/tenants/drifts");
    let files = std::fs::read_dir(folder).expect("the folder of drifts");
    let name = |file: std::io::Result<std::fs::DirEntry>| {
        file.expect("a file").file_name().to_string_lossy().trim_end_matches(".toml").to_owned()
    };
    let mut names: Vec<String> = files.map(name).collect();
    names.sort();
    names
}

#[test]
fn every_drift_stands_in_the_table_and_there_are_thirty_kinds() {
    let mut named: Vec<String> = drifts().into_iter().map(|drift| drift.name).collect();
    named.sort();
    assert_eq!(named, files());
    assert!(named.len() >= 30, "{}", named.len());
}

/// One setup for all.
fn finished() -> &'static Finished {
    static FINISHED: OnceLock<Finished> = OnceLock::new();
    FINISHED.get_or_init(|| Finished::on("fresh"))
}

/// What only people can look at: due a quarter after the setup.
const LOOKED_AT_BY_PEOPLE: [&str; 1] = ["method.per-user-mfa"];
const OLD_PASSWORDS: [&str; 2] = ["account.password-age:first", "account.password-age:second"];

#[tokio::test]
async fn after_a_setup_there_is_no_false_alarm_and_after_a_year_the_passwords_are_old() {
    let copy = finished().served().await;
    let facts = copy.read().await;
    let now = copy.case(&facts);
    for (days, people, old) in
        [(0, &[][..], &[][..]), (92, &LOOKED_AT_BY_PEOPLE, &[]), (367, &LOOKED_AT_BY_PEOPLE, &OLD_PASSWORDS)]
    {
        let today = now.today.checked_add(days.days()).expect("a day");
        let case = Case { today, ..now };
        let findings = review::findings(&case);
        let beyond = findings.iter().filter(|finding| BEYOND.contains(&finding.check.name()));
        let mut open: Vec<String> =
            beyond.filter(|finding| !finding.passed()).map(|finding| finding.subject().to_string()).collect();
        open.sort();
        let mut expected: Vec<&str> = people.iter().chain(old).copied().collect();
        expected.sort_unstable();
        assert_eq!(open, expected, "after {days} days");
        assert_eq!(asked(&case), people, "after {days} days whatever only people can see is asked");
    }
    copy.stop().await;
}

#[tokio::test]
async fn every_drift_is_found_explained_mended_and_gone() {
    let finished = finished();
    let mut wrong = Vec::new();
    for drift in drifts() {
        let mut copy = finished.served_after(drift.days).await;
        let told = match drift.is_found(&copy).await {
            Ok(()) if drift.set_up_again => {
                copy = copy.set_up_again().await;
                drift.is_gone(&copy).await
            }
            Ok(()) => drift.is_mended(&copy).await,
            Err(why) => Err(why),
        };
        wrong.extend(told.err().map(|why| format!("{}: {why}", drift.name)));
        copy.stop().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

impl Drift {
    async fn is_found(&self, copy: &Copy<'_>) -> Result<(), String> {
        self.is_right(&review::findings(&copy.case(&copy.read().await)), "before")?;
        copy.change(&self.name, &json!({})).await?;
        self.is_told(&review::findings(&copy.case(&copy.read().await)))
    }

    async fn is_mended(&self, copy: &Copy<'_>) -> Result<(), String> {
        self.mend(copy).await?;
        self.is_gone(copy).await
    }

    async fn is_gone(&self, copy: &Copy<'_>) -> Result<(), String> {
        self.is_right(&review::findings(&copy.case(&copy.read().await)), "at the second look")
    }

    async fn mend(&self, copy: &Copy<'_>) -> Result<(), String> {
        for change in &self.by_hand {
            copy.change(&change.change, &json!(change.parameters)).await?;
        }
        if let Some(step) = self.written_in.and_then(StepId::new) {
            let facts = copy.read().await;
            let actions = Subject::Step(step).actions(&copy.case(&facts));
            if actions.is_empty() {
                return Err("nothing is offered".to_owned());
            }
            copy.write(actions).await?;
        }
        Ok(())
    }

    fn is_its_own(&self, finding: &Finding) -> bool {
        finding.check.name() == self.check && finding.slot.map(Slot::key) == self.slot.as_deref()
    }

    /// Nothing is wrong about what it concerns: a check that is not spoken of says so, too.
    fn is_right(&self, findings: &[Finding], when: &str) -> Result<(), String> {
        let open = findings.iter().find(|finding| self.is_its_own(finding) && !finding.passed());
        open.map_or(Ok(()), |open| Err(format!("{when}: {open:?}")))
    }

    fn is_told(&self, findings: &[Finding]) -> Result<(), String> {
        let own = findings.iter().filter(|finding| self.is_its_own(finding));
        let open: Vec<&Finding> = own.filter(|finding| !finding.passed()).collect();
        let found = open.iter().find(|finding| finding.detail.contains(&self.says));
        let Some(found) = found else { return Err(format!("not found as {:?}, but {open:?}", self.says)) };
        let explained = found.next == Next::Told || !guide::remedy(found, guide::Place::Review).is_empty();
        if explained { Ok(()) } else { Err(format!("not explained: {found:?}")) }
    }
}
