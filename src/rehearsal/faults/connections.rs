//! Connections that can be cut, so that a client really sees a line go dead instead of an error answer.
//!
//! Every accepted connection is wrapped once. Cutting it makes the next write fail, and the HTTP layer then closes the
//! socket without having answered.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use axum_server::accept::Accept;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// The switches of all open connections, by the caller's address.
#[derive(Clone, Default)]
pub struct Switches(Arc<Mutex<BTreeMap<SocketAddr, Arc<AtomicBool>>>>);

impl Switches {
    /// Cuts the connection of that caller.
    pub fn cut(&self, peer: SocketAddr) {
        if let Some(switch) = self.all().get(&peer) {
            switch.store(true, Ordering::Relaxed);
        }
    }

    fn add(&self, peer: SocketAddr) -> Arc<AtomicBool> {
        let mut all = self.all();
        all.retain(|_, switch| Arc::strong_count(switch) > 1);
        let switch = Arc::new(AtomicBool::new(false));
        all.insert(peer, Arc::clone(&switch));
        switch
    }

    fn all(&self) -> std::sync::MutexGuard<'_, BTreeMap<SocketAddr, Arc<AtomicBool>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Wraps what is accepted.
#[derive(Clone)]
pub struct CuttingAcceptor {
    switches: Switches,
}

impl CuttingAcceptor {
    /// Registers every connection in `switches`.
    pub fn new(switches: Switches) -> Self {
        Self { switches }
    }
}

impl<S: Send + 'static> Accept<TcpStream, S> for CuttingAcceptor {
    type Stream = Cuttable;
    type Service = S;
    type Future = std::future::Ready<io::Result<(Cuttable, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let accepted = stream.set_nodelay(true).and_then(|()| stream.peer_addr());
        std::future::ready(accepted.map(|peer| (Cuttable { stream, cut: self.switches.add(peer) }, service)))
    }
}

/// A connection with a switch.
pub struct Cuttable {
    stream: TcpStream,
    cut: Arc<AtomicBool>,
}

impl Cuttable {
    fn alive(&self) -> io::Result<()> {
        if self.cut.load(Ordering::Relaxed) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

impl AsyncRead for Cuttable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Cuttable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.alive() {
            Ok(()) => Pin::new(&mut self.stream).poll_write(context, bytes),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
