//! What the record of a world of the table holds: slips, tests, attestations.

use breakglass::domain::facts::SignIn;
use breakglass::domain::record::{Entry, Evidence, Slip, SlipKind, SlipState, Test};
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
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
                address: String::new(),
            }
        };
        self.signed_in.iter().map(one).collect()
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
        for name in &self.revoked {
            evidence.revoked.insert(slot(name), at(4));
        }
        for text in &self.tests {
            evidence.tests.push(a_test(text));
        }
        for key in &self.refused {
            evidence.refused.insert(key.as_str().into(), Trouble::new("Refused.", "By hand.", "Portal."));
        }
        if self.notified {
            evidence.add(at(3), &Entry::Notified { sent: true, detail: String::new(), date: None });
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
    Test {
        slot: slot(name),
        at: at(3),
        person: "Sample".to_owned(),
        passed: outcome != "failed",
        administrator: outcome == "passed",
        read: None,
        issues: String::new(),
        seconds: 9,
    }
}
