//! `rehearsal serve`: one line of JSON, an answer on every address, and an end on SIGTERM.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::Home;

/// A served rehearsal and the line it printed.
fn serve(home: &Home, more: &[&str]) -> (Child, Value) {
    let mut command = home.breakglass();
    command.args(["rehearsal", "serve", "--seed", "p1"]).args(more).arg("--record").arg(home.record());
    let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a line");
    (child, serde_json::from_str(&line).expect("JSON"))
}

fn terminate(mut child: Child) -> Option<i32> {
    let sent = Command::new("kill").arg(child.id().to_string()).status().expect("kill runs");
    assert!(sent.success());
    child.wait().expect("it ends").code()
}

#[test]
fn it_prints_its_addresses_and_ends_on_sigterm() {
    let home = Home::new();
    let (child, addresses) = serve(&home, &[]);
    for name in ["login", "graph", "arm", "logs", "portal", "security_info"] {
        let address = addresses[name].as_str().expect(name);
        assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    }
    let discovery = format!(
        "{}/{}/v2.0/.well-known/openid-configuration",
        addresses["login"].as_str().expect("login"),
        breakglass::rehearsal::TENANT_ID
    );
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let answer = runtime.block_on(async { reqwest::get(discovery).await?.text().await }).expect("an answer");
    assert!(answer.contains("token_endpoint"), "{answer}");
    assert_eq!(terminate(child), Some(0));
}

#[test]
fn with_tls_it_writes_the_certificate_of_its_authority() {
    let home = Home::new();
    let folder = home.path("tls");
    let (child, addresses) = serve(&home, &["--tls", folder.to_str().expect("a path")]);
    assert!(addresses["graph"].as_str().is_some_and(|a| a.starts_with("https://")));
    let authority = std::fs::read_to_string(folder.join("ca.pem")).expect("ca.pem");
    assert!(authority.contains("BEGIN CERTIFICATE"));
    assert_eq!(terminate(child), Some(0));
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[test]
    fn a_reset_sets_tenant_and_record_aside() {
        let home = Home::new();
        home.setup("p1").output().expect("it runs");
        let output = home
            .breakglass()
            .args(["rehearsal", "reset", "--record"])
            .arg(home.record())
            .output()
            .expect("it runs");
        assert!(output.status.success());
        assert!(!home.record().exists(), "the record is still in its place");
        assert!(home.path("record.reset-1").join("journal.jsonl").exists(), "nothing was set aside");
    }
}
