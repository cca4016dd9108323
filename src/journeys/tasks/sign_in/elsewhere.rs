//! A sign-in in a browser on another computer: the long address there, and the way back by pasting.

use crate::domain::connection::sign_in::Prompt;
use crate::domain::secret::SecretId;
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Question, Screen, Source};

/// Fills the screen; `entered` takes the address that was pasted, `wait` goes back to the browser on this machine.
pub fn fill<M: 'static>(screen: &mut Screen<M>, prompt: &Prompt, entered: fn(SecretId) -> M, wait: M) {
    let Prompt::Browser { address, .. } = prompt else { return };
    screen.prose.push(Block::Steps(vec![
        "Open the address below in a browser on the other computer and sign in there.".to_owned(),
        "At the end that browser shows that it cannot reach a page at http://localhost. That is expected.".to_owned(),
        "Copy the whole address out of its address line and paste it here. It is not shown, and it is good once."
            .to_owned(),
    ]));
    screen.prose.push(Block::Verbatim(vec![address.clone()]));
    let (prompt, entered) = ("Address of the last page".to_owned(), Reply::to(entered));
    screen.question = Some(Question::Secret { prompt, source: Source::Screen, entered });
    screen.choices.push(Choice::safe('w', "Wait for the browser on this machine", wait).leading_back());
}
