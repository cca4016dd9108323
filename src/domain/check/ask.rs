//! What only a person can do or say: attestations, keys to register, slips to write, sign-ins to test.

use crate::domain::check::subject::CheckSubject;
use crate::domain::plan::Plan;
use crate::domain::slot::Slot;

/// A question or a task that a step has for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Ask {
    /// Vouch for something no API can see.
    Attest(Attest),
    /// Prepare a security key: a PIN is proposed, put on its slip and typed back.
    MakePinSlip { slot: Slot, key: usize },
    /// Register a security key in a browser, with a Temporary Access Pass.
    RegisterKey { slot: Slot, key: usize },
    /// Make, set, print and type back the password that goes to the safe.
    MakePasswordSlip { slot: Slot },
    /// Overwrite and remove files of its slips that nobody needs any more.
    DestroyFiles { slot: Slot },
    /// Sign in as the account and look.
    TestSignIn { slot: Slot },
    /// Raise an alert by a sign-in of this account, and see it reach a person.
    TestAlert { slot: Slot },
    /// Wait until every recipient has confirmed the mailbox.
    AwaitRecipients,
    /// Write the pages without secrets.
    WriteDocument,
    /// Say of sign-ins and changes what they were.
    Classify,
}

/// An attestation to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attest {
    /// What is vouched for.
    pub about: CheckSubject,
    /// What the person vouches for, as a sentence in the first person plural or the passive.
    pub statement: String,
    /// What to note beside it: "seal number", "approval reference".
    pub note: String,
}

impl Ask {
    /// The identity of the question, for remembering that it was put.
    pub fn key(&self) -> String {
        match self {
            Ask::Attest(attest) => attest.about.to_string(),
            Ask::MakePinSlip { slot, key } => format!("pin-slip:{}:{key}", slot.key()),
            Ask::RegisterKey { slot, key } => format!("register-key:{}:{key}", slot.key()),
            Ask::MakePasswordSlip { slot } => format!("password-slip:{}", slot.key()),
            Ask::DestroyFiles { slot } => format!("destroy:{}", slot.key()),
            Ask::TestSignIn { slot } => format!("test:{}", slot.key()),
            Ask::TestAlert { slot } => format!("alert:{}", slot.key()),
            Ask::AwaitRecipients => "recipients".to_owned(),
            Ask::WriteDocument => "document".to_owned(),
            Ask::Classify => "classify".to_owned(),
        }
    }

    /// The choice's label; keys are called as the plan has them.
    pub fn label(&self, plan: &Plan) -> String {
        match self {
            Ask::Attest(attest) => format!("Attest: {}", attest.statement),
            Ask::MakePinSlip { slot, key } => {
                format!("Write the PIN slip of {}, {slot} account", plan.key_name(*slot, *key))
            }
            Ask::RegisterKey { slot, key } => {
                format!("Register {} of the {slot} account", plan.key_name(*slot, *key))
            }
            Ask::MakePasswordSlip { slot } => format!("Make the password slip of the {slot} account"),
            Ask::DestroyFiles { slot } => format!("Destroy the files of slips of the {slot} account"),
            Ask::TestSignIn { slot } => format!("Test the sign-in of the {slot} account"),
            Ask::TestAlert { slot } => format!("Test the alert, by a sign-in of the {slot} account"),
            Ask::AwaitRecipients => "Wait for the recipients to confirm their mailboxes".to_owned(),
            Ask::WriteDocument => "Write the credential document and the procedure".to_owned(),
            Ask::Classify => "Say what each sign-in and each change was".to_owned(),
        }
    }
}
