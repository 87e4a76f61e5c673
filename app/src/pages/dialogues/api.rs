//! What the page on dialogues asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::{answer::Answer, error::AppError};

/// The dialogues of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "dialogues")]
pub async fn load_dialogues(query: String) -> Result<Answer, AppError> {
    use crate::context::answer;

    answer(&query, async |context, actor, address| context.dialogues(&actor.scope, &address).await).await
}
