//! The two alert rules: whether each would be heard. A rule counts only when its alert reaches people; what may keep it from
//! them and could not be looked at leaves it unknown.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::facts::monitoring::{AlertOf, AlertRule, Silence, Told};
use crate::domain::facts::{Hidden, Monitoring};
use crate::domain::write::action::{Rule, RuleKind};
use crate::domain::write::call;
use crate::steps::shared::azure::{Work, absent};
use crate::steps::shared::look::{Look, Seen, fail, pass, read, same, unknown};

/// Whether the rule of this kind would be heard.
pub(in crate::steps) fn heard(case: &Case<'_>, monitoring: &Monitoring, kind: RuleKind) -> Look<Seen> {
    if case.facts.account_ids().is_empty() {
        return Err(unknown("there is no account yet").because(Cause::Follows));
    }
    let rule = planned(case, monitoring, kind);
    let Some(found) = own(monitoring, &rule) else {
        return match monitoring.hidden.contains(&Hidden::Rules) {
            true => Err(unknown("not checked: the alert rules may not be read").because(Cause::Hidden)),
            false => none(case, monitoring, &rule),
        };
    };
    if !same(found.kind(), "LogAlert") {
        return Err(
            unknown(format!("a rule of the kind {} was not checked", found.kind())).because(Cause::Hidden)
        );
    }
    let flaws = rule.flaws();
    if !flaws.is_empty() {
        let words: Vec<&str> = flaws.iter().map(|flaw| flaw.words()).collect();
        return absent(case, Work::Rule, &words.join(", "));
    }
    silenced(case, monitoring, found)?;
    told(monitoring, found)?;
    Ok(pass("enabled, severity 0, by object id, tells the action group"))
}

/// There is no rule that is known to do the job; one that may do it is named, and so is one whose name is taken.
fn none(case: &Case<'_>, monitoring: &Monitoring, rule: &Rule) -> Look<Seen> {
    let may_do_it = |one: &&AlertRule| same(one.kind(), "LogAlert") && as_found(rule, one).may_be_asked();
    if let Some(one) = monitoring.rules.iter().find(may_do_it) {
        return Err(unknown(format!(
            "rule \"{}\" may do it: what its query looks for is not understood here; look at the query",
            one.name
        ))
        .told());
    }
    match monitoring.rules.iter().find(|one| is_named_like(one, rule.kind)) {
        Some(one) => {
            let name = one.resource_name();
            absent(
                case,
                Work::Rule,
                &format!("{name} does something else and is left alone; there is no other yet"),
            )
        }
        None => absent(case, Work::Rule, "there is no rule yet"),
    }
}

/// Ours bear one name, with a number behind it where others had taken it.
fn is_named_like(found: &AlertRule, kind: RuleKind) -> bool {
    let name = found.resource_name().to_lowercase();
    let rest = name.strip_prefix(kind.resource_name());
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('-').is_some_and(|number| number.parse::<u32>().is_ok())
    })
}

/// The id of a rule to make: the first that nobody has.
fn free_id(monitoring: &Monitoring, first: &str) -> String {
    let numbered = (2..).map(|number: u32| format!("{first}-{number}"));
    let mut ids = std::iter::once(first.to_owned()).chain(numbered);
    let is_free = |id: &String| !monitoring.rules.iter().any(|rule| same(&rule.id, id));
    ids.find(is_free).unwrap_or_default()
}

fn as_found(rule: &Rule, found: &AlertRule) -> Rule {
    Rule { id: found.id.clone(), original: Some(found.original.clone()), ..rule.clone() }
}

/// The rule as it should be, with what is there now.
pub(in crate::steps) fn planned(case: &Case<'_>, monitoring: &Monitoring, kind: RuleKind) -> Rule {
    let accounts = case.facts.account_ids();
    let group = case.facts.group.get().and_then(|g| g.found.as_ref()).map(|g| g.id.clone());
    let query = match kind {
        RuleKind::SignIn => call::sign_in_query(&accounts),
        RuleKind::Audit => call::audit_query(&accounts, group.as_deref()),
    };
    let watched = match kind {
        RuleKind::SignIn => accounts,
        RuleKind::Audit => accounts.into_iter().chain(group).collect(),
    };
    let subscription = monitoring.subscription.as_ref().map_or("", |(id, _)| id.as_str());
    let workspace = monitoring.workspace.as_ref();
    let new = Rule {
        kind,
        id: free_id(monitoring, &call::rule_id(subscription, &case.plan.alerts.resource_group, kind)),
        region: workspace.map(|w| w.region.clone()).unwrap_or_default(),
        workspace: workspace.map(|w| w.id.clone()).unwrap_or_default(),
        action_group: monitoring.action_group.as_ref().map(|g| g.id.clone()).unwrap_or_default(),
        watched,
        query,
        original: None,
    };
    match own(monitoring, &new) {
        Some(found) => as_found(&new, found),
        None => new,
    }
}

/// The rule of this name, unless others' work would be lost by mending it, or another one that already does the whole job.
fn own<'a>(monitoring: &'a Monitoring, rule: &Rule) -> Option<&'a AlertRule> {
    let is_ours = |one: &&AlertRule| {
        let is_understood = same(one.kind(), "LogAlert");
        is_named_like(one, rule.kind) && !(is_understood && as_found(rule, one).is_of_others())
    };
    let named = monitoring.rules.iter().find(is_ours);
    let does_it = |one: &&AlertRule| same(one.kind(), "LogAlert") && as_found(rule, one).flaws().is_empty();
    named.or_else(|| monitoring.rules.iter().find(does_it))
}

/// Whether the rule can be written: it is missing, or has a flaw and is of the kind that is understood.
pub(in crate::steps) fn is_wrong(monitoring: &Monitoring, rule: &Rule) -> bool {
    match own(monitoring, rule) {
        None => !monitoring.hidden.contains(&Hidden::Rules),
        Some(found) => same(found.kind(), "LogAlert") && !rule.flaws().is_empty(),
    }
}

/// No processing rule takes the action groups off its alerts.
fn silenced(case: &Case<'_>, monitoring: &Monitoring, rule: &AlertRule) -> Look<()> {
    let workspace = monitoring.workspace.as_ref().map_or("", |w| w.id.as_str());
    let alert = AlertOf { rule: &rule.id, name: &rule.name, workspace };
    let all = read(&monitoring.silencing).map_err(|why| not_checked(&why))?;
    let worst =
        all.iter().map(|one| (one.silences(alert, case.today), one)).max_by_key(|(silence, _)| *silence);
    match worst {
        Some((Silence::Yes, one)) => Err(fail(format!(
            "processing rule \"{}\" keeps its alerts from people; have it leave them out",
            one.name
        ))
        .because(Cause::Silenced)),
        Some((Silence::Perhaps, one)) => Err(unknown(format!(
            "processing rule \"{}\" may keep its alerts from people; look at it in the portal",
            one.name
        ))
        .because(Cause::Silenced)),
        Some((Silence::No, _)) | None => Ok(()),
    }
}

/// The newest alert of the rule has reached people.
fn told(monitoring: &Monitoring, rule: &AlertRule) -> Look<()> {
    let fired = read(&monitoring.fired).map_err(|why| not_checked(&why))?;
    let newest = fired.iter().find(|one| same(&one.rule, &rule.id));
    let newest =
        newest.ok_or_else(|| unknown("not checked: its alerts were not read").because(Cause::Hidden))?;
    let when = newest.at.map(|at| format!(" of {at:.0}")).unwrap_or_default();
    match &newest.told {
        Told::Yes | Told::NeverFired => Ok(()),
        Told::No(how) => {
            Err(fail(format!("its alert{when} fired, and nobody was told ({how})"))
                .because(Cause::NobodyTold))
        }
        Told::NotSeen => {
            Err(unknown(format!("its alert{when} fired; whether anybody was told does not show"))
                .because(Cause::NobodyTold))
        }
    }
}

fn not_checked(why: &Seen) -> Seen {
    Seen { next: why.next.clone(), ..unknown(format!("not checked: {}", why.detail)) }
}
