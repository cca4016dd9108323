//! The state machine where its operator signs in to a live tenant, and what is said to it there.

use breakglass::domain::mark::Mark;
use breakglass::journeys::model::Model;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::sign_in;
use breakglass::journeys::turn::Start;
use breakglass::journeys::{Effect, Msg, begin, update};

use super::model::model;
use super::session::session;

/// A setup whose operator signs in; nothing was shown yet.
pub fn signing_in() -> Model {
    let mut model = model();
    model.desk.session = session(Mark::Live);
    model.stack.truncate(1);
    begin(&mut model, Start::Setup);
    if attempt(&model) == 0 {
        say(&mut model, sign_in::Msg::Again);
    }
    model
}

/// Which attempt it is; answers to an earlier one count for nothing.
pub fn attempt(model: &Model) -> u32 {
    let Layer::SignIn(sign_in, _) = model.top() else { panic!("{:?}", model.top()) };
    sign_in.attempt
}

/// Says something at the sign-in.
pub fn say(model: &mut Model, msg: sign_in::Msg) -> Vec<Effect> {
    update(model, Msg::SignIn(msg))
}
