//! Names and notes are written by people we do not know: whatever stands in them, every format stays what it is.

use breakglass::domain::plan::PaperSize;
use breakglass::journeys::report::review::{Format, Marks, Report, read, render, schema};
use breakglass::paper::{self, Ink};
use serde_json::Value;

use super::sample::sample;
use crate::support::pdf_reader;

/// Texts that mean something to one format or another.
fn hostile() -> Vec<String> {
    let texts = [
        "]]><script>alert(1)</script>",
        "a,b;\"c\"\r\nd\te",
        "| a | b |\n|---|---|\n# heading",
        "`code` *bold* _it_ [link](https://evil.example) ![x](http://evil.example/p.png) https://evil.example",
        "\u{1b}[31mred\u{1b}]8;;http://evil.example\u{7}link\u{9b}2J",
        "\u{202e}txet\u{2066} \u{200b}\u{feff}\u{fffe}\u{ffff}",
        "=HYPERLINK(\"http://evil.example\")",
        " \t@SUM(1+1)",
        "+1 2065550100",
        "-- {{ template }} ${var} %n & &amp; &#0;",
        "12. not a list",
        "漢字とかな、絵文字🔑 é́ ",
    ];
    texts.iter().map(|text| (*text).to_owned()).chain(["x".repeat(300), "wide ".repeat(60)]).collect()
}

/// Puts `text` wherever text comes from outside.
fn put(value: &mut Value, text: &str) {
    const FOREIGN: [&str; 18] = [
        "name",
        "label",
        "detail",
        "remedy",
        "owner",
        "what",
        "person",
        "approver",
        "reason",
        "place",
        "application",
        "by",
        "target",
        "who",
        "why",
        "sentence",
        "domain",
        "request",
    ];
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| match value {
            Value::String(old) if FOREIGN.contains(&key.as_str()) => *old = text.to_owned(),
            _ => put(value, text),
        }),
        Value::Array(items) => items.iter_mut().for_each(|item| match item {
            Value::String(old) if !old.contains('-') => *old = text.to_owned(),
            _ => put(item, text),
        }),
        _ => {}
    }
}

/// The sample with `text` wherever text comes from outside.
fn with(text: &str) -> Report {
    let mut value = serde_json::to_value(sample()).expect("JSON");
    put(&mut value, text);
    serde_json::from_value(value).expect("a report")
}

/// Nothing that a terminal obeys or a reader does not see.
fn is_plain(text: &str) -> bool {
    let seen = text.replace("\r\n", "\n");
    seen.lines().all(|line| breakglass::domain::text::clean(line) == line)
}

#[test]
fn text_keeps_its_columns() {
    for text in hostile() {
        let report = render(&with(&text), Format::Text(Marks::Unicode));
        assert!(is_plain(&report), "{text:?}");
        for line in report.lines() {
            assert!(textwrap::core::display_width(line) <= 80, "{text:?}: {line}");
        }
    }
}

#[test]
fn json_fits_its_schema_and_holds_nothing_that_hides() {
    let schema: Value = serde_json::from_str(&schema()).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    for text in hostile() {
        let json = render(&with(&text), Format::Json);
        assert!(is_plain(&json), "{text:?}");
        assert!(validator.is_valid(&serde_json::from_str(&json).expect("JSON")), "{text:?}");
        assert_eq!(read(&json).expect("a report"), with(&text).cleaned());
    }
}

#[test]
fn junit_stays_xml_with_as_many_cases() {
    for text in hostile() {
        let xml = render(&with(&text), Format::Junit);
        let suites = junit_parser::from_reader(xml.as_bytes())
            .unwrap_or_else(|error| panic!("{text:?}: {error}\n{xml}"));
        assert_eq!(suites.suites.iter().map(|suite| suite.cases.len()).sum::<usize>(), 9, "{text:?}");
        assert!(!xml.contains("<script>") && !xml.contains("]]>"), "{text:?}");
        let odd = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
        assert!(!xml.contains(odd), "{text:?}");
    }
}

#[test]
fn a_cell_of_the_action_plan_is_one_cell_and_no_formula() {
    for text in hostile() {
        let plan = render(&with(&text), Format::Csv);
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(plan.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), 5, "{text:?}");
        for cell in rows.iter().flatten() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{text:?}: {cell}");
            assert!(!cell.contains(['\n', '\r', '\t']), "{text:?}: {cell}");
        }
    }
}

#[test]
fn markdown_tables_keep_their_columns_and_nothing_becomes_a_link() {
    for text in hostile() {
        let md = render(&with(&text), Format::Markdown);
        assert!(is_plain(&md), "{text:?}");
        let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        let mut wanted = 0;
        for line in md.lines() {
            match (line.starts_with('|'), wanted) {
                (true, 0) => wanted = bars(line),
                (true, _) => assert_eq!(bars(line), wanted, "{text:?}: {line}"),
                (false, _) => wanted = 0,
            }
            let bare = line.replace("\\[", "").replace("\\<", "").replace("\\`", "");
            assert!(!bare.contains(['[', '<', '`']) && !bare.contains("://"), "{text:?}: {line}");
        }
        assert!(!md.contains("\n# heading"), "{text:?}");
    }
}

#[test]
fn sarif_stays_sarif() {
    for text in hostile() {
        let log = render(&with(&text), Format::Sarif);
        assert!(is_plain(&log), "{text:?}");
        let log: serde_sarif::sarif::Sarif = serde_json::from_str(&log).expect("SARIF");
        assert_eq!(log.runs[0].results.as_ref().expect("results").len(), 6, "{text:?}");
    }
}

#[test]
fn pages_clip_nothing() {
    for text in hostile() {
        let sheet = paper::review(&with(&text));
        let pdf = paper::pdf(&sheet, Ink::Blank, PaperSize::A4).expect("a PDF");
        for page in pdf_reader::pages(&pdf) {
            assert_eq!(page.clips(20.0), None, "{text:?}");
        }
        for line in paper::text(&sheet, Ink::Blank).lines() {
            let line = line.trim_start_matches('\u{c}');
            assert!(textwrap::core::display_width(line) <= paper::COLUMNS, "{text:?}: {line}");
        }
    }
}
