//! The test of an emergency access account: it signs in as an administrator does on the day, for Graph and for Azure; its
//! tokens are used for a few reads and dropped. The operator stays signed in.
//!
//! A sign-in that asks only who somebody is proves little: policies with a resource exclusion may let it pass and no
//! other (contract 16). So Graph is asked with administrative scopes, and Azure with `.default`.

use std::time::Instant;

use jiff::Timestamp;
use serde_json::Value;

use super::azure_test::{self, Visits};
use super::browser;
use super::source::{Source, Sources};
use super::tokens::Grant;
use super::wish::Wish;
use crate::domain::connection::sign_in::{Audience, Prompt, SignInWay};
use crate::domain::record::AdministrativeRead;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::GLOBAL_ADMINISTRATOR;
use crate::tenant::fault::Fault;
use crate::tenant::jwt;
use crate::tenant::read::directory_roles;
use crate::tenant::session::Session;
use crate::tenant::wire::{Me, Object, Page};

/// A finished test of an emergency access account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestSignIn {
    /// Object id of who signed in.
    pub oid: String,
    /// User principal name of who signed in.
    pub upn: String,
    /// Whether the account's own token shows Global Administrator.
    pub administrator: bool,
    /// Whether reads that administrators make through Graph worked.
    pub read: AdministrativeRead,
    /// Whether the account got into Azure.
    pub azure: AdministrativeRead,
    /// Seconds from start to the last read, the person's time included.
    pub seconds: u64,
    /// `lastPasswordChangeDateTime`, as the account itself reads it.
    pub password: Option<Timestamp>,
    /// When it had signed in, by the services' clock.
    pub signed_in: Timestamp,
    /// Ids of the applications it signed in with.
    pub apps: Vec<String>,
    /// The address it came from, where the token tells it.
    pub address: String,
    /// Ids that went along with the sign-ins.
    pub correlations: Vec<String>,
}

/// Signs in as `upn`, whose object id is `expected`, and looks at its roles and at what administrators read.
pub(in crate::tenant) async fn test(
    session: &Session,
    upn: &str,
    expected: &str,
    show: impl Fn(Prompt),
) -> Result<TestSignIn, Trouble> {
    let (client, wish) = (session.person(), Wish::test(&session.profile, upn));
    let (started, mut visits) = (Instant::now(), Visits::default());
    visits.add(&client.id, &wish);
    let signed = browser::sign_in(session, &client, &wish, &show).await.map_err(Fault::into_trouble)?;
    // Whoever signed in is looked up below, before anything else is done as that account.
    let grant = signed.grant;
    let (address, refresh) = (address(&grant), grant.refresh_token.clone());
    let source = Source::of_person(SignInWay::Browser, client);
    source.keep(Audience::Graph, grant).await;
    let own = session.beside(Sources { graph: source, azure: None });
    let failed = "The account signed in, but could not be looked up.";
    let me = own.graph("/me?$select=id,userPrincipalName,lastPasswordChangeDateTime").await;
    let me: Me = me.map_err(|fault: Fault| fault.during(failed))?;
    if !me.id.eq_ignore_ascii_case(expected) {
        return Err(wrong_account(&me.user_principal_name));
    }
    let roles = directory_roles(&own).await.map_err(|fault| fault.during(failed))?;
    let read = administrative_reads(&own).await;
    let azure = azure_test::enter(&own, &mut visits, azure_test::Account { upn, refresh }, &show).await;
    Ok(TestSignIn {
        oid: me.id,
        upn: me.user_principal_name,
        administrator: roles.iter().any(|(template, _)| template == GLOBAL_ADMINISTRATOR),
        read,
        azure,
        seconds: started.elapsed().as_secs(),
        password: me.last_password_change_date_time,
        signed_in: own.service_time(),
        apps: visits.apps,
        address,
        correlations: visits.correlations,
    })
}

/// Who holds the role, and whether security defaults are on: what an administrator looks at first, and nobody else may.
async fn administrative_reads(own: &Session) -> AdministrativeRead {
    let holders = format!(
        "/roleManagement/directory/roleAssignments?$filter=roleDefinitionId%20eq%20'{GLOBAL_ADMINISTRATOR}'"
    );
    let read = async {
        own.graph::<Page<Object>>(&holders).await?;
        own.graph::<Value>("/policies/identitySecurityDefaultsEnforcementPolicy").await
    };
    match read.await {
        Ok(_) => AdministrativeRead::Worked,
        Err(fault) if fault.is_passing() => AdministrativeRead::NotAsked(fault.into_trouble().reason()),
        Err(fault) => AdministrativeRead::Refused(fault.into_trouble().reason()),
    }
}

/// Where the token says that its owner sits (`ipaddr`, in tokens of the first version; common knowledge).
fn address(grant: &Grant) -> String {
    jwt::claims(&grant.access_token).map(|claims| clean(&claims.ipaddr)).unwrap_or_default()
}

fn wrong_account(upn: &str) -> Trouble {
    Trouble::new(
        "Another account signed in.",
        format!("{} signed in instead of the account to be tested.", clean(upn)),
        "Use a private window and start the test again.",
    )
}
