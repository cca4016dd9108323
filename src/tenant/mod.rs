//! Entra over HTTP.
