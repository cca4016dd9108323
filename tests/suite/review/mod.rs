//! The review: what lasts how long, what drifted, what is due, and its report.

mod report;
mod time;
