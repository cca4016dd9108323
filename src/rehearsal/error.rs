//! Why the rehearsal tenant could not start, in words for the person at the console.
//!
//! A service's own refusals are elsewhere: a client gets them, as Microsoft words them.

/// Why the rehearsal tenant could not start.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The name is not one of [`crate::rehearsal::seeds`].
    #[error("there is no rehearsal tenant named \"{0}\"")]
    UnknownSeed(String),
    /// A seed file of the product itself does not fit together.
    #[error("the seed \"{seed}\" cannot be used: {reason}")]
    BrokenSeed {
        /// Its name.
        seed: String,
        /// What does not fit.
        reason: String,
    },
    /// The state file belongs to another seed.
    #[error(
        "the kept tenant was made from the seed \"{kept}\", not \"{asked}\"; `rehearsal reset` starts over"
    )]
    OtherSeed {
        /// The seed in the state file.
        kept: String,
        /// The seed asked for.
        asked: String,
    },
    /// The state file cannot be understood.
    #[error("the kept tenant in {file} cannot be read: {reason}; `rehearsal reset` starts over")]
    BrokenState {
        /// Path of the state file.
        file: String,
        /// What the reader said.
        reason: String,
    },
    /// Another program listens on that port.
    #[error("port {0} is taken by another program")]
    PortTaken(u16),
    /// A certificate is there, of whatever it is; it is never overwritten.
    #[error("there is a certificate already: {0}")]
    CertificateThere(String),
    /// The address cannot be had or a file cannot be written.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: &'static str,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Certificates could not be made.
    #[error("certificates for the rehearsal tenant could not be made: {0}")]
    Tls(String),
}
