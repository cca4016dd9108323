//! Signals that a terminal program must answer: asked to end, the line hung up, stopped and continued.

/// What the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// End now; the exit code says by which signal.
    End(u8),
    /// Stop and give the terminal back until continued (SIGTSTP).
    Stop,
    /// The program was continued; the terminal is to be taken over again.
    Continue,
}

#[cfg(unix)]
mod system {
    use std::io;

    use tokio::signal::unix::{Signal, SignalKind, signal};

    use super::Asked;

    /// `SIGTSTP` and `SIGCONT` on Linux; others have other numbers.
    const STOP: i32 = rustix::process::Signal::TSTP.as_raw();
    const CONT: i32 = rustix::process::Signal::CONT.as_raw();

    /// Listens to all of them.
    pub struct Signals {
        terminate: Signal,
        hang_up: Signal,
        stop: Signal,
        go_on: Signal,
    }

    impl Signals {
        /// Begins to listen.
        pub fn listen() -> io::Result<Self> {
            Ok(Self {
                terminate: signal(SignalKind::terminate())?,
                hang_up: signal(SignalKind::hangup())?,
                stop: signal(SignalKind::from_raw(STOP))?,
                go_on: signal(SignalKind::from_raw(CONT))?,
            })
        }

        /// The next one. An exit code is 128 and the number of the signal, as shells have it.
        pub async fn next(&mut self) -> Asked {
            tokio::select! {
                _ = self.terminate.recv() => Asked::End(128 + 15),
                _ = self.hang_up.recv() => Asked::End(128 + 1),
                _ = self.stop.recv() => Asked::Stop,
                _ = self.go_on.recv() => Asked::Continue,
            }
        }
    }

    /// Stops this process until someone continues it.
    pub fn stop_here() {
        // A process that cannot stop itself simply goes on.
        let _stopped =
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
    }
}

#[cfg(not(unix))]
mod system {
    use std::io;

    use super::Asked;

    /// Only Ctrl-C exists here, and it arrives as a key.
    pub struct Signals;

    impl Signals {
        /// Begins to listen.
        pub fn listen() -> io::Result<Self> {
            Ok(Self)
        }

        /// Never comes.
        pub async fn next(&mut self) -> Asked {
            std::future::pending().await
        }
    }

    /// There is no stopping here.
    pub fn stop_here() {}
}

pub use system::{Signals, stop_here};
