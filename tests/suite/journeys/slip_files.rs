//! Files of slips are followed until they are gone: with name and age where something is open, whatever became of their slip,
//! and a key destroys those that nobody needs.

use breakglass::domain::check::finding::Verdict;
use breakglass::domain::record::{Checked, Entry, Gone, SlipKind, SlipState, Standing};
use breakglass::domain::slot::Slot;
use breakglass::effects::files;
use breakglass::journeys::effect::RecordEffect;
use breakglass::journeys::home::Home;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Weight;
use breakglass::journeys::setup::{At, Setup};
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::destroy::{self, Destroy};
use breakglass::journeys::{Effect, Msg, screen, update};
use breakglass::steps::{STEPS, StepId};
use jiff::Timestamp;
use jiff::civil::date;

use crate::support::model::model_at;
use crate::support::sample::{a_slip, a_word};

const FILE: &str = "slips/slip-3-first-password.pdf";

fn add(model: &mut Model, entry: Entry) {
    update(model, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(entry)));
}

/// A model whose First account has a slip in a file, in this state.
fn with_file(state: SlipState, checked: Option<Checked>) -> Model {
    let mut model = model_at(8);
    let mut slip = a_slip(SlipKind::Password);
    (slip.file, slip.date) = (Some(FILE.to_owned()), date(2026, 11, 20));
    add(&mut model, Entry::Slip(slip.clone()));
    if checked.is_some() {
        (slip.state, slip.checked) = (state, checked);
        add(&mut model, Entry::Slip(slip));
    }
    model
}

fn found(model: &Model, about: &str) -> Option<(Verdict, String)> {
    let findings = STEPS[7].checks(&model.desk.case());
    let found = findings.into_iter().find(|f| f.subject().as_str() == about);
    found.map(|f| (f.verdict, f.detail))
}

fn offers(model: &Model) -> bool {
    STEPS[7].asks(&model.desk.case()).iter().any(|ask| ask.key() == "destroy:first")
}

#[test]
fn a_file_is_open_with_name_and_age_until_it_is_gone_whatever_became_of_its_slip() {
    for (state, checked, words) in [
        (SlipState::Made, None, "slip 3, void, 3 days old"),
        (SlipState::Confirmed, Some(Checked::TypedBack), "slip 3, 3 days old"),
    ] {
        let mut model = with_file(state, checked);
        let (verdict, detail) = found(&model, "paper.destroyed:first").expect("it is open");
        assert_eq!(verdict, Verdict::NeedsPerson);
        assert!(detail.contains(words) && detail.contains(FILE), "{detail}");
        assert!(offers(&model));
        let gone =
            Entry::FileGone { slip: 3, file: FILE.to_owned(), date: date(2026, 11, 23), how: Gone::NotThere };
        add(&mut model, gone);
        assert_eq!(found(&model, "paper.destroyed:first"), None);
        assert!(!offers(&model) && model.desk.evidence().files_left().is_empty());
    }
}

#[test]
fn a_file_that_may_be_the_only_place_of_a_secret_is_printed_first() {
    let mut model = with_file(SlipState::Confirmed, Some(Checked::FileReadBack));
    assert!(!offers(&model), "its slip may not be on paper yet");
    assert_eq!(found(&model, "paper.destroyed:first"), None);
    add(&mut model, a_word("paper.printed:first", date(2026, 11, 23)));
    assert!(offers(&model));
    assert_eq!(found(&model, "paper.printed:first").map(|seen| seen.0), Some(Verdict::Pass));
    let (verdict, detail) = found(&model, "paper.destroyed:first").expect("printed is not gone");
    assert_eq!(verdict, Verdict::NeedsPerson);
    assert!(detail.contains("slip 3, 3 days old") && detail.contains(FILE), "{detail}");
    add(&mut model, a_word("paper.destroyed:first", date(2026, 11, 23)));
    assert!(found(&model, "paper.destroyed:first").is_some(), "a word removes no file");
}

#[test]
fn with_nobody_there_files_are_destroyed_on_a_word_of_the_plan_only() {
    let mut model = with_file(SlipState::Confirmed, Some(Checked::TypedBack));
    let destroy = Destroy { slot: Slot::FIRST };
    assert_eq!(destroy.answer(&model.desk), destroy::Msg::AsPlanned);
    model.stack.push(Layer::Destroy(destroy.clone()));
    let effects = update(&mut model, Msg::Destroy(destroy::Msg::AsPlanned));
    let [Effect::Record(RecordEffect::Remember(said)), Effect::Record(RecordEffect::Destroy(files))] =
        effects.as_slice()
    else {
        panic!("{effects:?}")
    };
    assert!(matches!(said, Entry::Attested { about, .. } if about.as_str() == "paper.destroyed:first"));
    assert_eq!(files[0].file, FILE);
    let mut silent = with_file(SlipState::Confirmed, Some(Checked::TypedBack));
    silent.desk.world.plan_mut().attestations.clear();
    assert_eq!(destroy.answer(&silent.desk), destroy::Msg::Back);
}

#[test]
fn what_may_be_the_only_place_of_a_secret_is_never_called_to_be_destroyed() {
    let mut model = with_file(SlipState::Confirmed, Some(Checked::FileReadBack));
    let mut void = a_slip(SlipKind::Pin { key: 0 });
    (void.number, void.file) = (4, Some("slips/void.pdf".to_owned()));
    add(&mut model, Entry::Slip(void));
    add(&mut model, Entry::Stood { steps: vec![Standing { step: 8, open: 2, waits_until: None }] });
    model.desk.world.evidence_mut().accounts.insert(Slot::FIRST, "id".to_owned());
    model.stack = vec![Layer::Home(Home::First)];
    let words = format!("{:?}", screen(&model).prose);
    assert!(words.contains("1 file to print, 1 file to destroy"), "{words}");
    model.stack.push(Layer::Setup(Setup { at: At::End, ..Setup::at_step(StepId::FIRST_ACCOUNT) }));
    let words = format!("{:?}", screen(&model).prose);
    let (_, lists) = words.split_once("Files to print and destroy (1)").expect("one to print");
    let (to_print, to_destroy) = lists.split_once("Files to destroy (1)").expect("one to destroy");
    assert!(to_print.contains(FILE) && !to_print.contains("slips/void.pdf"), "{words}");
    assert!(to_destroy.contains("slip 4, void") && !to_destroy.contains(FILE), "{words}");
}

#[test]
fn a_stage_says_who_or_what_has_read_the_slip() {
    for (checked, words) in [
        (Checked::TypedBack, "slip 3 was typed back"),
        (Checked::FileReadBack, "slip 3 was read back from its file"),
        (Checked::ReadFromSystem, "slip 3 was read back from its system"),
        (Checked::ChosenAndTypedTwice, "the PIN on slip 3 was chosen and typed twice"),
    ] {
        let model = with_file(SlipState::Confirmed, Some(checked));
        assert_eq!(model.desk.stages.last().map(|stage| stage.words.as_str()), Some(words));
    }
}

#[test]
fn a_key_destroys_them_and_says_what_that_cannot_promise() {
    let mut model = with_file(SlipState::Confirmed, Some(Checked::TypedBack));
    model.stack.push(Layer::Destroy(Destroy { slot: Slot::FIRST }));
    let shown = screen(&model);
    let words = format!("{:?}", shown.prose);
    assert!(words.contains(FILE) && words.contains("no promise"), "{words}");
    let choice = shown.choices.iter().find(|c| c.msg == Msg::Destroy(destroy::Msg::Destroy)).expect("a key");
    assert_eq!(choice.weight, Weight::Irreversible);
    let effects = update(&mut model, Msg::Destroy(destroy::Msg::Destroy));
    let [Effect::Record(RecordEffect::Destroy(files))] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(files[0].file, FILE);
}

#[test]
fn a_file_is_overwritten_before_it_is_removed_and_only_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, other) = (folder.path().join("slip.pdf"), folder.path().join("same"));
    std::fs::write(&file, "the secret").expect("a file");
    std::fs::hard_link(&file, &other).expect("a second name");
    assert_eq!(files::destroy(&file), Ok(Gone::Destroyed));
    assert!(!file.exists());
    assert_eq!(std::fs::read(&other).expect("what was overwritten"), [0; 10]);
    assert_eq!(files::destroy(&file), Ok(Gone::NotThere));
    assert!(files::destroy(folder.path()).is_err(), "a folder is no file of a slip");
    files::destroy(&folder.path().join("gone").join("slip.pdf")).expect_err("its disk may not be plugged in");
}

#[test]
fn new_pages_make_a_word_about_printed_ones_void() {
    let mut model = model_at(8);
    let pages = || Entry::Documented {
        files: vec!["paper/document.pdf".to_owned()],
        date: Some(date(2026, 11, 23)),
        procedure: None,
        names: None,
    };
    let current = |model: &Model| {
        let findings = STEPS[7].checks(&model.desk.case());
        findings.iter().any(|f| f.subject().as_str() == "paper.document" && f.passed())
    };
    add(&mut model, pages());
    add(&mut model, a_word("paper.document", date(2026, 11, 23)));
    assert!(current(&model));
    add(&mut model, pages());
    assert!(!current(&model), "nobody has printed the new ones");
}

#[cfg(unix)]
#[test]
fn what_lies_behind_a_link_is_not_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    let (theirs, link) = (folder.path().join("theirs"), folder.path().join("slip-1.pdf"));
    std::fs::write(&theirs, "somebody else's").expect("a file");
    std::os::unix::fs::symlink(&theirs, &link).expect("a link");
    let trouble = files::destroy(&link).expect_err("it is no file of ours");
    assert!(trouble.what.contains("was not destroyed"), "{trouble}");
    assert_eq!(std::fs::read_to_string(&theirs).expect("it is there"), "somebody else's");
}
