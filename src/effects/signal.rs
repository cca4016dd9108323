//! The signals that end a server which runs until it is stopped.

/// Begins to listen for SIGTERM and Ctrl-C, and ends when one of them comes.
#[cfg(unix)]
pub fn stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let listeners = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    async move {
        let [terminate, interrupt] = listeners;
        let heard = |listener: std::io::Result<tokio::signal::unix::Signal>| async {
            match listener {
                Ok(mut signal) => drop(signal.recv().await),
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            () = heard(terminate) => {}
            () = heard(interrupt) => {}
        }
    }
}

#[cfg(not(unix))]
pub async fn stop() {
    drop(tokio::signal::ctrl_c().await);
}
