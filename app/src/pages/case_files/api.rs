//! What the page on case files asks the server for.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Postcard};
use serde::{Deserialize, Serialize};
use thuocdo::{
    case_file_depth::Depth, case_file_report::CaseFileReport, filter::Measured, outlook::CaseFileOutlook,
    wire,
};

use crate::{answer::Answer, error::AppError};

/// Files on one page of a list.
pub const LISTED: i64 = 50;
/// Files of a list that is set in type; a longer one is a workbook.
pub const SET_AT_MOST: i64 = 5_000;

/// The page's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFiles {
    /// Tally, months, agencies.
    pub report: CaseFileReport,
    /// Below the tally: what can be saved, the parts, letters, doubtful dates.
    pub depth: Depth,
    /// The files behind a figure.
    pub list: Option<Listed>,
    /// Where the year ends; `None` where nothing was timed in it.
    pub outlook: Option<CaseFileOutlook>,
}

/// The files behind a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Which figure.
    pub measured: Measured,
    /// What the figure says.
    pub figure: i64,
    /// How many files there are.
    pub total: i64,
    /// Which page of them this is, from one.
    pub page: u32,
    /// The files of this page.
    pub lines: Vec<Line>,
    /// Whether the reader may take the whole list away.
    pub may_be_taken: bool,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Mã hồ sơ.
    pub case_code: String,
    /// The agency's code.
    pub agency_code: String,
    /// The agency's name.
    pub agency_name: String,
    /// The field's name.
    pub field_name: Option<String>,
    /// The procedure's name.
    pub procedure_name: Option<String>,
    /// Ngày tiếp nhận.
    #[serde(with = "wire::day")]
    pub received_on: NaiveDate,
    /// Ngày hẹn trả.
    #[serde(with = "wire::maybe_day")]
    pub due_on: Option<NaiveDate>,
    /// Ngày có kết quả, when it had come by the day asked for.
    #[serde(with = "wire::maybe_day")]
    pub ended_on: Option<NaiveDate>,
}

/// The case files of an address.
#[server(input = GetUrl, output = Postcard, endpoint = "case-files")]
pub async fn load_case_files(query: String) -> Result<Answer, AppError> {
    use crate::context::answer;
    use thuocdo::access::Right;

    answer(&query, async |context, actor, address| {
        let mut page = context.case_files(&actor.scope, &address).await?;
        if let Some(list) = &mut page.body.list {
            list.may_be_taken = actor.may(Right::TakeLists);
        }
        Ok(page)
    })
    .await
}
