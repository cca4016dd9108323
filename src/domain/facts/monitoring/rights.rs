//! What the operator may do in Azure, asked where the work is done: in the subscription and in the resource group.

/// What the caller may do, in one assignment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permission {
    /// Patterns of what is allowed.
    pub actions: Vec<String>,
    /// Patterns of what of it is not.
    pub not_actions: Vec<String>,
}

/// Where a right is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The subscription: registering a provider, making a resource group.
    Subscription,
    /// The planned resource group: everything else.
    Group,
}

/// The rights of the operator, as far as they could be read. Deny assignments, locks and policies are not in it: an
/// allowed write is only likely to be taken (contract 15.9).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    /// In the subscription, which holds for all in it.
    pub subscription: Vec<Permission>,
    /// In the planned resource group, where it exists.
    pub group: Vec<Permission>,
}

impl Rights {
    /// Rights to everything.
    pub fn to_everything() -> Self {
        let all = Permission { actions: vec!["*".to_owned()], not_actions: Vec::new() };
        Self { subscription: vec![all], group: Vec::new() }
    }

    /// Whether `right` is given at `place`.
    pub fn allow(&self, place: Place, right: &str) -> bool {
        match place {
            Place::Subscription => allowed(&self.subscription, right),
            Place::Group => allowed(&self.subscription, right) || allowed(&self.group, right),
        }
    }
}

/// Entries are added up; within one, what it excludes counts against it.
fn allowed(permissions: &[Permission], right: &str) -> bool {
    let any = |patterns: &[String]| patterns.iter().any(|pattern| matches(pattern, right));
    permissions.iter().any(|permission| any(&permission.actions) && !any(&permission.not_actions))
}

/// Whether `pattern`, with `*` for anything, fits the whole of `text`; case does not count.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_lowercase(), text.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permission(actions: &[&str], not_actions: &[&str]) -> Permission {
        let own = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        Permission { actions: own(actions), not_actions: own(not_actions) }
    }

    #[test]
    fn stars_stand_for_anything() {
        assert!(matches("*", "Microsoft.Insights/register/action"));
        assert!(matches("*/register/action", "Microsoft.Insights/register/action"));
        assert!(matches("microsoft.insights/*/write", "Microsoft.Insights/actionGroups/write"));
        assert!(!matches("Microsoft.Insights/*/read", "Microsoft.Insights/actionGroups/write"));
        assert!(!matches("Microsoft.Insights", "Microsoft.Insights/actionGroups/write"));
        assert!(!matches("a*a", "a"));
    }

    #[test]
    fn an_exclusion_counts_only_in_its_own_entry() {
        let right = "Microsoft.Insights/actionGroups/write";
        let contributor = permission(&["*"], &["Microsoft.Insights/*"]);
        assert!(!allowed(std::slice::from_ref(&contributor), right));
        assert!(allowed(&[contributor, permission(&["Microsoft.Insights/*"], &[])], right));
        assert!(!allowed(&[], right));
    }

    #[test]
    fn rights_in_the_group_count_there_and_those_of_the_subscription_everywhere() {
        let (read, all) = (permission(&["*/read"], &[]), permission(&["*"], &[]));
        let inside = Rights { subscription: vec![read], group: vec![all] };
        let right = "Microsoft.Insights/actionGroups/write";
        assert!(inside.allow(Place::Group, right) && !inside.allow(Place::Subscription, right));
        assert!(Rights::to_everything().allow(Place::Group, right));
        assert!(!Rights::default().allow(Place::Group, right));
    }
}
