//! One screen of every kind, with sample data that is plainly sample data.

use breakglass::domain::check::finding::Verdict;
use breakglass::domain::mark::Mark;
use breakglass::domain::record::{Slip, SlipKind, SlipState};
use breakglass::domain::secret::{Part, Secret, SecretId, SecretRef};
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::effects::vault::Vault;
use breakglass::journeys::reply::Reply;
use breakglass::journeys::screen::{
    Banner, Block, ConsentLine, Course, Here, RailItem, Row, Source, Stage, StepState, Work,
};
use breakglass::journeys::tasks::{
    board, by_hand, consent as consenting, register_key, sign_in, slip, writing,
};
use breakglass::journeys::{Choice, Msg, Question, Screen, home as at_home, setup};
use zeroize::Zeroizing;

/// The secret that the sample screens show.
pub const SAMPLE: &str = "SAMPkQ7nTwR4xHd9mKp3vYc2bNf7gJ4r";

/// A vault with the sample secret in it, and its name.
pub fn vault() -> (Vault, SecretId) {
    let vault = Vault::new();
    let id = vault.keep(Secret::new(Zeroizing::new(SAMPLE.to_owned())));
    (vault, id)
}

fn reference(id: SecretId) -> SecretRef {
    SecretRef { id, part: Part::Whole, length: SAMPLE.len() }
}

fn rail() -> Vec<RailItem> {
    let names = [
        "First account",
        "Global Administrator",
        "Second factor",
        "Second account",
        "Conditional Access",
        "Security defaults",
        "Alerts",
        "Credentials on paper",
        "Sign-in test",
    ];
    let state = |number| match number {
        1 | 2 | 4 => StepState::Done,
        3 => StepState::Open(1),
        5 => StepState::Open(12),
        _ => StepState::Untouched,
    };
    let item = |(number, name): (u8, &&str)| RailItem {
        number,
        name: (*name).to_owned(),
        state: state(number),
        here: if number == 5 { Here::Yes } else { Here::No },
    };
    (1..).zip(names.iter()).map(item).collect()
}

/// A screen within the nine steps.
pub fn blank(title: &str) -> Screen {
    Screen {
        banner: Banner {
            mark: Mark::Rehearsal,
            tenant: "fabrikamrehearsal.onmicrosoft.com".to_owned(),
            dry_run: None,
        },
        title: title.to_owned(),
        rail: rail(),
        minutes: Some((31, 60)),
        help: vec!["Help for this screen, in one paragraph.".to_owned()],
        ..Screen::default()
    }
}

fn at_board(msg: board::Msg) -> Msg {
    Msg::Setup(setup::Msg::Board(msg))
}

fn text(words: &str) -> Block {
    Block::Text(words.to_owned())
}

fn home() -> Screen {
    let mut screen = Screen { rail: Vec::new(), minutes: None, ..blank("Emergency access for your tenant") };
    screen.prose =
        vec![text("Two accounts that still open the tenant when every other administrator is locked out.")];
    screen.choices = vec![
        Choice::safe('s', "Set up the accounts", Msg::Home(at_home::Msg::BeginSetup))
            .explained("nine steps, about an hour"),
        Choice::safe('g', "Read about steps", Msg::Home(at_home::Msg::Back)).leading_back(),
        Choice::safe('q', "Leave", Msg::Quit),
    ];
    screen
}

fn row(label: &str, verdict: Verdict, detail: &str) -> Row {
    Row { label: label.to_owned(), verdict, detail: detail.to_owned() }
}

fn checklist() -> Screen {
    let mut screen = blank("5  Exclude from Conditional Access");
    screen.prose = vec![text(
        "A policy that catches these accounts is the lock-out they exist to survive. They must be excluded from every \
         one that can exclude users.",
    )];
    screen.checklist = vec![
        row(
            "The exclusion group exists",
            Verdict::Pass,
            "\"Conditional Access - Emergency Access Exclusions\"",
        ),
        row("Its members are exactly these accounts", Verdict::Pass, "exactly 2 accounts"),
        row(
            "Every policy excludes them",
            Verdict::Fail,
            "23 of 38; missing in CA001 Require MFA and 14 more",
        ),
        row("What-If finds no policy that applies", Verdict::Unknown, "not asked yet"),
        row("Managed policies exclude them too", Verdict::NeedsPerson, "1 has to be changed in the portal"),
    ];
    screen.remedies = (1..=5).map(|n| format!("What to do about check {n}.")).collect();
    screen.choices = vec![
        Choice::safe('a', "Do it for me", at_board(board::Msg::DoForMe)).explained("shows every write first"),
        Choice::safe('m', "Show me how, in the portal", at_board(board::Msg::ShowHow)),
        Choice::safe('c', "Check again", at_board(board::Msg::CheckAgain)),
        Choice::safe('n', "Go on to step 6, Security defaults", Msg::Setup(setup::Msg::Next)),
        Choice::back("Back to the step before", Msg::Setup(setup::Msg::Back)),
        Choice::safe('q', "Leave; the next run goes on here", Msg::Quit),
    ];
    screen
}

fn form() -> Screen {
    let mut screen = Screen { rail: Vec::new(), minutes: None, ..blank("The plan: Password length") };
    screen.prose =
        vec![text("Recommended: 32 characters. Nobody has to remember it, and a long one costs nothing.")];
    screen.question = Some(Question::Text {
        prompt: "Password length (24 to 64)".to_owned(),
        preset: "32".to_owned(),
        problem: Some("Write a number from 24 to 64.".to_owned()),
        answer: Reply::to(|text| Msg::Setup(setup::Msg::Decided(text))),
    });
    screen.choices = vec![Choice::back("Back to the list", Msg::Setup(setup::Msg::Back))];
    screen
}

fn list() -> Screen {
    let mut screen = Screen { rail: Vec::new(), minutes: None, ..blank("The plan") };
    screen.prose = vec![text("Every decision has its recommended answer. Change what does not fit.")];
    screen.choices = (1..=40)
        .map(|n| {
            Choice::listed(format!("Decision {n}"), format!("answer {n}"), Msg::Setup(setup::Msg::Edit(n)))
                .about(vec![format!("Recommended: answer {n}"), format!("The reason for decision {n}.")])
        })
        .collect();
    screen.choices.push(Choice::safe('p', "The plan stands; go on", Msg::Setup(setup::Msg::Accept)));
    screen.choices.push(Choice::back("Back", Msg::Setup(setup::Msg::Back)));
    screen
}

fn consent() -> Screen {
    let mut screen = blank("5  What will be written");
    screen.prose = vec![text("37 of 38 writes, in this order. Nothing else will be written.")];
    let line = |n: usize| ConsentLine {
        sentence: format!(
            "Exclude group \"Emergency Access Exclusions\" from policy \"CA{n:03} Require MFA for sample {n}\""
        ),
        ticked: n != 3,
        call: match n {
            2 => vec![
                "PATCH /v1.0/identity/conditionalAccess/policies/00000000-0000-0000-0000-000000000002"
                    .to_owned(),
            ],
            _ => Vec::new(),
        },
        request: vec![
            format!(
                "PATCH /v1.0/identity/conditionalAccess/policies/00000000-0000-0000-0000-0000000000{n:02}"
            ),
            "{".to_owned(),
            "  \"conditions\": {}".to_owned(),
            "}".to_owned(),
        ],
        toggle: Msg::Consent(consenting::Msg::Toggle(n)),
        show: Msg::Consent(consenting::Msg::ShowCall(n)),
    };
    screen.question = Some(Question::Consent((1..=38).map(line).collect()));
    screen.choices = vec![
        Choice::writes('w', "Write 37 of 38", Msg::Consent(consenting::Msg::Write)),
        Choice::back("Back, write nothing", Msg::Consent(consenting::Msg::Back)),
    ];
    screen
}

fn work() -> Screen {
    let mut screen = blank("5  Exclude from Conditional Access");
    screen.work = Some(Work {
        doing: "Exclude group \"Emergency Access Exclusions\" from policy \"CA014 Require compliant device for admins\""
            .to_owned(),
        done: 23,
        total: 38,
        seconds_left: Some(17),
    });
    screen.course = Some(Course {
        done: (1..=23)
            .map(|n| Stage {
                at: format!("14:03:{n:02}"),
                words: format!("Exclude the group from policy {n}"),
            })
            .collect(),
        next: (25..=38).map(|n| format!("Exclude the group from policy {n}")).collect(),
    });
    screen.choices = vec![
        Choice::safe('s', "Stop after this write", Msg::Writing(writing::Msg::AskToStop)).leading_back(),
    ];
    screen
}

fn waiting(id: SecretId) -> Screen {
    let mut screen = blank("Register key \"EA1 key 1\" for the First account");
    screen.prose = vec![
        Block::Steps(vec![
            "Open a private browser window at https://mysignins.example/security-info".to_owned(),
            "Sign in as sample@fabrikamrehearsal.onmicrosoft.com with this Temporary Access Pass:".to_owned(),
        ]),
        Block::Secret(SecretRef { length: 8, ..reference(id) }),
        Block::List(vec!["Choose Add sign-in method > Security key.".to_owned()]),
    ];
    screen.work = Some(Work {
        doing: "waiting for the key to appear".to_owned(),
        done: 0,
        total: 0,
        seconds_left: None,
    });
    screen.choices = vec![
        Choice::safe('o', "Open the page", Msg::RegisterKey(register_key::Msg::Open)),
        Choice::writes('b', "Stop waiting; the pass is deleted", Msg::RegisterKey(register_key::Msg::Back))
            .leading_back(),
    ];
    screen
}

fn device_code() -> Screen {
    let mut screen = Screen { rail: Vec::new(), minutes: None, ..blank("Sign in") };
    screen.prose = vec![
        text("On any device, open this page and enter the code:"),
        Block::Pairs(vec![
            ("Page".to_owned(), "https://login.example/device".to_owned()),
            ("Code".to_owned(), "SAMPLE123".to_owned()),
        ]),
        Block::Qr("https://login.example/device".to_owned()),
    ];
    screen.work =
        Some(Work { doing: "waiting for the sign-in".to_owned(), done: 0, total: 0, seconds_left: None });
    screen.choices = vec![Choice::back("Back", Msg::SignIn(sign_in::Msg::Back))];
    screen
}

fn pasted() -> Screen {
    let mut screen = Screen { rail: Vec::new(), minutes: None, ..blank("Sign in on another computer") };
    screen.prose = vec![text("Copy the whole address of the last page and paste it here. It is not shown.")];
    screen.question = Some(Question::Secret {
        prompt: "Address of the last page".to_owned(),
        source: Source::Screen,
        entered: Reply::to(|id| Msg::SignIn(sign_in::Msg::Entered(id))),
    });
    screen.choices = vec![Choice::back("Back", Msg::SignIn(sign_in::Msg::Back))];
    screen
}

fn lost() -> Choice {
    Choice::back("Stop; this secret counts as lost", Msg::Slip(slip::Msg::Back))
}

fn copying(id: SecretId) -> Screen {
    let mut screen = blank("Slip 1: the password of the First account");
    screen.prose = vec![text("Make sure nobody looks over your shoulder and nothing records this screen.")];
    let made = Slip {
        number: 1,
        slot: Slot::new(0),
        kind: SlipKind::Password,
        state: SlipState::Made,
        date: jiff::civil::date(2026, 1, 2),
        replaces: None,
        route: "by hand".to_owned(),
        changed: None,
        checked: None,
        file: None,
        safe: String::new(),
        halves: Vec::new(),
    };
    screen.question = Some(Question::CopyByHand { slip: made, secret: reference(id) });
    screen.choices =
        vec![Choice::safe('n', "It is on paper; type it back", Msg::Slip(slip::Msg::Continue)), lost()];
    screen
}

fn type_back(id: SecretId) -> Screen {
    let mut screen = blank("Slip 1: the password of the First account");
    screen.prose = vec![text("Type line 2 of 2 from the paper. Spaces do not matter, capitals do.")];
    screen.question = Some(Question::SecretLine {
        secret: id,
        kind: SlipKind::Password,
        line: 1,
        lines: 2,
        problem: Some("This line is not what was made. Look closely at the paper.".to_owned()),
        checked: Reply::to(|checked| Msg::Slip(slip::Msg::Checked(checked))),
    });
    screen.choices = vec![lost()];
    screen
}

fn portal() -> Screen {
    let mut screen = blank("1  Create the first account, by hand");
    screen.prose = vec![
        Block::Steps(
            (1..=12)
                .map(|n| format!("Sample instruction {n}: open the page, choose the item, and save"))
                .collect(),
        ),
        Block::Heading("What the portal cannot do".to_owned()),
        Block::List(vec!["The portal makes every new password a temporary one.".to_owned()]),
    ];
    screen.choices = vec![
        Choice::safe('c', "I did it; check again", Msg::ByHand(by_hand::Msg::CheckAgain)),
        Choice::back("Back", Msg::ByHand(by_hand::Msg::Back)),
    ];
    screen
}

fn end() -> Screen {
    let mut screen = blank("The setup is complete");
    let point = |n: usize| row(&format!("{n}. Point {n} of the checklist"), Verdict::Pass, "as it should be");
    screen.prose = vec![
        Block::Checklist((1..=11).map(point).collect()),
        Block::Heading("Next dates, owned by IT Security".to_owned()),
        Block::Pairs(vec![("2026-02-01  Test the sign-in".to_owned(), "every month".to_owned())]),
        Block::Heading("Record".to_owned()),
        Block::Verbatim(vec!["/sample/record".to_owned()]),
    ];
    screen.choices = vec![Choice::safe('q', "Leave", Msg::Leave)];
    screen
}

fn trouble() -> Screen {
    let mut screen = blank("2  Make it a permanent Global Administrator");
    screen.trouble = Some(
        Trouble::new(
            "The role could not be assigned.",
            "Missing: role Privileged Role Administrator. The service says: Insufficient privileges to complete the operation.",
            "Ask a Global Administrator to assign it, sign in again, and check again.",
        )
        .with_request("00000000-0000-0000-0000-00000000beef"),
    );
    screen.choices = vec![
        Choice::safe('c', "Check again", at_board(board::Msg::CheckAgain)),
        Choice::safe('q', "Leave", Msg::Quit),
    ];
    screen
}

fn live() -> Screen {
    let mut screen = consent();
    screen.banner.mark = Mark::Live;
    screen.banner.tenant =
        "a-very-long-sample-name-日本語のテナント-that-never-ends.onmicrosoft.com".to_owned();
    screen
}

/// One screen of every kind, by name.
pub fn screens(id: SecretId) -> Vec<(&'static str, Screen)> {
    vec![
        ("home", home()),
        ("checklist", checklist()),
        ("form", form()),
        ("list", list()),
        ("consent", consent()),
        ("work", work()),
        ("waiting", waiting(id)),
        ("device code", device_code()),
        ("pasted", pasted()),
        ("copying", copying(id)),
        ("type back", type_back(id)),
        ("portal", portal()),
        ("end", end()),
        ("trouble", trouble()),
        ("live", live()),
    ]
}
