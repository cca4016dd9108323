//! What happened, line by line, in the words of the scenario. What only the facilitator notes, what the program alone needs to
//! know, and what has a section of its own is left out.

use crate::domain::exercise::clock;
use crate::domain::exercise::event::{Event, Moment, Readers};
use crate::domain::exercise::tally::Tally;
use crate::domain::text::sentence;
use crate::guide::told;
use crate::journeys::report::exercise::TimelineReport;

/// The lines of the timeline.
pub(super) fn timeline(tally: Tally<'_>) -> Vec<TimelineReport> {
    tally.moments.iter().filter_map(|moment| line(tally, moment)).collect()
}

fn line(tally: Tally<'_>, moment: &Moment) -> Option<TimelineReport> {
    let kind = kind(&moment.what)?;
    let text = sentence(&told(&moment.what, Some(tally.scenario)));
    Some(TimelineReport { seconds: moment.at, at: clock::told(moment.at), kind: kind.to_owned(), text })
}

/// What kind of thing it was; nothing for what does not stand in the timeline.
fn kind(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::Opened(_) | Event::Hinted { .. } | Event::Ended { .. } | Event::Completed { .. } => "play",
        Event::Clock { .. } => "clock",
        Event::Sent { .. } | Event::Spared { .. } | Event::Withheld { .. } => "inject",
        // Words alone did nothing to it.
        Event::Broke { did, trouble, .. } => (!did.is_empty() || trouble.is_some()).then_some("tenant")?,
        Event::Away { .. } => "people",
        Event::Decided { .. } => "decision",
        Event::Reached { .. } => "milestone",
        Event::Marked { .. } => "action",
        Event::Card { .. } => "card",
        Event::Responded { .. } => "response",
        Event::Noted { to: Readers::Everybody, .. } => "note",
        Event::Beat
        | Event::Turned { .. }
        | Event::Lost { .. }
        | Event::Noted { to: Readers::Facilitator, .. }
        | Event::Answered { .. }
        | Event::Overridden { .. }
        | Event::Improve(_) => return None,
    })
}
