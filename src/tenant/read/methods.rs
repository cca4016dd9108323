//! Registered authentication methods of the accounts, and the tenant's method policies (contract 4, 15.6).

use serde_json::Value;

use crate::domain::facts::{MethodKind, MethodPolicy, MethodState, Registered};
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::tenant::fault::Fault;
use crate::tenant::session::Session;
use crate::tenant::wire::{Method, MethodConfiguration};

use super::Reader;

/// The methods of every account that exists.
pub(super) async fn methods(reader: &Reader<'_>) -> Result<Vec<Registered>, Fault> {
    let mut all = Vec::new();
    for known in reader.known.accounts.get().into_iter().flat_map(|accounts| &accounts.in_slots) {
        let path = format!("/users/{}/authentication/methods", known.account.id);
        let methods: Vec<Method> = reader.session.graph_list(&path).await?;
        all.extend(methods.into_iter().map(|method| registered(known.slot, method)));
    }
    Ok(all)
}

fn registered(slot: Slot, method: Method) -> Registered {
    let kind = kind(&method.kind);
    let name =
        [&method.display_name, method.model.as_ref().unwrap_or(&method.phone_type), &method.phone_number];
    let name = name
        .into_iter()
        .find(|text| !text.is_empty())
        .map_or_else(|| type_name(&method.kind), |text| clean(text));
    let text = |value: Option<String>| value.map(|text| clean(&text)).filter(|text| !text.is_empty());
    let (aaguid, model) = (text(method.aa_guid), text(method.model));
    Registered { slot, kind, name, aaguid, model, number: text(Some(method.phone_number)), id: method.id }
}

fn kind(odata_type: &str) -> MethodKind {
    match odata_type.trim_start_matches("#microsoft.graph.") {
        "passwordAuthenticationMethod" => MethodKind::Password,
        "fido2AuthenticationMethod" => MethodKind::Fido2,
        "phoneAuthenticationMethod" => MethodKind::Phone,
        "temporaryAccessPassAuthenticationMethod" => MethodKind::TemporaryPass,
        _ => MethodKind::Other,
    }
}

fn type_name(odata_type: &str) -> String {
    clean(odata_type.trim_start_matches("#microsoft.graph.").trim_end_matches("AuthenticationMethod"))
}

/// The tenant's method policies. Read one by one: whether the policy itself brings them along is unverified.
pub(super) async fn method_policy(reader: &Reader<'_>) -> Result<MethodPolicy, Fault> {
    let fido2 = configuration(reader.session, "fido2").await?;
    let pass = configuration(reader.session, "temporaryAccessPass").await?;
    let sms = configuration(reader.session, "sms").await?;
    let certificate = configuration(reader.session, "x509Certificate").await?;
    Ok(MethodPolicy {
        fido2_self_service: fido2.is_self_service_registration_allowed,
        fido2: state(fido2),
        pass_once_only: pass.is_usable_once,
        temporary_pass: state(pass),
        sms: state(sms),
        certificate: state(certificate),
    })
}

/// A method that a cloud does not know (a pass, in China) is off.
async fn configuration(session: &Session, id: &str) -> Result<MethodConfiguration, Fault> {
    let path = format!("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{id}");
    match session.graph(&path).await {
        Err(fault) if fault.is_absent() => Ok(MethodConfiguration::default()),
        answer => answer,
    }
}

fn state(configuration: MethodConfiguration) -> MethodState {
    MethodState {
        enabled: configuration.state == "enabled",
        includes: ids(&configuration.include_targets),
        excludes: ids(&configuration.exclude_targets),
        targets: configuration.include_targets,
    }
}

fn ids(targets: &[Value]) -> Vec<String> {
    targets.iter().filter_map(|target| target["id"].as_str()).map(str::to_owned).collect()
}
