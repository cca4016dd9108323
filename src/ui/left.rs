//! What was lost by an end in the middle, for whoever sits there: said where the program ends without the question whether
//! to leave, and where the screen that told it is gone. It decides nothing; what is at stake stands on the screen.

use crate::app::Program;
use crate::guide::wrap;

/// What it comes to, in lines; nothing where nothing is lost.
pub(super) fn told(program: &Program) -> Option<String> {
    let costs = program.screen().costs;
    (!costs.is_empty()).then(|| {
        let words = format!("It was left in the middle, and that has a cost. {}", costs.join(" "));
        wrap("", &words).join("\n") + "\n"
    })
}
