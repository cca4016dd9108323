//! Policies that appeared since the last review: told by name, what Microsoft made first, until somebody knows each of them.

use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::Verdict;
use breakglass::domain::check::id::CheckId;
use breakglass::domain::facts::Reading;
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::{Entry, Evidence, Voice};
use breakglass::domain::review::Closed;
use breakglass::steps::review;
use jiff::civil::date;
use serde_json::json;

use super::looks::world;
use crate::support::drifting::asked;

fn policy(name: &str) -> Policy {
    let raw = json!({"id": name, "displayName": name, "state": "enabled",
        "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": ["group"]}}});
    Policy::from_raw(&raw).expect("a policy")
}

#[test]
fn a_policy_that_nobody_has_looked_at_is_told_until_somebody_knows_it() {
    let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    let (mut facts, mut evidence, today) = (world(), Evidence::default(), date(2026, 11, 30));
    let names = ["CA001", "CA002", "Microsoft-managed: Block"];
    facts.policies = Reading::Read(names.map(policy).to_vec());
    let told = |evidence: &Evidence| {
        let case = Case { plan: &plan, facts: &facts, evidence, today };
        let found = review::findings(&case).into_iter().find(|one| one.check == CheckId::PoliciesNew);
        let asked: Vec<String> =
            asked(&case).into_iter().filter(|one| one.starts_with("policies.new")).collect();
        (found.map(|one| (one.verdict, one.detail)), asked)
    };
    assert_eq!(told(&evidence), (None, Vec::new()), "at the first review everything is looked at");

    let closed = Closed {
        review: "2026-Q3".to_owned(),
        date: date(2026, 9, 3),
        facts: String::new(),
        policies: vec!["CA001".to_owned()],
        names: Vec::new(),
        findings: Vec::new(),
    };
    evidence.reviews.last = Some(closed);
    let (found, asked) = told(&evidence);
    let detail = "new since 2026-09-03: Microsoft-managed: Block, CA002".to_owned();
    assert_eq!(found, Some((Verdict::NeedsPerson, detail)));
    assert_eq!(asked, ["policies.new:Microsoft-managed: Block", "policies.new:CA002"]);

    for about in asked {
        let entry = Entry::Attested {
            about: about.into(),
            tenant: "t".to_owned(),
            person: "Sample Person A".to_owned(),
            date: today,
            note: String::new(),
            thing: None,
            voice: Voice::Person,
        };
        evidence.add("2026-11-30T12:00:00Z".parse().expect("a time"), &entry);
    }
    let (found, asked) = told(&evidence);
    assert!(found.is_some_and(|(verdict, _)| verdict == Verdict::Pass) && asked.is_empty());
}
