//! breakglass: emergency access accounts for a Microsoft Entra tenant, set up at a console.
//!
//! # The map
//!
//! A pure core turns messages into new state and a list of effects; an outer ring carries effects out and answers with
//! messages; thin faces show the same [`Screen`](journeys::Screen).
//!
//! ```text
//! key or pipe ─> face ─> Choice's Msg ─> update(&mut Model, Msg) ─> [Effect, each with its Reply]
//!                 ^                                                   │
//!                 │                                                   v
//!          screen(&Model) <── Reply's Msg <── effects: record line, one HTTP call, record line
//! ```
//!
//! | floor | module | what it is |
//! |---|---|---|
//! | 0 | [`domain`] | nouns: plan, facts, record, writes with the exact call behind each, checks, secrets by name, paper |
//! | 0 | [`steps`] | the nine steps, each `checks`, `actions`, `asks` of a [`Case`](domain::check::case::Case); repairs put together from them; any of them is a [`Subject`](steps::Subject) |
//! | 0 | [`guide`] | the product's words, typed |
//! | 1 | [`journeys`] | what happens next: a room for each journey, tasks that all of them share, guards around every effect, the report |
//! | 2 | [`tenant`] | Entra and Azure over HTTP |
//! | 2 | [`rehearsal`] | a simulated tenant, a real server on loopback, with a control port to break it |
//! | 2 | [`paper`] | slips and pages, as PDF, as text, for an old printer |
//! | 2 | [`effects`] | where the world is touched: vault, record, clock, files, printers |
//! | 3 | [`app`], [`ui`], [`cli`] | putting the program together and the loop's body, the faces, the command line |
//!
//! Within [`journeys`] a journey lies at the bottom of a [stack](journeys::stack), tasks lie on it. Each layer has its own
//! messages, state, screen and unattended answer, works on the [desk](journeys::desk), and says in a
//! [turn](journeys::turn) whether it stays, begins another task by name, or ends, and how. It names nothing above or beside
//! it: its messages become the program's where all are put together ([`journeys::message`]).
//!
//! An exercise is a world of its own: a rehearsal tenant and a record below the organization's ([`app::exercise`]), played by
//! the room [`journeys::tabletop`]. What happened stands in that record as moments, and everything shown, resumed, rated and
//! reported is worked out from them ([`domain::exercise::play`]). What breaks goes over the rehearsal's control port
//! ([`effects::control`]); whether a milestone is reached the checks see through an app of their own
//! ([`effects::observe`]), whoever is locked out.
//!
//! # Invariants
//!
//! Each is tested, most of them in `tests/suite`; `tests/suite/promises` is the best place to begin.
//!
//! * Imports only go down the floors. Floors 0 and 1 do no I/O, read no clock and are not `async`. No task imports a
//!   journey, no journey another; no files import each other in a circle.
//! * A message can only be heard by the layer whose own it is. An answer of the world carries the reply of whoever asked,
//!   so one that comes late reaches nobody.
//! * What a subject says of a world is derived when plan, facts, evidence or date have changed, and kept until then
//!   ([`World`](journeys::world::World)): a frame or a message works nothing out twice.
//! * `rehearsal` shares no type with `tenant`: they meet on the wire only. Live and rehearsal differ in the cloud
//!   profile ([`tenant::Profile`]) and in nothing else.
//! * Going on leads through the steps in one order ([`steps::ORDER`]) and never back, and a write stands on the list of the
//!   step that is about it.
//! * Actions are derived from what was just read. There is no stored list of things to do; resuming is reading again.
//! * What a consent screen shows is the [`Call`](domain::write::call::Call) that is sent. A policy is changed only in its
//!   excluded groups and only by adding; afterwards whole policies are compared.
//! * A write stands in the record before it is sent and is receipted after it was answered. When the record cannot be
//!   written, nothing is sent.
//! * A write whose run ended before its answer is looked up in the tenant by the next run, told, and goes into the record.
//! * The head of the record (hash of its last line, and how many there are) is with the evidence, and so on every page, report
//!   and last screen. Whatever is not this user's own is refused where it would be written to or gone by
//!   (`effects/foreign.rs`).
//! * No `Model`, `Msg`, `Effect`, `Action` or record entry holds a secret: they name it by
//!   [`SecretId`](domain::secret::SecretId). The text lives in [`effects::vault`] and is lent for one call.
//! * A password for two people is taken apart in the vault as soon as it is set, and the whole is forgotten: nothing can
//!   name more than the half whose custodian is in the room.
//! * Tokens of a person are out of reach of every request until somebody at the console has seen who signed in and confirmed
//!   it; numbers of servers are bounded where they are read ([`tenant`]).
//! * A slip that was not typed back counts as lost; no run looks for its secret again.
//! * A panic on any thread ends the process ([`ui::defect`]): a face that ran on would not know that its terminal was given back.
//! * Words of others are searched for secrets where they leave the program: on the screen ([`app::Program::screen`]), in the
//!   record, in the log of requests ([`effects::redact`]).
//! * Nothing of an exercise leads off this machine: a profile marked so has loopback addresses only, its run takes no credential,
//!   and what a person and a script can do is the same [`Act`](domain::exercise::act::Act).
//! * Foreign text passes [`domain::text::clean`] before it reaches a terminal, paper or the record's reader.
//!
//! # How to add
//!
//! **A check.** A name in `domain/check/id.rs` (variant and spelling, at the same place); a line in its step's `checks`
//! with the function that looks at the case; its words in `assets/guide/checks.toml`, its point in
//! `assets/guide/checklist.toml`; a row in `tests/suite/steps/cases/steps.toml`.
//!
//! **A write.** A variant of [`Action`](domain::write::action::Action) and its kind in `domain/write/action`; the compiler
//! then asks for sentence, object, stale areas, call (`domain/write/call`) and expectation (`domain/write/expect.rs`); what
//! the tenant says of one without an answer in `domain/write/reconciled.rs`; what an answer means in `tenant/write`,
//! its row in `tenant/needs.rs`, a sample in `tests/suite/tenant/openapi.rs`.
//!
//! **A task.** A file or folder in `journeys/tasks` with state, `Msg`, `on`, `screen`, `answer`; a name in
//! [`Start`](journeys::turn::Start); a variant in [`Msg`](journeys::Msg) and in [`Layer`](journeys::stack::Layer), where the
//! compiler asks for the rest. A step offers it through an [`Ask`](domain::check::ask::Ask).
//!
//! **A journey.** A room beside `journeys/setup` with the same shape as a task, plus `resumed` (what follows when a task has
//! ended); its boards are [`board::screen`](journeys::tasks::board::screen) of a subject with what it offers beside it; a
//! name in `Start`, variants in `Msg` and `Layer`, a command in `cli/mod.rs` (what it takes of the common options:
//! `cli/takes.rs`), a choice in `journeys/home`.
//!
//! **A report format.** A file in `journeys/report` that makes text of the [desk](journeys::desk::Desk), from
//! `report::{findings, open, checklist}`; where it is asked for, `ui/unattended.rs`.
//!
//! **A seed of the rehearsal, or a damage.** A file in `assets/tenants` named in `rehearsal/state/seed`; a row of
//! `assets/tenants/damages.toml` or of the tables in `rehearsal/control`; a test that asks for it over the wire.
//!
//! **Something that drifts.** A file in `assets/tenants/drifts` named in `rehearsal/control/drifts.rs`, in the form of a
//! damage; its row in `tests/suite/review/drifts.toml`: which check finds it, what it says, what mends it. A check that
//! only a review makes stands in `steps/review`, by topic; what it reads beside a setup, in `tenant/read/around.rs`.
//!
//! **Something a facilitator does.** A variant of [`Act`](domain::exercise::act::Act) and of
//! [`Event`](domain::exercise::event::Event); when it is possible and what it records, `journeys/tabletop/acts.rs`; what it comes
//! to, `domain/exercise/play.rs`; its words, `guide/told.rs`.
//!
//! **A scenario of an exercise.** A file in `assets/scenarios` named in `domain/exercise/scenario/library.rs`; its keys stand
//! in the README. A rule about scenarios: `domain/exercise/scenario/check`, and a row of
//! `tests/suite/exercise/cases/bad_scenarios.toml`. A placeholder: `domain/exercise/scenario/names.rs`, and where its value
//! comes from, `app/exercise/names.rs`. It is played by scripts, well, badly and otherwise: `tests/suite/exercise/cases/NAME-*`,
//! with what they come to in `played.toml` there, and how each damage is seen and ends in `undone.toml`.
//!
//! **A way to sign in.** A variant of [`SignInWay`](domain::connection::sign_in::SignInWay); its token source in
//! `tenant/sign_in`; how far it reaches in each cloud in `domain/connection/reach.rs`.
//!
//! **Words** stand in `assets/guide` and `assets/sheets`. **An endpoint that is read:** `tenant/read`. **A way to paper:**
//! `effects/print`. **How a face looks:** `ui`.

pub mod app;
pub mod cli;
pub mod domain;
pub mod effects;
pub mod guide;
pub mod journeys;
pub mod paper;
pub mod rehearsal;
pub mod steps;
pub mod tenant;
pub mod ui;
