//! The plan at the console, where Azure has something already: an action group of others is offered with whom it tells, looked
//! up at once and told as it is; a region that Azure does not have is refused where it is typed.

use breakglass::domain::facts::{ActionGroup, Area, AreaFacts, Monitoring, Original, Reading};
use breakglass::domain::plan::plan_file;
use breakglass::journeys::model::Model;
use breakglass::journeys::{Msg, screen, update};
use serde_json::json;

use crate::support::model::{at_plan, chosen, decides, found, model, reading, refused};
use crate::support::sample::plan;

const NAMED: &str = "rg-monitoring/ag-on-call";

fn group(named: &str, mails: &[&str]) -> ActionGroup {
    let (place, name) = named.split_once('/').expect("both");
    let receivers: Vec<_> = mails.iter().map(|mail| json!({"name": mail, "emailAddress": mail})).collect();
    ActionGroup {
        id: format!(
            "/subscriptions/s/resourceGroups/{place}/providers/Microsoft.Insights/actionGroups/{name}"
        ),
        enabled: true,
        recipients: mails.iter().map(|mail| ((*mail).to_owned(), Some(true))).collect(),
        original: Original::new(
            "v",
            json!({"properties": {"enabled": true, "emailReceivers": receivers,
            "webhookReceivers": [{"name": "siem"}]}}),
        ),
    }
}

fn monitoring() -> Monitoring {
    let own = group("rg-identity-alerts/emergency-access-alerts", &["security-operations@example.com"]);
    Monitoring {
        subscription: Some(("s".to_owned(), "Sample".to_owned())),
        action_groups: vec![own, group(NAMED, &["security-operations@example.com"])],
        regions: ["westeurope", "northeurope"].map(str::to_owned).to_vec(),
        ..Monitoring::default()
    }
}

fn planning() -> Model {
    let mut model = model();
    *model.desk.world.plan_mut() = plan();
    model.desk.world.facts_mut().monitoring = Reading::Read(monitoring());
    at_plan(&mut model);
    model
}

fn line(model: &Model, name: &str) -> String {
    let all = screen(model).choices;
    all.into_iter().find(|choice| choice.label == name).expect("a line").detail
}

fn open(model: &mut Model, name: &str) {
    let line = chosen(model, name);
    update(model, line);
}

#[test]
fn an_action_group_of_others_is_offered_looked_up_and_held_against_the_recipients() {
    let mut model = planning();
    assert!(line(&model, "Action group to adopt").starts_with("(none)"));
    open(&mut model, "Action group to adopt");
    let offered: Vec<(String, String)> =
        screen(&model).choices.into_iter().map(|choice| (choice.label, choice.detail)).collect();
    let (_, about) = offered.iter().find(|(label, _)| label == "Adopt ag-on-call").expect("it is offered");
    assert_eq!(about, "rg-monitoring/ag-on-call: tells 1 mailbox, 1 webhook; used as it is, never changed");
    assert!(!offered.iter().any(|(label, _)| label.contains("Adopt emergency-access-alerts")), "{offered:?}");
    let adopt = chosen(&model, "Adopt ag-on-call");
    let effects = update(&mut model, adopt);
    let read = reading(&effects).expect("it is looked up at once").clone();
    assert_eq!(
        (read.areas.as_slice(), read.query.action_group.as_deref()),
        (&[Area::Monitoring][..], Some(NAMED))
    );
    update(&mut model, Msg::Filed(Ok(Vec::new())));
    let used = Some(group(NAMED, &["security-operations@example.com"]));
    let now = Monitoring { action_group: used, ..monitoring() };
    found(&mut model, &read, vec![AreaFacts::Monitoring(Box::new(Reading::Read(now)))]);
    let told = format!("{:?}", screen(&model).prose);
    assert!(told.contains("found: tells 1 mailbox, 1 webhook; used as it is, never changed"), "{told}");
    at_plan(&mut model);
    let recipients = line(&model, "Alerts are mailed to");
    assert!(
        recipients.contains("ag-on-call does not tell identity-team@example.com, and is never changed"),
        "{recipients}"
    );
    let written = plan_file::write(model.desk.plan());
    assert_eq!(plan_file::read(&written).expect("a plan").alerts.action_group.as_deref(), Some(NAMED));
}

#[test]
fn an_action_group_that_is_typed_is_looked_up_too() {
    let mut model = planning();
    open(&mut model, "Action group to adopt");
    let other = chosen(&model, "Something else");
    update(&mut model, other);
    decides(&mut model, "ag-on-call");
    assert!(
        refused(&model).is_some_and(|why| why.contains("write its resource group, a slash and its name"))
    );
    decides(&mut model, "rg-monitoring/ag-of-call");
    assert_eq!(refused(&model), None);
    at_plan(&mut model);
    let told = line(&model, "Action group to adopt");
    assert_eq!(told, "rg-monitoring/ag-of-call - not there: nothing can be adopted under that name");
}

#[test]
fn a_region_that_azure_does_not_have_is_refused_with_a_near_name() {
    let mut model = planning();
    open(&mut model, "Azure region");
    let other = chosen(&model, "Something else");
    update(&mut model, other);
    decides(&mut model, "northeurop");
    let why = refused(&model).expect("it is none");
    assert_eq!(why, "Azure has no region \"northeurop\" for this subscription; did you mean northeurope?");
    assert_eq!(model.desk.plan().alerts.region, "westeurope", "it was not taken");
    decides(&mut model, "North Europe");
    assert_eq!((refused(&model), model.desk.plan().alerts.region.as_str()), (None, "North Europe"));
    // Where the regions could not be read, what is known without a network counts.
    model.desk.world.facts_mut().monitoring =
        Reading::Read(Monitoring { regions: Vec::new(), ..monitoring() });
    at_plan(&mut model);
    open(&mut model, "Azure region");
    let other = chosen(&model, "Something else");
    update(&mut model, other);
    decides(&mut model, "eastus3");
    assert_eq!((refused(&model), model.desk.plan().alerts.region.as_str()), (None, "eastus3"));
}
