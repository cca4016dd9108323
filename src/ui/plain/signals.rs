//! Signals that the plain face answers: Ctrl-C asks, the others end it with the terminal as it was.

/// What the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whether to leave: Ctrl-C.
    Leave,
    /// End now; the exit code says by which signal, as shells have it.
    End(u8),
}

#[cfg(unix)]
mod system {
    use tokio::signal::unix::{Signal, SignalKind, signal};

    use super::Asked;

    /// Listens to all of them; one that cannot be listened to does what it always does.
    pub struct Signals([Option<Signal>; 4]);

    impl Signals {
        /// Begins to listen.
        pub fn listen() -> Self {
            let kinds =
                [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup(), SignalKind::quit()];
            Self(kinds.map(|kind| signal(kind).ok()))
        }

        /// The next one.
        pub async fn next(&mut self) -> Asked {
            let [interrupt, terminate, hang_up, quit] = &mut self.0;
            tokio::select! {
                () = came(interrupt) => Asked::Leave,
                () = came(terminate) => Asked::End(128 + 15),
                () = came(hang_up) => Asked::End(128 + 1),
                () = came(quit) => Asked::End(128 + 3),
            }
        }
    }

    async fn came(signal: &mut Option<Signal>) {
        let heard = match signal {
            Some(signal) => signal.recv().await,
            None => None,
        };
        if heard.is_none() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(not(unix))]
mod system {
    use super::Asked;

    /// Ctrl-C alone exists here.
    pub struct Signals;

    impl Signals {
        /// Begins to listen.
        pub fn listen() -> Self {
            Self
        }

        /// The next Ctrl-C.
        pub async fn next(&mut self) -> Asked {
            match tokio::signal::ctrl_c().await {
                Ok(()) => Asked::Leave,
                Err(_) => std::future::pending().await,
            }
        }
    }
}

pub use system::Signals;
