//! Reads at the wire: what passes by itself is asked for again, and nothing else is.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use breakglass::domain::connection::sign_in::SignInWay;
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, AreaFacts, Facts, Licenses, Reading};
use breakglass::domain::secret::Secret;
use breakglass::tenant::{SignIn, Tenant};
use serde_json::json;
use zeroize::Zeroizing;

use crate::support::in_process::{TIME_SCALE, profile};

const ID: &str = "11111111-2222-4333-8444-555555555555";

/// A service that gives these answers in turn, and after them a good one.
struct Service {
    answers: Vec<(u16, Option<&'static str>)>,
    asked: AtomicUsize,
}

async fn answer(State(service): State<Arc<Service>>, uri: Uri) -> Response {
    if uri.path().ends_with("/token") {
        let token = json!({"access_token": "t", "token_type": "Bearer", "expires_in": 3600});
        return axum::Json(token).into_response();
    }
    let turn = service.asked.fetch_add(1, Ordering::SeqCst);
    let Some((status, wait)) = service.answers.get(turn) else {
        return axum::Json(json!({"value": []})).into_response();
    };
    let mut headers = HeaderMap::new();
    if let Some(wait) = wait {
        headers.insert("retry-after", wait.parse().expect("a header"));
        headers.insert("date", "Sun, 29 Nov 2026 13:00:00 GMT".parse().expect("a header"));
    }
    let status = StatusCode::from_u16(*status).expect("a status");
    (status, headers, axum::Json(json!({"error": {"code": "x"}}))).into_response()
}

/// What reading the licenses comes to with these answers, and how often was asked.
async fn read(answers: &[(u16, Option<&'static str>)]) -> (Reading<Licenses>, usize) {
    let service = Arc::new(Service { answers: answers.to_vec(), asked: AtomicUsize::new(0) });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = format!("http://{}", listener.local_addr().expect("its address"));
    let app = axum::Router::new().fallback(answer).with_state(Arc::clone(&service));
    let serving = tokio::spawn(async move { axum::serve(listener, app).await });
    let how = SignIn {
        way: SignInWay::ClientSecret,
        client_id: Some(ID.to_owned()),
        secret: Some(Secret::new(Zeroizing::new("not a real secret".to_owned()))),
        ..SignIn::browser()
    };
    let tenant = Tenant::new(profile([&at; 4]), ID, &how).expect("a tenant");
    let facts = tenant.read(Area::Licenses, &Query::default(), &Facts::default()).await;
    serving.abort();
    let AreaFacts::Licenses(reading) = facts else { panic!("{facts:?}") };
    (reading, service.asked.load(Ordering::SeqCst))
}

#[tokio::test]
async fn a_read_is_repeated_where_the_trouble_passes_by_itself() {
    for status in [408, 429, 500, 502, 503, 504] {
        let (reading, asked) = read(&[(status, None), (status, None)]).await;
        assert!(matches!(reading, Reading::Read(_)), "{status}: {reading:?}");
        assert_eq!(asked, 3, "{status}");
    }
}

#[tokio::test]
async fn a_read_is_not_repeated_where_asking_again_would_bring_the_same() {
    for status in [400, 403, 404, 501] {
        let (reading, asked) = read(&[(status, None)]).await;
        assert!(matches!(reading, Reading::Unreadable(_)), "{status}: {reading:?}");
        assert_eq!(asked, 1, "{status}");
    }
}

#[tokio::test]
async fn a_wait_is_understood_as_a_date_a_fraction_and_a_list() {
    for (wait, seconds) in [("Sun, 29 Nov 2026 13:00:40 GMT", 40), ("2.5", 3), ("0, 120", 120), ("soon", 0)] {
        let began = Instant::now();
        let (reading, asked) = read(&[(429, Some(wait)), (503, Some(wait))]).await;
        assert!(matches!(reading, Reading::Read(_)), "{wait}: {reading:?}");
        assert_eq!(asked, 3, "{wait}");
        // A wait is never cut short, however slow this machine is.
        let least = Duration::from_secs(2 * seconds).mul_f64(TIME_SCALE);
        assert!(began.elapsed() >= least, "{wait}: asked again after {:?}", began.elapsed());
    }
}
