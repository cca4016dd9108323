//! Handing a step over: a page with everything another team needs, a step that waits, and an end that is looked up.

use breakglass::domain::facts::{Facts, Licenses, Monitoring, Organization, Reading};
use breakglass::domain::mark::Mark;
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::Evidence;
use breakglass::journeys::effect::RecordEffect;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Block;
use breakglass::journeys::session::Session;
use breakglass::journeys::tasks::hand_over;
use breakglass::journeys::{Effect, Msg, screen, setup, update};
use breakglass::rehearsal::TENANT_ID;

use crate::support::files;
use crate::support::model::{answered, at_step, is_at_board};
use crate::support::served::Served;
use crate::support::session::session;

/// The step is on the screen, and its page for another team.
fn handing_over(step: u8) -> Model {
    let session = Session {
        security_info: String::new(),
        portal: "https://portal.azure.com".to_owned(),
        entra: "https://entra.microsoft.com".to_owned(),
        ..session(Mark::Rehearsal)
    };
    let plan = plan_file::read(plan_file::example()).expect("a plan");
    let today = jiff::civil::date(2026, 11, 23);
    let mut model = Model::new(session, plan, Evidence::default(), today);
    *model.desk.world.facts_mut() = Facts {
        organization: Reading::Read(Organization {
            id: TENANT_ID.to_owned(),
            name: "Contoso".to_owned(),
            initial_domain: "contoso.onmicrosoft.com".to_owned(),
            initial_is_managed: true,
            domains: Vec::new(),
            federated: Vec::new(),
        }),
        licenses: Reading::Read(Licenses { p1: true, p2: false }),
        monitoring: Reading::Read(Monitoring::default()),
        ..Facts::default()
    };
    at_step(&mut model, step);
    update(&mut model, Msg::Setup(setup::Msg::HandOver));
    model
}

/// The lines of the page on the screen.
fn page(model: &Model) -> String {
    let blocks = screen(model).prose;
    let lines = blocks.into_iter().find_map(|block| match block {
        Block::Verbatim(lines) => Some(lines),
        _ => None,
    });
    lines.expect("a page").join("\n")
}

#[test]
fn the_page_of_step_7_has_every_request_although_no_subscription_is_seen_here() {
    let page = page(&handing_over(7));
    for text in [
        "Contoso (contoso.onmicrosoft.com",
        "In the portal",
        "PUT /subscriptions/‹subscription id›/",
        "workspaces/law-identity-alerts",
        "diagnosticSettings",
        "actionGroups",
        "scheduledQueryRules",
        "‹id of the Second account›",
        "Nobody has to report back",
    ] {
        assert!(page.contains(text), "{text} is not on:\n{page}");
    }
}

#[test]
fn every_step_can_be_handed_over_and_the_page_is_what_was_shown() {
    for step in 1..=9 {
        let mut model = handing_over(step);
        let say = |model: &mut Model, text: &str| {
            let said = answered(model, text);
            update(model, said);
        };
        let save = Msg::HandOver(hand_over::Msg::Save);
        say(&mut model, "  ");
        assert!(!screen(&model).choices.iter().any(|c| c.msg == save), "saved for nobody");
        say(&mut model, "Azure team");
        let shown = page(&model);
        assert!(shown.contains("For: Azure team"), "{shown}");
        let effects = update(&mut model, save);
        let [Effect::Record(RecordEffect::HandOver { step: told, to, page, .. })] = effects.as_slice() else {
            panic!("{effects:?}")
        };
        assert_eq!((*told, to.as_str()), (step, "Azure team"));
        assert_eq!(page.join("\n"), shown);
        assert!(is_at_board(&model), "{:?}", model.stack);
    }
}

#[test]
fn the_file_is_written_for_its_owner_alone_and_says_for_whom_it_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let served = Served::new("p1", Vec::new());
    let mut command = served.home.breakglass();
    command.arg("--plain").args(served.options()).arg("--plan").arg(served.home.plan());
    let mut person = crate::support::Person::at(command);
    let wishes = [
        "Not now",
        "Save the page",
        "Hand over to another team",
        "Not now",
        "Set up the accounts",
        "Go on to the plan",
        "The plan stands",
    ];
    for _ in 0..12 {
        let shown = person.next_question().expect("it goes on");
        let shown = &shown[shown.rfind("\nbreakglass  ").unwrap_or_default()..];
        if shown.contains("It waits for them until the checks pass") {
            break;
        }
        let wish = wishes.iter().find_map(|wish| crate::support::choice(shown, wish));
        person.type_line(&match shown.lines().last().unwrap_or_default() {
            prompt if prompt.starts_with("For whom") => "Identity team".to_owned(),
            _ => wish.unwrap_or_else(|| panic!("no way on from:\n{shown}")),
        });
    }
    person.leave();
    let pages = files(&served.home.record().join("paper"));
    let (path, bytes) = pages.first().expect("a page");
    assert!(path.to_string_lossy().contains("hand-over-step-1"), "{path:?}");
    assert!(String::from_utf8_lossy(bytes).contains("For: Identity team"));
    let mode = std::fs::metadata(path).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
