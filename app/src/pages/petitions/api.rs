//! What the page on petitions asks the server for.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use serde::{Deserialize, Serialize};
use thuocdo::petition_report::{PetitionList, PetitionReport};

use crate::{answer::Answer, error::AppError};

/// The page's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petitions {
    /// Steps, months, groups, ages.
    pub report: PetitionReport,
    /// The petitions behind a figure.
    pub list: Option<PetitionList>,
}

/// The petitions of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "petitions")]
pub async fn load_petitions(query: String) -> Result<Answer, AppError> {
    use crate::context::answer;

    answer(&query, async |context, actor, address| context.petitions(&actor.scope, &address).await).await
}
