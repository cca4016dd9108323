//! How well this machine keeps a secret: told before the first one is made. Where everything holds that is one line; what does
//! not is asked about once in a run. Going on all the same is somebody's decision, and stands in the record.

use crate::domain::record::Entry;
use crate::journeys::desk::Desk;
use crate::journeys::screen::Block;

/// What is told beside the choice that makes a secret; nothing once it was told and decided.
pub fn told(desk: &Desk) -> Vec<Block> {
    if desk.weak.is_empty() {
        return desk.machine.clone().map(Block::Text).into_iter().collect();
    }
    vec![
        Block::Heading("This machine does not keep a secret well".to_owned()),
        Block::List(desk.weak.clone()),
        Block::Text(
            "Mend it, or use another computer; breakglass selftest looks again. Whoever goes on all the same decides it: \
             that stands in the record."
                .to_owned(),
        ),
    ]
}

/// The words of the choice that makes a secret.
pub fn words(desk: &Desk, go: &str) -> String {
    match desk.weak.is_empty() {
        true => go.to_owned(),
        false => format!("{go}, all the same"),
    }
}

/// Somebody goes on: what the record says of it, and nothing is told or asked any more.
pub fn accepted(desk: &mut Desk) -> Option<Entry> {
    desk.machine = None;
    let dangers = std::mem::take(&mut desk.weak);
    (!dangers.is_empty()).then(|| shown(desk, dangers))
}

/// A secret is made or shown in spite of this.
pub fn shown(desk: &Desk, dangers: Vec<String>) -> Entry {
    Entry::Exposed { dangers, date: desk.world.today() }
}
