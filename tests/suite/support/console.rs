//! A console in memory: the state machine with a real vault, and everything that a window showed or a page held.

use breakglass::domain::facts::{Account, Accounts, AreaFacts, InSlot, Reading};
use breakglass::domain::paper::printing::{Content, Destination, Printout};
use breakglass::domain::plan::Plan;
use breakglass::domain::record::{Entry, Half, Slip};
use breakglass::domain::secret::pin::weigh;
use breakglass::domain::secret::typing_back::Judged;
use breakglass::domain::secret::{Secret, SecretId, SecretKind};
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::domain::write::order::Others;
use breakglass::effects::vault::Vault;
use breakglass::journeys::effect::{
    Brought, Done, LineChecked, PaperEffect, Read, RecordEffect, TenantEffect, VaultEffect,
};
use breakglass::journeys::model::Model;
use breakglass::journeys::tasks::board;
use breakglass::journeys::tasks::slip::{MakeSlip, People, State};
use breakglass::journeys::{Effect, Msg, Question, screen, update};
use breakglass::paper::{self, Ink, SlipPage, Written};
use breakglass::steps::STEPS;
use breakglass::ui::tui::Reaction;
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::support::model::{any_slip, at_step};

/// A password whose groups occur in no sentence.
pub const WHOLE: &str = "AaCbDdEeFfHhJmKnLrMtN2P3R4T7UWX9";

/// A console with a real vault, and everything that was shown or printed at it.
pub struct Console {
    /// What the program knows.
    pub model: Model,
    /// What it keeps secret.
    pub vault: Vault,
    /// What it put into the record.
    pub record: Vec<Entry>,
    /// Which half was on its way, and what a window showed or a page held.
    pub seen: Vec<(Option<Half>, String)>,
}

impl Console {
    /// Begins the task `key` of a step with this plan.
    pub fn new(plan: Plan, (step, key): (u8, &str)) -> Self {
        let mut model = crate::support::model::model();
        *model.desk.world.plan_mut() = plan;
        let printer = "ipp://printer.example.com/ipp/print".to_owned();
        model.desk.world.plan_mut().paper.printer = Some(printer);
        model.desk.world.facts_mut().absorb(AreaFacts::Accounts(Reading::Read(accounts())));
        Self::with(model, (step, key))
    }

    /// The console of the task `key` in `step`, with any model.
    pub fn with(mut model: Model, (step, key): (u8, &str)) -> Self {
        at_step(&mut model, step);
        let mut console = Self { model, vault: Vault::new(), record: Vec::new(), seen: Vec::new() };
        let asks = STEPS[usize::from(step) - 1].asks(&console.model.desk.case());
        let task =
            asks.iter().position(|ask| ask.key() == key).unwrap_or_else(|| panic!("no {key}: {asks:?}"));
        console.say(crate::support::model::board(board::Msg::Begin(task)));
        console
    }

    /// Says it, looks at what is shown, and does what the world is asked to do.
    pub fn say(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.look();
        for effect in effects {
            self.carry_out(effect);
        }
    }

    fn look(&mut self) {
        let shown = screen(&self.model);
        self.seen.push((self.half(), crate::support::face::bared(&shown, &self.vault)));
        let named = format!("{shown:?}");
        let now = self.work().and_then(|work| work.secret);
        for id in (1..=20).map(SecretId) {
            let is_named = named.contains(&format!("{id:?}"));
            assert!(!is_named || Some(id) == now, "{id:?} is on a screen: {named}");
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Vault(effect) => self.in_vault(effect),
            Effect::Tenant(TenantEffect::Write(write)) => {
                let done =
                    Done { action: write.action, result: Ok(Brought::default()), others: Others::GoOn };
                self.say(write.tell.with(done));
            }
            Effect::Tenant(TenantEffect::Read(Read { then, .. })) => {
                self.say(Msg::ReadDone(then.map(Box::new)));
            }
            Effect::Record(RecordEffect::Remember(entry)) => {
                self.record.push(entry.clone());
                self.say(Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(entry)));
            }
            Effect::Paper(PaperEffect::PrintSlip { slip, content, to, tell, .. }) => {
                let page = self.page(&slip, content);
                self.seen.push((self.half(), page));
                self.say(tell.with(Ok(match to {
                    Destination::File(file) => Printout::File(file),
                    _ => Printout::HandedOver,
                })));
            }
            Effect::Paper(PaperEffect::Run { tell, .. }) => self.say(tell.with(Ok(()))),
            Effect::Paper(PaperEffect::Probe { tell, .. }) => self.say(tell.with(Ok(()))),
            Effect::Record(RecordEffect::SavePlan(_)) => {}
            other => panic!("{other:?}"),
        }
    }

    fn in_vault(&mut self, effect: VaultEffect<Msg>) {
        match effect {
            VaultEffect::Make(kind, tell) => {
                let text = if matches!(kind, SecretKind::Pin { .. }) { "40718253" } else { WHOLE };
                let id = self.vault.keep(Secret::new(Zeroizing::new(text.to_owned())));
                self.say(tell.with(Ok(id)));
            }
            VaultEffect::Forget(id) => self.vault.forget(id),
            // What comes of it a test says itself.
            VaultEffect::ForgetAfter(..) => {}
            VaultEffect::Split(id, tell) => {
                let halves = self.vault.split(id).ok_or_else(|| Trouble::new("", "", ""));
                self.say(tell.with(halves));
            }
            VaultEffect::Weigh(id, tell) => {
                let weighed = weigh(self.vault.lend(id).expect("it is there").expose());
                self.say(tell.with(weighed));
            }
            VaultEffect::Compare(one, other, tell) => {
                let same = self.vault.same(one, other).expect("both are there");
                self.say(tell.with(same));
            }
        }
    }

    /// The page as it is printed.
    fn page(&self, slip: &Slip, content: Content) -> String {
        let (secret, half, length, written) = match content {
            Content::Whole(id) => (self.vault.lend(id), None, 32, Written::Here),
            Content::Half { half, secret, of } => (self.vault.lend(secret), Some(half), of, Written::Here),
            Content::Blank => (None, None, 0, Written::ByPen),
        };
        let sheet = paper::slip(
            &self.model.desk.case(),
            &SlipPage { slip, mark: "REHEARSAL", length, half, written },
        );
        paper::text(&sheet, secret.as_deref().map_or(Ink::Blank, Ink::Secret)).to_string()
    }

    fn work(&self) -> Option<&MakeSlip> {
        any_slip(&self.model)
    }

    /// How far the slip is.
    pub fn state(&self) -> State {
        self.work().expect("a slip").state.clone()
    }

    /// The half whose custodian is in the room.
    pub fn half(&self) -> Option<Half> {
        match self.work()?.people {
            People::One | People::Two { half: Half::A, other: None } => None,
            People::Two { half, .. } => Some(half),
        }
    }

    /// Presses the key of the choice whose label contains `words`.
    pub fn press(&mut self, words: &str) {
        let shown = screen(&self.model);
        let choice = shown.choices.iter().find(|c| c.label.contains(words));
        let choice = choice.unwrap_or_else(|| panic!("no \"{words}\" among {:?}", shown.choices));
        match crate::support::face::pressed(&shown, choice.key) {
            Reaction::Say(msg) => self.say(msg),
            other => panic!("{:?} of {words} comes to {other:?}", choice.key),
        }
    }

    /// Types a line and Enter.
    pub fn type_line(&mut self, text: &str) -> Option<Judged> {
        let shown = screen(&self.model);
        match (crate::support::face::typed(&shown, text), shown.question) {
            (Reaction::Say(msg), _) => self.say(msg),
            (Reaction::Check { secret, line, typed }, Some(Question::SecretLine { checked, .. })) => {
                let judged = self.vault.judge_line(secret, line, typed.as_str());
                self.say(checked.with(LineChecked { line, judged }));
                return Some(judged);
            }
            (Reaction::Keep(typed), Some(Question::Secret { entered, .. })) => {
                let id = self.vault.keep_typed(typed.as_str());
                self.say(entered.with(id));
            }
            (other, _) => panic!("typing comes to {other:?} in {:?}", self.state()),
        }
        None
    }

    /// The slips in the record.
    pub fn slips(&self) -> Vec<&Slip> {
        let slips = self.record.iter().filter_map(|entry| match entry {
            Entry::Slip(slip) => Some(slip),
            _ => None,
        });
        slips.collect()
    }
}

fn accounts() -> Accounts {
    let account = Account::as_set_up("id-first", "harbor.lantern@contoso.onmicrosoft.com", "Harbor Lantern");
    Accounts { in_slots: vec![InSlot { slot: Slot::FIRST, account }], ..Accounts::default() }
}
