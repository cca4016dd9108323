//! Where Microsoft's clouds are (contract 11). The only file with addresses of live services.

use super::opener::Opener;
use super::profile::Profile;
use crate::domain::connection::cloud::Cloud;
use crate::domain::mark::Mark;

/// Hosts of one cloud, without scheme.
struct Hosts {
    login: &'static str,
    graph: &'static str,
    arm: &'static str,
    /// For whom a token for Azure is made out. The national clouds take the classic name that Microsoft's own tools
    /// use there; worldwide the address itself is documented.
    arm_audience: &'static str,
    logs: &'static str,
    portal: &'static str,
    /// The Entra admin center. Its national addresses are in no source at hand, and the portal leads to it too.
    entra: &'static str,
    /// Where an account registers its keys. Elsewhere than worldwide the portal's account menu leads there.
    security_info: &'static str,
}

fn hosts(cloud: Cloud) -> Hosts {
    match cloud {
        Cloud::Global => Hosts {
            login: "login.microsoftonline.com",
            graph: "graph.microsoft.com",
            arm: "management.azure.com",
            arm_audience: "management.azure.com",
            logs: "api.loganalytics.io",
            portal: "portal.azure.com",
            entra: "entra.microsoft.com",
            security_info: "mysignins.microsoft.com/security-info",
        },
        Cloud::UsGov => Hosts { graph: "graph.microsoft.us", ..us_government() },
        Cloud::Dod => Hosts { graph: "dod-graph.microsoft.us", ..us_government() },
        Cloud::China => Hosts {
            login: "login.chinacloudapi.cn",
            graph: "microsoftgraph.chinacloudapi.cn",
            arm: "management.chinacloudapi.cn",
            arm_audience: "management.core.chinacloudapi.cn",
            logs: "api.loganalytics.azure.cn",
            portal: "portal.azure.cn",
            entra: "portal.azure.cn",
            security_info: "portal.azure.cn",
        },
    }
}

fn us_government() -> Hosts {
    Hosts {
        login: "login.microsoftonline.us",
        graph: "graph.microsoft.us",
        arm: "management.usgovcloudapi.net",
        arm_audience: "management.core.usgovcloudapi.net",
        logs: "api.loganalytics.us",
        portal: "portal.azure.us",
        entra: "portal.azure.us",
        security_info: "portal.azure.us",
    }
}

impl Profile {
    /// The surroundings of a live tenant in `cloud`, opened in this machine's browser.
    pub fn live(cloud: Cloud) -> Self {
        let hosts = hosts(cloud);
        let at = |host: &str| format!("https://{host}");
        Self {
            cloud,
            login: at(hosts.login),
            graph: at(hosts.graph),
            arm: at(hosts.arm),
            arm_audience: at(hosts.arm_audience),
            logs: at(hosts.logs),
            portal: at(hosts.portal),
            entra: at(hosts.entra),
            security_info: at(hosts.security_info),
            ca_bundle: None,
            open: Opener::of_system(),
            time_scale: 1.0,
            clock: super::Clock::default(),
            mark: Mark::Live,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cloud_names_a_host_of_another() {
        for cloud in Cloud::ALL {
            let profile = Profile::live(cloud);
            let all = [&profile.login, &profile.graph, &profile.arm, &profile.arm_audience, &profile.logs];
            for address in all {
                assert!(address.starts_with("https://") && !address.ends_with('/'), "{address}");
                assert_eq!(address.contains(".cn"), cloud == Cloud::China, "{address}");
            }
        }
        assert_eq!(Profile::live(Cloud::Dod).graph, "https://dod-graph.microsoft.us");
    }
}
