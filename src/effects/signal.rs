//! Signals: those that end a server which runs until it is stopped, and the one that would end the program in the middle of a
//! line where a file may grow no further.

/// A write beyond the size that files may have (`ulimit -f`) comes back as an error from here on, as a full disk does, and no
/// longer ends the program without a word. Best effort: where it cannot be had, nothing else is lost.
#[cfg(unix)]
pub fn outlive_the_size_limit() {
    use tokio::signal::unix::{SignalKind, signal};
    let number = rustix::process::Signal::XFSZ.as_raw();
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_io().build() else { return };
    // Who listens is dropped at once; that the signal is caught stays for as long as the program runs.
    let _inside = runtime.enter();
    drop(signal(SignalKind::from_raw(number)));
}

#[cfg(not(unix))]
pub fn outlive_the_size_limit() {}

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
