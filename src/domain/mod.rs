//! FLOOR 0: the nouns of the product, pure data without I/O, clock or randomness.

pub mod text;
