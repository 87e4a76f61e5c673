//! What the overview asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use thuocdo::overview::Overview;

use crate::{error::AppError, pages::Framed};

/// The overview of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "overview")]
pub async fn load_overview(query: String) -> Result<Framed<Overview>, AppError> {
    use crate::context::{Context, address, answered};
    use thuocdo::agency::Scope;

    answered(async { Context::of_request()?.overview(&Scope::All, &address(&query)?).await }.await)
}
