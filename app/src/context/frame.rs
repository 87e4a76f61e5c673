//! What stands around the body of every page: for which days, for whom, from which sources.

use store::AgencyName;
use thuocdo::{
    address::Address,
    agency::{Level, Scope},
    case_file_report::{self, Origin},
    collate,
    disclosure::{self, Subject},
    indicator::Question,
    period::{Period, Unit},
};

use super::{Context, public};
use crate::{
    error::AppError,
    pages::{Choice, Frame},
};

/// What of an address the numbers of a page follow, beside the agency and its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// Field, procedure and channel.
    CaseFiles,
    /// Field, channel and kind.
    Petitions,
    /// Nothing more.
    Dialogues,
    /// Not even the level.
    Nothing,
}

impl Follows {
    /// What those numbers count.
    fn subject(self) -> Subject {
        match self {
            Self::CaseFiles => Subject::CaseFiles,
            Self::Petitions => Subject::Petitions,
            Self::Dialogues => Subject::Dialogues,
            Self::Nothing => Subject::Indexes,
        }
    }
}

impl Context {
    /// What a page says around its body. `follows` is what of the address its numbers follow.
    pub(super) async fn frame(
        &self,
        scope: &Scope,
        address: &Address,
        follows: Follows,
    ) -> Result<(Frame, Question, Origin), AppError> {
        let (places, freshness, today) = (self.places(scope).await?, self.freshness().await?, self.today());
        if *scope == Scope::Public {
            disclosure::may_be_asked(address, follows.subject(), today, freshness.last())
                .map_err(public::refusal)?;
        }
        self.known(&places, &address.filter)?;
        let procedure = self.known_procedure(&address.filter).await?;
        let question = address.question(today, freshness.last())?;
        let chosen = address.filter.agency.as_deref();
        let crumbs = crumbs(&places.agencies, chosen);
        let whom = crumbs.last().map_or_else(
            || address.lang.of("toàn thành phố", "the whole city").to_owned(),
            |agency| agency.name.clone(),
        );
        let narrowed = narrowed(address, follows, &places.fields, procedure);
        let whom = if narrowed.is_empty() { whom } else { format!("{whom} ({})", narrowed.join("; ")) };
        // Communes are reached from their district: six hundred of them in a list help nobody.
        let mut agencies: Vec<&AgencyName> = places
            .agencies
            .iter()
            .filter(|agency| agency.level != Level::Commune || chosen == Some(agency.code.as_str()))
            .filter(|agency| agency.level != Level::City)
            .collect();
        agencies.sort_by(|a, b| a.level.cmp(&b.level).then_with(|| collate::names(&a.name, &b.name)));
        let agencies = agencies.into_iter().map(Choice::of).collect();
        let frame = Frame {
            as_of: question.as_of,
            period: question
                .period
                .unwrap_or_else(|| Period::containing(question.as_of, Unit::Year, question.cycle)),
            window: case_file_report::window_label(&question, address.lang),
            plan_years: places.plan_years.clone(),
            agencies,
            crumbs,
            narrowed,
            is_invented: places.is_invented,
            case_files_until: freshness.case_files,
            petitions_until: freshness.petitions,
            dialogues_until: freshness.dialogues,
            today,
            is_day_chosen: address.as_of.is_some(),
        };
        let origin = Origin { is_invented: places.is_invented, whom, lang: address.lang };
        Ok((frame, question, origin))
    }
}

/// What of the whole is left, in the words of the page.
fn narrowed(
    address: &Address,
    follows: Follows,
    fields: &[(String, String)],
    procedure: Option<String>,
) -> Vec<String> {
    let (filter, lang) = (&address.filter, address.lang);
    let level = filter.level.filter(|_| follows != Follows::Nothing);
    let of_both = matches!(follows, Follows::CaseFiles | Follows::Petitions);
    let field = filter.field.as_ref().filter(|_| of_both);
    let field = field.and_then(|code| fields.iter().find(|(known, _)| known == code));
    let channel = filter.channel.filter(|_| of_both);
    let kind = address.kind.filter(|_| follows == Follows::Petitions);
    [
        level.map(|level| level.label(lang).to_owned()),
        field.map(|(_, name)| name.clone()),
        procedure.filter(|_| follows == Follows::CaseFiles),
        kind.map(|kind| kind.label(lang).to_owned()),
        channel.map(|channel| channel.label(lang).to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Choice {
    fn of(agency: &AgencyName) -> Self {
        Self { code: agency.code.clone(), name: agency.name.clone() }
    }
}

/// The agencies above the chosen one and itself, without the city.
fn crumbs(agencies: &[AgencyName], chosen: Option<&str>) -> Vec<Choice> {
    let find = |code: &str| agencies.iter().find(|agency| agency.code == code);
    let mut crumbs = Vec::new();
    let mut at = chosen.and_then(find);
    while let Some(agency) = at {
        if agency.level != Level::City {
            crumbs.insert(0, Choice::of(agency));
        }
        at = agency.parent_code.as_deref().and_then(find).filter(|_| crumbs.len() < 8);
    }
    crumbs
}
