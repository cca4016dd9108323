//! The eleven points at the end of the setup, and which checks prove each of them.
//!
//! A point is done when all its checks pass; working that out is the caller's part.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::list;
use crate::domain::check::id::CheckId;

/// One of the eleven points, from `assets/guide/checklist.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// 1 to 11.
    pub number: u8,
    /// The point as a statement that is true when it is done.
    pub text: String,
    /// What is true instead where the tenant has no license for it.
    #[serde(default)]
    pub unlicensed: Option<String>,
    /// The checks that prove it, never empty.
    pub checks: Vec<CheckId>,
}

static CHECKLIST: LazyLock<Vec<Point>> = LazyLock::new(|| list("checklist.toml", "point"));

/// The eleven points in order.
pub fn checklist() -> &'static [Point] {
    &CHECKLIST
}
