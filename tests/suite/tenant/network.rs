//! Networks that stand in between: an authority of their own, and a proxy. And what `-v` may never tell.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use breakglass::app::REQUESTS;

use crate::support::served::Served;
use crate::support::{Home, words};

#[test]
fn with_the_authority_named_a_whole_setup_runs_over_https_and_without_it_none() {
    let mut served = Served::over_https("p1");
    let refused = served.setup().args(["--sign-in", "device-code"]).output().expect("it runs");
    assert_eq!(refused.status.code(), Some(2), "{}", words(&refused));
    let told = words(&refused);
    assert!(told.contains("certificate") || told.contains("UnknownIssuer"), "{told}");

    let mut command = served.setup();
    command.arg("--ca-file").arg(served.home.path("ca.pem"));
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    served.stop();
}

#[test]
fn a_rehearsal_never_goes_through_a_proxy() {
    let mut served = Served::new("p1", Vec::new());
    let mut command = served.setup();
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        // The discard port: whatever goes there comes to nothing.
        command.env(name, "http://127.0.0.1:9");
    }
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    served.stop();
}

#[test]
fn a_live_cloud_is_reached_through_the_proxy_that_the_environment_names() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", proxy.local_addr().expect("its address"));
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = proxy.accept().expect("somebody comes");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a timeout");
        let mut head = [0_u8; 256];
        let count = stream.read(&mut head).unwrap_or_default();
        // Whatever the program makes of the refusal, it has asked here.
        let _refused = stream.write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
        String::from_utf8_lossy(&head[..count]).into_owned()
    });
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["setup", "--unattended", "--dry-run", "--sign-in", "device-code", "--cloud", "usgov"]);
    command.args(["--tenant", "11111111-2222-4333-8444-555555555555"]);
    command.arg("--record").arg(home.record()).arg("--plan").arg(home.plan());
    command.env("HTTPS_PROXY", &address).env("https_proxy", &address);
    command.env_remove("NO_PROXY").env_remove("no_proxy");
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    let asked = asked.join().expect("the proxy heard something");
    assert!(asked.starts_with("CONNECT login.microsoftonline.us:443"), "{asked}");
}

#[test]
fn what_was_sent_is_told_without_a_secret_and_to_its_owner_alone() {
    let mut served = Served::new("fresh", Vec::new());
    let output = served.setup().arg("-v").output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    served.stop();
    let file = served.home.record().join(REQUESTS);
    let text = std::fs::read_to_string(&file).expect("what was sent");
    assert!(text.contains("\"password\":\"•••\""), "a password is shown to have been sent");
    assert!(!text.contains("eyJ") && !text.to_lowercase().contains("bearer"), "a token is told");
    assert!(!text.contains("refresh_token") && !text.contains("code_verifier"), "a sign-in is told");
    let slips = crate::support::files(&served.home.record());
    for (path, bytes) in slips.iter().filter(|(path, _)| path.to_string_lossy().contains("/slip-")) {
        for line in breakglass::paper::secret_lines(&String::from_utf8_lossy(bytes)) {
            let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(!text.contains(&bare), "{} is told", path.display());
        }
    }
    private(&file);
}

/// A pass that is issued, a phone that is registered and replaced, sessions that end: none of it is told in `-v`.
#[test]
fn passes_and_phone_numbers_are_not_told_and_the_file_is_named_on_the_screen() {
    let mut served = Served::new("p1", Vec::new());
    let plan = crate::support::phone::plan_with_phone(&served, "route = \"file\"");
    let mut command = served.home.breakglass();
    command.args(["setup", "--unattended", "-v"]).args(served.options()).arg("--plan").arg(plan);
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let file = served.home.record().join(REQUESTS);
    let shown: String = words(&output).split_whitespace().collect();
    assert!(
        shown.contains(&file.display().to_string()),
        "the end does not name the file: {}",
        words(&output)
    );
    served.stop();
    let text = std::fs::read_to_string(&file).expect("what was sent");
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let sent =
        |part: &str| lines.iter().find(|line| line["url"].as_str().is_some_and(|url| url.ends_with(part)));
    assert_eq!(sent("/phoneMethods").expect("a phone was registered")["body"]["phoneNumber"], "•••");
    let pass = sent("/temporaryAccessPassMethods").expect("a pass was issued");
    let members: Vec<&String> = pass["body"].as_object().expect("a body").keys().collect();
    assert_eq!(members, ["isUsableOnce", "lifetimeInMinutes"]);
    let known = ["body", "method", "milliseconds", "request", "status", "url"];
    for line in &lines {
        let members: Vec<&String> = line.as_object().expect("an object").keys().collect();
        assert_eq!(members, known, "an answer may hold a secret and is never told: {line}");
    }
    let bare: String = text.chars().filter(char::is_ascii_digit).collect();
    assert!(!bare.contains("15555550100"), "a phone number is told");
}

#[cfg(unix)]
fn private(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(file).expect("its data").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[cfg(not(unix))]
fn private(_: &std::path::Path) {}

/// What a first contact with a live tenant comes to, with these options and this proxy.
fn contact(home: &Home, more: &[&str], proxy: &str) -> String {
    let mut command = home.breakglass();
    command.args(["setup", "--unattended", "--dry-run", "--sign-in", "device-code"]).args(more);
    command.args(["--tenant", "11111111-2222-4333-8444-555555555555"]);
    command.arg("--record").arg(home.record()).arg("--plan").arg(home.plan());
    command.env("HTTPS_PROXY", proxy).env("https_proxy", proxy);
    words(&command.output().expect("it runs"))
}

#[test]
fn a_proxy_that_is_not_there_is_named() {
    let told = contact(&Home::new(), &[], "http://127.0.0.1:9");
    assert!(told.contains("the proxy that HTTPS_PROXY names"), "{told}");
}

#[test]
fn a_file_without_a_certificate_is_refused_before_anything_is_sent() {
    let home = Home::new();
    for (name, text) in [("empty.pem", ""), ("nonsense.pem", "no certificate at all\n")] {
        std::fs::write(home.path(name), text).expect("a file");
        let told = contact(&home, &["--ca-file", name], "http://127.0.0.1:9");
        assert!(told.contains(&format!("{name} holds no certificate")), "{told}");
    }
    let told = contact(&home, &["--ca-file", "nowhere.pem"], "http://127.0.0.1:9");
    assert!(told.contains("nowhere.pem: No such file"), "{told}");
}
