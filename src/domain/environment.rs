//! What a program that this one starts learns of the environment: a list of our own choosing, never all of it.
//!
//! The shell of an administrator holds tokens and secrets of other tools. A browser, a printer's client or a password
//! manager gets what it needs to run here (where it is, who runs it, in which language, on which display), and what
//! belongs to its own kind; everything else stays behind. Names are compared as capitals, as Windows has them.

use std::ffi::OsString;

/// The programs that are started, by what they need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Helper {
    /// Opens an address: a browser, or what the system opens it with.
    Browser,
    /// Takes a page: `lp`.
    Spooler,
    /// Is asked about this terminal: `tmux`.
    Terminal,
    /// Keeps a secret and gives it back: a command of the plan.
    SecretSystem,
    /// Signs in on its own: the Azure CLI.
    AzureCli,
    /// This program again, for one tenant of several.
    Review,
}

/// Where it is, who runs it, in which language: POSIX's names, and what Windows needs to start a program at all.
const ANY: [&str; 22] = [
    "APPDATA",
    "COMSPEC",
    "HOME",
    "HOMEDRIVE",
    "HOMEPATH",
    "LANG",
    "LANGUAGE",
    "LOCALAPPDATA",
    "LOGNAME",
    "PATH",
    "PATHEXT",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TERM",
    "TMP",
    "TMPDIR",
    "TZ",
    "USER",
    "USERPROFILE",
];
/// The way out to the network, and whom to trust there.
const NETWORK: [&str; 6] =
    ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_DIR", "SSL_CERT_FILE"];
/// A desktop, on X, on Wayland, on a Mac or under WSL.
const DESKTOP: [&str; 9] = [
    "BROWSER",
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "WSLENV",
    "WSL_DISTRO_NAME",
    "WSL_INTEROP",
    "XAUTHORITY",
];

/// Whether a program of the kind `helper` is told the variable `name`.
pub fn is_told(helper: Helper, name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let (names, families) = own(helper);
    ANY.contains(&name.as_str())
        || name.starts_with("LC_")
        || names.iter().any(|group| group.contains(&name.as_str()))
        || families.iter().any(|family| name.starts_with(family))
}

/// What `helper` is told of all the variables of this process.
pub fn told(helper: Helper, all: impl Iterator<Item = (OsString, OsString)>) -> Vec<(OsString, OsString)> {
    all.filter(|(name, _)| name.to_str().is_some_and(|name| is_told(helper, name))).collect()
}

/// Names, and beginnings of names, beside those that any program is told.
fn own(helper: Helper) -> (&'static [&'static [&'static str]], &'static [&'static str]) {
    match helper {
        Helper::Browser => (&[&NETWORK, &DESKTOP], &["XDG_", "GTK_", "QT_", "KDE_", "GNOME_", "MOZ_"]),
        Helper::Spooler => (&[&["IPP_PORT", "LPDEST", "PRINTER"]], &["CUPS_"]),
        Helper::Terminal => (&[], &["TMUX"]),
        // HashiCorp Vault, pass and gopass, Google Cloud: the examples of the guide. Others through env(1).
        Helper::SecretSystem => (
            &[&NETWORK, &["GNUPGHOME", "GPG_TTY", "SSH_AUTH_SOCK", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"]],
            &["CLOUDSDK_", "GOPASS_", "PASSWORD_STORE_", "VAULT_"],
        ),
        Helper::AzureCli => (&[&NETWORK, &["REQUESTS_CA_BUNDLE"]], &["AZURE_"]),
        // Signing in without a person reads the variables of Azure's own identities.
        Helper::Review => (
            &[&NETWORK, &["NO_COLOR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"]],
            &["AZURE_", "IDENTITY_", "IMDS_", "MSI_"],
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Helper; 6] = [
        Helper::Browser,
        Helper::Spooler,
        Helper::Terminal,
        Helper::SecretSystem,
        Helper::AzureCli,
        Helper::Review,
    ];

    #[test]
    fn every_program_finds_its_way_and_none_learns_of_other_tools() {
        for helper in ALL {
            for name in ["PATH", "HOME", "LANG", "LC_ALL", "SystemRoot", "TERM"] {
                assert!(is_told(helper, name), "{helper:?} needs {name}");
            }
            for name in
                ["AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "LD_PRELOAD", "BASH_ENV", "OP_SESSION", "PATHS"]
            {
                assert!(!is_told(helper, name), "{helper:?} must not learn of {name}");
            }
        }
    }

    #[test]
    fn each_is_told_what_belongs_to_its_own_kind() {
        let table = [
            ("WAYLAND_DISPLAY", &[Helper::Browser][..]),
            ("CUPS_SERVER", &[Helper::Spooler]),
            ("TMUX_PANE", &[Helper::Terminal]),
            ("VAULT_ADDR", &[Helper::SecretSystem]),
            ("AZURE_CLIENT_SECRET", &[Helper::AzureCli, Helper::Review]),
            ("https_proxy", &[Helper::Browser, Helper::SecretSystem, Helper::AzureCli, Helper::Review]),
        ];
        for (name, who) in table {
            let told: Vec<Helper> = ALL.into_iter().filter(|helper| is_told(*helper, name)).collect();
            assert_eq!(told, who, "{name}");
        }
    }

    #[test]
    fn a_value_is_handed_on_as_it_is() {
        let all =
            [("HOME", "/home/a b"), ("SECRET", "x")].map(|(n, v)| (OsString::from(n), OsString::from(v)));
        assert_eq!(told(Helper::Spooler, all.into_iter()), [("HOME".into(), "/home/a b".into())]);
    }
}
