//! A whole setup by keys at 80x24, from a fresh record to its end, and how many screens and keys that takes.

use crate::support::Home;
use crate::support::in_memory::{InMemory, walk};

async fn walked(seed: &str, goal: &str) -> (usize, usize) {
    let home = Home::new();
    let mut window = InMemory::open(&home, &["--seed", seed]).await;
    let walked = walk(&mut window, goal).await;
    if let Some(file) = std::env::var_os("BREAKGLASS_SCREENS") {
        let all = walked.screens.iter().enumerate().map(|(i, s)| format!("=== {}\n{s}\n", i + 1));
        std::fs::write(file, all.collect::<String>()).expect("written");
    }
    println!("{seed}: {} screens, {} keys", walked.screens.len(), walked.keys);
    (walked.screens.len(), walked.keys)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_setup_on_fresh() {
    let (screens, keys) = walked("fresh", "The setup, as it stands").await;
    assert!(screens <= 142 && keys <= 257, "{screens} screens, {keys} keys");
}
