//! What a person may be told when a page cannot be shown.

use leptos::{prelude::*, server_fn::codec::PostcardEncoding};
use serde::{Deserialize, Serialize};
use thuocdo::address::AddressError;

/// Why there is no page, and so what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AppError {
    /// No such thing, or not for this person.
    NotFound,
    /// A part of the address says nothing sensible.
    Invalid(AddressError),
    /// The server or its database does not answer.
    Unavailable,
    /// Nobody signed in, or the session is over.
    SignIn,
    /// Not for this person.
    Forbidden,
}

impl AppError {
    /// The status to answer with.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Invalid(_) => 400,
            Self::Unavailable => 503,
            Self::SignIn => 401,
            Self::Forbidden => 403,
        }
    }
}

impl From<AddressError> for AppError {
    fn from(error: AddressError) -> Self {
        Self::Invalid(error)
    }
}

impl FromServerFnError for AppError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unavailable
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("không tìm thấy / not found"),
            Self::Invalid(error) => error.fmt(f),
            Self::Unavailable => f.write_str("máy chủ chưa trả lời được / the server cannot answer now"),
            Self::SignIn => f.write_str("cần đăng nhập / sign in first"),
            Self::Forbidden => {
                f.write_str("tài khoản này không có quyền làm việc này / this account may not do this")
            }
        }
    }
}
