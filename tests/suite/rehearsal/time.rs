//! Time in the rehearsal tenant: tokens, logs and clocks follow it, and a fault that was armed outlives a restart.

use breakglass::rehearsal::{TENANT_ID, start};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::client::{CLIENT, EVERYTHING, Tenant, client, options, tenant, token};

/// The answer to a refresh token.
async fn refreshed(tenant: &Tenant, refresh: &str) -> Value {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", CLIENT),
        ("refresh_token", refresh),
        ("scope", EVERYTHING),
    ];
    let at = format!("{}/{TENANT_ID}/oauth2/v2.0/token", tenant.running.addresses().login);
    tenant.http.post(at).form(&form).send().await.expect("an answer").json().await.expect("JSON")
}

#[tokio::test]
async fn tokens_end_by_the_tenant_s_clock() {
    let tenant = tenant("fresh", 0.001).await;
    let first = token(&tenant.http, tenant.running.addresses(), (None, EVERYTHING)).await;
    let refresh = first["refresh_token"].as_str().expect("a refresh token");
    assert_eq!(tenant.send(Method::GET, "/me", None).await.status(), 200);
    let told = tenant.change("time-passes", json!({"days": 1})).await;
    assert!(told["did"].as_str().is_some_and(|did| did.contains("days_ahead = 1")), "{told}");
    let refused = tenant.send(Method::GET, "/me", None).await;
    assert_eq!(refused.status(), 401);
    let date = refused.headers()["date"].to_str().expect("a date").to_owned();
    let later = jiff::fmt::rfc2822::parse(&date).expect("a moment").timestamp();
    assert!(later.duration_since(jiff::Timestamp::now()).as_hours() >= 23, "{date}");
    let error = refreshed(&tenant, refresh).await;
    assert_eq!(
        error["error_codes"][0], 700_082,
        "a thousand times faster, a day is more than ninety: {error}"
    );
}

#[tokio::test]
async fn tokens_live_as_long_as_the_tenant_s_time_says() {
    for (scale, seconds) in [(1.0, 3599), (0.5, 1799), (0.02, 71), (0.001, 59)] {
        let tenant = tenant("fresh", scale).await;
        let answer = token(&tenant.http, tenant.running.addresses(), (None, EVERYTHING)).await;
        assert_eq!(answer["expires_in"], seconds, "{scale}");
    }
    let slow = tenant("fresh", 1.0).await;
    let first = token(&slow.http, slow.running.addresses(), (None, EVERYTHING)).await;
    slow.change("time-passes", json!({"days": 1})).await;
    assert_eq!(slow.send(Method::GET, "/me", None).await.status(), 401);
    let again = refreshed(&slow, first["refresh_token"].as_str().expect("a refresh token")).await;
    let access = again["access_token"].as_str().expect("a token");
    assert_eq!(slow.send_with(access, Method::GET, ("/me", None)).await.status(), 200);
}

#[tokio::test]
async fn logs_go_back_thirty_days_and_no_further() {
    let mut tenant = tenant("fresh", 0.001).await;
    for (days, there) in [(29, true), (2, false)] {
        tenant.change("time-passes", json!({"days": days})).await;
        tenant.sign_in_again().await;
        let log = tenant.get("/auditLogs/signIns?$top=999").await;
        let month_old = |line: &Value| {
            let at: jiff::Timestamp =
                line["createdDateTime"].as_str().expect("a time").parse().expect("a time");
            at.duration_since(jiff::Timestamp::now()).as_hours() < 1
        };
        assert_eq!(log["value"].as_array().expect("lines").iter().any(month_old), there, "{days}");
    }
}

#[tokio::test]
async fn a_deleted_user_can_be_brought_back_for_thirty_days() {
    let mut tenant = tenant("fresh", 0.001).await;
    let user = tenant.new_user("lamp").await;
    assert_eq!(tenant.send(Method::DELETE, &format!("/users/{user}"), None).await.status(), 204);
    for (days, status) in [(29, 200), (2, 404)] {
        tenant.change("time-passes", json!({"days": days})).await;
        tenant.sign_in_again().await;
        let path = format!("/directory/deletedItems/{user}");
        assert_eq!(tenant.send(Method::GET, &path, None).await.status(), status, "{days}");
        let all = tenant.get("/directory/deletedItems/microsoft.graph.user").await;
        assert_eq!(all["value"].as_array().expect("a list").is_empty(), status == 404, "{days}");
    }
    let restore = format!("/directory/deletedItems/{user}/restore");
    assert_eq!(tenant.send(Method::POST, &restore, None).await.status(), 404);
}

#[tokio::test]
async fn an_armed_fault_outlives_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = start(options(folder.path(), "fresh", 0.001)).await.expect("it starts");
    let control = running.addresses().control.clone().expect("a control port");
    let fault = json!({"change": "fault-armed", "parameters": {"fault": "Unavailable", "at": "GET /graph", "times": 2}});
    client().post(control).json(&fault).send().await.expect("it is armed");
    let met = async |running: &breakglass::rehearsal::Running| {
        let path = format!("{}/v1.0/me", running.addresses().graph);
        client().get(path).send().await.expect("an answer").status().as_u16()
    };
    assert_eq!(met(&running).await, 503);
    running.stop().await;
    let running = start(options(folder.path(), "fresh", 0.001)).await.expect("it starts again");
    assert_eq!(running.faults_left(), 1, "one use is left");
    assert_eq!((met(&running).await, met(&running).await), (503, 401));
    running.stop().await;
    let running = start(options(folder.path(), "fresh", 0.001)).await.expect("it starts once more");
    assert_eq!(running.faults_left(), 0);
    running.stop().await;
}

#[tokio::test]
async fn a_service_that_hangs_lets_go_when_it_is_back() {
    let tenant = tenant("fresh", 1.0).await;
    tenant.change("service-out", json!({"service": "graph", "how": "hang"})).await;
    let asked = tenant.send_hanging("/me");
    let back = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        tenant.change("services-back", json!({})).await
    };
    let (answer, _) = tokio::join!(asked, back);
    assert!(answer.is_err(), "the connection ends without an answer");
    assert_eq!(tenant.send(Method::GET, "/me", None).await.status(), 200);
}
