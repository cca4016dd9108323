//! Which tenant: the rehearsal tenant stands ready; from the first screen a person may go to a real one, or work without
//! a connection. Which tenant it is decides record and connection, so the program is put together anew around it.

use crate::domain::text;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::home::{Home, Msg, switch};
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::session::TenantChoice;
use crate::journeys::turn::Turn;

/// What the first screen offers, where the command line has named no tenant.
pub(super) fn choices(desk: &Desk) -> Vec<Choice<Msg>> {
    match desk.session.choice {
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
pub(super) fn words(desk: &Desk) -> Option<Block> {
    (desk.session.choice == TenantChoice::Open).then(|| {
        Block::Text(
            "This is the rehearsal tenant, a simulated one inside this program: nothing is at risk here."
                .to_owned(),
        )
    })
}

impl Home {
    /// Whether there is such a tenant is looked up when the sign-in begins; here only whether it can be one.
    pub(super) fn other_tenant(&mut self, tenant: &str) -> Turn<Msg> {
        if !text::is_guid(tenant) && !text::is_domain(tenant) {
            let problem = "That is no id and no domain: 11111111-2222-4333-8444-555555555555, or \
                           contoso.onmicrosoft.com.";
            *self = Self::OtherTenant { problem: Some(problem.to_owned()) };
            return Turn::stay();
        }
        *self = Self::First;
        switch(&tenant.to_lowercase()).into()
    }
}

/// The question.
pub(super) fn screen(desk: &Desk, problem: Option<String>) -> Screen<Msg> {
    let mut screen = frame::of(desk, "Work on a real tenant");
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
    screen.question = Some(Question::text("Tenant (id or domain)", Msg::Tenant).refused(problem));
    screen.choices = vec![Choice::back("Back", Msg::Back)];
    screen
}
