//! Registered authentication methods of the accounts, and the tenant's method policies (contract 4, 15.6).

use serde_json::Value;

use crate::domain::facts::{
    KeyProfile, KeyRule, KeyRules, MethodKind, MethodPolicy, MethodState, Models, PassLifetime, Registered,
};
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::tenant::fault::Fault;
use crate::tenant::session::Session;
use crate::tenant::wire::{KeyRestrictions, Method, MethodConfiguration, PasskeyProfile};

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
    Registered {
        name,
        type_name: type_name(&method.kind),
        aaguid: text(method.aa_guid),
        model: text(method.model),
        number: text(Some(method.phone_number)),
        attested: one_of(&method.attestation_level, "attested", "notAttested"),
        synced: one_of(&method.passkey_type, "synced", "deviceBound"),
        ..Registered::new(slot, kind, method.id)
    }
}

/// Which of two words it is; another one, or none, is not known.
fn one_of(word: &str, yes: &str, no: &str) -> Option<bool> {
    if word == yes { Some(true) } else { (word == no).then_some(false) }
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
        key_rules: Box::new(key_rules(&fido2)),
        fido2: state(fido2),
        pass_once_only: pass.is_usable_once,
        pass_lifetime: PassLifetime {
            least: pass.minimum_lifetime_in_minutes,
            most: pass.maximum_lifetime_in_minutes,
        },
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

/// The rule of the policy itself says nothing about kinds of passkeys: it is older than they are.
fn key_rules(policy: &MethodConfiguration) -> KeyRules {
    let whole = KeyRule {
        models: models(policy.key_restrictions.as_ref()),
        attested: policy.is_attestation_enforced,
        device_bound: Some(true),
        synced: Some(true),
    };
    KeyRules { whole, profiles: policy.passkey_profiles.iter().map(profile).collect() }
}

fn profile(profile: &PasskeyProfile) -> KeyProfile {
    let kinds: Vec<&str> = profile.passkey_types.split(',').map(str::trim).collect();
    // A word that is new says nothing about those that are known; an empty list says nothing at all.
    let has = |kind| (kinds != [""]).then(|| kinds.contains(&kind));
    let rule = KeyRule {
        models: models(profile.key_restrictions.as_ref()),
        attested: one_of(&profile.attestation_enforcement, "registrationOnly", "disabled"),
        device_bound: has("deviceBound"),
        synced: has("synced"),
    };
    KeyProfile { id: profile.id.clone(), rule }
}

fn models(restrictions: Option<&KeyRestrictions>) -> Models {
    let Some(restrictions) = restrictions else { return Models::Unknown };
    let list = || restrictions.aa_guids.iter().map(|model| clean(model)).collect();
    match (restrictions.is_enforced, restrictions.enforcement_type.as_str()) {
        (Some(false), _) => Models::All,
        (Some(true), "allow") => Models::Only(list()),
        (Some(true), "block") => Models::AllBut(list()),
        (Some(true) | None, _) => Models::Unknown,
    }
}
