//! The parameters of one change as they came, and what is wrong with them, always by the parameter's name.
//!
//! Knows no change and no tenant.

use serde_json::Value;

use crate::rehearsal::http::json::Object;

/// Why a change was not made. Nothing of it was done then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The body is not a change at all.
    NotAChange(String),
    /// There is no change of that name.
    UnknownChange(String),
    /// The tenant could not be written to disk.
    NotKept(String),
    /// One of the changes of an order cannot be made.
    InOrder {
        /// Its name.
        change: String,
        /// Why.
        why: Box<Refused>,
    },
    /// A parameter is missing, unknown, or cannot be.
    BadParameter {
        /// Its name.
        parameter: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// A parameter that cannot be.
pub fn bad(parameter: &str, reason: impl Into<String>) -> Refused {
    Refused::BadParameter { parameter: parameter.to_owned(), reason: reason.into() }
}

/// The parameters of one change.
pub struct Given {
    values: Object,
    order: Option<String>,
}

impl Given {
    /// Parameters as they came.
    pub fn new(values: Object) -> Self {
        Self { values, order: None }
    }

    /// The same, as an exercise has ordered them.
    #[must_use]
    pub fn ordered(self, order: Option<&str>) -> Self {
        Self { order: order.map(str::to_owned), ..self }
    }

    /// The order of an exercise that they belong to.
    pub fn order(&self) -> Option<&str> {
        self.order.as_deref()
    }

    /// All of them, as they came.
    pub fn values(&self) -> &Object {
        &self.values
    }

    /// Whether it was given.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// A text that must be there.
    pub fn text(&self, name: &str) -> Result<&str, Refused> {
        match self.values.get(name) {
            Some(Value::String(text)) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(bad(name, "it must be a text that is not empty")),
            None => Err(bad(name, "it is missing")),
        }
    }

    /// A text, or what counts where it was left out.
    pub fn text_or<'a>(&'a self, name: &str, usual: &'a str) -> Result<&'a str, Refused> {
        if self.has(name) { self.text(name) } else { Ok(usual) }
    }

    /// A list of texts, or one text, or nothing.
    pub fn list(&self, name: &str) -> Result<Vec<String>, Refused> {
        let wrong = || bad(name, "it must be a list of texts");
        match self.values.get(name) {
            None => Ok(Vec::new()),
            Some(Value::String(text)) => Ok(vec![text.clone()]),
            Some(Value::Array(items)) => {
                items.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
            }
            Some(_) => Err(wrong()),
        }
    }

    /// A whole number from 1 up to `most`, or what counts where it was left out.
    pub fn number(&self, name: &str, usual: u32, most: u32) -> Result<u32, Refused> {
        let Some(value) = self.values.get(name) else { return Ok(usual) };
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        let within = number.filter(|number| (1..=most).contains(number));
        within.ok_or_else(|| bad(name, format!("it must be a whole number from 1 to {most}")))
    }

    /// One of these words; the first where it was left out.
    pub fn word<'w>(&self, name: &str, words: &[&'w str]) -> Result<&'w str, Refused> {
        let usual = words.first().copied().unwrap_or_default();
        let given = self.text_or(name, usual)?;
        let known = words.iter().find(|word| **word == given);
        known.copied().ok_or_else(|| bad(name, format!("it must be one of: {}", words.join(", "))))
    }
}
