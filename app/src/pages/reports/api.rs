//! What the page on reports asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::{answer::Answer, error::AppError};

/// The page on reports.
#[server(input = GetUrl, output = Postcard, endpoint = "reports")]
pub async fn load_reports(query: String) -> Result<Answer, AppError> {
    use crate::context::{Context, address, answered};
    use thuocdo::agency::Scope;

    answered(
        async { Answer::of(&Context::of_request()?.reports(&Scope::All, &address(&query)?).await?) }.await,
    )
}
