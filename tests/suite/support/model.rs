//! The state machine as a test begins it: the example plan, and a tenant of which enough was read for any step.

use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::{Accounts, Facts, Group, Groups, Licenses, Organization, Reading};
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::Evidence;
use breakglass::journeys::model::{Model, PlanOrigin, Session, Stage, TenantChoice, Writing};
use jiff::Timestamp;
use serde_json::{Value, json};

pub const GROUP: &str = "group";

pub fn policy(change: &Value) -> Policy {
    let mut raw = json!({"id": "CA1", "displayName": "CA1", "state": "disabled",
        "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": []}}});
    raw.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
    Policy::from_raw(raw).expect("a policy")
}

pub fn model() -> Model {
    let session = Session {
        journey: "setup".to_owned(),
        choice: TenantChoice::Open,
        requests: None,
        mark: Mark::Rehearsal,
        tenant: "test".to_owned(),
        writing: Writing::Allowed,
        plan_origin: PlanOrigin::Given,
        security_info: "http://localhost/".to_owned(),
        portal: String::new(),
        entra: String::new(),
        record: "record".to_owned(),
        time_scale: 1.0,
        today: jiff::civil::date(2026, 11, 23),
        now: Timestamp::UNIX_EPOCH,
    };
    let plan = plan_file::read(plan_file::example()).expect("a plan");
    let mut model = Model::new(session, plan, Evidence::default());
    model.facts = Facts {
        organization: Reading::Read(Organization {
            id: breakglass::rehearsal::TENANT_ID.to_owned(),
            name: "Contoso".to_owned(),
            initial_domain: "contoso.onmicrosoft.com".to_owned(),
            initial_is_managed: true,
            domains: Vec::new(),
            federated: Vec::new(),
        }),
        licenses: Reading::Read(Licenses { p1: true, p2: true }),
        accounts: Reading::Read(Accounts::default()),
        policies: Reading::Read(vec![policy(&json!({}))]),
        group: Reading::Read(Groups {
            found: Some(Group {
                id: GROUP.to_owned(),
                name: "Exclusions".to_owned(),
                description: String::new(),
                role_assignable: true,
                dynamic: false,
                members: Vec::new(),
                owners: Vec::new(),
            }),
            others: Vec::new(),
        }),
        ..Facts::default()
    };
    model.stage = Stage::Overview;
    model
}
