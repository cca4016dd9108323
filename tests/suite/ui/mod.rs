//! The faces.

mod face;
mod plain;
mod window;
