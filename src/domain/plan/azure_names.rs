//! What Azure takes as a name (its own naming rules, as Microsoft Learn lists them for resource providers): told where the
//! name is typed and by `plan check`, before anything is written.

use std::collections::BTreeSet;

use crate::domain::plan::Recipient;
use crate::domain::text::{known_near, sentence};

/// The most characters in the name of a resource group.
const GROUP_LONGEST: usize = 90;
/// Characters in the name of a Log Analytics workspace.
const WORKSPACE: std::ops::RangeInclusive<usize> = 4..=63;

/// What is wrong with the name of a resource group.
pub fn wrong_resource_group(name: &str) -> Option<String> {
    let is_taken = |c: char| c.is_alphanumeric() || "_-.()".contains(c);
    let rule = "letters, digits and _ - . ( ), 1 to 90 in all, no dot at the end";
    let is_right = (1..=GROUP_LONGEST).contains(&name.chars().count())
        && name.chars().all(is_taken)
        && !name.ends_with('.');
    (!is_right).then(|| format!("Azure takes no resource group called \"{name}\": {rule}."))
}

/// What is wrong with the name of a workspace.
pub fn wrong_workspace(name: &str) -> Option<String> {
    let is_taken = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let rule = "letters, digits and hyphens, 4 to 63 in all, no hyphen at either end";
    let is_right = WORKSPACE.contains(&name.chars().count())
        && name.chars().all(is_taken)
        && !name.starts_with('-')
        && !name.ends_with('-');
    (!is_right).then(|| format!("Azure takes no workspace called \"{name}\": {rule}."))
}

/// What stands between the resource group of an action group and its name.
pub const GROUP_AND_NAME: char = '/';
/// The most characters in the name of an action group.
const ACTION_GROUP_LONGEST: usize = 260;

/// What is wrong with the resource group and name of an action group that is there already.
pub fn wrong_action_group(named: &str) -> Option<String> {
    let Some((group, name)) = named.split_once(GROUP_AND_NAME) else {
        return Some(format!(
            "The action group \"{named}\" may lie anywhere: write its resource group, a slash and its name, like \
             rg-monitoring/ag-on-call."
        ));
    };
    let is_name = (1..=ACTION_GROUP_LONGEST).contains(&name.chars().count())
        && !name.chars().any(|c| c.is_control() || ":<>+/&%\\?|#".contains(c))
        && !name.ends_with([' ', '.']);
    let rule = "1 to 260 characters, none of : < > + / & % \\ ? | #, no space or dot at the end";
    let wrong = (!is_name).then(|| format!("Azure has no action group called \"{name}\": {rule}."));
    wrong_resource_group(group).or(wrong)
}

/// Regions of Azure's clouds, as its lists of locations spell them (Microsoft Learn, 2026).
const REGIONS: &str = "australiacentral australiacentral2 australiaeast australiasoutheast austriaeast belgiumcentral \
    brazilsouth brazilsoutheast canadacentral canadaeast centralindia centralus chilecentral chinaeast chinaeast2 chinaeast3 \
    chinanorth chinanorth2 chinanorth3 denmarkeast eastasia eastus eastus2 francecentral francesouth germanynorth \
    germanywestcentral indonesiacentral israelcentral italynorth japaneast japanwest jioindiacentral jioindiawest \
    koreacentral koreasouth malaysiawest mexicocentral newzealandnorth northcentralus northeurope norwayeast norwaywest \
    polandcentral qatarcentral southafricanorth southafricawest southcentralus southeastasia southindia spaincentral \
    swedencentral swedensouth switzerlandnorth switzerlandwest uaecentral uaenorth uksouth ukwest usdodcentral usdodeast \
    usgovarizona usgovtexas usgovvirginia westcentralus westeurope westindia westus westus2 westus3";

/// What is wrong with a region: Azure writes them `westeurope` or `West Europe`. Which there are, this program does not know for
/// good: Azure opens new ones, and a cloud of one's own calls them as it likes. So no list refuses one; what is not among the
/// known is told as a doubt, and what a subscription does not have is refused once its regions were read.
pub fn wrong_region(name: &str) -> Option<String> {
    let is_right = !name.trim().is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == ' ');
    (!is_right).then(|| format!("\"{name}\" is no Azure region: letters and digits, like westeurope."))
}

/// A region that may be a new one, and may be a slip of the pen.
pub fn unheard_of_region(name: &str) -> Option<String> {
    let spelled = spelled_region(name);
    let is_doubtful = !spelled.is_empty() && wrong_region(name).is_none() && !is_listed(&spelled);
    is_doubtful.then(|| {
        let near = known_near(&spelled, REGIONS.split_whitespace());
        let doubt = "is not among those that were known when this program was made";
        sentence(&format!("Azure region \"{name}\" {doubt}{near}"))
    })
}

/// That Azure has no such region for a subscription whose regions were read; nothing is said where they were not.
pub fn unknown_region(name: &str, regions: &[String]) -> Option<String> {
    let spelled = spelled_region(name);
    let is_unknown = !regions.is_empty() && !regions.iter().any(|region| spelled_region(region) == spelled);
    is_unknown.then(|| {
        let near = known_near(&spelled, regions.iter().map(String::as_str));
        sentence(&format!("Azure has no region \"{name}\" for this subscription{near}"))
    })
}

/// As Azure spells it in requests.
fn spelled_region(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

fn is_listed(spelled: &str) -> bool {
    REGIONS.split_whitespace().any(|region| region == spelled)
}

/// Recipients that Azure could not tell apart: every receiver of an action group has a name of its own, and a mailbox is
/// told once.
pub fn wrong_recipients(recipients: &[Recipient]) -> Vec<String> {
    let names = twice(recipients.iter().map(|one| one.name.trim()));
    let mails = twice(recipients.iter().map(|one| one.email.trim()));
    let names = names.map(|name| {
        format!("Two recipients are called \"{name}\"; in an action group each has a name of its own.")
    });
    names.chain(mails.map(|mail| format!("The mailbox {mail} is named twice; once is enough."))).collect()
}

/// Those that come again, whatever their case.
fn twice<'a>(all: impl Iterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    let mut seen = BTreeSet::new();
    all.filter(move |one| !seen.insert(one.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_azure_refuses() {
        for name in ["rg-identity-alerts", "Group_(1).a", "é"] {
            assert_eq!(wrong_resource_group(name), None);
        }
        for name in ["", "ends.", "a b", "a/b", &"x".repeat(91)] {
            assert!(wrong_resource_group(name).is_some(), "{name}");
        }
        assert_eq!(wrong_workspace("law-identity-alerts"), None);
        for name in ["law", "-law-x", "law-x-", "law_identity", "law.x", &"x".repeat(64)] {
            assert!(wrong_workspace(name).is_some(), "{name}");
        }
        assert_eq!(wrong_region("West Europe"), None);
        assert!(wrong_region("west-europe").is_some() && wrong_region(" ").is_some());
        for name in ["westeuropa", "atlantis", "brazilus"] {
            assert!(wrong_region(name).is_none() && unheard_of_region(name).is_some(), "{name}");
        }
        let told = unheard_of_region("westeuropa").expect("a doubt");
        assert!(told.contains("did you mean westeurope?"), "{told}");
        assert_eq!(unheard_of_region("East US 2"), None);
    }

    #[test]
    fn a_region_is_held_against_those_that_were_read() {
        let regions = ["westeurope", "northeurope"].map(str::to_owned);
        assert_eq!(unknown_region("West Europe", &regions), None);
        assert_eq!(unknown_region("eastus", &[]), None, "nothing was read");
        let told = unknown_region("westeuropa", &regions).expect("it is none");
        assert_eq!(
            told,
            "Azure has no region \"westeuropa\" for this subscription; did you mean westeurope?"
        );
    }

    #[test]
    fn an_action_group_goes_by_its_resource_group_and_its_name() {
        for named in ["rg-monitoring/ag-on-call", "RG_(1)/On call 24x7"] {
            assert_eq!(wrong_action_group(named), None);
        }
        for named in ["ag-on-call", "/ag", "rg/", "rg/a/b", "rg/a?", "rg/a ", "r g/a", "rg/a."] {
            assert!(wrong_action_group(named).is_some(), "{named}");
        }
        assert!(wrong_action_group("ag-on-call").is_some_and(|says| says.contains("may lie anywhere")));
    }

    #[test]
    fn two_recipients_of_one_name_are_told() {
        let one =
            |name: &str, email: &str| Recipient { name: name.to_owned(), email: email.to_owned(), sms: None };
        assert!(wrong_recipients(&[one("A", "a@x.example"), one("B", "b@x.example")]).is_empty());
        let told = wrong_recipients(&[one("Team", "a@x.example"), one("team ", "A@x.example")]);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("\"team\"") && told[1].contains("A@x.example"), "{told:?}");
    }
}
