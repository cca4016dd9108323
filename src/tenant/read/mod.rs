//! Reading the tenant, one area at a time. A read never fails: what could not be read says why.
//!
//! Each file below knows the requests of a few areas and turns answers into facts; none decides what is good.

use crate::domain::facts::query::Query;
use crate::domain::facts::{Area, AreaFacts, Facts, Reading};
use crate::domain::trouble::Trouble;

use super::fault::Fault;
use super::session::Session;

mod accounts;
mod around;
mod audits;
mod azure;
mod azure_wire;
mod directory;
mod group;
mod logs;
mod logs_wire;
mod methods;
mod monitoring;
mod policies;
pub(super) mod resources;
mod risk;
mod role_rules;
mod roles;
mod sign_ins;
mod silence;
mod units;
mod what_if;

pub(super) use azure::SUBSCRIPTIONS;
pub(super) use directory::directory_roles;
pub(super) use policies::policy;

/// What a reader has at hand.
pub(super) struct Reader<'a> {
    pub session: &'a Session,
    pub query: &'a Query,
    /// Areas read before.
    pub known: &'a Facts,
}

impl Reader<'_> {
    /// Reads one area.
    pub async fn read(&self, area: Area) -> AreaFacts {
        match area {
            Area::Organization => AreaFacts::Organization(told(area, directory::organization(self).await)),
            Area::Operator => AreaFacts::Operator(told(area, directory::operator(self).await)),
            Area::Licenses => AreaFacts::Licenses(told(area, directory::licenses(self).await)),
            Area::Accounts => AreaFacts::Accounts(told(area, accounts::accounts(self).await)),
            Area::Roles => AreaFacts::Roles(told(area, roles::roles(self).await)),
            Area::Methods => AreaFacts::Methods(told(area, methods::methods(self).await)),
            Area::MethodPolicy => AreaFacts::MethodPolicy(told(area, methods::method_policy(self).await)),
            Area::Registration => AreaFacts::Registration(told(area, what_if::registration(self).await)),
            Area::Group => AreaFacts::Group(told(area, group::groups(self).await)),
            Area::Policies => AreaFacts::Policies(told(area, policies::policies(self).await)),
            Area::WhatIf => AreaFacts::WhatIf(told(area, what_if::what_if(self).await)),
            Area::Defaults => AreaFacts::Defaults(told(area, policies::defaults(self).await)),
            Area::Monitoring => {
                AreaFacts::Monitoring(Box::new(told(area, monitoring::monitoring(self).await)))
            }
            Area::SignIns => AreaFacts::SignIns(told(area, sign_ins::sign_ins(self).await)),
            Area::Around => AreaFacts::Around(Reading::Read(Box::new(around::around(self).await))),
            Area::Audits => AreaFacts::Audits(told(area, audits::audits(self).await)),
        }
    }

    /// Whether the licenses were read and hold no P1: asking would only bring a refusal.
    fn lacks_p1(&self) -> bool {
        self.known.licenses.get().is_some_and(|licenses| !licenses.p1 && !licenses.p2)
    }
}

fn told<T>(area: Area, result: Result<T, Fault>) -> Reading<T> {
    told_of(area.words(), result)
}

/// What was read of something smaller than an area.
fn told_of<T>(what: &str, result: Result<T, Fault>) -> Reading<T> {
    match result {
        Ok(value) => Reading::Read(value),
        Err(fault) => Reading::Unreadable(fault.during(&format!("Could not read {what}."))),
    }
}

/// The trouble of a tenant without Entra ID P1, as a refusal for the license.
fn no_p1() -> Fault {
    Trouble::new(
        "The license is missing.",
        "This needs Entra ID P1, which the tenant does not have.",
        "Go on without it; the step says what is lost.",
    )
    .into()
}

/// Text for a path segment or a query value: everything but letters, digits and `-._` is escaped.
pub(super) fn escaped(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

/// A text value in an OData filter, ready for an address: quotes are doubled.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", escaped(&text.replace('\'', "''")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_signs_cannot_leave_a_filter() {
        assert_eq!(quoted("R&D's #1+"), "'R%26D%27%27s%20%231%2B'");
        assert_eq!(escaped("a#EXT#@b.c"), "a%23EXT%23%40b.c");
    }
}
