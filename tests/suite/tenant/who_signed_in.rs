//! Nothing is read or changed as anybody before a person has seen who signed in and confirmed it; who was confirmed and signs
//! in again is not asked about. Where nobody is there to be asked, it goes on as before.

use std::process::Stdio;

use breakglass::domain::connection::sign_in::{Audience, Demand, Prompt, SignInWay};
use breakglass::rehearsal::FaultKind;
use breakglass::tenant::{Ended, Opener, SignIn, Tenant};

use crate::support::in_process::client;
use crate::support::person::Person;
use crate::support::served::Served;
use crate::support::signing_in::{OWN_APP, Over, operator, served, sign_in};
use crate::support::{Home, words};

const OPERATOR: &str = "riley.operator@fabrikam.example";

/// A client whose pages are opened by somebody who sits at a real browser.
fn with_real_person(served: &crate::support::signing_in::Served, way: SignInWay) -> Tenant {
    let profile = breakglass::tenant::Profile { open: Opener::Nobody, ..served.profile() };
    let how = SignIn { way, client_id: Some(OWN_APP.to_owned()), ..SignIn::browser() };
    Tenant::new(profile, breakglass::rehearsal::TENANT_ID, &how).expect("a tenant")
}

/// The person opens what is shown, and does there what is to be done.
fn visiting() -> impl Fn(Prompt) {
    |prompt| {
        let address = match prompt {
            Prompt::Browser { address, .. } => address,
            Prompt::Code { address, code, .. } => format!("{address}?user_code={code}"),
            Prompt::Secret => return,
        };
        let follows = reqwest::Client::builder().no_proxy().build().expect("a client");
        tokio::spawn(async move { follows.get(address).send().await });
    }
}

async fn asked(served: &crate::support::signing_in::Served) -> usize {
    let origin = served.running.addresses().security_info.replace("/people/security-info", "");
    let sent = client().get(format!("{origin}/people/requests")).send().await.expect("an answer");
    let lines: Vec<String> = sent.json().await.expect("JSON");
    lines.iter().filter(|line| line.contains("/graph/") || line.contains("/arm/")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_done_as_whoever_signed_in_before_that_is_confirmed() {
    for way in [SignInWay::Browser, SignInWay::DeviceCode] {
        let served = served(Over::Http, &[]).await;
        let tenant = with_real_person(&served, way);
        let ended = tenant.sign_in(&Demand::default(), visiting()).await;
        let Ok(Ended::ToConfirm(who)) = ended else { panic!("{way:?}: {ended:?}") };
        assert_eq!((who.upn.as_str(), who.tenant.as_str()), (OPERATOR, breakglass::rehearsal::TENANT_ID));
        operator(&tenant).await.expect_err("nobody was confirmed");
        assert_eq!(tenant.take_demand(), Some(Demand::default()));
        assert_eq!(asked(&served).await, 0, "something was asked as somebody who was not confirmed");
        tenant.confirm().await;
        assert_eq!(operator(&tenant).await.expect("it can be read").upn, OPERATOR);

        let again = tenant.sign_in(&Demand::default(), visiting()).await;
        assert_eq!(again, Ok(Ended::SignedIn), "who was confirmed is asked about again");
        let azure = Demand { audience: Audience::Arm, claims: None };
        assert_eq!(tenant.sign_in(&azure, visiting()).await, Ok(Ended::SignedIn));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tokens_of_whoever_was_not_confirmed_are_gone_with_the_next_sign_in() {
    let served = served(Over::Http, &[]).await;
    let tenant = with_real_person(&served, SignInWay::Browser);
    assert!(matches!(tenant.sign_in(&Demand::default(), visiting()).await, Ok(Ended::ToConfirm(_))));
    let fault = breakglass::rehearsal::Fault {
        name: FaultKind::Declined,
        path: "/authorize".to_owned(),
        times: 1,
        request: None,
    };
    let origin = served.running.addresses().security_info.replace("/people/security-info", "");
    let armed = client().post(format!("{origin}/people/faults")).json(&[fault]).send().await;
    assert!(armed.is_ok_and(|answer| answer.status().is_success()));
    tenant.sign_in(&Demand::default(), visiting()).await.expect_err("it was declined");
    tenant.confirm().await;
    operator(&tenant).await.expect_err("nobody is signed in");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_people_of_a_rehearsal_are_not_asked_who_they_are() {
    let served = served(Over::Http, &[]).await;
    let (ended, _) = sign_in(&served.tenant(SignInWay::Browser), &Demand::default()).await;
    assert_eq!(ended, Ok(Ended::SignedIn));
}

#[test]
fn a_rehearsal_asks_who_signed_in_where_that_is_to_be_rehearsed() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["setup", "--seed", "p1", "--speed", "1000", "--plain", "--confirm-sign-in", "--record"]);
    command.arg(home.record()).arg("--plan").arg(home.plan());
    let mut person = Person::at(command);
    let shown = person.until("That is somebody else").expect("who it is");
    assert!(shown.contains("Signed in as: ") && shown.contains(OPERATOR), "{shown}");
    assert!(!person.seen.contains("What the tenant looks like"), "{}", person.seen);
    person.until_asked().expect("a question");
    person.type_line("n");
    person.until("What the tenant looks like").expect("the first look");
    person.kill();
}

/// What stands alone on the last line that begins like this.
fn line<'a>(shown: &'a str, begins: &str) -> &'a str {
    shown
        .lines()
        .map(str::trim)
        .rfind(|line| line.starts_with(begins))
        .unwrap_or_else(|| panic!("{begins}: {shown}"))
}

#[test]
fn the_person_at_the_console_sees_who_signed_in_and_confirms_or_signs_in_again() {
    let served = Served::new("p1", Vec::new());
    served.opened_by(None);
    let mut command = served.home.breakglass();
    command.args(["setup", "--plain"]).args(served.options()).arg("--plan").arg(served.home.plan());
    let mut person = Person::at(command);
    for typed in ["r", "n"] {
        let shown = person.until("Open the page again").expect("the page");
        let page = served.visit(line(&shown, "http://localhost:"));
        assert!(page.contains("go back to the console"), "{page}");
        person.until("Choice: ").expect("who it is");
        assert_eq!(served.asked("/graph/"), 0, "something was read before it was confirmed");
        person.type_line(typed);
    }
    let told = [
        "Signed in as: ",
        OPERATOR,
        breakglass::rehearsal::TENANT_ID,
        "n  Go on as ",
        "r  That is somebody else",
    ];
    for words in told {
        assert!(person.seen.contains(words), "{words}: {}", person.seen);
    }
    person.until("What the tenant looks like").expect("the first look");
    person.kill();
}

#[test]
fn unattended_goes_on_as_whoever_signed_in() {
    let served = Served::new("p1", Vec::new());
    served.opened_by(Some("curl --silent --location --noproxy * --output /dev/null"));
    if std::process::Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: there is no curl");
        return;
    }
    let mut command = served.setup();
    command.arg("--dry-run").stdin(Stdio::null());
    let output = command.output().expect("it runs");
    assert!(served.asked("/graph/") > 10, "{}", words(&output));
}
