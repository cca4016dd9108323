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

/// What is said when the input has ended: that nothing is lost only where that is so.
pub fn input_ended(program: &Program) -> String {
    match told(program) {
        None => "\nThe input ended. Nothing is lost: run the same command again and it goes on from here.\n"
            .to_owned(),
        Some(lost) => {
            format!("\nThe input ended. {lost}Run the same command again; it goes on from the record.\n")
        }
    }
}
