//! What the search asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use serde::{Deserialize, Serialize};
use thuocdo::search::Found;

use crate::{answer::Answer, error::AppError};

/// The page's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// What was looked for.
    pub asked: String,
    /// What was found.
    pub found: Found,
}

/// What is found under the name or code of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "search")]
pub async fn load_search(query: String) -> Result<Answer, AppError> {
    use crate::context::{Context, address, answered};
    use thuocdo::agency::Scope;

    answered(
        async { Answer::of(&Context::of_request()?.search(&Scope::All, &address(&query)?).await?) }.await,
    )
}
