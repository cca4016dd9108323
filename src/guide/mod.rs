//! Typed access to the product's words in `assets/guide`.
