//! What the page on dialogues asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use thuocdo::dialogue_report::DialogueReport;

use crate::{error::AppError, pages::Framed};

/// The dialogues of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "dialogues")]
pub async fn load_dialogues(query: String) -> Result<Framed<DialogueReport>, AppError> {
    use crate::context::{Context, address, answered};
    use thuocdo::agency::Scope;

    answered(async { Context::of_request()?.dialogues(&Scope::All, &address(&query)?).await }.await)
}
