//! What is found by name or code: agencies, fields and procedures, kept by the version of the data.

use std::sync::Arc;

use thuocdo::{
    address::Address,
    agency::Scope,
    search::{Named, Subject, find},
};

use super::{Context, frame::Follows};
use crate::{answer::Framed, error::AppError, figures::Figures, pages::search::api::Search};

/// How many are shown.
const SHOWN: usize = 30;

impl Context {
    /// The page of a search.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn search(&self, scope: &Scope, address: &Address) -> Result<Framed<Search>, AppError> {
        // What narrows the page before narrows nothing here.
        let plain = Address { lang: address.lang, ..Address::default() };
        let (frame, ..) = self.frame(scope, &plain, Follows::Nothing).await?;
        let asked = address.find.clone().unwrap_or_default();
        let found = find(&asked, self.names(scope).await?.iter(), SHOWN);
        Ok(Framed { frame, body: Search { asked, found }, figures: Figures::default() })
    }

    async fn names(&self, scope: &Scope) -> Result<Arc<Vec<Named>>, AppError> {
        let version = self.store.versions().await?.rest;
        let load = async { self.names_once(scope).await.map(Arc::new) };
        Ok(self.names.try_get_with((version, scope.clone()), load).await?)
    }

    async fn names_once(&self, scope: &Scope) -> Result<Vec<Named>, store::Error> {
        let agencies = self.store.agency_names(scope).await?;
        let name_of = |code: &String| agencies.iter().find(|agency| agency.code == *code);
        let named = |subject, code, name, of| Named { subject, code, name, of };
        let mut names: Vec<Named> = agencies
            .iter()
            .map(|agency| {
                let above = agency.parent_code.as_ref().and_then(name_of).map(|above| above.name.clone());
                named(Subject::Agency, agency.code.clone(), agency.name.clone(), above)
            })
            .collect();
        let fields = self.store.field_names().await?;
        names.extend(fields.into_iter().map(|(code, name)| named(Subject::Field, code, name, None)));
        let procedures = self.store.procedure_names().await?;
        names
            .extend(procedures.into_iter().map(|(code, name, of)| named(Subject::Procedure, code, name, of)));
        Ok(names)
    }
}
