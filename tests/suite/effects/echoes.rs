//! Words of others that repeat a secret: neither the screen nor the record has them, whoever said them and however.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use breakglass::app::Program;
use breakglass::domain::mark::Mark;
use breakglass::domain::record::Entry;
use breakglass::domain::secret::Secret;
use breakglass::domain::trouble::Trouble;
use breakglass::effects::perform::{Performer, Surroundings, Task};
use breakglass::effects::print::Wire;
use breakglass::effects::record::{self, Record};
use breakglass::effects::redact::WITHHELD;
use breakglass::effects::vault::Vault;
use breakglass::journeys::effect::RecordEffect;
use breakglass::journeys::session::Writing;
use breakglass::ui::text::{self, Marks};
use zeroize::Zeroizing;

use crate::support::console::WHOLE;
use crate::support::model::model_at;

fn around(folder: &std::path::Path, vault: &Vault) -> Surroundings {
    vault.keep(Secret::new(Zeroizing::new(WHOLE.to_owned())));
    Surroundings {
        tenant: None,
        mark: Mark::Rehearsal,
        vault: vault.clone(),
        wire: Wire::to(None),
        record: Record::open(folder).expect("a record"),
        folder: folder.to_owned(),
        writing: Writing::Allowed,
        exercise: None,
    }
}

/// What a server makes of it.
fn echoes() -> [String; 4] {
    let groups: Vec<&str> = ["AaCb", "DdEe", "FfHh"].into();
    [WHOLE.to_owned(), WHOLE[8..20].to_owned(), groups.join(" "), BASE64_STANDARD.encode(WHOLE)]
}

#[tokio::test]
async fn a_screen_leaves_them_out_and_keeps_the_rest() {
    let (folder, vault) = (tempfile::tempdir().expect("a folder"), Vault::new());
    let (performer, inbox) = Performer::start(around(folder.path(), &vault));
    let mut program = Program::new(model_at(8), vault, performer, inbox);
    for echo in echoes() {
        let why = format!("It says: Invalid value {echo}");
        program.model.desk.trouble = Some(Trouble::new("It was refused.", why, "Try again."));
        let shown = text::screen(&program.screen(), Marks::Ascii);
        assert!(shown.contains(WITHHELD) && !shown.contains(&echo), "{shown}");
        assert!(shown.contains("It was refused.") && shown.contains("Try again."), "{shown}");
    }
}

#[tokio::test]
async fn the_record_leaves_them_out_and_its_chain_is_whole() {
    let (folder, vault) = (tempfile::tempdir().expect("a folder"), Vault::new());
    let (performer, _inbox) = Performer::start(around(folder.path(), &vault));
    for detail in echoes() {
        let entry = Entry::Notified { sent: false, detail, date: None, group: None };
        performer.order(Task::Record(RecordEffect::Remember(entry)));
    }
    performer.settle().await;
    let journal = std::fs::read_to_string(folder.path().join(record::JOURNAL)).expect("a journal");
    assert_eq!(journal.matches(WITHHELD).count(), echoes().len(), "{journal}");
    assert!(echoes().iter().all(|echo| !journal.contains(echo.as_str())), "{journal}");
    assert_eq!(record::verify(folder.path()).expect("a record").broken_at, None);
}
