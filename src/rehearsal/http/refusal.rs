//! Refusals of the simulated services in the three shapes Microsoft's services use: Graph, ARM and OAuth.
//!
//! Codes and messages come from the stored API contract; what no source confirmed is marked where it is raised.

use serde_json::json;

use super::reply::Reply;

/// A service's "no".
#[derive(Clone, Debug)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// `error.code`.
    pub code: String,
    /// `error.message`.
    pub message: String,
    /// Further headers.
    pub headers: Vec<(String, String)>,
}

impl Refusal {
    /// Any refusal.
    pub fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into(), headers: Vec::new() }
    }

    /// 400 in the words of the directory.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "Request_BadRequest", message)
    }

    /// 404 for a directory object.
    pub fn not_found(id: &str) -> Self {
        let message = format!(
            "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
        );
        Self::new(404, "Request_ResourceNotFound", message)
    }

    /// 403: scope or role is missing.
    pub fn denied() -> Self {
        Self::new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    }

    /// 400 for a path Graph does not know.
    pub fn unknown_segment(segment: &str) -> Self {
        Self::new(400, "BadRequest", format!("Resource not found for the segment '{segment}'."))
    }

    /// 400 for a property that the type does not have.
    pub fn no_property(name: &str) -> Self {
        Self::new(
            400,
            "BadRequest",
            format!("Could not find a property named '{name}' on the requested type."),
        )
    }

    /// With one header more.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// As Graph would answer; `ids` are request id and client request id.
    pub fn as_graph(&self, ids: &Ids) -> Reply {
        let body = json!({"error": {"code": self.code, "message": self.message, "innerError": {
            "date": ids.date, "request-id": ids.request, "client-request-id": ids.client}}});
        self.carrying(Reply::json(self.status, body))
    }

    /// As Azure Resource Manager and Log Analytics would answer.
    pub fn as_arm(&self) -> Reply {
        self.carrying(Reply::json(
            self.status,
            json!({"error": {"code": self.code, "message": self.message}}),
        ))
    }

    fn carrying(&self, mut reply: Reply) -> Reply {
        reply.headers.extend(self.headers.iter().cloned());
        reply
    }
}

/// What Graph repeats in headers and error bodies.
#[derive(Clone, Debug)]
pub struct Ids {
    /// Made by the service.
    pub request: String,
    /// Sent by the caller, or made by the service.
    pub client: String,
    /// When the request came, as Graph writes it: seconds, no zone.
    pub date: String,
}
