//! What the page on the yearly indexes asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::{answer::Answer, error::AppError};

/// The indexes of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "indexes")]
pub async fn load_indexes(query: String) -> Result<Answer, AppError> {
    use crate::context::answer;

    answer(&query, async |context, actor, address| context.indexes(&actor.scope, &address).await).await
}
