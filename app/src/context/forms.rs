//! The official forms of a question.

use chrono::NaiveDate;
use thuocdo::{
    address::Address,
    agency::Scope,
    case_file_report::Origin,
    forms::ii_06a::{By, Form, Row},
    indicator::{Question, on_time_returns::OnTimeReturns},
};

use super::{Context, frame::Follows};
use crate::error::AppError;

/// A form with what it is about.
#[derive(Debug, Clone)]
pub struct Form06a {
    /// The form.
    pub form: Form,
    /// Which lines it has.
    pub by: By,
    /// The period and the day.
    pub question: Question,
    /// For whom, from where, in which language.
    pub origin: Origin,
    /// The last day with case files, where it is before the form's last.
    pub until: Option<NaiveDate>,
}

impl Context {
    /// Form II.06a of the period asked for.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn form_06a(&self, scope: &Scope, address: &Address, by: By) -> Result<Form06a, AppError> {
        // A form ends with its period, though the sources may have been silent for its last days.
        let end = address.period.map(|period| period.to(address.cycle).min(self.today()));
        let address = &Address { as_of: address.as_of.or(end), ..address.clone() };
        let (frame, question, origin) = self.frame(scope, address, Follows::CaseFiles).await?;
        let reads = self.store.form_reads(scope, &address.filter, question.window(), by).await?;
        let lang = address.lang;
        let rows = reads.into_iter().map(|line| {
            let mut all = line.online;
            all += line.others;
            Row {
                level: line.level,
                name: line.name.unwrap_or_else(|| lang.of("Chưa rõ lĩnh vực", "Field unknown").to_owned()),
                // The form has no target.
                tally: OnTimeReturns::of(&all, 0).official,
                online: OnTimeReturns::of(&line.online, 0).official.received,
            }
        });
        let until = frame.case_files_until.filter(|until| *until < question.window().last);
        Ok(Form06a { form: Form::of(rows.collect(), lang), by, question, origin, until })
    }
}
