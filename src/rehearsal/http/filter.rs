//! `$filter` as far as this tenant understands it: comparisons joined by `and`/`or`, `in`, `any`, `startswith`, `endswith`.
//!
//! Anything else is no filter, so that the caller is refused as the real service refuses it and never silently ignored.

use serde_json::{Value, json};

use crate::rehearsal::state::time::moment;

/// A filter expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Compare { path: String, operator: String, literal: Value },
    Text { function: String, path: String, literal: String },
    Any { path: String, inner: Box<Filter> },
}

impl Filter {
    /// Reads a filter; `None` where it is beyond what is understood here.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { words: words(text)?, at: 0 };
        let filter = reader.either()?;
        (reader.at == reader.words.len()).then_some(filter)
    }

    /// Whether only the index that answers advanced queries can tell (contract 0): `ne` and `endswith`.
    pub fn is_advanced(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::is_advanced),
            Self::Compare { operator, .. } => operator == "ne",
            Self::Text { function, .. } => function == "endswith",
            Self::Any { inner, .. } => inner.is_advanced(),
        }
    }

    /// Whether an object passes. Texts compare without case, as the directory does.
    pub fn matches(&self, item: &Value) -> bool {
        match self {
            Self::And(parts) => parts.iter().all(|part| part.matches(item)),
            Self::Or(parts) => parts.iter().any(|part| part.matches(item)),
            Self::Compare { path, operator, literal } => compared(at(item, path), operator, literal),
            Self::Text { function, path, literal } => {
                let actual = at(item, path).as_str().unwrap_or_default().to_lowercase();
                let literal = literal.to_lowercase();
                if function == "startswith" {
                    actual.starts_with(&literal)
                } else {
                    actual.ends_with(&literal)
                }
            }
            Self::Any { path, inner } => {
                at(item, path).as_array().is_some_and(|list| list.iter().any(|one| inner.matches(one)))
            }
        }
    }
}

/// What lies at a path such as `status/errorCode`.
pub fn at<'a>(item: &'a Value, path: &str) -> &'a Value {
    path.split('/').filter(|part| !part.is_empty()).fold(item, |value, part| &value[part])
}

fn compared(actual: &Value, operator: &str, literal: &Value) -> bool {
    let order = match (actual, literal) {
        (Value::String(a), Value::String(b)) => match (moment(a), moment(b)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => a.to_lowercase().cmp(&b.to_lowercase()),
        },
        (Value::Number(a), Value::Number(b)) => a.as_i64().cmp(&b.as_i64()),
        _ => return if operator == "ne" { actual != literal } else { operator == "eq" && actual == literal },
    };
    match operator {
        "eq" => order.is_eq(),
        "ne" => order.is_ne(),
        "ge" => order.is_ge(),
        "gt" => order.is_gt(),
        "le" => order.is_le(),
        _ => order.is_lt(),
    }
}

/// A word of a filter; quoted text is kept apart from everything else.
#[derive(Clone, Debug, PartialEq)]
enum Word {
    Plain(String),
    Quoted(String),
    Mark(char),
}

fn words(text: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (word, used) = match first {
            '(' | ')' | ',' => (Word::Mark(first), 1),
            '\'' => quoted(rest)?,
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || "(),'".contains(c)).unwrap_or(rest.len());
                (Word::Plain(rest.get(..end)?.to_owned()), end)
            }
        };
        words.push(word);
        rest = rest.get(used..)?.trim_start();
    }
    Some(words)
}

/// A quoted text from its opening quote on; a doubled quote inside is one.
fn quoted(rest: &str) -> Option<(Word, usize)> {
    let mut text = String::new();
    let mut marks = rest.char_indices().skip(1).peekable();
    while let Some((index, mark)) = marks.next() {
        if mark != '\'' {
            text.push(mark);
        } else if marks.next_if(|(_, next)| *next == '\'').is_some() {
            text.push('\'');
        } else {
            return Some((Word::Quoted(text), index + 1));
        }
    }
    None
}

struct Reader {
    words: Vec<Word>,
    at: usize,
}

/// How deep brackets may nest, so that a hostile filter cannot exhaust the stack.
const MAX_WORDS: usize = 200;

impl Reader {
    fn either(&mut self) -> Option<Filter> {
        if self.words.len() > MAX_WORDS {
            return None;
        }
        let mut parts = vec![self.all()?];
        while self.keyword("or") {
            parts.push(self.all()?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(Filter::Or(parts)) }
    }

    fn all(&mut self) -> Option<Filter> {
        let mut parts = vec![self.one()?];
        while self.keyword("and") {
            parts.push(self.one()?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(Filter::And(parts)) }
    }

    fn one(&mut self) -> Option<Filter> {
        if self.mark('(') {
            let inner = self.either()?;
            return self.mark(')').then_some(inner);
        }
        let name = self.plain()?;
        if self.mark('(') {
            return self.called(&name);
        }
        let operator = self.plain()?.to_lowercase();
        if operator == "in" {
            return self.within(&name);
        }
        let known = ["eq", "ne", "ge", "gt", "le", "lt"].contains(&operator.as_str());
        let literal = self.literal()?;
        known.then_some(Filter::Compare { path: name, operator, literal })
    }

    fn called(&mut self, name: &str) -> Option<Filter> {
        let lower = name.to_lowercase();
        if lower == "startswith" || lower == "endswith" {
            let path = self.plain()?;
            let comma = self.mark(',');
            let Value::String(literal) = self.literal()? else { return None };
            return (comma && self.mark(')')).then_some(Filter::Text { function: lower, path, literal });
        }
        let path = name.strip_suffix("/any")?;
        self.without_variable()?;
        let inner = self.either()?;
        self.mark(')').then(|| Filter::Any { path: path.to_owned(), inner: Box::new(inner) })
    }

    /// `t:t/id eq …` becomes `id eq …` for the words of this bracket.
    fn without_variable(&mut self) -> Option<()> {
        let Some(Word::Plain(first)) = self.words.get(self.at).cloned() else { return None };
        let (variable, rest) = first.split_once(':')?;
        let prefix = format!("{variable}/");
        if let Some(word) = self.words.get_mut(self.at) {
            *word = Word::Plain(rest.to_owned());
        }
        for word in self.words.iter_mut().skip(self.at) {
            if let Word::Plain(text) = word {
                *text = text
                    .strip_prefix(&prefix)
                    .unwrap_or(if text == variable { "" } else { text.as_str() })
                    .to_owned();
            }
        }
        Some(())
    }

    fn within(&mut self, path: &str) -> Option<Filter> {
        let mut parts = Vec::new();
        self.mark('(').then_some(())?;
        while !self.mark(')') {
            let literal = self.literal()?;
            parts.push(Filter::Compare { path: path.to_owned(), operator: "eq".to_owned(), literal });
            self.mark(',');
        }
        Some(Filter::Or(parts))
    }

    fn literal(&mut self) -> Option<Value> {
        let word = self.words.get(self.at).cloned()?;
        self.at += 1;
        match word {
            Word::Quoted(text) => Some(json!(text)),
            Word::Plain(text) => Some(serde_json::from_str(&text).unwrap_or_else(|_| json!(text))),
            Word::Mark(_) => None,
        }
    }

    fn plain(&mut self) -> Option<String> {
        let Some(Word::Plain(text)) = self.words.get(self.at).cloned() else { return None };
        self.at += 1;
        Some(text)
    }

    fn keyword(&mut self, wanted: &str) -> bool {
        let hit =
            matches!(self.words.get(self.at), Some(Word::Plain(text)) if text.eq_ignore_ascii_case(wanted));
        self.at += usize::from(hit);
        hit
    }

    fn mark(&mut self, wanted: char) -> bool {
        let hit = self.words.get(self.at) == Some(&Word::Mark(wanted));
        self.at += usize::from(hit);
        hit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_match_as_the_directory_does() {
        let item = json!({"displayName": "Riley O'Dell", "n": 3, "at": "2026-01-02T00:00:00Z",
            "targets": [{"id": "a"}, {"id": "b"}], "by": {"user": {"id": "x"}}});
        let cases = [
            ("displayName eq 'riley o''dell'", true),
            ("startswith(displayName,'RILEY') and n eq 3", true),
            ("(n eq 4 or n eq 3) and by/user/id eq 'x'", true),
            ("targets/any(t:t/id eq 'b')", true),
            ("targets/any(t:t/id eq 'c')", false),
            ("at ge 2026-01-02T00:00:00.000Z", true),
            ("displayName in ('a','Riley O''Dell')", true),
            ("missing eq null", true),
        ];
        for (text, wanted) in cases {
            assert_eq!(Filter::parse(text).map(|filter| filter.matches(&item)), Some(wanted), "{text}");
        }
    }

    #[test]
    fn nonsense_is_not_a_filter() {
        for text in ["", "displayName", "displayName eq", "'", "a like 'b'", "((a eq 1)", "f(x)"] {
            assert_eq!(Filter::parse(text), None, "{text}");
        }
    }
}
