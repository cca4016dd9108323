//! The nine steps.
