//! The query of an alert rule, as far as its meaning is known: one that is written like ours, or one of a form so simple that
//! it can only mean one thing. Any other may leave somebody out, however many names stand in it; it is not understood here.

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

/// Whether two queries are the same but for white space.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    tokens(one).is_some_and(|one| Some(one) == tokens(other))
}

/// Whether a query is `table | where UserId in (…)`, or `… UserId == '…' or …`, with at most a `project` behind it, and
/// looks for every id.
pub(super) fn looks_for(query: &str, table: &str, ids: &[String]) -> bool {
    let Some(tokens) = tokens(query) else { return false };
    let stages: Vec<&[Token]> = tokens.split(|token| *token == Token::Sign('|')).collect();
    let (source, condition) = match stages.as_slice() {
        [source, condition] => (*source, *condition),
        [source, condition, last] if is_projection(last) => (*source, *condition),
        _ => return false,
    };
    let [Token::Word(name)] = source else { return false };
    let [Token::Word(operator), condition @ ..] = condition else { return false };
    let is_filter = name == table && operator == "where";
    is_filter && named(condition).is_some_and(|named| ids.iter().all(|id| named.holds(id)))
}

/// Whether a query speaks of the table and of every id, whatever it does with them.
pub(super) fn speaks_of(query: &str, table: &str, ids: &[String]) -> bool {
    let query = query.to_lowercase();
    query.contains(&table.to_lowercase()) && ids.iter().all(|id| query.contains(&id.to_lowercase()))
}

/// Ids in a condition; `in` and `==` mind upper case, `in~` and `=~` do not.
struct Named {
    ids: Vec<String>,
    any_case: bool,
}

impl Named {
    fn holds(&self, id: &str) -> bool {
        self.ids.iter().any(|own| own == id || self.any_case && own.eq_ignore_ascii_case(id))
    }
}

fn named(condition: &[Token]) -> Option<Named> {
    let [Token::Word(column), rest @ ..] = condition else { return None };
    if column != "UserId" {
        return None;
    }
    match rest {
        [Token::Word(is_in), Token::Sign('~'), list @ ..] if is_in == "in" => in_list(list, true),
        [Token::Word(is_in), list @ ..] if is_in == "in" => in_list(list, false),
        _ => one_by_one(condition),
    }
}

fn in_list(list: &[Token], any_case: bool) -> Option<Named> {
    let [Token::Sign('('), items @ .., Token::Sign(')')] = list else { return None };
    let text = |item: &[Token]| match item {
        [Token::Text(id)] => Some(id.clone()),
        _ => None,
    };
    let ids: Option<Vec<String>> = items.split(|token| *token == Token::Sign(',')).map(text).collect();
    Some(Named { ids: ids?, any_case })
}

/// `UserId == 'a' or UserId == 'b'`; one that minds upper case makes all of them mind it.
fn one_by_one(condition: &[Token]) -> Option<Named> {
    let mut named = Named { ids: Vec::new(), any_case: true };
    for one in condition.split(|token| *token == Token::Word("or".to_owned())) {
        let [Token::Word(column), Token::Sign('='), Token::Sign(how @ ('=' | '~')), Token::Text(id)] = one
        else {
            return None;
        };
        if column != "UserId" {
            return None;
        }
        named.any_case &= *how == '~';
        named.ids.push(id.clone());
    }
    Some(named)
}

/// Names of columns only: no row is lost by it.
fn is_projection(stage: &[Token]) -> bool {
    let [Token::Word(operator), columns @ ..] = stage else { return false };
    let is_name = |column: &[Token]| matches!(column, [Token::Word(_)]);
    operator == "project" && columns.split(|token| *token == Token::Sign(',')).all(is_name)
}

/// The pieces of a query; none where a text does not end, or has an escape in it.
fn tokens(query: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = query.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, after) = match first {
            '\'' | '"' => {
                let (text, after) = rest[1..].split_once(first)?;
                (Token::Text(text.to_owned()), after)
            }
            _ if is_of_a_word(first) => {
                let (word, after) = rest.split_at(rest.find(|c| !is_of_a_word(c)).unwrap_or(rest.len()));
                (Token::Word(word.to_owned()), after)
            }
            sign => (Token::Sign(sign), &rest[sign.len_utf8()..]),
        };
        if matches!(&token, Token::Text(text) if text.contains(['\\', '\n'])) {
            return None;
        }
        tokens.push(token);
        rest = after.trim_start();
    }
    Some(tokens)
}

fn is_of_a_word(one: char) -> bool {
    one.is_alphanumeric() || one == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_query_of_known_meaning_looks_for_anybody() {
        let ids = ["id1".to_owned(), "id2".to_owned()];
        for good in [
            "SigninLogs | where UserId in ('id1', 'id2')",
            "SigninLogs\n| where UserId in~ (\"ID2\",'Id1')\n| project TimeGenerated, UserId",
            "SigninLogs|where UserId=='id1' or UserId == 'id2' or UserId == 'id3'",
        ] {
            assert!(looks_for(good, "SigninLogs", &ids), "{good}");
        }
        for mute in [
            "SigninLogs | where UserId !in ('id1','id2')",
            "SigninLogs | where UserId in ('id1','id2') | where false",
            "SigninLogs | where UserId in ('id1','id2') and ResultType != 0",
            "SigninLogs | where UserId == 'id1' and UserId == 'id2'",
            "SigninLogs | where not(UserId in ('id1','id2'))",
            "SigninLogs | where UserId in ('id1')",
            "SigninLogs | where UserId in ('ID1','id2')",
            "SigninLogs | where UserId == 'id1' // or UserId == 'id2'",
            "SigninLogs | where UserId in ('id1','id2') | take 0",
            "SigninLogs | where UserId in ('id1','id2') | project UserId, x = 1",
            "SigninLogs | where AppId in ('id1','id2')",
            "OldSigninLogs | where UserId in ('id1','id2')",
            "print 'SigninLogs | where UserId in (id1, id2)'",
        ] {
            assert!(!looks_for(mute, "SigninLogs", &ids), "{mute}");
        }
    }

    #[test]
    fn white_space_makes_no_other_query_and_a_sign_does() {
        let ours = "AuditLogs | where TargetResources has_any ('a', 'b') | project TimeGenerated";
        assert!(is_same(ours, "AuditLogs\n  | where TargetResources has_any('a','b')|project TimeGenerated"));
        assert!(!is_same(ours, &ours.replace("has_any", "!has_any")));
        assert!(!is_same("x 'a", "x 'a"), "a text that does not end");
    }
}
