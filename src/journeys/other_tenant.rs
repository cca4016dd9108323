//! Which tenant: the rehearsal tenant stands ready; from the first screen a person may go to a real one, or work without
//! a connection. Which tenant it is decides record and connection, so the program is put together anew around it.

use crate::domain::text;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Model, Stage, TenantChoice};
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::{frame, start};

/// The word for the tenant without a connection, as on the command line.
const MANUAL: &str = "manual";

/// What the first screen offers, where the command line has named no tenant.
pub(super) fn choices(model: &Model) -> Vec<Choice> {
    match model.session.choice {
        TenantChoice::Made => Vec::new(),
        TenantChoice::Open => vec![
            Choice::safe('l', "Work on a real tenant", Msg::OtherTenant)
                .explained("asks which, then signs in"),
            Choice::safe('w', "Work without a connection", Msg::WithoutConnection)
                .explained("you do, the program guides"),
        ],
    }
}

/// What the first screen says about it.
pub(super) fn words(model: &Model) -> Option<Block> {
    (model.session.choice == TenantChoice::Open).then(|| {
        Block::Text(
            "This is the rehearsal tenant, a simulated one inside this program: nothing is at risk here."
                .to_owned(),
        )
    })
}

/// Asks which tenant.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    if model.session.choice == TenantChoice::Open {
        model.stage = Stage::OtherTenant { problem: None };
    }
    Vec::new()
}

/// Goes on without a connection.
pub(super) fn by_hand(model: &Model) -> Vec<Effect> {
    match model.session.choice {
        TenantChoice::Open => vec![Effect::Switch(MANUAL.to_owned())],
        TenantChoice::Made => Vec::new(),
    }
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Answer(answer) => named(model, answer.trim()),
        Msg::Back => start::home_again(model),
        _ => Vec::new(),
    }
}

/// Whether there is such a tenant is looked up when the sign-in begins; here only whether it can be one.
fn named(model: &mut Model, tenant: &str) -> Vec<Effect> {
    if !text::is_guid(tenant) && !text::is_domain(tenant) {
        let problem =
            "That is no id and no domain: 11111111-2222-4333-8444-555555555555, or contoso.onmicrosoft.com.";
        model.stage = Stage::OtherTenant { problem: Some(problem.to_owned()) };
        return Vec::new();
    }
    start::home_again(model);
    vec![Effect::Switch(tenant.to_lowercase())]
}

/// The question.
pub(super) fn screen(model: &Model, problem: Option<&str>) -> Screen {
    let mut screen = frame::of(model, "Work on a real tenant");
    screen.prose.push(Block::Text(
        "The tenant's id stands in the Entra admin center under Overview; any of its domains does as well. Signing in \
         comes next and writes nothing; before the first write the tenant's name is asked for once more."
            .to_owned(),
    ));
    screen.prose.push(Block::Text(
        "A national cloud, another way to sign in or an app of your own are options of the command line: breakglass \
         --help."
            .to_owned(),
    ));
    screen.question = Some(Question::Text {
        prompt: "Tenant (id or domain)".to_owned(),
        preset: String::new(),
        problem: problem.map(str::to_owned),
    });
    screen.choices = vec![Choice::safe('b', "Back", Msg::Back)];
    screen
}
