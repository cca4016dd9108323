//! The part of OData this tenant understands: `$filter` with comparisons joined by `and`/`or`, `$select`, paging.
//!
//! Anything else is refused with 400 as the real service refuses it, never silently ignored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::call::Call;
use super::json::Object;
use super::refusal::Refusal;
use super::reply::Reply;
use crate::rehearsal::state::time::moment;

/// A list of objects on its way to the caller.
pub struct Listing {
    /// All of them, unfiltered.
    pub items: Vec<Value>,
    /// Fragment of `@odata.context`.
    pub context: &'static str,
    /// Objects per page where the caller does not say.
    pub page: usize,
    /// Properties that may be selected; empty: any.
    pub properties: &'static [&'static str],
}

/// Filters, selects and pages a listing.
pub fn listed(call: &Call, listing: Listing) -> Result<Reply, Refusal> {
    let items = filtered(call, listing.items)?;
    let total = items.len();
    let (start, size) = window(call, listing.page)?;
    let page: Vec<Value> = items.into_iter().skip(start).take(size).collect();
    let page = page
        .into_iter()
        .map(|item| selected(call, item, listing.properties))
        .collect::<Result<Vec<_>, _>>()?;
    let mut body = json!({"@odata.context": context(call, listing.context)});
    if call.query("$count") == Some("true") {
        body["@odata.count"] = json!(total);
    }
    let end = start.saturating_add(size);
    if end < total {
        body["@odata.nextLink"] = json!(next_link(call, end));
    }
    body["value"] = json!(page);
    Ok(Reply::json(200, body))
}

/// One object, selected.
pub fn single(call: &Call, item: Value, properties: &'static [&'static str]) -> Result<Reply, Refusal> {
    Ok(Reply::json(200, selected(call, item, properties)?))
}

/// `@odata.context` of a listing.
pub fn context(call: &Call, fragment: &str) -> String {
    format!("{}{}/v1.0/$metadata#{fragment}", call.origin, call.prefix)
}

fn window(call: &Call, default: usize) -> Result<(usize, usize), Refusal> {
    let start = match call.query("$skiptoken") {
        None => 0,
        Some(token) => {
            decoded(token).ok_or_else(|| Refusal::bad_request("Specified page token is invalid."))?
        }
    };
    let size = match call.query("$top").map(str::parse::<usize>) {
        None => default,
        Some(Ok(size @ 1..=999)) => size,
        Some(_) => {
            return Err(Refusal::bad_request(
                "Invalid page size specified. Must be between 1 and 999 inclusive.",
            ));
        }
    };
    Ok((start, size))
}

fn decoded(token: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    std::str::from_utf8(&bytes).ok()?.strip_prefix("after:")?.parse().ok()
}

fn next_link(call: &Call, start: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in call.query.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("$skiptoken")) {
        query.append_pair(name, value);
    }
    query.append_pair("$skiptoken", &URL_SAFE_NO_PAD.encode(format!("after:{start}")));
    format!("{}?{}", call.address(), query.finish())
}

fn selected(call: &Call, item: Value, properties: &[&str]) -> Result<Value, Refusal> {
    let Some(select) = call.query("$select").filter(|select| !select.trim().is_empty()) else {
        return Ok(item);
    };
    let names: Vec<&str> = select.split(',').map(str::trim).collect();
    let unknown = |name: &&&str| {
        !properties.is_empty() && !properties.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    if let Some(name) = names.iter().find(unknown) {
        return Err(Refusal::new(
            400,
            "BadRequest",
            format!("Could not find a property named '{name}' on the requested type."),
        ));
    }
    let Value::Object(object) = item else { return Ok(item) };
    let wanted = |key: &str| key.starts_with('@') || names.iter().any(|name| name.eq_ignore_ascii_case(key));
    Ok(Value::Object(object.into_iter().filter(|(key, _)| wanted(key)).collect::<Object>()))
}

fn filtered(call: &Call, items: Vec<Value>) -> Result<Vec<Value>, Refusal> {
    let Some(text) = call.query("$filter").filter(|text| !text.trim().is_empty()) else { return Ok(items) };
    let invalid = || Refusal::new(400, "BadRequest", "Invalid filter clause: it is not supported here.");
    let filter = Filter::parse(text).ok_or_else(invalid)?;
    Ok(items.into_iter().filter(|item| filter.matches(item)).collect())
}

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

fn at<'a>(item: &'a Value, path: &str) -> &'a Value {
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
