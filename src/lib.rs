//! breakglass: emergency access accounts for a Microsoft Entra tenant, set up, reviewed and rehearsed at a console.

pub mod cli;
pub mod domain;
pub mod effects;
pub mod guide;
pub mod journeys;
pub mod launch;
pub mod paper;
pub mod rehearsal;
pub mod steps;
pub mod tenant;
pub mod trouble;
pub mod ui;
