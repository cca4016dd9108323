//! Which controls of the chosen frameworks a check answers.

use crate::domain::check::id::CheckId;
use crate::domain::plan::Profile;
use crate::guide;
use crate::journeys::report::review::Control;

/// The controls that `check` answers, those of the guide first.
pub fn controls(check: CheckId, chosen: &[Profile]) -> Vec<Control> {
    let answered = guide::answered(check, chosen);
    let control = |(profile, words): (Profile, &guide::ControlWords)| Control {
        profile: profile.name().to_owned(),
        id: words.id.clone(),
        title: words.title.clone(),
    };
    answered.map(control).collect()
}
