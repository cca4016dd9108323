//! A plan in which the Second account has a phone.

use super::plain::BY_HAND;
use super::served::Served;

/// What the second account has in the place of its last key.
pub const PHONE: &str =
    "[accounts.phone]\nnumber = \"+1 5555550100\"\nplace = \"Sample Building South, safe\"\n";

/// The example plan in which the second account has a phone and no key.
pub fn plan_with_phone(served: &Served, route: &str) -> std::path::PathBuf {
    let text = breakglass::domain::plan::plan_file::example();
    let at = text.rfind("[[accounts.keys]]").expect("the last key");
    let end = at + text[at..].find("\n\n").expect("its end");
    let text = text.replace(&text[at..end], PHONE).replace(BY_HAND.0, route);
    let method = text.rfind("method = \"security-key\"").expect("its method");
    let text = text[..method].to_owned() + &text[method..].replacen("security-key", "phone", 1);
    let path = served.home.path("phone.toml");
    std::fs::write(&path, text.replace("pin_safe = \"B1\"\n", "")).expect("the plan can be written");
    path
}
