//! What the plain face says of a screen: what is new on it, in words.

use breakglass::domain::check::finding::Verdict;
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::screen::{Block, ConsentLine, Row};
use breakglass::journeys::{Choice, Msg, Question, Screen};
use breakglass::ui::plain::said::{self, Memory, Piece};

fn words(pieces: Vec<Piece>) -> String {
    let words = |piece| match piece {
        Piece::Words(words) => words,
        Piece::Secret(_) => "<secret>".to_owned(),
    };
    pieces.into_iter().map(words).collect()
}

fn row(label: &str, verdict: Verdict) -> Row {
    Row { label: label.to_owned(), verdict, detail: String::new() }
}

/// A board with a paragraph, two findings and its ways.
fn board(title: &str) -> Screen {
    let mut screen = crate::support::album::blank(title);
    screen.prose.push(Block::Text(
        "A policy that catches these accounts is the lock-out that they exist to survive, so they are excluded."
            .to_owned(),
    ));
    screen.checklist = vec![row("The group exists", Verdict::Fail), row("Logs flow", Verdict::NeedsPerson)];
    screen.choices = vec![Choice::safe('a', "Do it for me", Msg::Stay).explained("shows every write first")];
    screen.choices.push(Choice::safe('m', "Show me how", Msg::Stay));
    screen.choices.push(Choice::back("The step before", Msg::Stay));
    screen
}

fn consent(ticked: bool) -> Screen {
    let mut screen = crate::support::album::blank("5 What will be written");
    let line = |number: usize| ConsentLine {
        sentence: format!("Exclude the group from policy \"CA{number}\""),
        ticked: ticked || number != 2,
        call: Vec::new(),
        request: Vec::new(),
        toggle: Msg::Stay,
        show: Msg::Stay,
    };
    screen.question = Some(Question::Consent((1..=3).map(line).collect()));
    screen.choices = vec![Choice::writes('w', "Write all 3", Msg::Stay), Choice::back("Back", Msg::Stay)];
    screen
}

#[test]
fn a_screen_is_said_whole_once_and_then_by_what_changed() {
    let mut memory = Memory::default();
    let first = words(memory.news(&board("5 Exclude")));
    for part in [
        "5 Exclude",
        "lock-out",
        "open  The group exists",
        "waits  Logs flow",
        "a  Do it for me (shows",
        "b  The",
    ] {
        assert!(first.contains(part), "{part} is missing:\n{first}");
    }
    assert!(!first.contains(['✓', '✗', '!']), "marks are words:\n{first}");
    assert_eq!(words(memory.news(&board("5 Exclude"))), "", "nothing is new");
    let again = words(memory.news(&board("6 Another")));
    assert_eq!(again, "\n6 Another\n  The others: 1 open, 1 waits.\n\n   a  Do it for me\n");
    let mut changed = board("6 Another");
    changed.checklist[0].verdict = Verdict::Pass;
    let news = words(memory.news(&changed));
    assert!(news.contains("done  The group exists") && news.contains("The others: 1 waits"), "{news}");
    assert!(!news.contains("Another") && !news.contains("Logs flow"), "{news}");
    let whole = words(said::whole(&changed));
    assert!(whole.contains("lock-out") && whole.contains("Logs flow"), "asked for, all is said:\n{whole}");
}

#[test]
fn of_several_reasons_one_is_said_and_of_all_other_paragraphs_each() {
    let mut screen = board("7 Alerts");
    screen.prose = vec![
        Block::Reason("An alert tells that somebody uses an account that nobody uses.".to_owned()),
        Block::Reason("Whoever reads the log a week later reads of a tenant that was lost.".to_owned()),
        Block::Text(
            "Handed over to the team of Sample Person on Monday; you may go on all the same.".to_owned(),
        ),
        Block::Text("Another team has it.".to_owned()),
    ];
    let said = words(Memory::default().news(&screen));
    assert!(said.contains("An alert tells") && !said.contains("a week later"), "{said}");
    assert!(said.contains("Handed over to") && said.contains("Another team has it"), "{said}");
    assert!(words(said::whole(&screen)).contains("a week later"), "asked for, all is said");
}

#[test]
fn a_trouble_is_said_whole_each_time() {
    let mut memory = Memory::default();
    let mut screen = board("5 Exclude");
    let mut told = 0;
    for (index, title) in ["5 Exclude", "5 Exclude", "6 Another"].into_iter().enumerate() {
        title.clone_into(&mut screen.title);
        screen.trouble =
            (index != 1).then(|| Trouble::new("It failed.", "The network is gone.", "Try again."));
        let news = words(memory.news(&screen));
        told += usize::from(
            ["It failed", "The network is gone", "Try again"].iter().all(|part| news.contains(part)),
        );
    }
    assert_eq!(told, 2);
}

#[test]
fn every_write_is_said_before_it_is_consented_to() {
    let mut memory = Memory::default();
    let first = words(memory.news(&consent(true)));
    for number in 1..=3 {
        assert!(
            first.contains(&format!("{number}  Exclude the group from policy \"CA{number}\"")),
            "{first}"
        );
    }
    let unticked = words(memory.news(&consent(false)));
    assert!(unticked.contains("2  not ticked: Exclude") && !unticked.contains("CA3"), "{unticked}");
    assert!(unticked.contains("w  WRITES: Write all 3"), "what writes is always said: {unticked}");
    memory.news(&board("5 Exclude"));
    let same = words(memory.news(&consent(false)));
    assert!(same.contains("the same as before, 3 in all") && !same.contains("CA1"), "{same}");
}

#[test]
fn the_question_whether_to_leave_is_said_whole_each_time() {
    let mut leave = crate::support::album::blank("Leave?");
    leave.prose.push(Block::Text(
        "Nothing is lost: the next run reads the tenant and the record again and goes on.".to_owned(),
    ));
    leave.choices = vec![Choice::back("Stay", Msg::Stay), Choice::safe('q', "Leave", Msg::Leave)];
    let mut memory = Memory::default();
    memory.news(&board("5 Exclude"));
    let first = words(memory.news(&leave));
    assert_eq!(words(memory.news(&leave)), "", "it stands, and is not repeated");
    memory.news(&board("5 Exclude"));
    let second = words(memory.news(&leave));
    assert_eq!(first, second);
    for part in ["Leave?", "Nothing is lost", "b  Stay", "q  Leave"] {
        assert!(second.contains(part), "{part} is missing:\n{second}");
    }
}

#[test]
fn a_short_sentence_that_comes_back_is_said_again() {
    let mut memory = Memory::default();
    let at = |state: &str| {
        let mut screen = crate::support::album::blank("Slip 1");
        screen.prose.push(Block::Text(state.to_owned()));
        screen
    };
    let said: Vec<String> =
        ["Held.", "Printing.", "Printing.", "Held."].map(|state| words(memory.news(&at(state)))).to_vec();
    assert_eq!(said[1..], ["\nPrinting.\n", "", "\nHeld.\n"].map(str::to_owned));
}

#[test]
fn a_screen_whose_words_were_all_heard_still_says_its_way_on() {
    let mut memory = Memory::default();
    let of_slip = |choices: [Choice; 2]| Screen { choices: choices.into(), ..board("Slip 6, half B") };
    let before = || of_slip([Choice::writes('y', "Go on", Msg::Stay), Choice::back("Stop", Msg::Stay)]);
    let send = || of_slip([Choice::writes('n', "Send it", Msg::Stay), Choice::back("Stop", Msg::Stay)]);
    memory.news(&send());
    memory.news(&before());
    let again = words(memory.news(&send()));
    assert!(again.contains("n  WRITES: Send it"), "a bare prompt for another question: {again}");
    assert_eq!(words(memory.news(&send())), "", "and once only");
}

/// The plan as the program proposes it, with a password length that somebody chose, on the screen.
fn plan_screen() -> Screen {
    let mut model = crate::support::model::model();
    *model.desk.world.plan_mut() = breakglass::journeys::preset_plan();
    model.desk.world.plan_mut().passwords.length = 40;
    crate::support::model::at_plan(&mut model);
    breakglass::journeys::screen(&model)
}

#[test]
fn of_the_plan_is_said_what_somebody_chose_or_must_answer_and_the_rest_on_request() {
    let screen = plan_screen();
    let mut memory = Memory::default();
    let said = [words(memory.news(&screen)), words(said::whole(&screen))];
    for said in &said {
        for part in
            ["Password length: 40", "First: user name: ", "Safe A1: place: (empty)", "Approvers: (empty)"]
        {
            assert!(said.contains(part), "{part}:\n{said}");
        }
        for part in
            ["Paper: A4", "Role is assigned", "adopt existing", "Rarely needed", "Logs go to", "display name"]
        {
            assert!(!said.contains(part), "{part}:\n{said}");
        }
        assert!(
            said.contains("other lines stand as proposed; all says the whole list, show 1 says"),
            "{said}"
        );
    }
    assert_eq!(words(memory.news(&screen)), "", "nothing is new");
    let all = words(said::unfolded(&screen));
    for part in ["Paper: A4", "Role is assigned", "First: adopt existing: (none)", "Password length: 40"] {
        assert!(all.contains(part), "{part}:\n{all}");
    }
    let count = |text: &str| text.split_whitespace().count();
    assert!(count(&said[1]) * 2 < count(&all), "{} of {} words", count(&said[1]), count(&all));
}
