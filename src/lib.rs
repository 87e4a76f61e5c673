//! The core of Thước Đo: what "in time" means, and how far each target of the plan is.
//!
//! Invariant: the same input gives the same answer, in the browser and on the server. Nothing here reads a clock, a
//! file, a network or an environment; `as_of` is an argument everywhere.
//!
//! The words of the field and where they live:
//!
//! | Vietnamese | here |
//! |---|---|
//! | hồ sơ (thủ tục hành chính) | [`case_file::CaseFile`] |
//! | ngày hẹn trả; trước hạn, đúng hạn, quá hạn | [`case_file::Verdict`], [`case_file::State`] |
//! | phản ánh, kiến nghị | [`petition::Petition`] |
//! | đối thoại của người đứng đầu | [`dialogue::Dialogue`] |
//! | PAR INDEX, SIPAS | [`yearly_index::Edition`] |
//! | chỉ tiêu, kế hoạch | [`plan::Plan`], [`plan::Target`] |
//! | ngày làm việc | [`working_days::WorkingDays`] |
//! | kỳ báo cáo (15–14) | [`period::Period`], [`period::Cycle`] |
//! | sở ngành, quận huyện, xã phường | [`agency::Level`] |
//! | bản công khai | [`disclosure::Told`] |

#![warn(missing_docs)]

pub mod access;
pub mod address;
pub mod agency;
pub mod apology;
pub mod audit;
pub mod brief;
pub mod case_file;
pub mod case_file_depth;
pub mod case_file_report;
pub mod charts;
pub mod collate;
pub mod compared;
pub mod counts;
pub mod criterion;
pub mod dialogue;
pub mod dialogue_report;
pub mod disclosure;
pub mod drafts;
pub mod filter;
pub mod forms;
pub mod funnel;
pub mod index_report;
pub mod indicator;
pub mod lang;
pub mod outlook;
pub mod overview;
pub mod period;
pub mod petition;
pub mod petition_report;
pub mod plan;
pub mod procedure;
pub mod rate;
pub mod rhythm;
pub mod search;
pub mod sheets;
pub mod signal;
pub mod status;
pub mod survey;
pub mod text;
pub mod upload;
pub mod wire;
pub mod working_days;
pub mod yearly_index;
