//! Promise 8: the rehearsal runs the same code as live. The two differ in their cloud profile and in nothing else: under
//! either mark the same person meets the same screens and the same requests go out. The mark is on everything that is
//! shown, printed or kept. That the rehearsal shares no code with the client is a rule of `house::tidy`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::served::Served;
use crate::support::{files, pdf_reader, plain};

/// A whole setup by a person at the plain face: everything that was shown, and everything that was sent.
fn walked(served: &Served) -> (String, BTreeSet<String>) {
    let mut command = served.home.breakglass();
    command.args(["--plain", "-v"]).args(served.options());
    let (_, seen) = plain::walk(command);
    let file = served.home.record().join(breakglass::app::REQUESTS);
    let text = std::fs::read_to_string(file).expect("what was sent");
    (seen, text.lines().map(|line| sent(&served.origin(), line)).collect())
}

/// Method and path of a request, without what differs from run to run.
fn sent(origin: &str, line: &str) -> String {
    let sent: Value = serde_json::from_str(line).expect("JSON");
    let url = sent["url"].as_str().expect("an address").replace(origin, "");
    let path = url.split(['?', '(']).next().unwrap_or_default();
    let named = path.split('/').map(|part| if is_id(part) { "<id>" } else { part });
    format!("{} {}", sent["method"].as_str().unwrap_or_default(), named.collect::<Vec<_>>().join("/"))
}

/// A GUID, or a name that is made from one.
fn is_id(part: &str) -> bool {
    part.matches('-').count() >= 4 && part.chars().any(|c| c.is_ascii_digit())
}

#[test]
fn under_either_mark_the_same_requests_go_out() {
    let rehearsal = Served::new("p1", Vec::new());
    let live = Served::new("p1", Vec::new());
    live.mark_live();
    let ((_, in_rehearsal), (_, in_live)) = (walked(&rehearsal), walked(&live));
    assert!(in_live.len() > 30, "only {} kinds of request", in_live.len());
    // Whether an alert has fired by the time that somebody looks is a matter of how fast the machine is.
    let is_steady = |request: &&String| !request.ends_with("/alerts/<id>/history");
    let other: Vec<_> = in_live.symmetric_difference(&in_rehearsal).filter(is_steady).collect();
    assert!(other.is_empty(), "sent under one mark only: {other:#?}");
}

#[test]
fn the_mark_is_on_every_screen_page_and_record() {
    let served = Served::new("p1", Vec::new());
    let (seen, _) = walked(&served);
    let banners: Vec<&str> = seen.lines().filter(|line| line.starts_with("breakglass  ")).collect();
    assert!(banners.len() > 50, "only {} screens", banners.len());
    assert!(banners.iter().all(|banner| banner.contains("REHEARSAL")), "{banners:#?}");
    let journal = served.home.journal();
    let began: Vec<_> = journal.iter().filter(|line| line["entry"]["entry"] == "began").collect();
    assert!(!began.is_empty() && began.iter().all(|line| line["entry"]["mark"] == "REHEARSAL"), "{began:?}");
    let pages = files(&served.home.record().join("paper"));
    assert!(!pages.is_empty(), "no page was written");
    for (path, bytes) in pages {
        for page in text_of(&bytes) {
            assert!(page.contains("REHEARSAL"), "{} has a page without its mark:\n{page}", path.display());
        }
    }
}

/// The text of each page of a file.
fn text_of(bytes: &[u8]) -> Vec<String> {
    if bytes.starts_with(b"%PDF") {
        return pdf_reader::pages(bytes).iter().map(pdf_reader::Page::text).collect();
    }
    String::from_utf8_lossy(bytes).split('\u{c}').map(str::to_owned).collect()
}
