//! Pages as text and as PDF, read back by something that shares nothing with the writer.

mod card;
mod keepers;
mod pdf;
mod text;
