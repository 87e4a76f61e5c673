//! The parts that pages are put together from: plain data in, HTML out.

pub mod chart;
pub mod eager;
pub mod filters;
pub mod frame;
pub mod pager;
pub mod problem;
pub mod status;
