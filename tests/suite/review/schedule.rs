//! `review schedule`: what it prints is read by parsers of other authors, spells tenant and plan out, and holds no secret.

use std::path::Path;
use std::process::Command;

use ical::parser::ical::component::IcalEvent;
use yaml_rust2::{Yaml, YamlLoader};

use crate::support::{Home, words};

const TENANT: &str = "11111111-2222-4333-8444-555555555555";
const APP: &str = "c0ffee00-0000-4000-8000-000000000001";

/// What `review schedule` prints for these words.
fn schedule(home: &Home, typed: &str) -> String {
    let mut command = home.breakglass();
    command.args(["review", "schedule"]).args(typed.split(' ')).env("USER", "sample");
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{typed}: {}", words(&output));
    String::from_utf8(output.stdout).expect("text")
}

fn calendar(home: &Home, typed: &str) -> Vec<IcalEvent> {
    let text = schedule(home, typed);
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let mut all = ical::IcalParser::new(text.as_bytes());
    let calendar = all.next().expect("a calendar").expect("of RFC 5545");
    assert!(all.next().is_none());
    calendar.events
}

fn value(event: &IcalEvent, name: &str) -> String {
    let found = event.properties.iter().find(|property| property.name == name);
    found.and_then(|property| property.value.clone()).unwrap_or_else(|| panic!("{name}: {event:?}"))
}

#[test]
fn a_calendar_has_an_event_for_each_task_that_comes_round_and_replaces_itself() {
    let home = Home::new();
    home.plan();
    let typed = "ics --tenant rehearsal --plan plan.toml --record record";
    let events = calendar(&home, typed);
    let tasks: Vec<String> = events
        .iter()
        .map(|event| value(event, "UID").split('.').next().unwrap_or_default().to_owned())
        .collect();
    let wanted =
        ["log-review", "sign-in-test", "exclusion-review", "alert-test", "document-review", "rotation"];
    assert_eq!(tasks, wanted);
    for event in &events {
        assert!(value(event, "RRULE").starts_with("FREQ="), "{event:?}");
        assert_eq!(value(event, "DTSTART").len(), 8, "{event:?}");
        assert_eq!(event.alarms.len(), 2, "{event:?}");
        let told = value(event, "DESCRIPTION");
        assert!(told.contains("review --due --tenant rehearsal") && told.contains("plan.toml"), "{told}");
    }
    let again: Vec<String> = calendar(&home, typed).iter().map(|event| value(event, "UID")).collect();
    assert_eq!(events.iter().map(|event| value(event, "UID")).collect::<Vec<_>>(), again);
}

#[test]
fn a_calendar_counts_from_what_was_done_and_as_often_as_the_plan_says() {
    let home = Home::new();
    let plan = home.plan_with(&[("[upkeep]\n", "[upkeep]\nsign_in_test = \"quarter\"\n")]);
    let done = home
        .breakglass()
        .args(["review", "schedule", "ics", "--tenant", "rehearsal", "--plan"])
        .arg(plan)
        .output()
        .expect("it runs");
    let text = words(&done);
    assert!(text.contains("UID:sign-in-test.rehearsal@breakglass"), "{text}");
    let events = ical::IcalParser::new(text.as_bytes()).next().expect("one").expect("a calendar").events;
    let test = events.iter().find(|event| value(event, "UID").starts_with("sign-in-test")).expect("the test");
    assert!(value(test, "RRULE").starts_with("FREQ=MONTHLY;INTERVAL=3"), "{test:?}");
}

#[test]
fn systemd_takes_the_service_and_its_timer() {
    let home = Home::new();
    home.plan();
    let typed =
        format!("systemd --tenant {TENANT} --plan plan.toml --record record --sign-in managed-identity");
    let text = schedule(&home, &typed);
    let exec = text.lines().find(|line| line.starts_with("ExecStart=/")).expect("an absolute path");
    let plan = std::fs::canonicalize(home.path("")).expect("a folder").join("plan.toml");
    for word in ["review --unattended", TENANT, plan.to_str().expect("text"), "--sign-in managed-identity"] {
        assert!(exec.contains(word), "{word}: {exec}");
    }
    for line in [
        "SuccessExitStatus=1 2",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "User=sample",
        "Persistent=yes",
    ] {
        assert!(text.lines().any(|own| own == line), "{line}: {text}");
    }
    verified_by_systemd(&home, &text);
}

/// The keys that systemd.unit(5), systemd.service(5), systemd.exec(5) and systemd.timer(5) know in these sections.
const KEYS: [(&str, &[&str]); 4] = [
    ("[Unit]", &["Description", "Documentation", "Wants", "After"]),
    (
        "[Service]",
        &[
            "Type",
            "ExecStart",
            "SuccessExitStatus",
            "User",
            "TimeoutStartSec",
            "UMask",
            "NoNewPrivileges",
            "ProtectSystem",
            "ProtectHome",
            "ReadWritePaths",
            "PrivateTmp",
            "PrivateDevices",
            "ProtectKernelTunables",
            "ProtectKernelModules",
            "ProtectKernelLogs",
            "ProtectControlGroups",
            "ProtectClock",
            "ProtectHostname",
            "RestrictAddressFamilies",
            "RestrictNamespaces",
            "RestrictRealtime",
            "RestrictSUIDSGID",
            "LockPersonality",
            "MemoryDenyWriteExecute",
            "SystemCallArchitectures",
            "SystemCallFilter",
            "CapabilityBoundingSet",
            "AmbientCapabilities",
            "LimitCORE",
            "LimitMEMLOCK",
            "Environment",
            "Nice",
        ],
    ),
    ("[Timer]", &["OnCalendar", "Persistent", "RandomizedDelaySec", "AccuracySec", "Unit"]),
    ("[Install]", &["WantedBy"]),
];

#[test]
fn systemd_is_told_nothing_that_it_does_not_know() {
    let home = Home::new();
    let text = schedule(&home, "systemd --tenant rehearsal --seed drifted --record record");
    let mut section = "";
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with('[') {
            section = line;
        } else {
            let key = line.split_once('=').unwrap_or_else(|| panic!("no key: {line}")).0;
            let known = KEYS.iter().find(|(name, _)| *name == section).expect("a section of these units").1;
            assert!(known.contains(&key), "{section} knows no {key}: {text}");
        }
    }
    for section in ["[Unit]", "[Service]", "[Timer]", "[Install]"] {
        assert!(text.contains(section), "{section}: {text}");
    }
}

/// Where this machine has systemd it says what it thinks of the units.
fn verified_by_systemd(home: &Home, text: &str) {
    let mut files = Vec::new();
    for part in text.split("# ==> ").skip(1) {
        let (path, body) = part.split_once(" <==\n").expect("a name above each");
        let file = home.path(Path::new(path).file_name().and_then(|name| name.to_str()).expect("a name"));
        std::fs::write(&file, body).expect("a file");
        files.push(file);
    }
    assert_eq!(files.len(), 2, "{text}");
    let Ok(told) = Command::new("systemd-analyze").arg("verify").args(&files).output() else {
        eprintln!("skipped: this machine has no systemd-analyze");
        return;
    };
    let told = words(&told);
    assert!(!told.contains("breakglass-review") || told.contains("User"), "{told}");
}

#[test]
fn a_line_for_cron_is_one_line() {
    let home = Home::new();
    let text = schedule(&home, "cron --tenant rehearsal --seed drifted --record record");
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 1, "{text}");
    let fields: Vec<&str> = lines[0].split(' ').collect();
    assert!(fields[0].parse::<u8>().is_ok_and(|minute| minute < 60), "{text}");
    assert_eq!(fields[1..5], ["3", "*", "*", "*"]);
    assert!(
        fields[5].starts_with('/') && lines[0].contains("--unattended --tenant rehearsal --seed drifted"),
        "{text}"
    );
}

/// A file of three tenants, one with a plan.
fn three(home: &Home) {
    home.plan();
    let entry = |id: &str, more: &str| format!("[[tenant]]\nid = \"{id}\"\nclient_id = \"{APP}\"\n{more}\n");
    let text = [
        entry("contoso.com", "record = \"a\"\nplan = \"plan.toml\""),
        entry(
            "fabrikam.com",
            "record = \"b\"\nname = \"Fabrikam: \\\"north\\\"\"\naccounts = [\"harbor.lamp@fabrikam.com\"]",
        ),
        entry(TENANT, "record = \"c\"\ncloud = \"usgov\""),
    ];
    std::fs::write(home.path("tenants.toml"), text.concat()).expect("a file");
}

/// The documents of a YAML text.
fn documents(text: &str) -> Vec<Yaml> {
    YamlLoader::load_from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What stands at the end of a path of keys.
fn at<'a>(yaml: &'a Yaml, path: &str) -> &'a Yaml {
    path.split('/').fold(yaml, |yaml, key| match key.parse::<usize>() {
        Ok(index) => &yaml[index],
        Err(_) => &yaml[key],
    })
}

#[test]
fn kubernetes_takes_an_indexed_job_with_one_tenant_an_index_and_no_secret() {
    let home = Home::new();
    three(&home);
    let text =
        schedule(&home, "kubernetes --tenants tenants.toml --image registry.example.com/breakglass@sha256:0");
    let all = documents(&text);
    let kinds: Vec<&str> = all.iter().map(|one| one["kind"].as_str().unwrap_or_default()).collect();
    assert_eq!(kinds, ["ServiceAccount", "ConfigMap", "PersistentVolumeClaim", "CronJob"], "{text}");
    let job = at(&all[3], "spec/jobTemplate/spec");
    assert_eq!(all[3]["apiVersion"].as_str(), Some("batch/v1"));
    assert_eq!(at(&all[3], "spec/concurrencyPolicy").as_str(), Some("Forbid"));
    assert_eq!(job["completionMode"].as_str(), Some("Indexed"));
    assert_eq!((job["completions"].as_i64(), job["parallelism"].as_i64()), (Some(3), Some(3)));
    let pod = at(job, "template/spec");
    assert_eq!(pod["restartPolicy"].as_str(), Some("Never"));
    let container = at(pod, "containers/0");
    let args: Vec<&str> = container["args"].as_vec().expect("args").iter().filter_map(Yaml::as_str).collect();
    assert_eq!(args[..5], ["review", "--tenants", "/config/tenants.toml", "--only", "$(TENANT_INDEX)"]);
    assert_eq!(at(container, "securityContext/readOnlyRootFilesystem").as_bool(), Some(true));
    let label = &at(job, "template/metadata/labels")["azure.workload.identity/use"];
    assert_eq!(label.as_str(), Some("true"));
    assert!(!text.to_lowercase().contains("kind: secret") && !text.contains("secret_file"), "{text}");
    of_config(&home, &all[1]["data"]);
}

/// The files in the pod are those that a review reads, and the plan arrives as it was.
fn of_config(home: &Home, data: &Yaml) {
    let tenants = data["tenants.toml"].as_str().expect("the tenants");
    let read =
        breakglass::domain::tenants::read(tenants).unwrap_or_else(|wrong| panic!("{wrong:?}: {tenants}"));
    let told: Vec<_> =
        read.tenants.iter().map(|one| (one.called(), one.record.to_str().unwrap_or_default())).collect();
    let wanted = [
        ("contoso-com", "/records/contoso-com"),
        ("fabrikam-north", "/records/fabrikam-north"),
        ("11111111-2222-4333-8444-555555555555", "/records/11111111-2222-4333-8444-555555555555"),
    ];
    assert_eq!(told, wanted);
    assert_eq!(read.tenants[1].accounts, ["harbor.lamp@fabrikam.com"]);
    let plan = data["contoso-com.plan.toml"].as_str().expect("its plan");
    assert_eq!(plan, std::fs::read_to_string(home.path("plan.toml")).expect("the plan"));
}

#[test]
fn github_takes_a_workflow_with_one_job_a_tenant_and_no_more_rights_than_it_needs() {
    let home = Home::new();
    three(&home);
    let text = schedule(&home, "github --tenants tenants.toml");
    let all = documents(&text);
    let workflow = &all[0];
    assert_eq!(workflow["permissions"].as_hash().map(hashlink_len), Some(0), "{text}");
    let job = at(workflow, "jobs/review");
    let rights = job["permissions"].as_hash().expect("permissions");
    let rights: Vec<(&str, &str)> =
        rights.iter().filter_map(|(name, right)| Some((name.as_str()?, right.as_str()?))).collect();
    assert_eq!(rights, [("contents", "read"), ("id-token", "write")]);
    assert_eq!(at(job, "strategy/fail-fast").as_bool(), Some(false));
    let matrix = at(job, "strategy/matrix/include").as_vec().expect("a matrix");
    assert_eq!(matrix.len(), 3);
    assert_eq!(matrix[2]["cloud"].as_str(), Some("usgov"));
    let steps = job["steps"].as_vec().expect("steps");
    for step in steps {
        let is_pinned = |uses: &str| {
            uses.split_once('@')
                .is_some_and(|(_, hash)| hash.len() == 40 && hash.chars().all(|c| c.is_ascii_hexdigit()))
        };
        assert!(step["uses"].as_str().is_none_or(is_pinned), "{step:?}");
        // What comes from outside reaches a script through the environment alone.
        assert!(step["run"].as_str().is_none_or(|run| !run.contains("${{")), "{step:?}");
    }
    assert!(!text.contains("secrets."), "{text}");
    let run = steps.iter().find_map(|step| step["run"].as_str().filter(|run| run.contains("case $code")));
    let mut shell = Command::new("sh");
    let read = shell.args(["-n", "-c", run.expect("the review")]).output().expect("a shell");
    assert!(read.status.success(), "{}", words(&read));
}

fn hashlink_len(hash: &yaml_rust2::yaml::Hash) -> usize {
    hash.len()
}

#[test]
fn what_cannot_be_done_elsewhere_or_at_night_is_wrong_use() {
    let home = Home::new();
    three(&home);
    for (typed, says) in [
        ("kubernetes --tenant rehearsal", "is not reviewed on another machine"),
        ("cron", "A schedule is not made without a tenant."),
        ("kubernetes --tenant contoso.com", "Add --client-id"),
        ("github --tenants tenants.toml --tenant contoso.com", "--tenants takes no --tenant"),
        ("ics --tenants tenants.toml", "A calendar is about one tenant"),
        ("cron --tenant contoso.com", "Nobody is there to sign in at night"),
        ("weekly", "possible values: ics, systemd, cron, kubernetes, github"),
        ("ics --json", "takes no --json"),
    ] {
        let mut command = home.breakglass();
        let output = command.args(["review", "schedule"]).args(typed.split(' ')).output().expect("it runs");
        assert_eq!(output.status.code(), Some(64), "{typed}: {}", words(&output));
        assert!(words(&output).contains(says), "{typed}: {}", words(&output));
    }
}
