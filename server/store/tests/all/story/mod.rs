//! The store's story: one city's year, told the same way to SQLite and to PostgreSQL.

mod agencies;
mod case_file_lists;
mod case_files;
mod dialogues;
mod indexes;
mod petitions;
mod procedures;

use chrono::{Days, NaiveDate};
use store::{Remark, Store, testing::Cluster};
use thuocdo::{
    agency::{self, Level, Scope},
    case_file::{self, Channel, Status},
    counts::{Given, Read},
    criterion, dialogue,
    filter::{Filter, Measured},
    indicator::{
        OnTimeReturns, Question,
        on_time_returns::{CaseFileRead, Tally},
    },
    period::{Cycle, Window},
    petition,
    procedure::{self, FieldRow},
    survey,
    working_days::{HolidayKind, HolidayRow, LimitUnit},
};

use crate::helpers::{begin, day, end, file, numbered, remarks, today};

#[tokio::test]
async fn the_story_on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite://{}/story.db", folder.path().display());
    tell(&url).await;
}

#[tokio::test]
async fn the_story_on_postgresql() {
    let cluster = Cluster::start();
    tell(&cluster.database("story")).await;
}

async fn tell(url: &str) {
    let store = Store::open(url).await.expect("opens");
    println!("the story is told on {}", store.engine_name().await.expect("a name"));
    agencies::agencies_come_in_any_order_and_make_a_tree(&store).await;
    case_files::case_files_come_in_and_are_counted_by_day(&store).await;
    case_files::importing_the_same_again_changes_nothing(&store).await;
    case_files::a_changed_file_takes_its_old_events_back(&store).await;
    case_files::the_last_row_of_a_code_wins_whole(&store).await;
    case_files::a_due_date_is_computed_from_the_limit_and_follows_the_calendar(&store).await;
    case_files::a_dropped_import_leaves_nothing_behind(&store).await;
    case_file_lists::figures_equal_the_lists_behind_them(&store).await;
    case_file_lists::letters_and_doubtful_dates_have_lists_of_their_own(&store).await;
    case_file_lists::the_table_of_agencies_adds_up_to_the_whole_under_every_filter(&store).await;
    case_files::a_finished_file_needs_a_date_from_the_row_or_from_before(&store).await;
    case_files::importing_a_file_with_repeated_codes_again_changes_nothing(&store).await;
    agencies::agencies_may_change_places_in_the_tree(&store).await;
    procedures::what_a_list_of_procedures_does_not_say_stays_and_what_it_leaves_empty_goes(&store).await;
    indexes::contradicting_figures_of_one_source_are_both_kept(&store).await;
    agencies::a_narrow_scope_sees_only_what_is_below_it(&store).await;
    petitions::petitions_are_counted_by_day(&store).await;
    petitions::petitions_recounted_one_by_one_come_to_the_counters(&store).await;
    dialogues::dialogues_and_their_issues_are_kept(&store).await;
    indexes::surveys_and_criteria_are_read_within_the_scope(&store).await;
    case_files::the_counters_prove_right_and_can_be_made_anew(&store).await;
    store.close().await;
    let again = Store::open(url).await.expect("opens again, with nothing to migrate");
    assert_eq!(again.verify().await.expect("verifies"), []);
    again.close().await;
}

/// The first quarter's files: every state there is.
fn files() -> Vec<case_file::Row> {
    let plain = [
        file("1", "271", "2023-01-09", Some("2023-01-16"), Some("2023-01-13")),
        file("2", "271", "2023-01-09", Some("2023-01-16"), Some("2023-01-16")),
        file("3", "271-01", "2023-01-09", Some("2023-01-16"), Some("2023-01-17")),
        file("4", "271-01", "2023-02-01", None, Some("2023-02-03")),
        file("5", "SO-01", "2023-03-01", Some("2023-03-08"), None),
        file("6", "SO-01", "2023-03-30", Some("2023-04-06"), None),
        file("7", "SO-01", "2023-03-30", None, None),
    ];
    let paused = case_file::Row {
        paused_on: Given::Value(day("2023-03-03")),
        ..file("8", "271", "2023-03-01", Some("2023-03-08"), None)
    };
    let withdrawn = case_file::Row {
        status: Given::Value(Status::Withdrawn),
        status_on: Given::Value(day("2023-03-06")),
        ..file("9", "271", "2023-03-01", Some("2023-03-08"), None)
    };
    let refused = case_file::Row {
        status: Given::Value(Status::NotAccepted),
        ..file("10", "271", "2023-03-01", Some("2023-03-08"), None)
    };
    plain.into_iter().chain([paused, withdrawn, refused]).collect()
}

async fn tally(store: &Store, filter: &Filter, as_of: &str) -> Tally {
    let days = store.case_file_days(&Scope::All, filter).await.expect("reads");
    OnTimeReturns::read(&days, Window::up_to(day(as_of)), 10_000).official
}
