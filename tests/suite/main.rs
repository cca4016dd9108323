//! The one integration binary; each theme is a module.

mod secrets;
