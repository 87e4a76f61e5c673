//! What the overview asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::{answer::Answer, error::AppError};

/// The overview of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "overview")]
pub async fn load_overview(query: String) -> Result<Answer, AppError> {
    use crate::context::answer;

    answer(&query, async |context, actor, address| context.overview(&actor.scope, &address).await).await
}
