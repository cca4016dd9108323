//! What the record of a world of the table holds: slips, tests, attestations.

use breakglass::domain::facts::{SignIn, SignInTold};
use breakglass::domain::record::{
    AdministrativeRead, Entry, Evidence, Logged, Overtaken, SeenKey, Slip, SlipKind, SlipState, Test,
    TestedWith,
};
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use jiff::SignedDuration;
use jiff::civil::date;

use crate::support::sample::a_word;

use super::{GROUP, World, at, slot, two};

impl World {
    pub fn sign_ins(&self) -> Vec<SignIn> {
        let one = |text: &String| {
            let (name, policy) = two(text);
            SignIn {
                slot: slot(name),
                id: "log".to_owned(),
                at: at(3),
                error: 0,
                policies: Some(policy.to_owned()).filter(|p| !p.is_empty()).into_iter().collect(),
                application: "portal".to_owned(),
                app: "app".to_owned(),
                correlation: String::new(),
                address: "198.51.100.20".to_owned(),
                told: SignInTold::default(),
            }
        };
        let stranger = |name: &String| SignIn {
            id: "stranger".to_owned(),
            at: at(3) + SignedDuration::from_mins(5),
            address: "203.0.113.99".to_owned(),
            ..one(name)
        };
        self.signed_in.iter().map(one).chain(self.strangers.iter().map(stranger)).collect()
    }

    pub fn evidence(&self) -> Evidence {
        let mut evidence = Evidence { group: Some(GROUP.to_owned()), ..Evidence::default() };
        let slips =
            self.slips.iter().map(|text| two(text)).map(|(name, state)| (name, state, SlipKind::Password));
        let pins = self.pins.iter().map(|name| (name.as_str(), "", SlipKind::Pin { key: 0 }));
        for (number, (name, state, kind)) in (1..).zip(slips.chain(pins)) {
            let state = if state == "made" { SlipState::Made } else { SlipState::Confirmed };
            evidence.add(at(1), &Entry::Slip(a_slip((number, slot(name)), kind, state)));
        }
        for name in &self.seen_keys {
            let seen = SeenKey {
                method: format!("method-{name}"),
                aaguid: String::new(),
                model: String::new(),
                tests: 0,
            };
            evidence.keys.insert((slot(name), 0), seen);
        }
        for name in &self.revoked {
            evidence.revoked.insert(slot(name), at(4));
        }
        for text in &self.tests {
            let at = at(3 - 24 * self.tested_days);
            evidence.tests.push(Test { at, ..a_test(text) });
        }
        for text in &self.overtaken {
            let (name, by) = two(text);
            let by = match by {
                "key 1 was registered" => Overtaken::Key(0),
                other => Overtaken::Otherwise(other.to_owned()),
            };
            evidence.overtaken.insert(slot(name), by);
        }
        for name in &self.logged {
            evidence.logged.push(Logged {
                slot: slot(name),
                test: at(3),
                id: "request".to_owned(),
                at: at(3),
                policies: Vec::new(),
            });
        }
        for key in &self.refused {
            evidence.refused.insert(key.as_str().into(), Trouble::new("Refused.", "By hand.", "Portal."));
        }
        evidence.logging_seen = self.logging_days.map(|days| at(-24 * days));
        if self.notified {
            evidence
                .add(at(3), &Entry::Notified { sent: true, detail: String::new(), date: None, group: None });
        }
        if self.documents {
            let files = vec!["document".to_owned()];
            evidence.add(at(3), &Entry::Documented { files, date: None, procedure: None, names: None });
        }
        for about in &self.attested {
            evidence.add(at(4), &a_word(about, date(2026, 11, 1)));
        }
        evidence
    }
}

fn a_slip((number, slot): (u32, Slot), kind: SlipKind, state: SlipState) -> Slip {
    Slip {
        number,
        slot,
        kind,
        state,
        date: date(2026, 11, 1),
        replaces: None,
        route: String::new(),
        changed: Some(at(1)),
        checked: None,
        file: None,
        safe: String::new(),
        halves: Vec::new(),
    }
}

fn a_test(text: &str) -> Test {
    let (name, outcome) = two(text);
    let asked = outcome != "weak" && outcome != "by-hand";
    let azure = match outcome {
        "no-azure" => AdministrativeRead::Refused("a policy stops it".to_owned()),
        "azure-not-tried" => AdministrativeRead::NotAsked("the app may not ask".to_owned()),
        _ => AdministrativeRead::Worked,
    };
    Test {
        day: None,
        slot: slot(name),
        at: at(3),
        person: "Sample".to_owned(),
        passed: outcome != "failed",
        administrator: outcome != "failed" && outcome != "powerless",
        read: asked.then_some(AdministrativeRead::Worked),
        azure: asked.then_some(azure),
        with: asked.then(|| Box::new(with(name, outcome))),
        issues: String::new(),
        seconds: if outcome == "by-hand" { 0 } else { 9 },
    }
}

fn with(name: &str, outcome: &str) -> TestedWith {
    let methods = match outcome {
        "other-key" => vec!["method-before".to_owned()],
        "unread-methods" => Vec::new(),
        _ => vec![format!("method-{name}")],
    };
    TestedWith {
        password: Some(at(1)),
        methods,
        key: None,
        signed_in: at(3),
        apps: vec!["app".to_owned()],
        address: "198.51.100.20".to_owned(),
        correlations: vec!["sent".to_owned()],
    }
}
