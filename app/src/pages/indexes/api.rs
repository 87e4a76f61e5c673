//! What the page on the yearly indexes asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use thuocdo::index_report::IndexReport;

use crate::{error::AppError, pages::Framed};

/// The indexes of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "indexes")]
pub async fn load_indexes(query: String) -> Result<Framed<IndexReport>, AppError> {
    use crate::context::{Context, address, answered};
    use thuocdo::agency::Scope;

    answered(async { Context::of_request()?.indexes(&Scope::All, &address(&query)?).await }.await)
}
