//! The plan on the screen: what it shows can be typed, and what does not fit is told where it was typed.

use breakglass::domain::facts::{
    Account, Accounts, AreaFacts, Groups, InSlot, Monitoring, Reading, Workspace,
};
use breakglass::domain::plan::{
    Format, Hold, IfForbidden, Language, Layout, PaperSize, Qr, Route, plan_file,
};
use breakglass::journeys::model::Model;
use breakglass::journeys::{Msg, Question, screen, setup, update};

use crate::support::model::{at_plan, chosen, decides, kept, refused};
use crate::support::sample::plan;

fn planning() -> Model {
    let mut model = crate::support::model::model();
    *model.desk.world.plan_mut() = plan();
    at_plan(&mut model);
    model
}

/// Opens the decision called `name` and types an answer; returns what is wrong with it.
fn decide(model: &mut Model, (name, text): (&str, &str)) -> Option<String> {
    let opened = screen(model).choices.into_iter().find(|choice| choice.label.starts_with(name));
    let opened = opened.unwrap_or_else(|| panic!("no {name:?} in {:#?}", screen(model).choices));
    update(model, opened.msg);
    decides(model, text);
    let problem = refused(model);
    at_plan(model);
    problem
}

#[test]
fn each_route_asks_for_what_it_needs() {
    let mut model = planning();
    for (name, text) in [
        ("Slips go to paper", "printer"),
        ("Printer's address", "ipps://printer.example.com/ipp/print"),
        ("A page at the printer", "at once"),
        ("Slips go to paper", "spooler"),
        ("Queue of lp", "safe-room"),
        ("Slips go to paper", "device"),
        ("Printer's device", "/dev/usb/lp1"),
        ("It understands", "ESC/P"),
        ("Slips go to paper", "file"),
        ("Folder of the files", "/media/stick"),
        ("A slip's file is", "text"),
        ("Paper", "Letter"),
        ("QR codes on", "slips too"),
    ] {
        assert_eq!(decide(&mut model, (name, text)), None, "{name}: {text}");
    }
    let paper = &model.desk.plan().paper;
    assert_eq!(paper.printer.as_deref(), Some("ipps://printer.example.com/ipp/print"));
    assert_eq!((paper.route, paper.hold, paper.language), (Route::File, Hold::No, Language::EscP));
    assert_eq!((paper.queue.as_deref(), paper.device.as_deref()), (Some("safe-room"), Some("/dev/usb/lp1")));
    assert_eq!((paper.folder.as_deref(), paper.format), (Some("/media/stick"), Format::Text));
    assert_eq!((paper.size, paper.qr), (PaperSize::Letter, Qr::SecretToo));

    decide(&mut model, ("Slips go to paper", "spooler"));
    decide(&mut model, ("Queue of lp", "the system's own"));
    assert_eq!(model.desk.plan().paper.queue, None);
    let open = chosen(&model, "A page at the printer");
    update(&mut model, open);
    assert!(screen(&model).question.is_none(), "a closed set of answers is chosen, never typed");
}

#[test]
fn how_long_a_secret_is_kept_is_a_decision_within_bounds() {
    let mut model = planning();
    let name = "Rarely needed: secrets are forgotten after";
    for (typed, kept) in [("15", None), ("5", Some(5)), ("60 minutes", Some(60)), ("15", Some(15))] {
        assert_eq!(decide(&mut model, (name, typed)), None, "{typed}");
        assert_eq!(model.desk.plan().passwords.forget_after, kept, "{typed}");
    }
    for typed in ["0", "61", "-1", "99999999999999999999", "a while"] {
        let problem = decide(&mut model, (name, typed)).expect(typed);
        assert!(problem.contains("1 to 60"), "{typed}: {problem}");
        assert_eq!(model.desk.plan().passwords.forget_after, Some(15), "{typed}");
    }
}

#[test]
fn what_the_list_shows_can_be_answered_as_it_stands() {
    for route in Route::ALL {
        let mut model = planning();
        let paper = &mut model.desk.world.plan_mut().paper;
        paper.route = route;
        (paper.printer, paper.device) =
            (Some("ipp://printer.example.com/ipp/print".to_owned()), Some("/dev/usb/lp0".to_owned()));
        let before = model.desk.plan().clone();
        let list = screen(&model).choices;
        for choice in list.into_iter().filter(|choice| matches!(choice.msg, Msg::Setup(setup::Msg::Edit(_))))
        {
            update(&mut model, choice.msg);
            let shown = screen(&model);
            let effects = if let Some(Question::Text { preset, answer, .. }) = shown.question {
                update(&mut model, answer.with(preset))
            } else {
                let key = shown.suggested.unwrap_or_else(|| panic!("no answer stands: {:#?}", shown.choices));
                let stands = shown.choices.into_iter().find(|choice| choice.key == key);
                update(&mut model, stands.expect("the answer that stands").msg)
            };
            kept(&mut model, &effects);
            assert_eq!(*model.desk.plan(), before, "{}", shown.title);
            at_plan(&mut model);
        }
    }
}

#[test]
fn what_does_not_fit_is_told_at_the_field_and_may_be_kept() {
    let mut model = planning();
    let apart = model.desk.plan().accounts.clone();
    let taken = apart[0].safe.clone();
    let problem = decide(&mut model, ("Second: password in safe", &taken)).expect("two slips in one place");
    assert!(problem.contains("Enter keeps it"), "{problem}");
    assert_eq!(model.desk.plan().accounts[1].safe, taken, "the answer stands, since the other one may move");
    let other = "B1";
    let problem =
        decide(&mut model, ("First: password in safe", other)).expect("its PIN slip is left behind");
    assert!(problem.contains("One fire must leave a whole account"), "{problem}");
    assert_eq!(decide(&mut model, ("Second: password in safe", &taken)), None, "Enter keeps what stands");

    model.desk.world.plan_mut().accounts = apart;
    model.desk.world.plan_mut().safes.iter_mut().for_each(|safe| safe.place.clear());
    assert_eq!(
        decide(&mut model, ("Safe A1: place", "North, room 1")),
        None,
        "nobody knows yet where the others are"
    );
    let problem =
        decide(&mut model, ("Safe B1: place", "north, room 1")).expect("one room for both passwords");
    assert!(problem.contains("must not lie in one place"), "{problem}");
    assert_eq!(decide(&mut model, ("Safe B1: place", "South, room 2")), None);

    let odd = decide(&mut model, ("First: user name", "emergency admin")).expect("no such name");
    assert!(odd.contains("First: user name must not contain a space"), "{odd}");
    let odd = decide(&mut model, ("First: user name", "harbor.lantern.")).expect("no such name");
    assert!(odd.contains("must not end with a dot"), "{odd}");
}

#[test]
fn every_layout_of_safes_is_valid_from_the_start_and_keeps_what_is_known() {
    for accounts in ["2", "3", "4"] {
        for (layout, safes) in
            [("two safes", 2), ("two safes with two envelopes each", 4), ("four safes", 4), ("two safes", 2)]
        {
            let mut model = planning();
            *model.desk.world.plan_mut() = breakglass::journeys::preset_plan();
            decide(&mut model, ("Accounts", accounts));
            assert_eq!(decide(&mut model, ("Safes", layout)), None, "{layout}");
            fill(&mut model);
            let plan = model.desk.plan();
            assert_eq!(plan_file::validate(plan), Vec::<String>::new(), "{layout} for {accounts} accounts");
            assert_eq!(plan.safes.len(), safes, "{layout}");
            let read = plan_file::read(&plan_file::write(plan)).expect("a plan");
            assert_eq!(Layout::of(&read), Layout::of(plan));
        }
    }
}

/// Fills in what is empty, each with something of its own.
fn fill(model: &mut Model) {
    for _ in 0..60 {
        let Some(open) =
            screen(model).choices.into_iter().find(|c| c.label.starts_with("Fill in what is empty"))
        else {
            return;
        };
        update(model, open.msg);
        let title = screen(model).title;
        let text = match title.as_str() {
            title if title.contains("mailed to") => "security@example.com, identity@example.com",
            title if title.contains("Retrievers") => "Sample Person A, Sample Person B",
            title => title,
        };
        decides(model, text);
        at_plan(model);
    }
    panic!("it is never filled: {:#?}", screen(model).choices);
}

#[test]
fn from_one_layout_to_another_places_and_keepers_stay_and_the_keeper_has_charge_of_the_envelope() {
    let mut model = planning();
    assert_eq!(decide(&mut model, ("Safe A1: custodian", "Sample Keeper")), None);
    assert_eq!(decide(&mut model, ("Safe A1: deputy", "Sample Deputy")), None);
    assert_eq!(model.desk.plan().accounts[0].custodian, "Sample Keeper");
    let place = model.desk.plan().safes[0].place.clone();
    decide(&mut model, ("Safes", "two safes with two envelopes each"));
    let plan = model.desk.plan();
    assert!(plan.safes.iter().filter(|safe| safe.body() == "A").all(|safe| safe.place == place), "{plan:#?}");
    assert_eq!(
        (plan.safes[0].custodian.as_str(), plan.safes[0].deputy.as_str()),
        ("Sample Keeper", "Sample Deputy")
    );
    decide(&mut model, ("Safe A: place", "One room for both envelopes"));
    let rooms = model.desk.plan().safes.iter().filter(|safe| safe.place == "One room for both envelopes");
    assert_eq!(rooms.count(), 2);
    decide(&mut model, ("Safes", "two safes"));
    let plan = model.desk.plan();
    assert_eq!(plan.safes[0].place, "One room for both envelopes");
    assert_eq!(plan.accounts[0].custodian, "Sample Keeper");
}

#[test]
fn an_empty_plan_has_no_findings_about_people() {
    let warnings = plan_file::warnings(&breakglass::journeys::preset_plan());
    assert_eq!(warnings, Vec::<String>::new());
}

#[test]
fn what_the_first_look_found_is_offered_with_its_names_and_held_against_the_answer() {
    let mut model = planning();
    let lamp = Account::as_set_up("id-lamp", "northwind.lamp@contoso.onmicrosoft.com", "Emergency Access");
    let workspace = |name: &str| Workspace {
        id: format!(
            "/subscriptions/s/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/{name}"
        ),
        name: name.to_owned(),
        region: "northeurope".to_owned(),
        customer_id: String::new(),
        retention_days: None,
        daily_cap: None,
        ingestion: None,
    };
    let facts = model.desk.world.facts_mut();
    facts.accounts = Reading::Read(Accounts { candidates: vec![lamp.clone()], ..Accounts::default() });
    facts.group =
        Reading::Read(Groups { found: None, others: vec![("g-1".to_owned(), "CA Exclusions".to_owned())] });
    let setting = breakglass::domain::facts::DiagnosticSetting {
        name: "entra-to-siem".to_owned(),
        workspace: Some(workspace("law-two").id),
        elsewhere: Vec::new(),
        categories: vec!["SignInLogs".to_owned()],
        original: breakglass::domain::facts::Original::new("v", serde_json::Value::Null),
    };
    facts.monitoring = Reading::Read(Monitoring {
        subscription: Some(("s".to_owned(), "Sample".to_owned())),
        workspaces: vec![workspace("law-one"), workspace("law-two")],
        settings: Reading::Read(vec![setting]),
        groups: vec![("rg-logs".to_owned(), "northeurope".to_owned())],
        ..Monitoring::default()
    });
    let listed = |model: &Model, name: &str| {
        let all = screen(model).choices;
        all.into_iter().find(|choice| choice.label.starts_with(name)).expect("a line").detail
    };
    assert!(listed(&model, "First: user name").contains("not there; it will be made"));
    let open = chosen(&model, "First: adopt existing");
    update(&mut model, open);
    let adopt = chosen(&model, "Adopt northwind.lamp@contoso.onmicrosoft.com");
    assert_eq!(screen(&model).suggested, Some('1'), "a new one, as it is now");
    let effects = update(&mut model, adopt);
    let read = crate::support::model::reading(&effects).expect("it is looked up at once").clone();
    assert_eq!(read.areas, [breakglass::domain::facts::Area::Accounts]);
    assert_eq!(read.query.accounts[0].adopt.as_deref(), Some(lamp.upn.as_str()));
    update(&mut model, Msg::Filed(Ok(Vec::new())));
    let in_slots = vec![InSlot { slot: breakglass::domain::slot::Slot::FIRST, account: lamp }];
    let seen = Accounts { in_slots, ..Accounts::default() };
    crate::support::model::found(&mut model, &read, vec![AreaFacts::Accounts(Reading::Read(seen))]);
    let told = format!("{:?}", screen(&model).prose);
    assert!(told.contains("found: northwind.lamp@contoso.onmicrosoft.com"), "{told}");

    at_plan(&mut model);
    let open = chosen(&model, "Workspace");
    update(&mut model, open);
    let offered = screen(&model).choices.into_iter().find(|choice| choice.label == "Adopt law-two");
    let offered = offered.expect("it is there").detail;
    assert!(offered.contains("\"entra-to-siem\" sends logs there already, and lacks AuditLogs"), "{offered}");

    at_plan(&mut model);
    decide(&mut model, ("Exclusion group to adopt", "g-1"));
    assert_eq!(model.desk.plan().group.adopt.as_deref(), Some("g-1"));
    assert!(listed(&model, "Exclusion group to adopt").contains("not there: nothing can be adopted"));
    decide(&mut model, ("Workspace", "rg-logs/law-two/northeurope"));
    let alerts = &model.desk.plan().alerts;
    assert_eq!((alerts.workspace.as_str(), alerts.resource_group.as_str()), ("law-two", "rg-logs"));
    assert_eq!(alerts.region, "northeurope");

    model.desk.world.facts_mut().monitoring =
        Reading::Unreadable(breakglass::domain::trouble::Trouble::new("No.", "Refused.", "Ask."));
    assert!(listed(&model, "Workspace").contains("cannot be read"), "never called absent");
}

#[test]
fn what_is_rarely_needed_stands_last_and_can_be_answered() {
    let mut model = planning();
    let list = screen(&model).choices;
    let first =
        list.iter().position(|choice| choice.label.starts_with("Rarely needed")).expect("it is there");
    let last = list
        .iter()
        .rposition(|choice| matches!(choice.msg, Msg::Setup(setup::Msg::Edit(_))))
        .expect("a list");
    assert!(list[first..=last].iter().all(|choice| choice.label.starts_with("Rarely needed")));
    let model_id = "11111111-2222-4333-8444-555555555555";
    decide(&mut model, ("Rarely needed: if the role may not last", "assign it directly"));
    decide(&mut model, ("Rarely needed: ticket for the role", "CHG1; Register"));
    decide(&mut model, ("Rarely needed: model of First's Lantern key 1", model_id));
    let plan = model.desk.plan();
    assert_eq!(plan.role.if_forbidden, IfForbidden::AssignDirectly);
    assert_eq!(plan.role.ticket.as_ref().map(|ticket| ticket.system.as_str()), Some("Register"));
    assert_eq!(plan.accounts[0].keys[0].aaguid.as_deref(), Some(model_id));
    assert!(decide(&mut model, ("Rarely needed: ticket for the role", "CHG2")).is_some());
    decide(&mut model, ("Rarely needed: ticket for the role", ""));
    assert_eq!(model.desk.plan().role.ticket, None);
}

#[test]
fn a_system_is_named_with_its_commands_and_what_it_depends_on_is_said_where_it_is_chosen() {
    let mut model = planning();
    let name = chosen(&model, "Rarely needed: secret system");
    update(&mut model, name);
    decides(&mut model, "a1");
    assert!(refused(&model).is_some_and(|why| why.contains("which no safe has")), "a safe is called that");
    for text in ["V", "Sample vault", "pass insert -m -f '{account} {what}'", "pass show '{account} {what}'"]
    {
        decides(&mut model, text);
        assert_eq!(refused(&model), None, "{text}: each leads to the next");
    }
    let system = model.desk.plan().systems[0].clone();
    assert_eq!(system.store, ["pass", "insert", "-m", "-f", "{account} {what}"]);
    assert_eq!(system.read, ["pass", "show", "{account} {what}"]);
    let listed = |model: &Model, name: &str| {
        let all = screen(model).choices;
        all.into_iter().find(|choice| choice.label.starts_with(name)).expect("a line").detail
    };
    let words = listed(&model, "Rarely needed: secret system stores by");
    assert!(
        words.contains(r#"5 words, no shell: ["pass", "insert", "-m", "-f", "{account} {what}"]"#),
        "{words}"
    );

    let open = chosen(&model, "First: password in safe");
    update(&mut model, open);
    let offered =
        screen(&model).choices.into_iter().find(|choice| choice.label == "V").expect("it is offered");
    assert!(offered.detail.contains("locked out together with everybody"), "before: {offered:?}");
    decides(&mut model, "V");
    let told = format!("{:?}", screen(&model).prose);
    assert!(told.contains("First: password in safe is V: If that system"), "after: {told}");
    at_plan(&mut model);
    decide(&mut model, ("Rarely needed: secret system", "W"));
    let plan = model.desk.plan();
    assert_eq!(plan.accounts[0].safe, "W", "what it keeps goes along");
    assert_eq!(plan_file::validate(plan), Vec::<String>::new());
    let wrong = decide(&mut model, ("Rarely needed: secret system stores by", "pass 'insert"));
    assert!(wrong.is_some_and(|why| why.contains("not closed")));
    let wrong = decide(&mut model, ("Rarely needed: secret system stores by", "pass insert {password}"));
    assert!(
        wrong.is_some_and(|why| why.contains("standard input")),
        "no word is ever filled with the secret"
    );
    decide(&mut model, ("Rarely needed: secret system", ""));
    assert!(model.desk.plan().systems.is_empty());
}

#[test]
fn a_second_system_is_named_beside_the_first() {
    let mut model = planning();
    for (line, name) in [("Rarely needed: secret system", "V"), ("Rarely needed: another secret system", "W")]
    {
        let open = chosen(&model, line);
        update(&mut model, open);
        for text in
            [name, "Sample vault", "pass insert -m -f '{account} {what}'", "pass show '{account} {what}'"]
        {
            decides(&mut model, text);
        }
        at_plan(&mut model);
    }
    let names: Vec<&str> = model.desk.plan().systems.iter().map(|system| system.name.as_str()).collect();
    assert_eq!(names, ["V", "W"]);
    assert_eq!(plan_file::validate(model.desk.plan()), Vec::<String>::new());
    decide(&mut model, ("Rarely needed: secret system 1", ""));
    assert_eq!(model.desk.plan().systems[0].name, "W", "the other one stays");
}

#[test]
fn another_second_factor_leaves_nothing_behind_that_the_list_does_not_show() {
    for last in ["phone", "certificate", "security key"] {
        let mut model = planning();
        for method in ["phone", "certificate", "security key", "phone"] {
            decide(&mut model, ("Second: second factor", method));
            if method == "phone" {
                decide(&mut model, ("Second: phone; its place", "+1 2065550100; safe B1"));
            }
        }
        decide(&mut model, ("Second: second factor", last));
        assert_eq!(plan_file::validate(model.desk.plan()), Vec::<String>::new(), "{last}");
    }
}
