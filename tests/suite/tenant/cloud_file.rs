//! Cloud files: what lifts a guard is refused for a real tenant before anything is asked, written or sent.

use crate::support::{Home, words};

const REAL: &str = "login = \"https://login.microsoftonline.com\"\ngraph = \"https://graph.microsoft.com\"\n\
                    arm = \"https://management.azure.com\"\nlogs = \"https://api.loganalytics.io\"\n\
                    portal = \"https://portal.azure.com\"\nsecurity_info = \"https://mysignins.microsoft.com\"\n";

#[test]
fn no_file_takes_the_guards_from_a_real_tenant() {
    for line in ["mark = \"rehearsal\"", "mark = \"exercise\"", "time_scale = 0.001"] {
        let home = Home::new();
        std::fs::write(home.path("cloud.toml"), format!("{REAL}{line}\n")).expect("a file");
        let mut command = home.breakglass();
        command.args(["setup", "--unattended", "--tenant", "contoso.example", "--cloud", "cloud.toml"]);
        command.arg("--record").arg(home.record()).arg("--plan").arg(home.plan());
        // The discard port: whatever would be sent comes to nothing.
        command.env("HTTPS_PROXY", "http://127.0.0.1:9").env("https_proxy", "http://127.0.0.1:9");
        let output = command.output().expect("it runs");
        let told = words(&output);
        assert!(
            !output.status.success() && told.contains("The cloud profile cannot be used"),
            "{line}: {told}"
        );
        assert!(told.contains("https://login.microsoftonline.com"), "{line}: {told}");
        assert!(told.contains("Take the line"), "{line}: {told}");
        assert!(home.journal().is_empty(), "{line}: it began all the same");
    }
}
