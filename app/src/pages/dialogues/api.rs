//! What the page on dialogues asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::{answer::Answer, error::AppError};

/// The dialogues of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "dialogues")]
pub async fn load_dialogues(query: String) -> Result<Answer, AppError> {
    use crate::context::{Context, address, answered};
    use thuocdo::agency::Scope;

    answered(
        async { Answer::of(&Context::of_request()?.dialogues(&Scope::All, &address(&query)?).await?) }.await,
    )
}
