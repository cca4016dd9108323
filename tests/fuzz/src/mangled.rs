//! Answers of a server, changed in one place: what fuzzing needs to come past the first brace.

use serde_json::{Value, json};

/// What becomes of an answer: taken from bytes, so that a search can steer it.
#[derive(Debug, Clone, Copy)]
pub struct Mangle {
    /// The answer that is changed, counted as they are asked for.
    pub answer: u16,
    node: u16,
    change: u8,
}

impl Mangle {
    /// Five bytes say which; `None` when there are fewer.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let [a, b, c, d, change, ..] = *bytes else { return None };
        Some(Self { answer: u16::from_le_bytes([a, b]), node: u16::from_le_bytes([c, d]), change })
    }

    /// The body as it is sent instead.
    pub fn apply(self, body: &[u8]) -> Vec<u8> {
        let node = usize::from(self.node);
        match (self.change % KINDS, serde_json::from_slice::<Value>(body)) {
            (0, _) => body[..node % (body.len() + 1)].to_vec(),
            (1, _) => b"<!DOCTYPE html><html><body>Sign in to the network</body></html>".to_vec(),
            (2, _) => Vec::new(),
            (3, _) => flipped(body, node),
            (change, Ok(mut value)) => {
                let mut left = node % nodes(&value);
                replace(&mut value, &mut left, &absurd(change - 4));
                value.to_string().into_bytes()
            }
            (_, Err(_)) => flipped(body, node),
        }
    }
}

/// How many ways there are to change an answer.
pub const KINDS: u8 = 24;

fn flipped(body: &[u8], at: usize) -> Vec<u8> {
    let mut body = body.to_vec();
    let length = body.len().max(1);
    if let Some(byte) = body.get_mut(at % length) {
        *byte ^= 0x55;
    }
    body
}

/// What no server should say there.
fn absurd(which: u8) -> Value {
    match which {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(0),
        4 => json!(u64::MAX),
        5 => json!(i64::MIN),
        6 => json!(1.0e308),
        7 => json!(""),
        8 => json!("\u{1b}[2J\u{7}\u{202e}\u{0}"),
        9 => json!("x".repeat(70_000)),
        10 => json!([]),
        11 => json!({}),
        12 => json!([null]),
        13 => json!([{}, {}]),
        14 => json!("9999-12-31T23:59:59Z"),
        15 => json!("-009999-01-01T00:00:00Z"),
        16 => json!("P999999999Y"),
        17 => json!("https://elsewhere.example/steal"),
        18 => json!("日本語 ../../etc"),
        _ => json!({"value": {"value": [1]}}),
    }
}

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(all) => all.iter().map(nodes).sum::<usize>(),
        Value::Object(all) => all.values().map(nodes).sum(),
        _ => 0,
    }
}

/// Puts `new` in the place of the node that `left` counts to, parents first.
fn replace(value: &mut Value, left: &mut usize, new: &Value) -> bool {
    if *left == 0 {
        new.clone_into(value);
        return true;
    }
    *left -= 1;
    match value {
        Value::Array(all) => all.iter_mut().any(|inner| replace(inner, left, new)),
        Value::Object(all) => all.values_mut().any(|inner| replace(inner, left, new)),
        _ => false,
    }
}
