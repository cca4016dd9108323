//! Screens that hold anything a screen can hold, for properties.

use breakglass::domain::record::SlipKind;
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::reply::Reply;
use breakglass::journeys::screen::{Block, ConsentLine, Row, Work};
use breakglass::journeys::tasks::slip;
use breakglass::journeys::{Choice, Msg, Question, Screen, setup};
use proptest::prelude::*;

use super::album;

fn line() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof!["[a-z]{1,12}", "[A-Z0-9]{30,90}", Just("日本語のとても長い名前".to_owned())],
        1..14,
    )
    .prop_map(|words| words.join(" "))
}

fn block() -> impl Strategy<Value = Block> {
    prop_oneof![
        line().prop_map(Block::Text),
        line().prop_map(Block::Heading),
        proptest::collection::vec(line(), 1..9).prop_map(Block::Steps),
        proptest::collection::vec(line(), 1..9).prop_map(Block::List),
        proptest::collection::vec((line(), line()), 1..5).prop_map(Block::Pairs),
        proptest::collection::vec(line(), 1..9).prop_map(Block::Verbatim),
    ]
}

fn finding() -> impl Strategy<Value = Row> {
    use breakglass::domain::check::finding::Verdict;
    let verdict = prop_oneof![
        Just(Verdict::Pass),
        Just(Verdict::Fail),
        Just(Verdict::Unknown),
        Just(Verdict::NeedsPerson)
    ];
    (line(), verdict, line()).prop_map(|(label, verdict, detail)| Row { label, verdict, detail })
}

fn question() -> impl Strategy<Value = Option<Question>> {
    let (_, id) = album::vault();
    let copying = album::screens(id)
        .into_iter()
        .find_map(|(name, s)| (name == "copying").then_some(s.question).flatten());
    let consent = (line(), any::<bool>(), proptest::collection::vec(line(), 0..3)).prop_map(
        |(sentence, ticked, call)| ConsentLine {
            sentence,
            ticked,
            request: call.clone(),
            call,
            toggle: Msg::Stay,
            show: Msg::Stay,
        },
    );
    prop_oneof![
        Just(None),
        Just(copying),
        ("[a-z ]{1,150}", "[a-z]{0,80}", proptest::option::of("[a-z ]{1,100}")).prop_map(
            |(prompt, preset, problem)| Some(Question::Text {
                prompt: format!("Asks {prompt}"),
                preset,
                problem,
                answer: Reply::to(|_| Msg::Stay)
            })
        ),
        (0..4_usize).prop_map(move |line| Some(Question::SecretLine {
            secret: id,
            kind: SlipKind::Password,
            line,
            lines: 4,
            problem: None,
            checked: Reply::to(|checked| Msg::Slip(slip::Msg::Checked(checked)))
        })),
        proptest::collection::vec(consent, 1..80).prop_map(|lines| Some(Question::Consent(lines))),
    ]
}

prop_compose! {
    /// Any screen.
    pub fn any_screen()(
        title in line(),
        prose in proptest::collection::vec(block(), 0..5),
        checklist in proptest::collection::vec(finding(), 0..14),
        trouble in proptest::option::of((line(), line(), line())),
        work in proptest::option::of((line(), 0..50_usize, 0..50_usize)),
        question in question(),
        listed in 0..30_usize,
        letters in 1..12_usize,
        has_rail in any::<bool>(),
    ) -> Screen {
        let mut screen = album::blank(&title);
        if !has_rail {
            screen.rail.clear();
        }
        screen.prose = prose;
        screen.checklist = checklist;
        screen.trouble = trouble.map(|(what, why, next)| Trouble::new(what, why, next));
        screen.work = work.map(|(doing, done, total)| Work { doing, done: done.min(total), total, seconds_left: Some(9) });
        screen.choices.extend((0..listed).map(|n| Choice::listed(format!("line {n}"), "value", Msg::Setup(setup::Msg::Edit(n)))));
        screen.choices.extend(('a'..).take(letters).map(|c| Choice::safe(c, format!("choice {c}"), Msg::Stay)));
        if matches!(question, Some(Question::CopyByHand { .. })) {
            // A slip that is copied by hand has its screen to itself: no list, nothing under way.
            screen.choices.retain(|choice| choice.key != Choice::LISTED);
            screen.work = None;
        }
        screen.question = question;
        screen
    }
}
