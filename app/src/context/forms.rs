//! The official forms of a question.

use chrono::NaiveDate;
use thuocdo::{
    address::{Address, AddressError},
    agency::Scope,
    case_file_report::Origin,
    forms::{
        ii_06a::{By, Form, Row},
        ii_07b,
    },
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

/// Form II.07b with what it is about.
#[derive(Debug, Clone)]
pub struct Form07b {
    /// The form.
    pub form: ii_07b::Form,
    /// The day of the list.
    pub day: NaiveDate,
    /// For whom, from where, in which language.
    pub origin: Origin,
}

impl Context {
    /// Form II.07b of the procedures that an agency and those below it are in charge of, or of all: as the list stands
    /// today. Of the address it follows the agency and the language.
    ///
    /// # Errors
    /// When the address asks for the list of another day, which nobody keeps; when the agency is unknown, or the database
    /// fails.
    pub async fn form_07b(&self, scope: &Scope, address: &Address) -> Result<Form07b, AppError> {
        let day = self.today();
        if address.as_of.is_some_and(|as_of| as_of != day) {
            let why = "danh mục thủ tục không giữ lịch sử, biểu II.07b luôn là của hôm nay: bỏ as_of / \
                       the list of procedures keeps no history, form II.07b is always today's: leave as_of out";
            return Err(AddressError { field: "as_of".to_owned(), why: why.to_owned() }.into());
        }
        let address = &Address { period: None, ..address.clone() };
        let (_, _, origin) = self.frame(scope, address, Follows::Nothing).await?;
        let rows = self.store.procedure_reads(scope, address.filter.agency.as_deref()).await?;
        Ok(Form07b { form: ii_07b::Form::of(&rows, address.lang), day, origin })
    }

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
