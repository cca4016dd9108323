//! A run that is killed at each moment and gone on with: the same tenant, nothing twice, nothing by half, and a word about
//! every write whose answer was not heard.

use serde_json::Value;

use breakglass::effects::record;

use super::alike::essence;
use super::between::Between;
use super::crashes::{Crash, Crashes, crashes};
use super::served::{Served, once};
use super::states::differences;

/// What is done, from its beginning or from where it was left: everything that was said, or what is wrong.
pub type Run = Box<dyn Fn(&Served) -> Result<String, String>>;

/// A tenant, what stands before it, what is done, and what becomes of the tenant without a break.
pub struct Matrix {
    served: Served,
    between: Between,
    run: Run,
    whole: Value,
    all: Crashes,
}

impl Matrix {
    /// Does it once without a break.
    pub fn of(mut served: Served, run: Run) -> Self {
        let between = Between::new();
        between.stand_before(&served);
        let mut ended = Ok(String::new());
        let all = crashes(&served, &between, || ended = run(&served));
        ended.expect("without a break it comes to its end");
        let whole = essence(&served.stop());
        Self { served, between, run, whole, all }
    }

    /// What kills leave behind.
    pub fn crashes(&self) -> &[Crash] {
        &self.all.crashes
    }

    /// Goes on from each that is wanted, and says how many there were.
    pub fn resume(mut self, name: &str, wanted: impl Fn(&Crash) -> bool) {
        let all = std::mem::take(&mut self.all.crashes);
        let tried: Vec<&Crash> = all.iter().filter(|crash| wanted(crash)).collect();
        let wrong: Vec<String> = tried.iter().flat_map(|crash| self.resumed(crash)).collect();
        println!(
            "kill matrix, {name}: {} moments, {} of them leave something else behind; gone on from {}, {} wrong",
            self.all.moments,
            all.len(),
            tried.len(),
            wrong.len()
        );
        assert!(!tried.is_empty(), "nothing was tried");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// Goes on from what a kill has left; what is wrong then.
    fn resumed(&mut self, crash: &Crash) -> Vec<String> {
        crash.left.put_back(&mut self.served, &self.between);
        let ended = (self.run)(&self.served);
        let mut wrong = self.arrived();
        match (ended, &crash.open) {
            (Err(why), _) => wrong.push(why),
            (Ok(told), Some(open)) if !told.contains(ENDED_EARLY) => {
                wrong.push(format!("nothing was said of {open}: {told}"));
            }
            (Ok(_), _) => {}
        }
        wrong.into_iter().map(|what| format!("{} ({:?}): {what}", crash.at, crash.open)).collect()
    }

    /// What is not as it is without a break.
    fn arrived(&mut self) -> Vec<String> {
        let state = self.served.stop();
        once(&state);
        let mut wrong = differences(&self.whole, &essence(&state));
        let (journal, _) = record::read(&self.served.home.record()).expect("a record");
        wrong.extend(journal.broken_at.map(|line| format!("the chain is broken at line {line}")));
        let open = journal.evidence().pending.into_values();
        wrong.extend(open.map(|open| format!("nobody looked up: {open}")));
        wrong
    }
}

/// What is said of a write whose answer was not heard.
pub const ENDED_EARLY: &str = "A run before this one ended in the middle of a write.";
