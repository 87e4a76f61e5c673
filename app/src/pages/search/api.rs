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
    use crate::context::answer;

    answer(&query, async |context, actor, address| context.search(&actor.scope, &address).await).await
}
