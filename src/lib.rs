//! breakglass: emergency access accounts for a Microsoft Entra tenant, set up at a console.
//!
//! # The map
//!
//! A pure core turns messages into new state and a list of effects; an outer ring carries effects out and answers with
//! messages; thin faces show the same [`Screen`](journeys::screen::Screen).
//!
//! ```text
//! key or pipe ─> face ─> Choice's Msg ─> update(&mut Model, Msg) ─> [Effect]
//!                 ^                                                   │
//!                 │                                                   v
//!          screen(&Model) <── Msg <── effects: record line, one HTTP call, record line
//! ```
//!
//! | floor | module | what it is |
//! |---|---|---|
//! | 0 | [`domain`] | nouns: plan, facts, evidence, actions with the exact call behind each, findings, secrets by name |
//! | 0 | [`steps`] | the nine steps, each `checks`, `actions`, `asks` of a [`Case`](domain::check::case::Case); repairs put together from them |
//! | 0 | [`guide`] | the product's words, typed |
//! | 1 | [`journeys`] | what happens next: `update`, `screen`, setup and repair, the plan's answers, the dry run, the report |
//! | 2 | [`tenant`] | Entra and Azure over HTTP |
//! | 2 | [`rehearsal`] | a simulated tenant, a real server on loopback |
//! | 2 | [`paper`] | slips and pages, as PDF, as text, for an old printer |
//! | 2 | [`effects`] | where the world is touched: vault, record, clock, files |
//! | 3 | [`ui`], [`app`], [`cli`] | faces, putting it together, the command line |
//!
//! # Invariants
//!
//! Each is tested, most of them in `tests/suite`.
//!
//! * Imports only go down the floors. Floors 0 and 1 do no I/O, read no clock and are not `async`.
//! * `rehearsal` shares no type with `tenant`: they meet on the wire only. Live and rehearsal differ in the cloud
//!   profile ([`tenant::Profile`]) and in nothing else.
//! * Actions are derived from what was just read. There is no stored list of things to do; resuming is reading again.
//! * What a consent screen shows is the [`Call`](domain::write::call::Call) that is sent. A policy is changed only in its
//!   excluded groups and only by adding; afterwards whole policies are compared.
//! * A write stands in the record before it is sent and is receipted after it was answered. When the record cannot be
//!   written, nothing is sent.
//! * No `Model`, `Msg`, `Effect`, `Action` or record entry holds a secret: they name it by
//!   [`SecretId`](domain::secret::SecretId). The text lives in [`effects::vault`] and is lent for one call.
//! * A password for two people is taken apart in the vault as soon as it is set, and the whole is forgotten: nothing can
//!   name more than the half whose custodian is in the room.
//! * A slip that was not typed back counts as lost; no run looks for its secret again.
//! * Foreign text passes [`domain::text::clean`] before it reaches a terminal, paper or the record's reader.
//!
//! # Where to change what
//!
//! A word: `assets/guide`, `assets/sheets`. What a step checks or writes: its file in `steps`, and the call in
//! `domain/call.rs`. A screen: the file of its stage in `journeys`; slips and pages in `journeys/paper`. How a face
//! looks: `ui`. An endpoint that is read: `tenant/read`. A way to paper: `effects/print`. A property of the simulated
//! tenant: `rehearsal`, its seeds in `assets/tenants`. What can break in it while it runs: a row in
//! `rehearsal/control`, or a ready-made one in `assets/tenants/damages.toml`.

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
