//! Whom an alert tells: by mail, and by SMS where a number is named, which needs neither the tenant's mail nor its chat.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Someone who is told by e-mail, and by SMS where that is wanted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// A short name for the team or person.
    pub name: String,
    /// The mailbox.
    pub email: String,
    /// The number for an SMS, `+1 2065550100`: country code, a space, the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms: Option<String>,
}

impl Recipient {
    /// Country code and number, as Azure takes them (contract 16); nothing where there is no number, or none like that.
    pub fn number(&self) -> Option<(String, String)> {
        let (code, number) = self.sms.as_deref()?.trim().strip_prefix('+')?.split_once(' ')?;
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let is_plain = |text: &str| text.chars().all(|c| c.is_ascii_digit() || " -()".contains(c));
        let fits = (1..=3).contains(&code.len()) && is_plain(code) && is_plain(number);
        let (code, number) = (digits(code), digits(number));
        (fits && !code.is_empty() && number.len() >= 5).then_some((code, number))
    }

    /// Whether the action group `body` mails this recipient.
    pub fn is_mailed_by(&self, body: &Value) -> bool {
        let mut mails = receivers(body, "emailReceivers").filter_map(|one| one["emailAddress"].as_str());
        mails.any(|mail| mail.eq_ignore_ascii_case(&self.email))
    }

    /// Whether the action group `body` sends this recipient an SMS, or none is wanted.
    pub fn is_texted_by(&self, body: &Value) -> bool {
        let Some((code, number)) = self.number() else { return true };
        receivers(body, "smsReceivers").any(|one| one["countryCode"] == code && one["phoneNumber"] == number)
    }

    /// The number but for its last two digits: it is personal, and enough is left to know it again.
    pub fn masked(&self) -> Option<String> {
        let (code, number) = self.number()?;
        let end = number.get(number.len() - 2..)?;
        Some(format!("+{code} ...{end}"))
    }
}

fn receivers<'a>(body: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    body["properties"][member].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_a_country_code_and_is_known_again() {
        let with = |sms: &str| Recipient { sms: Some(sms.to_owned()), ..Recipient::default() };
        let read = |sms: &str| with(sms).number();
        assert_eq!(read("+1 206 555-0100"), Some(("1".to_owned(), "2065550100".to_owned())));
        for odd in ["+12065550100", "206 5550100", "+1 call me", "+1 ", "+ 2065550100", ""] {
            assert_eq!(read(odd), None, "{odd}");
        }
        let group = serde_json::json!({"properties": {"smsReceivers": [{"countryCode": "1", "phoneNumber": "2065550100"}]}});
        assert!(with("+1 206 5550100").is_texted_by(&group) && !with("+49 2065550100").is_texted_by(&group));
        assert_eq!(with("+1 206 5550100").masked().as_deref(), Some("+1 ...00"));
    }
}
