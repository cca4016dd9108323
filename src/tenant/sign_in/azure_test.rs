//! The second half of a sign-in test: into Azure, as the portal does.
//!
//! The refresh token of the first half is tried first, so that nobody has to sign in twice. Where Azure wants more of the
//! person, or the app may not ask for Azure (the shared Graph client is said not to, contract 10), the sign-in page is
//! shown once more; for Azure alone the Azure CLI's client may always ask.

use serde_json::Value;
use zeroize::Zeroizing;

use super::browser;
use super::oauth::{self, AZURE_CLI, Client};
use super::source::{Source, Sources};
use super::tokens::Grant;
use super::wish::Wish;
use crate::domain::connection::sign_in::{Audience, Prompt, SignInWay};
use crate::domain::record::AdministrativeRead;
use crate::domain::trouble::Trouble;
use crate::tenant::fault::{Fault, Kind};
use crate::tenant::read::SUBSCRIPTIONS;
use crate::tenant::session::Session;

/// Numbers that speak about the app or the consent, not about the account: 65001 and 65002 stand in contract 10, the
/// others are common knowledge (the resource is unknown, or not among the app's).
const ABOUT_THE_APP: [u32; 6] = [65_001, 65_002, 650_057, 500_011, 700_016, 530_084];
/// Numbers that a person answers on the page, with a second factor (contract 10).
const ON_THE_PAGE: [u32; 4] = [50_072, 50_074, 50_076, 50_158];

/// What the test signs in with, visit by visit.
#[derive(Default)]
pub(super) struct Visits {
    pub apps: Vec<String>,
    pub correlations: Vec<String>,
}

impl Visits {
    /// Another visit of the sign-in page.
    pub fn add(&mut self, app: &str, wish: &Wish) {
        if !self.apps.iter().any(|known| known == app) {
            self.apps.push(app.to_owned());
        }
        self.correlations.push(wish.correlation.clone());
    }
}

/// Whose sign-in it is, and what the first half left.
pub(super) struct Account<'a> {
    pub upn: &'a str,
    pub refresh: Option<Zeroizing<String>>,
}

/// Signs in to Azure and lists what the account can see there; an empty list is an answer too.
pub(super) async fn enter(
    own: &Session,
    visits: &mut Visits,
    account: Account<'_>,
    show: impl Fn(Prompt),
) -> AdministrativeRead {
    let client = match quietly(own, account.refresh.as_ref()).await {
        Ok(grant) => return looked(own, grant).await,
        Err(Hindrance::Page) => own.person(),
        Err(Hindrance::App(_)) => Client { id: AZURE_CLI.to_owned(), ..own.person() },
        Err(last) => return last.told(),
    };
    let wish = Wish::azure_test(&own.profile, account.upn);
    visits.add(&client.id, &wish);
    match browser::sign_in(own, &client, &wish, show).await {
        Ok(signed) => looked(own, signed.grant).await,
        Err(fault) => Hindrance::on_page(fault).told(),
    }
}

/// What stands between a signed-in account and a token for Azure.
enum Hindrance {
    /// The account is not let in.
    Account(Trouble),
    /// The person has to do something on the page.
    Page,
    /// The app may not ask.
    App(Trouble),
    /// Nothing that says anything.
    Passing(Trouble),
}

impl Hindrance {
    fn of(fault: Fault) -> Self {
        let number = fault.number.unwrap_or_default();
        match fault.kind {
            _ if ABOUT_THE_APP.contains(&number) => Self::App(fault.into_trouble()),
            _ if ON_THE_PAGE.contains(&number) => Self::Page,
            Kind::SignIn => Self::Account(fault.into_trouble()),
            Kind::Refused => Self::App(fault.into_trouble()),
            Kind::NotSent | Kind::Lost | Kind::Busy => Self::Passing(fault.into_trouble()),
        }
    }

    /// On the page the person has done what there was to do.
    fn on_page(fault: Fault) -> Self {
        match Self::of(fault) {
            Self::Page => Self::Account(not_finished()),
            other => other,
        }
    }

    fn told(self) -> AdministrativeRead {
        match self {
            Self::Account(trouble) => AdministrativeRead::Refused(trouble.reason()),
            Self::App(trouble) | Self::Passing(trouble) => AdministrativeRead::NotAsked(trouble.reason()),
            Self::Page => AdministrativeRead::Refused(not_finished().reason()),
        }
    }
}

fn not_finished() -> Trouble {
    Trouble::new(
        "The sign-in to Azure did not work.",
        "Azure wants more of the person than was given.",
        "Sign in again with the second factor.",
    )
}

async fn quietly(own: &Session, refresh: Option<&Zeroizing<String>>) -> Result<Grant, Hindrance> {
    let Some(refresh) = refresh else { return Err(Hindrance::Page) };
    let granted = oauth::refreshed(own.service(), &own.person(), Audience::Arm, refresh).await;
    granted.map_err(Hindrance::of)
}

async fn looked(own: &Session, grant: Grant) -> AdministrativeRead {
    let source = Source::of_person(SignInWay::Browser, own.person());
    source.keep(Audience::Arm, grant).await;
    let in_azure = own.beside(Sources { graph: source, azure: None });
    let path = format!("/subscriptions?api-version={SUBSCRIPTIONS}");
    match in_azure.read::<Value>(Audience::Arm, &path).await {
        Ok(_) => AdministrativeRead::Worked,
        Err(fault) if fault.is_passing() => AdministrativeRead::NotAsked(fault.into_trouble().reason()),
        Err(fault) => AdministrativeRead::Refused(fault.into_trouble().reason()),
    }
}
