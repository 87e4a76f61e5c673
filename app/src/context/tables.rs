//! The tables of the pages as a whole, for files of their own.

use thuocdo::{
    address::Address,
    agency::Scope,
    case_file_report::window_label,
    dialogue_report::{Column, IssueFigure, issues, matrix},
    indicator::{DialoguesHeld, Question},
    lang::Lang,
    period::{Cycle, Window},
    petition_report::{self, PetitionFigure},
    sheets::{self, Sheet, TableName},
};

use super::{Context, frame::Follows, petitions::place, public};
use crate::{
    error::AppError,
    links,
    pages::{case_files::api::CaseFiles, petitions::api::Petitions},
};

/// A table with where it is shown.
#[derive(Debug, Clone)]
pub struct Tabulated {
    /// The table.
    pub sheet: Sheet,
    /// Its page. The day is written out, so that it stays the same view.
    pub view: String,
    /// The query alone.
    pub query: String,
}

impl Context {
    /// A table of the pages, whole, with the address of the view it is from.
    ///
    /// # Errors
    /// When the address says nothing sensible or the database fails.
    pub async fn tabulated(
        &self,
        scope: &Scope,
        name: TableName,
        address: &Address,
    ) -> Result<Tabulated, AppError> {
        let question = address.question(self.today(), self.freshness().await?.last())?;
        let fixed = Address {
            as_of: Some(question.as_of),
            period: question.period,
            petition_list: address.petition_list.filter(|_| name == TableName::Petitions),
            issue_list: address.issue_list.filter(|_| name == TableName::Issues),
            ..address.bare()
        };
        let mut sheet = self.of_one_state(|| self.sheet_once(scope, name, &fixed)).await?;
        sheet.source = public::noted(scope, sheet.source, address.lang);
        Ok(Tabulated { sheet, view: links::page(links::page_of(name), &fixed), query: fixed.query() })
    }

    async fn sheet_once(&self, scope: &Scope, name: TableName, address: &Address) -> Result<Sheet, AppError> {
        let lang = address.lang;
        let follows = match name {
            TableName::Agencies | TableName::Fields | TableName::Levels | TableName::Procedures => {
                Follows::CaseFiles
            }
            TableName::PetitionAgencies
            | TableName::PetitionKinds
            | TableName::PetitionChannels
            | TableName::Petitions => Follows::Petitions,
            TableName::Offices | TableName::Issues => Follows::Dialogues,
            TableName::Criteria => Follows::Nothing,
        };
        if *scope == Scope::Public && matches!(name, TableName::Petitions | TableName::Issues) {
            return Err(AppError::SignIn);
        }
        let (_, question, origin) = self.frame(scope, address, follows).await?;
        let (values, source) = match name {
            TableName::Agencies | TableName::Fields | TableName::Levels | TableName::Procedures => {
                let CaseFiles { report, depth, .. } = self.case_files_once(scope, address).await?.body;
                let values = match name {
                    TableName::Agencies => sheets::agencies(&report.agencies, lang),
                    TableName::Fields => sheets::fields(&depth.fields, lang),
                    TableName::Levels => sheets::levels(&depth.levels, lang),
                    _ => sheets::procedures(&depth.procedures, lang),
                };
                (values, report.months.source)
            }
            TableName::PetitionAgencies | TableName::PetitionKinds | TableName::PetitionChannels => {
                let Petitions { report, .. } = self.petitions_once(scope, address).await?.body;
                let values = match name {
                    TableName::PetitionAgencies => {
                        sheets::groups(&report.agencies, ("Đơn vị", "Agency"), lang)
                    }
                    TableName::PetitionKinds => sheets::groups(&report.kinds, ("Loại", "Kind"), lang),
                    _ => sheets::groups(&report.channels, ("Kênh", "Channel"), lang),
                };
                (values, report.months.source)
            }
            TableName::Petitions => {
                let Petitions { report, .. } = self.petitions_once(scope, address).await?.body;
                let records = self.petition_records(scope, &address.filter).await?;
                let places: Vec<_> = self.places(scope).await?.agencies.iter().map(place).collect();
                let figure = address.petition_list.unwrap_or(PetitionFigure::Late);
                let window = question.window();
                let lines = petition_report::lines(&records, address.kind, window, figure, &places);
                (sheets::petitions(&lines, lang), report.months.source)
            }
            TableName::Offices | TableName::Issues => {
                let report = self.dialogues_once(scope, address).await?.body;
                let (half_year, day) = DialoguesHeld::asked(&question);
                let values = if name == TableName::Offices {
                    let facts = self.facts(scope, &address.filter).await?;
                    let columns = Column::up_to(day);
                    let half_years: Vec<_> = columns.iter().map(|column| column.period).collect();
                    sheets::offices(&matrix::rows(&facts, &columns, day), &half_years, lang)
                } else {
                    let details = self.store.issue_details(scope, &address.filter).await?;
                    let figure = address.issue_list.unwrap_or(IssueFigure::OpenOverdue);
                    let window = Window::of(half_year, Cycle::Calendar, day);
                    sheets::issues(&issues::lines(&details, figure, window), lang)
                };
                (values, report.months.source)
            }
            TableName::Criteria => {
                let report = self.indexes_once(scope, address).await?.body;
                (sheets::criteria(&report.criteria.lines, lang), own_score(&question, lang))
            }
        };
        let part = match name {
            TableName::Petitions => address.petition_list.unwrap_or(PetitionFigure::Late).label(lang),
            TableName::Issues => address.issue_list.unwrap_or(IssueFigure::OpenOverdue).label(lang),
            _ => "",
        };
        let title = name.label(lang);
        let title = if part.is_empty() { title.to_owned() } else { format!("{title}: {part}") };
        Ok(Sheet {
            subtitle: format!("{} · {}", origin.whom, window_label(&question, lang)),
            description: String::new(),
            title,
            source,
            is_invented: origin.is_invented,
            lang,
            values,
        })
    }
}

fn own_score(question: &Question, lang: Lang) -> String {
    let day = lang.date(question.window().last);
    match lang {
        Lang::Vi => format!("Nguồn: điểm tự chấm đã nhập · tính đến {day}"),
        Lang::En => format!("Source: own scores imported · as of {day}"),
    }
}
