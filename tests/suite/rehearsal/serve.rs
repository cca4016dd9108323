//! `rehearsal serve`: one line of JSON, an answer on every address, and an end on SIGTERM.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::{Home, words};

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

fn refused(home: &Home, more: &[&str]) -> String {
    let mut command = home.breakglass();
    command.args(["rehearsal", "serve", "--seed", "p1"]).args(more);
    if !more.contains(&"--record") {
        command.arg("--record").arg(home.record());
    }
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(3), "{}", words(&output));
    words(&output)
}

#[test]
fn it_has_its_folder_alone_and_says_which_port_is_taken() {
    let home = Home::new();
    let (child, addresses) = serve(&home, &[]);
    assert!(refused(&home, &[]).contains("is in use"));
    let port =
        addresses["graph"].as_str().and_then(|at| at.split(':').nth(2)?.split('/').next()).expect("a port");
    let other = home.path("other");
    let told = refused(&home, &["--port", port, "--record", other.to_str().expect("a path")]);
    assert!(told.contains(&format!("Port {port} is taken")) && told.contains("--port"), "{told}");
    assert_eq!(terminate(child), Some(0));
}

#[test]
fn a_certificate_that_is_there_stays() {
    let home = Home::new();
    let folder = home.path("tls");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("ca.pem"), "somebody's own").expect("a file");
    let told = refused(&home, &["--tls", folder.to_str().expect("a path")]);
    assert!(told.contains("There is a certificate already"), "{told}");
    assert_eq!(std::fs::read_to_string(folder.join("ca.pem")).expect("the file"), "somebody's own");
}

#[test]
fn a_reset_works_on_a_broken_record_and_on_one_at_the_end_of_time() {
    let home = Home::new();
    let (child, _) = serve(&home, &[]);
    assert_eq!(terminate(child), Some(0));
    let state = home.record().join(breakglass::app::REHEARSAL_STATE);
    let text = std::fs::read_to_string(&state).expect("the state");
    let mut late: Value = serde_json::from_str(&text).expect("JSON");
    late["ahead"] = i64::MAX.into();
    std::fs::write(&state, late.to_string()).expect("the state can be written");
    assert!(refused(&home, &[]).contains("clock cannot be right"));
    std::fs::write(home.record().join("journal.jsonl"), "no line of ours\nnor this\n").expect("a file");
    let mut command = home.breakglass();
    let output =
        command.args(["rehearsal", "reset", "--record"]).arg(home.record()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    assert!(!home.record().exists() && home.path("record.reset-1").join("journal.jsonl").exists());
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
