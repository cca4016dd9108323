//! What happens next, pure.
