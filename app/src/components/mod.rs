//! The parts that pages are put together from: plain data in, HTML out.

pub mod browser;
pub mod chart;
pub mod compared;
pub mod contents;
pub mod counted;
pub mod downloads;
pub mod draft;
pub mod filters;
pub mod find;
pub mod frame;
pub mod keys;
pub mod lead;
pub mod pager;
pub mod problem;
pub mod proof;
pub mod regions;
pub mod sentence;
pub mod status;
pub mod table;
pub mod tally;
