//! What a review looks at beside the checks of the steps, point by point, and what is due. Each file is one point or two, the
//! same functions as a step.

mod due;
pub(super) mod logs;
pub(super) mod paper;
mod said;
pub(super) mod tests;

pub use due::{Due, DueWork, due};
