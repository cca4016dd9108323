//! The sign-in screen.

use crate::domain::connection::sign_in::{Audience, Demand, Prompt, Who};
use crate::domain::text::sentence;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Leave, Question, Screen, Source, Work};
use crate::journeys::tasks::sign_in::{Msg, Occasion, SignIn, Typed, elsewhere};
use crate::journeys::turn::Operators;

impl SignIn {
    /// The sign-in screen.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let title = match self.occasion {
            Occasion::Beginning(_) => "Sign in",
            Occasion::Renewal => "Sign in again",
        };
        let mut screen = frame::of(desk, title);
        match &self.who {
            Some(who) => seen(desk, who, &mut screen),
            None => self.fill(desk, &mut screen),
        }
        screen.choices.extend(self.away(&mut screen.leave));
        screen
    }

    /// What there is to do until somebody has signed in.
    fn fill(&self, desk: &Desk, screen: &mut Screen<Msg>) {
        screen.prose.push(Block::Text(self.reason()));
        screen.prose.extend(self.whose(desk).map(Block::Text));
        match (&self.typing, &self.prompt) {
            (Some(Typed::ClientSecret), _) => ask_secret(screen),
            (Some(Typed::Address), Some(prompt)) => {
                elsewhere::fill(screen, prompt, Msg::Entered, Msg::Back);
            }
            (_, prompt) if self.is_under_way() => wait(desk, self.occasion, prompt.as_ref(), screen),
            _ => {
                screen.choices.push(Choice::safe('r', "Try again", Msg::Again));
                screen.choices.extend(repair(desk, self.occasion));
            }
        }
    }

    /// The way out of signing in.
    fn away(&self, leave: &mut Option<Leave>) -> Option<Choice<Msg>> {
        match self.occasion {
            Occasion::Beginning(_) => Some(Choice::back("Back", Msg::Back)),
            Occasion::Renewal => {
                *leave = Some(Leave::asking("Leave; the next run goes on here"));
                Some(Choice::safe('g', "Go on without; what needs it stays open", Msg::GoOnWithout))
            }
        }
    }

    /// In the middle of the work: whose sign-in it is, and for which write.
    fn whose(&self, desk: &Desk) -> Option<String> {
        if self.occasion != Occasion::Renewal {
            return None;
        }
        let name = desk.at_console().map(|name| format!(", {name}")).unwrap_or_default();
        let write = match self.write.as_str() {
            "" => String::new(),
            write => sentence(&format!(" It is needed for this write: {write}")),
        };
        Some(format!("It is your own sign-in{name}.{write}"))
    }

    fn reason(&self) -> String {
        let Demand { audience, claims } = &self.demand;
        match (self.occasion, claims) {
            (Occasion::Beginning(Operators::OrTheOtherAccount), _) => {
                "Sign in as another administrator than the account that is repaired. The other emergency access account \
                 is accepted where nobody else gets in; that is a use, and is recorded as one."
                    .to_owned()
            }
            (Occasion::Beginning(Operators::Administrators), _) => {
                "Sign in as an administrator of the tenant, not as an emergency access account. The program \
                          waits here."
                    .to_owned()
            }
            (Occasion::Renewal, Some(_)) => format!(
                "{} asks for a stronger sign-in before this goes on: sign in as before, with the second factor it asks \
                 for. What was under way is kept and derived again afterwards.",
                audience.words()
            ),
            (Occasion::Renewal, None) if *audience != Audience::Graph => format!(
                "{} wants a sign-in of its own. Sign in as before; what was under way goes on afterwards.",
                audience.words()
            ),
            (Occasion::Renewal, None) => {
                "This needs a sign-in: none was made yet, or it has ended. What was under way is kept and derived again \
                 afterwards."
                    .to_owned()
            }
        }
    }
}

/// Who signed in, before anything is done as that one.
fn seen(desk: &Desk, who: &Who, screen: &mut Screen<Msg>) {
    let name = if who.upn.is_empty() { &who.id } else { &who.upn };
    screen.prose.push(Block::Text(
        "Somebody signed in. Nothing was read or changed as this account yet: look whether it is the one you mean.".to_owned(),
    ));
    screen.prose.push(Block::Pairs(vec![
        ("Signed in as".to_owned(), name.clone()),
        ("Tenant".to_owned(), desk.session.tenant.clone()),
        ("Tenant id".to_owned(), who.tenant.clone()),
    ]));
    let before = desk.facts().operator.get().map(|operator| &operator.upn);
    if let Some(before) = before.filter(|before| !before.eq_ignore_ascii_case(name)) {
        screen
            .prose
            .push(Block::Text(format!("Until now it was {before}: what was under way goes on as {name}.")));
    }
    screen.choices.push(Choice::safe('n', format!("Go on as {name}"), Msg::Right));
    screen.choices.push(Choice::safe('r', "That is somebody else: sign in again", Msg::Again));
}

fn wait(desk: &Desk, occasion: Occasion, prompt: Option<&Prompt>, screen: &mut Screen<Msg>) {
    screen.work = Some(Work::endless("waiting for the sign-in"));
    match prompt {
        Some(Prompt::Browser { short, .. }) => {
            screen.prose.push(Block::Text(
                "The sign-in page opens in the browser. If it does not, open this address on this machine:"
                    .to_owned(),
            ));
            screen.prose.push(Block::Verbatim(vec![short.clone()]));
            screen.choices.push(Choice::safe('o', "Open the page again", Msg::Open));
            screen.choices.push(Choice::safe('l', "Sign in on another computer (over SSH)", Msg::Elsewhere));
            screen.choices.extend(repair(desk, occasion));
        }
        Some(Prompt::Code { address, code, minutes }) => {
            screen.prose.push(Block::Text("On any device, open this page and enter the code:".to_owned()));
            screen.prose.push(Block::Pairs(vec![
                ("Page".to_owned(), address.clone()),
                ("Code".to_owned(), code.clone()),
                ("Good for".to_owned(), format!("{minutes} minutes")),
            ]));
            screen.prose.push(Block::Qr(address.clone()));
            screen.choices.push(Choice::safe('o', "Open the page on this machine", Msg::Open));
        }
        Some(Prompt::Secret) | None => {}
    }
}

/// Where accounts of this record may help, the way to the repair: a page that blocks never comes back by itself.
fn repair(desk: &Desk, occasion: Occasion) -> Option<Choice<Msg>> {
    let first = occasion == Occasion::Beginning(Operators::Administrators);
    let label = "A policy stops us: repair that, signed in as the other account";
    let may_help = first && !desk.evidence().accounts.is_empty();
    may_help.then(|| Choice::safe('p', label, Msg::RepairBlocked))
}

fn ask_secret(screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(
        "The app signs in with its client secret. It is kept in memory only, for this run.".to_owned(),
    ));
    let (prompt, entered) = ("Client secret".to_owned(), Reply::to(Msg::Entered));
    screen.question = Some(Question::Secret { prompt, source: Source::Screen, entered });
}
