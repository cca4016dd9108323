//! While an exercise runs, no live address and no credential can be configured, whatever was typed or stands in the
//! environment; and it connects to nothing but this machine.

use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use breakglass::app::exercise;
use breakglass::cli::Cli;
use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::exercise::scenario::{Damage, shipped};
use breakglass::domain::mark::Mark;
use breakglass::domain::plan::{Commands, Errand};
use breakglass::domain::secret::SecretKind;
use breakglass::domain::trouble::Trouble;
use breakglass::effects::control::Control;
use breakglass::effects::perform::{Performer, Surroundings, Task};
use breakglass::effects::print::Wire;
use breakglass::effects::record::Record;
use breakglass::effects::vault::Vault;
use breakglass::journeys::Msg;
use breakglass::journeys::breaking::{Break, Did};
use breakglass::journeys::effect::{PaperEffect, VaultEffect};
use breakglass::journeys::reply::Reply;
use breakglass::journeys::session::Writing;
use breakglass::journeys::tasks::slip;
use breakglass::tenant::{Profile, SignIn, Tenant};
use clap::Parser as _;

/// Set for the run whose environment is full of live things.
const INNER: &str = "BREAKGLASS_TEST_INNER";

#[test]
fn a_profile_of_an_exercise_cannot_lead_away_nor_can_its_control_port() {
    assert!(Profile::live(Cloud::Global).for_exercise().is_err());
    let marked = Profile { mark: Mark::Exercise, ..Profile::live(Cloud::Global) };
    assert!(Tenant::new(marked, "contoso.onmicrosoft.com", &SignIn::browser()).is_err());
    let here = "login='http://127.0.0.1:5'\ngraph='http://127.0.0.1:5'\narm='http://127.0.0.1:5'\nlogs='http://127.0.0.1:5'\n";
    for (away, open) in [("https://portal.azure.com", "http"), ("http://127.0.0.1:5", "firefox")] {
        let pages = format!("portal='{away}'\nsecurity_info='{away}'\nopen='{open}'\n");
        assert!(Profile::from_toml(&format!("{here}{pages}mark='exercise'")).is_err(), "{away} {open}");
        assert!(Profile::from_toml(&format!("{here}{pages}mark='rehearsal'")).is_ok(), "{away} {open}");
    }
    for (mark, address) in [
        (Mark::Live, "http://127.0.0.1:5/x"),
        (Mark::Rehearsal, "http://127.0.0.1:5/x"),
        (Mark::Manual, "http://127.0.0.1:5/x"),
        (Mark::Exercise, "http://10.0.0.1:5/x"),
        (Mark::Exercise, "https://graph.microsoft.com"),
    ] {
        assert!(Control::of(mark, address).is_err(), "{mark:?} {address}");
    }
    assert!(Control::of(Mark::Exercise, "http://127.0.0.1:5/x").is_ok());
}

/// Begins an exercise of a live organization with every credential on the command line, and breaks and signs in.
async fn held() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = folder.path().join("home").display().to_string();
    let id = "11111111-2222-4333-8444-555555555555";
    let typed = [
        "breakglass",
        "--record",
        &record,
        "--tenant",
        "contoso.onmicrosoft.com",
        "--speed",
        "1000",
        "--verbose",
        "--sign-in",
        "client-secret",
        "--azure-sign-in",
        "azure-cli",
        "--client-id",
        id,
        "--secret-file",
        "/nonexistent",
        "--yes-write-to",
        "contoso.onmicrosoft.com",
    ];
    let options = Cli::parse_from(typed).options;
    let scenario = shipped().first().expect("a scenario");
    let begun = exercise::launch(&options, scenario, |_| ()).await.expect("an exercise");
    let mut program = begun.launched.program;
    assert_eq!(program.model.desk.session.mark, Mark::Exercise);
    assert!(program.model.desk.plan().sign_in.way.is_none(), "a way to sign in came along");
    program.begin(breakglass::journeys::turn::Start::Review);
    let change = |name: &str| Damage { change: name.to_owned(), parameters: serde_json::Map::new() };
    let control = begun.launched.rehearsal.as_ref().and_then(|it| it.addresses().control.clone());
    let control = Control::of(Mark::Exercise, &control.expect("a control port")).expect("it is here");
    control.make("a test", &[change("everybody-blocked")]).await.expect("it is made");
    for _ in 0..50 {
        let Ok(Some(msg)) = tokio::time::timeout(Duration::from_millis(500), program.hear()).await else {
            break;
        };
        program.say(msg);
    }
    program.settle().await;
    let sent =
        std::fs::read_to_string(begun.place.folder.join("requests.jsonl")).expect("requests were told");
    for line in sent.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let url = line["url"].as_str().expect("an address");
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    }
    if let Some(running) = begun.launched.rehearsal {
        running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exercise_connects_nowhere_but_to_this_machine() {
    if std::env::var_os(INNER).is_some() {
        return Box::pin(held()).await;
    }
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("it can");
    let proxy = format!("http://{}", listener.local_addr().expect("an address"));
    let mut inner = Command::new(std::env::current_exe().expect("this suite"));
    inner.arg("an_exercise_connects_nowhere_but_to_this_machine").env(INNER, "1");
    for name in
        ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "BROWSER"]
    {
        inner.env(name, &proxy);
    }
    for name in ["AZURE_CLIENT_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_SECRET", "AZURE_FEDERATED_TOKEN_FILE"] {
        inner.env(name, "11111111-2222-4333-8444-555555555555");
    }
    for name in ["AZURE_AUTHORITY_HOST", "IDENTITY_ENDPOINT", "MSI_ENDPOINT"] {
        inner.env(name, &proxy);
    }
    inner.env_remove("NO_PROXY").env_remove("no_proxy");
    let output = inner.output().expect("it runs");
    let words = crate::support::words(&output);
    assert!(output.status.success() && words.contains("1 passed"), "{words}");
    let heard = listener.accept();
    assert!(heard.is_err(), "somebody came to the proxy: {heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_command_of_a_real_system_is_run_and_no_other_tenant_is_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = folder.path().join("ran");
    let vault = Vault::new();
    let (performer, mut inbox) = Performer::start(Surroundings {
        tenant: None,
        mark: Mark::Exercise,
        vault: vault.clone(),
        wire: Wire::here(None).expect("a wire"),
        record: Record::open(folder.path()).expect("a record"),
        folder: folder.path().to_owned(),
        writing: Writing::Allowed,
        exercise: None,
    });
    let command = vec!["touch".to_owned(), ran.display().to_string()];
    let commands = Commands { system: "V".to_owned(), store: command.clone(), read: command };
    performer.vault(VaultEffect::Make(
        SecretKind::Pin { digits: 8 },
        Reply::to(|made| Msg::Slip(slip::Msg::Made(made))),
    ));
    let Some(Msg::Slip(slip::Msg::Made(Ok(secret)))) = inbox.recv().await else { panic!("no secret") };
    let tell = Reply::to(|ran: Result<(), Trouble>| Msg::Filed(ran.map(|()| Vec::new())));
    performer.order(Task::Paper(PaperEffect::Run { secret, errand: Errand::Store(commands), tell }));
    let Some(Msg::Filed(Err(refused))) = inbox.recv().await else { panic!("it was run") };
    assert!(refused.why.contains("real one") && !ran.exists(), "{refused}");
    let changes = vec![Damage { change: "everybody-blocked".to_owned(), parameters: serde_json::Map::new() }];
    let tell = Reply::to(|made: Result<Did, Trouble>| Msg::Filed(made.map(|_| Vec::new())));
    performer.broken(Break { order: "a test".to_owned(), changes, tell });
    let Some(Msg::Filed(Err(refused))) = inbox.recv().await else { panic!("something was broken") };
    assert!(refused.why.contains("Only the tenant of an exercise"), "{refused}");
}
