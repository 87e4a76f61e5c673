//! What the page on reports asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};

use crate::{answer::Answer, error::AppError};

/// The page on reports.
#[server(input = GetUrl, output = Postcard, endpoint = "reports")]
pub async fn load_reports(query: String) -> Result<Answer, AppError> {
    use crate::context::answer;

    answer(&query, async |context, actor, address| context.reports(&actor, &address).await).await
}
