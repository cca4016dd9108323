//! Signals that both faces at a terminal answer: asked to leave, asked to end, stopped and continued.

/// What the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Whether to leave, as Ctrl-C asks (SIGINT).
    Leave,
    /// End now; the exit code says by which signal.
    End(u8),
    /// Stop and give the terminal back until continued (SIGTSTP).
    Stop,
    /// The program was continued; the terminal is to be taken over again.
    Continue,
}

#[cfg(unix)]
mod system {
    use std::future::poll_fn;
    use std::task::Poll;

    use rustix::process::Signal as Name;
    use tokio::signal::unix::{Signal, SignalKind, signal};

    use super::Asked;

    /// What is listened to, and what it asks for; of several that came the first one here is heard first, so that a stop is
    /// never ended by being continued before it. An exit code is 128 and the number of the signal, as shells have it.
    /// SIGABRT is here for whoever sends it from outside; a program that aborts itself is past listening.
    const ALL: [(Name, Asked); 7] = [
        (Name::CONT, Asked::Continue),
        (Name::TERM, Asked::End(128 + 15)),
        (Name::HUP, Asked::End(128 + 1)),
        (Name::QUIT, Asked::End(128 + 3)),
        (Name::ABORT, Asked::End(128 + 6)),
        (Name::INT, Asked::Leave),
        (Name::TSTP, Asked::Stop),
    ];

    /// Listens to all of them; one that cannot be listened to does what it always does.
    pub struct Signals([(Option<Signal>, Asked); ALL.len()]);

    impl Signals {
        /// Begins to listen.
        pub fn listen() -> Self {
            Self(ALL.map(|(name, asked)| (signal(SignalKind::from_raw(name.as_raw())).ok(), asked)))
        }

        /// The next one.
        pub async fn next(&mut self) -> Asked {
            poll_fn(|context| {
                let mut came = self.0.iter_mut().filter_map(|(signal, asked)| {
                    let heard = signal.as_mut()?.poll_recv(context);
                    (heard == Poll::Ready(Some(()))).then_some(*asked)
                });
                came.next().map_or(Poll::Pending, Poll::Ready)
            })
            .await
        }

        /// Stops this process, and tells what it is woken by: to go on, or to end. Other threads may be the first to stop, so
        /// nothing is done before the word has come that it goes on.
        pub async fn stop(&mut self) -> Asked {
            if rustix::process::kill_process(rustix::process::getpid(), Name::STOP).is_err() {
                return Asked::Continue;
            }
            loop {
                match self.next().await {
                    Asked::Stop | Asked::Leave => {}
                    woken => return woken,
                }
            }
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

        /// There is no stopping here.
        pub async fn stop(&mut self) -> Asked {
            Asked::Continue
        }
    }
}

pub use system::Signals;
