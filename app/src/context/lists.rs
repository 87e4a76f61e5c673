//! A list of case files as a whole, for a file of its own.

use thuocdo::{
    address::{Address, AddressError},
    agency::Scope,
    case_file_report::Origin,
    filter::Measured,
    indicator::Question,
};

use super::{Context, frame::Follows};
use crate::error::AppError;

/// What a list is about.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The figure whose files are listed.
    pub measured: Measured,
    /// How many there are.
    pub total: i64,
    /// The period and the day.
    pub question: Question,
    /// For whom, from where, in which language.
    pub origin: Origin,
}

impl Context {
    /// The list that an address asks for.
    ///
    /// # Errors
    /// When the address names no list or says nothing sensible, or the database fails.
    pub async fn listing(&self, scope: &Scope, address: &Address) -> Result<Listing, AppError> {
        let measured = address.list.ok_or_else(|| {
            let why = "viết danh sách cần tải, như list=late / write which list, such as list=late";
            AppError::Invalid(AddressError { field: "list".to_owned(), why: why.to_owned() })
        })?;
        let (_, question, origin) = self.frame(scope, address, Follows::CaseFiles).await?;
        let counts =
            self.store.case_file_counts(scope, &address.filter, question.window(), &[measured]).await?;
        let total = counts.first().copied().unwrap_or_default();
        Ok(Listing { measured, total, question, origin })
    }
}
