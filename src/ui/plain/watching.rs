//! Looking for recorders of this terminal before anything secret is said: the first look that sees one tells it, and asking
//! again is the decision to go on.

use crate::effects::recording::recording;

/// What was told, and what was decided.
#[derive(Debug, Default)]
pub(super) struct Watching {
    told: Option<String>,
    accepted: Option<String>,
}

/// What a look comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// Nothing is seen, or it was decided about before.
    Clear,
    /// This is seen, and nothing may be shown yet.
    Told(String),
    /// This is seen, and somebody goes on all the same.
    Accepted(String),
}

impl Watching {
    /// Something else is to be shown now: what was told about the last one decides nothing about it.
    pub(super) fn anew(&mut self) {
        self.told = None;
    }

    /// Looks, before something is shown.
    pub(super) fn look(&mut self) -> Sight {
        self.saw(recording())
    }

    fn saw(&mut self, seen: Option<String>) -> Sight {
        match seen {
            None => Sight::Clear,
            seen if seen == self.accepted => Sight::Clear,
            Some(seen) if self.told.as_ref() == Some(&seen) => {
                self.accepted = Some(seen.clone());
                Sight::Accepted(seen)
            }
            Some(seen) => {
                self.told = Some(seen.clone());
                Sight::Told(seen)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_time_decides_and_another_recorder_is_asked_about_again() {
        let mut watching = Watching::default();
        let script = || Some("script".to_owned());
        assert_eq!(watching.saw(None), Sight::Clear);
        assert_eq!(watching.saw(script()), Sight::Told("script".to_owned()));
        watching.anew();
        assert_eq!(watching.saw(script()), Sight::Told("script".to_owned()));
        assert_eq!(watching.saw(script()), Sight::Accepted("script".to_owned()));
        assert_eq!(watching.saw(script()), Sight::Clear);
        assert_eq!(watching.saw(Some("tmux".to_owned())), Sight::Told("tmux".to_owned()));
    }
}
