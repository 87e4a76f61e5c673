//! What the page on data asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use serde::{Deserialize, Serialize};

use crate::{answer::Answer, error::AppError};

/// The page as the server wrote it: forms and tables that need nothing of the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What stands above the progress.
    pub head: String,
    /// What stands below it.
    pub html: String,
    /// How far the import shown is, while one is.
    pub progress: Option<String>,
}

/// The page on data.
#[server(input = GetUrl, output = Postcard, endpoint = "data")]
pub async fn load_data(query: String) -> Result<Answer, AppError> {
    use crate::context::answer;

    answer(&query, async |context, actor, address| context.data(&actor, &address).await).await
}
