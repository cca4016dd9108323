//! Applications by their published ids: what a token can be for, and which programs ask for one.
//!
//! There are no app registrations here; any other client id is believed.

/// Application id of Microsoft Graph.
pub const GRAPH_APP: &str = "00000003-0000-0000-c000-000000000000";

/// Application id of Azure Resource Manager, as the contract gives it.
pub const ARM_APP: &str = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

/// Application id that stands for the Log Analytics API here.
pub const LOGS_APP: &str = "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5";

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    Graph,
    Arm,
    Logs,
}

impl Resource {
    /// Its application id.
    pub fn app(self) -> &'static str {
        match self {
            Self::Graph => GRAPH_APP,
            Self::Arm => ARM_APP,
            Self::Logs => LOGS_APP,
        }
    }

    /// Its name in the sign-in log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Graph => "Microsoft Graph",
            Self::Arm => "Windows Azure Service Management API",
            Self::Logs => "Log Analytics API",
        }
    }
}

/// Client id of Microsoft Graph PowerShell.
pub const GRAPH_POWERSHELL: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

/// Client id of the Azure CLI.
pub const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/// What the sign-in log calls a program.
pub fn app_name(client: &str) -> &'static str {
    match client {
        GRAPH_POWERSHELL => "Microsoft Graph Command Line Tools",
        AZURE_CLI => "Microsoft Azure CLI",
        _ => "Rehearsal client",
    }
}
