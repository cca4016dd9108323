//! Where logs and alerts go, and what it is called there. Names that Azure would refuse are refused here, with the rule.

use super::typed::{items, recipient, right};
use super::{Decision, Field, line};
use crate::domain::plan::{Alerts, Destination, azure_names};

/// The destination, and what is made there.
pub(super) fn decisions(alerts: &Alerts) -> Vec<Decision> {
    let destination = match alerts.destination {
        Destination::Workspace => "workspace".to_owned(),
        Destination::Elsewhere => format!("elsewhere: {}", alerts.elsewhere.as_deref().unwrap_or_default()),
    };
    let mut list = vec![line(Field::Destination, "Logs go to", destination, "alert-destination")];
    if alerts.destination == Destination::Workspace {
        let group = alerts.resource_group.clone();
        list.push(line(Field::ResourceGroup, "Resource group", group, "alert-destination"));
        list.push(line(Field::Workspace, "Workspace", alerts.workspace.clone(), "alert-destination"));
        list.push(line(Field::Region, "Azure region", alerts.region.clone(), "alert-destination"));
        let recipients: Vec<String> =
            alerts.recipients.iter().map(|r| format!("{} <{}>", r.name, r.email)).collect();
        list.push(line(Field::Recipients, "Alerts are mailed to", recipients.join("; "), "alert-recipients"));
    }
    list
}

/// Changes one of them, or says what is wrong with the answer.
pub(super) fn set(alerts: &mut Alerts, field: Field, text: String) -> Result<(), String> {
    match field {
        Field::Destination => set_destination(alerts, &text)?,
        Field::ResourceGroup => alerts.resource_group = right(text, azure_names::wrong_resource_group)?,
        Field::Workspace => alerts.workspace = right(text, azure_names::wrong_workspace)?,
        Field::Region => alerts.region = right(text, azure_names::wrong_region)?,
        Field::Recipients => {
            let all = items(&text).iter().map(|r| recipient(r)).collect::<Result<Vec<_>, _>>()?;
            alerts.recipients = match azure_names::wrong_recipients(&all).into_iter().next() {
                None => all,
                Some(wrong) => return Err(wrong),
            };
        }
        _ => {}
    }
    Ok(())
}

fn set_destination(alerts: &mut Alerts, text: &str) -> Result<(), String> {
    if text == "workspace" {
        alerts.destination = Destination::Workspace;
        return Ok(());
    }
    let who = text.strip_prefix("elsewhere").map(|rest| rest.trim_start_matches(':').trim());
    let who = who
        .filter(|w| !w.is_empty())
        .ok_or("Write workspace, or elsewhere: and who watches the logs there.")?;
    alerts.destination = Destination::Elsewhere;
    alerts.elsewhere = Some(who.to_owned());
    Ok(())
}
