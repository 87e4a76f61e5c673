//! The server as its users meet it: pages, readings, charts, files in, and what bad input is told.

mod api;
mod backups;
mod bad_input;
mod boston;
mod charts;
mod crawl;
mod data_page;
mod depth;
mod dialogues_page;
mod documents;
mod faults;
mod helpers;
mod import;
mod indexes_page;
mod kills;
mod languages;
mod naive;
mod operation;
mod outlook;
mod pages;
mod petitions_page;
mod read_back;
mod recount;
mod reports_page;
