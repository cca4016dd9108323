//! Whether a printer keeps a job until it is released, asked before a secret leaves this machine.
//!
//! A printer that cannot takes the job all the same and prints at once, unless it is told that the wish is an order (RFC
//! 8011: `job-hold-until`, `ipp-attribute-fidelity`, and the unsupported attributes it answers with). So two questions
//! come first: what it supports, and whether it would take such a job.

use ::ipp::model::{DelimiterTag, Operation, StatusCode};
use ::ipp::prelude::{IppRequestResponse, IppValue};
use zeroize::Zeroizing;

use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::effects::print::ipp::{self, Binding, HOLD, INDEFINITE, Order};
use crate::effects::print::wire::Wire;

/// Whether a job would wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Waits {
    /// It would.
    Yes {
        /// As what the job can be given.
        binding: Binding,
    },
    /// It would not, or the printer does not say; why.
    No(String),
}

/// Asks the printer.
pub(super) async fn asked(wire: &Wire, printer: &str, order: Order<'_>) -> Result<Waits, Trouble> {
    let said = supported(wire, printer).await?;
    if said.as_ref().is_some_and(|values| !values.iter().any(|value| value == INDEFINITE)) {
        return Ok(Waits::No("It says that it keeps no page until somebody releases it.".to_owned()));
    }
    let answer = validated(wire, printer, order).await?;
    Ok(match answer.header().status_code() {
        code if code.is_success() && !ignores_hold(&answer) => Waits::Yes { binding: Binding::Orders },
        StatusCode::ClientErrorAttributesOrValuesNotSupported if !ignores_hold(&answer) => {
            Waits::Yes { binding: Binding::Wishes }
        }
        StatusCode::ServerErrorOperationNotSupported if said.is_some() => {
            Waits::Yes { binding: Binding::Orders }
        }
        StatusCode::ServerErrorOperationNotSupported => {
            Waits::No("It does not say whether it keeps a page until somebody releases it.".to_owned())
        }
        code => Waits::No(format!("Asked whether it keeps a page, it answered: {code}.")),
    })
}

/// Whether the printer lists the wish among what it did not do.
pub(super) fn ignores_hold(answer: &IppRequestResponse) -> bool {
    let mut unsupported = answer.attributes().groups_of(DelimiterTag::UnsupportedAttributes);
    unsupported.any(|group| group.get(HOLD).is_some())
}

/// The values it supports, where it says any.
async fn supported(wire: &Wire, printer: &str) -> Result<Option<Vec<String>>, Trouble> {
    let mut request = ipp::request(Operation::GetPrinterAttributes, printer)?;
    let wanted = IppValue::new_keyword("job-hold-until-supported");
    ipp::add(&mut request, DelimiterTag::OperationAttributes, "requested-attributes", wanted)?;
    let answer = ipp::exchange(wire, printer, bytes(&request)).await?;
    let value = ipp::attribute(&answer, "job-hold-until-supported");
    Ok(value.map(|value| match value {
        IppValue::Array(values) => values.iter().map(|value| clean(&value.to_string())).collect(),
        one => vec![clean(&one.to_string())],
    }))
}

async fn validated(wire: &Wire, printer: &str, order: Order<'_>) -> Result<IppRequestResponse, Trouble> {
    let order = Order { binding: Binding::Orders, ..order };
    let request = ipp::job(Operation::ValidateJob, printer, order)?;
    ipp::exchange(wire, printer, bytes(&request)).await
}

fn bytes(request: &IppRequestResponse) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(request.to_bytes().to_vec())
}
