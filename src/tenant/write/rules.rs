//! The rules of the role's settings in Privileged Identity Management that refuse an assignment, and what each one is
//! answered with (contract 3). The name of a rule stands in the message, as `["MfaRule"]`, and nowhere else.

use crate::domain::connection::sign_in::SignInWay;
use crate::domain::trouble::{Kind, Trouble};
use crate::domain::write::action::{Action, RoleRoute};
use crate::tenant::fault::Fault;

/// What a sign-in is asked for when the rule demands multifactor authentication. The contract knows claims of contexts
/// only; that this one is honored is UNVERIFIED, so it is asked for once, and what happens then is told.
pub(super) const MFA_CLAIMS: &str = r#"{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}"#;

/// A rule, by the name in the refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Mfa,
    Ticketing,
    Expiration,
    Justification,
    Approval,
    /// One that is not known here.
    Other,
}

/// Each rule with the word that names it; `ApprovalRule` is not in the contract and stands here to be told apart.
const NAMED: [(&str, Rule); 5] = [
    ("MfaRule", Rule::Mfa),
    ("TicketingRule", Rule::Ticketing),
    ("ExpirationRule", Rule::Expiration),
    ("JustificationRule", Rule::Justification),
    ("ApprovalRule", Rule::Approval),
];

/// The rule that refused `action`, if one did. Several may have: the one that is met by signing in comes first.
pub(super) fn broken(action: &Action, fault: &Fault) -> Option<Rule> {
    let is_pim = matches!(action, Action::AssignRole { route: RoleRoute::Pim { .. }, .. });
    if !is_pim || !fault.says("RoleAssignmentRequestPolicyValidationFailed") {
        return None;
    }
    let named = NAMED.iter().find(|(name, _)| fault.message.contains(name));
    Some(named.map_or(Rule::Other, |(_, rule)| *rule))
}

/// The refusal with what this rule is answered with.
pub(super) fn told(rule: Rule, trouble: Trouble, way: SignInWay) -> Trouble {
    let next = match rule {
        Rule::Mfa => mfa(way),
        Rule::Ticketing => {
            "The role's settings ask for a ticket: write its number and system into the plan (role.ticket), then check \
             again."
        }
        Rule::Expiration => {
            "Allow a permanent active assignment in the role's settings (Entra ID > Privileged Identity Management > \
             Microsoft Entra roles > Settings > Global Administrator > Edit > Assignment). Or decide that it is assigned \
             directly, past them (in the plan: role.if_forbidden), then check again."
        }
        Rule::Justification => {
            "The role's settings do not accept the reason: write another one into the plan (role.justification), then \
             check again."
        }
        Rule::Approval => {
            "Have the request approved by an approver of the role (Privileged Identity Management > Approve requests), \
             then check again."
        }
        Rule::Other => {
            "Look at the role's settings in Privileged Identity Management (Microsoft Entra roles > Settings > Global \
             Administrator), meet the rule that is named here, then check again."
        }
    };
    let kind = match rule {
        Rule::Expiration => Kind::EndIsWanted,
        Rule::Mfa | Rule::Ticketing | Rule::Justification | Rule::Approval | Rule::Other => Kind::Any,
    };
    Trouble { next: next.to_owned(), kind, ..trouble }
}

fn mfa(way: SignInWay) -> &'static str {
    match way {
        SignInWay::Browser | SignInWay::DeviceCode => {
            "Privileged Identity Management asks for a stronger sign-in (multifactor authentication), also after a new one. Sign \
             out, sign in with the security key or app itself, then check again; or have the rule lifted for this assignment."
        }
        SignInWay::AzureCli => {
            "Privileged Identity Management asks for a stronger sign-in: sign in again with az login and a second \
             factor, or use --sign-in browser."
        }
        SignInWay::ClientSecret
        | SignInWay::ClientCertificate
        | SignInWay::ManagedIdentity
        | SignInWay::WorkloadIdentity => {
            "Privileged Identity Management asks for a stronger sign-in, which an app cannot give: do this with \
             --sign-in browser."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::slot::Slot;
    use crate::tenant::fault::About;

    fn refused(rules: &str) -> Fault {
        let message = format!("The following policy rules failed: [{rules}]").replace('"', "\\\"");
        let body = format!(
            r#"{{"error":{{"code":"RoleAssignmentRequestPolicyValidationFailed","message":"{message}"}}}}"#
        );
        let service = crate::domain::connection::sign_in::Audience::Graph;
        let path = "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests";
        Fault::answered(400, body.as_bytes(), About { service, method: "POST", path, request: "r" })
    }

    fn assignment() -> Action {
        let route = RoleRoute::Pim { justification: "why".to_owned(), ticket: None };
        Action::AssignRole { slot: Slot::FIRST, principal: "p".to_owned(), route }
    }

    #[test]
    fn every_rule_has_a_next_step_of_its_own() {
        let mut steps = std::collections::BTreeSet::new();
        for (name, rule) in NAMED {
            let fault = refused(&format!("\"{name}\""));
            assert_eq!(broken(&assignment(), &fault), Some(rule));
            let told = told(rule, *fault.trouble, SignInWay::Browser);
            assert!(told.why.contains(name) && !told.next.contains("correct the plan"), "{told}");
            assert_eq!(told.kind == Kind::EndIsWanted, rule == Rule::Expiration, "{name}");
            steps.insert(told.next);
        }
        assert_eq!(steps.len(), NAMED.len());
        assert!(steps.iter().any(|next| next.contains("role.ticket")), "{steps:#?}");
        assert_eq!(broken(&assignment(), &refused("\"NewRule\"")), Some(Rule::Other));
        assert_eq!(broken(&assignment(), &refused("\"TicketingRule\",\"MfaRule\"")), Some(Rule::Mfa));
    }

    #[test]
    fn the_way_to_sign_in_decides_what_multifactor_means() {
        let next = |way| told(Rule::Mfa, *refused("\"MfaRule\"").trouble, way).next;
        assert!(next(SignInWay::AzureCli).contains("az login"));
        assert!(next(SignInWay::ClientSecret).contains("--sign-in browser"));
    }
}
